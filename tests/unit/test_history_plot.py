"""The picture of a training run: what is drawn, and what is said of it."""

import subprocess
import sys

import numpy as np
import pytest

from bplib import History, Network
from bplib.drawing import history as drawing


@pytest.fixture
def figures(monkeypatch):
    """The Matplotlib figures that were made into pictures."""
    made, original = [], drawing.picture

    def recorded(figure, description):
        made.append(figure)
        return original(figure, description)

    monkeypatch.setattr(drawing, "picture", recorded)
    return made


def curves(figure):
    (ax,) = figure.axes
    return {line.get_label(): np.transpose(line.get_data()).tolist() for line in ax.lines}


def test_both_errors_are_drawn_at_their_epochs(figures):
    x, y = [[0.0, 1.0], [1.0, 1.0]], [[1.0], [0.0]]
    history = Network([2, 1], seed=0).fit(x, y, epochs=5, validation=(x[:1], y[:1]))
    history.plot()
    assert curves(figures[0]) == {
        "training set": [[n, e] for n, e in enumerate([history.initial_error, *history.error])],
        "validation set": [[n, e] for n, e in enumerate(history.validation_error, start=1)],
    }
    assert figures[0].axes[0].get_legend() is not None


def test_a_run_without_a_validation_set_has_one_curve_and_no_legend(figures):
    History(4.0, [2.0, 1.0]).plot()
    assert curves(figures[0]) == {"training set": [[0, 4], [1, 2], [2, 1]]}
    assert figures[0].axes[0].get_legend() is None


@pytest.mark.parametrize(("log", "scale"), [(False, "linear"), (True, "log")])
def test_the_scale(figures, log, scale):
    History(4.0, [2.0, 1.0]).plot(log=log)
    assert figures[0].axes[0].get_yscale() == scale


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (History(4.0, [2.0, 1.0]), "2 epochs: on the training set it falls from 4 to 1."),
        (History(1.0, [1.5]), "1 epoch: on the training set it rises from 1 to 1.5."),
        (History(0.0, [0.0]), "1 epoch: on the training set it begins and ends at 0."),
        (History(1.0), "0 epochs: on the training set it is 1."),
        (
            History(4.0, [2.0, 1.0, 1.5], [3.0, 2.0, 3.5]),
            "3 epochs: on the training set it falls from 4 to 1.5; the lowest value is 1, in epoch "
            "2; on the validation set it rises from 3 to 3.5; the lowest value is 2, in epoch 2.",
        ),
        (
            History(4.0, [1e60, 1e120, float("inf")]),
            "3 epochs: on the training set it begins at 4 and ends at inf, which is not drawn.",
        ),
        (
            History(4.0, [float("nan")]),
            "1 epoch: on the training set it begins at 4 and ends at nan, which is not drawn.",
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else repr(value),
)
@pytest.mark.parametrize("log", [False, True])
def test_the_description_is_made_of_the_numbers(history, said, log):
    if log and not any(np.isfinite(e) and e > 0 for e in [history.initial_error, *history.error]):
        with pytest.raises(ValueError, match=r"log: expected False for errors .*, got True"):
            history.plot(log=True)
        return
    assert repr(history.plot(log=log)) == f"The mean error over {said}"


def test_what_is_not_drawn_is_left_out(figures):
    History(4.0, [1e60, 1e120, float("inf")]).plot()
    drawn = curves(figures[0])["training set"]
    assert drawn[:2] == [[0, 4], [1, 1e60]]
    assert np.isnan(drawn[2:]).any(axis=1).all()


def test_log_is_a_flag():
    with pytest.raises(TypeError, match="log: expected True or False, got int 1"):
        History(1.0, [0.5]).plot(log=1)


def test_importing_bplib_imports_neither_matplotlib_nor_sympy():
    program = "import sys, bplib; print([m for m in ('matplotlib', 'sympy') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert shown.stdout == "[]\n", shown.stderr

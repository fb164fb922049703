"""Words of a description are true of the data that they are said of, or refused."""

import numpy as np
import pytest

from bplib.drawing import axes, said
from bplib.drawing.palette import BACKWARD, FORWARD

FALLING, NOISY = [4.0, 2.0, 1.0, 0.5], [4.0, 5.0, 1.0, 2.0]
FIGURE, ((TOP, _), (BOTTOM, CORNER)) = axes(nrows=2, ncols=2)
DASHED = TOP.plot([0, 1], "--", label="a line")[0]
CIRCLES = TOP.plot([0, 1], "o")[0]

TRUE = [
    ("falls", FALLING),
    ("Falls", NOISY),
    ("rises", FALLING[::-1]),
    ("falls all the way", FALLING),
    ("rises all the way", FALLING[::-1]),
    ("goes on falling", np.geomspace(1, 0.1, 30)),
    ("levels off", [9.0, 1.0, 0.2, 0.1, 0.1, 0.1]),
    ("steeply at first", FALLING),
    ("stays above 0.4", FALLING),
    ("stays below 5", FALLING),
    ("stays below 1e1", FALLING),
    ("stays at 2.3", [2.26, 2.34]),
    ("Three", [[1, 2], [3, 4], [5, 6]]),
    ("two", 2),
    ("no", []),
    ("left", TOP),
    ("above", TOP),
    ("Left", BOTTOM),
    ("below", CORNER),
    ("Right", CORNER),
    ("dashed", DASHED),
    ("circles", CIRCLES),
    ("blue", FORWARD),
    ("orange", BACKWARD),
    ("lies on one side", True),
    ("lies on one side", np.bool_(1)),
]
FALSE = [
    ("falls", FALLING[::-1]),
    ("rises", FALLING),
    ("falls all the way", NOISY),
    ("rises all the way", NOISY),
    ("goes on falling", [9.0, 1.0, 0.2, 0.1, 0.1, 0.1]),
    ("levels off", np.linspace(1, 0, 30)),
    ("steeply at first", np.linspace(1, 0, 30)),
    ("stays above 0.6", FALLING),
    ("stays below 4", FALLING),
    ("stays at 2.3", [2.26, 2.36]),
    ("three", [1, 2]),
    ("no", [1]),
    ("right", TOP),
    ("below", TOP),
    ("above", CORNER),
    ("dotted", DASHED),
    ("squares", CIRCLES),
    ("orange", FORWARD),
    ("lies on one side", False),
    ("", True),
]


@pytest.mark.parametrize(("words", "data"), TRUE)
def test_true_words_are_said(words, data):
    assert f"It {said(data):{words}}." == f"It {words}."


@pytest.mark.parametrize(("words", "data"), FALSE)
def test_false_words_are_refused(words, data):
    with pytest.raises(ValueError, match=r"description: .* is not true of"):
        f"{said(data):{words}}"


@pytest.mark.parametrize(
    ("words", "one", "other", "true"),
    [
        ("above", [2, 3], [1, 2], True),
        ("above", [2, 3], [1, 4], False),
        ("below", 1, [2, 3], True),
        ("below", [2, 3], [2, 4], False),
        ("on", [1.001, 2], [1, 2], True),
        ("on", [1.1, 2], [1, 2], False),
        ("far above", [60, 70], [10, 12], True),
        ("far above", [60, 70], [10, 30], False),
        ("less than a tenth of", 0.9, 10, True),
        ("less than a tenth of", 1.1, 10, False),
    ],
)
def test_one_beside_another(words, one, other, true):
    if true:
        assert f"{said(one, other):{words}}" == words
    else:
        with pytest.raises(ValueError, match="is not true of"):
            f"{said(one, other):{words}}"


@pytest.mark.parametrize("data", [FALLING, TOP, DASHED])
def test_words_that_nobody_knows_are_refused(data):
    with pytest.raises(ValueError, match=r"description: expected one of .*, got 'wobbles'"):
        f"{said(data):wobbles}"

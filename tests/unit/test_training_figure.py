"""TrainItYourself from Python: its points, its training, and what it refuses."""

import re

import numpy as np
import pytest

from bplib import Network
from bplib.figures import TrainItYourself
from bplib.figures.training.point_sets import POINT_SETS, REACH
from bplib.perceptron import Perceptron


@pytest.mark.parametrize("name", POINT_SETS)
def test_point_sets(name):
    table = np.array(POINT_SETS[name])
    assert table.shape[1] == 3
    assert np.abs(table[:, :2]).max() < REACH
    assert table[:, 2].tolist() == [0, 1] * (len(table) // 2)
    assert len({tuple(row) for row in table[:, :2].tolist()}) == len(table)
    separates = Perceptron(2).fit(table[:, :2], table[:, 2], epochs=1000)
    assert separates == (name == "separable")


@pytest.mark.parametrize(("batch", "size"), [("1", 1), ("4", 4), ("all", 20)])
@pytest.mark.parametrize("updates", [0, 1, 13])
def test_training_takes_the_points_in_their_order(batch, size, updates):
    figure = TrainItYourself(data="circles", batch=batch, updates=updates, eta=0.7)
    X, Y = figure.examples()
    net = Network([2, 3, 1], ["tanh", "sigmoid"], "half_squared")
    net.parameters = figure.start
    for update in range(updates):
        rows = [(update * size + n) % 20 for n in range(size)]
        net.update(net.backward(net.forward(X[rows]), Y[rows]), 0.7)
    assert figure.train().parameters == pytest.approx(net.parameters, rel=1e-12, abs=1e-14)
    assert repr(figure.train()) == "Network(2-3-1, tanh, sigmoid, half_squared)"


def test_the_last_batch_of_an_epoch_may_be_smaller():
    points = [0.1, 0.2, 0, 1, 0, 1, -1, 0.5, 0, 0.3, -0.9, 1, 0.4, 0.4, 1]
    first, last = (
        TrainItYourself(data="own", points=points, batch="4", updates=n).train() for n in (1, 2)
    )
    x, y = [[0.4, 0.4]], [[1]]
    first.update(first.backward(first.forward(x), y), 0.5)
    assert last.parameters == pytest.approx(first.parameters, rel=1e-12)


def test_it_learns_what_it_says():
    for data, updates in (("XOR", 340), ("separable", 84), ("circles", 1800)):
        figure = TrainItYourself(data=data, updates=updates)
        X, Y = figure.examples()
        assert figure.train().mean_error(X, Y) < 0.01
        count = len(X)
        assert f"After {updates} updates its mean error is 0.00" in figure.description()
        assert f"{count} of {count} points are right" in figure.description()


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ({"network": "2-5-1"}, ValueError, "network: expected one of '2-1', '2-2-1'"),
        (
            {"network": "2-4-1"},
            ValueError,
            "start: expected the 17 weights and biases of a 2-4-1 network, got 13 numbers",
        ),
        (
            {"points": [1, 1]},
            ValueError,
            "points: expected three numbers a point, x1, x2 and target, got 2",
        ),
        ({"points": [1, 1, 0.5]}, ValueError, "points[2]: expected a target 0 or 1, got 0.5"),
        ({"points": [2, 1, 1]}, ValueError, "points[0]: expected a number from -1.5 to 1.5"),
        ({"data": "own", "updates": 1}, ValueError, "updates: expected 0 without points, got 1"),
        ({"updates": 200_001}, ValueError, "updates: expected a whole number from 0 to 200000"),
        ({"below": 0}, ValueError, "below: expected a number from 1e-06 to 10, got 0.0"),
        ({"batch": 4}, TypeError, "batch: expected one of '1', '4', 'all', got int 4"),
    ],
)
def test_what_does_not_fit_is_refused(values, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        TrainItYourself(**values)


def test_without_points():
    figure = TrainItYourself(data="own")
    assert "no points yet" in figure.description()
    assert "<svg" in figure._repr_html_()
    assert figure.train().parameters.tolist() == list(figure.start)


def test_it_says_how_xor_is_coded():
    assert {value for x1, x2, _ in POINT_SETS["XOR"] for value in (x1, x2)} == {-1, 1}
    said = "The inputs -1 and 1 stand for 0 and 1."
    assert said in TrainItYourself().description()
    assert said not in TrainItYourself(data="circles").description()

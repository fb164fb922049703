"""Backpropagation, step by step, from Python."""

import re

import numpy as np
import pytest

from bplib import Network, golden
from bplib.figures import BackpropStepByStep
from bplib.figures.step_by_step.examples import NETWORKS, layer_sizes
from bplib.figures.step_by_step.picture import number_text


def test_it_begins_with_the_worked_example():
    figure = BackpropStepByStep()
    net, mazur = figure.net(), golden.network("mazur")
    assert (net.parameters == mazur.parameters).all()
    assert figure.errors() == [mazur.mean_error(figure.x, figure.y)]
    run = golden.load("mazur")["runs"]["simultaneous_weights_only"]
    assert BackpropStepByStep(updates=1).errors()[1] == pytest.approx(
        run["error_after_1"], abs=1e-15
    )


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_has_an_example(network):
    figure = BackpropStepByStep(network=network)
    net = figure.net()
    assert list(net.sizes) == list(layer_sizes(network))
    weights = [w for matrix in net.W for w in matrix.ravel()]
    if network != "tanh, linear":  # which is as the lesson works it out
        assert len(set(weights)) == len(weights)
    figure.step = 4 * net.L + 3
    sizes = "-".join(map(str, net.sizes))
    assert f"A {sizes} network after 0 updates" in figure.description()


@pytest.mark.parametrize("train_biases", [False, True])
def test_errors_and_weights_are_those_of_training(train_biases):
    figure = BackpropStepByStep(
        network="2-3-2", activation="tanh", updates=20, train_biases=train_biases
    )
    net = Network([2, 3, 2], ["tanh", "sigmoid"], train_biases=train_biases)
    net.parameters = [*figure.weights, *figure.biases]
    first = net.mean_error(figure.x, figure.y)
    history = net.fit([figure.x], [figure.y], eta=figure.eta, epochs=20)
    assert np.abs(figure.net().parameters - net.parameters).max() < 1e-14
    assert len(figure.errors()) == 21
    assert figure.errors()[0] == first
    assert figure.errors()[-1] == pytest.approx(net.mean_error(figure.x, figure.y), abs=1e-14)
    assert len(history.error) in (20, 21)


def test_another_network_brings_its_example():
    figure = BackpropStepByStep(updates=3, step=11, look="w1_12")
    figure.set(network="3-3-4-2", eta=2)
    assert figure.values() == BackpropStepByStep(network="3-3-4-2", eta=2).values()
    with pytest.raises(ValueError, match="expected 2 for a 2-2-2 network, got 3"):
        figure.network = "2-2-2"
    assert figure.network == "3-3-4-2"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"network": "2-2-3"}, "network: expected one of '2-1-1'"),
        ({"weights": [1, 2]}, "weights: expected 8 for a 2-2-2 network, got 2"),
        ({"biases": [1, 2]}, "biases: expected 4 for a 2-2-2 network, got 2"),
        ({"x": [1, 2, 3]}, "x: expected 2 for a 2-2-2 network, got 3"),
        ({"network": "2-1", "y": [1, 0]}, "y: expected 1 for a 2-1 network, got 2"),
        ({"step": 12}, "step: expected a step from 1 to 11, got 12"),
        ({"look": "w3_11"}, "look: expected a unit or a weight of a 2-2-2 network, got 'w3_11'"),
        ({"look": "v"}, "look: expected a unit such as 'a1_2', a weight such as 'w2_12', or ''"),
        ({"updates": 10_001}, "updates: expected a whole number from 0 to 10000, got 10001"),
        (
            {"error": "binary_cross_entropy", "y": [0.5, 1.5]},
            "y[1]: expected a target from 0 to 1 for binary_cross_entropy, got 1.5",
        ),
        (
            {"output": "softmax"},
            "error: expected one that goes with softmax outputs (cross_entropy), got half_squared",
        ),
        (
            {"output": "identity", "error": "binary_cross_entropy"},
            "error: expected one that goes with identity outputs (half_squared), "
            "got binary_cross_entropy",
        ),
        (
            {"output": "softmax", "error": "cross_entropy", "y": [0.5, 0.6]},
            "y: expected targets that sum to 1 for cross_entropy, got a sum of 1.1",
        ),
        (
            {"network": "2-1-1", "output": "softmax", "error": "cross_entropy"},
            "output: expected at least two softmax outputs, got a 2-1-1 network",
        ),
        ({"until": "error", "step": 7}, "step: expected a step from 1 to 6, got 7"),
        ({"network": "tanh, linear", "x": [1] * 3}, "x: expected 2 for a 2-2-2 network, got 3"),
    ],
)
def test_bad_values(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        BackpropStepByStep(**values)


def test_the_still_picture_has_every_number():
    figure = BackpropStepByStep()
    texts = re.findall(r">([^<>]+)</text>", figure.still().body)
    assert {"0.593", "0.597", "0.751", "0.773"} <= set(texts)  # a
    assert {"δ 0.138", "δ −0.0381", "δ 0.00877", "δ 0.00995"} <= set(texts)
    assert {"0.15", "0.2", "0.25", "0.3", "0.4", "0.45", "0.5", "0.55"} <= set(texts)  # weights
    assert "target y = 0.01, 0.99; error E = 0.2984" in texts
    large = BackpropStepByStep(network="3-3-4-2").still()
    assert large.body.count("<circle") == 12
    assert large.body.count("<line") == 29
    assert large.body.count("stroke-dasharray") == sum(
        w < 0 for w in BackpropStepByStep(network="3-3-4-2").weights
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-3.0, "−3"), (0.5932, "0.593"), (-0.0381, "−0.0381"), (0.3, "0.3"),
     (12345.6, "12346"), (4.06e-20, "4.1·10⁻²⁰"), (-2.5e7 - 0.5, "−2.5·10⁷")],
)  # fmt: skip
def test_numbers_in_words_and_pictures(value, text):
    assert number_text(value) == text


def test_the_examples_with_functions_of_their_own():
    linear = BackpropStepByStep(network="tanh, linear")
    net = Network([2, 2, 2], ["tanh", "identity"], train_biases=False)
    net.parameters = [0.5, -0.5, 1, 0, 2, 1, -1, 0.5, 0, 0, 0, 0]
    assert linear.output == "identity"
    assert linear.errors() == [net.mean_error([1, 0.6], [1, 0])]
    softmax = BackpropStepByStep(network="tanh, softmax", updates=1)
    assert sum(softmax.net().forward(softmax.x).output) == pytest.approx(1)
    assert softmax.errors()[1] < softmax.errors()[0]


def test_figure_until_the_error_knows_no_delta():
    figure = BackpropStepByStep(until="error", step=6)
    assert "The error is 0.298371" in figure.description()
    for text in (figure.description(), figure.still().body):
        assert not re.search("δ|Backward|update", text)
    assert "δ 0.138" in BackpropStepByStep().still().body

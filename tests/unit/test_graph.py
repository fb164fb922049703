"""A forward pass of a graph belongs to that graph, as it was."""

import pytest

from bplib.graph import Graph

WEIGHTS = {("h", "x"): 0.5, ("o", "x"): -0.3, ("o", "h"): 0.8}
BIASES = {"h": 0.1, "o": -0.2}


def graph(weights=WEIGHTS, biases=BIASES, **options):
    return Graph(weights, ["x"], ["o"], biases, **options)


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (graph(activation={"h": "relu", "o": "sigmoid"}), "activations"),
        (graph(weights=WEIGHTS | {("o", "h"): 0.7}), "weights"),
        (graph(biases=BIASES | {"h": 0}), "biases"),
        (graph(biases=None), "biases"),
    ],
    ids=["activations", "weights", "biases", "no biases"],
)
def test_a_forward_pass_of_another_graph(other, what):
    fp = other.forward([1])
    assert other.backward(fp, [0]).error > 0
    message = f"forward_pass: expected one with the present {what}"
    with pytest.raises(ValueError, match=message):
        graph().backward(fp, [0])


def test_a_forward_pass_from_before_an_update():
    net = graph()
    fp = net.forward([1])
    net.update(net.backward(fp, [0]), eta=0.1)
    with pytest.raises(ValueError, match=r"forward_pass: .*call graph.forward\(x\) again"):
        net.backward(fp, [0])

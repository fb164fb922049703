"""Graphs: the order of their units, and passes and gradients that are refused."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bplib import Network
from bplib.errors import ERRORS
from bplib.graph import Graph
from bplib.wiring import OUTPUTS_OF

NUMBERS = st.floats(-1, 1, allow_subnormal=False)

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


def test_a_gradient_of_another_graph_or_that_is_not_finite():
    net = graph()
    before = dict(net.weights), dict(net.biases)
    gradient = net.backward(net.forward([1]), [0])
    without = graph(biases=None)
    message = "gradient: expected one of a graph with biases, got one without"
    with pytest.raises(ValueError, match=message):
        net.update(without.backward(without.forward([1]), [0]), 0.1)
    with pytest.raises(TypeError, match="train_biases: expected True or False"):
        net.update(gradient, 0.1, train_biases=1)
    gradient.grad_biases["o"] = float("nan")
    with pytest.raises(ValueError, match=r"gradient: expected .* finite, got nan for 'o' and eta"):
        net.update(gradient, 0.1)
    gradient.grad_biases["o"] = 10.0
    with pytest.raises(ValueError, match=r"gradient: expected .* is finite, got 10\.0 for 'o'"):
        net.update(gradient, 1e308)
    assert before == (net.weights, net.biases)


# The order of the units comes from the edges alone, not from their names or the order of a list.


@pytest.mark.parametrize("names", list(permutations("abc")))
@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_chain_is_gone_through_from_its_input_whatever_its_units_are_called(names, order):
    chain = ["x", *names, "out"]
    edges = [((chain[i], chain[i - 1]), 0.5 * i) for i in range(1, 5)]
    net = Graph(dict(edges[i] for i in order), ["x"], ["out"], activation="tanh")
    layers = Network.from_parameters([[[0.5 * i]] for i in range(1, 5)], activation="tanh")
    assert net.wiring.units == tuple(chain[1:])
    fp, same_fp = net.forward([0.7]), layers.forward([0.7])
    bp, same_bp = net.backward(fp, [0.2]), layers.backward(same_fp, [0.2])
    for l in range(1, 5):
        assert fp.z[chain[l]] == pytest.approx(same_fp.z[l][0], rel=1e-14)
        assert bp.delta[chain[l]] == pytest.approx(same_bp.delta[l][0], rel=1e-12)


@st.composite
def graphs(draw):
    """Any graph of up to seven units, whose names and edges stand in any order."""
    count = draw(st.integers(3, 7))
    names = draw(st.permutations("abcdefg"))[:count]
    inputs = names[: draw(st.integers(1, 2))]
    edges = []
    for i in range(len(inputs), count):
        sources = draw(st.sets(st.integers(0, i - 1), min_size=1))
        edges += [(names[i], names[j]) for j in sorted(sources)]
    fed = {target for target, _ in edges}
    feeding = {source for _, source in edges}
    inputs = [name for name in inputs if name in feeding]
    outputs = [name for name in names if name in fed - feeding]
    outputs += draw(st.lists(st.sampled_from(sorted(fed & feeding) or outputs), max_size=1))
    units = sorted(fed)
    error = draw(st.sampled_from(sorted(OUTPUTS_OF)))
    activation = {
        name: draw(st.sampled_from(OUTPUTS_OF[error] if name in outputs else ["identity", "tanh"]))
        for name in units
    }
    net = Graph(
        {edge: draw(NUMBERS) for edge in draw(st.permutations(edges))},
        draw(st.permutations(inputs)),
        draw(st.permutations(sorted(set(outputs)))),
        draw(st.none() | st.fixed_dictionaries(dict.fromkeys(units, NUMBERS))),
        activation,
        error,
    )
    return net, [draw(NUMBERS) for _ in inputs], [draw(st.floats(0, 1)) for _ in set(outputs)]


def error_with(net, parameters, place, value, x, y):
    """E of the same graph with one weight or bias set to a value."""
    kept = parameters[place]
    parameters[place] = value
    z = net.forward(x)
    error = net.backward(z, y).error
    parameters[place] = kept
    return error


@settings(max_examples=100)
@given(case=graphs())
def test_the_gradient_of_any_graph_is_that_of_central_differences(case):
    net, x, y = case
    h = 1e-5
    fp = net.forward(x)
    if any(net.activation[name] == "relu" and abs(fp.z[name]) < 1e-3 for name in fp.z):
        return
    bp = net.backward(fp, y)
    assert list(bp.delta) == list(net.wiring.units)
    pairs = [(net.weights, bp.grad_weights)]
    pairs += [(net.biases, bp.grad_biases)] if net.biases else []
    for parameters, slopes in pairs:
        assert parameters.keys() == slopes.keys()
        for place, w in list(parameters.items()):
            above = error_with(net, parameters, place, w + h, x, y)
            below = error_with(net, parameters, place, w - h, x, y)
            assert slopes[place] == pytest.approx((above - below) / (2 * h), rel=1e-5, abs=1e-5)


def test_the_outputs_that_an_error_goes_with_are_those_of_networks_unit_by_unit():
    assert OUTPUTS_OF == {
        "half_squared": ("identity", "sigmoid", "tanh", "relu"),
        "binary_cross_entropy": ("sigmoid",),
    }
    for error, outputs in OUTPUTS_OF.items():
        assert set(outputs) <= set(ERRORS[error].outputs)

"""Graphs with skip connections: the rule, its proof, and the numbers."""

import numpy as np
import pytest

from bplib import Network
from bplib.graph import Graph
from bplib.symbolic import derive_graph

XOR = [("h", "x1"), ("h", "x2"), ("o", "x1"), ("o", "x2"), ("o", "h")]
# p feeds the next unit and two further on; q is an output that feeds another unit.
SKIPPING = [("p", "x"), ("q", "p"), ("q", "x"), ("r", "q"), ("r", "p"), ("s", "p"), ("s", "r")]
ACTIVATIONS = {"p": "tanh", "q": "sigmoid", "r": "relu", "s": "identity"}


def xor():
    """A solution of XOR by hand: the hidden unit is "and", and it forbids what "or" allows."""
    weights = {("h", "x1"): 20, ("h", "x2"): 20, ("o", "x1"): 20, ("o", "x2"): 20, ("o", "h"): -40}
    return Graph(weights, ["x1", "x2"], ["o"], biases={"h": -30, "o": -10})


def random_graph(edges, inputs, outputs, seed, biases=True, **keywords):
    rng = np.random.default_rng(seed)
    units = dict.fromkeys(i for i, _ in edges)
    return Graph(
        {edge: rng.normal() for edge in edges},
        inputs,
        outputs,
        biases={unit: rng.normal() for unit in units} if biases else None,
        **keywords,
    )


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "identity", "relu"])
@pytest.mark.parametrize("biases", [True, False])
def test_the_xor_network_is_proved(activation, biases):
    report = derive_graph(XOR, ["x1", "x2"], ["o"], activation, biases=biases).prove()
    assert report, report


def test_other_graphs_are_proved():
    report = derive_graph(SKIPPING, ["x"], ["q", "s"], ACTIVATIONS).prove()
    assert report, report
    d = derive_graph(XOR, ["x1", "x2"], ["o"], error="binary_cross_entropy")
    assert d.prove()
    a, y, delta = d.notation.a("o"), d.notation.y("o"), d.notation.delta("o")
    assert d[delta].rhs == a - y


def test_xor_is_solved_with_one_hidden_unit():
    graph = xor()
    outputs = [graph.forward([x1, x2]).output[0] for x1 in (0, 1) for x2 in (0, 1)]
    np.testing.assert_allclose(outputs, [0, 1, 1, 0], atol=1e-4)


def test_a_layered_graph_is_a_network():
    net = Network([2, 2, 1], "tanh", seed=3)
    net.b[1] = [0.1, -0.2]
    weights = {("h1", "x1"): net.W[1][0, 0], ("h1", "x2"): net.W[1][0, 1]}
    weights |= {("h2", "x1"): net.W[1][1, 0], ("h2", "x2"): net.W[1][1, 1]}
    weights |= {("o", "h1"): net.W[2][0, 0], ("o", "h2"): net.W[2][0, 1]}
    biases = {"h1": 0.1, "h2": -0.2, "o": 0.0}
    graph = Graph(weights, ["x1", "x2"], ["o"], biases, activation="tanh")
    forward, expected = graph.forward([0.3, 0.7]), net.forward([0.3, 0.7])
    backward = graph.backward(forward, [0.9])
    expected_backward = net.backward(expected, [0.9])
    np.testing.assert_allclose(forward.output, expected.output, rtol=1e-14)
    assert backward.error == pytest.approx(expected_backward.error, rel=1e-13)
    np.testing.assert_allclose(
        list(backward.grad_weights.values()), expected_backward.vector[:6], rtol=1e-12
    )
    np.testing.assert_allclose(
        list(backward.grad_biases.values()), expected_backward.vector[6:], rtol=1e-12
    )
    graph.update(backward, eta=0.5)
    net.update(expected_backward, eta=0.5)
    np.testing.assert_allclose(
        [*graph.weights.values(), *graph.biases.values()], net.parameters, rtol=1e-12
    )


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize(
    ("edges", "inputs", "outputs", "activation"),
    [(XOR, ["x1", "x2"], ["o"], "sigmoid"), (SKIPPING, ["x"], ["q", "s"], ACTIVATIONS)],
    ids=["xor", "skipping"],
)
def test_the_derived_rules_give_the_same_numbers(edges, inputs, outputs, activation, seed):
    graph = random_graph(edges, inputs, outputs, seed, activation=activation)
    rng = np.random.default_rng(seed + 1000)
    x, y = rng.normal(size=len(inputs)), rng.normal(size=len(outputs))
    forward = graph.forward(x)
    backward = graph.backward(forward, y)
    d = DERIVED[tuple(edges)]
    symbols = d.notation
    known = {symbols.a(name): value for name, value in zip(inputs, x, strict=True)}
    known |= {symbols.y(name): value for name, value in zip(outputs, y, strict=True)}
    known |= {symbols.w(*edge): value for edge, value in graph.weights.items()}
    known |= {symbols.b(name): value for name, value in graph.biases.items()}
    for symbol, rule in d.rules.items():
        known[symbol] = float(rule.xreplace(known))
    for name in graph.wiring.units:
        assert known[symbols.a(name)] == pytest.approx(forward.a[name], rel=1e-12, abs=1e-300)
        assert known[symbols.delta(name)] == pytest.approx(backward.delta[name], rel=1e-12)
    for edge, slope in backward.grad_weights.items():
        assert known[d[f"dE/dw_{edge[0]},{edge[1]}"].lhs] == pytest.approx(slope, rel=1e-12)


DERIVED = {
    tuple(XOR): derive_graph(XOR, ["x1", "x2"], ["o"]),
    tuple(SKIPPING): derive_graph(SKIPPING, ["x"], ["q", "s"], ACTIVATIONS),
}


def test_an_output_that_feeds_another_unit_by_central_differences():
    graph = random_graph(SKIPPING, ["x"], ["q", "s"], 5, activation=ACTIVATIONS)
    x, y, h = [0.6], [0.2, 0.9], 6e-6
    gradient = graph.backward(graph.forward(x), y).grad_weights
    for edge, weight in list(graph.weights.items()):
        errors = []
        for step in (h, -h):
            graph.weights[edge] = weight + step
            errors.append(graph.backward(graph.forward(x), y).error)
        graph.weights[edge] = weight
        assert gradient[edge] == pytest.approx((errors[0] - errors[1]) / (2 * h), abs=1e-8)


BAD_GRAPHS = {
    "cycle": ([("a", "x"), ("a", "b"), ("b", "a")], ["x"], ["a"], "cycle, got a -> b -> a"),
    "self loop": ([("a", "x"), ("a", "a")], ["x"], ["a"], "no self loop, got 'a' -> 'a'"),
    "doubled edge": ([("a", "x"), ("a", "x")], ["x"], ["a"], "got 'x' -> 'a' twice"),
    "edge into an input": ([("a", "x"), ("x", "a")], ["x"], ["a"], "no edge into an input"),
    "unknown input": ([("a", "x")], ["x", "v"], ["a"], "inputs: .* got 'v'"),
    "unknown output": ([("a", "x")], ["x"], ["o"], "outputs: .* got 'o'"),
    "input as output": ([("a", "x")], ["x"], ["x"], "outputs: .* got the input 'x'"),
    "unit without inputs": ([("a", "x"), ("a", "c")], ["x"], ["a"], "got 'c', into which no edge"),
    "unit without use": ([("a", "x"), ("c", "x")], ["x"], ["a"], "got 'c', from which no edge"),
    "no edges": ([], ["x"], ["a"], "at least one edge"),
    "no inputs": ([("a", "x")], [], ["a"], "inputs: expected at least one unit"),
    "same input twice": ([("a", "x")], ["x", "x"], ["a"], "inputs: .* got 'x' twice"),
    "bad name": ([("a b", "x")], ["x"], ["a b"], "letters, digits"),
}


@pytest.mark.parametrize("case", BAD_GRAPHS)
def test_bad_graphs(case):
    edges, inputs, outputs, message = BAD_GRAPHS[case]
    with pytest.raises(ValueError, match=message):
        derive_graph(edges, inputs, outputs)
    with pytest.raises(ValueError, match=message):
        Graph([(i, j, 0.5) for i, j in edges], inputs, outputs)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": "ax"}, "weights: expected a dict"),
        ({"weights": [("a", "x")]}, r"weights\[0\]: expected \(i, j, weight\)"),
        ({"weights": {("a", "x"): "1"}}, "weights.*expected a real number, got str '1'"),
        ({"weights": {("a", 1): 1.0}}, r"edges\[0\]: expected a unit name, got int 1"),
        ({"weights": {"ax": 1.0}}, r"edges\[0\]: expected a pair"),
        ({"inputs": "x"}, "inputs: expected a sequence of unit names, got str"),
        ({"inputs": [1]}, r"inputs\[0\]: expected a unit name, got int"),
        ({"biases": [0.0]}, "biases: expected a dict"),
        ({"biases": {"a": None}}, r"biases\['a'\]: expected a real number"),
        ({"activation": 3}, "activation: expected one of"),
    ],
)
def test_wrong_types(arguments, message):
    good = {"weights": {("a", "x"): 1.0}, "inputs": ["x"], "outputs": ["a"]}
    with pytest.raises(TypeError, match=message):
        Graph(**(good | arguments))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": {("a", "x"): np.inf}}, "finite number, got inf"),
        ({"biases": {}}, "biases: expected a value for each unit, got none for 'a'"),
        ({"biases": {"a": 0, "c": 0}}, "biases: .* got the unknown unit 'c'"),
        ({"biases": {"a": 0, "x": 0}}, "biases: .* got the input 'x'"),
        ({"activation": "softmax"}, "activation: expected one of .* got 'softmax'"),
        ({"activation": {"a": "sigmod"}}, "did you mean 'sigmoid'"),
        ({"activation": {"c": "tanh"}}, "activation: .* unknown unit 'c'"),
        ({"error": "cross_entropy"}, "error: expected one of .* got 'cross_entropy'"),
        ({"activation": "tanh", "error": "binary_cross_entropy"}, "got 'tanh' of unit 'a'"),
    ],
)
def test_wrong_values(arguments, message):
    good = {"weights": {("a", "x"): 1.0}, "inputs": ["x"], "outputs": ["a"]}
    with pytest.raises(ValueError, match=message):
        Graph(**(good | arguments))


def test_wrong_arguments_of_the_passes():
    graph = xor()
    forward = graph.forward([0, 1])
    with pytest.raises(ValueError, match=r"x: expected shape \(2,\), one number an input"):
        graph.forward([1])
    with pytest.raises(ValueError, match="x: expected finite numbers"):
        graph.forward([1, np.nan])
    with pytest.raises(TypeError, match=r"result of graph\.forward"):
        graph.backward([0, 1], [1])
    with pytest.raises(ValueError, match=r"y: expected shape \(1,\)"):
        graph.backward(forward, [1, 0])
    other = Graph({("a", "x"): 1.0}, ["x"], ["a"])
    with pytest.raises(ValueError, match="forward_pass: expected one of this graph"):
        other.backward(forward, [1])
    with pytest.raises(TypeError, match=r"result of graph\.backward"):
        graph.update(forward, 0.5)
    with pytest.raises(ValueError, match="gradient: expected one of this graph"):
        graph.update(other.backward(other.forward([1]), [1]), 0.5)
    with pytest.raises(ValueError, match="eta: expected a number of at least 0"):
        graph.update(graph.backward(forward, [1]), -1)


def test_reprs_hold_no_address():
    graph = xor()
    forward = graph.forward([0, 1])
    shown = [graph, forward, graph.backward(forward, [1]), derive_graph(XOR, ["x1", "x2"], ["o"])]
    assert not any(" at 0x" in repr(thing) for thing in shown)

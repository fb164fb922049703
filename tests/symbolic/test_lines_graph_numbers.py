"""A graph with numbers, line by line: what bplib.graph computes."""

import pytest

from bplib import Network
from bplib.graph import Graph
from bplib.symbolic.lines.graph_numbers import graph_numbers

EDGES = {("p", "x"): 1, ("q", "p"): 2, ("o", "q"): -1.5, ("o", "p"): 3}


@pytest.fixture
def graph():
    return Graph(EDGES, ["x"], ["o"], {"p": -0.5, "q": 0.5, "o": -1})


def test_every_line_is_what_the_graph_computes(graph):
    units = "pqo"
    names = [f"{s}_{unit}" for s in ("z", "a", "delta") for unit in units]
    edges = [f"dE/dw_{i}{j}" for i, j in EDGES]
    shown = graph_numbers(graph, [0.5], [1], "title", "name", *names, *edges)
    fp = graph.forward([0.5])
    bp = graph.backward(fp, [1])
    for unit in units:
        assert float(shown[f"z_{unit}"]) == pytest.approx(fp.z[unit], abs=1e-15)
        assert float(shown[f"a_{unit}"]) == pytest.approx(fp.a[unit], abs=1e-15)
        assert float(shown[f"delta_{unit}"]) == pytest.approx(bp.delta[unit], abs=1e-15)
    for (i, j), gradient in bp.grad_weights.items():
        assert float(shown[f"dE/dw_{i}{j}"]) == pytest.approx(gradient, abs=1e-15)
    assert f"delta_p = {bp.delta['p']:.9f}" in shown.program.printed


def test_longer_names_keep_their_comma():
    graph = Graph({("o", "x1"): 0.5, ("o", "x2"): 0.25}, ["x1", "x2"], ["o"], activation="tanh")
    shown = graph_numbers(graph, [1, 2], [0], "title", "name", "z_o", "dE/dw_o,x_2")
    bp = graph.backward(graph.forward([1, 2]), [0])
    assert float(shown["z_o"]) == 1
    assert float(shown["dE/dw_o,x_2"]) == pytest.approx(bp.grad_weights["o", "x2"], abs=1e-15)


def test_it_says_what_is_wrong(graph):
    with pytest.raises(ValueError, match=r"names: expected some of z_p, .*, got 'z_r'"):
        graph_numbers(graph, [0.5], [1], "title", "name", "z_r")
    with pytest.raises(ValueError, match=r"^x: expected shape \(1,\)"):
        graph_numbers(graph, [0.5, 1], [1], "title", "name", "z_p")
    with pytest.raises(TypeError, match="graph: expected a Graph, got Network"):
        graph_numbers(Network([1, 1]), [0.5], [1], "title", "name", "z_p")

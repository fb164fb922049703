"""The fast derivative is `sympy.diff`'s, for every error, activation and parameter."""

import pytest
from sympy import diff, exp, log, sin, sqrt, symbols, tanh

from bplib.symbolic import derive, derive_graph, prove_equal
from bplib.symbolic.differentiating import derivative
from bplib.symbolic.functions import ACTIVATIONS, ERRORS
from bplib.symbolic.notation import E, Partial

x, u = symbols("x u", positive=True)


@pytest.mark.parametrize(
    "expr",
    [
        x,
        u,
        x * 0 + 3,
        x**3 * u - x / u,
        1 / (1 + exp(-x * u)),
        x * tanh(u * x) * log(x),
        (x + u) ** -2 * exp(x) ** 2,
        sqrt(x * u),
        x**u,
        sin(exp(x * x)) * x,
    ],
    ids=str,
)
def test_an_expression(expr):
    assert prove_equal(derivative(expr, x), diff(expr, x))
    if diff(expr, x) != 0:
        assert not prove_equal(derivative(expr, x), 2 * diff(expr, x))


NETWORKS = [("tanh", output, error.name) for error in ERRORS.values() for output in error.outputs]
NETWORKS += [(name, "identity", "half_squared") for name in ACTIVATIONS if name != "softmax"]


@pytest.mark.parametrize(("hidden", "output", "error"), NETWORKS)
def test_every_parameter_of_a_network(hidden, output, error):
    d = derive([2, 2, 2], [hidden, output], error)
    meaning = d._meaning(())
    for parameter in d.spec.parameters:
        by_sympy = meaning(d.naive_gradient(parameter))
        assert meaning(Partial(E, parameter)) == by_sympy
        assert by_sympy != 2 * by_sympy


def test_every_parameter_of_a_graph():
    edges = [("h", "x"), ("o", "x"), ("o", "h"), ("c", "h"), ("c", "o")]
    d = derive_graph(edges, ["x"], ["o", "c"], activation={"h": "relu", "o": "tanh", "c": "tanh"})
    for parameter in d.notation.parameters:
        assert d._meaning(Partial(E, parameter)) == d._meaning(d.naive_gradient(parameter))

"""Rules in the weighted input: the same functions, exact where units are saturated."""

import mpmath
import numpy as np
import pytest
from sympy import exp, lambdify

from bplib.symbolic import derive
from bplib.symbolic.notation import a, y, z
from bplib.symbolic.weighted_input import in_weighted_inputs

PAIRS = [
    ("identity", "half_squared"),
    ("tanh", "half_squared"),
    ("sigmoid", "half_squared"),
    ("sigmoid", "binary_cross_entropy"),
]
STEPS = ("E", "dE/da^1_1", "da^1_1/dz^1_1", "delta^1_1")


@pytest.mark.parametrize(("activation", "error"), PAIRS)
@pytest.mark.parametrize("step", STEPS)
def test_it_is_the_same_function(activation, error, step):
    derivation = derive([1, 1], activation, error)
    rule = derivation[step].rhs
    written = in_weighted_inputs(derivation, rule)
    assert not written.has(a(1, 1))
    whole = rule.xreplace({a(1, 1): derivation["a^1_1"].rhs})
    with mpmath.workdps(150):  # so that 1 - a keeps its digits even at z = 100
        exact = lambdify([z(1, 1), y(1)], whole, "mpmath")
        for z_1 in (-100, -40, -3, 0, 0.5, 8, 40, 100):
            for y_1 in (0, 0.25, 1):
                at = mpmath.mpf(z_1), mpmath.mpf(y_1)
                value = lambdify([z(1, 1), y(1)], written, "mpmath")(*at)
                assert mpmath.almosteq(value, exact(*at), 1e-40, 1e-100)


@pytest.mark.parametrize("step", ["dE/da^1_1", "da^1_1/dz^1_1"])
def test_float64_keeps_its_digits_where_the_output_is_rounded(step):
    derivation = derive([1, 1], "sigmoid", "binary_cross_entropy")
    rule = derivation[step].rhs
    written = lambdify([z(1, 1), y(1)], in_weighted_inputs(derivation, rule), "numpy")
    whole = rule.xreplace({a(1, 1): derivation["a^1_1"].rhs})
    with mpmath.workdps(150):
        exact = lambdify([z(1, 1), y(1)], whole, "mpmath")
        for z_1 in (-100.0, -40.0, -8.0, 8.0, 40.0, 100.0):
            for y_1 in (0.0, 1.0):
                expected = float(exact(mpmath.mpf(z_1), mpmath.mpf(y_1)))
                assert np.isclose(written(z_1, y_1), expected, rtol=1e-14, atol=0)


def test_three_classes():
    derivation = derive([1, 3], "softmax", "cross_entropy")
    written = in_weighted_inputs(derivation, derivation["E"].rhs)
    scores = {z(1, 1): 1.0, z(1, 2): -2.0, z(1, 3): 0.5}
    targets = {y(1): 0, y(2): 1, y(3): 0}
    total = sum(exp(value) for value in scores.values())
    expected = -np.log(float(exp(-2.0) / total))
    assert np.isclose(float(written.xreplace(scores | targets)), expected, rtol=1e-14)

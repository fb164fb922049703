"""Learning rates, steps and thresholds."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from bplib import (
    ErrorBelow,
    GradientNormBelow,
    complex_step_gradient,
    gradient_check,
    numerical_gradient,
)

from .refusal import AND, CORNERS, World, X, Y, assert_refused, cases, crossed, x, y

REAL_NUMBERS = {
    "Network.update-eta": ("eta", lambda w, v: w.net.update(w.backward_pass, v)),
    "Network.fit-eta": ("eta", lambda w, v: w.net.fit(X, Y, eta=v)),
    "Perceptron.update-eta": ("eta", lambda w, v: w.perceptron.update(x, 1, v)),
    "Perceptron.fit-eta": ("eta", lambda w, v: w.perceptron.fit(CORNERS, AND, eta=v)),
    "numerical_gradient-h": ("h", lambda w, v: numerical_gradient(w.net, x, y, h=v)),
    "complex_step_gradient-h": ("h", lambda w, v: complex_step_gradient(w.net, x, y, h=v)),
    "ErrorBelow": ("value", lambda w, v: ErrorBelow(v)),
    "GradientNormBelow": ("value", lambda w, v: GradientNormBelow(v)),
    "gradient_check-tolerance": (
        "tolerance",
        # None is allowed here: it chooses the tolerance by dtype.
        lambda w, v: gradient_check(w.net, x, y, tolerance="None" if v is None else v),
    ),
}
NOT_REAL_NUMBERS = {
    "None": (None, TypeError, "a real number", r"(NoneType None|str 'None')"),
    "a string": ("0.5", TypeError, "a real number", "str '0.5'"),
    "a list": ([0.5], TypeError, "a real number", r"list \[0\.5\]"),
    "an array": (np.array([0.5]), TypeError, "a real number", "ndarray "),
    "a 0-d array": (np.array(0.5), TypeError, "a real number", "ndarray "),
    "True": (True, TypeError, "a real number", "bool True"),
    "numpy's True": (np.True_, TypeError, "a real number", "bool"),
    "a complex number": (0.5 + 0j, TypeError, "a real number", "complex "),
    "a Decimal": (Decimal("0.5"), TypeError, "a real number", "Decimal "),
    "NaN": (float("nan"), ValueError, "a finite number", "nan"),
    "numpy's NaN": (np.float32("nan"), ValueError, "a finite number", "nan"),
    "infinity": (float("inf"), ValueError, "a finite number", "inf"),
    "minus infinity": (float("-inf"), ValueError, "a finite number", "-inf"),
    "a huge whole number": (10**400, ValueError, "a finite number", "int too large for a float"),
    "an even larger one": (10**5000, ValueError, "a finite number", "int too large for a float"),
    "a huge fraction": (Fraction(10**400), ValueError, "a finite number", "Fraction too large"),
    "a negative number": (-0.5, ValueError, r"a number (above|of at least) 0", r"-0\.5"),
}


@pytest.mark.parametrize(
    ("name", "call", "value", "kind", "expected", "got"), crossed(REAL_NUMBERS, NOT_REAL_NUMBERS)
)
def test_what_is_not_a_finite_positive_number(name, call, value, kind, expected, got):
    assert_refused(lambda w: call(w, value), kind, name, expected, got)


@pytest.mark.parametrize(
    ("name", "call"),
    cases({key: call for key, call in REAL_NUMBERS.items() if not key.startswith("Network")}),
)
def test_zero_where_it_would_do_nothing_at_all(name, call):
    assert_refused(lambda w: call(w, 0), ValueError, name, "a number above 0", r"0\.0")


@pytest.mark.parametrize("eta", [1, 0.5, np.float32(0.5), np.int64(1), Fraction(1, 2), 0])
def test_every_kind_of_real_number_is_a_learning_rate(eta):
    world = World()
    world.net.update(world.backward_pass, eta)
    world.net.fit(X, Y, eta=eta, epochs=1)
    assert np.isfinite(world.net.parameters).all()

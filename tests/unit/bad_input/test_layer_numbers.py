"""Layer numbers that do not exist, or are no numbers."""

from fractions import Fraction

import numpy as np
import pytest

from .refusal import assert_refused, named


@pytest.mark.parametrize("quantity", ["W", "b"])
@pytest.mark.parametrize("l", [0, 3, -1, 10**30])
def test_a_layer_that_has_no_parameters(quantity, l):
    name = f"{quantity}[l]"
    expected = "a layer l from 1 to 2"
    layers = {"W": lambda w: w.net.W, "b": lambda w: w.net.b}[quantity]
    assert_refused(lambda w: layers(w)[l], ValueError, name, expected, str(l))
    assert_refused(lambda w: layers(w).__setitem__(l, 0), ValueError, name, expected, str(l))


@pytest.mark.parametrize("quantity", ["delta", "grad_W", "grad_b"])
@pytest.mark.parametrize("l", [0, 3, -1])
def test_a_layer_that_has_no_error_term(quantity, l):
    assert_refused(
        lambda w: getattr(w.backward_pass, quantity)[l],
        ValueError,
        f"{quantity}[l]",
        "a layer l from 1 to 2",
        str(l),
    )


@pytest.mark.parametrize(
    ("quantity", "first", "l"), [("z", 1, 0), ("z", 1, 3), ("a", 0, -1), ("a", 0, 3)]
)
def test_a_layer_that_has_no_such_value(quantity, first, l):
    assert_refused(
        lambda w: getattr(w.forward_pass, quantity)[l],
        ValueError,
        f"{quantity}[l]",
        f"a layer l from {first} to 2",
        str(l),
    )


@pytest.mark.parametrize(
    ("l", "got"),
    [
        (1.0, "float 1.0"),
        (np.float64(1), "float64 "),
        ("1", "str '1'"),
        (True, "bool True"),
        (np.True_, "bool"),
        (None, "NoneType None"),
        (slice(1, 2), "slice "),
        ([1], r"list \[1\]"),
        (Fraction(1), "Fraction "),
    ],
    ids=named,
)
def test_a_layer_number_that_is_not_a_whole_number(l, got):
    assert_refused(lambda w: w.net.W[l], TypeError, "W[l]", "a layer number", got)
    assert_refused(lambda w: w.forward_pass.a[l], TypeError, "a[l]", "a layer number", got)

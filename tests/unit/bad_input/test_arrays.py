"""Every argument that takes an array, with everything that is not one of finite numbers."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from bplib import Network

from .arguments import ARRAYS
from .refusal import World, assert_refused, cases, crossed


class LikeATable:
    """Converts to an array of objects, as a pandas table with a column of text does."""

    def __array__(self, dtype=None, copy=None):
        return np.array([1.0, "a"], dtype=object)


NOT_NUMBERS = {
    "None": (None, TypeError, "real numbers", "NoneType None"),
    "a string": ("abc", TypeError, "real numbers", "str 'abc'"),
    "a numeric string": ("0.5", TypeError, "real numbers", "str '0.5'"),
    "bytes": (b"0.5", TypeError, "real numbers", "bytes b'0.5'"),
    "strings": (["0.5", "1"], TypeError, "real numbers", "an array of <U3"),
    "mixed with a string": ([0.5, "1"], TypeError, "real numbers", "an array of <U"),
    "mixed with None": ([0.5, None], TypeError, "real numbers", r"list \[0\.5, None\]"),
    "complex numbers": ([1 + 0j, 2], TypeError, "real numbers", "an array of complex128"),
    "a complex number": (1j, TypeError, "real numbers", "complex 1j"),
    "an object array": (
        np.array([0.5, 1.0], dtype=object),
        TypeError,
        "real numbers",
        "ndarray array",
    ),
    "Decimals": ([Decimal("0.5"), 1], TypeError, "real numbers", "list .*Decimal"),
    "Fractions": ([Fraction(1, 2), 1], TypeError, "real numbers", "list .*Fraction"),
    "dates": (np.array(["2020-01-01"], "M8[D]"), TypeError, "real numbers", "an array of datetime"),
    "records": (np.zeros(2, "f8,f8"), TypeError, "real numbers", "an array of "),
    "a set": ({0.5, 1.0}, TypeError, "real numbers", r"set \{"),
    "a dictionary": ({0: 0.5}, TypeError, "real numbers", r"dict \{"),
    "a table with text in it": (LikeATable(), TypeError, "real numbers", "LikeATable "),
    "an iterator": (iter([0.5, 1.0]), TypeError, "real numbers", "list_iterator "),
    "a function": (len, TypeError, "real numbers", "builtin_function_or_method "),
    "a huge whole number": ([10**400, 1], TypeError, "real numbers", r"list \[1000"),
    "a ragged list": ([[1.0, 2.0], [3.0]], ValueError, "rectangular array", "a ragged list"),
    "a ragged tuple": (([1.0], 2.0), ValueError, "rectangular array", "a ragged tuple"),
    "NaN": ([0.5, float("nan")], ValueError, "finite numbers", r"nan at index \(1,\)"),
    "infinity": ([[-np.inf, 1]], ValueError, "finite numbers", r"-inf at index \(0, 0\)"),
    "a scalar NaN": (np.float64("nan"), ValueError, "finite numbers", "nan"),
    "a masked array": (
        np.ma.masked_array([0.5, 1.0], [False, True]),
        TypeError,
        "a plain array",
        "a masked array",
    ),
    "a list of masked arrays": (
        [np.ma.masked_array([0.5, 1.0], [False, True])],
        TypeError,
        "a plain array",
        "a masked array",
    ),
    "the masked constant": ([0.5, np.ma.masked], TypeError, "a plain array", "a masked array"),
    "a whole number that float64 would round": (
        [2**53 + 1, 1],
        ValueError,
        "whole numbers of at most 9007199254740992",
        "9007199254740993",
    ),
    "a negative one": (
        np.array([-(2**63)]),
        ValueError,
        "whole numbers of at most 9007199254740992",
        "-9223372036854775808",
    ),
}


@pytest.mark.parametrize(
    ("name", "call", "value", "kind", "expected", "got"), crossed(ARRAYS, NOT_NUMBERS)
)
def test_what_is_not_an_array_of_finite_real_numbers(name, call, value, kind, expected, got):
    assert_refused(lambda w: call(w, value), kind, name, expected, got)


LONG = np.dtype(np.longdouble)


@pytest.mark.skipif(LONG.itemsize == 8, reason="no type longer than float64 here")
@pytest.mark.parametrize(("name", "call"), cases(ARRAYS))
def test_an_array_of_more_than_double_precision(name, call):
    value = np.array([1, 2], LONG)
    assert_refused(lambda w: call(w, value), TypeError, name, "float64", f"an array of {LONG}")


NET_ARRAYS = {
    key: call
    for key, call in ARRAYS.items()
    if not key.startswith(("Perceptron", "relative_error", "weights", "biases"))
}


@pytest.mark.parametrize(("name", "call"), cases(NET_ARRAYS))
@pytest.mark.parametrize("wrap", [np.array, lambda v: [np.array(v)]], ids=["array", "in a list"])
def test_a_float64_array_for_a_float32_network(name, call, wrap):
    assert_refused(
        lambda w: call(w, wrap([0.5, 1.0])),
        TypeError,
        name,
        "float32, the network's dtype",
        r"an array of float64; convert it with \.astype\(np\.float32\)",
        World(dtype=np.float32),
    )


@pytest.mark.parametrize("key", ["weights", "biases"])
def test_float64_parameters_for_a_float32_network(key):
    parameters = {"weights": [[[1.0]]], "biases": [[0.0]], key: [np.zeros((1, 1))]}
    assert_refused(
        lambda w: Network.from_parameters(**parameters, dtype=np.float32),
        TypeError,
        f"{key}[0] (layer 1)",
        "float32",
        "an array of float64",
    )


@pytest.mark.parametrize(("name", "call"), cases(NET_ARRAYS))
def test_numbers_that_float32_cannot_hold(name, call):
    world = World(dtype=np.float32)
    too_large = "whole numbers of at most 16777216 in size"
    assert_refused(lambda w: call(w, [1e300, 1.0]), ValueError, name, "finite", "inf", world)
    assert_refused(lambda w: call(w, [2**24 + 1]), ValueError, name, too_large, "16777217", world)

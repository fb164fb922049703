"""Bad input, case by case.

Each is refused with a ValueError or TypeError whose message has three parts: the name of the
argument, what is expected, and what was given. Nothing is changed by a call that is refused.
"""

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from bplib import (
    ErrorBelow,
    GradientNormBelow,
    MaximumEpochs,
    Network,
    NoImprovement,
    Perceptron,
    complex_step_gradient,
    golden,
    gradient_check,
    numerical_gradient,
    relative_error,
)

x, y = [0.5, -0.25], [0.0, 1.0]
X, Y = [x, [1.0, 2.0], [3.0, 4.0]], [y, y, [1.0, 0.0]]
CORNERS, AND = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]


class World:
    """What a call may need: a 2-3-2 network with its passes, and a perceptron of two inputs."""

    def __init__(self, **settings):
        self.net = Network([2, 3, 2], seed=1, **settings)
        self.forward_pass = self.net.forward(x)
        self.backward_pass = self.net.backward(self.forward_pass, y)
        self.perceptron = Perceptron(2)

    def state(self):
        p = self.perceptron
        return self.net.parameters.tolist(), p.w.tolist(), p.b, list(p.mistakes)


def assert_refused(call, kind, name, expected, got, world=None):
    """`call(world)` raises exactly this kind of error; its message holds the three parts."""
    world = World() if world is None else world
    before = world.state()
    with pytest.raises((TypeError, ValueError)) as caught:
        call(world)
    assert isinstance(caught.value, kind)
    pattern = rf"{re.escape(name)}: .*expect.*{expected}.*got {got}"
    assert re.match(pattern, str(caught.value), re.DOTALL), str(caught.value)
    assert world.state() == before


def cases(table):
    """Parameters with ids from {id: (...)}."""
    return [pytest.param(*values, id=name) for name, values in table.items()]


def named(value):
    """An id that is the same in every run: the value, unless that would show an address."""
    text = str(value)
    return type(value).__name__ if " at 0x" in text or len(text) > 60 else text.replace("\n", "")


def crossed(calls, values):
    """Each call with each bad value."""
    return [
        pytest.param(*call, *value, id=f"{call_id}-{value_id}")
        for call_id, call in calls.items()
        for value_id, value in values.items()
    ]


# Arrays: every argument that takes one, with everything that is not an array of finite numbers.

ARRAYS = {
    "forward": ("x", lambda w, v: w.net.forward(v)),
    "backward": ("y", lambda w, v: w.net.backward(w.forward_pass, v)),
    "mean_error-X": ("X", lambda w, v: w.net.mean_error(v, y)),
    "mean_error-Y": ("Y", lambda w, v: w.net.mean_error(x, v)),
    "fit-X": ("X", lambda w, v: w.net.fit(v, Y)),
    "fit-Y": ("Y", lambda w, v: w.net.fit(X, v)),
    "fit-validation-X": ("validation[0]", lambda w, v: w.net.fit(X, Y, validation=(v, Y))),
    "fit-validation-Y": ("validation[1]", lambda w, v: w.net.fit(X, Y, validation=(X, v))),
    "W": ("W[1]", lambda w, v: w.net.W.__setitem__(1, v)),
    "b": ("b[2]", lambda w, v: w.net.b.__setitem__(2, v)),
    "grad_W": ("grad_W[1]", lambda w, v: w.backward_pass.grad_W.__setitem__(1, v)),
    "parameters": ("parameters", lambda w, v: setattr(w.net, "parameters", v)),
    "weights": (
        "weights[1] (layer 2)",
        lambda w, v: Network.from_parameters([np.eye(2), v]),
    ),
    "biases": (
        "biases[0] (layer 1)",
        lambda w, v: Network.from_parameters([np.eye(2)], [v]),
    ),
    "numerical_gradient-x": ("x", lambda w, v: numerical_gradient(w.net, v, y)),
    "numerical_gradient-y": ("y", lambda w, v: numerical_gradient(w.net, x, v)),
    "complex_step_gradient-x": ("x", lambda w, v: complex_step_gradient(w.net, v, y)),
    "complex_step_gradient-y": ("y", lambda w, v: complex_step_gradient(w.net, x, v)),
    "gradient_check-x": ("x", lambda w, v: gradient_check(w.net, v, y)),
    "gradient_check-y": ("y", lambda w, v: gradient_check(w.net, x, v)),
    "relative_error-a": ("a", lambda w, v: relative_error(v, [1, 2])),
    "relative_error-b": ("b", lambda w, v: relative_error([1, 2], v)),
    "Perceptron.predict": ("x", lambda w, v: w.perceptron.predict(v)),
    "Perceptron.update-x": ("x", lambda w, v: w.perceptron.update(v, 1)),
    "Perceptron.update-y": ("y", lambda w, v: w.perceptron.update(x, v)),
    "Perceptron.fit-X": ("X", lambda w, v: w.perceptron.fit(v, AND)),
    "Perceptron.fit-Y": ("Y", lambda w, v: w.perceptron.fit(CORNERS, v)),
}


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


# Shapes: nothing is ever broadcast, cut or flattened.

EXAMPLE_OR_BATCH = r"one example of shape \(2,\) or a batch of shape \(N, 2\), where n_0 = 2"
INPUT_SHAPES = {
    "a number": (0.5, EXAMPLE_OR_BATCH, r"shape \(\)"),
    "a 0-d array": (np.array(0.5), EXAMPLE_OR_BATCH, r"shape \(\)"),
    "too few": ([1.0], EXAMPLE_OR_BATCH, r"shape \(1,\)"),
    "too many": ([1.0, 2.0, 3.0], EXAMPLE_OR_BATCH, r"shape \(3,\)"),
    "a column": ([[1.0], [2.0]], EXAMPLE_OR_BATCH, r"shape \(2, 1\)"),
    "three axes": ([[x]], EXAMPLE_OR_BATCH, r"shape \(1, 1, 2\)"),
    "nothing": ([], EXAMPLE_OR_BATCH, r"shape \(0,\)"),
    "an example of nothing": ([[]], EXAMPLE_OR_BATCH, r"shape \(1, 0\)"),
    "an empty batch": (np.empty((0, 2)), "at least one example", "an empty batch"),
}
INPUTS = {
    key: ARRAYS[key]
    for key in (
        "forward",
        "mean_error-X",
        "numerical_gradient-x",
        "complex_step_gradient-x",
        "gradient_check-x",
    )
}


@pytest.mark.parametrize(
    ("name", "call", "value", "expected", "got"), crossed(INPUTS, INPUT_SHAPES)
)
def test_inputs_of_a_wrong_shape(name, call, value, expected, got):
    assert_refused(lambda w: call(w, value), ValueError, name, expected, got)


@pytest.mark.parametrize(
    "value", [0.5, [0.5], [y], [[0.0], [1.0]], [0.0, 1.0, 2.0], [], [y, y]], ids=named
)
@pytest.mark.parametrize(
    "key",
    [
        "backward",
        "mean_error-Y",
        "numerical_gradient-y",
        "complex_step_gradient-y",
        "gradient_check-y",
    ],
)
def test_targets_that_have_not_exactly_the_shape_of_the_output(key, value):
    name, call = ARRAYS[key]
    got = re.escape(str(np.shape(value)))
    assert_refused(
        lambda w: call(w, value), ValueError, name, r"shape \(2,\), that of the output", got
    )


def test_a_vector_of_targets_for_a_network_with_one_output():
    # (N,) against (N, 1) would broadcast to (N, N).
    net = Network([2, 1])
    targets = [0.0, 1.0, 1.0]
    assert_refused(
        lambda w: net.backward(net.forward(X), targets), ValueError, "y", r"\(3, 1\)", r"\(3,\)"
    )
    assert_refused(lambda w: net.mean_error(X, targets), ValueError, "Y", r"\(3, 1\)", r"\(3,\)")
    assert_refused(
        lambda w: net.fit(X, targets),
        ValueError,
        "Y",
        r"shape \(N, 1\), a row an example, where n_L = 1",
        r"shape \(3,\)",
    )


FIT_SHAPES = {
    "one example": [0.5, 1.0],
    "a number": 0.5,
    "too few": [[1.0]] * 3,
    "too many": [[1.0, 2.0, 3.0]] * 3,
    "three axes": [X],
    "nothing": [],
}


@pytest.mark.parametrize("value", FIT_SHAPES.values(), ids=FIT_SHAPES)
@pytest.mark.parametrize(
    ("key", "symbol"),
    [
        ("fit-X", "n_0"),
        ("fit-Y", "n_L"),
        ("fit-validation-X", "n_0"),
        ("fit-validation-Y", "n_L"),
    ],
)
def test_examples_of_a_wrong_shape_for_fit(key, symbol, value):
    name, call = ARRAYS[key]
    expected = rf"shape \(N, 2\), a row an example, where {symbol} = 2"
    got = "shape " + re.escape(str(np.shape(value)))
    assert_refused(lambda w: call(w, value), ValueError, name, expected, got)


def test_an_empty_training_or_validation_set():
    nothing = np.empty((0, 2))
    assert_refused(
        lambda w: w.net.fit(nothing, nothing), ValueError, "X", "at least one example", "none"
    )
    assert_refused(
        lambda w: w.net.fit(X, Y, validation=(nothing, nothing)),
        ValueError,
        "validation[0]",
        "at least one example",
        "none",
    )


def test_more_or_fewer_targets_than_examples():
    for targets in (Y[:2], [*Y, y], [y]):
        got = re.escape(str(np.shape(targets)))
        assert_refused(
            lambda w, targets=targets: w.net.fit(X, targets),
            ValueError,
            "Y",
            r"shape \(3, 2\), a row for each of the 3 rows of X",
            got,
        )
        assert_refused(
            lambda w, targets=targets: w.net.fit(X, Y, validation=(X, targets)),
            ValueError,
            "validation[1]",
            r"shape \(3, 2\), a row for each of the 3 rows of validation\[0\]",
            got,
        )


@pytest.mark.parametrize("shape", [(), (1,), (2,), (3,), (1, 2), (3, 1), (2, 3), (6,), (1, 3, 2)])
def test_assigning_weights_of_a_wrong_shape(shape):
    assert_refused(
        lambda w: w.net.W.__setitem__(1, np.zeros(shape)),
        ValueError,
        "W[1]",
        r"shape \(3, 2\), that of W\[1\]",
        re.escape(str(shape)),
    )


@pytest.mark.parametrize("shape", [(), (1,), (2,), (1, 3), (3, 1)])
def test_assigning_biases_of_a_wrong_shape(shape):
    assert_refused(
        lambda w: w.net.b.__setitem__(1, np.zeros(shape)),
        ValueError,
        "b[1]",
        r"shape \(3,\)",
        re.escape(str(shape)),
    )


@pytest.mark.parametrize("shape", [(), (1,), (16,), (18,), (1, 17), (17, 1)])
def test_assigning_parameters_of_a_wrong_shape(shape):
    assert_refused(
        lambda w: setattr(w.net, "parameters", np.zeros(shape)),
        ValueError,
        "parameters",
        r"shape \(17,\), every weight, then every bias",
        re.escape(str(shape)),
    )


def test_relative_error_of_arrays_of_different_shapes():
    for b in ([1.0], 1.0, [[1.0, 2.0]], [1.0, 2.0, 3.0]):
        assert_refused(
            lambda w, b=b: relative_error([1.0, 2.0], b),
            ValueError,
            "b",
            r"shape \(2,\), that of a",
            re.escape(str(np.shape(b))),
        )


# Layer numbers.


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


# Real numbers.

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


# Whole numbers.

WHOLE_NUMBERS = {
    "fit-epochs": ("epochs", 1, lambda w, v: w.net.fit(X, Y, epochs=v)),
    "fit-batch_size": (
        "batch_size",
        1,
        # None is allowed here: it means all examples.
        lambda w, v: w.net.fit(X, Y, batch_size="None" if v is None else v),
    ),
    "MaximumEpochs": ("epochs", 1, lambda w, v: MaximumEpochs(v)),
    "NoImprovement": ("epochs", 1, lambda w, v: NoImprovement(v)),
    "Perceptron": ("n", 1, lambda w, v: Perceptron(v)),
    "Perceptron.fit-epochs": ("epochs", 1, lambda w, v: w.perceptron.fit(CORNERS, AND, epochs=v)),
    "sizes": ("sizes[1]", 1, lambda w, v: Network([2, v, 2])),
    "Network-seed": ("seed", 0, lambda w, v: Network([2, 2], seed="None" if v is None else v)),
    "fit-seed": ("seed", 0, lambda w, v: w.net.fit(X, Y, seed="None" if v is None else v)),
}
NOT_WHOLE_NUMBERS = {
    "None": (None, "(NoneType None|str 'None')"),
    "a string": ("3", "str '3'"),
    "a float": (2.0, r"float 2\.0"),
    "a numpy float": (np.float64(2), "float64 "),
    "NaN": (float("nan"), "float nan"),
    "infinity": (float("inf"), "float inf"),
    "a list": ([3], r"list \[3\]"),
    "an array": (np.array([3]), "ndarray "),
    "True": (True, "bool True"),
    "numpy's True": (np.True_, "bool"),
    "a Fraction": (Fraction(3), "Fraction "),
    "a Decimal": (Decimal(3), "Decimal "),
    "a complex number": (3 + 0j, "complex "),
}


@pytest.mark.parametrize(
    ("name", "minimum", "call", "value", "got"), crossed(WHOLE_NUMBERS, NOT_WHOLE_NUMBERS)
)
def test_what_is_not_a_whole_number(name, minimum, call, value, got):
    assert_refused(lambda w: call(w, value), TypeError, name, "a whole number", got)


@pytest.mark.parametrize(("name", "minimum", "call"), cases(WHOLE_NUMBERS))
@pytest.mark.parametrize("below", [1, 2, 10**30])
def test_a_whole_number_below_the_smallest_that_makes_sense(name, minimum, call, below):
    value = minimum - below
    expected = f"a whole number of at least {minimum}"
    assert_refused(lambda w: call(w, value), ValueError, name, expected, str(value))


@pytest.mark.parametrize("batch_size", [4, 100, 10**30])
def test_a_batch_larger_than_the_set(batch_size):
    assert_refused(
        lambda w: w.net.fit(X, Y, batch_size=batch_size),
        ValueError,
        "batch_size",
        "at most N = 3 examples",
        str(batch_size),
    )


@pytest.mark.parametrize(
    ("seed", "got"),
    [
        ((i for i in range(3)), "generator "),
        ([1, 2, 3], "list "),
        (np.random.RandomState(0), "RandomState "),
        (np.random.SeedSequence(0), "SeedSequence "),
        (len, "builtin_function_or_method "),
    ],
    ids=["a generator function's", "a list", "RandomState", "SeedSequence", "a function"],
)
def test_a_seed_that_is_neither_a_whole_number_nor_none_nor_a_generator(seed, got):
    expected = r"a whole number, None or a numpy\.random\.Generator"
    assert_refused(lambda w: Network([2, 2], seed=seed), TypeError, "seed", expected, got)
    assert_refused(lambda w: w.net.fit(X, Y, seed=seed), TypeError, "seed", expected, got)


# True or False.

FLAGS = {
    "Network-biases": ("biases", lambda w, v: Network([2, 2], biases=v)),
    "Network-train_biases": ("train_biases", lambda w, v: Network([2, 2], train_biases=v)),
    "attribute": ("train_biases", lambda w, v: setattr(w.net, "train_biases", v)),
    "from_parameters": (
        "train_biases",
        lambda w, v: Network.from_parameters([np.eye(2)], train_biases=v),
    ),
    "golden": (
        "train_biases",
        # None is allowed here: as published.
        lambda w, v: golden.network("mazur", train_biases="None" if v is None else v),
    ),
    "fit-progress": ("progress", lambda w, v: w.net.fit(X, Y, progress=v)),
    "restore_best": ("restore_best", lambda w, v: NoImprovement(1, restore_best=v)),
}
NOT_FLAGS = {
    "None": (None, "(NoneType None|str 'None')"),
    "0": (0, "int 0"),
    "1": (1, "int 1"),
    "a string": ("yes", "str 'yes'"),
    "an empty list": ([], r"list \[\]"),
    "an array": (np.array(True), "ndarray "),
}


@pytest.mark.parametrize(("name", "call", "value", "got"), crossed(FLAGS, NOT_FLAGS))
def test_what_is_neither_true_nor_false(name, call, value, got):
    assert_refused(lambda w: call(w, value), TypeError, name, "True or False", got)


@pytest.mark.parametrize(("name", "call"), cases(FLAGS))
def test_numpys_false_is_false(name, call):
    call(World(), np.False_)


# Names.

ACTIVATION_NAMES = "one of 'identity', 'sigmoid', 'tanh', 'relu', 'softmax'"
ERROR_NAMES = "one of 'half_squared', 'binary_cross_entropy', 'cross_entropy'"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sigmiod", "sigmoid"),
        ("Sigmoid", "sigmoid"),
        ("tahn", "tanh"),
        ("ReLU", None),
        ("soft_max", "softmax"),
        ("linear", None),
        ("", None),
    ],
)
def test_an_unknown_activation_and_what_may_have_been_meant(given, meant):
    hint = f"; did you mean '{meant}'\\?$" if meant else "$"
    got = f"{given!r}{hint}"
    calls = {
        "activation": lambda w: Network([2, 3, 2], given),
        "activation[0] (layer 1)": lambda w: Network([2, 3, 2], [given, "tanh"]),
        "activation[1] (layer 2)": lambda w: Network([2, 3, 2], ["tanh", given]),
    }
    for name, call in calls.items():
        assert_refused(call, ValueError, name, ACTIVATION_NAMES, got)
    assert_refused(
        lambda w: Network.from_parameters([np.eye(2)], activation=given),
        ValueError,
        "activation",
        ACTIVATION_NAMES,
        got,
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("half-squared", "half_squared"),
        ("crossentropy", "cross_entropy"),
        ("binary_crossentropy", "binary_cross_entropy"),
        ("mse", None),
    ],
)
def test_an_unknown_error_and_what_may_have_been_meant(given, meant):
    got = f"{given!r}" + (f"; did you mean '{meant}'\\?$" if meant else "$")
    for call in (
        lambda w: Network([2, 2], error=given),
        lambda w: Network.from_parameters([np.eye(2)], error=given),
    ):
        assert_refused(call, ValueError, "error", ERROR_NAMES, got)


NOT_NAMES = {
    "None": (None, "NoneType None"),
    "a number": (1, "int 1"),
    "a function": (np.tanh, "ufunc "),
    "bytes": (b"tanh", "bytes "),
}


@pytest.mark.parametrize(("value", "got"), cases({**NOT_NAMES, "a list": (["tanh"], "list ")}))
def test_a_name_that_is_not_a_string(value, got):
    assert_refused(lambda w: Network([2, 2], error=value), TypeError, "error", ERROR_NAMES, got)
    assert_refused(
        lambda w: Network([2, 2], activation=[value]),
        TypeError,
        "activation[0] (layer 1)",
        ACTIVATION_NAMES,
        got,
    )
    for call in (golden.load, golden.network):
        assert_refused(
            lambda w, call=call: call(value), TypeError, "name", "one of 'mazur', 'han_kamber'", got
        )


@pytest.mark.parametrize(("value", "got"), cases({**NOT_NAMES, "a set": ({"tanh"}, "set ")}))
def test_an_activation_that_is_neither_a_name_nor_a_sequence_of_names(value, got):
    assert_refused(
        lambda w: Network([2, 2], activation=value), TypeError, "activation", "a sequence", got
    )


@pytest.mark.parametrize("names", [[], ["tanh"], ["tanh"] * 3])
def test_more_or_fewer_activations_than_layers(names):
    assert_refused(
        lambda w: Network([2, 3, 2], names),
        ValueError,
        "activation",
        "one name, or 2 names for the layers 1 to 2",
        str(len(names)),
    )


def test_an_unknown_example():
    for call in (golden.load, golden.network):
        assert_refused(
            lambda w, call=call: call("mazurr"),
            ValueError,
            "name",
            "one of 'mazur', 'han_kamber'",
            r"'mazurr'; did you mean 'mazur'\?",
        )


# Softmax, and errors that need a certain output.


@pytest.mark.parametrize(
    ("sizes", "activation", "got"),
    [
        ([2, 3, 2], "softmax", "it in layer 1 of 2"),
        ([2, 3, 2], ["softmax", "sigmoid"], "it in layer 1 of 2"),
        ([2, 3, 4, 2], ["tanh", "softmax", "softmax"], "it in layer 2 of 3"),
    ],
)
def test_softmax_in_a_hidden_layer(sizes, activation, got):
    expected = "softmax in the output layer only"
    assert_refused(lambda w: Network(sizes, activation), ValueError, "activation", expected, got)


def test_softmax_with_a_single_output():
    for call in (
        lambda w: Network([2, 1], "softmax", "cross_entropy"),
        lambda w: Network.from_parameters([[[1, 2]]], activation="softmax"),
    ):
        assert_refused(call, ValueError, "activation", "at least 2 output units", r"sizes\[1\] = 1")


@pytest.mark.parametrize("output", ["identity", "tanh", "relu", "softmax"])
def test_binary_cross_entropy_without_a_sigmoid_output(output):
    assert_refused(
        lambda w: Network([2, 3, 2], ["sigmoid", output], "binary_cross_entropy"),
        ValueError,
        "error",
        "the output activation 'sigmoid'",
        repr(output),
    )


@pytest.mark.parametrize("output", ["identity", "tanh", "relu", "sigmoid"])
def test_cross_entropy_without_a_softmax_output(output):
    assert_refused(
        lambda w: Network([2, 3, 2], ["sigmoid", output], "cross_entropy"),
        ValueError,
        "error",
        "the output activation 'softmax'",
        repr(output),
    )


TARGETS = {
    "backward": ("y", lambda net, v: net.backward(net.forward([x, x]), v)),
    "mean_error": ("Y", lambda net, v: net.mean_error([x, x], v)),
    "fit": ("Y", lambda net, v: net.fit([x, x], v)),
    "validation": (
        "validation[1]",
        lambda net, v: net.fit([x], [[0.0, 1.0]], validation=([x, x], v)),
    ),
    "numerical_gradient": ("y", lambda net, v: numerical_gradient(net, [x, x], v)),
    "complex_step_gradient": ("y", lambda net, v: complex_step_gradient(net, [x, x], v)),
    "gradient_check": ("y", lambda net, v: gradient_check(net, [x, x], v)),
}


@pytest.mark.parametrize(("name", "call"), cases(TARGETS))
@pytest.mark.parametrize(
    ("error", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")]
)
@pytest.mark.parametrize("wrong", [-1e-9, 1 + 1e-9, -1.0, 2.0])
def test_targets_outside_0_to_1_where_they_are_probabilities(name, call, error, output, wrong):
    net = Network([2, 2], output, error)
    assert_refused(
        lambda w: call(net, [[0.0, 1.0], [0.5, wrong]]),
        ValueError,
        name,
        "targets between 0 and 1",
        rf"{re.escape(str(wrong))} at index \(1, 1\)",
    )


@pytest.mark.parametrize(("name", "call"), cases(TARGETS))
@pytest.mark.parametrize("wrong", [[0.5, 0.4], [1.0, 1.0], [0.0, 0.0], [0.5, 0.5 + 1e-9]])
def test_targets_of_cross_entropy_that_do_not_sum_to_1(name, call, wrong):
    net = Network([2, 2], "softmax", "cross_entropy")
    assert_refused(
        lambda w: call(net, [[0.0, 1.0], wrong]),
        ValueError,
        name,
        "targets that sum to 1 in each example",
        rf"a sum of {re.escape(str(sum(wrong)))} in example 1",
    )


def test_class_numbers_as_targets_of_cross_entropy():
    net = Network([2, 2], "softmax", "cross_entropy")
    assert_refused(
        lambda w: net.fit(X, [0, 1, 1]), ValueError, "Y", r"shape \(N, 2\)", r"shape \(3,\)"
    )


# Sizes, weights, biases, dtype.


@pytest.mark.parametrize(
    ("sizes", "kind", "expected", "got"),
    [
        (None, TypeError, "a sequence", "NoneType None"),
        (3, TypeError, "a sequence", "int 3"),
        ("232", TypeError, "a sequence", "str '232'"),
        (b"232", TypeError, "a sequence", "bytes "),
        ({2, 3}, TypeError, "a sequence", "set "),
        ({2: 3}, TypeError, "a sequence", "dict "),
        (iter([2, 3]), TypeError, "a sequence", "list_iterator "),
        (np.array(3), TypeError, "a sequence", "ndarray "),
        ([], ValueError, "at least two layers", r"\[\]"),
        ([3], ValueError, "at least two layers", r"\[3\]"),
    ],
    ids=named,
)
def test_sizes_that_are_no_sequence_of_at_least_two(sizes, kind, expected, got):
    assert_refused(lambda w: Network(sizes), kind, "sizes", expected, got)


@pytest.mark.parametrize(
    "sizes", [np.array([2.0, 3.0]), np.array([[2, 3], [4, 5]]), [[2], 3], ["2", "3"]]
)
def test_sizes_whose_items_are_no_whole_numbers(sizes):
    assert_refused(lambda w: Network(sizes), TypeError, "sizes[0]", "a whole number", r"\w+ ")


def test_sizes_that_no_machine_can_hold():
    assert_refused(
        lambda w: Network([10**30, 2]), ValueError, "sizes", "fits into memory", r"\(10+, 2\)"
    )


@pytest.mark.parametrize("key", ["weights", "biases"])
@pytest.mark.parametrize(
    ("value", "got"),
    [
        ("abc", "str 'abc'"),
        (1.0, r"float 1\.0"),
        ({1: np.eye(2)}, "dict "),
        (iter([np.eye(2)]), "list_iterator "),
        (np.array(1.0), "ndarray "),
    ],
    ids=named,
)
def test_weights_or_biases_that_are_no_sequence(key, value, got):
    parameters = {"weights": [np.eye(2)], "biases": [np.zeros(2)], key: value}
    assert_refused(
        lambda w: Network.from_parameters(**parameters), TypeError, key, "a sequence", got
    )


def test_no_weights_at_all():
    assert_refused(
        lambda w: Network.from_parameters(None), TypeError, "weights", "a sequence", "NoneType None"
    )
    for none in ([], (), np.empty((0, 2, 2))):
        assert_refused(
            lambda w, none=none: Network.from_parameters(none),
            ValueError,
            "weights",
            "at least one matrix",
            "none",
        )


@pytest.mark.parametrize("shape", [(), (2,), (1, 2, 2), (0, 2), (2, 0)])
def test_a_weight_matrix_that_is_no_matrix(shape):
    assert_refused(
        lambda w: Network.from_parameters([np.eye(2), np.zeros(shape)]),
        ValueError,
        "weights[1] (layer 2)",
        r"a matrix of shape \(n_2, n_1\)",
        "shape " + re.escape(str(shape)),
    )


def test_one_matrix_in_place_of_a_list_of_matrices():
    assert_refused(
        lambda w: Network.from_parameters(np.eye(2)),
        ValueError,
        "weights[0] (layer 1)",
        r"a matrix of shape \(n_1, n_0\)",
        r"shape \(2,\)",
    )


def test_matrices_that_do_not_fit_together():
    assert_refused(
        lambda w: Network.from_parameters([np.zeros((3, 2)), np.zeros((3, 2))]),
        ValueError,
        "weights[1] (layer 2)",
        "3 columns, one for each unit of layer 1",
        r"shape \(3, 2\)",
    )


@pytest.mark.parametrize("count", [0, 1, 3])
def test_more_or_fewer_bias_vectors_than_layers(count):
    assert_refused(
        lambda w: Network.from_parameters([np.eye(2), np.eye(2)], [np.zeros(2)] * count),
        ValueError,
        "biases",
        "2 vectors, one for each of the layers 1 to 2",
        str(count),
    )


@pytest.mark.parametrize("shape", [(), (1,), (3,), (1, 2), (2, 1)])
def test_a_bias_vector_of_a_wrong_shape(shape):
    assert_refused(
        lambda w: Network.from_parameters([np.eye(2)], [np.zeros(shape)]),
        ValueError,
        "biases[0] (layer 1)",
        r"shape \(2,\), one bias a unit of layer 1",
        re.escape(str(shape)),
    )


@pytest.mark.parametrize(
    ("dtype", "kind", "got"),
    [
        (None, TypeError, "None"),
        ("flaot32", TypeError, "'flaot32'"),
        (32, TypeError, "32"),
        (",", TypeError, "','"),
        (np.tanh, TypeError, "<ufunc 'tanh'>"),
        (int, ValueError, "int64"),
        (bool, ValueError, "bool"),
        (object, ValueError, "object"),
        (str, ValueError, "<U0"),
        (np.float16, ValueError, "float16"),
        (np.complex128, ValueError, "complex128"),
        (">f4" if np.little_endian else "<f4", ValueError, "[<>]f4"),
    ],
    ids=named,
)
def test_a_dtype_other_than_float64_and_float32(dtype, kind, got):
    expected = r"np\.float64 or np\.float32"
    assert_refused(lambda w: Network([2, 2], dtype=dtype), kind, "dtype", expected, got)
    assert_refused(
        lambda w: Network.from_parameters([[[1, 2]]], dtype=dtype), kind, "dtype", expected, got
    )


# Passes, gradients, networks of another kind.


@pytest.mark.parametrize("other", [None, x, "fp", np.zeros((3, 2))], ids=named)
def test_a_forward_pass_that_is_none(other):
    assert_refused(
        lambda w: w.net.backward(other, y),
        TypeError,
        "forward_pass",
        r"the result of net\.forward\(x\)",
        type(other).__name__,
    )


def test_a_backward_pass_for_a_forward_pass_and_the_other_way_round():
    assert_refused(
        lambda w: w.net.backward(w.backward_pass, y),
        TypeError,
        "forward_pass",
        r"net\.forward",
        "BackwardPass",
    )
    assert_refused(
        lambda w: w.net.update(w.forward_pass, 0.5),
        TypeError,
        "gradient",
        r"net\.backward",
        "ForwardPass",
    )


def test_the_forward_pass_of_a_network_of_another_shape():
    other = Network([2, 4, 2])
    assert_refused(
        lambda w: w.net.backward(other.forward(x), y),
        ValueError,
        "forward_pass",
        "one of a network 2-3-2",
        "one of a network 2-4-2",
    )


@pytest.mark.parametrize(("ours", "theirs"), [("float32", "float64"), ("float64", "float32")])
def test_the_forward_pass_of_a_network_of_another_dtype(ours, theirs):
    other = Network([2, 3, 2], dtype=theirs)
    assert_refused(
        lambda w: w.net.backward(other.forward(x), y),
        TypeError,
        "forward_pass",
        f"one of a {ours} network",
        f"one of a {theirs} network",
        World(dtype=ours),
    )


@pytest.mark.parametrize("other", [None, 0.5, "bp", np.zeros(17), [np.zeros((3, 2))]], ids=named)
def test_a_gradient_that_is_none(other):
    assert_refused(
        lambda w: w.net.update(other, 0.5),
        TypeError,
        "gradient",
        r"the result of net\.backward",
        type(other).__name__,
    )


@pytest.mark.parametrize(
    ("other", "got"),
    [
        (Network([2, 4, 2]), "one of a network 2-4-2 with 22"),
        (Network([2, 3, 2], biases=False), "one of a network 2-3-2 with 12"),
        (Network([3, 2, 2, 1, 2], biases=False), "one of a network 3-2-2-1-2 with 14"),
    ],
    ids=named,
)
def test_the_gradient_of_another_network(other, got):
    n_0 = other.sizes[0]
    gradient = other.backward(other.forward(np.ones(n_0)), y)
    expected = "one of a network 2-3-2 with 17 parameters"
    assert_refused(lambda w: w.net.update(gradient, 0.5), ValueError, "gradient", expected, got)


def test_gradients_of_the_same_number_of_parameters_but_other_layers():
    # 2-3-2 has 17 parameters, and so has 16-1.
    other = Network([16, 1])
    gradient = other.backward(other.forward(np.ones(16)), [0.0])
    assert gradient.vector.size == 17
    assert_refused(
        lambda w: w.net.update(gradient, 0.5),
        ValueError,
        "gradient",
        "2-3-2",
        "one of a network 16-1",
    )


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_gradient_that_is_not_finite_does_not_reach_the_weights(value):
    world = World()
    world.backward_pass.grad_W[1][0, 0] = value
    assert_refused(
        lambda w: w.net.update(w.backward_pass, 0.5),
        ValueError,
        "gradient",
        "finite numbers",
        f"{value} in 1 of 17 places",
        world,
    )


@pytest.mark.parametrize("function", [numerical_gradient, complex_step_gradient, gradient_check])
@pytest.mark.parametrize("net", [None, "net", [2, 3, 2], Perceptron(2), Network], ids=named)
def test_a_network_that_is_none(function, net):
    assert_refused(lambda w: function(net, x, y), TypeError, "net", "a Network", type(net).__name__)


# Stopping criteria and validation.


@pytest.mark.parametrize(
    ("stop", "got"),
    [
        (0.01, r"float 0\.01"),
        ("error", "str 'error'"),
        (True, "bool True"),
        (ErrorBelow, "type <class"),
        (lambda history: True, "function "),
        ({MaximumEpochs(1)}, "set "),
        ([MaximumEpochs(1), 0.01], r"float 0\.01"),
        ([None], "NoneType None"),
        ([[MaximumEpochs(1)]], "list "),
    ],
    ids=named,
)
def test_a_stop_that_is_no_criterion(stop, got):
    expected = r"a stopping criterion such as ErrorBelow\(0\.01\), or a list of them"
    assert_refused(lambda w: w.net.fit(X, Y, stop=stop), TypeError, "stop", expected, got)


@pytest.mark.parametrize("other", [None, 3, "x", ErrorBelow], ids=named)
def test_combining_a_criterion_with_something_else(other):
    got = type(other).__name__
    expected = "a stopping criterion"
    assert_refused(lambda w: ErrorBelow(1) | other, TypeError, "stop", expected, got)
    assert_refused(lambda w: ErrorBelow(1) & other, TypeError, "stop", expected, got)


@pytest.mark.parametrize(
    "stop",
    [
        NoImprovement(1),
        NoImprovement(1, restore_best=True),
        [NoImprovement(1)],
        NoImprovement(1) | MaximumEpochs(2),
        MaximumEpochs(2) & NoImprovement(1),
    ],
)
def test_no_improvement_without_a_validation_set(stop):
    assert_refused(
        lambda w: w.net.fit(X, Y, stop=stop),
        ValueError,
        "validation",
        r"a pair \(X, Y\), which the stopping criterion needs",
        "None",
    )


@pytest.mark.parametrize(
    ("validation", "got"),
    [
        (0.2, "float"),
        ("XY", "str of length 2"),
        (np.zeros((2, 3, 2)), "ndarray"),
        ((X,), "tuple of length 1"),
        ((X, Y, X), "tuple of length 3"),
        ({"X": X, "Y": Y}, "dict"),
        (iter([X, Y]), "list_iterator"),
    ],
    ids=["a share", "a string", "an array", "one", "three", "a dictionary", "an iterator"],
)
def test_a_validation_that_is_no_pair(validation, got):
    assert_refused(
        lambda w: w.net.fit(X, Y, validation=validation),
        TypeError,
        "validation",
        r"a pair \(X, Y\)",
        got,
    )


# The perceptron's own.


@pytest.mark.parametrize("value", [-1, 2, 0.5, 1e-9])
def test_a_target_of_the_perceptron_other_than_0_and_1(value):
    got = re.escape(f"{value:g}")
    assert_refused(lambda w: w.perceptron.update(x, value), ValueError, "y", "0 or 1", got)
    assert_refused(
        lambda w: w.perceptron.fit(CORNERS, [1, 0, 1, value]), ValueError, "Y", "0 or 1", got
    )


@pytest.mark.parametrize("value", [[1], [0, 1], np.array([[1]])], ids=named)
def test_several_targets_for_one_example(value):
    got = re.escape(str(np.shape(value)))
    assert_refused(lambda w: w.perceptron.update(x, value), ValueError, "y", "a single 0 or 1", got)


@pytest.mark.parametrize("value", [0.5, [1.0], [1.0, 2.0, 3.0], [x], []], ids=named)
def test_an_example_of_a_wrong_shape_for_the_perceptron(value):
    got = re.escape(str(np.shape(value)))
    assert_refused(
        lambda w: w.perceptron.update(value, 1), ValueError, "x", r"shape \(2,\), one example", got
    )


@pytest.mark.parametrize("value", [0.5, [1.0], [1.0, 2.0, 3.0], [[x]], [[1.0], [2.0]]], ids=named)
def test_a_question_of_a_wrong_shape_for_the_perceptron(value):
    got = "shape " + re.escape(str(np.shape(value)))
    expected = r"one example of shape \(2,\) or a batch of shape \(N, 2\)"
    assert_refused(lambda w: w.perceptron.predict(value), ValueError, "x", expected, got)


@pytest.mark.parametrize("value", [0.5, x, [[1.0]], [X], [], np.empty((0, 2))], ids=named)
def test_a_training_set_of_a_wrong_shape_for_the_perceptron(value):
    got = re.escape(str(np.shape(value)))
    expected = r"shape \(N, 2\) with N at least 1"
    assert_refused(lambda w: w.perceptron.fit(value, AND), ValueError, "X", expected, got)


@pytest.mark.parametrize("value", [[0, 1], [[0], [0], [0], [1]], 1, [0, 0, 0, 1, 1]], ids=named)
def test_targets_of_a_wrong_shape_for_the_perceptron(value):
    got = re.escape(str(np.shape(value)))
    expected = r"shape \(4,\), a target for each row of X"
    assert_refused(lambda w: w.perceptron.fit(CORNERS, value), ValueError, "Y", expected, got)

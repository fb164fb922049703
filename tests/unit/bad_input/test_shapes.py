"""Shapes: nothing is ever broadcast, cut or flattened."""

import re

import numpy as np
import pytest

from bplib import Network, relative_error

from .arguments import ARRAYS
from .refusal import X, Y, assert_refused, crossed, named, x, y

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

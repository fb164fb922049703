"""Sizes, weights, biases, dtype."""

import re

import numpy as np
import pytest

from bplib import Network

from .refusal import assert_refused, named


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

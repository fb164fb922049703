"""The perceptron's own."""

import re

import numpy as np
import pytest

from .refusal import AND, CORNERS, X, assert_refused, named, x


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

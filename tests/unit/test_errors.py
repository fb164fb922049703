"""Each error: its value, the delta it starts the backward pass with, and what happens far out."""

import mpmath
import numpy as np
import pytest

from bplib import Network
from bplib.activations import ACTIVATIONS
from bplib.errors import ERRORS

FAR = [0.5, -0.5, 40.0, -40.0, 800.0, -800.0, 1e4, -1e4]
H = 1e-30
PAIRS = [(error, output) for error in ERRORS for output in ERRORS[error].outputs]


def exact_softplus(z):
    with mpmath.workdps(60):
        z = mpmath.mpf(z)
        return mpmath.log1p(mpmath.exp(-abs(z))) + max(z, 0)


def exact_binary_cross_entropy(z, y):
    with mpmath.workdps(60):
        y = mpmath.mpf(y)
        return float(y * exact_softplus(-z) + (1 - y) * exact_softplus(z))


def exact_cross_entropy(z, y):
    with mpmath.workdps(60):
        z = [mpmath.mpf(v) for v in z]
        # log sum exp, kept exact by taking out the largest
        largest = max(z)
        log_sum = mpmath.log(sum(mpmath.exp(v - largest) for v in z)) + largest
        return float(sum(mpmath.mpf(t) * (log_sum - v) for t, v in zip(y, z, strict=True)))


def one_unit(z):
    """A network whose output unit has the weighted input z for the input 1."""
    return Network.from_parameters(
        [[[z]]], [[0.0]], activation="sigmoid", error="binary_cross_entropy"
    )


def test_the_allowed_pairs_are_those_of_the_book():
    assert set(PAIRS) == {
        ("half_squared", "identity"),
        ("half_squared", "sigmoid"),
        ("half_squared", "tanh"),
        ("half_squared", "relu"),
        ("half_squared", "softmax"),
        ("binary_cross_entropy", "sigmoid"),
        ("cross_entropy", "softmax"),
    }


def test_half_squared_is_half_the_sum_of_squared_differences():
    a, y = np.array([[0.5, 2.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 3.0]])
    np.testing.assert_array_equal(ERRORS["half_squared"].value(None, a, y), [2.125, 2.0])


def test_binary_cross_entropy_is_its_textbook_formula_where_that_is_stable():
    z = np.array([[0.3, -1.2], [2.0, 0.0]])
    y = np.array([[1.0, 0.25], [0.0, 0.9]])
    a = 1 / (1 + np.exp(-z))
    expected = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a), axis=1)
    value = ERRORS["binary_cross_entropy"].value(z, a, y)
    np.testing.assert_allclose(value, expected, rtol=1e-14)


def test_cross_entropy_is_its_textbook_formula_where_that_is_stable():
    z = np.array([[0.3, -1.2, 0.5], [2.0, 0.0, -1.0]])
    y = np.array([[1.0, 0.0, 0.0], [0.2, 0.5, 0.3]])
    a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    expected = -np.sum(y * np.log(a), axis=1)
    value = ERRORS["cross_entropy"].value(z, a, y)
    np.testing.assert_allclose(value, expected, rtol=1e-14)


@pytest.mark.parametrize(("error", "output"), PAIRS)
def test_delta_is_the_derivative_of_the_error_by_each_z(error, output):
    g, E = ACTIVATIONS[output], ERRORS[error]
    z, y = np.array([[0.4, -0.7, 1.1]]), np.array([[0.2, 0.5, 0.3]])
    steps = np.tile(z, (3, 1)) + 1j * H * np.eye(3)
    expected = E.value(steps, g.value(steps), np.tile(y, (3, 1))).imag / H
    a, delta = g.value(z), np.empty_like(z)
    E.delta(g, a, y, out=delta, scratch=np.empty_like(z))
    np.testing.assert_allclose(delta[0], expected, rtol=1e-13)


@pytest.mark.parametrize(
    ("error", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")]
)
def test_delta_of_both_cross_entropies_is_a_minus_y(error, output):
    net = Network([2, 3], activation=output, error=error)
    forward_pass = net.forward([0.3, -0.8])
    y = np.array([0.2, 0.5, 0.3])
    delta = net.backward(forward_pass, y).delta[1]
    np.testing.assert_array_equal(delta, forward_pass.output - y)


def test_delta_of_half_squared_with_identity_is_a_minus_y():
    net = Network([2, 3], activation="identity")
    forward_pass = net.forward([0.3, -0.8])
    y = np.array([0.2, -5.0, 0.3])
    delta = net.backward(forward_pass, y).delta[1]
    np.testing.assert_array_equal(delta, forward_pass.output - y)


@pytest.mark.parametrize("z", FAR)
@pytest.mark.parametrize("y", [0.0, 1.0, 0.3])
def test_binary_cross_entropy_and_its_gradient_are_exact_far_out(z, y):
    net = one_unit(z)
    with np.errstate(all="raise"):
        backward_pass = net.backward(net.forward([1.0]), [y])
    assert backward_pass.error == pytest.approx(exact_binary_cross_entropy(z, y), rel=1e-14, abs=0)
    with mpmath.workdps(60):
        delta = float(1 / (1 + mpmath.exp(-mpmath.mpf(z))) - mpmath.mpf(y))
    assert backward_pass.delta[1][0] == pytest.approx(delta, rel=1e-14, abs=1e-16)
    assert backward_pass.grad_W[1][0, 0] == backward_pass.grad_b[1][0] == backward_pass.delta[1][0]


@pytest.mark.parametrize(
    "z",
    [
        (1e4, -1e4, 0.0),
        (-1e4, -1e4, -1e4),
        (1e4, 1e4, -1e4),
        (800.0, 0.0, -800.0),
        (40.0, 0.0, -40.0),
        (740.0, 0.0, 0.0),
    ],
)
@pytest.mark.parametrize("y", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0.25, 0.25, 0.5)])
def test_cross_entropy_and_its_gradient_are_exact_far_out(z, y):
    net = Network.from_parameters(
        [np.array(z)[:, np.newaxis]], activation="softmax", error="cross_entropy"
    )
    with np.errstate(all="raise"):
        backward_pass = net.backward(net.forward([1.0]), y)
    # E is a difference of numbers of the size of z: absolute precision is all float64 can give.
    assert backward_pass.error == pytest.approx(exact_cross_entropy(z, y), rel=1e-14, abs=1e-17)
    with mpmath.workdps(60):
        largest = max(z)
        e = [mpmath.exp(mpmath.mpf(v) - largest) for v in z]
        delta = [float(v / sum(e) - t) for v, t in zip(e, y, strict=True)]
    np.testing.assert_allclose(backward_pass.delta[1], delta, rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("z", FAR)
@pytest.mark.parametrize("y", [0.0, 1.0, 0.3])
def test_the_complex_step_through_binary_cross_entropy_is_exact_far_out(z, y):
    stepped = np.array([[z + 1j * H]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        slope = ERRORS["binary_cross_entropy"].value(stepped, None, np.array([[y]])).imag[0] / H
    with mpmath.workdps(60):
        expected = float(1 / (1 + mpmath.exp(-mpmath.mpf(z))) - mpmath.mpf(y))
    assert slope == pytest.approx(expected, rel=1e-13, abs=1e-16)


@pytest.mark.parametrize("z", [1e4, 800.0, 40.0])
@pytest.mark.parametrize("y", [(1.0, 0.0), (0.0, 1.0), (0.5, 0.5)])
def test_the_complex_step_through_cross_entropy_is_exact_far_out(z, y):
    for sign in (1, -1):
        stepped = np.array([[sign * z + 1j * H, 0.0]])
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            slope = ERRORS["cross_entropy"].value(stepped, None, np.array([y])).imag[0] / H
        with mpmath.workdps(60):
            expected = float(1 / (1 + mpmath.exp(-sign * mpmath.mpf(z))) - mpmath.mpf(y[0]))
        assert slope == pytest.approx(expected, rel=1e-13, abs=1e-16)


@pytest.mark.parametrize(("error", "output"), PAIRS)
def test_the_error_of_a_batch_is_the_mean_of_its_examples_errors(error, output):
    net = Network([2, 4, 3], activation=["tanh", output], error=error, seed=5)
    rng = np.random.default_rng(6)
    X, Y = rng.standard_normal((7, 2)), rng.dirichlet(np.ones(3), 7)
    singles = [net.backward(net.forward(x), y).error for x, y in zip(X, Y, strict=True)]
    assert net.backward(net.forward(X), Y).error == pytest.approx(np.mean(singles), rel=1e-14)
    assert net.mean_error(X, Y) == net.backward(net.forward(X), Y).error
    assert net.mean_error(X[0], Y[0]) == pytest.approx(singles[0], rel=1e-14)


def test_errors_of_float32_arrays_are_float32():
    z = np.array([[0.3, -1.2]], np.float32)
    y = np.array([[1.0, 0.0]], np.float32)
    for error in ERRORS.values():
        assert error.value(z, z, y).dtype == np.float32


def test_targets_of_binary_cross_entropy_need_not_sum_to_1():
    net = Network([2, 3], activation="sigmoid", error="binary_cross_entropy")
    assert np.isfinite(net.mean_error([1.0, 2.0], [1.0, 1.0, 0.0]))


def test_targets_of_cross_entropy_may_miss_1_by_rounding_only():
    net = Network([2, 3], activation="softmax", error="cross_entropy")
    assert np.isfinite(net.mean_error([1.0, 2.0], [0.1, 0.2, 0.7]))
    assert np.isfinite(net.mean_error([1.0, 2.0], [1 / 3, 1 / 3, 1 / 3]))
    with pytest.raises(ValueError, match=r"Y: .*sum to 1"):
        net.mean_error([1.0, 2.0], [0.1, 0.2, 0.7 + 1e-9])


def test_rows_of_large_softmax_outputs_are_accepted_as_targets_in_both_precisions():
    for dtype in (np.float32, np.float64):
        net = Network([2, 1000], activation="softmax", error="cross_entropy", dtype=dtype)
        X = np.random.default_rng(0).standard_normal((5, 2)).astype(dtype)
        assert np.isfinite(net.mean_error(X, net.forward(X).output))

"""Central differences, complex step, relative error, gradient check."""

import numpy as np
import pytest

from bplib import (
    Gradient,
    Network,
    complex_step_gradient,
    gradient_check,
    numerical_gradient,
    relative_error,
)

X = np.array([[0.5, -0.3], [1.2, 0.4], [-0.7, 0.9]])
Y = np.array([[0.1, 0.9], [0.8, 0.3], [0.5, 0.5]])


@pytest.fixture
def net():
    net = Network([2, 3, 2], ["tanh", "sigmoid"], seed=1)
    net.b[1], net.b[2] = [0.1, 0.2, -0.3], [0.4, -0.5]
    return net


def test_the_gradient_of_one_sigmoid_unit_by_hand():
    net = Network.from_parameters([[[0.5]]], [[0.25]])
    a = 1 / (1 + np.exp(-(0.5 * 2 + 0.25)))
    by_hand = [(a - 1) * a * (1 - a) * 2, (a - 1) * a * (1 - a)]
    np.testing.assert_allclose(complex_step_gradient(net, [2], [1]).vector, by_hand, rtol=1e-14)
    np.testing.assert_allclose(numerical_gradient(net, [2], [1]).vector, by_hand, rtol=1e-9)
    np.testing.assert_allclose(net.backward(net.forward([2]), [1]).vector, by_hand, rtol=1e-14)


@pytest.mark.parametrize("gradient_of", [numerical_gradient, complex_step_gradient])
def test_the_result_is_a_gradient_with_the_shapes_of_the_parameters(net, gradient_of):
    gradient = gradient_of(net, X, Y)
    assert type(gradient) is Gradient
    for l in (1, 2):
        assert gradient.grad_W[l].shape == net.W[l].shape
        assert gradient.grad_b[l].shape == net.b[l].shape
    without = gradient_of(Network([2, 2], biases=False), X, Y)
    assert without.grad_b is None


@pytest.mark.parametrize("function", [numerical_gradient, complex_step_gradient, gradient_check])
def test_the_network_and_the_data_are_left_as_they_were(net, function):
    before, x, y = net.parameters.copy(), X.copy(), Y.copy()
    function(net, x, y)
    np.testing.assert_array_equal(net.parameters, before)
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(y, Y)
    assert net.dtype == np.float64


def test_the_gradient_of_a_batch_is_the_mean_over_its_examples(net):
    for gradient_of, tolerance in ((numerical_gradient, 1e-9), (complex_step_gradient, 1e-14)):
        singles = [gradient_of(net, x, y).vector for x, y in zip(X, Y, strict=True)]
        np.testing.assert_allclose(
            gradient_of(net, X, Y).vector, np.mean(singles, axis=0), atol=tolerance
        )


def test_the_complex_step_does_not_depend_on_h(net):
    exact = complex_step_gradient(net, X, Y).vector
    for h in (1e-20, 1e-100, 1e-200):
        assert relative_error(complex_step_gradient(net, X, Y, h=h).vector, exact) < 1e-14


def test_central_differences_err_by_h_squared_until_cancellation_takes_over(net):
    exact = complex_step_gradient(net, X, Y).vector

    def error(h):
        return relative_error(numerical_gradient(net, X, Y, h=h).vector, exact)

    assert error(1e-2) / error(1e-3) == pytest.approx(100, rel=0.05)
    assert error(1e-12) > 1e3 * error(6e-6)
    assert error(6e-6) < 1e-9


def test_a_saturated_sigmoid_hidden_layer_does_not_spoil_the_complex_step():
    # a = 4e-18 is all there is to the gradient: it must not drown in 1's rounding.
    net = Network.from_parameters([[[-40.0]], [[1.0]]])
    assert gradient_check(net, [1.0], [0.0])


@pytest.mark.parametrize("z", [1e4, -1e4, 800.0, -800.0, 40.0, -40.0])
@pytest.mark.parametrize("y", [0.0, 1.0, 0.25])
def test_backpropagation_agrees_with_the_complex_step_far_out(z, y):
    sigmoid = Network.from_parameters([[[z]]], [[0.0]], error="binary_cross_entropy")
    softmax = Network.from_parameters(
        [[[z], [0.0]]], [[0.0, 0.0]], activation="softmax", error="cross_entropy"
    )
    for net, target in ((sigmoid, [y]), (softmax, [y, 1 - y])):
        exact = complex_step_gradient(net, [1.0], target)
        ours = net.backward(net.forward([1.0]), target)
        np.testing.assert_allclose(ours.vector, exact.vector, rtol=1e-10, atol=1e-15)
        assert np.isfinite(exact.vector).all()


@pytest.mark.parametrize("function", [numerical_gradient, complex_step_gradient, gradient_check])
def test_underflow_is_no_concern_of_the_reader(function):
    net = Network.from_parameters([[[1e4]], [[1.0]]], activation=["tanh", "sigmoid"])
    with np.errstate(all="raise"):
        function(net, [1.0], [0.5])


def test_a_float32_network_is_checked_in_float64():
    net = Network([2, 3, 2], seed=1, dtype=np.float32)
    x = X.astype(np.float32)
    y = Y.astype(np.float32)
    for gradient_of in (numerical_gradient, complex_step_gradient):
        gradient = gradient_of(net, x, y)
        assert gradient.vector.dtype == np.float64
    check = gradient_check(net, x, y)
    assert check
    assert 1e-12 < check.relative_error < 1e-5
    assert check.tolerance == 1e-4
    assert net.dtype == net.parameters.dtype == np.float32


# relative_error


def test_relative_error_is_the_distance_over_the_longer_of_the_two():
    assert relative_error([3.0, 4.0], [3.0, 4.0]) == 0
    assert relative_error([3.0, 4.0], [0.0, 0.0]) == 1
    assert relative_error([1.0, 0.0], [-1.0, 0.0]) == 2
    assert relative_error([[10.0]], [[9.0]]) == pytest.approx(0.1)
    assert relative_error(2.0, 1.0) == 0.5


def test_relative_error_is_symmetric():
    a, b = np.array([1.0, 2.0]), np.array([1.5, -2.0])
    assert relative_error(a, b) == relative_error(b, a)


def test_relative_error_of_two_zeros_or_of_nothing_is_0():
    assert relative_error(np.zeros((2, 3)), np.zeros((2, 3))) == 0
    assert relative_error([], []) == 0


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1e-100, 1e100, 1e200, 1e307])
def test_relative_error_does_not_depend_on_the_scale_however_small_or_large(scale):
    with np.errstate(all="raise"):
        assert relative_error([scale, 0.0], [2 * scale, 0.0]) == pytest.approx(0.5, rel=1e-3)


# gradient_check


@pytest.mark.parametrize(("x", "y"), [(X, Y), (X[0], Y[0])])
def test_gradient_check_agrees_with_a_right_backward_pass(net, x, y):
    check = gradient_check(net, x, y)
    assert check
    assert bool(check) is True
    assert check.relative_error < 1e-14
    assert check.tolerance == 1e-10
    assert repr(check).startswith("GradientCheck(agrees: relative error ")


@pytest.mark.parametrize(
    ("quantity", "l", "index", "name"),
    [
        ("grad_W", 1, (0, 0), "W[1][0, 0]"),
        ("grad_W", 1, (2, 1), "W[1][2, 1]"),
        ("grad_W", 2, (1, 2), "W[2][1, 2]"),
        ("grad_b", 1, (2,), "b[1][2]"),
        ("grad_b", 2, (0,), "b[2][0]"),
    ],
)
def test_gradient_check_names_the_parameter_that_is_wrong(
    net, monkeypatch, quantity, l, index, name
):
    right = Network.backward

    def wrong(self, forward_pass, y):
        backward_pass = right(self, forward_pass, y)
        getattr(backward_pass, quantity)[l][index] += 1e-3
        return backward_pass

    monkeypatch.setattr(Network, "backward", wrong)
    check = gradient_check(net, X, Y)
    assert not check
    assert check.worst == name
    assert f"DISAGREES, most at {name}" in repr(check)


def test_gradient_check_finds_each_classical_mistake(net, monkeypatch):
    right = Network._backward

    def forgotten_slope(self, bp, fp, y):
        right(self, bp, fp, y)
        bp._delta[1][...] = bp._delta[2] @ self._W[2]
        bp._grad_W[1][...] = bp._delta[1].T @ fp._a[0] / len(y)

    def sum_for_mean(self, bp, fp, y):
        right(self, bp, fp, y)
        bp.vector *= len(y)

    def sign(self, bp, fp, y):
        right(self, bp, fp, y)
        bp.vector *= -1

    for mistake in (forgotten_slope, sum_for_mean, sign):
        monkeypatch.setattr(Network, "_backward", mistake)
        assert not gradient_check(net, X, Y)


def test_the_tolerance_decides(net):
    assert not gradient_check(net, X, Y, tolerance=1e-30)
    assert gradient_check(net, X, Y, tolerance=1)


def test_gradient_check_of_a_network_without_biases():
    assert gradient_check(Network([2, 3, 2], biases=False), X, Y)

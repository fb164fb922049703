"""Passes, gradients and networks of another kind."""

import numpy as np
import pytest

from bplib import Network, Perceptron, complex_step_gradient, gradient_check, numerical_gradient

from .refusal import World, assert_refused, named, x, y


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


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_step_that_is_not_finite_does_not_reach_the_weights(dtype):
    world = World(dtype=dtype)
    world.backward_pass.vector[...] = 2
    assert_refused(
        lambda w: w.net.update(w.backward_pass, 1.7e308),
        ValueError,
        "eta",
        f"one whose product with the gradient {np.dtype(dtype)} can hold",
        r"1\.7e\+308, where the gradient's largest number is 2",
        world,
    )


@pytest.mark.parametrize("function", [numerical_gradient, complex_step_gradient, gradient_check])
@pytest.mark.parametrize("net", [None, "net", [2, 3, 2], Perceptron(2), Network], ids=named)
def test_a_network_that_is_none(function, net):
    assert_refused(lambda w: function(net, x, y), TypeError, "net", "a Network", type(net).__name__)

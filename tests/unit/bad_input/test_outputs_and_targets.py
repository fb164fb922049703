"""Softmax, and errors that need a certain output and certain targets."""

import re

import pytest

from bplib import Network, complex_step_gradient, gradient_check, numerical_gradient

from .refusal import X, assert_refused, cases, x


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

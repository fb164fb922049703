"""What holds for every network, batch and number type: tried on networks that Hypothesis makes up.

It looks for small and odd ones: zeros, one unit, one example, equal numbers, the ends of a range.
The examples are the same in every run (conftest.py).
"""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bplib import (
    ErrorBelow,
    GradientNormBelow,
    Network,
    NoImprovement,
    complex_step_gradient,
)
from bplib.errors import ERRORS

PAIRS = [(error, output) for error in ERRORS for output in ERRORS[error].outputs]
HIDDEN = ["identity", "sigmoid", "tanh", "relu"]


def numbers(largest):
    """Numbers that float32 holds exactly, so that both types get the same ones."""
    return st.floats(-largest, largest, width=32, allow_subnormal=False)


@st.composite
def networks(draw, pairs=PAIRS, least_L=1, dtypes=(np.float64, np.float32), largest=1.0):
    error, output = draw(st.sampled_from(pairs))
    L = draw(st.integers(least_L, 3))
    sizes = draw(st.lists(st.integers(1, 4), min_size=L, max_size=L))
    sizes.append(draw(st.integers(2 if output == "softmax" else 1, 4)))
    hidden = draw(st.lists(st.sampled_from(HIDDEN), min_size=L - 1, max_size=L - 1))
    net = Network(
        sizes,
        [*hidden, output],
        error,
        biases=draw(st.booleans()),
        train_biases=draw(st.booleans()),
        dtype=draw(st.sampled_from(dtypes)),
    )
    shape = net.parameters.shape
    net.parameters = draw(arrays(np.float64, shape, elements=numbers(largest))).astype(net.dtype)
    return net


@st.composite
def batches(draw, net, least_N=1, largest=2.0):
    """Examples and targets for a network, of its number type."""
    N = draw(st.integers(least_N, 4))
    X = draw(arrays(np.float64, (N, net.sizes[0]), elements=numbers(largest)))
    shape = (N, net.sizes[-1])
    if net.error == "half_squared":
        Y = draw(arrays(np.float64, shape, elements=numbers(largest)))
    else:
        Y = draw(arrays(np.float64, shape, elements=st.floats(0, 1, width=16)))
    if net.error == "cross_entropy":
        Y[Y.sum(axis=1) == 0] = 1
        Y /= Y.sum(axis=1, keepdims=True)
    return X.astype(net.dtype), Y.astype(net.dtype)


def is_away_from_the_kink(net, X):
    z = net.forward(X).z
    return all(
        np.abs(z[l]).min() > 1e-3 for l in range(1, net.L + 1) if net.activation[l] == "relu"
    )


def size_of_rounding(net, X, Y):
    """How far results may be off by rounding alone: a bound on all that is added up, times eps."""
    a = size = max(1, np.abs(X).max())
    back = 1.0
    for l in range(1, net.L + 1):
        gain = max(1, net.sizes[l - 1] * np.abs(net.W[l]).max())
        a = gain * a + 1
        back *= max(gain, net.sizes[l] * np.abs(net.W[l]).max())
        size = max(size, a)
    return 50 * np.finfo(net.dtype).eps * size**2 * back * (size + np.abs(Y).max())


def assert_close(ours, theirs, rounding):
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= rounding


@settings(max_examples=200)
@given(data=st.data(), net=networks())
def test_the_gradient_is_the_complex_steps(data, net):
    X, Y = data.draw(batches(net))
    assume(is_away_from_the_kink(net, X))
    rounding = size_of_rounding(net, X, Y)
    gradient = net.backward(net.forward(X), Y)
    assert gradient.vector.dtype == net.dtype
    assert_close(gradient.vector, complex_step_gradient(net, X, Y).vector, rounding)
    one = net.backward(net.forward(X[0]), Y[0])
    assert_close(one.vector, complex_step_gradient(net, X[0], Y[0]).vector, rounding)


@settings(max_examples=100)
@given(data=st.data(), net=networks(least_L=2))
def test_permuting_hidden_units_changes_nothing_but_their_order(data, net):
    X, Y = data.draw(batches(net))
    assume(is_away_from_the_kink(net, X))
    l = data.draw(st.integers(1, net.L - 1))
    order = data.draw(st.permutations(range(net.sizes[l])))
    other = net.copy()
    other.W[l], other.W[l + 1] = net.W[l][order], net.W[l + 1][:, order]
    if net.b is not None:
        other.b[l] = net.b[l][order]
    rounding = size_of_rounding(net, X, Y)
    fp, other_fp = net.forward(X), other.forward(X)
    bp, other_bp = net.backward(fp, Y), other.backward(other_fp, Y)
    assert_close(other_fp.output, fp.output, rounding)
    assert_close(other_bp.error, bp.error, rounding)
    assert_close(other_bp.delta[l], bp.delta[l][:, order], rounding)
    assert_close(other_bp.grad_W[l], bp.grad_W[l][order], rounding)
    assert_close(other_bp.grad_W[l + 1], bp.grad_W[l + 1][:, order], rounding)


@settings(max_examples=100)
@given(data=st.data(), net=networks())
def test_a_batch_may_be_split_and_its_examples_taken_in_any_order(data, net):
    X, Y = data.draw(batches(net, least_N=2))
    assume(is_away_from_the_kink(net, X))
    N = len(X)
    cut = data.draw(st.integers(1, N - 1))
    order = data.draw(st.permutations(range(N)))
    rounding = size_of_rounding(net, X, Y)
    whole = net.backward(net.forward(X), Y)
    parts = [
        (len(some), net.backward(net.forward(X[some]), Y[some]))
        for some in np.split(np.array(order), [cut])
    ]
    assert_close(sum(n * bp.vector for n, bp in parts) / N, whole.vector, rounding)
    assert_close(sum(n * bp.error for n, bp in parts) / N, whole.error, rounding)
    assert_close(np.concatenate([bp.delta[1] for _, bp in parts]), whole.delta[1][order], rounding)


@settings(max_examples=100)
@given(data=st.data(), net=networks(pairs=[pair for pair in PAIRS if pair[1] == "softmax"]))
def test_adding_a_constant_to_the_inputs_of_softmax_changes_nothing(data, net):
    assume(net.b is not None)
    X, Y = data.draw(batches(net))
    assume(is_away_from_the_kink(net, X))
    constant = data.draw(numbers(100))
    other = net.copy()
    other.b[net.L] += constant
    rounding = size_of_rounding(net, X, Y) * (1 + abs(constant))
    fp, other_fp = net.forward(X), other.forward(X)
    bp, other_bp = net.backward(fp, Y), other.backward(other_fp, Y)
    assert_close(other_fp.output, fp.output, rounding)
    assert_close(other_bp.error, bp.error, rounding)
    assert_close(other_bp.vector, bp.vector, rounding)


STOPS = {
    "none": None,
    "error": ErrorBelow(1e-3),
    "gradient": GradientNormBelow(1e-3),
    "validation": NoImprovement(1),
    "best": NoImprovement(1, restore_best=True) & GradientNormBelow(1e-3),
}


FAR = st.sampled_from([1.0, 1e10, np.finfo(np.float32).max.item()])
ETA = st.sampled_from([0, 0.5, 1e30, np.finfo(float).max]) | st.floats(0, allow_infinity=False)


@settings(max_examples=300)
@given(data=st.data(), largest=FAR, eta=ETA, stop=st.sampled_from(sorted(STOPS)))
def test_training_never_raises_nor_returns_nan_in_silence(data, largest, eta, stop):
    net = data.draw(networks(largest=largest))
    X, Y = data.draw(batches(net, largest=data.draw(FAR)))
    batch_size = data.draw(st.none() | st.integers(1, len(X)))
    validation = data.draw(batches(net, largest=data.draw(FAR)))
    with warnings.catch_warnings(record=True) as warned, np.errstate(all="raise"):
        warnings.simplefilter("always")
        history = net.fit(X, Y, eta, 3, batch_size, stop=STOPS[stop], validation=validation)
    assert 1 <= history.epochs <= 3
    records = [history.error, history.validation_error, history.gradient_norm]
    assert all(np.isfinite(record[:-1]).all() for record in records)
    if history.stop_reason.endswith("no longer finite"):
        (warning,) = warned
        assert warning.category is RuntimeWarning
        assert history.stop_reason in str(warning.message)
    else:
        assert warned == []
        assert not np.isnan(history.initial_error)
        assert all(np.isfinite(record).all() for record in records)
        assert np.isfinite(net.parameters).all()
        with np.errstate(all="ignore"):
            assert np.isfinite(net.forward(X).output).all()


@pytest.mark.parametrize("wrong", [1.01, -1])
def test_a_wrong_gradient_is_not_taken_for_rounding(wrong):
    rng, missed = np.random.default_rng(0), 0
    for _ in range(100):
        net = Network([2, 3, 2], rng.choice(["tanh", "sigmoid"]), seed=rng)
        X, Y = rng.uniform(-1, 1, (3, 2)), rng.uniform(0, 1, (3, 2))
        gradient = net.backward(net.forward(X), Y).vector
        missed += np.abs(wrong * gradient - gradient).max() <= size_of_rounding(net, X, Y)
    assert missed == 0

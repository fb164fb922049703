"""The network: forward pass, backward pass, update."""

import copy
import pickle
from itertools import product

import numpy as np
import pytest

from bplib import (
    Network,
    complex_step_gradient,
    numerical_gradient,
    relative_error,
    textbook,
)
from bplib.errors import ERRORS

PAIRS = [(error, output) for error in ERRORS for output in ERRORS[error].outputs]
HIDDEN = ["tanh", "sigmoid", "relu", "identity"]
EXAMPLES = {"single": None, "batch of one": 1, "batch": 4}

# 7 pairs x biases or not x 3 kinds of input = 42 combinations; by 200 cases each came up at
# least four times, and with it every depth from 1 to 4.
COMBINATIONS = list(product(PAIRS, [True, False], EXAMPLES))
CASES = 200


def random_case(k):
    """Network, input and targets number k, with relu's weighted inputs away from 0."""
    rng = np.random.default_rng([k, 2026])
    (error, output), biases, kind = COMBINATIONS[k % len(COMBINATIONS)]
    L = 1 + (k // len(COMBINATIONS) + k) % 4
    sizes = rng.integers(1, 6, L + 1).tolist()
    sizes[-1] = max(sizes[-1], 2)
    activation = [*rng.choice(HIDDEN, L - 1).tolist(), output]
    N = EXAMPLES[kind]
    for _ in range(1000):
        net = Network(sizes, activation, error, seed=rng, biases=biases)
        if biases:
            for l in range(1, L + 1):
                net.b[l] = rng.standard_normal(sizes[l])
        x = rng.standard_normal(sizes[0] if N is None else (N, sizes[0]))
        z = net.forward(x).z
        relu = [np.abs(z[l]).min() for l in range(1, L + 1) if net.activation[l] == "relu"]
        y = targets(error, z[L].shape, rng)
        # A relu that is off for all examples would make a gradient of nothing but zeros.
        gradient = net.backward(net.forward(x), y).vector
        if min(relu, default=1) > 1e-3 and np.linalg.norm(gradient) > 1e-6:
            return net, x, y
    raise AssertionError("no network found with relu away from its kink")


def targets(error, shape, rng):
    if error == "cross_entropy":
        return rng.dirichlet(np.ones(shape[-1]), shape[:-1])
    if error == "binary_cross_entropy":
        return rng.random(shape)
    return rng.standard_normal(shape)


def layers(arrays, first=1):
    """A list of arrays, indexed by layer number."""
    return dict(enumerate(arrays, start=first))


def textbook_error(W, b, activation, error, x, y):
    """The mean error as the formulas have it: for one example after the other, no shortcuts."""
    total = 0
    for one_x, one_y in zip(np.atleast_2d(x), np.atleast_2d(y), strict=True):
        _, a = textbook.forward(W, b, activation, one_x)
        total += textbook.ERROR[error](a[len(W)], one_y)
    return total / len(np.atleast_2d(x))


def textbook_gradient(net, x, y, h=1e-30):
    """Complex steps through `textbook_error`, in the order of net.parameters."""
    arrays = [w.astype(complex) for w in net.W]
    arrays += [b.astype(complex) for b in net.b] if net.b is not None else []
    W, b = layers(arrays[: net.L]), layers(arrays[net.L :])
    gradient = []
    for array in arrays:
        for index in np.ndindex(array.shape):
            array[index] += 1j * h
            gradient.append(textbook_error(W, b, net.activation, net.error, x, y).imag / h)
            array[index] = array[index].real
    return np.array(gradient)


# The gradients of 200 random networks.


def test_the_random_cases_cover_every_combination_at_every_depth_and_every_hidden_activation():
    seen, hidden = {}, set()
    for k in range(CASES):
        net, x, _ = random_case(k)
        kind = "single" if x.ndim == 1 else "batch of one" if len(x) == 1 else "batch"
        combination = ((net.error, net.activation[net.L]), net.b is not None, kind)
        seen.setdefault(combination, set()).add(net.L)
        hidden |= set(list(net.activation)[:-1])
    assert set(seen) == set(COMBINATIONS)
    assert set().union(*seen.values()) == {1, 2, 3, 4}
    assert all(len(depths) == 4 for depths in seen.values())
    assert hidden == set(HIDDEN)


@pytest.mark.parametrize("k", range(CASES))
def test_backpropagation_agrees_with_the_complex_step_and_with_central_differences(k):
    net, x, y = random_case(k)
    backward_pass = net.backward(net.forward(x), y)
    exact = complex_step_gradient(net, x, y)
    assert relative_error(backward_pass.vector, exact.vector) < 1e-10
    assert relative_error(backward_pass.vector, textbook_gradient(net, x, y)) < 1e-10
    assert relative_error(backward_pass.vector, numerical_gradient(net, x, y).vector) < 1e-6
    # And not only in the length of the whole: every single derivative.
    largest = np.abs(exact.vector).max()
    np.testing.assert_allclose(backward_pass.vector, exact.vector, rtol=1e-9, atol=1e-12 * largest)


@pytest.mark.parametrize("k", range(0, CASES, 5))
def test_the_error_is_that_of_the_textbook_formulas(k):
    net, x, y = random_case(k)
    expected = textbook_error(net.W, net.b, net.activation, net.error, x, y)
    assert net.backward(net.forward(x), y).error == pytest.approx(expected, rel=1e-12)
    assert net.mean_error(x, y) == pytest.approx(expected, rel=1e-12)


def assert_equal(ours, theirs):
    theirs = np.asarray(theirs)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max())


@pytest.mark.parametrize("k", range(CASES))
def test_a_network_is_the_textbooks_plain_rules(k):
    net, X, Y = random_case(k)
    fp = net.forward(X)
    bp = net.backward(fp, Y)
    gradients = []
    for n, (x, y) in enumerate(zip(np.atleast_2d(X), np.atleast_2d(Y), strict=True)):
        z, a = textbook.forward(net.W, net.b, net.activation, x)
        delta = textbook.error_terms(net.W, net.activation, net.error, z, a, y)
        for l in range(1, net.L + 1):
            assert_equal(np.atleast_2d(fp.z[l])[n], z[l])
            assert_equal(np.atleast_2d(fp.a[l])[n], a[l])
            assert_equal(np.atleast_2d(bp.delta[l])[n], delta[l])
        gradients.append((textbook.gradient(a, delta), delta))
    for l in range(1, net.L + 1):
        assert_equal(bp.grad_W[l], np.mean([grad_W[l] for grad_W, _ in gradients], axis=0))
        if net.b is not None:
            assert_equal(bp.grad_b[l], np.mean([grad_b[l] for _, grad_b in gradients], axis=0))


@pytest.mark.parametrize("k", range(CASES))
def test_an_update_is_the_textbooks_of_all_parameters_at_once(k):
    net, X, Y = random_case(k)
    x, y = np.atleast_2d(X)[0], np.atleast_2d(Y)[0]
    z, a = textbook.forward(net.W, net.b, net.activation, x)
    delta = textbook.error_terms(net.W, net.activation, net.error, z, a, y)
    W, b = textbook.updated(net.W, net.b, a, delta, eta=0.3)
    net.update(net.backward(net.forward(x), y), eta=0.3)
    for l in range(1, net.L + 1):
        assert_equal(net.W[l], W[l])
        if net.b is not None:
            assert_equal(net.b[l], b[l])
    assert (b is None) == (net.b is None)


# Forward and backward in the house notation.


def test_forward_computes_z_and_a_unit_by_unit():
    net = Network([2, 3, 2], activation=["tanh", "sigmoid"], seed=3)
    net.b[1], net.b[2] = [0.1, -0.2, 0.3], [0.5, -0.5]
    x = [0.7, -1.1]
    forward_pass = net.forward(x)
    for l, g in ((1, np.tanh), (2, lambda z: 1 / (1 + np.exp(-z)))):
        for i in range(net.sizes[l]):
            z = net.b[l][i]
            for j in range(net.sizes[l - 1]):
                z += net.W[l][i, j] * forward_pass.a[l - 1][j]
            assert forward_pass.z[l][i] == pytest.approx(z, rel=1e-14)
            assert forward_pass.a[l][i] == pytest.approx(g(z), rel=1e-14)
    np.testing.assert_array_equal(forward_pass.output, forward_pass.a[net.L])


def test_backward_is_the_generalized_delta_rule_unit_by_unit():
    net = Network([2, 3, 2], activation="tanh", seed=3)
    forward_pass = net.forward([0.7, -1.1])
    y = np.array([0.2, -0.4])
    backward_pass = net.backward(forward_pass, y)
    a, delta = forward_pass.a, backward_pass.delta
    np.testing.assert_allclose(delta[2], (a[2] - y) * (1 - a[2] ** 2), rtol=1e-14)
    for j in range(3):
        pulled = sum(net.W[2][i, j] * delta[2][i] for i in range(2))
        assert delta[1][j] == pytest.approx((1 - a[1][j] ** 2) * pulled, rel=1e-14)
    for l in (1, 2):
        np.testing.assert_array_equal(backward_pass.grad_b[l], delta[l])
        np.testing.assert_allclose(
            backward_pass.grad_W[l], np.outer(delta[l], a[l - 1]), rtol=1e-15
        )


@pytest.mark.parametrize("x", [np.array([0.1, 0.2]), np.array([[0.1, 0.2], [0.3, 0.4]])])
def test_a0_is_the_very_array_that_was_given(x):
    forward_pass = Network([2, 3, 1]).forward(x)
    assert forward_pass.a[0] is x


def test_a_list_is_an_input_too():
    net = Network([2, 3, 1])
    np.testing.assert_array_equal(
        net.forward([1, 2]).output, net.forward(np.array([1.0, 2.0])).output
    )
    np.testing.assert_array_equal(
        net.forward(((1, 2), (3, 4))).output, net.forward(np.array([[1.0, 2], [3, 4]])).output
    )


@pytest.mark.parametrize(
    "x",
    [
        np.array([1, 2], dtype=np.int8),
        np.array([1, 2], dtype=np.uint64),
        np.array([1, 2], dtype=np.float32),
        np.array([1, 2], dtype=">f8"),
        [np.float64(1), np.int64(2)],
        np.array([1.0, 0.0, 2.0])[::2],
        np.asfortranarray([[1.0, 2.0]])[0],
        [True, 2],
    ],
    ids=str,
)
def test_inputs_that_lose_nothing_are_converted(x):
    net = Network([2, 3, 1])
    np.testing.assert_array_equal(net.forward(x).output, net.forward([1.0, 2.0]).output)


class LikeADataFrame:
    """An object that is not an array but can be made one, as pandas' are."""

    def __init__(self, values):
        self.values = np.array(values)

    def __array__(self, dtype=None, copy=None):
        return self.values if dtype is None else self.values.astype(dtype)


def test_an_object_that_converts_to_an_array_is_an_input():
    net = Network([2, 3, 1])
    np.testing.assert_array_equal(
        net.forward(LikeADataFrame([[1.0, 2.0]])).output, net.forward([[1.0, 2.0]]).output
    )
    with pytest.raises(TypeError, match=r"x: expected float32, .*, got an array of float64"):
        Network([2, 3, 1], dtype=np.float32).forward(LikeADataFrame([[1.0, 2.0]]))


def test_a_read_only_input_is_fine_and_no_pass_writes_to_its_input():
    x, y = np.array([[0.5, -0.5]]), np.array([[1.0]])
    x.flags.writeable = y.flags.writeable = False
    net = Network([2, 3, 1])
    net.backward(net.forward(x), y)


@pytest.mark.parametrize(("error", "output"), PAIRS)
def test_row_n_of_a_batchs_delta_belongs_to_example_n_alone(error, output):
    net = Network([3, 4, 2], activation=["tanh", output], error=error, seed=8)
    rng = np.random.default_rng(9)
    X = rng.standard_normal((6, 3))
    Y = targets(error, (6, 2), rng)
    batch_forward = net.forward(X)
    batch = net.backward(batch_forward, Y)
    for n in range(6):
        forward_pass = net.forward(X[n])
        single = net.backward(forward_pass, Y[n])
        for l in (1, 2):
            np.testing.assert_allclose(batch_forward.z[l][n], forward_pass.z[l], rtol=1e-13)
            np.testing.assert_allclose(batch_forward.a[l][n], forward_pass.a[l], rtol=1e-13)
            np.testing.assert_allclose(batch.delta[l][n], single.delta[l], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("error", "output"), PAIRS)
@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("N", [1, 2, 3, 6])
def test_the_gradient_of_a_batch_is_the_mean_of_the_examples_gradients(error, output, biases, N):
    net = Network([3, 4, 2], ["tanh", output], error, seed=8, biases=biases)
    rng = np.random.default_rng(9)
    X = rng.standard_normal((N, 3))
    Y = targets(error, (N, 2), rng)
    singles = [net.backward(net.forward(x), y).vector for x, y in zip(X, Y, strict=True)]
    np.testing.assert_allclose(
        net.backward(net.forward(X), Y).vector, np.mean(singles, axis=0), rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize(("error", "output"), PAIRS)
def test_a_batch_of_one_is_the_example_with_one_more_axis(error, output):
    net = Network([3, 4, 2], activation=["tanh", output], error=error, seed=8)
    rng = np.random.default_rng(10)
    x, y = rng.standard_normal(3), targets(error, (2,), rng)
    single_forward, batch_forward = net.forward(x), net.forward(x[np.newaxis])
    single = net.backward(single_forward, y)
    batch = net.backward(batch_forward, y[np.newaxis])
    assert single.error == batch.error
    np.testing.assert_array_equal(single.vector, batch.vector)
    for l in (1, 2):
        assert single_forward.z[l].shape == single.delta[l].shape == (net.sizes[l],)
        assert batch_forward.z[l].shape == batch.delta[l].shape == (1, net.sizes[l])
        np.testing.assert_array_equal(single.delta[l], batch.delta[l][0])
        np.testing.assert_array_equal(single_forward.a[l], batch_forward.a[l][0])


def test_grad_W_and_grad_b_have_the_shapes_of_W_and_b_and_are_views_of_vector():
    net = Network([3, 4, 2])
    backward_pass = net.backward(net.forward(np.ones((5, 3))), np.zeros((5, 2)))
    for l in (1, 2):
        assert backward_pass.grad_W[l].shape == net.W[l].shape
        assert backward_pass.grad_b[l].shape == net.b[l].shape
        assert np.shares_memory(backward_pass.grad_W[l], backward_pass.vector)
    everything = np.concatenate(
        [g.ravel() for g in backward_pass.grad_W] + [g.ravel() for g in backward_pass.grad_b]
    )
    np.testing.assert_array_equal(everything, backward_pass.vector)


def test_the_error_is_a_python_float():
    net = Network([2, 1])
    assert type(net.backward(net.forward([1, 2]), [0]).error) is float
    assert type(net.mean_error([1, 2], [0])) is float


def test_a_later_pass_does_not_change_an_earlier_one():
    net = Network([2, 3, 2], seed=1)
    forward_pass = net.forward([0.5, 0.25])
    backward_pass = net.backward(forward_pass, [0, 1])
    a, gradient = forward_pass.a[1].copy(), backward_pass.vector.copy()
    net.backward(net.forward([3.0, -3.0]), [1, 0])
    net.update(backward_pass, 0.5)
    np.testing.assert_array_equal(forward_pass.a[1], a)
    np.testing.assert_array_equal(backward_pass.vector, gradient)


# Update.


def test_update_subtracts_eta_times_the_gradient_from_all_parameters_at_once():
    net = Network([2, 3, 2], seed=1)
    backward_pass = net.backward(net.forward([[0.5, 0.25], [1, 2]]), [[0, 1], [1, 0]])
    W, b = [w.copy() for w in net.W], [v.copy() for v in net.b]
    net.update(backward_pass, eta=0.3)
    for l in (1, 2):
        np.testing.assert_array_equal(net.W[l], W[l - 1] - 0.3 * backward_pass.grad_W[l])
        np.testing.assert_array_equal(net.b[l], b[l - 1] - 0.3 * backward_pass.grad_b[l])


def test_update_without_training_the_biases_leaves_them_and_changes_all_weights():
    net = Network([2, 3, 2], seed=1, train_biases=False)
    net.b[1], net.b[2] = [0.1, 0.2, 0.3], [0.4, 0.5]
    backward_pass = net.backward(net.forward([0.5, 0.25]), [0, 1])
    assert np.abs(backward_pass.grad_b[1]).min() > 0  # it is computed all the same
    W = [w.copy() for w in net.W]
    net.update(backward_pass, eta=0.3)
    np.testing.assert_array_equal(net.b[1], [0.1, 0.2, 0.3])
    np.testing.assert_array_equal(net.b[2], [0.4, 0.5])
    for l in (1, 2):
        np.testing.assert_array_equal(net.W[l], W[l - 1] - 0.3 * backward_pass.grad_W[l])


def test_train_biases_can_be_switched_later():
    net = Network([2, 2], seed=1)
    backward_pass = net.backward(net.forward([0.5, 0.25]), [0, 1])
    net.train_biases = False
    net.update(backward_pass, 1.0)
    np.testing.assert_array_equal(net.b[1], [0, 0])
    net.train_biases = True
    net.update(backward_pass, 1.0)
    np.testing.assert_array_equal(net.b[1], -backward_pass.grad_b[1])


def test_a_network_without_biases_has_no_b_and_its_gradient_no_grad_b():
    for net in (Network([2, 2], biases=False), Network.from_parameters([np.eye(2)])):
        assert net.b is None
        forward_pass = net.forward([0.5, -0.25])
        np.testing.assert_array_equal(forward_pass.z[1], net.W[1] @ [0.5, -0.25])
        backward_pass = net.backward(forward_pass, [0, 1])
        assert backward_pass.grad_b is None
        net.update(backward_pass, 0.5)
        assert net.b is None
        assert net.parameters.size == 4


def test_a_learning_rate_of_0_changes_nothing():
    net = Network([2, 2], seed=1)
    before = net.parameters.copy()
    net.update(net.backward(net.forward([0.5, 0.25]), [0, 1]), 0)
    np.testing.assert_array_equal(net.parameters, before)


def test_a_numerical_gradient_can_be_used_for_an_update():
    net = Network([2, 3, 2], seed=1)
    other = net.copy()
    x, y = [0.5, 0.25], [0, 1]
    net.update(net.backward(net.forward(x), y), 0.5)
    other.update(complex_step_gradient(other, x, y), 0.5)
    np.testing.assert_allclose(other.parameters, net.parameters, rtol=1e-14)


# Making networks.


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    np.testing.assert_array_equal(Network([2, 3], seed=4).W[1], Network([2, 3], seed=4).W[1])
    assert not np.array_equal(Network([2, 3], seed=4).W[1], Network([2, 3], seed=5).W[1])
    assert not np.array_equal(Network([2, 3], seed=None).W[1], Network([2, 3], seed=None).W[1])


def test_a_generator_as_seed_is_used_and_moves_on():
    rng = np.random.default_rng(4)
    first, second = Network([2, 3], seed=rng), Network([2, 3], seed=rng)
    np.testing.assert_array_equal(first.W[1], Network([2, 3], seed=4).W[1])
    assert not np.array_equal(first.W[1], second.W[1])


def test_making_a_network_leaves_numpys_global_generator_alone():
    state = np.random.get_state(legacy=False)["state"]  # noqa: NPY002
    Network([2, 3], seed=None)
    after = np.random.get_state(legacy=False)["state"]  # noqa: NPY002
    np.testing.assert_array_equal(after["key"], state["key"])
    assert after["pos"] == state["pos"]


@pytest.mark.parametrize(("activation", "gain"), [("tanh", 1), ("relu", 2)])
def test_first_weights_have_the_promised_spread_and_biases_start_at_0(activation, gain):
    net = Network([400, 300, 2], activation=[activation, "identity"], seed=0)
    assert net.W[1].std() == pytest.approx(np.sqrt(gain / 400), rel=0.02)
    assert abs(net.W[1].mean()) < 4 * net.W[1].std() / np.sqrt(net.W[1].size)
    assert not np.any(net.b[1])


@pytest.mark.parametrize(
    "sizes", [[2, 3, 1], (2, 3, 1), np.array([2, 3, 1]), [np.int64(2), np.uint8(3), 1]]
)
def test_sizes_may_be_a_list_a_tuple_or_an_array_of_whole_numbers(sizes):
    assert Network(sizes).sizes == (2, 3, 1)


def test_one_name_for_all_layers_or_one_for_each():
    assert list(Network([2, 3, 2], "tanh").activation) == ["tanh", "tanh"]
    net = Network([2, 3, 2], ["relu", "softmax"], "cross_entropy")
    assert list(net.activation) == ["relu", "softmax"]


def test_from_parameters_copies_what_it_is_given():
    W, b = [np.eye(2), np.ones((1, 2))], [np.zeros(2), np.zeros(1)]
    net = Network.from_parameters(W, b, activation=["tanh", "identity"])
    assert net.sizes == (2, 2, 1)
    W[0][...], b[0][...] = 7, 7
    np.testing.assert_array_equal(net.W[1], np.eye(2))
    np.testing.assert_array_equal(net.b[1], [0, 0])


def test_from_parameters_accepts_nested_lists_and_another_networks_layers():
    net = Network.from_parameters([[[1, 2], [3, 4]], [[5, 6]]], [[1, 2], [3]])
    twin = Network.from_parameters(net.W, net.b)
    np.testing.assert_array_equal(twin.parameters, [1, 2, 3, 4, 5, 6, 1, 2, 3])


def test_parameters_are_all_weights_layer_by_layer_and_then_all_biases():
    net = Network([2, 3, 2], seed=1)
    net.b[1] = [1, 2, 3]
    expected = np.concatenate([w.ravel() for w in net.W] + [b.ravel() for b in net.b])
    np.testing.assert_array_equal(net.parameters, expected)


def test_assigning_parameters_copies_them_in_so_that_W_and_b_follow():
    net, other = Network([2, 3, 2], seed=1), Network([2, 3, 2], seed=2)
    net.parameters = other.parameters
    np.testing.assert_array_equal(net.W[2], other.W[2])
    net.parameters[...] = 0
    assert np.any(other.parameters)
    net.parameters += 1
    assert net.b[2][1] == 1


@pytest.mark.parametrize("name", ["L", "sizes", "error", "dtype", "activation", "W", "b"])
def test_what_a_network_is_cannot_be_assigned_behind_its_back(name):
    net = Network([2, 3, 2])
    with pytest.raises(AttributeError, match=name):
        setattr(net, name, getattr(net, name))


@pytest.mark.parametrize(
    "duplicate",
    [
        Network.copy,
        copy.copy,
        copy.deepcopy,
        lambda net: pickle.loads(pickle.dumps(net)),
    ],
    ids=["net.copy", "copy.copy", "copy.deepcopy", "pickle"],
)
def test_a_copied_or_pickled_network_learns_as_the_original_would(duplicate):
    net = Network([2, 3, 2], ["tanh", "softmax"], "cross_entropy", seed=1)
    other = duplicate(net)
    X, Y = [[0.5, 0.25], [1, -1]], [[0, 1], [1, 0]]
    other.fit(X, Y, epochs=3)
    expected = Network([2, 3, 2], ["tanh", "softmax"], "cross_entropy", seed=1)
    expected.fit(X, Y, epochs=3)
    np.testing.assert_array_equal(other.parameters, expected.parameters)
    np.testing.assert_array_equal(other.W[1], expected.W[1])
    np.testing.assert_array_equal(other.forward(X).output, expected.forward(X).output)


@pytest.mark.parametrize("duplicate", [Network.copy, copy.deepcopy])
def test_changing_a_copy_leaves_the_original(duplicate):
    net = Network([2, 3, 2], seed=1)
    before = net.parameters.copy()
    duplicate(net).W[1][...] = 9
    np.testing.assert_array_equal(net.parameters, before)


def test_a_copied_gradient_keeps_its_parts_and_its_vector_together():
    for biases in (True, False):
        net = Network([2, 3, 2], seed=1, biases=biases)
        backward_pass = net.backward(net.forward([0.5, 0.25]), [0, 1])
        other = copy.deepcopy(backward_pass)
        np.testing.assert_array_equal(other.vector, backward_pass.vector)
        other.grad_W[1][...] = 0
        assert not np.any(other.vector[:6])
        assert np.any(backward_pass.vector[:6])
        assert (other.grad_b is None) == (net.b is None)


# float32 stays float32.


@pytest.mark.parametrize(("error", "output"), PAIRS)
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("batch", [False, True])
def test_float32_stays_float32_from_the_input_to_the_updated_parameters(
    error, output, hidden, batch
):
    net = Network([3, 4, 2], [hidden, output], error, seed=1, dtype=np.float32)
    rng = np.random.default_rng(2)
    x = rng.standard_normal((5, 3)).astype(np.float32)
    y = targets(error, (5, 2), rng).astype(np.float32)
    forward_pass = net.forward(x if batch else x[0])
    backward_pass = net.backward(forward_pass, y if batch else y[0])
    arrays = [*forward_pass.z, *forward_pass.a, *backward_pass.delta, forward_pass.output]
    arrays += [*backward_pass.grad_W, *backward_pass.grad_b, backward_pass.vector]
    net.update(backward_pass, eta=0.1)
    net.update(backward_pass, eta=np.float64(0.1))
    arrays += [*net.W, *net.b, net.parameters]
    net.fit(x, y, eta=np.float64(0.1), epochs=2, batch_size=2)
    arrays += [*net.W, *net.b, net.parameters, net.forward(x).output]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_float32_takes_lists_and_whole_numbers():
    net = Network([2, 2], dtype=np.float32)
    assert net.forward([0.1, 0.2]).output.dtype == np.float32
    assert net.forward(np.array([1, 2])).output.dtype == np.float32


def test_dtype_may_be_given_by_name():
    assert Network([2, 2], dtype="float32").dtype == np.float32


def test_the_reprs_say_what_they_are():
    net = Network([2, 3, 2], ["tanh", "identity"])
    forward_pass = net.forward([1, 2])
    backward_pass = net.backward(forward_pass, forward_pass.output)
    assert repr(net) == "Network(2-3-2, tanh, identity, half_squared)"
    assert repr(Network([2, 2])) == "Network(2-2, sigmoid, half_squared)"
    assert repr(forward_pass) == "ForwardPass(2-3-2, one example)"
    assert repr(net.forward(np.ones((7, 2)))) == "ForwardPass(2-3-2, 7 examples)"
    assert repr(backward_pass) == "BackwardPass(2-3-2, one example, error=0)"
    assert repr(complex_step_gradient(net, [1, 2], [0, 1])) == "Gradient(2-3-2)"


class TestAForwardPassBelongsToItsNetwork:
    """A pass of another network would give a gradient that looks right and is not."""

    x, y = (0.3, -0.7), (0.2, 0.9)

    def test_of_other_activations(self):
        relu = Network([2, 3, 2], ["relu", "sigmoid"], seed=0)
        tanh = Network([2, 3, 2], ["tanh", "sigmoid"], seed=0)
        tanh.parameters = relu.parameters
        message = "expected one with the activations tanh, sigmoid, got one with relu, sigmoid"
        with pytest.raises(ValueError, match=f"forward_pass: {message}"):
            tanh.backward(relu.forward(self.x), self.y)

    def test_without_biases(self):
        without = Network([2, 3, 2], seed=0, activation="sigmoid", biases=False)
        message = "expected one of a network with biases, got one of a network without biases"
        with pytest.raises(ValueError, match=f"forward_pass: {message}"):
            Network([2, 3, 2], seed=0).backward(without.forward(self.x), self.y)

    @pytest.mark.parametrize("batch", [False, True])
    def test_of_parameters_that_have_changed_since(self, batch):
        net = Network([2, 3, 2], seed=0)
        x, y = ([self.x] * 2, [self.y] * 2) if batch else (self.x, self.y)
        fp = net.forward(x)
        bp = net.backward(fp, y)
        net.backward(fp, y)  # as often as one likes
        net.update(bp, eta=0.5)
        with pytest.raises(ValueError, match=r"forward_pass: .*call net.forward\(x\) again"):
            net.backward(fp, y)
        fp = net.forward(x)
        net.W[1][0, 0] += 1e-9
        with pytest.raises(ValueError, match="forward_pass: expected one with the present"):
            net.backward(fp, y)

    def test_of_an_equal_copy(self):
        net = Network([2, 3, 2], seed=0)
        other = net.copy()
        gradient = other.backward(net.forward(self.x), self.y).vector
        assert np.array_equal(gradient, net.backward(net.forward(self.x), self.y).vector)

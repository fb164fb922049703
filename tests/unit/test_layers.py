"""Layer numbers: the code's index is the index of the maths."""

import numpy as np
import pytest

from bplib import Network
from bplib.layers import LayerIndexError, parameter_count, parameter_views


@pytest.fixture
def net():
    return Network([3, 3, 4, 2], seed=1)


def test_W_and_b_are_numbered_1_to_L(net):
    assert net.L == 3
    assert [(l, W.shape) for l, W in net.W.items()] == [(1, (3, 3)), (2, (4, 3)), (3, (2, 4))]
    assert [(l, b.shape) for l, b in net.b.items()] == [(1, (3,)), (2, (4,)), (3, (2,))]
    assert len(net.W) == len(net.b) == net.L
    assert net.W.last == net.L


@pytest.mark.parametrize("x", [[1, 2, 3], [[1, 2, 3], [4, 5, 6]]])
def test_a_is_numbered_0_to_L_and_z_and_delta_1_to_L(net, x):
    forward_pass = net.forward(x)
    backward_pass = net.backward(forward_pass, np.zeros_like(forward_pass.output))
    assert [l for l, _ in forward_pass.a.items()] == [0, 1, 2, 3]
    assert [l for l, _ in forward_pass.z.items()] == [1, 2, 3]
    assert [l for l, _ in backward_pass.delta.items()] == [1, 2, 3]
    assert [l for l, _ in backward_pass.grad_W.items()] == [1, 2, 3]
    assert [l for l, _ in backward_pass.grad_b.items()] == [1, 2, 3]


def test_iterating_gives_the_values_from_the_first_layer_to_the_last(net):
    for l, W in enumerate(net.W, start=1):
        assert W is net.W[l]


def test_activation_names_are_numbered_by_layer_too():
    net = Network([2, 3, 2], activation=["tanh", "identity"])
    assert (net.activation[1], net.activation[2]) == ("tanh", "identity")
    with pytest.raises(TypeError, match=r"activation\[1\]: cannot be assigned to"):
        net.activation[1] = "relu"


def test_a_numpy_integer_is_a_layer_number(net):
    assert net.W[np.int64(2)] is net.W[2]


@pytest.mark.parametrize("name", ["W", "b"])
def test_there_are_no_parameters_of_layer_0_and_the_message_says_that_it_is_the_input(net, name):
    with pytest.raises(LayerIndexError, match=r"from 1 to 3, got 0 \(layer 0 is the input\)"):
        getattr(net, name)[0]


@pytest.mark.parametrize("l", [-1, 4, 10**30])
def test_a_layer_that_does_not_exist_is_an_index_error_and_a_value_error(net, l):
    for kind in (IndexError, ValueError):
        with pytest.raises(kind, match=rf"W\[l\]: expected a layer l from 1 to 3, got {l}"):
            net.W[l]


@pytest.mark.parametrize("l", [1.0, "1", True, None, slice(1, 2), (1, 2)])
def test_a_layer_number_is_a_whole_number(net, l):
    with pytest.raises(TypeError, match=r"W\[l\]: expected a layer number, got \w+ "):
        net.W[l]
    with pytest.raises(TypeError, match=r"W\[l\]: expected a layer number, got \w+ "):
        net.W[l] = 0


def test_assigning_to_a_layer_copies_the_values_into_the_networks_parameters(net):
    values = np.arange(12.0).reshape(4, 3)
    array = net.W[2]
    net.W[2] = values
    assert net.W[2] is not values
    assert np.shares_memory(net.W[2], net.parameters)
    np.testing.assert_array_equal(array, values)
    values[...] = -1
    assert net.W[2][3, 2] == 11


def test_assigning_a_list_of_whole_numbers_is_fine(net):
    net.b[3] = [1, 2]
    np.testing.assert_array_equal(net.b[3], [1.0, 2.0])


def test_a_square_layer_can_be_assigned_its_own_transpose(net):
    before = net.W[1].copy()
    net.W[1] = net.W[1].T
    np.testing.assert_array_equal(net.W[1], before.T)


def test_changing_a_layer_in_place_changes_what_the_network_computes(net):
    before = net.forward([1, 2, 3]).output
    net.W[1] += 1
    net.b[2][0] = 5
    assert not np.array_equal(net.forward([1, 2, 3]).output, before)


@pytest.mark.parametrize("shape", [(3, 4), (4,), (1, 3), (4, 1), (), (1, 4, 3)])
def test_assigning_another_shape_is_refused_and_changes_nothing(net, shape):
    before = net.parameters.copy()
    with pytest.raises(ValueError, match=r"W\[2\]: expected shape \(4, 3\), .* got \(.*\)"):
        net.W[2] = np.ones(shape)
    np.testing.assert_array_equal(net.parameters, before)


def test_the_repr_shows_each_layers_shape(net):
    assert repr(net.W) == "W[1: (3, 3), 2: (4, 3), 3: (2, 4)]"
    assert repr(net.activation) == "activation[1: 'sigmoid', 2: 'sigmoid', 3: 'sigmoid']"


def test_parameter_count_of_the_lectures_network():
    assert parameter_count((3, 3, 4, 2), biases=False) == 9 + 12 + 8
    assert parameter_count((3, 3, 4, 2), biases=True) == 9 + 12 + 8 + 3 + 4 + 2


def test_parameter_views_hold_every_entry_of_the_vector_once_weights_before_biases():
    vector = np.arange(17.0)
    W, b = parameter_views(vector, (2, 3, 2), biases=True)
    assert W[0] is None
    assert b[0] is None
    np.testing.assert_array_equal(W[1], [[0, 1], [2, 3], [4, 5]])
    np.testing.assert_array_equal(W[2], [[6, 7, 8], [9, 10, 11]])
    np.testing.assert_array_equal(b[1], [12, 13, 14])
    np.testing.assert_array_equal(b[2], [15, 16])
    for view in W[1:] + b[1:]:
        assert np.shares_memory(view, vector)


def test_parameter_views_without_biases():
    W, b = parameter_views(np.zeros(12), (2, 3, 2), biases=False)
    assert b is None
    assert len(W) == 3

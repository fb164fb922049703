"""Numbers by hand: the first that departs is blamed, whatever comes after it."""

import numpy as np
import pytest

from bplib import Network
from bplib.exercises import check
from bplib.exercises.by_hand import EXACT, SMALL, _places, _put, _value, _values
from bplib.slips.catalogue import slips
from bplib.slips.rules import right_rules

X, Y, ETA = [1.0, -2.0], [0.1, 0.9], 0.5


@pytest.fixture
def net():
    return Network.from_parameters(
        weights=[[[1.5, 0.5], [-0.5, 1.0], [0.8, -1.2]], [[2.0, -1.0, 0.6], [-1.5, 0.7, 1.1]]],
        biases=[[0.5, -1.0, 0.3], [0.25, -0.4]],
        activation="sigmoid",
    )


@pytest.fixture
def numbers(net):
    """All numbers of one update, by their names."""
    forward = net.forward(X)
    backward = net.backward(forward, Y)
    found = {"E": backward.error}
    for l in (1, 2):
        for i in range(net.sizes[l]):
            found[f"z{l}_{i + 1}"] = forward.z[l][i]
            found[f"a{l}_{i + 1}"] = forward.a[l][i]
            found[f"d{l}_{i + 1}"] = backward.delta[l][i]
            found[f"grad_b{l}_{i + 1}"] = backward.grad_b[l][i]
            found[f"new_b{l}_{i + 1}"] = net.b[l][i] - ETA * backward.grad_b[l][i]
            for j in range(net.sizes[l - 1]):
                name = f"{l}_{i + 1}{j + 1}"
                found[f"grad_w{name}"] = backward.grad_W[l][i, j]
                found[f"new_w{name}"] = net.W[l][i, j] - ETA * backward.grad_W[l][i, j]
    return {name: float(value) for name, value in found.items()}


def test_all_numbers_of_bplib_are_right(net, numbers):
    assert check.by_hand(net, X, Y, ETA, **numbers).right
    assert {place.name for place in _places(net.sizes)} == {*numbers}


def test_so_are_three_decimals_of_every_one(net, numbers):
    assert check.by_hand(net, X, Y, ETA, **{k: round(v, 3) for k, v in numbers.items()}).right


@pytest.mark.parametrize(
    "name", [name for name, slip in slips().items() if slip.statement is not None]
)
def test_every_slip_is_named_where_it_is_made(net, numbers, name):
    """And what follows from it is not blamed."""
    slip = slips()[name]
    v = _values(net, X, Y, ETA)
    for place in _places(net.sizes):
        right = numbers[place.name]
        if place.rule == slip.quantity:
            wrong = _value(slip.statement.rhs, v, place)
            if wrong is not None and abs(wrong - right) > max(0.05 * abs(right), 10 * SMALL):
                break
        _put(v, place, right)
    else:
        pytest.fail(f"{name} does no harm to this network that could be seen at three decimals")
    reply = check.by_hand(net, X, Y, ETA, **{place.name: wrong})
    assert not reply.right
    assert name in np.atleast_1d(reply.slip)
    assert reply.text.startswith(place.says)
    # Two slips may give one number; all that are named do.
    for other in np.atleast_1d(reply.slip):
        value = _value(slips()[other].statement.rhs, v, place)
        assert abs(value - wrong) <= max(EXACT * abs(wrong), SMALL) * 2


def test_what_follows_from_a_wrong_number_is_right(net, numbers):
    """δ² with a slip, and all after it computed rightly from that: δ² alone is blamed."""
    wrong = {**numbers, "d2_1": -numbers["d2_1"]}
    assert check.by_hand(net, X, Y, ETA, **wrong).slip == "output-sign"
    only_after = {"d2_1": numbers["d2_1"], "grad_w2_12": numbers["d2_1"]}
    assert check.by_hand(net, X, Y, ETA, **only_after).slip == "gradient-activation-left-out"


def test_the_rules_that_are_used_are_the_right_ones(net, numbers):
    v = _values(net, X, Y, ETA)
    for place in _places(net.sizes):
        value = _value(right_rules()[place.rule].rhs, v, place)
        np.testing.assert_allclose(value, numbers[place.name], rtol=1e-12)
        _put(v, place, value)


@pytest.mark.parametrize("open_one", [None, ...])
def test_what_is_open_is_said(net, numbers, open_one):
    reply = check.by_hand(net, X, Y, z1_1=numbers["z1_1"], d2_1=open_one)
    assert (reply.right, reply.text) == (False, "Right so far. Still open: δ²₁.")


def test_rounded_too_early(net, numbers):
    text = check.by_hand(net, X, Y, z1_2=numbers["z1_2"] * 1.012).text
    assert text.startswith("z¹₂: nearly. You rounded early")


def test_the_sign_alone(net, numbers):
    reply = check.by_hand(net, X, Y, z2_1=-numbers["z2_1"])
    assert "the size is right, and the sign is not" in reply.text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("0,5", "Write a point, not a comma"),
        ("zero", "got the text 'zero'"),
        ((0, 5), "Write a point, not a comma"),
        (True, "a number is expected, got bool"),
        (float("nan"), "a finite number is expected"),
        ([1.0], "a number is expected, got list"),
        (1e300, "first number that does not follow"),
    ],
)
def test_bad_answers_get_a_sentence(net, answer, words):
    assert words in check.by_hand(net, X, Y, d2_1=answer).text


def test_a_name_that_there_is_not(net):
    with pytest.raises(ValueError, match="got 'd3_1'; did you mean 'd2_1'"):
        check.by_hand(net, X, Y, d3_1=1.0)


def test_other_functions_are_refused():
    net = Network([2, 2, 1], activation="tanh", seed=0)
    with pytest.raises(ValueError, match="expected sigmoid layers"):
        check.by_hand(net, X, [0.5], d2_1=1.0)


def test_shapes_are_checked(net):
    with pytest.raises(ValueError, match=r"x: expected shape \(2,\), got \(3,\)"):
        check.by_hand(net, [1, 2, 3], Y)


def test_new_parameters_want_the_learning_rate(net):
    with pytest.raises(ValueError, match="eta: expected the learning rate, which new_w2_11"):
        check.by_hand(net, X, Y, new_w2_11=1.0)

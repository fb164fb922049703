"""The perceptron and its learning rule."""

import numpy as np
import pytest

from bplib import Perceptron

CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_it_starts_at_zero_and_answers_0():
    perceptron = Perceptron(3)
    np.testing.assert_array_equal(perceptron.w, [0, 0, 0])
    assert perceptron.b == 0
    assert perceptron.mistakes == []
    assert perceptron.predict([1, 2, 3]) == 0


def test_it_answers_1_where_w_x_plus_b_is_above_0_and_0_at_0_itself():
    perceptron = Perceptron(2)
    perceptron.w[...] = [1, -1]
    perceptron.b = 0.5
    assert perceptron.predict([0.5, 0.9]) == 1
    assert perceptron.predict([0.5, 1.0]) == 0
    assert perceptron.predict([0.5, 1.1]) == 0


def test_it_answers_a_batch_with_an_array_and_one_example_with_a_number():
    perceptron = Perceptron(2)
    perceptron.w[...] = [1, -1]
    answers = perceptron.predict([[1, 0], [0, 1], [1, 1]])
    assert answers.tolist() == [1, 0, 0]
    assert answers.dtype.kind == "i"
    assert type(perceptron.predict([1, 0])) is int


@pytest.mark.parametrize(
    ("y", "w", "b"),
    [
        # It answers 1 before each step, for 1 * 2 + 2 * 3 - 4 > 0.
        (0, [1 - 0.5 * 2, 2 - 0.5 * 3], -4 - 0.5),
        (1, [1, 2], -4),
    ],
)
def test_one_step_adds_eta_times_the_mistake_times_x(y, w, b):
    perceptron = Perceptron(2)
    perceptron.w[...] = [1, 2]
    perceptron.b = -4.0
    right = perceptron.update([2, 3], y, eta=0.5)
    assert right is (y == 1)
    np.testing.assert_array_equal(perceptron.w, w)
    assert perceptron.b == b


def test_a_missed_1_moves_the_weights_towards_x():
    perceptron = Perceptron(2)
    assert perceptron.update([2, 3], 1) is False
    np.testing.assert_array_equal(perceptron.w, [2, 3])
    assert perceptron.b == 1
    assert perceptron.update([2, 3], 1) is True


@pytest.mark.parametrize("y", [1, 1.0, True, np.int64(1), np.float32(1), np.array(1)])
def test_the_target_may_be_any_kind_of_1(y):
    perceptron = Perceptron(2)
    perceptron.update([2, 3], y)
    np.testing.assert_array_equal(perceptron.w, [2, 3])
    assert type(perceptron.b) is float


@pytest.mark.parametrize(
    "Y", [[0, 0, 0, 1], [0, 1, 1, 1], [1, 0, 0, 0], [1, 1, 1, 0]], ids=["and", "or", "nor", "nand"]
)
@pytest.mark.parametrize("eta", [1.0, 0.1])
def test_it_learns_what_a_line_can_separate(Y, eta):
    perceptron = Perceptron(2)
    assert perceptron.fit(CORNERS, Y, eta=eta) is True
    assert perceptron.predict(CORNERS).tolist() == Y
    assert perceptron.mistakes[-1] == 0
    assert 0 not in perceptron.mistakes[:-1]


@pytest.mark.parametrize("Y", [[0, 1, 1, 0], [1, 0, 0, 1]], ids=["xor", "xnor"])
def test_it_never_learns_xor(Y):
    perceptron = Perceptron(2)
    assert perceptron.fit(CORNERS, Y, epochs=1000) is False
    assert len(perceptron.mistakes) == 1000
    assert min(perceptron.mistakes) >= 1


@pytest.mark.parametrize("seed", range(10))
def test_it_separates_random_separable_data_within_novikoffs_bound(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 6))
    normal = rng.standard_normal(n + 1)
    normal /= np.linalg.norm(normal)
    X = rng.standard_normal((60, n))
    margin = X @ normal[:-1] + normal[-1]
    X, margin = X[np.abs(margin) > 0.3], margin[np.abs(margin) > 0.3]
    Y = (margin > 0).astype(int)
    perceptron = Perceptron(n)
    assert perceptron.fit(X, Y, epochs=1000)
    np.testing.assert_array_equal(perceptron.predict(X), Y)
    radius = np.sqrt(1 + (X**2).sum(axis=1).max())
    assert sum(perceptron.mistakes) <= (radius / np.abs(margin).min()) ** 2


def test_mistakes_are_those_made_in_each_epoch_in_the_order_of_the_examples():
    perceptron, by_hand, mistakes = Perceptron(2), Perceptron(2), []
    perceptron.fit(CORNERS, [0, 0, 0, 1])
    while not mistakes or mistakes[-1]:
        right = [by_hand.update(x, y) for x, y in zip(CORNERS, [0, 0, 0, 1], strict=True)]
        mistakes.append(right.count(False))
    assert perceptron.mistakes == mistakes
    np.testing.assert_array_equal(perceptron.w, by_hand.w)
    assert all(type(m) is int for m in perceptron.mistakes)


def test_fitting_again_goes_on_from_where_it_was():
    perceptron, other = Perceptron(2), Perceptron(2)
    perceptron.fit(CORNERS, [0, 1, 1, 0], epochs=2)
    perceptron.fit(CORNERS, [0, 1, 1, 0], epochs=3)
    other.fit(CORNERS, [0, 1, 1, 0], epochs=5)
    assert perceptron.mistakes == other.mistakes
    np.testing.assert_array_equal(perceptron.w, other.w)


def test_fit_changes_neither_the_examples_nor_the_targets():
    X, Y = np.array(CORNERS, float), np.array([0.0, 0, 0, 1])
    Perceptron(2).fit(X, Y)
    np.testing.assert_array_equal(X, CORNERS)
    np.testing.assert_array_equal(Y, [0, 0, 0, 1])


def test_targets_are_all_checked_before_anything_is_learned():
    perceptron = Perceptron(2)
    with pytest.raises(ValueError, match=r"Y: expected 0 or 1, got 2"):
        perceptron.fit(CORNERS, [1, 0, 1, 2])
    np.testing.assert_array_equal(perceptron.w, [0, 0])
    assert perceptron.mistakes == []


def test_the_repr_shows_weights_and_bias():
    assert repr(Perceptron(2)) == "Perceptron(w=[0.0, 0.0], b=0.0)"

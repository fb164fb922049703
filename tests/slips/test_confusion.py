"""Each slip is recognised on every network that is drawn, and taken for no other."""

from collections import Counter

import numpy as np
import pytest

from bplib.exercises.tasks import SIZES, TASKS, task
from bplib.slips.naming import matching
from bplib.slips.networks import draw

NETWORKS = 100


@pytest.mark.parametrize("name", TASKS)
def test_the_matrix_of_confusion_is_diagonal(name):
    """Off the diagonal there are only the pairs that the task lists."""
    kind, rng = TASKS[name], np.random.default_rng(11)
    confusion, drawn = Counter(), 0
    for _ in range(NETWORKS):
        tried = kind([draw(sizes, examples, rng) for sizes, examples in SIZES])
        if not tried.confused() <= kind.same:
            continue  # the check itself draws again then
        drawn += 1
        for slip, answers in tried.wrong.items():
            for found in matching(answers, tried.right, tried.wrong):
                confusion[slip, found] += 1
    assert drawn >= NETWORKS // 2
    for slip in tried.wrong:
        assert confusion[slip, slip] == drawn
    confused = {frozenset(pair) for pair in confusion if pair[0] != pair[1]}
    print(f"{name}: {len(tried.wrong)} slips, each recognised on {drawn} networks;", end=" ")
    print("confused:", sorted(map(sorted, confused)) or "none")
    assert confused == kind.same


@pytest.mark.parametrize("name", TASKS)
def test_no_slip_explains_right_answers(name):
    tried = task(name)
    assert matching(tried.right, tried.right, tried.wrong) == []


@pytest.mark.parametrize("name", TASKS)
def test_the_same_seed_draws_the_same_networks(name):
    first, second = task(name, 3), task.__wrapped__(name, 3)
    for left, right in zip(first.right, second.right, strict=True):
        for a, b in zip(left, right, strict=True):
            np.testing.assert_array_equal(a, b)

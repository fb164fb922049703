"""Every statement of every derivation is proved."""

import pytest

from bplib.symbolic import derive, prove_equal
from bplib.symbolic.notation import E, Partial

SIZES = ([1, 1, 1, 1], [2, 1, 1], [2, 2, 2], [2, 3, 2])
PAIRS = [
    ("identity", "identity", "half_squared"),
    ("sigmoid", "sigmoid", "half_squared"),
    ("tanh", "tanh", "half_squared"),
    ("relu", "relu", "half_squared"),
    ("tanh", "identity", "half_squared"),
    ("sigmoid", "softmax", "half_squared"),
    ("sigmoid", "sigmoid", "binary_cross_entropy"),
    ("relu", "sigmoid", "binary_cross_entropy"),
    ("tanh", "softmax", "cross_entropy"),
    ("relu", "softmax", "cross_entropy"),
]
NETWORKS = [
    (sizes, hidden, output, error)
    for sizes in SIZES
    for hidden, output, error in PAIRS
    if output != "softmax" or sizes[-1] > 1
]


@pytest.mark.parametrize(("sizes", "hidden", "output", "error"), NETWORKS, ids=str)
@pytest.mark.parametrize("biases", [True, False])
def test_proved(sizes, hidden, output, error, biases):
    activation = [hidden] * (len(sizes) - 2) + [output]
    report = derive(sizes, activation, error, biases).prove()
    assert report, report


@pytest.mark.parametrize("biases", [True, False])
def test_the_network_that_the_lecture_draws(biases):
    report = derive([3, 3, 4, 2], biases=biases).prove()
    assert report, report


@pytest.mark.parametrize("sizes", [[2, 2, 2], [2, 3, 2], [3, 3, 4, 2]], ids=str)
def test_the_whole_gradient_with_every_rule_put_in(sizes):
    """From end to end, past the single steps and the meaning that they are proved by."""
    d = derive(sizes)
    for parameter in d.spec.parameters:
        recursion = d.written_out(Partial(E, parameter))
        naive = d.naive_gradient(parameter)
        assert recursion.free_symbols <= {*d.spec.a(0), *d.spec.y, *d.spec.parameters}
        assert prove_equal(naive, recursion), parameter
        assert not prove_equal(naive, -recursion), parameter

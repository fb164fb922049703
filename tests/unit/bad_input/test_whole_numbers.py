"""Epochs, batch sizes, layer sizes and seeds."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from bplib import MaximumEpochs, Network, NoImprovement, Perceptron
from bplib.drawing import computation_diagram, digits, network_diagram
from bplib.symbolic import Calculation, derive
from bplib.symbolic.chain_rule import chain_rule
from bplib.symbolic.notation import a, w, z
from bplib.tape import Number

from .refusal import AND, CORNERS, X, Y, assert_refused, cases, crossed

WHOLE_NUMBERS = {
    "fit-epochs": ("epochs", 1, lambda w, v: w.net.fit(X, Y, epochs=v)),
    "fit-batch_size": (
        "batch_size",
        1,
        # None is allowed here: it means all examples.
        lambda w, v: w.net.fit(X, Y, batch_size="None" if v is None else v),
    ),
    "MaximumEpochs": ("epochs", 1, lambda w, v: MaximumEpochs(v)),
    "NoImprovement": ("epochs", 1, lambda w, v: NoImprovement(v)),
    "Perceptron": ("n", 1, lambda w, v: Perceptron(v)),
    "Perceptron.fit-epochs": ("epochs", 1, lambda w, v: w.perceptron.fit(CORNERS, AND, epochs=v)),
    "sizes": ("sizes[1]", 1, lambda w, v: Network([2, v, 2])),
    "Network-seed": ("seed", 0, lambda w, v: Network([2, 2], seed="None" if v is None else v)),
    "fit-seed": ("seed", 0, lambda w, v: w.net.fit(X, Y, seed="None" if v is None else v)),
    "derive": ("sizes[1]", 1, lambda w, v: derive([2, v, 1])),
    "chain_rule": ("arguments", 1, lambda w, v: chain_rule("None" if v is None else v)),
    "Calculation-digits": ("digits", 2, lambda w, v: calculated(digits=v)),
    "Calculation-updates": ("updates", 1, lambda w, v: calculated(updates=v)),
    "network_diagram": ("sizes[1]", 1, lambda w, v: network_diagram([2, v, 1])),
    "computation_diagram": ("digits", 0, lambda w, v: drawn(digits=v)),
    "digits": ("columns", 1, lambda w, v: digits(np.zeros((2, 3, 3)), "ab", "Two.", columns=v)),
}


def calculated(**options):
    return Calculation([[[0.5, -1.0]]], [[0.0]], x=[1, 2], y=[1], eta=0.5, **options)


def drawn(**options):
    number = Number([], 1.0)
    return computation_diagram(number, {"x": (number, 0, 0)}, **options)


NOT_WHOLE_NUMBERS = {
    "None": (None, "(NoneType None|str 'None')"),
    "a string": ("3", "str '3'"),
    "a float": (2.0, r"float 2\.0"),
    "a numpy float": (np.float64(2), "float64 "),
    "NaN": (float("nan"), "float nan"),
    "infinity": (float("inf"), "float inf"),
    "a list": ([3], r"list \[3\]"),
    "an array": (np.array([3]), "ndarray "),
    "True": (True, "bool True"),
    "numpy's True": (np.True_, "bool"),
    "a Fraction": (Fraction(3), "Fraction "),
    "a Decimal": (Decimal(3), "Decimal "),
    "a complex number": (3 + 0j, "complex "),
}


@pytest.mark.parametrize(
    ("name", "minimum", "call", "value", "got"), crossed(WHOLE_NUMBERS, NOT_WHOLE_NUMBERS)
)
def test_what_is_not_a_whole_number(name, minimum, call, value, got):
    assert_refused(lambda w: call(w, value), TypeError, name, "a whole number", got)


@pytest.mark.parametrize(("name", "minimum", "call"), cases(WHOLE_NUMBERS))
@pytest.mark.parametrize("below", [1, 2, 10**30])
def test_a_whole_number_below_the_smallest_that_makes_sense(name, minimum, call, below):
    value = minimum - below
    expected = f"a whole number of at least {minimum}"
    assert_refused(lambda w: call(w, value), ValueError, name, expected, str(value))


@pytest.mark.parametrize("batch_size", [4, 100, 10**30])
def test_a_batch_larger_than_the_set(batch_size):
    assert_refused(
        lambda w: w.net.fit(X, Y, batch_size=batch_size),
        ValueError,
        "batch_size",
        "at most N = 3 examples",
        str(batch_size),
    )


@pytest.mark.parametrize(
    ("seed", "got"),
    [
        ((i for i in range(3)), "generator "),
        ([1, 2, 3], "list "),
        (np.random.RandomState(0), "RandomState "),
        (np.random.SeedSequence(0), "SeedSequence "),
        (len, "builtin_function_or_method "),
    ],
    ids=["a generator function's", "a list", "RandomState", "SeedSequence", "a function"],
)
def test_a_seed_that_is_neither_a_whole_number_nor_none_nor_a_generator(seed, got):
    expected = r"a whole number, None or a numpy\.random\.Generator"
    assert_refused(lambda w: Network([2, 2], seed=seed), TypeError, "seed", expected, got)
    assert_refused(lambda w: w.net.fit(X, Y, seed=seed), TypeError, "seed", expected, got)


@pytest.mark.parametrize("index", [1.5, 2.0, Fraction(3, 2), "2", True])
def test_layers_and_units_of_symbols_are_whole(index):
    for call in (lambda: w(index, 1, 1), lambda: w(1, 1, index), lambda: z(1, index)):
        with pytest.raises(TypeError, match=r"^[wz]: expected a whole number .*, got "):
            call()
    assert str(a(1, 2)) == "a^{1}_{2}"

"""The derivations of the recap, and of gradient descent: every line proved, none that is wrong."""

from itertools import pairwise

import pytest
from sympy import Integer, Symbol, Tuple

from bplib.symbolic.layout import plain_value
from bplib.symbolic.lines import descent, recap
from bplib.symbolic.notation import Templated, a, j, l, n

B, P, count = (Symbol(name, integer=True, positive=True) for name in "BPn")
c = Symbol("c", positive=True)

DERIVATIONS = {
    make.__name__: make
    for make in (
        recap.xor_contradiction,
        recap.bias_as_weight,
        recap.two_layers_composed,
        recap.one_weight_gradient,
        recap.one_weight_step,
        descent.mean_gradient,
        descent.mini_batch_update,
        descent.steepest_way,
    )
}
LINES = [
    (name, step.name)
    for name, make in DERIVATIONS.items()
    for step in make().steps
    if not step.is_definition
]


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_line_is_proved(name):
    derivation = DERIVATIONS[name]()
    proved = [step for step in derivation.steps if not step.is_definition]
    assert proved
    assert all(step.proof for step in proved), derivation.prove()


@pytest.mark.parametrize(("name", "line"), LINES)
def test_a_changed_line_is_not_proved(name, line):
    step = DERIVATIONS[name]()[line]
    left, right = step.statement.args
    for wrong in (2 * right, -right, right + 1):
        assert not step.proves(step.statement.func(left, wrong, evaluate=False)), wrong


IN_LETTERS = ("xor_contradiction", "two_layers_composed", "one_weight_gradient", "one_weight_step")


@pytest.mark.parametrize(("name", "line"), [line for line in LINES if line[0] in IN_LETTERS])
def test_a_line_with_another_letter_is_not_proved(name, line):
    """Each letter of the right side in turn gives way to the next of the same line."""
    step = DERIVATIONS[name]()[line]
    left, right = step.statement.args
    letters = sorted((s for s in right.free_symbols if s.is_real), key=str)
    for old, new in pairwise(letters):
        wrong = step.statement.func(left, right.xreplace({old: new}), evaluate=False)
        assert not step.proves(wrong), wrong


@pytest.mark.parametrize(
    ("name", "line", "old", "new"),
    [
        ("bias_as_weight", "one sum", Tuple(j, 0, n(l - 1)), Tuple(j, 1, n(l - 1))),
        ("bias_as_weight", "one sum", a(l - 1, j), a(l, j)),
        ("mini_batch_update", "update", Tuple(count, 1, B), Tuple(count, 1, B - 1)),
        ("steepest_way", "squares", Integer(-2), Integer(-1)),
        ("steepest_way", "squares", P, P + 1),
        ("steepest_way", "solve", c, 2 * c),
    ],
)
def test_a_slip_is_not_proved(name, line, old, new):
    step = DERIVATIONS[name]()[line]
    left, right = step.statement.args
    wrong = plain_value(right).xreplace({old: new})
    assert wrong != plain_value(right)
    assert not step.proves(step.statement.func(left, wrong, evaluate=False))


def test_the_steepest_way_needs_equal_lengths():
    derivation = descent.steepest_way()
    assert [s.name for s in derivation.steps if s.assumptions] == ["same length", "solve"]
    squares = derivation["lengths"]
    for name in ("same length", "solve"):
        step = derivation[name]
        assert not squares.proves(step.statement)  # the same program without the assumption


def test_what_is_taken_away_along_the_gradient_is_nothing():
    """The sum of squares is 0 for v = c times the gradient, in numbers."""
    square = plain_value(descent.steepest_way()["definition of the difference"].rhs.function)
    by, v = sorted(square.atoms(Templated), key=str)
    assert square.subs(v, c * by) == 0
    assert square.subs(v, 2 * c * by) != 0

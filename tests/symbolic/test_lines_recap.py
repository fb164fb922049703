"""The lines of the recap and of gradient descent: slips of their own, beside test_lines."""

import pytest
from sympy import Integer, Symbol, Tuple

from bplib.symbolic import lines
from bplib.symbolic.layout import plain_value
from bplib.symbolic.notation import Templated, a, j, l, n

B, P, count = (Symbol(name, integer=True, positive=True) for name in "BPn")
c = Symbol("c", positive=True)


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
    step = getattr(lines, name)()[line]
    left, right = step.statement.args
    wrong = plain_value(right).xreplace({old: new})
    assert wrong != plain_value(right)
    assert not step.proves(step.statement.func(left, wrong, evaluate=False))


def test_the_steepest_way_needs_equal_lengths():
    derivation = lines.steepest_way()
    assert [s.name for s in derivation.steps if s.assumptions] == ["same length", "solve"]
    for name in ("same length", "solve"):
        assert derivation[name].proof
        assert not derivation["lengths"].proves(derivation[name].statement)  # any lengths


def test_what_is_taken_away_along_the_gradient_is_nothing():
    """The sum of squares is 0 for v = c times the gradient, and not for another step."""
    square = plain_value(lines.steepest_way()["definition of the difference"].rhs.function)
    by, v = sorted(square.atoms(Templated), key=str)
    assert square.subs(v, c * by) == 0
    assert square.subs(v, 2 * c * by) != 0

"""A rule that is wrong is not proved.

Every statement of every derivation is made wrong in one place after another: a sign flipped, a
factor dropped, an index turned round. Each such mutant has to be caught by the statement's proof.
"""

import re
from random import Random

import pytest
from sympy import (
    Add,
    Indexed,
    Integer,
    KroneckerDelta,
    Limit,
    Mul,
    Number,
    Pow,
    Rational,
    Sum,
    Symbol,
)
from sympy.core.function import AppliedUndef

from bplib.symbolic import (
    Derivation,
    any_graph,
    chain_rule,
    derive,
    derive_graph,
    general_rules,
    skip_rule,
)
from bplib.symbolic.chain_rule import D, d
from bplib.symbolic.derivation import equation
from bplib.symbolic.notation import (
    ActivationFunction,
    ActivationSlope,
    Partial,
    a,
    i,
    j,
    k,
    l,
    w,
    z,
)
from bplib.symbolic.unit_notation import Feeds, Of, SumOver, U, UnitIndexed, m

DERIVATIONS = {
    "general": general_rules(),
    "chain rule": chain_rule(),
    "chain rule of two": chain_rule(2),
    "chain rule of three": chain_rule(3),
    "any graph": any_graph(),
    "skip rule": Derivation("skip rule", [skip_rule()]),
    "XOR graph of 1986": derive_graph(
        [("h", "x1"), ("h", "x2"), ("o", "x1"), ("o", "x2"), ("o", "h")], ["x1", "x2"], ["o"]
    ),
    "graph with an output that feeds another": derive_graph(
        [("p", "x"), ("q", "p"), ("q", "x"), ("r", "q"), ("r", "p")],
        ["x"],
        ["q", "r"],
        activation={"p": "tanh", "q": "sigmoid", "r": "sigmoid"},
        error="binary_cross_entropy",
    ),
    "3-3-4-2 sigmoid": derive([3, 3, 4, 2]),
    "1-1-1-1 sigmoid": derive([1, 1, 1, 1]),
    "2-1-1 tanh": derive([2, 1, 1], "tanh"),
    "2-2-2 sigmoid": derive([2, 2, 2]),
    "2-2-2 relu": derive([2, 2, 2], "relu"),
    "2-3-2 tanh, identity": derive([2, 3, 2], ["tanh", "identity"]),
    "2-2-2 sigmoid, binary cross-entropy": derive([2, 2, 2], error="binary_cross_entropy"),
    "2-2-3 tanh, softmax": derive([2, 2, 3], ["tanh", "softmax"], "cross_entropy"),
    "2-2-2 softmax, half squared": derive([2, 2, 2], ["identity", "softmax"]),
}


WHOLE = (Partial, Limit, AppliedUndef, ActivationFunction, Indexed, Of, Feeds)

# Where a statement is tried out: numbers for its indices, and for how many there are of a thing.
UNITS = 4
AT = {i: 1, j: 2, k: 3, m: 2, U: UNITS, D: UNITS, d: 2}


def mutants(statement, known=None):
    """Pairs (what was done, changed statement): every place of the right side, every mutation.

    A change that leaves the value as it was, such as y - a for a - y in a square, is no mutant;
    that is decided by numbers, not by the prover. `known` has the values of derivatives that
    are plain numbers, such as the slope of the identity, or 0.
    """
    original = _value(statement.rhs, known)
    for what, right in _mutated(statement.rhs):
        if _value(right, known) != original:
            yield what, equation(statement.lhs, right)


def _mutated(expr):
    yield "sign flipped", -expr
    if isinstance(expr, Number):
        yield "number changed", expr + 1
    if isinstance(expr, Mul):
        for factor in expr.args:
            if not isinstance(factor, Number):
                yield "factor dropped", expr / factor
    if isinstance(expr, Add):
        for term in expr.args:
            yield "term dropped", expr - term
    if isinstance(expr, ActivationSlope):
        yield "g' dropped", Integer(1)
    if isinstance(expr, Pow) and isinstance(expr.exp, Integer):
        yield "power changed", Pow(expr.base, expr.exp + 1)
    for other in _turned(expr):
        yield "index turned round", other
    if isinstance(expr, Sum | SumOver):
        for what, body in _mutated(expr.args[0]):
            yield what, expr.func(body, *expr.args[1:])
    elif not isinstance(expr, WHOLE):
        for position, argument in enumerate(expr.args):
            for what, changed in _mutated(argument):
                args = [*expr.args[:position], changed, *expr.args[position + 1 :]]
                yield what, expr.func(*args)


def _turned(expr):
    """A symbol with its indices exchanged, or with another unit or layer."""
    if isinstance(expr, Partial):
        yield from (Partial(other, expr.by) for other in _turned(expr.of))
        yield from (Partial(expr.of, other) for other in _turned(expr.by))
    elif isinstance(expr, Symbol):
        match = re.fullmatch(r"(.+)\{(\d)(\d?)\}", expr.name)
        graph = re.fullmatch(r"w_\{(.+), (.+)\}", expr.name)
        if graph:
            yield Symbol(f"w_{{{graph[2]}, {graph[1]}}}", real=True)
        elif match:
            name, first, second = match.groups()
            units = [second + first] if second else [str(3 - int(first)) if first < "3" else "1"]
            yield from (Symbol(f"{name}{{{unit}}}", real=True) for unit in units)
    elif isinstance(expr, ActivationFunction):
        yield from (expr.func(other) for other in _turned(expr.args[0]))
    elif isinstance(expr, Indexed) and len(expr.indices) == 3:
        layer, to, source = expr.indices
        yield expr.func(expr.base, layer, source, to)
    elif isinstance(expr, Indexed):
        if isinstance(expr, UnitIndexed) and len(expr.indices) == 2:
            yield expr.func(expr.base, *reversed(expr.indices))
        *layer, unit = expr.indices
        yield from (expr.func(expr.base, *layer, other) for other in (i, j, k) if other != unit)
        yield from (expr.func(expr.base, other, unit) for other in layer and (layer[0] + 1,))


def _value(expr, known=None):
    """The number that `expr` is when every symbol in it is a random number of its own."""
    expr = expr.xreplace(known or {})
    expr = expr.replace(SumOver, lambda body, k, i: Sum(Feeds(k, i) * body, (k, i + 1, U)))
    expr = expr.replace(Sum, _sum).subs(AT)
    atoms = set()
    for kind in (*WHOLE, Symbol):
        for atom in expr.atoms(kind):
            if not any(atom in other.args or other.has(atom) for other in atoms):
                atoms.add(atom)
    numbers = {atom: Rational(Random(str(atom)).randint(2, 10**6), 999) for atom in atoms}
    value = expr.xreplace(numbers)
    return value if value.is_Rational else value.evalf(30)


def _sum(body, limits):
    index, first, last = limits
    last = UNITS if last.has(Indexed) else int(last.subs(AT))
    return Add(*(body.subs(index, unit) for unit in range(int(first.subs(AT)), last + 1)))


def caught(step, statement):
    """Whether the proof of the step refuses the statement, or sees that it has no meaning."""
    try:
        return not step.proves(statement)
    except ValueError:
        return True


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_mutant_is_caught(name):
    kinds, survivors = set(), []
    steps = DERIVATIONS[name].steps
    known = {s.lhs: s.rhs for s in steps if s.kind == "derivative" and s.rhs.is_Number}
    # In the sum over k only the term k = i is not 0, so its other factor may as well be at i.
    known[Partial(z(l, k), w(l, i, j))] = KroneckerDelta(i, k) * a(l - 1, j)
    for step in steps:
        tried = 0
        for what, statement in mutants(step.statement, known):
            tried += 1
            kinds.add(what)
            if not caught(step, statement):
                survivors.append(f"{step.name}, {what}: {statement}")
        assert tried, f"no mutant of {step.name}"
    assert not survivors, "\n".join(survivors)
    assert "sign flipped" in kinds

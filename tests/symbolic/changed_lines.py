"""Lines changed in one place: a sign, an index, a factor, an exponent, z for a, a name below.

A change that leaves the value as it was is no mistake, such as $[i = k]\\, e^{z_i}$ for
$[i = k]\\, e^{z_k}$. That is decided by numbers put in for the symbols, not by the prover.
"""

import re
from random import Random

from sympy import (
    Add,
    Derivative,
    ImmutableDenseMatrix,
    Indexed,
    KroneckerDelta,
    MatrixSymbol,
    Mul,
    Number,
    Pow,
    Rational,
    Sum,
    Symbol,
    exp,
)
from sympy.core.function import AppliedUndef

from bplib.symbolic.derivation import equation
from bplib.symbolic.layout import Brace, Factors, Power, Terms, plain_value
from bplib.symbolic.notation import ActivationFunction, Partial, i, j, k, p, q

UNITS = 3  # of every layer, where numbers are put in
AT = {i: 1, j: 2, k: 3, p: 1, q: 2}
LEAVES = (Number, Symbol, Indexed, Partial, KroneckerDelta, MatrixSymbol)


def changed(statement):
    """Pairs (kind of change, statement with one change on its right side), all wrong."""
    below = {brace.args[1] for brace in statement.atoms(Brace)}
    seen = [(below, number(statement.rhs))]
    for kind, right in _changes(statement.rhs):
        new = {brace.args[1] for brace in right.atoms(Brace)}, number(right)
        if new not in seen:  # two changes to the same are tried once
            seen.append(new)
            yield kind, equation(statement.lhs, right)


def _changes(expr):
    """Pairs (kind, expression): every place, every change."""
    if isinstance(expr, ImmutableDenseMatrix):
        for place, entry in enumerate(expr.flat()):
            for kind, other in _changes(entry):
                entries = [*expr.flat()]
                entries[place] = other
                yield kind, ImmutableDenseMatrix(*expr.shape, entries)
        return
    arrays = _holds_arrays(expr)
    if not arrays:
        yield "sign", -expr
    if isinstance(expr, (Factors, Mul)) and not arrays:
        for place in range(len(expr.args)):
            yield "factor", expr.func(*_without(expr.args, place))
    if isinstance(expr, (Terms, Add)) and not arrays:
        for place in range(len(expr.args)):
            yield "term", expr.func(*_without(expr.args, place))
    if isinstance(expr, (Power, Pow)):
        yield "exponent", expr.func(expr.args[0], expr.args[1] + 1)
    if isinstance(expr, exp):
        yield "exponent", exp(2 * expr.args[0])
    if isinstance(expr, Brace):
        inside, name = expr.args
        yield from (("brace", Brace(inside, other)) for _, other in _changes(name))
        yield from ((kind, Brace(other, name)) for kind, other in _changes(inside))
        return
    yield from _other_symbols(expr)
    if isinstance(expr, (Sum, Derivative)):
        for kind, body in _changes(expr.args[0]):
            yield kind, expr.func(body, *expr.args[1:])
    elif not isinstance(expr, LEAVES):
        for place, argument in enumerate(expr.args):
            for kind, other in _changes(argument):
                args = [*expr.args]
                args[place] = other
                yield kind, expr.func(*args)


def _holds_arrays(expr):
    return getattr(expr, "is_Matrix", False) or any(map(_holds_arrays, expr.args))


def _without(args, place):
    return [*args[:place], *args[place + 1 :]]


def _other_symbols(expr):
    """The symbol with another index; and z for a, or a for z."""
    if isinstance(expr, Partial):
        for kind, other in _other_symbols(expr.by):
            yield kind, expr.func(expr.of, other)
        return
    if isinstance(expr, Indexed):
        *layer, unit = expr.indices
        if unit in (i, j, k, p):
            other = i if unit in (k, p) else k
            yield "index", expr.func(expr.base, *layer, other)
        if str(expr.base) in ("a", "z"):
            yield "z for a", expr.func("z" if str(expr.base) == "a" else "a", *expr.indices)
    elif isinstance(expr, Symbol):
        match = re.fullmatch(r"([azw])(\^\{[^}]*\}(?:_\{\d*\})?)", expr.name)
        if match and match[1] in "az":
            yield "z for a", Symbol(("z" if match[1] == "a" else "a") + match[2], real=True)
        layer = re.fullmatch(r"(.+\^\{)(\d)(\}.*)", expr.name)
        if layer:
            other = int(layer[2]) % 2 + 1
            yield "index", Symbol(f"{layer[1]}{other}{layer[3]}", real=True)


def number(expr):
    """What `expr` is when every symbol is a random number; for different units, and for equal."""
    expr = plain_value(expr)
    if _holds_arrays(expr):
        expr = expr.doit()
        if isinstance(expr, ImmutableDenseMatrix):
            return [number(entry) for entry in expr.flat()]
        return expr
    expr = expr.replace(Derivative, lambda body, by: body.diff(by[0])).doit()
    expr = expr.replace(Sum, _sum)
    return [_number(expr.subs(units)) for units in (AT, {**AT, k: AT[i]}, {**AT, p: 3})]


def _number(expr):
    whole = set()
    for kind in (Partial, ActivationFunction, AppliedUndef, Indexed, Symbol):
        whole |= {atom for atom in expr.atoms(kind) if not any(o.has(atom) for o in whole)}
    numbers = {s: Rational(Random(str(s)).randint(2, 10**4), 9999) for s in whole}
    return expr.xreplace(numbers).evalf(25)


def _sum(body, *limits):
    for index, first, _ in limits:
        body = Add(*(body.subs(index, unit) for unit in range(int(first), UNITS + 1)))
    return body


def refused(line, statement):
    """Whether the proof of the line refuses a statement, or sees that it has no meaning."""
    try:
        return not line.proves(statement)
    except (NameError, TypeError, ValueError):
        return True

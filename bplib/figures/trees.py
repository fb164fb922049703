"""Statements as trees, for the page to put units and numbers in: page/statements.js.

A tree is a list, the kind of what it is and its parts:

- `["=", left, right]`, or with "←" an assignment;
- `["+", term, ...]`, `["−", part]`, `["·", factor, ...]`, `["/", top, bottom]`,
  `["^", base, power]`, `["ln", part]`, `["exp", part]`, `["g", part]`;
- `["Σ", index, layer, part]`: the sum over all units of a layer;
- a quantity: its letter and its indices as text, `["w", "l+1", "k", "i"]`, `["δ", "l", "i"]`,
  `["E"]`, `["Δw", "l", "i", "j"]`; an input `["x", "i"]`; the slope of an activation function
  `["g′", "l", "i"]`;
- a derivative, `["∂", quantity, quantity]`;
- a number, as text: "1", "½".
"""

from sympy import Add, Indexed, Mul, Number, Pow, Rational, Sum, Symbol, exp, fraction, log
from sympy.core.relational import Equality

from ..symbolic.layout import Factors
from ..symbolic.notation import ActivationFunction, ActivationSlope, Partial, is_size
from .formulas import LETTERS, factors_of, terms_of

NUMBERS = {Rational(1, 2): "½"}


def tree(statement, sign="="):
    """The tree of a statement or an expression in house notation.

    Parameters
    ----------
    statement : sympy.Eq or sympy.Expr
    sign : str
        What stands between the sides of a statement: "=", or "←" for an assignment.

    Raises
    ------
    TypeError
        If something in it has no place in a tree.
    """
    if isinstance(statement, Equality):
        return [sign, tree(statement.lhs), tree(statement.rhs)]
    for kind, grow in KINDS.items():
        if isinstance(statement, kind):
            return grow(statement)
    raise TypeError(f"statement: expected an expression in house notation, got {statement!r}")


def _number(expr):
    if expr.is_negative:
        return ["−", _number(-expr)]
    return NUMBERS.get(expr) or str(expr)


def _sum_over_units(expr):
    [(index, first, last)] = expr.limits
    if first != 1 or not is_size(last):
        raise TypeError(f"statement: expected a sum over all units of a layer, got {expr}")
    return ["Σ", str(index), _index(last.indices[0]), tree(expr.function)]


def _add(expr):
    return ["+", *(["−", tree(term)] if minus else tree(term) for minus, term in terms_of(expr))]


def _mul(expr):
    if expr.could_extract_minus_sign():
        return ["−", tree(-expr)]
    top, bottom = fraction(expr)
    if not isinstance(bottom, Number):
        return ["/", tree(top), tree(bottom)]
    return ["·", *map(tree, factors_of(expr))]


def _index(expr):
    return str(expr).replace(" ", "")


def _indexed(expr):
    if expr.base.name == "a" and expr.indices[0] == 0:  # a layer that is only called 0 is not
        return ["x", _index(expr.indices[1])]
    return [LETTERS.get(expr.base.name, expr.base.name), *map(_index, expr.indices)]


def _slope(expr):
    return ["g′", *tree(expr.args[0])[1:]]


KINDS = {
    Factors: lambda e: ["·", *map(tree, e.args)],
    Number: _number,
    Indexed: _indexed,
    Symbol: lambda e: [LETTERS.get(e.name, e.name)],
    Partial: lambda e: ["∂", tree(e.of), tree(e.by)],
    ActivationSlope: _slope,
    ActivationFunction: lambda e: ["g", tree(e.args[0])],
    Sum: _sum_over_units,
    Add: _add,
    Mul: _mul,
    exp: lambda e: ["exp", tree(e.args[0])],
    Pow: lambda e: ["^", tree(e.base), tree(e.exp)],
    log: lambda e: ["ln", tree(e.args[0])],
}

r"""Formulas as MathML, printed from SymPy statements: what figures show is what was proved.

Browsers show MathML without help. Layer 0 holds the inputs, so its activations are written $x_j$.
Sums show their index only, as on a blackboard.
"""

import re
from html import escape

from sympy import (
    Abs,
    Add,
    Function,
    Indexed,
    Integer,
    Mul,
    Number,
    Pow,
    Rational,
    Sum,
    Symbol,
    exp,
    fraction,
    log,
)
from sympy.core.relational import Relational

from ..symbolic.functions import positive
from ..symbolic.layout import Factors
from ..symbolic.notation import ActivationFunction, ActivationSlope, Partial
from ..symbolic.printing import reading_order

LETTERS = {
    r"\delta": "δ",
    r"\eta": "η",
    r"\lambda": "λ",
    r"\Delta w": "Δw",
    r"\Delta b": "Δb",
}


def mathml(statement, sign="="):
    """A statement or an expression as MathML, without the element `math` around it.

    Parameters
    ----------
    statement : sympy.Eq, another relation, or sympy.Expr
        In house notation.
    sign : str
        What stands between the sides of an equation: "=", or "←" for an assignment.

    Returns
    -------
    str
    """
    if isinstance(statement, Relational):
        sign = sign if statement.rel_op == "==" else statement.rel_op
        return row(_print(statement.lhs), operator(sign), _print(statement.rhs))
    return _print(statement)


def row(*parts):
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


def operator(sign):
    return f"<mo>{escape(sign)}</mo>"


def _print(expr):
    for kind, printer in PRINTERS.items():
        if isinstance(expr, kind):
            return printer(expr)
    raise TypeError(f"expr: expected an expression in house notation, got {expr!r}")


def _number(expr):
    if expr.is_negative:
        return row(operator("−"), _print(-expr))
    if isinstance(expr, Rational) and not isinstance(expr, Integer):
        return f"<mfrac><mn>{expr.p}</mn><mn>{expr.q}</mn></mfrac>"
    return f"<mn>{expr if isinstance(expr, Rational) else format(float(expr), 'g')}</mn>"


def _symbol(expr):
    alone = re.fullmatch(r"(\w+)\^{(\w+)}", expr.name)  # a layer with a single unit
    if alone:
        return f"<msup><mi>{alone[1]}</mi><mn>{alone[2]}</mn></msup>"
    house = re.fullmatch(r"(\\?\w+)(?:\^{(\w+)})?_{(\w+)}", expr.name)
    if house:
        letter, layer, units = house.groups()
        tag = "mn" if units.isdigit() else "mi"
        lower = f"<{tag}>{units}</{tag}>"
        return _labelled(letter, layer and f"<mn>{layer}</mn>", lower, layer == "0")
    return f"<mi>{LETTERS.get(expr.name, expr.name)}</mi>"


def _indexed(expr):
    """w^{l}_{ij}; y has a lower index alone, and layer 0 is the input."""
    letter, indices = expr.base.name, expr.indices
    layer, units = (None, indices) if letter in ("y", "n") else (indices[0], indices[1:])
    lower = row(*(_print(unit) for unit in units))
    return _labelled(letter, layer is not None and row(_print(layer)), lower, layer == 0)


def _labelled(letter, upper, lower, is_input):
    if letter == "a" and is_input:
        letter, upper = "x", None
    name = f"<mi>{LETTERS.get(letter, letter)}</mi>"
    return f"<msubsup>{name}{lower}{upper}</msubsup>" if upper else f"<msub>{name}{lower}</msub>"


def terms_of(expr):
    """The terms of a sum as the rules are read: pairs (whether it is taken away, term)."""
    # What is positive first, a single symbol before a product.
    terms = sorted(
        expr.args,
        key=lambda term: (
            term.could_extract_minus_sign(),
            term.is_Number and bool(expr.is_integer),  # l + 1, but 1 + e^-z
            term.is_Mul,
            any(part.is_Add for part in term.args),
            str(term),
        ),
    )
    minus = [False, *(term.could_extract_minus_sign() for term in terms[1:])]
    return [(sign, -term if sign else term) for sign, term in zip(minus, terms, strict=True)]


def _add(expr):
    (_, first), *others = terms_of(expr)
    parts = [_print(first)]
    for minus, term in others:
        parts += [operator("−" if minus else "+"), _print(term)]
    return row(*parts)


def _mul(expr):
    if expr.could_extract_minus_sign():
        return row(operator("−"), _factor(-expr))
    top, bottom = fraction(expr)
    if isinstance(bottom, Number):
        number, rest = expr.as_coeff_Mul()
        factors = ([] if number == 1 else [_print(number)]) + _factors(rest)
        return row(*factors)
    return f"<mfrac>{row(_print(top))}{row(_print(bottom))}</mfrac>"


def factors_of(expr):
    """The factors of a product as the rules are read."""
    return sorted(Mul.make_args(expr), key=reading_order)


def _factors(expr):
    return [_factor(part) for part in factors_of(expr)]


def _factor(expr):
    return row(operator("("), _print(expr), operator(")")) if expr.is_Add else _print(expr)


def _power(expr):
    base, power = expr.args
    if power == -1:
        return f"<mfrac><mn>1</mn>{row(_print(base))}</mfrac>"
    return f"<msup>{row(_factor(base))}{row(_print(power))}</msup>"


def _sum(expr):
    index = expr.limits[0][0]
    return row(f"<munder><mo>∑</mo>{row(_print(index))}</munder>", _factor(expr.function))


def _call(name, argument):
    return row(name, operator("("), _print(argument), operator(")"))


def _applied(expr):
    [argument] = expr.args
    return row(f"<mi>{expr.func.__name__}</mi>", _argument(argument))


def _argument(expr):
    """Without brackets only where it is a single symbol."""
    if isinstance(expr, (Symbol, Indexed)):
        return _print(expr)
    return row(operator("("), _print(expr), operator(")"))


def _partial(expr):
    top, bottom = (row(operator("∂"), _print(part)) for part in (expr.of, expr.by))
    return f"<mfrac>{top}{bottom}</mfrac>"


G = "<mi>g</mi>"
SLOPE = f"<msup>{G}<mo>′</mo></msup>"

PRINTERS = {
    Number: _number,
    Symbol: _symbol,
    Partial: _partial,
    Sum: _sum,
    Add: _add,
    Mul: _mul,
    Factors: lambda e: row(*map(_factor, e.args)),
    exp: lambda e: f"<msup><mi>e</mi>{row(_print(e.args[0]))}</msup>",
    Pow: _power,
    ActivationSlope: lambda e: _call(SLOPE, e.args[0]),
    ActivationFunction: lambda e: _call(G, e.args[0]),
    Abs: lambda e: row(operator("|"), _print(e.args[0]), operator("|")),
    log: lambda e: row("<mi>ln</mi>", _argument(e.args[0])),
    positive: lambda e: row(operator("["), _print(e.args[0]), operator("> 0]")),
    Function: _applied,
    Indexed: _indexed,
}

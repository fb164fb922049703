r"""What can be asked for, the right rule for it, and the slips that it may show.

Most quantities are those of `bplib.slips`. The factors of a chain are parts of these: a slip of
$\delta^L = \frac{\partial E}{\partial a} g'(z)$ that leaves $g'(z)$ as it is, is one of the other
factor. So a slip of a factor is a wrong rule divided by the factors that are right.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Add, Indexed, Mul, Sum, Symbol, diff

from ...slips.catalogue import slips
from ...slips.changes import without
from ...slips.rules import right_rules
from ...symbolic.functions import ACTIVATIONS
from ...symbolic.notation import (
    ActivationSlope,
    E,
    L,
    Partial,
    a,
    delta,
    g_prime,
    i,
    j,
    k,
    l,
    w,
    y,
    z,
)
from ..plain_text import plain_text

# The factors of dE/dw^1 in a 1-1-1 network, from the error down: (quantity, layer).
CHAIN = (("dE/da", 2), ("da/dz^L", 2), ("dz/da", 2), ("da/dz", 1), ("dz/dw", 1))
FACTORS = tuple(Symbol(f"v.factor[{number}]") for number in range(1, len(CHAIN) + 1))
CHAIN_LESSON = "chain_rule", "A chain of single neurons"

# What the catalogue says of δ, said of a factor.
SAID_OF_FACTORS = {
    "output-sign": "The sign is turned round.",
    "hidden-sign": "The sign is turned round.",
    "gradient-sign": "The sign is turned round.",
    "hidden-weights-left-out": "The weight is left out.",
    "hidden-weights-squared": "The weight is multiplied in twice.",
    "hidden-weights-of-this-layer": "This is the weight that enters the unit; the one that leaves "
    "it is needed.",
    "gradient-slope-again": "The slope is too many here: it is a factor of its own.",
}


@dataclass(frozen=True)
class Wrong:
    """A wrong rule for one quantity: an expression, what to say of it, and where to read."""

    name: str
    says: str
    read: tuple
    expression: object


@dataclass(frozen=True)
class Quantity:
    """A quantity that can be asked for.

    Attributes
    ----------
    left, rule : SymPy expressions
        The two sides of the right rule, as it is read.
    right : SymPy expression
        As it is calculated: the slope of a unit is written with its activation, a (1 − a).
    wrong : tuple of Wrong
    """

    left: object
    rule: object
    right: object
    wrong: tuple


@cache
def quantities():
    """Name -> Quantity: those of `right_rules`, and the factors of a chain with their product."""
    right = right_rules()
    found = {
        name: _quantity(rule.lhs, rule.rhs, [*_wrong(name), *_wrong_passes(name)])
        for name, rule in right.items()
    }
    return {**found, **_factors(), "product": _product()}


def slope_by_output(expr):
    """g'(z) of a unit as a (1 − a), which is how it is calculated by hand."""
    unit, output = Symbol("z", real=True), Symbol("a", real=True)
    own = ACTIVATIONS["sigmoid"]
    slope = own.in_outputs(diff(own.expression(unit), unit), unit, output)

    def of_unit(e):
        if not isinstance(e, ActivationSlope):
            return False
        return isinstance(e.args[0], Indexed) and e.args[0].base.name == "z"

    return expr.replace(of_unit, lambda e: slope.xreplace({output: a(*e.args[0].indices)}))


def _quantity(left, rule, wrong, right=None):
    found = (Wrong(o.name, o.says, o.read, slope_by_output(o.expression)) for o in wrong)
    return Quantity(left, rule, slope_by_output(rule if right is None else right), tuple(found))


def _slips_of(name):
    return {
        slip.name: slip.statement.rhs
        for slip in slips().values()
        if slip.quantity == name and slip.statement is not None
    }


def _wrong(name):
    return [Wrong(n, slips()[n].says, slips()[n].read, e) for n, e in _slips_of(name).items()]


def _wrong_passes(name):
    """The slips of a pass that show in one example, in a network with one hidden layer."""
    if name != "delta":
        return []
    right = right_rules()
    step = right["w"].rhs.xreplace({right["dE/dw"].lhs: right["dE/dw"].rhs})
    updated = step.subs({l: l + 1, i: k, j: i}, simultaneous=True)
    rules = {
        "updated-first": right["delta"].rhs.xreplace({w(l + 1, k, i): updated}),
        "last-layer-only": 0 * right["delta"].rhs,
    }
    return [Wrong(n, slips()[n].says, slips()[n].read, rule) for n, rule in rules.items()]


def _over(wrong, divisor):
    return {name: expr / divisor for name, expr in wrong.items()}


def _factors():
    right = right_rules()
    difference = diff(right["E"].rhs.function, a(L, k)).xreplace({a(L, k): a(L, i), y(k): y(i)})
    slope_L, slope = g_prime(z(L, i)), g_prime(z(l, i))
    total = right["delta"].rhs / slope
    weight = total.function / delta(l + 1, k)
    incoming = right["dE/dw"].rhs / delta(l, i)
    output, hidden, gradient = (_slips_of(name) for name in ("delta^L", "delta", "dE/dw"))
    differences = {n: e for n, e in _over(output, slope_L).items() if not e.has(ActivationSlope)}
    slopes = {n: e for n, e in _over(output, difference).items() if n not in differences}
    sums = {n: e / slope for n, e in hidden.items() if isinstance(e / slope, Sum)}
    back = {l: l - 1, k: i, i: j}  # dz^{l+1}_k/da^l_i is asked for as dz^l_i/da^{l-1}_j

    def factor(of, by, value, wrong, others, move=None):
        """A slip in which something of the `others` is left is not one of this factor alone."""
        wrong = {n: e for n, e in wrong.items() if e != value and not any(map(e.has, others))}
        moved = (lambda e: e.subs(move, simultaneous=True)) if move else (lambda e: e)
        found = [
            Wrong(n, SAID_OF_FACTORS.get(n, slips()[n].says), CHAIN_LESSON, moved(e))
            for n, e in wrong.items()
        ]
        return _quantity(Partial(of, by), moved(value), found)

    return {
        "dE/da": factor(E, a(L, i), difference, differences, []),
        "da/dz^L": factor(a(L, i), z(L, i), slope_L, slopes, [y(i).base]),
        "dz/da": factor(
            z(l, i),
            a(l - 1, j),
            weight,
            {n: e.function / delta(l + 1, k) for n, e in sums.items()},
            [delta(l, i).base, ActivationSlope],
            back,
        ),
        "da/dz": factor(a(l, i), z(l, i), slope, _over(hidden, total), [Sum]),
        "dz/dw": factor(
            z(l, i), w(l, i, j), incoming, _over(gradient, delta(l, i)), [delta(l, i).base]
        ),
    }


def parts_of_chain():
    """The factors of dE/dw^1_11 as they are written, from the error down."""
    at = {"L": 2, "i": 1, "j": 1}
    return [
        _factors()[name].left.subs({l: layer, L: at["L"], i: at["i"], j: at["j"]})
        for name, layer in CHAIN
    ]


def _product():
    parts = parts_of_chain()
    wrong = [
        Wrong(
            f"factor-{number}-left-out",
            f"The factor {plain_text(part)} is left out.",
            CHAIN_LESSON,
            without(symbol)(Mul(*FACTORS)),
        )
        for number, (symbol, part) in enumerate(zip(FACTORS, parts, strict=True), start=1)
    ]
    said = "The factors are added; along a chain they multiply."
    wrong.append(Wrong("factors-added", said, CHAIN_LESSON, Add(*FACTORS)))
    return _quantity(Partial(E, w(1, 1, 1)), Mul(*parts), wrong, Mul(*FACTORS))

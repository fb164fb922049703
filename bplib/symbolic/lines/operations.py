"""One unit, backward through its operations: an addition, a product, a function."""

from sympy import Rational, Symbol

from ..layout import Factors, Group, Negative, Power, Terms
from ..notation import E, Partial, g, g_prime
from ..programs import NetworkSetting
from .line import lines


def one_unit():
    """All derivatives of the error of one unit with one input, an operation a line."""
    x, y, w, b, z, a = (Symbol(name, real=True) for name in "xywbza")
    to_target, error = Terms(y, Negative(a)), Terms(a, Negative(y))
    weighted, half_square = Terms(Factors(w, x), b), Factors(Rational(1, 2), Power(to_target, 2))
    slope = g_prime(z)
    return lines(
        "One unit, operation by operation",
        "one-unit",
        NetworkSetting({z: weighted, a: g(z), E: half_square}),
        ("definition of z", z, weighted, "a product, then an addition"),
        ("definition of a", a, g(z), "a function"),
        ("definition of E", E, half_square, "a subtraction, then the half square"),
        (
            "half square",
            Partial(E, a),
            Negative(Group(to_target)),
            "the half square has the slope $y - a$, and the subtraction passes it on with a minus "
            "sign",
        ),
        ("sign", error, "the sign turns the difference round"),
        (
            "function",
            Partial(E, z),
            Factors(Group(error), slope),
            "the function multiplies by its slope",
        ),
        ("addition", Partial(E, b), Factors(Group(error), slope), "the addition passes it on"),
        (
            "product",
            Partial(E, w),
            Factors(Group(error), slope, x),
            "the addition passes it on; the product multiplies by the other factor",
        ),
        (
            "other factor",
            Partial(E, x),
            Factors(Group(error), slope, w),
            "the product again, for its other operand",
        ),
    )

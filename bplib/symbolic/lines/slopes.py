"""The slopes of the activation functions, from their definitions."""

from sympy import Derivative, Symbol, exp

from ..layout import Factors, Fraction, Group, Negative, Power, Terms
from ..notation import g, g_prime
from ..programs import NetworkSetting
from .line import lines

Z = Symbol("z", real=True)


def sigmoid_slope():
    """g' = g (1 - g) for the sigmoid, from its definition."""
    e = exp(-Z)
    below = Terms(1, e)
    setting = _setting(1 / (1 + e))
    return lines(
        "The slope of the sigmoid",
        "sigmoid-slope",
        setting,
        ("definition", g(Z), Fraction(1, below), "definition of the sigmoid"),
        (
            "as a power",
            g_prime(Z),
            Derivative(Power(below, -1), Z, evaluate=False),
            "a fraction is a power with exponent −1",
        ),
        (
            "chain rule",
            Factors(Negative(Power(below, -2)), Group(Negative(e))),
            "chain rule: the power outside, the exponential inside",
        ),
        ("signs", Fraction(e, Power(below, 2)), "the two signs cancel"),
        ("split", Factors(Fraction(1, below), Fraction(e, below)), "split the square"),
        (
            "add and subtract 1",
            Factors(Fraction(1, below), Fraction(Terms(1, e, Negative(1)), below)),
            "add 1 and subtract 1 above the line",
        ),
        (
            "divide",
            Factors(Fraction(1, below), Group(Terms(1, -Fraction(1, below)))),
            "divide each part",
        ),
        ("slope", Factors(g(Z), Group(Terms(1, -g(Z)))), "both fractions are g(z) again"),
    )


def tanh_slope():
    """g' = 1 - g² for tanh, from its definition."""
    up, down = exp(Z), exp(-Z)
    above, below = Terms(up, Negative(down)), Terms(up, down)
    setting = _setting((up - down) / (up + down))
    square = Power(below, 2)
    return lines(
        "The slope of tanh",
        "tanh-slope",
        setting,
        ("definition", g(Z), Fraction(above, below), "definition of tanh"),
        (
            "quotient rule",
            g_prime(Z),
            Fraction(
                Terms(
                    Factors(Derivative(above, Z, evaluate=False), Group(below)),
                    Negative(Factors(Group(above), Derivative(below, Z, evaluate=False))),
                ),
                square,
            ),
            "quotient rule",
        ),
        (
            "derivatives",
            Fraction(
                Terms(
                    Factors(Group(below), Group(below)),
                    Negative(Factors(Group(above), Group(above))),
                ),
                square,
            ),
            "each of the two is the derivative of the other",
        ),
        (
            "divide",
            Terms(1, Negative(Power(Fraction(above, below), 2))),
            "divide each part by the square",
        ),
        ("slope", Terms(1, Negative(Power(g(Z), 2))), "the fraction is g(z) again"),
    )


def _setting(function):
    setting = NetworkSetting({Symbol("g"): function}, compare="simplify({left} - ({right}))")
    setting.names = {g(Z): "g", g_prime(Z): "diff(g, z)"}
    return setting

"""The slopes of the activation functions, from their definitions."""

from sympy import Derivative, Rational, Symbol, exp

from ..layout import Factors, Fraction, Group, Negative, Power, Terms
from ..notation import g, g_prime
from ..programs import NetworkSetting, Setting
from .line import lines

Z = Symbol("z", real=True)
HALF, QUARTER = Rational(1, 2), Rational(1, 4)


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
        ("slope", Factors(g(Z), Group(Terms(1, -g(Z)))), "both fractions are $g(z)$ again"),
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
        ("slope", Terms(1, Negative(Power(g(Z), 2))), "the fraction is $g(z)$ again"),
    )


def sigmoid_slope_bound():
    """g' of the sigmoid is ¼ minus a square."""
    value = g(Z)
    from_half = Terms(value, -HALF)
    return lines(
        "The slope of the sigmoid is at most ¼",
        "sigmoid-slope-bound",
        _setting(1 / (1 + exp(-Z))),
        ("slope", g_prime(Z), Factors(value, Group(Terms(1, -value))), "the slope from above"),
        ("multiply out", Terms(value, Negative(Power(value, 2))), "multiply out"),
        (
            "add and subtract ¼",
            Terms(QUARTER, Negative(Group(Terms(Power(value, 2), -value, QUARTER)))),
            "add ¼ and subtract it",
        ),
        (
            "bound",
            Terms(QUARTER, Negative(Power(from_half, 2))),
            r"the bracket is a square, never below 0: at most ¼, and ¼ where $g(z) = \tfrac{1}{2}$",
        ),
    )


def tanh_from_sigmoid():
    """Tanh is the sigmoid, stretched; and so are their slopes."""
    stretched, its_slope = (Symbol(s, real=True) for s in (r"\sigma(2z)", r"\sigma'(2z)"))
    down = exp(-2 * Z)
    above, below = Terms(1, Negative(down)), Terms(1, down)
    setting = Setting(
        """
from sympy import diff, exp, simplify, symbols

z, u = symbols("z u", real=True)
g = (exp(z) - exp(-z))/(exp(z) + exp(-z))               # tanh
sigma = 1/(1 + exp(-u))                                 # the sigmoid of u
sigma_of_2z = sigma.subs(u, 2*z)
sigma_slope_at_2z = diff(sigma, u).subs(u, 2*z)
""",
        {
            g(Z): "g",
            g_prime(Z): "diff(g, z)",
            stretched: "sigma_of_2z",
            its_slope: "sigma_slope_at_2z",
        },
        "simplify({left} - ({right}))",
    )
    return lines(
        "Tanh is a stretched sigmoid",
        "tanh-from-sigmoid",
        setting,
        (
            "definition",
            g(Z),
            Fraction(Terms(exp(Z), Negative(exp(-Z))), Terms(exp(Z), exp(-Z))),
            "definition of tanh",
        ),
        ("divide", Fraction(above, below), "above and below multiplied by $e^{-z}$"),
        (
            "two minus",
            Fraction(Terms(2, Negative(Group(below))), below),
            "above the line, $1 = 2 - 1$",
        ),
        ("split", Terms(Factors(2, Fraction(1, below)), Negative(1)), "divide each part"),
        (
            "sigmoid",
            Terms(Factors(2, stretched), Negative(1)),
            r"the fraction is the sigmoid $\sigma$ at $2z$",
        ),
        (
            "chain rule",
            g_prime(Z),
            Factors(2, 2, its_slope),
            "chain rule: the factor 2 stays, and the inner link $2z$ has the slope 2",
        ),
        ("slope", Factors(4, its_slope), "so four times the slope of the sigmoid, at $2z$"),
    )


def _setting(function):
    setting = NetworkSetting({Symbol("g"): function}, compare="simplify({left} - ({right}))")
    setting.names = {g(Z): "g", g_prime(Z): "diff(g, z)"}
    return setting

"""What the recap derives before there is any backpropagation, line by line."""

from sympy import Derivative, Integer, Rational, Sum, Symbol

from ..layout import Factors, Fraction, Group, Negative, Power, Terms
from ..notation import E, Partial, a, b, eta, g, i, j, l, n, w, z
from ..programs import NetworkSetting, Setting
from .line import Line, lines


def _real(latex):
    return Symbol(latex, real=True)


def xor_contradiction():
    """The two demands in the middle and the two outer ones have the same sum."""
    w_1, w_2, bias = _real("w_{1}"), _real("w_{2}"), _real("b")
    middle = _real("m")
    setting = NetworkSetting({middle: (w_1 + bias) + (w_2 + bias)})
    return lines(
        "Two demands against two",
        "xor-contradiction",
        setting,
        (
            "definition of the sum",
            middle,
            Terms(Group(Terms(w_1, bias)), Group(Terms(w_2, bias))),
            "add the second demand and the third: a sum of positive numbers, so $m > 0$",
        ),
        ("sort", Terms(w_1, w_2, Factors(2, bias)), "leave out the parentheses"),
        (
            "regroup",
            Terms(bias, Group(Terms(w_1, w_2, bias))),
            "this is the sum of the first demand and the fourth, and so $m \\le 0$",
        ),
    )


def bias_as_weight():
    """A bias is a weight from one more unit, whose activation is always 1."""
    left, bias = z(l, i), b(l, i)
    one, weight = a(l - 1, 0), w(l, i, 0)
    term = Factors(w(l, i, j), a(l - 1, j))
    setting = Setting(
        """
from sympy import Sum, simplify, symbols
from bplib.symbolic.notation import a, i, l, n, w

j = symbols("j", integer=True, nonnegative=True)        # from 0 on
term = w(l, i, j)*a(l - 1, j)
bias = Sum(term, (j, 0, 0))        # its one term is w_i0 a_0, and a_0 = 1
z_i = Sum(term, (j, 1, n(l - 1))) + bias
""",
        {left: "z_i", bias: "bias", weight * one: "bias"},
        "simplify({left} - ({right}))",
    )
    unit = Setting(
        setting.preamble + "\nnew = {a(l - 1, 0): 1}",
        {bias: "bias.doit()"},
        "({left} - ({right})).subs(new)",
    )
    to_end = (j, 1, n(l - 1))
    return lines(
        "A bias is a weight whose input is 1",
        "bias-as-weight",
        setting,
        (
            "definition of z",
            left,
            Terms(Sum(term, to_end), bias),
            "weights from $j = 1$ on, and bias",
        ),
        Line(
            "definition of the unit",
            "definition",
            one,
            Integer(1),
            "one more unit in the layer before: always 1",
            unit,
        ),
        Line(
            "definition of the weight",
            "definition",
            weight,
            bias,
            "its weight is what we called the bias",
            unit,
        ),
        (
            "times 1",
            left,
            Terms(Sum(term, to_end), Factors(weight, one)),
            "$b = b \\cdot 1$, with the new names",
        ),
        ("one sum", Sum(term, (j, 0, n(l - 1))), "the term $j = 0$ joins the others"),
    )


def two_layers_composed():
    """A network is one function inside the other."""
    x, W1, W2, b1, b2 = map(_real, ("x", "W^{1}", "W^{2}", "b^{1}", "b^{2}"))
    z1, a1, z2, a2, answer = (_real(s) for s in ("z^{1}", "a^{1}", "z^{2}", "a^{2}", r"\hat{y}"))
    inner = Terms(Factors(W1, x), b1)
    setting = Setting(
        """
from sympy import Function, symbols

W1, W2, b1, b2, x = symbols("W1 W2 b1 b2 x", commutative=False)
g = Function("g")
z1 = W1*x + b1
a1 = g(z1)
z2 = W2*a1 + b2
a2 = g(z2)
""",
        {
            z1: "z1",
            a1: "a1",
            z2: "z2",
            a2: "a2",
            answer: "a2",
            W1: "W1",
            b1: "b1",
            b2: "b2",
            W2: "W2",
            W1 * x: "W1*x",
            W2 * a1: "W2*a1",
            W2 * g(W1 * x + b1): "W2*g(W1*x + b1)",
            W2 * g(z1): "W2*g(z1)",
        },
        "{left} - ({right})",
    )
    return lines(
        "One function inside the other",
        "two-layers-composed",
        setting,
        ("definition", answer, a2, "the output of a network with two layers"),
        ("outer g", g(z2), "activation of layer 2"),
        ("layer 2", g(Terms(Factors(W2, a1), b2)), "its weighted inputs"),
        ("inner g", g(Terms(Factors(W2, g(z1)), b2)), "activation of layer 1"),
        ("layer 1", g(Terms(Factors(W2, g(inner)), b2)), "its weighted inputs"),
    )


X, Y, W = _real("x"), _real("y"), _real("w")


def one_weight_gradient():
    """The derivative of the error of a single linear weight."""
    inside = Terms(Y, Negative(Factors(W, X)))
    setting = NetworkSetting({E: (Y - W * X) ** 2 / 2})
    by = Partial(E, W)
    return lines(
        "The derivative for one weight",
        "one-weight-gradient",
        setting,
        (
            "definition of E",
            E,
            Factors(Rational(1, 2), Power(inside, 2)),
            "half squared error, with $\\hat{y} = w x$",
        ),
        (
            "power and inside",
            by,
            Factors(Rational(1, 2), 2, Group(inside), Derivative(inside, W, evaluate=False)),
            "the square outside, the difference inside; $x$ and $y$ are kept fixed",
        ),
        (
            "inside",
            Factors(Group(inside), Group(Negative(X))),
            "½ and 2 cancel; inside, $-x$ is left",
        ),
        (
            "gradient",
            Factors(X, Group(Terms(Factors(W, X), Negative(Y)))),
            "the sign turns the difference",
        ),
    )


def one_weight_step():
    """By what a step of gradient descent multiplies the distance to the best weight."""
    best, after = _real("w^{*}"), _real(r"w_{\text{after}}")
    distance = Terms(W, Negative(best))
    setting = Setting(
        """
from sympy import cancel, diff, symbols

w, x, y, eta = symbols("w x y eta")
E = (y - w*x)**2/2
w_best = y/x
w_after = w - eta*diff(E, w)        # a step against the derivative
""",
        {best: "w_best", after: "w_after", Partial(E, W): "diff(E, w)", eta: "eta"},
        "cancel({left} - ({right}))",
    )
    return lines(
        "The distance to the best weight",
        "one-weight-step",
        setting,
        ("definition of the best weight", best, Fraction(Y, X), "there $wx = y$, and $E = 0$"),
        (
            "factor out x",
            Partial(E, W),
            Factors(X, X, Group(Terms(W, Negative(Fraction(Y, X))))),
            "the derivative found above; take $x$ out of the parentheses",
        ),
        ("with the best", Factors(Power(X, 2), Group(distance)), "the fraction is $w^{*}$"),
        (
            "definition of the step",
            after,
            Terms(W, Negative(Factors(eta, Partial(E, W)))),
            "gradient descent",
        ),
        (
            "put in",
            Terms(after, Negative(best)),
            Terms(Group(distance), Negative(Factors(eta, Power(X, 2), Group(distance)))),
            "subtract $w^{*}$ on both sides, and put the derivative in",
        ),
        (
            "factor",
            Factors(Group(Terms(1, Negative(Factors(eta, Power(X, 2))))), Group(distance)),
            "both terms hold the distance before the step",
        ),
        (
            "divide",
            Fraction(Terms(after, Negative(best)), distance),
            Terms(1, Negative(Factors(eta, Power(X, 2)))),
            "divide by the distance before the step, where it is not 0",
        ),
    )

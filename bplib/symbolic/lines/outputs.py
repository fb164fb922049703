"""Where the backward pass begins: error terms of the output layer, line by line."""

from sympy import KroneckerDelta, Rational, Sum, Symbol, exp, log

from ..derivation import equation
from ..layout import Factors, Fraction, Group, Negative, Power, Struck, Terms
from ..notation import E, L, Partial, a, delta, g_prime, i, n, p, q, y, z
from ..programs import NetworkSetting, Setting
from .line import Line, lines

OUTPUTS = (p, 1, n(L))  # p: any unit of this layer
A_I, Z_I, D_I = a(L, i), z(L, i), delta(L, i)


def half_squared_delta():
    """δ = (a - y) g'(z) for the half squared error and any activation of single units."""
    setting = Setting(
        """
from sympy import IndexedBase, Sum, diff
from bplib.symbolic import g, g_prime
from bplib.symbolic.notation import L, i, n, p, y, z
from bplib.symbolic.sums import collapse, equal_sums

a = IndexedBase("a")                                # outputs as free symbols,
E = Sum((y(p) - a[p])**2, (p, 1, n(L)))/2
dE_da = collapse(diff(E, a[i])).subs(a[i], g(z(L, i)))
a_i = g(z(L, i))                                    # then as functions of z
E_of_z = Sum((y(p) - g(z(L, p)))**2, (p, 1, n(L)))/2
""",
        {
            A_I: "a_i",
            a(L, p): "a[p]",
            Partial(E, A_I): "dE_da",
            Partial(A_I, Z_I): "diff(a_i, z(L, i))",
            Partial(E, Z_I): "diff(E_of_z, z(L, i))",
            D_I: "diff(E_of_z, z(L, i))",
        },
        "equal_sums({left}, {right})",
    )
    by_output, slope = Partial(E, A_I), Partial(A_I, Z_I)
    return lines(
        "Half squared error, any activation function",
        "half-squared-delta",
        setting,
        (
            "definition of E",
            E,
            Factors(Rational(1, 2), Sum((y(p) - a(L, p)) ** 2, OUTPUTS)),
            "half squared error",
        ),
        (
            "power rule",
            by_output,
            Factors(Rational(1, 2), 2, Group(Terms(y(i), -A_I)), Group(Negative(1))),
            "only the term $p = i$ holds $a^{L}_{i}$; power rule, and $-1$ from inside",
        ),
        ("error by output", Terms(A_I, -y(i)), "½ and 2 cancel; the sign turns the difference"),
        ("slope", slope, g_prime(Z_I), "this is what $g'$ means"),
        ("definition", D_I, Partial(E, Z_I), "definition of the error term"),
        ("chain rule", Factors(by_output, slope), "chain rule: $z$ changes $a$, $a$ changes $E$"),
        ("delta", Factors(Group(Terms(A_I, -y(i))), g_prime(Z_I)), "both factors put in"),
    )


def cross_entropy_delta():
    """δ = a - y for the binary cross-entropy with a sigmoid."""
    a_i, z_i, y_i, d = (Symbol(s, real=True) for s in ("a", "z", "y", r"\delta"))
    setting = NetworkSetting(
        {a_i: 1 / (1 + exp(-z_i)), E: -(y_i * log(a_i) + (1 - y_i) * log(1 - a_i))},
        compare="simplify({left} - ({right}))",
        also={d: Partial(E, z_i)},
    )
    rest, left_over = Terms(1, -a_i), Terms(1, -y_i)
    below = Factors(a_i, Group(rest))
    by_output, slope = Partial(E, a_i), Partial(a_i, z_i)
    return lines(
        "Binary cross-entropy with a sigmoid",
        "cross-entropy-delta",
        setting,
        (
            "definition of E",
            E,
            Negative(Group(Terms(Factors(y_i, log(a_i)), Factors(Group(left_over), log(rest))))),
            "the part of one output",
        ),
        (
            "logarithms",
            by_output,
            Negative(Group(Terms(Fraction(y_i, a_i), Negative(Fraction(left_over, rest))))),
            "$\\ln u$ has the derivative $1/u$; inside the second, $-1$",
        ),
        (
            "common denominator",
            Negative(
                Fraction(
                    Terms(Factors(y_i, Group(rest)), Negative(Factors(a_i, Group(left_over)))),
                    below,
                )
            ),
            "one fraction",
        ),
        (
            "error by output",
            Fraction(Terms(a_i, -y_i), below),
            "above the line, $-ay$ and $+ay$ cancel; the minus in front turns $y - a$",
        ),
        ("slope", slope, below, "slope of the sigmoid"),
        ("definition", d, Partial(E, z_i), "definition of the error term"),
        ("chain rule", Factors(by_output, slope), "chain rule"),
        (
            "put in",
            Factors(Fraction(Terms(a_i, -y_i), Struck(below)), Struck(below)),
            "the slope is what stands below the line",
        ),
        ("delta", Terms(a_i, -y_i), "it cancels"),
    )


S = Symbol("S", positive=True)
BRACKET = KroneckerDelta(i, p)


def softmax_slope():
    """How each output of a softmax reacts to each weighted input."""
    setting = Setting(
        """
from sympy import KroneckerDelta, Sum, diff, exp
from bplib.symbolic.notation import L, i, n, p, q, z
from bplib.symbolic.sums import equal_sums

S = Sum(exp(z(L, q)), (q, 1, n(L)))
a_p, a_i = exp(z(L, p))/S, exp(z(L, i))/S
""",
        {
            S: "S",
            A_I: "a_i",
            a(L, p): "a_p",
            Partial(S, Z_I): "diff(S, z(L, i))",
            Partial(exp(z(L, p)), Z_I): "diff(exp(z(L, p)), z(L, i))",
            Partial(a(L, p), Z_I): "diff(a_p, z(L, i))",
        },
        "equal_sums({left}, {right})",
    )
    up, up_i = exp(z(L, p)), exp(Z_I)
    return lines(
        "The slopes of softmax",
        "softmax-slope",
        setting,
        ("definition of S", S, Sum(exp(z(L, q)), (q, 1, n(L))), "a name for the sum"),
        ("definition", a(L, p), Fraction(up, S), "definition of softmax"),
        ("sum", Partial(S, Z_I), up_i, "one term of the sum holds $z^{L}_{i}$"),
        (
            "exponential",
            Partial(up, Z_I),
            Factors(BRACKET, up),
            "$[i = p]$ is 1 for the unit itself, 0 for the others",
        ),
        (
            "quotient rule",
            Partial(a(L, p), Z_I),
            Fraction(Terms(Factors(BRACKET, up, S), Negative(Factors(up, up_i))), Power(S, 2)),
            "quotient rule",
        ),
        (
            "split",
            Factors(Fraction(up, S), Fraction(Terms(Factors(BRACKET, S), -up_i), S)),
            "$e^{z_p}$ in front, one $S$ below each",
        ),
        (
            "divide",
            Factors(Fraction(up, S), Group(Terms(BRACKET, -Fraction(up_i, S)))),
            "divide each part",
        ),
        ("slope", Factors(a(L, p), Group(Terms(BRACKET, -A_I))), "both fractions are outputs"),
    )


def softmax_delta():
    """δ = a - y for softmax with cross-entropy, if the targets sum to 1."""
    preamble = """
from sympy import IndexedBase, KroneckerDelta, Sum, diff, exp, log
from bplib.symbolic.notation import L, i, n, p, q, y, z
from bplib.symbolic.sums import collapse, equal_sums

S = Sum(exp(z(L, q)), (q, 1, n(L)))
a_p, a_i = exp(z(L, p))/S, exp(z(L, i))/S
a = IndexedBase("a")                          # outputs as free symbols
E = -Sum(y(q)*log(a[q]), (q, 1, n(L)))
dE_da_p = collapse(diff(E, a[p])).subs(a[p], a_p)
E_of_z = -Sum(y(p)*log(a_p), (p, 1, n(L)))    # then as functions of z
delta_i = diff(E_of_z, z(L, i))
"""
    names = {
        E: "E_of_z",
        A_I: "a_i",
        a(L, p): "a_p",
        Partial(E, a(L, p)): "dE_da_p",
        Partial(a(L, p), Z_I): "diff(a_p, z(L, i))",
        Partial(E, Z_I): "delta_i",
        D_I: "delta_i",
    }
    setting = Setting(preamble, names, "equal_sums({left}, {right})")
    with_sum = Setting(
        preamble + "total = collapse(Sum(y(p), (p, 1, n(L))))    # is 1\n",
        names,
        "equal_sums(collapse({left}).xreplace({{total: 1}}), {right})",
    )
    by_output, slope = Partial(E, a(L, p)), Partial(a(L, p), Z_I)
    inner = Group(Terms(BRACKET, -A_I))
    total = Sum(y(p), OUTPUTS)
    return lines(
        "Softmax with cross-entropy",
        "softmax-delta",
        setting,
        ("definition of E", E, Negative(Sum(y(p) * log(a(L, p)), OUTPUTS)), "cross-entropy"),
        (
            "error by output",
            by_output,
            Negative(Fraction(y(p), a(L, p))),
            "one term holds $a^{L}_{p}$; $\\ln u$ has the derivative $1/u$",
        ),
        ("definition", D_I, Partial(E, Z_I), "definition of the error term"),
        (
            "chain rule",
            Sum(by_output * slope, OUTPUTS),
            "chain rule: $z^{L}_{i}$ changes every output, so all paths are added",
        ),
        (
            "put in",
            Sum(
                Factors(Group(Negative(Fraction(y(p), Struck(a(L, p))))), Struck(a(L, p)), inner),
                OUTPUTS,
            ),
            "both factors put in: $a^{L}_{p}$ cancels",
        ),
        ("cancel", Negative(Sum(Factors(y(p), inner), OUTPUTS)), "what is left"),
        (
            "two sums",
            Terms(Negative(Sum(Factors(y(p), BRACKET), OUTPUTS)), Factors(A_I, total)),
            "two sums; $a^{L}_{i}$ does not depend on $p$",
        ),
        (
            "any targets",
            Terms(Negative(y(i)), Factors(A_I, total)),
            "the bracket leaves the term $p = i$ of the first sum",
        ),
        Line(
            "delta",
            "line",
            D_I,
            Terms(A_I, -y(i)),
            "the targets sum to 1",
            with_sum,
            assumptions=[equation(total, 1)],
            without=setting,
        ),
    )


def linear_delta():
    """δ = a - y for the half squared error and linear outputs."""
    rule = half_squared_delta()
    setting = Setting(
        """
from sympy import Sum, diff
from bplib.symbolic.notation import L, i, n, p, y, z
from bplib.symbolic.sums import equal_sums

E = Sum((y(p) - z(L, p))**2, (p, 1, n(L)))/2        # a = z
a_i = z(L, i)
""",
        {A_I: "a_i", D_I: "diff(E, z(L, i))", g_prime(Z_I): "diff(a_i, z(L, i))"},
        "equal_sums({left}, {right})",
    )
    return lines(
        "Half squared error, linear outputs",
        "linear-delta",
        setting,
        ("rule", D_I, rule["delta"].rhs, "for any activation function"),
        ("delta", Terms(A_I, -y(i)), "$a = z$ has the slope 1"),
    )


def sigmoid_delta():
    """δ = (a - y) a (1 - a) for the half squared error and sigmoid outputs."""
    rule = half_squared_delta()
    setting = Setting(
        """
from sympy import Sum, diff, exp, simplify
from bplib.symbolic.notation import L, i, n, p, y, z
from bplib.symbolic.sums import collapse

def sigmoid(z):
    return 1/(1 + exp(-z))

E = Sum((y(p) - sigmoid(z(L, p)))**2, (p, 1, n(L)))/2
a_i = sigmoid(z(L, i))
""",
        {A_I: "a_i", D_I: "diff(E, z(L, i))", g_prime(Z_I): "diff(a_i, z(L, i))"},
        "simplify(collapse({left} - ({right})))",
    )
    return lines(
        "Half squared error, sigmoid outputs",
        "sigmoid-delta",
        setting,
        ("rule", D_I, rule["delta"].rhs, "for any activation function"),
        (
            "delta",
            Factors(Group(Terms(A_I, -y(i))), A_I, Group(Terms(1, -A_I))),
            "slope of the sigmoid, from the output",
        ),
    )


def largest_delta():
    """Where δ = (a - y) a (1 - a) is largest in size, for the targets 1, 0 and ½."""
    a_i, y_i, d = (Symbol(s, real=True) for s in ("a", "y", r"\delta"))
    by_a = Symbol(r"\frac{d \delta}{d a}", real=True)
    names = {a_i: "a", y_i: "y", d: "delta", by_a: "diff(delta, a)"}
    start = """
from sympy import Rational, diff, expand, symbols

a, y = symbols("a y", real=True)
{target}delta = (a - y)*a*(1 - a)
"""

    def setting(target=None):
        return Setting(
            start.format(target="" if target is None else f"y = {target}\n"),
            names,
            "expand({left} - ({right}))",
        )

    def at(target, right, reason, python):
        return Line(
            f"target {target}",
            "line",
            by_a,
            right,
            reason,
            setting(python),
            assumptions=[equation(y_i, target)],
            without=setting(),
        )

    one_third = Factors(Group(Terms(1, -a_i)), Group(Terms(3 * a_i, Negative(1))))
    two_thirds = Factors(a_i, Group(Terms(2, -3 * a_i)))
    half = Rational(1, 2)
    middle = Terms(Rational(1, 4), Negative(Factors(3, Power(Terms(a_i, Negative(half)), 2))))
    return lines(
        "Where the error term is largest",
        "largest-delta",
        setting(),
        (
            "definition",
            d,
            Factors(Group(Terms(a_i, -y_i)), a_i, Group(Terms(1, -a_i))),
            "half squared error, sigmoid",
        ),
        (
            "multiply out",
            Terms(-(a_i**3), Factors(Group(Terms(1, y_i)), Power(a_i, 2)), -y_i * a_i),
            "multiply out",
        ),
        (
            "slope",
            by_a,
            Terms(
                Negative(Factors(3, Power(a_i, 2))),
                Factors(2, Group(Terms(1, y_i)), a_i),
                -y_i,
            ),
            r"power rule; where $\delta$ turns, this is 0",
        ),
        at(
            1,
            one_third,
            r"in factors: 0 at $a = \tfrac{1}{3}$, and nowhere else between 0 and 1",
            1,
        ),
        at(
            0,
            two_thirds,
            r"in factors: 0 at $a = \tfrac{2}{3}$, and nowhere else between 0 and 1",
            0,
        ),
        at(
            half,
            middle,
            r"it is 0 where $(a - \tfrac{1}{2})^{2} = \tfrac{1}{12}$: $a = 0.21$ and $a = 0.79$, "
            "rounded",
            "Rational(1, 2)",
        ),
    )

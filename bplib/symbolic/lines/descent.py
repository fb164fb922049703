"""Gradient descent itself: the gradient of a mean, and the steepest way."""

from sympy import IndexedBase, Rational, Sum, Symbol

from ..layout import Factors, Fraction, Negative, Power, Terms
from ..notation import Templated, p, q
from ..programs import Setting
from .line import Line, lines


def _symbol(latex):
    return Symbol(latex, real=True)


def _indexed(template):
    """A symbol with its index in the place of #."""
    return lambda index: Templated(IndexedBase(template, real=True), index)


def mean_gradient():
    """The gradient of a mean of errors is the mean of their gradients."""
    N, n = (Symbol(s, integer=True, positive=True) for s in "Nn")
    whole, by_whole = _symbol("E"), _symbol(r"\frac{\partial E}{\partial w}")
    of_one, by_one = (_indexed(s)(n) for s in ("E_{#}", r"\frac{\partial E_{#}}{\partial w}"))
    setting = Setting(
        """
from sympy import Function, Sum, diff, symbols

n, N = symbols("n N", integer=True, positive=True)
w = symbols("w", real=True)
E_n = Function("E")(n, w)               # the error of example n, whatever it is
E = Sum(E_n, (n, 1, N))/N
""",
        {by_whole: "diff(E, w)", of_one: "E_n", by_one: "diff(E_n, w)", whole: "E"},
        "({left} - ({right})).doit()",
    )
    return lines(
        "The gradient of a mean",
        "mean-gradient",
        setting,
        (
            "definition",
            whole,
            Factors(Fraction(1, N), Sum(of_one, (n, 1, N))),
            "the error of a batch is the mean of the errors of its examples",
        ),
        (
            "mean",
            by_whole,
            Factors(Fraction(1, N), Sum(by_one, (n, 1, N))),
            "the derivative of a sum is the sum of the derivatives; $1/N$ is a constant factor",
        ),
    )


STEPS = """
from sympy import IndexedBase, Sum, symbols
from bplib.symbolic.notation import p, q
from bplib.symbolic.sums import equal_sums

P = symbols("P", integer=True, positive=True)
c = symbols("c", positive=True)
E = IndexedBase("E", real=True)
v = {step}
change = Sum(E[p]*v[p], (p, 1, P))
steepness = Sum(E[p]**2, (p, 1, P))         # squared length of the gradient
length = Sum(v[p]**2, (p, 1, P))            # and of the step
"""


def steepest_way():
    r"""No step of the same length changes the error more than one along the gradient.

    With $v_p$ for the step of parameter p and $E_p$ for the derivative by it, the error changes by
    $\sum_p E_p v_p$, up to terms of higher order. The identity of Lagrange, from which the
    inequality of Cauchy and Schwarz follows, says how far its square stays below a bound that
    depends on the length of the step alone.
    """
    P, c = Symbol("P", integer=True, positive=True), Symbol("c", positive=True)
    e, v = _indexed("E_{#}"), _indexed("v_{#}")
    change, squared = _symbol(r"\nabla E \cdot v"), _symbol(r"\left(\nabla E \cdot v\right)^{2}")
    steepness, length = _symbol(r"|\nabla E|"), _symbol("|v|")
    names = {
        squared: "change**2",
        steepness**2: "steepness",
        length**2: "length",
        change: "change",
        P: "P",
        c: "c",
    }
    any_step = names | {e(p): "E[p]", e(q): "E[q]", v(p): "v[p]", v(q): "v[q]"}
    setting, along = (
        Setting(STEPS.format(step=step), any_step, "equal_sums({left}, {right})")
        for step in ('IndexedBase("v", real=True)', "{p: c*E[p], q: c*E[q]}")
    )
    over_p, over_q = (p, 1, P), (q, 1, P)
    square = Power(Terms(Factors(e(p), v(q)), Negative(Factors(e(q), v(p)))), 2)
    bound = Factors(steepness**2, length**2)
    return lines(
        "No step of the same length changes the error more",
        "steepest-way",
        setting,
        (
            "definition",
            change,
            Sum(Factors(e(p), v(p)), over_p),
            "change of the error by a small step $v$: derivatives $E_{p}$ times steps $v_{p}$",
        ),
        (
            "identity of Lagrange",
            squared,
            Terms(bound, Negative(Factors(Rational(1, 2), Sum(square, over_q, over_p)))),
            "multiply out both sides: the same products",
        ),
        Line(
            "along the gradient",
            "line",
            squared,
            bound,
            "for a step along the gradient, $v_{p} = c\\, E_{p}$, every square is 0; for any other "
            "step something is taken away",
            along,
        ),
    )

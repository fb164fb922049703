"""Gradient descent itself: the gradient of a mean, mini-batches, and the steepest way."""

from sympy import IndexedBase, Sum, Symbol

from ..derivation import equation
from ..layout import Factors, Fraction, Group, Negative, Power, Terms
from ..notation import E, Partial, Templated, eta, i, j, l, p, w
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


def mini_batch_update():
    """One step of gradient descent with the mean error of B examples."""
    B, n = (Symbol(s, integer=True, positive=True) for s in "Bn")
    weight = w(l, i, j)
    new = _symbol(str(weight))
    by_whole, by_one = (
        Partial(E, weight),
        _indexed(rf"\frac{{\partial E_{{#}}}}{{\partial {weight}}}"),
    )
    error_term = _indexed(r"\delta^{l}_{i}(#)")
    activation = _indexed("a^{l-1}_{j}(#)")
    mean = Factors(Fraction(1, B), Sum(by_one(n), (n, 1, B)))
    setting = Setting(
        """
from sympy import Function, IndexedBase, Sum, diff, symbols

n, B = symbols("n B", integer=True, positive=True)
w = symbols("w", real=True)
eta = symbols("eta", positive=True)
u = symbols("u", real=True)
a = IndexedBase("a", real=True)
z_n = w*a[n] + Function("rest")(n)      # in example n; the rest does not hold this weight
error = Function("E")                   # E_n depends on the weight through z_n alone
E_n = error(n, z_n)
delta_n = diff(error(n, u), u).subs(u, z_n)
E = Sum(E_n, (n, 1, B))/B
w_new = w - eta*diff(E, w)
""",
        {
            new: "w_new",
            weight: "w",
            by_whole: "diff(E, w)",
            by_one(n): "diff(E_n, w)",
            error_term(n): "delta_n",
            activation(n): "a[n]",
            eta: "eta",
        },
        "({left} - ({right})).doit().simplify()",
    )

    def arrow(name, right, reason):
        kind = "definition" if name.startswith("definition") else "line"
        return Line(name, kind, new, right, reason, setting, relation=r"\leftarrow")

    return lines(
        "The update of a mini-batch",
        "mini-batch-update",
        setting,
        arrow(
            "definition of the step",
            Terms(weight, Negative(Factors(eta, by_whole))),
            "gradient descent, as for one example",
        ),
        ("mean", by_whole, mean, "the gradient of a mean, with $B$ examples"),
        (
            "each example",
            by_one(n),
            Factors(error_term(n), activation(n)),
            "the rule of every weight; $(n)$ marks what belongs to example $n$",
        ),
        arrow(
            "update",
            Terms(
                weight,
                Negative(
                    Factors(Fraction(eta, B), Sum(Factors(error_term(n), activation(n)), (n, 1, B)))
                ),
            ),
            "both put in",
        ),
    )


def steepest_way():
    r"""No step of the same length raises the error more than one along the gradient.

    With $v_p$ for the step of parameter p, the error changes by $\sum_p \partial E/\partial w_p\,
    v_p$, up to terms of higher order. The step is compared with $c$
    times the gradient, where $c$ makes both equally long: the sum of the squared differences is
    never negative. What follows is the inequality of Cauchy and Schwarz.
    """
    P, c = Symbol("P", integer=True, positive=True), Symbol("c", positive=True)
    e, v = _indexed(r"\frac{\partial E}{\partial w_{#}}"), _indexed("v_{#}")
    change = _symbol(r"\nabla E \cdot v")
    steepness, length = _symbol(r"|\nabla E|"), _symbol("|v|")
    over_p = (p, 1, P)
    difference = Power(Terms(v(p), Negative(Factors(c, e(p)))), 2)
    apart = _symbol(r"|v - c\,\nabla E|^{2}")
    names = {
        steepness**2: "steepness",
        length**2: "length",
        change: "change",
        apart: "apart",
        P: "P",
        c: "c",
        e(p): "E[p]",
        v(p): "v[p]",
    }
    preamble = """
from sympy import IndexedBase, Sum, symbols
from bplib.symbolic.notation import p
from bplib.symbolic.sums import {imported}

P = symbols("P", integer=True, positive=True)
c = symbols("c", positive=True)
E, v = IndexedBase("E", real=True), IndexedBase("v", real=True)
change = Sum(E[p]*v[p], (p, 1, P))
steepness = Sum(E[p]**2, (p, 1, P))         # squared length of the gradient
length = Sum(v[p]**2, (p, 1, P))            # and of the step
apart = Sum((v[p] - c*E[p])**2, (p, 1, P))  # and of the difference
"""
    any_length = Setting(
        preamble.format(imported="equal_sums"), names, "equal_sums({left}, {right})"
    )
    same_length = Setting(
        preamble.format(imported="collapse, equal_sums")
        + "\ndef given(expr):                        # length = c**2*steepness"
        + "\n    return collapse(expr).xreplace({collapse(length): collapse(c**2*steepness)})\n",
        names,
        "equal_sums(given({left}), given({right}))",
    )
    equally_long = equation(length**2, Factors(Power(c, 2), steepness**2))

    def with_length(name, left, right, reason):
        return Line(
            name,
            "line",
            left,
            right,
            reason,
            same_length,
            assumptions=[equally_long],
            without=any_length,
        )

    return lines(
        "No step of the same length raises the error more",
        "steepest-way",
        any_length,
        (
            "definition of the change",
            change,
            Sum(Factors(e(p), v(p)), over_p),
            "change of $E$ by a small step $v$: each derivative times its step $v_{p}$",
        ),
        (
            "definition of the difference",
            apart,
            Sum(difference, over_p),
            "compare $v$ with $c$ times the gradient: squared length of the difference",
        ),
        (
            "squares",
            Terms(
                Sum(Power(v(p), 2), over_p),
                Negative(Factors(2, c, Sum(Factors(e(p), v(p)), over_p))),
                Factors(Power(c, 2), Sum(Power(Terms(e(p)), 2), over_p)),
            ),
            "multiply out each square",
        ),
        (
            "lengths",
            Terms(
                length**2,
                Negative(Factors(2, c, Group(change))),
                Factors(Power(c, 2), steepness**2),
            ),
            "the outer sums are squared lengths, too; the one in the middle is the change",
        ),
        with_length(
            "same length",
            apart,
            Terms(Factors(2, Power(c, 2), steepness**2), Negative(Factors(2, c, Group(change)))),
            r"choose $c = |v| / |\nabla E|$, so that both steps are equally long: there is such "
            r"a $c$ where $\nabla E \neq 0$",
        ),
        with_length(
            "solve",
            change,
            Terms(
                Factors(c, steepness**2),
                Negative(Factors(Fraction(1, Factors(2, c)), apart)),
            ),
            "solve for the change: a squared length is taken away, unless it is 0",
        ),
    )

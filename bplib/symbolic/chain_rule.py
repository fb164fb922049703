r"""The multi-dimensional chain rule: proved for any number of arguments, then used.

Let $f$ be a differentiable function of $D$ variables and $u_1 \dots u_D$ functions of one. Then

$$\frac{d}{dx} f(u_1(x), \dots, u_D(x)) =
  \sum_{d=1}^{D} \frac{\partial f}{\partial u_d} \frac{d u_d}{d x}$$

Backpropagation uses it with E for f, the weighted inputs of one layer for the $u_d$, and for x a
weighted input of the layer before, a weight or a bias.
"""

from sympy import Add, Derivative, Function, IndexedBase, Subs, Sum, Symbol

from ..validation import whole_number
from .derivation import Derivation, Step, equation
from .notation import E, Partial, Templated, k, n, z
from .sums import equal_sums

x = Symbol("x", real=True)


def chain_rule(arguments=None):
    """The multi-dimensional chain rule, as a derivation whose steps are proved.

    Parameters
    ----------
    arguments : int or None
        For a function of so many variables: the rule, proved by SymPy's own `diff`. None: for
        any number of variables, proved by induction.

    Returns
    -------
    Derivation
        With the step "chain rule"; or with "one argument", "two arguments" and "one argument
        more", which together are the induction.
    """
    if arguments is None:
        steps = [_written_out("one argument", 1), _written_out("two arguments", 2), _one_more()]
        return Derivation("chain rule, any number of arguments", steps, origin="chain_rule()")
    count = whole_number("arguments", arguments, minimum=1)
    return Derivation(
        f"chain rule, arguments: {count}",
        [_written_out("chain rule", count)],
        origin=f"chain_rule({count})",
    )


def through_layer(layer, by):
    """dE/d(by) by the chain rule over every unit of a layer: sum over k of dE/dz_k dz_k/d(by)."""
    return Sum(Partial(E, z(layer, k)) * Partial(z(layer, k), by), (k, 1, n(layer)))


def _written_out(name, count):
    u = [Function(f"u_{{{number}}}")(x) for number in range(1, count + 1)]
    f = Function("f")(*u)
    right = Add(*(Derivative(f, u_d) * Derivative(u_d, x) for u_d in u))
    reason = "x changes every argument, and every argument changes f"
    return Step(name, "chain rule", equation(Derivative(f, x), right), reason, _by_diff)


def _by_diff(statement, assumptions):
    return (statement.lhs.doit() - statement.rhs.doit()).expand() == 0


def _one_more():
    r"""From D arguments to D + 1.

    $F(s, v) = f(u_1(s), \dots, u_D(s), v)$ is a function of two arguments. The rule for two gives
    its derivative along $s = x$, $v = u_{D+1}(x)$; the rule for D gives $\partial F/\partial s$.
    """
    D = Symbol("D", integer=True, positive=True)
    d = Symbol("d", integer=True, positive=True)
    f_d, du_d = (
        lambda index, template=template: Templated(IndexedBase(template, real=True), index)
        for template in (r"\frac{\partial f}{\partial u_{#}}", r"\frac{d u_{#}}{d x}")
    )
    v = Function("u_{D+1}")(x)
    F = Function("F")(x, v)
    right = Sum(f_d(d) * du_d(d), (d, 1, D + 1))

    def prove(statement, assumptions):
        derivative = statement.lhs.doit()
        (by_first,) = derivative.atoms(Subs)
        hypothesis = {by_first: Sum(f_d(d) * du_d(d), (d, 1, D))}
        names = {Derivative(F, v): f_d(D + 1), Derivative(v, x): du_d(D + 1)}
        return equal_sums(derivative.xreplace(hypothesis).xreplace(names), statement.rhs)

    reason = (
        "induction: F(s, v) is f with its first D arguments at s, where the rule holds, "
        "and its last argument at v; then the rule for two arguments"
    )
    return Step("one argument more", "chain rule", equation(Derivative(F, x), right), reason, prove)

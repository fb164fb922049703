r"""The rule of every feed-forward graph, proved for all of them at once.

Number the units so that each comes after those that feed it: unit k may be fed by 1 … k − 1, with
$w_{kj} = 0$ where there is no connection. An input counts as a unit that nothing feeds: its z is
the input itself, which stands in the place of b, and its g the identity. Each unit has a function
$g_i$ of its own z alone (so no unit is part of a softmax). The error is a formula of the
activations $a_1 \dots a_U$; $E_{a_i}$ is its **direct** derivative with respect to $a_i$, all other
activations held fixed, and 0 for a unit without a target. E and all $g_i$ have continuous
derivatives; hence so has every $F_k$.

Let $f_k(z_1, \dots, z_{k-1}) = \sum_{j=1}^{k-1} w_{kj}\, g_j(z_j) + b_k$, the formula that gives
$z_k$. Its derivative by $z_i$ is the **direct** reaction, with the other z held fixed. And let
$F_k(z_1, \dots, z_k)$ be the error as a function of the first k weighted inputs, with all later
units following. So $F_U$ is the error with no unit following, and one unit after another is
eliminated:

$$F_{k-1}(z_1, \dots, z_{k-1}) = F_k\big(z_1, \dots, z_{k-1}, f_k(z_1, \dots, z_{k-1})\big)$$

The error term $\delta_k = \partial E / \partial z_k$ pushes $z_k$ alone, holds fixed what comes
before and lets what comes after follow: it is $\partial F_k / \partial z_k$. By induction over
the units that have been eliminated,

$$\delta_i = g_i'(z_i) \Big( E_{a_i} + \sum_{k \in O_i} w_{ki}\, \delta_k \Big)$$

with $O_i$ for the units that unit i feeds. Each path from i to the error is counted once: by its
first connection here, by the others in $\delta_k$.

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.3, for the rule;
it is stated there for hidden units.
"""

from functools import cache

from sympy import Function, Pow, Sum, Symbol, diff, expand

from .chain_rule import instance
from .derivation import Derivation, Step, equation
from .graph_programs import program
from .induction import Induction
from .notation import E, Partial, i, j, k, q
from .sums import collapse, equal_sums
from .unit_notation import (
    F,
    Feeds,
    Of,
    SumOver,
    U,
    UnitIndexed,
    a,
    b,
    delta,
    direct,
    f,
    g,
    m,
    w,
    z,
)

_d = Symbol("d", integer=True, positive=True)
_DOTS = Symbol(r"\dots")


def weighted_input(unit, outputs=a):
    """z of a unit, written out in the activations (or other `outputs`) of those before it."""
    return Sum(w(unit, j) * outputs(j), (j, 1, unit - 1)) + b(unit)


def _of_z(unit):
    """The activation of a unit, written in its z."""
    return g(z(unit))


def _that_follow(unit, last):
    """Sum over the units after `last`, of what they send back to `unit`."""
    return Sum(w(k, unit) * delta(k), (k, last + 1, U))


def any_graph():
    """The rules of any feed-forward graph, line by line.

    Returns
    -------
    Derivation
        With the steps "z", "a", "f", "E", "one unit less", "E_a", "O", "delta: definition",
        "dF_U/dz", "df_k/dz_i", "chain rule", "dF_k-1/dz", "induction", "delta: by numbers",
        "delta", "delta: no target", "dE/da", "delta: over a", "dE/dw: chain rule", "dz/dw",
        "dE/dw", "dE/db: chain rule", "dz/db" and "dE/db".

    Examples
    --------
    >>> any_graph()["dE/dw"]
    dE/dw: d(E)/d(w_{ij}) = delta_{i}*a_{j}
    >>> any_graph().prove()
    any feed-forward graph: all 16 statements proved, 8 definitions
    """
    steps = [*_definitions(), *_steps()]
    return _AnyGraph("any feed-forward graph", steps, origin="any_graph()")


class _AnyGraph(Derivation):
    def program(self, step):
        return program(step)


def skip_rule():
    r"""The rule for a unit without a target, with its sum over all units of a higher number.

    Returns
    -------
    Step
        "delta: by numbers" of `any_graph`, given that $E_{a_i} = 0$. Units that are not fed have
        the weight 0, so that the sum is the one over $O_i$. Its proof is that of `any_graph`.
    """
    return Step(
        "delta: any outgoing connections",
        "delta",
        equation(delta(i), g(z(i)).diff(z(i)) * _that_follow(i, i)),
        "the error terms of all units that this one feeds, weighted, times the slope",
        _by_numbers,
        [equation(direct(i), 0)],
    )


def _definitions():
    for name, kind, left, right, reason in (
        (
            "z",
            "forward",
            z(k),
            weighted_input(k),
            "units are numbered so that each comes after those that feed it; "
            "a weight is 0 where there is no connection",
        ),
        ("a", "forward", a(i), _of_z(i), "each unit has its own activation function"),
        (
            "f",
            "definition",
            Of(f(k), z(1), _DOTS, z(k - 1)),
            weighted_input(k, _of_z),
            "the formula that gives $z_{k}$, in the weighted inputs before it",
        ),
        (
            "E",
            "error",
            Of(F(U), z(1), _DOTS, z(U)),
            Of(E, a(1), _DOTS, a(U)),
            "the error as a function of all weighted inputs; its formula holds the activations "
            "of the units that have a target",
        ),
        (
            "one unit less",
            "definition",
            Of(F(k - 1), z(1), _DOTS, z(k - 1)),
            Of(F(k), z(1), _DOTS, z(k - 1), Of(f(k), z(1), _DOTS, z(k - 1))),
            "the error as a function of the first $k - 1$ weighted inputs: unit $k$ follows, as "
            "all units after it do already",
        ),
        (
            "E_a",
            "definition",
            direct(i),
            Partial(Of(E, a(1), _DOTS, a(U)), a(i)),
            "the direct derivative: of the formula of $E$, with all other activations held fixed; "
            "0 for a unit without a target",
        ),
        (
            "O",
            "definition",
            w(k, i),
            w(k, i) * Feeds(k, i),
            "$O_{i}$ holds the units that unit $i$ feeds; all other weights from it are 0",
        ),
        (
            "delta: definition",
            "definition",
            delta(i),
            Partial(F(i), z(i)),
            "what $\\partial E / \\partial z_{i}$ means: the weighted inputs before $i$ are held "
            "fixed, those after $i$ follow",
        ),
    ):
        definition = equation(left, right)
        yield Step(name, kind, definition, reason, _is(definition))


def _is(definition):
    return lambda statement, assumptions: statement == definition


def _steps():
    slope = diff(_of_z(i), z(i))
    out = SumOver(w(k, i) * delta(k), k, i)
    before, after = Partial(F(k - 1), z(i)), Partial(F(k), z(i))
    through = Partial(f(k), z(i))
    no_unit, one_less = _last_unit(_of_z, z), _one_unit_less(_of_z, z)

    yield _step(
        "dF_U/dz",
        "chain rule",
        Partial(F(U), z(i)),
        slope * direct(i),
        "no unit follows: $z_{i}$ changes $a_{i}$ and nothing else, and that changes $E$",
        {Partial(F(U), z(i)): no_unit},
    )
    yield _step(
        "df_k/dz_i",
        "derivative",
        through,
        w(k, i) * slope,
        "one term of $f_{k}$ holds $z_{i}$: the direct part only, the other $z_{j}$ held fixed",
        {through: diff(weighted_input(k, _of_z), z(i))},
    )
    yield _step(
        "chain rule",
        "chain rule",
        before,
        after + delta(k) * through,
        "chain rule, for $i < k$: two arguments of $F_{k}$ change, $z_{i}$ itself and the last "
        "one, $f_{k}$; and $\\delta_{k}$ is $\\partial F_{k} / \\partial z_{k}$",
        {before: one_less(k), through: diff(weighted_input(k, _of_z), z(i))},
    )
    yield _step(
        "dF_k-1/dz",
        "derivative",
        before,
        after + w(k, i) * delta(k) * slope,
        "for $i < k$: each unit that follows adds one term",
        {before: one_less(k)},
    )
    yield Step(
        "induction",
        "induction",
        equation(Partial(F(m), z(i)), slope * (direct(i) + _that_follow(i, m))),
        "it holds for $m = U$, where no unit follows, and for $m - 1$ if it holds for $m$: "
        "so for every $m$ from $i$ to $U$",
        by_elimination(_of_z, z),
    )
    yield Step(
        "delta: by numbers",
        "delta",
        equation(delta(i), slope * (direct(i) + _that_follow(i, i))),
        "the last statement for $m = i$: all units after $i$ follow",
        _by_numbers,
    )
    yield Step(
        "delta",
        "delta",
        equation(delta(i), slope * (direct(i) + out)),
        "units that $i$ does not feed have the weight 0",
        _by_membership,
    )
    yield Step(
        "delta: no target",
        "delta",
        equation(delta(i), slope * out),
        "a unit without a target is not in the formula of $E$",
        _by_membership,
        [equation(direct(i), 0)],
    )
    yield Step(
        "dE/da",
        "derivative",
        equation(Partial(E, a(i)), direct(i) + out),
        "the total derivative: push $a_{i}$ alone, let all units after $i$ follow. The same "
        "induction, with $a_{i}$ in place of $z_{i}$",
        _by_membership,
    )
    yield Step(
        "delta: over a",
        "chain rule",
        equation(delta(i), slope * Partial(E, a(i))),
        "chain rule: $z_{i}$ changes $a_{i}$, and all else follows from that",
        _by_membership,
    )
    yield from _gradient("w", w(i, j), a(j), "one term of $z_{i}$ holds $w_{ij}$")
    yield from _gradient("b", b(i), 1, "the bias is added as it is")


def _gradient(letter, parameter, factor, reason):
    left, own = Partial(E, parameter), Partial(z(i), parameter)
    through = {left: _by_parameter(parameter)}
    kept = {own: diff(_any_input(i), parameter)}
    yield _step(
        f"dE/d{letter}: chain rule",
        "chain rule",
        left,
        Partial(F(i), z(i)) * own,
        f"chain rule: of all $z$ up to $z_{{i}}$, ${parameter}$ stands in $z_{{i}}$ alone; and the "
        "formula of $F_{i}$ holds only parameters of units after $i$",
        through | kept | {Partial(F(i), z(i)): delta(i)},
    )
    yield _step(f"dz/d{letter}", "derivative", own, factor, reason, kept)
    reason = "put in; the first factor is $\\delta_{i}$, by its definition"
    yield _step(f"dE/d{letter}", "gradient", left, delta(i) * factor, reason, through)


def _step(name, kind, left, right, reason, meanings):
    """A step that is proved by putting in what its symbols stand for, on both sides."""

    def prove(statement, assumptions):
        return equal_sums(statement.lhs.xreplace(meanings), statement.rhs.xreplace(meanings))

    return Step(name, kind, equation(left, right), reason, prove)


class _Formula(Function):
    """The formula of E as a function of one activation, all others held fixed."""

    nargs = 1

    def fdiff(self, argindex=1):
        return direct(i)


def _last_unit(output, by):
    """dF_U/d(by_i): no unit follows, and the formula of E is left."""
    return diff(_Formula(output(i)), by(i))


def _one_unit_less(output, by):
    """A function of k: dF_{k-1}/d(by_i), by the chain rule over the k arguments of F_k.

    The first k - 1 of them are the variables themselves. The last is z_k, which follows.
    """
    kept = {Partial(by(_d), by(i)): diff(by(_d), by(i))}

    def derivative(unit):
        arguments = instance(F(unit), by, by(i), unit - 1, _d).xreplace(kept)
        return arguments + _last_argument(unit, by(i), weighted_input(unit, output))

    return derivative


def _last_argument(unit, by, value):
    """The term of the chain rule for the last argument of F_unit, which is z of this unit."""
    term = instance(F(unit), z, by, unit, _d).function.subs(_d, unit)
    definition = {Partial(F(unit), z(unit)): delta(unit)}
    return term.xreplace({Partial(z(unit), by): diff(value, by), **definition})


def _by_parameter(parameter):
    """dE/d(parameter) of unit i, by the chain rule over the i arguments of F_i.

    The activations before unit i do not change with the parameter; all units after i follow.
    """
    kept = {Partial(z(_d), parameter): diff(_any_input(_d), parameter)}
    arguments = instance(F(i), z, parameter, i - 1, _d).xreplace(kept)
    return arguments + _last_argument(i, parameter, _any_input(i))


def _any_input(unit):
    """z of a unit, with an index that stands in no parameter."""
    return Sum(w(unit, q) * a(q), (q, 1, unit - 1)) + b(unit)


def by_elimination(output, by):
    """The induction over the units that have been eliminated, as base, hypothesis and step.

    Parameters
    ----------
    output : callable
        output(unit) is its activation, as a function of by(unit).
    by : callable
        by(unit) is the symbol to differentiate by: z, or a.
    """

    def base(statement):
        left, right = (side.subs(m, U) for side in statement.args)
        return left == Partial(F(U), by(i)) and equal_sums(_last_unit(output, by), right)

    def hypothesis(statement):
        return {statement.lhs: statement.rhs}

    def step(statement, hypothesis):
        if statement.lhs != Partial(F(m), by(i)):
            return False
        true_value = collapse(_one_unit_less(output, by)(m)).xreplace(hypothesis)
        return equal_sums(true_value, statement.rhs.subs(m, m - 1))

    return Induction(base, hypothesis, step)


@cache
def _total():
    """dE/da_i, the total derivative, once it has been proved."""
    statement = equation(Partial(F(m), a(i)), direct(i) + _that_follow(i, m))
    if not by_elimination(a, a)(statement):
        raise ArithmeticError("the total derivative is not proved")
    return statement.rhs.subs(m, i)


@cache
def _delta():
    """delta_i by the numbers of the units, once it has been proved."""
    slope = diff(_of_z(i), z(i))
    statement = equation(Partial(F(m), z(i)), slope * (direct(i) + _that_follow(i, m)))
    if not by_elimination(_of_z, z)(statement):
        raise ArithmeticError("the rule by numbers is not proved")
    return statement.rhs.subs(m, i)


def _by_numbers(statement, assumptions):
    """By the statement for every m, with m = i."""
    return _equal_by_numbers(statement, assumptions, lambda side: side)


def _by_membership(statement, assumptions):
    """As `_by_numbers`, with the weights that are 0."""
    return _equal_by_numbers(statement, assumptions, _with_members)


def _equal_by_numbers(statement, assumptions, written):
    known = {delta(i): _delta(), Partial(E, a(i)): _total()}
    given = {assumption.lhs: assumption.rhs for assumption in assumptions}
    sides = (written(side.xreplace(known).xreplace(given)) for side in statement.args)
    return equal_sums(*sides)


def _with_members(side):
    """Every weight with [k in O_i] as a factor, and a sum over O_i as one over all later units."""
    side = side.replace(_is_weight, lambda weight: weight * Feeds(*weight.indices))
    side = side.replace(SumOver, lambda body, k, i: Sum(Feeds(k, i) * body, (k, i + 1, U)))
    side = side.replace(Sum, lambda body, limits: Sum(expand(body), limits))
    # A factor that is 0 or 1 is its own square.
    return side.replace(
        lambda e: isinstance(e, Pow) and isinstance(e.base, Feeds), lambda e: e.base
    )


def _is_weight(e):
    return isinstance(e, UnitIndexed) and e.base == w(k, i).base

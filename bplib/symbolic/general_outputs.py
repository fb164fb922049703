r"""The error terms of the output layer, for any number of outputs.

Every error is a sum over the outputs, so that `sympy.diff` finds $\partial E / \partial a^L_p$
from one term. Each rule is that derivative times the slope of the activation, and is proved by
differentiating E with $a^L = g(z^L)$ put in.
"""

from sympy import Sum, cancel, diff, exp, expand, factor_terms

from .derivation import Step, equation
from .functions import ACTIVATIONS, ERRORS
from .notation import L, Partial, a, delta, g, i, is_house, n, p, q, y, z
from .sums import collapse, equal_sums

OUTPUTS = (p, 1, n(L))
ANY = "any activation"


def output_rules():
    """Steps "delta^L: half_squared, any activation", "delta^L: half_squared, sigmoid", ..."""
    yield _unitwise(ERRORS["half_squared"], ANY)
    for error in ERRORS.values():
        for activation in error.outputs:
            if activation == "softmax":
                yield from _softmax(error)
            else:
                yield _unitwise(error, activation)


def _unitwise(error, activation):
    """dE/da times da/dz, each by `diff`."""
    z_i, a_i = z(L, i), a(L, i)
    by_output = diff(error.expression([a_i], [y(i)]), a_i)
    slope = diff(_output(activation, i), z_i)
    if activation != ANY:
        slope = ACTIVATIONS[activation].in_outputs(slope, z_i, a_i)
    right = by_output * slope
    if error.logarithmic:
        right = expand(cancel(right))
    reason = "derivative of the error with respect to the output, times the slope of the activation"
    return _step(error, activation, "", "delta", delta(L, i), right, reason)


def _softmax(error):
    """The chain rule over all outputs, each of which depends on every z."""
    a_i, d = a(L, i), delta(L, i)
    total = Sum(exp(z(L, q)), (q, 1, n(L)))
    slope = collapse(diff(_output("softmax", p), z(L, i)))
    # In terms of the outputs: exp(z_p) = a_p S, where q stands for the sum S.
    slope = slope.xreplace({collapse(total): q}).replace(exp, lambda z_p: a(*z_p.indices) * q)
    by_output = diff(error.expression([a(L, p)], [y(p)]), a(L, p))
    right = _named(factor_terms(collapse(Sum(by_output * expand(slope), OUTPUTS))))
    reason = "chain rule over every output: softmax couples them"
    if not error.targets_sum_to_one:
        yield _step(error, "softmax", "", "delta", d, right, reason)
        return
    targets = Sum(y(p), OUTPUTS)
    short = right.xreplace({targets: 1})
    reason += "; nothing assumed of the targets"
    yield _step(error, "softmax", ", any targets", "assumption", d, right, reason)
    yield _step(
        error,
        "softmax",
        ": what the short rule leaves out",
        "assumption",
        d - short,
        (targets - 1) * a_i,
        "the short rule is wrong by this much, so it needs targets that sum to 1",
    )
    reason = "the targets sum to 1"
    yield _step(error, "softmax", "", "delta", d, short, reason, [equation(targets, 1)])


def _output(activation, unit):
    """a^L of one unit as a function of z^L."""
    if activation == ANY:
        return g(z(L, unit))
    if activation == "softmax":
        return exp(z(L, unit)) / Sum(exp(z(L, q)), (q, 1, n(L)))
    return ACTIVATIONS[activation].expression(z(L, unit))


def _step(error, activation, suffix, kind, left, right, reason, assumptions=()):
    """A step that is proved by differentiating E with all outputs written as functions of z."""
    total = Sum(error.expression([_output(activation, p)], [y(p)]), OUTPUTS)

    def meaning(side, given):
        side = side.replace(Partial, lambda of, by: delta(*by.indices))
        side = side.replace(
            lambda e: is_house(e, "a", L), lambda e: _output(activation, e.indices[1])
        ).replace(lambda e: is_house(e, r"\delta", L), lambda e: diff(total, z(*e.indices)))
        return collapse(side).xreplace(given)

    def prove(statement, assumptions):
        given = {collapse(assumption.lhs): assumption.rhs for assumption in assumptions}
        return equal_sums(meaning(statement.lhs, given), meaning(statement.rhs, given))

    name = f"delta^L: {error.name}, {activation}{suffix}"
    return Step(name, kind, equation(left, right), reason, prove, assumptions)


def _named(expr):
    """Summation indices as a reader writes them: p for the numbered ones of the normal form."""
    numbered = {s for total in expr.atoms(Sum) for s in total.variables}
    return expr.xreplace(dict.fromkeys(numbered, p))

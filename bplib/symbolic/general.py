r"""The rules for any width, any depth and any differentiable activation function.

Sizes $n_l$, layer numbers and unit numbers stay symbols throughout, and so does the activation
function $g$. Every rule is put together from factors that `sympy.diff` found, and proved by
differentiating in one go the expression with everything substituted.

For that, one layer at a time is enough. E depends on a parameter of layer l through
$z^l_1, z^l_2, \dots$ alone. So its derivative is, by the chain rule for any number of arguments
(`bplib.symbolic.chain_rule`, proved there), $\sum_k \frac{\partial E}{\partial z^l_k}
\frac{\partial z^l_k}{\partial w}$. That the rules, used from the last layer to the first, give
the derivatives in every layer is then proved by induction.
"""

from sympy import KroneckerDelta, Sum, diff

from .chain_rule import through_layer
from .derivation import Derivation, Step, equation
from .general_outputs import output_rules
from .induction import Induction
from .notation import E, L, Partial, a, b, delta, g, i, j, k, l, n, p, q, w, z
from .sums import collapse, equal_sums


def general_rules():
    """The general rules and their proofs.

    Returns
    -------
    Derivation
        With the steps "dz/dw: any pair", "dz/dw", "dz/db", "dz/da", "da/dz", "delta: definition",
        "dE/dw: chain rule", "dE/dw", "dE/db", "delta: chain rule", "delta" (the generalized delta
        rule), "delta^L: ..." for each error and output activation, and "induction".

    Examples
    --------
    >>> general_rules()["delta"]
    delta: delta^{l}_{i} = g'(z^{l}_{i})*Sum(delta^{l+1}_{k}*w^{l+1}_{ki}, (k, 1, n_{l+1}))
    """
    outputs = list(output_rules())
    steps = [*_one_layer(), *_gradients(), *_hidden(), *outputs, _induction(outputs)]
    return Derivation("rules for any width and depth", steps, origin="general_rules()")


def weighted_input(layer, unit, outputs=None):
    """z of a unit, written out as a function of the activations (or the z) before it."""
    before = a(layer - 1, q) if outputs is None else outputs(z(layer - 1, q))
    return Sum(w(layer, unit, q) * before, (q, 1, n(layer - 1))) + b(layer, unit)


def _through(layer, value, by):
    """dE/d(by) by the chain rule over the z_k of a layer, `value` being z_k as a function of it."""
    return through_layer(layer, by).xreplace({Partial(z(layer, k), by): diff(value, by)})


def _step(name, kind, left, right, reason, meanings):
    """A step that is proved by putting in what its symbols stand for, on both sides."""

    def prove(statement, assumptions):
        return equal_sums(statement.lhs.xreplace(meanings), statement.rhs.xreplace(meanings))

    return Step(name, kind, equation(left, right), reason, prove)


# What stays as it is when a layer is taken by itself: the definition of its error terms.
_DELTA = {
    delta(layer, unit): Partial(E, z(layer, unit)) for layer in (l, l + 1) for unit in (i, j, k)
}


def _one_layer():
    """The derivatives of one layer's own formulas."""
    any_pair = Partial(z(l, i), w(l, p, j))
    yield _step(
        "dz/dw: any pair",
        "derivative",
        any_pair,
        KroneckerDelta(i, p) * a(l - 1, j),
        "a weight changes the weighted input of its own unit alone",
        {any_pair: diff(weighted_input(l, i), w(l, p, j))},
    )
    by_weight = Partial(z(l, i), w(l, i, j))
    yield _step(
        "dz/dw",
        "derivative",
        by_weight,
        a(l - 1, j),
        "only one term of the weighted sum holds this weight",
        {by_weight: diff(weighted_input(l, i), w(l, i, j))},
    )
    by_bias = Partial(z(l, i), b(l, i))
    yield _step(
        "dz/db",
        "derivative",
        by_bias,
        1,
        "the bias is added as it is",
        {by_bias: diff(weighted_input(l, i), b(l, i))},
    )
    by_activation = Partial(z(l + 1, k), a(l, i))
    yield _step(
        "dz/da",
        "derivative",
        by_activation,
        w(l + 1, k, i),
        "only one term of the weighted sum holds this activation",
        {by_activation: diff(weighted_input(l + 1, k), a(l, i))},
    )
    slope = Partial(a(l, i), z(l, i))
    yield _step(
        "da/dz",
        "definition",
        slope,
        diff(g(z(l, i)), z(l, i)),
        "$g'$ stands for the derivative of the activation function",
        {slope: diff(g(z(l, i)), z(l, i))},
    )
    yield _step(
        "delta: definition",
        "definition",
        delta(l, i),
        Partial(E, z(l, i)),
        "definition of the error term",
        _DELTA,
    )


def _gradients():
    by_weight, by_bias = Partial(E, w(l, i, j)), Partial(E, b(l, i))
    weight = {**_DELTA, by_weight: _through(l, weighted_input(l, k), w(l, i, j))}
    bias = {**_DELTA, by_bias: _through(l, weighted_input(l, k), b(l, i))}
    factor = Partial(z(l, k), w(l, i, j))
    yield _step(
        "dE/dw: chain rule",
        "chain rule",
        by_weight,
        through_layer(l, w(l, i, j)),
        "chain rule over every unit of layer $l$; all terms but that of unit $i$ are 0",
        {**weight, factor: diff(weighted_input(l, k), w(l, i, j))},
    )
    yield _step(
        "dE/dw",
        "gradient",
        by_weight,
        delta(l, i) * collapse(diff(weighted_input(l, i), w(l, i, j))),
        "error term times incoming activation",
        weight,
    )
    yield _step(
        "dE/db",
        "gradient",
        by_bias,
        delta(l, i) * collapse(diff(weighted_input(l, i), b(l, i))),
        "the bias changes $z$ one to one, so its gradient is the error term",
        bias,
    )


def _hidden():
    following = weighted_input(l + 1, k, outputs=g)
    meanings = {**_DELTA, delta(l, i): _through(l + 1, following, z(l, i))}
    factor = Partial(z(l + 1, k), z(l, i))
    yield _step(
        "delta: chain rule",
        "chain rule",
        delta(l, i),
        through_layer(l + 1, z(l, i)),
        "chain rule over every unit of layer $l + 1$",
        {**meanings, factor: diff(following, z(l, i))},
    )
    slope = diff(g(z(l, i)), z(l, i))
    weight = collapse(diff(weighted_input(l + 1, k), a(l, i)))
    yield _step(
        "delta",
        "delta",
        delta(l, i),
        slope * Sum(weight * delta(l + 1, k), (k, 1, n(l + 1))),
        "generalized delta rule: the error terms of layer $l + 1$, weighted, times the slope",
        meanings,
    )


def _induction(outputs):
    return Step(
        "induction",
        "induction",
        equation(Partial(E, z(l, i)), delta(l, i)),
        "it holds for $l = L$ by the rule for the outputs, and for $l$ if it holds for $l + 1$: "
        "so for every layer",
        by_layers(outputs),
    )


def by_layers(outputs):
    r"""$\partial E / \partial z^l_i = \delta^l_i$ in every layer, with δ as the rules compute it.

    Base: in the output layer, by the rule for that layer, whichever error and activation the
    network has. Hypothesis: in layer l + 1. Step: then in layer l, by the chain rule over the
    units of layer l + 1.

    Parameters
    ----------
    outputs : sequence of Step
        The rules for the output layer.

    Returns
    -------
    Induction
    """
    _, rule = _hidden()
    derivative = Partial(E, z(l, i))

    def base(statement):
        rules = [step for step in outputs if step.kind == "delta"]
        return bool(rules) and all(step.proves(_in_output_layer(statement, step)) for step in rules)

    def hypothesis(statement):
        next_layer = {l: l + 1, i: k}
        return {statement.lhs.subs(next_layer): statement.rhs.subs(next_layer)}

    def step(statement, hypothesis):
        if statement.lhs != derivative:
            return False
        following = weighted_input(l + 1, k, outputs=g)
        true_value = _through(l + 1, following, z(l, i)).xreplace(hypothesis)
        return equal_sums(true_value, statement.rhs.xreplace({rule.lhs: rule.rhs}))

    return Induction(base, hypothesis, step)


def _in_output_layer(statement, rule):
    """The statement for l = L, with the rule for the outputs put in."""
    left, right = (side.subs(l, L) for side in statement.args)
    return equation(left, right.xreplace({rule.lhs: rule.rhs}))

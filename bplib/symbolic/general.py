r"""The rules for any width, any depth and any differentiable activation function.

Sizes $n_l$, layer numbers and unit numbers stay symbols throughout, and so does the activation
function $g$. Every rule is put together from factors that `sympy.diff` found, and proved by
differentiating in one go the expression with everything substituted.

For that, one layer at a time is enough. By the chain rule over the units of a layer
(`bplib.symbolic.chain_rule`), E depends on a parameter of layer l through $z^l_1, z^l_2, \dots$
alone, and so its derivative is that of $\sum_k \frac{\partial E}{\partial z^l_k} z^l_k$ with the
first factors held fixed. That the rules, used from the last layer to the first, give the
derivatives in every layer is then proved by induction.
"""

from sympy import KroneckerDelta, Sum, diff

from .chain_rule import through_layer
from .derivation import Derivation, Step, equation
from .general_outputs import output_rules
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
    """
    outputs = list(output_rules())
    steps = [*_one_layer(), *_gradients(), *_hidden(), *outputs, _induction(outputs)]
    return Derivation("rules for any width and depth", steps, origin="general_rules()")


def weighted_input(layer, unit, outputs=None):
    """z of a unit, written out as a function of the activations (or the z) before it."""
    before = a(layer - 1, q) if outputs is None else outputs(z(layer - 1, q))
    return Sum(w(layer, unit, q) * before, (q, 1, n(layer - 1))) + b(layer, unit)


def _fixed(layer, value, by):
    """dE/d(by) through the z_k of a layer, whose `value` is given as a function of unit k."""
    return Sum(Partial(E, z(layer, k)) * diff(value, by), (k, 1, n(layer)))


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
        "derivative",
        slope,
        diff(g(z(l, i)), z(l, i)),
        "the activation function has a derivative",
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
    weight = {**_DELTA, by_weight: _fixed(l, weighted_input(l, k), w(l, i, j))}
    bias = {**_DELTA, by_bias: _fixed(l, weighted_input(l, k), b(l, i))}
    factor = Partial(z(l, k), w(l, i, j))
    yield _step(
        "dE/dw: chain rule",
        "chain rule",
        by_weight,
        through_layer(l, w(l, i, j)),
        "chain rule over every unit of layer l; all terms but that of unit i are 0",
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
        "the bias changes z one to one, so its gradient is the error term",
        bias,
    )


def _hidden():
    following = weighted_input(l + 1, k, outputs=g)
    meanings = {**_DELTA, delta(l, i): _fixed(l + 1, following, z(l, i))}
    factor = Partial(z(l + 1, k), z(l, i))
    yield _step(
        "delta: chain rule",
        "chain rule",
        delta(l, i),
        through_layer(l + 1, z(l, i)),
        "chain rule over every unit of layer l + 1",
        {**meanings, factor: diff(following, z(l, i))},
    )
    slope = diff(g(z(l, i)), z(l, i))
    weight = collapse(diff(weighted_input(l + 1, k), a(l, i)))
    yield _step(
        "delta",
        "delta",
        delta(l, i),
        slope * Sum(weight * delta(l + 1, k), (k, 1, n(l + 1))),
        "generalized delta rule: the error terms of layer l + 1, weighted, times the slope",
        meanings,
    )


def _induction(outputs):
    r"""$\partial E / \partial z^l_i = \delta^l_i$ in every layer, with δ as the rules compute it.

    Base: in the output layer it holds by the rule for that layer, whichever error and activation
    the network has. Step: if it holds in layer l + 1, it holds in layer l.
    """
    _, rule = _hidden()
    derivative = Partial(E, z(l, i))

    def prove(statement, assumptions):
        if statement.lhs != derivative:
            return False
        base = all(
            step.proves(_in_output_layer(statement, step))
            for step in outputs
            if step.kind == "delta"
        )
        hypothesis = {Partial(E, z(l + 1, k)): statement.rhs.subs({l: l + 1, i: k})}
        true_value = _fixed(l + 1, weighted_input(l + 1, k, outputs=g), z(l, i)).xreplace(
            hypothesis
        )
        computed = statement.rhs.xreplace({rule.lhs: rule.rhs})
        return base and equal_sums(true_value, computed)

    return Step(
        "induction",
        "induction",
        equation(derivative, delta(l, i)),
        "it holds for l = L by the rule for the outputs, and for l if it holds for l + 1: "
        "so for every layer",
        prove,
    )


def _in_output_layer(statement, rule):
    """The statement for l = L, with the rule for the outputs put in."""
    left, right = (side.subs(l, L) for side in statement.args)
    return equation(left, right.xreplace({rule.lhs: rule.rhs}))

r"""Slips in the gradients.

$$\frac{\partial E}{\partial w^{l}_{ij}} = \delta^{l}_{i} a^{l-1}_{j}, \qquad
  \frac{\partial E}{\partial b^{l}_{i}} = \delta^{l}_{i}$$
"""

from sympy import Integer, Sum

from ...symbolic.notation import a, b, delta, g_prime, i, j, k, l, n, w, z
from ..changes import negated, put, times, without
from ..slip import slip_of_rule

READ = "generalized_delta", "For any width"
_ERROR_TERM, _BEFORE = delta(l, i), a(l - 1, j)


def gradient_slips():
    def weight(name, says, change):
        return slip_of_rule(name, "dE/dw", says, READ, change)

    def bias(name, says, change):
        return slip_of_rule(name, "dE/db", says, READ, change)

    yield weight(
        "gradient-turned",
        "The gradient is turned round: a row for each unit of the layer, a column for each before.",
        put(_ERROR_TERM * _BEFORE, delta(l, j) * a(l - 1, i)),
    )
    yield weight(
        "gradient-own-activation",
        "The activation of the layer itself is used; that of the layer before is needed.",
        put(_BEFORE, a(l, i)),
    )
    yield weight(
        "gradient-weighted-input-before",
        "The weighted input z of the layer before is used; its activation a is needed.",
        put(_BEFORE, z(l - 1, j)),
    )
    yield weight(
        "gradient-input-everywhere", "The input x is used in every layer.", put(_BEFORE, a(0, j))
    )
    yield weight(
        "gradient-activation-left-out", "The activation before is left out.", without(_BEFORE)
    )
    yield weight(
        "gradient-error-term-left-out", "The error term δ is left out.", without(_ERROR_TERM)
    )
    yield weight(
        "gradient-slope-again",
        "The slope g′(z) is multiplied in once more: δ has it already.",
        times(g_prime(z(l, i))),
    )
    yield weight("gradient-times-weight", "A factor w is too many.", times(w(l, i, j)))
    yield weight("gradient-sign", "The sign of the weights' gradient is turned round.", negated)
    yield weight(
        "gradient-activation-squared",
        "The activation before is multiplied in twice.",
        times(_BEFORE),
    )
    yield bias(
        "bias-gradient-zero",
        "The gradient of the bias is 0; it is δ.",
        put(_ERROR_TERM, Integer(0)),
    )
    yield bias("bias-gradient-sign", "The sign of the biases' gradient is turned round.", negated)
    yield bias(
        "bias-gradient-times-bias",
        "A factor b is too many: the bias comes into z with the factor 1.",
        times(b(l, i)),
    )
    yield bias(
        "bias-gradient-with-activation",
        "The gradient of the bias has an activation in it; the bias comes with the factor 1.",
        times(a(l, i)),
    )
    yield bias(
        "bias-gradient-of-layer",
        "One sum over the layer is given for all its biases; each unit has its own.",
        lambda right: Sum(delta(l, k), (k, 1, n(l))),
    )
    yield bias(
        "bias-gradient-without-slope",
        "The slope is missing in the gradient of the bias: it is ∂E/∂z, not ∂E/∂a.",
        lambda right: right / g_prime(z(l, i)),
    )

r"""Slips in the update.

$$w^{l}_{ij} \leftarrow w^{l}_{ij} - \eta \frac{\partial E}{\partial w^{l}_{ij}}$$
"""

from sympy import sign

from ...symbolic.notation import E, Partial, b, eta, i, j, l, w
from ..changes import put, without
from ..slip import slip_of_rule

READ = "algorithm", "The algorithm"
_WEIGHT, _BIAS = w(l, i, j), b(l, i)
_BY_WEIGHT, _BY_BIAS = Partial(E, _WEIGHT), Partial(E, _BIAS)


def update_slips():
    def weight(name, says, change):
        return slip_of_rule(name, "w", says, READ, change)

    def bias(name, says, change):
        return slip_of_rule(name, "b", says, READ, change)

    yield weight(
        "update-uphill",
        "η times the gradient is added; it is subtracted, to go downhill.",
        put(eta, -eta),
    )
    yield weight("update-rate-left-out", "The learning rate η is left out.", without(eta))
    yield weight(
        "update-rate-twice", "The learning rate η is multiplied in twice.", put(eta, eta**2)
    )
    yield weight(
        "update-gradient-only",
        "The old weight is left out of the new one.",
        lambda right: right - _WEIGHT,
    )
    yield weight(
        "update-times-weight", "A factor w is too many.", put(_BY_WEIGHT, _WEIGHT * _BY_WEIGHT)
    )
    yield weight("update-divided-by-rate", "The gradient is divided by η.", put(eta, 1 / eta))
    yield weight(
        "update-sign-only",
        "Only the sign of the gradient is used.",
        put(_BY_WEIGHT, sign(_BY_WEIGHT)),
    )
    yield bias("bias-never-updated", "The biases are not updated.", lambda right: _BIAS)
    yield bias(
        "bias-update-uphill",
        "η times the biases' gradient is added; it is subtracted.",
        put(eta, -eta),
    )
    yield bias(
        "bias-update-rate-left-out", "The learning rate η is left out for the biases.", without(eta)
    )

r"""The right rules, one for each quantity, in the order in which they are computed.

They are statements of `general_rules`, for the half squared error and any activation function, and
the definitions before and after them: what a layer does forward, the error, the update.
"""

from functools import cache

from sympy import IndexedBase, Rational, Sum

from ..symbolic import general_rules
from ..symbolic.derivation import equation
from ..symbolic.general import weighted_input
from ..symbolic.notation import E, L, Partial, a, b, eta, g, i, j, k, l, n, w, y, z

NEW = IndexedBase("new", real=True)  # a parameter after the update


@cache
def right_rules():
    """Name of a quantity -> equation, in the order of computation.

    "z", "a", "E", "delta^L" (output layer), "delta" (hidden layers), "dE/dw", "dE/db", "w" and "b"
    (after the update).
    """
    rules = general_rules()
    by_weight, by_bias = Partial(E, w(l, i, j)), Partial(E, b(l, i))
    return {
        "z": equation(z(l, i), weighted_input(l, i)),
        "a": equation(a(l, i), g(z(l, i))),
        "E": equation(E, Sum(Rational(1, 2) * (a(L, k) - y(k)) ** 2, (k, 1, n(L)))),
        "delta^L": rules["delta^L: half_squared, any activation"].statement,
        "delta": rules["delta"].statement,
        "dE/dw": rules["dE/dw"].statement,
        "dE/db": rules["dE/db"].statement,
        "w": equation(NEW[l, i, j], w(l, i, j) - eta * by_weight),
        "b": equation(NEW[l, i], b(l, i) - eta * by_bias),
    }

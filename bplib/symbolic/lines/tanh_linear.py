"""Regression with one hidden layer of tanh units and linear outputs, any widths."""

from sympy import Sum, Symbol

from ..layout import Factors, Group, Negative, Terms
from ..notation import E, Partial, a, delta, g_prime, i, j, k, n, w, y, z
from ..programs import Setting
from .line import lines

NETWORK = """
from sympy import Sum, diff, tanh
from bplib.symbolic.notation import a, b, i, j, k, n, p, w, y, z
from bplib.symbolic.sums import collapse, equal_sums

# E as a function of the outputs' weighted inputs: a = z
E = Sum((z(2, k) - y(k))**2, (k, 1, n(2)))/2
dE_dz2_i = collapse(diff(E, z(2, i)))
dE_dz2_k = dE_dz2_i.subs(i, k)

# and how these follow from the hidden layer's
z2_k = Sum(w(2, k, p)*tanh(z(1, p)), (p, 1, n(1))) + b(2, k)
dE_dz1 = Sum(dE_dz2_k*diff(z2_k, z(1, i)), (k, 1, n(2)))
a1_i, a1_j = tanh(z(1, i)), tanh(z(1, j))
x_j = a(0, j)
dE_dw2 = dE_dz2_i*diff(Sum(w(2, i, p)*tanh(z(1, p)), (p, 1, n(1))), w(2, i, j))
dE_dw1 = dE_dz1*diff(Sum(w(1, i, p)*a(0, p), (p, 1, n(0))), w(1, i, j))
"""


def tanh_linear():
    """Both error terms and both derivatives with respect to weights."""
    d2, d2_k, d1 = delta(2, i), delta(2, k), delta(1, i)
    a2, a1, z2, z1 = a(2, i), a(1, i), z(2, i), z(1, i)
    x_j = Symbol("x_{j}", real=True)
    by_2, by_1 = Partial(E, w(2, i, j)), Partial(E, w(1, i, j))
    setting = Setting(
        NETWORK,
        {
            d2: "dE_dz2_i",
            d2_k: "dE_dz2_k",
            d1: "dE_dz1",
            a2: "z(2, i)",
            a(2, k): "z(2, k)",
            a1: "a1_i",
            a(1, j): "a1_j",
            x_j: "x_j",
            g_prime(z1): "diff(tanh(z(1, i)), z(1, i))",
            g_prime(z2): "diff(z(2, i), z(2, i))",
            by_2: "dE_dw2",
            by_1: "dE_dw1",
        },
        "equal_sums({left}, {right})",
    )
    after = (k, 1, n(2))
    back = Sum(Factors(w(2, k, i), d2_k), after)
    slope = Group(Terms(1, Negative(a1**2)))
    return lines(
        "Tanh units, then linear outputs",
        "tanh-linear",
        setting,
        (
            "output",
            d2,
            Factors(Group(Terms(a2, -y(i))), g_prime(z2)),
            "half squared error, from the lesson before",
        ),
        ("delta 2", Terms(a2, -y(i)), "linear: $a^{2}_{i} = z^{2}_{i}$ has the slope 1"),
        ("rule", d1, Factors(g_prime(z1), back), "generalized delta rule"),
        ("delta 1", Factors(slope, back), "slope of tanh, from the activation"),
        (
            "from outputs",
            Factors(slope, Sum(Factors(w(2, k, i), Group(Terms(a(2, k), -y(k)))), after)),
            "error terms of the outputs put in",
        ),
        ("weights 2", by_2, Factors(d2, a(1, j)), "error term times what comes in"),
        ("weights 1", by_1, Factors(d1, x_j), "here the input comes in"),
    )

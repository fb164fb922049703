"""How many products a pass takes, counted in weights."""

from sympy import Sum, Symbol

from ..layout import Factors, Negative, Terms
from ..notation import L, l, n
from ..programs import Setting
from .line import lines

SIZES = """
from sympy import Function, Sum, expand, symbols

l, L = symbols("l L", integer=True, positive=True)
n = Function("n")                              # n(l) is the size of layer l
weights = n(l)*n(l - 1)                        # of layer l: one for each pair of units
from_2 = Sum(weights, (l, 2, L))
from_1 = weights.subs(l, 1) + from_2           # the sum from 1 to L, its first term apart
"""


def products():
    """Products of a forward pass, of a backward pass, and of one pass for each weight."""
    W, forward, gradients, back, all_, each = (
        Symbol(s, positive=True)
        for s in (
            "W",
            r"P_{\text{forward}}",
            r"P_{\text{gradients}}",
            r"P_{\text{back}}",
            r"P_{\text{all derivatives}}",
            r"P_{\text{one at a time}}",
        )
    )
    of_layer = Factors(n(l), n(l - 1))
    total, later = (Sum(of_layer, (l, first, L)) for first in (1, 2))
    of_first = Factors(n(1), n(0))
    setting = Setting(
        SIZES,
        {
            W: "from_1",
            forward: "from_1",
            gradients: "from_1",
            back: "from_2",
            all_: "(from_1 + from_2)",
            each: "from_1*from_1",
            total: "from_1",
            later: "from_2",
            Sum(n(l) * n(l - 1), (l, 1, L)): "from_1",
            Sum(n(l) * n(l - 1), (l, 2, L)): "from_2",
            n(1): "n(1)",
            n(0): "n(0)",
        },
        "expand({left} - ({right}))",
    )
    return lines(
        "Products, counted",
        "products",
        setting,
        ("definition of W", W, total, "all weights: one for each pair of units of neighbours"),
        (
            "definition of forward",
            forward,
            total,
            "$w^{l}_{ij}\\, a^{l-1}_{j}$: one product for each weight",
        ),
        ("forward", W, "the same sum"),
        (
            "definition of gradients",
            gradients,
            total,
            "$\\delta^{l}_{i}\\, a^{l-1}_{j}$: one for each weight",
        ),
        ("gradients", W, "the same sum"),
        (
            "definition of back",
            back,
            later,
            "$w^{l}_{ij}\\, \\delta^{l}_{i}$: one for each weight from layer 2 on; there is no "
            "error term of the input to compute",
        ),
        ("back", Terms(W, Negative(of_first)), "all weights but those of layer 1"),
        ("definition of all", all_, Terms(gradients, back), "the whole backward pass"),
        ("all", Terms(Factors(2, W), Negative(of_first)), "both put in: fewer than $2W$"),
        (
            "definition of each",
            each,
            Factors(W, forward),
            "change one weight a little, do a forward pass, and so for each of the $W$ weights",
        ),
        ("each", W**2, "put in"),
    )

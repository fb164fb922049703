"""Networks in which a derivative is one product: the 2-1-1 network, and chains of single units."""

from itertools import pairwise

from sympy import Rational, Symbol

from ..layout import Brace, Factors, Group, Terms
from ..notation import E, Partial, a, b, delta, g, g_prime, plain, w, y, z
from ..programs import NetworkSetting
from .line import lines

HALF = Rational(1, 2)


def two_one_one():
    """The 2-1-1 network, factor by factor, up to both error terms."""
    x1, x2 = (Symbol(f"x_{{{unit}}}", real=True) for unit in (1, 2))
    z1, a1, z2, a2, y1 = z(1, 1), a(1, 1), z(2, 1), a(2, 1), y(1)
    first, last = w(1, 1, 1), w(2, 1, 1)
    d1, d2 = delta(1, 1), delta(2, 1)
    network = {
        z1: Terms(Factors(first, x1), Factors(w(1, 1, 2), x2), b(1, 1)),
        a1: g(z1),
        z2: Terms(Factors(last, a1), b(2, 1)),
        a2: g(z2),
        E: Factors(HALF, Group(y1 - a2) ** 2),
    }
    setting = NetworkSetting(network, also={d1: Partial(E, z1), d2: Partial(E, z2)})
    links = [(E, a2), (a2, z2), (z2, a1), (a1, z1), (z1, first)]
    factors = [Partial(*link) for link in links]
    values = [Terms(a2, -y1), g_prime(z2), last, g_prime(z1), x1]
    why = [
        "power rule; the sign from inside",
        "the slope of the output unit",
        "the weight stays as it is",
        "the slope of the hidden unit",
        "only one term holds this weight",
    ]
    difference, *rest = values
    given = [(f"definition of {plain(q)}", q, value, "forward") for q, value in network.items()]
    given[-1] = (*given[-1][:3], "half squared error")
    by_first, by_last = Partial(E, first), Partial(E, last)
    inner = Factors(Group(difference), g_prime(z2))
    given += [("chain rule", by_first, Factors(*factors), "chain rule: five reactions")]
    given += [
        (f"factor {number}", factor, value, reason)
        for number, (factor, value, reason) in enumerate(
            zip(factors, values, why, strict=True), start=1
        )
    ]
    given += [
        ("put in", by_first, Factors(Group(difference), *rest), "all five put in"),
        (
            "group",
            Factors(Group(inner), last, g_prime(z1), x1),
            "group what belongs to the output unit",
        ),
        (
            "definition of delta 2",
            d2,
            Partial(E, z2),
            "definition of its error term",
        ),
        ("delta 2", inner, "the first two factors"),
        (
            "name delta 2",
            by_first,
            Factors(Brace(Factors(d2, last, g_prime(z1)), d1), x1),
            "put in; what is left of $x_{1}$ belongs to the hidden unit",
        ),
        ("definition of delta 1", d1, Partial(E, z1), "definition of its error term"),
        ("delta 1", Factors(d2, last, g_prime(z1)), "all factors before the last"),
        ("first weight", by_first, Factors(d1, x1), "error term times what comes in"),
        ("last weight", by_last, Factors(d2, a1), "the same for the other layer"),
    ]
    return lines("The 2-1-1 network, factor by factor", "two-one-one", setting, *given)


def _single_units(layers, first):
    """z, a and E of single units; `layers` are their numbers, `first` is what feeds the first."""
    network, before = {}, first
    for l in layers:
        z_l, a_l, w_l, b_l = (_single(name, l) for name in "zawb")
        network[z_l] = Terms(Factors(w_l, before), b_l)
        network[a_l] = g(z_l)
        before = a_l
    network[E] = Factors(HALF, Group(Symbol("y", real=True) - before) ** 2)
    return network


def _single(name, layer):
    """A quantity of the only unit of a layer."""
    return Symbol(f"{name}^{{{layer}}}", real=True)


def layers_side_by_side():
    """Single units: the derivatives by the last four weights, and the factors that they share."""
    numbers = ["L-3", "L-2", "L-1", "L"]
    a_ = {n: _single("a", n) for n in ["L-4", *numbers]}
    z_, w_, d_ = ({n: _single(s, n) for n in numbers} for s in ("z", "w", r"\delta"))
    before = dict(zip(numbers, ["L-4", *numbers], strict=False))
    network = _single_units(numbers, a_["L-4"])
    setting = NetworkSetting(network, also={d_[n]: Partial(E, z_[n]) for n in numbers})
    given, d_next, w_next, after = [], None, None, None
    for n in reversed(numbers):
        by = Partial(E, w_[n])
        own = [Partial(a_[n], z_[n]), Partial(z_[n], w_[n])]
        if d_next is None:
            outer, reaction = [Partial(E, a_[n])], Terms(a_[n], -Symbol("y", real=True))
        else:
            back = [
                Partial(E, a_[after]),
                Partial(a_[after], z_[after]),
                Partial(z_[after], a_[n]),
            ]
            outer, reaction = [Brace(Factors(*back), Partial(E, a_[n]))], Factors(d_next, w_next)
        given += [
            (f"chain rule {n}", by, Factors(*outer, *own), "chain rule"),
            (
                f"put in {n}",
                Factors(
                    Brace(
                        Factors(Group(reaction) if d_next is None else reaction, g_prime(z_[n])),
                        d_[n],
                    ),
                    a_[before[n]],
                ),
                "put in"
                if d_next is None
                else rf"what came before is ${d_next}$; ${w_next}$ leads back to ${a_[n]}$",
            ),
            (f"gradient {n}", Factors(d_[n], a_[before[n]]), "error term times what comes in"),
        ]
        d_next, w_next, after = d_[n], w_[n], n
    return lines("Four layers side by side", "side-by-side", setting, *given)


def cut_anywhere(depth=3):
    """The chain from E to the first weight, cut at every quantity on the way."""
    x = Symbol("x", real=True)
    numbers = range(1, depth + 1)
    network = _single_units(numbers, x)
    setting = NetworkSetting(network)
    first = _single("w", 1)
    way = [E]
    for l in reversed(numbers):
        way += [_single("a", l), _single("z", l)]
    way.append(first)
    chain = [Partial(of, by) for of, by in pairwise(way)]
    given = [("chain rule", Partial(E, first), Factors(*chain), "chain rule")]
    for place in range(2, len(way) - 2):
        cut = way[place]
        given.append(
            (
                f"cut at {plain(cut)}",
                Factors(
                    Brace(Factors(*chain[:place]), Partial(E, cut)),
                    Brace(Factors(*chain[place:]), Partial(cut, first)),
                ),
                f"cut at ${cut}$",
            )
        )
    return lines("The chain, cut at any place", "cut-anywhere", setting, *given)


def first_factors(depth=3):
    """How E reacts to the activation before the output."""
    network = _single_units(range(1, depth + 1), Symbol("x", real=True))
    setting = NetworkSetting(network)
    last, before = depth, depth - 1
    a_last, z_last, w_last = (_single(s, last) for s in "azw")
    a_before, y_ = _single("a", before), Symbol("y", real=True)
    return lines(
        "How the error reacts to the previous activation",
        "previous-activation",
        setting,
        (
            "chain rule",
            Partial(E, a_before),
            Factors(Partial(E, a_last), Partial(a_last, z_last), Partial(z_last, a_before)),
            "three links lie between",
        ),
        (
            "put in",
            Factors(Group(Terms(a_last, -y_)), g_prime(z_last), w_last),
            "the difference, the slope, the weight",
        ),
    )

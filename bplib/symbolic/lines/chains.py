"""Networks in which a derivative is one product: the 2-1-1 network, and chains of single units."""

from itertools import pairwise

from sympy import Rational, Symbol

from ..layout import Brace, Factors, Group, Negative, Terms
from ..notation import E, Partial, a, b, delta, g, g_prime, plain, w, y, z
from ..printing import house_latex
from ..programs import NetworkSetting
from .line import lines

HALF = Rational(1, 2)


def two_one_one():
    """The 2-1-1 network, factor by factor: both error terms, and from them every derivative."""
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
    by_first, by_second, by_last = (Partial(E, weight) for weight in (first, w(1, 1, 2), last))
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
        ("delta 2", inner, "chain rule from $z^{2}_{1}$ to $E$: the first two factors"),
        (
            "name delta 2",
            by_first,
            Factors(Brace(Factors(d2, last, g_prime(z1)), d1), x1),
            "put in; what stands before $x_{1}$ belongs to the hidden unit",
        ),
        ("definition of delta 1", d1, Partial(E, z1), "definition of its error term"),
        (
            "delta 1",
            Factors(d2, last, g_prime(z1)),
            "chain rule from $z^{1}_{1}$ to $E$: all factors before the last",
        ),
        ("first weight", by_first, Factors(d1, x1), "error term times what comes in"),
        (
            "second weight",
            by_second,
            Factors(d1, x2),
            "the same chain; only its last factor is another: $x_{2}$",
        ),
        (
            "hidden input by bias",
            Partial(z1, b(1, 1)),
            1,
            "for the bias, the last factor is this: it is added as it is",
        ),
        ("hidden bias", Partial(E, b(1, 1)), d1, "the error term times 1"),
        ("last weight", by_last, Factors(d2, a1), "the same for the other layer"),
        ("output bias", Partial(E, b(2, 1)), d2, "here too, the bias is added as it is"),
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
    given, after = [], None
    for n in reversed(numbers):
        by = Partial(E, w_[n])
        own = [Partial(a_[n], z_[n]), Partial(z_[n], w_[n])]
        if after is None:
            reaction, back = Group(Terms(a_[n], -Symbol("y", real=True))), [Partial(E, a_[n])]
            why = "chain rule"
        else:
            of_after = [Partial(E, a_[after]), Partial(a_[after], z_[after])]
            link = Partial(z_[after], a_[n])
            back = [Brace(Factors(*of_after, link), Partial(E, a_[n]))]
            reaction = Factors(d_[after], w_[after])
            why = rf"chain rule; the brace is ${house_latex(Partial(E, a_[n]))}$"
        given.append((f"chain rule {n}", by, Factors(*back, *own), why))
        if after is not None:
            first = Brace(Factors(*of_after), d_[after])
            given.append(
                (
                    f"name {n}",
                    Factors(first, link, *own),
                    rf"its first two factors are ${house_latex(Partial(E, z_[after]))}$: "
                    "the error term of the layer after",
                )
            )
        given += [
            (
                f"put in {n}",
                Factors(Brace(Factors(reaction, g_prime(z_[n])), d_[n]), a_[before[n]]),
                "derivative of the half squared error, slope, and the activation before"
                if after is None
                else "the weight, the slope, and the activation before",
            ),
            (f"gradient {n}", Factors(d_[n], a_[before[n]]), "error term times what comes in"),
        ]
        after = n
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
    for place in range(2, len(way) - 1):
        cut, after = way[place], chain[place:]
        if len(after) > 1:  # a single link is its own name
            after = [Brace(Factors(*after), Partial(cut, first))]
        given.append(
            (
                f"cut at {plain(cut)}",
                Factors(
                    Brace(Factors(*chain[:place]), Partial(E, cut)),
                    *after,
                ),
                f"cut at ${cut}$",
            )
        )
    return lines("The chain, cut at any place", "cut-anywhere", setting, *given)


def first_factors():
    """How E reacts to the activation before the output, and what any earlier weight has of it."""
    network = _single_units(["L-1", "L"], _single("a", "L-2"))
    a_, z_, w_ = ({n: _single(name, n) for n in ("L-1", "L")} for name in "azw")
    y_ = Symbol("y", real=True)
    by_before, by_weight = Partial(E, a_["L-1"]), Partial(E, w_["L-1"])
    three = [
        Partial(E, a_["L"]),
        Partial(a_["L"], z_["L"]),
        Partial(z_["L"], a_["L-1"]),
    ]
    own = [Partial(a_["L-1"], z_["L-1"]), Partial(z_["L-1"], w_["L-1"])]
    return lines(
        "How the error reacts to the previous activation",
        "previous-activation",
        NetworkSetting(network),
        ("chain rule", by_before, Factors(*three), "chain rule: three links lie between"),
        (
            "put in",
            Factors(Group(Terms(a_["L"], -y_)), g_prime(z_["L"]), w_["L"]),
            "the difference, the slope, the weight",
        ),
        (
            "earlier weight",
            by_weight,
            Factors(*three, *own),
            "chain rule for a weight one layer earlier: five links",
        ),
        (
            "group",
            Factors(Brace(Factors(*three), by_before), *own),
            "its first three factors are the reaction to $a^{L-1}$",
        ),
    )


def seven_factors():
    """The 1-1-1-1 network: from the error to the first weight, factor by factor."""
    x, y_ = (Symbol(name, real=True) for name in "xy")
    network = _single_units((1, 2, 3), x)
    (z1, a1, w1), (z2, a2, w2), (z3, a3, w3) = (
        [_single(name, l) for name in "zaw"] for l in (1, 2, 3)
    )
    links = [(E, a3), (a3, z3), (z3, a2), (a2, z2), (z2, a1), (a1, z1), (z1, w1)]
    values = [Terms(a3, -y_), g_prime(z3), w3, g_prime(z2), w2, g_prime(z1), x]
    first, *others = values
    why = [
        r"$E = \tfrac{1}{2} (y - a^{3})^{2}$: power rule, and $-1$ from inside",
        "$a^{3} = g(z^{3})$: the slope of $g$",
        "$z^{3} = w^{3} a^{2} + b^{3}$ with $w^{3}$ and $b^{3}$ kept fixed",
        "$a^{2} = g(z^{2})$: the slope of $g$",
        "$z^{2} = w^{2} a^{1} + b^{2}$ with $w^{2}$ and $b^{2}$ kept fixed",
        "$a^{1} = g(z^{1})$: the slope of $g$",
        "$z^{1} = w^{1} x + b^{1}$ with $x$ and $b^{1}$ kept fixed",
    ]
    factors = [Partial(*link) for link in links]
    by_first = Partial(E, w1)
    given = [("chain rule", by_first, Factors(*factors), "chain rule: seven links")]
    given += [
        (f"factor {number}", factor, value, reason)
        for number, (factor, value, reason) in enumerate(
            zip(factors, values, why, strict=True), start=1
        )
    ]
    given.append(("put in", by_first, Factors(Group(first), *others), "all seven put in"))
    return lines(
        "The 1-1-1-1 network, factor by factor", "seven-factors", NetworkSetting(network), *given
    )


def last_weight():
    """The 2-1-1 network: the weight and the bias of the output unit."""
    z2, a2, a1, y1 = z(2, 1), a(2, 1), a(1, 1), y(1)
    weight, bias = w(2, 1, 1), b(2, 1)
    network = {
        z2: Terms(Factors(weight, a1), bias),
        a2: g(z2),
        E: Factors(HALF, Group(y1 - a2) ** 2),
    }
    d2 = delta(2, 1)
    setting = NetworkSetting(network, also={d2: Partial(E, z2)})
    difference, slope = Terms(a2, -y1), g_prime(z2)
    by_output, output, by_weight = Partial(E, a2), Partial(a2, z2), Partial(E, weight)
    two = Factors(Group(difference), slope)
    return lines(
        "The weight into the output unit, factor by factor",
        "last-weight",
        setting,
        ("definition of z", z2, network[z2], "weighted input of the output unit"),
        ("definition of a", a2, network[a2], "its activation"),
        ("definition of E", E, network[E], "half squared error"),
        (
            "chain rule",
            by_weight,
            Factors(by_output, output, Partial(z2, weight)),
            "chain rule: three reactions",
        ),
        (
            "power rule",
            by_output,
            Factors(HALF, 2, Group(Terms(y1, -a2)), Group(Negative(1))),
            "power rule, and $-1$ from inside",
        ),
        ("error by output", difference, "½ and 2 cancel; the sign turns the difference"),
        ("output by input", output, slope, "the slope of $g$: that is what $g'$ means"),
        (
            "input by weight",
            Partial(z2, weight),
            a1,
            "$a^{1}_{1}$ and $b^{2}_{1}$ are kept fixed",
        ),
        ("put in", by_weight, Factors(Group(difference), slope, a1), "all three put in"),
        (
            "group",
            Factors(Brace(two, Partial(E, z2)), a1),
            "the first two belong to the unit, the third to the weight",
        ),
        ("definition of delta", d2, Partial(E, z2), "a name for the part of the unit"),
        (
            "chain rule for delta",
            Factors(by_output, output),
            "chain rule from $z^{2}_{1}$ to $E$: two links lie between",
        ),
        ("delta", two, "both put in"),
        ("gradient", by_weight, Factors(d2, a1), "error term times what comes in"),
        (
            "input by bias",
            Partial(z2, bias),
            1,
            "the bias is added as it is",
        ),
        ("bias", Partial(E, bias), d2, "the same two factors, times 1"),
    )

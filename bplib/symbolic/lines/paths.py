"""The error term of a unit, path by path: one layer back, over two paths, and past a unit."""

from sympy import Rational, Symbol

from ..layout import Brace, Factors, Group, Terms
from ..notation import E, Partial, a, b, delta, g, g_prime, l, w, z
from ..programs import NetworkSetting, Setting
from .line import lines

CHAIN = """
from sympy import Function, diff, symbols
from bplib.symbolic import g, g_prime

z, a, w, b, u = symbols("z a w b u", real=True)
by_a = w*a + b                                 # the weighted input of the next layer
z_next = by_a.subs(a, g(z))
dE_du = diff(Function("E")(u), u)              # however the network goes on
dE_dz_next = dE_du.subs(u, z_next)
dE_dz = diff(Function("E")(z_next), z)
"""
DONE = "({left} - ({right})).doit()"

TWO_BY_TWO = """
from sympy import Function, Matrix, diff, expand, symbols
from bplib.symbolic import g, g_prime

a1, a2, z1, z2, x1, x2 = symbols("a1 a2 z1 z2 x1 x2", real=True)
w11, w12, w21, w22, b1, b2 = symbols("w11 w12 w21 w22 b1 b2", real=True)
u1, u2 = symbols("u1 u2", real=True)           # the weighted inputs of the next layer
by_a1 = w11*a1 + w12*a2 + b1
by_a2 = w21*a1 + w22*a2 + b2
z_next_1, z_next_2 = (by.subs({a1: g(z1), a2: g(z2)}) for by in (by_a1, by_a2))
follow = {u1: z_next_1, u2: z_next_2}
E = Function("E")(u1, u2)                      # however the network goes on
delta_next_1, delta_next_2 = (diff(E, u).subs(follow) for u in (u1, u2))
delta_1, delta_2 = (diff(E.subs(follow), z) for z in (z1, z2))
"""
EXPANDED = "expand(({left} - ({right})).doit())"


def two_by_two_names():
    """What the symbols of two layers with two units each are called in `TWO_BY_TWO`."""
    names = {}
    for i in (1, 2):
        names |= {z(l, i): f"z{i}", delta(l, i): f"delta_{i}", Partial(E, z(l, i)): f"delta_{i}"}
        names |= {z(l + 1, i): f"by_a{i}", a(l, i): f"a{i}", delta(l + 1, i): f"delta_next_{i}"}
        names |= {Partial(E, z(l + 1, i)): f"delta_next_{i}", b(l + 1, i): f"b{i}"}
        names |= {Partial(a(l, i), z(l, i)): f"diff(g(z{i}), z{i})"}
        for k in (1, 2):
            names |= {w(l + 1, k, i): f"w{k}{i}"}
            names |= {Partial(z(l + 1, k), z(l, i)): f"diff(z_next_{k}, z{i})"}
            names |= {Partial(z(l + 1, k), a(l, i)): f"diff(by_a{k}, a{i})"}
    return names


def one_layer_back():
    """A chain of single units: the error term of any layer from that of the next."""
    z_, a_, d_ = (Symbol(f"{s}^{{l}}", real=True) for s in ("z", "a", r"\delta"))
    z_next, w_next, d_next, b_next = (
        Symbol(f"{s}^{{l+1}}", real=True) for s in ("z", "w", r"\delta", "b")
    )
    links = Partial(z_next, a_), Partial(a_, z_)
    setting = Setting(
        CHAIN,
        {
            d_: "dE_dz",
            Partial(E, z_): "dE_dz",
            d_next: "dE_dz_next",
            Partial(E, z_next): "dE_dz_next",
            links[0]: "diff(by_a, a)",
            links[1]: "diff(g(z), z)",
            w_next: "w",
            z_: "z",
            z_next: "by_a",
            a_: "a",
            b_next: "b",
        },
        DONE,
    )
    outer = Partial(E, z_next)
    return lines(
        "One layer back in a chain",
        "one-layer-back",
        setting,
        (
            "definition of z",
            z_next,
            Terms(Factors(w_next, a_), b_next),
            "weighted input of the next unit",
        ),
        ("definition", d_, Partial(E, z_), "definition of the error term"),
        (
            "chain rule",
            Factors(outer, *links),
            "chain rule: $z^{l}$ changes $a^{l}$, that changes $z^{l+1}$, that changes $E$",
        ),
        (
            "name",
            Factors(Brace(outer, d_next), *links),
            "the first factor is the error term of the next layer, by definition",
        ),
        (
            "delta",
            Factors(d_next, w_next, g_prime(z_)),
            "the weight, since $z^{l+1} = w^{l+1} a^{l} + b^{l+1}$; and the slope",
        ),
    )


def two_units_after():
    """A hidden unit with two units after it: both paths, factor by factor."""
    z1, a1 = z(l, 1), a(l, 1)
    after = {k: z(l + 1, k) for k in (1, 2)}
    weight = {k: w(l + 1, k, 1) for k in (1, 2)}
    next_delta = {k: delta(l + 1, k) for k in (1, 2)}
    slope = Partial(a1, z1)
    setting = Setting(TWO_BY_TWO, two_by_two_names(), EXPANDED)
    paths = [Factors(Partial(E, after[k]), Partial(after[k], z1)) for k in (1, 2)]
    given = [
        (
            f"definition of z {k}",
            after[k],
            Terms(*(Factors(w(l + 1, k, i), a(l, i)) for i in (1, 2)), b(l + 1, k)),
            f"weighted input of unit {k} of the next layer",
        )
        for k in (1, 2)
    ]
    given += [
        ("definition", delta(l, 1), Partial(E, z1), "definition of the error term"),
        (
            "chain rule",
            Terms(*paths),
            "chain rule: $z^{l}_{1}$ changes both weighted inputs of the next layer; "
            "multiply along each path, add over the paths",
        ),
        (
            "name",
            Terms(*(Factors(next_delta[k], Partial(after[k], z1)) for k in (1, 2))),
            "the first factors are the error terms of the next layer, by definition",
        ),
    ]
    for k, reason in ((1, "one term of $z^{l+1}_{1}$ holds $a^{l}_{1}$"), (2, "so for unit 2")):
        reaction = Partial(after[k], z1)
        given += [
            (
                f"two links {k}",
                reaction,
                Factors(Partial(after[k], a1), slope),
                "the way leads over $a^{l}_{1}$",
            ),
            (f"reaction {k}", Factors(weight[k], g_prime(z1)), reason),
        ]
    given += [
        (
            "put in",
            delta(l, 1),
            Terms(*(Factors(next_delta[k], weight[k], g_prime(z1)) for k in (1, 2))),
            "both put in",
        ),
        (
            "delta",
            Factors(
                g_prime(z1), Group(Terms(*(Factors(weight[k], next_delta[k]) for k in (1, 2))))
            ),
            "both paths begin with the slope of unit 1: in front",
        ),
    ]
    return lines("Two paths to the error", "two-units-after", setting, *given)


def _of(name, *units):
    return Symbol(f"{name}_{{{''.join(units)}}}", real=True)


def past_a_unit():
    """Unit p feeds q, and past it the output o: both pushes, and what the whole push does."""
    z_, a_, b_, d_ = (
        {unit: _of(name, unit) for unit in "pqo"} for name in ("z", "a", "b", r"\delta")
    )
    w_px, w_qp, w_oq, w_op = (_of("w", *ends) for ends in ("px", "qp", "oq", "op"))
    x, y = (Symbol(name, real=True) for name in "xy")
    network = {
        z_["p"]: Terms(Factors(w_px, x), b_["p"]),
        a_["p"]: g(z_["p"]),
        z_["q"]: Terms(Factors(w_qp, a_["p"]), b_["q"]),
        a_["q"]: g(z_["q"]),
        z_["o"]: Terms(Factors(w_oq, a_["q"]), Factors(w_op, a_["p"]), b_["o"]),
        a_["o"]: g(z_["o"]),
        E: Factors(Rational(1, 2), Group(y - a_["o"]) ** 2),
    }
    setting = NetworkSetting(network, also={d_[unit]: Partial(E, z_[unit]) for unit in "pqo"})
    slope = {unit: g_prime(z_[unit]) for unit in "pqo"}
    through_q = Factors(w_oq, slope["q"], w_qp, slope["p"])
    direct = Factors(w_op, slope["p"])
    by_z = {unit: Partial(E, z_[unit]) for unit in "pqo"}
    return lines(
        "One unit, two pushes",
        "past-a-unit",
        setting,
        *(
            (f"definition of z {unit}", z_[unit], network[z_[unit]], reason)
            for unit, reason in (
                ("q", "unit $q$ is fed by $p$ alone"),
                ("o", "the output is fed by $q$, and directly by $p$"),
            )
        ),
        ("definition of delta o", d_["o"], by_z["o"], "push $z_{o}$ alone"),
        (
            "definition of delta q",
            d_["q"],
            by_z["q"],
            "push $z_{q}$ alone: $a_{p}$ is held fixed, $o$ follows",
        ),
        (
            "delta q",
            Factors(d_["o"], w_oq, slope["q"]),
            "$q$ reaches the error over $o$ only: slope, weight, error term",
        ),
        (
            "definition of delta p",
            d_["p"],
            by_z["p"],
            "push $z_{p}$: all that comes after it follows, $q$ and $o$",
        ),
        (
            "whole push",
            Factors(d_["o"], Partial(z_["o"], z_["p"])),
            "all of it reaches the error over $z_{o}$",
        ),
        (
            "two terms",
            Partial(z_["o"], z_["p"]),
            Terms(
                Factors(w_oq, Partial(a_["q"], z_["p"])), Factors(w_op, Partial(a_["p"], z_["p"]))
            ),
            "the whole reaction of $z_{o}$, with $q$ following: two terms depend on $z_{p}$",
        ),
        (
            "way over q",
            Partial(a_["q"], z_["p"]),
            Factors(
                Partial(a_["q"], z_["q"]), Partial(z_["q"], a_["p"]), Partial(a_["p"], z_["p"])
            ),
            "chain rule: $z_{p}$ changes $a_{p}$, that changes $z_{q}$, that changes $a_{q}$",
        ),
        ("slopes", Factors(slope["q"], w_qp, slope["p"]), "slope, weight, slope"),
        (
            "two ways",
            Partial(z_["o"], z_["p"]),
            Terms(through_q, direct),
            "put in; $a_{p}$ itself has the slope $g'(z_{p})$",
        ),
        (
            "put in",
            d_["p"],
            Terms(
                Factors(Brace(Factors(d_["o"], w_oq, slope["q"]), d_["q"]), w_qp, slope["p"]),
                Factors(d_["o"], direct),
            ),
            "put in and multiplied out; on the way through $q$ the first three factors are the "
            "error term of $q$",
        ),
        (
            "delta p",
            Factors(slope["p"], Group(Terms(Factors(w_qp, d_["q"]), Factors(w_op, d_["o"])))),
            "one term for each unit that $p$ feeds: $O_{p} = \\{q, o\\}$",
        ),
    )

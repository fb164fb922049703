"""Numbers worked out by hand: which is the first that departs, and which slip makes it."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from ..slips.catalogue import slips
from ..slips.formula import Values, compiled
from ..slips.rules import right_rules
from ..textbook import ACTIVATION, SLOPE
from ..validation import did_you_mean
from .reply import Reply

EXACT = 2e-3  # relative: three digits of a pocket calculator
ROUNDED = 3e-2  # relative: what is left of a number whose parts were rounded to two digits
SMALL = 5e-4  # absolute: numbers below are given with three decimals


@dataclass(frozen=True)
class Place:
    """A number that can be asked for: `name` is its name in Python, `rule` its rule.

    `layer`, `unit` and `before` are numbers from 1, or None where it has none.
    """

    name: str
    says: str
    rule: str
    array: str
    layer: int | None = None
    unit: int | None = None
    before: int | None = None


def by_hand(net, x, y, eta=None, **answers):
    """Check numbers for one example and one update.

    Parameters
    ----------
    net : Network
        Sigmoid layers, half squared error.
    x, y : arrays of shape (n_0,) and (n_L,)
    eta : float or None
        Only needed for the new parameters.
    **answers : float
        By name: z1_2, a1_2 (unit 2 of layer 1), E, d2_1 (δ), grad_w2_13, grad_b2_1, new_w2_13,
        new_b2_1. Any of them, in any order; None or ... for what is still open.

    Returns
    -------
    Reply
        About the first number, in the order of computation, that does not follow from those before
        it, as they were given. `Reply.right` if there is none and none is open.

    Raises
    ------
    ValueError
        If there is no number of such a name, or the network has other functions.
    """
    functions = [net.activation[l] for l in range(1, net.L + 1)]
    if set(functions) != {"sigmoid"} or net.error != "half_squared":
        raise ValueError(
            "net: expected sigmoid layers and the half squared error, got "
            f"{', '.join(functions)} and {net.error}"
        )
    places = {place.name: place for place in _places(net.sizes)}
    for name in answers:
        if name not in places:
            raise ValueError(
                f"answers: expected names such as {', '.join(list(places)[:3])}, d{net.L}_1, "
                f"got {name!r}{did_you_mean(name, places)}"
            )
        if eta is None and places[name].rule in ("w", "b"):
            raise ValueError(f"eta: expected the learning rate, which {name} depends on, got None")
    given, exact = _values(net, x, y, eta), _values(net, x, y, eta)
    open_ones = []
    for name, place in places.items():
        if eta is None and place.rule in ("w", "b"):
            break
        rule = right_rules()[place.rule].rhs
        _put(exact, place, _value(rule, exact, place))
        right = _value(rule, given, place)  # from the numbers before, as they were given
        answer = answers.get(name, right)
        if answer is None or answer is ...:
            open_ones.append(place)
            answer = right
        elif not _is_exact(answer, _value(rule, exact, place)):
            problem = _problem(place, answer, right, given)
            if problem is not None:
                return problem
        _put(given, place, float(answer))
    if open_ones:
        said = ", ".join(place.says for place in open_ones[:4])
        return Reply(False, None, f"Right so far. Still open: {said}.")
    return Reply(True, None, "Right, every number.")


def _problem(place, answer, right, v):
    """A Reply about an answer that is not right; None if it is."""
    if isinstance(answer, bool) or not isinstance(answer, Real):
        got = f"the text {answer!r}" if isinstance(answer, str) else f"{type(answer).__name__}"
        hint = " Write a point, not a comma." if isinstance(answer, (str, tuple)) else ""
        return Reply(False, None, f"{place.says}: a number is expected, got {got}.{hint}")
    answer = float(answer)
    if not np.isfinite(answer):
        return Reply(False, None, f"{place.says}: a finite number is expected, got {answer}.")
    if _near(answer, right, EXACT):
        return None
    found = [
        slip
        for slip in slips().values()
        if slip.quantity == place.rule and slip.statement is not None
        if _is_slip(slip, v, place, answer, right)
    ]
    if found:
        return _named(place, found)
    if _near(answer, right, ROUNDED):
        text = "nearly. You rounded early: keep five digits on the way, and round at the end."
        return Reply(False, None, f"{place.says}: {text}")
    if _near(answer, -right, EXACT):
        return Reply(False, None, f"{place.says}: the size is right, and the sign is not.")
    lines = [f"{place.says} is the first number that does not follow from those before it."]
    chapter, heading = READ[place.rule]
    lines.append(f"Read “{heading}” in the chapter {chapter}.")
    return Reply(False, None, "\n".join(lines))


def _is_slip(slip, v, place, answer, right):
    wrong = _value(slip.statement.rhs, v, place)
    return wrong is not None and not _near(wrong, right, ROUNDED) and _near(answer, wrong, EXACT)


def _named(place, found):
    chapter, heading = found[0].read
    if len(found) == 1:
        lines = [f"{place.says}: {found[0].says}"]
    else:
        lines = [f"{place.says}: one of these.", *(f"– {slip.says}" for slip in found[:2])]
    lines.append(f"Read “{heading}” in the chapter {chapter}.")
    names = [slip.name for slip in found]
    return Reply(False, names[0] if len(names) == 1 else names, "\n".join(lines))


def _is_exact(answer, right):
    """Whether it is the number that it would be had nothing been rounded before."""
    return isinstance(answer, Real) and not isinstance(answer, bool) and _near(answer, right, EXACT)


def _near(answer, value, tolerance):
    return abs(answer - value) <= max(tolerance * abs(value), SMALL)


def _value(expr, v, place):
    try:
        return float(compiled(expr)(v, place.layer, place.unit, place.before))
    except (IndexError, KeyError, TypeError):
        return None


def _put(v, place, number):
    if place.array == "E":
        v.E = number
        return
    index = tuple(n - 1 for n in (place.unit, place.before) if n is not None)
    getattr(v, place.array)[place.layer][index] = number


def _values(net, x, y, eta):
    layers = range(1, net.L + 1)
    sizes = net.sizes
    x, y = np.array(x, float), np.array(y, float)
    for name, value, size in (("x", x, sizes[0]), ("y", y, sizes[-1])):
        if value.shape != (size,):
            raise ValueError(f"{name}: expected shape ({size},), got {value.shape}")
    nothing = {l: np.zeros(sizes[l]) for l in layers}
    return Values(
        L=net.L,
        n=dict(enumerate(sizes)),
        W={l: np.array(net.W[l], float) for l in layers},
        b={l: np.array(net.b[l], float) if net.b else np.zeros(sizes[l]) for l in layers},
        z={0: x, **{l: nothing[l].copy() for l in layers}},
        a={0: x, **{l: nothing[l].copy() for l in layers}},
        delta={l: nothing[l].copy() for l in layers},
        grad_W={l: np.zeros((sizes[l], sizes[l - 1])) for l in layers},
        grad_b={l: nothing[l].copy() for l in layers},
        new_W={l: np.zeros((sizes[l], sizes[l - 1])) for l in layers},
        new_b={l: nothing[l].copy() for l in layers},
        g=dict.fromkeys(layers, ACTIVATION["sigmoid"]),
        slope=dict.fromkeys(layers, SLOPE["sigmoid"]),
        y=y,
        eta=eta,
    )


def _places(sizes):
    """Every number of one update, in the order of computation."""
    L = len(sizes) - 1
    layers = range(1, L + 1)

    def units(layer):
        return range(1, sizes[layer] + 1)

    for l in layers:
        for i in units(l):
            yield Place(f"z{l}_{i}", f"z{_up(l)}{_down(i)}", "z", "z", l, i)
        for i in units(l):
            yield Place(f"a{l}_{i}", f"a{_up(l)}{_down(i)}", "a", "a", l, i)
    yield Place("E", "E", "E", "E")
    for l in reversed(layers):
        rule = "delta^L" if l == L else "delta"
        for i in units(l):
            yield Place(f"d{l}_{i}", f"δ{_up(l)}{_down(i)}", rule, "delta", l, i)
    for prefix, words, rules, arrays in (
        ("grad_", "∂E/∂", ("dE/dw", "dE/db"), ("grad_W", "grad_b")),
        ("new_", "new ", ("w", "b"), ("new_W", "new_b")),
    ):
        for l in reversed(layers):
            for i in units(l):
                for j in units(l - 1):
                    name = f"{l}_{i}{j}" if max(sizes) < 10 else f"{l}_{i}_{j}"
                    says = f"{words}w{_up(l)}{_down(i)}{_down(j)}"
                    yield Place(f"{prefix}w{name}", says, rules[0], arrays[0], l, i, j)
            for i in units(l):
                says = f"{words}b{_up(l)}{_down(i)}"
                yield Place(f"{prefix}b{l}_{i}", says, rules[1], arrays[1], l, i)


def _up(number):
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _down(number):
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


READ = {
    "z": ("recap", "Layers of units"),
    "a": ("recap", "Layers of units"),
    "E": ("recap", "The recipe of supervised learning"),
    "delta^L": ("output_delta", "The error term δ"),
    "delta": ("generalized_delta", "Wider layers: a sum over the next layer"),
    "dE/dw": ("generalized_delta", "For any width"),
    "dE/db": ("generalized_delta", "For any width"),
    "w": ("algorithm", "The algorithm"),
    "b": ("algorithm", "The algorithm"),
}

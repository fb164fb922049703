"""Checks of a student's functions. Each tries the function on networks that tell slips apart.

>>> from bplib.exercises import check
>>> check.output_delta(lambda a, y, z: (a - y) * a * (1 - a)).right
True
>>> check.output_delta(lambda a, y, z: a - y).slip
'output-slope-left-out'

All layers are sigmoid layers and the error of one example is ½ Σ (a − y)². Every check takes
`notation`: "house", or "comp90049" for that lecture's sign of δ. It returns a `Reply` and raises
nothing, whatever the function is or does, but for an unknown `notation` (ValueError).
"""

import numpy as np

from ..slips.catalogue import slips
from ..slips.formula import Values, layer_values
from ..slips.naming import all_close, close, matching
from ..slips.rules import right_rules
from ..textbook import ACTIVATION, SLOPE
from ..validation import did_you_mean
from .by_hand import by_hand
from .calling import Fault, array, arrays, call, pair
from .formulas import central_difference, equal, error_term, slope
from .reply import Reply
from .sweeps import backward_order, difference, operation, relative_difference, sweep
from .tasks import task

__all__ = [
    "backward",
    "backward_order",
    "by_hand",
    "central_difference",
    "difference",
    "equal",
    "error",
    "error_term",
    "forward",
    "gradients",
    "hidden_delta",
    "operation",
    "output_delta",
    "relative_difference",
    "slope",
    "sweep",
    "unit_delta",
    "update",
]

sigmoid = ACTIVATION["sigmoid"]
NOTATIONS = ("house", "comp90049")


def forward(function, notation="house"):
    """Check `forward(W, b, x)`: the forward pass for one example.

    Parameters
    ----------
    function : callable
        Is given lists W and b for the layers 1 to L (W[0] is W^1) and x of shape (n_0,), and
        returns lists (z, a) for the layers 1 to L.
    notation : str
        Makes no difference.

    Returns
    -------
    Reply
    """
    _sign(notation)

    def results(value, arguments):
        shapes = [biases.shape for biases in arguments[1]]
        z, a = pair(value, "z, a")
        return [*arrays("z", z, shapes), *arrays("a", a, shapes)]

    return _checked("forward", function, results)


def error(function, notation="house"):
    """Check `error(a, y)`: the error of one example, a number.

    Parameters
    ----------
    function : callable
        Is given the outputs and the targets, arrays of shape (n_L,).
    notation : str
        Makes no difference.

    Returns
    -------
    Reply
    """
    _sign(notation)
    return _checked("error", function, lambda value, arguments: [array("E", value, ())])


def output_delta(function, notation="house"):
    """Check `output_delta(a, y, z)`: the error terms of the output layer.

    Parameters
    ----------
    function : callable
        Is given three arrays of shape (n_L,), the activations, targets and weighted inputs of the
        output layer, and returns δ^L of the same shape.
    notation : str

    Returns
    -------
    Reply
    """
    sign = _sign(notation)

    def results(value, arguments):
        return [sign * array("δ of the output layer", value, arguments[0].shape)]

    return _checked("output_delta", function, results)


def hidden_delta(function, notation="house"):
    """Check `hidden_delta(z, W_next, delta_next)`: the error terms of a hidden layer.

    Parameters
    ----------
    function : callable
        Is given z of shape (n_l,), the weights W^{l+1} of shape (n_{l+1}, n_l) and δ^{l+1} of
        shape (n_{l+1},), and returns δ^l of shape (n_l,).
    notation : str

    Returns
    -------
    Reply
    """
    sign = _sign(notation)

    def given(arguments):
        z, W_next, delta_next = arguments
        return z, W_next, sign * delta_next

    def results(value, arguments):
        return [sign * array("δ of the hidden layer", value, arguments[0].shape)]

    return _checked("hidden_delta", function, results, given)


def unit_delta(function, z=None, weights=None, deltas=None):
    """Check `unit_delta(z, weights, deltas)`: the error term of one sigmoid unit of a graph.

    Parameters
    ----------
    function : callable
        Is given the unit's weighted input, the weights of the connections that leave it, and the
        error terms of the units at their ends, in the same order; returns a number.
    z, weights, deltas : float, sequence of float, sequence of float
        If given, the function is tried with these alone.

    Returns
    -------
    Reply
    """
    if z is not None:
        rule = _one_unit(z, weights, deltas)
        return _compared(function, rule)

    def results(value, arguments):
        return [array("δ of the unit", value, ())]

    return _checked("unit_delta", function, results)


def gradients(function, notation="house"):
    """Check `gradients(delta, a_before)`: the gradients of one layer for one example.

    Parameters
    ----------
    function : callable
        Is given δ^l of shape (n_l,) and a^{l-1} of shape (n_{l-1},), and returns (grad_W, grad_b)
        of shapes (n_l, n_{l-1}) and (n_l,).
    notation : str

    Returns
    -------
    Reply
    """
    sign = _sign(notation)

    def given(arguments):
        delta, a_before = arguments
        return sign * delta, a_before

    def results(value, arguments):
        delta, a_before = arguments
        grad_W, grad_b = pair(value)
        shape = (len(delta), len(a_before))
        return [array("grad_W", grad_W, shape), array("grad_b", grad_b, delta.shape)]

    return _checked("gradients", function, results, given)


def backward(function, notation="house"):
    """Check `backward(W, b, x, y)`: all gradients of a network.

    Parameters
    ----------
    function : callable
        Is given lists W and b for the layers 1 to L (W[0] is W^1), and one example, x of shape
        (n_0,) and y of shape (n_L,), or a batch whose rows are examples. Returns lists (grad_W,
        grad_b) of the gradients of the error, of a batch of the mean error.
    notation : str
        Makes no difference: the gradient has the same sign in every notation.

    Returns
    -------
    Reply
    """
    _sign(notation)
    return _checked("backward", function, _per_layer("grad_W", "grad_b"), twice=True)


def update(function, notation="house"):
    """Check `update(W, b, grad_W, grad_b, eta)`: one step of gradient descent.

    Parameters
    ----------
    function : callable
        Is given four lists for the layers 1 to L and the learning rate, and returns new lists
        (W, b).
    notation : str
        Makes no difference.

    Returns
    -------
    Reply
    """
    _sign(notation)
    return _checked("update", function, _per_layer("W", "b"))


def _one_unit(z, weights, deltas):
    """What each rule, right (None) or wrong, makes of one unit."""
    v = Values(
        W={2: np.array([weights], float).T},
        z={1: np.array([z], float)},
        a={1: np.array([sigmoid(z)])},
        delta={2: np.array(deltas, float)},
        n={1: 1, 2: len(deltas)},
        g={1: sigmoid},
        slope={1: SLOPE["sigmoid"]},
    )
    rules = {None: right_rules()["delta"]}
    rules |= {name: s.statement for name, s in slips().items() if s.quantity == "delta"}
    found = {name: layer_values(rule.rhs, v, 1, (1,)) for name, rule in rules.items()}
    return {name: float(value[0]) for name, value in found.items() if value is not None}


def _compared(function, rule):
    """The reply about a single number that a pocket calculator gives."""
    try:
        value = call(function, ())
        if value is ...:
            return Reply(False, None, "Still open.")
        found = float(array("δ", value, ()))
    except Fault as fault:
        return Reply(False, None, str(fault))
    if close(found, rule[None], 5e-3):
        return Reply(True, None, "Right.")
    names = [name for name, wrong in rule.items() if name and close(found, wrong, 5e-3)]
    return _named(names) if names else Reply(False, None, "Not yet: one factor after the other.")


def _sign(notation):
    if notation not in NOTATIONS:
        raise ValueError(
            f"notation: expected one of {', '.join(map(repr, NOTATIONS))}, got {notation!r}"
            f"{did_you_mean(notation, NOTATIONS)}"
        )
    return 1 if notation == "house" else -1


def _per_layer(name_W, name_b):
    def results(value, arguments):
        W, b = arguments[:2]
        found_W, found_b = pair(value, f"{name_W}, {name_b}")
        return [
            *arrays(name_W, found_W, [weights.shape for weights in W]),
            *arrays(name_b, found_b, [biases.shape for biases in b]),
        ]

    return results


def _checked(name, function, results, given=lambda arguments: arguments, twice=False):
    """The reply: what the function gave on every case, compared with right and wrong rules."""
    cases = task(name)
    answers, faults, again = [], [], []
    for arguments in cases.arguments:
        try:
            value = call(function, given(arguments))
            answers.append(results(value, arguments))
            if twice:
                again.append(results(call(function, given(arguments)), arguments))
        except Fault as fault:
            answers.append(None)
            faults.append(str(fault))
            if not callable(function) or "did not end" in str(fault):
                return Reply(False, None, str(fault))
    good = [
        answer is not None and all_close(answer, right)
        for answer, right in zip(answers, cases.right, strict=True)
    ]
    if all(good):
        if again and not all(map(all_close, again, answers)):
            return _named(["stale-gradient"])
        return Reply(True, None, _praise(len(cases.arguments)))
    found = matching(answers, cases.right, cases.wrong)
    if found and any(answer is not None for answer in answers):
        return _named(found, faults)
    if faults and not any(good):
        return Reply(False, None, faults[0])
    return Reply(False, None, _described(cases, answers, good, faults))


def _praise(count):
    return f"Right, on {count} networks: of equal and unequal widths, with both signs of the error."


def _named(names, faults=()):
    found = [slips()[name] for name in names]
    if len(found) == 1:
        lines = [f"Not yet. {found[0].says}", _read(found[0])]
    else:
        lines = ["Not yet. One of these:", *(f"– {slip.says}" for slip in found[:2])]
        lines.append("Try a network in which they differ.")
    if faults:
        lines.append(faults[0])
    return Reply(False, names[0] if len(names) == 1 else list(names), "\n".join(lines))


def _read(slip):
    chapter, heading = slip.read
    return f"Read “{heading}” in the chapter {chapter}."


def _described(cases, answers, good, faults):
    """What can be said without a slip that fits."""
    lines = []
    if any(good):
        right = [case for case, is_good in zip(cases.cases, good, strict=True) if is_good]
        wrong = [case for case, is_good in zip(cases.cases, good, strict=True) if not is_good]
        if all(max(case.sizes[1:]) == 1 for case in right):
            lines.append("Right for one unit a layer, and wrong for more: are all sums there?")
        elif all(len(case.x) == 1 for case in right) and all(len(case.x) > 1 for case in wrong):
            lines.append(
                "Right for one example, and wrong for several: the mean of the gradients is needed."
            )
        else:
            sizes = ", ".join("-".join(map(str, case.sizes)) for case in wrong)
            lines.append(f"Right on some networks, and not on these: {sizes}.")
    else:
        lines.append("Not yet, and no slip that the book knows gives these numbers.")
        ratio = _ratio(cases, answers)
        if ratio is not None:
            lines.append(f"Every number is {ratio:.4g} times what it should be.")
    lines.extend(faults[:1])
    return "\n".join(lines)


def _ratio(cases, answers):
    """The factor by which all numbers are off, if it is one."""
    pairs = [(a, r) for a, r in zip(answers, cases.right, strict=True) if a is not None]
    found = np.concatenate([np.ravel(part) for a, _ in pairs for part in a])
    right = np.concatenate([np.ravel(part) for _, r in pairs for part in r])
    ratio = float(found @ right / (right @ right))
    return ratio if np.allclose(found, ratio * right, rtol=1e-6, atol=1e-9) and ratio else None

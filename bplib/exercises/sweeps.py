"""Checks about graphs and the picture of the computation: what comes back, in which order."""

from numbers import Real

import numpy as np

from ..slips.naming import close
from ..validation import choice
from .calling import Fault, array, call, pair
from .reply import Reply

H = 1e-30  # of the complex step, exact to the last digit
OPERATIONS = {
    "sum": lambda u, v: u + v,
    "difference": lambda u, v: u - v,
    "product": lambda u, v: u * v,
    "quotient": lambda u, v: u / v,
}
TRIED = ((1.5, -0.5, 2.0), (-0.7, 1.2, -1.0), (2.0, 3.0, 0.25))


def operation(function, name):
    """Check `back(u, v, back)`: what an operation sends back to its two inputs.

    Parameters
    ----------
    function : callable
        Is given the two inputs and what comes back to the result; returns what goes back to each.
    name : str
        "sum", "difference", "product" or "quotient".

    Returns
    -------
    Reply
    """
    forward = OPERATIONS[choice("name", name, [*OPERATIONS])]
    for u, v, back in TRIED:
        try:
            first, second = pair(call(function, (u, v, back)), "two numbers")
            found = [
                float(array(f"what goes back to {letter}", value, ()))
                for letter, value in (("u", first), ("v", second))
            ]
        except Fault as fault:
            return Reply(False, None, str(fault))
        slopes = [np.imag(forward(u + 1j * H, v)) / H, np.imag(forward(u, v + 1j * H)) / H]
        right = [back * slope for slope in slopes]
        if close(found, right):
            continue
        if close(found, right[::-1]):
            return Reply(False, None, "The two are exchanged: which goes back to u?")
        if close(found, slopes):
            return Reply(False, None, "What comes back is left out: it is a factor of both.")
        given = f"u = {u:g}, v = {v:g} and back = {back:g}"
        return Reply(False, None, f"Not yet: look at {given}.")
    return Reply(True, None, "Right.")


def sweep(answers, w, x, b, y):
    """Check what comes back to each quantity of one tanh unit with the half squared error.

    Parameters
    ----------
    answers : dict of str to float
        For "a", "z", "b" and "w", or some of them: dE/da and so on.
    w, x, b, y : float

    Returns
    -------
    Reply
        About the first, from back to front, that is not right.
    """
    error = {
        "a": lambda a: (a - y) ** 2 / 2,
        "z": lambda z: (np.tanh(z) - y) ** 2 / 2,
        "b": lambda b: (np.tanh(w * x + b) - y) ** 2 / 2,
        "w": lambda w: (np.tanh(w * x + b) - y) ** 2 / 2,
    }
    at = {"a": np.tanh(w * x + b), "z": w * x + b, "b": b, "w": w}
    before = 1.0
    for name in error:
        answer = answers.get(name)
        if answer is None or answer is ...:
            return Reply(False, None, f"Right so far. Still open: what comes back to {name}.")
        if isinstance(answer, bool) or not isinstance(answer, Real) or not np.isfinite(answer):
            return Reply(False, None, f"{name}: a number is expected, got {answer!r}.")
        right = float(np.imag(error[name](at[name] + 1j * H)) / H)
        if not close(answer, right, 2e-3):
            text = f"What comes back to {name} is not right."
            if close(answer, -right, 2e-3):
                text = f"What comes back to {name}: the size is right, and the sign is not."
            elif before and close(answer, right / before, 2e-3):
                text = f"{name}: what comes back to the quantity after it is missing as a factor."
            return Reply(False, None, text)
        before = right
    return Reply(True, None, "Right, every one.")


def backward_order(order, connections):
    """Check an order in which the error terms of a graph can be computed.

    Parameters
    ----------
    order : str
        The names of the units, one letter each.
    connections : sequence of str
        "AB" for a connection from A to B.

    Returns
    -------
    Reply
    """
    if order is None or order is ...:
        return Reply(False, None, "Still open.")
    units = sorted(set("".join(connections)))
    if not isinstance(order, str) or sorted(order.upper()) != units:
        wanted = ", ".join(units)
        return Reply(False, None, f"Each of {wanted} once is expected, got {order!r}.")
    order = order.upper()
    for source, target in connections:
        if order.index(source) < order.index(target):
            return Reply(
                False,
                None,
                f"{source} comes before {target}, but {source} feeds {target}: the error term of "
                f"{source} needs that of {target}.",
            )
    return Reply(True, None, "Right.")


def difference(function, kind):
    """Check `numeric(f, x, h)`: a derivative in numbers.

    Parameters
    ----------
    function : callable
        Is given a function f, a number x and a step h.
    kind : str
        "central" or "complex".

    Returns
    -------
    Reply
    """
    choice("kind", kind, ["central", "complex"])
    h = 0.25  # large, so that one way can be told from another
    for f, x in ((np.exp, 0.5), (np.sin, 1.2), (lambda x: x**4, -0.7)):
        central = (f(x + h) - f(x - h)) / (2 * h)
        by_complex = np.imag(f(x + 1j * h)) / h
        right = central if kind == "central" else by_complex
        try:
            found = float(array("the derivative", call(function, (f, x, h)), ()))
        except Fault as fault:
            return Reply(False, None, str(fault))
        if close(found, right, 1e-9):
            continue
        for wrong, words in (
            ((f(x + h) - f(x)) / h, "That is the difference to one side."),
            (2 * central, "The two points are 2h apart: divide by that."),
            (-right, "The size is right, and the sign is not."),
            (by_complex * h, "Divide by h."),
            (np.real(f(x + 1j * h)) / h, "The imaginary part is wanted, not the real one."),
            (central, "That is the central difference."),
            (by_complex, "That is the complex step."),
        ):
            if close(found, wrong, 1e-9):
                return Reply(False, None, words)
        return Reply(False, None, f"Not yet, at x = {x:g}.")
    return Reply(True, None, "Right.")


def relative_difference(function):
    """Check `relative_difference(first, second)`: |first − second| / (|first| + |second|).

    Parameters
    ----------
    function : callable
        Is given two arrays of one shape, and returns a number; 0 for two arrays of zeros.

    Returns
    -------
    Reply
    """
    for first, second in (
        ([3.0, 4.0], [3.0, 4.0]),
        ([3.0, 4.0], [0.0, 0.0]),
        ([1.0, -2.0, 2.0], [2.0, 1.0, 2.0]),
        ([[1e-9, 0.0]], [[0.0, 1e-9]]),
        ([0.0, 0.0], [0.0, 0.0]),
    ):
        first, second = np.array(first), np.array(second)
        sizes = np.linalg.norm(first) + np.linalg.norm(second)
        right = float(np.linalg.norm(first - second) / sizes) if sizes else 0.0
        try:
            with np.errstate(invalid="ignore", divide="ignore"):
                value = call(function, (first, second))
            found = float(array("the relative difference", value, ()))
        except Fault as fault:
            hint = "" if sizes else " Both arrays are 0 here."
            return Reply(False, None, f"{fault}{hint}")
        if not close(found, right) and abs(found - right) > 1e-12:
            given = f"{first.tolist()} and {second.tolist()}"
            return Reply(False, None, f"Not yet, for {given}.")
    return Reply(True, None, "Right.")

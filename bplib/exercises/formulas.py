"""Typed formulas and functions of one unit, compared with the right ones."""

import numpy as np
from sympy import Basic, Expr, Float, SympifyError, simplify, sympify

from ..activations import ACTIVATIONS
from ..errors import ERRORS
from ..network import Network
from ..slips.naming import close
from ..validation import choice
from .calling import Fault, array, call
from .reply import Reply

POINTS = 12
LONGEST = 500  # characters of a formula that is typed


def equal(answer, expected, where=None):
    """Check a formula: is it equal to another one, up to algebra?

    Parameters
    ----------
    answer : SymPy expression, number, or str
        The student's; as a text, in SymPy's spelling: "a*(1 - a)".
    expected : SymPy expression
    where : dict or None
        What symbols stand for, such as {a: 1/(1 + exp(-z))}; put in on both sides.

    Returns
    -------
    Reply
    """
    if answer is None or answer is ...:
        return Reply(False, None, "Still open.")
    symbols = {s.name: s for s in expected.free_symbols | {*(where or {})}}
    try:
        found = _read(answer, symbols)
    except Fault as fault:
        return Reply(False, None, str(fault))
    unknown = found.free_symbols - {*symbols.values()}
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))
        known = ", ".join(sorted(symbols))
        return Reply(False, None, f"{names}: not a letter of this formula, which may have {known}.")
    left, right = (_put_in(side, where) for side in (found, expected))
    ratio = _ratio(left, right)
    if ratio == 1:
        return Reply(True, None, "Right.")
    if ratio == -1:
        return Reply(False, None, "Right up to its sign.")
    if ratio is not None:
        return Reply(
            False, None, f"Right up to a factor: it is {ratio:.4g} times what it should be."
        )
    return Reply(False, None, "Not yet: for some numbers the two sides differ.")


def slope(function, activation):
    """Check `slope(z)`: the derivative of an activation function at the numbers z.

    Parameters
    ----------
    function : callable
        Is given an array of weighted inputs and returns the slopes at them.
    activation : str
        "identity", "sigmoid", "tanh" or "relu".

    Returns
    -------
    Reply
    """
    activation = choice("activation", activation, [n for n in ACTIVATIONS if n != "softmax"])
    z = np.array([-2.5, -1.0, -0.3, 0.2, 0.8, 1.9])
    net = Network([1, 1, 1], activation=[activation, "identity"], seed=0)
    net.W[1][...] = net.W[2][...] = 1.0
    net.b[1][...] = net.b[2][...] = 0.0
    right = []
    for value in z:  # δ of a hidden unit whose output is the network's, where ∂E/∂a = 1
        forward = net.forward([value])
        right.append(net.backward(forward, forward.a[2] - 1.0).delta[1][0])
    return _numbers("the slope", function, (z,), np.array(right))


def error_term(function, activation, error):
    """Check `error_term(z, y)`: δ of output units, from their weighted inputs and targets.

    Parameters
    ----------
    function : callable
        Is given arrays z and y of one shape, one entry a unit, and returns δ of the same shape.
    activation, error : str
        Of the output layer, as for a `Network`.

    Returns
    -------
    Reply
    """
    error = choice("error", error, [*ERRORS])
    z = np.array([-1.7, 0.4, 2.2, -0.6])
    y = np.array([0.0, 1.0, 0.0, 0.0])
    net = Network([4, 4], activation=activation, error=error, seed=0)
    net.W[1][...], net.b[1][...] = np.eye(4), 0.0
    right = net.backward(net.forward(z), y).delta[1]
    return _numbers("δ", function, (z, y), right)


def _numbers(name, function, arguments, right):
    try:
        found = array(name, call(function, arguments), right.shape)
    except Fault as fault:
        return Reply(False, None, str(fault))
    if close(found, right):
        return Reply(True, None, "Right.")
    if close(found, -right):
        return Reply(False, None, "Right up to its sign.")
    ratio = float(found @ right / (right @ right))
    if ratio and close(found, ratio * right):
        return Reply(False, None, f"Every number is {ratio:.4g} times what it should be.")
    place = int(np.argmax(np.abs(found - right)))
    given = ", ".join(
        f"{letter} = {a[place]:g}" for letter, a in zip("zy", arguments, strict=False)
    )
    return Reply(False, None, f"Not yet: look at {given}.")


def _read(answer, symbols):
    if isinstance(answer, str):
        if len(answer) > LONGEST:
            raise Fault(f"A formula of at most {LONGEST} characters is expected.")
        if any(part in answer for part in ("__", "lambda", "import", ";")):
            raise Fault(f"No formula can be read in {answer!r}.")
        try:
            answer = sympify(answer.replace("^", "**"), locals=symbols, rational=True)
        except (SympifyError, SyntaxError, TypeError, AttributeError, ValueError, RecursionError):
            raise Fault(f"No formula can be read in {answer!r}.") from None
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        answer = sympify(answer)
    if not isinstance(answer, Basic) or not isinstance(answer, Expr):
        raise Fault(f"A formula is expected, got a value of type {type(answer).__name__}.")
    # A letter that the student has made without saying that it is real is the same letter.
    return answer.xreplace({s: symbols[s.name] for s in answer.free_symbols if s.name in symbols})


def _put_in(expr, where):
    return expr.subs(where) if where else expr


def _ratio(left, right):
    """left / right, if it is the same number wherever both are evaluated; None if not."""
    letters = sorted(left.free_symbols | right.free_symbols, key=str)
    rng = np.random.default_rng(7)
    ratios = []
    for _ in range(POINTS):
        numbers = {letter: Float(rng.uniform(0.1, 0.9), 30) for letter in letters}
        values = [side.subs(numbers).evalf(30) for side in (left, right)]
        if not all(value.is_Float or value.is_Number for value in values):
            return 1 if simplify(left - right) == 0 else None
        top, bottom = map(complex, values)
        if not np.isfinite([top, bottom]).all():
            return None
        if abs(bottom) < 1e-20:
            if abs(top) > 1e-15:
                return None
            continue
        ratios.append(top / bottom)
    if not ratios:
        return 1
    if max(abs(ratio - ratios[0]) for ratio in ratios) > 1e-12 * abs(ratios[0]) + 1e-15:
        return None
    ratio = ratios[0].real
    if abs(ratio) < 1e-12:
        return None
    return round(ratio) if abs(ratio - round(ratio)) < 1e-12 else ratio


def central_difference(function, error, W, b):
    """Check `numeric(layer, i, j, h)`: the central difference for one weight.

    Parameters
    ----------
    function : callable
        Is given the place of a weight in W, W[layer][i, j], and a step h, and returns
        (E(w + h) - E(w - h)) / (2 h).
    error : callable
        error(W, b), a number.
    W, b : lists of arrays

    Returns
    -------
    Reply
    """
    h = 0.1  # large, so that a difference to one side, or without the 2, is seen
    for layer in range(len(W)):
        i, j = W[layer].shape[0] - 1, 0
        at = {step: error(_moved(W, layer, i, j, step), b) for step in (h, 0.0, -h)}
        try:
            found = float(array("the difference", call(function, (layer, i, j, h)), ()))
        except Fault as fault:
            return Reply(False, None, str(fault))
        right = (at[h] - at[-h]) / (2 * h)
        if close(found, right, 1e-8):
            continue
        for wrong, words in (
            ((at[h] - at[0.0]) / h, "That is the difference to one side: E(w + h) − E(w), over h."),
            ((at[h] - at[-h]) / h, "The difference is divided by h; the two points are 2h apart."),
            (-right, "The two errors are subtracted the other way round."),
            ((at[h] - at[-h]) / 2, "The difference is divided by 2, and not by h."),
            (0.0, "The two errors are equal: is the weight that you move the one that error uses?"),
        ):
            if abs(found - wrong) <= 1e-8 * max(abs(wrong), 1e-3):
                return Reply(False, None, words)
        return Reply(False, None, f"Not yet, for the weight in row {i} and column {j} of a layer.")
    return Reply(True, None, "Right.")


def _moved(W, layer, i, j, step):
    moved = [weights.copy() for weights in W]
    moved[layer][i, j] += step
    return moved

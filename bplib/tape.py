"""Automatic differentiation in reverse mode (Wengert 1964, Linnainmaa 1976).

A tape is a list of numbers. An operation writes its result q at the end, with
a link to each operand u: dq/du. `adjoints` reads the list from its end.
"""

import math

from .validation import real_number


def rule(sign, value, slopes):
    """An operation q = value(u, v), with slopes(u, v, q) = (dq/du, dq/dv)."""

    def operation(*operands):
        tapes = {id(u.tape): u.tape for u in operands if type(u) is Number}
        if len(tapes) != 1:
            raise ValueError(f"operands: expected 1 tape, got {len(tapes)}")
        [tape] = tapes.values()
        us = [u if type(u) is Number else Number(tape, u) for u in operands]
        vs = [u.value for u in us]
        q = value(*vs)
        return Number(tape, q, sign, [*zip(us, slopes(*vs, q), strict=True)])

    return operation


add = rule("+", lambda u, v: u + v, lambda u, v, q: (1, 1))
subtract = rule("−", lambda u, v: u - v, lambda u, v, q: (1, -1))
multiply = rule("×", lambda u, v: u * v, lambda u, v, q: (v, u))
divide = rule("÷", lambda u, v: u / v, lambda u, v, q: (1 / v, -q / v))
exp = rule("exp", math.exp, lambda u, q: [q])
ln = rule("ln", math.log, lambda u, q: [1 / u])
sigmoid = rule("σ", lambda u: 1 / (1 + math.e**-u), lambda u, q: [q - q * q])
tanh = rule("tanh", math.tanh, lambda u, q: [1 - q * q])
relu = rule("relu", lambda u: max(u, 0.0), lambda u, q: [float(q > 0)])
half_square = rule("½□²", lambda u: u * u / 2, lambda u, q: [u])


class Number:
    """A number on a tape, with the sign and the links of its operation."""

    def __init__(self, tape, value, sign="", links=()):
        self.value = real_number("value", value)
        self.tape, self.sign, self.links = tape, sign, links
        tape.append(self)

    __add__, __sub__, __mul__, __truediv__ = add, subtract, multiply, divide
    __radd__, __rmul__ = add, multiply


def adjoints(result):
    """The derivative of `result` with respect to each number on its tape."""
    adjoint = dict.fromkeys(result.tape, 0.0)
    adjoint[result] = 1.0
    for q in reversed(result.tape):
        for u, slope in q.links:
            adjoint[u] += slope * adjoint[q]
    return adjoint

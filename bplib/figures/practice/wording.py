"""How one step of a task is written: its name, its rule, and the line with numbers."""

from sympy import Indexed

from ...symbolic.derivation import equation
from ...symbolic.functions import ACTIVATIONS
from ...symbolic.notation import (
    ActivationFunction,
    ActivationSlope,
    L,
    Partial,
    a,
    b,
    eta,
    i,
    j,
    l,
    q,
    w,
    y,
)
from ..formulas import mathml, operator, row
from ..plain_text import plain_text
from .quantities import parts_of_chain, quantities, slope_by_output
from .template import template

ARRAYS = {"w": "W", r"\delta": "delta"}
GRADIENTS = {"w": "grad_W", "b": "grad_b"}


class Concrete:
    """The formulas of one step, with its layer and units put in."""

    def __init__(self, level, step):
        self.sizes, self.step, self.quantity = level.sizes, step, quantities()[step.quantity]
        self.indices = {l: step.l, i: step.i, j: step.j, L: len(level.sizes) - 1}
        self.indices = {symbol: index for symbol, index in self.indices.items() if index}

    def _at(self, expr):
        return expr.subs(self.indices)

    def _left(self):
        """What is asked for; a new parameter is written like the old one."""
        parameter = {"w": w(l, i, j), "b": b(l, i)}.get(self.step.quantity)
        return self._at(self.quantity.left if parameter is None else parameter)

    @property
    def _is_new(self):
        return self.step.quantity in ("w", "b")

    def label(self):
        """MathML, without the element math."""
        text = mathml(self._left())
        return row("<mtext>new&nbsp;</mtext>", text) if self._is_new else text

    def plain(self):
        return ("new " if self._is_new else "") + plain_text(self._left())

    def rule(self):
        """The rule in letters: a list of formulas in MathML."""
        if self.step.quantity == "product":
            dot = operator("·")
            parts = [mathml(part) for part in parts_of_chain()]
            return [row(mathml(self._left()), operator("="), parts[0])] + [
                row(dot, part) for part in parts[1:]
            ]
        rule = self._at(self.quantity.rule).xreplace({q: j})
        sign = "←" if self._is_new else "="
        found = [mathml(equation(self._left(), rule), sign=sign)]
        for slope in sorted(rule.atoms(ActivationSlope), key=str):
            found.append(mathml(equation(slope, slope_by_output(slope))))
        for output in rule.atoms(ActivationFunction) - rule.atoms(ActivationSlope):
            found.append(mathml(equation(output, _sigmoid(output.args[0]))))
        return found

    def numbers(self):
        """The right side of the rule with slots for numbers."""
        expr = self._at(self.quantity.right)
        expr = expr.replace(_is_size, lambda e: self.sizes[int(e.indices[0])]).doit()
        expr = expr.replace(
            lambda e: isinstance(e, ActivationFunction), lambda e: _sigmoid(e.args[0])
        )
        return template(expr, _slot)


def _is_size(expr):
    return isinstance(expr, Indexed) and expr.base.name == "n"


def _sigmoid(argument):
    return ACTIVATIONS["sigmoid"].expression(argument)


def _slot(symbol):
    """Where the number of a symbol is among the values, and its name: "W.2.0.1:w²₁₂"."""
    if isinstance(symbol, Partial):
        array, indices = GRADIENTS[symbol.by.base.name], symbol.by.indices
    elif isinstance(symbol, Indexed):
        letter, indices = symbol.base.name, symbol.indices
        array = ARRAYS.get(letter, letter)
        if letter == "y":
            return f"y.{indices[0] - 1}:{plain_text(symbol)}"
    elif str(symbol).startswith("v.factor"):
        number = int(str(symbol)[9:-1])
        return f"factor.{number}:{plain_text(parts_of_chain()[number - 1])}"
    else:
        return f"{str(symbol).lstrip(chr(92))}:{plain_text(symbol)}"
    units = ".".join(str(unit - 1) for unit in indices[1:])
    return f"{array}.{indices[0]}.{units}:{plain_text(symbol)}"


def spoken(step):
    """What is asked for, for the ear."""
    unit = f"layer {step.l}, unit {step.i}"
    weight = f"layer {step.l}, to unit {step.i} from unit {step.j}"
    return {
        "z": f"weighted input z, {unit}",
        "a": f"activation a, {unit}",
        "E": "error E",
        "delta^L": f"error term delta, {unit}",
        "delta": f"error term delta, {unit}",
        "dE/dw": f"derivative of E by the weight, {weight}",
        "dE/db": f"derivative of E by the bias, {unit}",
        "w": f"new weight, {weight}",
        "b": f"new bias, {unit}",
        "dE/da": "derivative of E by the output",
        "da/dz^L": f"derivative of a by z, layer {step.l}",
        "da/dz": f"derivative of a by z, layer {step.l}",
        "dz/da": "derivative of z of layer 2 by a of layer 1",
        "dz/dw": "derivative of z of layer 1 by its weight",
        "product": "derivative of E by the weight of layer 1",
    }[step.quantity]


def drawn(path):
    """The symbol of a number that is drawn: an input, a target, a weight, a bias or η."""
    array, *indices = path
    units = [index + 1 for index in indices[1:]]
    return {
        "W": lambda: w(indices[0], *units),
        "b": lambda: b(indices[0], *units),
        "a": lambda: a(0, *units),
        "y": lambda: y(indices[0] + 1),
        "eta": lambda: eta,
    }[array]()

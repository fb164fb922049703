"""An index formula as a Python function of arrays, whether the formula is right or wrong."""

import math
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from sympy import Indexed
from sympy.printing.pycode import PythonCodePrinter

# Where a symbol's value is. Arrays are held by layer; their entries start at 0.
PLACES = {
    "w": "v.W[{0}][{1} - 1, {2} - 1]",
    "b": "v.b[{0}][{1} - 1]",
    "a": "v.a[{0}][{1} - 1]",
    "z": "v.z[{0}][{1} - 1]",
    r"\delta": "v.delta[{0}][{1} - 1]",
    "y": "v.y[{0} - 1]",
    "n": "v.n[{0}]",
}
GRADIENTS = {"w": "v.grad_W[{0}][{1} - 1, {2} - 1]", "b": "v.grad_b[{0}][{1} - 1]"}


@dataclass
class Values:
    """What formulas are about: dicts of arrays by layer, of which a formula may need any."""

    L: int = 0
    n: dict = field(default_factory=dict)  # sizes
    W: dict = field(default_factory=dict)
    b: dict = field(default_factory=dict)
    z: dict = field(default_factory=dict)
    a: dict = field(default_factory=dict)
    delta: dict = field(default_factory=dict)
    grad_W: dict = field(default_factory=dict)
    grad_b: dict = field(default_factory=dict)
    new_W: dict = field(default_factory=dict)
    new_b: dict = field(default_factory=dict)
    g: dict = field(default_factory=dict)  # functions of a number
    slope: dict = field(default_factory=dict)
    y: object = ()
    eta: float | None = None
    E: float | None = None


class PlacePrinter:
    """House symbols as places in `Values`, to be mixed into the printer of one language.

    A subclass says where: `places` and `gradients`, by letter, with indices for {0}, {1}, {2}.
    """

    def _print_Indexed(self, expr):
        return self.places[str(expr.base)].format(*map(self.doprint, expr.indices))

    def _print_Partial(self, expr):  # of E by a parameter
        return self.gradients[str(expr.by.base)].format(*map(self.doprint, expr.by.indices))

    def _print_ActivationFunction(self, expr):
        return f"v.g[{self._layer(expr)}]({self.doprint(expr.args[0])})"

    def _print_ActivationSlope(self, expr):
        return f"v.slope[{self._layer(expr)}]({self.doprint(expr.args[0])})"

    def _layer(self, expr):
        """The layer that the argument belongs to: its activation function is meant."""
        argument = expr.args[0]
        unit = argument if isinstance(argument, Indexed) else min(argument.atoms(Indexed), key=str)
        return self.doprint(unit.indices[0])

    def _print_Symbol(self, expr):
        return {r"\eta": "v.eta", "L": "v.L"}.get(expr.name, expr.name)


class _Printer(PlacePrinter, PythonCodePrinter):
    places, gradients = PLACES, GRADIENTS

    def _print_Sum(self, expr):
        [(index, first, last)] = expr.limits
        units = f"range({self.doprint(first)}, {self.doprint(last)} + 1)"
        return f"sum({self.doprint(expr.function)} for {index} in {units})"

    def _print_KroneckerDelta(self, expr):
        return "({} == {})".format(*map(self.doprint, expr.args))


@cache
def compiled(expr):
    """A function (values, layer, unit, unit before) of the expression."""
    return eval(f"lambda v, l, i, j: {_Printer().doprint(expr)}", {"math": math})


def value(expr, values):
    """The number that an expression without free indices stands for."""
    return compiled(expr)(values, None, None, None)


def layer_values(expr, values, layer, shape):
    """The array of a layer, of shape (n_l,) or (n_l, n_{l-1}): the expression for every i (and j).

    None where the formula has no value: an index beyond the last unit, or a quantity that
    there is not (yet).
    """
    function = compiled(expr)
    array = np.empty(shape)
    try:
        for place in np.ndindex(shape):
            unit, before = (*(index + 1 for index in place), None)[:2]
            array[place] = function(values, layer, unit, before)
    except (IndexError, KeyError, TypeError):
        return None
    return array

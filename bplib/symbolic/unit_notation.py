r"""The symbols of any feed-forward graph: units have numbers, which are symbols themselves.

Where `graph_notation` names the units of one graph, here i, j and k stand for any: $w_{ki}$ is the
weight into unit k from unit i.
"""

from sympy import Expr, IndexedBase, Integer, Symbol

from .notation import ActivationFunction, ActivationSlope, Templated

U = Symbol("U", integer=True, positive=True)  # how many units there are
m = Symbol("m", integer=True, positive=True)  # how many of them are left


class UnitIndexed(Templated):
    """A symbol of one unit, or of two as w_ki, printed where its base has a #."""

    def _latex(self, printer=None):
        units = [str(unit).replace(" ", "") for unit in self.indices]
        between = ", " if any(len(unit) > 1 for unit in units) else ""
        return self.base.name.replace("#", between.join(units))

    def _sympystr(self, printer):
        return self._latex()


def _indexed(template):
    base = IndexedBase(template, real=True)
    return lambda *units: UnitIndexed(base, *units)


w, b, z, a, delta = map(_indexed, ("w_{#}", "b_{#}", "z_{#}", "a_{#}", r"\delta_{#}"))
F = _indexed("F_{#}")  # E as a function of the first weighted inputs
f = _indexed("f_{#}")  # z of a unit as a function of the weighted inputs before it
fed_by = _indexed("O_{#}")


class UnitFunction(ActivationFunction):
    """The activation function of one unit, that of its argument: g_i(z_i)."""

    _name = property(lambda self: _own("g", self.args[0]))

    def fdiff(self, argindex=1):
        return UnitSlope(self.args[0])


class UnitSlope(ActivationSlope):
    """Its derivative, g_i'."""

    _name = property(lambda self: f"{_own('g', self.args[0])}'")


g, g_prime = UnitFunction, UnitSlope


def _own(letter, argument):
    """A function's letter with the unit of its argument; a dummy, as in a proof, has none."""
    if not isinstance(argument, UnitIndexed):
        return letter
    return f"{letter}_{{{','.join(str(unit).replace(' ', '') for unit in argument.indices)}}}"


def direct(unit):
    """The derivative of the formula of E by one activation, all others held fixed."""
    return _Direct(IndexedBase("E_{a_{#}}", real=True), unit)


class _Direct(UnitIndexed):
    """Stands first in a sum: the direct derivative, and then what comes back."""

    def sort_key(self, order=None):
        one = Integer(1).sort_key()
        return (0, 0, str(self)), (0, ()), one, Integer(1)


class Of(Expr):
    r"""A function written with its arguments, such as F_k(z_1, …, z_k). It only stands there."""

    def _latex(self, printer):
        name, *arguments = (printer.doprint(part) for part in self.args)
        return rf"{name}\left({', '.join(arguments)}\right)"

    def _sympystr(self, printer):
        name, *arguments = (printer.doprint(part) for part in self.args)
        return f"{name}({', '.join(arguments)})"


class Feeds(Expr):
    r"""1 if unit k is in O_i, that is if unit i feeds unit k, else 0: Feeds(k, i)."""

    is_real = True

    def _eval_derivative(self, by):
        return Integer(0)  # who feeds whom does not change

    def _latex(self, printer):
        k, i = self.args
        return rf"\left[{printer.doprint(k)} \in {printer.doprint(fed_by(i))}\right]"

    def _sympystr(self, printer):
        k, i = self.args
        return f"[{k} in {fed_by(i)}]"


class SumOver(Expr):
    r"""The sum of `body` over all k in O_i: SumOver(body, k, i)."""

    is_real = True
    is_commutative = True

    def _latex(self, printer):
        body, k, i = self.args
        index = rf"{printer.doprint(k)} \in {printer.doprint(fed_by(i))}"
        return rf"\sum_{{{index}}} {printer.doprint(body)}"

    def _sympystr(self, printer):
        body, k, i = self.args
        return f"sum over {k} in {fed_by(i)} of {body}"

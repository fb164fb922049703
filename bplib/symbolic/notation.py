r"""The house notation as SymPy symbols.

Layers are numbered 0 (input) to L (output) and units from 1, as on paper. Each function below
takes layer and unit numbers, or SymPy symbols in their place:

>>> w(2, 1, 3), z(1, 2)
(w^{2}_{13}, z^{1}_{2})

With numbers it gives an ordinary `Symbol` (real, so that `sp.diff` and `lambdify` work as always);
with symbols an `Indexed`, which `Sum` can run over and `diff` turns into a `KroneckerDelta`. Both
print as the same LaTeX: `w^{l}_{ij}`, `b^{l}_{i}`, `z^{l}_{i}`, `a^{l}_{j}`, `\delta^{l+1}_{i}`.
"""

from sympy import Expr, Function, Indexed, IndexedBase, Symbol, sympify
from sympy.printing.precedence import PRECEDENCE

E = Symbol("E", real=True)  # the error of one example
eta = Symbol(r"\eta", positive=True)  # learning rate

l = Symbol("l", integer=True, positive=True)
L = Symbol("L", integer=True, positive=True)
i, j, k, p, q = (Symbol(name, integer=True, positive=True) for name in "ijkpq")


def w(layer, to, source):
    """The weight from unit `source` of layer - 1 into unit `to` of `layer`."""
    return _symbol("w", layer, to, source)


def b(layer, unit):
    """The bias of a unit."""
    return _symbol("b", layer, unit)


def z(layer, unit):
    """The weighted input of a unit."""
    return _symbol("z", layer, unit)


def a(layer, unit):
    """The activation of a unit; layer 0 holds the input."""
    return _symbol("a", layer, unit)


def delta(layer, unit):
    """The error term of a unit: the derivative of E with respect to its weighted input."""
    return _symbol(r"\delta", layer, unit)


def recipe(layer, unit):
    """What the rules compute for the error term, before it is proved to be the derivative."""
    return _symbol("d", layer, unit)


def y(unit):
    """The target of an output unit."""
    return _symbol("y", None, unit)


def n(layer):
    """The number of units of a layer, for rules that hold for any."""
    return _HouseIndexed(IndexedBase("n", integer=True, positive=True), sympify(layer))


def g(argument):
    """An activation function that is not further specified: that of the layer of `argument`."""
    return ActivationFunction(argument)


class ActivationFunction(Function):
    """Any differentiable function of one weighted input."""

    nargs = 1
    is_real = True
    _name = "g"

    def fdiff(self, argindex=1):
        return ActivationSlope(self.args[0])

    def _latex(self, printer, exp=None):
        power = "" if exp is None else f"^{{{exp}}}"
        (argument,) = self.args
        simple = argument.is_Symbol or argument.is_Indexed
        left, right = ("(", ")") if simple else (r"\left(", r"\right)")
        return f"{self._name}{power}{left}{printer.doprint(argument)}{right}"

    def _sympystr(self, printer):
        return f"{self._name}({printer.doprint(self.args[0])})"


class ActivationSlope(ActivationFunction):
    """Its derivative, g'."""

    _name = "g'"

    def fdiff(self, argindex=1):
        raise NotImplementedError("the rules of backpropagation need no second derivative")


g_prime = ActivationSlope


class Partial(Expr):
    r"""The partial derivative of one house symbol by another, to be written down.

    SymPy's own `Derivative(E, w)` of two plain symbols would turn into 0 when evaluated, since
    E, as a symbol, does not depend on w. A `Partial` stays what it is: what it stands for is
    decided by the network (`bplib.symbolic.meaning`).
    """

    is_commutative = True

    def __new__(cls, of, by):
        return Expr.__new__(cls, sympify(of), sympify(by))

    @property
    def of(self):
        return self.args[0]

    @property
    def by(self):
        return self.args[1]

    def _latex(self, printer):
        return (
            rf"\frac{{\partial {printer.doprint(self.of)}}}{{\partial {printer.doprint(self.by)}}}"
        )

    def _sympystr(self, printer):
        return f"d({printer.doprint(self.of)})/d({printer.doprint(self.by)})"


class _HouseIndexed(Indexed):
    """A house symbol whose layer or unit is itself a symbol."""

    precedence = PRECEDENCE["Pow"]  # so that a power of it is printed with parentheses

    def _latex(self, printer):
        return self._label()

    def _sympystr(self, printer):
        return self._label()

    def _label(self):
        if self.base.name in ("y", "n"):  # these have one index, below
            return _label(self.base.name, None, self.indices)
        return _label(self.base.name, self.indices[0], self.indices[1:])

    def as_symbol(self):
        """The same as an ordinary Symbol, once every index is a number."""
        return Symbol(self._label(), real=True)


class Templated(Indexed):
    """A symbol with its index, printed where the name of its base has a #."""

    precedence = PRECEDENCE["Pow"]

    def _latex(self, printer):
        return self.base.name.replace("#", printer.doprint(self.indices[0]))

    def _sympystr(self, printer):
        return self._latex(printer)


def is_house(expr, name, layer):
    """Whether `expr` is such a symbol with a symbolic index, of this layer: is_house(e, "a", L)."""
    return isinstance(expr, _HouseIndexed) and expr.base.name == name and expr.indices[0] == layer


def is_size(expr):
    """Whether `expr` is the number of units of a layer, n(l)."""
    return isinstance(expr, _HouseIndexed) and expr.base.name == "n"


def _symbol(name, layer, *units):
    indices = units if layer is None else (layer, *units)
    indices = [_index(name, index) for index in indices]
    if all(index.is_Integer for index in indices):
        layer, units = (None, indices) if layer is None else (indices[0], indices[1:])
        return Symbol(_label(name, layer, units), real=True)
    return _HouseIndexed(IndexedBase(name, real=True), *indices)


def _index(name, index):
    """A layer or unit number, or a SymPy expression in its place; no fraction."""
    number = sympify(index)
    if isinstance(index, (bool, str)) or (number.is_number and not number.is_Integer):
        raise TypeError(
            f"{name}: expected a whole number or a symbol as an index, "
            f"got {type(index).__name__} {index!r}"
        )
    return number


def _label(name, layer, units):
    units = [_flat(unit) for unit in units]
    # w^{1}_{112} could be unit 11 or unit 12: a comma where a number has two digits.
    subscript = (", " if any(len(unit) > 1 for unit in units) else "").join(units)
    superscript = "" if layer is None else f"^{{{_flat(layer)}}}"
    return f"{name}{superscript}_{{{subscript}}}"


def _flat(index):
    return str(index).replace(" ", "")


def plain(symbol):
    r"""A house symbol as plain text: `delta^2_1` for `\delta^{2}_{1}`, `dE/dw^2_11`."""
    if isinstance(symbol, Partial):
        return f"d{plain(symbol.of)}/d{plain(symbol.by)}"
    text = str(symbol)
    for character in ("\\", "{", "}", " "):
        text = text.replace(character, "")
    return text

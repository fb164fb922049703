r"""The assignments of a program, from the rules of a derivation.

A program computes z and a of every unit, layer by layer, then δ from back to front, then every
parameter's new value. The right sides are those of the derivation's proved statements. They are
changed in two ways only: common subexpressions are shared, and where the textbook formula of an
activation would overflow, an equal one is used (see `Language`).
"""

import re

from sympy import Mul, Pow, Symbol, cse, numbered_symbols
from sympy.printing.precedence import PRECEDENCE

from ..network import Network
from ..symbolic import NetworkDerivation
from ..symbolic.network import MAX_WEIGHTS
from ..symbolic.notation import E, Partial, a, delta, eta, z
from ..symbolic.specification import specification


class Language:
    """How to write formulas in one programming language.

    Subclasses name a SymPy printer and write the activations so that nothing overflows:

    - sigmoid: 1 / (1 + e^-z) down to z = -700, below that e^z, which is the same in float64;
    - softmax: e^(z_k - m) for e^(z_k), where m is the largest z, which cancels.
    """

    def __init__(self, printer):
        self._printer = printer

    def formula(self, expr):
        names = {symbol: code_symbol(symbol) for symbol in expr.free_symbols}
        return self._printer.doprint(expr.xreplace(names))

    def activation(self, name, z, a):
        """Lines (target, formula) that compute the names `a` from the names `z` of a layer."""
        if name == "softmax":
            yield "m", self.largest(z)
            powers = [f"e_{unit}" for unit in range(1, len(z) + 1)]
            for power, value in zip(powers, z, strict=True):
                yield power, self.exp(f"{value} - m")
            yield "s", " + ".join(powers)
            for target, power in zip(a, powers, strict=True):
                yield target, f"{power} / s"
            return
        for target, value in zip(a, z, strict=True):
            yield target, getattr(self, name)(value)

    def identity(self, z):
        return z

    def sigmoid(self, z):
        return self.choose(f"{z} > -700.0", f"1.0 / (1.0 + {self.exp('-' + z)})", self.exp(z))

    def relu(self, z):
        return self.choose(f"{z} > 0.0", z, "0.0")


class Program:
    """The assignments of one network's update.

    Parameters
    ----------
    derivation : NetworkDerivation
    language : Language
    train_biases : bool
        Whether the update changes the biases.
    """

    def __init__(self, derivation, language, train_biases=True):
        spec = derivation.spec
        self.derivation, self.spec, self.language = derivation, spec, language
        self.parameters = [code_name(symbol) for symbol in spec.parameters]
        self.inputs = [code_name(symbol) for symbol in spec.a(0)]
        self.targets = [code_name(symbol) for symbol in spec.y]
        self._rules = derivation.rules
        self._trained = [
            symbol for symbol in spec.parameters if train_biases or str(symbol).startswith("w")
        ]

    def forward(self):
        """Lines (target, formula)."""
        for l in self.spec.layers:
            units = self.spec.units(l)
            for unit in units:
                yield self._line(z(l, unit))
            names = ([code_name(kind(l, unit)) for unit in units] for kind in (z, a))
            yield from self.language.activation(self.spec.activations[l - 1], *names)

    def backward(self):
        """Lines (target, formula) for every error term."""
        for l in reversed(self.spec.layers):
            for unit in self.spec.units(l):
                yield self._line(delta(l, unit))

    def gradient(self):
        """Lines (parameter, formula)."""
        for symbol in self.spec.parameters:
            yield code_name(symbol), self.language.formula(self._rules[Partial(E, symbol)])

    def update(self):
        """Lines (target, formula): first what several parameters share, then their new values."""
        steps = [eta * self._rules[Partial(E, symbol)] for symbol in self._trained]
        shared, steps = cse(steps, symbols=numbered_symbols("s_", start=1))
        for symbol, value in shared:
            yield str(symbol), self.language.formula(value)
        for symbol, step in zip(self._trained, steps, strict=True):
            name = code_name(symbol)
            yield name, f"{name} - {self.language.formula(step)}"

    def _line(self, symbol):
        return code_name(symbol), self.language.formula(self._rules[symbol])


def checked_derivation(network):
    """The derivation of what a generator was given: a derivation, or a Network to derive.

    Raises
    ------
    TypeError
        If it is neither.
    ValueError
        If the network is too large to be written out.
    """
    if isinstance(network, NetworkDerivation):
        return network
    spec = checked_specification(network)
    if spec.weight_count > MAX_WEIGHTS:
        raise ValueError(
            f"network: expected at most {MAX_WEIGHTS} weights, each of which gets a line of its "
            f"own, got {spec.weight_count}; train it with Network.fit instead"
        )
    return NetworkDerivation(spec)


def checked_specification(network):
    """The same of a network of any size, without its derivation."""
    if isinstance(network, NetworkDerivation):
        return network.spec
    if not isinstance(network, Network):
        raise TypeError(
            "network: expected a Network or the result of bplib.symbolic.derive(...), "
            f"got {type(network).__name__}"
        )
    return specification(
        network.sizes, tuple(network.activation), network.error, network.b is not None
    )


def code_name(symbol):
    r"""A house symbol as an identifier: w2_13 for `w^{2}_{13}`, d1_2 for `\delta^{1}_{2}`."""
    name = str(symbol)
    if symbol == eta:
        return "eta"
    match = re.fullmatch(r"\\?([a-z]+)(?:\^\{(\d+)\})?_\{([\d, ]+)\}", name)
    if match is None:
        return name
    letter, layer, units = match.groups()
    letter = "d" if letter == "delta" else letter
    return f"{letter}{layer or ''}_{units.replace(', ', '_')}"


def code_symbol(symbol):
    return Symbol(code_name(symbol), real=True)


class FloatFormulas:
    """For a SymPy code printer: 1.0 for 1, and a * a for a**2, which cannot raise."""

    def _print_Integer(self, expr):
        return f"{int(expr)}.0"

    def _print_Pow(self, expr, **settings):
        if expr.exp not in (2, 3):
            return super()._print_Pow(expr, **settings)
        base = self.parenthesize(expr.base, PRECEDENCE["Mul"])
        return "*".join([base] * int(expr.exp))

    def _print_Mul(self, expr):
        below = {f for f in expr.args if f.is_Pow and f.exp in (-2, -3)}
        if below:  # the power is printed as a product: 1/(a*a), not 1/a*a
            factors = [_one_over_product(f) if f in below else f for f in expr.args]
            expr = Mul(*factors, evaluate=False)
        return super()._print_Mul(expr)


def _one_over_product(power):
    product = Mul(*[power.base] * -power.exp, evaluate=False)
    return Pow(product, -1, evaluate=False)

r"""The symbols of a graph: units have names in place of numbers, and no layers.

$w_{o,c}$ is the weight from unit c into unit o, as in the house notation of layered networks.
"""

import re

from sympy import Symbol


class GraphNotation:
    """SymPy symbols for the units and edges of one graph."""

    def __init__(self, wiring, biases):
        self.wiring = wiring
        self.biases = biases

    def w(self, to, source):
        return _symbol("w", to, source)

    def b(self, unit):
        """The bias of a unit; 0 if the graph has none."""
        return _symbol("b", unit) if self.biases else 0

    def z(self, unit):
        return _symbol("z", unit)

    def a(self, unit):
        return _symbol("a", unit)

    def delta(self, unit):
        return _symbol(r"\delta", unit)

    def y(self, unit):
        return _symbol("y", unit)

    @property
    def parameters(self):
        """All weights in the order of the edges, then all biases."""
        weights = [self.w(*edge) for edge in self.wiring.edges]
        return weights + ([self.b(unit) for unit in self.wiring.units] if self.biases else [])


def _symbol(name, *units):
    # x1 is printed with its number below, and a longer name upright.
    parts = [re.sub(r"^([a-z])_?(\d+)$", r"\1_{\2}", unit) for unit in units]
    parts = [rf"\mathrm{{{part}}}" if part.isalpha() and len(part) > 1 else part for part in parts]
    return Symbol(f"{name}_{{{', '.join(parts)}}}", real=True)

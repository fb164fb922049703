"""What the symbols of one graph stand for: the independent route of every proof.

As in `bplib.symbolic.meaning`, every derivative is the naive one. To differentiate E by one
unit's z (or a), that symbol is kept, all units that it reaches are written out as functions of
it, by whatever path, and all others stay symbols.
"""

from sympy import Symbol, diff

from .differentiating import derivative
from .functions import ACTIVATIONS
from .meaning import UnitMeaning
from .notation import E, Partial


class GraphMeaning(UnitMeaning):
    """Normal forms of everything that can be said about one graph."""

    def __init__(self, notation, activations, error):
        self.notation, self.wiring = notation, notation.wiring
        self._activations, self._error = activations, error
        wiring = self.wiring
        free = [notation.a(name) for name in wiring.inputs]
        free += [notation.y(name) for name in wiring.outputs]
        hidden = [Symbol(f"unit {name}") for name in wiring.units]
        super().__init__([*free, *notation.parameters, *hidden])
        self._unit_of_z = {notation.z(name): name for name in wiring.units}
        self._unit_of_a = {notation.a(name): name for name in wiring.units}
        self._unit_of_delta = {notation.delta(name): name for name in wiring.units}
        for name, generator in zip(wiring.units, hidden, strict=True):
            weighted = self(self._weighted_input(name, notation.a))
            self.define(notation.z(name), weighted)
            (output,) = self.define_activation(
                activations[name], [weighted], [self.generators[generator]]
            )
            self.define(notation.a(name), output)

    def unknown(self, expr):
        if expr == E:
            return self(self._written_out(None)[E])
        if expr in self._unit_of_delta:
            return self(Partial(E, self.notation.z(self._unit_of_delta[expr])))
        if isinstance(expr, Partial):
            return self(derivative(self._in_terms_of(expr.by, expr.of), expr.by))
        return super().unknown(expr)

    def naive(self, parameter):
        """dE/d(parameter) by `sympy.diff` of the whole error, all units substituted."""
        return diff(self._in_terms_of(parameter, E), parameter)

    def _in_terms_of(self, by, of):
        """What `of` is as an expression of `by`."""
        if of == E and by in self.notation.parameters:
            return self._written_out(None)[E]
        if of == E and by in self._unit_of_z:
            return self._written_out(self._unit_of_z[by])[E]
        if of in self._unit_of_z:  # a unit's own formula
            return self._weighted_input(self._unit_of_z[of], self.notation.a)
        if of in self._unit_of_a:
            return self._output(self._unit_of_a[of], self.notation.z)
        raise ValueError(f"of, by: expected a derivative within the graph, got {of}, {by}")

    def _weighted_input(self, name, value):
        terms = (self.notation.w(name, j) * value(j) for j in self.wiring.sources[name])
        return sum(terms, self.notation.b(name))

    def _output(self, name, z):
        return ACTIVATIONS[self._activations[name]].expression(z(name))

    def _written_out(self, kept):
        """All activations and E: as functions of one unit's z, or of the parameters (None)."""
        values = {name: self.notation.a(name) for name in self.wiring.inputs}
        reached = set(self.wiring.units) if kept is None else {kept}
        for name in self.wiring.units:
            if name == kept:
                values[name] = self._output(name, self.notation.z)
            elif reached.intersection(self.wiring.sources[name]) or kept is None:
                reached.add(name)
                z = self._weighted_input(name, values.__getitem__)
                values[name] = ACTIVATIONS[self._activations[name]].expression(z)
            else:
                values[name] = self.notation.a(name)
        outputs = [values[name] for name in self.wiring.outputs]
        targets = [self.notation.y(name) for name in self.wiring.outputs]
        return {**values, E: self._error.expression(outputs, targets)}

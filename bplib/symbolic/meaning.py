r"""What the symbols of one network stand for: the independent route of every proof.

Nothing here knows a rule of backpropagation. The forward pass is a product of SymPy matrices, and
every derivative is the naive one: write out the error as one expression of the symbols that it is
to be derived by, all layers substituted, and differentiate that (`bplib.symbolic.differentiating`).
A statement is proved if its two sides, so understood, have the same normal form
(`bplib.symbolic.proving`).

The normal form needs no $e^{-z}$: a sigmoid unit's output $a$ is a symbol of its own, and
$e^{-z} = (1 - a) / a$, so that every derivative becomes a polynomial in the $a$'s, weights and
targets. Likewise $\tanh z = a$; the softmax outputs are $a_1 \dots a_{n-1}$ and
$a_n = 1 - a_1 - \dots - a_{n-1}$, with $e^{z_p} = a_p S$; a rectifier is $c z$, where $c$ is 1 if
$z > 0$ and 0 if $z < 0$.
"""

from functools import cache

from sympy import Matrix, Symbol, diff, exp, tanh

from .differentiating import derivative
from .functions import positive
from .notation import E, Partial, a, b, delta, w, z
from .proving import NormalForm


class UnitMeaning(NormalForm):
    """Normal forms of expressions about units with these activations."""

    def define_activation(self, name, weighted, units):
        """Make known what g does to these weighted inputs, and return the outputs.

        `units` are generators of the field, as many as there are weighted inputs; all of these
        arguments but the name are elements of the field.
        """
        if name == "identity":
            return weighted
        if name == "sigmoid":
            for value, unit in zip(weighted, units, strict=True):
                self.define_function(exp, -value, (1 - unit) / unit)
            return units
        if name == "tanh":
            for value, unit in zip(weighted, units, strict=True):
                self.define_function(tanh, value, unit)
            return units
        if name == "relu":
            outputs = [value * unit for value, unit in zip(weighted, units, strict=True)]
            for value, output, unit in zip(weighted, outputs, units, strict=True):
                self.define_function(positive, value, unit)
                self.define_function(positive, output, unit)
            return outputs
        *units, total = units
        outputs = [*units, 1 - sum(units, self.field.zero)]
        for value, output in zip(weighted, outputs, strict=True):
            self.define_function(exp, value, output * total)
        return outputs


class Meaning(UnitMeaning):
    """Normal forms of everything that can be said in house notation about one network.

    Parameters
    ----------
    spec : Specification
    targets_sum_to_one : bool
        Whether to assume it.
    """

    def __init__(self, spec, targets_sum_to_one=False):
        self.spec = spec
        free = [*spec.a(0), *spec.y, *spec.parameters]
        hidden = [Symbol(f"a{l}_{u}") for l in spec.layers for u in spec.units(l)]
        super().__init__([*free, *hidden])
        self._place = {}  # what kind of symbol, and where
        for l in range(spec.L + 1):
            for u in spec.units(l):
                self._place[a(l, u)] = ("a", l, u)
                if l > 0:
                    self._place[z(l, u)] = ("z", l, u)
                    self._place[delta(l, u)] = ("delta", l, u)
                    self._place[b(l, u)] = ("b", l, u)
                    for source in spec.units(l - 1):
                        self._place[w(l, u, source)] = ("w", l, u)
        if targets_sum_to_one:
            others = sum((self(target) for target in spec.y[:-1]), self.field.zero)
            self.define(spec.y[-1], 1 - others)
        for l in spec.layers:
            units = [self.generators[Symbol(f"a{l}_{u}")] for u in spec.units(l)]
            self._define_layer(l, units)

    def _define_layer(self, l, units):
        """Give the layer's z and a their values in the field, and its activation too."""
        spec = self.spec
        weighted = [self(value) for value in _weighted_inputs(spec, l, spec.a(l - 1))]
        for symbol, value in zip(spec.z(l), weighted, strict=True):
            self.define(symbol, value)
        outputs = self.define_activation(spec.activation(l).name, weighted, units)
        for symbol, value in zip(spec.a(l), outputs, strict=True):
            self.define(symbol, value)

    def unknown(self, expr):
        kind, l, unit = self._place.get(expr, (None, None, None))
        if kind == "delta":
            return self(Partial(E, z(l, unit)))
        if expr == E:
            return self(self._as_function_of("a", self.spec.L)[E])
        if isinstance(expr, Partial):
            return self(derivative(self._written_out(expr.of, expr.by), expr.by))
        return super().unknown(expr)

    def naive(self, symbol):
        """dE/d(symbol) by `sympy.diff` of the whole error, all layers substituted."""
        return diff(self._written_out(E, symbol), symbol)

    def _written_out(self, of, by):
        """The first symbol as an expression of the second, all layers between substituted."""
        if by not in self._place:
            raise ValueError(f"by: expected a parameter, z or a of the network, got {by}")
        kind, l, _ = self._place[by]
        if kind in ("w", "b"):
            # All layers when E is meant; a layer's own formula when its z is.
            values = self._as_function_of("parameters", 0 if of == E else l)
        else:
            values = self._as_function_of(kind, l)
        if of not in values:
            raise ValueError(f"of: expected something that depends on {by}, got {of}")
        return values[of]

    @cache  # noqa: B019 - a Meaning lives as long as its derivation
    def _as_function_of(self, kind, l):
        """E and all later z and a, as expressions of the z (or a) of layer l."""
        spec = self.spec
        values = {}
        outputs = spec.a(l)
        if kind == "z":
            outputs = spec.activation(l).layer(spec.z(l))
            values.update(zip(spec.a(l), outputs, strict=True))
        if kind == "parameters" and l > 0:
            values.update(zip(spec.z(l), _weighted_inputs(spec, l, spec.a(l - 1)), strict=True))
            return values
        for later in range(l + 1, spec.L + 1):
            weighted = _weighted_inputs(spec, later, outputs)
            outputs = spec.activation(later).layer(weighted)
            values.update(zip(spec.z(later), weighted, strict=True))
            values.update(zip(spec.a(later), outputs, strict=True))
        values[E] = spec.error_function.expression(outputs, spec.y)
        return values


def _weighted_inputs(spec, l, outputs):
    """W^l a^{l-1} + b^l as a product of matrices."""
    product = Matrix(spec.weights(l)) * Matrix(outputs)
    bias = Matrix([spec.bias(l, unit) for unit in spec.units(l)])
    return list(product + bias)

r"""The rules of any feed-forward graph, skip connections included.

With $O_i$ for the units that unit i feeds, the rule is

$$\delta_i = g'(z_i) \Big( E_{a_i} + \sum_{k \in O_i} w_{ki} \delta_k \Big)$$

where $E_{a_i}$ is the direct derivative of the error with respect to $a_i$: 0 for a unit without a
target. `derive_graph` derives and proves it for one graph, `any_graph` for all of them.
"""

from sympy import Add, cancel, diff, expand

from ..validation import flag
from ..wiring import Wiring, graph_error, unit_activations
from .derivation import Derivation, Step, equation
from .functions import ACTIVATIONS, ERRORS
from .graph_meaning import GraphMeaning
from .graph_notation import GraphNotation
from .notation import E, Partial


def derive_graph(edges, inputs, outputs, activation="sigmoid", error="half_squared", biases=True):
    """Derive the update rules of one graph and their proofs.

    Parameters
    ----------
    edges : sequence of pairs (i, j)
        An edge from unit j into unit i each, like the index of its weight; names are strings.
    inputs, outputs : sequence of str
        The units that hold the input, and those that are compared with the targets.
    activation : str or dict
        "identity", "sigmoid", "tanh" or "relu": of all units, or of each.
    error : str
        "half_squared", or "binary_cross_entropy" with sigmoid outputs.
    biases : bool
        Whether there are biases at all.

    Returns
    -------
    GraphDerivation
        Its steps, with unit names for i and j, are "z_i", "a_i", "E", "da_i/dz_i",
        "delta_i: definition", "delta_i: chain rule", "delta_i", "dE/dw_i,j" and "dE/db_i".

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described: a cycle, a self loop, an edge that is there twice, an
        edge into an input, a unit that nothing feeds or that feeds nothing.

    Examples
    --------
    >>> xor = derive_graph(
    ...     [("c", "x1"), ("c", "x2"), ("o", "x1"), ("o", "x2"), ("o", "c")],
    ...     inputs=["x1", "x2"],
    ...     outputs=["o"],
    ... )
    >>> xor["delta_c"]
    delta_c: delta_{c} = delta_{o}*a_{c}*w_{o, c}*(1 - a_{c})
    """
    wiring = Wiring(edges, inputs, outputs)
    activations = unit_activations(wiring, activation)
    graph_error(wiring, activations, error)
    return GraphDerivation(wiring, activations, error, flag("biases", biases))


class GraphDerivation(Derivation):
    """The derivation of one graph.

    Attributes
    ----------
    wiring : Wiring
    notation : GraphNotation
        The SymPy symbols of its units and edges.
    rules : dict
        What a program has to compute, in this order: a symbol (z, a, delta, or `Partial(E, w)`)
        and its value in terms of earlier ones.
    """

    def __init__(self, wiring, activations, error, biases):
        self.wiring = wiring
        self.notation = GraphNotation(wiring, biases)
        self._meaning = GraphMeaning(self.notation, activations, ERRORS[error])
        steps = _Steps(self.notation, activations, ERRORS[error], self._prove).all()
        title = f"graph of {len(wiring.units)} units and {len(wiring.edges)} edges, {error}"
        super().__init__(title, steps)

    @property
    def rules(self):
        kinds = ("forward", "delta", "gradient")
        return {step.lhs: step.rhs for step in self.steps if step.kind in kinds}

    def naive_gradient(self, parameter):
        """dE/d(parameter) as `sympy.diff` gives it for the whole error, all units substituted."""
        return self._meaning.naive(parameter)

    def _prove(self, statement, assumptions):
        return self._meaning(statement.lhs) == self._meaning(statement.rhs)


class _Steps:
    """Writes the steps of one graph, in order."""

    def __init__(self, notation, activations, error, prove):
        self.notation, self.wiring = notation, notation.wiring
        self.activations, self.error, self.prove = activations, error, prove

    def step(self, name, kind, left, right, reason):
        return Step(name, kind, equation(left, right), reason, self.prove)

    def all(self):
        for unit in self.wiring.units:
            yield from self.forward(unit)
        symbols = self.notation
        outputs = [symbols.a(unit) for unit in self.wiring.outputs]
        targets = [symbols.y(unit) for unit in self.wiring.outputs]
        value = self.error.expression(outputs, targets)
        name = self.error.name.replace("_", " ")
        yield self.step("E", "error", E, value, f"{name} error of one example")
        for unit in reversed(self.wiring.units):
            yield from self.delta(unit, value)
            yield from self.gradients(unit)

    def forward(self, unit):
        symbols = self.notation
        name = self.activations[unit]
        inputs = (symbols.w(unit, j) * symbols.a(j) for j in self.wiring.sources[unit])
        weighted = Add(*inputs, symbols.b(unit))
        reason = "weighted sum over all units that feed this one, of whatever layer"
        yield self.step(f"z_{unit}", "forward", symbols.z(unit), weighted, reason)
        value = ACTIVATIONS[name].expression(symbols.z(unit))
        yield self.step(f"a_{unit}", "forward", symbols.a(unit), value, f"activation: {name}")

    def delta(self, unit, error):
        symbols, activation = self.notation, ACTIVATIONS[self.activations[unit]]
        z_i, a_i, d = symbols.z(unit), symbols.a(unit), symbols.delta(unit)
        slope = activation.in_outputs(diff(activation.expression(z_i), z_i), z_i, a_i)
        factor = Partial(a_i, z_i)
        assumed = f" ({activation.assumption})" if activation.assumption else ""
        yield self.step(
            f"da_{unit}/dz_{unit}", "derivative", factor, slope, activation.reason + assumed
        )
        yield self.step(
            f"delta_{unit}: definition",
            "definition",
            d,
            Partial(E, z_i),
            "definition of the error term",
        )
        fed = self.wiring.targets[unit]
        through = Add(*(symbols.delta(k) * Partial(symbols.z(k), a_i) for k in fed))
        back = Add(*(symbols.w(k, unit) * symbols.delta(k) for k in fed))
        own = diff(error, a_i)
        reason = "chain rule over every unit that this one feeds: " + ", ".join(fed)
        if own != 0:
            reason += " and the error itself" if fed else "the error itself"
        name = f"delta_{unit}: chain rule"
        yield self.step(name, "chain rule", d, (own + through) * factor, reason)
        share = own * slope
        if own != 0 and self.error.logarithmic:
            share = expand(cancel(share))
        reason = "error terms of the units that it feeds, weighted, times the slope"
        if own != 0:
            reason = "both factors put in" if not fed else reason + "; plus its own error"
        yield self.step(f"delta_{unit}", "delta", d, share + slope * back, reason)

    def gradients(self, unit):
        symbols = self.notation
        for j in self.wiring.sources[unit]:
            w_ij = symbols.w(unit, j)
            yield self.step(
                f"dE/dw_{unit},{j}",
                "gradient",
                Partial(E, w_ij),
                symbols.delta(unit) * symbols.a(j),
                "error term times incoming activation",
            )
        if symbols.biases:
            yield self.step(
                f"dE/db_{unit}",
                "gradient",
                Partial(E, symbols.b(unit)),
                symbols.delta(unit),
                "the bias changes z one to one, so its gradient is the error term",
            )

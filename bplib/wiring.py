"""Which unit feeds which, in a feed-forward graph.

An edge is written like its weight $w_{ij}$: as the pair (i, j), from unit j into unit i.
"""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from .activations import ACTIVATIONS
from .errors import ERRORS
from .validation import choice

# A graph has no layers: what couples the units of one has no place in it, softmax and its error.
UNITWISE = tuple(name for name, g in ACTIVATIONS.items() if g.unitwise)
OUTPUTS_OF = {
    name: outputs
    for name, error in ERRORS.items()
    if (outputs := tuple(output for output in error.outputs if output in UNITWISE))
}


class Wiring:
    """The units of a graph and their edges, checked.

    Parameters
    ----------
    edges : sequence of pairs (i, j)
        An edge from unit j into unit i each; unit names are strings.
    inputs, outputs : sequence of str
        Units that hold the input, and units whose activations are compared with the targets.

    Attributes
    ----------
    inputs, outputs : tuple of str
    units : tuple of str
        All units that compute, in an order in which every unit comes after those that feed it.
    sources : dict
        The units that feed each unit, in the order of `edges`.
    targets : dict
        O_i: the units that each unit feeds, in the order of `edges`.
    """

    def __init__(self, edges, inputs, outputs):
        self.inputs = _names("inputs", inputs)
        self.outputs = _names("outputs", outputs)
        self.edges = _checked_edges(edges, self.inputs)
        both = [name for name in self.outputs if name in self.inputs]
        if both:
            raise ValueError(f"outputs: expected units that compute, got the input {both[0]!r}")
        named = dict.fromkeys([*self.inputs, *(name for edge in self.edges for name in edge)])
        for role, names in (("inputs", self.inputs), ("outputs", self.outputs)):
            for name in names:
                if not any(name in edge for edge in self.edges):
                    raise ValueError(f"{role}: expected units that an edge names, got {name!r}")
        self.sources = {name: [] for name in named}
        self.targets = {name: [] for name in named}
        for target, source in self.edges:
            self.sources[target].append(source)
            self.targets[source].append(target)
        self.units = self._order()
        self._check_reach()

    def _order(self):
        try:
            order = tuple(TopologicalSorter(self.sources).static_order())
        except CycleError as error:
            cycle = " -> ".join(reversed(error.args[1]))
            raise ValueError(f"edges: expected no cycle, got {cycle}") from None
        return tuple(name for name in order if name not in self.inputs)

    def _check_reach(self):
        for name in self.units:
            if not self.sources[name]:
                raise ValueError(
                    f"edges: expected that every unit is fed or is an input, got {name!r}, "
                    "into which no edge leads"
                )
            if not self.targets[name] and name not in self.outputs:
                raise ValueError(
                    f"edges: expected that every unit feeds another or is an output, got {name!r}, "
                    "from which no edge leads"
                )


def unit_activations(wiring, activation):
    """The activation name of every unit that computes."""
    if isinstance(activation, Mapping):
        exact_units("activation", activation, wiring)
        return {
            name: choice(f"activation[{name!r}]", activation[name], UNITWISE)
            for name in wiring.units
        }
    return dict.fromkeys(wiring.units, choice("activation", activation, UNITWISE))


def graph_error(wiring, activation, error):
    """`error`, if a graph with these output activations may have it."""
    choice("error", error, OUTPUTS_OF)
    for name in wiring.outputs:
        if activation[name] not in OUTPUTS_OF[error]:
            raise ValueError(
                f"error: {error!r} expects the output activation "
                f"{' or '.join(map(repr, OUTPUTS_OF[error]))}, "
                f"got {activation[name]!r} of unit {name!r}"
            )
    return error


def exact_units(argument, values, wiring):
    """Refuse a dict that does not have exactly the units that compute as its keys."""
    unknown = [name for name in values if name not in wiring.units]
    if unknown:
        kind = "the input" if unknown[0] in wiring.inputs else "the unknown unit"
        raise ValueError(
            f"{argument}: expected the units {list(wiring.units)}, got {kind} {unknown[0]!r}"
        )
    missing = [name for name in wiring.units if name not in values]
    if missing:
        raise ValueError(f"{argument}: expected a value for each unit, got none for {missing[0]!r}")


def _names(argument, names):
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise TypeError(
            f"{argument}: expected a sequence of unit names, got {type(names).__name__} {names!r}"
        )
    if not names:
        raise ValueError(f"{argument}: expected at least one unit, got none")
    for position, name in enumerate(names):
        _name(f"{argument}[{position}]", name)
        if name in names[:position]:
            raise ValueError(
                f"{argument}: expected names that are all different, got {name!r} twice"
            )
    return tuple(names)


def _name(argument, name):
    if not isinstance(name, str):
        raise TypeError(f"{argument}: expected a unit name, got {type(name).__name__} {name!r}")
    if not name.isidentifier():
        raise ValueError(
            f"{argument}: expected a name of letters, digits and _ that starts with a letter, "
            f"got {name!r}"
        )


def _checked_edges(edges, inputs):
    if isinstance(edges, str) or not isinstance(edges, Sequence):
        raise TypeError(f"edges: expected a sequence of pairs (i, j), got {type(edges).__name__}")
    if not edges:
        raise ValueError("edges: expected at least one edge, got none")
    checked = []
    for position, edge in enumerate(edges):
        argument = f"edges[{position}]"
        if not isinstance(edge, (tuple, list)) or len(edge) != 2:
            raise TypeError(f"{argument}: expected a pair (i, j), got {edge!r}")
        for name in edge:
            _name(argument, name)
        target, source = edge
        if source == target:
            raise ValueError(f"{argument}: expected no self loop, got {source!r} -> {target!r}")
        if target in inputs:
            raise ValueError(
                f"{argument}: expected no edge into an input, got {source!r} -> {target!r}"
            )
        if (target, source) in checked:
            raise ValueError(
                f"{argument}: expected edges that are all different, "
                f"got {source!r} -> {target!r} twice"
            )
        checked.append((target, source))
    return tuple(checked)

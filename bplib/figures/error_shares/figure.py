"""Figure: a hidden unit's error term is a sum over the units that it feeds."""

import numpy as np
from sympy import Sum, Symbol, diff

from ... import activations
from ...graph import Graph
from ...layers import parameter_count, parameter_views
from ...symbolic import derive, general_rules, notation
from ...symbolic.derivation import equation
from ...symbolic.functions import ERRORS
from .. import arithmetic
from ..base import Figure
from ..formulas import mathml
from ..networks import sizes_of
from ..parameters import Choice, Flag, Number, Numbers, WholeNumber
from ..plain_text import plain_text
from ..trees import tree
from .examples import EXAMPLES, STARTS
from .picture import draw, number_text

ACTIVATIONS = ("sigmoid", "tanh", "relu", "identity")
VIEWS = ("next layer", "all paths")
LAYERS, UNITS = 2, 4  # hidden layers there are at most, and units in one
OUTPUTS = 2


class WhereErrorComesFrom(Figure):
    """The error term of one hidden unit, as the sum of the shares that come back to it.

    Parameters
    ----------
    network : str
        "2-2-2", "2-3-2", "2-2-2-2" or "3-3-4-2". Where `x`, `y` and `weights` are not given, they
        are those that the network starts with.
    layer, unit : int
        The hidden unit, counted from 1.
    view : str
        "next layer": the shares of the units that it feeds; "all paths": what comes back over
        each path from an output.
    activation : str
        "sigmoid", "tanh", "relu" or "identity", of all units.
    x, y : sequence of float
        Input and targets.
    weights : sequence of float
        All weights, then all biases, in the order of `Network.parameters`.
    skip : bool
        Whether there is a skip connection from layer L - 2, over one layer, to the outputs.
    skip_from, skip_to : int
        The unit of layer L - 2 where it starts and the output where it ends, counted from 1.
    skip_weight : float
        Its weight.

    Examples
    --------
    >>> figure = WhereErrorComesFrom(network="3-3-4-2", view="all paths")
    >>> figure.sizes
    [3, 3, 4, 2]
    """

    title = "Where an error comes from"
    name = "where-an-error-comes-from"
    script = "error_shares/figure.js"

    network = Choice("2-3-2", tuple(STARTS))
    layer = WholeNumber(1, minimum=1, maximum=LAYERS)
    unit = WholeNumber(1, minimum=1, maximum=UNITS)
    view = Choice("next layer", VIEWS)
    activation = Choice("sigmoid", ACTIVATIONS)
    x = Numbers(STARTS["2-3-2"]["x"], shortest=2, longest=3)
    y = Numbers(STARTS["2-3-2"]["y"], shortest=2, longest=2)
    weights = Numbers(STARTS["2-3-2"]["weights"], shortest=12, longest=38)
    skip = Flag(False)
    skip_from = WholeNumber(1, minimum=1, maximum=3)
    skip_to = WholeNumber(1, minimum=1, maximum=2)
    skip_weight = Number(1.0)

    def __init__(self, **values):
        network = values.get("network")
        start = STARTS.get(network, {}) if isinstance(network, str) else {}
        super().__init__(**{**start, **values})

    @classmethod
    def example(cls, name):
        """The figure as one of its example buttons sets it.

        Raises
        ------
        ValueError
            If there is no example of this name.
        """
        if name not in EXAMPLES:
            raise ValueError(f"name: expected one of {', '.join(EXAMPLES)}, got {name!r}")
        return cls(**EXAMPLES[name])

    @classmethod
    def check(cls, values):
        network, layer = values["network"], values["layer"]
        sizes = sizes_of(network)
        weights = parameter_count(sizes, biases=True)
        for name, length in (("x", sizes[0]), ("weights", weights)):
            if len(values[name]) != length:
                raise ValueError(
                    f"{name}: expected {length} numbers for the network {network}, "
                    f"got {len(values[name])}"
                )
        if layer > len(sizes) - 2:
            raise ValueError(
                f"layer: expected a hidden layer of {network}, 1 to {len(sizes) - 2}, got {layer}"
            )
        for name, units in (("unit", sizes[layer]), ("skip_from", sizes[-3])):
            if values[name] > units:
                raise ValueError(f"{name}: expected a unit from 1 to {units}, got {values[name]}")

    @classmethod
    def generated(cls):
        rules = {
            name: arithmetic.rules(
                derive([1, 1, 1], name),
                {
                    "z": ("z^2_1", ["w^2_11", "a^1_1", "b^2_1"]),
                    "a": ("a^2_1", ["z^2_1"]),
                    "slope": ("da^2_1/dz^2_1", ["a^2_1"]),
                    "errorByA": ("dE/da^2_1", ["a^2_1", "y_1"]),
                    "outputDelta": ("delta^2_1", ["a^2_1", "y_1"]),
                },
            )
            for name in ACTIVATIONS
        }
        examples = {
            name: cls._checked({**cls._defaults(), **STARTS[values["network"]], **values})
            for name, values in EXAMPLES.items()
        }
        rule = general_rules()["delta"]
        layers, units = range(1, LAYERS + 1), range(1, UNITS + 1)
        hidden = {
            name: [
                [mathml(side.subs({notation.l: layer, notation.i: unit})) for unit in units]
                for layer in layers
            ]
            for name, side in (("plain", rule.statement), ("withSkip", _with_skip(rule)))
        }
        return {
            "rules.js": arithmetic.module(
                hiddenRules=arithmetic.data(hidden),
                shareTree=arithmetic.data(tree(rule.rhs.atoms(Sum).pop().function)),
                missNames=arithmetic.data(_miss_names()),
            ),
            "arithmetic.js": arithmetic.module(
                unitRules=arithmetic.table(rules), shareRule=arithmetic.shares()
            ),
            "examples.js": arithmetic.module(
                errorStarts=arithmetic.data(STARTS),
                errorExamples=arithmetic.data(examples),
            ),
        }

    # the same in Python

    @property
    def sizes(self):
        """The units of the layers 0 to L."""
        return sizes_of(self.network)

    def graph(self):
        """The network as a `bplib.graph.Graph`, whose unit i of layer l is called "a{l}_{i}"."""
        sizes = self.sizes
        W, b = parameter_views(np.array(self.weights), sizes, biases=True)
        weights, biases = {}, {}
        for l in range(1, len(sizes)):
            for i in range(1, sizes[l] + 1):
                biases[f"a{l}_{i}"] = float(b[l][i - 1])
                for j in range(1, sizes[l - 1] + 1):
                    weights[f"a{l}_{i}", f"a{l - 1}_{j}"] = float(W[l][i - 1, j - 1])
        L = len(sizes) - 1
        if self.skip:
            weights[f"a{L}_{self.skip_to}", f"a{L - 2}_{self.skip_from}"] = self.skip_weight
        return Graph(
            weights,
            inputs=[f"a0_{i}" for i in range(1, sizes[0] + 1)],
            outputs=[f"a{L}_{i}" for i in range(1, sizes[L] + 1)],
            biases=biases,
            activation=self.activation,
        )

    def shares(self):
        """What each unit that the chosen unit feeds sends back: {(layer, unit): w δ}.

        Their sum, times the slope of the chosen unit, is its error term.
        """
        return self._passes()[2]

    def delta(self):
        """The error term of the chosen unit."""
        return self._passes()[1].delta[self._chosen]

    @property
    def _chosen(self):
        return f"a{self.layer}_{self.unit}"

    def _passes(self):
        """Forward pass, backward pass and shares."""
        graph = self.graph()
        forward_pass = graph.forward(self.x)
        backward_pass = graph.backward(forward_pass, self.y)
        shares = {
            _address(name): graph.weights[name, self._chosen] * backward_pass.delta[name]
            for name in graph.wiring.targets[self._chosen]
        }
        return forward_pass, backward_pass, shares

    def description(self):
        forward_pass, backward_pass, shares = self._passes()
        L, total = len(self.sizes) - 1, sum(shares.values())
        delta = backward_pass.delta[self._chosen]
        each = ", ".join(
            f"{number_text(share)} from {_place(l, i, L)}"
            + (" over the skip connection" if l > self.layer + 1 else "")
            for (l, i), share in shares.items()
        )
        return (
            f"A {self.network} network with the activation {self.activation}, and where the error "
            f"term of unit {self.unit} in layer {self.layer} comes from. Its shares are {each}. "
            f"Their sum is {number_text(total)}; times the slope "
            f"{number_text(self._slope(forward_pass))} of the unit, this gives the error term "
            f"{number_text(delta)}."
        )

    def still(self):
        forward_pass, backward_pass, shares = self._passes()
        delta = {_address(name): value for name, value in backward_pass.delta.items()}
        skip = ((len(self.sizes) - 1, self.skip_to), (len(self.sizes) - 3, self.skip_from))
        return draw(
            self.sizes,
            (self.layer, self.unit),
            shares,
            delta,
            self._slope(forward_pass),
            skip if self.skip else None,
            self.description(),
        )

    def _slope(self, forward_pass):
        a = np.array([forward_pass.a[self._chosen]])
        return float(activations.ACTIVATIONS[self.activation].derivative(a)[0])


def _miss_names():
    """How far an output is from its target: the derivative of the half squared error by it."""

    def miss(output, target):
        return plain_text(diff(ERRORS["half_squared"].expression([output], [target]), output))

    units = [miss(Symbol(f"ŷ_{{{i}}}"), notation.y(i)) for i in range(1, OUTPUTS + 1)]
    return {"short": miss(Symbol("ŷ"), Symbol("y")), "units": units}


def _with_skip(rule):
    """The rule of a unit that feeds one more unit: its share is one more term of the sum."""
    [total] = rule.rhs.atoms(Sum)
    return equation(rule.lhs, rule.rhs.xreplace({total: total + Symbol("skip")}))


def _address(name):
    """(2, 1) for "a2_1"."""
    layer, unit = name[1:].split("_")
    return int(layer), int(unit)


def _place(layer, unit, last):
    return f"output {unit}" if layer == last else f"unit {unit} of layer {layer}"

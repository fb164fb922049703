r"""Feed-forward graphs: units with any set of outgoing connections, skip connections included.

$O_i$ are the units that unit i feeds. A unit's weighted input is $z_i = \sum_j w_{ij} a_j + b_i$
over the units j that feed it, its activation $a_i = g(z_i)$, and its error term

$$\delta_i = g'(z_i) \sum_{k \in O_i} w_{ki} \delta_k$$

however many layers further on the units k are. An output unit has a share of its own: its
activation is compared with a target, which adds $\frac{\partial E}{\partial a_i} g'(z_i)$, and it
may feed other units all the same.

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.3.
"""

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np

from .activations import ACTIVATIONS
from .errors import ERRORS
from .validation import exact_shape, flag, real_array, real_number
from .wiring import Wiring, exact_units, graph_error, unit_activations


class Graph:
    """A feed-forward graph of units that computes and learns.

    Parameters
    ----------
    weights : dict, or sequence of (i, j, weight)
        weights[i, j] is the weight from unit j into unit i; unit names are strings. In a dict
        Python itself lets a later entry for the same edge replace an earlier one; in a sequence
        an edge that is there twice is refused.
    inputs, outputs : sequence of str
        The order of the numbers in x and in y.
    biases : dict or None
        The bias of each unit that computes; None: no biases.
    activation : str or dict
        "identity", "sigmoid", "tanh" or "relu": of all units, or of each.
    error : str
        "half_squared", or "binary_cross_entropy" with sigmoid outputs.

    Attributes
    ----------
    weights, biases : dict
        The parameters; `update` changes them.
    wiring : Wiring
        The units in their order, and what feeds what.

    Examples
    --------
    Two inputs, one hidden unit, and connections that skip it: the XOR network of 1986.

    >>> graph = Graph(
    ...     {("c", "x1"): 1, ("c", "x2"): 1, ("o", "x1"): 1, ("o", "x2"): 1, ("o", "c"): -2},
    ...     inputs=["x1", "x2"],
    ...     outputs=["o"],
    ...     biases={"c": -1.5, "o": -0.5},
    ... )
    >>> forward_pass = graph.forward([0, 1])
    >>> backward_pass = graph.backward(forward_pass, [1])
    >>> sorted(backward_pass.delta)
    ['c', 'o']
    >>> graph.update(backward_pass, eta=0.5)
    """

    def __init__(
        self, weights, inputs, outputs, biases=None, activation="sigmoid", error="half_squared"
    ):
        edges, values = _edges_and_values(weights)
        self.wiring = Wiring(edges, inputs, outputs)
        self.weights = {
            edge: real_number(f"weights[{', '.join(map(repr, edge))}]", value)
            for edge, value in zip(edges, values, strict=True)
        }
        self.biases = self._checked_biases(biases)
        self._g = {
            name: ACTIVATIONS[of_unit]
            for name, of_unit in unit_activations(self.wiring, activation).items()
        }
        self.error = graph_error(self.wiring, self.activation, error)
        self._error = ERRORS[self.error]

    @property
    def activation(self):
        """The name of each unit's activation."""
        return {name: g.name for name, g in self._g.items()}

    def _checked_biases(self, biases):
        if biases is None:
            return None
        if not isinstance(biases, Mapping):
            raise TypeError(
                "biases: expected a dict with a number for each unit, or None, "
                f"got {type(biases).__name__}"
            )
        exact_units("biases", biases, self.wiring)
        return {name: real_number(f"biases[{name!r}]", biases[name]) for name in self.wiring.units}

    def forward(self, x):
        """Propagate one example `x` of shape (number of inputs,).

        Returns
        -------
        GraphForwardPass
        """
        inputs = self.wiring.inputs
        x = exact_shape("x", real_array("x", x), (len(inputs),), "one number an input")
        z, a = {}, dict(zip(inputs, x.tolist(), strict=True))
        for name in self.wiring.units:
            z[name] = sum(self.weights[name, j] * a[j] for j in self.wiring.sources[name])
            if self.biases is not None:
                z[name] += self.biases[name]
            a[name] = float(self._g[name].value(np.array([z[name]]))[0])
        output = np.array([a[name] for name in self.wiring.outputs])
        return GraphForwardPass(z, a, output, self._maker())

    def _maker(self):
        """What a forward pass of this graph depends on besides the input, as it is now."""
        return (
            self.activation,
            dict(self.weights),
            None if self.biases is None else dict(self.biases),
        )

    def backward(self, forward_pass, y):
        """Propagate the error terms for the targets `y`, of shape (number of outputs,).

        Returns
        -------
        GraphBackwardPass
        """
        if not isinstance(forward_pass, GraphForwardPass):
            raise TypeError(
                "forward_pass: expected the result of graph.forward(x), "
                f"got {type(forward_pass).__name__}"
            )
        wiring, z, a = self.wiring, forward_pass.z, forward_pass.a
        if list(z) != list(wiring.units):
            raise ValueError(
                f"forward_pass: expected one of this graph, with the units {list(wiring.units)}, "
                f"got one with the units {list(z)}"
            )
        made = ("activations", "weights", "biases")
        for what, then, now in zip(made, forward_pass.maker, self._maker(), strict=True):
            if then != now:
                raise ValueError(
                    f"forward_pass: expected one with the present {what}, got one with others; "
                    "call graph.forward(x) again"
                )
        y = exact_shape("y", real_array("y", y), (len(wiring.outputs),), "one number an output")
        self._error.check_targets(y[np.newaxis])
        own = self._output_terms(forward_pass, y)
        delta = {}
        for i in reversed(wiring.units):
            slope = self._g[i].derivative(np.array([a[i]], dtype=float))[0]
            back = sum(self.weights[k, i] * delta[k] for k in wiring.targets[i])
            delta[i] = float(slope * back) + own.get(i, 0.0)
        delta = {name: delta[name] for name in wiring.units}
        outputs = list(wiring.outputs)
        error = self._error.value(
            np.array([[z[name] for name in outputs]]), np.array([[a[name] for name in outputs]]), y
        )
        grad_weights = {(i, j): delta[i] * a[j] for i, j in wiring.edges}
        grad_biases = None if self.biases is None else dict(delta)
        return GraphBackwardPass(float(error[0]), delta, grad_weights, grad_biases)

    def _output_terms(self, forward_pass, y):
        """dE/dz of each output, as far as its own comparison with the target goes."""
        own = {}
        for name, target in zip(self.wiring.outputs, y, strict=True):
            delta = np.empty((1, 1))
            a = np.array([[forward_pass.a[name]]])
            self._error.delta(self._g[name], a, target, out=delta, scratch=np.empty((1, 1)))
            own[name] = float(delta[0, 0])
        return own

    def update(self, gradient, eta, train_biases=True):
        """One step of gradient descent, of all parameters at once: w <- w - eta dE/dw.

        Parameters
        ----------
        gradient : GraphBackwardPass
            Of this graph.
        eta : float
            Learning rate, at least 0.
        train_biases : bool
            Whether the biases are changed too.

        Raises
        ------
        TypeError, ValueError
            If `gradient` is of another graph, or a step is not finite. Nothing is changed then.
        """
        if not isinstance(gradient, GraphBackwardPass):
            raise TypeError(
                "gradient: expected the result of graph.backward(...), "
                f"got {type(gradient).__name__}"
            )
        if gradient.grad_weights.keys() != self.weights.keys():
            raise ValueError("gradient: expected one of this graph, got one with other edges")
        if (gradient.grad_biases is None) != (self.biases is None):
            have = ("with", "without")
            raise ValueError(
                f"gradient: expected one of a graph {have[self.biases is None]} biases, "
                f"got one {have[gradient.grad_biases is None]}"
            )
        eta = real_number("eta", eta, minimum=0)
        slopes = {**gradient.grad_weights, **(gradient.grad_biases or {})}
        for where, slope in slopes.items():
            if not isfinite(eta * slope):
                raise ValueError(
                    "gradient: expected one whose product with eta is finite, "
                    f"got {slope} for {where!r} and eta = {eta}"
                )
        train_biases = flag("train_biases", train_biases)
        for edge, slope in gradient.grad_weights.items():
            self.weights[edge] -= eta * slope
        if train_biases and self.biases is not None:
            for name, slope in gradient.grad_biases.items():
                self.biases[name] -= eta * slope

    def __repr__(self):
        wiring = self.wiring
        return (
            f"Graph({len(wiring.inputs)} inputs, {len(wiring.units)} units, "
            f"{len(wiring.edges)} edges, {self.error})"
        )


class GraphForwardPass:
    """The values of all units.

    Attributes
    ----------
    z : dict
        The weighted input of each unit that computes.
    a : dict
        The activation of each unit, inputs included.
    output : ndarray
        The activations of the output units.
    """

    def __init__(self, z, a, output, maker):
        self.z, self.a, self.output = z, a, output
        self.maker = maker

    def __repr__(self):
        return f"GraphForwardPass({len(self.z)} units)"


class GraphBackwardPass:
    """The error, the error terms and the gradient.

    Attributes
    ----------
    error : float
        E of the example.
    delta : dict
        dE/dz of each unit that computes.
    grad_weights : dict
        grad_weights[i, j] is dE/dw of the edge from j into i.
    grad_biases : dict or None
        dE/db of each unit.
    """

    def __init__(self, error, delta, grad_weights, grad_biases):
        self.error, self.delta = error, delta
        self.grad_weights, self.grad_biases = grad_weights, grad_biases

    def __repr__(self):
        return f"GraphBackwardPass({len(self.delta)} units, error={self.error:.6g})"


def _edges_and_values(weights):
    if isinstance(weights, Mapping):
        return list(weights), list(weights.values())
    if isinstance(weights, str) or not isinstance(weights, Sequence):
        raise TypeError(
            "weights: expected a dict with a number for each edge (i, j), or a sequence of "
            f"(i, j, weight), got {type(weights).__name__}"
        )
    for position, item in enumerate(weights):
        if not isinstance(item, (tuple, list)) or len(item) != 3:
            raise TypeError(f"weights[{position}]: expected (i, j, weight), got {item!r}")
    return [(i, j) for i, j, _ in weights], [value for *_, value in weights]

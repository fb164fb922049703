"""Figure: a small network learns to tell two kinds of points apart."""

from itertools import pairwise

import numpy as np

from ...codegen import compile_update, descent_source
from ...layers import parameter_count
from ...network import Network, first_scale
from .. import arithmetic
from ..base import Figure
from ..networks import TRAINING_NETWORKS, sizes_of
from ..parameters import Choice, Flag, Number, Numbers, WholeNumber
from .picture import training_picture
from .point_sets import POINT_SETS, REACH

ACTIVATIONS = ("tanh", "sigmoid", "relu")
MOST_UPDATES = 200_000
MOST_POINTS = 40
# An output this close to one half has not decided.
UNDECIDED = 1e-9
CODING = "The inputs -1 and 1 stand for 0 and 1. "


class TrainItYourself(Figure):
    """A network with two inputs and one sigmoid output, trained point by point or in batches.

    What it shows is the state after `updates` updates from the weights `start`: the points are
    taken in their order, epoch after epoch, so the same state always comes out. Whatever else is
    changed, the run is made again from `start` up to the same update.

    Parameters
    ----------
    data : str
        "separable", "XOR", "circles", or "own": those in `points`.
    points : sequence of float
        Own points, each as x1, x2 (-1.5 to 1.5) and its target, 0 or 1; at most 40 points.
    network : str
        Sizes, from "2-1" to "2-4-4-1".
    activation : str
        "tanh", "sigmoid" or "relu", of the hidden layers.
    error : str
        "half_squared" or "binary_cross_entropy".
    eta : float
        Learning rate.
    batch : str
        Points to an update: "1", "4" or "all". The last batch of an epoch may be smaller.
    start : sequence of float
        The weights and biases to start from, in the order of `Network.parameters`.
    updates : int
        How many updates have been made.
    stop : str
        What a run stops at, when an epoch is over: "error" or "gradient", if the mean error or the
        norm of its gradient is below `below`; "none", only at `limit`.
    below : float
    limit : int
        How many updates a run makes at most.
    speed : str
        Updates a second of a run: "5", "100", "1000", or "full", as many as can be.
    point : sequence of float
        A place (x1, x2) whose output is shown, and where the next point can be added.
    target : int
        Target of the next point that is added, 0 or 1.
    lines : bool
        Whether each unit of the first hidden layer draws its line z = 0.

    Examples
    --------
    >>> figure = TrainItYourself(data="circles", updates=2000)
    >>> figure.train()
    Network(2-3-1, tanh, sigmoid, half_squared)
    """

    title = "Train it yourself"
    name = "train-it-yourself"
    script = "training/figure.js"

    data = Choice("XOR", (*POINT_SETS, "own"))
    points = Numbers((), shortest=0, longest=3 * MOST_POINTS, minimum=-REACH, maximum=REACH)
    network = Choice("2-3-1", TRAINING_NETWORKS)
    activation = Choice("tanh", ACTIVATIONS)
    error = Choice("half_squared", ("half_squared", "binary_cross_entropy"))
    eta = Number(0.5, minimum=0)
    batch = Choice("1", ("1", "4", "all"))
    # Drawn as Network draws them, with seed 3, and rounded: these learn each of the data sets.
    start = Numbers(
        (1.44, -1.81, 0.3, -0.4, -0.32, -0.15, -1.17, -0.13, -0.5, 0.0, 0.0, 0.0, 0.0),
        shortest=3,
        longest=37,
    )
    updates = WholeNumber(0, minimum=0, maximum=MOST_UPDATES)
    stop = Choice("error", ("error", "gradient", "none"))
    below = Number(0.01, minimum=1e-6, maximum=10)
    limit = WholeNumber(10_000, minimum=1, maximum=MOST_UPDATES)
    speed = Choice("100", ("5", "100", "1000", "full"))
    point = Numbers((0.5, 0.5), shortest=2, longest=2, minimum=-REACH, maximum=REACH)
    target = WholeNumber(1, minimum=0, maximum=1)
    lines = Flag(True)

    @classmethod
    def check(cls, values):
        sizes = sizes_of(values["network"])
        count = parameter_count(sizes, biases=True)
        if len(values["start"]) != count:
            raise ValueError(
                f"start: expected the {count} weights and biases of a {values['network']} network, "
                f"got {len(values['start'])} numbers"
            )
        points = values["points"]
        if len(points) % 3:
            raise ValueError(
                f"points: expected three numbers a point, x1, x2 and target, got {len(points)}"
            )
        for index in range(2, len(points), 3):
            if points[index] not in (0, 1):
                raise ValueError(f"points[{index}]: expected a target 0 or 1, got {points[index]}")
        if values["data"] == "own" and not points and values["updates"]:
            raise ValueError(f"updates: expected 0 without points, got {values['updates']}")

    @classmethod
    def generated(cls):
        return {
            "network.js": arithmetic.module(makeNetwork=arithmetic.general()),
            "arithmetic.js": arithmetic.module(gradientDescent=descent_source()),
            "points.js": arithmetic.module(
                pointSets=arithmetic.data(POINT_SETS), firstScales=arithmetic.data(_first_scales())
            ),
        }

    def examples(self):
        """The points in the order in which they are learned from.

        Returns
        -------
        X, Y : ndarray
            Of shape (N, 2) and (N, 1).
        """
        flat = self.points if self.data == "own" else POINT_SETS[self.data]
        table = np.array(flat, dtype=float).reshape(-1, 3)
        return table[:, :2], table[:, 2:]

    def train(self):
        """The network after `updates` updates, a `Network`."""
        [(_, net)] = self._run([self.updates])
        return net

    def _run(self, moments):
        """The run at these moments, in rising order: pairs of updates made and the network."""
        sizes = sizes_of(self.network)
        hidden = [self.activation] * (len(sizes) - 2)
        net = Network(sizes, [*hidden, "sigmoid"], self.error)
        net.parameters = self.start
        update = self._update(net)
        parameters, done, run = net.parameters.tolist(), 0, []
        for moment in moments:
            for n in range(done, moment):
                parameters = update(parameters, n)
            done = moment
            net.parameters = parameters
            run.append((moment, net.copy()))
        return run

    def _update(self, net):
        """A function from the parameters, and the updates so far, to the next parameters."""
        X, Y = self.examples()
        size = {"1": 1, "4": 4, "all": max(len(X), 1)}[self.batch]
        batches = [slice(first, first + size) for first in range(0, len(X), size)]

        def of_batch(parameters, done):
            batch = batches[done % len(batches)]
            net.parameters = parameters
            with np.errstate(over="ignore", invalid="ignore"):
                gradient = net.backward(net.forward(X[batch]), Y[batch]).vector
                return (net.parameters - self.eta * gradient).tolist()

        if size > 1 or not self.updates:
            return of_batch
        # Straight-line Python, for runs of many thousand updates.
        compiled = compile_update(net).update
        pairs = list(zip(X.tolist(), Y.tolist(), strict=True))
        return lambda parameters, done: compiled(parameters, *pairs[done % len(pairs)], self.eta)

    def _right(self, net):
        X, Y = self.examples()
        return int(np.sum(np.abs(Y - net.forward(X).output) < 0.5 - UNDECIDED))

    def description(self):
        X, Y = self.examples()
        net = self.train()
        hidden = f"with {self.activation}" if net.L > 1 else "without"
        what = f"A {self.network} network {hidden} hidden units"
        if not len(X):
            return f"{what}, and no points yet to learn from."
        many = "update" if self.updates == 1 else "updates"
        name = "points of the reader's own" if self.data == "own" else f"points ({self.data})"
        squares = int(Y.sum())
        count, name = len(X), "own points" if self.data == "own" else f"points ({self.data})"
        return (
            f"{what} learns to tell {squares} squares, target 1, from {count - squares} circles, "
            f"target 0: {count} {name}. {CODING if self.data == 'XOR' else ''}"
            f"After {self.updates} {many} its mean error is {net.mean_error(X, Y):.3g} and "
            f"{self._right(net)} of {count} points are right. "
            "The shade shows its output over the plane, the curve its error over the updates."
        )

    def still(self):
        count = min(self.updates, 60)
        moments = np.unique(np.linspace(0, self.updates, count + 1).round().astype(int)).tolist()
        run = self._run(moments)
        X, Y = self.examples()
        curve = [(done, net.mean_error(X, Y)) for done, net in run] if len(X) else []
        return training_picture(run[-1][1], X, Y, curve, self.lines, self.description())


def _first_scales():
    """How first weights are drawn: network -> activation of the hidden layers -> pairs.

    Each pair is a number of parameters, in their order, and their standard deviation; 0 for biases.
    """

    def scales(name, hidden):
        sizes = sizes_of(name)
        activations = [hidden] * (len(sizes) - 2) + ["sigmoid"]
        weights = [
            (before * units, float(first_scale(activation, before)))
            for (before, units), activation in zip(pairwise(sizes), activations, strict=True)
        ]
        return [*weights, (sum(sizes[1:]), 0.0)]

    return {name: {g: scales(name, g) for g in ACTIVATIONS} for name in TRAINING_NETWORKS}

"""Error surfaces over two weights: the networks, the data, and how to look at them.

Each is the mean of the half squared errors of a few examples, as a function of the two weights of
a network without biases. Nothing here is a result: contours, gradients and paths are calculated.
"""

from dataclasses import dataclass

import numpy as np
from sympy import Symbol, diff, expand, solve

from ...network import Network
from ...symbolic import derive
from ...symbolic.derivation import equation
from ...symbolic.functions import ACTIVATIONS
from ...symbolic.notation import eta, g
from .. import arithmetic
from ..plain_text import plain_text


@dataclass(frozen=True)
class Surface:
    """E over the two weights of a network.

    Attributes
    ----------
    title : str
        What it is, in a few words.
    sizes, activation
        The network, as for `bplib.Network`.
    X, Y : tuple
        The examples, of shapes (N, n_0) and (N, 1).
    weights : tuple of str
        What the weights are called.
    view : tuple of float
        The part that is shown: from and to for the first weight, then for the second.
    levels : tuple of float
        Where contours are drawn.
    labels : tuple
        Lines ((w_1, w_2), (w_1, w_2)); where a contour first meets one, its E is written.
    rates : float
        The largest learning rate on the slider.
    presets : dict
        Name -> (start, learning rate): too small, right, too large.
    """

    title: str
    sizes: tuple
    activation: str
    X: tuple
    Y: tuple
    weights: tuple
    view: tuple
    levels: tuple
    labels: tuple
    rates: float
    presets: dict

    @property
    def quadratic(self):
        """Whether E is a quadratic function: a bowl with the same curvature everywhere."""
        return self.activation == "identity" and len(self.sizes) == 2

    @property
    def rule(self):
        """The key of its network among the generated ones."""
        return f"{'-'.join(map(str, self.sizes))} {self.activation}"

    @property
    def output(self):
        """What the network answers, as a formula in plain text: ŷ = w₁x₁ + w₂x₂."""
        inputs = self.sizes[0]
        signals = [Symbol("x" + ("₁₂"[j] if inputs > 1 else "")) for j in range(inputs)]
        weights = [Symbol(name) for name in self.weights]
        for _ in self.sizes[1:]:  # layers of one unit
            own, weights = weights[: len(signals)], weights[len(signals) :]
            z = sum(weight * signal for weight, signal in zip(own, signals, strict=True))
            named = self.activation != "sigmoid"  # whose formula is long: it is said in words
            signals = [ACTIVATIONS[self.activation].expression(z) if named else g(z)]
        text = plain_text(equation(Symbol("ŷ"), signals[0]))
        return text if named else f"{text}, g the {self.activation}"

    def network(self, w):
        """The network with these two weights."""
        net = Network(self.sizes, self.activation, biases=False)
        net.parameters = np.asarray(w, dtype=float)
        return net

    def backward(self, net):
        """The backward pass of all examples: the error and the gradient."""
        return net.backward(net.forward(self.X), self.Y)

    def error(self, w):
        return self.network(w).mean_error(self.X, self.Y)

    def curvatures(self):
        """λ of the flattest and of the steepest direction; None if it is not quadratic.

        They are the eigenvalues of the Hessian. The gradient of a quadratic function is
        H (w - w*), so the columns of H are differences of gradients.
        """
        if not self.quadratic:
            return None
        origin, first, second = (
            self.backward(self.network(w)).vector for w in ((0, 0), (1, 0), (0, 1))
        )
        return np.linalg.eigvalsh(np.stack([first - origin, second - origin], axis=1))

    def largest_rate(self):
        """The learning rate from which on steps no longer converge; None if there is no such."""
        curvatures = self.curvatures()
        if curvatures is None:
            return None
        return float(LARGEST_RATE.subs(curvature, float(curvatures[-1])))

    def for_the_page(self):
        """What the page must know, as JSON."""
        names = ("title", "output", "X", "Y", "weights", "view", "levels", "labels", "rates")
        curvatures = self.curvatures()
        return {name: getattr(self, name) for name in (*names, "presets", "rule")} | {
            "curvatures": None if curvatures is None else curvatures.tolist(),
            "largestRate": self.largest_rate(),
        }


# Along a direction in which E has the curvature λ and its lowest point at 0, E is λd²/2. A step
# multiplies the distance d by this factor; from the rate on at which it is -1, d does not shrink.
curvature, _distance = Symbol(r"\lambda", positive=True), Symbol("d", positive=True)
_error = curvature * _distance**2 / 2
FACTOR = expand((_distance - eta * diff(_error, _distance)) / _distance)
[LARGEST_RATE] = solve(FACTOR + 1, eta)


def _pairs(array):
    return tuple(map(tuple, np.asarray(array).tolist()))


# The best weights of both linear units.
TEACHER = [[1.5], [-0.5]]
# As in the recap chapter.
BOWL = [[1.0, 0.2], [0.4, -1.0], [-0.8, 0.5], [0.3, 1.2]]
# The two inputs nearly agree, so their weights can nearly stand in for each other.
VALLEY = [[1.2, 0.8], [0.6, 1.1], [-1.1, -0.6], [-0.5, -1.2]]

SURFACES = {
    "bowl": Surface(
        title="Bowl: a linear unit with two inputs",
        sizes=(2, 1),
        activation="identity",
        X=_pairs(BOWL),
        Y=_pairs(np.array(BOWL) @ TEACHER),
        weights=("w₁", "w₂"),
        view=(-3.5, 5.5, -4.0, 3.5),
        levels=(0.1, 0.4, 0.9, 1.6, 2.5, 3.6, 4.9, 6.4, 8.1, 10, 12),
        labels=(((1.5, -0.5), (5.4, 2.6)), ((1.5, -0.5), (-3.4, -3.9))),
        rates=5,
        presets={
            "too small": ((-1.5, 2.0), 0.3),
            "right": ((-1.5, 2.0), 1.5),
            "too large": ((-1.5, 2.0), 3.7),
        },
    ),
    "valley": Surface(
        title="Valley: a linear unit whose inputs nearly agree",
        sizes=(2, 1),
        activation="identity",
        X=_pairs(VALLEY),
        Y=_pairs(np.array(VALLEY) @ TEACHER),
        weights=("w₁", "w₂"),
        view=(-3.5, 5.5, -4.0, 3.5),
        levels=(0.2, 0.8, 1.8, 3.2, 5, 7.2, 9.8, 12.8, 16.2, 20, 24.2),
        labels=(((1.5, -0.5), (5.4, 3.4)),),
        rates=5,
        presets={
            "too small": ((-2.5, 1.0), 0.1),
            "right": ((-2.5, 1.0), 1.1),
            "too large": ((-2.5, 1.0), 1.3),
        },
    ),
    "saddle": Surface(
        title="Saddle: two tanh units in a chain",
        sizes=(1, 1, 1),
        activation="tanh",
        X=((1.0,), (2.0,)),
        Y=((0.5,), (0.7,)),
        weights=("w¹", "w²"),
        view=(-3.0, 3.0, -2.5, 2.5),
        levels=(0.0025, 0.01, 0.04, 0.09, 0.16, 0.25, 0.36, 0.49, 0.64, 0.81, 1, 1.2),
        labels=(((0.0, 0.0), (2.6, -2.4)), ((0.56, 1.07), (2.9, 2.4)), ((0.0, 0.0), (0.6, 1.0))),
        rates=10,
        presets={
            "too small": ((-1.5, 2.0), 0.3),
            "right": ((-1.5, 2.0), 2.0),
            "too large": ((-1.5, 2.0), 4.0),
        },
    ),
    "plateau": Surface(
        title="Plateaus: a sigmoid unit with two inputs",
        sizes=(2, 1),
        activation="sigmoid",
        X=((3.0, 1.0), (1.0, 3.0), (-2.0, 2.0), (2.0, -2.0)),
        Y=((0.9,), (0.8,), (0.3,), (0.7,)),
        weights=("w₁", "w₂"),
        view=(-5.1, 5.1, -4.25, 4.25),
        levels=(0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.125, 0.15, 0.18, 0.21, 0.24, 0.27),
        labels=(((0.7, 0.25), (4.9, -3.4)), ((0.7, 0.25), (-5, 0.2))),
        rates=50,
        presets={
            "too small": ((-1.5, 2.0), 0.5),
            "right": ((-1.5, 2.0), 10.0),
            "too large": ((-1.5, 2.0), 20.0),
        },
    ),
}


def generated_rules():
    """JavaScript of the networks: forward, backward, and the error of one example."""
    return arithmetic.table(
        {
            f'"{surface.rule}"': _rules(surface.sizes, surface.activation)
            for surface in SURFACES.values()
        }
    )


def _rules(sizes, activation):
    derivation = derive(sizes, activation, biases=False)
    error = arithmetic.rules(derivation, {"error": ("E", [f"a^{len(sizes) - 1}_1", "y_1"])})
    return f"{{ ...{arithmetic.network(derivation)}, ...{error} }}"

"""What "Backpropagation, step by step" begins with: an example for each network.

A network is named by the sizes of its layers, or, if its example is one of the lectures with
functions of its own, by these: "tanh, linear".
"""

from functools import cache
from itertools import chain

from ... import golden
from ...layers import parameter_count
from ..networks import LECTURE_NETWORKS, TRAINING_NETWORKS, sizes_of

# Short enough for a blackboard, of both signs, and no two of a network alike.
WEIGHTS = (
    0.4, -0.6, 0.7, 0.2, -0.3, 0.5, 0.8, -0.5, 0.3, -0.4, 0.6, 0.9, -0.2, 1.0, 0.1, -0.7, 1.2, -0.8,
    -0.1, 1.1, -0.9, 1.3, -1.1, 1.5, -1.2, 1.4, -1.0, -1.3, -1.4,
)  # fmt: skip
BIASES = (0.1, -0.2, 0.3, -0.1, 0.2, 0.4, -0.3, -0.4, 0.5)
INPUT, TARGET = (1.0, 0.5, -0.5), (1.0, 0.0)


# Examples with functions of their own. Without biases: those are 0 and stay so.
NAMED = {
    "tanh, linear": {
        "sizes": [2, 2, 2],
        "activation": "tanh",
        "output": "identity",
        "error": "half_squared",
        "x": (1.0, 0.6),
        "y": (1.0, 0.0),
        "eta": 0.1,
        "weights": (0.5, -0.5, 1.0, 0.0, 2.0, 1.0, -1.0, 0.5),
        "train_biases": False,
    },
    "tanh, softmax": {
        "sizes": [2, 3, 3],
        "activation": "tanh",
        "output": "softmax",
        "error": "cross_entropy",
        "x": (1.0, 0.5),
        "y": (0.0, 1.0, 0.0),
        "eta": 0.5,
        "weights": WEIGHTS[:15],
        "train_biases": False,
    },
}
NETWORKS = LECTURE_NETWORKS + TRAINING_NETWORKS + tuple(NAMED)


def layer_sizes(network):
    """The units of the layers 0 to L of the network of this name."""
    return NAMED[network]["sizes"] if network in NAMED else sizes_of(network)


@cache
def example(network):
    """Values of x, y, eta, weights, biases and so on for the network of this name."""
    sizes = layer_sizes(network)
    if network in NAMED:
        own = {name: value for name, value in NAMED[network].items() if name != "sizes"}
        return {**own, "biases": (0.0,) * sum(sizes[1:])}
    functions = {"activation": "sigmoid", "output": "sigmoid", "error": "half_squared"}
    if network == "2-2-2":
        return {**functions, **_mazur(golden.load("mazur")["network"])}
    return {
        **functions,
        "x": INPUT[: sizes[0]],
        "y": TARGET[: sizes[-1]],
        "eta": 0.5,
        "weights": WEIGHTS[: parameter_count(sizes, biases=False)],
        "biases": BIASES[: sum(sizes[1:])],
        "train_biases": True,
    }


def _mazur(published):
    return {
        "x": tuple(published["x"]),
        "y": tuple(published["y"]),
        "eta": published["eta"],
        "weights": tuple(chain(*published["W1"], *published["W2"])),
        "biases": (*published["b1"], *published["b2"]),
        "train_biases": published["biases_updated"],
    }

"""What "Backpropagation, step by step" begins with: an example for each network."""

from functools import cache
from itertools import chain

from ... import golden
from ...layers import parameter_count
from ..networks import sizes_of

# Short enough for a blackboard, of both signs, and no two of a network alike.
WEIGHTS = (
    0.4, -0.6, 0.7, 0.2, -0.3, 0.5, 0.8, -0.5, 0.3, -0.4, 0.6, 0.9, -0.2, 1.0, 0.1, -0.7, 1.2, -0.8,
    -0.1, 1.1, -0.9, 1.3, -1.1, 1.5, -1.2, 1.4, -1.0, -1.3, -1.4,
)  # fmt: skip
BIASES = (0.1, -0.2, 0.3, -0.1, 0.2, 0.4, -0.3, -0.4, 0.5)
INPUT, TARGET = (1.0, 0.5, -0.5), (1.0, 0.0)


@cache
def example(network):
    """Values of x, y, eta, weights, biases and train_biases for the network of this name."""
    if network == "2-2-2":
        return _mazur(golden.load("mazur")["network"])
    sizes = sizes_of(network)
    return {
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

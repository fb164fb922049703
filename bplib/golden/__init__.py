"""Published worked examples, recomputed to full float64 precision.

`load(name)` gives a dictionary: the network and its parameters, the forward and backward pass,
the parameters after one update, and under "published" what was printed.
"""

import json
from importlib.resources import files

from ..network import Network
from ..validation import choice

EXAMPLES = ("mazur", "han_kamber")


def load(name):
    """The numbers of one example, "mazur" or "han_kamber", under their house names."""
    choice("name", name, EXAMPLES)
    return json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))


def network(name, train_biases=None):
    """The example's network with its first parameters.

    `train_biases` says whether updates change the biases; None: as in the published example.

    >>> network("mazur")
    Network(2-2-2, sigmoid, half_squared)
    """
    example = load(name)["network"]
    return Network.from_parameters(
        [example["W1"], example["W2"]],
        [example["b1"], example["b2"]],
        activation=example["activation"],
        error=example["error"],
        train_biases=example["biases_updated"] if train_biases is None else train_biases,
    )

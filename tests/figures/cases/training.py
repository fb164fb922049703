"""Train it yourself."""

import numpy as np

from bplib import Network, figures
from bplib.figures.networks import TRAINING_NETWORKS, sizes_of
from bplib.figures.training.point_sets import POINT_SETS

from .case import Case


def trained(figure):
    """The network after the figure's updates, and its examples: by Network alone."""
    flat = figure.points if figure.data == "own" else POINT_SETS[figure.data]
    table = np.reshape(np.array(flat, dtype=float), (-1, 3))
    X, Y = table[:, :2], table[:, 2:]
    sizes = sizes_of(figure.network)
    names = [figure.activation] * (len(sizes) - 2) + ["sigmoid"]
    net = Network(sizes, names, figure.error)
    net.parameters = figure.start
    size = {"1": 1, "4": 4, "all": len(X)}[figure.batch]
    starts = range(0, len(X), size) if len(X) else ()
    for update in range(figure.updates):
        first = starts[update % len(starts)]
        batch = slice(first, first + size)
        net.update(net.backward(net.forward(X[batch]), Y[batch]), figure.eta)
    return net, X, Y, len(starts)


def numbers_of(figure):
    net, X, Y, per_epoch = trained(figure)
    numbers = {"updates": figure.updates, "output": net.forward(figure.point).output.item()}
    if len(X):
        forward_pass = net.forward(X)
        backward_pass = net.backward(forward_pass, Y)
        numbers |= {
            "epochs": figure.updates // per_epoch,
            "error": backward_pass.error,
            "right": int(np.sum(np.abs(Y - forward_pass.output) < 0.5 - 1e-9)),
            "norm": float(np.linalg.norm(backward_pass.vector)),
        }
    else:
        numbers["epochs"] = 0
    return numbers


def random_setting(generator):
    # Rounding grows from update to update, the faster the larger the steps: with a few dozen
    # updates and a moderate learning rate it stays a thousand times smaller than is tested.
    network = str(generator.choice(TRAINING_NETWORKS))
    activation = str(generator.choice(["tanh", "sigmoid", "relu"]))
    sizes = sizes_of(network)
    net = Network(sizes, [activation] * (len(sizes) - 2) + ["sigmoid"], seed=generator)
    count = int(generator.integers(1, 10))
    places = generator.uniform(-1.5, 1.5, size=(count, 2)).round(2)
    targets = generator.integers(0, 2, size=(count, 1))
    return {
        "data": str(generator.choice(["separable", "XOR", "circles", "own"])),
        "points": np.hstack([places, targets]).ravel(),
        "network": network,
        "activation": activation,
        "error": str(generator.choice(["half_squared", "binary_cross_entropy"])),
        "eta": float(generator.uniform(0, 1)),
        "batch": str(generator.choice(["1", "4", "all"])),
        "start": net.parameters + generator.normal(size=net.parameters.size) * 0.1,
        "updates": int(generator.integers(0, 80)),
        "stop": str(generator.choice(["error", "gradient", "none"])),
        "below": float(generator.uniform(0.001, 0.2)),
        "limit": int(generator.integers(1, 1000)),
        "speed": str(generator.choice(["5", "100", "1000", "full"])),
        "point": generator.uniform(-1.5, 1.5, size=2),
        "target": int(generator.integers(0, 2)),
        "lines": bool(generator.integers(0, 2)),
    }


TRAINING = Case(
    make=figures.TrainItYourself,
    numbers=numbers_of,
    random=random_setting,
    field="x₁ of the marker",
    edges=[
        {"eta": 0.0, "updates": 50},
        {"updates": 400},  # in the midst of learning XOR
        {"start": [0.0] * 13, "updates": 40, "batch": "all"},  # nothing to tell the units apart
        {"start": [0.5] * 9 + [0.0] * 4, "updates": 100},  # equal weights
        {"start": [60.0] * 9 + [0.0] * 4, "updates": 10},  # saturated: δ is 0
        {"start": [60.0] * 9 + [0.0] * 4, "error": "binary_cross_entropy"},  # ln 0
        {"network": "2-1", "start": [0.0, 0.0, 0.0], "updates": 100},
        {"network": "2-4-4-1", "start": [0.1] * 37, "activation": "relu", "data": "circles"},
        {"data": "own"},  # no points
        {"data": "own", "points": [0.3, -0.2, 1], "batch": "4", "updates": 30},
        {"data": "own", "points": [1.5, -1.5, 0] * 40, "updates": 10},
        {"eta": 100.0, "updates": 3},
        {"lines": False, "stop": "none"},
    ],
)

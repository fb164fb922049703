"""Backpropagation, step by step."""

from itertools import pairwise

import numpy as np

from bplib import Network, figures
from bplib.figures.step_by_step.examples import NETWORKS, layer_sizes
from bplib.figures.step_by_step.figure import ACTIVATIONS, ERRORS

from .case import Case

SLOPES = {
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "relu": lambda a: 1.0 * (a > 0),
    "identity": np.ones_like,
}


def network_of(figure):
    """The network that the figure begins with."""
    sizes = layer_sizes(figure.network)
    net = Network(
        sizes,
        activation=[figure.activation] * (len(sizes) - 2) + [figure.output],
        error=figure.error,
        train_biases=figure.train_biases,
    )
    net.parameters = np.concatenate([figure.weights, figure.biases])
    return net


def numbers_of(figure):
    net, x, y = network_of(figure), np.array(figure.x), np.array(figure.y)
    if figure.updates:
        net.fit([x], [y], eta=figure.eta, epochs=figure.updates)
    L, before = net.L, net.copy()
    forward_pass = net.forward(x)
    backward_pass = net.backward(forward_pass, y)
    net.update(backward_pass, figure.eta)
    numbers = {
        "eta": figure.eta,
        "error": backward_pass.error,
        "errorAfter": net.mean_error(x, y),
        **units("a0", x),
        **units("y", y),
    }
    for l in range(1, L + 1):
        if l < L:
            by_a = before.W[l + 1].T @ backward_pass.delta[l + 1]
        else:
            by_a = by_output(figure.error, forward_pass.output, y)
        if net.activation[l] == "softmax":
            a = forward_pass.output
            numbers |= weights("outputByZ", np.diag(a) - np.outer(a, a))
        else:
            slope = SLOPES[net.activation[l]](forward_pass.a[l])
            numbers |= units(f"slope{l}", slope)
        gradient = backward_pass.grad_W[l]
        numbers |= {
            **units(f"z{l}", forward_pass.z[l]),
            **units(f"a{l}", forward_pass.a[l]),
            **units(f"delta{l}", backward_pass.delta[l]),
            **units(f"byA{l}", by_a),
            **units(f"b{l}", before.b[l]),
            **units(f"byB{l}", backward_pass.grad_b[l]),
            **units(f"changeB{l}", -figure.eta * backward_pass.grad_b[l]),
            **units(f"afterB{l}", net.b[l]),
            **weights(f"w{l}", before.W[l]),
            **weights(f"byW{l}", gradient),
            **weights(f"changeW{l}", -figure.eta * gradient),
            **weights(f"afterW{l}", net.W[l]),
        }
    return numbers


def by_output(error, a, y):
    """dE/da of the outputs; infinite where an output is rounded to 0 or 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "half_squared": a - y,
            "binary_cross_entropy": (1 - y) / (1 - a) - y / a,
            "cross_entropy": -y / a,
        }[error]


def units(name, values):
    separator = "" if name == "y" else "_"
    return {f"{name}{separator}{i}": float(v) for i, v in enumerate(values, start=1)}


def weights(name, matrix):
    return {f"{name}_{i + 1}{j + 1}": float(v) for (i, j), v in np.ndenumerate(matrix)}


def random_setting(generator):
    network = str(generator.choice(NETWORKS))
    sizes = layer_sizes(network)
    L = len(sizes) - 1
    l = int(generator.integers(0, L + 1))
    i = int(generator.integers(1, sizes[l] + 1))
    j = int(generator.integers(1, sizes[l - 1] + 1))
    look = ["", f"a{l}_{i}", f"w{l}_{i}{j}" if l else ""][int(generator.integers(3))]
    errors = [error for error in ERRORS if sizes[L] > 1 or error != "cross_entropy"]
    error = str(generator.choice(errors))
    y = generator.uniform(size=sizes[L])
    if error == "cross_entropy":
        y = np.eye(sizes[L])[generator.integers(sizes[L])]
    until = str(generator.choice(["update", "update", "update", "error"]))
    last = 2 * L + 2 if until == "error" else 4 * L + 3
    return {
        "network": network,
        "activation": str(generator.choice(ACTIVATIONS)),
        "output": str(generator.choice(ERRORS[error])),
        "error": error,
        "x": generator.normal(size=sizes[0]),
        "y": y,
        # Small enough that rounding errors do not grow from update to update.
        "eta": generator.uniform(0, 1),
        "weights": generator.normal(size=sum(m * n for m, n in pairwise(sizes))),
        "biases": generator.normal(size=sum(sizes[1:])),
        "train_biases": bool(generator.integers(2)),
        "updates": int(generator.choice([0, 1, 2, 30])),
        "step": int(generator.integers(1, last + 1)),
        "look": look,
        "small": bool(generator.random() < 0.2),
        "until": until,
    }


STEP_BY_STEP = Case(
    make=figures.BackpropStepByStep,
    numbers=numbers_of,
    random=random_setting,
    field="input x1",
    edges=[
        {"step": 11, "eta": 0.0, "updates": 3, "look": "w1_12"},
        {"step": 11, "eta": 100.0, "look": "w2_12"},
        {"step": 8, "weights": [0.5] * 8, "biases": [0.0] * 4, "look": "a1_1"},  # equal
        {"step": 8, "weights": [0.0] * 8, "biases": [0.0] * 4, "look": "w1_11"},
        {"step": 9, "weights": [1000.0] * 8, "biases": [0.0] * 4, "look": "w2_22"},  # saturated
        {"step": 9, "weights": [-1000.0] * 8, "x": [100.0, 100.0], "look": "w1_22"},
        {
            "step": 11,
            "error": "binary_cross_entropy",  # whose dE/da is infinite here
            "weights": [1000.0] * 8,
            "y": [0.0, 1.0],
            "look": "w2_11",
        },
        {"step": 10, "activation": "relu", "weights": [-1.0] * 8, "look": "w1_11"},  # dead units
        {"step": 7, "network": "2-1", "look": "w1_12"},
        {"step": 15, "network": "3-3-4-2", "updates": 100, "look": "w2_43"},
        {"step": 13, "network": "2-4-4-1", "activation": "tanh", "x": [0.0, 0.0], "look": "a2_4"},
        {"step": 11, "updates": 1000, "train_biases": True},
        {"step": 7, "network": "tanh, linear", "look": "w2_12"},
        {"step": 8, "network": "tanh, linear", "look": "a2_1", "updates": 10},
        {"step": 5, "network": "tanh, softmax", "look": "a2_2"},
        {"step": 11, "network": "tanh, softmax", "look": "w2_31", "y": [0.2, 0.3, 0.5]},
        {  # so sure of the wrong class that the right one's output is rounded to 0
            "step": 7,
            "output": "softmax",
            "error": "cross_entropy",
            "weights": [1000.0] * 6 + [-1000.0] * 2,
            "y": [0.0, 1.0],
            "look": "a2_2",
        },
        {"step": 6, "until": "error", "look": "w2_12"},
        {"step": 10, "small": True},
    ],
)

"""Chain of sensitivities."""

import numpy as np

from bplib import Network, figures

from .case import Case


def numbers_of(figure):
    L = len(figure.weights)
    net = Network.from_parameters(
        weights=[[[w]] for w in figure.weights],
        biases=[[b] for b in figure.biases],
        activation=figure.activation,
    )
    forward_pass = net.forward([figure.x])
    backward_pass = net.backward(forward_pass, [figure.y])
    a = [forward_pass.a[l].item() for l in range(L + 1)]
    slopes = {
        "sigmoid": lambda a: a * (1 - a),
        "tanh": lambda a: 1 - a * a,
        "relu": lambda a: float(a > 0),
        "identity": lambda a: 1.0,
    }
    factors = [a[L] - figure.y]
    for l in range(L, figure.layer - 1, -1):
        factors.append(slopes[figure.activation](a[l]))
        factors.append(figure.weights[l - 1] if l > figure.layer else a[l - 1])
    gradient = [backward_pass.grad_W[l].item() for l in range(1, L + 1)]
    return {
        "error": backward_pass.error,
        "product": gradient[figure.layer - 1],
        **{f"a{l}": value for l, value in enumerate(a)},
        **{f"w{l}": value for l, value in enumerate(figure.weights, start=1)},
        **{f"gradient{l}": value for l, value in enumerate(gradient, start=1)},
        **{f"factor{n}": value for n, value in enumerate(factors, start=1)},
        **{f"sofar{n}": value for n, value in enumerate(np.cumprod(factors), start=1)},
    }


def random_setting(generator):
    L = int(generator.integers(1, 9))
    return {
        "x": generator.normal(),
        "y": generator.normal(),
        "weights": generator.normal(size=L) * generator.choice([0.1, 1.0, 2.0]),
        "biases": generator.normal(size=L),
        "activation": str(generator.choice(["sigmoid", "tanh", "relu", "identity"])),
        "layer": int(generator.integers(1, L + 1)),
    }


CHAIN = Case(
    make=figures.ChainOfSensitivities,
    numbers=numbers_of,
    random=random_setting,
    field="weight of layer 1",
    edges=[
        {"weights": [0.0] * 3, "biases": [0.0] * 3},
        {"weights": [1.0] * 8, "biases": [0.0] * 8, "activation": "identity"},
        {"weights": [40.0, 40.0], "biases": [40.0, 40.0]},  # saturated
        {"weights": [-100.0], "biases": [0.0], "x": 100.0},  # e^-z is infinite
        {"weights": [-2.0, 1.0], "biases": [0.0, 0.0], "activation": "relu"},  # a dead unit
        {"x": 0.0},
        {  # neither the first nor the last weight has an effect, but the one between has
            "activation": "identity",
            "x": 0.0,
            "weights": [1.0, 1.0, 1.0],
            "biases": [1.0, -1.0, 0.5],
        },
        {"x": 1.0, "y": 1.0, "activation": "identity", "weights": [1.0], "biases": [0.0]},
    ],
)

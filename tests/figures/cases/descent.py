"""Descent on the error surface."""

import numpy as np

from bplib import Network, figures
from bplib.figures.descent.surfaces import SURFACES

from .case import Case


def network_at(figure):
    first, second = figure.start
    if figure.surface == "saddle":
        return Network.from_parameters([[[first]], [[second]]], activation="tanh")
    activation = "sigmoid" if figure.surface == "plateau" else "identity"
    return Network.from_parameters([[[first, second]]], activation=activation)


def numbers_of(figure):
    X, Y = (np.array(examples) for examples in examples_of(figure))
    net = network_at(figure)
    taken = 0
    backward_pass = net.backward(net.forward(X), Y)
    while taken < figure.steps and np.abs(net.parameters).max() <= 1e6:
        net.update(backward_pass, figure.eta)
        backward_pass = net.backward(net.forward(X), Y)
        taken += 1
    step = -figure.eta * backward_pass.vector
    numbers = {
        "taken": taken,
        "error": backward_pass.error,
        "length": np.linalg.norm(step),
        **per_weight("w", net.parameters),
        **per_weight("gradient", backward_pass.vector),
        **per_weight("step", step),
    }
    if figure.surface in ("bowl", "valley"):  # E = ½ mean (x·(w - w*))², so its Hessian is XᵀX/N
        curvatures = np.linalg.eigvalsh(X.T @ X / len(X))
        numbers["limit"] = 2 / curvatures.max()
        numbers.update(per_weight("lambda", curvatures))
        numbers.update(per_weight("factor", 1 - figure.eta * curvatures))
    return numbers


def examples_of(figure):
    surface = SURFACES[figure.surface]
    return surface.X, surface.Y


def per_weight(name, values):
    return {f"{name}{k}": value for k, value in enumerate(values, start=1)}


def random_setting(generator):
    surface = str(generator.choice(list(SURFACES)))
    curved = surface in ("saddle", "plateau")
    eta = 10 ** generator.uniform(-2, 1)
    # Where E is no quadratic function, a large η makes a path that depends on the last digit of
    # its start: only a few of its steps can be compared.
    most = 500 if not curved else 60 if eta < 2 else 6
    return {
        "surface": surface,
        "eta": eta,
        "start": generator.uniform(-4, 4, size=2),
        "steps": int(generator.integers(0, most + 1)),
    }


DESCENT = Case(
    make=figures.DescentOnSurface,
    numbers=numbers_of,
    random=random_setting,
    field="learning rate η",
    edges=[
        {"eta": 0.0, "steps": 10},
        {"eta": 0.0, "steps": 0, "surface": "plateau"},
        {"eta": 3.7, "steps": 4},  # outside the picture
        {"eta": 3.7, "steps": 500},  # diverged
        {"eta": 1000.0, "start": [10.0, -10.0], "steps": 500, "surface": "valley"},
        {"eta": 1000.0, "start": [-10.0, 10.0], "steps": 3, "surface": "plateau"},  # saturated
        {"start": [0.0, 0.0], "steps": 20, "surface": "saddle"},  # equal weights, no gradient
        {"start": [0.5, 0.5], "eta": 2.0, "steps": 30, "surface": "saddle"},
        {"start": [1.0, -1.0], "eta": 1.0, "steps": 30, "surface": "saddle"},
        {"start": [10.0, 10.0], "eta": 10.0, "steps": 2, "surface": "saddle"},  # saturated
        {"start": [1.5, -0.5], "steps": 3},  # at the lowest point
        {"eta": 1.5, "steps": 500},  # arrived
    ],
)

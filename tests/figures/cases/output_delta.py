"""What δ means."""

import math
from functools import cache

import mpmath

from bplib import Network, figures
from bplib.codegen import compile_update

from .case import Case

MOST, NEAR = 10_000, 0.1
OUTPUTS = {
    "identity": lambda z: z,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z)),
}
SLOPES = {
    "identity": lambda z: mpmath.mpf(1),
    "tanh": lambda z: mpmath.sech(z) ** 2,
    "sigmoid": lambda z: mpmath.sech(z / 2) ** 2 / 4,
}


def unit_of(z, activation, error):
    """A 1-1 network without input: its bias is the weighted input."""
    return Network.from_parameters(
        weights=[[[0.0]]], biases=[[z]], activation=activation, error=error
    )


def trained(figure, error):
    """The weighted input after the figure's updates."""
    net = unit_of(figure.z, figure.activation, error)
    for _ in range(figure.updates):
        before = net.b[1].item()
        net.update(net.backward(net.forward([0.0]), [figure.y]), figure.eta)
        if net.b[1].item() == before:
            break
    return net.b[1].item()


@cache
def update_of(activation, error):
    """bplib's compiled update of such a unit: thousands of them are made here."""
    return compile_update(unit_of(0.0, activation, error)).update


def needed(figure, error):
    """How many updates it needs: None if it stands still, inf if many."""
    update, output = update_of(figure.activation, error), OUTPUTS[figure.activation]
    parameters = [0.0, figure.z]
    for n in range(MOST + 1):
        if abs(output(parameters[1]) - figure.y) < NEAR:
            return n
        before, parameters = parameters, list(update(parameters, [0.0], [figure.y], figure.eta))
        if parameters == before:
            return None
    return math.inf


def error_by_output(z, figure):
    """dE/da with many digits: it grows without limit where a is close to 0 or 1."""
    with mpmath.workdps(150):
        y, z = mpmath.mpf(figure.y), mpmath.mpf(z)
        if figure.error == "binary_cross_entropy":
            a = 1 / (1 + mpmath.exp(-z))
            return float((1 - y) / (1 - a) - y / a)
        a = {"identity": z, "tanh": mpmath.tanh(z), "sigmoid": 1 / (1 + mpmath.exp(-z))}
        return float(a[figure.activation] - y)


def numbers_of(figure):
    errors = ["half_squared"]
    if figure.activation == "sigmoid":
        errors.append("binary_cross_entropy")
    numbers = {}
    for error in errors:
        z, needs = trained(figure, error), needed(figure, error)
        net = unit_of(z, figure.activation, error)
        forward_pass = net.forward([0.0])
        backward_pass = net.backward(forward_pass, [figure.y])
        a, delta = forward_pass.output.item(), backward_pass.delta[1].item()
        numbers[f"z {error}"] = z
        numbers[f"delta {error}"] = delta
        if needs is not None and needs < math.inf:
            numbers[f"needs {error}"] = needs
        if error == figure.error:
            numbers |= {"z": z, "a": a, "gap": a - figure.y, "delta": delta}
            numbers["error"] = backward_pass.error
            net.update(backward_pass, figure.eta)
            numbers["step"] = net.b[1].item() - z
            numbers["errorByA"] = error_by_output(z, figure)
            numbers["slope"] = float(SLOPES[figure.activation](mpmath.mpf(z)))
    return numbers


def random_setting(generator):
    activation = str(generator.choice(["identity", "tanh", "sigmoid", "sigmoid", "sigmoid"]))
    low, high = {"identity": (-8, 8), "tanh": (-1, 1), "sigmoid": (0, 1)}[activation]
    errors = ["half_squared", "binary_cross_entropy"]
    return {
        "z": generator.uniform(-10, 10),
        "y": float(generator.choice([low, high, generator.uniform(low, high)])),
        "activation": activation,
        "error": str(generator.choice(errors)) if activation == "sigmoid" else errors[0],
        "eta": generator.uniform(0, 2),
        # An update more is a rounding more, which a plateau magnifies: see `edges` for long runs.
        "updates": int(generator.choice([0, 0, 1, 10])),
    }


CROSS_ENTROPY = {"error": "binary_cross_entropy"}

OUTPUT_DELTA = Case(
    make=figures.WhatDeltaMeans,
    numbers=numbers_of,
    random=random_setting,
    field="weighted input z",
    edges=[
        {"z": -8.0, "y": 1.0},  # confident and wrong
        {"z": -8.0, "y": 1.0, **CROSS_ENTROPY},
        {"z": -8.0, "y": 1.0, "updates": 6000},
        {"z": -8.0, "y": 1.0, "updates": 26, **CROSS_ENTROPY},
        {"z": -8.0, "y": 1.0, "updates": 10_000, "eta": 2.0},
        *(
            {"z": z, "y": y, **error}
            for z in (-100.0, -40.0, 40.0, 100.0)  # saturated: a is rounded to 0 or 1
            for y in (0.0, 1.0)
            for error in ({}, CROSS_ENTROPY)
        ),
        {"z": 40.0, "y": -1.0, "activation": "tanh"},
        {"z": -100.0, "y": 8.0, "activation": "identity"},
        {"z": 0.0, "y": 0.5},  # y = a: nothing to learn
        {"z": 0.0, "y": 0.5, **CROSS_ENTROPY},
        {"z": 2.0, "y": 2.0, "activation": "identity"},
        {"z": 2.0, "y": 0.0, "eta": 0.0, "updates": 100},  # nothing is learnt
        {"z": 5.0, "y": -3.0, "activation": "identity", "eta": 2.0, "updates": 9999},  # to and fro
    ],
)

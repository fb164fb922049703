"""The golden numbers once more, with many digits and without bplib.

    python bplib/golden/compute.py mazur

This program shares no code with bplib, so that each can be checked with the other. It reads the
network of an example, and nothing else, from the JSON file beside it. It calculates with mpmath,
one number at a time, and prints what the file holds besides.

One update is found without any rule of backpropagation: each derivative is a central difference,
and with fifty digits its error is far below that of a float. Only the runs of 10,000 updates use
the rules, as one of them, Mazur's first program, is not made of derivatives.
"""

import json
import sys
from pathlib import Path

from mpmath import exp, mp, mpf

DIGITS = 50  # of the one update
STEP = mpf(10) ** -16  # of the differences: wrong by about its square, 1e-32
DIGITS_OF_RUNS = 25
UPDATES = 10_000


def sigmoid(z):
    return 1 / (1 + exp(-z))


def weighted_inputs(W, b, a):
    return [
        sum((w * v for w, v in zip(row, a, strict=True)), c) for row, c in zip(W, b, strict=True)
    ]


def activations(z):
    return [sigmoid(v) for v in z]


def errors(a, y):
    """The half squared error of each output."""
    return [(target - output) ** 2 / 2 for target, output in zip(y, a, strict=True)]


def derivatives(f, values):
    """The derivative of f(values) by each of the values, by central differences."""
    found = []
    for n in range(len(values)):
        right, left = list(values), list(values)
        right[n] += STEP
        left[n] -= STEP
        found.append((f(right) - f(left)) / (2 * STEP))
    return found


def one_update(net):
    """Forward pass, derivatives, and parameters after one update, under the names of the file."""
    W1, b1, W2, b2, x, y = (net[name] for name in ("W1", "b1", "W2", "b2", "x", "y"))

    def error_from_z2(z2):
        return sum(errors(activations(z2), y))

    def error_from_z1(z1):
        return error_from_z2(weighted_inputs(W2, b2, activations(z1)))

    z1 = weighted_inputs(W1, b1, x)
    a1 = activations(z1)
    z2 = weighted_inputs(W2, b2, a1)
    a2 = activations(z2)
    forward = {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
    forward |= {"error_per_output": errors(a2, y), "error": sum(errors(a2, y))}

    def by_weights(error_from_z, W, b, a):
        def error_from(weights):
            return error_from_z(weighted_inputs(rows(weights, len(a)), b, a))

        return rows(derivatives(error_from, [w for row in W for w in row]), len(a))

    grad_W1 = by_weights(error_from_z1, W1, b1, x)
    grad_W2 = by_weights(error_from_z2, W2, b2, a1)
    grad_b1 = derivatives(lambda b: error_from_z1(weighted_inputs(W1, b, x)), b1)
    grad_b2 = derivatives(lambda b: error_from_z2(weighted_inputs(W2, b, a1)), b2)
    backward = {
        "delta2": derivatives(error_from_z2, z2),
        "grad_W2": grad_W2,
        "delta1": derivatives(error_from_z1, z1),
        "grad_W1": grad_W1,
    }

    def step(old, grad):
        return [v - net["eta"] * g for v, g in zip(old, grad, strict=True)]

    after = {
        "W1": [step(row, grad) for row, grad in zip(W1, grad_W1, strict=True)],
        "W2": [step(row, grad) for row, grad in zip(W2, grad_W2, strict=True)],
        "b1": step(b1, grad_b1) if net["biases_updated"] else b1,
        "b2": step(b2, grad_b2) if net["biases_updated"] else b2,
    }
    return {"forward": forward, "backward": backward, "after_1_step": after}


def rows(values, length):
    return [values[n : n + length] for n in range(0, len(values), length)]


def run(net, layer_by_layer=False, biases=False):
    """10,000 updates: the errors after 1, 9,999 and 10,000, the outputs at the end.

    `layer_by_layer` changes W2 before the error terms of the hidden layer are computed with it.
    """
    W1, W2 = ([list(row) for row in net[name]] for name in ("W1", "W2"))
    b1, b2 = list(net["b1"]), list(net["b2"])
    x, y, eta = net["x"], net["y"], net["eta"]
    n0, n1, n2 = (range(n) for n in net["sizes"])
    found = {}
    a1 = activations(weighted_inputs(W1, b1, x))
    a2 = activations(weighted_inputs(W2, b2, a1))
    for update in range(1, UPDATES + 1):
        delta2 = [(a2[i] - y[i]) * a2[i] * (1 - a2[i]) for i in n2]
        old = [list(row) for row in W2]
        for i in n2:
            for j in n1:
                W2[i][j] -= eta * delta2[i] * a1[j]
        sent_back_by = W2 if layer_by_layer else old
        for i in n1:
            returned = sum(sent_back_by[k][i] * delta2[k] for k in n2)
            delta1 = returned * a1[i] * (1 - a1[i])
            for j in n0:
                W1[i][j] -= eta * delta1 * x[j]
            if biases:
                b1[i] -= eta * delta1
        if biases:
            b2 = [b2[i] - eta * delta2[i] for i in n2]
            if update == 1:
                found |= {"b1_after_1": list(b1), "b2_after_1": list(b2)}
        a1 = activations(weighted_inputs(W1, b1, x))
        a2 = activations(weighted_inputs(W2, b2, a1))
        if update in (1, UPDATES - 1, UPDATES):
            found[f"error_after_{update}"] = sum(errors(a2, y))
    return found | {f"outputs_after_{UPDATES}": a2}


def compute(name):
    """All numbers of the example: a dictionary like the file's, of numbers of mpmath."""
    mp.dps = DIGITS
    text = Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8")
    net = json.loads(text, parse_float=mpf)["network"]  # 0.15 is exactly 0.15 here
    numbers = one_update(net)
    if name == "mazur":
        mp.dps = DIGITS_OF_RUNS
        numbers["runs"] = {
            "simultaneous_weights_only": run(net),
            "sequential_weights_only": run(net, layer_by_layer=True),
            "simultaneous_with_biases": run(net, biases=True),
        }
    return numbers


if __name__ == "__main__":
    print(json.dumps(compute(sys.argv[1]), default=float, indent=1))

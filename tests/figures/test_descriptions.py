"""What a figure's description says, in its words and the order of its numbers, is true."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from bplib import figures
from bplib.drawing.diagram import SUPERSCRIPT
from bplib.figures.descent.surfaces import SURFACES
from bplib.figures.error_shares import picture as shares_picture
from bplib.figures.practice.task import places
from bplib.figures.step_by_step import picture as steps_picture
from bplib.figures.step_by_step.examples import layer_sizes

from .cases import CASES
from .looks.seen import check_numbers, counted, match
from .reader import parts_of_number

STATES = 25


def chain(figure, numbers):
    L = len(figure.weights)
    holes = ", ".join("#" * L)
    said = (
        f"A {'-'.join('1' * (L + 1))} network with the activation {figure.activation}, and how "
        f"strongly its error reacts to each weight. From layer 1 to layer {L}, the derivative of "
        f"the error with respect to the weight is {holes}."
    )
    return said, [numbers[f"gradient{l}"] for l in range(1, L + 1)]


def descent(figure, numbers):
    surface, path, errors = SURFACES[figure.surface], figure.path(), figure.errors()
    place = f"{surface.weights[0]} = # and {surface.weights[1]} = #"
    title = surface.title[0].lower() + surface.title[1:]
    said = (
        f"Contours of the error over two weights ({title}), and the path of gradient descent with "
        f"the learning rate #. It starts at {place}, where E = #."
    )
    values = [figure.eta, *figure.start, errors[0]]
    taken = len(path) - 1
    if taken:
        steps = "one step" if taken == 1 else f"{taken} steps"
        said += f" After {steps} it is at {place}, where E = #."
        values += [*path[-1], numbers["error"]]
    left, right, bottom, top = surface.view
    if taken < figure.steps:
        said += " It ends there, because a weight is beyond a million: the path diverges."
    elif not (left <= path[-1][0] <= right and bottom <= path[-1][1] <= top):
        said += " That is outside the picture."
    if "limit" in numbers:
        said += " Steps converge for learning rates below #."
        values.append(numbers["limit"])
    return said, values


def error_shares(figure, numbers):
    sizes, l = figure.sizes, figure.layer
    L = len(sizes) - 1
    fed = [(l + 1, k) for k in range(1, sizes[l + 1] + 1)]
    skips = figure.skip and l == L - 2 and figure.unit == figure.skip_from
    fed += [(L, figure.skip_to)] if skips else []
    each = ", ".join(
        f"# from {f'output {k}' if m == L else f'unit {k} of layer {m}'}"
        + (" over the skip connection" if m > l + 1 else "")
        for m, k in fed
    )
    said = (
        f"A {figure.network} network with the activation {figure.activation}, and where the error "
        f"term of unit {figure.unit} in layer {l} comes from. Its shares are {each}. Their sum is "
        "#; times the slope # of the unit, this gives the error term #."
    )
    shares = [numbers[f"share{n}"] for n in range(1, len(fed) + 1)]
    return said, [*shares, numbers["total"], numbers["slope"], numbers["result"]]


def output_delta(figure, numbers):
    error = {"half_squared": "half squared error", "binary_cross_entropy": "cross-entropy"}
    trained = f" after {counted(figure.updates, 'update')}" if figure.updates else ""
    delta = figure.passes()[3]
    way = "raises z" if delta < 0 else "lowers z" if delta > 0 else "changes nothing"
    said = (
        f"One output unit, {figure.activation} with {error[figure.error]}, and the target #. At "
        f"the weighted input #{trained} its output is #, where the slope of the activation "
        "function "
        f"is #. The error is #, and the slope of the error there is the error term δ = #: an "
        f"update {way}."
    )
    slope = numbers["slope"] if abs(numbers["slope"]) > 1e-9 else None
    return said, [figure.y, numbers["z"], numbers["a"], slope, numbers["error"], delta]


def step_by_step(figure, numbers):
    sizes = layer_sizes(figure.network)
    L = len(sizes) - 1
    values = [*figure.x, *figure.y]

    def vector(name, count):
        return f"{name} = ({', '.join('#' * count)})"

    forward = []
    for l in range(1, L + 1):
        for letter in "za":
            forward.append(vector(letter + str(l).translate(SUPERSCRIPT), sizes[l]))
            values += [numbers[f"{letter}{l}_{i}"] for i in range(1, sizes[l] + 1)]
    both = "; ".join(f"{z}, {a}" for z, a in zip(forward[::2], forward[1::2], strict=True))
    short = figure.until == "error" and not figure.updates
    after = "" if short else f" after {counted(figure.updates, 'update')}"
    said = (
        f"A {'-'.join(map(str, sizes))} network{after}. {vector('Input x', sizes[0])}, "
        f"{vector('target y', sizes[L])}. Forward: {both}. The error is #."
    )
    values.append(numbers["error"])
    if figure.until == "update":
        backward = []
        for l in range(L, 0, -1):
            backward.append(vector("δ" + str(l).translate(SUPERSCRIPT), sizes[l]))
            values += [numbers[f"delta{l}_{i}"] for i in range(1, sizes[l] + 1)]
        said += f" Backward: {', '.join(backward)}. The update with η = # makes the error #."
        values += [figure.eta, numbers["errorAfter"]]
    return said, values


def training(figure, numbers):
    _, Y = figure.examples()
    hidden = f"with {figure.activation}" if figure.network.count("-") > 1 else "without"
    said = f"A {figure.network} network {hidden} hidden units"
    if not len(Y):
        return f"{said}, and no points yet to learn from.", []
    own = "own points" if figure.data == "own" else f"points ({figure.data})"
    coding = "The inputs -1 and 1 stand for 0 and 1. " if figure.data == "XOR" else ""
    said += (
        " learns to tell # squares, target 1, from # circles, target 0: "
        f"# {own}. {coding}After {counted(figure.updates, 'update')} its mean error is # and # of "
        "# points are right. The shade shows its output over the plane, the curve its error over "
        "the updates."
    )
    squares, count = (Y == 1).sum(), len(Y)
    return said, [squares, count - squares, count, numbers["error"], numbers["right"], count]


def practice(figure, numbers):
    task = figure.task()
    level = task.level
    given = [name for name, _ in task.given()]
    asked = [f"{name} = #" if level.find else name for name, _ in task.asked()]
    said = (
        f"Task {figure.seed}, {level.title}. A {'-'.join(map(str, level.sizes))} network with "
        f"sigmoid units and the half squared error E. {level.task} "
        f"Given: {', '.join(f'{name} = #' for name in given)}. "
        f"{'The calculation' if level.find else 'To find'}: {', '.join(asked)}."
    )
    paths = [path for path, _ in places(task.level)]
    paths += [step.path for step in level.steps if step.given or level.find]
    return said, [numbers["_".join(map(str, path))] for path in paths]


SAID = {
    "ChainOfSensitivities": chain,
    "DescentOnSurface": descent,
    "WhereErrorComesFrom": error_shares,
    "WhatDeltaMeans": output_delta,
    "BackpropStepByStep": step_by_step,
    "Practice": practice,
    "TrainItYourself": training,
}


@pytest.mark.parametrize("name", CASES)
def test_a_description_says_what_bplib_says(name):
    assert SAID.keys() == set(figures.__all__)
    case, generator = CASES[name], np.random.default_rng(17)
    settings = [{}, *case.edges, *(case.random(generator) for _ in range(STATES))]
    for setting in settings:
        figure = case.make(**setting)
        if "updates" in setting and setting["updates"] > 1000:
            continue  # slow, and nothing else
        said, values = SAID[name](figure, case.numbers(figure))
        texts = match(said, figure.description())
        pairs = [pair for pair in zip(texts, values, strict=True) if pair[1] is not None]
        check_numbers(*zip(*pairs, strict=True)) if pairs else None


@pytest.mark.parametrize("number_text", [shares_picture.number_text, steps_picture.number_text])
def test_a_number_in_a_still_picture_is_true_to_its_last_digit(number_text):
    mantissas = (1, 1.0001, 1.4, 2.345678, 4.9999, 9.5, 9.996, 9.999999)
    values = [sign * m * 10.0**p for sign, m, p in product((1, -1), mantissas, range(-12, 7))]
    for value in [0.0, -0.0, 0.1 + 0.2, 1 / 3, *values]:
        shown, unit, _ = parts_of_number(number_text(value))
        assert abs(shown - Decimal(value)) <= unit / 2, (value, number_text(value))
        # Three digits, or two beside a power of ten; zeros at the end may be left out.
        within = 0.005 if 1e-3 <= abs(value) < 1e5 else 0.05
        assert abs(float(shown) - value) <= within * abs(value), (value, number_text(value))

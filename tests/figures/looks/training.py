"""Train it yourself: what it says of a run, its points, lines and weights."""

import numpy as np

from ..cases.training import TRAINING, trained
from .seen import (
    BACKWARD,
    FORWARD,
    INK,
    PARAMETER,
    check_numbers,
    check_width,
    counted,
    match,
    middle,
    points_of,
)

REACH, CELL = 1.5, 3 / 47


def training_looks(figure, seen):
    numbers = TRAINING.numbers(figure)
    net, X, Y, per_epoch = trained(figure)
    _words(figure, seen, numbers, net, X, per_epoch)
    plane = seen.drawing("The plane")
    to_inputs = _axes(plane)
    _points(plane, to_inputs, X, Y)
    _lines(figure, plane, to_inputs, net)
    diagram = seen.drawing("The network")
    units = diagram.units(net.sizes)
    edges = diagram.edges(net.sizes, units)
    for (l, i, j), line in edges.items():
        check_width(line, net.W[l][i - 1, j - 1])


def _words(figure, seen, numbers, net, X, per_epoch):
    if not len(X):
        assert seen.words == "No points yet. Click in the plane, or use Add point."
        return
    at = figure.updates
    said = ["Not trained yet: mean error #, # of # points right."]
    if at:
        epochs = counted(at // per_epoch, "epoch")
        said = [f"After {counted(at, 'update')}, {epochs}: mean error #, # of # points right."]
    values = [numbers["error"], numbers["right"], len(X)]
    measured = {"error": numbers["error"], "gradient": numbers["norm"], "none": np.inf}
    if at and at % per_epoch == 0 and measured[figure.stop] < figure.below:
        what = "mean error" if figure.stop == "error" else "gradient norm"
        said.append(f"The run stops: at the end of an epoch the {what} is below #.")
        values.append(figure.below)
    elif at >= figure.limit:
        said.append("The run stops: # updates are the most that were allowed.")
        values.append(figure.limit)
    if figure.network == "2-1" and figure.data == "XOR":
        said.append(
            "Without hidden units the border is a straight line: 3 of 4 points right at best."
        )
    elif figure.network == "2-1" and figure.data == "circles":
        said.append(
            "Without hidden units the border is a straight line, and no line separates these."
        )
    if net.L > 1:
        W, b, V = net.W[1], net.b[1], net.W[2]
        alike = np.concatenate([W, b[:, None], V.T], axis=1)
        if np.abs(alike - alike[0]).max() < 1e-9:
            said.append(
                "The units of the first hidden layer have equal weights, so they get equal "
                "gradients: they stay copies of one another."
            )
    check_numbers(match(" ".join(said), seen.words), values)


def _axes(plane):
    """From places in the drawing to inputs, by the lines of the grid."""
    lines = [[float(line[n]) for n in ("x1", "y1", "x2", "y2")] for line in plane.of("line")]
    [(top, bottom)] = {(y1, y2) for x1, y1, x2, y2 in lines if x1 == x2 and y2 - y1 > 50}
    [(left, right)] = {(x1, x2) for x1, y1, x2, y2 in lines if y1 == y2 and x2 - x1 > 50}

    def to_inputs(points):
        x, y = np.asarray(points, dtype=float).T
        x1 = (2 * (x - left) / (right - left) - 1) * REACH
        x2 = (1 - 2 * (y - top) / (bottom - top)) * REACH
        return np.stack([x1, x2], axis=-1)

    return to_inputs


def _points(plane, to_inputs, X, Y):
    """A circle for target 0 and a square for target 1, each where its inputs are."""
    marks = [p for p in plane.parts if p.get("width") == "12" or p.get("r") == "6.5"]
    assert len(marks) == len(X)
    for mark, x, y in zip(marks, X, Y[:, 0], strict=True):
        look = ("rect", BACKWARD) if y else ("circle", FORWARD)
        assert (mark["tag"], mark["fill"]) == look, (x, y)
        assert np.abs(to_inputs([middle(mark)])[0] - x).max() < 0.02


def _lines(figure, plane, to_inputs, net):
    """The border is where the output is one half; a unit's line, where its z is 0."""
    for border in plane.of("path", stroke=INK):
        if "d" not in border:
            continue
        for place in to_inputs(points_of(border["d"])[::37]):
            around = place + CELL * np.array([[dx, dy] for dx in (-1, 0, 1) for dy in (-1, 0, 1)])
            outputs = net.forward(around).output - 0.5
            assert outputs.min() <= 1e-9, (place, outputs)
            assert outputs.max() >= -1e-9, (place, outputs)
    lines = plane.of("path", stroke=PARAMETER)
    shown = figure.lines and net.L > 1
    corners = np.array([[x1, x2] for x1 in (-REACH, REACH) for x2 in (-REACH, REACH)])
    for unit, line in enumerate(lines):
        z = net.forward(corners).z[1][:, unit]
        crosses = (z > 0).any() and not (z > 0).all()
        assert ("d" in line) == crosses, unit
        if crosses:
            ends = net.forward(to_inputs(points_of(line["d"]))).z[1][:, unit]
            assert np.abs(ends).max() < 0.01 * np.abs(net.W[1][unit]).sum(), (unit, ends)
    assert len(lines) == (net.sizes[1] if shown else 0)

"""Descent on the error surface: what it says of the path."""

import numpy as np

from bplib.figures.descent.surfaces import SURFACES

from ..cases.descent import DESCENT
from .seen import BACKWARD, ERROR, PARAMETER, check_numbers, counted, match


def descent_looks(figure, seen):
    numbers = DESCENT.numbers(figure)
    errors, path = figure.errors(), figure.path()
    _words(figure, seen, numbers, errors, path)
    map_of = seen.drawing("Contours of E")
    legend = [t for t in map_of.of("text") if "path" in t["text"]]
    assert [t["text"] for t in legend] == ["lines of equal Epathnext step"]
    assert all(p["stroke"] == ERROR for p in map_of.of("path"))
    [moving] = [d for d in seen.drawings if d.label is None]
    strokes = [p.get("stroke") for p in moving.of("path") if p.get("stroke")]
    assert strokes[0] == strokes[1] == PARAMETER  # the path and its dots
    assert strokes[2:] in ([], [BACKWARD])  # the next step, if it can be seen
    _levels(figure, map_of)
    for k in (1, 2):
        if f"factor{k}" in numbers:
            bad = abs(numbers[f"factor{k}"]) > 1
            [place] = [p for p in seen.places if p["name"] == f"factor{k}"]
            assert ("bp-descent-bad" in place["classes"]) == bad


def _levels(figure, drawing):
    """A number on a contour is the error there."""
    surface = SURFACES[figure.surface]
    left, right, bottom, top = surface.view
    [box] = drawing.of("rect")
    x, y, width, height = (float(box[name]) for name in ("x", "y", "width", "height"))
    labels = [t for t in drawing.of("text", font_size="11") if t["fill"] == ERROR]
    assert len(labels) > 2
    for label in labels:
        w1 = left + (float(label["x"]) - x) / width * (right - left)
        w2 = top - (float(label["y"]) - 4 - y) / height * (top - bottom)
        level = float(label["text"])
        assert level in surface.levels
        slope = np.linalg.norm(surface.backward(surface.network((w1, w2))).vector)
        pixel = (right - left) / width
        assert abs(surface.error((w1, w2)) - level) < 2 * pixel * slope + 1e-9, label["text"]


def _words(figure, seen, numbers, errors, path):
    left, right, bottom, top = SURFACES[figure.surface].view
    taken, (w1, w2) = len(path) - 1, path[-1]
    rises = int(np.sum(np.diff(errors) > 0))
    if np.abs(path[-1]).max() > 1e6:
        verdict = "It diverges: a weight is beyond a million."
    elif figure.eta == 0:
        verdict = "With η = 0 nothing moves."
    elif numbers["length"] == 0:
        verdict = "The gradient is zero: nothing moves."
    elif not (left <= w1 <= right and bottom <= w2 <= top):
        verdict = "The path has left the picture."
    elif numbers["length"] < 1e-5:
        verdict = "The next step is too short to be seen."
    elif taken == 0:
        verdict = "No step is taken yet."
    elif rises == 0:
        verdict = "E has fallen at every step."
    elif rises == taken:
        verdict = "E has risen at every step."
    else:
        verdict = f"E has risen at {rises} of {taken} steps."
    if numbers["length"] < 1e-15 and "too short to be seen" in seen.words:  # nothing but rounding
        verdict = "The next step is too short to be seen."
    said = f"After {counted(taken, 'step')} with η = #, E = #. {verdict}"
    values = [figure.eta, numbers["error"]]
    limit = numbers.get("limit")
    if limit is not None and figure.eta >= limit:
        said += " Here η must be below #."
        values.append(limit)
    check_numbers(match(said, seen.words), values)

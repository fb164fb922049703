"""Where an error comes from: what it says of the shares, and how it draws them."""

import math
import re

from bplib.drawing.diagram import SUBSCRIPT, SUPERSCRIPT

from ..cases.error_shares import ERROR_SHARES, layered
from ..reader import parts_of_number
from .seen import (
    BACKWARD,
    FORWARD,
    INK,
    centre,
    check_numbers,
    closest,
    match,
    middle,
    points_of,
)


def error_shares_looks(figure, seen):
    numbers, sizes = ERROR_SHARES.numbers(figure), figure.sizes
    L = len(sizes) - 1
    edges = [(figure.layer + 1, k) for k in range(1, sizes[figure.layer + 1] + 1)]
    skips = figure.skip and figure.layer == L - 2 and figure.unit == figure.skip_from
    if skips:
        edges.append((L, figure.skip_to))
    shares = [numbers[f"share{n}"] for n in range(1, len(edges) + 1)]
    _words(figure, seen, numbers, shares, edges, L)
    drawing = seen.drawing("The network")
    units = drawing.units(sizes)
    _units(figure, drawing, units, L)
    _ribbons(figure, drawing, units, shares, edges)
    _bars(seen.drawing("The shares"), numbers, shares)
    terms = [f"w{k}{figure.unit}{l}δ{k}{l}" for l, k in edges]
    if skips:
        k = figure.skip_to
        terms[-1] = f"w{k}{figure.unit}{L - 2}→{L}δ{k}{L}"
    assert seen.formulas[1 : 1 + len(terms)] == terms
    _fields(figure, seen, L)
    for n in range(1, len(edges) + 1):
        assert seen.colour_of(f"share{n}") <= {"backward", "ink"}


def _fields(figure, seen, L):
    net = layered(figure)
    fields = {f"target {i}": (_name("y", "", i), figure.y[i - 1]) for i in (1, 2)}
    for i, value in enumerate(figure.x, start=1):
        fields[f"input {i}"] = (_name("x", "", i), value)
    for l in range(1, L + 1):
        for i in range(1, net.sizes[l] + 1):
            fields[f"bias of layer {l}, unit {i}"] = (_name("b", l, i), net.b[l][i - 1])
            for j in range(1, net.sizes[l - 1] + 1):
                spoken = f"weight of layer {l} to unit {i} from unit {j}"
                fields[spoken] = (_name("w", l, f"{i}{j}"), net.W[l][i - 1, j - 1])
    seen.check_fields(fields)


def _name(letter, l, i):
    return letter + str(l).translate(SUPERSCRIPT) + str(i).translate(SUBSCRIPT)


def _words(figure, seen, numbers, shares, edges, L):
    sizes = [abs(share) for share in shares]
    own = _name("δ", figure.layer, figure.unit)
    said = [f"{own} = #: the sum of {len(shares)} shares, #, times the slope #."]
    values = [numbers["result"], numbers["total"], numbers["slope"]]
    if not any(sizes):
        said.append("Nothing comes back to this unit.")
    elif abs(numbers["total"]) < 0.2 * sum(sizes):
        said.append("The shares almost cancel.")
    elif sum(size > 0.999 * max(sizes) for size in sizes) == 1:
        l, k = edges[sizes.index(max(sizes))]
        way = "over the skip connection " if l > figure.layer + 1 else ""
        where = f"output {k}" if l == L else f"unit {k} of layer {l}"
        said.append(f"The largest comes {way}from {where}.")
    if numbers["slope"] == 0:
        said.append("The slope is 0: no error passes this unit.")
    elif any(sizes) and numbers["slope"] < 0.01:
        said.append("The slope is almost 0: hardly any of it passes this unit.")
    if figure.view == "all paths" and L > 2:
        said.append(
            f"The {numbers['pathCount']} paths give the same sum: "
            f"{numbers['pathMultiplications']} multiplications for this error term, "
            f"instead of {numbers['layerMultiplications']}."
        )
    if figure.skip and L == 2:
        said.append(
            "The skip connection starts at an input: it changes the output, but adds no share."
        )
    elif figure.skip and len(edges) == figure.sizes[figure.layer + 1]:
        said.append("The skip connection does not start at this unit, so it adds no share here.")
    check_numbers(match(" ".join(said), seen.words), values)


def _units(figure, drawing, units, L):
    """Only the chosen unit stands out; every unit has its name, and its numbers beside it."""
    chosen = {unit for unit, circle in units.items() if circle["stroke"] == BACKWARD}
    assert chosen == {(figure.layer, figure.unit)}
    for unit, circle in units.items():
        assert circle["stroke-width"] == ("4" if unit in chosen else "2")
        assert circle["stroke"] in (FORWARD, BACKWARD)
        l, i = unit
        name = (
            f"x{_name('', '', i)}" if l == 0 else _name("ŷ", "", i) if l == L else _name("a", l, i)
        )
        near = [t["text"] for t in drawing.of("text") if math.dist(middle(t), centre(circle)) < 8]
        assert name in near, (unit, near)
    for part in drawing.of("text"):
        for shown in part["names"]:
            kind, l, i = _unit_of(shown, figure, L)
            if kind is None:
                continue
            before = part["text"].partition(" = ")[0]
            word = {"delta": "δ", "slope": "g′", "miss": "ŷ − y"}[kind]
            if before == word:
                assert closest(units, middle(part)) == (l, i), (shown, part["text"])
            elif kind == "miss":
                assert before == f"{_name('ŷ', '', i)} − {_name('y', '', i)}"
            else:
                assert before == _name(word, l, i), (shown, part["text"])


def _unit_of(shown, figure, L):
    """What a number is of, and of which unit."""
    if shown == "unitDelta":
        return "delta", figure.layer, figure.unit
    if shown == "unitSlope":
        return "slope", figure.layer, figure.unit
    if shown.startswith("delta"):
        l, i = map(int, shown[5:].split("_"))
        return "delta", l, i
    if shown.startswith("miss"):
        return "miss", L, int(shown[4:])
    return None, 0, 0


def check_paint(part, value):
    """Full for what is added, pale with a broken outline for what is taken away."""
    if value == 0:
        assert (part["fill"], part["stroke-dasharray"]) == ("none", "1 5"), part
    elif value < 0:
        assert part["fill"].startswith("color-mix"), part
        assert (part["stroke"], part["stroke-dasharray"]) == (BACKWARD, "4 2.5"), part
    else:
        assert part["fill"] == BACKWARD, part
        assert "stroke-dasharray" not in part, part


def _ribbons(figure, drawing, units, shares, edges):
    """The last of the ribbons are those to the chosen unit, each from the unit it comes from."""
    ribbons = drawing.of("path")[-len(shares) :]
    widths = []
    for ribbon, share, edge in zip(ribbons, shares, edges, strict=True):
        check_paint(ribbon, share)
        points = points_of(ribbon["d"])
        for unit in (edge, (figure.layer, figure.unit)):
            away = min(math.dist(point, centre(units[unit])) for point in points)
            assert away < float(units[unit]["r"]) + 16, (edge, unit, away)
        wide = math.dist(points[0], points[-1])
        if share != 0 and wide > 1.7:
            widths.append(wide / abs(share))
    assert all(abs(wide / widths[0] - 1) < 0.2 for wide in widths), widths


def _bars(drawing, numbers, shares):
    bars = drawing.of("rect")
    [zero] = [float(line["x1"]) for line in drawing.of("line", stroke=INK)]
    values = [*shares, numbers["total"], numbers["result"]]
    scales = []
    for bar, value in zip(bars, values, strict=True):
        check_paint(bar, value)
        left, wide = float(bar["x"]), float(bar["width"])
        if value > 0:
            assert left >= zero - 0.01
        if value < 0:
            assert left + wide <= zero + 0.01
        if wide > 1:
            scales.append(wide / abs(value))
    assert all(abs(scale / scales[0] - 1) < 1e-6 for scale in scales)
    if scales:  # the axis has the scale of the bars
        for tick in drawing.of("text"):
            if re.fullmatch(r"−?[0-9.]+(·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", tick["text"]):
                at = zero + float(parts_of_number(tick["text"])[0]) * scales[0]
                assert abs(float(tick["x"]) - at) < 0.01, tick["text"]
    titles = [text for text in drawing.texts() if text.startswith(("The shares", "Their", "Times"))]
    assert [title.partition(":")[0].split()[0] for title in titles] == ["The", "Their", "Times"]

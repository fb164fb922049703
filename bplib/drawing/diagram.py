"""Networks drawn the way the lectures draw them: a column a layer, the input on the left."""

import re
from collections import Counter
from html import escape
from itertools import pairwise
from math import hypot

from ..validation import whole_number
from .palette import COLOURS, FORWARD, INK, MUTED, PARAMETER, css
from .picture import Picture

WIDTH, ROW, RADIUS = 460, 78, 23
CROWDED_ROW = 100  # room for the names of many weights
SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def network_diagram(sizes, weights=None, highlight=(), colour=PARAMETER, meaning=""):
    """A picture of a network.

    Parameters
    ----------
    sizes : sequence of int
        Units of the layers 0 to L.
    weights : bool, None or collection
        Whether to write the name of every weight on its line; None: if there are at most 8. Or
        the weights (l, i, j) to name, counted from 1: in a large network a few say it all.
    highlight : collection
        What to draw in `colour`: units (l, i) and weights (l, i, j), counted from 1.
    colour : str
        One of `bplib.drawing.palette`.
    meaning : str
        What it is a picture of. The description of what is drawn is made from the arguments, and
        `meaning` is added to it.
    """
    sizes = [whole_number(f"sizes[{l}]", n, minimum=1) for l, n in enumerate(sizes)]
    L = len(sizes) - 1
    if L < 1:
        raise ValueError(f"sizes: expected at least two layers, got {sizes}")
    every = [
        (l, i, j)
        for l, (before, n) in enumerate(pairwise(sizes), start=1)
        for i in range(1, n + 1)
        for j in range(1, before + 1)
    ]
    if weights is None:
        weights = len(every) <= 8
    named = _named_weights(weights, every, sizes)
    row = CROWDED_ROW if named and max(Counter(l for l, _, _ in named).values()) > 6 else ROW
    height = row * max(sizes) + 34
    xs = [RADIUS + 4 + l * (WIDTH - 2 * RADIUS - 8) / L for l in range(L + 1)]

    def centre(l, i):
        return xs[l], row * max(sizes) / 2 + row * (i - (sizes[l] + 1) / 2)

    _check_highlight(highlight, sizes)
    lines, units, names = [], [], []
    circles = [centre(l, i) for l, n in enumerate(sizes) for i in range(1, n + 1)]
    ways = [(centre(l - 1, j), centre(l, i)) for l, i, j in every]
    taken = []
    for l, i, j in every:
        start, end = centre(l - 1, j), centre(l, i)
        lines.append(_line(start, end, colour if (l, i, j) in highlight else MUTED))
        if (l, i, j) in named:
            x, y = free_place(start, end, taken, circles, ways)
            ink = css(colour) if (l, i, j) in highlight else INK
            name = f"w{str(l).translate(SUPERSCRIPT)}{f'{i}{j}'.translate(SUBSCRIPT)}"
            names.append(plate(x, y + 5, name, 17) + _text(x, y + 5, name, ink, 17))
    for l, n in enumerate(sizes):
        units += [
            _unit(l, i, L, centre(l, i), (l, i) in highlight, colour) for i in range(1, n + 1)
        ]
    captions = [
        _text(x, height - 8, f"layer {l}", css(MUTED), 16, anchor=_anchor(l, L))
        for l, x in enumerate(xs)
    ]
    words = _network_in_words(sizes, named, len(every), highlight, colour)
    body = "".join(lines + names + units + captions)
    return Picture(body, WIDTH, height, " ".join(filter(None, (words, meaning))))


def graph_diagram(edges, positions, labels=None, highlight=(), colour=PARAMETER, meaning=""):
    """A picture of a feed-forward graph, which may have skip connections.

    Parameters
    ----------
    edges : sequence of pairs (i, j)
        A line from unit j to unit i each, as for `bplib.graph.Graph`. All lines are straight and
        lead from left to right, so the picture needs no arrowheads.
    positions : dict
        The (column, row) of each unit, (0, 0) at the top left; rows may be fractions, which
        makes room for a line to pass. A line that would run through a unit is refused.
    labels : dict or None
        What to write on an edge (i, j), or below a unit.
    highlight : collection
        Units and edges to draw in `colour`.
    colour, meaning
        As for `network_diagram`.
    """
    edges, labels = list(edges), dict(labels or {})
    _check_graph(edges, positions, labels, highlight)
    columns = max(column for column, _ in positions.values())
    rows = max(row for _, row in positions.values())
    left, room = RADIUS + 24, RADIUS + 4
    centre = {
        name: (left + column * (WIDTH - 2 * left) / columns, room + row * ROW)
        for name, (column, row) in positions.items()
    }
    _check_lines(edges, centre)
    lines, names, taken = [], [], []
    ways = [(centre[j], centre[i]) for i, j in edges]
    for i, j in edges:
        chosen = (i, j) in highlight
        lines.append(_line(centre[j], centre[i], colour if chosen else MUTED))
        if (i, j) in labels:
            x, y = free_place(centre[j], centre[i], taken, list(centre.values()), ways)
            fill = css(colour) if chosen else INK
            label = labels[i, j]
            names.append(plate(x, y + 5, label, 17) + _text(x, y + 5, escape(label), fill, 17))
    units = []
    for name, (x, y) in centre.items():
        shown = re.sub(r"\d+$", lambda number: number[0].translate(SUBSCRIPT), name)
        units.append(_circle((x, y), shown, name in highlight, colour))
        if name in labels:
            label = escape(labels[name])
            half = _width(labels[name], 16) / 2
            x = min(max(x, half + 4), WIDTH - half - 4)  # all of it within the picture
            units.append(plate(x, y + RADIUS + 18, labels[name], 16))
            units.append(_text(x, y + RADIUS + 18, label, INK, 16))
    height = rows * ROW + 2 * room + (22 if set(labels) & set(positions) else 0)
    words = _graph_in_words(edges, positions, labels, highlight, colour)
    body = "".join(lines + names + units)
    return Picture(body, WIDTH, height, " ".join(filter(None, (words, meaning))))


def _network_in_words(sizes, named, weights, highlight, colour):
    """What a reader of `network_diagram` sees."""
    shape = "-".join(map(str, sizes))
    words = f"A {shape} network: every unit of a layer feeds every unit of the next."
    if len(named) == weights:
        words += " Every line carries the name of its weight."
    elif named:
        words += f" With a name: {'; '.join(_weight(*weight) for weight in sorted(named))}."
    units = [f"unit {i} of layer {l}" for l, i in sorted(h for h in highlight if len(h) == 2)]
    lines = [_weight(*weight) for weight in sorted(h for h in highlight if len(h) == 3)]
    return words + _highlighted([*units, *lines], colour)


def _weight(l, i, j):
    return f"the weight from unit {j} of layer {l - 1} into unit {i} of layer {l}"


def _graph_in_words(edges, positions, labels, highlight, colour):
    """What a reader of `graph_diagram` sees."""
    ways = {(i, j): f"{j.strip()} to {i.strip()}" for i, j in edges}
    lines = [way + _label(labels.get(edge)) for edge, way in ways.items()]
    words = f"A graph of {len(positions)} units with the connections {'; '.join(lines)}."
    below = [f"{labels[name]} below {name.strip()}" for name in positions if name in labels]
    if below:
        words += f" There stands {'; '.join(below)}."
    units = [f"unit {name.strip()}" for name in positions if name in highlight]
    chosen = [way for edge, way in ways.items() if edge in highlight]
    return words + _highlighted([*units, *chosen], colour)


def _label(text):
    return "" if text is None else f", with {text} on it"


def _highlighted(things, colour):
    drawn = f" Highlighted in {COLOURS.get(colour, colour)}: {'; '.join(things)}."
    return drawn if things else ""


def _check_graph(edges, positions, labels, highlight):
    for i, j in edges:
        for name in (i, j):
            if name not in positions:
                raise ValueError(f"positions: expected one for each unit, got none for {name!r}")
        if positions[j][0] >= positions[i][0]:
            raise ValueError(
                "positions: expected every edge to lead to a column further right, "
                f"got {j!r} in column {positions[j][0]} and {i!r} in column {positions[i][0]}"
            )
    if not edges:
        raise ValueError("edges: expected at least one, got none")
    known = [*positions, *edges]
    for argument, given in (("labels", labels), ("highlight", highlight)):
        for item in given:
            if item not in known:
                raise ValueError(f"{argument}: expected units and edges of the graph, got {item!r}")


def _check_lines(edges, centre):
    """Refuse a line that touches a unit which it does not connect."""
    for i, j in edges:
        (x1, y1), (x2, y2) = centre[j], centre[i]
        for name, (x, y) in centre.items():
            if name in (i, j) or not x1 <= x <= x2:
                continue
            distance = abs((x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)) / hypot(x2 - x1, y2 - y1)
            if distance <= RADIUS:
                raise ValueError(
                    "positions: expected no line to run through a unit, "
                    f"got one from {j!r} to {i!r} through {name!r}"
                )


def _named_weights(weights, every, sizes):
    """Which weights get their name."""
    if isinstance(weights, bool):
        return set(every) if weights else set()
    try:
        named = {tuple(weight) for weight in weights}
    except TypeError:
        raise TypeError(
            "weights: expected True, False, None or a collection of weights (l, i, j), "
            f"got {weights!r}"
        ) from None
    unknown = named - set(every)
    if unknown:
        raise ValueError(
            f"weights: expected weights (l, i, j) of a network {'-'.join(map(str, sizes))}, "
            f"got {min(unknown)}"
        )
    return named


def _check_highlight(highlight, sizes):
    known = {(l, i) for l, n in enumerate(sizes) for i in range(1, n + 1)}
    known |= {(l, i, j) for l, i in known if l > 0 for j in range(1, sizes[l - 1] + 1)}
    unknown = set(highlight) - known
    if unknown:
        raise ValueError(
            "highlight: expected units (l, i) and weights (l, i, j) of a network "
            f"{'-'.join(map(str, sizes))}, got {min(unknown)}"
        )


def _anchor(l, L):
    return "start" if l == 0 else "end" if l == L else "middle"


def _line(start, end, colour):
    (x1, y1), (x2, y2) = start, end
    width = 1.2 if colour == MUTED else 3
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'style="stroke: {css(colour)}; stroke-width: {width}"/>'
    )


def _unit(l, i, L, centre, chosen, colour):
    name = "x" if l == 0 else "ŷ" if l == L else "a" + str(l).translate(SUPERSCRIPT)
    return _circle(centre, name + str(i).translate(SUBSCRIPT), chosen, colour)


def _circle(centre, name, chosen, colour):
    x, y = centre
    stroke = colour if chosen else FORWARD
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" '
        f'style="fill: var(--bp-paper, #fff); stroke: {css(stroke)}; '
        f'stroke-width: {4 if chosen else 2}"/>' + _text(x, y + 5.5, name, INK, 18)
    )


def free_place(start, end, taken, circles=(), ways=()):
    """Where on a line the name of its weight hides no other: in the middle if it can be.

    It keeps away from names that are `taken`, from units, whose centres are `circles`, and from
    the crossings with other lines, `ways`. The place is added to `taken`.
    """
    places = []
    for n, t in enumerate((0.5, 0.56, 0.62, 0.68, 0.44, 0.38, 0.32, 0.74)):
        x, y = (u + t * (v - u) for u, v in zip(start, end, strict=True))
        overlap = sum(
            max(0, 40 - abs(x - other_x)) * max(0, 19 - abs(y - other_y))
            for other_x, other_y in taken
        )
        touched = sum(_gap(x, y, circle) < RADIUS + 4 for circle in circles)
        crossed = sum(way != (start, end) and _passes(way, x, y) for way in ways)
        places.append((1000 * touched + overlap + 100 * crossed, n, x, y))
    *_, x, y = min(places)
    taken.append((x, y))
    return x, y


def _width(text, size):
    """How wide a text is at most, in digits and letters of that size."""
    return 0.6 * size * len(text)


def _gap(x, y, centre):
    """From the name of a weight at (x, y) to the middle of a unit."""
    return hypot(max(0, abs(x - centre[0]) - 19), max(0, abs(y - centre[1]) - 10))


def _passes(way, x, y):
    """Whether a line passes behind the name of a weight at (x, y)."""
    (x1, y1), (x2, y2) = way
    points = ((x1 + (x2 - x1) * n / 50, y1 + (y2 - y1) * n / 50) for n in range(51))
    return any(abs(x - u) < 19 and abs(y - v) < 13 for u, v in points)


def plate(x, y, text, size):
    """A ground in the page's colour for a text around x with its foot at y: no line meets it."""
    small = sum(c in "¹²³⁰⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉" for c in text)
    width = size * (0.58 * (len(text) - small) + 0.4 * small) + 4
    return (
        f'<rect x="{x - width / 2:.1f}" y="{y - 0.85 * size:.1f}" width="{width:.1f}" '
        f'height="{1.15 * size:.1f}" style="fill: var(--bp-paper, #fff)"/>'
    )


def _text(x, y, text, fill, size, anchor="middle", halo=False):
    outline = (
        "; paint-order: stroke; stroke: var(--bp-paper, #fff); stroke-width: 6px" if halo else ""
    )
    if anchor != "middle":
        x += -RADIUS if anchor == "start" else RADIUS
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'style="fill: {fill}; font-size: {size}px{outline}">{text}</text>'
    )

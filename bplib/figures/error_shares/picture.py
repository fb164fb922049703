"""The still picture of `WhereErrorComesFrom`: shares as ribbons, in the book's drawing style."""

from itertools import pairwise
from math import hypot, sqrt

from sympy import Sum, Symbol

from ...drawing.diagram import RADIUS, SUBSCRIPT, SUPERSCRIPT, WIDTH, plate
from ...drawing.palette import BACKWARD, FORWARD, INK, MUTED, PARAMETER, css
from ...drawing.picture import Picture
from ...symbolic import general_rules, notation
from ..plain_text import plain_text

ROW = 84
WIDEST = 24  # of the ribbon of the largest share
PALE = f"color-mix(in srgb, {css(BACKWARD)} 16%, var(--bp-paper, #fff))"


def draw(sizes, chosen, shares, delta, slope, skip, description):
    """The network with the shares of the chosen unit.

    Parameters
    ----------
    sizes : sequence of int
        Units of the layers 0 to L.
    chosen : (l, i)
        A hidden unit.
    shares : dict
        {(l, k): w δ} of every unit that it feeds.
    delta : dict
        {(l, i): δ} of every unit that computes.
    slope : float
        g'(z) of the chosen unit.
    skip : ((l, k), (l, i)) or None
        Where a skip connection ends and starts.
    description : str

    Returns
    -------
    Picture
    """
    L, tallest = len(sizes) - 1, max(sizes)
    # The inputs stand closer to the rest: nothing comes back to them.
    left, right = RADIUS + 4, WIDTH - RADIUS - 30
    column = (right - left) / (L - 1 + 0.62)
    place = {
        (l, i): (
            right - (L - l) * column if l else left,
            6 + ROW * (i - 0.5 + (tallest - n) / 2),
        )
        for l, n in enumerate(sizes)
        for i in range(1, n + 1)
    }
    parts = [
        _line([place[l - 1, j], place[l, i]], MUTED, 1.2)
        for l in range(1, L + 1)
        for i in range(1, sizes[l] + 1)
        for j in range(1, sizes[l - 1] + 1)
    ]
    if skip and skip[1] != chosen:
        parts.append(_line(_way(place, *skip, place[skip[1]]), PARAMETER, 2))
    largest = max(map(abs, shares.values())) or 1
    widest = WIDEST if len(shares) == 2 else WIDEST / 2
    widths = {source: widest * abs(share) / largest for source, share in shares.items()}
    order = sorted(shares, key=lambda source: place[source][1])
    port = -sum(widths[source] + 8 for source in order) / 2
    squeeze = min(1, RADIUS / -port)
    x, y = place[chosen]
    labels = []
    for source in order:
        offset = squeeze * (port + (widths[source] + 8) / 2)
        port += widths[source] + 8
        end = (x + sqrt(RADIUS**2 - offset**2) + 3, y + offset)
        way = _way(place, source, chosen, end)
        if shares[source]:
            parts.append(_arrow(way, max(widths[source], 1.5), shares[source] < 0))
        (ax, ay), (bx, by) = (way[2], way[4]) if len(way) > 2 else way
        middle = (ax + 0.42 * (bx - ax), ay + 0.42 * (by - ay) + 5)
        labels.append(_text(*middle, number_text(shares[source]), INK, 16))
    for (l, i), (x, y) in place.items():
        name = "x" if l == 0 else "ŷ" if l == L else "a" + _above(l)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" '
            f'style="fill: var(--bp-paper, #fff); '
            f"stroke: {css(BACKWARD if (l, i) == chosen else FORWARD)}; "
            f'stroke-width: {4 if (l, i) == chosen else 2}"/>'
        )
        parts.append(_text(x, y + 5.5, name + _below(i), INK, 18))
        # In a deep network the ribbons need the room of the δ in between.
        if (l, i) == chosen or ((l, i) in shares and l == L):
            text = f"δ = {number_text(delta[l, i])}"
            x = min(x, WIDTH - 4.2 * len(text)) if l == L else x - 14
            labels.append(plate(x, y + RADIUS + 18, text, 16))
            labels.append(_text(x, y + RADIUS + 18, text, css(BACKWARD), 16))
    l, j = chosen
    total = sum(shares.values())
    height = ROW * tallest + 70
    inserted = f"= {number_text(slope)} · {bracketed(total)} = {number_text(slope * total)}"
    labels.append(
        _text(WIDTH / 2, height - 34, _rule(l, j), INK, 16)
        + _text(WIDTH / 2, height - 12, inserted, INK, 16)
    )
    return Picture("".join(parts + labels), WIDTH, height, description)


def _rule(layer, unit):
    """The rule for the error term of a hidden unit, its sum in words."""
    rule = general_rules()["delta"].statement.subs({notation.l: layer, notation.i: unit})
    return plain_text(rule.xreplace(dict.fromkeys(rule.atoms(Sum), Symbol("sum of the shares"))))


def _way(place, source, target, end):
    """From the source unit's edge to `end`; a skip connection bends round the layer between."""
    (x, y), (l, _) = place[source], target
    if source[0] == l + 1:
        long = hypot(x - end[0], y - end[1])
        return [(x + (end[0] - x) * RADIUS / long, y + (end[1] - y) * RADIUS / long), end]
    between = sorted(place[unit] for unit in place if unit[0] == l + 1)
    gaps = [(above[1] + below[1]) / 2 for above, below in pairwise(between)]
    middle = (between[0][0], 8 + min(gaps, key=lambda gap: abs(gap - (y + end[1]) / 2)))
    return [*_bend((x - RADIUS, y), middle), *_bend(middle, end)[1:]]


def _bend(start, end):
    """Points of a curve that leaves and arrives horizontally."""
    (x1, y1), (x2, y2) = start, end
    steps = [n / 8 for n in range(9)]
    return [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t * t * (3 - 2 * t)) for t in steps]


def _arrow(way, width, negative):
    """A ribbon that ends in a point: full for a positive share, pale and dashed for a negative."""
    (px, py), (x, y) = way[-2:]
    long = hypot(x - px, y - py)
    middle = [*way[:-1], (x + (px - x) * 9 / long, y + (py - y) * 9 / long)]
    left, right = [], []
    for n, (mx, my) in enumerate(middle):
        (ax, ay), (bx, by) = middle[max(n - 1, 0)], middle[min(n + 1, len(middle) - 1)]
        long = hypot(bx - ax, by - ay)
        nx, ny = (by - ay) / long, (ax - bx) / long
        last = n == len(middle) - 1
        for half in (width / 2, width / 2 + 3) if last else (width / 2,):
            left.append((mx + nx * half, my + ny * half))
            right.insert(0, (mx - nx * half, my - ny * half))
    look = (
        f"fill: {PALE}; stroke: {css(BACKWARD)}; stroke-width: 1.5; stroke-dasharray: 4 2.5"
        if negative
        else f"fill: {css(BACKWARD)}"
    )
    return f'<path d="{_path([*left, (x, y), *right])}Z" style="{look}"/>'


def _line(way, colour, width):
    return (
        f'<path d="{_path(way)}" style="fill: none; stroke: {css(colour)}; stroke-width: {width}"/>'
    )


def _path(points):
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _text(x, y, content, fill, size):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" style="fill: {fill}; '
        f"font-size: {size}px; paint-order: stroke; stroke: var(--bp-paper, #fff); "
        f'stroke-width: 5px">{content}</text>'
    )


def number_text(value):
    """Three significant digits, with a true minus sign and a written-out power of ten."""
    mantissa, _, power = f"{value:.3g}".partition("e")
    text = mantissa + (f"·10{_above(int(power))}" if power else "")
    return text.replace("-", "−")


def bracketed(value):
    return f"({number_text(value)})" if value < 0 else number_text(value)


def _above(number):
    return str(number).translate(SUPERSCRIPT)


def _below(number):
    return str(number).translate(SUBSCRIPT)

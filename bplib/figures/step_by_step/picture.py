"""The still picture of an example's two passes: every a, every δ and, if few, every weight."""

from itertools import pairwise
from math import floor, log10

import numpy as np

from ...drawing.diagram import SUBSCRIPT, SUPERSCRIPT, free_place
from ...drawing.palette import BACKWARD, ERROR, FORWARD, INK, MUTED, PARAMETER, css
from ...drawing.picture import Picture

WIDTH, ROW, RADIUS, SIDE = 460, 104, 27, 52


def still_picture(net, forward_pass, backward_pass, y, description, with_delta=True):
    """A `Picture` of the network with the numbers of one example's two passes.

    Parameters
    ----------
    net : Network
    forward_pass, backward_pass : ForwardPass, BackwardPass
        Of one example.
    y : sequence of float
        Its target, shape (n_L,).
    description : str
    with_delta : bool
        Whether to show the error terms.
    """
    sizes, L = net.sizes, net.L
    height = ROW * max(sizes) + 30
    with_weights = sum(m * n for m, n in pairwise(sizes)) <= 8

    def centre(l, i):
        x = SIDE + l * (WIDTH - 2 * SIDE) / L
        return x, ROW * (i - 0.5 + (max(sizes) - sizes[l]) / 2) + 4

    lines, names, units = [], [], []
    taken = [centre(l, i) for l, n in enumerate(sizes) for i in range(1, n + 1)]
    for l in range(1, L + 1):
        for i, j in np.ndindex(sizes[l], sizes[l - 1]):
            weight = net.W[l][i, j]
            start, end = centre(l - 1, j + 1), centre(l, i + 1)
            lines.append(_connection(start, end, weight))
            if with_weights:
                x, place = free_place(start, end, taken)
                names.append(_text(x, place + 6, number_text(weight), PARAMETER, halo=True))
    for l, n in enumerate(sizes):
        letter = "x" if l == 0 else "ŷ" if l == L else f"a{raised(l)}"
        for i in range(1, n + 1):
            x, middle = centre(l, i)
            name = f"{letter}{str(i).translate(SUBSCRIPT)}"
            units.append(
                f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{RADIUS}" style="fill: '
                f'var(--bp-paper, #fff); stroke: {css(FORWARD)}; stroke-width: 2"/>'
            )
            units.append(_text(x, middle + 6, _inside(forward_pass.a[l][i - 1])))
            units.append(_text(x, middle - RADIUS - 6, name, MUTED, halo=True))
            if l > 0 and with_delta:
                term = f"δ {number_text(backward_pass.delta[l][i - 1])}"
                units.append(_text(x, middle + RADIUS + 18, term, BACKWARD, halo=True))
    targets = ", ".join(number_text(value) for value in y)
    error = f"target y = {targets}; error E = {number_text(backward_pass.error, 4)}"
    caption = _text(WIDTH / 2, height - 8, error, ERROR)
    return Picture("".join(lines + names + units) + caption, WIDTH, height, description)


def number_text(value, digits=3):
    """As in the page: 0.593, or with a digit less 1.2·10⁻⁷."""
    if value == round(value) and abs(value) < 1e7:
        return f"{value:.0f}".replace("-0", "0").replace("-", "−")
    if 1e-3 <= abs(value) < 1e5:
        decimals = max(0, digits - 1 - floor(log10(abs(value))))
        text = f"{value:.{decimals}f}"
        return (text.rstrip("0").rstrip(".") if decimals else text).replace("-", "−")
    mantissa, power = f"{value:.{max(digits - 2, 0)}e}".split("e")
    return f"{mantissa}·10{raised(int(power))}".replace("-", "−")


def raised(number):
    return str(number).translate(SUPERSCRIPT)


def _inside(value):
    """What has room in a unit."""
    return number_text(value, 3 if 1e-3 <= abs(value) < 1e5 else 2)


def _connection(start, end, weight):
    (x1, y1), (x2, y2) = start, end
    dashes = "; stroke-dasharray: 7 5" if weight < 0 else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" style="stroke: '
        f'{css(MUTED)}; stroke-width: {1 + 2.5 * min(abs(weight), 4) ** 0.5:.1f}{dashes}"/>'
    )


def _text(x, y, content, fill=INK, halo=False):
    outline = (
        "; paint-order: stroke; stroke: var(--bp-paper, #fff); stroke-width: 6px" if halo else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" '
        f'style="fill: {css(fill)}; font-size: 17px{outline}">{content}</text>'
    )

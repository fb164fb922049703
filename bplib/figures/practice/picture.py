"""The task on paper: the network with the numbers that are given, and a line for each result."""

from ...drawing.diagram import SUBSCRIPT, SUPERSCRIPT, free_place, plate
from ...drawing.palette import ERROR, FORWARD, INK, MUTED, PARAMETER, css
from ...drawing.picture import Picture
from ..step_by_step.picture import number_text

WIDTH, ROW, RADIUS, SIDE, LINE = 460, 110, 27, 52, 34


def task_picture(task, description):
    """A `Picture` of a `Task`."""
    v, sizes = task.values, task.level.sizes
    top = 22

    def centre(l, i):
        x = SIDE + l * (WIDTH - 2 * SIDE) / v.L
        return x, top + ROW * (i - 0.5 + (max(sizes) - sizes[l]) / 2)

    units = [(l, i) for l, size in enumerate(sizes) for i in range(1, size + 1)]
    lines, names, circles = [], [], []
    taken = [centre(*unit) for unit in units]
    for l in range(1, v.L + 1):
        for i in range(1, sizes[l] + 1):
            for j in range(1, sizes[l - 1] + 1):
                weight = float(v.W[l][i - 1, j - 1])
                start, end = centre(l - 1, j), centre(l, i)
                dashes = "; stroke-dasharray: 7 5" if weight < 0 else ""
                lines.append(
                    f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" '
                    f'y2="{end[1]:.1f}" style="stroke: {css(MUTED)}; stroke-width: 2{dashes}"/>'
                )
                x, y = free_place(start, end, taken)
                text = number_text(weight)
                names.append(plate(x, y + 6, text, 17) + _text(x, y + 6, text, PARAMETER))
    for l, i in units:
        x, y = centre(l, i)
        circles.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" style="fill: var(--bp-paper, #fff); '
            f'stroke: {css(FORWARD)}; stroke-width: 2"/>'
        )
        name = f"x{_low(i)}" if l == 0 else f"a{str(l).translate(SUPERSCRIPT)}{_low(i)}"
        if l == 0:
            circles.append(_text(x, y + 6, number_text(float(v.a[0][i - 1]))))
            circles.append(_text(x, y - RADIUS - 6, name, MUTED, halo=True))
            continue
        circles.append(_text(x, y + 6, name))
        bias = f"b {number_text(float(v.b[l][i - 1]))}"
        circles.append(_text(x, y + RADIUS + 18, bias, PARAMETER, halo=True))
        if l == v.L:
            target = f"y {number_text(float(v.y[i - 1]))}"
            circles.append(_text(x, y - RADIUS - 6, target, ERROR, halo=True))
    below = top + ROW * max(sizes) + 16
    blanks, height = _blanks(task, below)
    return Picture("".join(lines + names + circles + blanks), WIDTH, height, description)


def _blanks(task, top):
    """The results: their names with empty lines, or in a calculation with its numbers."""
    asked, parts = task.asked(), []
    rows = (len(asked) + 1) // 2
    for place, (name, number) in enumerate(asked):
        x = (place // rows) * (WIDTH / 2 + 5)
        y = top + LINE * (place % rows + 1)
        parts.append(_text(x + 2, y, f"{name} = {number or ''}", anchor="start"))
        if number is None:
            parts.append(
                f'<line x1="{x + 92:.1f}" y1="{y + 3:.1f}" x2="{x + WIDTH / 2 - 8:.1f}" '
                f'y2="{y + 3:.1f}" style="stroke: {css(MUTED)}; stroke-width: 1.2"/>'
            )
    return parts, top + LINE * rows + 14


def _low(unit):
    return str(unit).translate(SUBSCRIPT)


def _text(x, y, content, fill=INK, halo=False, anchor="middle"):
    outline = (
        "; paint-order: stroke; stroke: var(--bp-paper, #fff); stroke-width: 6px" if halo else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'style="fill: {css(fill)}; font-size: 17px{outline}">{content}</text>'
    )

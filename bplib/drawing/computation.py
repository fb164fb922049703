"""A computation drawn as a graph: its operations from top to bottom, as they stand on the tape.

Beside each number stands its value and, below that, the derivative of the result with respect to
it. Both are read off the tape (`bplib.tape`), so the picture cannot differ from the program.
"""

from html import escape
from itertools import combinations

from ..tape import Number, adjoints
from ..validation import real_number, whole_number
from .diagram import SUBSCRIPT, SUPERSCRIPT
from .palette import BACKWARD, COLOURS, ERROR, FORWARD, INK, MUTED, PARAMETER, css
from .picture import Picture

FONT = 17  # on a phone a picture is two thirds of its size
COLUMN, ROW, RADIUS, GAP = 132, 72, 21, 6
RAISED = {*map(chr, SUPERSCRIPT.values()), *map(chr, SUBSCRIPT.values())}
WORDS = {
    "+": "the sum of",
    "−": "the difference of",
    "×": "the product of",
    "÷": "the quotient of",
    "½□²": "half the square of",
    "σ": "the sigmoid of",
    "ln": "the logarithm of",
    "exp": "the exponential of",
}


def computation_diagram(result, nodes, digits=4, highlight=(), colour=PARAMETER):
    """A picture of a computation, forward and backward.

    Parameters
    ----------
    result : Number
        What the derivatives are derivatives of, usually the error.
    nodes : dict
        name: (number, column, row) of each number to draw; columns and rows count from the top
        left and may be fractions. Whatever computes a number is drawn above it. A dashed line
        leads on to what is left out below. Things that would overlap are refused.
    digits : int
        Decimals of what is shown.
    highlight : collection
        Names of numbers to draw in `colour`, one of `bplib.drawing.palette`.
    """
    _check(result, nodes, highlight)
    digits = whole_number("digits", digits, minimum=0)
    name_of = {number: name for name, (number, _, _) in nodes.items()}
    back = adjoints(result)
    things = {name: _Node(name, *place, back, digits) for name, place in nodes.items()}
    shift = GAP - min(box[0] for node in things.values() for box in node.boxes)
    for node in things.values():
        node.x += shift
    links = {(name_of[operand], name) for name, node in things.items() for operand, _ in node.links}
    drawn = [things[name] for name in nodes]
    lines = [_Link(things[start], things[end]) for start, end in sorted(links)]
    lines += [_Stub(things[name]) for name in _left_open(result, name_of)]
    _check_room(drawn, lines)
    bottom = max(node.y for node in drawn) + RADIUS + GAP
    key = ""
    if result in name_of:
        key = _key(name_of[result], bottom)
        bottom += 2 * FONT + 18
    elif any(isinstance(line, _Stub) for line in lines):
        bottom += _Stub.length
    width = max(box[2] for node in drawn for box in node.boxes) + GAP
    body = [line.svg() for line in lines]
    body += [node.svg(_stroke(node, result, highlight, colour)) for node in drawn]
    words = _in_words(things, name_of, name_of.get(result, "the result"))
    if highlight:
        chosen = ", ".join(name for name in nodes if name in highlight)
        words += f" Highlighted in {COLOURS.get(colour, colour)}: {chosen}."
    return Picture("".join(body) + key, max(width, 230 if key else 0), bottom, words)


class _Node:
    """A number in the picture: where it is, and what stands in it and beside it."""

    def __init__(self, name, number, column, row, back, digits):
        self.name, self.number, self.sign, self.links = name, number, number.sign, number.links
        self.value, self.derivative = (_text(v, digits) for v in (number.value, back[number]))
        self.half = max(RADIUS, _width(name) / 2 + 6)
        self.x, self.y = COLUMN * real_number("column", column), ROW * real_number("row", row)
        self.y += RADIUS + GAP

    @property
    def boxes(self):
        """Left, top, right and bottom of the outline and of the texts beside it."""
        left, right = self.x - self.half, self.x + self.half
        long = max(_width(self.value), _width(self.derivative))
        boxes = [
            (left, self.y - RADIUS, right, self.y + RADIUS),
            (right + GAP, self.y - FONT - 1, right + GAP + long, self.y + FONT + 1),
        ]
        if self.sign:
            boxes.append(self._badge())
        return boxes

    def _badge(self):
        """The box of the operation's sign, at the left of the outline."""
        right = self.x - self.half - 4
        return right - _width(self.sign) - 10, self.y - FONT / 2 - 4, right, self.y + FONT / 2 + 4

    def svg(self, stroke):
        beside = self.x + self.half + GAP
        width = 2 if stroke in (FORWARD, MUTED) else 4
        outline = (
            f'<rect x="{self.x - self.half:.1f}" y="{self.y - RADIUS:.1f}" '
            f'width="{2 * self.half:.1f}" height="{2 * RADIUS}" rx="{RADIUS}" '
            f'style="fill: var(--bp-paper, #fff); stroke: {css(stroke)}; stroke-width: {width}"/>'
        )
        texts = [
            _label(self.x, self.y + 6, self.name, INK, "middle"),
            _label(beside, self.y - 3, self.value, css(FORWARD), "start"),
            _label(beside, self.y + FONT - 1, self.derivative, css(BACKWARD), "start"),
        ]
        if self.sign:  # framed, so that no minus sign seems to belong to the name
            left, top, right, bottom = self._badge()
            outline += (
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
                f'height="{bottom - top:.1f}" rx="4" style="fill: none; '
                f'stroke: {css(MUTED)}; stroke-width: 1"/>'
            )
            texts.append(_label((left + right) / 2, self.y + 6, self.sign, INK, "middle"))
        return outline + "".join(texts)


class _Link:
    """A line from an operand down to what is computed from it; it leaves and arrives upright."""

    def __init__(self, start, end):
        self.start, self.end = start, end

    def points(self):
        x1, y1, x2, y2 = self._ends()
        for k in range(25):
            t = k / 24
            ease = t * t * (3 - 2 * t)
            yield x1 + ease * (x2 - x1), y1 + (1.5 * t * (1 - t) + t**3) * (y2 - y1)

    def _ends(self):
        return self.start.x, self.start.y + RADIUS, self.end.x, self.end.y - RADIUS

    def svg(self):
        x1, y1, x2, y2 = self._ends()
        middle = (y1 + y2) / 2
        path = f"M{x1:.1f} {y1:.1f}C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}"
        return f'<path d="{path}" style="fill: none; stroke: {css(MUTED)}; stroke-width: 1.5"/>'


class _Stub:
    """A dashed line from a number down to what is not drawn."""

    length = 26

    def __init__(self, start):
        self.start = self.end = start

    def points(self):
        for k in range(6):
            yield self.start.x, self.start.y + RADIUS + k * self.length / 5

    def svg(self):
        x, y = self.start.x, self.start.y + RADIUS
        return (
            f'<path d="M{x:.1f} {y:.1f}V{y + self.length:.1f}" style="fill: none; '
            f'stroke: {css(MUTED)}; stroke-width: 1.5; stroke-dasharray: 4 4"/>'
        )


def _check(result, nodes, highlight):
    if not isinstance(result, Number):
        raise TypeError(f"result: expected a Number, got {type(result).__name__}")
    if not nodes:
        raise ValueError("nodes: expected at least one, got none")
    row_of = {}
    for name, place in nodes.items():
        if len(place) != 3 or not isinstance(place[0], Number):
            raise ValueError(f"nodes[{name!r}]: expected (number, column, row), got {place!r}")
        if place[0].tape is not result.tape:
            raise ValueError(f"nodes[{name!r}]: expected a number of the result's tape")
        row_of[place[0]] = place[2]
    for name, (number, _, row) in nodes.items():
        for operand, _ in number.links:
            if row_of.get(operand, row) >= row:  # or not drawn at all
                raise ValueError(f"nodes: expected all operands of {name!r} above it")
    unknown = sorted(set(highlight) - set(nodes))
    if unknown:
        raise ValueError(f"highlight: expected names in nodes, got {unknown[0]!r}")


def _left_open(result, name_of):
    """The names of numbers from which something is computed that is not drawn."""
    used = {
        operand for number in result.tape if number not in name_of for operand, _ in number.links
    }
    return [name for number, name in name_of.items() if number in used]


def _check_room(drawn, lines):
    boxes = [(node.name, box) for node in drawn for box in node.boxes]
    for (name, one), (other_name, other) in combinations(boxes, 2):
        if name == other_name:
            continue
        apart = one[0] - other[2] >= 4 or other[0] - one[2] >= 4
        if not apart and one[1] < other[3] and other[1] < one[3]:
            raise ValueError(
                f"nodes: expected room between {name!r} and {other_name!r}, got too little"
            )
    for line in lines:
        for x, y in list(line.points())[1:-1]:
            for name, (left, top, right, bottom) in boxes:
                if left < x < right and top < y < bottom:
                    raise ValueError(
                        f"nodes: expected no line to run through {name!r}, "
                        f"got one from {line.start.name!r} to {line.end.name!r}"
                    )


def _stroke(node, result, highlight, colour):
    if node.name in highlight:
        return colour
    return ERROR if node.number is result else FORWARD if node.sign else MUTED


def _key(name, top):
    above = _label(GAP, top + FONT + 4, "above: the value", css(FORWARD), "start")
    return above + _label(
        GAP, top + 2 * FONT + 9, f"below: the derivative of {name}", css(BACKWARD), "start"
    )


def _label(x, y, text, fill, anchor):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'style="fill: {fill}; font-size: {FONT}px">{escape(text)}</text>'
    )


def _width(text):
    """About the width of a text, in a wide font."""

    def ems(character):
        if character in ". ,":
            return 0.35
        if character in RAISED:
            return 0.45
        return 0.65 if character.isascii() and character not in "mwMW" else 0.97

    return FONT * sum(map(ems, text))


def _text(value, digits):
    """At most so many decimals, without zeros at the end."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


def _in_words(things, name_of, result):
    values, derivatives = [], []
    for name, node in things.items():
        if node.links:
            operands = " and ".join(name_of[operand] for operand, _ in node.links)
            made = f" is {WORDS.get(node.sign, node.sign + ' of')} {operands},"
        else:
            made = ""
        values.append(f"{name}{made} {node.value}")
        derivatives.append(f"{name} {node.derivative}")
    return (
        f"A computation from top to bottom. Values: {'; '.join(values)}. "
        f"Derivatives of {result}, from the bottom up: {'; '.join(reversed(derivatives))}."
    )

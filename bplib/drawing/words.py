"""Words for a description, each tried on the data that it is said of.

    >>> errors = [0.9, 0.3, 0.2]
    >>> f"The error {said(errors):falls}, and {said(errors[1:]):stays below 0.5}."
    'The error falls, and stays below 0.5.'
    >>> f"The error {said(errors):rises}."
    Traceback (most recent call last):
        ...
    ValueError: description: 'rises' is not true of [0.9 0.3 0.2]

So a description cannot say what its picture does not show: the cell that draws it fails.
"""

import re

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .palette import COLOURS

COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
LINES = {
    "dashed": "--",
    "dotted": ":",
    "dash-dotted": "-.",
    "circles": "o",
    "squares": "s",
    "diamonds": "D",
}


def _thirds(values):
    """The means of the first, the middle and the last third of a curve."""
    return [part.mean() for part in np.array_split(values, 3)]


# What is said of a curve; # stands for a number, compared at as many digits as it is given with.
CURVE = {
    "falls": lambda v: v[-1] < v[0],
    "rises": lambda v: v[-1] > v[0],
    "falls all the way": lambda v: np.all(np.diff(v) < 0),
    "rises all the way": lambda v: np.all(np.diff(v) > 0),
    "goes on falling": lambda v: _thirds(v)[1] > _thirds(v)[2] > v[-1],
    "levels off": lambda v: abs(_thirds(v)[1] - _thirds(v)[2]) < 0.05 * np.ptp(v),
    "steeply at first": lambda v: abs(v[len(v) // 4] - v[0]) > 0.5 * abs(v[-1] - v[0]),
    "stays above #": lambda v, number: np.all(v > float(number)),
    "stays below #": lambda v, number: np.all(v < float(number)),
    "stays at #": lambda v, number: np.all(np.abs(v - float(number)) <= _half_a_digit(number)),
}
# What is said of one curve, or number, beside another.
PAIR = {
    "above": lambda v, other: np.all(v > other),
    "below": lambda v, other: np.all(v < other),
    "on": lambda v, other: np.allclose(v, other, rtol=0.01),
    "far above": lambda v, other: np.all(v > 3 * other),
    "less than a tenth of": lambda v, other: np.all(v < other / 10),
}
# Where one of several plots stands.
PLACE = {
    "left": lambda spec: spec.colspan.start == 0,
    "right": lambda spec: spec.colspan.start > 0,
    "above": lambda spec: spec.rowspan.start == 0,
    "below": lambda spec: spec.rowspan.start > 0,
}


class said:  # in lower case, as it stands inside of sentences
    """Data of which the words of a format specification are said, if they are true.

    Parameters
    ----------
    *data
        A curve (`CURVE`), two of them (`PAIR`), a collection or a number (one of `COUNTS`), the
        axes of a plot (`PLACE`), a line that was drawn (`LINES`), a colour (`COLOURS`), or a
        truth value, of which any words may be said.

    Raises
    ------
    ValueError
        If the words are not true, or cannot be said of such data.
    """

    def __init__(self, *data):
        self.data = data

    def __format__(self, words):
        if not _true(words, self.data):
            shown = " and ".join(str(np.asarray(one)) for one in self.data)
            raise ValueError(f"description: {words!r} is not true of {shown}")
        return words


def _true(words, data):
    first, lower = data[0], words.lower()
    if isinstance(first, bool | np.bool_):
        return bool(first and words)
    if isinstance(first, str):
        return COLOURS.get(first) == lower
    if isinstance(first, Axes):
        return PLACE[_known(lower, PLACE)](first.get_subplotspec())
    if isinstance(first, Line2D):
        drawn = (first.get_linestyle(), first.get_marker())
        return LINES[_known(lower, LINES)] in drawn
    if lower in COUNTS:
        count = first if np.isscalar(first) else len(first)
        return count == COUNTS.index(lower)
    values = [np.asarray(one, dtype=float) for one in data]
    if len(data) == 2:
        return bool(PAIR[_known(lower, PAIR)](*values))
    numbers = re.findall(r"-?\d[\d.]*(?:e-?\d+)?", lower)
    phrase = re.sub(r"-?\d[\d.]*(?:e-?\d+)?", "#", lower)
    return bool(CURVE[_known(phrase, CURVE)](np.ravel(values[0]), *numbers))


def _known(words, phrases):
    if words not in phrases:
        raise ValueError(f"description: expected one of {', '.join(phrases)}, got {words!r}")
    return words


def _half_a_digit(number):
    decimals = len(number.partition(".")[2])
    return 0.5 * 10.0**-decimals

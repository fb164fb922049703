"""Matplotlib plots as pictures that take on the page's colours."""

import hashlib
import re
from io import StringIO
from math import floor, log10

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter, LogFormatterSciNotation

from ..validation import whole_number
from .diagram import SUPERSCRIPT
from .palette import MUTED, VARIABLES, css
from .picture import Picture

INK = "#010203"  # stands for the colour of the page's text, which is only known in the page
PAPER = "#fdfeff"  # likewise for its background
PIXELS_PER_INCH = 72  # Matplotlib's SVG counts in points

STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "bplib",
    "font.family": "sans-serif",
    "font.size": 17,
    "axes.titlesize": 17,
    "axes.labelsize": 17,
    "legend.fontsize": 16,
    "legend.frameon": False,
    "xtick.labelsize": 16,
    "ytick.labelsize": 16,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 2.5,
}


def axes(xlabel="", ylabel="", width=460, height=320, **subplots):
    """A figure of this size in pixels and its axes, ready to be drawn on.

    `subplots` go to Matplotlib's `Figure.subplots`. Give the figure to `picture` to show it.
    Sets Matplotlib's style, for legends and titles that are added later.
    """
    matplotlib.rcParams.update(STYLE)
    figure = Figure((width / PIXELS_PER_INCH, height / PIXELS_PER_INCH), layout="constrained")
    ax = figure.subplots(**subplots)
    for one in np.ravel(ax):
        one.set(xlabel=xlabel, ylabel=ylabel)
    return figure, ax


def picture(figure, description):
    """A Matplotlib figure as a `Picture`; `description` says in words what it shows."""
    _label_powers(figure)
    stream = StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    width, height = (float(v) for v in re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())
    body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return Picture(_themed(_without_idle_ids(body)), width, height, description)


class _Powers(LogFormatterSciNotation):
    """Labels for a logarithmic axis: 0.01 to 1000 written out, beyond these 10⁻³ and 2·10⁴.

    Matplotlib's own exponents are typeset at 0.7 of the text's size, too small on a phone.
    """

    def __call__(self, x, pos=None):
        return _number_text(x) if super().__call__(x, pos) else ""


def _number_text(x):
    """A positive number as text, with its power of ten in superscript digits if it has one."""
    exponent = floor(log10(x) + 1e-9)
    if -2 <= exponent <= 3:
        return f"{x:g}"
    power = "10" + str(exponent).translate(SUPERSCRIPT)
    factor = f"{x / 10.0**exponent:.4g}"
    return power if factor == "1" else f"{factor}·{power}"


def _label_powers(figure):
    """Put `_Powers` on every logarithmic axis that has no labels of its own."""
    for one in figure.axes:
        for axis in (one.xaxis, one.yaxis):
            if axis.get_scale() != "log" or axis.get_transform().base != 10:
                continue
            if isinstance(axis.get_major_formatter(), LogFormatter):
                axis.set_major_formatter(_Powers())
            if isinstance(axis.get_minor_formatter(), LogFormatter):
                axis.set_minor_formatter(_Powers())


def _themed(body):
    body = body.replace(INK, "currentColor").replace(PAPER, "var(--bp-paper, #fff)")
    for colour in VARIABLES:
        body = body.replace(colour, css(colour))
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    return re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", body)


def _without_idle_ids(body):
    """Keep only the ids that are referred to, each made unique to this picture."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', body))
    mark = hashlib.sha256(body.encode()).hexdigest()[:8]
    body = re.sub(r' id="([^"]+)"', lambda m: f' id="{m[1]}-{mark}"' if m[1] in used else "", body)
    return re.sub(r'(url\(#|href="#)([^)"]+)', rf"\1\2-{mark}", body)


def digits(images, captions, description, columns=6):
    """Small grey pictures, each with a caption below.

    Parameters
    ----------
    images : array_like, shape (N, height, width)
    captions : sequence of str
    description : str
    columns : int
        Pictures in a row.
    """
    rows = -(-len(images) // whole_number("columns", columns, minimum=1))
    figure, ax = axes(width=460, height=112 * rows, nrows=rows, ncols=columns, squeeze=False)
    for one in ax.flat:
        one.axis("off")
    for one, image, caption in zip(ax.flat, images, captions, strict=False):
        one.imshow(image, cmap="binary", interpolation="none")
        one.set_title(caption, y=-0.32, fontsize=16)
    return picture(figure, description)


def reference_line(ax, **at):
    """A thin line across: `reference_line(ax, y=0)` or `reference_line(ax, x=1)`."""
    draw = ax.axhline if "y" in at else ax.axvline
    draw(*at.values(), color=MUTED, linewidth=1)

"""Where things stand in pictures: a name on the line of its weight, a mark at its point."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from bplib import Network
from bplib.drawing import graph_diagram, network_diagram
from bplib.drawing.diagram import SUBSCRIPT, SUPERSCRIPT
from bplib.drawing.palette import BACKWARD, FORWARD, PARAMETER, css
from bplib.figures import BackpropStepByStep, ChainOfSensitivities, WhereErrorComesFrom
from bplib.figures.error_shares.examples import EXAMPLES
from bplib.figures.step_by_step.picture import number_text
from bplib.figures.training.picture import _plane

SIZES = [[2, 2, 2], [3, 3, 3], [2, 2, 1], [2, 3, 2], [1, 2, 2], [3, 3, 4, 2], [2, 1]]


def parts(picture, tag):
    """The elements with a tag, as (attributes, style, text)."""
    root = ElementTree.fromstring(f"<svg>{picture.body}</svg>")
    return [
        (
            e.attrib,
            dict(item.strip().split(": ", 1) for item in e.get("style", "").split("; ") if item),
            "".join(e.itertext()),
        )
        for e in root.iter(tag)
    ]


def at(attributes, *names):
    return np.array([float(attributes[name]) for name in names])


def units_of(picture, sizes):
    """{(l, i): centre}: columns from left to right, from the top."""
    centres = [tuple(at(c, "cx", "cy")) for c, _, _ in parts(picture, "circle")]
    columns = [sorted(c for c in centres if c[0] == x) for x in sorted({c[0] for c in centres})]
    assert [len(column) for column in columns] == list(sizes)
    return {
        (l, i): np.array(centre)
        for l, column in enumerate(columns)
        for i, centre in enumerate(sorted(column, key=lambda c: c[1]), start=1)
    }


def away(point, start, end):
    """How far a point is from a line between two others."""
    t = np.clip(np.dot(point - start, end - start) / np.dot(end - start, end - start), 0, 1)
    return np.linalg.norm(start + t * (end - start) - point)


def weights_of(sizes):
    return [
        (l, i, j)
        for l, (before, n) in enumerate(pairwise(sizes), start=1)
        for i in range(1, n + 1)
        for j in range(1, before + 1)
    ]


def name_of(letter, l, *units):
    layer = "" if letter in "xŷ" else str(l).translate(SUPERSCRIPT)
    return letter + layer + "".join(map(str, units)).translate(SUBSCRIPT)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_a_name_stands_on_the_line_of_its_weight(sizes):
    """In square layers too, where w₁₂ and w₂₁ both exist."""
    picture = network_diagram(sizes, weights=True)
    units = units_of(picture, sizes)
    names = {text: at(t, "x", "y") - [0, 5] for t, _, text in parts(picture, "text")}
    few = len(weights_of(sizes)) <= 8  # those that have names unless they are asked for
    for l, i, j in weights_of(sizes):
        place = names[name_of("w", l, i, j)]
        assert away(place, units[l - 1, j], units[l, i]) < 0.5, (l, i, j)
        if few and i != j and (l, j, i) in weights_of(sizes):
            assert away(place, units[l - 1, i], units[l, j]) > 5, (l, i, j)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_a_unit_has_its_name_and_a_layer_its_number(sizes):
    picture, L = network_diagram(sizes), len(sizes) - 1
    texts = [(at(t, "x", "y"), text) for t, _, text in parts(picture, "text")]
    for (l, i), centre in units_of(picture, sizes).items():
        name = name_of("x" if l == 0 else "ŷ" if l == L else "a", l, i)
        near = [text for place, text in texts if np.linalg.norm(place - centre) < 8]
        assert near == [name]
    captions = [text for _, text in sorted((p[0], t) for p, t in texts if t.startswith("layer"))]
    assert captions == [f"layer {l}" for l in range(L + 1)]


@pytest.mark.parametrize("sizes", [[2, 2, 2], [3, 3, 3], [2, 3, 2]], ids=str)
def test_what_is_highlighted_is_what_was_named(sizes):
    for l, i, j in weights_of(sizes):
        picture = network_diagram(sizes, weights=True, highlight={(l, i, j), (l, i)})
        units = units_of(picture, sizes)
        lit = [at(e, "x1", "y1", "x2", "y2") for e, s, _ in parts(picture, "line")
               if s["stroke"] == css(PARAMETER)]  # fmt: skip
        assert len(lit) == 1
        np.testing.assert_allclose(lit[0], [*units[l - 1, j], *units[l, i]], atol=0.1)
        [circle] = [c for c, s, _ in parts(picture, "circle") if s["stroke"] == css(PARAMETER)]
        assert tuple(at(circle, "cx", "cy")) == tuple(units[l, i])
        [name] = [t for _, s, t in parts(picture, "text") if s["fill"] == css(PARAMETER)]
        assert name == name_of("w", l, i, j)


def test_a_label_stands_on_its_edge_of_a_graph():
    edges = [("h1", "x1"), ("h1", "x2"), ("h2", "x1"), ("h2", "x2"), ("o", "h1"), ("o", "h2")]
    places = {"x1": (0, 0), "x2": (0, 2), "h1": (1, 0), "h2": (1, 2), "o": (2, 1)}
    labels = {edge: f"{n}.5" for n, edge in enumerate(edges)}
    picture = graph_diagram(edges, places, labels)
    texts = {text: at(t, "x", "y") for t, _, text in parts(picture, "text")}
    centre = {name: texts[name.translate(SUBSCRIPT)] - [0, 5.5] for name in places}
    for (to, start), label in labels.items():
        assert away(texts[label] - [0, 5], centre[start], centre[to]) < 1, (to, start)


@pytest.mark.parametrize("network", ["2-2-2", "2-1-1", "2-2-1"])
def test_the_numbers_of_step_by_step_stand_where_they_belong(network):
    figure = BackpropStepByStep(network=network)
    net, picture = figure.net(), figure.still()
    units = units_of(picture, net.sizes)
    texts = [(at(t, "x", "y"), text, s["fill"]) for t, s, text in parts(picture, "text")]
    forward = net.forward(figure.x)
    backward = net.backward(forward, figure.y)
    lines = [(at(e, "x1", "y1", "x2", "y2"), s) for e, s, _ in parts(picture, "line")]
    for l, i, j in weights_of(net.sizes):
        weight, ends = net.W[l][i - 1, j - 1], [*units[l - 1, j], *units[l, i]]
        [style] = [s for line, s in lines if np.allclose(line, ends, atol=0.1)]
        assert ("stroke-dasharray" in style) == (weight < 0)
        assert any(
            text == number_text(weight) and away(place - [0, 6], *np.split(np.array(ends), 2)) < 1
            for place, text, fill in texts
            if fill == css(PARAMETER)
        ), (l, i, j)
    for (l, i), centre in units.items():
        shown = [(text, fill) for place, text, fill in texts if abs(place[0] - centre[0]) < 1
                 and abs(place[1] - centre[1]) < 50]  # fmt: skip
        assert number_text(forward.a[l][i - 1]) in [text for text, _ in shown]
        if l > 0:
            assert (f"δ {number_text(backward.delta[l][i - 1])}", css(BACKWARD)) in shown


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_ribbons_of_shares(name):
    """Pale and dashed where a share is negative; one for each that is not 0; one unit chosen."""
    figure = WhereErrorComesFrom.example(name)
    picture, shares = figure.still(), list(figure.shares().values())
    ribbons = [s for p, s, _ in parts(picture, "path") if p["d"].endswith("Z")]
    dashed = ["stroke-dasharray" in style for style in ribbons]
    assert sorted(dashed) == sorted(share < 0 for share in shares if share != 0)
    for style, negative in zip(ribbons, dashed, strict=True):
        assert style["fill"].startswith("color-mix" if negative else css(BACKWARD))
    units = units_of(picture, figure.sizes)
    chosen = [tuple(at(c, "cx", "cy")) for c, s, _ in parts(picture, "circle")
              if s["stroke"] == css(BACKWARD)]  # fmt: skip
    assert chosen == [tuple(units[figure.layer, figure.unit])]


def test_the_bars_of_a_chain():
    """The larger a derivative, the higher its bar; that of the chosen weight stands out."""
    figure = ChainOfSensitivities(layer=2)
    bars = parts(figure.still(), "rect")
    heights = [float(bar["height"]) for bar, _, _ in bars]
    assert np.argsort(heights).tolist() == np.argsort(np.abs(figure.gradient())).tolist()
    fills = [style["fill"] for _, style, _ in bars]
    assert fills == [css(FORWARD), css(BACKWARD), css(FORWARD)]
    names = [text for _, _, text in parts(figure.still(), "text") if re.fullmatch("w.", text)]
    assert names == ["w¹", "w²", "w³"]


def test_points_are_marked_by_their_targets():
    X, Y = np.array([[0.5, -1.0], [1.0, 0.25], [-0.75, 0.0]]), np.array([[0.0], [1.0], [0.0]])
    ax = Figure().add_subplot()
    _plane(ax, Network([2, 2, 1], seed=1), X, Y, lines=False)
    marks = {
        line.get_marker(): (line.get_color(), np.transpose(line.get_data()).tolist())
        for line in ax.lines
    }
    assert marks == {"o": (FORWARD, X[[0, 2]].tolist()), "s": (BACKWARD, X[[1]].tolist())}

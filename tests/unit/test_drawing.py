"""Pictures: themed, described, and unable to disturb each other in one page."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import numpy as np
import pytest

from bplib.drawing import axes, digits, graph_diagram, network_diagram, picture
from bplib.drawing.palette import BACKWARD, ERROR, VARIABLES


def curve(label="training"):
    figure, ax = axes("epoch", "error")
    ax.plot([1, 2, 3], [3, 1, 2], color=ERROR, label=label)
    ax.legend()
    return picture(figure, "It falls, then rises.")


def some_digits():
    images = np.arange(3 * 64).reshape(3, 8, 8)
    return digits(images, ["1", "2", "3"], "Three digits.")


XOR = [("h", "x1"), ("h", "x2"), ("o", "x1"), ("o", "x2"), ("o", "h")]
PLACES = {"x1": (0, 0), "x2": (0, 2), "h": (1, 1), "o": (2, 1)}

PICTURES = [network_diagram([2, 3, 2]), curve(), some_digits(), graph_diagram(XOR, PLACES)]


@pytest.mark.parametrize("shown", PICTURES, ids=["network", "plot", "digits", "graph"])
def test_a_picture_is_well_formed_svg_described_in_words_and_no_wider_than_its_page(shown):
    html = shown._repr_html_()
    root = ElementTree.fromstring(html.replace("xlink:href", "href"))
    assert root.tag.endswith("svg")
    assert root.get("role") == "img"
    assert root.get("aria-label") == shown.description == repr(shown)
    assert "max-width: 100%" in root.get("style")


@pytest.mark.parametrize("shown", PICTURES, ids=["network", "plot", "digits", "graph"])
def test_every_colour_of_the_palette_follows_the_theme(shown):
    html = shown._repr_html_()
    for colour in VARIABLES:
        assert html.count(colour) == html.count(f", {colour})")
    assert "currentColor" in html
    assert "#000000" not in html


def test_a_network_is_described_as_it_is_drawn():
    shown = network_diagram(
        [2, 2, 1], False, {(1, 2), (2, 1, 2), (1, 2, 1)}, BACKWARD, "It is small."
    )
    assert shown.description == (
        "A 2-2-1 network: every unit of a layer feeds every unit of the next. Highlighted in "
        "orange: unit 2 of layer 1; the weight from unit 1 of layer 0 into unit 2 of layer 1; "
        "the weight from unit 2 of layer 1 into unit 1 of layer 2. It is small."
    )
    assert "Every line carries" in network_diagram([2, 2, 1]).description
    some = network_diagram([3, 3, 4], weights=[(2, 4, 1)]).description
    assert some.endswith("With a name: the weight from unit 1 of layer 1 into unit 4 of layer 2.")


def test_a_graph_is_described_as_it_is_drawn():
    labels = {("o", "h"): "−2", "h": "−1.5"}
    shown = graph_diagram(XOR, PLACES, labels, {"x1", ("o", "h")}, meaning="It computes XOR.")
    lines = "; ".join(f"{j} to {i}" + ", with −2 on it" * (j == "h") for i, j in XOR)
    assert shown.description == (
        f"A graph of 4 units with the connections {lines}. There stands −1.5 below h. "
        "Highlighted in green: unit x1; h to o. It computes XOR."
    )


def test_a_description_cannot_break_out_of_its_attribute():
    html = network_diagram([1, 1], meaning='a "quoted" <b> & more')._repr_html_()
    assert ElementTree.fromstring(html).get("aria-label").endswith('a "quoted" <b> & more')


def test_the_same_plot_is_the_same_text_each_time():
    assert curve()._repr_html_() == curve()._repr_html_()


def test_ids_of_different_plots_differ_and_all_references_resolve():
    ids = []
    for shown in (curve(), curve("validation"), some_digits()):
        html = shown._repr_html_()
        own = re.findall(r' id="([^"]+)"', html)
        used = re.findall(r'(?:url\(#|href="#)([^)"]+)', html)
        assert set(used) == set(own)
        ids += own
    assert len(ids) == len(set(ids)) > 0


def sizes_of_text(shown):
    root = ElementTree.fromstring(shown._repr_html_().replace("xlink:href", "href"))
    styles = [e.get("style", "") for e in root.iter() if e.tag.endswith(("text", "tspan"))]
    return [float(size) for style in styles for size in re.findall(r"font-size: ([\d.]+)px", style)]


def logarithmic(limits, ticks=None, labels=None):
    figure, ax = axes("step", "error")
    ax.loglog([1e-9, 1, 1e9], [1e-9, 1, 1e9])
    ax.set(xlim=(0.5, 20), ylim=limits)
    if ticks:
        ax.set_yticks(ticks, labels)
    return picture(figure, "A line.")


@pytest.mark.parametrize(
    ("limits", "ticks", "labels"),
    [
        ((1e-9, 1e9), [1e-8, 1e-3, 1e-2, 0.1, 1, 1e3, 1e4], None),
        ((1e-9, 1e9), None, None),
        ((2e4, 7e4), None, None),  # less than a decade: ticks between the powers are labelled
        ((1, 10), [2, 5], ["two", "five"]),
    ],
)
def test_a_logarithmic_axis_has_exponents_as_large_as_its_other_text(limits, ticks, labels):
    shown = logarithmic(limits, ticks, labels)
    assert min(sizes_of_text(shown)) >= 16


def test_a_logarithmic_axis_writes_out_what_is_short_and_keeps_labels_that_are_given():
    def texts(shown):
        return re.findall(r">([^<>\s][^<>]*)</text>", shown._repr_html_())

    written = ["10⁻⁸", "10⁻³", "0.01", "0.1", "1", "1000", "10⁴"]
    assert [
        text
        for text in texts(logarithmic((1e-9, 1e9), [1e-8, 1e-3, 1e-2, 0.1, 1, 1e3, 1e4]))
        if text in written
    ][-7:] == written
    assert {"2·10⁴", "6·10⁴"} <= set(texts(logarithmic((2e4, 7e4))))
    assert {"two", "five"} <= set(texts(logarithmic((1, 10), [2, 5], ["two", "five"])))


def test_a_logarithmic_axis_of_another_base_is_left_alone():
    figure, ax = axes()
    ax.set_xscale("log", base=2)
    ax.plot([1, 8], [0, 1])
    assert "2·" not in picture(figure, "Powers of two.")._repr_html_()


def test_a_network_has_a_circle_a_unit_and_a_line_a_weight():
    html = network_diagram([3, 3, 4, 2])._repr_html_()
    assert html.count("<circle") == 12
    assert html.count("<line") == 9 + 12 + 8
    assert "w¹₁₁" not in html


def test_a_small_network_names_its_weights_as_the_book_does():
    html = network_diagram([2, 2, 1])._repr_html_()
    for name in ("w¹₁₁", "w¹₁₂", "w¹₂₁", "w¹₂₂", "w²₁₁", "w²₁₂", "x₁", "a¹₂", "ŷ₁"):
        assert f">{name}</text>" in html


def test_highlighting_draws_only_what_is_named():
    plain = network_diagram([2, 2, 1], colour=BACKWARD)._repr_html_()
    lit = network_diagram([2, 2, 1], highlight={(1, 2), (2, 1, 2)}, colour=BACKWARD)._repr_html_()
    assert BACKWARD not in plain
    assert lit.count(f"stroke: var(--bp-backward, {BACKWARD})") == 2


@pytest.mark.parametrize(
    ("sizes", "error"), [([3], ValueError), ([2, 0], ValueError), ([2, 1.5], TypeError)]
)
def test_bad_sizes_are_refused(sizes, error):
    with pytest.raises(error, match=r"^sizes"):
        network_diagram(sizes)


@pytest.mark.parametrize("unknown", [(3, 1), (0, 3), (1, 1, 3), (0, 1, 1)])
def test_highlighting_what_is_not_there_is_refused(unknown):
    with pytest.raises(ValueError, match=r"^highlight: expected .* 2-2-1, got \("):
        network_diagram([2, 2, 1], highlight={unknown})


def test_a_graph_has_a_circle_a_unit_a_line_an_edge_and_its_labels():
    labels = {("o", "h"): "−2", ("o", "x1"): "a < b", "h": "b = −1.5"}
    shown = graph_diagram(XOR, PLACES, labels)
    root = ElementTree.fromstring(shown._repr_html_())
    tags = [element.tag.split("}")[1] for element in root]
    assert (tags.count("circle"), tags.count("line")) == (4, 5)
    texts = [element.text for element in root if element.tag.endswith("text")]
    assert sorted(texts) == sorted(["x₁", "x₂", "h", "o", "−2", "a < b", "b = −1.5"])
    assert shown.height > graph_diagram(XOR, PLACES).height
    assert "x1 to o" in shown.description


def test_a_graph_lies_within_its_picture_and_every_line_joins_its_units():
    shown = graph_diagram(XOR, PLACES, {"x2": "below"})
    root = ElementTree.fromstring(shown._repr_html_())
    circles = [e for e in root if e.tag.endswith("circle")]
    centres = {(e.get("cx"), e.get("cy")) for e in circles}
    for e in circles:
        x, y, r = (float(e.get(key)) for key in ("cx", "cy", "r"))
        assert r < x < shown.width - r
        assert r < y < shown.height - r
    for e in (e for e in root if e.tag.endswith("line")):
        assert {(e.get("x1"), e.get("y1")), (e.get("x2"), e.get("y2"))} <= centres
        assert float(e.get("x1")) < float(e.get("x2"))


def test_highlighting_a_graph_draws_only_what_is_named():
    plain = graph_diagram(XOR, PLACES, colour=BACKWARD)._repr_html_()
    lit = graph_diagram(XOR, PLACES, highlight={"x1", ("o", "x1")}, colour=BACKWARD)._repr_html_()
    assert BACKWARD not in plain
    assert lit.count(f"stroke: var(--bp-backward, {BACKWARD})") == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], PLACES), "edges: expected at least one"),
        (([("o", "p")], PLACES), "positions: .* got none for 'p'"),
        (([("x1", "o")], PLACES), "positions: .* further right, got 'o' in column 2"),
        (([("x2", "x1")], PLACES), "positions: .* further right"),
        (([("o", "x1")], {"x1": (0, 1), "h": (1, 1), "o": (2, 1)}), "from 'x1' to 'o' through 'h'"),
        ((XOR, PLACES, {"p": "?"}), "labels: .* got 'p'"),
        ((XOR, PLACES, None, {("h", "o")}), r"highlight: .* got \('h', 'o'\)"),
    ],
)
def test_a_graph_that_cannot_be_drawn_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        graph_diagram(*arguments)


def test_only_some_weights_may_have_names():
    shown = network_diagram([3, 3, 4, 2], weights=[(1, 2, 3), (3, 1, 4)])
    names = re.findall(r">(w[^<]*)</text>", shown.body)
    assert names == ["w¹₂₃", "w³₁₄"]
    assert shown.body.count("<line") == 29
    crowded = network_diagram([3, 3, 4, 2], weights=True)
    assert len(re.findall(r">w[^<]*</text>", crowded.body)) == 29
    assert shown.height < crowded.height
    assert not re.findall(r">w[^<]*</text>", network_diagram([2, 2], weights=[]).body)


@pytest.mark.parametrize(
    ("weights", "kind", "message"),
    [
        ([(1, 3, 1)], ValueError, r"weights: expected weights \(l, i, j\) of a network 2-2, got"),
        ([(1, 1)], ValueError, r"of a network 2-2, got \(1, 1\)"),
        (3, TypeError, "weights: expected True, False, None or a collection"),
        ([1], TypeError, "weights: expected True, False, None or a collection"),
    ],
)
def test_names_of_weights_that_are_not_there_are_refused(weights, kind, message):
    with pytest.raises(kind, match=message):
        network_diagram([2, 2], weights=weights)


SHAPES = [[1, 1], [1, 1, 1, 1], [2, 1, 1], [1, 2, 1], [2, 2, 1], [2, 2, 2], [2, 3, 2], [1] * 5]


def label_boxes(html, mark="w"):
    """The plate and the name of each weight: [(left, top, right, bottom), name]."""
    pairs = re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*/>'
        rf"<text[^>]*>({mark}[^<]*)</text>",
        html,
    )
    return [
        ((float(x), float(y), float(x) + float(w), float(y) + float(h)), name)
        for x, y, w, h, name in pairs
    ]


@pytest.mark.parametrize("sizes", SHAPES, ids=str)
def test_no_name_of_a_weight_touches_a_unit_or_another_name(sizes):
    html = network_diagram(sizes, weights=True)._repr_html_()
    names = label_boxes(html)
    assert len(names) == sum(m * n for m, n in pairwise(sizes))
    circles = [
        tuple(map(float, circle))
        for circle in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', html)
    ]
    assert len(circles) == sum(sizes)
    for n, ((left, top, right, bottom), name) in enumerate(names):
        for x, y, radius in circles:
            gap = np.hypot(max(left - x, 0, x - right), max(top - y, 0, y - bottom))
            assert gap > radius + 1, (name, gap)
        for (l, t, r, b), other in names[n + 1 :]:
            assert right <= l or r <= left or bottom <= t or b <= top, (name, other)


def test_a_name_stands_in_the_middle_of_a_line_that_no_other_crosses():
    html = network_diagram([1, 1, 1, 1])._repr_html_()
    lines = [
        (float(start) + float(end)) / 2
        for start, end in re.findall(r'<line x1="([\d.]+)"[^>]* x2="([\d.]+)"', html)
    ]
    middles = [(left + right) / 2 for (left, _, right, _), _ in label_boxes(html)]
    np.testing.assert_allclose(middles, lines, atol=0.2)

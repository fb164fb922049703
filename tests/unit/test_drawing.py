"""Pictures: themed, described, and unable to disturb each other in one page."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from bplib.drawing import axes, digits, network_diagram, picture
from bplib.drawing.palette import BACKWARD, ERROR, VARIABLES


def curve(label="training"):
    figure, ax = axes("epoch", "error")
    ax.plot([1, 2, 3], [3, 1, 2], color=ERROR, label=label)
    ax.legend()
    return picture(figure, "It falls, then rises.")


def some_digits():
    images = np.arange(3 * 64).reshape(3, 8, 8)
    return digits(images, ["1", "2", "3"], "Three digits.")


PICTURES = [network_diagram([2, 3, 2]), curve(), some_digits()]


@pytest.mark.parametrize("shown", PICTURES, ids=["network", "plot", "digits"])
def test_a_picture_is_well_formed_svg_described_in_words_and_no_wider_than_its_page(shown):
    html = shown._repr_html_()
    root = ElementTree.fromstring(html.replace("xlink:href", "href"))
    assert root.tag.endswith("svg")
    assert root.get("role") == "img"
    assert root.get("aria-label") == shown.description == repr(shown)
    assert "max-width: 100%" in root.get("style")


@pytest.mark.parametrize("shown", PICTURES, ids=["network", "plot", "digits"])
def test_every_colour_of_the_palette_follows_the_theme(shown):
    html = shown._repr_html_()
    for colour in VARIABLES:
        assert html.count(colour) == html.count(f", {colour})")
    assert "currentColor" in html
    assert "#000000" not in html


def test_a_description_cannot_break_out_of_its_attribute():
    html = network_diagram([1, 1], description='a "quoted" <b> & more')._repr_html_()
    assert ElementTree.fromstring(html).get("aria-label") == 'a "quoted" <b> & more'


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

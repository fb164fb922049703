"""Chain of sensitivities: what its example buttons promise."""

from itertools import pairwise

import pytest

from bplib.figures import ChainOfSensitivities

from .cases import CASES
from .reader import Reader, assert_equal_to_bplib

pytestmark = pytest.mark.browser

BARS = """root => [...root.querySelectorAll("svg")[1].querySelectorAll("g rect:nth-child(2)")]
  .map(e => Number(e.getAttribute("height")))"""


@pytest.fixture
def press(visit, on_file):
    reader = Reader(visit(on_file("ChainOfSensitivities")))

    def open_example(name):
        reader.button(name).click()
        reader.paint()
        words = reader.words()
        figure = ChainOfSensitivities.from_link(reader.copied())
        assert_equal_to_bplib(CASES["ChainOfSensitivities"], figure, reader.shown())
        gradient = [reader.shown()[f"gradient{l}"][0] for l in range(1, 9)]
        return gradient, reader.live.evaluate(BARS), words

    return open_example


def test_it_explodes(press):
    """Toward the first layer every derivative is three times the one behind it."""
    gradient, bars, words = press("Let it explode")
    assert gradient == pytest.approx([3.0**l for l in range(7, -1, -1)])
    steps = [longer - shorter for longer, shorter in pairwise(bars)]
    assert steps == pytest.approx([steps[0]] * 7)  # logarithms: equal factors are equal steps
    assert steps[0] > 8  # pixels: it is seen
    assert "it explodes" in words


def test_it_vanishes(press):
    gradient, bars, words = press("Let it vanish")
    assert all(abs(a) < abs(b) for a, b in pairwise(gradient))
    assert bars == sorted(bars)
    assert "it vanishes" in words


def test_it_is_kept_alive(press):
    gradient, _, words = press("Keep it alive")
    assert gradient == pytest.approx([1.0] * 8)
    assert "vanishes" not in words
    assert "explodes" not in words


def test_the_factors_in_symbols(visit, on_file):
    reader = Reader(visit(on_file("ChainOfSensitivities")))
    texts = reader.live.locator(".bp-chain-factors math").all_text_contents()
    assert texts == [
        "∂E∂a3=a3−y",
        "∂a3∂z3=g′(z3)",
        "∂z3∂a2=w3",
        "∂a2∂z2=g′(z2)",
        "∂z2∂a1=w2",
        "∂a1∂z1=g′(z1)",
        "∂z1∂w1=x",
    ]

"""The still pictures, which paper and a reader without JavaScript get: nothing is cut off."""

import numpy as np
import pytest

from bplib.figures import WhereErrorComesFrom
from bplib.figures.error_shares.examples import EXAMPLES

from .cases import CASES

pytestmark = pytest.mark.browser

# Texts that leave their picture, whichever way it is drawn.
OUTSIDE = """() => [...document.querySelectorAll("svg.bp-picture")].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter(e => {
    const box = e.getBoundingClientRect();
    return box.left < frame.left - 0.5 || box.right > frame.right + 0.5
      || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5;
  }).map(e => e.textContent);
})"""

COUNT = """() => document.querySelectorAll("svg.bp-picture text").length"""


def outside(windows, figures):
    page = windows.take().page
    page.set_content("".join(f"<p>{figure.still()._repr_html_()}</p>" for figure in figures))
    found, count = page.evaluate(OUTSIDE), page.evaluate(COUNT)
    assert count > 0
    return found


@pytest.mark.parametrize("name", CASES)
def test_no_text_leaves_a_still_picture(windows, name):
    generator, case = np.random.default_rng(5), CASES[name]
    figures = [case.make(), *(case.make(**case.random(generator)) for _ in range(20))]
    assert outside(windows, figures) == []


def test_no_text_leaves_the_examples_of_shares(windows):
    assert outside(windows, [WhereErrorComesFrom.example(name) for name in EXAMPLES]) == []

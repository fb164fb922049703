"""Figures and derivations in JupyterLab, with a kernel."""

import math

import numpy as np
import pytest

from bplib.symbolic import lines

from .cases import CASES
from .lab import Notebook, running_lab
from .notebook import write_notebook
from .reader import DESK, NUMBERS, PAINTED, assert_equal_to_bplib

LAB_CELLS = (
    "from bplib import figures\nfigure = figures.{name}()\nfigure",
    "figure.set(**figures.{name}.from_link({link!r}).values())",
    "print(figure.link())",
    "import ipywidgets\nipywidgets.IntSlider(description='ordinary')",
)
DERIVATIONS = (
    "from bplib.symbolic import Calculation, lines\nlines.hidden_delta()",
    "Calculation([[[0.4, -0.6]], [[0.7]]], [[0.1], [-0.2]], [1, 0.5], [1], 0.5)",
)


@pytest.fixture(scope="module")
def notebook(browser, tmp_path_factory):
    """A notebook in JupyterLab: one for all, since a kernel and its imports take a while."""
    home, notebooks = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("notebooks")
    cells = [*DERIVATIONS]
    for name, case in CASES.items():
        link = case.make(**case.random(np.random.default_rng(7))).link()
        cells += [cell.format(name=name, link=link) for cell in LAB_CELLS]
    write_notebook(notebooks / "all.ipynb", *cells)
    with running_lab(home, notebooks) as address:
        context = browser.new_context(viewport=DESK)
        page = context.new_page()
        page.goto(f"{address}lab/tree/all.ipynb")
        yield Notebook(page, len(cells))
        context.close()


@pytest.mark.browser
def test_in_jupyterlab(notebook, name, case):
    page = notebook.page
    first = len(DERIVATIONS) + len(LAB_CELLS) * list(CASES).index(name)
    output = notebook.run(first + 1)
    live = output.locator(".bp-figure-live")
    live.wait_for()
    page.evaluate(PAINTED)
    assert_equal_to_bplib(case, case.make(), live.evaluate(NUMBERS))
    assert live.get_by_role("button", name="Copy link").count() == 0

    notebook.run(first + 2)  # set in Python, seen in the page
    moved = case.make(**case.random(np.random.default_rng(7)))
    expect_state(page, live, case, moved)

    if case.field is None:  # and back
        live.get_by_role("button", name=case.button, exact=True).press("Enter")
    else:
        slider = live.get_by_label(f"{case.field}, slider", exact=True)
        slider.focus()
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    after = case.make().from_link(notebook.run(first + 3).inner_text().strip())
    assert after.values() != moved.values()
    expect_state(page, live, case, after)

    notebook.run(first + 4).locator(".widget-slider", has_text="ordinary").wait_for()


def expect_state(page, live, case, figure, seconds=10):
    """The figure in the page comes to show this state."""
    for _ in range(seconds * 10):
        shown = live.evaluate(NUMBERS)
        expected = case.numbers(figure)
        if all(
            n in expected and math.isclose(v, expected[n], rel_tol=1e-9, abs_tol=1e-9)
            for n, (v, _) in shown.items()
        ):
            break
        page.wait_for_timeout(100)
    assert_equal_to_bplib(case, figure, shown)


@pytest.mark.browser
def test_a_derivation_shows_itself_as_in_the_book(notebook):
    """The same lines, the same pace."""
    place = notebook.run(1)
    steps = place.locator(".bp-derivation > li")
    typeset = "li => [...li.querySelectorAll('.bp-line mjx-container')].length"
    steps.first.locator("mjx-container").first.wait_for()
    assert [s.get_attribute("data-step") for s in steps.all()] == list(lines.hidden_delta())
    assert all(line.evaluate(typeset) == 1 for line in steps.all())
    # Colours and lines below, as in the book: classes that this MathJax lets through.
    back = place.locator("mjx-container .mjx-bp-back").first
    assert back.evaluate("e => getComputedStyle(e).borderBottomStyle") == "dashed"
    place.get_by_role("button", name="One line at a time").click()
    notebook.page.keyboard.press("ArrowRight")
    assert place.locator(".bp-derivation > li:visible").count() == 2
    summary = place.locator(".bp-derivation > li:visible summary")
    assert summary.count() == 0, "the first two lines are a definition and the chain rule"
    place.get_by_role("button", name="All lines").click()
    place.locator("summary").first.click()
    assert place.locator(".bp-printed:visible").inner_text() == "True"
    numbers = notebook.run(2)
    numbers.locator("mjx-container").first.wait_for()
    assert numbers.locator(".bp-derivation > li").count() > 20

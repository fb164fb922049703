"""Figures in JupyterLab, with a kernel."""

import math

import numpy as np
import pytest

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


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own, with a notebook for each kind of figure; its address."""
    home, notebooks = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("notebooks")
    for name, case in CASES.items():
        link = case.make(**case.random(np.random.default_rng(7))).link()
        cells = [cell.format(name=name, link=link) for cell in LAB_CELLS]
        write_notebook(notebooks / f"{name}.ipynb", *cells)
    with running_lab(home, notebooks) as address:
        yield address


@pytest.mark.browser
def test_in_jupyterlab(browser, lab, name, case):
    with Notebook(browser, lab, name, len(LAB_CELLS), DESK) as notebook:
        page = notebook.page
        output = notebook.run(1)
        live = output.locator(".bp-figure-live")
        live.wait_for()
        page.evaluate(PAINTED)
        assert_equal_to_bplib(case, case.make(), live.evaluate(NUMBERS))
        assert live.get_by_role("button", name="Copy link").count() == 0

        notebook.run(2)  # set in Python, seen in the page
        moved = case.make(**case.random(np.random.default_rng(7)))
        expect_state(page, live, case, moved)

        if case.field is None:  # and back
            live.get_by_role("button", name=case.button, exact=True).press("Enter")
        else:
            slider = live.get_by_label(f"{case.field}, slider", exact=True)
            slider.focus()
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        after = case.make().from_link(notebook.run(3).inner_text().strip())
        assert after.values() != moved.values()
        expect_state(page, live, case, after)

        notebook.run(4).locator(".widget-slider", has_text="ordinary").wait_for()


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

"""A derivation shows itself in JupyterLab as in the book's pages."""

import pytest

from bplib.symbolic import lines

from .lab import Notebook, running_lab
from .notebook import write_notebook
from .reader import DESK

CELLS = (
    "from bplib.symbolic import Calculation, lines\nlines.hidden_delta()",
    "Calculation([[[0.4, -0.6]], [[0.7]]], [[0.1], [-0.2]], [1, 0.5], [1], 0.5)",
)


@pytest.mark.browser
def test_the_same_lines_the_same_pace(browser, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path / "notebooks" / "lines.ipynb", *CELLS)
    with (
        running_lab(tmp_path / "home", tmp_path / "notebooks") as lab,
        Notebook(browser, lab, "lines", len(CELLS), DESK) as notebook,
    ):
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

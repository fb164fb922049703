"""Maths first: in a numbered lesson, code and what it prints take little of the page.

Everything of a cell counts that is no picture, no figure and no derivation: code, printed output,
and the buttons behind which code is folded.
"""

from pathlib import Path

import pytest
import yaml

from .test_browser import DESK, Visit

CONTENTS = Path(__file__).parents[2] / "_toc.yml"

MOST = 0.20

SHARE = """() => {
  const height = element => element.getBoundingClientRect().height;
  const seen = ".bp-picture, .bp-figure, .bp-derivation-frame, table";
  let code = 0;
  for (const cell of document.querySelectorAll("article div.cell")) {
    code += height(cell);
    for (const output of cell.querySelectorAll(".cell_output > .output"))
      // What is folded away has a height of its own in Chromium, but takes none.
      if (output.querySelector(seen) && !output.closest("details:not([open])"))
        code -= height(output);
  }
  return code / height(document.querySelector("article"));
}"""


def numbered_lessons():
    contents = yaml.safe_load(CONTENTS.read_text(encoding="utf-8"))
    return [
        chapter["file"]
        for part in contents["parts"]
        if part.get("numbered")
        for chapter in part["chapters"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("lesson", numbered_lessons())
def test_code_takes_little_of_a_lesson(windows, html, lesson):
    visit = Visit(windows, (html / f"{lesson}.html").as_uri())
    assert visit.page.viewport_size == DESK
    share = visit.page.evaluate(SHARE)
    assert share <= MOST, f"code takes {share:.0%} of {lesson}"


@pytest.mark.browser
def test_what_counts_as_code(windows, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        """<article style="height: 1000px"><p>text</p>
        <div class="cell"><div style="height: 100px">code</div>
          <div class="cell_output"><div class="output" style="height: 50px">0</div></div></div>
        <div class="cell"><div class="cell_output"><div class="output" style="height: 300px">
          <svg class="bp-picture"></svg></div></div></div>
        <div class="cell"><details style="height: 20px"><summary>folded</summary>
          <div class="cell_output"><div class="output" style="height: 300px">
          <svg class="bp-picture"></svg></div></div></details></div></article>"""
    )
    visit = Visit(windows, page.as_uri())
    assert visit.page.evaluate(SHARE) == pytest.approx(0.17)

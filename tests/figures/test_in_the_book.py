"""Figures in the built book, and their way there from a notebook."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from .cases import CASES
from .notebook import write_notebook
from .reader import CUT_OFF, Reader, assert_equal_to_bplib
from .server import served

ROOT = Path(__file__).parents[2]
SETTINGS = 25  # of each figure from a file, and as many others from a server
LIMIT = 40 * 1024  # bytes of figure code of a page, gzipped
FOR_PRACTICE = 18 * 1024  # that much more where there is practice: every rule with all its slips


def figure_code(html, folder):
    """Everything that a page loads for the sake of its figures."""
    scripts = re.findall(
        r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', html, re.DOTALL
    )
    hosts = re.findall(r'<script[^>]* src="([^"]*_static/figures\.js[^"]*)"', html)
    texts = [(folder / host.partition("?")[0]).read_text(encoding="utf-8") for host in hosts]
    return "".join(scripts + texts)


# The pages of the notebooks that make figures.
PAGES = sorted(
    f"{file.relative_to(ROOT).with_suffix('')}.html"
    for file in ROOT.glob("chapters/*/*.ipynb")
    if "bplib.figures" in file.read_text(encoding="utf-8")
)


# Labels of controls that are not in the label's own figure, and ids that are on the page twice.
ASTRAY = """() => {
  const ids = [...document.querySelectorAll("[data-figure] [id]")].map(e => e.id);
  const labels = [...document.querySelectorAll("[data-figure] label")];
  return [...ids.filter((id, n) => ids.indexOf(id) < n),
    ...labels.filter(e => e.control?.closest("[data-figure]") !== e.closest("[data-figure]"))
      .map(e => e.textContent)];
}"""


def every_figure(page):
    """The figures of a page, each with how to try it and what its author set."""
    for number, place in enumerate(page.locator("[data-figure]").all()):
        reader = Reader(page, number)
        case = CASES[place.get_attribute("data-figure").rpartition(".")[2]]
        figure = case.make(**json.loads(place.get_attribute("data-state")))
        assert_equal_to_bplib(case, figure, reader.shown())
        yield reader, case, figure


@pytest.mark.browser
@pytest.mark.parametrize(("place", "seed"), [("from a file", 8), ("from a server", 9)])
@pytest.mark.parametrize("path", PAGES)
def test_figures_of_the_book(visit, html, path, place, seed):
    with served(html) as server:
        base = html.as_uri() if place == "from a file" else server
        page = visit(f"{base}/{path}", typeset=False)
        assert list(every_figure(page))
        assert page.evaluate(ASTRAY) == []
        for reader, case, figure in every_figure(page):
            answers(reader, case, figure, np.random.default_rng(seed))


def answers(reader, case, figure, generator):
    """The figure follows links and the keyboard, and always shows what bplib calculates."""
    for setting in case.edges[::4] + [case.random(generator) for _ in range(SETTINGS)]:
        there = case.make(**setting)
        reader.follow(there.link().replace(f"#{figure.name}?", f"#{reader.identity()}?"))
        assert_equal_to_bplib(case, there, reader.shown())
        assert reader.live.evaluate(CUT_OFF) == [], there
    reader.button("Reset").click()
    reader.paint()
    assert_equal_to_bplib(case, figure, reader.shown())
    if case.field is None:
        reader.button(case.button).press("Enter")
        reader.paint()
        link = reader.copied().replace(f"#{reader.identity()}?", f"#{figure.name}?")
        assert_equal_to_bplib(case, case.make().from_link(link), reader.shown())
        return
    slider = reader.field(f"{case.field}, slider")
    if slider.count():  # not in the smaller form of a figure
        slider.focus()
        reader.page.keyboard.press("ArrowRight")
        reader.paint()
        link = reader.copied().replace(f"#{reader.identity()}?", f"#{figure.name}?")
        assert_equal_to_bplib(case, case.make().from_link(link), reader.shown())


def test_figures_are_on_the_pages_of_the_notebooks_that_make_them(html):
    found = {
        file.relative_to(html).as_posix()
        for file in html.rglob("*.html")
        if "data-figure=" in file.read_text(encoding="utf-8")
    }
    assert found == set(PAGES) != set()


def test_weight_of_the_book(html):
    for file in html.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        code = figure_code(text, file.parent)
        if "data-figure=" in text:
            limit = LIMIT + FOR_PRACTICE * ('.practice.figure.Practice"' in text)
            assert 0 < len(gzip.compress(code.encode())) < limit, file
        else:
            assert not code, file


# The way from a notebook to a page.

CONF = """
import sys
sys.path[:0] = [{chapters!r}]
extensions = ["myst_nb", "_tools.figures"]
nb_execution_mode = "cache"
nb_ipywidgets_js = {{}}
html_theme = "basic"
"""


@pytest.fixture(scope="module")
def small_book(tmp_path_factory):
    """Two pages, built twice by Sphinx: once run, and once as they are in the cache."""
    folder, source = tmp_path_factory.mktemp("book"), tmp_path_factory.mktemp("source")
    (source / "conf.py").write_text(CONF.format(chapters=str(ROOT / "chapters")))
    write_notebook(
        source / "index.ipynb",
        "from bplib.figures import ChainOfSensitivities\nChainOfSensitivities()",
        "ChainOfSensitivities(x=0.25, activation='tanh')",
    )
    write_notebook(source / "plain.ipynb", "import ipywidgets\nipywidgets.IntSlider()")

    for out in ("run", "cached"):
        command = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html", source, folder / out]
        result = subprocess.run(command, capture_output=True, text=True, cwd=source)
        assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.browser
def test_from_a_notebook_to_a_page(visit, small_book):
    out = small_book / "cached"
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count("export default figure(") == 1
    assert 0 < len(gzip.compress(figure_code(page, out).encode())) < LIMIT
    opened = visit((out / "index.html").as_uri() + "#chain-of-sensitivities-2?y=0.5")
    case = CASES["ChainOfSensitivities"]
    assert_equal_to_bplib(case, case.make(), Reader(opened).shown())
    second = case.make(x=0.25, activation="tanh", y=0.5)
    assert_equal_to_bplib(case, second, Reader(opened, 1).shown())


def test_the_same_page_again(small_book):
    page = (small_book / "run" / "index.html").read_bytes()
    assert (small_book / "cached" / "index.html").read_bytes() == page


def test_a_page_without_a_figure_loads_nothing(small_book):
    plain = (small_book / "run" / "plain.html").read_text(encoding="utf-8")
    assert "figures.js" not in plain
    assert "widget-state" not in plain

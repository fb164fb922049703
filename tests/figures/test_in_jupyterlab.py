"""Figures in JupyterLab, with a kernel."""

import contextlib
import json
import math
import os
import re
import subprocess
import sys
import time
import urllib.request

import numpy as np
import pytest

from .cases import CASES
from .notebook import write_notebook
from .reader import DESK, NUMBERS, PAINTED, assert_equal_to_bplib
from .server import LOCAL

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
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    places += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    own = {place: str(home / place) for place in places}
    (home / "JUPYTER_RUNTIME_DIR").mkdir()
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--port-retries=0"]
    options += ["--IdentityProvider.token=", f"--ServerApp.root_dir={notebooks}"]
    options += ["--LabApp.news_url=None"]
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
            cwd=notebooks,
        )
    try:
        yield wait_for_lab(server, home / "JUPYTER_RUNTIME_DIR", home / "log")
    finally:
        server.terminate()
        server.wait(30)


def wait_for_lab(server, runtime, log):
    for _ in range(600):
        for file in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError):
                address = json.loads(file.read_text())["url"]
                with urllib.request.urlopen(f"{address}api/status"):
                    return address
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


class Notebook:
    """A notebook in JupyterLab, whose cells can be run one after the other."""

    def __init__(self, page):
        self.page = page
        self.cells = page.locator(".jp-Notebook .jp-Cell")
        self.cells.nth(len(LAB_CELLS)).wait_for()
        page.locator("#jp-main-statusbar", has_text="Idle").wait_for()

    def run(self, number):
        cell = self.cells.nth(number)
        cell.locator(".cm-content").click()
        cell.locator(".cm-content.cm-focused, .cm-focused .cm-content").wait_for()
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-OutputArea")


@pytest.mark.browser
def test_in_jupyterlab(browser, lab, name, case):
    context = browser.new_context(viewport=DESK)
    context.route(lambda url: not url.startswith(LOCAL), lambda route: route.abort())
    page = context.new_page()
    # In a workspace of its own: the usual one opens the notebooks of the last visit again.
    page.goto(f"{lab}lab/workspaces/{name}/tree/{name}.ipynb")
    notebook = Notebook(page)
    output = notebook.run(1)
    live = output.locator(".bp-figure-live")
    live.wait_for()
    page.evaluate(PAINTED)
    assert_equal_to_bplib(case, case.make(), live.evaluate(NUMBERS))
    assert live.get_by_role("button", name="Copy link").count() == 0

    notebook.run(2)  # set in Python, seen in the page
    moved = case.make(**case.random(np.random.default_rng(7)))
    expect_state(page, live, case, moved)

    slider = live.get_by_label(f"{case.field}, slider", exact=True)  # and back
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    after = case.make().from_link(notebook.run(3).inner_text().strip())
    assert after.values() != moved.values()
    expect_state(page, live, case, after)

    notebook.run(4).locator(".widget-slider", has_text="ordinary").wait_for()
    context.close()


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

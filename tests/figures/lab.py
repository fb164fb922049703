"""A JupyterLab of the tests' own, with a kernel, and notebooks in it."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.request

from .server import LOCAL

PLACES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
PLACES += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")


@contextlib.contextmanager
def running_lab(home, notebooks):
    """A JupyterLab that shows the folder `notebooks` and keeps its files in `home`; its address."""
    own = {place: str(home / place) for place in PLACES}
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
        yield _address(server, home / "JUPYTER_RUNTIME_DIR", home / "log")
    finally:
        server.terminate()
        server.wait(30)


def _address(server, runtime, log):
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

    def __init__(self, browser, lab, name, cells, viewport):
        """Open the notebook of this name, which has so many cells of code, with the network cut."""
        self.context = browser.new_context(viewport=viewport)
        self.context.route(lambda url: not url.startswith(LOCAL), lambda route: route.abort())
        self.page = self.context.new_page()
        # In a workspace of its own: the usual one opens the notebooks of the last visit again.
        self.page.goto(f"{lab}lab/workspaces/{name}/tree/{name}.ipynb")
        self.cells = self.page.locator(".jp-Notebook .jp-Cell")
        self.cells.nth(cells).wait_for()
        self.page.locator("#jp-main-statusbar", has_text="Idle").wait_for()

    def run(self, number):
        cell = self.cells.nth(number)
        cell.locator(".cm-content").click()
        cell.locator(".cm-content.cm-focused, .cm-focused .cm-content").wait_for()
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-OutputArea")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

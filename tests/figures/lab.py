"""A JupyterLab of the tests' own, with a kernel, and a notebook in it."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.request

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
    # Every cell is there, not only those in sight.
    settings = home / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
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
    """The notebook on a page of JupyterLab, whose cells can be run in any order."""

    def __init__(self, page, cells):
        """Wait for the notebook, which has so many cells of code, and for its kernel."""
        self.page = page
        self.cells = page.locator(".jp-Notebook .jp-Cell")
        self.cells.nth(cells).wait_for()
        page.locator("#jp-main-statusbar", has_text="Idle").wait_for()

    def run(self, number):
        cell = self.cells.nth(number)
        cell.locator(".cm-content").click()
        cell.locator(".cm-content.cm-focused, .cm-focused .cm-content").wait_for()
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-OutputArea")

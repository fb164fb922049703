"""Pytest's own fixture for running pytest, and the browser that the book's tests need."""

import os
import shutil
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HTML = Path(__file__).parents[1] / "_build" / "html"

NO_BROWSER = (
    "The browser tests were skipped: there is no Chromium on this machine. To run them, install "
    "it (Debian, Ubuntu: `apt-get install chromium`), then `make test` again."
)


def find_browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


FROM_DISK = ("file:", "data:", "blob:", "about:")
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium. Without one: skipped, or with BOOK_REQUIRE_BROWSER=1 an error."""
    executable = find_browser()
    if executable is None:
        if os.environ.get("BOOK_REQUIRE_BROWSER") == "1":
            pytest.fail("BOOK_REQUIRE_BROWSER=1, and no Chromium: apt-get install chromium")
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",  # root, as in CI's containers, has no other way
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                # A test waits for frames, not for the screen that would show 60 a second.
                "--disable-frame-rate-limit",
                # The network is cut: only this machine's own servers are found.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield chromium
        chromium.close()


class Window:
    """A page of the browser, what it said (errors and warnings), and what it asked the network."""

    def __init__(self, browser, typeset=True, **kind):
        self.context = browser.new_context(service_workers="block", **kind)
        if not typeset:
            self.context.route("**/mathjax/*.js*", lambda route: route.fulfill(body=""))
        self.page = self.context.new_page()
        self.said, self.asked = [], []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("websocket", lambda socket: self._request(socket.url))

    def _console(self, message):
        # A server's missing icon is none of the page's.
        icon = message.location["url"].endswith("/favicon.ico")
        if message.type in ("error", "warning") and not icon:
            self.said.append(message.text)

    def _request(self, address):
        if not address.startswith(FROM_DISK):
            self.asked.append(address)

    def begin(self, viewport, color_scheme, reduced_motion):
        """As a new window would be."""
        self.said, self.asked = [], []
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(
            media="null", color_scheme=color_scheme, reduced_motion=reduced_motion
        )

    def leave(self):
        """Leave nothing behind for the next test."""
        self.page.evaluate(FORGET)
        self.page.goto("about:blank")


FORGET = """() => {
  if (!["file:", "http:"].includes(location.protocol)) return;
  localStorage.clear();
  sessionStorage.clear();
}"""


class Windows:
    """Windows of one browser, which are used again: to open one takes as long as a short test."""

    def __init__(self, browser):
        self.browser, self.idle, self.open = browser, {}, []

    def take(self, fresh=False, viewport=DESK, color_scheme="null", reduced_motion="null", **kind):
        """A window of a kind: `has_touch`, `java_script_enabled`, `typeset`.

        One that gets a clock of its own, or that has to remember something, has to be fresh.
        Formulas are half of what is on a page: without them (`typeset=False`) it is there sooner.
        """
        key = None if fresh else tuple(sorted(kind.items()))
        idle = self.idle.get(key)
        window = idle.pop() if idle else Window(self.browser, **kind)
        self.open.append((key, window))
        window.begin(viewport, color_scheme, reduced_motion)
        return window

    def give_back(self):
        """All that are open."""
        while self.open:
            key, window = self.open.pop()
            try:
                window.leave()
            except Exception:  # it hangs, or it is closed: the next test gets another
                key = None
            if key is None:
                window.context.close()
            else:
                self.idle.setdefault(key, []).append(window)


@pytest.fixture(scope="session")
def _windows(browser):
    return Windows(browser)


@pytest.fixture
def windows(_windows):
    """Windows of a browser that reaches only this machine."""
    yield _windows
    _windows.give_back()


# MathJax makes dozens of elements for each formula, most of those of a page, and always in the same
# way: axe looks into the first ten of a page, and finds the others empty, but as large as they are.
AXE = """async options => {
  const drawn = [...document.querySelectorAll("mjx-container")].slice(10);
  const kept = drawn.map(e => ({ parts: [...e.childNodes], style: e.style.cssText,
    box: e.getBoundingClientRect() }));
  drawn.forEach((e, n) => {
    const { width, height } = kept[n].box;
    e.style.cssText += `; display: inline-block; width: ${width}px; height: ${height}px`;
    e.replaceChildren();
  });
  const { violations } = await axe.run(options);
  drawn.forEach((e, n) => {
    e.style.cssText = kept[n].style;
    e.replaceChildren(...kept[n].parts);
  });
  return violations;
}"""


@pytest.fixture(scope="session")
def faults():
    """A function that says, in short, what axe-core finds wrong with a page."""
    from axe_playwright_python.base import AXE_SCRIPT

    # It would look for what a style sheet imports beside the page, which is not there.
    options = {"preload": False, "resultTypes": ["violations"]}
    of_colours = {"runOnly": ["color-contrast", "link-in-text-block"]}

    def found(page, only_colours=False):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        violations = page.evaluate(AXE, options | (of_colours if only_colours else {}))
        return [
            f"{fault['id']}: {node['html'][:150]}"
            for fault in violations
            for node in fault["nodes"]
        ]

    return found


@pytest.fixture(scope="session")
def html():
    """The folder of the built book."""
    assert HTML.is_dir(), "the book is not built: run `make book` first"
    return HTML


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.write_line("")
        terminalreporter.write_line(NO_BROWSER, yellow=True)

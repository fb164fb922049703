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
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def faults():
    """A function that says, in short, what axe-core finds wrong with a page."""
    from axe_playwright_python.base import AXE_SCRIPT

    # It would look for what a style sheet imports beside the page, which is not there.
    options = {"preload": False, "resultTypes": ["violations"]}

    def found(page):
        page.evaluate(AXE_SCRIPT)
        violations = page.evaluate("async options => (await axe.run(options)).violations", options)
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

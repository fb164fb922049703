"""Pages with figures, and a browser that reaches only this machine."""

import pytest
from _tools.figures.preview import page as page_with

from .cases import CASES
from .reader import DESK
from .server import LOCAL, served


def complaint(message):
    """Whether the console was told of a fault; a server's missing icon is none of the page's."""
    address = message.location["url"]
    return message.type in ("error", "warning") and not address.endswith("/favicon.ico")


@pytest.fixture
def visit(browser):
    """Opens pages in a browser that reaches only this machine; console messages are failures."""
    contexts, said = [], []

    def open_page(address, viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, service_workers="block", **options)
        contexts.append(context)
        context.route(
            lambda url: not url.startswith(LOCAL),
            lambda route: (said.append(f"asked for {route.request.url}"), route.abort()),
        )
        page = context.new_page()
        page.on("console", lambda message: complaint(message) and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A folder with a page for each kind of figure."""
    folder = tmp_path_factory.mktemp("figures")
    for name, case in CASES.items():
        (folder / f"{name}.html").write_text(page_with([case.make()]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["from a file", "from a server"])
def address(request, pages):
    """Where a kind of figure is to be found."""
    if request.param == "from a file":
        yield lambda name: (pages / f"{name}.html").as_uri()
    else:
        with served(pages) as server:
            yield lambda name: f"{server}/{name}.html"


@pytest.fixture
def on_file(pages):
    return lambda name: (pages / f"{name}.html").as_uri()


@pytest.fixture(params=CASES)
def name(request):
    return request.param


@pytest.fixture
def case(name):
    return CASES[name]

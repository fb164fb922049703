"""Pages with figures, and how to visit them."""

import pytest
from _tools.figures.preview import page as page_with

from .cases import CASES
from .server import LOCAL, served


@pytest.fixture
def visit(windows):
    """Opens pages in a browser that reaches only this machine; console messages are failures."""
    opened = []

    def open_page(address, **options):
        opened.append(windows.take(**options))
        opened[-1].page.goto(address)
        return opened[-1].page

    yield open_page
    for window in opened:
        assert window.said == []
        assert [address for address in window.asked if not address.startswith(LOCAL)] == []


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """A folder with a page for each kind of figure."""
    folder = tmp_path_factory.mktemp("figures")
    for name, case in CASES.items():
        (folder / f"{name}.html").write_text(page_with([case.make()]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session", params=["from a file", "from a server"])
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

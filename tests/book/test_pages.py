"""The built book is whole, leads nowhere wrong, and needs nothing from elsewhere."""

import os
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author"}  # <link rel=...>


class Page(HTMLParser):
    """The ids of a page, the links in it, and what it loads."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag in LOADED and attributes.get("rel") not in NOT_LOADED:
            self.loaded.append(attributes.get(LOADED[tag]) or "")


@cache
def read(path):
    return Page(path.read_text(encoding="utf-8"))


def test_page_of_the_contents_is_in_the_book(html, page):
    assert (html / page).is_file()


def test_index_opens_the_first_page(html):
    assert 'url=chapters/welcome/welcome.html"' in (html / "index.html").read_text()


def test_page_loads_nothing_from_elsewhere(html, page):
    for address in read(html / page).loaded:
        parts = urlsplit(address)
        assert parts.scheme in ("", "data"), address
        assert not parts.netloc, address
        if parts.path and not parts.scheme:
            assert ((html / page).parent / unquote(parts.path)).is_file(), address


def test_links_inside_the_book_lead_somewhere(html, page):
    """MyST and Sphinx warn of most broken links; this reads the HTML, so it misses none."""
    here = html / page
    broken = []
    for link in read(here).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        there = (here.parent / unquote(parts.path)).resolve() if parts.path else here
        anchor = unquote(parts.fragment) if there.suffix == ".html" else ""
        if not there.is_file() or (anchor and anchor not in read(there).ids):
            broken.append(link)
    assert broken == []


def test_buttons_that_need_a_repository_are_there_only_with_one(html, page):
    text = (html / page).read_text(encoding="utf-8")
    repository = os.environ.get("BOOK_REPOSITORY_URL")  # as in the build just before
    assert "executablebooks/jupyter-book" not in text
    if repository:
        assert f'href="{repository}' in text
    else:
        assert "btn-source-" not in text
        assert "mybinder" not in text

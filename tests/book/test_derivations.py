"""Derivations in a page: every line there without a script, then one at a time as well."""

import re
from functools import cache
from html import unescape

import pytest

from bplib.symbolic import Calculation, lines
from bplib.symbolic.page.html import FOLDER, derivation_html, undressed

from .test_browser import DESK, PHONE

# What must be in the book (a name is the first part of the lines' addresses).
NEEDED = {
    "sigmoid-slope",
    "tanh-slope",
    "softmax-slope",
    "softmax-delta",
    "cross-entropy-delta",
    "half-squared-delta",
    "two-one-one",
    "side-by-side",
    "previous-activation",
    "cut-anywhere",
    "weight-gradient",
    "bias-gradient",
    "hidden-delta",
    "update",
    "mean-gradient",
    "steepest-way",
}

LINES = re.compile(r'<li data-step="([^"]*)" id="([\w-]+)">')
LISTS = re.compile(r'<ol class="bp-derivation" data-derivation="([\w-]+)">(.*?)</ol>', re.DOTALL)


@cache
def derivations(file):
    """The derivations of a built page: name -> the pairs (step, address) of its lines."""
    return [
        (name, [(unescape(step), address) for step, address in LINES.findall(inside)])
        for name, inside in LISTS.findall(file.read_text(encoding="utf-8"))
    ]


def test_lines_stand_in_the_page_in_order_with_an_address_each(html, page):
    found = derivations(html / page)
    addresses = [address for _, own in found for _, address in own]
    assert len(addresses) == len(set(addresses))
    for name, own in found:
        assert [address for _, address in own] == [f"{name}-{k + 1}" for k in range(len(own))]
    text = (html / page).read_text(encoding="utf-8")
    assert "NOT PROVED" not in text
    assert "bp-dress" not in text
    assert ("derivation.js" in text) == bool(found)
    assert ("derivation.css" in text) == bool(found)


def test_the_derivations_that_a_reader_needs_are_in_the_book(html):
    found = {name for page in html.glob("chapters/*/*.html") for name, _ in derivations(page)}
    assert {need for need in NEEDED if not any(n.startswith(need) for n in found)} == set()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A page with nothing but derivations."""
    made = [lines.hidden_delta(), lines.sigmoid_slope(), lines.two_one_one()]
    numbers = Calculation([[[0.4, -0.6]], [[0.7]]], [[0.1], [-0.2]], [1, 0.5], [1], 0.5)
    body = [derivation_html(d) for d in made] + [undressed(numbers._repr_html_())]
    file = tmp_path_factory.mktemp("derivations") / "page.html"
    file.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Lines</title>"
        '<meta name=viewport content="width=device-width">'
        f"<style>{(FOLDER / 'derivation.css').read_text()}</style>"
        f"<main><h1>Lines</h1>{''.join(body)}</main>"
        f"<script>{(FOLDER / 'derivation.js').read_text()}</script></html>",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def visit(windows, file):
    opened = []

    def open_page(fragment="", **options):
        opened.append(windows.take(**options))
        opened[-1].page.goto(file.as_uri() + fragment)
        return opened[-1].page

    yield open_page
    assert [message for window in opened for message in window.said] == []


def frame(page, name):
    return page.locator(f".bp-derivation-frame:has([data-derivation^='{name}'])")


def seen(place):
    return place.locator(".bp-derivation > li:visible").count()


@pytest.mark.browser
def test_without_javascript_all_lines_stand_there(visit):
    page = visit(java_script_enabled=False)
    for name, count in (("hidden-delta", 9), ("sigmoid-slope", 8)):
        assert seen(frame(page, name)) == count
    assert page.get_by_role("button").count() == 0
    page.locator("details.bp-proof").first.locator("summary").click()
    assert page.locator(".bp-program:visible").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("by", ["mouse", "key", "touch"])
def test_one_line_at_a_time(visit, by):
    page = visit(has_touch=by == "touch")
    place = frame(page, "hidden-delta")

    def press(name):
        button = place.get_by_role("button", name=name)
        if by == "key":
            button.focus()
            page.keyboard.press("Enter")
        elif by == "touch":
            button.tap()
        else:
            button.click()

    assert seen(place) == 9
    press("One line at a time")
    assert seen(place) == 1
    assert seen(frame(page, "sigmoid-slope")) == 8, "each derivation has a pace of its own"
    press("Hint: the reason")
    status = place.get_by_role("status")
    assert "chain rule" in status.inner_text()
    for count in range(2, 10):
        assert seen(place) == count - 1
        press("What comes next?")
        assert seen(place) == count
        assert status.inner_text() == f"Line {count} of 9"
    assert not place.get_by_role("button", name="Hint").is_visible()
    press("Back")
    assert seen(place) == 8
    press("What comes next?")
    press("From the start")
    assert seen(place) == 1
    assert not place.get_by_role("button", name="Back").is_visible()
    press("All lines")
    assert seen(place) == 9


@pytest.mark.browser
def test_arrow_keys(visit):
    page = visit()
    place = frame(page, "sigmoid-slope")
    place.get_by_role("button", name="One line at a time").click()
    for key, count in (
        ("ArrowRight", 2),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", 8),
        ("ArrowRight", 8),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        page.keyboard.press(key)
        assert seen(place) == count
    assert seen(frame(page, "hidden-delta")) == 9


@pytest.mark.browser
def test_a_calculation_has_the_same_pace(visit):
    page = visit()
    place = frame(page, "calculation-2-1-1")
    whole = seen(place)
    assert place.get_by_text("the same with bplib").is_visible()
    place.get_by_role("button", name="One line at a time").click()
    assert not place.get_by_text("the same with bplib").is_visible()
    for given in range(2, 8):
        place.get_by_role("button", name="What comes next?").click()
        assert seen(place) == given
    line = place.locator("#calculation-2-1-1-forward-1")
    place.get_by_role("button", name="What comes next?").click()
    assert line.locator(".math:visible").count() == 1, "the rule, to be worked out by the reader"
    place.get_by_role("button", name="What comes next?").click()
    assert line.locator(".math:visible").count() == line.locator(".math").count() == 4
    page.keyboard.press("End")
    assert seen(place) == whole
    assert place.get_by_text("the same with bplib").is_visible()


@pytest.mark.browser
def test_what_is_only_defined_is_there_from_the_start(visit):
    page = visit()
    place = frame(page, "two-one-one")
    place.get_by_role("button", name="One line at a time").click()
    assert seen(place) == 5
    place.get_by_role("button", name="What comes next?").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert seen(place) == 5


@pytest.mark.browser
def test_the_address_of_a_line_uncovers_it(visit):
    page = visit("#hidden-delta-5")
    place = frame(page, "hidden-delta")
    assert page.evaluate("document.querySelector(':target').dataset.step") == "two links"
    place.get_by_role("button", name="One line at a time").click()
    page.evaluate("location.hash = '#hidden-delta-7'")
    page.wait_for_function("document.querySelector('#hidden-delta-7').checkVisibility()")
    assert seen(place) == 7
    box = page.locator("#hidden-delta-7").bounding_box()
    assert 0 <= box["y"] < DESK["height"]


@pytest.mark.browser
def test_in_print_all_lines_stand_there_and_no_button(visit):
    page = visit()
    place = frame(page, "hidden-delta")
    place.get_by_role("button", name="One line at a time").click()
    page.emulate_media(media="print")
    assert seen(place) == 9
    assert page.get_by_role("button").count() == 0
    assert page.locator("summary:visible").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everyone_can_use_it(visit, faults, size):
    page = visit()
    page.set_viewport_size(size)
    frame(page, "hidden-delta").get_by_role("button", name="One line at a time").click()
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true; }")
    assert faults(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


@pytest.mark.browser
def test_all_code_is_shown_or_hidden_and_that_is_remembered(windows, html):
    lesson = (html / "chapters/generalized_delta/generalized_delta.html").as_uri()
    other = (html / "chapters/chain_rule/chain_rule.html").as_uri()
    page = windows.take(fresh=True).page
    page.goto(lesson)
    folded = page.locator("details.hide")
    opened = "document.querySelectorAll('details.hide[open]').length"
    assert folded.count() > 3
    assert page.evaluate(opened) == 0
    page.get_by_role("button", name="Show all code").click()
    assert page.evaluate(opened) == folded.count()
    page.goto(other)
    assert page.evaluate(opened) == page.locator("details.hide").count() > 0
    page.get_by_role("button", name="Hide all code").click()
    assert page.evaluate(opened) == 0
    assert page.locator("div.cell_input:visible").count() == 0
    page.goto(lesson)
    assert page.locator("div.cell_input:visible").count() == 0
    page.get_by_role("button", name="Code as written").click()
    assert page.evaluate(opened) == 0
    assert page.locator("div.cell_input:visible").count() > 0
    page.reload()
    page.get_by_role("button", name="Show all code").click()
    assert page.locator("div.cell_input:visible").count() > 3

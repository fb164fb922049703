"""A figure as a reader meets it: in a page without a kernel and without a network."""

import numpy as np
import pytest

from bplib import figures

from .cases import CASES
from .looks import LOOKS, SEE, Seen
from .reader import Reader, assert_equal_to_bplib

SETTINGS = 50
LOOKED_AT = 15  # of them, and every state at an edge


def test_every_figure_is_tried():
    assert set(CASES) == set(LOOKS) == set(figures.__all__)


@pytest.mark.browser
def test_numbers_and_looks_are_those_of_bplib(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    assert_equal_to_bplib(case, case.make(), reader.shown())
    generator = np.random.default_rng(5)
    settings = case.edges + [case.random(generator) for _ in range(SETTINGS)]
    for number, setting in enumerate(settings):
        figure = case.make(**setting)
        reader.follow(figure.link())
        assert_equal_to_bplib(case, figure, reader.shown())
        if number < len(case.edges) + LOOKED_AT:
            assert_true_looks(name, figure, reader)


def assert_true_looks(name, figure, reader):
    """Words, colours, dashes and marks are true of the numbers, too."""
    try:
        LOOKS[name](figure, Seen(reader.live.evaluate(SEE)))
    except AssertionError as error:
        error.add_note(f"in the state {figure}")
        raise


@pytest.mark.browser
def test_keyboard_and_pointer(visit, address, name, case):
    reader = Reader(visit(address(name)))
    before = reader.shown()
    if case.field is None:
        by_button(reader, case, before)
        return
    slider = reader.field(f"{case.field}, slider")
    slider.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.paint()
    by_key = reader.shown()
    assert by_key != before
    assert reader.field(case.field).input_value() == slider.input_value()
    assert_equal_to_bplib(case, case.make().from_link(reader.copied()), by_key)

    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    reader.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=3)
    reader.page.mouse.up()
    reader.paint()
    by_pointer = reader.shown()
    assert by_pointer != by_key
    assert_equal_to_bplib(case, case.make().from_link(reader.copied()), by_pointer)

    reader.button("Reset").click()
    reader.paint()
    assert reader.shown() == before


def by_button(reader, case, before):
    """The same for a figure whose numbers a button changes."""
    button, seen = reader.button(case.button), [before]
    for press in (lambda: button.press("Enter"), lambda: button.press("Space"), button.click):
        press()
        reader.paint()
        seen.append(reader.shown())
        assert seen[-1] not in seen[:-1]
        assert_equal_to_bplib(case, case.make().from_link(reader.copied()), seen[-1])
    reader.button("Reset").click()
    reader.paint()
    assert reader.shown() == before


@pytest.mark.browser
def test_a_state_has_an_address(visit, address, name, case):
    figure = case.make(**case.random(np.random.default_rng(6)))
    reader = Reader(visit(figure.link(address(name))))
    assert_equal_to_bplib(case, figure, reader.shown())
    link = reader.copied()
    assert link.partition("#")[0] == address(name)
    assert type(figure).from_link(link).values() == figure.values()
    scope = {}
    imports, _, call = reader.copied("Python").rpartition("\n")
    exec(imports, scope)
    assert eval(call, scope).values() == figure.values()
    reader.button("Reset").click()
    assert type(figure).from_link(reader.copied()).values() == case.make().values()


@pytest.mark.browser
def test_a_bad_link_changes_nothing(visit, on_file, name, case):
    before = Reader(visit(on_file(name))).shown()
    first = next(iter(case.make().values()))
    reader = Reader(visit(f"{on_file(name)}#{case.make().name}?{first}=nonsense"))
    reader.page.wait_for_timeout(600)  # the message is not replaced by the state's words
    assert "nothing was changed" in reader.words()
    assert "nothing was changed" in reader.status.text_content()
    assert reader.shown() == before
    for query in ("nonsense=1", f"{first}=nonsense", f"{first}=", f"{first}=1e999", "%ff=1"):
        reader.follow(f"#{case.make().name}?{query}")
        assert "nothing was changed" in reader.status.text_content()
        assert reader.shown() == before


@pytest.mark.browser
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.field])
def test_a_bad_number_changes_nothing(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    before, link = reader.shown(), reader.copied()
    field = reader.field(case.field)
    good = field.input_value()
    for typed in ("1e", "-", "1e30", "0,5", "two", ""):
        field.fill("")
        field.press_sequentially(typed)
        field.press("Enter")
        reader.paint()
        assert reader.copied() == link
        assert reader.shown() == before
        field.focus()
        assert field.get_attribute("aria-invalid") == "true"
        message = reader.page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
        assert "expected a number" in message.text_content()
        assert message.is_visible()
        field.press("Escape")
        assert field.input_value() == good
        assert field.get_attribute("aria-invalid") is None
        assert not message.text_content()
    field.fill("two")
    reader.button("Reset").click()
    assert field.input_value() == good
    assert field.get_attribute("aria-invalid") is None

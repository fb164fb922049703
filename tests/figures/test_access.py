"""Figures for everyone: said in words, without JavaScript, in print, on a phone, to axe-core."""

import numpy as np
import pytest

from .reader import CUT_OFF, PHONE, SMALLEST_TEXT, TOO_WIDE, Reader


@pytest.mark.browser
def test_the_state_is_said_in_words(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    before = reader.status.text_content()
    assert before
    for setting in case.edges[::3]:  # it is said after a pause, so each takes half a second
        reader.follow(case.make(**setting).link())
        reader.page.wait_for_timeout(500)
        assert "undefined" not in reader.status.text_content()
        assert "NaN" not in reader.live.text_content()


@pytest.mark.browser
def test_without_javascript(visit, on_file, name, case):
    page = visit(on_file(name), java_script_enabled=False)
    assert page.locator("[data-figure] svg").is_visible()
    assert page.get_by_text(case.make().description()).is_visible()
    assert page.locator(".bp-figure-live").count() == 0


@pytest.mark.browser
def test_in_print(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    still = reader.place.locator(".bp-figure-still")
    assert not still.is_visible()
    reader.page.emulate_media(media="print")
    assert still.is_visible()
    assert not reader.live.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(visit, on_file, faults, name, case, scheme):
    reader = Reader(visit(on_file(name), color_scheme=scheme))
    for details in reader.live.locator("details").all():
        details.evaluate("e => { e.open = true; }")
    assert faults(reader.page) == []
    reader.page.set_viewport_size(PHONE)
    reader.paint()
    assert faults(reader.page) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 720, 1920], ids=["phone", "book", "projector"])
def test_everything_can_be_read(visit, on_file, name, case, width):
    reader = Reader(visit(on_file(name), viewport={"width": width, "height": 900}))
    for details in reader.live.locator("details").all():
        details.evaluate("e => { e.open = true; }")
    settings = case.edges + [case.random(np.random.default_rng(n)) for n in range(20)]
    for setting in [{}, *(settings if width < 1000 else [])]:
        if setting:
            reader.follow(case.make(**setting).link())
        reader.paint()
        assert reader.page.evaluate(TOO_WIDE) <= 0, setting
        assert reader.live.evaluate(SMALLEST_TEXT) >= 11, setting
        assert reader.live.evaluate(CUT_OFF) == [], setting

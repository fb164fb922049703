"""What is special about descent on the error surface: the map, the run, the largest rate."""

import re
from datetime import datetime

import numpy as np
import pytest

from bplib.figures.descent.surfaces import SURFACES

from .cases import CASES
from .reader import PHONE, Reader, assert_equal_to_bplib

CASE = CASES["DescentOnSurface"]

# The plotted part of the map and its lines, in pixels of the map.
MAP = """map => {
  const box = map.querySelector("svg svg");
  const numbers = ["x", "y", "width", "height"].map(name => Number(box.getAttribute(name)));
  const contours = [...box.querySelectorAll("path")].map(path => path.getAttribute("d"));
  return { box: numbers, contours };
}"""


class Map:
    """The map of a figure on a page: where weights are on the screen, and which lines it has."""

    def __init__(self, reader):
        self.reader = reader
        self.element = reader.live.locator(".bp-descent-map")
        surface = reader.live.get_by_label("Surface").evaluate(
            "e => e.options[e.selectedIndex]._value"
        )
        self.surface = SURFACES[surface]
        found = self.element.evaluate(MAP)
        self.box, self.contours = found["box"], found["contours"]

    def weights(self, points):
        """The weights at points given in pixels of the map."""
        x, y, width, height = self.box
        left, right, bottom, top = self.surface.view
        across, down = np.moveaxis(np.asarray(points, dtype=float), -1, 0)
        return np.stack(
            [
                left + (across - x) / width * (right - left),
                top - (down - y) / height * (top - bottom),
            ],
            axis=-1,
        )

    def on_screen(self, w):
        x, y, width, height = self.box
        left, right, bottom, top = self.surface.view
        place = self.element.bounding_box()
        return (
            place["x"] + x + (w[0] - left) / (right - left) * width,
            place["y"] + y + (top - w[1]) / (top - bottom) * height,
        )


def points_of(path):
    return np.array([pair.split() for pair in re.findall(r"[ML]([^MLZ]+)", path)], dtype=float)


@pytest.fixture
def reader(visit, on_file):
    reader = Reader(visit(on_file("DescentOnSurface")))
    reader.live.scroll_into_view_if_needed()
    return reader


def state_of(reader):
    return CASE.make().from_link(reader.copied()).values()


@pytest.mark.browser
@pytest.mark.parametrize("surface", SURFACES)
def test_contours_are_lines_of_equal_error(reader, surface):
    reader.follow(CASE.make(surface=surface).link())
    drawn = Map(reader)
    left, right, bottom, top = drawn.surface.view
    pixel = (right - left) / drawn.box[2]
    for path, level in zip(drawn.contours, drawn.surface.levels, strict=True):
        w = drawn.weights(points_of(path))
        w = w[(w[:, 0] > left) & (w[:, 0] < right) & (w[:, 1] > bottom) & (w[:, 1] < top)]
        assert len(w) > 1
        for point in w[::7]:
            net = drawn.surface.network(point)
            slope = np.linalg.norm(drawn.surface.backward(net).vector)
            assert abs(drawn.surface.error(point) - level) < 2 * pixel * slope, (level, point)


@pytest.mark.browser
@pytest.mark.parametrize("surface", SURFACES)
def test_contours_are_around_all_that_is_higher(reader, surface):
    """At a point as many of the filled lines lie over each other as there are levels below E."""
    reader.follow(CASE.make(surface=surface).link())
    drawn = Map(reader)
    x, y, width, height = drawn.box
    points = np.random.default_rng(3).uniform([x, y], [x + width, y + height], size=(300, 2))
    covered = drawn.element.evaluate(
        """(map, points) => points.map(([x, y]) =>
          [...map.querySelectorAll("svg svg")[0].querySelectorAll("path")]
            .map(path => path.isPointInFill(new DOMPoint(x, y))))""",
        points.tolist(),
    )
    levels = np.array(drawn.surface.levels)
    pixel = (drawn.surface.view[1] - drawn.surface.view[0]) / width
    compared = 0
    for w, inside in zip(drawn.weights(points), covered, strict=True):
        net = drawn.surface.network(w)
        backward_pass = drawn.surface.backward(net)
        margin = 3 * pixel * np.linalg.norm(backward_pass.vector)
        clear = np.abs(levels - backward_pass.error) > margin
        compared += clear.sum()
        assert (np.array(inside) == (backward_pass.error > levels))[clear].all(), w
    assert compared > 0.8 * len(points) * len(levels)


@pytest.mark.browser
def test_contours_are_drawn_once_a_surface(reader):
    reader.page.evaluate(
        """() => {
          const ground = document.querySelector(".bp-descent-map svg");
          const seen = () => drawn++;
          window.drawn = 0;
          new MutationObserver(seen).observe(ground, { subtree: true, childList: true,
            attributes: true });
        }"""
    )
    reader.field("learning rate η, slider").press("ArrowRight")
    reader.field("start, weight 1, slider").press("ArrowRight")
    reader.button("Step").click()
    reader.paint()
    assert reader.page.evaluate("drawn") == 0
    reader.live.get_by_label("Surface").select_option(index=1)
    reader.paint()
    assert reader.page.evaluate("drawn") > 0


@pytest.mark.browser
@pytest.mark.parametrize("surface", SURFACES)
def test_the_arrow_is_the_next_step(reader, surface):
    """It ends at the next point of the path, at right angles to the contour."""
    settings = {"surface": surface, "start": [-1.0, 1.5], "eta": 1.0}
    reader.follow(CASE.make(**settings, steps=1).link())
    drawn = Map(reader)
    head = reader.live.locator(".bp-descent-moving path").nth(3).get_attribute("d")
    tip = drawn.weights(points_of(head)[0])
    path = CASE.make(**settings, steps=2).path()
    pixel = (drawn.surface.view[1] - drawn.surface.view[0]) / drawn.box[2]
    assert np.abs(tip - path[2]).max() < pixel
    _, _, width, height = drawn.box
    left, right, bottom, top = drawn.surface.view
    assert width / (right - left) == pytest.approx(height / (top - bottom), rel=0.01)


@pytest.mark.browser
def test_a_click_sets_the_start(reader):
    reader.page.mouse.click(*Map(reader).on_screen((2.5, 1.0)))
    reader.paint()
    state = state_of(reader)
    assert state["start"] == pytest.approx((2.5, 1.0), abs=0.04)
    assert state["steps"] == 0
    assert_equal_to_bplib(CASE, CASE.make(**state), reader.shown())


@pytest.mark.browser
def test_dragging_moves_the_start_within_the_picture(reader):
    drawn = Map(reader)
    reader.page.mouse.move(*drawn.on_screen((-1.5, 2.0)))
    reader.page.mouse.down()
    reader.page.mouse.move(*drawn.on_screen((0.0, 0.0)), steps=4)
    reader.paint()
    assert float(reader.field("start, weight 1").input_value()) == pytest.approx(0, abs=0.04)
    reader.page.mouse.move(*drawn.on_screen((30.0, 3.0)), steps=4)
    reader.page.mouse.up()
    reader.page.mouse.move(*drawn.on_screen((1.0, 1.0)))
    reader.paint()
    state = state_of(reader)
    assert state["start"] == pytest.approx((drawn.surface.view[1], 3.0), abs=0.04)
    assert_equal_to_bplib(CASE, CASE.make(**state), reader.shown())


@pytest.mark.browser
def test_a_tap_sets_the_start(visit, on_file):
    page = visit(on_file("DescentOnSurface"), viewport=PHONE, has_touch=True)
    reader = Reader(page)
    Map(reader).element.scroll_into_view_if_needed()
    page.touchscreen.tap(*Map(reader).on_screen((3.0, -2.0)))
    reader.paint()
    assert state_of(reader)["start"] == pytest.approx((3.0, -2.0), abs=0.06)


@pytest.mark.browser
def test_presets_and_surfaces(reader):
    for name, surface in SURFACES.items():
        reader.live.get_by_label("Surface").select_option(label=surface.title)
        reader.paint()
        right = surface.presets["right"]
        assert state_of(reader) == {"surface": name, "start": right[0], "eta": right[1], "steps": 0}
        slider = reader.field("learning rate η, slider")
        assert float(slider.input_value()) == right[1]
        assert float(slider.get_attribute("max")) == surface.rates
        for preset, (start, eta) in surface.presets.items():
            button = reader.button(preset.capitalize())
            button.click()
            reader.paint()
            state = state_of(reader)
            assert state == {"surface": name, "start": start, "eta": eta, "steps": 0}
            assert button.get_attribute("aria-pressed") == "true"
            assert_equal_to_bplib(CASE, CASE.make(**state), reader.shown())


@pytest.mark.browser
def test_step_by_step_by_keyboard(reader):
    """From the surface to the end of a few steps without a pointer."""
    page = reader.page
    page.keyboard.press("Tab")
    while not reader.button("Right").evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    while not reader.button("Step").evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Enter")
        reader.paint()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    reader.paint()
    reader.live.get_by_text("After 2 steps with η = 1.5").wait_for()
    state = state_of(reader)
    assert (state["eta"], state["steps"]) == (1.5, 2)
    assert_equal_to_bplib(CASE, CASE.make(**state), reader.shown())
    reader.button("To start").press("Enter")
    reader.paint()
    assert state_of(reader)["steps"] == 0
    for name in ("Back", "To start"):
        assert reader.button(name).get_attribute("aria-disabled") == "true"


@pytest.mark.browser
def test_running(visit, on_file):
    page = visit("about:blank", fresh=True)  # with a clock of its own
    page.clock.install(time=datetime(2026, 1, 1))
    page.goto(on_file("DescentOnSurface"))
    page.clock.pause_at(datetime(2026, 1, 2))
    run = page.get_by_role("button", name="Run", exact=True)
    pause = page.get_by_role("button", name="Pause", exact=True)
    steps = page.get_by_label("steps taken", exact=True)
    page.get_by_role("button", name="Right", exact=True).click()
    page.clock.run_for(2000)
    assert steps.input_value() == "0"  # nothing plays by itself
    run.click()
    page.clock.run_for(350)
    assert steps.input_value() == "4"
    assert "After 4 steps" in page.locator(".bp-status").text_content()  # not only at the end
    pause.click()
    page.clock.run_for(1000)
    assert steps.input_value() == "4"
    run.click()
    page.clock.run_for(150)
    page.get_by_role("button", name="Too small", exact=True).click()  # this pauses, too
    page.clock.run_for(1000)
    assert steps.input_value() == "0"
    page.get_by_role("button", name="Right", exact=True).click()
    page.clock.run_for(100)
    run.click()
    page.clock.run_for(5000)
    lengths = [step_length(n) for n in range(30)]
    assert int(steps.input_value()) == next(n for n in range(30) if lengths[n] < 1e-5)
    assert run.get_attribute("aria-disabled") == "true"


def step_length(steps):
    return np.linalg.norm(1.5 * CASE.make(eta=1.5, steps=steps).gradient())


@pytest.mark.browser
def test_running_without_motion(visit, on_file):
    reader = Reader(visit(on_file("DescentOnSurface"), reduced_motion="reduce"))
    reader.button("Right").click()
    reader.paint()
    reader.button("Run").click()
    reader.paint()
    taken = state_of(reader)["steps"]
    assert step_length(taken) < 1e-5 <= step_length(taken - 1)
    assert reader.button("Pause").count() == 0


@pytest.mark.browser
def test_diverging(reader):
    reader.follow(CASE.make(eta=3.7, steps=500).link())
    reader.live.get_by_text("It diverges: a weight is beyond a million.").wait_for()
    assert reader.live.get_by_text("leaves the picture").is_visible()
    for name in ("Step", "Run"):
        assert reader.button(name).get_attribute("aria-disabled") == "true"
    reader.button("Back").click()
    reader.paint()
    assert state_of(reader)["steps"] == 27
    factor = reader.shown()["factor2"][0]
    assert factor < -1
    bad = reader.live.locator(".bp-descent-bad")
    assert bad.get_attribute("data-name") == "factor2"

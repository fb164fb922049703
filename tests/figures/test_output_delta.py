"""What only the figure of δ does: its curves can be dragged, and its unit learns."""

import pytest

from .cases import CASES
from .reader import Reader, assert_equal_to_bplib

NAME = "WhatDeltaMeans"
CASE = CASES[NAME]


@pytest.fixture
def reader(visit, on_file):
    return Reader(visit(on_file(NAME)))


def figure_of(reader):
    """The figure as it stands, whose numbers are those of bplib."""
    figure = CASE.make.from_link(reader.copied())
    assert_equal_to_bplib(CASE, figure, reader.shown())
    return figure


def drag(reader, label, selector, dx, dy, at=0.5):
    picture = reader.live.get_by_role("img", name=label)
    picture.scroll_into_view_if_needed()
    box = picture.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] * at, box["y"] + box["height"] / 2
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x + dx, y + dy, steps=4)
    reader.page.mouse.up()
    reader.paint()


OUTPUT = "The output over the weighted input; drag the point or the target"


@pytest.mark.browser
def test_the_point_and_the_target_can_be_dragged(reader):
    drag(reader, OUTPUT, "circle[fill=transparent]", 60, 0)
    moved = figure_of(reader)
    assert moved.z > 0
    assert moved.y == 1
    drag(reader, OUTPUT, "line[stroke=transparent]", 0, 50, at=0.2)
    lowered = figure_of(reader)
    assert lowered.z == moved.z
    assert 0 < lowered.y < 1
    drag(reader, OUTPUT, "line[stroke=transparent]", 0, 400, at=0.2)
    assert figure_of(reader).y == 0  # no further


@pytest.mark.browser
def test_the_target_stays_within_the_reach_of_the_activation(reader):
    reader.button("Identity, half squared").press("Enter")
    field = reader.field("target y")
    field.fill("-5")
    field.press("Enter")
    reader.paint()
    assert figure_of(reader).y == -5
    assert reader.field("target y, slider").get_attribute("min") == "-8"
    reader.button("Sigmoid, cross-entropy").press("Enter")
    reader.paint()
    figure = figure_of(reader)
    assert (figure.y, figure.activation) == (0, "sigmoid")
    assert figure.error == "binary_cross_entropy"
    field.fill("2")
    field.press("Enter")
    assert figure_of(reader).values() == figure.values()
    assert "expected a number from 0 to 1 for sigmoid" in reader.live.text_content()


@pytest.mark.browser
def test_a_confident_mistake_is_learnt_with_cross_entropy_only(reader):
    reader.button("Confident and wrong").press("Enter")
    reader.paint()
    figure = figure_of(reader)
    assert (figure.z, figure.y) == (-8, 1)
    shown = {name: number for name, (number, _) in reader.shown().items()}
    assert abs(shown["delta half_squared"]) < 0.001
    assert abs(shown["delta binary_cross_entropy"]) > 0.999
    assert shown["needs half_squared"] > 100 * shown["needs binary_cross_entropy"]
    reader.button("Confident and right").press("Enter")
    reader.paint()
    assert reader.shown()["needs half_squared"][0] == 0


@pytest.mark.browser
def test_it_learns_update_by_update(reader):
    for _ in range(3):
        reader.button("One update").press("Enter")
        reader.paint()
    assert figure_of(reader).updates == 3
    slider = reader.field("weighted input z, slider")
    slider.press("ArrowRight")
    reader.paint()
    assert figure_of(reader).updates == 0  # from there it has not learnt yet
    reader.button("One update").press("Enter")
    reader.button("Back to the start").press("Enter")
    reader.paint()
    assert figure_of(reader).updates == 0


@pytest.mark.browser
def test_it_learns_until_it_is_near_the_target(reader):
    reader.button("Identity, half squared").press("Enter")
    reader.button("Confident and wrong").press("Enter")
    reader.paint()
    reader.button("Let it learn").press("Enter")
    reader.button("Pause").wait_for()
    reader.button("Let it learn").wait_for()
    figure = figure_of(reader)
    assert figure.updates == CASE.numbers(figure)["needs half_squared"] > 1
    assert abs(reader.shown()["gap"][0]) < 0.1
    assert reader.button("Let it learn").get_attribute("aria-disabled") == "true"


@pytest.mark.browser
def test_a_run_can_be_paused_and_ends_when_something_else_is_changed(reader):
    reader.button("Let it learn").press("Enter")
    reader.button("Pause").press("Enter")
    paused = figure_of(reader).updates
    assert paused > 0
    reader.button("Let it learn").press("Enter")
    reader.button("Undecided").press("Enter")
    reader.button("Let it learn").wait_for()
    assert figure_of(reader).updates == 0


@pytest.mark.browser
def test_with_reduced_motion_a_run_shows_its_end(visit, on_file):
    reader = Reader(visit(on_file(NAME), reduced_motion="reduce"))
    reader.button("Let it learn").press("Enter")
    reader.paint()
    figure = figure_of(reader)
    assert figure.updates == CASE.numbers(figure)["needs half_squared"]
    assert reader.button("Pause").count() == 0


@pytest.mark.browser
def test_without_a_learning_rate_nothing_is_learnt(reader):
    reader.follow(CASE.make(eta=0).link())
    assert reader.live.get_by_role("cell", name="never").count() == 2
    assert reader.button("Let it learn").get_attribute("aria-disabled") == "true"


@pytest.mark.browser
def test_a_button_may_be_pressed_before_the_last_press_is_painted(reader):
    reader.live.evaluate("""root => {
      const button = name => [...root.querySelectorAll("button")].find(e => e.textContent === name);
      button("One update").click();
      button("Back to the start").click();
    }""")
    reader.paint()
    assert figure_of(reader).updates == 0


# The two areas, the dashed frames of 1 by 1, and whether the arrow says that one goes on.
AREAS = """root => {
  const svg = [...root.querySelectorAll("svg[role=img]")].at(-1);
  const rects = [...svg.querySelectorAll("rect")].map(e => e.getBBox());
  const arrows = [...svg.querySelectorAll("text")].filter(e => e.textContent === "→");
  return { width: svg.viewBox.baseVal.width, rects: rects.map(b => [b.x, b.width, b.height]),
    on: arrows.map(e => e.checkVisibility({ visibilityProperty: true })) };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_equal_areas_are_drawn_equal(visit, on_file, width):
    reader = Reader(visit(on_file(NAME), viewport={"width": width, "height": 800}))
    settings = [
        {"activation": "identity", "z": z, "y": y} for z, y in ((-2, 1), (4, 1), (-10, 8), (40, 0))
    ]
    settings += [{"activation": "tanh", "z": 0.5, "y": -1}, {"z": -2, "y": 1}, {"z": 0.3, "y": 0}]
    settings += [{"z": -3, "y": 1, "error": "binary_cross_entropy"}]
    for setting in settings:
        reader.follow(CASE.make(**setting).link())
        shown = {name: number for name, (number, _) in reader.shown().items()}
        drawn = reader.live.evaluate(AREAS)
        (_, across, up), (_, same, _), (left, w0, h0), (right, w1, h1) = drawn["rects"]
        assert across == same
        assert drawn["on"] == [False, False], setting
        for wide, high, by, slope in (
            (w0, h0, shown["errorByA"], shown["slope"]),
            (w1, h1, shown["delta"], 1),
        ):
            assert wide == pytest.approx(max(abs(by) * across, 0.1), abs=0.02), setting
            assert high == pytest.approx(max(slope * up, 0.1), abs=0.02), setting
        assert w0 * h0 == pytest.approx(w1 * h1, rel=0.01), setting
        assert left + w0 < right
        assert right + w1 <= drawn["width"]


@pytest.mark.browser
def test_an_area_that_cannot_fit_is_said_to_go_on(reader):
    reader.follow(CASE.make(z=-8, y=1, error="binary_cross_entropy").link())
    assert reader.live.evaluate(AREAS)["on"] == [True, False]
    assert "the first goes on to the right" in reader.live.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("setting", "formulas"),
    [
        ({"activation": "identity"}, ["a−y", "1", "a−y"]),
        ({"activation": "tanh"}, ["a−y", "1−a2", "(a−y)(1−a2)"]),
        ({}, ["a−y", "a(1−a)", "(a−y)a(1−a)"]),
        ({"error": "binary_cross_entropy"}, ["a−ya(1−a)", "a(1−a)", "a−y"]),
    ],
)
def test_the_factors_in_symbols(reader, setting, formulas):
    reader.follow(CASE.make(**setting).link())
    found = reader.live.locator(".bp-delta-factors > div > .bp-delta-formula:nth-child(2)")
    assert [text.replace(" ", "") for text in found.all_text_contents()] == formulas

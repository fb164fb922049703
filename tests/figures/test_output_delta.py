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

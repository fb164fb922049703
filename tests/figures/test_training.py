"""What only TrainItYourself has: a run that can be started and stopped, and points to click."""

import re

import numpy as np
import pytest
from _tools.figures.preview import page as page_with

from bplib import figures
from bplib.figures import TrainItYourself

from .cases import CASES
from .reader import Reader, assert_equal_to_bplib

CASE = CASES["TrainItYourself"]
STEPS = "#backprop-step-by-step?"


@pytest.fixture
def opened(visit, tmp_path):
    """Opens a page with a figure in the state that the keyword arguments say."""

    def open_page(others=(), context=None, **values):
        file = tmp_path / "page.html"
        file.write_text(page_with([*others, TrainItYourself(**values)]), encoding="utf-8")
        return Reader(visit(file.as_uri(), **(context or {})), len(others))

    return open_page


def state_of(reader):
    """The figure that a link copied now would open."""
    return TrainItYourself.from_link(reader.copied())


def settled(reader):
    """What the figure shows, and that all of it is what bplib calculates."""
    reader.paint()
    figure, shown = state_of(reader), reader.shown()
    assert_equal_to_bplib(CASE, figure, shown)
    assert shown["updates"][0] == figure.updates
    return figure


def finish(reader, words):
    """Press Start, and wait until the run has ended with these words."""
    reader.button("Start").click()
    said(reader, words)
    return settled(reader)


def said(reader, text):
    reader.status.get_by_text(text).wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("speed", ["1000", "full"])
def test_a_run_stops_where_its_criterion_is_met(opened, speed):
    reader = opened(speed=speed, below=0.05)
    figure = finish(reader, "the mean error is below 0.05")
    shown = reader.shown()
    assert figure.updates % 4 == 0  # the criterion is asked when an epoch is over
    assert shown["error"][0] < 0.05
    before = TrainItYourself(**{**figure.values(), "updates": figure.updates - 4})
    assert CASE.numbers(before)["error"] >= 0.05


@pytest.mark.browser
def test_a_run_stops_at_a_short_gradient_or_at_its_limit(opened):
    reader = opened(speed="full", stop="gradient", below=0.05, data="separable")
    finish(reader, "the gradient norm is below 0.05")
    assert reader.shown()["norm"][0] < 0.05
    reader.follow(TrainItYourself(speed="full", stop="none", limit=130).link())
    figure = finish(reader, "130 updates are the most that were allowed")
    assert figure.updates == 130
    assert reader.button("Start").get_attribute("aria-disabled") == "true"


@pytest.mark.browser
def test_a_run_can_be_paused_and_its_settings_changed_meanwhile(opened):
    reader = opened(stop="none", speed="100", limit=100_000)
    reader.button("Start").click()
    counter = reader.live.locator("[data-name=updates]")
    reader.page.wait_for_function("e => Number(e.dataset.value) > 5", arg=counter.element_handle())
    slider = reader.field("learning rate η, slider")
    slider.focus()
    slider.press("ArrowRight")
    reader.page.wait_for_function("e => Number(e.dataset.value) > 15", arg=counter.element_handle())
    reader.button("Pause").click()
    paused = settled(reader)
    assert paused.eta == 0.55
    assert 15 < paused.updates < 1000
    reader.paint()
    assert settled(reader).updates == paused.updates

    reader.button("Start").click()
    reader.button("Reset").click()
    reader.button("Start").wait_for()
    assert settled(reader).updates == 0


@pytest.mark.browser
def test_one_update_one_epoch_and_back(opened):
    reader = opened(data="circles", batch="4")
    reader.button("One update").click()
    assert settled(reader).updates == 1
    reader.button("One epoch").click()
    assert settled(reader).updates == 5
    reader.button("One epoch").click()
    assert settled(reader).updates == 10
    field = reader.field("updates made")
    for updates in ("120", "33", "34", "119", "0"):
        field.fill(updates)
        field.press("Enter")
        assert settled(reader).updates == int(updates)
    field.fill("90")
    field.press("Enter")
    assert settled(reader).updates == 90
    slider = reader.field("updates made, slider")
    assert slider.input_value() == "90"
    slider.press("ArrowLeft")
    assert settled(reader).updates == 89
    curve = reader.live.get_by_role("img", name="Mean error over the updates")
    box = curve.bounding_box()
    curve.click(position={"x": 46 + (box["width"] - 62) / 4, "y": 60})
    assert settled(reader).updates == pytest.approx(50, abs=1)  # of 200


@pytest.mark.browser
def test_a_long_run_is_replayed_in_slices(opened):
    # Error and network are convex here: rounding is forgotten, not multiplied.
    values = {"data": "separable", "network": "2-1", "start": [0.5, -0.5, 0.1], "batch": "1"}
    reader = opened(**values)
    figure = TrainItYourself(**values, updates=150_000)
    reader.follow(figure.link())
    X, Y = figure.examples()
    net = figure.train()
    shown = reader.shown()
    assert shown["updates"][0] == 150_000
    assert shown["error"][0] == pytest.approx(net.mean_error(X, Y), rel=1e-9)
    assert shown["output"][0] == pytest.approx(net.forward(figure.point).output.item(), rel=1e-9)


@pytest.mark.browser
def test_points_by_mouse_touch_and_keyboard(opened):
    reader = opened(context={"has_touch": True}, data="own", target=0)
    said(reader, "No points yet")
    assert reader.button("Start").get_attribute("aria-disabled") == "true"
    plane = reader.live.get_by_role("img", name="The plane of the inputs")
    box = plane.bounding_box()
    middle = {"x": (34 + box["width"] - 2) / 2, "y": 24 + (box["width"] - 36) / 2}
    plane.click(position=middle)
    assert settled(reader).points == pytest.approx((0, 0, 0), abs=0.02)
    reader.field("New point").select_option("target 1")
    plane.tap(position={"x": middle["x"] + (box["width"] - 36) / 3, "y": middle["y"]})
    assert settled(reader).points[3:] == pytest.approx((1, 0, 1), abs=0.02)
    plane.click(position={"x": 5, "y": 5})  # beside the plane
    assert len(settled(reader).points) == 6

    field = reader.field("x₂ of the marker")
    field.focus()
    field.fill("-1.25")
    field.press("Enter")
    reader.button("Add point").press("Enter")
    assert settled(reader).points[6:] == (*settled(reader).point, 1)
    assert settled(reader).point[1] == -1.25
    marks = "rect[width='12'], circle[r='6.5']"
    assert plane.locator(marks).count() == 3
    reader.button("Remove last").press("Enter")
    assert len(settled(reader).points) == 6
    reader.button("One epoch").press("Enter")
    assert settled(reader).updates == 2
    reader.button("Clear").press("Enter")
    assert settled(reader).points == ()
    assert state_of(reader).updates == 0


@pytest.mark.browser
def test_a_point_is_added_to_the_set_on_display(opened):
    reader = opened(updates=50)
    reader.button("Add point").click()
    figure = settled(reader)
    assert figure.data == "own"
    assert len(figure.points) == 15
    assert figure.updates == 50
    reader.follow(TrainItYourself(data="own", points=[0.1, 0.2, 1] * 40).link())
    reader.button("Add point").click()
    assert "room for 40 points" in reader.status.text_content()
    assert len(state_of(reader).points) == 120


@pytest.mark.browser
def test_start_weights(opened):
    reader = opened(updates=60)
    before = state_of(reader)
    reader.button("New weights").click()
    drawn = settled(reader)
    assert drawn.updates == 0
    assert drawn.start != before.start
    assert drawn.start[9:] == (0, 0, 0, 0)
    reader.button("All equal").click()
    reader.button("One epoch").click()
    said(reader, "copies of one another")
    lines = reader.live.locator("svg g path").all()
    assert len({line.get_attribute("d") for line in lines}) == 1
    settled(reader)
    reader.button("Start from here").click()
    after = settled(reader)
    assert after.updates == 0
    assert after.start != drawn.start
    for network in ("2-1", "2-4-4-1"):
        reader.field("Network").select_option(network)
        assert settled(reader).network == network


@pytest.mark.browser
def test_what_no_line_separates(opened):
    reader = opened(network="2-1", start=[0.3, -0.2, 0.1], limit=400, speed="full")
    finish(reader, "3 of 4 points right at best")
    assert reader.shown()["right"][0] <= 3


# Colour and opacity, of 255, of every place of the shade's grid, from the top left.
PIXELS = "c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"


@pytest.mark.browser
def test_the_shade_is_the_output(opened):
    reader = opened(updates=250)
    net = state_of(reader).train()
    canvas = reader.live.locator("canvas")
    pixels = np.reshape(canvas.evaluate(PIXELS), (48, 48, 4))
    side = np.linspace(-1.5, 1.5, 48)
    places = np.stack(np.meshgrid(side, side[::-1]), axis=-1)
    output = net.forward(places.reshape(-1, 2)).output.reshape(48, 48)
    assert pixels[..., 3] == pytest.approx(300 * np.abs(output - 0.5), abs=1)
    seen = pixels[..., 3] > 60
    blue, orange = pixels[seen & (output < 0.5)], pixels[seen & (output > 0.5)]
    assert len(blue) > 100
    assert len(orange) > 100
    assert (blue[:, 2] > blue[:, 0]).all()
    assert (orange[:, 0] > orange[:, 2]).all()


@pytest.mark.browser
def test_the_shade_follows_the_theme(opened):
    reader = opened(updates=250)
    canvas = reader.live.locator("canvas[aria-hidden]")
    light = canvas.evaluate("c => c.toDataURL()")
    reader.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    reader.paint()
    assert canvas.evaluate("c => c.toDataURL()") != light


@pytest.mark.browser
def test_with_reduced_motion_only_the_end_is_shown(opened):
    reader = opened(context={"reduced_motion": "reduce"}, speed="5", limit=3000, stop="none")
    reader.page.evaluate("""() => {
      window.seen = [];
      const counter = document.querySelector("[data-name=updates]");
      new MutationObserver(() => seen.push(counter.textContent)).observe(counter,
        { childList: true, characterData: true, subtree: true });
    }""")
    reader.button("Start").click()
    reader.live.get_by_text("3000", exact=True).wait_for()
    assert reader.page.evaluate("seen") == ["3000"]


@pytest.mark.browser
def test_an_update_is_handed_on_step_by_step(opened):
    reader = opened(updates=101)
    text = reader.copied()  # so that the box is there
    reader.button("See this update step by step").click()
    text = reader.live.get_by_label("To copy").input_value()
    assert text.startswith("from bplib.figures import BackpropStepByStep\n\n")
    figure = state_of(reader)
    net = figure.train()
    X, Y = figure.examples()
    arguments = dict(re.findall(r"(\w+)=(\[[^]]*\]|[^,)]+)", text))
    given = np.concatenate([eval(arguments["weights"]), eval(arguments["biases"])])
    assert given == pytest.approx(net.parameters, rel=1e-12, abs=1e-12)
    assert eval(arguments["x"]) == X[101 % 4].tolist()
    assert eval(arguments["y"]) == Y[101 % 4].tolist()


@pytest.mark.browser
@pytest.mark.parametrize("network", ["2-1", "2-3-1", "2-4-4-1"])
def test_an_update_is_opened_step_by_step(opened, network):
    """On a page with both figures, the other one shows the network and example of this one."""
    steps = figures.BackpropStepByStep
    setting = {"network": network, "activation": "relu", "error": "binary_cross_entropy"}
    start = np.random.default_rng(3).normal(size={"2-1": 3, "2-3-1": 13, "2-4-4-1": 37}[network])
    reader = opened(others=[steps()], **setting, start=start, data="circles", updates=33, eta=0.1)
    other = Reader(reader.page, 0)
    reader.button("See this update step by step").click()
    other.paint()
    opened_there = steps.from_link(other.copied())
    figure = state_of(reader)
    X, Y = figure.examples()
    net = figure.train()
    wanted = {**setting, "eta": 0.1, "updates": 0, "step": 1, "train_biases": True}
    assert {name: getattr(opened_there, name) for name in wanted} == wanted
    parameters = (*opened_there.weights, *opened_there.biases)
    assert parameters == pytest.approx(net.parameters.tolist(), rel=1e-12, abs=1e-12)
    assert opened_there.x == tuple(X[13])
    assert opened_there.y == tuple(Y[13])


@pytest.mark.browser
def test_it_says_how_xor_is_coded(visit, on_file):
    reader = Reader(visit(on_file("TrainItYourself")))
    line = reader.live.get_by_text("the inputs −1 and 1 stand for 0 and 1")
    assert line.is_visible()
    start = reader.button("Start").bounding_box()["y"]
    reader.field("Data").select_option("circles")
    reader.paint()
    assert not line.is_visible()
    assert reader.button("Start").bounding_box()["y"] == start

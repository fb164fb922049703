"""Backpropagation, step by step: what a reader does with it, and what its lines claim."""

import math
import re

import numpy as np
import pytest

from bplib import golden
from bplib.figures import BackpropStepByStep

from .cases.step_by_step import STEP_BY_STEP, network_of, numbers_of
from .reader import DESK, PHONE, Reader

pytestmark = pytest.mark.browser

# The text of each line of numbers, in which a number is written in full and a name as #.
LINES = """root => [...root.querySelectorAll(".bp-steps-line")].filter(e => e.checkVisibility())
  .map(line => [...line.childNodes].map(e => e.dataset?.value ? `(${e.dataset.value})`
    : e.localName === "math" ? "#" : e.textContent).join(""))"""

FOCUSED = """() => { const e = document.activeElement;
  return e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent; }"""

DUPLICATES = """root => [...root.querySelectorAll("[data-name]")]
  .map(e => [e.dataset.name, Number(e.dataset.value)])"""


@pytest.fixture
def reader(visit, on_file):
    return Reader(visit(on_file("BackpropStepByStep")))


def place(reader):
    return reader.live.locator(".bp-steps-place").text_content()


def state(reader):
    return BackpropStepByStep.from_link(reader.copied()).values()


def tab_to(reader, name):
    """Press Tab until the control with this accessible name has the focus."""
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"Tab never reached {name!r}")


def press(reader, *keys):
    for key in keys:
        reader.page.keyboard.press(key)
    reader.paint()


def test_by_keyboard_alone(reader):
    """Through one full update, a weight edited, an edge looked at, and back to the beginning."""
    mazur = golden.load("mazur")
    tab_to(reader, "Next")
    for step in range(1, 12):
        assert place(reader) == f"Step {step} of 11, after 0 updates"
        if step == 6:
            [error] = re.findall(r"error E: ([\d.]+)\.", status_after_pause(reader))
            assert error == f"{float(mazur['published']['steps']['E_total']):.4f}"
        press(reader, "Enter")
    assert place(reader) == "Step 1 of 11, after 1 update"
    for _ in range(5):
        press(reader, "Space")
    assert math.isclose(
        reader.shown()["error"][0],
        mazur["runs"]["simultaneous_weights_only"]["error_after_1"],
        abs_tol=1e-15,
    )

    tab_to(reader, "Look at")
    press(reader, "w")  # the first option that begins so
    assert state(reader)["look"] == "w1_11"
    gradient = numbers_of(BackpropStepByStep(updates=1))["byW1_11"]
    assert math.isclose(reader.shown()["byW1_11"][0], gradient, abs_tol=1e-15)

    reader.page.keyboard.press("Tab")
    tab_to(reader, "Weights and biases, as they are now")
    press(reader, "Enter")
    tab_to(reader, "weight 1 1 of layer 1")
    before = state(reader)
    reader.field("weight 1 1 of layer 1").focus()
    press(reader, "Control+a", *"0.75", "Enter")
    after = state(reader)
    assert after["weights"][0] == 0.75
    # From the weights as they were after the update: the count begins anew.
    assert (before["updates"], after["updates"], after["step"]) == (1, 0, 6)
    updated = mazur["after_1_step"]["W1"]
    assert after["weights"][1] == pytest.approx(updated[0][1], abs=1e-15)

    tab_to(reader, "Reset")
    press(reader, "Enter")
    assert place(reader) == "Step 1 of 11, after 0 updates"
    assert state(reader) == BackpropStepByStep().values()


def status_after_pause(reader):
    reader.status.get_by_text("Step 6 of 11").wait_for()
    return reader.status.text_content()


def test_every_line_of_numbers_is_true(reader):
    """What stands between the signs of equality comes to what stands behind them."""
    generator = np.random.default_rng(11)
    tried = set()
    for _ in range(60):
        setting = STEP_BY_STEP.random(generator) | {"small": False}
        figure = BackpropStepByStep(**setting)
        reader.follow(figure.link())
        for line in reader.live.evaluate(LINES):
            if "was" in line:
                continue
            *_, middle, result = re.split("=|←", line)
            if "#" in middle:
                continue
            tried.add(re.sub(r"\([-\d.e]+\)", "n", middle).strip())
            value = arithmetic(middle, activation_of(figure, line))
            expected = float(result.strip("() "))
            assert math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-12), (figure, line)
        told = reader.live.evaluate(DUPLICATES)
        assert dict(told) == dict(reversed(told)), figure  # a name has one value everywhere
    assert len(tried) > 20, tried  # kinds of lines


def activation_of(figure, line):
    """The g of a line such as # = g((0.5)) = (0.62): that of the unit with this z."""
    if "g(" not in line:
        return None
    z = float(re.search(r"g\(\(([^)]*)\)", line)[1])
    net = network_of(figure)
    numbers = numbers_of(figure)
    [name] = [k for k, v in numbers.items() if re.match(r"z\d", k) and math.isclose(v, z)][:1]
    functions = {
        "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
        "tanh": math.tanh,
        "relu": lambda z: max(0.0, z),
    }
    return functions[net.activation[int(name[1])]]


def arithmetic(text, g):
    for sign, python in {
        "·": "*",
        "−": "-",
        "½": "0.5",
        ")²": ")**2",
        "\u202f": " ",
        "\xa0": " ",
    }.items():
        text = text.replace(sign, python)
    return eval(text.strip(), {"g": g, "ln": math.log})


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_the_buttons_stay_where_they_are(visit, on_file, viewport):
    reader = Reader(visit(on_file("BackpropStepByStep"), viewport=viewport))
    top = reader.button("Next").bounding_box()["y"]
    panel = reader.live.locator(".bp-steps-looking")
    below = panel.bounding_box()["y"]
    for _ in range(11):
        reader.button("Next").click()
        reader.paint()
        assert reader.button("Next").bounding_box()["y"] == top
        if viewport == DESK:
            assert panel.bounding_box()["y"] == below


def test_pointing_at_the_drawing(reader):
    unit = reader.live.locator("svg g").filter(has_text="a¹₂").first
    unit.hover()
    reader.paint()
    assert "delta1_2" in reader.shown()
    assert state(reader)["look"] == ""  # to pass over it changes nothing
    reader.page.mouse.move(0, 0)
    reader.paint()
    assert "delta1_2" not in reader.shown()
    unit.click()
    reader.page.mouse.move(0, 0)
    reader.paint()
    assert state(reader)["look"] == "a1_2"
    assert "delta1_2" in reader.shown()
    box = reader.live.locator("svg line[pointer-events=stroke]").nth(1).bounding_box()
    # A quarter of the way along the line: in the middle it crosses another.
    reader.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] * 3 / 4)
    reader.paint()
    assert state(reader)["look"] == "w1_12"
    unit.click()
    unit.click()
    assert state(reader)["look"] == ""


def test_what_is_pointed_at_goes_with_its_network(reader):
    reader.follow(BackpropStepByStep(network="3-3-4-2").link())
    reader.live.locator("svg g").filter(has_text="a²₄").first.hover()
    reader.paint()
    assert "delta2_4" in reader.shown()
    there = BackpropStepByStep()
    reader.follow(there.link())
    assert reader.shown().keys() <= numbers_of(there).keys()


def test_a_finger_points_too(visit, on_file):
    reader = Reader(visit(on_file("BackpropStepByStep"), viewport=PHONE, has_touch=True))
    reader.live.locator("svg g").filter(has_text="a²₁").first.tap()
    reader.paint()
    assert state(reader)["look"] == "a2_1"


def test_another_network_begins_with_its_example(reader):
    reader.button("Next update").click()
    for name in ("3-3-4-2", "2-1", "2-4-4-1", "2-2-2"):
        reader.field("Network").select_option(name)
        reader.paint()
        assert state(reader) == BackpropStepByStep(network=name).values()


def test_forward_and_back_over_an_update(reader):
    reader.button("Next update").click()
    reader.button("Next").click()
    reader.button("Back").click()
    reader.button("Back").click()
    reader.paint()
    assert place(reader) == "Step 11 of 11, after 0 updates"
    shown = reader.shown()
    assert shown["error"][1] == "0.298371109"  # as published
    assert shown["errorAfter"][1] == "0.291027774"
    reader.button("First").click()
    reader.button("Back").click(force=True)  # there is nothing before
    reader.paint()
    assert place(reader) == "Step 1 of 11, after 0 updates"


def test_quantities_appear_at_their_step_and_stay(reader):
    drawing = reader.live.locator("svg").first
    texts = ["0.378", "0.593", "1.11", "0.751", "0.298", "0.138", "0.00877"]
    for step, known in enumerate((0, 1, 2, 3, 4, 5, 6, 7), start=1):
        text = drawing.text_content()
        assert [value in text for value in texts] == [n < known for n in range(7)], step
        reader.button("Next").click()
        reader.paint()


def test_the_error_curve(reader):
    curve = reader.live.locator("svg").nth(1)
    assert curve.get_attribute("aria-label").endswith("none yet")
    reader.follow(BackpropStepByStep(updates=100, step=6).link())
    errors = BackpropStepByStep(updates=100).errors()
    label = curve.get_attribute("aria-label")
    assert f"{errors[0]:.4f} at first, {errors[-1]:.5f} after 100" in label
    points = re.findall(r"([\d.]+) ([\d.]+)", curve.locator("path").get_attribute("d"))
    assert len(points) == 101
    heights = [float(y) for _, y in points]
    # One scale for all: heights go with errors as a straight line.
    assert np.abs(np.polyval(np.polyfit(errors, heights, 1), errors) - heights).max() < 0.06


def test_what_cannot_be_is_refused_and_said(reader):
    reader.follow(BackpropStepByStep(y=[2.0, 0.0]).link())
    reader.field("Error").select_option(label="binary cross-entropy")
    reader.paint()
    assert "expected targets from 0 to 1" in reader.status.text_content()
    assert reader.field("Error").locator(":checked").text_content() == "half squared"


def test_the_smaller_form(reader):
    reader.follow(BackpropStepByStep(small=True).link())
    for name in ("Network", "Next"):
        assert reader.live.get_by_label(name).or_(reader.button(name)).first.is_visible()
    assert not reader.field("Look at").is_visible()
    assert not reader.field("input x1").is_visible()
    assert reader.live.locator("svg").nth(1).is_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("network", ["2-2-2", "2-3-2"])
def test_the_weights_of_a_sum_are_in_the_drawing(visit, on_file, viewport, network):
    """Those that the error term is worked out with; others where there is room."""
    reader = Reader(visit(on_file("BackpropStepByStep"), viewport=viewport))
    reader.follow(BackpropStepByStep(network=network, step=8).link())
    assert {"w2_11", "w2_21"} <= set(reader.shown())

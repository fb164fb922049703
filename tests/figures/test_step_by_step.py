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
        assert place(reader) == f"Stage {step} of 11, after 0 updates"
        if step == 6:
            [error] = re.findall(r"3 Error: ([\d.]+)\.", status_after_pause(reader))
            assert error == f"{float(mazur['published']['steps']['E_total']):.4f}"
        press(reader, "Enter")
    assert place(reader) == "Stage 1 of 11, after 1 update"
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
    assert place(reader) == "Stage 1 of 11, after 0 updates"
    assert state(reader) == BackpropStepByStep().values()


def status_after_pause(reader):
    reader.status.get_by_text("Stage 6 of 11").wait_for()
    return reader.status.text_content()


def test_every_line_of_numbers_is_true(reader):
    """What stands between the signs of equality comes to what stands behind them."""
    generator = np.random.default_rng(11)
    tried = set()
    for _ in range(90):
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
        "identity": lambda z: z,
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
    return eval(text.strip(), {"g": g, "ln": math.log, "exp": math.exp})


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
    reader.live.locator("svg").first.evaluate("e => e.scrollIntoView()")
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
    assert place(reader) == "Stage 11 of 11, after 0 updates"
    shown = reader.shown()
    assert shown["error"][1] == "0.298371109"  # as published
    assert shown["errorAfter"][1] == "0.291027774"
    reader.button("First").click()
    reader.button("Back").click(force=True)  # there is nothing before
    reader.paint()
    assert place(reader) == "Stage 1 of 11, after 0 updates"


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


# All that the eye reads, without what is said to the ear.
SEEN = """root => [...root.children].filter(e => e.role !== "status")
  .map(e => e.innerText ?? e.textContent).join("\\n")"""

SIX = ("1 Input", "2 Forward", "3 Error", "4 Backward", "5 Gradients", "6 Update")


def titles(reader, count):
    """The titles of that many stages, from the first."""
    found = []
    for _ in range(count):
        found.append(reader.live.locator(".bp-steps-title").text_content())
        now = reader.live.locator(".bp-steps-now").all_text_contents()
        assert now == [found[-1].partition(" ·")[0].partition(",")[0]]
        reader.button("Next").click()
        reader.paint()
    return found


def test_stages_are_parts_of_the_six_steps(reader):
    assert titles(reader, 11) == [
        "1 Input",
        "2 Forward · layer 1 of 2: weighted inputs z",
        "2 Forward · layer 1 of 2: activations a",
        "2 Forward · layer 2 of 2: weighted inputs z",
        "2 Forward · layer 2 of 2: activations a",
        "3 Error",
        "4 Backward · layer 2 of 2: error terms δ",
        "4 Backward · layer 1 of 2: error terms δ",
        "5 Gradients · layer 1 of 2: derivatives with respect to w",
        "5 Gradients · layer 2 of 2: derivatives with respect to w",
        "6 Update, all at once",
    ]
    assert tuple(reader.live.locator(".bp-steps-six span").all_text_contents()) == SIX


def test_nothing_is_said_twice(reader):
    """To the eye: where one is, and after how many updates."""
    for _ in range(11):
        seen = reader.live.evaluate(SEEN)
        assert seen.count("after 0 updates") == 1, seen
        assert seen.count(" of 11") == 1, seen
        reader.button("Next").click()
        reader.paint()


def rules_shown(reader):
    return reader.live.locator(".bp-steps-rule math").evaluate_all(
        "all => all.map(e => e.textContent.replace(/\\s/g, ''))"
    )


# By hand: [sum sign, index below], then base, lower and upper index of each symbol.
@pytest.mark.parametrize(
    ("setting", "rules"),
    [
        ({"step": 2}, ["zi1=∑jwij1xj+bi1"]),
        ({"step": 3}, ["ai1=g(zi1)", "g(z)=11+e−z"]),
        ({"step": 4}, ["zi2=∑jwij2aj1+bi2"]),
        ({"step": 6}, ["E=12∑i(yi−ai2)2"]),
        ({"step": 7}, ["δi2=(ai2−yi)g′(zi2)", "g′(z)=a(1−a)"]),
        ({"step": 8}, ["δi1=g′(zi1)∑kwki2δk2", "g′(z)=a(1−a)"]),
        ({"step": 9, "train_biases": True}, ["∂E∂wij1=δi1xj", "∂E∂bi1=δi1"]),
        ({"step": 10}, ["∂E∂wij2=δi2aj1"]),
        ({"step": 11}, ["wijl←wijl−η∂E∂wijl"]),
        ({"step": 3, "network": "tanh, linear"}, ["ai1=g(zi1)", "g(z)=tanhz"]),
        ({"step": 5, "network": "tanh, linear"}, ["ai2=g(zi2)", "g(z)=z"]),
        ({"step": 7, "network": "tanh, linear"}, ["δi2=(ai2−yi)g′(zi2)", "g′(z)=1"]),
        ({"step": 8, "network": "tanh, linear"}, ["δi1=g′(zi1)∑kwki2δk2", "g′(z)=1−a2"]),
        ({"step": 5, "network": "tanh, softmax"}, ["ai2=ezi2∑pezp2"]),
        ({"step": 6, "network": "tanh, softmax"}, ["E=−∑iyilnai2"]),
        ({"step": 7, "network": "tanh, softmax"}, ["δi2=ai2−yi"]),
        ({"step": 7, "error": "binary_cross_entropy"}, ["δi2=ai2−yi"]),
        ({"step": 6, "error": "binary_cross_entropy"}, ["E=−∑i(yilnai2+(1−yi)ln(1−ai2))"]),
        ({"step": 11, "network": "3-3-4-2"}, ["δi2=g′(zi2)∑kwki3δk3", "g′(z)=a(1−a)"]),
    ],
)
def test_the_rule_of_a_stage(reader, setting, rules):
    if setting.get("network") == "3-3-4-2":
        setting = setting | {"step": 10}  # δ of the last hidden layer
    reader.follow(BackpropStepByStep(**setting).link())
    assert rules_shown(reader) == rules


def test_linear_outputs(reader):
    """The example of UvA: tanh in the hidden layer, linear outputs."""
    choose(reader, "Network", "2-2-2: tanh, linear")
    figure = BackpropStepByStep(network="tanh, linear")
    assert state(reader) == figure.values()
    reader.follow(BackpropStepByStep(network="tanh, linear", step=8).link())
    shown = {name: number for name, (number, _) in reader.shown().items()}
    a = np.tanh([0.5 * 1 - 0.5 * 0.6, 1.0])
    y = np.array([[2, 1], [-1, 0.5]]) @ a
    assert [shown["a2_1"], shown["a2_2"]] == pytest.approx(y)
    delta = y - [1, 0]
    assert [shown["delta2_1"], shown["delta2_2"]] == pytest.approx(delta)
    hidden = (1 - a**2) * (np.array([[2, 1], [-1, 0.5]]).T @ delta)
    assert [shown["delta1_1"], shown["delta1_2"]] == pytest.approx(hidden)


def test_it_is_said_whose_g_it_is(reader):
    """Only where the layers have different ones."""
    for network, step, name in (
        ("tanh, linear", 3, "tanh"),
        ("tanh, linear", 5, "the identity"),
        ("tanh, linear", 7, "the identity"),
        ("tanh, linear", 8, "tanh"),
        ("tanh, softmax", 3, "tanh"),
        ("tanh, softmax", 7, None),
        ("2-2-2", 3, None),
    ):
        reader.follow(BackpropStepByStep(network=network, step=step).link())
        text = reader.live.locator(".bp-steps-explanation").text_content()
        found = re.search(r"In this layer g is (.*)\.", text)
        assert (found and found[1]) == name, (network, step)


def choose(reader, field, option):
    reader.field(field).select_option(label=option)
    reader.paint()


def test_outputs_and_errors_go_together(reader):
    choose(reader, "Output layer", "softmax")
    now = state(reader)
    assert (now["output"], now["error"], now["y"]) == ("softmax", "cross_entropy", (0.01, 0.99))
    reader.field("target y1").fill("0.25")
    reader.field("target y1").press("Enter")
    reader.paint()
    assert state(reader)["y"] == (0.25, 0.75)  # the other target goes along
    choose(reader, "Output layer", "identity")
    assert state(reader)["error"] == "half_squared"
    choose(reader, "Error", "binary cross-entropy")
    assert state(reader)["output"] == "sigmoid"
    choose(reader, "Error", "cross-entropy")
    assert state(reader)["output"] == "softmax"
    choose(reader, "Network", "2-1-1")
    choose(reader, "Output layer", "softmax")
    assert "expected at least two softmax outputs" in reader.status.text_content()
    assert state(reader)["output"] == "sigmoid"


def test_until_the_error(reader):
    """A reader who has not met δ meets no δ: not in the drawing, the lines, or the words."""
    figure = BackpropStepByStep(until="error")
    reader.follow(figure.link())
    for stage in range(1, 7):
        assert place(reader).startswith(f"Stage {stage} of 6")
        seen = reader.live.evaluate(SEEN)
        for word in ("δ", "Backward", "Gradient", "Update", "update", "η"):
            assert word not in seen, (stage, word)
        reader.button("Next").click(force=True)
        reader.paint()
    assert place(reader).startswith("Stage 6 of 6")  # there is no next
    for look in ("a1_1", "w2_12", "a2_2", "a0_1"):
        reader.follow(BackpropStepByStep(until="error", step=6, look=look).link())
        assert "δ" not in reader.live.inner_text()
        assert "∂" not in reader.live.inner_text()
    for text in (figure.description(), figure.still().body):
        assert "δ" not in text

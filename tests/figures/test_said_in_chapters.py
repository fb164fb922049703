"""What the chapters say of their figures: who does what the text says sees the text's numbers."""

import re
from pathlib import Path

import nbformat
import pytest

from .cases import CASES
from .reader import Reader

CHAPTERS = Path(__file__).parents[2] / "chapters"


@pytest.fixture
def open_figure(visit, html):
    """Opens the n-th figure of a chapter, for a reader for whom runs show their end at once."""

    def open_chapter(chapter, number=0):
        page = html / "chapters" / chapter / f"{chapter}.html"
        return Reader(visit(page.as_uri(), reduced_motion="reduce"), number)

    return open_chapter


def said(chapter, cell, pattern):
    """The numbers that a text cell gives, as it gives them."""
    notebook = nbformat.read(CHAPTERS / chapter / f"{chapter}.ipynb", as_version=4)
    [text] = [c.source for c in notebook.cells if c.id == cell]
    match = re.search(pattern, text)
    assert match, f"{chapter}: cell {cell} says no such thing any more: {pattern}"
    return match.groups()


def assert_rounded(text, value):
    """`text` is `value` with as many digits as it has."""
    digits = len(text.partition(".")[2])
    assert f"{value:.{digits}f}" == text, (text, value)


def press(reader, *names):
    for name in names:
        reader.button(name).click()
        reader.paint()


def choose(reader, field, option):
    reader.field(field).select_option(option)
    reader.paint()


def put(reader, field, value):
    reader.field(field).fill(str(value))
    reader.field(field).press("Enter")
    reader.paint()


def numbers(reader):
    return {name: number for name, (number, _) in reader.shown().items()}


@pytest.mark.browser
def test_descent_with_three_rates(open_figure):
    cell = "recap", "descent-figure-try"
    reader = open_figure("recap", 1)
    slow, right, end = said(
        *cell, r"\*Run\*: (\d+) steps, (\d+) steps, and no end: .* stops at step (\d+)"
    )
    for preset, steps in (("Too small", slow), ("Right", right)):
        press(reader, preset, "Run")
        assert_rounded(steps, numbers(reader)["taken"])
        reader.status.get_by_text("too short to be seen").wait_for()
    press(reader, "Too large", "Run")
    reader.status.get_by_text("It diverges").wait_for()
    assert_rounded(end, numbers(reader)["taken"])
    [curvature, limit] = said(
        *cell, r"\\lambda \\approx ([\d.]+)\$.*\$2 / \\lambda \\approx ([\d.]+)\$"
    )
    assert_rounded(curvature, numbers(reader)["lambda2"])
    assert_rounded(limit, numbers(reader)["limit"])


@pytest.mark.browser
def test_descent_from_the_saddle(open_figure):
    cell = "recap", "descent-figure-try"
    asked = said(*cell, r"both weights at ([\d.]+), or both at (−[\d.]+)\?")
    starts = said(*cell, r"both weights at ([\d.]+) or both at (−[\d.]+) decides")
    assert asked == starts
    [origin] = said(*cell, r"both weights of the start to (\d)\.")
    reader = open_figure("recap", 1)
    reader.field("Surface").select_option(label="Saddle: two tanh units in a chain")
    weights = "start, weight 1", "start, weight 2"
    for field in weights:
        put(reader, field, origin)
    press(reader, "Step")
    reader.status.get_by_text("The gradient is zero: nothing moves").wait_for()
    ends = []
    for start in starts:
        for field in weights:
            put(reader, field, start.replace("−", "-"))
        press(reader, "Run")
        ends.append([numbers(reader)[name] for name in ("w1", "w2", "error")])
        press(reader, "To start")
    (w1, w2, error), (v1, v2, other_error) = ends
    assert min(w1, w2) > 0.5  # far from the saddle
    assert (v1, v2, other_error) == pytest.approx((-w1, -w2, error))  # the same function


@pytest.mark.browser
def test_where_delta_is_largest(open_figure):
    [third] = said("output_delta", "delta-figure-text", r"near \$a = (\\t?frac..)\$")
    reader = open_figure("output_delta", 1)
    seen = []
    for z in range(-40, 41):
        reader.follow(f"#{reader.identity()}?z={z / 10}")
        shown = numbers(reader)
        seen.append((abs(shown["delta half_squared"]), shown["a"]))
    _, a = max(seen)
    p, q = map(int, third[-2:])
    assert abs(a - p / q) < 0.02


@pytest.mark.browser
def test_who_learns_from_a_confident_mistake(open_figure):
    entropy, squared = said(
        "output_delta", "confident-figure-text", r"after (\d+) updates, .* after (\d+)\."
    )
    reader = open_figure("output_delta", 2)
    assert_rounded(entropy, numbers(reader)["needs binary_cross_entropy"])
    assert_rounded(squared, numbers(reader)["needs half_squared"])
    press(reader, "Let it learn")
    assert_rounded(squared, float(reader.field("updates").input_value()))
    put(reader, "learning rate η", 2)
    faster = numbers(reader)
    assert faster["needs binary_cross_entropy"] < int(entropy)
    assert faster["needs half_squared"] < int(squared)
    assert faster["needs half_squared"] > 100 * faster["needs binary_cross_entropy"]


@pytest.mark.browser
def test_one_voice_left(open_figure):
    [target] = said("generalized_delta", "shares-figure-try", r"Set \$y_\{1\}\$ to ([\d.]+)")
    reader = open_figure("generalized_delta")
    before = numbers(reader)
    put(reader, "target 1", target)
    after = numbers(reader)
    assert after["result"] * before["result"] < 0
    assert abs(after["share1"]) < 0.02 * abs(after["share2"])


@pytest.mark.browser
def test_every_path(open_figure):
    [count] = said("generalized_delta", "shares-figure-try", r"([A-Z]\w+) paths lead from")
    reader = open_figure("generalized_delta")
    press(reader, "Every path")
    shown = numbers(reader)
    assert (count, shown["pathCount"]) == ("Eight", 8)
    assert shown["pathSum"] == pytest.approx(shown["nextLayerSum"], abs=1e-15)


@pytest.mark.browser
def test_a_skip_connection_turns_the_sign(open_figure):
    above, below = said(
        "skip_connections", "skip-figure-text", r"at ([\d.]+) .* still positive, at ([\d.]+) it is"
    )
    reader = open_figure("skip_connections")
    results = []
    for weight in (above, below):
        put(reader, "weight of the skip connection", weight)
        results.append(numbers(reader)["result"])
    assert results[0] > 0 > results[1]


def learned(reader):
    """Run as fast as possible until the run ends by itself."""
    reader.field("Updates a second").select_option("as fast as it can")
    reader.button("Start").click()
    reader.status.get_by_text("The run stops").wait_for()
    reader.paint()
    return numbers(reader)


@pytest.mark.browser
def test_learning_xor(open_figure):
    cell = "algorithm", "train-figure-try"
    reader = open_figure("algorithm", 1)
    [updates] = said(*cell, r"XOR is learned after (\d+) updates")
    shown = learned(reader)
    assert_rounded(updates, shown["updates"])
    most, points = said(*cell, r"no more than (\d) of the (\d) points")
    assert shown["right"] == int(points)
    choose(reader, "Network", "2-1")
    assert learned(reader)["right"] <= int(most)


@pytest.mark.browser
def test_equal_weights_stay_equal(open_figure):
    [reset] = said("algorithm", "train-figure-try", r"- Press \*(\w+)\*, then \*All equal\*")
    reader = open_figure("algorithm", 1)
    choose(reader, "Network", "2-1")  # as the question before has it
    press(reader, reset, "All equal")
    assert CASES["TrainItYourself"].make().from_link(reader.copied()).network == "2-3-1"
    learned(reader)
    lines = reader.live.locator(".bp-training-plane svg path").evaluate_all(
        "paths => paths.filter(p => p.getAttribute('stroke-width') === '2')"
        ".map(p => p.getAttribute('d'))"
    )
    assert len(lines) == 3
    assert lines == [lines[0]] * 3 != [None] * 3
    reader.status.get_by_text("they stay copies of one another").wait_for()


@pytest.mark.browser
def test_learning_circles(open_figure):
    epochs, updates = said(
        "algorithm", "train-figure-try", r"in (\d+) epochs\. .* it takes (\d+)\."
    )
    [reset] = said("algorithm", "train-figure-try", r"- Press \*(\w+)\* and choose \*circles\*")
    reader = open_figure("algorithm", 1)
    press(reader, "All equal", reset)  # as the question before has it
    choose(reader, "Data", "circles")
    shown = learned(reader)
    assert_rounded(epochs, shown["epochs"])
    press(reader, "Reset")
    choose(reader, "Data", "circles")
    choose(reader, "Update after", "all points")
    shown = learned(reader)
    assert_rounded(updates, shown["updates"])
    assert shown["epochs"] == shown["updates"]


@pytest.mark.browser
def test_without_input_only_the_first_weight_has_no_effect(open_figure):
    said("chain_rule", "chain-figure-text", r"Which weight has no effect at all when \$x = (0)\$")
    said("chain_rule", "chain-answer", r"(The first weight)\. .* The other weights keep an effect")
    reader = open_figure("chain_rule")
    put(reader, "input x", 0)
    shown = numbers(reader)
    first, *others = (shown[f"gradient{l}"] for l in (1, 2, 3))
    assert first == 0
    assert all(others)


@pytest.mark.browser
def test_a_learning_rate_of_ten(open_figure):
    cell = "algorithm", "train-figure-try"
    [updates] = said(*cell, r"XOR is learned after (\d+) updates")
    [rate, ten, usual] = said(
        *cell, r"learning rate of (\d+), XOR takes more than (\w+) times .* as with ([\d.]+)\."
    )
    reset, asked = said(*cell, r"after \*(\w+)\*, what does a learning rate of (\d+) do")
    assert asked == rate
    reader = open_figure("algorithm", 1)
    choose(reader, "Data", "circles")  # as the question before has it
    press(reader, reset)
    assert float(reader.field("learning rate η").input_value()) == float(usual)
    put(reader, "learning rate η", rate)
    assert ten == "ten"
    assert learned(reader)["updates"] > 10 * int(updates)


@pytest.mark.browser
def test_the_stages_of_the_six_steps(open_figure):
    """The table that compares numberings says which stages of the figure belong to a step."""
    reader = open_figure("algorithm")
    place = reader.live.locator(".bp-steps-place").text_content()
    [count] = re.findall(r"Stage 1 of (\d+)", place)
    steps = {}
    for stage in range(1, int(count) + 1):
        title = reader.live.locator(".bp-steps-title").text_content()
        steps.setdefault(title.split(" ·")[0].split(",")[0], []).append(stage)
        press(reader, "Next")
    assert list(steps) == [
        "1 Input",
        "2 Forward",
        "3 Error",
        "4 Backward",
        "5 Gradients",
        "6 Update",
    ]
    for step, stages in steps.items():
        [text] = said("algorithm", "line-by-line", rf"\n\| {step} \| ([\d to,]+) \|")
        first, *rest = map(int, re.findall(r"\d+", text))
        assert [first, *rest[-1:]] == sorted({stages[0], stages[-1]})


@pytest.mark.browser
def test_three_ways_to_a_small_delta(open_figure):
    said(
        "generalized_delta",
        "shares-figure-try",
        r"Cancelling\*: the sum.*Saturated\*: the slope, .* near (0)\."
        r" \*Dead relu\*: the slope, .* (0)\.",
    )
    reader = open_figure("generalized_delta")
    press(reader, "Cancelling")
    shown = numbers(reader)
    shares = [abs(shown[f"share{n}"]) for n in (1, 2)]
    assert abs(shown["total"]) < 0.05 * min(shares)
    assert shown["slope"] > 0.1
    press(reader, "Saturated")
    shown = numbers(reader)
    assert 0 < shown["slope"] < 0.01
    assert abs(shown["total"]) > 0.01
    press(reader, "Dead relu")
    shown = numbers(reader)
    assert shown["slope"] == 0 == shown["result"]
    assert abs(shown["total"]) > 0.01

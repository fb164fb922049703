"""Functions of the figures' scripts by themselves, compared with Python: many states, one page."""

import json
from decimal import Decimal
from itertools import pairwise, product

import numpy as np
import pytest

from bplib import Network
from bplib.figures import BackpropStepByStep, TrainItYourself, assembly
from bplib.figures.formulas import mathml
from bplib.figures.networks import sizes_of
from bplib.figures.plain_text import plain_text
from bplib.figures.step_by_step.examples import NETWORKS, layer_sizes
from bplib.history import History
from bplib.stopping import ErrorBelow, GradientNormBelow
from bplib.symbolic.notation import E, Partial, a, b, delta, g_prime, w, y, z

from .cases.step_by_step import STEP_BY_STEP
from .looks.seen import check_numbers, counted, match
from .looks.step_by_step import stage_of
from .reader import parts_of_number

pytestmark = pytest.mark.browser

LOAD = """async text => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  Object.assign(globalThis, await import(address));
}"""


@pytest.fixture(scope="module")
def load(browser):
    """A function that opens a page in which functions of a figure's script can be called."""
    pages = []

    def open_page(figure, *names):
        page = browser.new_page()
        pages.append(page)
        script = assembly.assemble(figure.script, figure.generated())
        script = script.replace("export default", "const figureItself =")
        page.evaluate(LOAD, f"{script}\nexport {{ {', '.join(names)} }};")
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def steps(load):
    names = (
        "format",
        "plot",
        "tickText",
        "textOf",
        "symbolOf",
        "problem",
        "runner",
        "stageOf",
        "wordsOf",
    )
    return load(BackpropStepByStep, *names)


@pytest.fixture(scope="module")
def training(load):
    return load(TrainItYourself, "trainingRun", "drawnWeights")


# numbers

MANTISSAS = (1, 1.0001, 1.4, 1.5, 2.345678912, 4.9999, 6.4, 9.5, 9.96, 9.999999)
VALUES = [
    0.0,
    *(sign * m * 10.0**k for sign, m, k in product((1, -1), MANTISSAS, range(-12, 8))),
    *(0.1 + 0.2, 1 / 3, 2 / 3, 1e-300, 5e-324, 1.7e300, 1 + 1e-12, 1e5 - 1e-7, 12345, 1e6, 1e7),
]


def test_a_number_is_shown_as_exactly_as_its_digits_say(steps):
    """At every magnitude: no further from the number than half a unit of the last digit shown."""
    digits = range(1, 10)
    texts = steps.evaluate(
        "([values, digits]) => digits.map(d => values.map(v => format(v, d)))",
        [VALUES, list(digits)],
    )
    for count, row in zip(digits, texts, strict=True):
        for value, text in zip(VALUES, row, strict=True):
            shown, unit, significant = parts_of_number(text)
            assert abs(shown - Decimal(value)) <= unit / 2, (value, count, text)
            assert (shown < 0) == (value < 0), (value, count, text)
            exact = shown == Decimal(repr(value))
            assert exact or significant >= max(1, count - 1), (value, count, text)


AXES = """([x, y, logY]) => {
  const axes = plot(420, 260, { x, y, logY, xLabel: "x", yLabel: "y" });
  const texts = axes.parts.filter(e => e.tagName === "text").map(e =>
    [e.textContent, Number(e.getAttribute("x")), Number(e.getAttribute("y")) - 4,
      e.getAttribute("text-anchor")]);
  return texts.slice(0, -2).map(([text, x, y, anchor]) =>
    anchor === "end" ? ["y", text, axes.valueY(y)] : ["x", text, axes.valueX(x)]);
}"""
RANGES = [
    *(([0, most], [0, top], False) for most, top in [(10, 1), (7, 0.3), (100, 2e-4), (2e5, 60)]),
    ([-10, 10], [-1.1, 1.1], False),
    ([-3.5, 5.5], [-4, 3.5], False),
    ([-1e-6, 1e-6], [-2e6, 1e6], False),
    ([0, 500], [1e-16, 1e3], True),
    ([0, 20], [1e-2, 1], True),
]


@pytest.mark.parametrize(("x", "y", "log"), RANGES)
def test_a_tick_stands_at_its_number(steps, x, y, log):
    found = steps.evaluate(AXES, [x, y, log])
    assert {axis for axis, _, _ in found} == {"x", "y"}
    for axis, text, value in found:
        shown = float(parts_of_number(powers_written_out(text))[0])
        low, high = x if axis == "x" else y
        if axis == "y" and log:
            assert value == pytest.approx(shown, rel=1e-6), text
        else:
            assert value == pytest.approx(shown, abs=1e-6 * (high - low)), text


def powers_written_out(text):
    """10⁻³ as 1·10⁻³."""
    return f"1·{text}" if text.startswith("10") and text[2:3] in tuple("⁻⁰¹²³⁴⁵⁶⁷⁸⁹") else text


def test_what_is_no_number_says_so(steps):
    texts = steps.evaluate("() => [NaN, Infinity, -Infinity, -0].map(v => format(v))")
    assert texts == ["undefined", "∞", "−∞", "0"]


# names

PLACES = [(1, 1, 1), (2, 1, 3), (3, 4, 2), (2, 3, 1)]
QUANTITIES = [
    pair
    for l, i, j in PLACES
    for pair in [
        (["w", l, i, j], w(l, i, j)),
        (["b", l, i], b(l, i)),
        (["z", l, i], z(l, i)),
        (["a", l, i], a(l, i)),
        (["a", 0, i], a(0, i)),
        (["x", i], a(0, i)),
        (["y", i], y(i)),
        (["δ", l, i], delta(l, i)),
        (["∂", ["E"], ["w", l, i, j]], Partial(E, w(l, i, j))),
        (["∂", ["E"], ["a", l, i]], Partial(E, a(l, i))),
        (["∂", ["a", l, i], ["z", l, j]], Partial(a(l, i), z(l, j))),
        (["∂", ["z", l, i], ["w", l, i, j]], Partial(z(l, i), w(l, i, j))),
    ]
]


def test_symbols_are_those_of_the_book(steps):
    quantities = [quantity for quantity, _ in QUANTITIES]
    texts = steps.evaluate("all => all.map(textOf)", quantities)
    formulas = steps.evaluate(
        """all => all.map(q => symbolOf(q).outerHTML
          .replace(/<.?mrow>/g, "").replace(/ xmlns="[^"]*"/g, ""))""",
        quantities,
    )
    for (quantity, symbol), text, formula in zip(QUANTITIES, texts, formulas, strict=True):
        assert text == plain_text(symbol), quantity
        assert read_mathml(formula) == read_mathml(mathml(symbol)), quantity
    slopes = steps.evaluate("() => [textOf(['g′', 1, 2]), textOf(['g′', 3, 1])]")
    assert slopes == [plain_text(g_prime(z(1, 2))), plain_text(g_prime(z(3, 1)))]


def read_mathml(text):
    """Without rows, which group but show nothing, and with indices joined: w^2_13."""
    for row in ("<mrow>", "</mrow>", "<mn>", "</mn>", "<mi>", "</mi>"):
        text = text.replace(row, "")
    return text


# words

WORDS = """state => {
  const now = runner()(state);
  return wordsOf(now, state, stageOf(state.step, now.shape));
}"""


@pytest.mark.parametrize("network", NETWORKS)
def test_a_stage_says_where_one_is_and_what_was_found(steps, network):
    """At every stage of every network: its number, its step, its layer, its numbers in order."""
    sizes = layer_sizes(network)
    L = len(sizes) - 1
    for step, updates in [*((n, n % 3) for n in range(1, 4 * L + 4)), (2 * L + 2, 0)]:
        until = "error" if updates == 0 and step == 2 * L + 2 else "update"
        figure = BackpropStepByStep(network=network, step=step, updates=updates, until=until)
        numbers = STEP_BY_STEP.numbers(figure)
        last = 2 * L + 2 if until == "error" else 4 * L + 3
        after = "" if until == "error" else f", after {counted(updates, 'update')}"
        stage, l = stage_of(step, L)
        layer = f" · layer {l} of {L}: "
        title = {
            "input": "1 Input",
            "z": f"2 Forward{layer}weighted inputs z",
            "a": f"2 Forward{layer}activations a",
            "error": "3 Error",
            "delta": f"4 Backward{layer}error terms δ",
            "gradient": f"5 Gradients{layer}derivatives with respect to w",
            "update": "6 Update, all at once",
        }[stage]
        values = [numbers.get(f"{'a' if stage == 'input' else stage}{l}_{i}")
                  for i in range(1, sizes[l] + 1)]  # fmt: skip
        found = {
            "error": ": #",
            "update": ": E was # and is now #",
            "gradient": "",
        }.get(stage, f": {', '.join('#' * len(values))}")
        if stage in ("error", "update", "gradient"):
            values = {"error": [numbers["error"]], "gradient": []}.get(
                stage, [numbers["error"], numbers["errorAfter"]]
            )
        said = steps.evaluate(WORDS, figure.values())
        check_numbers(match(f"Stage {step} of {last}{after}. {title}{found}.", said), values)


# parameters

PARAMETERS = {
    name: parameter
    for figure in (BackpropStepByStep, TrainItYourself)
    for name, parameter in figure.parameters().items()
}
TRIED = [
    *(0, 1, 2, 3, -1, 0.5, 1.5, 2.5, 1e-9, 1 + 1e-12, 1e6, -1e6, 1e9),
    *("", "0", "1", "2-2-2", "2-3-1", "sigmoid", "XOR", "a1_1", "none"),
    *(True, False, None),
    *([], [1], [0.5, 0.5], [1, 2, 3], [0.1] * 4, [1, "a"], [1, None], [1e9, 1], [0.5] * 8),
]


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_page_takes_the_values_that_python_takes(steps, name):
    """Fractions for whole numbers, for instance, are refused in both."""
    parameter = PARAMETERS[name]
    taken = steps.evaluate(
        "([spec, values]) => values.map(value => problem(spec, value) === null)",
        [parameter.specification(), TRIED],
    )
    for value, in_page in zip(TRIED, taken, strict=True):
        assert in_page == takes(parameter, name, value), (name, value)


def takes(parameter, name, value):
    try:
        parameter.checked(name, value)
    except (TypeError, ValueError):
        return False
    return True


# training


def measures_of(figure, most):
    """Mean error and length of its gradient after 0, 1, ... updates, and updates to an epoch."""
    X, Y = figure.examples()
    sizes = sizes_of(figure.network)
    net = Network(sizes, [figure.activation] * (len(sizes) - 2) + ["sigmoid"], figure.error)
    net.parameters = figure.start
    size = {"1": 1, "4": 4, "all": len(X)}[figure.batch]
    starts = range(0, len(X), size)
    measures = []
    for update in range(most + 1):
        whole = net.backward(net.forward(X), Y)
        measures.append((whole.error, float(np.linalg.norm(whole.vector))))
        rows = slice(starts[update % len(starts)], starts[update % len(starts)] + size)
        net.update(net.backward(net.forward(X[rows]), Y[rows]), figure.eta)
    return np.array(measures), len(starts)


def stops_at(measures, per_epoch, criterion):
    """After how many updates a criterion of bplib ends the run: it is asked after every epoch."""
    history = History(initial_error=measures[0, 0])
    for at in range(per_epoch, len(measures), per_epoch):
        history.error.append(measures[at, 0])
        history.gradient_norm.append(measures[at, 1])
        if criterion.reason(history):
            return at
    return None


CRITERIA = {"error": ErrorBelow, "gradient": GradientNormBelow}
RUNS = [
    {"data": data, "batch": batch, "stop": stop, "eta": eta}
    for data, batch, eta in [
        ("XOR", "1", 1.5),
        ("separable", "1", 1.0),
        ("separable", "4", 2.0),  # 14 points: the last batch of an epoch is smaller
        ("circles", "1", 1.0),
        ("XOR", "all", 0.5),
    ]
    for stop in CRITERIA
]
UPDATES = 280


def test_a_run_stops_where_bplib_stops(training):
    """The criterion is asked when an epoch is over, and not when it would be met in its midst."""
    in_the_midst = 0
    for run in RUNS:
        figure = TrainItYourself(**run)
        measures, per_epoch = measures_of(figure, UPDATES)
        column = list(CRITERIA).index(run["stop"])
        values = measures[:, column]
        for below in between(values[1:]):
            expected = stops_at(measures, per_epoch, CRITERIA[run["stop"]](below))
            first = np.flatnonzero(values[1:] < below)[:1] + 1
            in_the_midst += first.size and first[0] % per_epoch != 0
            state = {**figure.values(), "below": below}
            found = training.evaluate(
                """([state, most]) => {
                  const run = trainingRun();
                  run.setUp(state, 0);
                  const outcome = run.go(most, Infinity, state);
                  return [outcome, run.at, run.met(state)];
                }""",
                [state, UPDATES],
            )
            wanted = ["there", UPDATES, False] if expected is None else ["met", expected, True]
            assert found[:2] == wanted[:2], (run, below)
            assert found[2] == (expected is not None), (run, below)
    assert in_the_midst > 10


def between(values):
    """Thresholds between the values that occur, so that rounding decides nothing."""
    ordered = np.unique(values)
    places = np.linspace(0, len(ordered) - 2, 7).astype(int)
    return [float(ordered[place] + ordered[place + 1]) / 2 for place in places]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_first_weights_are_drawn_as_network_draws_them(training, activation):
    """With the same draw for all, a weight is that times the standard deviation of its layer."""
    for name in ("2-1", "2-3-1", "2-4-1", "2-2-2-1", "2-3-3-1", "2-4-4-1"):
        drawn = training.evaluate(
            """([name, activation]) => {
              const random = Math.random;
              Math.random = () => 0.999;
              const drawn = drawnWeights(name, activation);
              Math.random = random;
              return drawn;
            }""",
            [name, activation],
        )
        one = np.sqrt(-2 * np.log(1 - 0.999)) * np.cos(2 * np.pi * 0.999)
        assert drawn == pytest.approx(one * deviations(name, activation), abs=0.00501), name


def deviations(name, activation):
    """The standard deviation of each parameter: what bplib drew, by what it drew it from."""
    sizes = sizes_of(name)
    net = Network(sizes, [activation] * (len(sizes) - 2) + ["sigmoid"], seed=7)
    normal = np.random.default_rng(7).standard_normal(sum(m * n for m, n in pairwise(sizes)))
    weights = net.parameters[: normal.size] / normal
    return np.concatenate([weights, net.parameters[normal.size :]])


def test_first_weights_are_normal(training):
    drawn = training.evaluate(
        "() => Array.from({ length: 400 }, () => drawnWeights('2-4-4-1', 'relu')).flat()"
    )
    scaled = np.reshape(drawn, (400, -1))[:, :28] / deviations("2-4-4-1", "relu")[:28]
    assert np.abs(scaled.mean()) < 0.05
    assert scaled.std() == pytest.approx(1, abs=0.05)
    assert (np.abs(scaled) < 1).mean() == pytest.approx(0.683, abs=0.03)


def test_states_can_be_sent():
    """A figure's values are JSON: what is compared here is what a page gets."""
    values = TrainItYourself().values()
    assert json.loads(json.dumps(values))["start"] == list(values["start"])

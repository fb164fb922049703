"""Practice: the same tasks in the page and in Python, every slip named, every reader served."""

import json
import math

import numpy as np
import pytest

from bplib.figures import Practice
from bplib.figures.assembly import assemble
from bplib.figures.practice.levels import LEVELS
from bplib.figures.practice.quantities import CHAIN, quantities
from bplib.figures.practice.task import Task, apart, at, empty, places, put, shown_slips, value
from bplib.slips.catalogue import slips
from bplib.slips.networks import draw
from bplib.slips.passes import Pass

from .cases import CASES
from .reader import DESK, PHONE, Reader
from .server import LOCAL

SEEDS = 200
ASKING = [level.name for level in LEVELS if not level.find]

# Slips that one example of a network with one hidden layer cannot show.
NOT_SHOWN = {
    "examples-summed": "one example: sum and mean are the same",
    "last-example-only": "one example",
    "first-example-only": "one example",
    "divided-twice": "one example: N is 1",
    "examples-averaged-first": "one example",
    "weights-summed": "one example",
    "biases-summed": "one example",
    "last-example-for-weights": "one example",
    "stale-gradient": "one call",
    "first-layer-left-out": "with one hidden layer the same as last-layer-only",
    "error-terms-not-weighted": "with one hidden layer the same as hidden-weights-left-out",
}

# All tasks of a level: what was drawn, what is right, and what every slip would give.
TASKS = """(([name, seeds]) => seeds.map((seed) => {
  const task = taskOf(name, seed);
  const { values, level, whole, wrongStep, slip, mended } = task;
  const all = Object.fromEntries(level.steps.map((step) => [step.name,
    Object.fromEntries(step.slips.map((one) => [one, wrongOf(values, step, one)]))]));
  return { whole, drawn: level.places.map(([path]) => [path, at(values, path)]),
    right: level.steps.map((step) => at(values, step.path)), wrong: all,
    slip: slip ?? null, wrongStep: wrongStep?.name ?? null, mended: mended ?? null };
}))"""

# What is said of right numbers in so many digits; everything but "right" comes back.
REFUSED = """(([name, seeds, write]) => seeds.flatMap((seed) => {
  const task = taskOf(name, seed);
  const digits = new Function("x", "base", "return " + write);
  const typed = Object.fromEntries(task.level.steps.map((step) =>
    [step.name, digits(at(task.values, step.path), step.base)]));
  return judge(task, typed).filter(({ kind }) => kind !== "right")
    .map(({ step, kind, text }) => [seed, step.plain, typed[step.name], kind, text]);
}))"""

# Every slip typed where it shows, all numbers before it right: those that are not named.
UNNAMED = """(([name, seeds]) => {
  const named = new Set(), missed = [];
  for (const seed of seeds) {
    const task = taskOf(name, seed);
    const right = Object.fromEntries(task.level.steps.map((step) =>
      [step.name, at(task.values, step.path).toFixed(5)]));
    for (const step of task.level.steps.filter((step) => !step.given))
      for (const slip of step.slips) {
        const typed = { ...right, [step.name]: wrongOf(task.values, step, slip).toFixed(5) };
        const replies = judge(task, typed);
        const reply = replies.find((one) => one.step === step);
        const twins = step.same.filter((pair) => pair.includes(slip)).flat();
        const expected = twins.length ? new Set(twins) : new Set([slip]);
        const before = replies.slice(0, replies.indexOf(reply));
        if (before.some(({ kind }) => kind !== "right") || reply.slips.length !== expected.size
            || !reply.slips.every((one) => expected.has(one)))
          missed.push([seed, step.plain, slip, reply.kind, reply.slips]);
        else named.add(slip);
      }
  }
  return { named: [...named], missed };
})"""

# A slip in the first number, and all others calculated from what stands before them: what is said.
FOLLOWED = """(([name, seeds]) => seeds.flatMap((seed) => {
  const task = taskOf(name, seed);
  const steps = task.level.steps, asked = steps.filter((step) => !step.given);
  return asked[0].slips.map((slip) => {
    const own = givenValues(task), typed = {};
    for (const step of steps) {
      const number = step === asked[0] ? wrongOf(own, step, slip) : rightOf(own, step);
      put(own, step.path, number);
      typed[step.name] = number.toFixed(6);
    }
    return judge(task, typed).map(({ kind }) => kind);
  });
}))"""


@pytest.fixture(scope="module")
def run(browser):
    """Runs a function of the figure's own modules, with an argument, in a page."""
    page = browser.new_page()
    text = assemble("practice/judge.js", Practice.generated())
    page.evaluate(f"() => {{ {text}\nglobalThis.run = (text) => eval(text); }}")
    yield lambda function, *argument: page.evaluate(
        "([text, argument]) => run(text)(argument)", [function, list(argument)]
    )
    page.close()


# The same tasks in the page as in Python.


@pytest.mark.browser
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_the_page_calculates_what_bplib_does(run, level):
    tasks = run(TASKS, level.name, list(range(1, SEEDS + 1)))
    for seed, task in enumerate(tasks, start=1):
        assert task["whole"], f"seed {seed}: its slips cannot be told apart"
        v = empty(level.sizes)
        for path, number in task["drawn"]:
            put(v, path, number)
        for step, number in zip(level.steps, task["right"], strict=True):
            where = f"{level.name}, seed {seed}, {step.name}"
            right = value(quantities()[step.quantity].right, v, step)
            if step.name == task["wrongStep"]:
                assert math.isclose(task["mended"], right, rel_tol=1e-9, abs_tol=1e-12), where
                wrong = {one.name: one for one in shown_slips(level.name)[step.name][0]}
                right = value(wrong[task["slip"]].expression, v, step)
            assert math.isclose(number, right, rel_tol=1e-9, abs_tol=1e-12), where
            put(v, step.path, right)
            if seed <= 20 or not level.find:
                found = task["wrong"][step.name]
                check_slips(level, step, v, right, found, where)


def check_slips(level, step, v, right, found, where):
    """The page's numbers are those of the slips, and can be told apart."""
    shown, same = shown_slips(level.name)[step.name]
    assert list(found) == [one.name for one in shown], where
    for one in shown:
        wrong = value(one.expression, v, step)
        assert math.isclose(found[one.name], wrong, rel_tol=1e-9, abs_tol=1e-12), (where, one.name)
    if step.given or level.find:
        return
    base = at(v, step.base) if step.base else 0.0
    numbers = [("", right), *found.items()]
    for place, (name, first) in enumerate(numbers):
        for other, second in numbers[:place]:
            if frozenset((name, other)) not in same:
                assert apart(first, second, base), (where, name, other)


@pytest.mark.browser
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_a_seed_is_the_same_task_in_both(run, level):
    seeds = [1, 2, 9999]
    for seed, found in zip(seeds, run(TASKS, level.name, seeds), strict=True):
        task = Task(level.name, seed)
        assert [number for _, number in found["drawn"]] == [
            float(at(task.values, path)) for path, _ in places(task.level)
        ]
        np.testing.assert_allclose(found["right"], list(task.right().values()), rtol=1e-9)
        if level.find:
            assert (found["wrongStep"], found["slip"]) == (task.wrong_step.name, task.slip.name)


# What is said of a number.


@pytest.mark.browser
@pytest.mark.parametrize("level", ASKING)
def test_right_numbers_are_taken_for_right(run, level):
    seeds = list(range(1, SEEDS + 1))
    # An update changes a parameter little: three digits of the new one do not show it.
    three = "base ? x.toFixed(4) : x.toPrecision(3)"
    for write in (three, "x.toPrecision(4)", "x.toFixed(4)", "String(x)"):
        assert run(REFUSED, level, seeds, write) == [], write


@pytest.mark.browser
def test_every_slip_is_named(run):
    named = set()
    for level in ASKING:
        found = run(UNNAMED, level, list(range(1, 21)))
        assert found["missed"] == [], level
        named |= set(found["named"])
    assert set(slips()) - named == set(NOT_SHOWN)


@pytest.mark.browser
@pytest.mark.parametrize("level", ASKING)
def test_the_first_number_that_departs_is_blamed(run, level):
    for kinds in run(FOLLOWED, level, list(range(1, 11))):
        assert kinds[0] in ("slip", "slips")
        # Some numbers do not depend on the first, and are right.
        assert set(kinds[1:]) <= {"right", "follows"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("0,5", "bad", "Write a point, not a comma"),
        ("zero", "bad", "This is not a number"),
        ("1/2", "bad", "This is not a number"),
        ("0x10", "bad", "This is not a number"),
        ("--1", "bad", "This is not a number"),
        ("1e999", "bad", "too large"),
        ("Infinity", "bad", "This is not a number"),
        ("NaN", "bad", "This is not a number"),
        ("9" * 500, "bad", "too long"),
        ("<img src=x>", "bad", "This is not a number"),
        ("   ", "empty", ""),
        ("1e-300", "wrong", "does not follow"),
        ("−123456", "wrong", "does not follow"),
    ],
)
def test_bad_input_gets_a_sentence(run, typed, kind, said):
    judged = "([name, typed]) => judge(taskOf(name, 3), { a_1_0: typed })[0]"
    reply = run(judged, "one-delta", typed)
    assert reply["kind"] == kind
    assert said in reply["text"]


@pytest.mark.browser
def test_too_few_digits_are_not_wrong(run):
    rounded = "([name]) => { const task = taskOf(name, 3); return task.level.steps.filter("
    rounded += "(s) => s.quantity === 'a').map((s) => judge(task, { [s.name]: "
    rounded += "at(task.values, s.path).toFixed(2) }).find((r) => r.step === s).kind); }"
    assert set(run(rounded, "forward-pass")) <= {"rounded", "right"}
    assert "rounded" in run(rounded, "forward-pass")


# The slips of factors and passes are those of the catalogue.


def test_a_slip_of_a_factor_is_one_of_the_rule():
    """With all other factors right, it gives what the slip of the whole rule gives."""
    task = Task("one-factor", 4)
    v = task.values
    deltas = {"dE/da": "delta^L", "da/dz^L": "delta^L", "dz/da": "delta", "da/dz": "delta"}
    steps = {step.quantity: step for step in task.level.asked}
    v.delta[2][:] = v.factor[1] * v.factor[2]
    v.delta[1][:] = v.delta[2][0] * v.factor[3] * v.factor[4]
    tried = 0
    for name, _ in CHAIN:
        rule = quantities()[deltas.get(name, "dE/dw")]
        layer = 2 if name in ("dE/da", "da/dz^L") else 1
        step = type(steps[name])(deltas.get(name, "dE/dw"), layer, 1, 1)
        whole = value(rule.right, v, step)
        wrong = {one.name: value(one.expression, v, step) for one in rule.wrong}
        for one in quantities()[name].wrong:
            factor = value(one.expression, v, steps[name])
            right = value(quantities()[name].right, v, steps[name])
            if not math.isnan(factor):
                assert math.isclose(factor / right, wrong[one.name] / whole, rel_tol=1e-9), one
                tried += 1
    assert tried > 30


def test_slips_of_passes_are_those_of_the_passes():
    case = draw((2, 2, 1), 1, 5)
    level = next(level for level in LEVELS if level.name == "whole-update")
    v = empty(level.sizes)
    v.W, v.b, v.eta, v.y = dict(case.W), dict(case.b), case.eta, case.y[0]
    v.a[0][:] = case.x[0]
    for step in level.steps:
        put(v, step.path, value(quantities()[step.quantity].right, v, step))
    wrong = {one.name: one for one in quantities()["delta"].wrong}
    hidden = [step for step in level.steps if step.quantity == "delta"]
    for name in ("updated-first", "last-layer-only"):
        one = slips()[name]
        assert one.kind is not Pass
        found = one.kind(one.rules(), case.W, case.b, case.activation).run(case.x, case.y, case.eta)
        np.testing.assert_allclose(
            [value(wrong[name].expression, v, step) for step in hidden],
            found["delta"][1][0],
            atol=1e-12,
        )


# A reader at work.


def text_of(number):
    return f"{number:.5f}"


@pytest.mark.browser
def test_a_task_is_solved_with_the_keyboard_alone(visit, on_file):
    """One slip first, which gets the focus back; then its mending; then the next task."""
    reader = Reader(visit(on_file("Practice")))
    task = CASES["Practice"].make().task()
    right = {step.name: at(task.values, step.path) for step in task.level.asked}
    wrong = task.wrong(task.level.asked[1])["bias-subtracted"]
    press = reader.page.keyboard.press
    reader.button("Another one").focus()
    for step in task.level.asked:
        press("Tab")
        number = wrong if step is task.level.asked[1] else right[step.name]
        reader.page.keyboard.type(text_of(number))
    press("Enter")
    assert "The bias is subtracted" in reader.words()
    focused = reader.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "weighted input z, layer 1, unit 2"
    invalid = reader.live.locator("input[aria-invalid=true]")
    assert invalid.count() == reader.live.locator("li[data-kind=slip]").count() + (
        reader.live.locator("li[data-kind=wrong]").count()
    )
    press("Control+a")
    reader.page.keyboard.type(text_of(right["z_1_1"]))
    press("Enter")
    assert "All right" in reader.status.text_content()
    assert "Forward pass and error 1" in reader.live.text_content()
    reader.button("Another one").press("Enter")
    reader.paint()
    assert "Task 2" in reader.live.text_content()
    assert reader.field("error E").input_value() == ""


@pytest.mark.browser
@pytest.mark.parametrize("level", ASKING)
def test_slips_typed_into_fields_are_named(visit, on_file, level):
    reader = Reader(visit(on_file("Practice")))
    reader.follow(Practice(level=level, seed=3).link())
    task = Task(level, 3)
    fields = reader.live.locator(".bp-practice-fields input")
    for place, step in enumerate(task.level.asked):
        fields.nth(place).fill(text_of(at(task.values, step.path)))
    for place, step in list(enumerate(task.level.asked))[::3]:
        shown, same = shown_slips(level)[step.name]
        one = next(one for one in shown if not any(one.name in pair for pair in same))
        fields.nth(place).fill(text_of(task.wrong(step)[one.name]))
        reader.button("Check").click()
        item = reader.live.locator(".bp-practice-fields > li").nth(place)
        assert item.get_attribute("data-kind") == "slip"
        assert one.says in item.text_content()
        assert one.read[1] in item.text_content()
        assert one.says in reader.status.text_content()
        fields.nth(place).fill(text_of(at(task.values, step.path)))
    reader.button("Check").click()
    assert "All right" in reader.status.text_content()


@pytest.mark.browser
def test_hints_and_the_solution(visit, on_file):
    reader = Reader(visit(on_file("Practice")))
    task = CASES["Practice"].make().task()
    hint = reader.live.locator(".bp-practice-hint").first
    reader.button("Hint").click()
    assert hint.locator("math").count() == 1
    reader.button("Hint").click()
    assert f"{task.values.W[1][0, 0]:g}".replace("-", "−") in hint.text_content()
    reader.button("Hint").click()
    assert hint.locator("p").count() == 2  # nothing more is given away
    reader.button("Full solution").click()
    lines = reader.live.locator(".bp-practice-solution > li")
    assert lines.count() == len(task.level.asked)
    fields = reader.live.locator(".bp-practice-fields input")
    for place, step in enumerate(task.level.asked):
        fields.nth(place).fill(text_of(at(task.values, step.path)))
    reader.button("Check").click()
    assert "All right" in reader.status.text_content()
    assert "No task solved yet" in reader.live.text_content()  # the solution had been looked at


@pytest.mark.browser
def test_the_slip_is_found(visit, on_file):
    reader = Reader(visit(on_file("Practice")))
    reader.follow(Practice(level="find-the-slip", seed=2).link())
    task = Task("find-the-slip", 2)
    reader.button("Check").click()
    assert "Choose the line" in reader.status.text_content()
    lines = reader.live.locator(".bp-practice-calculation input")
    place = task.level.steps.index(task.wrong_step)
    for other, way in ((place - 1, "further down"), (place + 1, "further up")):
        lines.nth(other).check()
        reader.button("Check").click()
        assert way in reader.status.text_content()
    lines.nth(place).check()
    reader.button("Check").press("Enter")
    assert "what was done there" in reader.status.text_content()
    reasons = reader.live.locator(".bp-practice-reasons label")
    shown = {one.says: one.name for one in shown_slips("find-the-slip")[task.wrong_step.name][0]}
    assert [shown[text] for text in reasons.all_text_contents()].count(task.slip.name) == 1
    reasons.filter(has_not_text=task.slip.says).first.click()
    reader.button("Check").click()
    assert "another slip" in reader.status.text_content()
    reasons.filter(has_text=task.slip.says).click()
    reader.button("Check").click()
    assert "Right" in reader.status.text_content()
    assert "Find the slip 1" in reader.live.text_content()


# Progress, paper, and where to read.


def solve(reader, level="one-factor", seed=1):
    reader.follow(Practice(level=level, seed=seed).link())
    task = Task(level, seed)
    fields = reader.live.locator(".bp-practice-fields input")
    for place, step in enumerate(task.level.asked):
        fields.nth(place).fill(text_of(at(task.values, step.path)))
    reader.button("Check").click()


@pytest.mark.browser
def test_progress_is_kept_and_cleared(visit, address):
    reader = Reader(visit(address("Practice")))
    solve(reader)
    solve(reader)  # the same task counts once
    solve(reader, seed=2)
    assert "Factor by factor 2. Kept in this browser only." in reader.live.text_content()
    reader.page.reload()
    again = Reader(reader.page)
    assert "Factor by factor 2" in again.live.text_content()
    again.button("Clear my progress").click()
    assert "No task solved yet" in again.live.text_content()
    again.page.reload()
    assert "No task solved yet" in Reader(again.page).live.text_content()


REFUSE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
FULL = "Storage.prototype.setItem = () => { throw new Error('full'); };"
NONSENSE = "localStorage.setItem('bp-practice', '{\"one-factor\": 7, \"x\": [null]'); "


@pytest.mark.browser
@pytest.mark.parametrize("script", [REFUSE, FULL, NONSENSE], ids=["refused", "full", "nonsense"])
def test_without_storage_it_works_all_the_same(browser, on_file, script):
    context = browser.new_context(viewport=DESK)
    context.add_init_script(script)
    context.route(lambda url: not url.startswith(LOCAL), lambda route: route.abort())
    page = context.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(on_file("Practice"))
    reader = Reader(page)
    solve(reader)
    assert "Factor by factor 1" in reader.live.text_content()
    if script != NONSENSE:
        assert "keeps nothing" in reader.live.text_content()
    reader.button("Clear my progress").click()
    assert said == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_paper_has_the_task_on_the_screen(visit, on_file, level):
    reader = Reader(visit(on_file("Practice")))
    reader.follow(Practice(level=level.name, seed=3).link())
    reader.page.emulate_media(media="print")
    still = reader.place.locator(".bp-figure-still")
    assert still.is_visible()
    assert "Task 3." in still.text_content()
    assert still.locator("button, input").count() == 0
    rows = still.locator(".bp-practice-blanks > li")
    assert rows.count() == len(level.asked)
    assert all(row.is_visible() for row in rows.all())
    numbers = still.locator("svg text").all_text_contents()
    first = Task(level.name, 3).values.W[1][0, 0]
    assert f"{first:g}".replace("-", "−") in numbers


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_replies_are_accessible(visit, on_file, faults, scheme):
    reader = Reader(visit(on_file("Practice"), color_scheme=scheme, viewport=PHONE))
    for level in ("whole-update", "find-the-slip"):
        reader.follow(Practice(level=level, seed=2).link())
        for field in reader.live.locator(".bp-practice-fields input").all()[::2]:
            field.fill("0.5")
        for radio in reader.live.locator(".bp-practice-calculation input").all()[:1]:
            radio.check()
        for name in ("Check", "Hint", "Hint", "Full solution"):
            reader.button(name).click()
        assert faults(reader.page) == []


def test_where_to_read_is_in_the_book(html):
    """Every passage that a reply names has the identity that the link has."""
    levels = Practice.generated()["levels.js"]
    says = levels.partition("practiceSays = ")[2].partition(";\n")[0]
    for found in json.loads(says).values():
        for _, chapter, heading, anchor in found.values():
            page = (html / "chapters" / chapter / f"{chapter}.html").read_text(encoding="utf-8")
            assert f'id="{anchor}"' in page, (chapter, heading)

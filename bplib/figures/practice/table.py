"""What the page knows of the tasks, as JavaScript: rules, slips, and how lines are written."""

import json
import re
import unicodedata
from functools import cache

from sympy import Symbol, diff

from ...codegen.javascript import JavaScript
from ...slips.javascript import HELPERS, function
from ...symbolic.functions import ACTIVATIONS
from ..arithmetic import module, table
from ..formulas import mathml
from . import task
from .levels import BIASES, INPUTS, LEVELS, RATES, TARGETS, WEIGHTS
from .quantities import quantities
from .wording import Concrete, drawn, spoken


@cache
def modules():
    """The modules that the figure's script imports, by name."""
    return {"rules.js": HELPERS + _rules(), "levels.js": _levels()}


def _rules():
    rules = {
        name: table(
            {
                "right": function(quantity.right),
                "wrong": table(
                    {json.dumps(one.name): function(one.expression) for one in quantity.wrong}
                ),
            }
        )
        for name, quantity in quantities().items()
    }
    language = JavaScript()
    [(_, g_text)] = language.activation("sigmoid", ["z"], ["a"])
    own, unit, output = ACTIVATIONS["sigmoid"], Symbol("z", real=True), Symbol("output", real=True)
    slope = own.in_outputs(diff(own.expression(unit), unit), unit, output)
    generator = {
        "start": f"(seed, level) => {_modulo(task.START)}",
        "next": f"(state) => {_modulo(task.NEXT)}",
    }
    return module(
        sigmoid=f"(z) => {g_text}",
        slopeOfSigmoid=f"(z) => {{ const output = sigmoid(z); return {language.formula(slope)}; }}",
        practiceRules=table({json.dumps(name): text for name, text in rules.items()}),
        generator=table(generator),
    )


def _modulo(expr):
    return f"({expr.args[0]}) % {expr.args[1]}"


def _levels():
    says = {
        name: {one.name: [one.says, *_place(one.read)] for one in quantity.wrong}
        for name, quantity in quantities().items()
    }
    return module(
        practiceLevels=_json([_level(level) for level in LEVELS]),
        practiceSays=_json(says),
        choices=_json(
            {"W": WEIGHTS, "b": BIASES, "a": INPUTS, "y": TARGETS, "eta": RATES},
        ),
        limits=_json(
            {
                "tolerance": task.TOLERANCE,
                "margin": task.MARGIN,
                "changes": task.CHANGES,
                "patience": task.PATIENCE,
            }
        ),
    )


def _place(read):
    """Where it can be read: the chapter, the heading, and what the heading is called in links."""
    chapter, heading = read
    return chapter, heading, anchor(heading)


def anchor(heading):
    """The identity of a heading in the built book, made as docutils makes it."""
    letters = unicodedata.normalize("NFKD", heading.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _level(level):
    return {
        "name": level.name,
        "title": level.title,
        "task": level.task,
        "sizes": level.sizes,
        "rate": level.rate,
        "find": level.find,
        "places": [(path, mathml(drawn(path))) for path, _ in task.places(level)],
        "steps": _steps(level),
    }


def _steps(level):
    """The steps, or the name of an earlier level that has the same."""
    for other in LEVELS[: LEVELS.index(level)]:
        if (other.steps, other.sizes, other.rate) == (level.steps, level.sizes, level.rate):
            return other.name
    return [_step(level, step) for step in level.steps]


def _step(level, step):
    shown, same = task.shown_slips(level.name)[step.name]
    names = [one.name for one in quantities()[step.quantity].wrong]
    at = Concrete(level, step)
    entry = {
        "name": step.name,
        "quantity": step.quantity,
        "at": [step.l, step.i, step.j],
        "path": step.path,
        "given": step.given,
        "label": at.label(),
        "plain": at.plain(),
        # By their places among the slips of the quantity: the names are long, and there once.
        "slips": [names.index(one.name) for one in shown],
        "same": sorted(sorted(map(names.index, pair)) for pair in same),
        "exact": step.is_exact,
    }
    if step.base:
        entry["base"] = step.base
    if not step.given:
        entry |= {
            "spoken": spoken(step),
            "rule": at.rule(),
            "numbers": at.numbers(),
        }
    return entry


def _json(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

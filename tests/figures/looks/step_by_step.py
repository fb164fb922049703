"""Backpropagation, step by step: what is lit, and in which colour, whose number stands where."""

import re

from bplib.drawing.diagram import SUBSCRIPT, SUPERSCRIPT
from bplib.figures.step_by_step.examples import layer_sizes

from ..cases.step_by_step import STEP_BY_STEP, network_of
from .seen import (
    BACKWARD,
    ERROR,
    FORWARD,
    MUTED,
    PARAMETER,
    centre,
    check_numbers,
    check_width,
    closest,
    distance_to_line,
    match,
    middle,
)

COLOURS = {
    "input": FORWARD,
    "z": FORWARD,
    "a": FORWARD,
    "error": ERROR,
    "delta": BACKWARD,
    "gradient": BACKWARD,
    "update": PARAMETER,
}
# The kind of a number in a line, by its name: as in derivations, and parameters and errors apart.
KINDS = {
    "forward": r"[az]\d_\d",
    "backward": r"(delta|byA|byB)\d_\d|byW\d_\d\d",
    "plain": r"slope\d_\d|outputByZ_\d\d",
    "error": r"y\d|error|errorAfter",
    "parameter": r"(w|changeW|afterW)\d_\d\d|(b|changeB|afterB)\d_\d|eta",
}


def step_by_step_looks(figure, seen):
    sizes = layer_sizes(figure.network)
    L = len(sizes) - 1
    stage, l = stage_of(figure.step, L)
    drawing = seen.drawing("The network")
    numbers = STEP_BY_STEP.numbers(figure)
    units = drawing.units(sizes, smallest=15)
    edges = drawing.edges(sizes, units)
    chosen = _chosen(figure, stage, l)
    _units(figure, drawing, units, stage, l, L, chosen)
    _edges(drawing, edges, numbers, stage, l, L, sizes, chosen)
    _labels(figure, drawing, units, edges, stage, l)
    _legend(seen, drawing, stage, l, L)
    for place in seen.places:
        kinds = [c.removeprefix("bp-steps-") for c in place["classes"]]
        kind = [kind for kind in kinds if kind in KINDS]
        if kind:
            assert re.fullmatch(KINDS[kind[0]], place["name"]), place
    _curve(figure, seen, L)
    _result(figure, seen, stage, l, sizes)
    _options(seen, sizes)
    if stage == "delta" and l < L:
        assert f"error terms of layer {l + 1} " in seen.explanation


def _result(figure, seen, stage, l, sizes):
    """The name of a vector or matrix, and the numbers in it, in their order."""
    if stage == "error":
        assert seen.results == []
        return
    [(name, shown)] = seen.results
    if stage in ("gradient", "update"):
        letter, m, i, _ = _looked_at(figure)
        m = l or (m if letter and m else 1)
        number = "by" if stage == "gradient" else "after"
        wanted = []
        for i in range(1, sizes[m] + 1):
            wanted += [f"{number}W{m}_{i}{j}" for j in range(1, sizes[m - 1] + 1)]
            wanted += [f"{number}B{m}_{i}"] if figure.train_biases else []
        names = [f"{'∂E∂' if stage == 'gradient' else ''}{letter}{m}" for letter in "Wb"]
        assert name == ",".join(names[: 1 + figure.train_biases]) + "="
    else:
        letter = {"input": "a0", "z": f"z{l}", "a": f"a{l}", "delta": f"delta{l}"}[stage]
        wanted = [f"{letter}_{i}" for i in range(1, sizes[l] + 1)]
        assert name == {"a0": "x", f"delta{l}": f"δ{l}"}.get(letter, letter) + "="
    assert shown == wanted


def _options(seen, sizes):
    """What can be looked at is called by its name."""
    [options] = [dict(o) for o in seen.options if o and o[0] == ["", "nothing"]]
    wanted = {"": "nothing"}
    for l, n in enumerate(sizes):
        for i in range(1, n + 1):
            own = _named("a" if l else "x", l, i)
            wanted[f"a{l}_{i}"] = f"{own}, unit {i} of layer {l}"
            for j in range(1, sizes[l - 1] + 1 if l else 1):
                start = _named("a" if l > 1 else "x", l - 1, j)
                wanted[f"w{l}_{i}{j}"] = f"{_named('w', l, i, j)}, from {start} to {own}"
    assert options == wanted


def stage_of(step, L):
    """The kind of a stage, and its layer."""
    stages = [("input", 0)]
    stages += [(kind, l) for l in range(1, L + 1) for kind in ("z", "a")]
    stages += [("error", L)]
    stages += [("delta", l) for l in range(L, 0, -1)]
    stages += [("gradient", l) for l in range(1, L + 1)]
    return [*stages, ("update", 0)][step - 1]


def _looked_at(figure):
    if not figure.look:
        return "", 0, 0, 0
    letter, l, places = re.fullmatch(r"([aw])(\d)_(\d+)", figure.look).groups()
    return letter, int(l), int(places[0]), int(places[1:] or 0)


def _chosen(figure, stage, l):
    """Units and weights that stand out: what is looked at, and what is worked out."""
    letter, m, i, j = _looked_at(figure)
    chosen = {(m, i, j) if letter == "w" else (m, i)} if letter else set()
    if stage in ("z", "a", "delta"):
        chosen.add((l, i if letter and m == l else 1))
    if stage == "gradient":
        chosen.add((l, i, j or 1) if letter and m == l else (l, 1, 1))
    if stage == "update":
        chosen.add((m, i, j or 1) if letter and m > 0 else (1, 1, 1))
    return chosen


def _lit(stage, l, L, sizes):
    """Units and weights that a stage is about."""

    def units(layer):
        return {(layer, i) for i in range(1, sizes[layer] + 1)}

    def weights(layer):
        return {(layer, i, j) for _, i in units(layer) for j in range(1, sizes[layer - 1] + 1)}

    if stage == "update":
        return set().union(*(weights(layer) for layer in range(1, L + 1)))
    if stage == "gradient":
        return weights(l)
    if stage == "z":
        return units(l) | weights(l)
    if stage == "delta":
        return units(l) | (weights(l + 1) if l < L else set())
    return units(l)


def _units(figure, drawing, units, stage, l, L, chosen):
    sizes = layer_sizes(figure.network)
    lit = _lit(stage, l, L, sizes)
    for unit, circle in units.items():
        known = unit[0] == 0 or figure.step >= 2 * unit[0] + 1
        colour = COLOURS[stage] if unit in lit else FORWARD if known else MUTED
        assert circle["stroke"] == colour, (figure.step, unit)
        wide = "5" if unit in chosen else "4" if unit in lit else "2"
        assert circle["stroke-width"] == wide, (figure.step, unit)
        assert circle["fill"].startswith("color-mix") == (unit in chosen), unit
        name = _named("x" if unit[0] == 0 else "a", *unit)
        [text] = [t for t in drawing.of("text") if t["text"] == name]
        assert closest(units, middle(text)) == unit


def _named(letter, l, *places):
    layer = "" if letter == "x" else str(l).translate(SUPERSCRIPT)
    return letter + layer + "".join(map(str, places)).translate(SUBSCRIPT)


def _edges(drawing, edges, numbers, stage, l, L, sizes, chosen):
    lit = _lit(stage, l, L, sizes)
    for (m, i, j), line in edges.items():
        weight = numbers[f"{'afterW' if stage == 'update' else 'w'}{m}_{i}{j}"]
        is_chosen = (m, i, j) in chosen
        check_width(line, weight, more=2 if is_chosen else 0)
        shown = is_chosen or (m, i, j) in lit
        assert line["stroke"] == (COLOURS[stage] if shown else MUTED), (m, i, j)


def _labels(figure, drawing, units, edges, stage, l):
    """Each number is beside the unit, or on the line, whose it is, and is called by its name."""
    for part in drawing.of("text"):
        for name in part["names"]:
            letter, m, places = re.fullmatch(r"([A-Za-z]+?)(\d?)(?:_?(\d+))?", name).groups()
            if letter in ("a", "z", "delta"):
                unit = (int(m), int(places))
                assert closest(units, middle(part)) == unit, name
                high = middle(part)[1] - centre(units[unit])[1]
                above = {"a": high > 0, "z": high < 0, "delta": high > 20}
                assert above[letter], name
                fill = BACKWARD if letter == "delta" else FORWARD
                assert part["fill"] == fill, name
                assert part["text"].startswith({"z": "z ", "delta": "δ "}.get(letter, ""))
            elif letter in ("w", "byW", "afterW"):
                i, j = map(int, places)
                line = edges[int(m), i, j]
                assert distance_to_line(middle(part), line) < 5, (figure.step, name)
                assert part["fill"] == (BACKWARD if letter == "byW" else PARAMETER), name
                before = part["text"].rpartition(" = ")[0]
                own = _named("w", m, i, j)
                assert before in ("", f"∂E/∂{own}" if letter == "byW" else own), name
                lit = stage == "gradient" and int(m) == l
                wanted = "byW" if lit else "afterW" if stage == "update" else "w"
                assert letter == wanted, name
            else:
                assert part["fill"] == ERROR, name
                if letter == "y":
                    assert part["text"].startswith(f"{_named('y', '', m)} = "), name


def _legend(seen, drawing, stage, l, L):
    """What is said of the numbers on the lines is what they are."""
    names = {name for part in drawing.of("text") for name in part["names"]}
    on_lines = {n for n in names if re.match(r"w|byW|afterW", n)}
    [said] = seen.legends
    what = {
        "z": f"weights into layer {l}",
        "gradient": "∂E/∂w",
        "update": "new weights",
        "delta": f"weights into layer {l + 1}" if l < L else "",
    }.get(stage, "")
    if said == f"Numbers on the lines: {what}" and what:
        assert on_lines
    elif "choose another unit" in said:
        into = "out of" if stage == "delta" else "into"
        assert f"weights {into} " in said
        assert said.startswith("Numbers on the lines: ∂E/∂w of the") == (stage == "gradient")
        assert said.startswith("Numbers on the lines: new") == (stage == "update")
    elif said == "Number on the line: the weight":
        assert not what
        assert len(on_lines) == 1
    else:
        assert said in ("", "The numbers of the lines stand below")
        assert not on_lines


def _curve(figure, seen, L):
    if figure.small or figure.until == "error":
        return
    label = seen.drawing("The error over").label
    known = figure.step >= 2 * L + 2
    numbers = STEP_BY_STEP.numbers(figure)
    last = figure.updates - 1 + known
    values = []
    if figure.step == 4 * L + 3:
        last += 1
        end = numbers["errorAfter"]
    elif known:
        end = numbers["error"]
    elif figure.updates:
        end = figure.errors()[-2]
    if last < 0:
        assert label == "The error over the updates so far: none yet"
        return
    first = network_of(figure).mean_error(figure.x, figure.y)
    values = [first, end, last]
    said = match("The error over the updates so far: # at first, # after #", label)
    check_numbers(said, values)

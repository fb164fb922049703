"""Practice: what it says of the task, how it draws the network, and what is written where."""

from bplib.figures.practice.task import at, places

from .seen import ERROR, FORWARD, PARAMETER, check_numbers, check_width, match, middle


def practice_looks(figure, seen):
    task = figure.task()
    level, v = task.level, task.values
    count = len(level.asked)
    words = f"Task {figure.seed}, {level.title}: "
    words += (
        f"{count} lines, one of them wrong."
        if level.find
        else (f"{count} numbers to find. Four decimals are enough.")
    )
    assert seen.words == words
    _network(level.sizes, v, seen.drawing(f"A {'-'.join(map(str, level.sizes))} network"))
    _lines(task, seen)


def _network(sizes, v, drawing):
    """Every weight on its own line, every bias below its unit, every target above its output."""
    L = len(sizes) - 1
    units = drawing.units(sizes)
    assert {circle["stroke"] for circle in units.values()} == {FORWARD}
    weights = drawing.of("text", fill=PARAMETER)
    biases = [text for text in weights if text["text"].startswith("b ")]
    weights = [text for text in weights if text not in biases]
    edges = drawing.edges(sizes, units)
    assert len(weights) == len(edges)
    for (l, i, j), line in edges.items():
        weight = float(v.W[l][i - 1, j - 1])
        check_width(line, weight)
        x1, y1, x2, y2 = (float(line[name]) for name in ("x1", "y1", "x2", "y2"))
        place = x1 + 0.27 * (x2 - x1), y1 + 0.27 * (y2 - y1)
        [label] = [t for t in weights if _far(t, place) < 1]
        check_numbers(match("#", label["text"]), [weight])
    targets = drawing.of("text", fill=ERROR)
    for (l, i), circle in units.items():
        if l:
            [label] = [t for t in biases if _over(circle, t) and _below(circle, t) > 0]
            check_numbers(match("b #", label["text"]), [v.b[l][i - 1]])
        else:
            inside = [t for t in drawing.of("text", fill=FORWARD) if _over(circle, t)]
            [label] = [t for t in inside if abs(_below(circle, t)) < 20]
            check_numbers(match("#", label["text"]), [v.a[0][i - 1]])
        if l == L:
            [label] = [t for t in targets if _over(circle, t) and -45 < _below(circle, t) < 0]
            check_numbers(match("y #", label["text"]), [v.y[i - 1]])


def _far(text, place):
    return abs(middle(text)[0] - place[0]) + abs(float(text["y"]) - 4 - place[1])


def _over(circle, text):
    return abs(float(circle["cx"]) - float(text["x"])) < 1 and abs(_below(circle, text)) < 50


def _below(circle, text):
    return float(text["y"]) - float(circle["cy"])


def _lines(task, seen):
    """Each number stands behind its own name."""
    names = {"_".join(map(str, path)): path for path, _ in places(task.level)}
    names |= {step.name: step.path for step in task.level.steps if step.given or task.level.find}
    assert {place["name"] for place in seen.places} == set(names)
    for place in seen.places:
        path = names[place["name"]]
        assert place["value"] == at(task.values, path) or abs(
            place["value"] - at(task.values, path)
        ) < 1e-12 * max(1, abs(place["value"]))
        array, *indices = path
        letter = {"W": "w", "a": "x" if indices and indices[0] == 0 else "a", "eta": "η"}.get(
            array, {"grad_W": "∂", "grad_b": "∂", "new_W": "new", "new_b": "new"}.get(array, array)
        )
        letter = "δ" if array == "delta" else letter
        named = place["line"]
        assert letter in named, place

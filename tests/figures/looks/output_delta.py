"""What δ means: whether an output is too high or too low, and which way an update goes."""

import math

from bplib.symbolic.notation import E, Partial, a, delta, g_prime, z

from ..cases.output_delta import OUTPUT_DELTA, needed
from .seen import (
    BACKWARD,
    ERROR,
    FORWARD,
    INK,
    PARAMETER,
    check_numbers,
    colour_of,
    match,
    points_of,
)

PAIRS = {
    ("identity", "half_squared"): "Identity, half squared",
    ("tanh", "half_squared"): "Tanh, half squared",
    ("sigmoid", "half_squared"): "Sigmoid, half squared",
    ("sigmoid", "binary_cross_entropy"): "Sigmoid, cross-entropy",
}
NAMES = {"half_squared": "half squared", "binary_cross_entropy": "cross-entropy"}


def output_delta_looks(figure, seen):
    numbers = OUTPUT_DELTA.numbers(figure)
    if figure.error == "half_squared":  # of a saturated unit bplib's slope is rounded to 0
        numbers["delta"] = numbers["gap"] * numbers["slope"]
    if abs(numbers["gap"]) > 1e-6:
        seen.check_small({name: numbers[name] for name in ("delta", "errorByA", "slope")})
    _words(figure, seen, numbers)
    _colours(seen)
    _output(figure, seen.drawing("The output over"), numbers)
    _error(figure, seen.drawing("The error over"), numbers)
    assert seen.pressed == [PAIRS[figure.activation, figure.error]]
    for row, error in zip(seen.tables, NAMES, strict=True):
        assert row[0] == NAMES[error]
        if f"z {error}" not in numbers:
            assert row[1:] == ["needs an output between 0 and 1: choose the sigmoid"]


def _words(figure, seen, numbers):
    updates, gap, step = figure.updates, numbers["gap"], numbers["delta"]
    said = f"After {updates} update{'s' if updates > 1 else ''} the" if updates else "The"
    said += " output is #, the target #: "
    values = [numbers["a"], figure.y]
    if abs(gap) < 5e-4:
        said += "as it should be. "
    else:
        said += f"# too {'high' if numbers['a'] > figure.y else 'low'}. "
        values.append(abs(gap))
    # An update is against the slope of the error.
    way = (
        "there is nothing to learn"
        if step == 0
        else ("an update lowers z" if step > 0 else "an update raises z")
    )
    said += f"δ = #: {way}."
    values.append(step)
    if abs(gap) > 0.5 and numbers["slope"] < 0.05:
        if figure.error == "half_squared":
            said += " The mistake is large, but the slope g′ is nearly 0 and takes δ with it."
        else:
            said += (
                " The slope g′ is nearly 0, but the logarithm cancels it: "
                "δ is as large as the mistake."
            )
    counts = []
    for error, name in NAMES.items():
        if f"z {error}" not in numbers:
            continue
        needs = needed(figure, error)
        words = (
            "no number of them" if needs is None
            else "more than 10 000" if needs == math.inf else str(needs)
        )  # fmt: skip
        counts.append(f"{words} with {name}")
    said += f" Updates until |a − y| < 0.1, by error: {', '.join(counts)}."
    check_numbers(match(said, seen.words), values)


def _colours(seen):
    wanted = {
        "a": colour_of(a(1, 1)),
        "delta": colour_of(delta(1, 1)),
        "slope": colour_of(g_prime(z(1, 1))),
        "errorByA": colour_of(Partial(E, a(1, 1))),
        "step": "parameter",
        "gap": "error",
        "error": "error",
    }
    for name, colour in wanted.items():
        assert seen.colour_of(name) == {colour}, name
    for name, before in {
        "z": "z", "a": "a", "gap": "a − y", "error": "E", "slope": "slope g′", "delta": "slope δ",
        "step": "one update: −ηδ",
    }.items():  # fmt: skip
        assert any(
            f"{before} = " in place["line"] for place in seen.places if place["name"] == name
        ), name


def _output(figure, drawing, numbers):
    """The gap is between the output and the target, and the slope rises as the output does."""
    [gap] = drawing.of("line", stroke=ERROR)
    [target] = [li for li in drawing.of("line", stroke=INK) if "stroke-dasharray" in li]
    [point] = drawing.of("circle", stroke=FORWARD)
    assert gap["y1"] == target["y1"] == target["y2"]
    assert (gap["x2"], gap["y2"]) == (point["cx"], point["cy"])
    far = float(gap["y1"]) - float(gap["y2"])  # down is larger
    if abs(far) > 0.5:
        assert (far > 0) == (numbers["a"] > figure.y)
    [tangent] = [li for li in drawing.of("line", stroke=INK) if "stroke-dasharray" not in li]
    _rises(tangent, numbers["slope"])


def _rises(line, slope):
    rise = float(line["y1"]) - float(line["y2"])
    assert float(line["x2"]) > float(line["x1"])
    if abs(rise) > 0.01:
        assert (rise > 0) == (slope > 0)


def _error(figure, drawing, numbers):
    """The arrow of an update points where z goes."""
    [tangent] = drawing.of("line", stroke=BACKWARD)
    _rises(tangent, numbers["delta"])
    [point] = drawing.of("circle", stroke=ERROR)
    for arrow in drawing.of("path", fill=PARAMETER):
        [tip] = points_of(arrow["d"])
        assert (tip[0] > float(point["cx"])) == (numbers["step"] > 0)

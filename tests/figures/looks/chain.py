"""Chain of sensitivities: what it says of the chain, and how it draws it."""

import numpy as np

from bplib.drawing.diagram import SUPERSCRIPT

from ..cases.chain import CHAIN
from .seen import BACKWARD, ERROR, FORWARD, MUTED, check_numbers, match

LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def raised(number):
    return str(number).translate(SUPERSCRIPT)


def chain_looks(figure, seen):
    numbers, L = CHAIN.numbers(figure), len(figure.weights)
    gradient = np.array([numbers[f"gradient{l}"] for l in range(1, L + 1)])
    if abs(numbers[f"a{L}"] - figure.y) > 1e-6:
        seen.check_small({n: v for n, v in numbers.items() if n.startswith(("grad", "prod", "so"))})
    _words(figure, seen, numbers, np.abs(gradient), L)
    _chain(figure, seen.drawing("The chain"), L)
    _bars(figure, seen.drawing("The size"), np.abs(gradient), L)
    _cards(figure, seen, L)
    fields = {"input x": ("x", figure.x), "target y": ("y", figure.y)}
    for l in range(1, L + 1):
        fields[f"weight of layer {l}"] = (f"w{raised(l)}", figure.weights[l - 1])
        fields[f"bias of layer {l}"] = (f"b{raised(l)}", figure.biases[l - 1])
    seen.check_fields(fields)


def _words(figure, seen, numbers, sizes, L):
    count = 2 * (L - figure.layer) + 3
    said = f"How E reacts to w{raised(figure.layer)}: {count} factors, whose product is #."
    values = [numbers["product"]]
    if L == 1:
        pass
    elif not sizes.any():
        said += " No weight has an effect here."
    elif sizes[0] == 0:
        said += " The first weight has no effect here."
    elif sizes[-1] == 0:
        said += " The last weight has no effect here."
    else:
        ratio = sizes[0] / sizes[-1]
        how = ": it vanishes" if ratio < 0.01 else ": it explodes" if ratio > 100 else ""
        said += f" The first weight's derivative is # times the last one's in size{how}."
        values.append(ratio)
    check_numbers(match(said, seen.words), values)


def _chain(figure, drawing, L):
    """From the weight that is followed on, the way is in the colour of backward."""
    circles = drawing.of("circle")
    assert [c["stroke"] for c in circles] == [FORWARD] * (L + 1) + [ERROR]
    names = ["x", *(f"a{raised(l)}" for l in range(1, L)), f"ŷ = a{raised(L)}", "E"]
    below = [t for t in drawing.of("text") if not t["names"] and not t["text"].startswith("w")]
    assert [t["text"] for t in below] == names
    for circle, text, n in zip(circles, below, range(L + 2), strict=True):
        assert abs(float(circle["cx"]) - float(text["x"])) < 1
        number = drawing.named("error" if n > L else f"a{n}")
        assert abs(float(circle["cx"]) - float(number["x"])) < 1
    lines = drawing.of("line")
    for n in range(1, L + 2):
        into = [line for line in lines if _ends_at(line, circles[n])]
        assert into, n
        for line in into:
            assert line["stroke"] == (BACKWARD if n >= figure.layer else MUTED), n
            assert ("stroke-dasharray" in line) == (n > L), n
            if n <= L:
                wide = 1 + 2.5 * min(abs(figure.weights[n - 1]), 4) ** 0.5
                assert abs(float(line["stroke-width"]) - wide) < 1e-9
        if n <= L:
            number, name = drawing.named(f"w{n}"), f"w{raised(n)}"
            [label] = [t for t in drawing.of("text") if t["text"] == name]
            assert label["x"] == number["x"], n


def _ends_at(line, circle):
    return line["x2"] == circle["cx"] and line["y2"] == circle["cy"]


def _bars(figure, drawing, sizes, L):
    bars = [r for r in drawing.of("rect") if r["fill"] != "transparent"]
    assert [r["fill"] for r in bars] == [
        BACKWARD if l == figure.layer else FORWARD for l in range(1, L + 1)
    ]
    heights = np.array([float(r["height"]) for r in bars])
    shown = sizes > 0
    levels, tall = np.log10(sizes[shown]), heights[shown]
    if levels.size > 1 and np.ptp(levels) > 1e-3:
        slope, start = np.polyfit(levels, tall, 1)
        assert slope > 0
        assert np.abs(slope * levels + start - tall).max() < 0.1
        base = float(bars[0]["y"]) + float(bars[0]["height"])
        for tick in drawing.of("text", text_anchor="end"):  # the axis has the scale of the bars
            power = int(tick["text"].removeprefix("10").translate(LOWERED))
            assert abs(float(tick["y"]) - 4 - (base - slope * power - start)) < 0.2
    elif levels.size:
        assert np.ptp(tall) < 0.1
    assert (heights[~shown] <= 1).all()
    names = [t for t in drawing.of("text") if t["text"].startswith("w")]
    assert [t["text"] for t in names] == [f"w{raised(l)}" for l in range(1, L + 1)]
    assert [t.get("font-weight") for t in names] == [
        "bold" if l == figure.layer else None for l in range(1, L + 1)
    ]


def _cards(figure, seen, L):
    """Each factor in symbols; a slope or a weight has no colour, for it runs neither way."""
    wanted = [f"∂E∂a{L}=a{L}−y"]
    for l in range(L, figure.layer - 1, -1):
        before = "x" if l == 1 else f"a{l - 1}"
        wanted.append(f"∂a{l}∂z{l}=g′(z{l})")
        wanted.append(f"∂z{l}∂{before}=w{l}" if l > figure.layer else f"∂z{l}∂w{l}={before}")
    cards = [formula for formula in seen.formulas if "=" in formula]
    assert cards == wanted
    assert f"∂E∂w{figure.layer}" in seen.formulas
    for n in range(1, len(wanted) + 1):
        assert seen.colour_of(f"factor{n}") == {"backward" if n == 1 else "ink"}, n

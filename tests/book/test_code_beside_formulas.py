"""Where a table has code beside a formula, both are the same: the code is run.

Every row of a table in the text that holds a formula and code is found. The code runs with the
quantities of a random network; what it computes is the left side of its formula, which
`test_formulas` compares with the right one.
"""

import ast
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from bplib.formulas import settings
from bplib.formulas.meaning import Place, value
from bplib.formulas.reader import read, read_expression

ROOT = Path(__file__).parents[2]
FORMULA = re.compile(r"\$([^$]+)\$")
CODE = re.compile(r"(?<!\})`([^`]+)`")
UNIT = (1, 2)  # i and j, where code names one entry

# A layer for every l, a batch for N, and the update with its learning rate.
WORLDS = settings.networks(
    (settings.SIGMOID,),
    (settings.half_squared,),
    ((3, 3, 3, 3), (2, 3, 4)),
    hidden=(settings.SIGMOID,),
)


@cache
def rows():
    """Triples of page, formulas and code of a row, for every table in the text."""
    found = []
    for path in sorted((ROOT / "chapters").glob("*/*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                found += _rows_of(path.stem, cell.source)
    for path in sorted(ROOT.glob("*.md")):
        found += _rows_of(path.stem, path.read_text(encoding="utf-8"))
    return found


def _rows_of(page, text):
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        formulas = [cell for cell in cells if cell.startswith("$")]
        codes = [code for cell in cells for code in CODE.findall(cell) if cell.startswith("`")]
        if line.startswith("|") and formulas and codes:
            yield page, FORMULA.findall(formulas[-1]), codes


def names(world, l):
    """What a row of code may use: the names of the book, for a layer l."""
    net, forward_pass, backward_pass = world.passes(world.state)
    layers = range(1, net.L + 1)
    x, y = world.state["a0"].ravel(), world.state["y"].ravel()
    found = {
        name: {k: np.array(getattr(one, name)[k]) for k in layers}
        for one, name in (
            (net, "W"),
            (net, "b"),
            (forward_pass, "z"),
            (forward_pass, "a"),
            (backward_pass, "delta"),
            (backward_pass, "grad_W"),
            (backward_pass, "grad_b"),
        )
    }
    found["a"][0] = x
    sigmoid = settings.SIGMOID[0]
    return found | {
        "np": np,
        "net": net,
        "fp": forward_pass,
        "bp": backward_pass,
        "L": net.L,
        "l": l,
        "x": x,
        "y": y,
        "E": backward_pass.error,
        "eta": float(world.state[r"\eta"]),
        "g": sigmoid,
        "g_prime": lambda z: sigmoid(z) * (1 - sigmoid(z)),
        "len": len,
        "X": np.zeros((3, len(x))),
    }


def computed(code, known):
    """What a line of code computes: its value, or the value of what it assigns to."""
    (line,) = ast.parse(code).body
    if isinstance(line, ast.Expr):
        return eval(code, dict(known))
    target = line.target if isinstance(line, ast.AugAssign) else line.targets[0]
    if isinstance(line, ast.Assign):  # it has to be computed anew
        known = _without(ast.unparse(target), known)
    known = dict(known)
    exec(code, known)
    return eval(ast.unparse(target), known)


def _without(target, known):
    name, _, index = target.partition("[")
    if not index:
        return {key: one for key, one in known.items() if key != name}
    layer = eval(index.rstrip("]"), dict(known))
    return known | {name: {k: one for k, one in known[name].items() if k != layer}}


def left_side(latex, world, l, shape):
    """The values of a formula, or of its left side, for all units that it leaves open."""
    if re.search("=|leftarrow", latex):
        (claim,) = read(latex)
        side, after = claim.sides[0], "<-" in claim.relations
    else:
        side, after = read_expression(latex), False
    state = world.after() if after else None
    open_units = [index for index in "ij" if re.search(rf"_\{{?i?{index}", str(latex))]
    if not open_units or shape == ():
        binding = {"l": l} | dict(zip("ij", UNIT, strict=True))
        return np.squeeze(value(side, Place(world, binding, state)))
    entries = [
        value(side, Place(world, {"l": l} | dict(zip("ij", units, strict=False)), state))
        for units in np.ndindex(shape)
        for units in [[unit + 1 for unit in units]]
    ]
    return np.reshape(entries, shape)


def pairs():
    for page, formulas, codes in rows():
        if formulas[0].startswith("l = "):  # the layers, and the number of the last
            formulas = ["L"]
        chosen = formulas if len(formulas) == len(codes) else [formulas[0]]
        if formulas == ["y", "E"]:
            chosen = ["E"]
        for latex, code in zip(chosen, codes, strict=False):
            yield page, latex, code


PAIRS = list(pairs())


def test_the_tables_are_found():
    pages = [page for page, _, _ in PAIRS]
    assert pages.count("algorithm") == 10
    assert pages.count("welcome") >= 10
    assert pages.count("CONTRIBUTING") >= 5
    assert len(pages) >= 26


@pytest.mark.parametrize(("page_of", "latex", "code"), PAIRS)
def test_code_computes_what_stands_beside_it(page_of, latex, code):
    assert differences(latex, code) == []


def differences(latex, code):
    if latex == "N":
        return [] if computed(code, names(WORLDS[0], 1)) == 3 else ["not the number of examples"]
    found = []
    for world in WORLDS:
        backward = "l+1" in code
        for l in range(1, world.depth + (0 if backward else 1)):
            units = dict(zip("ij", UNIT, strict=True))
            theirs = np.asarray(computed(code, names(world, l) | units))
            ours = left_side(latex, world, l, theirs.shape)
            if ours.shape != theirs.shape or not np.allclose(ours, theirs, rtol=1e-9, atol=1e-12):
                found.append(f"`{code}` is not {latex} in layer {l} of {world.name}")
    return found


@pytest.mark.parametrize(
    ("latex", "code"),
    [
        (r"\delta^{l} = x", "delta[l] = W[l+1] @ delta[l+1] * g_prime(z[l])"),
        (r"W^{l} \leftarrow x", "W[l] += eta * grad_W[l]"),
        (r"\partial E / \partial W^{l} = x", "grad_W[l] = np.outer(a[l-1], delta[l])"),
        (r"z^{l} = x", "z[l] = W[l] @ a[l-1] - b[l]"),
        ("E = x", "E = np.sum((y - a[L])**2)"),
        ("b^{l}_{i}", "net.W[l]"),
        ("w^{l}_{ij}", "net.W[l][j-1, i-1]"),
    ],
)
def test_code_that_does_something_else_is_seen(latex, code):
    with suppress(ValueError):  # shapes that do not fit
        assert differences(latex, code)

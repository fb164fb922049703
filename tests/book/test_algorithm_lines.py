"""The table "Line by line" of the algorithm's lesson: its code, as it stands, is bplib's update."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from bplib import Network

LESSON = Path(__file__).parents[2] / "chapters" / "algorithm" / "algorithm.ipynb"
STEPS = ["1 Input", "2 Forward", "3 Error", "4 Backward", "5 Gradients", "6 Update"]
ROW = re.compile(r"^\| (?P<step>[\w ]*)\| \$.+\$ \| `(?P<code>.+)` \|$", re.MULTILINE)


def table():
    """Step -> its lines of code, in the order of the table."""
    cells = {cell.id: cell.source for cell in nbformat.read(LESSON, 4).cells}
    found, step = {}, None
    for row in ROW.finditer(cells["line-by-line"]):
        step = row["step"].strip() or step  # an empty field: still the same step
        found.setdefault(step, []).append(row["code"])
    return found


def update(lines, net, x, y, eta):
    """One update of copies of the network's parameters, by the lines of the table."""
    layers = range(1, net.L + 1)
    world = {
        "np": np,
        "L": net.L,
        "W": {l: net.W[l].copy() for l in layers},
        "b": {l: net.b[l].copy() for l in layers},
        "g": lambda z: 1 / (1 + np.exp(-z)),
        "g_prime": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        **{name: {} for name in ("a", "z", "delta", "grad_W", "grad_b")},
        "x": x,
        "y": y,
        "eta": eta,
    }

    def run(codes, over=(None,)):
        for world["l"] in over:
            for code in codes:
                exec(code, world)

    run(lines["1 Input"])
    run(lines["2 Forward"], layers)
    run(lines["3 Error"])
    first, *others = lines["4 Backward"]
    run([first])
    run(others, reversed(range(1, net.L)))
    run(lines["5 Gradients"], layers)
    run(lines["6 Update"], layers)
    return world


@pytest.mark.parametrize("sizes", [[2, 3, 2], [3, 3, 4, 2], [2, 1]])
def test_the_lines_of_the_table_are_one_update_of_bplib(sizes):
    net = Network(sizes, activation="sigmoid", seed=1)
    net.parameters += 0.1  # no bias is 0
    x, y = np.linspace(-1, 1, sizes[0]), np.linspace(0.1, 0.9, sizes[-1])
    world = update(table(), net, x, y, eta=0.7)
    bp = net.backward(net.forward(x), y)
    assert world["E"] == pytest.approx(bp.error, rel=1e-12)
    before = net.parameters.copy()
    net.update(bp, eta=0.7)
    assert np.abs(net.parameters - before).max() > 1e-3
    for l in range(1, net.L + 1):
        np.testing.assert_allclose(world["delta"][l], bp.delta[l], rtol=1e-11, atol=1e-15)
        np.testing.assert_allclose(world["W"][l], net.W[l], rtol=1e-12)
        np.testing.assert_allclose(world["b"][l], net.b[l], rtol=1e-12)


def test_the_table_has_the_six_steps():
    assert list(table()) == STEPS
    assert sum(map(len, table().values())) == 10


def test_a_changed_line_is_seen():
    net = Network([2, 3, 2], activation="sigmoid", seed=1)
    lines = table()
    lines["4 Backward"][1] = lines["4 Backward"][1].replace("W[l+1].T", "-W[l+1].T")
    world = update(lines, net, np.array([0.2, 0.4]), np.array([0.0, 1.0]), eta=0.7)
    bp = net.backward(net.forward([0.2, 0.4]), [0.0, 1.0])
    assert np.abs(world["delta"][1] - bp.delta[1]).max() > 1e-4

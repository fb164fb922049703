"""The worlds in which formulas are evaluated are what bplib computes."""

from itertools import product

import numpy as np
import pytest

from bplib import Perceptron
from bplib.formulas import settings
from bplib.formulas.meaning import Place, value, verify
from bplib.formulas.reader import read_expression
from bplib.formulas.tree import FormulaError
from bplib.formulas.worlds import Graph, Network


def of_kind(kind):
    """Every world of a kind that the settings have, and that bplib has too."""
    found = {
        id(world): world
        for setting in vars(settings).values()
        if isinstance(setting, list)
        for world in setting
        if type(world) is kind and world.twin
    }
    return list(found.values())


def number(latex, world, **binding):
    return value(read_expression(latex), Place(world, binding))


def test_there_are_many():
    assert len(of_kind(Network)) > 100
    assert len(of_kind(Graph)) >= 7


@pytest.mark.parametrize("quantity", ["z", "a", "delta"])
def test_networks_are_those_of_bplib(quantity):
    letter = {"delta": r"\delta"}.get(quantity, quantity)
    for world in of_kind(Network):
        _, forward_pass, backward_pass = world.passes(world.state)
        passed = backward_pass if quantity == "delta" else forward_pass
        for l in range(1, world.depth + 1):
            found = np.ravel(number(rf"{letter}^{{l}}", world, l=l))
            expected = np.ravel(getattr(passed, quantity)[l])
            np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-13, err_msg=world.name)


def test_errors_and_gradients_are_those_of_bplib():
    for world in of_kind(Network):
        _, _, backward_pass = world.passes(world.state)
        assert world.state["E"] == pytest.approx(backward_pass.error, rel=1e-12), world.name
        for l in range(1, world.depth + 1):
            found = number(r"\frac{\partial E}{\partial W^{l}}", world, l=l)
            expected = backward_pass.grad_W[l]
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_graphs_are_those_of_bplib():
    for world in of_kind(Graph):
        _, forward_pass, backward_pass = world.passes(world.state)
        assert world.state["E"] == pytest.approx(backward_pass.error, rel=1e-12)
        for unit in world.links:
            assert world.state[f"a{unit}"] == pytest.approx(forward_pass.a[f"u{unit}"], rel=1e-12)
            delta = number(r"\delta_{i}", world, i=unit)
            assert delta == pytest.approx(backward_pass.delta[f"u{unit}"], rel=1e-10)


def test_what_xor_asks_of_a_perceptron_is_what_a_perceptron_does():
    r"""Each of the four conditions holds exactly where the answer at its corner is XOR's."""
    conditions = [
        ((0, 0), r"b \le 0"),
        ((1, 0), "w_{1} + b > 0"),
        ((0, 1), "w_{2} + b > 0"),
        ((1, 1), r"w_{1} + w_{2} + b \le 0"),
    ]
    assert " ".join(xor_display().split()) == r" \\ ".join(latex for _, latex in conditions)
    met = []
    for w1, w2, b in product((-1.5, -0.4, 0.7, 1.2), (-0.9, 0.3, 1.6), (-1.1, -0.2, 0.5)):
        perceptron = Perceptron(2)
        perceptron.w, perceptron.b = np.array([w1, w2]), b
        world = settings.World("a perceptron", {"w_{1}": w1, "w_{2}": w2, "b": b})
        right = [holds(latex, world) for _, latex in conditions]
        assert right == [perceptron.predict(x) == (x[0] ^ x[1]) for x, _ in conditions]
        met.append(sum(right))
    assert max(met) == 3


def xor_display():
    """The conditions as the recap states them."""
    from pathlib import Path

    import nbformat

    page = Path(__file__).parents[2] / "chapters" / "recap" / "recap.ipynb"
    (cell,) = [one for one in nbformat.read(page, 4).cells if one.id == "xor-proof"]
    _, _, display = cell.source.partition(r"\begin{aligned}")
    return display.partition(r"\end{aligned}")[0].replace("&", "")


def holds(latex, world):
    """Whether it is true; a bound need not be reached."""
    strict = latex.replace(r"\le", "<").replace(r"\ge", ">")
    try:
        return verify(strict, [world]) > 0
    except FormulaError:
        return False

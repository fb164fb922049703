"""Slips are wrong, each in its own way, and the pass that has none is bplib's."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from bplib import Network
from bplib.slips.catalogue import slips
from bplib.slips.changes import put
from bplib.slips.networks import draw
from bplib.slips.passes import NotApplicable, Pass
from bplib.slips.rules import right_rules
from bplib.slips.slip import slip_of_rule
from bplib.symbolic.notation import a, i, l, z

CHAPTERS = Path(__file__).parents[2] / "chapters"


def run(case, slip=None):
    kind, rules = (slip.kind, slip.rules()) if slip else (Pass, right_rules())
    return kind(rules, case.W, case.b, case.activation).run(case.x, case.y, case.eta)


def flat(found):
    parts = [found[name] for name in ("z", "a", "delta", "grad_W", "grad_b", "W", "b")]
    arrays = [np.ravel(part[layer]) for part in parts for layer in part]
    return np.concatenate([[found["E"]], *arrays])


@pytest.mark.parametrize("sizes", [(2, 1, 1), (2, 3, 4, 2), (3, 3, 3, 3)], ids=str)
@pytest.mark.parametrize("examples", [1, 3])
def test_without_a_slip_it_is_what_a_network_does(sizes, examples):
    case = draw(sizes, examples, seed=1)
    net = Network(sizes, seed=0)
    for layer in case.W:
        net.W[layer][...], net.b[layer][...] = case.W[layer], case.b[layer]
    found = run(case)
    forward = net.forward(case.x)
    backward = net.backward(forward, case.y)
    np.testing.assert_allclose(found["E"], backward.error, rtol=1e-12)
    for layer in case.W:
        for name, expected in (
            ("z", forward.z),
            ("a", forward.a),
            ("delta", backward.delta),
            ("grad_W", backward.grad_W),
            ("grad_b", backward.grad_b),
        ):
            np.testing.assert_allclose(found[name][layer], expected[layer], rtol=1e-12, atol=1e-15)
    net.update(backward, case.eta)
    for layer in case.W:
        np.testing.assert_allclose(found["W"][layer], net.W[layer], rtol=1e-12)
        np.testing.assert_allclose(found["b"][layer], net.b[layer], rtol=1e-12)


def test_there_are_many_of_every_kind():
    kinds = [slip.quantity for slip in slips().values()]
    assert len(kinds) >= 45
    assert {*right_rules(), "batch", "pass"} == {*kinds}


@pytest.mark.parametrize("name", slips())
def test_a_slip_shows_first_where_it_says(name):
    """What is computed before its quantity is right."""
    slip = slips()[name]
    case = draw((3, 3, 3, 3), 1 if name == "updated-first" else 3, seed=2)
    right, wrong = run(case), run(case, slip)
    order = {"z": "z", "a": "a", "E": "E", "delta^L": "delta", "delta": "delta"}
    before = {
        "z": (),
        "a": (),
        "E": ("z", "a"),
        "delta^L": ("z", "a", "E"),
        "delta": ("z", "a", "E"),
        "dE/dw": ("z", "a", "E", "delta"),
        "dE/db": ("z", "a", "E", "delta"),
        "w": ("z", "a", "E", "delta", "grad_W", "grad_b"),
        "b": ("z", "a", "E", "delta", "grad_W", "grad_b"),
        "batch": ("z", "a", "E", "delta"),
        "pass": ("z", "a", "E"),
    }[slip.quantity]
    for part in before:
        assert same(wrong[part], right[part]), f"{part} departs, before {slip.quantity}"
    if slip.quantity in order:
        assert not same(wrong[order[slip.quantity]], right[order[slip.quantity]])
    assert not np.allclose(flat(wrong), flat(right), rtol=1e-3, atol=1e-6)


def same(first, second):
    if not isinstance(first, dict):
        return np.allclose(first, second, rtol=1e-12)
    return all(np.allclose(first[layer], second[layer], rtol=1e-12) for layer in second)


@pytest.mark.parametrize("name", slips())
def test_a_slip_is_said_in_one_sentence_and_says_where_to_read(name):
    slip = slips()[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert slip.says[0].isupper() or slip.says[0] in "∂ηδa"
    assert slip.says.endswith(".")
    assert len(slip.says) <= 110
    chapter, heading = slip.read
    source = nbformat.read(CHAPTERS / chapter / f"{chapter}.ipynb", 4)
    headings = re.findall(
        r"^#+ (.+)$", "\n".join(c.source for c in source.cells if c.cell_type == "markdown"), re.M
    )
    assert heading in headings


def test_a_change_that_changes_nothing_is_refused():
    with pytest.raises(ValueError, match="'no-change': the change leaves the rule for z as it is"):
        slip_of_rule("no-change", "z", "Nothing.", ("recap", ""), put(a(l, i), z(l, i)))


def test_a_slip_that_has_no_value_says_so():
    with pytest.raises(NotApplicable):
        run(draw((2, 3, 2), 1, seed=0), slips()["weights-turned-forward"])

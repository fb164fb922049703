"""Derivations of paths, columns and counts: every line is proved, and a changed one is not."""

import pytest
from sympy import Rational, Symbol, preorder_traversal

from bplib.symbolic.derivation import equation
from bplib.symbolic.layout import Factors, Group, Negative, Terms, plain_value
from bplib.symbolic.lines import bias_gradient, hidden_delta, layer_by_layer, weight_gradient
from bplib.symbolic.lines.columns import EntryByEntry, Rows, Transposed, outer_product, transposed
from bplib.symbolic.lines.cost import products
from bplib.symbolic.lines.paths import one_layer_back, past_a_unit, two_units_after
from bplib.symbolic.lines.tanh_linear import tanh_linear
from bplib.symbolic.lines.xor_floor import xor_floor
from bplib.symbolic.notation import E, Partial, i, k, l, n, recipe, z

DERIVATIONS = {
    make.__name__: make
    for make in (
        bias_gradient,
        hidden_delta,
        layer_by_layer,
        one_layer_back,
        outer_product,
        past_a_unit,
        products,
        tanh_linear,
        transposed,
        two_units_after,
        weight_gradient,
        xor_floor,
    )
}
PROVED = [
    (name, step.name)
    for name, make in DERIVATIONS.items()
    for step in make().steps
    if step.kind == "line"
]


def step_of(name, line):
    return DERIVATIONS[name]()[line]


def wrong(right):
    """The right side with one thing changed in it: a sign, a factor, a term, or an entry."""
    for part in preorder_traversal(right):
        if isinstance(part, Terms) and len(part.args) > 1:
            *kept, last = part.args
            flipped = last.args[0] if isinstance(last, Negative) else Negative(last)
            yield right.xreplace({part: Terms(*kept, flipped)})
        if isinstance(part, Factors):
            yield right.xreplace({part: Factors(*part.args[1:])})
        if isinstance(part, EntryByEntry):
            yield right.xreplace({part: part.args[0]})
        if isinstance(part, Rows):
            first = (*part.args[0][:-1], 2 * part.args[0][-1])
            yield right.xreplace({part: Rows(first, *part.args[1:])})
        if isinstance(part, Transposed) and not part.args[0].name.startswith("a"):
            yield right.xreplace({part: part.args[0]})
    yield Factors(2, Group(right))


@pytest.mark.parametrize(("name", "line"), PROVED)
def test_a_line_is_proved_and_a_wrong_one_is_not(name, line):
    step = step_of(name, line)
    assert step.proof
    if step.relation != "=":
        return  # a bound: see below
    changed = list(wrong(step.rhs))
    assert changed
    for right in changed:
        assert not step.proves(equation(step.lhs, right)), right


@pytest.mark.parametrize("name", DERIVATIONS)
def test_a_definition_is_what_the_proofs_take_its_symbol_for(name):
    for step in DERIVATIONS[name]().steps:
        assert step.proof, step.name
        if step.is_definition and not isinstance(step.rhs, Partial):
            assert not step.proves(equation(step.lhs, Factors(2, Group(step.rhs)))), step.name


@pytest.mark.parametrize("line", [s.name for s in xor_floor().steps if s.kind == "line"])
def test_a_bound_that_is_too_high_is_refused(line):
    step = xor_floor()[line]
    assert not step.proves(equation(step.lhs, Terms(step.rhs, Rational(1, 1000))))


def test_the_floor_needs_outputs_in_this_order():
    bound = xor_floor()["gap 1"]
    assert not bound.proves(equation(*bound.statement.args[::-1]))


def test_the_recipe_is_right_in_every_layer_by_induction():
    d = layer_by_layer()
    step = d["every layer"]
    assert step.statement == equation(Partial(E, z(l, i)), recipe(l, i))
    assert step.proof
    assert d._repr_html_().count("by induction</p>") == 1
    for right in (2 * recipe(l, i), recipe(l + 1, i), recipe(l, k), recipe(l, i) + 1):
        assert not step.proves(equation(step.lhs, right))
    assert not step.proves(equation(Partial(E, z(l, k)), recipe(l, i)))
    assert not step.proves(equation(step.rhs, step.rhs))
    # What is supposed of the next layer is said, line by line.
    for name in ("hypothesis", "step", "so here"):
        assert d[name].assumptions == (equation(Partial(E, z(l + 1, k)), recipe(l + 1, k)),)


def test_a_path_left_out_or_counted_twice():
    step = past_a_unit()["put in"]
    through_q, direct = step.rhs.args
    for right in (through_q, direct, Terms(through_q, through_q, direct), Terms(through_q)):
        assert not step.proves(equation(step.lhs, right))
    step = two_units_after()["put in"]
    for path in step.rhs.args:
        assert not step.proves(equation(step.lhs, path))


def test_the_whole_reaction_of_the_output_in_place_of_the_direct_one():
    """Push q, and then push o by all that comes to it: the path over q counts twice."""
    d = past_a_unit()
    whole = d["two ways"].rhs
    through_q, _ = d["put in"].rhs.args
    step = d["put in"]
    twice = Terms(through_q, Factors(Symbol(r"\delta_{o}", real=True), Group(whole)))
    assert not step.proves(equation(step.lhs, twice))


def test_the_matrix_is_not_proved_without_its_transpose():
    step = transposed()["delta"]
    text = str(step.rhs)
    assert "W^{l+1}.T" in text
    assert "pmatrix" in transposed()["product"].latex()
    assert step.latex().count(r"^{\top}") == 1


def test_counts_of_a_network():
    """Products counted one by one are as many as the lines say."""
    sizes = [3, 3, 4, 2]
    forward = [(l, i, j) for l in (1, 2, 3) for i in range(sizes[l]) for j in range(sizes[l - 1])]
    back = [(l, i, j) for l, i, j in forward if l > 1]
    W = Symbol("W", positive=True)
    known = {W: len(forward), n(0): sizes[0], n(1): sizes[1]}
    counted = {"all": len(forward) + len(back), "each": len(forward) ** 2, "back": len(back)}
    for name, count in counted.items():
        assert plain_value(products()[name].rhs).xreplace(known) == count

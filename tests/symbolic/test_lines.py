"""Derivations that are read line by line: every line is proved, and a changed one is not."""

import re

import pytest
from sympy import MatAdd, MatrixSymbol, Rational, Symbol, symbols

from bplib.symbolic import lines
from bplib.symbolic.derivation import equation
from bplib.symbolic.layout import (
    Brace,
    Factors,
    Fraction,
    Group,
    Negative,
    Power,
    Struck,
    Terms,
    plain_value,
)
from bplib.symbolic.lines import composition
from bplib.symbolic.notation import ActivationFunction, E, Partial
from bplib.symbolic.printing import house_latex
from bplib.symbolic.programs import run

from .changed_lines import changed, refused

DERIVATIONS = {name: getattr(lines, name)() for name in lines.__all__}
# With linear outputs z is a, and g' is 1: these changes change nothing there.
TRUE_ALL_THE_SAME = {"linear_delta": {"z for a", "factor"}}
LINES = [(name, step) for name, d in DERIVATIONS.items() for step in d.steps if step.kind == "line"]
EVERY_LINE = pytest.mark.parametrize(
    ("name", "line"), LINES, ids=[f"{name}: {line.name}" for name, line in LINES]
)
x, y = symbols("x y")
u, v = (MatrixSymbol(name, 2, 1) for name in "uv")


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_line_is_proved_or_a_definition_or_the_chain_rule(name):
    derivation = DERIVATIONS[name]
    kinds = {step.kind for step in derivation.steps}
    inductive = {"induction"} if name == "layer_by_layer" else set()
    assert kinds <= {"line", "definition", "chain rule"} | inductive
    assert "line" in kinds
    for step in derivation.steps:
        if step.kind == "line":
            assert step.proof, step.name
        program = None if step.kind == "induction" else step.program
        assert (program is None) == (step.kind != "line")


@EVERY_LINE
def test_the_program_runs_as_it_is_printed(name, line):
    printed = run(line.program.text)
    assert printed == line.program.printed
    count = 1 + len(line.statement.atoms(Brace))
    assert len(printed.splitlines()) == count  # what a brace says is compared too
    assert set(printed.splitlines()) <= {"0", "True"}


@pytest.mark.parametrize("name", DERIVATIONS)
def test_no_line_survives_a_change(name):
    survivors, kinds = [], set()
    for step in DERIVATIONS[name].steps:
        if step.kind != "line":
            continue
        tried = 0
        for kind, statement in changed(step.statement):
            if kind in TRUE_ALL_THE_SAME.get(name, ()):
                continue
            tried += 1
            kinds.add(kind)
            if not refused(step, statement):
                survivors.append(f"{step.name}, {kind}: {house_latex(statement)}")
        assert tried, f"nothing to change in {step.name}"
    assert not survivors, "\n".join(survivors)
    assert "sign" in kinds


def test_every_kind_of_change_is_tried():
    kinds = {
        kind
        for name in ("sigmoid_slope", "cut_anywhere", "softmax_delta", "two_one_one")
        for step in DERIVATIONS[name].steps
        for kind, _ in changed(step.statement)
    }
    assert kinds == {"sign", "factor", "term", "exponent", "index", "z for a", "brace"}


def test_a_change_that_changes_nothing_is_no_mistake():
    twice = equation(x, Factors(1, x))
    assert all(statement.rhs != Factors(x) for _, statement in changed(twice))


@pytest.mark.parametrize(
    ("name", "step"),
    [(n, s) for n, s in LINES if s.statement.atoms(Brace)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_wrong_name_under_a_brace_is_refused(name, step):
    braces = step.statement.atoms(Brace)
    for brace in braces:
        inside, below = brace.args
        for wrong in (Negative(below), Factors(2, below), Terms(below, 1)):
            other = step.rhs.xreplace({brace: Brace(inside, wrong)})
            assert other != step.rhs
            assert refused(step, equation(step.lhs, other))


@pytest.mark.parametrize("name", DERIVATIONS)
def test_definitions_are_marked_and_nothing_else_is(name):
    for step in DERIVATIONS[name].steps:
        assert step.is_definition == step.name.startswith("definition")


# An equation that says what a symbol stands for has it alone on the left, and it is new there.
@pytest.mark.parametrize("name", DERIVATIONS)
def test_a_definition_defines_a_symbol_that_no_line_before_it_derives(name):
    derived = set()
    for step in DERIVATIONS[name].steps:
        if step.is_definition:
            assert step.lhs not in derived, step.name
            assert not isinstance(step.lhs, Partial)
        derived.add(step.lhs)


@pytest.mark.parametrize("name", DERIVATIONS)
def test_latex_has_no_parentheses_twice(name):
    for step in DERIVATIONS[name].steps:
        latex = re.sub(r"\\left|\\right|\s", "", house_latex(step.statement))
        opened = []
        pairs = set()
        for place, character in enumerate(latex):
            if character == "(":
                opened.append(place)
            elif character == ")":
                pairs.add((opened.pop(), place))
        assert not opened
        assert not [pair for pair in pairs if (pair[0] + 1, pair[1] - 1) in pairs], latex
        assert "--" not in latex
        assert "+-" not in latex


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_line_has_a_reason_that_says_something(name):
    for step in DERIVATIONS[name].steps:
        assert len(step.reason) > 3
        assert step.reason.count("$") % 2 == 0


@pytest.mark.parametrize(
    ("node", "value", "latex"),
    [
        (Factors(x, y), x * y, r"x\, y"),
        (Factors(2, 3), 6, r"2 \cdot 3"),
        (Factors(x, Terms(1, -y)), x * (1 - y), r"x\, \left(1 - y\right)"),
        (Terms(x, -y), x - y, "x - y"),
        (Terms(x, Terms(y, 1)), x + y + 1, r"x + \left(y + 1\right)"),
        (Fraction(x, y), x / y, r"\frac{x}{y}"),
        (Fraction(2, 4), Rational(1, 2), r"\frac{2}{4}"),
        (Power(x, -1), 1 / x, "x^{-1}"),
        (Power(Terms(1, x), 2), (1 + x) ** 2, r"\left(1 + x\right)^{2}"),
        (Negative(x), -x, "-x"),
        (Negative(Terms(x, y)), -x - y, r"-\left(x + y\right)"),
        (Group(x), x, r"\left(x\right)"),
        (Brace(x, y), x, r"\underbrace{x}_{y}"),
        (Struck(x), x, r"\class{mjx-bp-struck}{x}"),
        (composition.ArraySum(v, u), MatAdd(v, u), "v + u"),
        (composition.Ordinary(x, y), Partial(x, y), None),
    ],
)
def test_a_node_of_layout_keeps_its_value(node, value, latex):
    if latex is None:  # no layout: another way to write a derivative
        assert house_latex(node) == r"\frac{d x}{d y}"
        return
    assert plain_value(node) == value
    assert house_latex(node) == latex


@pytest.mark.parametrize("count", [1, 2, 3, None])
def test_the_chain_rule_has_a_heading_for_readers(count):
    rule = composition.rule_for(count)
    assert rule.title.startswith("The chain rule for ")
    assert rule.prove()


def test_the_chain_rule_for_other_counts_is_refused():
    with pytest.raises(ValueError, match="count: expected 1, 2, 3 or None, got 4"):
        composition.rule_for(4)


def test_the_slopes_that_are_bounded_are_reached_at_one_half():
    bound = lines.sigmoid_slope_bound()["bound"].rhs
    (g,) = plain_value(bound).atoms(ActivationFunction)
    assert plain_value(bound).subs(g, Rational(1, 2)) == Rational(1, 4)
    assert plain_value(bound).subs(g, Rational(1, 3)) < Rational(1, 4)


@pytest.mark.parametrize(("target", "places"), [(1, [1 / 3]), (0, [2 / 3]), ("1/2", [0.21, 0.79])])
def test_where_the_error_term_is_largest(target, places):
    """The place that the lines name, searched for on a fine grid."""
    y = float(Rational(target))
    sizes = {n / 1000: abs((n / 1000 - y) * n / 1000 * (1 - n / 1000)) for n in range(1, 1000)}
    best = max(sizes, key=sizes.get)
    assert min(abs(best - place) for place in places) < 0.006
    right = plain_value(lines.largest_delta()[f"target {target}"].rhs)
    at = Symbol("a", real=True)
    for place in places:
        assert abs(right.subs(at, place)) < 0.02


def test_what_the_chains_end_with():
    assert lines.last_weight()["gradient"].latex() == (
        r"\frac{\partial E}{\partial w^{2}_{11}} = \delta^{2}_{1}\, a^{1}_{1}"
    )
    assert lines.seven_factors()["put in"].rhs == Factors(
        *(
            Group(step.rhs) if number == 1 else step.rhs
            for number, step in enumerate(
                (lines.seven_factors()[f"factor {n}"] for n in range(1, 8)), start=1
            )
        )
    )
    assert lines.first_factors()["group"].lhs == Partial(E, Symbol("w^{L-1}", real=True))


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("first weight", r"\frac{\partial E}{\partial w^{1}_{11}} = \delta^{1}_{1}\, x_{1}"),
        ("second weight", r"\frac{\partial E}{\partial w^{1}_{12}} = \delta^{1}_{1}\, x_{2}"),
        ("hidden bias", r"\frac{\partial E}{\partial b^{1}_{1}} = \delta^{1}_{1}"),
        ("last weight", r"\frac{\partial E}{\partial w^{2}_{11}} = \delta^{2}_{1}\, a^{1}_{1}"),
        ("output bias", r"\frac{\partial E}{\partial b^{2}_{1}} = \delta^{2}_{1}"),
    ],
)
def test_the_2_1_1_network_has_a_line_for_each_of_its_parameters(name, statement):
    step = lines.two_one_one()[name]
    assert step.latex() == statement
    assert step.proof


def test_the_chain_is_cut_at_every_quantity_that_lies_between():
    cuts = [name for name in lines.cut_anywhere() if name.startswith("cut at")]
    assert cuts == [f"cut at {name}" for name in ("z^3", "a^2", "z^2", "a^1", "z^1")]
    assert lines.cut_anywhere()["cut at z^1"].rhs.args[1] == Partial(
        *(Symbol(name, real=True) for name in ("z^{1}", "w^{1}"))
    )

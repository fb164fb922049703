"""Next to the true statement of every proof stands a false one, for each of its parts.

What counts as a proof is found, not listed: every function in bplib.symbolic that is given a
statement and assumptions, and every function that makes a derivation. A new one without a false
statement that it refuses fails here.
"""

import ast
import inspect
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from sympy import Integer, MatrixExpr

import bplib.symbolic
from bplib.symbolic import (
    Derivation,
    any_graph,
    chain_rule,
    derive,
    derive_graph,
    general_rules,
    lines,
    matrix_rules,
)
from bplib.symbolic.any_graph import by_elimination
from bplib.symbolic.derivation import Step, equation
from bplib.symbolic.general import by_layers
from bplib.symbolic.induction import Induction
from bplib.symbolic.lines.line import Line
from bplib.symbolic.notation import L, Partial, a, delta, i, j, k, l, recipe
from bplib.symbolic.unit_notation import F, U, m
from bplib.symbolic.unit_notation import delta as delta_of
from bplib.symbolic.unit_notation import g as g_of
from bplib.symbolic.unit_notation import w as w_of
from bplib.symbolic.unit_notation import z as z_of

from .changed_lines import refused

FOLDER = Path(bplib.symbolic.__file__).parent
NETWORK = derive([2, 2, 2], ["tanh", "softmax"], "cross_entropy")
GRAPH = derive_graph([("h", "x"), ("o", "h"), ("o", "x")], ["x"], ["o"])
ANY, GENERAL, CHAIN, MATRICES = any_graph(), general_rules(), chain_rule(), matrix_rules()


# What proves


def provers():
    """Every function that is given a statement and assumptions, as `file: function`."""
    found = set()
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.Lambda):
                names = [argument.arg for argument in node.args.args]
                if names[-2:] == ["statement", "assumptions"]:
                    name = getattr(node, "name", "lambda")
                    found.add(f"{path.relative_to(FOLDER).as_posix()}: {name}")
    return found


def prover_of(step):
    """The same name for the proof of a step."""
    function = step._prove
    if isinstance(function, Induction):
        function = Induction.__call__
    code = inspect.unwrap(function).__code__
    path = Path(code.co_filename).relative_to(FOLDER).as_posix()
    return f"{path}: {code.co_name.strip('<>')}"


# Step, and false statements next to its own: of the right side, and of an index or the left side.
FALSE = [
    (ANY["delta: definition"], Partial(F(j), z_of(i)), Partial(F(i), z_of(j))),
    (ANY["df_k/dz_i"], ANY["df_k/dz_i"].rhs * 2, w_of(i, k) * g_of(z_of(i)).diff(z_of(i))),
    (ANY["delta: by numbers"], ANY["delta: by numbers"].rhs * 2, delta_of(j)),
    (ANY["delta"], -ANY["delta"].rhs, delta_of(k)),
    (CHAIN["put in"], 2 * CHAIN["put in"].rhs, CHAIN["chain rule"].rhs),
    (CHAIN["chain rule"], -CHAIN["chain rule"].rhs, CHAIN["put in"].rhs),
    (CHAIN["change of f"], 2 * CHAIN["change of f"].rhs, Integer(0)),
    (GENERAL["dE/dw"], -delta(l, i) * a(l - 1, j), delta(l, j) * a(l - 1, i)),
    (
        GENERAL["delta^L: cross_entropy, softmax"],
        a(L, i) + GENERAL["delta^L: cross_entropy, softmax"].rhs,
        GENERAL["delta^L: cross_entropy, softmax"].rhs.subs(i, k),
    ),
    (GRAPH["delta_h"], -GRAPH["delta_h"].rhs, GRAPH["delta_o"].rhs),
    (NETWORK["delta^1_1"], -NETWORK["delta^1_1"].rhs, NETWORK["delta^1_2"].rhs),
    (GENERAL["induction"], 2 * delta(l, i), delta(l, k)),
    (lines.layer_by_layer()["every layer"], 2 * recipe(l, i), recipe(l, k)),
    (
        lines.weight_gradient()["gradient"],
        -delta(l, i) * a(l - 1, j),
        delta(l, i) * a(l - 1, i),
    ),
    (MATRICES["delta"], 2 * MATRICES["delta"].rhs, MATRICES["delta"].rhs.args[1]),
]


def test_every_proof_has_false_statements_next_to_its_true_one():
    missing = provers() - {prover_of(step) for step, *_ in FALSE}
    assert not missing, (
        f"no false statement is tried with {', '.join(sorted(missing))}: add a step that it proves "
        "to FALSE in tests/symbolic/test_false_next_to_true.py, with a wrong right side and one "
        "with a wrong index"
    )


@pytest.mark.parametrize(
    ("step", "wrong", "other_index"), FALSE, ids=[f"{prover_of(s)}: {s.name}" for s, *_ in FALSE]
)
def test_the_true_statement_is_proved_and_the_false_ones_are_not(step, wrong, other_index):
    assert step.proves(step.statement)
    assert not step.proves(equation(step.lhs, wrong))
    assert not step.proves(equation(step.lhs, other_index))
    assert not step.proves(equation(2 * step.lhs, step.rhs))


# Every derivation


@cache
def derivations():
    """Name -> steps, of every function in bplib.symbolic that makes a derivation of nothing."""
    found = {"derive": NETWORK.steps, "derive_graph": GRAPH.steps}
    for module in walk_packages(bplib.symbolic.__path__, "bplib.symbolic."):
        for name, function in vars(import_module(module.name)).items():
            if getattr(function, "__module__", "") != module.name or name.startswith("_"):
                continue
            if not inspect.isfunction(function) or _needs_arguments(function):
                continue
            made = function()
            if isinstance(made, Derivation | Step):
                found[name] = made.steps if isinstance(made, Derivation) else (made,)
    return found


def _needs_arguments(function):
    parameters = inspect.signature(function).parameters.values()
    return any(p.default is p.empty for p in parameters)


def test_the_derivations_are_found():
    assert len(derivations()) >= 45
    assert {"any_graph", "general_rules", "matrix_rules", "xor_floor"} < derivations().keys()


@pytest.mark.parametrize("name", derivations())
def test_no_statement_is_proved_of_twice_its_left_side_nor_of_another_right_side(name):
    for step in derivations()[name]:
        if step.is_definition:
            continue
        assert step.proof, step.name
        other = 2 * step.rhs if isinstance(step.rhs, MatrixExpr) else step.rhs + 1
        assert refused(step, equation(step.lhs, other)), f"{step.name}: {other}"
        if getattr(step, "relation", "=") != r"\ge" and step.rhs != 0:
            assert refused(step, equation(2 * step.lhs, step.rhs)), step.name


ASSUMING = [
    (name, step) for name, steps in derivations().items() for step in steps if step.assumptions
]


@pytest.mark.parametrize(
    ("name", "step"), ASSUMING, ids=[f"{name}: {step.name}" for name, step in ASSUMING]
)
def test_every_assumption_is_needed(name, step):
    assert step.proof
    assert step.needs_assumptions()
    for left_out in step.assumptions:
        others = tuple(given for given in step.assumptions if given != left_out)
        assert not step._prove(step.statement, others)
        changed = equation(left_out.lhs, left_out.rhs + 1)
        assert not step._prove(step.statement, (*others, changed))


@pytest.mark.parametrize(
    ("name", "step"),
    [(name, step) for name, step in ASSUMING if isinstance(step, Line)],
    ids=lambda value: getattr(value, "name", value),
)
def test_what_a_line_assumes_holds_in_its_program_and_not_without(name, step):
    for given in step.assumptions:
        assert step.setting.program(given).holds
        assert not step.without.program(given).holds


def test_a_line_says_what_holds_without_its_assumptions():
    setting = derivations()["sigmoid_slope"][0].setting
    with pytest.raises(ValueError, match="without: expected a setting without the assumptions"):
        Line("x", "line", i, j, "", setting, assumptions=[equation(i, j)])


# Inductions: derivation -> the induction, what is true at the base alone, what only passes on.
INDUCTIONS = {
    "any_graph": (
        by_elimination(lambda unit: g_of(z_of(unit)), z_of),
        lambda right: right * (U - m + 1),
        lambda right: right + 1,
    ),
    "general_rules": (
        by_layers([s for s in GENERAL.steps if s.name.startswith("delta^L")]),
        lambda right: right * (L - l + 1),
        lambda right: 2 * right,
    ),
}


def test_every_induction_has_its_false_statements():
    found = {
        name
        for name, steps in derivations().items()
        for step in steps
        if isinstance(step._prove, Induction)
    }
    assert found == INDUCTIONS.keys(), "add base and step of the new one to INDUCTIONS"


@pytest.mark.parametrize("name", INDUCTIONS)
def test_an_induction_needs_base_hypothesis_and_step(name):
    induction, true_at_the_base, passed_on = INDUCTIONS[name]
    [step] = [s for s in derivations()[name] if isinstance(s._prove, Induction)]
    no_step = equation(step.lhs, true_at_the_base(step.rhs))
    no_base = equation(step.lhs, passed_on(step.rhs))
    assert step.proves(step.statement)
    assert induction.base(no_step)
    assert not step.proves(no_step)
    assert not induction.base(no_base)
    assert not step.proves(no_base)
    assert not induction.step(step.statement, {})
    other_index = {i: j}
    assert not step.proves(equation(step.lhs, step.rhs.subs(other_index)))
    assert not step.proves(equation(step.lhs.subs(other_index), step.rhs))

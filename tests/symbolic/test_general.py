"""The rules for any width and depth, one by one and by induction, and as matrices."""

from dataclasses import replace

import pytest
from sympy import Eq, HadamardProduct, Integer, MatrixExpr, Sum

from bplib.symbolic import derive, general_rules, matrix_rules, notation
from bplib.symbolic.derivation import Step, equation
from bplib.symbolic.general import by_layers
from bplib.symbolic.notation import E, L, Partial, a, delta, i, k, l, n, p, w, y, z

GENERAL = general_rules()


@pytest.mark.parametrize("name", GENERAL)
def test_proved(name):
    assert GENERAL[name].proof


def test_the_generalized_delta_rule_is_what_the_lectures_say():
    weighted = Sum(w(l + 1, k, i) * delta(l + 1, k), (k, 1, n(l + 1)))
    assert GENERAL["delta"].rhs == notation.g(notation.z(l, i)).diff(notation.z(l, i)) * weighted


def test_the_softmax_rule_is_false_without_its_assumption():
    step = GENERAL["delta^L: cross_entropy, softmax"]
    assert step.rhs == a(L, i) - y(i)
    assert step.assumptions == (Eq(Sum(y(p), (p, 1, n(L))), 1),)
    assert step.needs_assumptions()


def test_no_other_rule_has_an_assumption():
    """And so every other proof, in `test_proved`, goes through without one."""
    assert [step.name for step in GENERAL.steps if step.assumptions] == [
        "delta^L: cross_entropy, softmax"
    ]


def test_another_assumption_about_the_targets_will_not_do():
    step = GENERAL["delta^L: cross_entropy, softmax"]
    (right,) = step.assumptions
    two = equation(right.lhs, 2)
    other = Step(step.name, step.kind, step.statement, step.reason, step._prove, [two])
    assert not other.proof


INDUCTION = by_layers([step for step in GENERAL.steps if step.name.startswith("delta^L")])
TRUE = equation(Partial(E, z(l, i)), delta(l, i))
# True in the output layer, and wrong in the layers before.
NO_STEP = {
    "grows from layer to layer": delta(l, i) * (L - l + 1),
    "doubles from layer to layer": delta(l, i) * 2 ** (L - l),
    "something added before the last layer": delta(l, i) + (L - l),
}
# What passes from layer to layer, and begins wrong.
NO_BASE = {"double": 2 * delta(l, i), "zero": Integer(0), "sign": -delta(l, i)}


def test_the_induction_is_proved():
    assert GENERAL["induction"].statement == TRUE
    assert INDUCTION(TRUE)


@pytest.mark.parametrize("wrong", NO_STEP)
def test_only_the_step_refuses_what_is_true_in_the_output_layer(wrong):
    statement = equation(TRUE.lhs, NO_STEP[wrong])
    assert not INDUCTION(statement)
    assert not GENERAL["induction"].proves(statement)
    assert replace(INDUCTION, step=lambda statement, hypothesis: True)(statement)


@pytest.mark.parametrize("wrong", NO_BASE)
def test_only_the_base_refuses_what_passes_from_layer_to_layer(wrong):
    statement = equation(TRUE.lhs, NO_BASE[wrong])
    assert not INDUCTION(statement)
    assert not GENERAL["induction"].proves(statement)
    assert replace(INDUCTION, base=lambda statement: True)(statement)


def test_without_the_hypothesis_the_induction_proves_nothing():
    assert not replace(INDUCTION, hypothesis=lambda statement: {})(TRUE)
    wrong = {Partial(E, z(l + 1, k)): 2 * delta(l + 1, k)}
    assert not replace(INDUCTION, hypothesis=lambda statement: wrong)(TRUE)


def test_the_base_is_every_rule_of_the_output_layer():
    assert not by_layers([])(TRUE)
    outputs = [step for step in GENERAL.steps if step.name.startswith("delta^L")]
    for number, step in enumerate(outputs):
        if step.kind == "delta":
            wrong = Step(step.name, step.kind, equation(step.lhs, 2 * step.rhs), "", step._prove)
            assert not by_layers([*outputs[:number], wrong, *outputs[number + 1 :]])(TRUE)


@pytest.mark.parametrize("sizes", [[2, 3, 2], [3, 3, 4, 2]], ids=str)
def test_a_network_is_an_instance(sizes):
    """Numbers put into the general rule give the rule derived for one network, for every unit."""
    d = derive(sizes, "identity")
    rule = GENERAL["delta"].rhs.replace(
        lambda e: getattr(e, "_name", "") == "g'", lambda e: Integer(1)
    )
    for layer in range(1, len(sizes) - 1):
        for unit in range(1, sizes[layer] + 1):
            instance = rule.subs({n(l + 1): sizes[layer + 1]}).subs({l: layer, i: unit}).doit()
            instance = instance.replace(lambda e: e.is_Indexed, lambda e: e.as_symbol())
            assert instance == d[delta(layer, unit)].rhs


MATRICES = matrix_rules()


@pytest.mark.parametrize("name", MATRICES)
def test_matrix_rules_are_proved_and_their_mutants_are_not(name):
    step = MATRICES[name]
    assert step.proof
    left, right = step.statement.args
    # Without the slope, the bias, the transposed factor...
    parts = [p for p in right.args if isinstance(p, MatrixExpr) and p.shape == right.shape]
    for wrong in (-right, 2 * right, right + right, *parts):
        assert not step.proves(equation(left, wrong)), wrong


def test_the_matrix_form_needs_the_transpose():
    """With as many units in both layers, the weights that enter a unit would fit as well."""
    step = MATRICES["delta"]
    back, slope = step.rhs.args
    transposed, error_terms = back.args
    square = {n(l + 1): n(l)}
    right = HadamardProduct(transposed.T.subs(square) * error_terms.subs(square), slope)
    assert not step.proves(equation(step.lhs, right))
    right = HadamardProduct(transposed.subs(square) * error_terms.subs(square), slope)
    assert not step.proves(equation(step.lhs, right))  # the sum ends at n_l, not at n_{l+1}

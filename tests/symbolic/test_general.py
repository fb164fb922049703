"""The rules for any width and depth, and the chain rule that they rest on."""

import pytest
from sympy import Eq, HadamardProduct, Integer, MatrixExpr, Sum

from bplib.symbolic import chain_rule, derive, general_rules, matrix_rules, notation
from bplib.symbolic.derivation import equation
from bplib.symbolic.notation import L, a, delta, i, k, l, n, w, y

GENERAL = general_rules()


@pytest.mark.parametrize("name", GENERAL)
def test_proved(name):
    assert GENERAL[name].proof


@pytest.mark.parametrize("arguments", [None, 1, 2, 3, 5])
def test_chain_rule(arguments):
    assert chain_rule(arguments).prove()


def test_the_generalized_delta_rule_is_what_the_lectures_say():
    weighted = Sum(w(l + 1, k, i) * delta(l + 1, k), (k, 1, n(l + 1)))
    assert GENERAL["delta"].rhs == notation.g(notation.z(l, i)).diff(notation.z(l, i)) * weighted


def test_the_softmax_rule_is_false_without_its_assumption():
    step = GENERAL["delta^L: cross_entropy, softmax"]
    assert step.rhs == a(L, i) - y(i)
    assert step.assumptions == (Eq(Sum(y(k), (k, 1, n(L))), 1),)
    assert step.needs_assumptions()


@pytest.mark.parametrize("name", [s.name for s in GENERAL.steps if not s.assumptions])
def test_all_others_need_no_assumption(name):
    assert not GENERAL[name].needs_assumptions()


def test_the_induction_needs_its_base_and_its_hypothesis():
    """Error terms of double the size pass from layer to layer, but not at the outputs."""
    step = GENERAL["induction"]
    assert not step.proves(equation(step.lhs, 2 * step.rhs))
    assert not step.proves(equation(step.lhs, step.rhs + 1))
    assert not step.proves(equation(step.lhs, Integer(0)))


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

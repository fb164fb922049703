"""Statements as trees for the page, and as plain text: every part of them."""

import json
import re

import pytest
from sympy import Abs, Eq, Rational, Sum, Symbol, exp, log, tanh

from bplib.figures.plain_text import plain_text
from bplib.figures.step_by_step.figure import ERRORS
from bplib.figures.step_by_step.lines import line_table
from bplib.figures.trees import tree
from bplib.symbolic import general_rules
from bplib.symbolic.derivation import equation
from bplib.symbolic.layout import Factors
from bplib.symbolic.notation import (
    E,
    L,
    Partial,
    a,
    b,
    delta,
    eta,
    g,
    g_prime,
    i,
    j,
    k,
    l,
    n,
    w,
    y,
    z,
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (w(l + 1, k, i), ["w", "l+1", "k", "i"]),
        (a(l - 1, j), ["a", "l-1", "j"]),
        (a(0, i), ["x", "i"]),
        (y(i), ["y", "i"]),
        (E, ["E"]),
        (-eta * Partial(E, b(l, i)), ["−", ["·", ["η"], ["∂", ["E"], ["b", "l", "i"]]]]),
        (a(L, i) - y(i), ["+", ["a", "L", "i"], ["−", ["y", "i"]]]),
        (Rational(1, 2) * y(i), ["·", "½", ["y", "i"]]),
        ((y(i) - a(L, i)) ** 2, ["^", ["+", ["y", "i"], ["−", ["a", "L", "i"]]], "2"]),
        (exp(z(l, i)) / y(i), ["/", ["exp", ["z", "l", "i"]], ["y", "i"]]),
        (log(a(L, i)), ["ln", ["a", "L", "i"]]),
        (g(z(l, i)), ["g", ["z", "l", "i"]]),
        (g_prime(z(l, i)), ["g′", "l", "i"]),
        (Sum(y(i), (i, 1, n(L))), ["Σ", "i", "L", ["y", "i"]]),
        (Factors(z(l, i), eta), ["·", ["z", "l", "i"], ["η"]]),
        (equation(delta(l, i), E), ["=", ["δ", "l", "i"], ["E"]]),
    ],
)
def test_trees(expression, expected):
    assert tree(expression) == expected


def test_a_tree_of_an_assignment_and_of_nonsense():
    assert tree(equation(w(l, i, j), eta), sign="←") == ["←", ["w", "l", "i", "j"], ["η"]]
    with pytest.raises(TypeError, match="expected an expression in house notation, got 'w'"):
        tree("w")
    with pytest.raises(TypeError, match="expected a sum over all units of a layer"):
        tree(Sum(y(i), (i, 1, 3)))


def test_the_lines_of_step_by_step_are_the_proved_rules():
    lines, rules = json.loads(line_table(ERRORS)), general_rules()
    assert lines["delta"] == tree(rules["delta"].statement)
    assert lines["byW"] == tree(rules["dE/dw"].statement)
    for error, output in (
        ("half_squared", "any activation"),
        ("binary_cross_entropy", "sigmoid"),
        ("cross_entropy", "softmax"),
    ):
        rule = rules[f"delta^L: {error}, {output}"]
        assert lines["outputDelta"][error] == tree(rule.statement)
    assert lines["chain"][2][1:] == [
        ["∂", ["E"], ["a", "l", "i"]],
        ["∂", ["a", "l", "i"], ["z", "l", "i"]],
        ["∂", ["z", "l", "i"], ["w", "l", "i", "j"]],
    ]
    assert lines["byA"][2] == tree(rules["delta"].rhs.args[1])  # the sum of the rule, unscaled


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (w(2, 1, 3), "w²₁₃"),
        (a(0, 2), "x₂"),
        (Partial(E, w(1, 1, 2)), "∂E/∂w¹₁₂"),
        (g_prime(z(3, 1)), "g′(z³₁)"),
        (a(2, 1) - y(1), "a²₁ − y₁"),
        (-Factors(eta, delta(1, 1)), "−ηδ¹₁"),
        (1 - eta * Symbol(r"\lambda"), "1 − ηλ"),
        (w(1, 1, 1) * delta(2, 1), "w¹₁₁δ²₁"),
        (Abs(Symbol("a") - Symbol("y")) < 0.1, "|a − y| < 0.1"),
        (tanh(Symbol("w²") * tanh(Symbol("w¹") * Symbol("x"))), "tanh(w² tanh(w¹x))"),
        (Eq(Symbol("ŷ"), Symbol("a^{2}")), "ŷ = a²"),
        ((1 - Symbol("a")) / Symbol("y"), "(1 − a)/y"),
        (Symbol("a") ** 2, "a²"),
        (g_prime(z(1, 1)) * Symbol("sum of all"), "g′(z¹₁) · sum of all"),
    ],
)
def test_plain_text(expression, text):
    assert plain_text(expression) == text


@pytest.mark.parametrize("expression", [w(l, i, j), exp(-z(1, 1)), Sum(y(i), (i, 1, n(L)))])
def test_what_has_no_small_signs_is_no_plain_text(expression):
    with pytest.raises(ValueError, match=re.escape("statement: expected")):
        plain_text(expression)

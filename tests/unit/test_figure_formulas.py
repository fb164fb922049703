"""MathML of SymPy statements: every part of it, as one reads it."""

import re
from xml.etree import ElementTree

import pytest
from sympy import Rational, Sum, Symbol, exp, log, tanh

from bplib.figures.formulas import mathml
from bplib.symbolic import general_rules
from bplib.symbolic.derivation import equation
from bplib.symbolic.functions import positive
from bplib.symbolic.notation import E, L, Partial, a, b, delta, eta, g, i, j, k, l, n, w, y, z


def read(text):
    """The formula as one would say it: fractions with /, lower indices after _, upper after ^."""

    def walk(e):
        parts = [walk(child) for child in e]
        joined = "".join(parts)
        return {
            "mfrac": lambda: f"[{parts[0]}]/[{parts[1]}]",
            "msub": lambda: f"{parts[0]}_{parts[1]}",
            "munder": lambda: f"{parts[0]}_{parts[1]} ",
            "msup": lambda: f"{parts[0]}^{parts[1]}",
            "msubsup": lambda: f"{parts[0]}^{parts[2]}_{parts[1]}",
        }.get(e.tag, lambda: (e.text or "") + joined)()

    return walk(ElementTree.fromstring(text))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (w(2, i, j), "w^2_ij"),
        (w(2, 1, 3), "w^2_13"),
        (a(0, 2), "x_2"),
        (delta(1, 2) * a(0, 1), "δ^1_2x_1"),
        (y(1), "y_1"),
        (Symbol("w^{2}") * Symbol("a^{1}"), "w^2a^1"),
        (a(0, j), "x_j"),
        (y(i), "y_i"),
        (delta(l + 1, k), "δ^l+1_k"),
        (-Rational(1, 2) * y(i), "−[1]/[2]y_i"),
        (a(L, i) - y(i), "a^L_i−y_i"),
        ((y(i) - a(L, i)) ** 2, "(y_i−a^L_i)^2"),
        (1 / (1 + exp(-z(l, i))), "[1]/[1+e^−z^l_i]"),
        (tanh(z(l, i)), "tanhz^l_i"),
        (z(l, i) * positive(z(l, i)), "z^l_i[z^l_i> 0]"),
        (y(i) * log(a(L, i)), "y_ilna^L_i"),
        (log(1 - a(L, i)), "ln(1−a^L_i)"),
        (eta * Partial(E, b(l, i)), "η[∂E]/[∂b^l_i]"),
        (Sum(w(l, i, j) * a(l - 1, j), (j, 1, n(l - 1))), "∑_j w^l_ija^l−1_j"),
        (Sum(y(i) - a(L, i), (i, 1, n(L))), "∑_i (y_i−a^L_i)"),
        (g(z(l, i)).diff(z(l, i)), "g^′(z^l_i)"),
        (y(i) / a(L, i), "[y_i]/[a^L_i]"),
    ],
)
def test_parts(expression, text):
    assert read(mathml(expression)) == text


def test_the_generalized_delta_rule():
    rule = mathml(general_rules()["delta"].statement)
    assert read(rule) == "δ^l_i=g^′(z^l_i)∑_k w^l+1_kiδ^l+1_k"
    assert not re.search(r"[\\{}]", rule)  # no LaTeX is left


def test_assignment_and_nonsense():
    assert read(mathml(equation(w(l, i, j), eta), sign="←")) == "w^l_ij←η"
    with pytest.raises(TypeError, match="expected an expression in house notation, got 'w'"):
        mathml("w")

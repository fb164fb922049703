"""Formulas are found wherever they stand, and what is no claim is known by its spelling."""

import pytest

from .formulas.about import said
from .formulas.calculations import disagreement
from .formulas.notation_rules import rule_for, spelled
from .formulas.places import Formula, formulas, in_output, in_text

TEXT = r"""A sentence with $a = g(z)$, code `$ no $`, and {term}`tanh`.

| row | $z$ |
|---|---|
| one | $1 - a^{2}$ |

> A box: $a^{0} = x$.

$$
z = w x
$$ (label)
"""


def test_formulas_of_a_text():
    found = {(one.kind, one.place, one.latex) for one in in_text("page", "cell", TEXT)}
    assert found == {
        ("inline", "cell", "a = g(z)"),
        ("table", "cell", "z"),
        ("table", "cell", "1 - a^{2}"),
        ("box", "cell", "a^{0} = x"),
        ("display", "(label)", "z = w x"),
    }


def test_the_words_before_a_formula_go_back_to_the_start_of_its_paragraph():
    before = {one.latex: one.before for one in in_text("page", "cell", TEXT)}
    assert before["a = g(z)"] == "A sentence with "
    assert before["1 - a^{2}"].endswith("\n| one | ")
    assert before["a^{0} = x"] == "> A box: "


def test_lines_of_a_derivation_and_their_reasons():
    lines = "".join(
        f'<li data-step="step {number}" id="rule-{number}"><span>\\(\\displaystyle {line}\\)</span>'
        f"<p>because \\({reason}\\)</p></li>"
        for number, (line, reason) in enumerate((("a = 1", "b = 2"), ("c &lt; d", "e")))
    )
    html = f'<ol class="x" data-derivation="rule">{lines}</ol>'
    found = [
        (one.kind, one.place, one.latex) for one in in_output("page", "cell", {"text/html": html})
    ]
    assert found == [
        ("reason", "rule: step 0", "b = 2"),
        ("line", "rule: step 0", "a = 1"),
        ("reason", "rule: step 1", "e"),
        ("line", "rule: step 1", "c < d"),
    ]


def test_sides_of_a_calculation_go_on_with_the_line_above():
    texts = (r"z = w", "= 2", r"= \class{mjx-bp-result}{2}")
    sides = "".join(rf"<span>\(\displaystyle {text}\)</span>" for text in texts)
    html = f'<ol data-derivation="sum"><li data-step="z">{sides}</li></ol>'
    (found,) = in_output("page", "cell", {"text/html": html})
    assert found.kind == "calculation"
    assert spelled(found.latex) == "z=w=2=2"


@pytest.mark.parametrize(
    "latex",
    [
        r"\delta^{l+1}_{k}",
        r"\tfrac14",
        "w_{1}, w_{2}, w_{3}",
        r"l = 1, \dots, L",
        r"\partial E / \partial w^{1}_{11}",
        "g'(z^{l}_{i})",
        r"y_{i} = 1",
        "K-3",
    ],
)
def test_what_only_names_something_is_notation(latex):
    assert rule_for(latex)


@pytest.mark.parametrize(
    "latex",
    [
        "a (1 - a)",
        r"\delta = a - y",
        r"\delta^{2}_{1} = 0.3",
        "w a",
        "a - y",
        r"\sum_{k} w_{ki} \delta_{k}",
        r"E = 0",
        "g'(z) = 1",
        "g(z) + g(a)",
        r"\eta \delta a",
    ],
)
def test_what_says_something_is_not(latex):
    assert rule_for(latex) is None


def test_words_say_what_an_expression_is():
    one = Formula("glossary", "", "inline", "2 - a", "tanh, from −1 to 1 and has the slope ")
    latex, _ = said(one)
    assert latex == "g'(z) = 2 - a"


@pytest.mark.parametrize("line", [one for one in formulas() if one.kind == "calculation"][40:44])
def test_a_wrong_number_in_a_calculation_is_seen(line):
    from .formulas.calculations import lines

    ((_, links),) = [rest for found, *rest in lines(line.page) if found == line]
    left, right = links[-1]
    assert disagreement(left, right, 4) is None
    assert "is not" in disagreement(left, f"1.01 \\cdot ({right})", 4)
    assert "is not" in disagreement(left, f"-({right})", 4)

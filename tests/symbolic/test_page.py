"""What a derivation shows of itself: the lines, their reasons, their proofs, their addresses."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from sympy import Symbol

from bplib.symbolic import Derivation, Step, derive, general_rules, lines
from bplib.symbolic.derivation import equation
from bplib.symbolic.notation import E, Partial, a, delta, g, w, z
from bplib.symbolic.page.html import (
    MOST_LINES,
    derivation_html,
    dressed,
    line_latex,
    undressed,
    with_formulas,
)
from bplib.symbolic.printing import coloured_latex
from bplib.symbolic.programs import run

ALL = [getattr(lines, name) for name in lines.__all__]


class Elements(HTMLParser):
    """The elements of a text, and whether each is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_the_html_holds_every_line(make):
    derivation = make()
    html = derivation_html(derivation)
    found = Elements(html).found
    (name,) = [a["data-derivation"] for tag, a in found if "data-derivation" in a]
    assert name == derivation.name
    items = [a for tag, a in found if tag == "li"]
    assert [item["data-step"] for item in items] == [step.name for step in derivation.steps]
    assert [item["id"] for item in items] == [f"{name}-{k + 1}" for k in range(len(items))]
    reasons = [a for tag, a in found if a.get("class") == "bp-reason"]
    assert len(reasons) == len(items)
    proofs = [a for tag, a in found if "bp-proof" in a.get("class", "").split()]
    assert len(proofs) == len(items)
    assert "NOT PROVED" not in html


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_what_stands_under_a_mark_is_a_program_that_prints_what_is_shown(make):
    html = derivation_html(make())
    programs = re.findall(r'<pre class="bp-program"><code>(.*?)</code>', html, re.DOTALL)
    printed = re.findall(r'<pre class="bp-printed"><samp>(.*?)</samp>', html, re.DOTALL)
    assert len(programs) == len(printed) > 0
    for program, shown in zip(programs, printed, strict=True):
        assert run(unescape(program)) == unescape(shown)
        assert set(shown.split()) <= {"0", "True"}
        assert len(unescape(program).splitlines()) < 36


def test_programs_of_other_derivations_print_a_verdict_or_compare():
    d = derive([2, 1, 1]).show("delta^1_1", "dE/dw^1_12")
    assert [d.program(step).printed for step in d.steps] == ["True", "True"]
    rules = general_rules().show("delta")
    (step,) = rules.steps
    assert rules.program(step).printed == "delta: proved"


def test_a_line_that_is_wrong_says_so():
    x = Symbol("x")
    false = Step("false", "line", equation(x, x + 1), "no reason", lambda s, given: s.lhs == s.rhs)
    html = derivation_html(Derivation("wrong", [false]))
    assert "NOT PROVED" in html
    assert "<summary>" not in html


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_a_definition_agrees_with_what_the_programs_take_a_symbol_for(make):
    for step in make().steps:
        if step.is_definition:
            assert step.proves(step.statement), step.name


def test_a_definition_that_does_not_is_not_shown_as_one():
    step = lines.sigmoid_slope()["definition"]
    wrong = Step(step.name, step.kind, equation(step.lhs, -step.rhs), step.reason, step._prove)
    html = derivation_html(Derivation("wrong", [wrong]))
    assert "NOT PROVED" in html
    assert "bp-proof-definition" not in html


def test_a_left_side_is_written_once():
    first, second = Symbol("p"), Symbol("q")
    steps = [
        Step(str(number), "definition", equation(first, value), "", lambda s, given: True)
        for number, value in enumerate((second, second**2))
    ]
    assert line_latex(steps[0]) == "p = q"
    assert line_latex(steps[1], before=first) == r"\phantom{p} = q^{2}"


def test_an_update_has_an_arrow():
    step = lines.update()["weight"]
    assert r" \leftarrow " in line_latex(step)


@pytest.mark.parametrize(
    ("expr", "direction"),
    [
        (a(1, 2), "forward"),
        (z(1, 2), "forward"),
        (g(z(1, 2)), "forward"),
        (g(z(1, 2)).diff(z(1, 2)), None),  # a slope
        (Partial(a(1, 1), z(1, 1)), None),
        (Partial(z(1, 1), w(1, 1, 1)), None),
        (delta(1, 2), "back"),
        (Partial(E, z(1, 1)), "back"),
        (Partial(E, w(1, 1, 1)), "back"),
        (w(1, 1, 1), None),
        (Partial(z(2, 1), a(1, 1)), None),  # a weight
        (Symbol("y_{1}"), None),
    ],
)
def test_direction_of_a_factor(expr, direction):
    marks = re.findall(r"\\class\{mjx-bp-(\w+)\}", coloured_latex(expr))
    assert marks == ([direction] if direction else [])


def test_without_both_directions_nothing_is_marked():
    assert r"\class" not in derivation_html(lines.sigmoid_slope())
    assert "bp-key" not in derivation_html(lines.sigmoid_slope())
    assert "bp-key" in derivation_html(lines.hidden_delta())


def test_dress_comes_off():
    html = derivation_html(lines.update())
    assert dressed(html) != html
    assert undressed(dressed(html) + "<p>after</p>" + dressed(html)) == html + "<p>after</p>" + html
    assert "<style>" in lines.update()._repr_html_()
    assert "<script>" in lines.update()._repr_html_()


def test_reasons_are_escaped_and_their_formulas_typeset():
    assert with_formulas("a < b, $x < y$ & c") == (
        r'a &lt; b, <span class="math notranslate nohighlight">\(x &lt; y\)</span> &amp; c'
    )


def test_more_lines_than_anyone_reads_are_named_only():
    d = derive([2, 3, 2])
    assert len(d) > MOST_LINES
    html = derivation_html(d)
    assert "<li" not in html
    assert all(name in html for name in d)


def test_a_part_keeps_its_kind_and_may_have_another_name():
    d = derive([2, 2, 1])
    part = d.show("delta^1_1").named("One error term", "one")
    assert type(part) is type(d)
    assert len(d) > len(part) == 1
    assert 'id="one-1"' in derivation_html(part)
    assert "One error term" in derivation_html(part)

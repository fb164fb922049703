r"""Every formula of the book is evaluated as it is typeset, or is no claim.

What is tested is the LaTeX itself, in numbers (`bplib.formulas`): displays, formulas in sentences,
tables and boxes, every line of the derivations, the glossary, README and bplib's docstrings.
`formulas/places.py` finds them, `formulas/about.py` says what they are about. Then a typo is
planted wherever one may be, and has to be seen.
"""

import random
import re
from collections import Counter

import pytest

from .formulas import about as lists
from .formulas.checking import KINDS, checked, claim_of, verdict
from .formulas.notation_rules import PATTERNS, rule_for, spelled
from .formulas.places import CODE, MATHS, docstrings, formulas, in_text
from .formulas.slips import claims, missed, slips

PAGES = sorted({formula.page for formula in formulas()})
LABELS = {one.place: one for one in formulas() if one.place.startswith("(")}
MEND = (
    "\n\nMend it. If it is right: tests/book/formulas/about.py says what formulas are about. PAGES "
    "for one with a relation, SAID for one whose words say what it is, LISTED, with a reason, for "
    "one that claims nothing."
)


@pytest.mark.parametrize("source", PAGES)
def test_every_formula_is_true_or_claims_nothing(source, record_property):
    found = [(one, verdict(one)) for one in formulas() if one.page == source]
    wrong = [f"{one}\n    {what}" for one, what in found if what not in KINDS]
    assert not wrong, "\n\n".join(wrong) + MEND
    record_property("formulas", dict(Counter(what for _, what in found)))


def test_the_book_is_full_of_formulas():
    count = Counter(verdict(one) for one in formulas())
    assert count["evaluated"] > 900
    assert count["listed"] < 100
    assert {"display", "inline", "table", "box", "line", "calculation", "reason", "docstring"} <= {
        one.kind for one in formulas()
    }


def test_every_label_has_a_setting():
    assert not LABELS.keys() ^ lists.LABELS.keys()


def test_nothing_in_the_lists_is_idle():
    """What is listed stands in the book, and what is said matches one formula at least."""
    all_of = formulas()
    pages = {page: [one for one in all_of if one.page == page] for page in PAGES}
    idle = []
    for name in ("PAGES", "SAID", "LISTED", "LISTED_LINES"):
        idle += [f"{name}: {page}" for page in getattr(lists, name) if page not in pages]
    for page, table in lists.SAID.items():
        for said in table:
            matching = [one for one in pages[page] if lists.matches(said, one)]
            if not matching:
                idle.append(f"SAID: {page}, {said.place}, {said.before}")
    for name in ("PAGES", "LISTED", "LISTED_LINES"):
        for page, table in getattr(lists, name).items():
            known = {key for one in pages[page] for key in lists.keys_of(one)}
            idle += [
                f"{name}: {page}, {key}"
                for key in table
                if key and lists.spelled_key(key) not in known
            ]
    spellings = {spelled(one.latex) for one in all_of}
    idle += [f"ANYWHERE: {key}" for key in lists.ANYWHERE if spelled(key) not in spellings]
    assert idle == []


def test_docstrings_have_no_formula_that_is_not_read():
    """They are written as in the chapters, in LaTeX between dollar signs."""
    found = [f"{place}: {text}" for place, text in formulas_in_plain_text()]
    assert not found, "\n".join(found)


def formulas_in_plain_text():
    plain = re.compile(r"[^\n]*(?:(?:δ|dE/d\S+|∂E/∂\S+)\s*=|<-|:math:)[^\n]*")
    for page, place, text in docstrings():
        words = CODE.sub("", MATHS.sub("", text))
        words = re.sub(r"\b\w+\[[^\]]*\] = ", "", words)  # code: delta[l] = dE/dz[l]
        yield from ((f"{page}, {place}", line.strip()) for line in plain.findall(words))


CALLED = re.compile(
    r"(?:slope|derivative|gradient|reaction|error term|factor)s? (?:is|are)(?: simply| minus)? \$*$"
)


def test_what_is_called_a_slope_or_a_derivative_is_evaluated():
    left = [
        one
        for one in formulas()
        if one.kind != "reason"
        and CALLED.search(" ".join(one.before.split()) + " ")
        and verdict(one) in ("notation", "part")
        and rule_for(one.latex) not in ("the name of a derivative", "a number")
    ]
    assert not left, "\n".join(map(str, left)) + MEND


def test_every_rule_of_notation_is_needed():
    used = {
        name
        for name, pattern in PATTERNS.items()
        for one in formulas()
        if pattern.fullmatch(spelled(one.latex))
    }
    assert used == PATTERNS.keys()


# Slips of the pen


@pytest.mark.parametrize("label", LABELS)
def test_a_slip_of_the_pen_is_seen(label, record_property):
    formula = LABELS[label]
    latex, setting = claim_of(formula)
    seen = Counter()
    assert not list(missed(slips(formula, latex, setting), setting, seen))
    assert seen["Untrue"] >= 5
    record_property("mutants seen", dict(seen))


@pytest.mark.parametrize("source", PAGES)
def test_a_slip_in_any_formula_is_seen(source, record_property):
    """Of each formula two slips, drawn by the formula; `benchmarks/formula_slips.py` has all."""
    seen, unseen = Counter(), []
    for (latex, setting), formula in claims(source).items():
        found = list(slips(formula, latex, setting))
        drawn = random.Random(latex).sample(found, min(2, len(found)))
        unseen += [f"{formula}\n{one}" for one in missed(drawn, setting, seen)]
    assert not unseen, "\n\n".join(unseen) + (
        "\n\nThe setting is too narrow to tell, or the changed formula is true as well: then it "
        "belongs into formulas/true_too.py."
    )
    record_property("mutants seen", dict(seen))


def test_every_slip_that_we_think_of_is_planted_somewhere():
    planted = Counter(
        mutant.what for one in LABELS.values() for mutant in slips(one, *claim_of(one))
    )
    assert planted.keys() == {
        "a difference turned round",
        "a factor doubled",
        "a factor dropped",
        "a fraction turned round",
        "a number changed",
        "a sum dropped",
        "a term dropped",
        "a transposition dropped",
        "another index",
        "another layer",
        "another quantity",
        "the indices of a weight turned round",
        "the prime of g' dropped",
        "the sign of a side flipped",
        "the sign of a term flipped",
    }
    assert planted.total() > 800


# Mistakes that once could stand in the book

UPHILL = r"W^{l} \leftarrow W^{l} + \eta\, \partial E / \partial W^{l}"
ONCE = [
    ("algorithm", "algorithm", r"W^{l} - \eta", r"W^{l} + \eta"),
    ("algorithm", "algorithm", r"b^{l} - \eta", r"b^{l} + \eta"),
    ("algorithm", "algorithm", r"(W^{l+1})^{\top}", r"W^{l+1}"),
    ("algorithm", "summary", "w^{l}_{ij} -", "w^{l}_{ij} +"),
    ("recap", "descent", r"w - \eta", r"w + \eta"),
    ("recap", "perceptron", r"(y - \hat{y})", r"(\hat{y} - y)"),
    ("output_delta", "others", "1 - a^{2}", "1 + a^{2}"),
    ("output_delta", "others", r"a\,(1 - a)", r"a\,(1 + a)"),
    ("output_delta", "softmax-slope: slope", "a^{L}_{i}", "a^{L}_{p}"),
    ("output_delta", "softmax-condition", "- 1", "+ 1"),
    ("generalized_delta", "summary", "w^{l+1}_{ki}", "w^{l+1}_{ik}"),
    ("glossary", "", "w^{l+1}_{ki}", "w^{l+1}_{ik}"),
    ("glossary", "", r"w - \eta", r"w + \eta"),
    ("notation", "table", r"-\eta\, \delta^{l}_{i}", r"\eta\, \delta^{l}_{i}"),
    ("notation", "table", r"w^{l+1}_{i,j} - \Delta", r"w^{l+1}_{i,j} + \Delta"),
    ("notation", "uva-equations", r"w^{(l)}_{ji} - \eta", r"w^{(l)}_{ji} + \eta"),
    ("bplib/perceptron.py", "Perceptron", r"(y - \hat y) x", r"(\hat y - y) x"),
    ("algorithm", "calculation-2-3-2-forward: z^1_1", "- 0.4", "+ 0.4"),
]


@pytest.mark.parametrize(("source", "place", "old", "new"), ONCE)
def test_a_mistake_that_could_stand_in_the_book_is_seen(source, place, old, new):
    tried = 0
    for one in formulas():
        if (one.page, one.place) != (source, place) or old not in one.latex:
            continue
        if one.kind == "calculation":
            found = wrong_in_a_calculation(one, old, new)
        else:
            latex, setting = claim_of(one)
            assert checked(latex, setting) == "evaluated"
            found = checked(latex.replace(old, new), setting)
        assert found.startswith(("untrue", "meaningless")), one
        tried += 1
    assert tried


def wrong_in_a_calculation(formula, old, new):
    from .formulas.calculations import RELATION, disagreement

    sides = RELATION.split(formula.latex.replace(old, new, 1))[::2]
    return "untrue: " + disagreement(sides[2], sides[3], 4)


def test_an_unknown_formula_is_refused():
    text = r"It is $g'(z)^{2} a$, or $\delta^{l}_{i} = a^{l}_{i}$, or $x \to \infty$."
    first, second, third = in_text("new", "cell", text)
    assert verdict(first).startswith("nothing says what it is")
    assert verdict(second).startswith("untrue")
    assert verdict(third).startswith("unreadable")

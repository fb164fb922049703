"""Every number of the prose comes from a cell, is compared with one, or is known for data."""

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import nbformat
import pytest
from _tools.prose_numbers import agrees, check, cited_years, marks, qualified
from _tools.prose_numbers.prose import STEPS, numbers
from _tools.prose_numbers.said import SIGNS, UNITS, decimal, number_in_formula, numbers_in
from _tools.prose_numbers.sources import NoSuchNumber, Page, Value, printed, read_page, values

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [*ROOT.glob("chapters/*/*.ipynb"), *ROOT.glob("chapters/*/*.md"), *ROOT.glob("*.md")]
)
GIVEN = 38  # choices that no cell makes: a new one should be rare
each_page = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def report(path):
    return check(read_page(path))


@each_page
def test_every_number_says_where_it_comes_from_and_is_the_same_there(path):
    assert not report(path).problems, "\n".join(report(path).problems)


def test_most_numbers_come_from_cells(record_property):
    counts = sum((report(path).counts for path in FILES[1:]), report(FILES[0]).counts.copy())
    record_property("numbers", dict(counts))
    print(f"{counts.total()} numbers:", dict(counts.most_common()))
    assert counts["unmarked"] == 0
    assert counts["given"] <= GIVEN
    assert counts["cell"] + counts["code"] >= 250


def test_no_fact_is_handed_over_in_vain():
    """Each line of a page's hidden cell is the source of a number, here or on another page."""
    pages = {path.stem: read_page(path) for path in FILES}
    sources = [
        source if "/facts" in source else source.replace("facts", f"{stem}/facts", 1)
        for stem, page in pages.items()
        for cell in page.cells.values()
        for source in marks(cell).values()
    ]
    for stem, page in pages.items():
        for line in printed(page.cells["facts"]).splitlines() if "facts" in page.cells else ():
            anchors = (s.split(" > ")[1].split(" #")[0] for s in sources if f"{stem}/facts" in s)
            size = any(line in text for text in page.prose.values())
            assert size or any(anchor in line for anchor in anchors), f"{stem}: {line}"


def changed(said):
    """The number with each of its digits changed into each other one; a word into other words."""
    if said.word or said.text in SIGNS:
        words = [*UNITS, "a half", *SIGNS]
        yield from (n for word in words for n in numbers_in(word) if n.value != said.value)
        return
    for place, digit in enumerate(said.text):
        for other in "123456789" if digit.isdigit() else "":
            text = said.text[:place] + other + said.text[place + 1 :]
            if other != digit:
                formula = re.search(r"[\\^/]", text)
                yield number_in_formula(text, 0) if formula else next(numbers_in(text))


@each_page
def test_no_digit_can_be_changed(path):
    """A bound or an "about" may stand if it is still true; everything else may not."""
    for where, said, qualifier, value in report(path).compared:
        assert agrees(said, value, qualifier), where
        if qualifier or said.vague:
            for factor in (Fraction(1, 1000), 1000):
                off = replace(said, value=said.value * factor + (said.value == 0))
                assert not agrees(off, value, qualifier), where
            continue
        others = list(changed(said))
        assert others, where
        for other in others:
            assert not agrees(other, value), f"{where} could as well say {other.text}"


@each_page
def test_a_new_number_must_say_where_it_comes_from(path):
    page = read_page(path)
    name = list(page.prose)[-1]
    cell = page.cells[name]
    cell.source += "\n\nIn 17 of 23 starts it fails."
    found = check(page)
    assert len(found.problems) == 2
    assert all(f"{path.name}, cell {name}: " in problem for problem in found.problems)
    assert "'17' in “In 17 of 23 starts it fails.”: say where" in found.problems[0]


@each_page
def test_a_changed_number_is_noticed(path):
    """The whole check, once a page: the message says where and what."""
    page = read_page(path)
    exact = [(where, said) for where, said, bound, _ in report(path).compared if not bound]
    for where, said in exact[:1]:
        cell = page.cells[re.search(r", cell ([\w-]+): ", where)[1]]
        text = cell.source
        assert said.text in text[: said.end]
        cell.source = text[: said.start] + "77" + text[said.end :]
        [problem, *_] = check(page).problems
        assert problem.startswith(f"{where}: the text says 77, but ")


def page_of(text, marks=(), code="x = 20", shown=""):
    output = nbformat.v4.new_output("stream", text=shown)
    cells = {
        "text": nbformat.v4.new_markdown_cell(text, metadata={"numbers": dict(marks)}),
        "run": nbformat.v4.new_code_cell(code, outputs=[output]),
    }
    return Page(Path("page.ipynb"), cells)


PRINTED = "first\n  32 examples: 58 to 75\nlast\n  32 examples: 109 to 259\nshare: 16.8%\n"


@pytest.mark.parametrize(
    ("text", "phrase", "source"),
    [
        ("At update 58 to 75.", "# to #", "run > examples: #1 #2"),
        ("At update 109 to 259.", "# to #", "run > last > examples: #1 #2"),
        ("With 32 of them.", "With #", "run > examples: #-1"),
        ("With twenty of them.", "With #", "code run > x ="),
        ("A share of 17 %.", "share of #", "run > share:"),
        ("It is about a sixth.", "about #", "run > share:"),
        ("It takes more than fifty steps.", "more than #", "run > examples:"),
        ("It takes at most 58 steps.", "at most #", "run > examples:"),
        ("The value is $1/12 \\approx 0.083$.", "\\approx #", "= 1/12"),
        ("A factor of $\\tfrac14$.", "$#$", "= 0.5 ** 2"),
        ("It takes thousands.", "takes #", "= 2260"),
        ("We chose $\\eta = 0.7$.", "= #", "given"),
        ("### Six of step 5", "### # of step 5", "= 2 * 3"),
    ],
)
def test_sources(text, phrase, source):
    assert check(page_of(text, {phrase: source}, shown=PRINTED)).problems == []


@pytest.mark.parametrize(
    ("text", "marks", "problem"),
    [
        ("In 17 starts.", {}, "cell text: '17' in “In 17 starts.”: say where it comes from"),
        (
            "In 59 starts.",
            {"In #": "run > examples:"},
            "says 59, but 'run > examples:'",
        ),
        ("In 58 starts.", {"In #": "walk > examples:"}, "page has no cell 'walk'"),
        ("In 58 starts.", {"In #": "run > epochs:"}, "there is no 'epochs:'"),
        ("In 58 starts.", {"In #": "run > examples: #3"}, "no number #3"),
        ("In 58 starts.", {"In #": "run > examples: #1 #2"}, "has 1 numbers, but"),
        ("In 58 or 58 starts.", {"#": "run > examples:"}, "'#' stands there 2 times"),
        ("In 58 starts.", {"In #": "run > examples:", "starts": "given"}, "has no number"),
        ("More than 60.", {"More than #": "run > examples:"}, "says 60, but"),
        ("More than 5.", {"More than #": "run > examples:"}, "says 5, but"),
        ("At 58.", {"At #": "figure test_learning_xor"}, "reads no such number from the text"),
        ("At 58.", {"At #": "figure test_nothing"}, "reads no such number from the text"),
        ("At 58.", {"At #": "= x + 1"}, "no plain arithmetic: x"),
        ("A 2-9-2 network.", {}, "'2-9-2' in “A 2-9-2 network.”"),
    ],
)
def test_what_is_not_in_order_is_reported(text, marks, problem):
    problems = check(page_of(text, marks, shown=PRINTED)).problems
    assert any(problem in line for line in problems), problems


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("see page 12", "place"),
        ("pages 9 to 12 and 14", ("place",) * 3),
        ("section 5.3.3", "place"),
        ("layers 0 and 1", (None,) * 2),
        ("unit 4 of it", None),
        ("step 6 says", "step"),
        ("step 7 says", None),
        ("the six steps", "step"),
        ("the five steps", None),
        ("3 Error", "step"),
        ("4 Error", None),
        ("on 14 March 2015", (None,) * 2),
        ("in 1986, they", "year"),
        ("in 1987, they", None),
        ("Python 3.11 or newer", None),
        ("UvA Machine Learning 1", "title"),
        ("a 2-3-2 network", "size"),
        ("a 2-2-2 network", None),
        ("[Six squares](a.ipynb#six-squares-more)", "title"),
        ("[Six squares](a.ipynb#five-squares)", None),
        ("| Topic | Page |\n|---|---|\n| A | 3, 4 |", ("place",) * 2),
        ("| Topic | Pages of 7 |\n|---|---|\n| A | 3 |", (None,) * 2),
    ],
)
def test_what_a_rule_knows(text, rule):
    found = [each.rule for each in numbers(text, years={"1986"}, code="Network([2, 3, 2])")]
    assert found == (list(rule) if isinstance(rule, tuple) else [rule])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in 9 of 40 starts", ["9", "40"]),
        ("1,468 operations, 0.61, −1.5 and 96.4 %", ["1,468", "0.61", "−1.5", "96.4 %"]),
        ("forty starts, six of them; one, two and three units", ["forty", "six"]),
        ("two runs, three times, a third of them", ["three", "a third"]),
        ("two hidden layers, three learning rates", ["two", "three"]),
        ("two layers, fewer than twice the products", ["twice"]),
        ("the seventh decimal, the fourth line, a third layer", ["seventh"]),
        ("half of it, the half squared error, twice as large", ["half", "twice"]),
        (
            "$-2$, $10^{-9}$, $\\eta = 0.5$, $\\lambda \\approx 0.7$",
            ["-2", "10^{-9}", "0.5", "0.7"],
        ),
        ("`x = 3`, $w^{2}_{11}$, {doc}`a4`, $2 + 2 = 4$, [a](b.md#c-5), <!-- 6 -->", []),
        ("above ½, to 1e-12", ["½", "1e-12"]),
    ],
)
def test_what_a_number_is(text, said):
    assert [each.said.text for each in numbers(text)] == said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred", 200),
        ("ten thousand", 10_000),
        ("a forty-fifth", Fraction(1, 45)),
        ("two thirds", Fraction(2, 3)),
        ("twenty-one", 21),
        ("a millionth", Fraction(1, 10**6)),
        ("one half", Fraction(1, 2)),
        ("−1,468.5", Fraction("-1468.5")),
        ("¼", Fraction(1, 4)),
    ],
)
def test_what_it_says(text, value):
    [said] = numbers_in(text)
    assert said.value == value


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"-\tfrac12", Fraction(-1, 2)),
        (r"4^{-10}", Fraction(1, 4**10)),
        (r"1/12", Fraction(1, 12)),
        (r"w^{2}_{11} = 2", 2),
        (r"\frac{3}{4}", Fraction(3, 4)),
    ],
)
def test_what_a_formula_says(latex, value):
    assert number_in_formula(latex, 0).value == value


@pytest.mark.parametrize("latex", [r"x", r"1 - a^{2}", r"2 \cdot 3 = 6", r"\tfrac12 \sum_i y_i"])
def test_a_formula_to_be_evaluated_is_no_number(latex):
    assert number_in_formula(latex, 0) is None


def test_years_are_those_of_what_the_page_cites():
    entries = "@book{a1986,\n  title = {1999},\n  year = {1986b}\n}\n@book{b,\n  year = {1990}\n}\n"
    assert cited_years("{cite:t}`a1986`", entries) == {"1986"}


def test_rounding_is_to_the_digits_that_are_said():
    for text, computed, same in (
        ("0.83", "0.8349", True),
        ("0.84", "0.8349", False),
        ("0.8", "0.8349", True),
        ("six", "6.4", False),
        ("6", "5.999", True),
        ("6", "6.6", False),
        ("1/12", "0.0833", True),
        ("1/12", "0.0843", False),
    ):
        said = next(iter(numbers_in(text)), None) if "/" not in text else number_in_formula(text, 0)
        assert agrees(said, Value(*decimal(computed))) == same, (text, computed)


def test_a_qualifier_stands_at_the_beginning_of_the_phrase():
    assert qualified("more than 95 %") == "over"
    assert qualified("no more than 3") == "at most"
    assert qualified("nearly 0") == "about"
    assert qualified("the 3 nearest") is None


def test_arithmetic_is_of_numbers_only():
    with pytest.raises(NoSuchNumber):
        values("= __import__('os')", page_of(""))


def steps_in(chapter, cell):
    """Step of this book -> the numbers in each further column of the table that compares steps."""
    text = read_page(next(ROOT.glob(f"chapters/*/{chapter}.ipynb"))).cells[cell].source
    rows = re.findall(r"^\| (?:\d |then )?(\w+) \|(.*)\|$", text, re.MULTILINE)
    return {step: [re.findall(r"\d", column) for column in row.split("|")] for step, row in rows}


def test_two_tables_number_the_steps_of_comp90049_alike():
    ours, theirs = steps_in("algorithm", "line-by-line"), steps_in("comp90049", "steps")
    assert list(theirs) == [*STEPS, "repeat"]
    for number, step in enumerate(STEPS, 1):
        recipe, _, algorithm = theirs[step]
        assert ours[step][1:4] == [recipe, [str(number)], algorithm], step
    assert ours["repeat"][1] == theirs["repeat"][0]

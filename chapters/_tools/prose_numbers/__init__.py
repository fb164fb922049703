"""Every number of the prose comes from a cell, is compared with one, or is known for data.

A text cell says in its metadata where its numbers come from: a phrase of the text with a # for each
number, and their source (`sources.py`).

    "numbers": {"# have moved": "valleys-run > have moved #-1"}

A page in Markdown says the same in a comment, `<!-- numbers` and a line `phrase = source` for each.
What a rule knows (`prose.py`) needs no source. `check` compares the numbers with what the notebooks
have stored, which nbval compares with a fresh run.
"""

import ast
import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from .prose import numbers
from .sources import CHAPTERS, FIGURES, NoSuchNumber, printed, values

BIBLIOGRAPHY = CHAPTERS / "references.bib"
IN_MARKDOWN = re.compile(r"<!-- numbers\n(.*?)-->", re.DOTALL)
HOW = 'say where it comes from: {"a phrase with # for it": "source"} in metadata "numbers"'

QUALIFIERS = {
    "about": "about|almost|nearly|roughly|near|close to",
    "over": "more than",
    "at least": "at least",
    "under": "less than|fewer than",
    "at most": "at most|no more than|up to|within",
}
QUALIFIED = re.compile(rf"(?:{'|'.join(f'({words})' for words in QUALIFIERS.values())})\b", re.I)


@dataclass
class Report:
    """What was found on a page: how many numbers of which kind, and what is not in order."""

    counts: Counter = field(default_factory=Counter)
    problems: list = field(default_factory=list)
    compared: list = field(default_factory=list)  # (where, said, qualifier, value)


def marks(cell):
    """Phrase -> source."""
    found = dict(cell.metadata.get("numbers", {}))
    for block in IN_MARKDOWN.findall(cell.source):
        for line in filter(str.strip, block.splitlines()):
            phrase, _, source = line.partition(" = ")
            found[phrase.strip()] = source.strip()
    return found


def check(page):
    """A report on all numbers of a page."""
    report = Report()
    years = cited_years("\n".join(page.prose.values()))
    codes = [cell for cell in page.cells.values() if cell.cell_type == "code"]
    code = "\n".join(part for cell in codes for part in (cell.source, printed(cell)))
    for name, text in page.prose.items():
        where = f"{page.path.name}, cell {name}"
        _check_cell(where, page, page.cells[name], text, (years, code), report)
    return report


def cited_years(text, bibliography=None):
    """The years of the works that a text cites."""
    bibliography = bibliography or BIBLIOGRAPHY.read_text(encoding="utf-8")
    cited = {
        key.strip()
        for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text)
        for key in keys.split(",")
    }
    entries = re.findall(r"@\w+\{([^,\s]+),(.*?)^\}", bibliography, re.DOTALL | re.MULTILINE)
    return {
        year
        for key, fields in entries
        if key in cited
        for year in re.findall(r"^\s*year\s*=\s*\{(\d+)", fields, re.MULTILINE)
    }


def _check_cell(where, page, cell, text, context, report):
    prose = IN_MARKDOWN.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text)
    found = numbers(prose, *context)
    report.counts.update(each.rule for each in found if each.rule)
    unmarked = [each.said for each in found if not each.rule]
    template, places = with_gaps(prose, unmarked)
    for phrase, source in marks(cell).items():
        if template.count(phrase) != 1:
            times = template.count(phrase)
            report.problems.append(f"{where}: {phrase!r} stands there {times} times, and not once")
            continue
        start = template.index(phrase)
        covered = [s for s in unmarked if start <= places.get(s, -1) < start + len(phrase)]
        for said in covered:
            del places[said]
        _compare(f"{where}: {phrase!r}", page, prose, phrase, source, covered, report)
    for said in places:
        report.counts["unmarked"] += 1
        sentence = sentence_at(prose, said)
        report.problems.append(f"{where}: {said.text!r} in “{sentence}”: {HOW}")


def with_gaps(text, all_said):
    """The text with a # in place of each number, and where these stand."""
    parts, places, end, length = [], {}, 0, 0
    for said in all_said:
        parts += [text[end : said.start], "#"]
        length += said.start - end
        places[said] = length
        length += 1
        end = said.end
    return "".join([*parts, text[end:]]), places


def _compare(where, page, text, phrase, source, covered, report):
    if not covered:
        report.problems.append(f"{where} has no number that needs a source")
        return
    try:
        computed = values(source, page)
    except (NoSuchNumber, SyntaxError, OSError) as problem:
        report.problems.append(f"{where}: {problem}")
        return
    kind = source.split()[0]
    if kind not in ("given", "figure", "count", "=", "code", "text", "file"):
        kind = "cell"
    report.counts[kind] += len(covered)
    if kind == "figure" and not tried(source.split()[1], text, covered):
        report.problems.append(f"{where}: {source.split()[1]} reads no such number from the text")
    if computed is None:
        return
    if len(computed) != len(covered):
        report.problems.append(
            f"{where} has {len(covered)} numbers, but {source!r} leads to {len(computed)}"
        )
        return
    for said, value in zip(covered, computed, strict=True):
        qualifier = qualified(phrase)
        report.compared.append((where, said, qualifier, value))
        if not agrees(said, value, qualifier):
            report.problems.append(
                f"{where}: the text says {said.text}, but {source!r} leads to {shown(value)}"
            )


def qualified(phrase):
    """ "about", "over", "at most" ..., or None if the phrase begins with no such words."""
    match = QUALIFIED.match(phrase)
    return match and list(QUALIFIERS)[match.lastindex - 1]


def agrees(said, value, qualifier=None):
    """Whether a text says what was computed, with as many digits as it has."""
    computed, unit = value.value, value.unit
    if said.percent != value.percent:  # a sixth is 16.7 %
        scale = Fraction(1, 100) if value.percent else 100
        computed, unit = computed * scale, unit * scale
    low, high = sorted((abs(said.value), abs(computed)))
    if said.vague:
        return said.value <= computed < 1000 * said.value
    if qualifier == "about":
        return abs(said.value - computed) <= max(abs(computed) / 10, Fraction(said.value == 0, 10))
    if qualifier:  # a bound that is far off says nothing
        holds = {
            "over": said.value < computed,
            "at least": said.value <= computed,
            "under": computed < said.value,
            "at most": computed <= said.value,
        }
        return holds[qualifier] and high <= 10 * low
    off = abs(said.value - computed)
    if said.unit:
        return off <= said.unit / 2
    return off == 0 or (unit < 1 and off < unit / 2)


def shown(value):
    text = f"{float(value.value):.12g}"
    return text + (" %" if value.percent else "")


def tried(test, text, covered):
    """Whether the test of a figure takes these very numbers from the text, by a pattern."""
    module = ast.parse(FIGURES.read_text(encoding="utf-8"))
    functions = [f for f in module.body if isinstance(f, ast.FunctionDef) and f.name == test]
    strings = [
        node.value
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    spans = [
        match.span(group)
        for string in strings
        if "(" in string
        for match in re.finditer(string, text)
        for group in range(1, len(match.groups()) + 1)
    ]
    return all(any(a <= said.start and said.end <= b for a, b in spans) for said in covered)


def sentence_at(text, said):
    begin = max(text.rfind(mark, 0, said.start) for mark in (". ", "\n", "? ", ": ")) + 1
    ends = [text.find(mark, said.end) for mark in (". ", "\n", "? ", ".\n")]
    end = min((e for e in ends if e >= 0), default=len(text))
    return text[begin : end + 1].strip()

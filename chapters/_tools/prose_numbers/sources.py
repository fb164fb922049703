r"""Where a number of the prose comes from, as the metadata of its cell says it.

"valleys-run > reach w #-1"        what a cell prints: the number before "reach w"
"batches-starts > for good > all / 32: #2"
                                   the second number after "all / 32:", below "for good"
"code batches-starts > range("     the code of a cell
"text floor-lines > \ge"           another text, formulas included
"learn-table > …"  "recap/valleys-run > …"
                                   a cell of this page, or of another one
"file pyproject.toml > line-length ="
                                   any file of the repository
"count ### Mistake"                how often a regular expression is found in the page's text
"count five-factors > \\frac"      the same in one cell, of any kind
"= 1/4 * 1/2"                      plain arithmetic
"figure test_learning_xor"         tried on the built page, by that test
"given"                            a choice that no cell makes
"""

import ast
import html
import operator
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import nbformat

from .said import decimal

ROOT = Path(__file__).parents[3]
CHAPTERS = ROOT / "chapters"
FIGURES = ROOT / "tests" / "figures" / "test_said_in_chapters.py"

PRINTED = re.compile(
    r"\\[td]?frac\s?(?:(\d)(\d)|\{(\d+)\}\{(\d+)\})"
    r"|(?<![\w.^/])(-?\d+)/(\d+)(?![\w.])"
    r"|(?<![\w.])(\d+)\^\{(-?\d+)\}"
    r"|(?<![\w.])[+\-−]?\d[\d,_]*(?:\.\d*)?(?:e[+-]?\d+)?(?P<percent>\s?%)?"
)
INDEX = re.compile(r"\s*#(-?\d+)")
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class NoSuchNumber(ValueError):
    """A source that does not lead to a number; the message says where it ends."""


@dataclass(frozen=True)
class Value:
    """A number that somebody computed: its value, the unit of its last digit, whether per cent."""

    value: Fraction
    unit: Fraction = Fraction(0)
    percent: bool = False


@dataclass(frozen=True)
class Page:
    """A page's cells by their names; the single cell of a Markdown file is called "page"."""

    path: Path
    cells: dict

    @property
    def prose(self):
        return {name: c.source for name, c in self.cells.items() if c.cell_type == "markdown"}


def read_page(path):
    if path.suffix == ".md":
        cell = nbformat.v4.new_markdown_cell(path.read_text(encoding="utf-8"))
        return Page(path, {"page": cell})
    return Page(path, {cell.id: cell for cell in nbformat.read(path, 4).cells})


_other_page = cache(read_page)


def values(source, page):
    """The values that a source leads to, one for each index; None for "given" and for figures."""
    kind, _, rest = source.partition(" ")
    if source == "given" or kind == "figure":
        return None
    if kind == "=":
        return [Value(arithmetic(ast.parse(rest, mode="eval").body))]
    if kind == "count":
        return [Value(Fraction(_count(rest, page)))]
    indices = [int(i) for i in INDEX.findall(rest if kind in ("code", "text", "file") else source)]
    path = INDEX.sub("", rest if kind in ("code", "text", "file") else source)
    name, *anchors = [part.strip() for part in path.split(" > ")]
    if kind == "file":
        text = (ROOT / name).read_text(encoding="utf-8")
    else:
        cell = find_cell(name, page)
        text = printed(cell) if kind not in ("code", "text") else cell.source
    return [_number(text, anchors, index, source) for index in indices or [1]]


def find_cell(name, page):
    """The cell "name" of this page, or "page/name" of another one."""
    chapter, _, cell = name.rpartition("/")
    if chapter:
        [path] = [*CHAPTERS.glob(f"*/{chapter}.ipynb"), *CHAPTERS.glob(f"*/{chapter}.md")]
        page = _other_page(path)
    if cell not in page.cells:
        raise NoSuchNumber(f"{page.path.stem} has no cell {cell!r}")
    return page.cells[cell]


def printed(cell):
    """What a cell shows, as text; a derivation's lines begin with their names."""
    parts = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        parts += [output.get("text", ""), data.get("text/markdown", "")]
        parts += [data.get("text/plain", ""), _plain(data.get("text/html", ""))]
    return "\n".join(part for part in parts if part)


def _plain(markup):
    markup = re.sub(r"<(details|a)\b.*?</\1>", "", markup, flags=re.DOTALL)
    markup = re.sub(r'<li data-step="([^"]*)"', r"\n\1: <li", markup)
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def _number(text, anchors, index, source):
    start = 0
    begin = 0
    for anchor in anchors:
        begin = text.find(anchor, start)
        if begin < 0:
            raise NoSuchNumber(f"{source!r}: there is no {anchor!r} (after what is before it)")
        start = begin + len(anchor)
    if index > 0:
        end = text.find("\n", start)
        part = text[start : end if end >= 0 and anchors else None]
    else:
        part = text[text.rfind("\n", 0, begin) + 1 : begin]
    found = [value for value in map(_value, PRINTED.finditer(part)) if value]
    try:
        return found[index - 1 if index > 0 else index]
    except IndexError:
        raise NoSuchNumber(f"{source!r}: no number #{index} in {part.strip()!r}") from None


def _value(match):
    groups = [int(group) for group in match.groups()[:8] if group]
    if groups:
        first, second = groups
        power = match[7] is not None
        return Value(Fraction(first) ** second if power else Fraction(first, second))
    text = match[0].replace("_", "").rstrip(" %,.")
    value, unit = decimal(text)
    return Value(value, unit, bool(match["percent"]))


def _count(rest, page):
    name, arrow, pattern = rest.partition(" > ")
    if arrow:
        cell = find_cell(name.strip(), page)
        text = cell.source + "\n" + printed(cell)
    else:
        text, pattern = "\n\n".join(page.prose.values()), rest
    return len(re.findall(pattern, text, re.MULTILINE))


def arithmetic(node):
    """The value of an expression of numbers and + - * / **."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -arithmetic(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](arithmetic(node.left), arithmetic(node.right))
    raise NoSuchNumber(f"no plain arithmetic: {ast.unparse(node)}")

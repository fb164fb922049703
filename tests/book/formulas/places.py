r"""Every formula of the book, of README and of bplib's docstrings, with the place where it stands.

A formula is what is typeset: between dollar signs in text, and between `\(` and `\)` in the lines
of a derivation that a notebook stores.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"^```.*?^```$|(?P<role>\{\w+(?::\w+)?\})?`[^`\n]*`", re.DOTALL | re.MULTILINE)
MATHS = re.compile(
    r"(?<!\\)\$\$(?P<display>.+?)\$\$(?:[ \t]*\((?P<label>[\w-]+)\))?"
    r"|(?<![\\$])\$(?!\$)(?P<inline>(?:\\.|[^$\\])+?)\$",
    re.DOTALL,
)
DERIVATION = re.compile(r'data-derivation="([\w-]+)">(.*?)</ol>', re.DOTALL)
LINE = re.compile(r'<li data-step="([^"]*)"[^>]*>(.*?)</li>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
TYPESET = re.compile(r"\\\((.*?)\\\)", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """One formula; `before` is the text in front of it, back to the start of its paragraph."""

    page: str
    place: str
    kind: str
    latex: str
    before: str = ""

    def __str__(self):
        return f"{self.page}, {self.place}: {self.latex}"


@cache
def formulas():
    """All of them, in the order of the pages."""
    found = []
    for path in sorted((ROOT / "chapters").glob("*/*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "markdown":
                found += in_text(path.stem, cell.id, cell.source)
            else:
                for output in cell.outputs:
                    found += _in_output(path.stem, cell.id, output.get("data", {}))
    pages = [*sorted((ROOT / "chapters").glob("*/*.md")), *sorted(ROOT.glob("*.md"))]
    for path in pages:
        found += in_text(path.stem, "", path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "bplib").rglob("*.py")):
        if path.parent.name != "formulas":  # whose docstrings are about formulas, right and wrong
            page = path.relative_to(ROOT).as_posix()
            for place, text in _docstrings(path):
                found += in_text(page, place, text, kind="docstring")
    return tuple(found)


def in_text(page, place, text, kind=None):
    """The formulas of a text in Markdown."""
    text = CODE.sub(lambda code: code[0] if code["role"] else re.sub(r"[^\n]", "`", code[0]), text)
    for found in MATHS.finditer(text):
        before = text[text.rfind("\n\n", 0, found.start()) + 1 : found.start()].lstrip("\n")
        if found["display"]:
            name = f"({found['label']})" if found["label"] else place
            yield Formula(page, name, kind or "display", found["display"].strip(), before)
        else:
            own = kind or _kind(before)
            yield Formula(page, place, own, found["inline"].strip(), before)


def _kind(before):
    line = before[before.rfind("\n") + 1 :]
    return "table" if line.startswith("|") else "box" if line.startswith(">") else "inline"


def _in_output(page, cell, data):
    for name, inside in DERIVATION.findall("".join(data.get("text/html", ""))):
        numbers = "mjx-bp-result" in inside or name.endswith("-input")
        for step, item in LINE.findall(inside):
            place, lines = f"{name}: {unescape(step)}", []
            for found in TYPESET.finditer(item):
                latex = unescape(found[1])
                if not latex.startswith(r"\displaystyle"):
                    before = unescape(TAG.sub("", item[: found.start()]))
                    yield Formula(page, place, "reason", latex, before)
                    continue
                latex = latex.removeprefix(r"\displaystyle ")
                if latex.startswith("="):  # goes on with the line above
                    lines[-1] += f" {latex}"
                else:
                    lines.append(latex)
            kind = "calculation" if numbers else "line"
            yield from (Formula(page, place, kind, line) for line in lines)
    for kind in ("text/markdown", "text/latex"):
        yield from in_text(page, cell, "".join(data.get(kind, "")), kind="output")


def _docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "name", "module"), text

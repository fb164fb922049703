"""The prose of the book, sentence by sentence, for tests of what it says.

The Markdown is read with the parser that the book is built with. Formulas and code keep their
places in a sentence, but not their text. A comment, `<!-- ... -->`, belongs to the sentence that it
stands behind.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat
from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

ROOT = Path(__file__).parents[2]
FORMULA, CODE = "□", "▣"  # what stands in a sentence for them
CITED = "\ue001"  # where a sentence cites, in `Sentence.marked`
_COMMENT = "\ue000"  # for a comment, while sentences are told apart
_END = re.compile(rf"[.!?]['\"”)*]*(?:\s*{_COMMENT})*\s+(?=[A-Z0-9*(\"“{FORMULA}{CODE}{CITED}-])")
_ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|cf|vs|al|p|pp|Fig|No|[A-Z])\.$")


@dataclass
class Link:
    """`[text](target)`."""

    text: str
    target: str


@dataclass
class Block:
    """A paragraph, a heading, a cell of a table or an entry of a list, in one or more sentences."""

    page: str
    cell: str
    kind: str
    sentences: list = field(default_factory=list)


@dataclass
class Sentence:
    """What is read, and what was found in it."""

    block: Block
    marked: str  # with a mark wherever it cites
    roles: list = field(default_factory=list)  # (name, content)
    links: list = field(default_factory=list)
    formulas: list = field(default_factory=list)
    comments: list = field(default_factory=list)

    @property
    def text(self):
        return " ".join(self.marked.replace(CITED, "").split())

    @property
    def where(self):
        cell = f", cell {self.block.cell}" if self.block.cell else ""
        return f"{self.block.page}{cell}: {self.text!r}"

    @property
    def citations(self):
        """The keys of the works that it cites."""
        return [
            key.strip()
            for name, content in self.roles
            if name.startswith("cite")
            for key in content.split(",")
        ]

    def marks(self, name):
        """What comments `<!-- name: ... -->` behind it say."""
        return [c.partition(":")[2].strip() for c in self.comments if c.partition(":")[0] == name]


def pages():
    """The path of each page, and of the README, relative to the repository."""
    files = [*ROOT.glob("chapters/*/*.ipynb"), *ROOT.glob("chapters/*/*.md"), ROOT / "README.md"]
    return sorted(path.relative_to(ROOT).as_posix() for path in files)


def sources(page):
    """(id of the cell, its Markdown) for each text cell; a page of Markdown is one cell, ''."""
    path = ROOT / page
    if path.suffix == ".md":
        return [("", path.read_text(encoding="utf-8"))]
    cells = nbformat.read(path, 4).cells
    return [(cell.id, cell.source) for cell in cells if cell.cell_type == "markdown"]


@cache
def blocks(page):
    """All blocks of a page."""
    return [block for cell, text in sources(page) for block in read(text, page, cell)]


def read(markdown, page="", cell=""):
    """The blocks of some Markdown."""
    found = []
    _read_tokens(_parser().parse(markdown), Block(page, cell, ""), found)
    return found


@cache
def _parser():
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (amsmath_plugin, colon_fence_plugin, deflist_plugin, myst_role_plugin):
        parser.use(plugin)
    return parser.use(dollarmath_plugin, allow_labels=True)


def _read_tokens(tokens, place, found):
    kinds = []
    for token in tokens:
        if token.type == "colon_fence":  # a box: its name, then Markdown
            name = token.info.strip()
            inner = _glossary(token.content) if name == "{glossary}" else token.content
            title = name.partition("}")[2].strip()
            _read_tokens(_parser().parse(f"{title}\n\n{inner}"), place, found)
        elif token.type == "inline":
            block = Block(place.page, place.cell, kinds[-1] if kinds else "paragraph")
            block.sentences = list(_sentences(token.children, block))
            found.append(block)
        elif token.type == "html_block" and found:  # a comment on a line of its own
            comments = re.findall(r"<!--(.*?)-->", token.content, re.DOTALL)
            found[-1].sentences[-1].comments += [comment.strip() for comment in comments]
        elif token.nesting == 1:
            kinds.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            kinds.pop()


def _glossary(text):
    """A term and its explanation become two paragraphs, as nothing else can tell them apart."""
    return re.sub(r"^ +", "\n", text, flags=re.MULTILINE)


def _sentences(tokens, block):
    text, things, link = "", [], None
    for token in tokens:
        start = len(text)
        if token.type == "text":
            text += token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += " "
        elif token.type == "code_inline":
            text += CODE
        elif token.type.startswith(("math", "amsmath")):
            text += FORMULA
            things.append((start, "formulas", token.content))
        elif token.type == "html_inline":
            comment = re.fullmatch(r"<!--(.*?)-->", token.content, re.DOTALL)
            if comment:
                text += _COMMENT
                things.append((start, "comments", comment[1].strip()))
        elif token.type == "myst_role":
            name, content = token.meta["name"], token.content
            if name == "term":
                text += re.sub(r"\s*<.*>", "", content)
            elif name.startswith("cite"):
                text += CITED + CODE * (name == "cite:t")
            elif name == "doc":
                text += CODE
            things.append((start, "roles", (name, content)))
        elif token.type == "link_open":
            link = (start, token.attrs["href"])
        elif token.type == "link_close":
            things.append((link[0], "links", Link(text[link[0] :], link[1])))
    start = 0
    for end in _ends(text):
        sentence = Sentence(block, " ".join(text[start:end].replace(_COMMENT, "").split()))
        for place, name, thing in things:
            if start <= place < end:
                getattr(sentence, name).append(thing)
        if sentence.marked or sentence.comments:
            yield sentence
        start = end


def _ends(text):
    for end in _END.finditer(text):
        if not _ABBREVIATIONS.search(text[: end.start() + 1]):
            yield end.end()
    yield len(text) + 1

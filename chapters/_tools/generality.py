"""Sentences that generalise, and what carries them.

A sentence with one of the `WORDS` says more than what stands beside it. It cites a work, or a
comment behind it, invisible in the page, repeats these words and says what carries them:

    <!-- falls, faster: shown by cell-id -->        a cell of this page that shows its result
    <!-- falls: shown by page#cell-id -->           a cell of another page
    <!-- because: shown by (label) -->              an equation, which a cell proves
    <!-- mostly: shown by key -->                   a work of references.bib
    <!-- cannot: shown by the argument here -->     the sentences around it, which prove it
    <!-- larger: no claim, definition -->           or another of `NO_CLAIM`

The words are repeated so that who changes one has to look at what carries it. A cell that carries
how *often* something happens has tried it from `STARTS` random starts or more.
"""

import ast
import re
from functools import cache

import nbformat

from . import prose
from .bibliography import entries
from .claims import IGNORED, claims

FREQUENCY = (
    r"usually|mostly|most of|often|rarely|seldom|generally|typically|normally|sometimes|likely|"
    r"unlikely|chance"
)
WORDS = re.compile(
    rf"\b({FREQUENCY}|always|never|nobody|everybody|everyone|no surprise|whatever|whenever|"
    r"cannot|impossible|guarantee\w*|easily|hardly|because|therefore|"
    r"faster|slower|sooner|larger|smaller|bigger|greater|(?<!no )longer|shorter|fewer|"
    r"better|worse|(?<!at )best|worst|(?<!at )most|"
    r"falls?|rises?|grows?|shrinks?|climbs?|diverges?|vanish|vanishes|explodes?|flat|steeper|"
    r"(?:every|any|no|all) (?:networks?|perceptrons?|starts?|runs?))\b",
    re.IGNORECASE,
)
FREQUENT = re.compile(rf"\b({FREQUENCY})\b", re.IGNORECASE)
NO_CLAIM = {
    "definition": "says what a word or a letter means",
    "convention": "says how this book does something",
    "condition": "says what is assumed, or asked for",
    "instruction": "says what to do",
    "content": "says what a lesson or a figure is about",
}
STARTS = 20
SEEDS = re.compile(r"seeds?|starts?", re.IGNORECASE)
HERE = "the argument here"
MARK = re.compile(
    r"(?P<words>[\w, ]+): (?:shown by (?P<carriers>.+)|no claim, (?P<reason>.+))", re.DOTALL
)


def generalising(sentence):
    """The words in a sentence that generalise; a question or a heading claims nothing."""
    if sentence.block.kind in ("heading", "th") or sentence.text.endswith("?"):
        return []
    text = sentence.text
    for link in sentence.links:  # its words are those of a heading
        text = text.replace(" ".join(link.text.split()), "")
    return [found[0] for found in WORDS.finditer(text)]


def problem(sentence):
    """Why nothing carries a sentence, in words, or None."""
    words = ", ".join(dict.fromkeys(word.lower() for word in generalising(sentence)))
    marks = [MARK.fullmatch(comment) for comment in sentence.comments]
    marks = [mark for mark in marks if mark]
    if not words:
        return "it is marked, but has no word that generalises" if marks else None
    if not marks and sentence.citations:
        return None
    if not marks:
        return (
            f"nothing carries {words!r}: cite a work, reword it, or say what does: "
            f"<!-- {words}: shown by ... --> (chapters/_tools/generality.py)"
        )
    [mark] = marks
    if mark["words"] != words:
        return f"what is marked is {mark['words']!r}, and what is said {words!r}: is it shown too?"
    if mark["reason"]:
        known = mark["reason"] in NO_CLAIM
        return None if known else f"{mark['reason']!r} is none of {', '.join(NO_CLAIM)}"
    often = bool(FREQUENT.search(sentence.text))
    for carrier in mark["carriers"].split(","):
        wrong = _carries_nothing(carrier.strip(), sentence.block.page, often)
        if wrong:
            return wrong
    return None


def _carries_nothing(carrier, page, often):
    if carrier == HERE or carrier in entries():
        return None
    if carrier.startswith("("):
        return None if carrier[1:-1] in _proved() else f"no equation {carrier} is proved"
    name, _, cell = carrier.rpartition("#")
    cells = _code(f"chapters/{name}/{name}.ipynb" if name else page)
    if cell not in cells:
        return f"there is no code cell {carrier!r}"
    tags = cells[cell].metadata.get("tags", [])
    if not cells[cell].outputs or IGNORED in tags:
        return f"cell {carrier!r} shows nothing that is compared"
    if often and starts(list(cells.values()), cell) < STARTS:
        return f"cell {carrier!r} has not tried it from {STARTS} starts"
    return None


@cache
def _proved():
    notebooks = (prose.ROOT / page for page in prose.pages() if page.endswith(".ipynb"))
    return {label for path in notebooks for label in claims(nbformat.read(path, 4)).proved}


@cache
def _code(page):
    if not (prose.ROOT / page).is_file() or not page.endswith(".ipynb"):
        return {}
    cells = nbformat.read(prose.ROOT / page, 4).cells
    return {cell.id: cell for cell in cells if cell.cell_type == "code"}


def starts(cells, cell):
    """How many seeds a cell tries, itself or in what it uses of the cells before it."""
    trees = {}
    for one in cells:
        trees[one.id] = ast.parse(one.source)
        if one.id == cell:
            break
    wanted = {cell}
    names = _names(trees[cell])
    for name in reversed(trees):
        if name in wanted or names & _defined(trees[name]):
            wanted.add(name)
            names |= _names(trees[name])
    return max((_seeds(trees[name]) for name in wanted), default=0)


def _names(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _defined(tree):
    stored = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return stored | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _seeds(tree):
    """The largest number of them: `for seed in range(n)`, `STARTS = n`, `f(starts=n)`."""
    given, tried = {}, []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                given |= _pairs(target, node.value)
        elif isinstance(node, ast.FunctionDef):
            arguments = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            given |= {a.arg: v for a, v in zip(arguments, node.args.defaults, strict=True)}
        elif isinstance(node, ast.Call):
            given |= {keyword.arg: keyword.value for keyword in node.keywords}
        if isinstance(node, ast.For | ast.comprehension) and _is_seeds(node.target):
            tried.append(node.iter)
    tried += [value for name, value in given.items() if SEEDS.fullmatch(name or "")]
    return max((_number(value, given) for value in tried), default=0)


def _pairs(target, value):
    """Name -> value of an assignment, also to several names at once."""
    if isinstance(target, ast.Name):
        return {target.id: value}
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        both = zip(target.elts, value.elts, strict=True)
        return {name.id: one for name, one in both if isinstance(name, ast.Name)}
    return {}


def _is_seeds(target):
    return isinstance(target, ast.Name) and bool(SEEDS.fullmatch(target.id))


def _number(value, given):
    """A whole number, or the length of a range, as far as it can be read off."""
    if isinstance(value, ast.Constant) and isinstance(value.value, int):
        return value.value
    if isinstance(value, ast.Name) and value.id in given:
        others = {name: one for name, one in given.items() if name != value.id}
        return _number(given[value.id], others)
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "range" and len(value.args) == 1:
        return _number(value.args[0], given)
    return 0

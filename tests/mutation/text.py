"""Mistakes in what is read: formulas, numbers, words, links, sources; and in configuration."""

import re

from .mutant import Edit

MATHS = re.compile(r"\$\$(?P<display>.+?)\$\$|(?<![\\$\w])\$(?P<inline>[^$\n]+)\$", re.DOTALL)
RELATION = re.compile(r"=|\\leftarrow|\\le\b|\\ge\b|\\approx|<|>")
NO_PROSE = re.compile(
    r"\$\$.+?\$\$|\$[^$\n]+\$|```.*?```|`[^`]*`|<!--.*?-->|\]\([^)]*\)|\{[^}]*\}|^\|[-:| ]+\|$"
    r"|https?://\S+|^\([\w-]+\)=$|^#+ .*$",
    re.DOTALL | re.MULTILINE,
)
YEAR = re.compile(r"\b(1[89]\d\d|20[0-2]\d)\b")
NUMBER = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w-])")
CITATION = re.compile(r"(\{cite(?::\w+)?\}`)([^`]+)(`)")
LINK = re.compile(
    r"(\{(?:doc|ref|term|eq|numref)\}`(?:[^`<]*<)?)([^`<>]+)(>?`)|(\]\()([^)\s]+)(\))"
)
GATE = re.compile(
    r"SPHINX_OPTIONS :=|-m ruff|-m pytest|-m sphinx |exit 1|raise_on_error|addopts|xfail_strict"
    r"|filterwarnings|testpaths|set -e|BOOK_REQUIRE|git clone|^test:"
)
NO_GATES = {"--quiet", "--numprocesses", "--dist", "-b", "-d", "-m"}  # speed, places, looks
OPTION = re.compile(r"(?<=\s)--?[A-Za-z][\w-]*(?:=\S+)?")

FORMULA = (
    ("sign", re.compile(r"(?<=[\w})] )\+(?= )"), "-"),
    ("sign", re.compile(r"(?<=[\w})] )-(?= )"), "+"),
    ("sign", re.compile(r"(?<![<>!])=(?= )"), "= -"),
    ("index", re.compile(r"_\{ij\}"), "_{ji}"),
    ("index", re.compile(r"_\{ki\}"), "_{ik}"),
    ("index", re.compile(r"(?<=[}\d])_\{i\}"), "_{j}"),
    ("off by one", re.compile(r"\{l\s?\+\s?1\}"), "{l}"),
    ("off by one", re.compile(r"\{l\s?-\s?1\}"), "{l}"),
    ("transposition", re.compile(r"\^\{?\\top\}?"), ""),
    ("factor", re.compile(r"\\eta\\?,? ?"), ""),
    ("factor", re.compile(r"(?<=g)'"), ""),
    ("factor", re.compile(r"\\tfrac12|\\tfrac\{1\}\{2\}|\\frac\{1\}\{2\}"), ""),
    ("quantity", re.compile(r"\\delta(?=[\^_])"), "a"),
    ("quantity", re.compile(r"\ba(?=\^)"), "z"),
)

OPPOSITES = {}
for _one, _other in (
    ("raises", "lowers"),
    ("rises", "falls"),
    ("raise", "lower"),
    ("rise", "fall"),
    ("larger", "smaller"),
    ("largest", "smallest"),
    ("higher", "lower"),
    ("above", "below"),
    ("left", "right"),
    ("up", "down"),
    ("upward", "downward"),
    ("forward", "backward"),
    ("first", "last"),
    ("before", "after"),
    ("too high", "too low"),
    ("positive", "negative"),
    ("increases", "decreases"),
    ("explodes", "vanishes"),
    ("vanishing", "exploding"),
    ("squares", "circles"),
    ("with", "without"),
    ("input", "output"),
    ("more", "less"),
    ("all", "none"),
    ("correct", "wrong"),
):
    OPPOSITES |= {_one: _other}
    OPPOSITES.setdefault(_other, _one)
# In a text: not a name in a template, such as `${left.x}`, and not one in a comment.
WORD = re.compile(
    rf"(?<=[\s\"'`(])({'|'.join(sorted(OPPOSITES, key=len, reverse=True))})(?=[\s\"'`).,;:!?])"
)


def formula_edits(text):
    """In every formula that says something: a bare expression says nothing that could be false."""
    for formula in MATHS.finditer(text):
        if RELATION.search(formula[0]):
            for kind, pattern, new in FORMULA:
                for match in pattern.finditer(text, *formula.span()):
                    yield Edit(kind, *match.span(), new)


def number_edits(text):
    """Every number and year in the sentences."""
    hidden = [match.span() for match in NO_PROSE.finditer(text)]

    def shown(match):
        return not any(a < match.end() and match.start() < b for a, b in hidden)

    for match in filter(shown, YEAR.finditer(text)):
        yield Edit("year", *match.span(), str(int(match[0]) + 1))
    for match in filter(shown, NUMBER.finditer(text)):
        if not YEAR.fullmatch(match[0]):
            last = match.end() - 1
            yield Edit("digit", last, last + 1, str((int(text[last]) + 1) % 10))


def reference_edits(text):
    """Citations and links, each exchanged with the next one of the page that differs."""
    cited = list(CITATION.finditer(text))
    for match in cited:
        others = [other[2] for other in cited if other[2] != match[2]]
        if others:
            yield Edit("citation", *match.span(2), others[0])
    links = [(m, 2 if m[2] else 5) for m in LINK.finditer(text)]
    for match, group in links:
        others = [o[g] for o, g in links if g == group and o[g] != match[group]]
        if others and not match[group].startswith("http"):
            yield Edit("link", *match.span(group), others[0])


def word_edits(text, spans):
    """A word in one of the spans exchanged for its opposite."""
    for span in spans:
        placed = text[: span[0]].endswith("loc=")  # of a legend
        for match in WORD.finditer(text, *span):
            comment = text[text.rfind("\n", 0, match.start()) + 1 :].lstrip().startswith("//")
            if " " in text[slice(*span)] and not placed and not comment:  # a sentence, no key
                yield Edit("word", *match.span(), OPPOSITES[match[0]])


def prose_edits(text):
    yield from formula_edits(text)
    yield from number_edits(text)
    yield from reference_edits(text)


def gate_edits(text):
    """Lines and options of Makefile, configuration and CI by which a failure stops the build."""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if GATE.search(body) and not body.startswith(("#", ".PHONY", "@echo")):
            for match in OPTION.finditer(line.split("#")[0]):
                if match[0] not in NO_GATES:
                    yield Edit("option", at + match.start(), at + match.end(), "")
            for match in re.finditer(r"\b(true|false|error)\b", line):
                other = {"true": "false", "false": "true", "error": "default"}[match[0]]
                yield Edit("condition", at + match.start(), at + match.end(), other)
            yield Edit("line", at, at + len(line), "")
        at += len(line)

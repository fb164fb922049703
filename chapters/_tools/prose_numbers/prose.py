"""The numbers of a page's prose, and what can be told of them by rule.

A rule names a kind of data that no cell computes: the size of a network that the page builds, a
step of the algorithm, a page of a lecture, the year of a work that is cited, the title of a
section. What no rule knows has to say where it comes from.
"""

import re
from collections import namedtuple
from fractions import Fraction

from .said import Said, number_in_formula, numbers_in

Found = namedtuple("Found", "said rule")  # rule: None if the number must name its source

FORMULA = re.compile(r"(?<![\\$])\$(?!\$)(?P<latex>[^$]+?)(?<!\\)\$(?!\$)")
NOT_PROSE = [
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"<!--.*?-->",
        r"^```.*?^```",  # fenced code
        r"(?<![\w^\\}])\{[\w:]+\}`[^`]+`",  # roles
        r"`[^`\n]+`",  # code
        r"\$\$.+?\$\$(?:[ \t]*\([\w-]+\))?",
        r"\]\([^)\s]*\)",  # where a link leads
        r"^:::.*?$",
        r"^(?:> )?\s*\d+\.(?= )",  # the number of an entry of a list
        r"https?://\S+",
    )
]

STEPS = ("Input", "Forward", "Error", "Backward", "Gradients", "Update")
SIZE = re.compile(r"(?<![\w-])\d+(?:-\d+)+(?![\w-])")
YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?!\w|[.,]\d)")
LIST = r"s? \d+(?:\.\d+)*(?:(?:, | and | to | or |, and )\d+(?![\w.]\d))*"
RULES = {
    "title": r"\bMachine Learning 1\b",
    "place": rf"\b(?:page|slide|chapter|section|lecture){LIST}",
    "step": r"\b[Ss]teps? [1-6](?:(?: and | to )[1-6])?\b|\b[Ss]ix steps\b|"
    + "|".join(rf"\b{number} {step}\b" for number, step in enumerate(STEPS, 1)),
}
TABLE = re.compile(r"^\|.*\|\n\|[-:| ]+\|\n(?:\|.*\|(?:\n|\Z))+", re.MULTILINE)
LAST = re.compile(r"\|[^|\n]*\|$", re.MULTILINE)  # the last column
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\([^)\s]*#(?P<section>[^)\s]+)\)")

SMALL = 3  # words up to this number are numbers only where something is measured
_COUNTED = (
    "times as starts? epochs? digits? decimals? passes multiplications additions operands factors "
    "links terms rates biases"
)
MEASURED = re.compile(
    r"(?:[ -](?:random|different|published|printed|forward|learning))?"
    rf"[ -](?:{'|'.join(_COUNTED.split())}|per cent|points of|hidden layers"
    r"|the (?:products|multiplications))\b"
)
PART = re.compile(r"(?: (?:of|or|too|as|either|alike|the)\b|[.,;:)])")


def blanked(text):
    """The text with everything that is no prose blanked out, every letter in its place."""
    for pattern in NOT_PROSE:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def numbers(text, years=(), code=""):
    """Every number of a text in Markdown, with the rule that knows it.

    `years` are those of the works that the page cites; `code` is what the page's cells run and
    show, where the networks are built whose sizes the text names.
    """
    plain = blanked(text)
    found = []
    for formula in FORMULA.finditer(plain):
        said = number_in_formula(formula["latex"], formula.start("latex"))
        if said:
            found.append(Found(said, None))
    plain = FORMULA.sub(_boxes, plain)
    known = list(_links(text))
    for size in SIZE.finditer(plain):
        built = size[0] in code or f"[{size[0].replace('-', ', ')}]" in code
        whole = Said(*size.span(), size[0], Fraction(size[0].replace("-", "")), Fraction(0))
        found.append(Found(whole, "size" if built else _rule(whole, known)))
    plain = SIZE.sub(_boxes, plain)
    known += _known(plain, years)
    for said in numbers_in(plain):
        rule = _rule(said, known)
        if rule or not said.word or _counts(said, plain):
            found.append(Found(said, rule))
    return sorted(found, key=lambda each: each.said.start)


def _rule(said, known):
    return next((r for (a, b), r in known if a <= said.start and said.end <= b), None)


def _boxes(found):
    return "□" * len(found[0])


def _links(text):
    """A link whose words are the title of the section that it leads to repeats its number."""
    for link in LINK.finditer(text):
        if link["section"].startswith(
            re.sub(r"[^\w -]", "", link["text"].lower()).replace(" ", "-")
        ):
            yield link.span("text"), "title"


def _known(plain, years):
    for rule, pattern in RULES.items():
        for match in re.finditer(pattern, plain, re.IGNORECASE):
            yield match.span(), rule
    for match in YEAR.finditer(plain):
        if match[0] in years:
            yield match.span(), "year"
    for table in TABLE.finditer(plain):
        head = table[0].partition("\n")[0]
        if re.search(r"\bstep\b|this book \|", head, re.IGNORECASE):
            yield table.span(), "step"
        elif head.rstrip(" |").endswith("Page"):
            for last in LAST.finditer(plain, *table.span()):
                yield last.span(), "place"


def _counts(said, plain):
    """Whether a word says a number; "one of them" and "the second line" do not."""
    before, after = plain[: said.start].lower(), plain[said.end :]
    if said.ordinal:
        return bool(re.match(r" (?:decimal|digit|significant)", after))
    if said.text.lower() in ("half", "a half"):
        return bool(re.match(r" (?:of|as|the) ", after)) and not before.endswith(("the ", "its "))
    if said.value.denominator > 1:
        return said.text.lower() == "one half" or bool(PART.match(after))
    if said.value == 1:
        return False
    return said.value > SMALL or bool(MEASURED.match(after))

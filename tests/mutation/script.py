"""Mistakes in JavaScript, by its tokens.

In what draws, coordinates are left alone: a test that knows each of them would be the drawing
written twice. There only conditions, indices and the names of colours are changed.
"""

import re

from .mutant import Edit

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|\$\{[^}]*\}|[^`\\])*`)
    |(?P<number>\b\d+(?:\.\d+)?(?:e-?\d+)?\b)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<operator>===|!==|=>|<=|>=|&&|\|\||\+\+|--|\+=|-=|\*\*|[-+*/<>=!?:;,.(){}\[\]])""",
    re.VERBOSE | re.DOTALL,
)
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "===": "!==", "!==": "==="}
BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
SIGN = {"+": "-", "-": "+", "+=": "-=", "-=": "+="}
CONDITION = {"&&": "||", "||": "&&", "true": "false", "false": "true"}
OTHERS = {"forward": "backward", "backward": "forward", "positive": "negative"}
OTHERS |= {"negative": "positive", "FORWARD": "BACKWARD", "BACKWARD": "FORWARD"}
TOLERANCE = 1e-5
DRAWING = re.compile(
    r"drawing|diagram|contours|plots?\.js|map|bars|look|plane|views|graph\.js|labels|focus|curve"
)


def tokens(source):
    """Matches of everything that is neither white space nor a comment."""
    return [match for match in TOKEN.finditer(source) if not match["comment"]]


def edits(source, draws=False):
    """Every mistake in a script; if it `draws`, no change of coordinates."""
    found = tokens(source)
    for place in range(1, len(found) - 1):
        before, match, after = found[place - 1 : place + 2]
        text = match[0]

        def edit(kind, new, match=match):
            return Edit(kind, match.start(), match.end(), new)

        value = before["number"] or before["name"] or before[0] in ")]"
        if text in TURNED:
            yield edit("comparison", TURNED[text])
        if text in BOUNDARY and after["number"]:
            yield edit("off by one", BOUNDARY[text])
        if text in CONDITION:
            yield edit("condition", CONDITION[text])
        if match["name"] and text in OTHERS and before[0] != ".":
            yield edit("word", OTHERS[text])
        if draws or _of_text(before, after):
            continue
        if text in SIGN and value:
            yield edit("sign", SIGN[text])
        if text == "-" and not value and before[0] != "=>" and not after["number"]:
            yield edit("sign", "")
        if text == "*" and value:
            yield edit("factor", "/")
        if match["number"] and not 0 < float(text) < TOLERANCE and before[0] != ".":
            yield edit("constant", _one_more(text))
        if match["name"] and place > 1 and before[0] == "[" and after[0] == "]":
            of = found[place - 2]  # else it is an array of one
            if of["name"] or of[0] in ")]":
                yield edit("index", f"{text} + 1")


def _of_text(before, after):
    return any(side["string"] for side in (before, after))


def _one_more(text):
    return str(int(text) + 1) if text.isdigit() else str(float(text) + 1)


def strings(source):
    """Pairs (start, end): every string."""
    return [match.span() for match in tokens(source) if match["string"]]

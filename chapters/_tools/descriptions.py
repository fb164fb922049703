"""What a cell says of the picture that it draws, as far as it is typed and not made of the data.

Of a description only nouns are typed. Directions, comparisons, colours, counts and numbers are
tried on the data (`bplib.drawing.said`) or put in by a format.
"""

import ast
import re

DRAWN = {"picture": 1, "digits": 2}  # the place of the description among the arguments
DIAGRAMS = {"network_diagram", "graph_diagram", "computation_diagram"}
CLAIM = re.compile(
    r"[0-9¼½¾⁰¹²³⁴-⁹₀-₉]|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"falls?|rises?|grows?|shrinks?|climbs?|drops?|steep\w*|flat|constant|levels?|"
    r"above|below|under|left|right|higher|lower|larger|smaller|longer|shorter|faster|slower|"
    r"most|least|largest|smallest|all|every|always|never|none|same|different|"
    r"thick|thin|dashed|dotted|circles?|squares?|diamonds?|"
    r"blue|orange|green|pink|grey|red)\b",
    re.IGNORECASE,
)


def typed(source):
    """The texts that a cell's descriptions hold as typed, one for each picture that it draws."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if call.func.id in DRAWN:
            place = DRAWN[call.func.id]
            inside = len(call.args) > place
            yield _text(call.args[place] if inside else given.get("description")), given
        elif call.func.id in DIAGRAMS:
            yield _text(given.get("meaning")), given


def problems(source):
    """What a cell's descriptions claim without asking the data."""
    for text, given in typed(source):
        claims = sorted({found[0] for found in CLAIM.finditer(text)})
        if claims:
            yield f"typed, and not made of the data: {', '.join(claims)}; see bplib.drawing.said"
        if "highlighted" in text and "highlight" not in given:
            yield "nothing is highlighted"


def _text(node):
    """The typed parts of an expression that makes a text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):  # ", ".join(...)
        return " ".join([_text(node.func.value), *map(_text, node.args)])
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return _text(node.elt)
    return " "  # a value, put in by the program

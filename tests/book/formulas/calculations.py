r"""Networks worked out with numbers: each line of them, from the rule to the rounded result.

A line is `z^{1}_{1} = w^{1}_{11} a^{0}_{1} + b^{1}_{1} = 0.5 \cdot 1 + 0 = 0.5`. The rule is a
formula like others; each side after it has to be the side before, with the numbers that the lines
above have shown put in, and rounded as they are.
"""

import json
import re
from functools import cache
from itertools import pairwise

from bplib.formulas.rounding import gap, significant
from bplib.formulas.tree import FormulaError

from .notation_rules import uncoloured
from .places import ROOT, formulas

RELATION = re.compile(r" (=|\\leftarrow) ")
NUMBER = re.compile(r"\d+\.\d+")
PART = re.compile(r"(?:-\d)?-(?:input|forward|error|backward|gradients|update)$")
SYMBOLS = re.compile(r"\\(?:frac|cdot|left|right|ln|tanh|max)\b|\be\b|\\,")


def _mazur():
    """All numbers of Mazur's first update, before it."""
    golden = json.loads((ROOT / "bplib" / "golden" / "mazur.json").read_text(encoding="utf-8"))
    given, forward, back = golden["network"], golden["forward"], golden["backward"]
    known = {r"\eta": given["eta"]}
    for i in (1, 2):
        known |= {f"a^{{0}}_{{{i}}}": given["x"][i - 1], f"y_{{{i}}}": given["y"][i - 1]}
        for l in (1, 2):
            known[f"b^{{{l}}}_{{{i}}}"] = given[f"b{l}"][i - 1]
            known[f"z^{{{l}}}_{{{i}}}"] = forward[f"z{l}"][i - 1]
            known[f"a^{{{l}}}_{{{i}}}"] = forward[f"a{l}"][i - 1]
            known[rf"\delta^{{{l}}}_{{{i}}}"] = back[f"delta{l}"][i - 1]
            known |= {f"w^{{{l}}}_{{{i}{j}}}": given[f"W{l}"][i - 1][j - 1] for j in (1, 2)}
    return {symbol: format(number, "f") for symbol, number in known.items()}


def _given(text):
    """ "x = 1; y = 0" as a function without arguments."""
    return lambda: dict(part.split(" = ") for part in text.split("; "))


# What a calculation starts from, where it does not show it.
GIVEN = {
    "mazur": _mazur,
    "two-paths-numbers": _mazur,
    "seven-numbers": _given(
        "w^{1} = 1.5; w^{2} = -2; w^{3} = 1; b^{1} = 0; b^{2} = 1; b^{3} = 0.5; x = 1; y = 0"
    ),
    "two-pushes-numbers": _given(
        "w_{px} = 1; w_{qp} = 2; w_{op} = 3; w_{oq} = -1.5; b_{p} = -0.5; b_{q} = 0.5; b_{o} = -1; "
        "a_{x} = 0.5; y_{o} = 1"
    ),
    "output-feeds-output": _given("z_{o} = 2; z_{r} = 6; w_{ro} = 3; y_{o} = 1; y_{r} = 4"),
    "xor-by-hand": _given(
        "w_{c, x_{1}} = 0.5; w_{c, x_{2}} = 0.4; w_{o, x_{1}} = 0.3; w_{o, x_{2}} = -0.2; "
        "w_{o, c} = -0.6; b_{c} = -0.1; b_{o} = 0.2; a_{x_{1}} = 1; a_{x_{2}} = 1; y_{o} = 0"
    ),
}


@cache
def lines(page):
    """Of each line of a page: its formula, its symbolic sides, and its links between numbers.

    A link is a pair of sides with numbers put in for all symbols.
    """
    known, network, found = {}, None, []
    for formula in formulas():
        if formula.page != page or formula.kind != "calculation":
            continue
        if network_of(formula) != network:
            network = network_of(formula)
            known = GIVEN.get(network, dict)()
        symbol, *sides = RELATION.split(uncoloured(formula.latex))[::2]
        symbolic = [side for side in sides if not _is_numbers(side)]
        numbers = [_with_numbers(side, known) for side in sides]
        numbers = [side for side in numbers if _is_numbers(side)]
        found.append((formula, [symbol, *symbolic], list(pairwise(numbers))))
        known[symbol] = sides[-1]
    return found


def network_of(formula):
    """The name that all parts of one calculation share."""
    return PART.sub("", formula.place.partition(": ")[0])


def _with_numbers(side, known):
    """The side with numbers for its symbols, the longest first: `z^{1}_{1}` is no `z^{1}`."""
    if not known:
        return side
    symbols = "|".join(re.escape(symbol) for symbol in sorted(known, key=len, reverse=True))
    return re.sub(
        rf"(?<![\\A-Za-z])(?:{symbols})(?![_^A-Za-z])", lambda m: f"({known[m[0]]})", side
    )


def _is_numbers(side):
    return not re.search(r"[A-Za-z\\]", SYMBOLS.sub("", side))


def disagreement(left, right, digits):
    """What is wrong with a link, or None."""
    try:
        found = gap(left, right, digits)
    except FormulaError as error:
        return f"{type(error).__name__.lower()}: {error}"
    return None if found <= 1 else f"{left} is not {right}"


@cache
def digits(page, network):
    """To how many digits a calculation rounds: the most that any of its numbers has."""
    shown = (one.latex for one, _, _ in lines(page) if network_of(one) == network)
    found = (significant(number) for latex in shown for number in NUMBER.findall(latex))
    return max(found, default=1)


def wrong_number(formula):
    """The first link of a line that does not hold, in words, or None."""
    sides, links = next(rest for one, *rest in lines(formula.page) if one == formula)
    if len(sides) > 1 and len(links) < len(RELATION.findall(formula.latex)) - 1:
        return f"a symbol of {sides[-1]} has no number: GIVEN in formulas/calculations.py"
    count = digits(formula.page, network_of(formula))
    return next(filter(None, (disagreement(*link, count) for link in links)), None)


def rule(formula):
    """The symbolic sides of a line as a claim; None if its numbers are given."""
    sides = next(sides for one, sides, _ in lines(formula.page) if one == formula)
    return RELATION.search(formula.latex)[0].join(sides) if len(sides) > 1 else None

r"""Networks worked out with numbers: each line of them, from the rule to the rounded result.

A line is `z^{1}_{1} = w^{1}_{11} a^{0}_{1} + b^{1}_{1} = 0.5 \cdot 1 + 0 = 0.5`. The rule is a
formula like others; each side after it has to be the side before, with the numbers that the lines
above have shown put in, and rounded as they are.
"""

import re
from functools import cache
from itertools import pairwise

from bplib.formulas.rounding import gap, significant
from bplib.formulas.tree import FormulaError

from .notation_rules import uncoloured
from .places import formulas

RELATION = re.compile(r" (=|\\leftarrow) ")
NUMBER = re.compile(r"\d+\.\d+")
PART = re.compile(r"(?:-\d)?-(?:input|forward|error|backward|gradients|update)$")
SYMBOLS = re.compile(r"\\(?:frac|cdot|left|right|ln|tanh|max)\b|\be\b|\\,")


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
            known, network = {}, network_of(formula)
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
    for symbol in sorted(known, key=len, reverse=True):
        side = side.replace(symbol, f"({known[symbol]})")
    return side


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
    links = next(links for one, _, links in lines(formula.page) if one == formula)
    count = digits(formula.page, network_of(formula))
    return next(filter(None, (disagreement(*link, count) for link in links)), None)


def rule(formula):
    """The symbolic sides of a line as a claim; None if its numbers are given."""
    sides = next(sides for one, sides, _ in lines(formula.page) if one == formula)
    return RELATION.search(formula.latex)[0].join(sides) if len(sides) > 1 else None

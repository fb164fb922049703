r"""Wrong equations, made of a right one by a slip of the pen, as a typo or a wrong rule would be.

Each is the LaTeX with one place changed. Changes that mathematics allows are not made at all:

- the order of factors or of terms is left alone;
- a sign is flipped in a sum, or of a whole side, never of a function's only argument or of the
  dots: $g'$ may be even, and dots have no sign;
- no term is dropped beside dots, which then stand for it;
- a difference is not turned round in a square or in a length, and no sign is put before a 0;
- what is only said to be larger or smaller than the rest is left alone: it may be more so;
- a factor that is its own square is not doubled: 1, or $[i = p]$;
- a derivative with respect to a bias is not turned into one with respect to its z: they are equal;
- an index is never renamed wherever it stands, and no side of an equation is exchanged;
- what has become empty is true and no mutant: $q = q$, $\partial q / \partial q = 1$, or the
  definition $\delta = \partial E / \partial z$.

One quantity put for another is no slip where a setting makes both equal, as a linear output layer
does with its z and a: a mutant says which equation that would be. A change that leaves the tree as
it was is no mutant, and one that cannot be read is none either.
"""

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from .reader import LAYER, LAYERED, read
from .tree import (
    Call,
    Derivative,
    Dots,
    Entrywise,
    Fraction,
    Norm,
    Number,
    Power,
    Product,
    Same,
    Sum,
    Symbol,
    Total,
    Transposed,
    Unreadable,
    bare,
    walk,
)

LOOKALIKES = {
    "a": ("z", r"\delta"),
    "z": ("a", r"\delta"),
    r"\delta": ("a", "z"),
    "y": ("x",),
    "x": ("y",),
    "b": ("z",),
}


class Mutant(NamedTuple):
    """A changed display. Where the equation `same_if` is true in a setting, so is the display."""

    what: str
    latex: str
    same_if: str | None = None


def mutants(latex, functions=("g",), layered=LAYERED):
    """Every mutant of a display once."""
    claims = read(latex, functions, layered)
    seen = {latex}
    for claim in claims:
        for what, edits, *same_if in _claim_edits(claim, latex):
            changed = _apply(edits, latex)
            if changed in seen:
                continue
            seen.add(changed)
            try:
                found = read(changed, functions, layered)
            except Unreadable:
                continue
            if found != claims and not any(map(_is_empty, found)):
                yield Mutant(what, changed, *same_if)


def _is_empty(claim):
    """Whether two neighbouring sides say the same of any quantities whatever."""
    return any(left == right for left, right in pairwise(map(_plain, claim.sides)))


def _plain(side):
    """The side with a delta written out, and 1 for what a quantity's reaction to itself is."""
    match bare(side):
        case Symbol(letter=r"\delta") as delta:
            return Derivative(delta.span, Symbol(delta.span, "E"), replace(delta, letter="z"))
        case Derivative(of=of, by=by) if of == by:
            return Number(side.span, "1")
        case other:
            return other


def _apply(edits, latex):
    for start, end, text in sorted(edits, reverse=True):
        latex = latex[:start] + text + latex[end:]
    return latex


def _claim_edits(claim, latex):
    """Tuples (what is done, edits, perhaps same_if); an edit is (start, end, the new text)."""
    names = sorted({name for node in walk(claim) for name in _unit_names(node)})
    weak = [side for k, side in enumerate(claim.sides) if _is_only_bounded(claim, k)]
    free = [part for side in weak for part in walk(side)]
    for side in claim.sides:
        if getattr(bare(side), "text", "") != "0":
            yield "the sign of a side flipped", [_flip(side.terms[0])]
    pushed = [node.by for node in walk(claim) if isinstance(node, Derivative)]
    squared = [bare(node.base) for node in walk(claim) if _is_even_power(node)]
    squared += [bare(node.inner) for node in walk(claim) if isinstance(node, Norm)]
    for node in walk(claim):
        if any(node is part for part in free):
            continue
        match node:
            case Sum(terms=terms) if len(terms) > 1:
                for what, edits in _sum_edits(terms, latex):
                    if what != "a difference turned round" or not any(node is s for s in squared):
                        yield what, edits
            case Product(factors=factors) | Entrywise(factors=factors):
                yield from _product_edits(factors, latex)
            case Fraction(top=left, bottom=right) | Derivative(of=left, by=right):
                if left.span[1] <= right.span[0]:  # not d/dx in front of what it applies to
                    yield "a fraction turned round", _exchange(left, right, latex)
            case Transposed(base=base):
                yield "a transposition dropped", [(base.span[1], node.span[1], "")]
            case Call(primes=primes, function=function) if primes:
                at = function.span[1]
                yield "the prime of g' dropped", [(at, at + primes, "")]
            case Total(body=body):
                yield "a sum dropped", [(node.span[0], body.span[0], "")]
            case Number(text=text):
                yield "a number changed", [(*node.span, str(float(text) + 1).removesuffix(".0"))]
            case Symbol():
                pushes = any(node is by for by in pushed)
                for what, changed in _symbols(node, names):
                    if pushes and node.letter == "b" and changed.letter == "z":
                        continue  # a bias pushes its z one to one
                    yield what, [(*node.span, str(changed))], f"{node} = {changed}"


def _is_even_power(node):
    power = bare(node.exponent) if isinstance(node, Power) else None
    return isinstance(power, Number) and power.text == "2"


def _is_only_bounded(claim, k):
    """Whether a side is not equal to any other, where there are such: `a = b < c` leaves c free."""
    beside = claim.relations[max(k - 1, 0) : k + 1]
    return "=" in claim.relations and all(relation in "<>" for relation in beside)


def _unit_names(node):
    return (index for index in node.lower if index.isalpha()) if isinstance(node, Symbol) else ()


def _flip(term):
    (start, end), sign = term.sign_span, "+" if term.sign < 0 else "-"
    return start, end, sign


def _is_dots(term):
    return isinstance(bare(term.value), Dots)


def _sum_edits(terms, latex):
    for term in terms:
        if not _is_dots(term):
            yield "the sign of a term flipped", [_flip(term)]
            if not any(map(_is_dots, terms)):
                yield "a term dropped", [(*term.span, "")]
    if len(terms) == 2 and terms[0].sign != terms[1].sign and not any(map(_is_dots, terms)):
        yield "a difference turned round", _exchange(terms[0].value, terms[1].value, latex)


def _product_edits(factors, latex):
    for k, factor in enumerate(factors):
        start, end = factor.span
        if k:
            yield "a factor dropped", [(factors[k - 1].span[1], end, "")]
        else:
            yield "a factor dropped", [(start, factors[1].span[0], "")]
        operator = latex[factors[0].span[1] : factors[1].span[0]]
        if not isinstance(factor, Same) and latex[start:end] != "1":
            yield "a factor doubled", [(start, start, latex[start:end] + (operator or " "))]


def _exchange(left, right, latex):
    texts = latex[slice(*left.span)], latex[slice(*right.span)]
    return [(*left.span, texts[1]), (*right.span, texts[0])]


def _symbols(symbol, names):
    """The symbol with a slip in it."""
    match = LAYER.fullmatch(symbol.upper)
    if match:
        for upper in _neighbours(match):
            yield "another layer", replace(symbol, upper=upper)
    if len(symbol.lower) == 2:
        yield "the indices of a weight turned round", replace(symbol, lower=symbol.lower[::-1])
    for k, index in enumerate(symbol.lower):
        others = names if index.isalpha() else {"1": "2"}.get(index, "1")
        for other in others:
            lower = (*symbol.lower[:k], other, *symbol.lower[k + 1 :])
            yield "another index", replace(symbol, lower=lower)
    for letter in LOOKALIKES.get(symbol.letter, ()):
        yield "another quantity", replace(symbol, letter=letter)
    if symbol.letter == "y":
        yield "another quantity", replace(symbol, letter="a", upper="L")
        yield "another quantity", replace(symbol, letter=r"\delta", upper="L")
    if symbol.upper == "L" and symbol.letter in ("a", r"\delta"):
        yield "another quantity", replace(symbol, letter="y", upper="")


def _neighbours(match):
    """One layer up and one down, and the layer that has no `+1` or `-1` behind it."""
    base, sign, distance = match.groups()
    offset = int(distance or 0) * (-1 if sign == "-" else 1)
    for other in {offset - 1, offset + 1, 0} - {offset}:
        if base.isdigit():
            yield str(int(base) + other)
        else:
            yield f"{base}{other:+d}" if other else base

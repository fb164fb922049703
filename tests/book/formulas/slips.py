"""Slips of the pen in the formulas of the book, and whether somebody sees them."""

from functools import cache

from bplib.formulas.meaning import spelling, verify
from bplib.formulas.mutants import mutants
from bplib.formulas.tree import FormulaError, Meaningless, Untrue

from .about import said
from .checking import claim_of, verdict
from .notation_rules import spelled
from .places import formulas
from .true_too import TRUE_TOO


@cache
def claims(page=None):
    """The LaTeX of a claim and its setting -> the formula that makes it; quoted mistakes apart."""
    found = {}
    for one in formulas():
        claim = claim_of(one) if page in (None, one.page) and verdict(one) == "evaluated" else None
        if claim and not claim[1].wrong:
            found.setdefault(claim, one)
    return found


def slips(formula, latex, setting):
    """The mutants of a claim that change the formula, not the words around it."""
    own = setting.prepared(formula.latex) if own_words(formula) else latex
    before, _, after = latex.partition(own)
    for mutant in mutants(latex, *spelling(setting.worlds, setting.notation)):
        if mutant.latex.startswith(before) and mutant.latex.endswith(after):
            yield mutant


def own_words(formula):
    return said(formula) is not None


def holds(latex, setting):
    try:
        return latex is not None and verify(latex, setting.worlds, setting.notation) > 0
    except FormulaError:
        return False


def missed(found, setting, seen):
    """Those that nobody sees, of some mutants; `seen` counts the others."""
    for mutant in found:
        try:
            verify(mutant.latex, setting.worlds, setting.notation)
        except (Untrue, Meaningless) as error:
            seen[type(error).__name__] += 1
            continue
        true_too = spelled(mutant.latex) in TRUE_TOO or holds(mutant.same_if, setting)
        if not true_too:
            yield f"{mutant.what}:\n{mutant.latex}"

"""What becomes of a formula: it is evaluated, is part of one that is, is notation, or is listed."""

from functools import cache

from bplib.formulas.meaning import verify
from bplib.formulas.tree import FormulaError

from .about import CALCULATIONS, about, listed, said, setting_of
from .calculations import network_of, rule, wrong_number
from .notation_rules import RELATION, rule_for, spelled
from .places import formulas

KINDS = ("evaluated", "part", "notation", "listed")
NO_CLAIM = "nothing says what it is: no rule of notation, and no claim around it"


def claim_of(formula):
    """The LaTeX of what a formula claims, and what that is about; None if it claims nothing."""
    if formula.kind == "calculation":
        latex, setting = rule(formula), about(CALCULATIONS[network_of(formula)])
        return None if latex is None else (setting.prepared(latex), setting)
    claim = said(formula)
    if claim is None and RELATION.search(formula.latex) and not rule_for(formula.latex):
        setting = setting_of(formula)
        return setting.prepared(formula.latex), setting
    return claim


@cache
def verdict(formula):
    """ "evaluated", "part", "notation", "listed" or, in words, what is wrong with the formula."""
    if listed(formula) is not None:
        return "listed"
    claim = claim_of(formula)
    if formula.kind == "calculation":
        return wrong_number(formula) or (checked(*claim) if claim else "notation")
    if claim is not None:
        return checked(*claim)
    if rule_for(formula.latex):
        return "notation"
    return "part" if is_part(formula) else NO_CLAIM


def checked(latex, setting):
    try:
        verify(latex, setting.worlds, setting.notation)
    except FormulaError as error:
        what = type(error).__name__.lower()
        return "evaluated" if what == setting.wrong else f"{what}: {error}"
    return "it is quoted as a mistake, and is true" if setting.wrong else "evaluated"


def is_part(formula):
    """Whether it is part of a formula that is evaluated on the same page."""
    return any(spelled(formula.latex) in whole for whole in evaluated_on(formula.page))


@cache
def evaluated_on(page):
    """The spelling of everything that is evaluated on a page, and is not quoted as a mistake."""
    own = [one for one in formulas() if one.page == page and listed(one) is None]
    claims = {one: claim_of(one) for one in own}
    return {spelled(one.latex) for one, claim in claims.items() if claim and not claim[1].wrong}

"""One slip: a rule with one small change, or a pass in which one step is done wrong."""

from dataclasses import dataclass

from ..symbolic.derivation import equation
from .passes import Pass
from .rules import right_rules


@dataclass(frozen=True)
class Slip:
    """A wrong rule with a name.

    Attributes
    ----------
    name : str
        Short, of lower-case words: "output-slope-missing".
    quantity : str
        Where it shows first: a name of `right_rules`, or "batch" or "pass" for what is done with
        several examples, or with the steps as a whole.
    says : str
        What was done, in one sentence that a student understands.
    read : tuple of str
        The chapter and the heading in it that have the right rule.
    statement : SymPy equation or None
        The wrong rule; None if the slip is one of the pass.
    kind : class
        The `Pass` that has the slip; the plain one if the rule is wrong.
    """

    name: str
    quantity: str
    says: str
    read: str
    statement: object = None
    kind: type = Pass

    def rules(self):
        """All rules, with the wrong one in its place."""
        if self.statement is None:
            return right_rules()
        return {**right_rules(), self.quantity: self.statement}


def slip_of_rule(name, quantity, says, read, change):
    """A slip that changes the right side of one rule.

    Parameters
    ----------
    change : callable
        From the right side to the wrong one: see `bplib.slips.changes`.

    Raises
    ------
    ValueError
        If the change leaves the rule as it is: then the rule no longer has what is to be changed.
    """
    right = right_rules()[quantity]
    wrong = change(right.rhs)
    if wrong == right.rhs:
        raise ValueError(f"slip {name!r}: the change leaves the rule for {quantity} as it is")
    return Slip(name, quantity, says, read, equation(right.lhs, wrong))

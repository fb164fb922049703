"""One line of a derivation that is read from the top down."""

from ..derivation import Derivation, Step, equation


class Line(Step):
    """A statement that is proved by a short program.

    Attributes
    ----------
    relation : str
        LaTeX of the sign between the sides: "=", or an arrow in an update.
    setting, without : Setting
        What the symbols stand for, and what they do where the assumptions are not made: there the
        statement must not be proved.
    """

    def __init__(
        self, name, kind, left, right, reason, setting, relation="=", assumptions=(), without=None
    ):
        if assumptions and without is None:
            raise ValueError(f"without: expected a setting without the assumptions of {name!r}")

        def prove(statement, assumptions):
            assumed = tuple(assumptions) == self.assumptions
            return (self.setting if assumed else self.without).program(statement).holds

        self.setting, self.without, self.relation = setting, without, relation
        super().__init__(name, kind, equation(left, right), reason, prove, assumptions)

    @property
    def program(self):
        """The program that proves the statement; None where there is nothing to prove."""
        return self.setting.program(self.statement) if self.kind == "line" else None


def lines(title, name, setting, *given):
    """A derivation from tuples (name, left, right, reason), or (name, right, reason) to go on.

    A name that begins with "definition" makes a definition. In place of a tuple there may be a
    finished step.
    """
    steps, left = [], None
    for entry in given:
        if isinstance(entry, Step):
            steps.append(entry)
            left = entry.lhs
            continue
        step, *sides, reason = entry
        left, right = sides if len(sides) == 2 else (left, *sides)
        kind = "definition" if step.startswith("definition") else "line"
        if step == "chain rule" and setting.takes_chain_rule:
            kind = "chain rule"
        steps.append(Line(step, kind, left, right, reason, setting))
    return Derivation(title, steps, name=name)

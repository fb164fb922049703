r"""A proof by induction, in its three parts.

A statement about every number (a layer, a count of units) is proved by

- the **base**: it holds for one number;
- the **hypothesis**: it is taken to hold for some number, and there for nothing but itself;
- the **step**: with the hypothesis put in, it holds for the next number.

Each part is a function of its own, so that a test can take one out and see the proof fail.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Induction:
    """A proof for `Step`, all parts of which have to go through.

    Attributes
    ----------
    base : callable
        base(statement) -> bool.
    hypothesis : callable
        hypothesis(statement) -> dict: what the statement says of the number before, as values
        to be put in for symbols.
    step : callable
        step(statement, hypothesis) -> bool, with such a dict.
    """

    base: Callable
    hypothesis: Callable
    step: Callable

    def __call__(self, statement, assumptions=()):
        return self.base(statement) and self.step(statement, self.hypothesis(statement))

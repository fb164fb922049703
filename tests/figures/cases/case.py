"""How to try one kind of figure."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as _field


@dataclass
class Case:
    """How to try one kind of figure.

    Attributes
    ----------
    make : callable
        The figure; without arguments, the one that a reader sees first.
    numbers : callable
        From a figure, all numbers that it may show: {data-name: number by bplib}.
    random : callable
        From a generator, keyword arguments for `make`.
    edges : list of dict
        Keyword arguments for states at the edge: η = 0, saturated units, equal weights.
    field : str or None
        The label of a number field that changes the numbers; it has a slider. None if the figure
        has no such field:
    button : str or None
        then a button that changes the numbers.
    """

    make: Callable
    numbers: Callable
    random: Callable
    field: str | None = None
    button: str | None = None
    edges: list = _field(default_factory=list)

    def __post_init__(self):
        if (self.field is None) == (self.button is None):
            raise ValueError("a case has a field or a button that changes its numbers")
        self.numbers = _remembering_the_last(self.numbers)


def _remembering_the_last(numbers):
    """Several tests ask for the numbers of one state, and some are slow."""
    last = {}

    def remembered(figure):
        state = repr(figure)
        if state not in last:
            found = numbers(figure)
            last.clear()
            last[state] = found
        return dict(last[state])

    return remembered

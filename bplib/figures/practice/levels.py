"""The levels: what network a task has, what is given, and what is asked for, in order."""

from dataclasses import dataclass
from functools import cached_property

from ...symbolic.notation import E, Partial, w
from ..plain_text import plain_text
from .quantities import CHAIN

# Of both signs. Neither 0 nor 1: a factor that does nothing hides the slip that leaves it out.
WEIGHTS = (-2.5, -2, -1.5, -1.2, -0.8, -0.5, -0.4, 0.4, 0.5, 0.8, 1.2, 1.5, 2, 2.5)
BIASES = (-0.9, -0.7, -0.6, -0.3, -0.2, 0.2, 0.3, 0.6, 0.7, 0.9)
INPUTS = (-2, -1.5, -0.5, 0.5, 1.5, 2, 3)
TARGETS = (0.1, 0.2, 0.3, 0.7, 0.8, 0.9)
RATES = (0.5, 2, 3)


@dataclass(frozen=True)
class Step:
    """One number: a quantity of `quantities`, with its layer and units where it has them."""

    quantity: str
    l: int | None = None
    i: int | None = None
    j: int | None = None
    given: bool = False

    @cached_property
    def path(self):
        """Where it is among the values, as (attribute, layer, index, index)."""
        units = tuple(unit - 1 for unit in (self.i, self.j) if unit is not None)
        if self.quantity == "E":
            return ("E",)
        if self.quantity == "product":
            return "factor", 0
        if (self.quantity, self.l) in CHAIN:
            return "factor", CHAIN.index((self.quantity, self.l)) + 1
        arrays = {"z": "z", "a": "a", "delta^L": "delta", "delta": "delta", "dE/dw": "grad_W"}
        arrays |= {"dE/db": "grad_b", "w": "new_W", "b": "new_b"}
        return arrays[self.quantity], self.l, *units

    @property
    def is_exact(self):
        """Whether no number that was rounded goes into it."""
        return self.quantity in ("dz/da", "dz/dw") or (self.quantity, self.l) == ("z", 1)

    @cached_property
    def base(self):
        """Where the old value of a parameter is: an update is judged by what it changes."""
        return {"w": "W", "b": "b"}.get(self.quantity) and (
            {"w": "W", "b": "b"}[self.quantity],
            *self.path[1:],
        )

    @cached_property
    def name(self):
        """Its name on display."""
        return self.path[0] + "_".join([""] + [str(part) for part in self.path[1:]])


@dataclass(frozen=True)
class Level:
    """A kind of task.

    Attributes
    ----------
    name : str
        In addresses.
    title, task : str
        Short, and in a sentence or two.
    sizes : tuple of int
    steps : tuple of Step
        In the order of computation.
    rate : bool
        Whether the task has a learning rate.
    find : bool
        Whether a wrong calculation is shown.
    """

    name: str
    title: str
    task: str
    sizes: tuple
    steps: tuple
    rate: bool = False
    find: bool = False

    @property
    def asked(self):
        return [step for step in self.steps if not step.given]


def _forward(sizes, **given):
    for l in range(1, len(sizes)):
        for quantity in ("z", "a"):
            for i in range(1, sizes[l] + 1):
                yield Step(quantity, l, i, given=given.get(quantity, False))


def _whole():
    yield from _forward((2, 2, 1))
    yield Step("E")
    yield Step("delta^L", 2, 1)
    yield Step("delta", 1, 1)
    yield Step("delta", 1, 2)
    yield Step("dE/dw", 2, 1, 2)
    yield Step("dE/dw", 1, 2, 1)
    yield Step("dE/db", 1, 2)
    yield Step("w", 2, 1, 2)
    yield Step("w", 1, 2, 1)
    yield Step("b", 1, 2)


_GIVEN = {"z": True, "a": True}

LEVELS = (
    Level(
        "forward-pass",
        "Forward pass and error",
        "Send the input through the network, layer by layer, and find the error E of the output.",
        (2, 2, 1),
        (*_forward((2, 2, 1)), Step("E")),
    ),
    Level(
        "one-factor",
        "Factor by factor",
        f"The forward pass is done. Find each factor of {plain_text(Partial(E, w(1, 1, 1)))}, "
        "from the error down, and their product.",
        (1, 1, 1),
        (
            *_forward((1, 1, 1), **_GIVEN),
            Step("dE/da", 2, 1),
            Step("da/dz^L", 2, 1),
            Step("dz/da", 2, 1, 1),
            Step("da/dz", 1, 1),
            Step("dz/dw", 1, 1, 1),
            Step("product", 1, 1, 1),
        ),
    ),
    Level(
        "one-delta",
        "δ of the outputs",
        "The weighted inputs are given. Find the outputs, the error E, the error terms δ, and two "
        "gradients.",
        (2, 2),
        (
            *_forward((2, 2), z=True),
            Step("E"),
            Step("delta^L", 1, 1),
            Step("delta^L", 1, 2),
            Step("dE/dw", 1, 2, 1),
            Step("dE/db", 1, 1),
        ),
    ),
    Level(
        "one-layer",
        "δ of a hidden layer",
        "The forward pass is done. Find the error terms δ of both layers, and three gradients.",
        (2, 2, 2),
        (
            *_forward((2, 2, 2), **_GIVEN),
            Step("delta^L", 2, 1),
            Step("delta^L", 2, 2),
            Step("delta", 1, 1),
            Step("delta", 1, 2),
            Step("dE/dw", 2, 2, 1),
            Step("dE/dw", 1, 1, 2),
            Step("dE/db", 1, 2),
        ),
    ),
    Level(
        "whole-update",
        "A whole update",
        "Do one whole update for this example: forward, error, backward, gradients, and the new "
        "values of three parameters.",
        (2, 2, 1),
        tuple(_whole()),
        rate=True,
    ),
    Level(
        "find-the-slip",
        "Find the slip",
        "In this calculation one line does not follow from the lines before it. All other lines "
        "do. Which one is it, and what was done there?",
        (2, 2, 1),
        tuple(_whole()),
        rate=True,
        find=True,
    ),
)
BY_NAME = {level.name: level for level in LEVELS}

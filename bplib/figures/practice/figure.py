"""Figure: tasks for pencil and paper, whose replies name the slip that makes a wrong number."""

from functools import lru_cache

from ..base import Figure
from ..parameters import Choice, WholeNumber
from .levels import BY_NAME
from .picture import task_picture
from .table import modules
from .task import Task


class Practice(Figure):
    """A task to be worked out by hand.

    Each number that a reader gives is compared with what follows from the numbers before it, and
    with what every slip of `bplib.slips` would give.

    Parameters
    ----------
    level : str
        "forward-pass", "one-factor", "one-delta", "one-layer", "whole-update" or "find-the-slip".
    seed : int
        Which task of that level: from 1 to 9999. The same seed gives the same numbers everywhere.

    Examples
    --------
    >>> Practice(level="one-delta", seed=7)
    Practice(level='one-delta', seed=7)
    """

    title = "Practice"
    name = "practice"
    script = "practice/figure.js"

    level = Choice("forward-pass", tuple(BY_NAME))
    seed = WholeNumber(1, minimum=1, maximum=9999)

    @classmethod
    def generated(cls):
        return modules()

    def task(self):
        """The `Task`, with all its numbers."""
        return _task(self.level, self.seed)

    def description(self):
        task = self.task()
        level = task.level
        shape = "-".join(map(str, level.sizes))
        return (
            f"Task {self.seed}, {level.title}. A {shape} network with sigmoid units and the half "
            f"squared error E. {level.task} Given: {_listed(task.given())}. "
            f"{'The calculation' if level.find else 'To find'}: {_listed(task.asked())}."
        )

    def still(self):
        return task_picture(self.task(), self.description())


_task = lru_cache(maxsize=1000)(Task)


def _listed(pairs):
    return ", ".join(name if number is None else f"{name} = {number}" for name, number in pairs)

"""Practice."""

from bplib import figures
from bplib.figures.practice.levels import LEVELS
from bplib.figures.practice.task import at, places

from .case import Case


def numbers_of(figure):
    """What is given, and what the solution shows: all of it is shown under the same names."""
    task = figure.task()
    paths = [path for path, _ in places(task.level)] + [step.path for step in task.level.steps]
    numbers = {"_".join(map(str, path)): float(at(task.values, path)) for path in paths}
    if task.level.find:
        numbers["mended"] = task.mended
    return numbers


def random_setting(generator):
    return {
        "level": str(generator.choice([level.name for level in LEVELS])),
        "seed": int(generator.integers(1, 5)),  # a few: drawing them in Python takes its time
    }


PRACTICE = Case(
    make=figures.Practice,
    numbers=numbers_of,
    random=random_setting,
    button="Another one",
    edges=[
        {"level": "one-factor", "seed": 9999},
        *({"level": level.name, "seed": 5} for level in LEVELS),
    ],
)

"""A task: numbers drawn from a seed, until what each slip would give can be told apart.

The page draws the same numbers from the same seed (task.js).
"""

import math
from functools import cache
from itertools import pairwise

import numpy as np
from sympy import Mod, Symbol, lambdify

from ...slips.formula import Values, compiled
from ...textbook import ACTIVATION, SLOPE
from ..plain_text import plain_text
from ..step_by_step.picture import number_text
from .levels import BIASES, BY_NAME, INPUTS, LEVELS, RATES, TARGETS, WEIGHTS
from .quantities import quantities
from .wording import Concrete, drawn

# A number is taken for right if it is as near as three digits are; two numbers can be told apart
# if they differ by more than the margin. Both have a relative and an absolute part.
TOLERANCE = 0.006, 0.00006
MARGIN = 0.013, 0.0003
CHANGES, PATIENCE = 20_000, 1_000

# The generator of Park and Miller with the factor of 1993: products stay below 2**53, so that
# JavaScript has them exactly.
STATE, SEED, LEVEL = (Symbol(name, integer=True) for name in ("state", "seed", "level"))
NEXT = Mod(48271 * STATE, 2**31 - 1)
START = Mod(1 + 7919 * SEED + 104_729 * LEVEL, 2**31 - 1)
_next = lambdify(STATE, NEXT, "math")
_start = lambdify((SEED, LEVEL), START, "math")


def numbers(seed, level):
    """Endless whole numbers from 0 to 2**23."""
    state = _start(seed, level)
    while True:
        state = _next(state)
        yield state // 256


def apart(first, second, base=0.0, allowance=MARGIN):
    """Whether two numbers, or two changes of one, differ by more than is allowed."""
    relative, absolute = allowance
    size = max(abs(first - base), abs(second - base))
    return abs(first - second) > relative * size + absolute


def places(level):
    """Where the numbers of a level's tasks are drawn, in order, and from which."""
    sizes = level.sizes
    layers = range(1, len(sizes))
    return [
        *(
            (("W", l, i, j), WEIGHTS)
            for l in layers
            for i in range(sizes[l])
            for j in range(sizes[l - 1])
        ),
        *((("b", l, i), BIASES) for l in layers for i in range(sizes[l])),
        *((("a", 0, j), INPUTS) for j in range(sizes[0])),
        *((("y", i), TARGETS) for i in range(sizes[-1])),
        *([(("eta",), RATES)] if level.rate else []),
    ]


class Task:
    """The numbers of a level's network for one seed.

    Attributes
    ----------
    level : Level
    values : Values
        What is given, and all right results.
    """

    def __init__(self, level, seed):
        self.level, self.seed = BY_NAME[level], seed
        draw = numbers(seed, LEVELS.index(self.level))
        self._draw(draw)
        if self.level.find:
            self._slip(draw)

    def _draw(self, draw):
        """Begin with any numbers; change one after the other, as long as that is no step back.

        Where this leads nowhere, begin again.
        """
        where = places(self.level)
        self.values = empty(self.level.sizes)
        reached = 0
        for number in range(CHANGES):
            if reached == len(self.level.steps):
                return
            if number % PATIENCE == 0:
                for path, choices in where:
                    put(self.values, path, choices[next(draw) % len(choices)])
                reached = self._solve()
                continue
            path, choices = where[next(draw) % len(where)]
            before = at(self.values, path)
            put(self.values, path, choices[next(draw) % len(choices)])
            now = self._solve()
            if now < reached:
                put(self.values, path, before)
            else:
                reached = now
        raise ValueError(f"{self.level.name}, seed {self.seed}: its slips cannot be told apart")

    def _solve(self):
        """Fill in all results. Returns the number of steps until slips look alike."""
        for number, step in enumerate(self.level.steps):
            right = value(quantities()[step.quantity].right, self.values, step)
            put(self.values, step.path, right)
            if not step.given and not self._told_apart(step, right):
                return number
        return len(self.level.steps)

    def _told_apart(self, step, right):
        """Whether no two numbers that a reader may find look alike.

        In order of size, only neighbours need to be compared: the others are further apart.
        """
        base = at(self.values, step.base) if step.base else 0.0
        found = [right]
        for one in different_slips(self.level.name)[step.name]:
            found.append(value(one.expression, self.values, step))
        found.sort()
        return all(apart(first, second, base) for first, second in pairwise(found))

    def wrong(self, step):
        """Slip name -> the number that it would give here."""
        shown, _ = shown_slips(self.level.name)[step.name]
        return {one.name: value(one.expression, self.values, step) for one in shown}

    def right(self):
        """Name -> the right number, for all steps."""
        return {step.name: at(self.values, step.path) for step in self.level.steps}

    def given(self):
        """Pairs (name, number) of what is given, as texts."""
        v, level = self.values, self.level
        found = [(plain_text(drawn(path)), at(v, path)) for path, _ in places(level)]
        found += [
            (Concrete(level, step).plain(), at(v, step.path)) for step in level.steps if step.given
        ]
        return [(name, number_text(number, 4)) for name, number in found]

    def asked(self):
        """Pairs (name, None) of what is asked for, or (name, number) of a calculation."""
        level = self.level
        return [
            (
                Concrete(level, step).plain(),
                number_text(at(self.values, step.path), 4) if level.find else None,
            )
            for step in level.asked
        ]

    def _slip(self, draw):
        """One step done wrong, and all that follows from it."""
        steps = self.level.steps
        self.wrong_step = steps[next(draw) % len(steps)]
        shown, _ = shown_slips(self.level.name)[self.wrong_step.name]
        self.slip = shown[next(draw) % len(shown)]
        self.mended = at(self.values, self.wrong_step.path)
        self.values = self._again()

    def _again(self):
        old, v = self.values, empty(self.level.sizes)
        v.W, v.b, v.y, v.eta = old.W, old.b, old.y, old.eta
        v.a[0] = v.z[0] = old.a[0]
        for step in self.level.steps:
            wrong = step == self.wrong_step
            rule = self.slip.expression if wrong else quantities()[step.quantity].right
            put(v, step.path, value(rule, v, step))
        return v


def empty(sizes):
    """Values in which nothing is known."""
    layers = range(1, len(sizes))

    def unknown(*shape):
        return np.full(shape, np.nan)

    v = Values(
        L=len(sizes) - 1,
        n=dict(enumerate(sizes)),
        y=unknown(sizes[-1]),
        eta=np.nan,
        E=np.nan,
        g=dict.fromkeys(layers, ACTIVATION["sigmoid"]),
        slope=dict.fromkeys(layers, SLOPE["sigmoid"]),
    )
    for name in ("W", "grad_W", "new_W"):
        setattr(v, name, {l: unknown(sizes[l], sizes[l - 1]) for l in layers})
    for name in ("b", "z", "a", "delta", "grad_b", "new_b"):
        setattr(v, name, {l: unknown(sizes[l]) for l in layers})
    v.z[0] = v.a[0] = unknown(sizes[0])
    v.factor = [np.nan] * 6
    return v


def value(expr, v, step):
    """The number that a rule gives for a step; NaN where it has none."""
    try:
        return float(compiled(expr)(v, step.l, step.i, step.j))
    except (IndexError, KeyError, TypeError):
        return math.nan


def at(v, path):
    name, *rest = path
    if not rest:
        return getattr(v, name)
    layer, *units = rest
    return float(getattr(v, name)[layer][tuple(units)]) if units else getattr(v, name)[layer]


def put(v, path, number):
    name, *rest = path
    if not rest:
        setattr(v, name, number)
    elif len(rest) == 1:
        getattr(v, name)[rest[0]] = number
    else:
        getattr(v, name)[rest[0]][tuple(rest[1:])] = number


@cache
def shown_slips(level):
    """What each step of a level can show: name -> (slips, pairs of them that are always the same).

    A slip that gives the right number in every network of this shape is not among them. Whether
    it does is tried on networks of any numbers.
    """
    level = BY_NAME[level]
    rng = np.random.default_rng(0)
    trials = [_any_numbers(level, rng) for _ in range(4)]
    found = {}
    for step in level.steps:
        results = {}
        for one in quantities()[step.quantity].wrong:
            each = [value(one.expression, v, step) for v in trials]
            right = [at(v, step.path) for v in trials]
            if np.isfinite(each).all() and not np.allclose(each, right, 1e-9, 1e-12):
                results[one] = each
        same = {
            frozenset((one.name, other.name))
            for one in results
            for other in results
            if one != other and np.allclose(results[one], results[other], 1e-9, 1e-12)
        }
        found[step.name] = (tuple(results), same)
    return found


@cache
def different_slips(level):
    """The same without the second of two that are always the same: name -> slips."""
    return {
        name: [
            one
            for place, one in enumerate(shown)
            if not any(frozenset((one.name, other.name)) in same for other in shown[:place])
        ]
        for name, (shown, same) in shown_slips(level).items()
    }


def _any_numbers(level, rng):
    v = empty(level.sizes)
    for l in range(1, v.L + 1):
        v.W[l], v.b[l] = rng.normal(size=v.W[l].shape), rng.normal(size=v.b[l].shape)
    v.a[0] = v.z[0] = rng.normal(size=level.sizes[0])
    v.y = rng.uniform(size=level.sizes[-1])
    if level.rate:
        v.eta = rng.uniform(0.2, 0.8)
    for step in level.steps:
        put(v, step.path, value(quantities()[step.quantity].right, v, step))
    return v

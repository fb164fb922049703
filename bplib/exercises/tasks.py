"""The tasks: what a function is given, what it should give, and what each slip would make of it."""

from functools import cache

import numpy as np

from ..slips.catalogue import slips
from ..slips.formula import Values, layer_values
from ..slips.naming import told_apart
from ..slips.networks import draw
from ..slips.passes import NotApplicable, Pass
from ..slips.rules import right_rules
from ..textbook import ACTIVATION, SLOPE

SIZES = (((2, 3, 4, 3), 3), ((3, 3, 3, 3), 1), ((3, 3, 3, 3), 4), ((3, 4, 2), 1), ((2, 1, 1), 1))
TRIES = 200


class Task:
    """One function to be written, with the cases it is tried on.

    Attributes
    ----------
    arguments : list of tuple
        By case.
    right : list of list of array
    wrong : dict of slip name to list of (list of array, or None)
    same : set of frozenset
        Pairs of slips whose numbers are the same in this task, whatever the network.
    """

    same = frozenset()

    def __init__(self, cases):
        self.cases = cases
        self.arguments = [self.given(case) for case in cases]
        self.right = [self.solution(case, None) for case in cases]
        results = {
            name: [self.solution(case, slip) for case in cases] for name, slip in self.slips()
        }
        self.wrong = {
            name: each
            for name, each in results.items()
            if any(result is not None for result in each) and told_apart(each, self.right)
        }

    def slips(self):
        """Pairs (name, slip) of those that this task can show."""
        return [(name, slip) for name, slip in slips().items() if slip.quantity in self.quantities]

    def confused(self):
        """Pairs of slips that these cases do not tell apart."""
        names = list(self.wrong)
        return {
            frozenset((first, second))
            for place, first in enumerate(names)
            for second in names[:place]
            if not told_apart(self.wrong[first], self.wrong[second])
        }


class _RuleTask(Task):
    """A task for one rule, or several, in one layer."""

    def solution(self, case, slip):
        rules = right_rules() if slip is None else slip.rules()
        v = self.values(case)
        results = []
        for name, layer, shape in self.parts(case):
            array = layer_values(rules[name].rhs, v, layer, shape)
            if array is None:
                return None
            results.append(array)
        return results


class Forward(Task):
    quantities = ("z", "a")

    def given(self, case):
        return _listed(case.W), _listed(case.b), case.x[0]

    def solution(self, case, slip):
        rules = right_rules() if slip is None else slip.rules()
        try:
            v = Pass(rules, case.W, case.b, case.activation).example(case.x[0], case.y[0])
        except NotApplicable:
            return None
        return [v.z[l] for l in case.W] + [v.a[l] for l in case.W]


class ErrorOfExample(Task):
    quantities = ("E",)

    def given(self, case):
        return _first_example(case)["a"][len(case.W)][0], case.y[0]

    def solution(self, case, slip):
        rules = right_rules() if slip is None else slip.rules()
        one = Pass(rules, case.W, case.b, case.activation).run(case.x[:1], case.y[:1], case.eta)
        return [np.array(one["E"])]


class OutputDelta(_RuleTask):
    quantities = ("delta^L",)

    def given(self, case):
        v = self.values(case)
        return v.a[1], v.y, v.z[1]

    def values(self, case):
        full = _first_example(case)
        L = len(case.W)
        return Values(
            a={1: full["a"][L][0]},
            z={1: full["z"][L][0]},
            y=case.y[0],
            L=1,
            n={1: len(case.b[L])},
            g={1: ACTIVATION["sigmoid"]},
            slope={1: SLOPE["sigmoid"]},
        )

    def parts(self, case):
        return [("delta^L", 1, case.y[0].shape)]


class HiddenDelta(_RuleTask):
    quantities = ("delta",)

    def given(self, case):
        v = self.values(case)
        return v.z[1], v.W[2], v.delta[2]

    def values(self, case):
        full = _first_example(case)
        L = len(case.W)
        return Values(
            a={1: full["a"][L - 1][0]},
            z={1: full["z"][L - 1][0]},
            W={2: case.W[L]},
            delta={2: full["delta"][L][0]},
            n={1: len(case.b[L - 1]), 2: len(case.b[L])},
            g={1: ACTIVATION["sigmoid"]},
            slope={1: SLOPE["sigmoid"]},
        )

    def parts(self, case):
        return [("delta", 1, case.b[len(case.W) - 1].shape)]


class UnitDelta(HiddenDelta):
    """The same for one unit, as in a graph: its own connections, and no others."""

    def given(self, case):
        v = self.values(case)
        return float(v.z[1][0]), list(v.W[2][:, 0]), list(v.delta[2])

    def solution(self, case, slip):
        found = super().solution(case, slip)
        return found and [np.array(found[0][0])]


class Gradients(_RuleTask):
    quantities = ("dE/dw", "dE/db")

    def given(self, case):
        v = self.values(case)
        return v.delta[2], v.a[1]

    def values(self, case):
        full = _first_example(case)
        L = len(case.W)
        return Values(
            a={1: full["a"][L - 1][0]},
            delta={2: full["delta"][L][0]},
            n={1: len(case.b[L - 1]), 2: len(case.b[L])},
        )

    def parts(self, case):
        L = len(case.W)
        return [("dE/dw", 2, case.W[L].shape), ("dE/db", 2, case.b[L].shape)]


class Update(Task):
    quantities = ("w", "b")

    def given(self, case):
        grad_W, grad_b = self._gradients(case)
        return (_listed(case.W), _listed(case.b), _listed(grad_W), _listed(grad_b), case.eta)

    def _gradients(self, case):
        found = _run(case, None)
        return found["grad_W"], found["grad_b"]

    def solution(self, case, slip):
        rules = right_rules() if slip is None else slip.rules()
        step = Pass(rules, case.W, case.b, case.activation)
        W, b = step.updated(*self._gradients(case), case.eta)
        return [*_listed(W), *_listed(b)]


class Backward(Task):
    quantities = ("z", "a", "delta^L", "delta", "dE/dw", "dE/db", "batch", "pass")
    # After one call. The second call of a function tells them apart.
    same = frozenset({frozenset({"stale-gradient", "output-factor-two"})})

    def given(self, case):
        one = len(case.x) == 1
        return (
            _listed(case.W),
            _listed(case.b),
            *((case.x[0], case.y[0]) if one else (case.x, case.y)),
        )

    def solution(self, case, slip):
        try:
            found = _run(case, slip)
        except NotApplicable:
            return None
        return [*_listed(found["grad_W"]), *_listed(found["grad_b"])]


def _run(case, slip):
    kind, rules = (Pass, right_rules()) if slip is None else (slip.kind, slip.rules())
    return kind(rules, case.W, case.b, case.activation).run(case.x, case.y, case.eta)


def _first_example(case):
    return Pass(right_rules(), case.W, case.b, case.activation).run(
        case.x[:1], case.y[:1], case.eta
    )


def _listed(by_layer):
    return [np.array(by_layer[l]) for l in sorted(by_layer)]


TASKS = {
    "forward": Forward,
    "error": ErrorOfExample,
    "output_delta": OutputDelta,
    "hidden_delta": HiddenDelta,
    "unit_delta": UnitDelta,
    "gradients": Gradients,
    "update": Update,
    "backward": Backward,
}


@cache
def task(name, seed=0):
    """A task whose cases tell all slips apart, drawn until they do.

    Parameters
    ----------
    name : str
        One of TASKS.
    seed : int
    """
    kind, rng = TASKS[name], np.random.default_rng(seed)
    for _ in range(TRIES):
        found = kind([draw(sizes, examples, rng) for sizes, examples in SIZES])
        if found.confused() <= kind.same:
            return found
    raise RuntimeError(f"{name}: no draw of {TRIES} tells its slips apart")

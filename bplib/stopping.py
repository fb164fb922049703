"""When to stop: criteria that training asks after every epoch.

A criterion looks at the history of the run and gives the reason to stop, or None. Criteria
combine: `a | b` stops as soon as one of them would, `a & b` once both would in the same epoch,
and a list means "or". The number of epochs given to `fit` is always a limit.
"""

from .validation import flag, real_number, whole_number


class StoppingCriterion:
    needs = frozenset()  # what has to be measured for it: "gradient", "validation", "best"

    def reason(self, history):
        """Why to stop after the latest epoch of `history`, in words; None to go on."""
        raise NotImplementedError

    def __or__(self, other):
        return AnyOf([self, other])

    def __and__(self, other):
        return AllOf([self, other])


class MaximumEpochs(StoppingCriterion):
    def __init__(self, epochs):
        self.epochs = whole_number("epochs", epochs, minimum=1)

    def reason(self, history):
        return f"{self.epochs} epochs" if history.epochs >= self.epochs else None


class ErrorBelow(StoppingCriterion):
    """The error over the training set is below `value`."""

    def __init__(self, value):
        self.value = real_number("value", value, above=0)

    def reason(self, history):
        return f"error below {self.value:g}" if history.error[-1] < self.value else None


class GradientNormBelow(StoppingCriterion):
    """The gradient over the training set, by all trained parameters, is shorter than `value`."""

    needs = frozenset({"gradient"})

    def __init__(self, value):
        self.value = real_number("value", value, above=0)

    def reason(self, history):
        below = history.gradient_norm[-1] < self.value
        return f"gradient norm below {self.value:g}" if below else None


class NoImprovement(StoppingCriterion):
    """The error over the validation set has had no new minimum for `epochs` epochs.

    With `restore_best`, the parameters of the epoch with the smallest validation error are put
    back at the end, whatever ends the training.
    """

    def __init__(self, epochs, restore_best=False):
        self.epochs = whole_number("epochs", epochs, minimum=1)
        self.restore_best = flag("restore_best", restore_best)
        self.needs = frozenset({"validation", "best"} if self.restore_best else {"validation"})

    def reason(self, history):
        if history.epochs - history.best_epoch < self.epochs:
            return None
        return f"no improvement on the validation set for {self.epochs} epochs"


class _Combination(StoppingCriterion):
    def __init__(self, criteria):
        self.criteria = [_checked(criterion) for criterion in criteria]
        self.needs = frozenset().union(*(criterion.needs for criterion in self.criteria))


class AnyOf(_Combination):
    def reason(self, history):
        return next(filter(None, (c.reason(history) for c in self.criteria)), None)


class AllOf(_Combination):
    def reason(self, history):
        reasons = [c.reason(history) for c in self.criteria]
        return " and ".join(reasons) if all(reasons) else None


def stopping_criterion(stop):
    """One criterion from what `fit` was given: a criterion, a list of them, or None."""
    if stop is None:
        return AnyOf([])
    return AnyOf(stop) if isinstance(stop, (list, tuple)) else _checked(stop)


def _checked(criterion):
    if not isinstance(criterion, StoppingCriterion):
        raise TypeError(
            "stop: expected a stopping criterion such as ErrorBelow(0.01), or a list of them, "
            f"got {type(criterion).__name__} {criterion!r}"
        )
    return criterion

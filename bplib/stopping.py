"""When to stop: criteria that training asks after every epoch.

A criterion looks at the history of the run and gives the reason to stop, or None. Criteria
combine: `a | b` stops as soon as one of them would, `a & b` once both would in the same epoch,
and a list means "or". The number of epochs given to `fit` is always a limit.

>>> ErrorBelow(0.01) | NoImprovement(3) & GradientNormBelow(1e-4)
ErrorBelow(0.01) | NoImprovement(3) & GradientNormBelow(0.0001)

Python's own `or` and `and` would keep one of the two and drop the other: they are refused.
"""

from .validation import flag, real_number, whole_number


class StoppingCriterion:
    """What all criteria have in common; a criterion of your own defines `reason`.

    Examples
    --------
    >>> class ErrorHalved(StoppingCriterion):
    ...     def reason(self, history):
    ...         halved = history.error[-1] < history.initial_error / 2
    ...         return "the error is halved" if halved else None
    """

    needs = frozenset()  # what has to be measured for it: "gradient", "validation", "best"

    def reason(self, history):
        """Why to stop after the latest epoch of `history`, in words; None to go on."""
        raise NotImplementedError

    def __or__(self, other):
        return AnyOf([self, other])

    def __and__(self, other):
        return AllOf([self, other])

    def __bool__(self):
        raise TypeError(
            f"{self!r}: expected criteria combined by | (stop if one of them would) or & (if both "
            "would), got a use as True or False, as `or`, `and`, `not` and `if` make it"
        )

    def __repr__(self):
        return f"{type(self).__name__}()"


class MaximumEpochs(StoppingCriterion):
    """This many epochs have been completed."""

    def __init__(self, epochs):
        self.epochs = whole_number("epochs", epochs, minimum=1)

    def reason(self, history):
        return f"{self.epochs} epochs" if history.epochs >= self.epochs else None

    def __repr__(self):
        return f"MaximumEpochs({self.epochs})"


class ErrorBelow(StoppingCriterion):
    """The error over the training set is below `value`."""

    def __init__(self, value):
        self.value = real_number("value", value, above=0)

    def reason(self, history):
        return f"error below {self.value:g}" if history.error[-1] < self.value else None

    def __repr__(self):
        return f"ErrorBelow({self.value!r})"


class GradientNormBelow(StoppingCriterion):
    """The gradient over the training set, by all trained parameters, is shorter than `value`."""

    needs = frozenset({"gradient"})

    def __init__(self, value):
        self.value = real_number("value", value, above=0)

    def reason(self, history):
        below = history.gradient_norm[-1] < self.value
        return f"gradient norm below {self.value:g}" if below else None

    def __repr__(self):
        return f"GradientNormBelow({self.value!r})"


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

    def __repr__(self):
        return f"NoImprovement({self.epochs}{', restore_best=True' if self.restore_best else ''})"


class _Combination(StoppingCriterion):
    def __init__(self, criteria):
        self.criteria = [_checked(criterion) for criterion in criteria]
        self.needs = frozenset().union(*(criterion.needs for criterion in self.criteria))


class AnyOf(_Combination):
    """Stops as soon as one of the criteria would, for the reason of the first that would."""

    def reason(self, history):
        return next(filter(None, (c.reason(history) for c in self.criteria)), None)

    def __repr__(self):
        return " | ".join(map(repr, self.criteria)) or "AnyOf([])"


class AllOf(_Combination):
    """Stops once all of the criteria would in the same epoch."""

    def reason(self, history):
        reasons = [c.reason(history) for c in self.criteria]
        return " and ".join(reasons) if all(reasons) else None

    def __repr__(self):
        # & binds more tightly than |.
        parts = [f"({c!r})" if isinstance(c, AnyOf) else repr(c) for c in self.criteria]
        return " & ".join(parts)


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

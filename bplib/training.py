"""Gradient descent over a training set: batches, epochs, stopping.

The passes of a batch write into arrays that are reserved once. Nothing here knows how a gradient
is computed; the network does.
"""

import warnings
from contextlib import nullcontext

import numpy as np
from tqdm.auto import tqdm

from .history import History
from .passes import BackwardPass, ForwardPass
from .stopping import stopping_criterion
from .validation import exact_shape, flag, generator, real_array, real_number, whole_number

EVALUATION_ROWS = 1024  # examples measured at a time: bounds the memory, costs no speed


def fit(
    net,
    X,
    Y,
    *,
    eta=0.5,
    epochs=100,
    batch_size=1,
    seed=0,
    stop=None,
    validation=None,
    progress=False,
):
    """Train `net` by gradient descent, in place.

    In each epoch the examples are shuffled and cut into batches; after each batch all parameters
    are updated at once with the gradient of the batch's mean error. A KeyboardInterrupt ends the
    training and keeps what was learned.

    Training that diverges, for instance because eta is far too large, ends after the first epoch
    in which a parameter or a measured number (an error, a gradient's norm) is infinite or NaN.
    `History.stop_reason` then says which, and a RuntimeWarning is given. The parameters stay as
    they are, for looking at, unless the best ones are restored (`NoImprovement`).

    Parameters
    ----------
    net : Network
        It is changed in place.
    X : array_like, shape (N, n_0)
        Inputs, a row an example.
    Y : array_like, shape (N, n_L)
        Targets.
    eta : float
        Learning rate, at least 0.
    epochs : int
        The largest number of epochs.
    batch_size : int or None
        Examples to an update, 1 to N; None: all N. The last batch of an epoch may be smaller.
    seed : int, Generator or None
        Where the order of the examples is drawn from. An int: the same orders in every call, so
        that a loop of `fit(epochs=1)` would go through the examples in one and the same order
        each time. A numpy.random.Generator moves on, so that such a loop does what one call
        does. None: different every time.
    stop : StoppingCriterion or list of them
        See `bplib.stopping`.
    validation : pair (X, Y)
        Examples that are measured after each epoch, never learned from.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    History

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described.

    Warns
    -----
    RuntimeWarning
        If training diverged.

    Examples
    --------
    >>> from bplib import Network
    >>> X, Y = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [1]]
    >>> net = Network([2, 1], seed=0)
    >>> net.fit(X, Y, eta=2, epochs=50)
    History(50 epochs, error 0.125411 -> 0.00856526, stopped: 50 epochs)

    Epoch by epoch, with a generator that moves on:

    >>> net, rng = Network([2, 1], seed=0), np.random.default_rng(0)
    >>> for _ in range(50):
    ...     history = net.fit(X, Y, eta=2, epochs=1, seed=rng)
    >>> print(f"{history.error[-1]:.8f}")
    0.00856526
    """
    X, Y = _examples(net, "X", X, "Y", Y)
    N = len(X)
    eta = real_number("eta", eta, minimum=0)
    epochs = whole_number("epochs", epochs, minimum=1)
    batch_size = N if batch_size is None else whole_number("batch_size", batch_size, minimum=1)
    if batch_size > N:
        raise ValueError(f"batch_size: expected at most N = {N} examples, got {batch_size}")
    rng = generator("seed", seed)
    criterion = stopping_criterion(stop)
    validation = _validation(net, validation, criterion)
    bar = tqdm(total=epochs, unit="epoch") if flag("progress", progress) else nullcontext()

    descent = _Descent(net, X, Y, eta, batch_size)
    best, diverged = None, ""
    with bar, np.errstate(over="ignore", under="ignore", invalid="ignore"):
        history = History(initial_error=_error(net, X, Y))
        try:
            while not history.stop_reason:
                descent.epoch(rng.permutation(N))
                _measure(net, history, X, Y, validation, criterion.needs)
                diverged = _not_finite(net, history)
                is_best = history.best_epoch == history.epochs
                if "best" in criterion.needs and is_best and not diverged:
                    best = net.parameters.copy()
                history.stop_reason = diverged or _reason(history, criterion, epochs)
                if progress:
                    bar.set_postfix(error=f"{history.error[-1]:.4g}", refresh=False)
                    bar.update()
        except KeyboardInterrupt:
            history.stop_reason = "interrupted"
    if best is not None:
        net.parameters[...] = best
    if diverged:
        smaller = f"a smaller eta than {eta} or " if eta else ""
        warnings.warn(
            f"training stopped in epoch {history.epochs}: {diverged}; try {smaller}smaller numbers "
            "in the examples",
            RuntimeWarning,
            stacklevel=3,
        )
    return history


def _not_finite(net, history):
    """Which result of the latest epoch is infinite or NaN, in words; empty if none is."""
    results = {
        "error": history.error[-1:],
        "validation error": history.validation_error[-1:],
        "gradient norm": history.gradient_norm[-1:],
    }
    for name, result in results.items():
        if not np.isfinite(result).all():
            return f"the {name} is no longer finite"
    # The error may be finite all the same: the sigmoid of an infinite number is 0 or 1.
    return "" if np.isfinite(net.parameters).all() else "the parameters are no longer finite"


def _reason(history, criterion, epochs):
    reason = criterion.reason(history)
    if reason is None and history.epochs == epochs:
        return f"{epochs} epochs"
    return reason or ""


class _Descent:
    """The hot loop: one epoch of updates in arrays that are reserved once."""

    def __init__(self, net, X, Y, eta, batch_size):
        self.net, self.X, self.Y, self.eta = net, X, Y, eta
        self.y = np.empty((batch_size, Y.shape[1]), net.dtype)
        self.forward = ForwardPass(net.sizes, np.empty((batch_size, X.shape[1]), net.dtype))
        self.backward = BackwardPass(net.sizes, net.b is not None, net.dtype, batch_size)
        rest = len(X) % batch_size
        self.last = (
            (self.forward.rows(rest), self.backward.rows(rest), self.y[:rest]) if rest else None
        )

    def epoch(self, order):
        size = len(self.y)
        whole = len(order) // size * size
        for start in range(0, whole, size):
            self._update(order[start : start + size], self.forward, self.backward, self.y)
        if self.last:
            self._update(order[whole:], *self.last)

    def _update(self, chosen, forward, backward, y):
        # mode="clip" lets take write into out directly; the indices are always in range.
        self.X.take(chosen, axis=0, out=forward._a[0], mode="clip")
        self.Y.take(chosen, axis=0, out=y, mode="clip")
        net, step = self.net, backward.vector
        net._forward(forward)
        net._backward(backward, forward, y)
        step *= self.eta
        net._update(step)


def _measure(net, history, X, Y, validation, needs):
    # All is measured before any is recorded: an interrupt leaves no record of half an epoch.
    measured = [(history.error, _error(net, X, Y))]
    if validation is not None:
        measured.append((history.validation_error, _error(net, *validation)))
    if "gradient" in needs:
        gradient = net.backward(net.forward(X), Y).vector[net._trained()]
        measured.append((history.gradient_norm, float(np.linalg.norm(gradient))))
    for record, value in measured:
        record.append(value)


def _error(net, X, Y):
    total = 0.0
    for start in range(0, len(X), EVALUATION_ROWS):
        y = Y[start : start + EVALUATION_ROWS]
        forward = ForwardPass(net.sizes, X[start : start + EVALUATION_ROWS])
        net._forward(forward)
        total += float(net._mean_error(forward, y)) * len(y)
    return total / len(X)


def _examples(net, x_name, X, y_name, Y):
    pair = []
    for name, value, n, symbol in (
        (x_name, X, net.sizes[0], "n_0"),
        (y_name, Y, net.sizes[-1], "n_L"),
    ):
        array = real_array(name, value, net.dtype)
        if array.ndim != 2 or array.shape[1] != n:
            raise ValueError(
                f"{name}: expected shape (N, {n}), a row an example, where {symbol} = {n}, "
                f"got shape {array.shape}"
            )
        if len(array) == 0:
            raise ValueError(f"{name}: expected at least one example, got none")
        pair.append(array)
    X, Y = pair
    exact_shape(y_name, Y, (len(X), Y.shape[1]), f"a row for each of the {len(X)} rows of {x_name}")
    net._error.check_targets(Y, y_name)
    return X, Y


def _validation(net, validation, criterion):
    if validation is None:
        if "validation" in criterion.needs:
            raise ValueError(
                "validation: expected a pair (X, Y), which the stopping criterion needs, got None"
            )
        return None
    if not isinstance(validation, (list, tuple)) or len(validation) != 2:
        length = f" of length {len(validation)}" if hasattr(validation, "__len__") else ""
        raise TypeError(
            f"validation: expected a pair (X, Y), got {type(validation).__name__}{length}"
        )
    return _examples(net, "validation[0]", validation[0], "validation[1]", validation[1])

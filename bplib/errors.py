r"""Error functions: $E(\hat y, y)$ of one example, and the δ that the backward pass starts with.

| error | $E$ of one example | output layer | $\delta^L = \partial E / \partial z^L$ |
|---|---|---|---|
| half squared | $\tfrac12 \sum_i (y_i - a_i)^2$ | any | $(a_i - y_i)\, g'(z_i)$ |
| binary cross-entropy | $-\sum_i [y_i \ln a_i + (1 - y_i) \ln(1 - a_i)]$ | sigmoid | $a_i - y_i$ |
| cross-entropy | $-\sum_i y_i \ln a_i$, with $\sum_i y_i = 1$ | softmax | $a_i - y_i$ |

Both cross-entropies are computed from the weighted inputs $z$, because $\ln a$ is lost where $a$
has been rounded to 0. Arrays have shape (N, n_L), a row an example; the error has shape (N,).
"""

import numpy as np

from .activations import ACTIVATIONS


class ErrorFunction:
    name: str
    outputs: tuple  # names of the activations that the output layer may have

    def value(self, z, a, y):
        """The error of each example, shape (N,)."""
        raise NotImplementedError

    def delta(self, g, a, y, out, scratch):
        """Write dE/dz of the output layer, whose activation is `g`, into `out`."""
        raise NotImplementedError

    def check_targets(self, y, name="y"):
        """Refuse targets for which this error is not defined."""


class HalfSquared(ErrorFunction):
    name = "half_squared"
    outputs = tuple(ACTIVATIONS)

    def value(self, z, a, y):
        difference = y - a
        return np.sum(difference * difference, axis=-1) / 2

    def delta(self, g, a, y, out, scratch):
        np.subtract(a, y, out=out)
        g.pullback(out, a, scratch)


class BinaryCrossEntropy(ErrorFunction):
    """Each output unit answers a yes/no question of its own."""

    name = "binary_cross_entropy"
    outputs = ("sigmoid",)

    def value(self, z, a, y):
        # -ln a = softplus(-z) and -ln(1 - a) = softplus(z): no difference, so no cancellation.
        return np.sum(y * _softplus(-z) + (1 - y) * _softplus(z), axis=-1)

    def delta(self, g, a, y, out, scratch):
        np.subtract(a, y, out=out)

    def check_targets(self, y, name="y"):
        _check_probabilities(self.name, y, name)


class CrossEntropy(ErrorFunction):
    """The outputs are the probabilities of classes of which exactly one is right."""

    name = "cross_entropy"
    outputs = ("softmax",)

    def value(self, z, a, y):
        shifted = z - z.real.max(axis=-1, keepdims=True)
        with np.errstate(under="ignore"):
            log_sum = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        return np.sum(y * (log_sum - shifted), axis=-1)

    def delta(self, g, a, y, out, scratch):
        np.subtract(a, y, out=out)

    def check_targets(self, y, name="y"):
        _check_probabilities(self.name, y, name)
        total = y.sum(axis=-1)
        # a - y is the derivative only if the targets of an example sum to 1.
        wrong = np.abs(total - 1) > 10 * y.shape[-1] * np.finfo(y.dtype).eps
        if wrong.any():
            n = int(np.argmax(wrong))
            raise ValueError(
                f"{name}: {self.name} expects targets that sum to 1 in each example, "
                f"got a sum of {np.ravel(total)[n]} in example {n}"
            )


def _softplus(z):
    """ln(1 + e^z), for complex z too, without overflow."""
    if not np.iscomplexobj(z):
        with np.errstate(under="ignore"):
            return np.logaddexp(0, z)
    positive = z.real > 0
    return np.where(positive, z, 0) + np.log1p(np.exp(np.where(positive, -z, z)))


def _check_probabilities(error, y, name):
    outside = (y < 0) | (y > 1)
    if outside.any():
        where = tuple(int(i) for i in np.argwhere(outside)[0])
        raise ValueError(
            f"{name}: {error} expects targets between 0 and 1, got {y[where]} at index {where}"
        )


ERRORS = {e.name: e for e in (HalfSquared(), BinaryCrossEntropy(), CrossEntropy())}

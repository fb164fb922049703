r"""Activation functions: $a = g(z)$.

Each has its value and its derivative. The derivative is written in terms of the function's own
output $a$, because that is what the forward pass has already computed:

| function | $g(z)$ | $g'(z)$ from $a = g(z)$ |
|---|---|---|
| identity | $z$ | $1$ |
| sigmoid | $1 / (1 + e^{-z})$ | $a (1 - a)$ |
| tanh | $\tanh z$ | $1 - a^2$ |
| relu | $\max(0, z)$ | $1$ if $a > 0$, else $0$ |
| softmax | $e^{z_i} / \sum_p e^{z_p}$ | $\partial a_p/\partial z_i = a_p ([i = p] - a_i)$ |

Values are analytic in `z` wherever the function is, so that a complex step can be taken through
them (`bplib.checking`). All are written to arrays given by `out`, which may not be `z`'s own.
"""

import numpy as np


class Activation:
    """An activation that acts on each unit alone, unless it says that it does not."""

    name: str
    unitwise = True

    def value(self, z, out=None):
        """g(z), of the shape of z."""
        raise NotImplementedError

    def derivative(self, a, out=None):
        """g'(z), computed from a = g(z), of the shape of a."""
        raise NotImplementedError

    def pullback(self, gradient, a, scratch):
        """Turn dE/da into dE/dz, in place: one factor g'(z_i) for each unit.

        All three arrays have the shape of a; `scratch` is overwritten.
        """
        gradient *= self.derivative(a, out=scratch)


class Identity(Activation):
    name = "identity"

    def value(self, z, out=None):
        out = np.empty_like(z) if out is None else out
        out[...] = z
        return out

    def derivative(self, a, out=None):
        out = np.empty_like(a) if out is None else out
        out[...] = 1
        return out


class Sigmoid(Activation):
    name = "sigmoid"

    def value(self, z, out=None):
        if np.iscomplexobj(z):
            # The same function: e^z / (1 + e^z) where exp(-z) is large, for it would give NaN.
            negative = z.real < 0
            with np.errstate(under="ignore"):
                e = np.exp(np.where(negative, z, -z))
                return np.divide(np.where(negative, e, 1), 1 + e, out=out)
        # exp(-z) may overflow to infinity, and 1 / (1 + infinity) = 0 is then the right answer.
        with np.errstate(over="ignore", under="ignore"):
            out = np.negative(z, out=out)
            np.exp(out, out=out)
            out += 1
            return np.reciprocal(out, out=out)

    def derivative(self, a, out=None):
        out = np.subtract(1, a, out=out)
        out *= a
        return out


class Tanh(Activation):
    name = "tanh"

    def value(self, z, out=None):
        return np.tanh(z, out=out)

    def derivative(self, a, out=None):
        out = np.multiply(a, a, out=out)
        return np.subtract(1, out, out=out)


class Relu(Activation):
    """The rectifier. At its kink, z = 0, the derivative is taken to be 0."""

    name = "relu"

    def value(self, z, out=None):
        if np.iscomplexobj(z):
            return np.multiply(z, z.real > 0, out=out)
        return np.maximum(z, 0, out=out)

    def derivative(self, a, out=None):
        out = np.empty_like(a) if out is None else out
        return np.greater(a, 0, out=out)


class Softmax(Activation):
    """Couples all units of its layer, so it has a Jacobian in place of a derivative."""

    name = "softmax"
    unitwise = False

    def value(self, z, out=None):
        # Subtracting the largest z changes nothing in the quotient and keeps exp from overflowing.
        out = np.subtract(z, z.real.max(axis=-1, keepdims=True), out=out)
        with np.errstate(under="ignore"):
            np.exp(out, out=out)
        out /= out.sum(axis=-1, keepdims=True)
        return out

    def derivative(self, a, out=None):
        raise TypeError("softmax has no unit-wise derivative: use pullback")

    def pullback(self, gradient, a, scratch):
        np.multiply(gradient, a, out=scratch)
        gradient -= scratch.sum(axis=-1, keepdims=True)
        gradient *= a


ACTIVATIONS = {g.name: g for g in (Identity(), Sigmoid(), Tanh(), Relu(), Softmax())}

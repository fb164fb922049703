r"""A whole update, from rules that may be wrong: forward, backward, gradients, update.

`Pass` does it right. Its subclasses each do one step as students do it who have the right rules
and a wrong program.
"""

import numpy as np

from ..textbook import ACTIVATION, SLOPE
from .formula import Values, layer_values, value


class NotApplicable(Exception):
    """The slip has no value here: an index goes beyond the last unit."""


class Pass:
    """One update of a network.

    Parameters
    ----------
    rules : dict
        As `right_rules()`.
    W, b : dict of int to array
        By layer, 1 to L: shapes (n_l, n_{l-1}) and (n_l,).
    activation : dict of int to str
        By layer.
    """

    def __init__(self, rules, W, b, activation):
        self.rules, self.W, self.b = rules, dict(W), dict(b)
        self.L = len(self.W)
        self.n = {0: self.W[1].shape[1]} | {l: len(self.b[l]) for l in self.W}
        self.g = {l: ACTIVATION[name] for l, name in activation.items()}
        self.slope = {l: SLOPE[name] for l, name in activation.items()}

    def run(self, x, y, eta):
        """All quantities.

        Parameters
        ----------
        x, y : arrays of shape (N, n_0) and (N, n_L)
        eta : float

        Returns
        -------
        dict
            "z", "a", "delta": dicts of arrays of shape (N, n_l); "E"; "grad_W", "grad_b": the
            gradient of the mean error; "W", "b": after the update.

        Raises
        ------
        NotApplicable
            If a wrong rule has no value in a network of this shape.
        """
        examples = [self.example(*pair) for pair in zip(x, y, strict=True)]
        found = {name: self._stacked(examples, name) for name in ("z", "a", "delta")}
        found["E"] = float(np.mean([example.E for example in examples]))
        for name in ("grad_W", "grad_b"):
            found[name] = {
                l: self.combined([getattr(example, name)[l] for example in examples], name)
                for l in self.layers()
            }
        found["W"], found["b"] = self.updated(found["grad_W"], found["grad_b"], eta)
        return found

    def layers(self):
        return range(1, self.L + 1)

    @staticmethod
    def _stacked(examples, name):
        return {
            l: np.array([getattr(example, name)[l] for example in examples])
            for l in getattr(examples[0], name)
        }

    def example(self, x, y):
        """Everything about one example."""
        v = Values(W=self.W, b=self.b, n=self.n, L=self.L, g=self.g, slope=self.slope)
        x = np.asarray(x, float)
        v.z, v.a, v.delta, v.y = {0: x}, {0: x}, {}, y  # z[0]: what a slip takes for it
        for l in self.layers():
            v.z[l] = self._values("z", v, l)
            v.a[l] = self._values("a", v, l)
        v.E = value(self.rules["E"].rhs, v)
        self.backward(v)
        v.grad_W = {l: self._values("dE/dw", v, l, (self.n[l], self.n[l - 1])) for l in v.W}
        v.grad_b = {l: self._values("dE/db", v, l) for l in v.W}
        return v

    def backward(self, v):
        """The error terms, from the last layer to the first."""
        v.delta[self.L] = self._values("delta^L", v, self.L)
        for l in range(self.L - 1, 0, -1):
            v.delta[l] = self._values("delta", v, l)

    def combined(self, gradients, name):
        """The gradient of the mean error, of those of the examples; `name`: "grad_W", "grad_b"."""
        return sum(gradients) / len(gradients)

    def updated(self, grad_W, grad_b, eta):
        """The parameters after the update, all at once."""
        v = Values(W=self.W, b=self.b, grad_W=grad_W, grad_b=grad_b, eta=eta, n=self.n)
        W = {l: self._values("w", v, l, self.W[l].shape) for l in self.W}
        return W, {l: self._values("b", v, l) for l in self.W}

    def _values(self, name, v, l, shape=None):
        array = layer_values(self.rules[name].rhs, v, l, shape or (self.n[l],))
        if array is None:
            raise NotApplicable(name)
        return array


class Summed(Pass):
    def combined(self, gradients, name):
        return sum(gradients)


class WeightsSummed(Pass):
    def combined(self, gradients, name):
        mean = super().combined(gradients, name)
        return mean * len(gradients) if name == "grad_W" else mean


class BiasesSummed(Pass):
    def combined(self, gradients, name):
        mean = super().combined(gradients, name)
        return mean * len(gradients) if name == "grad_b" else mean


class LastExampleForWeights(Pass):
    def combined(self, gradients, name):
        return gradients[-1] if name == "grad_W" else super().combined(gradients, name)


class LastExample(Pass):
    def combined(self, gradients, name):
        return gradients[-1]


class FirstExample(Pass):
    def combined(self, gradients, name):
        return gradients[0]


class DividedTwice(Pass):
    def combined(self, gradients, name):
        return super().combined(gradients, name) / len(gradients)


class MeanOfExamples(Pass):
    """The examples averaged first, and one pass made with their mean."""

    def run(self, x, y, eta):
        mean = super().run(np.mean(x, axis=0)[None], np.mean(y, axis=0)[None], eta)
        each = super().run(x, y, eta)
        return {**mean, **{name: each[name] for name in ("z", "a", "delta", "E")}}


class Accumulated(Pass):
    """Gradients added to those of the call before, which were of the same examples."""

    def combined(self, gradients, name):
        return 2 * super().combined(gradients, name)


class UpdatedFirst(Pass):
    """Each layer updated as soon as its gradient is there, and its new weights sent back."""

    def run(self, x, y, eta):
        if len(x) > 1:
            raise NotApplicable("one example at a time")
        self._eta = eta
        return super().run(x, y, eta)

    def backward(self, v):
        v.delta[self.L] = self._values("delta^L", v, self.L)
        for l in range(self.L - 1, 0, -1):
            gradient = self._values("dE/dw", v, l + 1, (self.n[l + 1], self.n[l]))
            v.W = {**v.W, l + 1: v.W[l + 1] - self._eta * gradient}
            v.delta[l] = self._values("delta", v, l)
        v.W = self.W


class LastLayerOnly(Pass):
    """The loop over the layers that ends before the hidden ones."""

    def backward(self, v):
        super().backward(v)
        for l in range(1, self.L):
            v.delta[l] = np.zeros(self.n[l])


class FirstLayerLeftOut(Pass):
    """The loop over the layers that ends one layer too early."""

    def backward(self, v):
        super().backward(v)
        if self.L > 1:
            v.delta[1] = np.zeros(self.n[1])


class OutputErrorTermsEverywhere(Pass):
    """The sum of the output's error terms times the slope, in every hidden layer: no weights."""

    def backward(self, v):
        v.delta[self.L] = self._values("delta^L", v, self.L)
        total = v.delta[self.L].sum()
        for l in range(1, self.L):
            v.delta[l] = np.array([self.slope[l](z) for z in v.z[l]]) * total

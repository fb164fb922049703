"""Networks on which one slip can be told from another.

Where every layer has one unit, a sum and its first term are the same, and so are a matrix and its
transpose. So: unequal widths (a matrix turned round fails) and equal ones (it does not fail, and is
wrong), weights and errors of both signs, biases that are not 0, one example and several.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Case:
    """One network with examples; all layers sigmoid, half squared error.

    W and b are dicts by layer, x and y arrays of shape (N, n_0) and (N, n_L).
    """

    W: dict
    b: dict
    x: np.ndarray
    y: np.ndarray
    eta: float

    @property
    def sizes(self):
        return (self.W[1].shape[1], *(len(self.b[l]) for l in self.b))

    @property
    def activation(self):
        return dict.fromkeys(self.W, "sigmoid")


def draw(sizes, examples, seed):
    """A random case: weights, biases and inputs of both signs, 0.4 to 1.6 in size."""
    rng = np.random.default_rng(seed)

    def numbers(*shape):
        values = rng.uniform(0.4, 1.6, shape) * rng.choice([-1.0, 1.0], shape)
        if values.size > 1 and (np.all(values > 0) or np.all(values < 0)):
            values.flat[rng.integers(values.size)] *= -1
        return values

    layers = range(1, len(sizes))
    return Case(
        {l: numbers(sizes[l], sizes[l - 1]) for l in layers},
        {l: numbers(sizes[l]) for l in layers},
        numbers(examples, sizes[0]),
        rng.uniform(0.05, 0.95, (examples, sizes[-1])),
        float(rng.choice([0.3, 0.5, 0.7])),
    )

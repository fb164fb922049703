"""Layer numbers: code index = maths index.

Layer 0 is the input and layer L the output. Weights, biases, weighted inputs and error terms
exist for l = 1 ... L, activations for l = 0 ... L, and that is how they are indexed here.
"""

from itertools import pairwise
from numbers import Integral

import numpy as np

from .validation import exact_shape, real_array


class LayerIndexError(IndexError, ValueError):
    """A layer number that does not exist for this quantity."""


class Layers:
    """Values indexed by layer number, from `first` to L.

    >>> a = Layers("a", [np.zeros(2), np.zeros(3)], first=0)
    >>> a
    a[0: (2,), 1: (3,)]
    >>> a[1] = [0.1, 0.2, 0.3]
    >>> a[2]
    Traceback (most recent call last):
    bplib.layers.LayerIndexError: a[l]: expected a layer l from 0 to 1, got 2

    Iterating gives the values in the order of the layers; `items()` gives (l, value) pairs.
    Assigning to a layer copies into its array, after checking shape and values.
    """

    def __init__(self, name, values, first):
        self._name = name
        self._values = list(values)
        self._first = first

    @property
    def last(self):
        """The number of the last layer, L."""
        return self._first + len(self._values) - 1

    def _position(self, l):
        if isinstance(l, bool) or not isinstance(l, Integral):
            raise TypeError(
                f"{self._name}[l]: expected a layer number, got {type(l).__name__} {l!r}"
            )
        if not self._first <= l <= self.last:
            why = " (layer 0 is the input)" if l == 0 else ""
            raise LayerIndexError(
                f"{self._name}[l]: expected a layer l from {self._first} to {self.last}, "
                f"got {l}{why}"
            )
        return l - self._first

    def __getitem__(self, l):
        return self._values[self._position(l)]

    def __setitem__(self, l, value):
        array = self._values[self._position(l)]
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{self._name}[{l}]: cannot be assigned to")
        name = f"{self._name}[{l}]"
        array[...] = exact_shape(
            name, real_array(name, value, array.dtype), array.shape, f"that of {name}"
        )

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def items(self):
        """Pairs (l, value), from the first layer to the last."""
        return zip(range(self._first, self.last + 1), self._values, strict=True)

    def __repr__(self):
        parts = [
            f"{l}: {value.shape if isinstance(value, np.ndarray) else value!r}"
            for l, value in self.items()
        ]
        return f"{self._name}[{', '.join(parts)}]"


def parameter_count(sizes, biases):
    """How many weights, and biases if there are any, a network of these layer sizes has."""
    weights = sum(n * n_before for n_before, n in pairwise(sizes))
    return weights + (sum(sizes[1:]) if biases else 0)


def parameter_views(vector, sizes, biases):
    """One flat vector, seen as W[1..L] of shape (n_l, n_{l-1}) and b[1..L] of shape (n_l,).

    The weights of all layers come first, then the biases. Both lists hold None at index 0, so
    that a plain list is indexed by layer number too; b is None if the network has no biases.
    """
    W, start = [None], 0
    for n_before, n in pairwise(sizes):
        W.append(vector[start : start + n * n_before].reshape(n, n_before))
        start += n * n_before
    if not biases:
        return W, None
    b = [None]
    for n in sizes[1:]:
        b.append(vector[start : start + n])
        start += n
    return W, b

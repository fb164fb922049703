"""What a forward and a backward pass leave behind, indexed by layer number.

Inside, every quantity is a list indexed by layer whose arrays have a row for each example: one
example is a batch of one. `Layers` show them to the outside, without that row if one example
was given.
"""

import numpy as np

from .layers import Layers, parameter_count, parameter_views


class ForwardPass:
    """The values of all units, and which network they are of.

    Attributes
    ----------
    z : Layers
        Weighted inputs z[l], l = 1..L, shape (n_l,) or (N, n_l).
    a : Layers
        Activations a[l], l = 0..L, same shapes; a[0] is the input x.
    output : ndarray
        a[L], the network's answer.
    """

    def __init__(self, sizes, x, maker=None):
        """Reserve the arrays for the input `x` of shape (n_0,) or (N, n_0).

        `maker` tells apart what the sizes do not: see `Network._maker`.
        """
        self.sizes = sizes
        self.maker = maker
        self.single = x.ndim == 1
        self._x = x
        rows = np.atleast_2d(x)
        self._a = [rows] + [np.empty((len(rows), n), x.dtype) for n in sizes[1:]]
        self._z = [None] + [np.empty((len(rows), n), x.dtype) for n in sizes[1:]]

    @property
    def z(self):
        """The weighted inputs: z[l], l = 1..L, of shape (n_l,), or (N, n_l) of a batch."""
        return Layers("z", _shown(self._z[1:], self.single), first=1)

    @property
    def a(self):
        """The activations: a[l], l = 0..L, of shape (n_l,), or (N, n_l) of a batch; a[0] is x."""
        return Layers("a", [self._x, *_shown(self._a[1:], self.single)], first=0)

    @property
    def output(self):
        """a[L], the network's answer, of shape (n_L,), or (N, n_L) of a batch."""
        return self._a[-1][0] if self.single else self._a[-1]

    def rows(self, N):
        """The same arrays, cut to their first N rows."""
        part = object.__new__(ForwardPass)
        part.sizes, part.single, part._x = self.sizes, self.single, self._x[:N]
        part.maker = self.maker
        part._a, part._z = _cut(self._a, N), _cut(self._z, N)
        return part

    def __repr__(self):
        return f"ForwardPass({_kind(self)})"


_GRADIENT_VIEWS = ("_grad_W", "_grad_b")


class Gradient:
    """The derivatives of the error with respect to all parameters; over a batch, of the mean error.

    Attributes
    ----------
    grad_W : Layers
        dE/dW[l], l = 1..L, shape (n_l, n_{l-1}).
    grad_b : Layers or None
        dE/db[l], l = 1..L, shape (n_l,); None if the network has no biases.
    vector : ndarray
        All of them in one row, in the order of `Network.parameters`.
    """

    def __init__(self, sizes, biases, dtype):
        self.sizes = sizes
        self.vector = np.zeros(parameter_count(sizes, biases), dtype)
        self._grad_W, self._grad_b = parameter_views(self.vector, sizes, biases)

    @property
    def grad_W(self):
        """dE/dW[l], l = 1..L, of shape (n_l, n_{l-1}) like W[l]; a view of `vector`."""
        return Layers("grad_W", self._grad_W[1:], first=1)

    @property
    def grad_b(self):
        """dE/db[l], l = 1..L, of shape (n_l,); None if the network has no biases."""
        return None if self._grad_b is None else Layers("grad_b", self._grad_b[1:], first=1)

    def __getstate__(self):
        return {key: value for key, value in vars(self).items() if key not in _GRADIENT_VIEWS}

    def __setstate__(self, state):
        # A copied or unpickled view would be an array of its own: make new views.
        vars(self).update(state)
        biases = self.vector.size > parameter_count(self.sizes, biases=False)
        self._grad_W, self._grad_b = parameter_views(self.vector, self.sizes, biases)

    def __repr__(self):
        return f"{type(self).__name__}({'-'.join(map(str, self.sizes))})"


class BackwardPass(Gradient):
    """The error, the error terms of all units, and the gradient that they give.

    Attributes
    ----------
    error : float
        E of the example, or the mean of the examples' errors.
    delta : Layers
        delta[l] = dE/dz[l], l = 1..L, shape (n_l,) or (N, n_l); row n belongs to the error of
        example n alone.
    grad_W, grad_b, vector
        See `Gradient`.
    """

    def __init__(self, sizes, biases, dtype, N, single=False):
        super().__init__(sizes, biases, dtype)
        self.error = None
        self.single = single
        self._delta = [None] + [np.empty((N, n), dtype) for n in sizes[1:]]
        self._slope = [None] + [np.empty((N, n), dtype) for n in sizes[1:]]

    @property
    def delta(self):
        """The error terms: delta[l] = dE/dz[l], l = 1..L, of shape (n_l,), or (N, n_l) of a batch.

        Row n belongs to the error of example n alone.
        """
        return Layers("delta", _shown(self._delta[1:], self.single), first=1)

    def rows(self, N):
        """The same arrays, cut to their first N rows; the gradient is shared."""
        part = object.__new__(BackwardPass)
        part.__dict__.update(self.__dict__)
        part._delta, part._slope = _cut(self._delta, N), _cut(self._slope, N)
        return part

    def __repr__(self):
        return f"BackwardPass({_kind(self)}, error={self.error:.6g})"


def _shown(arrays, single):
    return [array[0] for array in arrays] if single else arrays


def _cut(arrays, N):
    return [None if array is None else array[:N] for array in arrays]


def _kind(values):
    layers = "-".join(map(str, values.sizes))
    last = values._a[-1] if isinstance(values, ForwardPass) else values._delta[-1]
    return f"{layers}, one example" if values.single else f"{layers}, {len(last)} examples"

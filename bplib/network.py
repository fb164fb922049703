r"""The multi-layer perceptron: forward pass, backward pass, update.

For l = 1 ... L, with $a^0 = x$ and $\hat y = a^L$:

$$z^l_i = \sum_j w^l_{ij} a^{l-1}_j + b^l_i, \qquad a^l_i = g^l(z^l_i)$$

and backward, with $\delta^l_i = \partial E / \partial z^l_i$:

$$\delta^l_i = g'(z^l_i) \sum_k w^{l+1}_{ki} \delta^{l+1}_k, \qquad
  \frac{\partial E}{\partial w^l_{ij}} = \delta^l_i a^{l-1}_j, \qquad
  \frac{\partial E}{\partial b^l_i} = \delta^l_i$$

Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by
back-propagating errors, Nature 323 (1986).

This file is written for speed: whole batches at a time, into arrays that are reserved once.
`bplib.textbook` is the same algorithm in its plainest form.
"""

import numpy as np

from .activations import ACTIVATIONS
from .architecture import checked_activations, checked_error, checked_sizes
from .errors import ERRORS
from .layers import Layers, parameter_count, parameter_views
from .passes import BackwardPass, ForwardPass, Gradient
from .training import fit
from .validation import (
    batch_or_example,
    exact_shape,
    flag,
    generator,
    real_array,
    real_number,
    sequence,
)


def first_scale(activation, inputs):
    """Standard deviation of the first weights into units with this activation and so many inputs.

    So scaled, z has about the variance of a single input, however many inputs there are.
    """
    return np.sqrt((2 if activation == "relu" else 1) / inputs)


class Network:
    """A multi-layer perceptron.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, n_0 (the input) to n_L (the output).
    activation : str or sequence of str
        "identity", "sigmoid", "tanh", "relu" or "softmax" (output layer only), for all layers,
        or one name for each of the layers 1 to L.
    error : str
        "half_squared", "binary_cross_entropy" (sigmoid output) or "cross_entropy" (softmax
        output).
    seed : int, Generator or None
        Where the first weights are drawn from: normal, mean 0, standard deviation
        1/sqrt(n_{l-1}), times sqrt(2) for relu. Biases start at 0. None: different every time.
    biases : bool
        Whether there are biases at all.
    train_biases : bool
        Whether `update` changes them.
    dtype : numpy dtype
        np.float64 or np.float32, of all parameters and results.

    Attributes
    ----------
    L : int
        Number of the output layer.
    W, b : Layers
        W[l] of shape (n_l, n_{l-1}) and b[l] of shape (n_l,), l = 1..L; b is None if there are
        no biases. They are views of `parameters`.
    parameters : ndarray
        Every weight, layer by layer, then every bias.
    activation : Layers
        The name of the activation of layer l.

    Examples
    --------
    >>> net = Network([2, 3, 2], activation="sigmoid", error="half_squared", seed=0)
    >>> forward_pass = net.forward([0.05, 0.10])
    >>> backward_pass = net.backward(forward_pass, [0.01, 0.99])
    >>> net.update(backward_pass, eta=0.5)

    A network is saved whole with pickle, or its numbers alone with NumPy:

    >>> import pickle
    >>> same = pickle.loads(pickle.dumps(net))
    >>> from io import BytesIO  # stands for a file here
    >>> file = BytesIO()
    >>> np.savez(file, parameters=net.parameters)
    >>> other = Network([2, 3, 2], activation="sigmoid", error="half_squared")
    >>> _ = file.seek(0)
    >>> other.parameters = np.load(file)["parameters"]
    >>> bool((same.parameters == net.parameters).all() and (other.W[2] == net.W[2]).all())
    True
    """

    def __init__(
        self,
        sizes,
        activation="sigmoid",
        error="half_squared",
        *,
        seed=0,
        biases=True,
        train_biases=True,
        dtype=np.float64,
    ):
        self._sizes = _that_fit(checked_sizes(sizes))
        names = checked_activations(activation, self.sizes, ACTIVATIONS)
        self._g = [None] + [ACTIVATIONS[name] for name in names]
        self._error = ERRORS[checked_error(error, names[-1], ERRORS)]
        self.train_biases = train_biases
        self._dtype = _checked_dtype(dtype)
        self._has_biases = flag("biases", biases)
        self._set_parameters(np.zeros(parameter_count(self.sizes, self._has_biases), self.dtype))
        self._draw_weights(generator("seed", seed))

    @classmethod
    def from_parameters(
        cls,
        weights,
        biases=None,
        activation="sigmoid",
        error="half_squared",
        *,
        train_biases=True,
        dtype=np.float64,
    ):
        """A network with these weights and biases, which are copied.

        Parameters
        ----------
        weights : sequence of array_like
            W[1] to W[L], of shape (n_l, n_{l-1}).
        biases : sequence of array_like or None
            b[1] to b[L], of shape (n_l,); None: a network without biases.
        activation, error, train_biases, dtype
            As for `Network`.
        """
        weights = sequence("weights", weights)
        W = []
        for l, matrix in enumerate(weights, start=1):
            name = f"weights[{l - 1}] (layer {l})"
            matrix = real_array(name, matrix, _checked_dtype(dtype))
            if matrix.ndim != 2 or 0 in matrix.shape:
                raise ValueError(
                    f"{name}: expected a matrix of shape (n_{l}, n_{l - 1}), "
                    f"got shape {matrix.shape}"
                )
            if W and matrix.shape[1] != len(W[-1]):
                raise ValueError(
                    f"{name}: expected {len(W[-1])} columns, one for each unit of layer {l - 1}, "
                    f"got shape {matrix.shape}"
                )
            W.append(matrix)
        if not W:
            raise ValueError("weights: expected at least one matrix, got none")
        net = cls(
            [W[0].shape[1]] + [len(matrix) for matrix in W],
            activation,
            error,
            biases=biases is not None,
            train_biases=train_biases,
            dtype=dtype,
        )
        for l, matrix in enumerate(W, start=1):
            net._W[l][...] = matrix
        if biases is not None:
            biases = sequence("biases", biases)
            if len(biases) != net.L:
                raise ValueError(
                    f"biases: expected {net.L} vectors, one for each of the layers 1 to {net.L}, "
                    f"got {len(biases)}"
                )
            for l, vector in enumerate(biases, start=1):
                name = f"biases[{l - 1}] (layer {l})"
                vector = real_array(name, vector, net.dtype)
                n = net.sizes[l]
                net._b[l][...] = exact_shape(name, vector, (n,), f"one bias a unit of layer {l}")
        return net

    def _draw_weights(self, rng):
        for l in range(1, self.L + 1):
            draw = rng.standard_normal(self._W[l].shape)
            self._W[l][...] = draw * first_scale(self._g[l].name, self.sizes[l - 1])

    def _set_parameters(self, vector):
        self._parameters = vector
        self._W, self._b = parameter_views(vector, self.sizes, self._has_biases)

    @property
    def sizes(self):
        """Units in each layer, the tuple (n_0, ..., n_L)."""
        return self._sizes

    @property
    def L(self):
        """The number of the output layer; there are L + 1 layers."""
        return len(self._sizes) - 1

    @property
    def error(self):
        """The name of the error function, such as "half_squared"."""
        return self._error.name

    @property
    def dtype(self):
        """The numpy.dtype of all parameters and results: float64 or float32."""
        return self._dtype

    @property
    def train_biases(self):
        """Whether `update` and `fit` change the biases; can be assigned."""
        return self._train_biases

    @train_biases.setter
    def train_biases(self, value):
        self._train_biases = flag("train_biases", value)

    @property
    def parameters(self):
        """Every weight, layer by layer and row by row, then every bias: one vector.

        W and b are views of it. Assigning copies into it, after checking shape and values.
        """
        return self._parameters

    @parameters.setter
    def parameters(self, values):
        # Copied into the array that W and b are views of.
        values = real_array("parameters", values, self.dtype)
        self._parameters[...] = exact_shape(
            "parameters", values, self._parameters.shape, "every weight, then every bias"
        )

    @property
    def W(self):
        """The weights: W[l], l = 1..L, of shape (n_l, n_{l-1}).

        W[l][i, j] belongs to the connection from unit j of layer l-1 into unit i of layer l, both
        counted from 0. `net.W[l] = ...` copies into the array.
        """
        return Layers("W", self._W[1:], first=1)

    @property
    def b(self):
        """The biases: b[l], l = 1..L, of shape (n_l,); None if there are none."""
        return Layers("b", self._b[1:], first=1) if self._has_biases else None

    @property
    def activation(self):
        """The name of the activation of layer l: activation[l], l = 1..L."""
        return Layers("activation", [g.name for g in self._g[1:]], first=1)

    def forward(self, x):
        """Propagate `x`, one example (n_0,) or a batch (N, n_0), to the output.

        Returns
        -------
        ForwardPass
            z[l] and a[l] of every layer, of shape (n_l,) or (N, n_l), and the output.

        Raises
        ------
        TypeError, ValueError
            If `x` is not an array of finite numbers of one of these shapes.
        """
        return self._checked_forward("x", x)

    @np.errstate(under="ignore")
    def _checked_forward(self, name, x):
        x = batch_or_example(name, real_array(name, x, self.dtype), self.sizes[0], "n_0")
        forward_pass = ForwardPass(self.sizes, x, self._maker())
        self._forward(forward_pass)
        return forward_pass

    def _maker(self):
        """What a forward pass of this network depends on besides the input, as it is now."""
        return list(self.activation), self._has_biases, self.parameters.copy()

    def _forward(self, fp):
        W, b, g, z, a = self._W, self._b, self._g, fp._z, fp._a
        for l in range(1, self.L + 1):
            np.dot(a[l - 1], W[l].T, out=z[l])
            if b is not None:
                z[l] += b[l]
            g[l].value(z[l], out=a[l])

    @np.errstate(under="ignore")
    def backward(self, forward_pass, y):
        """Propagate the error terms for the targets `y` back through a forward pass.

        Parameters
        ----------
        forward_pass : ForwardPass
            From this network's `forward`, with the parameters unchanged since.
        y : array_like
            Targets, of exactly the shape of `forward_pass.output`.

        Returns
        -------
        BackwardPass
            The error, delta[l] of every layer, and the gradient.

        Raises
        ------
        TypeError, ValueError
            If `forward_pass` is of another network, or of this one before its parameters were
            changed; if `y` has not the shape of the output or is no target for this error.
        """
        y = self._checked_targets(forward_pass, y)
        backward_pass = BackwardPass(
            self.sizes, self._has_biases, self.dtype, len(y), forward_pass.single
        )
        backward_pass.error = float(self._mean_error(forward_pass, y))
        self._backward(backward_pass, forward_pass, y)
        return backward_pass

    def _checked_targets(self, forward_pass, y, name="y"):
        if not isinstance(forward_pass, ForwardPass):
            raise TypeError(
                "forward_pass: expected the result of net.forward(x), "
                f"got {type(forward_pass).__name__}"
            )
        if forward_pass.sizes != self.sizes:
            raise ValueError(
                f"forward_pass: expected one of a network {self._shape()}, "
                f"got one of a network {'-'.join(map(str, forward_pass.sizes))}"
            )
        if forward_pass.output.dtype != self.dtype:
            raise TypeError(
                f"forward_pass: expected one of a {self.dtype} network, "
                f"got one of a {forward_pass.output.dtype} network"
            )
        self._check_maker(*forward_pass.maker)
        y = real_array(name, y, self.dtype)
        exact_shape(name, y, forward_pass.output.shape, "that of the output")
        self._error.check_targets(y, name)
        return np.atleast_2d(y)

    def _check_maker(self, activations, has_biases, parameters):
        """Refuse a forward pass of another network, or of this one as it was before."""
        if activations != list(self.activation):
            raise ValueError(
                f"forward_pass: expected one with the activations {', '.join(self.activation)}, "
                f"got one with {', '.join(activations)}"
            )
        if has_biases != self._has_biases:
            have = ("without", "with")
            raise ValueError(
                f"forward_pass: expected one of a network {have[self._has_biases]} biases, "
                f"got one of a network {have[has_biases]} biases"
            )
        if not np.array_equal(parameters, self.parameters, equal_nan=True):
            raise ValueError(
                "forward_pass: expected one with the present parameters, got one from before they "
                "were changed; call net.forward(x) again"
            )

    def _backward(self, bp, fp, y):
        W, g, a = self._W, self._g, fp._a
        delta, slope, grad_W, grad_b = bp._delta, bp._slope, bp._grad_W, bp._grad_b
        self._error.delta(g[self.L], a[self.L], y, out=delta[self.L], scratch=slope[self.L])
        for l in range(self.L, 0, -1):
            if l < self.L:
                np.dot(delta[l + 1], W[l + 1], out=delta[l])
                g[l].pullback(delta[l], a[l], scratch=slope[l])
            np.dot(delta[l].T, a[l - 1], out=grad_W[l])
            if grad_b is not None:
                np.sum(delta[l], axis=0, out=grad_b[l])
        if len(y) > 1:
            bp.vector /= len(y)

    def _mean_error(self, fp, y):
        return self._error.value(fp._z[self.L], fp._a[self.L], y).mean()

    @np.errstate(under="ignore")
    def mean_error(self, X, Y):
        """The mean error over a batch (or the error of one example), a float."""
        forward_pass = self._checked_forward("X", X)
        return float(self._mean_error(forward_pass, self._checked_targets(forward_pass, Y, "Y")))

    def update(self, gradient, eta):
        """One step of gradient descent, of all parameters at once: w <- w - eta dE/dw.

        Parameters
        ----------
        gradient : Gradient
            A backward pass, or any other gradient of this network.
        eta : float
            Learning rate, at least 0.

        Raises
        ------
        TypeError, ValueError
            If `gradient` is of another network, or the step is not finite. Nothing is changed
            then.
        """
        if not isinstance(gradient, Gradient):
            raise TypeError(
                f"gradient: expected the result of net.backward(...), got {type(gradient).__name__}"
            )
        if (gradient.sizes, gradient.vector.shape) != (self.sizes, self.parameters.shape):
            raise ValueError(
                f"gradient: expected one of a network {self._shape()} with "
                f"{self.parameters.size} parameters, got one of a network "
                f"{'-'.join(map(str, gradient.sizes))} with {gradient.vector.size}"
            )
        eta = real_number("eta", eta, minimum=0)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            step = gradient.vector * eta
        if not np.isfinite(step).all():
            _refuse_step(gradient.vector, eta)
        self._update(step)

    def _update(self, step):
        # The weights come first in the vector, so the biases can be left out by its end.
        trained = self._trained()
        self._parameters[trained] -= step[trained]

    def _trained(self):
        return slice(None if self.train_biases else parameter_count(self.sizes, biases=False))

    def fit(
        self,
        X,
        Y,
        eta=0.5,
        epochs=100,
        batch_size=1,
        *,
        seed=0,
        stop=None,
        validation=None,
        progress=False,
    ):
        """Train on a set of examples, by gradient descent; see `bplib.training.fit` for more.

        Parameters
        ----------
        X : array_like, shape (N, n_0)
            Inputs, a row an example.
        Y : array_like, shape (N, n_L)
            Targets.
        eta : float
            Learning rate, at least 0.
        epochs : int
            The largest number of times to go through all examples.
        batch_size : int or None
            Examples to an update, 1 to N; None: all N.
        seed : int, Generator or None
            Where the order of the examples is drawn from. An int gives the same orders in every
            call; in a loop of `fit(epochs=1)` pass one numpy.random.Generator, which moves on.
        stop : StoppingCriterion or list of them
            When to stop earlier, such as `ErrorBelow(0.01) | NoImprovement(5)`.
        validation : pair (X, Y)
            Examples that are measured after each epoch, never learned from.
        progress : bool
            Whether to show a progress bar.

        Returns
        -------
        History
            The errors after each epoch, and why training ended; `History.plot` draws them.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as described; nothing has been changed then.

        Warns
        -----
        RuntimeWarning
            If training diverged; it ends then.
        """
        return fit(
            self,
            X,
            Y,
            eta=eta,
            epochs=epochs,
            batch_size=batch_size,
            seed=seed,
            stop=stop,
            validation=validation,
            progress=progress,
        )

    def copy(self):
        """A network of its own with the same parameters."""
        return self._converted(self.dtype)

    def _converted(self, dtype):
        """A copy whose parameters have this dtype, which may be complex."""
        other = object.__new__(Network)
        other.__dict__.update(self.__dict__)
        other._dtype = np.dtype(dtype)
        other._set_parameters(self.parameters.astype(dtype))
        return other

    def __getstate__(self):
        return {key: value for key, value in vars(self).items() if key not in ("_W", "_b")}

    def __setstate__(self, state):
        # A copied or unpickled view would be an array of its own: make new views.
        vars(self).update(state)
        self._set_parameters(self._parameters)

    def _shape(self):
        return "-".join(map(str, self.sizes))

    def __repr__(self):
        names = [g.name for g in self._g[1:]]
        activation = names[0] if len(set(names)) == 1 else ", ".join(names)
        return f"Network({self._shape()}, {activation}, {self.error})"


def _refuse_step(gradient, eta):
    finite = np.isfinite(gradient)
    if not finite.all():
        raise ValueError(
            f"gradient: expected finite numbers, got {gradient[~finite][0]} "
            f"in {np.sum(~finite)} of {finite.size} places"
        )
    raise ValueError(
        f"eta: expected one whose product with the gradient {gradient.dtype} can hold, got {eta}, "
        f"where the gradient's largest number is {np.abs(gradient).max():.3g}"
    )


def _that_fit(sizes):
    if parameter_count(sizes, biases=True) > np.iinfo(np.intp).max // 8:
        raise ValueError(f"sizes: expected a network that fits into memory, got {sizes}")
    return sizes


def _checked_dtype(dtype):
    expected = "expected np.float64 or np.float32"
    try:
        if dtype is None:  # which would be NumPy's default
            raise TypeError
        checked = np.dtype(dtype)
    except (TypeError, ValueError, SyntaxError):
        raise TypeError(f"dtype: {expected}, got {dtype!r}") from None
    if checked not in (np.float32, np.float64):
        raise ValueError(f"dtype: {expected}, got {checked}")
    return checked

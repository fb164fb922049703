"""The perceptron of the recap: one unit with a step, and a learning rule without a gradient.

Source: F. Rosenblatt, The perceptron: a probabilistic model for information storage and
organization in the brain, Psychological Review 65 (1958).
"""

import numpy as np

from .validation import batch_or_example, exact_shape, real_array, real_number, whole_number


class Perceptron:
    r"""One unit with a step; weights and bias start at 0.

    $$\hat y = \begin{cases} 1 & \text{if } \sum_j w_j x_j + b > 0 \\
    0 & \text{otherwise} \end{cases}$$

    After each example, $w \leftarrow w + \eta (y - \hat y) x$ and $b \leftarrow b + \eta (y -
    \hat y)$: nothing changes where the answer was right.

    Attributes
    ----------
    w : ndarray, shape (n,)
    b : float
    mistakes : list of int
        Wrong answers in each epoch of `fit`.

    Examples
    --------
    >>> perceptron = Perceptron(2)
    >>> perceptron.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])
    True
    >>> perceptron.predict([1, 1])
    1
    """

    def __init__(self, n):
        self.w = np.zeros(whole_number("n", n, minimum=1))
        self.b = 0.0
        self.mistakes = []

    def predict(self, x):
        """0 or 1 for one example of shape (n,), or an array of them for a batch (N, n)."""
        x = batch_or_example("x", real_array("x", x), len(self.w), "n")
        answer = (x @ self.w + self.b > 0).astype(int)
        return int(answer) if x.ndim == 1 else answer

    def update(self, x, y, eta=1.0):
        """Apply the learning rule to one example; True if its answer was right."""
        x = exact_shape("x", real_array("x", x), self.w.shape, "one example")
        y = exact_shape("y", real_array("y", y), (), "a single 0 or 1")
        _check_binary("y", y)
        eta = real_number("eta", eta, above=0)
        mistake = int(y) - self.predict(x)
        step = eta * mistake
        self.w += step * x
        self.b += step
        return mistake == 0

    def fit(self, X, Y, eta=1.0, epochs=100):
        """Go through the examples in their order until an epoch has no mistake.

        Parameters
        ----------
        X : array_like, shape (N, n)
        Y : array_like of 0 and 1, shape (N,)
        eta : float
            Learning rate, above 0.
        epochs : int
            The largest number of epochs.

        Returns
        -------
        bool
            Whether an epoch without a mistake was reached.
        """
        X = real_array("X", X)
        if X.ndim != 2 or X.shape[1] != len(self.w) or len(X) == 0:
            raise ValueError(
                f"X: expected shape (N, {len(self.w)}) with N at least 1, got {X.shape}"
            )
        Y = exact_shape("Y", real_array("Y", Y), (len(X),), "a target for each row of X")
        _check_binary("Y", Y)
        eta = real_number("eta", eta, above=0)
        for _ in range(whole_number("epochs", epochs, minimum=1)):
            right = sum(self.update(x, y, eta) for x, y in zip(X, Y, strict=True))
            self.mistakes.append(len(X) - int(right))
            if right == len(X):
                return True
        return False

    def __repr__(self):
        return f"Perceptron(w={self.w.tolist()}, b={self.b})"


def _check_binary(name, y):
    wrong = (y != 0) & (y != 1)
    if wrong.any():
        raise ValueError(f"{name}: expected 0 or 1, got {y[wrong][0]:g}")

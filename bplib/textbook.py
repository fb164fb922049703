r"""Backpropagation as the book writes it: one example, one unit, one sum at a time.

What `Network` does fast, this does in plain sight. j is a unit of the layer before, i a unit of
this layer, k a unit of the next one; everything is indexed by layer, then by unit, as in

$$z^l_i = \sum_j w^l_{ij} a^{l-1}_j + b^l_i, \qquad a^l_i = g^l(z^l_i)$$

$$\delta^L_i = g'(z^L_i) \frac{\partial E}{\partial a^L_i}, \qquad
  \delta^l_i = g'(z^l_i) \sum_k w^{l+1}_{ki} \delta^{l+1}_k, \qquad
  \frac{\partial E}{\partial w^l_{ij}} = \delta^l_i a^{l-1}_j, \qquad
  \frac{\partial E}{\partial b^l_i} = \delta^l_i$$

With softmax, $\delta^L_i = \sum_k \frac{\partial E}{\partial a^L_k} \frac{\partial a^L_k}{\partial
z^L_i}$. Of a batch, error and gradient are the means of those of its examples.

It is to be read and to test `Network` against: nothing is checked, and large numbers overflow.

>>> from bplib import Network
>>> net, x, y, eta = Network([2, 3, 2], seed=0), [0.05, 0.10], [0.01, 0.99], 0.5
>>> z, a = forward(net.W, net.b, net.activation, x)
>>> delta = error_terms(net.W, net.activation, net.error, z, a, y)
>>> W, b = updated(net.W, net.b, a, delta, eta)
>>> net.update(net.backward(net.forward(x), y), eta)
>>> all(np.allclose(W[l], net.W[l], rtol=1e-14) for l in (1, 2))
True
"""

import numpy as np

ACTIVATION = {  # a[l] from z[l]
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "softmax": lambda z: np.exp(z) / sum(np.exp(z)),
}
SLOPE = {  # g'(z_i)
    "identity": lambda z: 1,
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 4 / (np.exp(z) + np.exp(-z)) ** 2,
    "relu": lambda z: 1 if z > 0 else 0,
}
ERROR = {  # E of one example
    "half_squared": lambda a, y: sum((y - a) ** 2) / 2,
    "binary_cross_entropy": lambda a, y: -sum(y * np.log(a) + (1 - y) * np.log(1 - a)),
    "cross_entropy": lambda a, y: -sum(y * np.log(a)),
}
ERROR_SLOPE = {  # dE/da_i
    "half_squared": lambda a, y: a - y,
    "binary_cross_entropy": lambda a, y: (1 - y) / (1 - a) - y / a,
    "cross_entropy": lambda a, y: -y / a,
}


def forward(W, b, activation, x):
    """z[l] and a[l] of every layer; W[l], b[l] and activation[l] as in a Network, b may be None."""
    L = len(W)
    z, a = {}, {0: np.array(x)}
    for l in range(1, L + 1):
        z[l] = np.array(
            [
                sum(W[l][i, j] * a[l - 1][j] for j in units(a[l - 1])) + (b[l][i] if b else 0)
                for i in units(W[l])
            ]
        )
        a[l] = ACTIVATION[activation[l]](z[l])
    return z, a


def error_terms(W, activation, error, z, a, y):
    """delta[l] of every layer, from the last to the first."""
    L = len(W)
    g = [None] + [SLOPE.get(activation[l]) for l in range(1, L + 1)]
    by_output = ERROR_SLOPE[error](a[L], np.array(y))  # dE/da_i
    delta = {L: np.empty(len(a[L]))}
    for i in units(a[L]):
        if activation[L] == "softmax":  # da_k/dz_i = a_k ([i = k] - a_i)
            delta[L][i] = sum(by_output[k] * a[L][k] * ((i == k) - a[L][i]) for k in units(a[L]))
        else:
            delta[L][i] = g[L](z[L][i]) * by_output[i]
    for l in range(L - 1, 0, -1):
        delta[l] = np.empty(len(a[l]))
        for i in units(a[l]):
            back = sum(W[l + 1][k, i] * delta[l + 1][k] for k in units(a[l + 1]))
            delta[l][i] = g[l](z[l][i]) * back
    return delta


def gradient(a, delta):
    """dE/dW[l] of every layer; dE/db[l] is delta[l]."""
    return {
        l: np.array([[delta[l][i] * a[l - 1][j] for j in units(a[l - 1])] for i in units(a[l])])
        for l in delta
    }


def updated(W, b, a, delta, eta):
    """The weights and biases after one step of gradient descent, all of them at once."""
    grad_W = gradient(a, delta)
    layers = range(1, len(W) + 1)
    new_W = {l: W[l] - eta * grad_W[l] for l in layers}
    return new_W, {l: b[l] - eta * delta[l] for l in layers} if b else None


def units(layer):
    """The numbers of a layer's units, from 0, as in Python."""
    return range(len(layer))

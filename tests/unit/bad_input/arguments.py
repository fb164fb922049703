"""Every argument that takes an array: its name, and a call with a value for it."""

import numpy as np

from bplib import Network, complex_step_gradient, gradient_check, numerical_gradient, relative_error

from .refusal import AND, CORNERS, X, Y, x, y

ARRAYS = {
    "forward": ("x", lambda w, v: w.net.forward(v)),
    "backward": ("y", lambda w, v: w.net.backward(w.forward_pass, v)),
    "mean_error-X": ("X", lambda w, v: w.net.mean_error(v, y)),
    "mean_error-Y": ("Y", lambda w, v: w.net.mean_error(x, v)),
    "fit-X": ("X", lambda w, v: w.net.fit(v, Y)),
    "fit-Y": ("Y", lambda w, v: w.net.fit(X, v)),
    "fit-validation-X": ("validation[0]", lambda w, v: w.net.fit(X, Y, validation=(v, Y))),
    "fit-validation-Y": ("validation[1]", lambda w, v: w.net.fit(X, Y, validation=(X, v))),
    "W": ("W[1]", lambda w, v: w.net.W.__setitem__(1, v)),
    "b": ("b[2]", lambda w, v: w.net.b.__setitem__(2, v)),
    "grad_W": ("grad_W[1]", lambda w, v: w.backward_pass.grad_W.__setitem__(1, v)),
    "parameters": ("parameters", lambda w, v: setattr(w.net, "parameters", v)),
    "weights": (
        "weights[1] (layer 2)",
        lambda w, v: Network.from_parameters([np.eye(2), v]),
    ),
    "biases": (
        "biases[0] (layer 1)",
        lambda w, v: Network.from_parameters([np.eye(2)], [v]),
    ),
    "numerical_gradient-x": ("x", lambda w, v: numerical_gradient(w.net, v, y)),
    "numerical_gradient-y": ("y", lambda w, v: numerical_gradient(w.net, x, v)),
    "complex_step_gradient-x": ("x", lambda w, v: complex_step_gradient(w.net, v, y)),
    "complex_step_gradient-y": ("y", lambda w, v: complex_step_gradient(w.net, x, v)),
    "gradient_check-x": ("x", lambda w, v: gradient_check(w.net, v, y)),
    "gradient_check-y": ("y", lambda w, v: gradient_check(w.net, x, v)),
    "relative_error-a": ("a", lambda w, v: relative_error(v, [1, 2])),
    "relative_error-b": ("b", lambda w, v: relative_error([1, 2], v)),
    "Perceptron.predict": ("x", lambda w, v: w.perceptron.predict(v)),
    "Perceptron.update-x": ("x", lambda w, v: w.perceptron.update(v, 1)),
    "Perceptron.update-y": ("y", lambda w, v: w.perceptron.update(x, v)),
    "Perceptron.fit-X": ("X", lambda w, v: w.perceptron.fit(v, AND)),
    "Perceptron.fit-Y": ("Y", lambda w, v: w.perceptron.fit(CORNERS, v)),
}

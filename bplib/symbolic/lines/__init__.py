r"""Derivations to be read: a line for every step of the algebra.

Each function here gives a `Derivation` whose steps follow one another as on paper: definition,
chain rule, put in, collect, cancel. Every line is proved from the definitions by a program of its
own (`bplib.symbolic.programs`), so no line rests on the one before.
"""

from .chains import cut_anywhere, first_factors, layers_side_by_side, two_one_one
from .descent import mean_gradient, steepest_way
from .layers import bias_gradient, hidden_delta, update, weight_gradient
from .operations import one_unit
from .outputs import (
    cross_entropy_delta,
    half_squared_delta,
    linear_delta,
    sigmoid_delta,
    softmax_delta,
    softmax_slope,
)
from .slopes import sigmoid_slope, tanh_slope

__all__ = [
    "bias_gradient",
    "cross_entropy_delta",
    "cut_anywhere",
    "first_factors",
    "half_squared_delta",
    "hidden_delta",
    "layers_side_by_side",
    "linear_delta",
    "mean_gradient",
    "one_unit",
    "sigmoid_delta",
    "sigmoid_slope",
    "softmax_delta",
    "softmax_slope",
    "steepest_way",
    "tanh_slope",
    "two_one_one",
    "update",
    "weight_gradient",
]

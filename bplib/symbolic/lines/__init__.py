r"""Derivations to be read: a line for every step of the algebra.

Each function here gives a `Derivation` whose steps follow one another as on paper: definition,
chain rule, put in, collect, cancel. Every line is proved from the definitions by a program of its
own (`bplib.symbolic.programs`), so no line rests on the one before.
"""

from .chains import (
    cut_anywhere,
    first_factors,
    last_weight,
    layers_side_by_side,
    seven_factors,
    two_one_one,
)
from .composition import (
    link_sensitivities,
    matrix_form,
    pair_bound,
    two_links,
    two_paths,
)
from .descent import mean_gradient, mini_batch_update, steepest_way
from .layers import bias_gradient, hidden_delta, layer_by_layer, update, weight_gradient
from .operations import one_unit
from .outputs import (
    cross_entropy_delta,
    half_squared_delta,
    largest_delta,
    linear_delta,
    sigmoid_delta,
    softmax_delta,
    softmax_slope,
)
from .recap import (
    bias_as_weight,
    one_weight_gradient,
    one_weight_step,
    two_layers_composed,
    xor_contradiction,
)
from .slopes import sigmoid_slope, sigmoid_slope_bound, tanh_from_sigmoid, tanh_slope

__all__ = [
    "bias_as_weight",
    "bias_gradient",
    "cross_entropy_delta",
    "cut_anywhere",
    "first_factors",
    "half_squared_delta",
    "hidden_delta",
    "largest_delta",
    "last_weight",
    "layer_by_layer",
    "layers_side_by_side",
    "linear_delta",
    "link_sensitivities",
    "matrix_form",
    "mean_gradient",
    "mini_batch_update",
    "one_unit",
    "one_weight_gradient",
    "one_weight_step",
    "pair_bound",
    "seven_factors",
    "sigmoid_delta",
    "sigmoid_slope",
    "sigmoid_slope_bound",
    "softmax_delta",
    "softmax_slope",
    "steepest_way",
    "tanh_from_sigmoid",
    "tanh_slope",
    "two_layers_composed",
    "two_links",
    "two_one_one",
    "two_paths",
    "update",
    "weight_gradient",
    "xor_contradiction",
]

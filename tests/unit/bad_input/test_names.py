"""Names of activations, errors and examples."""

import numpy as np
import pytest

from bplib import Network, golden
from bplib.graph import Graph

from .refusal import assert_refused, cases

ACTIVATION_NAMES = "one of 'identity', 'sigmoid', 'tanh', 'relu', 'softmax'"
ERROR_NAMES = "one of 'half_squared', 'binary_cross_entropy', 'cross_entropy'"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sigmiod", "sigmoid"),
        ("Sigmoid", "sigmoid"),
        ("tahn", "tanh"),
        ("ReLU", "relu"),
        ("TANH", "tanh"),
        ("soft_max", "softmax"),
        ("Soft Max", "softmax"),
        ("linear", None),
        ("", None),
    ],
)
def test_an_unknown_activation_and_what_may_have_been_meant(given, meant):
    hint = f"; did you mean '{meant}'\\?$" if meant else "$"
    got = f"{given!r}{hint}"
    calls = {
        "activation": lambda w: Network([2, 3, 2], given),
        "activation[0] (layer 1)": lambda w: Network([2, 3, 2], [given, "tanh"]),
        "activation[1] (layer 2)": lambda w: Network([2, 3, 2], ["tanh", given]),
    }
    for name, call in calls.items():
        assert_refused(call, ValueError, name, ACTIVATION_NAMES, got)
    assert_refused(
        lambda w: Network.from_parameters([np.eye(2)], activation=given),
        ValueError,
        "activation",
        ACTIVATION_NAMES,
        got,
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("half-squared", "half_squared"),
        ("Half squared", "half_squared"),
        ("CrossEntropy", "cross_entropy"),
        ("crossentropy", "cross_entropy"),
        ("binary_crossentropy", "binary_cross_entropy"),
        ("mse", None),
    ],
)
def test_an_unknown_error_and_what_may_have_been_meant(given, meant):
    got = f"{given!r}" + (f"; did you mean '{meant}'\\?$" if meant else "$")
    for call in (
        lambda w: Network([2, 2], error=given),
        lambda w: Network.from_parameters([np.eye(2)], error=given),
    ):
        assert_refused(call, ValueError, "error", ERROR_NAMES, got)


NOT_NAMES = {
    "None": (None, "NoneType None"),
    "a number": (1, "int 1"),
    "a function": (np.tanh, "ufunc "),
    "bytes": (b"tanh", "bytes "),
}


@pytest.mark.parametrize(("value", "got"), cases({**NOT_NAMES, "a list": (["tanh"], "list ")}))
def test_a_name_that_is_not_a_string(value, got):
    assert_refused(lambda w: Network([2, 2], error=value), TypeError, "error", ERROR_NAMES, got)
    assert_refused(
        lambda w: Network([2, 2], activation=[value]),
        TypeError,
        "activation[0] (layer 1)",
        ACTIVATION_NAMES,
        got,
    )
    for call in (golden.load, golden.network):
        assert_refused(
            lambda w, call=call: call(value), TypeError, "name", "one of 'mazur', 'han_kamber'", got
        )


@pytest.mark.parametrize(("value", "got"), cases({**NOT_NAMES, "a set": ({"tanh"}, "set ")}))
def test_an_activation_that_is_neither_a_name_nor_a_sequence_of_names(value, got):
    assert_refused(
        lambda w: Network([2, 2], activation=value), TypeError, "activation", "a sequence", got
    )


@pytest.mark.parametrize("names", [[], ["tanh"], ["tanh"] * 3])
def test_more_or_fewer_activations_than_layers(names):
    assert_refused(
        lambda w: Network([2, 3, 2], names),
        ValueError,
        "activation",
        "one name, or 2 names for the layers 1 to 2",
        str(len(names)),
    )


@pytest.mark.parametrize("given", ["mazurr", "Mazur"])
def test_an_unknown_example(given):
    for call in (golden.load, golden.network):
        assert_refused(
            lambda w, call=call: call(given),
            ValueError,
            "name",
            "one of 'mazur', 'han_kamber'",
            rf"'{given}'; did you mean 'mazur'\?",
        )


@pytest.mark.parametrize(
    ("options", "name", "expected", "got"),
    [
        (
            {"activation": "ReLU"},
            "activation",
            "one of 'identity', 'sigmoid', 'tanh', 'relu'",
            r"'ReLU'; did you mean 'relu'\?",
        ),
        (
            {"activation": {"h": "Tanh", "o": "tanh"}},
            "activation['h']",
            "one of 'identity', 'sigmoid', 'tanh', 'relu'",
            r"'Tanh'; did you mean 'tanh'\?",
        ),
        (
            {"activation": "softmax"},
            "activation",
            "one of 'identity', 'sigmoid', 'tanh', 'relu'",
            "'softmax'$",
        ),
        (
            {"error": "half-squared"},
            "error",
            "one of 'half_squared', 'binary_cross_entropy'",
            r"'half-squared'; did you mean 'half_squared'\?",
        ),
        (
            {"error": "cross_entropy"},
            "error",
            "one of 'half_squared', 'binary_cross_entropy'",
            "'cross_entropy'; did you mean 'binary_cross_entropy'",
        ),
        (
            {"error": "binary_cross_entropy", "activation": "tanh"},
            "error",
            "the output activation 'sigmoid'",
            "'tanh' of unit 'o'",
        ),
    ],
)
def test_what_a_graph_may_not_be_made_of(options, name, expected, got):
    weights = {("h", "x"): 1, ("o", "h"): 1, ("o", "x"): 1}
    assert_refused(
        lambda w: Graph(weights, ["x"], ["o"], **options), ValueError, name, expected, got
    )

"""Typed formulas are compared up to algebra, functions of one unit with those of bplib."""

import numpy as np
import pytest
import sympy as sp

from bplib.exercises import check

a, y, z = sp.symbols("a y z", real=True)
SIGMOID = 1 / (1 + sp.exp(-z))


@pytest.mark.parametrize(
    "answer",
    ["a*(1 - a)", "a - a^2", "a-a**2", a * (1 - a), sp.Symbol("a") - sp.Symbol("a") ** 2],
)
def test_equal_up_to_algebra(answer):
    assert check.equal(answer, sp.diff(SIGMOID, z), where={a: SIGMOID}).right


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (..., "Still open"),
        (None, "Still open"),
        ("a*(a - 1)", "Right up to its sign"),
        ("2*a*(1 - a)", "Right up to a factor: it is 2 times"),
        ("a*(1 - a)/2", "it is 0.5 times"),
        ("1 - a**2", "for some numbers the two sides differ"),
        ("0", "differ"),
        ("a*(1 - b)", "b: not a letter of this formula"),
        ("a*(1 -", "No formula can be read"),
        ("", "No formula can be read"),
        ("__import__('os')", "No formula can be read"),
        ("a" * 501, "at most 500 characters"),
        ([a], "A formula is expected, got a value of type list"),
        (True, "A formula is expected, got a value of type bool"),
        (1 / sp.Integer(0), "differ"),
        (lambda a: a, "A formula is expected"),
        (sp.Eq(a, y), "A formula is expected"),
    ],
)
def test_what_is_not_equal_gets_a_sentence(answer, words):
    reply = check.equal(answer, sp.diff(SIGMOID, z), where={a: SIGMOID})
    assert not reply.right
    assert words in reply.text


def test_a_number_is_a_formula_too():
    assert check.equal(3, sp.diff(3 * a, a)).right
    assert not check.equal(2.9, sp.diff(3 * a, a)).right
    assert check.equal(0, sp.diff(y, a)).right


SLOPES = {
    "identity": lambda z: np.ones_like(z),
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0).astype(float),
}


@pytest.mark.parametrize("activation", SLOPES)
def test_slopes(activation):
    for name, function in SLOPES.items():
        assert check.slope(function, activation).right == (name == activation)
    assert "sign" in check.slope(lambda z: -SLOPES[activation](z), activation).text
    assert "2 times" in check.slope(lambda z: 2 * SLOPES[activation](z), activation).text


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ERROR_TERMS = {
    ("sigmoid", "half_squared"): lambda z, y: (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)),
    ("sigmoid", "binary_cross_entropy"): lambda z, y: sigmoid(z) - y,
    ("identity", "half_squared"): lambda z, y: z - y,
    ("softmax", "cross_entropy"): lambda z, y: np.exp(z) / np.exp(z).sum() - y,
}


@pytest.mark.parametrize("pair", ERROR_TERMS, ids=str)
def test_error_terms(pair):
    for other, function in ERROR_TERMS.items():
        assert check.error_term(function, *pair).right == (other == pair)


def test_where_to_look():
    text = check.error_term(lambda z, y: z - 2 * y, "identity", "half_squared").text
    assert text == "Not yet: look at z = 0.4, y = 1."


@pytest.mark.parametrize("function", [None, lambda z: None, lambda z: "x", lambda z: z[:1]])
def test_bad_functions_get_a_sentence(function):
    reply = check.slope(function, "tanh")
    assert not reply.right
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("name", ["softmax", "sigmiod", 3])
def test_an_unknown_activation_is_refused(name):
    with pytest.raises((TypeError, ValueError), match="activation"):
        check.slope(SLOPES["tanh"], name)


W = [np.array([[0.5, -1.0], [2.0, 1.0]]), np.array([[1.0, -0.5]])]
B = [np.array([0.1, -0.2]), np.array([0.3])]


def error(W, b):
    out = sigmoid(W[1] @ sigmoid(W[0] @ np.array([1.0, -0.5]) + b[0]) + b[1])
    return float(np.sum((out - 0.2) ** 2) / 2)


def moved(layer, i, j, step):
    other = [w.copy() for w in W]
    other[layer][i, j] += step
    return error(other, B)


DIFFERENCES = {
    "Right.": lambda l, i, j, h: (moved(l, i, j, h) - moved(l, i, j, -h)) / (2 * h),
    "one side": lambda l, i, j, h: (moved(l, i, j, h) - error(W, B)) / h,
    "the two points are 2h apart": lambda l, i, j, h: (moved(l, i, j, h) - moved(l, i, j, -h)) / h,
    "the other way round": lambda l, i, j, h: (moved(l, i, j, -h) - moved(l, i, j, h)) / (2 * h),
    "divided by 2, and not by h": lambda l, i, j, h: (moved(l, i, j, h) - moved(l, i, j, -h)) / 2,
    "The two errors are equal": lambda l, i, j, h: 0.0,
    "Not yet, for the weight": lambda l, i, j, h: 7.0,
    "shape () is expected": lambda l, i, j, h: [1.0, 2.0],
    "Nothing is written here yet": lambda l, i, j, h: (_ for _ in ()).throw(NotImplementedError),
}


@pytest.mark.parametrize("words", DIFFERENCES)
def test_central_difference(words):
    reply = check.central_difference(DIFFERENCES[words], error, W, B)
    assert words in reply.text
    assert reply.right == (words == "Right.")

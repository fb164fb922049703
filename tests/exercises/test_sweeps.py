"""Graphs, operations and differences: right ones are right, the usual slips are said."""

import numpy as np
import pytest

from bplib.exercises import check

BACK = {
    "sum": lambda u, v, back: (back, back),
    "difference": lambda u, v, back: (back, -back),
    "product": lambda u, v, back: (back * v, back * u),
    "quotient": lambda u, v, back: (back / v, -back * u / v**2),
}


@pytest.mark.parametrize("name", BACK)
def test_operations(name):
    for other, function in BACK.items():
        assert check.operation(function, name).right == (other == name)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda u, v, back: (back * u, back * v), "The two are exchanged"),
        (lambda u, v, back: (v, u), "What comes back is left out"),
        (lambda u, v, back: (back * v, 0.0), "Not yet: look at u = 1.5, v = -0.5 and back = 2"),
        (lambda u, v, back: back * v, "Two values are expected, `return two numbers`"),
        (lambda u, v, back: (back * v, None), "Is there a `return`"),
        (lambda u, v: u, "Do its arguments fit"),
    ],
)
def test_an_operation_that_is_not_right(function, words):
    reply = check.operation(function, "product")
    assert not reply.right
    assert words in reply.text


W, X, B, Y = 0.5, 2.0, -1.5, 1.0
A = np.tanh(W * X + B)
SWEEP = {"a": A - Y, "z": (A - Y) * (1 - A**2), "b": (A - Y) * (1 - A**2)}
SWEEP["w"] = SWEEP["z"] * X


def test_a_sweep():
    assert check.sweep(SWEEP, w=W, x=X, b=B, y=Y).right
    assert check.sweep({k: round(v, 4) for k, v in SWEEP.items()}, w=W, x=X, b=B, y=Y).right


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"a": Y - A}, "to a: the size is right, and the sign is not"),
        ({"z": 1 - A**2}, "z: what comes back to the quantity after it is missing"),
        ({"w": 9.0}, "What comes back to w is not right"),
        ({"b": ...}, "Still open: what comes back to b"),
        ({"b": "0,5"}, "b: a number is expected"),
        ({"b": float("nan")}, "b: a number is expected"),
    ],
)
def test_the_first_wrong_one_of_a_sweep(change, words):
    assert words in check.sweep(SWEEP | change, w=W, x=X, b=B, y=Y).text


CONNECTIONS = ["AB", "AC", "BC", "BD", "CD"]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("DCBA", "Right."),
        ("dcba", "Right."),
        ("ABCD", "A comes before B, but A feeds B"),
        ("DBCA", "B comes before C"),
        ("DCB", "Each of A, B, C, D once is expected, got 'DCB'"),
        (..., "Still open"),
        (None, "Still open"),
        (["D"], "once is expected"),
    ],
)
def test_the_order_of_a_graph(order, words):
    reply = check.backward_order(order, CONNECTIONS)
    assert words in reply.text
    assert reply.right == (words == "Right.")


DIFFERENCES = {
    "central": lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
    "complex": lambda f, x, h: np.imag(f(x + 1j * h)) / h,
}


@pytest.mark.parametrize(
    ("kind", "function", "words"),
    [
        ("central", DIFFERENCES["central"], "Right."),
        ("complex", DIFFERENCES["complex"], "Right."),
        ("central", DIFFERENCES["complex"], "That is the complex step"),
        ("complex", DIFFERENCES["central"], "That is the central difference"),
        ("central", lambda f, x, h: (f(x + h) - f(x)) / h, "difference to one side"),
        ("central", lambda f, x, h: (f(x + h) - f(x - h)) / h, "The two points are 2h apart"),
        ("complex", lambda f, x, h: np.imag(f(x + 1j * h)), "Divide by h"),
        ("complex", lambda f, x, h: np.real(f(x + 1j * h)) / h, "The imaginary part is wanted"),
        ("complex", lambda f, x, h: f(x + 1j * h) / h, "real numbers are expected"),
        ("central", lambda f, x, h: 0.0, "Not yet, at x = 0.5"),
    ],
)
def test_differences(kind, function, words):
    reply = check.difference(function, kind)
    assert words in reply.text
    assert reply.right == (words == "Right.")


def apart(first, second):
    sizes = np.linalg.norm(first) + np.linalg.norm(second)
    return np.linalg.norm(first - second) / sizes if sizes else 0.0


def test_relative_difference():
    assert check.relative_difference(apart).right
    norm = np.linalg.norm
    text = check.relative_difference(lambda a, b: norm(a - b) / (norm(a) + norm(b))).text
    assert "Both arrays are 0 here" in text
    assert "Not yet, for" in check.relative_difference(lambda a, b: norm(a - b)).text


def unit_delta(z, weights, deltas):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a) * np.dot(weights, deltas)


def test_one_unit_of_a_graph():
    assert check.unit_delta(unit_delta).right
    left_out = check.unit_delta(lambda z, weights, deltas: np.dot(weights, deltas))
    assert left_out.slip == "hidden-slope-left-out"
    one_path = check.unit_delta(lambda z, w, d: unit_delta(z, w[:1], d[:1]))
    assert one_path.slip == "hidden-one-path"


@pytest.mark.parametrize(
    ("value", "slip"),
    [
        (unit_delta(1.0, [-2.0, 1.5], [0.05, 0.12]), None),
        (unit_delta(1.0, [-2.0], [0.05]), "hidden-one-path"),
        (0.08, "hidden-slope-left-out"),
        (5.0, None),
        (..., None),
    ],
)
def test_one_unit_by_hand(value, slip):
    reply = check.unit_delta(lambda *_: value, 1.0, [-2.0, 1.5], [0.05, 0.12])
    assert reply.slip == slip
    assert reply.right == (value is not ... and abs(value - 0.01573) < 1e-4)

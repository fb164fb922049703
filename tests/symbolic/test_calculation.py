"""A calculation with numbers: exact values are bplib's, rounded ones are these, rounded."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np
import pytest
from sympy import Rational, Symbol

from bplib import Network
from bplib.symbolic import Calculation
from bplib.symbolic.arithmetic import Numeral, exact, rounded, stages, written
from bplib.symbolic.notation import E, Partial, a, b, delta, w, z
from bplib.symbolic.printing import house_latex

EXAMPLES = {
    "2-1-1": {
        "weights": [[[0.4, -0.6]], [[0.7]]],
        "biases": [[0.1], [-0.2]],
        "x": [1, 0.5],
        "y": [1],
        "eta": 0.5,
    },
    "1-1-1-1": {
        "weights": [[[1.5]], [[-2]], [[1]]],
        "biases": [[0], [1], [0.5]],
        "x": [1],
        "y": [0],
        "eta": 0.5,
    },
    "2-2-2": {
        "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
        "biases": [[0.35, 0.35], [0.6, 0.6]],
        "x": [0.05, 0.1],
        "y": [0.01, 0.99],
        "eta": 0.5,
        "train_biases": False,
    },
    "2-3-2": {
        "weights": [[[0.5, -0.4], [1, 0.6], [-0.5, 0.8]], [[1, -0.5, 0.5], [0.5, 1, -1]]],
        "biases": [[0, 0, 0], [0, 0]],
        "x": [1, 0.5],
        "y": [1, 0],
        "eta": 1,
    },
    "tanh, linear": {
        "weights": [[[0.5, -0.5], [1, 0]], [[2, 1], [-1, 0.5]]],
        "biases": None,
        "x": [1, 0.6],
        "y": [1, 0],
        "eta": 0.1,
        "activation": ["tanh", "identity"],
    },
    "softmax": {
        "weights": [[[0.5, -0.5], [1, 0.3]], [[2, 1], [-1, 0.5], [0.2, 0.3]]],
        "biases": [[0.1, 0], [0, 0.2, -0.1]],
        "x": [1, 0.6],
        "y": [0, 1, 0],
        "eta": 0.1,
        "activation": ["relu", "softmax"],
        "error": "cross_entropy",
    },
    "cross-entropy": {
        "weights": [[[0.5, -0.5]], [[2]]],
        "biases": [[0.1], [0]],
        "x": [1, 0.6],
        "y": [1],
        "eta": 0.1,
        "error": "binary_cross_entropy",
    },
}


@pytest.fixture(params=EXAMPLES)
def given(request):
    return EXAMPLES[request.param]


def network(given):
    options = {k: given[k] for k in ("activation", "error", "train_biases") if k in given}
    return Network.from_parameters(given["weights"], given["biases"], **options)


@pytest.mark.parametrize("updates", [1, 2])
def test_every_value_is_that_of_bplib(given, updates):
    calculation, net = Calculation(**given, updates=updates), network(given)
    for values in calculation.values:
        fp = net.forward(given["x"])
        bp = net.backward(fp, given["y"])
        expected = {E: bp.error}
        for l in range(1, net.L + 1):
            for i in range(net.sizes[l]):
                expected[z(l, i + 1)], expected[a(l, i + 1)] = fp.z[l][i], fp.a[l][i]
                expected[delta(l, i + 1)] = bp.delta[l][i]
                for j in range(net.sizes[l - 1]):
                    expected[Partial(E, w(l, i + 1, j + 1))] = bp.grad_W[l][i, j]
                if Partial(E, b(l, i + 1)) in values:
                    expected[Partial(E, b(l, i + 1))] = bp.grad_b[l][i]
        net.update(bp, given["eta"])
        for l in range(1, net.L + 1):
            for i in range(net.sizes[l]):
                for j in range(net.sizes[l - 1]):
                    expected["new", w(l, i + 1, j + 1)] = net.W[l][i, j]
                if given["biases"] is not None and given.get("train_biases", True):
                    expected["new", b(l, i + 1)] = net.b[l][i]
        assert {k for k in values if k not in calculation.given} == set(expected)
        for symbol, value in expected.items():
            assert abs(float(values[symbol]) - value) < 1e-12, symbol


@pytest.mark.parametrize("digits", [3, 4, 6])
def test_every_numeral_is_rounded_from_an_exact_value(given, digits):
    """Each stage, worked out exactly, is the result of its line; each numeral is rounded."""
    for line in (
        line
        for lines in Calculation(**given, digits=digits).rounds
        for part in lines.values()
        for line in part
    ):
        for stage in line.stages:
            assert abs(exact(stage) - line.value) < Rational(1, 10**30)
            for numeral in stage.atoms(Numeral):
                shown, true = Decimal(numeral.text()), Decimal(str(numeral.value.evalf(40)))
                assert shown == Context(digits, ROUND_HALF_EVEN).create_decimal(true)


def test_what_is_written_out():
    lines = Calculation(**EXAMPLES["2-1-1"]).rounds[0]
    assert [list(map(house_latex, line.stages)) for line in lines["Forward"][:2]] == [
        [
            r"0.4 \cdot 1 - 0.6 \cdot 0.5 + 0.1",
            "0.4 - 0.3 + 0.1",
            "0.2",
        ],
        [r"\frac{1}{1 + e^{-0.2}}", r"\frac{1}{1 + 0.8187}", r"\frac{1}{1.819}", "0.5498"],
    ]
    assert [house_latex(stage) for stage in lines["Update"][0].stages] == [
        r"0.4 - 0.5 \cdot \left(-0.01949\right)",
        r"0.4 - \left(-0.009747\right)",
        "0.4097",
    ]


def test_a_sum_with_a_negative_number():
    p, q = Symbol("p"), Symbol("q")
    tree = written(p + q, {p: Numeral(2, 3), q: Numeral(-3, 3)})
    assert [house_latex(stage) for stage in stages(tree, 3)] == ["2 - 3", "-1"]


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Rational(1, 3), 3, "0.333"),
        (Rational(2, 3), 3, "0.667"),
        (Rational(1, 8), 2, "0.12"),
        (Rational(1999, 1000), 2, "2.0"),
        (Rational(3, 2), 4, "1.5"),
        (Rational(10001, 10000), 4, "1.000"),
        (0, 4, "0"),
        (-12345678, 3, "-12300000"),
        (Rational(1, 10**7), 3, "0.0000001"),
    ],
)
def test_rounded(value, digits, text):
    assert rounded(value, digits) == text


def test_the_page_shows_every_line_in_order(given):
    calculation = Calculation(**given, updates=2)
    html = calculation._repr_html_()
    steps = re.findall(r'data-derivation="([\w-]+)"', html)
    assert steps == [
        f"{calculation.name}-{update}-{part}"
        for update in (1, 2)
        for part in ("input", "forward", "error", "backward", "gradients", "update")
    ]
    for lines in calculation.rounds:
        for part in lines.values():
            for line in part:
                assert house_latex(line.stages[-1]) in html
    addresses = re.findall(r'<li [^>]*id="([^"]+)"', html)
    assert len(addresses) == len(set(addresses)) > 20


def test_the_program_prints_the_same_numbers(given):
    printed = Calculation(**given).program.printed
    net = network(given)
    fp = net.forward(given["x"])
    numbers = [float(t) for t in re.findall(r"z\[1\] = ([-\d. ]+?)  a", printed)[0].split()]
    assert np.abs(numbers - fp.z[1]).max() < 1e-8
    assert len(printed.splitlines()) == 1 + 4 * net.L


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"weights": []}, ValueError, "weights: expected at least one matrix, got none"),
        ({"weights": [[[1, 2], [3]], [[1, 2]]]}, ValueError, "weights.0.: expected 2 columns"),
        ({"weights": [[], [[1]]]}, ValueError, "weights.0.: expected at least one row"),
        ({"weights": [[["a"]], [[1]]]}, TypeError, "weights.0..0..0.: expected a real number"),
        ({"biases": [[0.1]]}, ValueError, "biases: expected 2 vectors, one a layer, got 1"),
        ({"biases": [[0.1, 1], [0]]}, ValueError, "biases.0.: expected 1 numbers, got 2"),
        ({"x": [1]}, ValueError, "x: expected 2 numbers, got 1"),
        ({"y": [1, 2]}, ValueError, "y: expected 1 numbers, got 2"),
        ({"y": 1}, TypeError, "y: expected a sequence"),
        ({"eta": "1"}, TypeError, "eta: expected a real number, got str '1'"),
        ({"eta": float("nan")}, ValueError, "eta: expected a finite number"),
        ({"updates": 0}, ValueError, "updates: expected a whole number of at least 1, got 0"),
        ({"digits": 1}, ValueError, "digits: expected a whole number of at least 2, got 1"),
        ({"train_biases": 1}, TypeError, "train_biases"),
        ({"activation": "Sigmoid"}, ValueError, "activation"),
    ],
)
def test_bad_input(change, error, message):
    with pytest.raises(error, match=message):
        Calculation(**EXAMPLES["2-1-1"] | change)


def test_targets_of_a_softmax_sum_to_one():
    with pytest.raises(ValueError, match="y: expected targets that sum to 1, got 2"):
        Calculation(**EXAMPLES["softmax"] | {"y": [1, 1, 0]})

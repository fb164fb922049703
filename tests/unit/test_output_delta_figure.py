"""What δ means, from Python."""

import numpy as np
import pytest

from bplib.codegen.javascript import JavaScript
from bplib.figures import WhatDeltaMeans, arithmetic
from bplib.figures.output_delta import figure as module
from bplib.symbolic import derive
from bplib.symbolic.notation import z


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"activation": "tanh", "error": "binary_cross_entropy"}, "error: 'binary_cross_entropy'"),
        ({"y": 1.5}, "y: expected a target that sigmoid can come near, from 0 to 1, got 1.5"),
        ({"y": -2, "activation": "tanh"}, "y: expected a target that tanh can come near"),
        ({"updates": 10_001}, "updates: expected a whole number from 0 to 10000, got 10001"),
        ({"eta": -0.1}, "eta: expected a number from 0 to 2, got -0.1"),
    ],
)
def test_bad_values_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        WhatDeltaMeans(**values)
    figure = WhatDeltaMeans()
    before = figure.values()
    with pytest.raises(ValueError, match=message):
        figure.set(**values)
    assert figure.values() == before


def test_it_describes_the_confident_mistake():
    text = WhatDeltaMeans(z=-8, y=1).description()
    assert "its output is 0.0003354" in text
    assert "error term δ = -0.000335: an update raises z" in text
    text = WhatDeltaMeans(z=-8, y=1, error="binary_cross_entropy", updates=1).description()
    assert "sigmoid with cross-entropy, and" in text
    assert "At the weighted input -7.5 after 1 update" in text
    assert "changes nothing" in WhatDeltaMeans(z=0, y=0.5).description()


def test_the_still_picture_has_both_curves():
    body = WhatDeltaMeans(z=40, y=0).still().body
    for label in ("output a", "error E", "weighted input z"):
        assert label in body


def test_squares_below_a_fraction_line_are_bracketed():
    symbol = z(1, 1)
    assert JavaScript().formula(2 / symbol**2) == "2.0/((z1_1*z1_1))"
    assert JavaScript().formula(symbol**2 / 3) == "(1/3)*z1_1*z1_1"


def test_logarithms_of_sums_do_not_overflow():
    from sympy import exp, log

    assert JavaScript().formula(log(1 + exp(z(1, 1)))) == (
        "(Math.max(0.0, z1_1) + Math.log1p(Math.exp(-Math.abs(-z1_1))))"
    )


def test_an_expression_becomes_a_function():
    derivation = derive([1, 1], "sigmoid")
    expression = -derivation["delta^1_1"].rhs
    text = arithmetic.rules(derivation, {"minus": (expression, ["a^1_1", "y_1"])})
    assert text == "{\nminus: (a1_1, y_1) => -a1_1*(1.0 - a1_1)*(a1_1 - y_1),\n}"


@pytest.mark.parametrize(("z_now", "target"), [(1.5, 0.2), (-2.0, 1.0)])
def test_the_still_picture_has_a_tangent_at_either_point(monkeypatch, z_now, target):
    drawn = []
    monkeypatch.setattr(module, "picture", lambda figure, description: drawn.append(figure))
    shown = WhatDeltaMeans(z=z_now, y=target)
    shown.still()
    a = 1 / (1 + np.exp(-z_now))
    slopes = a * (1 - a), (a - target) * a * (1 - a)
    for ax, slope in zip(drawn[0].axes, slopes, strict=True):
        *_, tangent, point = (line.get_xydata() for line in ax.lines)
        (start, low), (end, high) = tangent
        assert start < z_now - 1
        assert end > z_now + 1
        assert (high - low) / (end - start) == pytest.approx(slope)
        np.testing.assert_allclose(point, [tangent.mean(axis=0)])
        assert point[0, 0] == z_now

"""Lines with numbers are bplib's numbers, and say what they are made of."""

import pytest

from bplib import Network
from bplib.symbolic import Calculation
from bplib.symbolic.lines.numbers import excerpt, seven_factors_with_numbers
from bplib.symbolic.page.calculation import lines_html

WEIGHTS, BIASES = [1.5, -2.0, 1.0], [0.0, 1.0, 0.5]
MAZUR = {
    "weights": [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
    "biases": [[0.35, 0.35], [0.60, 0.60]],
}


@pytest.fixture(scope="module")
def calculation():
    return Calculation(**MAZUR, x=[0.05, 0.10], y=[0.01, 0.99], eta=0.5)


@pytest.mark.parametrize(("x", "y"), [(1.0, 0.0), (-0.5, 1.0), (0.3, 0.25)])
def test_the_seven_factors_are_those_of_the_network(x, y):
    worked = seven_factors_with_numbers(WEIGHTS, BIASES, x, y)
    net = Network.from_parameters([[[w]] for w in WEIGHTS], [[b] for b in BIASES])
    fp = net.forward([x])
    a = [fp.a[l].item() for l in range(4)]
    expected = {
        "dE/da^3": a[3] - y,
        "da^3/dz^3": a[3] * (1 - a[3]),
        "dz^3/da^2": WEIGHTS[2],
        "da^2/dz^2": a[2] * (1 - a[2]),
        "dz^2/da^1": WEIGHTS[1],
        "da^1/dz^1": a[1] * (1 - a[1]),
        "dz^1/dw^1": x,
        "dE/dw^1": net.backward(fp, [y]).grad_W[1].item(),
    }
    for l in (1, 2, 3):
        expected |= {f"z^{l}": fp.z[l].item(), f"a^{l}": a[l]}
    assert len(worked.lines) == len(expected)
    for name, value in expected.items():
        assert abs(float(worked[name]) - value) < 1e-12, name


def test_the_program_beside_them_prints_the_product():
    worked = seven_factors_with_numbers(WEIGHTS, BIASES, 1.0, 0.0)
    name, value = worked.program.printed.split(" = ")
    assert abs(float(value) - float(worked[name])) < 1e-9
    assert repr(worked) == "The seven factors with numbers: dE/dw^1 = -0.009928"


@pytest.mark.parametrize("count", [2, 4])
def test_another_number_of_weights_is_refused(count):
    with pytest.raises(ValueError, match=f"weights: expected 3 numbers, got {count}"):
        seven_factors_with_numbers([1.0] * count, [0.0] * count, 1.0, 0.0)


def test_an_excerpt_has_the_lines_that_are_asked_for_in_this_order(calculation):
    names = ["delta^2_1", "z^2_1", "dE/dw^2_12"]
    part = excerpt(calculation, "A part", "part", *names)
    html = lines_html(part)
    places = [html.index(f'data-step="{name}"') for name in names]
    assert places == sorted(places)
    assert html.count("<li ") == 3
    assert 'data-derivation="part"' in html
    assert 'id="part-3"' in html
    net = Network.from_parameters(**MAZUR)
    bp = net.backward(net.forward([0.05, 0.10]), [0.01, 0.99])
    assert abs(float(part["delta^2_1"]) - bp.delta[2][0]) < 1e-12
    assert abs(float(part["dE/dw^2_12"]) - bp.grad_W[2][0, 1]) < 1e-12


def test_a_parameter_is_found_where_it_is_updated(calculation):
    part = excerpt(calculation, "A part", "part", "w^2_11")
    assert 0.35 < float(part["w^2_11"]) < 0.4


def test_a_line_that_is_not_there_is_named(calculation):
    with pytest.raises(ValueError, match=r"names: expected some of z\^1_1, .* got 'z\^3_1'"):
        excerpt(calculation, "A part", "part", "z^3_1")
    with pytest.raises(KeyError, match="z"):
        excerpt(calculation, "A part", "part", "z^1_1")["z"]

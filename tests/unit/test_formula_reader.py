"""The reader of formulas: what it reads, what it evaluates, and what it refuses."""

import numpy as np
import pytest

from bplib import Network
from bplib.formulas import settings, worlds
from bplib.formulas.meaning import Place, value, verify
from bplib.formulas.mutants import mutants
from bplib.formulas.notations import COMP90049, SCS3201, UVA
from bplib.formulas.reader import read, read_expression
from bplib.formulas.rounding import gap
from bplib.formulas.tree import FormulaError, Meaningless, Unreadable, Untrue


def _holds(latex, about):
    try:
        return verify(latex, about) > 0
    except FormulaError:
        return False


RULE = r"\delta^{l}_{j} = g'(z^{l}_{j}) \sum_{i} w^{l+1}_{ij}\, \delta^{l+1}_{i}"
MATRIX_RULE = r"\delta^{l} = \left( (W^{l+1})^{\top} \delta^{l+1} \right) \odot g'(z^{l})"


def test_delta_by_its_definition_is_that_of_bplib():
    activations = [settings.TANH, settings.SIGMOID, settings.TANH]
    world = worlds.Network("3-2-4-2", (3, 2, 4, 2), activations, settings.half_squared, seed=1)
    net = Network.from_parameters(
        [world.state[f"W{l}"] for l in (1, 2, 3)],
        [world.state[f"b{l}"].ravel() for l in (1, 2, 3)],
        activation=["tanh", "sigmoid", "tanh"],
    )
    bp = net.backward(net.forward(world.state["a0"].ravel()), world.state["y"].ravel())
    (claim,) = read(r"\delta^{l} = \frac{\partial E}{\partial z^{l}}")
    for l in (1, 2, 3):
        for side in claim.sides:
            delta = value(side, Place(world, {"l": l})).ravel()
            np.testing.assert_allclose(delta, np.ravel(bp.delta[l]), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    "true",
    [
        RULE,
        MATRIX_RULE,
        r"z^{l}_{i} = \sum_{j} w^{l}_{ij}\, a^{l-1}_{j} + b^{l}_{i}, \qquad a^{l}_i = g(z^{l}_{i})",
        r"\begin{aligned} \delta^{l}_{j} &= \frac{\partial E}{\partial z^{l}_{j}} \\"
        r" &= \sum_i \frac{\partial E}{\partial z^{l+1}_{i}} \frac{\partial z^{l+1}_{i}}"
        r"{\partial a^{l}_{j}}\, g'(z^{l}_{j}) \end{aligned}",
        r"\frac{\partial z^{l}}{\partial a^{l-1}} = W^{l}",
        r"(\delta^{l})^{\top} = (\delta^{l+1})^{\top} \frac{\partial z^{l+1}}{\partial z^{l}}",
    ],
)
def test_what_is_true_of_every_network_is_found_true(true):
    assert verify(true, settings.ANY_ERROR) >= 10


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (RULE.replace("g'(z^{l}_{j})", "g(z^{l}_{j})"), Untrue),
        (RULE.replace(r"g'(z^{l}_{j})", ""), Untrue),
        (RULE.replace("_{ij}", "_{ji}"), Untrue),
        (RULE.replace("= ", "= -"), Untrue),
        (RULE.replace("w^{l+1}", "w^{l}"), Untrue),
        (MATRIX_RULE.replace(r"^{\top}", ""), Untrue),
        (RULE.replace("w^{l+1}", r"w^{l+9}"), Meaningless),
        (MATRIX_RULE.replace(r"\odot", ""), Meaningless),
        (r"\delta^{L}_{i} = a^{L}_{i} - t_{i}", Meaningless),
        (r"\delta^{l}_{i} = z_{i}", Meaningless),
    ],
)
def test_what_is_wrong_is_found_wrong(wrong, error):
    with pytest.raises(error):
        verify(wrong, settings.ANY_ERROR)


def test_a_bound_has_to_hold_and_to_be_reached():
    for bound in (r"g'(z) \le \frac{1}{4}", r"\frac{1}{4} \ge g'(z)", r"g'(z) \leq \tfrac14"):
        assert verify(bound, settings.SLOPE_OF_SIGMOID)
    for wrong in (r"g'(z) \le \frac{1}{5}", r"g'(z) \le \frac{1}{3}", r"g'(z) \ge \frac{1}{4}"):
        with pytest.raises(Untrue):
            verify(wrong, settings.SLOPE_OF_SIGMOID)


def test_only_the_setting_decides_whether_two_quantities_are_the_same():
    assert _holds("a^{L}_{i} = z^{L}_{i}", settings.TANH_THEN_LINEAR)
    assert not _holds("a^{L}_{i} = z^{L}_{i}", settings.ANY_ERROR)


@pytest.mark.parametrize("condition", ["= 2", r"= 1 + y_{i}"])
def test_a_condition_has_to_part_what_is_true_from_what_is_not(condition):
    rule = r"\delta^{L}_{i} = a^{L}_{i} - y_{i} \qquad \text{if } \sum_{k} y_{k} "
    assert verify(f"{rule} = 1", settings.SOFTMAX_CROSS_ENTROPY)
    with pytest.raises((Untrue, Meaningless)):
        verify(rule + condition, settings.SOFTMAX_CROSS_ENTROPY)
    with pytest.raises(Untrue, match="what it is for"):
        verify(f"{rule} = 1", settings.SOFTMAX_TARGETS_ONE)


@pytest.mark.parametrize(
    ("latex", "why"),
    [
        ("E", "needs a = sign"),
        (r"E \sim 0", "not expected"),
        (r"E = \frac{1}{2", "ends too early"),
        (r"E = a / b c", "in two ways"),
        (r"E = \ln a b", "where does the argument"),
        (r"E = 0 \qquad \text{when } y = 1", "known are if"),
        (r"E = w^12", "without braces"),
        (r"E = g'", "a prime belongs to a function"),
        (r"\begin{array} E = 0 \end{array}", "not expected"),
        (r"E = \frac{\partial E + 1}{\partial w}", "in a derivative"),
    ],
)
def test_what_cannot_be_read_or_in_two_ways_is_refused(latex, why):
    with pytest.raises(Unreadable, match=why):
        read(latex)


# What is new beside an equation with one sign


@pytest.mark.parametrize(
    ("latex", "about"),
    [
        (r"W^{l} \leftarrow W^{l} - \eta\, \partial E / \partial W^{l}", settings.ANY_OUTPUT),
        (r"\Delta b^{l}_{i} = -\eta\, \delta^{l}_{i}", settings.ANY_OUTPUT),
        (r"w_{j} \leftarrow w_{j} + \eta\,(y - \hat{y})\,x_{j}", settings.PERCEPTRON),
        (r"w \leftarrow w - \eta \frac{\partial E}{\partial w}", settings.ONE_WEIGHT),
        (r"w_{ij} \leftarrow w_{ij} - \eta \delta_{i} a_{j}", settings.NAMED_UNITS),
    ],
)
def test_an_update_is_what_bplib_does(latex, about):
    assert verify(latex, about)
    for mutant in mutants(latex):
        if "sign" in mutant.what:
            with pytest.raises(Untrue):
                verify(mutant.latex, about)


def test_an_update_of_nothing_is_refused():
    with pytest.raises(Meaningless):
        verify(r"z \leftarrow z - 1", settings.SLOPE_OF_TANH)


def test_cases_are_decided():
    step = (
        r"\hat{y} = \begin{cases} 1 & \text{if } \sum_{j} w_{j} x_{j} + b > 0 \\"
        r" 0 & \text{otherwise} \end{cases}"
    )
    assert verify(step, settings.PERCEPTRON)
    for old, new in (("> 0", "< 0"), ("+ b", "- b"), ("0 & ", "2 & ")):
        with pytest.raises(Untrue):
            verify(step.replace(old, new), settings.PERCEPTRON)


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\frac{1}{12} \approx 0.083", r"\frac{1}{12} \approx 0.084"),
        (r"\ln 10 \approx 2.30", r"\ln 10 \approx 2.31"),
        ("2 < 3", "3 < 2"),
        ("3 > 2", "2 > 2"),
        (r"2 \neq 3", r"2 \neq 2"),
        (r"|-3| = 3", r"|-3| = -3"),
        (r"\max(2, 3) = 3", r"\max(2, 3) = 2"),
        (r"\sqrt{4} = 2", r"\sqrt{4} = 3"),
        (r"\underbrace{2 \cdot 3}_{6} = 6", r"\underbrace{2 \cdot 3}_{5} = 6"),
        (
            r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \begin{pmatrix} 1 \\ 0 \end{pmatrix}"
            r" = \begin{pmatrix} 1 \\ 3 \end{pmatrix}",
            r"\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix} \begin{pmatrix} 1 \\ 0 \end{pmatrix}"
            r" = \begin{pmatrix} 1 \\ 3 \end{pmatrix}",
        ),
    ],
)
def test_relations_and_brackets(true, wrong):
    assert verify(true, settings.NUMBERS)
    with pytest.raises(Untrue):
        verify(wrong, settings.NUMBERS)


def test_an_approximation_has_to_become_better():
    central = r"E_{1} \approx \frac{E(w + h) - E(w - h)}{2h}"
    assert verify(central, settings.SMALL_STEP)
    with pytest.raises(Untrue):
        verify(central.replace("- E(", "+ E("), settings.SMALL_STEP)


def test_two_ways_to_write_a_derivative_are_one():
    slanted = read_expression(r"\partial E / \partial w^{l}_{ij}")
    assert slanted == read_expression(r"\frac{\partial E}{\partial w^{l}_{ij}}")


def test_colours_and_phantoms_change_nothing():
    plain = r"\delta^{l}_{i} = g'(z^{l}_{i}) \sum_{k} w^{l+1}_{ki} \delta^{l+1}_{k}"
    coloured = plain.replace(r"\delta^{l+1}_{k}", r"\class{mjx-bp-back}{\delta^{l+1}_{k}}")
    coloured = coloured.replace(r"\delta^{l}_{i} ", r"\phantom{\class{mjx-back}{\delta^{l}_{i}}} ")
    assert verify(coloured, settings.ANY_ERROR) == verify(plain, settings.ANY_ERROR)
    with pytest.raises(Untrue):
        verify(coloured.replace("{ki}", "{ik}"), settings.ANY_ERROR)


# Other notations

UPDATES = {
    COMP90049: r"\theta^{l}_{ij} \leftarrow \theta^{l}_{ij} + \eta\, \delta^{l+1}_{i}\, a^{l}_{j}",
    SCS3201: r"w^{k}_{i,j} \leftarrow w^{k}_{i,j} - \alpha\, \delta^{k}_{i}\, a^{k-1}_{j}",
    UVA: r"w^{(l)}_{ji} \leftarrow w^{(l)}_{ji} - \eta\, \delta^{(l)}_{j}\, z^{(l-1)}_{i}",
}


@pytest.mark.parametrize(
    ("notation", "update"), UPDATES.items(), ids=lambda one: getattr(one, "name", "")
)
def test_an_update_in_another_notation(notation, update):
    assert verify(update, settings.ANY_OUTPUT, notation)
    tried = 0
    for mutant in mutants(update, *notation.spelling({"g"}, settings.ANY_OUTPUT)):
        with pytest.raises((Untrue, Meaningless)):
            verify(mutant.latex, settings.ANY_OUTPUT, notation)
        tried += 1
    assert tried > 10


def test_a_letter_has_the_meaning_of_its_notation():
    uva = UVA.where(j="l", i="l-1")
    assert verify(r"a_{j} = \sum_{i} w_{ji} z_{i}", settings.WITHOUT_BIASES, uva)
    with pytest.raises(Untrue):
        verify(r"z_{j} = \sum_{i} w_{ji} z_{i}", settings.WITHOUT_BIASES, uva)
    assert verify("z^{K} = w_{K} a^{K-1}", settings.CHAINS_WITHOUT_BIASES, SCS3201.chain())


# Rounded numbers


@pytest.mark.parametrize(
    ("left", "right", "agrees"),
    [
        (r"0.5744 - 0.3929 + 0.2375", "0.4190", True),
        (r"0.5744 - 0.3929 + 0.2375", "0.4193", False),
        (r"\frac{1}{1 + e^{-0.4190}}", r"\frac{1}{1.658}", True),
        (r"\frac{1}{1 + e^{0.4190}}", r"\frac{1}{1.658}", False),
        ("0.5 + 0.1", "0.7", False),  # these are not rounded
        (r"-1.5 \cdot \left(-0.1481\right) \cdot 0.8176 \cdot 0.1824", "0.03313", True),
        (r"-1.5 \cdot 0.1481 \cdot 0.8176 \cdot 0.1824", "0.03313", False),
    ],
)
def test_rounded_numbers_agree_to_what_is_shown(left, right, agrees):
    assert (gap(left, right, digits=4) <= 1) == agrees

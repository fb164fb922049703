"""The tape: every rule is a derivative, and what comes back at a number adds up."""

import math
from inspect import getsource
from random import Random

import pytest
import sympy as sp

from bplib import tape
from bplib.tape import Number, adjoints

u, v = sp.symbols("u v")
SIGMOID = 1 / (1 + sp.exp(-u))
RULES = {
    "add": u + v,
    "subtract": u - v,
    "multiply": u * v,
    "divide": u / v,
    "exp": sp.exp(u),
    "ln": sp.log(u),
    "sigmoid": SIGMOID,
    "tanh": sp.tanh(u),
    "relu": sp.Max(u, 0),
    "half_square": u**2 / 2,
}


def on_a_tape(*values):
    record = []
    return [Number(record, value) for value in values]


def names_of_rules():
    return {name for name, one in vars(tape).items() if "rule.<locals>" in repr(one)}


def test_every_rule_is_tried_below():
    assert names_of_rules() == RULES.keys()


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("values", [(0.7, -1.3), (2.5, 0.4), (1e-3, 12.0), (-2.0, 3.0)])
def test_a_rule_has_the_value_and_the_slopes_of_its_function(name, values):
    if name == "ln" and values[0] < 0:
        values = (-values[0], values[1])
    letters = [letter for letter in (u, v) if letter in RULES[name].free_symbols]
    operands = on_a_tape(*values[: len(letters)])
    result = getattr(tape, name)(*operands)
    back = adjoints(result)
    at = dict(zip(letters, values, strict=False))
    assert result.value == pytest.approx(float(RULES[name].subs(at)), rel=1e-14)
    for letter, operand in zip(letters, operands, strict=True):
        expected = float(sp.diff(RULES[name], letter).subs(at))
        assert back[operand] == pytest.approx(expected, rel=1e-13)


# The same on the tape and in SymPy.
STEPS = [
    (lambda p, q: p + q, lambda p, q: p + q),
    (lambda p, q: p * q, lambda p, q: p * q),
    (lambda p, q: p - q, lambda p, q: p - q),
    (lambda p, q: tape.tanh(p), lambda p, q: sp.tanh(p)),
    (lambda p, q: 2 * tape.sigmoid(p), lambda p, q: 2 * SIGMOID.subs(u, p)),
]


def random_computation(random, symbols):
    """Pairs (number, formula); most numbers are used more than once."""
    record = []
    pairs = [(Number(record, value), symbol) for symbol, value in symbols.items()]
    for _ in range(14):
        (p, p_formula), (q, q_formula) = random.choice(pairs), random.choice(pairs)
        number, formula = random.choice(STEPS)
        pairs.append((number(p, q), formula(p_formula, q_formula)))
    return pairs


@pytest.mark.parametrize("seed", range(20))
def test_any_computation_has_the_derivatives_that_sympy_takes(seed):
    random = Random(seed)
    symbols = {letter: random.uniform(-1, 1) for letter in sp.symbols("x y w")}
    pairs = random_computation(random, symbols)
    numbers, (result, formula) = pairs[:3], pairs[-1]
    back = adjoints(result)
    assert result.value == pytest.approx(float(formula.evalf(30, subs=symbols)), abs=1e-12)
    for number, letter in numbers:
        expected = float(sp.diff(formula, letter).evalf(30, subs=symbols))
        assert back[number] == pytest.approx(expected, rel=1e-11, abs=1e-12)


def test_at_its_kink_relu_has_the_slope_that_bplib_takes():
    (kink,) = on_a_tape(0.0)
    assert adjoints(tape.relu(kink))[kink] == 0


def test_a_number_that_is_used_twice_adds_up_what_comes_back():
    (one,) = on_a_tape(3.0)
    assert adjoints(one * one)[one] == 6
    assert adjoints(one + one)[one] == 2
    assert adjoints(one - one)[one] == 0


def test_what_comes_after_the_result_or_does_not_feed_it_gets_zero():
    one, other = on_a_tape(3.0, 4.0)
    result = one * one
    later = result * other
    back = adjoints(result)
    assert (back[result], back[other], back[later]) == (1, 0, 0)
    assert set(back) == set(one.tape)


def test_numbers_of_python_go_onto_the_tape():
    (one,) = on_a_tape(3.0)
    result = sum([2 * one, one / 4], start=1 + one)
    assert result.value == 1 + 3 + 6 + 0.75
    assert adjoints(result)[one] == 3.25


def test_the_tape_is_in_the_order_of_the_computation():
    one, other = on_a_tape(3.0, 4.0)
    result = tape.tanh(one * other) + one
    assert [number.sign for number in one.tape] == ["", "", "×", "tanh", "+"]
    seen = set()
    for number in result.tape:
        assert {operand for operand, _ in number.links} <= seen
        seen.add(number)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda one: Number([], "0.5"), TypeError, r"^value: expected a real number, got str"),
        (lambda one: Number([], math.nan), ValueError, r"^value: expected .*finite"),
        (lambda one: one + "2", TypeError, r"^value: expected a real number, got str"),
        (lambda one: one + Number([], 1.0), ValueError, r"^operands: expected 1 tape, got 2"),
        (lambda one: tape.exp(0.5), ValueError, r"^operands: expected 1 tape, got 0"),
        (lambda one: one / 0, ZeroDivisionError, "division by zero"),
        (lambda one: tape.ln(one - 1), ValueError, "math domain"),
        (lambda one: tape.add(one), TypeError, "missing 1 required"),
    ],
)
def test_what_makes_no_sense_is_refused(call, error, message):
    (one,) = on_a_tape(1.0)
    with pytest.raises(error, match=message):
        call(one)


def test_a_reader_can_hold_it_in_the_head():
    lines = getsource(tape).splitlines()
    assert len(lines) < 60
    assert max(map(len, lines)) <= 79  # the lesson shows it in its column

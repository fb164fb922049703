"""The chain rule: from what "differentiable" means, and refused when a part is left out."""

import pytest
from sympy import Integer, Sum, cos, diff, exp, sin, symbols

from bplib.symbolic import chain_rule, general_rules, prove_equal
from bplib.symbolic.chain_rule import (
    D,
    argument_change,
    argument_remainder,
    by_argument,
    change,
    d,
    derivative,
    h,
    instance,
    limit_of,
    of_argument,
    remainder,
)
from bplib.symbolic.derivation import Proof, Step, equation
from bplib.symbolic.notation import E, Partial, Templated, k, l, n, z

ANY = chain_rule()
ONE_TERM = by_argument(d) * of_argument(d)


def total(term):
    return Sum(term, (d, 1, D))


@pytest.mark.parametrize("arguments", [None, 1, 2, 3, 5])
def test_proved(arguments):
    rule = chain_rule(arguments)
    assert list(rule) == [
        "change of u",
        "change of f",
        "put in",
        "divide by h",
        "derivative: definition",
        "chain rule",
    ]
    report = rule.prove()
    assert report
    assert report.proved == ["put in", "divide by h", "chain rule"]


def test_it_is_the_rule():
    assert ANY["chain rule"].statement == equation(derivative, total(ONE_TERM))
    assert chain_rule(2)["chain rule"].latex() == (
        r"\frac{d f}{d x} = \frac{\partial f}{\partial u_{1}} \frac{d u_{1}}{d x} + "
        r"\frac{\partial f}{\partial u_{2}} \frac{d u_{2}}{d x}"
    )
    assert ANY["chain rule"].latex() == (
        r"\frac{d f}{d x} = \sum_{d=1}^{D} \frac{\partial f}{\partial u_{d}} \frac{d u_{d}}{d x}"
    )


x, u_1, u_2, u_3 = symbols("x u_1 u_2 u_3")


@pytest.mark.parametrize("f", [u_1 * u_2 * u_3, sin(u_1 * u_2) + u_3**2, u_1 / (1 + u_2**2)])
def test_it_gives_the_derivatives_of_functions_that_are_known(f):
    """An oracle that knows nothing of ours: SymPy differentiates with everything put in."""
    inner = {u_1: x**2, u_2: sin(x), u_3: exp(x) * cos(x)}
    values = {
        function_of(number): value
        for number, u in enumerate(inner, start=1)
        for function_of, value in (
            (by_argument, diff(f, u).xreplace(inner)),
            (of_argument, diff(inner[u], x)),
        )
    }
    by_rule = chain_rule(3)["chain rule"].rhs.xreplace(values)
    assert by_rule.free_symbols == {x}
    assert prove_equal(by_rule, diff(f.xreplace(inner), x))


WRONG = {
    "put in": {
        "no remainder of f": total(by_argument(d) * (of_argument(d) + argument_remainder(d)) * h),
        "no remainder of u": total((by_argument(d) + remainder(d)) * of_argument(d) * h),
        "no step": total(
            (by_argument(d) + remainder(d)) * (of_argument(d) + argument_remainder(d))
        ),
        "an argument left out": Sum(
            (by_argument(d) + remainder(d)) * (of_argument(d) + argument_remainder(d)) * h,
            (d, 1, D - 1),
        ),
        "the change for its slope": total((by_argument(d) + remainder(d)) * argument_change(d) * h),
    },
    "divide by h": {
        "not divided": ANY["put in"].rhs,
        "divided twice": ANY["put in"].rhs / h**2,
        "in the limit already": total(ONE_TERM),
    },
    "chain rule": {
        "an argument left out": Sum(ONE_TERM, (d, 1, D - 1)),
        "an argument twice": total(ONE_TERM) + by_argument(1) * of_argument(1),
        "no inner derivative": total(by_argument(d)),
        "no outer derivative": total(of_argument(d)),
        "product of sums": total(by_argument(d)) * total(of_argument(d)),
        "remainder of f left": total((by_argument(d) + remainder(d)) * of_argument(d)),
        "remainder of u left": total(by_argument(d) * (of_argument(d) + argument_remainder(d))),
        "a step left": total(ONE_TERM) * h,
        "another argument's derivative": total(by_argument(d) * of_argument(D + 1 - d)),
        "nothing": Integer(0),
    },
}


@pytest.mark.parametrize(
    ("name", "wrong"), [(name, wrong) for name, cases in WRONG.items() for wrong in cases]
)
def test_what_is_wrong_is_not_proved(name, wrong):
    step = ANY[name]
    assert step.proves(step.statement)
    assert not step.proves(equation(step.lhs, WRONG[name][wrong]))


@pytest.mark.parametrize("arguments", [None, 1, 2, 3])
def test_every_remainder_has_to_vanish(arguments):
    step = chain_rule(arguments)["chain rule"]
    of_f, of_u = step.assumptions
    assert step._prove(step.statement, (of_f, of_u))
    assert not step._prove(step.statement, (of_f,))
    assert not step._prove(step.statement, (of_u,))
    assert not step._prove(step.statement, ())
    assert not step._prove(step.statement, (of_f, equation(of_u.lhs, 1)))


def test_the_limit_is_that_of_a_derivative():
    """The same sum is not the limit of something else, such as the change itself."""
    step = ANY["chain rule"]
    for left in (change, change / h, h * derivative, by_argument(d)):
        assert not step.proves(equation(left, step.rhs))


@pytest.mark.parametrize("arguments", [1, 2, 3])
@pytest.mark.parametrize("name", ["put in", "divide by h", "chain rule"])
def test_the_program_under_a_line_proves_it(name, arguments):
    rule = chain_rule(arguments)
    step = rule[name]
    program = rule.program(step)
    assert program.holds
    assert set(program.printed.split()) <= {"0", "True"}
    assert all(len(line) <= 79 for line in program.text.splitlines())
    for right in (2 * step.rhs, step.rhs + h, step.rhs.subs(of_argument(1), 0)):
        wrong = Step(name, step.kind, equation(step.lhs, right), "", None)
        assert not rule.program(wrong).holds


def test_a_definition_has_no_program():
    rule = chain_rule(2)
    assert [step.name for step in rule.steps if rule.program(step) is None] == [
        "change of u",
        "change of f",
        "derivative: definition",
    ]


def test_a_limit_by_the_limits_of_its_factors():
    of_f, of_u = ANY["chain rule"].assumptions
    product = by_argument(1) * (of_argument(1) + argument_remainder(1))
    assert limit_of(product, (of_u,)) == by_argument(1) * of_argument(1)
    assert limit_of(product, (of_f,)) == product
    assert limit_of(product, ()) == product
    assert limit_of(remainder(2) * argument_remainder(1), (of_f,)) == 0
    assert limit_of(remainder(2) / h, (of_f,)) is None


@pytest.mark.parametrize("name", ["derivative: definition", "change of u", "change of f"])
def test_a_definition_is_that_one(name):
    step = ANY[name]
    for right in (2 * step.rhs, step.rhs + 1, step.lhs, Integer(0)):
        assert not step.proves(equation(step.lhs, right))


def test_an_instance_has_the_names_of_its_application():
    found = instance(E, lambda unit: z(l, unit), z(l - 1, 1), n(l), k)
    expected = Partial(E, z(l, k)) * Partial(z(l, k), z(l - 1, 1))
    assert found == Sum(expected, (k, 1, n(l)))
    assert not found.atoms(Templated)


def test_no_rule_rests_on_a_chain_rule_that_is_not_proved(monkeypatch):
    module = __import__(chain_rule.__module__, fromlist=["_ANY"])
    monkeypatch.setattr(module._ANY["chain rule"], "_proved", Proof("chain rule", False))
    with pytest.raises(ArithmeticError, match="the chain rule is not proved"):
        general_rules()

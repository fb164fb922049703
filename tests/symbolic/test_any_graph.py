"""The rule of any feed-forward graph: proved, refused when wrong, and the same as for one graph."""

import re
from dataclasses import replace

import pytest
from sympy import Eq, Integer, Sum

from bplib.symbolic import any_graph, derive_graph, skip_rule
from bplib.symbolic.any_graph import by_elimination
from bplib.symbolic.derivation import Step, equation
from bplib.symbolic.graph_programs import LINES
from bplib.symbolic.notation import ActivationSlope, E, Partial, i, j, k
from bplib.symbolic.unit_notation import F, SumOver, U, a, b, delta, direct, f, g, g_prime, m, w, z

ANY = any_graph()
SLOPE = g_prime(z(i))
BACK = SumOver(w(k, i) * delta(k), k, i)


def later(first, body=None):
    return Sum(w(k, i) * delta(k) if body is None else body, (k, first, U))


@pytest.mark.parametrize("name", ANY)
def test_proved(name):
    assert ANY[name].proof


def test_the_rule_is_what_the_lecture_says():
    assert ANY["delta"].statement == equation(delta(i), SLOPE * (direct(i) + BACK))
    assert ANY["delta"].latex() == (
        r"\delta_{i} = g_{i}'(z_{i}) "
        r"\left(E_{a_{i}} + \sum_{k \in O_{i}} w_{ki} \delta_{k}\right)"
    )
    assert ANY["dE/dw"].statement == equation(Partial(E, w(i, j)), delta(i) * a(j))


WRONG = {
    "delta: by numbers": {
        "a path left out": SLOPE * (direct(i) + later(i + 2)),
        "the last unit left out": SLOPE * (direct(i) + Sum(w(k, i) * delta(k), (k, i + 1, U - 1))),
        "a path twice": SLOPE * (direct(i) + later(i + 1) + w(i + 1, i) * delta(i + 1)),
        "every path twice": SLOPE * (direct(i) + 2 * later(i + 1)),
        "the unit itself": SLOPE * (direct(i) + later(i)),
        "total for direct": SLOPE * (Partial(E, a(i)) + later(i + 1)),
        "no direct derivative": SLOPE * later(i + 1),
        "no slope": direct(i) + later(i + 1),
        "no slope on the direct part": direct(i) + SLOPE * later(i + 1),
        "no slope on the paths": SLOPE * direct(i) + later(i + 1),
        "slope of the other unit": SLOPE * direct(i)
        + later(i + 1, g_prime(z(k)) * w(k, i) * delta(k)),
        "weight index": SLOPE * (direct(i) + later(i + 1, w(i, k) * delta(k))),
        "no weight": SLOPE * (direct(i) + later(i + 1, delta(k))),
        "no error term": SLOPE * (direct(i) + later(i + 1, w(k, i))),
        "direct derivatives come back": SLOPE * (direct(i) + later(i + 1, w(k, i) * direct(k))),
        "direct for the error term": SLOPE
        * (direct(i) + later(i + 1, w(k, i) * (delta(k) + direct(k)))),
    },
    "delta": {
        "every path twice": SLOPE * (direct(i) + 2 * BACK),
        "all units that follow, and those fed again": SLOPE * (direct(i) + BACK + later(i + 1)),
        "total for direct": SLOPE * (Partial(E, a(i)) + BACK),
        "total twice": SLOPE * (Partial(E, a(i)) + direct(i)),
        "no direct derivative": SLOPE * BACK,
        "no paths": SLOPE * direct(i),
        "no slope": direct(i) + BACK,
        "weight index": SLOPE * (direct(i) + SumOver(w(i, k) * delta(k), k, i)),
        "no weight": SLOPE * (direct(i) + SumOver(delta(k), k, i)),
        "no error term": SLOPE * (direct(i) + SumOver(w(k, i), k, i)),
        "the units that feed k": SLOPE * (direct(i) + SumOver(w(k, i) * delta(k), k, j)),
    },
    "dE/da": {
        "direct for total": direct(i),
        "with the slope": SLOPE * (direct(i) + BACK),
        "a path twice": direct(i) + 2 * BACK,
    },
    "delta: no target": {
        "every path twice": 2 * SLOPE * BACK,
        "the units that feed k": SLOPE * SumOver(w(k, i) * delta(k), k, j),
    },
    "delta: over a": {
        "no slope": Partial(E, a(i)),
        "slope of the other unit": g_prime(z(j)) * Partial(E, a(i)),
        "the direct derivative": SLOPE * direct(i),
    },
    "chain rule": {
        "no path over k": Partial(F(k), z(i)),
        "nothing but the path over k": delta(k) * Partial(f(k), z(i)),
        "the push of z_k whole": Partial(F(k), z(i)) + delta(k),
        "the error term of the unit itself": Partial(F(k), z(i)) + delta(i) * Partial(f(k), z(i)),
    },
    "df_k/dz_i": {
        "no slope": w(k, i),
        "slope of the other unit": w(k, i) * g_prime(z(k)),
        "weight index": w(i, k) * SLOPE,
    },
    "dF_k-1/dz": {
        "no path over k": Partial(F(k), z(i)),
        "nothing but the path over k": w(k, i) * delta(k) * SLOPE,
        "no slope": Partial(F(k), z(i)) + w(k, i) * delta(k),
        "weight index": Partial(F(k), z(i)) + w(i, k) * delta(k) * SLOPE,
    },
    "dF_U/dz": {"no slope": direct(i), "total for direct": SLOPE * Partial(E, a(i))},
    "dE/dw: chain rule": {
        "with what follows only": Partial(F(i), z(i)),
        "a weight of another unit": Partial(F(i), z(i)) * Partial(z(i), w(k, j)),
        "one unit less": Partial(F(i - 1), z(i)) * Partial(z(i), w(i, j)),
    },
    "dE/db: chain rule": {"other unit": Partial(F(j), z(j)) * Partial(z(j), b(j))},
    "dE/dw": {
        "other activation": delta(i) * a(i),
        "other error term": delta(j) * a(j),
        "z for a": delta(i) * z(j),
    },
    "dE/db": {"with an activation": delta(i) * a(j), "none": Integer(1)},
}


@pytest.mark.parametrize(
    ("name", "wrong"), [(name, wrong) for name, cases in WRONG.items() for wrong in cases]
)
def test_a_wrong_rule_is_not_proved(name, wrong):
    step = ANY[name]
    assert step.proves(step.statement)
    assert not step.proves(equation(step.lhs, WRONG[name][wrong]))


@pytest.mark.parametrize("name", LINES)
def test_the_program_under_a_line_proves_it(name):
    step = ANY[name]
    program = ANY.program(step)
    assert program.holds
    assert set(program.printed.split()) <= {"True", "0"}
    assert "any_graph" not in program.text
    assert len(program.text.splitlines()) <= 25
    assert all(len(line) <= 79 for line in program.text.splitlines())
    wrong = [2 * step.rhs, step.rhs + 1, -step.rhs, *WRONG.get(name, {}).values()]
    for right in wrong:
        false = Step(name, step.kind, equation(step.lhs, right), "", None)
        assert not _holds(ANY.program(false)), right


def _holds(program):
    """A program that names what it does not know proves nothing."""
    try:
        return program.holds
    except NameError:
        return False


def test_other_lines_are_definitions_or_say_that_they_are_the_chain_rule():
    html = ANY._repr_html_()
    for name, step in ANY.items():
        if name in LINES:
            continue
        assert ANY.program(step) is None
        assert step.is_definition or step.kind == "chain rule"
        [line] = re.findall(f'<li data-step="{re.escape(name)}".*?</li>', html)
        assert ("definition</p>" in line) is step.is_definition
        assert ("by the chain rule</p>" in line) is (step.kind == "chain rule")


def test_units_have_activation_functions_of_their_own():
    assert g(z(i)).diff(z(i)) == SLOPE != g_prime(z(k))
    assert ANY["f"].latex().endswith(r"\sum_{j=1}^{k - 1} w_{kj} g_{j}(z_{j}) + b_{k}")
    for step in ANY.steps:
        assert "g(" not in step.latex()
        assert "g'(" not in step.latex()


def test_the_total_derivative_gives_the_rule_in_two_factors():
    """delta_i = dE/da_i g'(z_i), with the total derivative: with the direct one it is false."""
    step = ANY["delta"]
    assert step.proves(equation(delta(i), SLOPE * Partial(E, a(i))))
    assert not step.proves(equation(delta(i), SLOPE * direct(i)))


def test_a_unit_without_a_target_is_an_assumption():
    for step in (ANY["delta: no target"], skip_rule()):
        assert step.assumptions == (Eq(direct(i), 0, evaluate=False),)
        assert step.proof
        assert step.needs_assumptions()


INDUCTION = by_elimination(lambda unit: g(z(unit)), z)
LEFT = Partial(F(m), z(i))
TRUE = equation(LEFT, SLOPE * (direct(i) + later(m + 1)))
# True where no unit follows, and wrong from then on.
NO_STEP = {
    "grows with every unit": TRUE.rhs * (U - m + 1),
    "no paths": SLOPE * direct(i),
    "a path left out": SLOPE * (direct(i) + later(m + 2)),
    "every path twice": SLOPE * (direct(i) + 2 * later(m + 1)),
    "weight index": SLOPE * (direct(i) + later(m + 1, w(i, k) * delta(k))),
}
# What passes from m to m - 1, and begins wrong.
NO_BASE = {
    "no direct derivative": SLOPE * later(m + 1),
    "direct derivative twice": SLOPE * (2 * direct(i) + later(m + 1)),
    "no slope on the direct part": direct(i) + SLOPE * later(m + 1),
    "something added": TRUE.rhs + 1,
}


def test_the_induction_is_proved():
    assert ANY["induction"].statement == TRUE
    assert INDUCTION(TRUE)


@pytest.mark.parametrize("wrong", NO_STEP)
def test_only_the_step_refuses_what_is_true_at_the_base(wrong):
    statement = equation(LEFT, NO_STEP[wrong])
    assert not INDUCTION(statement)
    assert replace(INDUCTION, step=lambda statement, hypothesis: True)(statement)


@pytest.mark.parametrize("wrong", NO_BASE)
def test_only_the_base_refuses_what_passes_from_unit_to_unit(wrong):
    statement = equation(LEFT, NO_BASE[wrong])
    assert not INDUCTION(statement)
    assert replace(INDUCTION, base=lambda statement: True)(statement)


def test_without_the_hypothesis_nothing_is_proved():
    without = replace(INDUCTION, hypothesis=lambda statement: {})
    assert not without(TRUE)
    # The hypothesis is the statement's own: that of another statement does not help.
    other = replace(INDUCTION, hypothesis=lambda statement: {LEFT: 2 * statement.rhs})
    assert not other(TRUE)


def test_the_induction_is_about_its_own_left_side():
    assert not INDUCTION(equation(Partial(F(m), z(j)), TRUE.rhs))
    assert not INDUCTION(equation(TRUE.rhs, TRUE.rhs))
    # What passes from m to m - 1 is the true rule of unit i; here it is said of unit j.
    following = Partial(F(m + 1), z(i)) + w(m + 1, i) * delta(m + 1) * SLOPE
    without_base = replace(INDUCTION, base=lambda statement: True)
    assert not without_base(equation(Partial(F(m), z(j)), following))


# v feeds the next unit and two further on; q is an output that feeds another unit. No unit's
# place in the order is that of its name, nor that of its first edge.
EDGES = [("c", "q"), ("c", "v"), ("q", "v"), ("q", "x"), ("b", "v"), ("b", "c"), ("v", "x")]


def test_one_graph_is_an_instance():
    """Numbers for units, put into the rules of any graph, give what is derived for one graph."""
    d = derive_graph(EDGES, ["x"], ["q", "b"], activation="identity")
    symbols, wiring = d.notation, d.wiring
    numbers = dict(enumerate(["x", *wiring.units], start=1))
    edges = set(wiring.edges)

    def named(e):
        """The symbol of this graph for one with numbers."""
        units = [numbers[int(unit)] for unit in e.indices]
        name = e.base.name
        if name.startswith("w"):
            return symbols.w(*units) if tuple(units) in edges else Integer(0)
        if name.startswith("E"):
            return d["E"].rhs.diff(symbols.a(*units))
        kinds = {"a_{#}": symbols.a, "b_{#}": symbols.b, r"\delta_{#}": symbols.delta}
        return kinds[name](*units)

    def instance(side, values):
        side = side.replace(lambda e: isinstance(e, ActivationSlope), lambda e: Integer(1))
        side = side.subs({U: len(numbers), **values}).doit()
        return side.replace(lambda e: e.is_Indexed, named).expand()

    rule = ANY["delta: by numbers"].rhs
    for number, name in list(numbers.items())[1:]:
        assert instance(rule, {i: number}) == d[f"delta_{name}"].rhs.expand()
        for source, other in numbers.items():
            if (name, other) in edges:
                gradient = instance(ANY["dE/dw"].rhs, {i: number, j: source})
                assert gradient == d[f"dE/dw_{name},{other}"].rhs
        assert instance(ANY["dE/db"].rhs, {i: number}) == d[f"dE/db_{name}"].rhs
        assert instance(ANY["z"].rhs, {k: number}) == d[f"z_{name}"].rhs
    assert list(wiring.units) == ["v", "q", "c", "b"]

"""A verdict is that of the proof: what is false is not called proved, nor is a definition."""

import doctest
from importlib import import_module

import pytest
from sympy import Integer, Symbol

from bplib.symbolic import (
    Derivation,
    any_graph,
    chain_rule,
    derivation,
    derive,
    general_rules,
    matrix_rules,
    prove_equal,
)
from bplib.symbolic.derivation import Proof, ProofReport, Step, equation

x = Symbol("x")


def by_normal_form(statement, assumptions):
    return prove_equal(*statement.args)


def step(name, left, right, kind="derivative", prove=by_normal_form, assumptions=()):
    return Step(name, kind, equation(left, right), "because", prove, assumptions)


def test_what_is_false_is_not_proved():
    wrong = step("wrong", x, x + 1)
    assert not wrong.proof
    assert wrong.proof.verdict == "NOT PROVED"
    assert repr(wrong.proof) == "wrong: NOT PROVED"
    report = Derivation("title", [wrong]).prove()
    assert not report
    assert report.failed == ["wrong"]
    assert report.proved == []
    assert repr(report) == "title: 0 of 1 proved, not wrong"


def test_one_false_statement_among_true_ones_is_named():
    d = Derivation("title", [step("right", x + x, 2 * x), step("wrong", x + x, x**2)])
    report = d.prove()
    assert not report
    assert report.proved == ["right"]
    assert repr(report) == "title: 1 of 2 proved, not wrong"


def test_the_proof_is_given_the_statement_and_its_assumptions_once():
    asked = []

    def prove(statement, assumptions):
        asked.append((statement, assumptions))
        return True

    one = step("one", x, x, prove=prove, assumptions=[equation(x, 1)])
    assert one.proof
    assert one.proof
    assert asked == [(one.statement, (equation(x, 1),))]
    other = equation(x, Integer(2))
    assert one.proves(other)
    assert asked[1:] == [(other, (equation(x, 1),))]


@pytest.mark.parametrize("verdict", [None, 1, "yes", [x], x, equation(x, x)])
def test_a_verdict_is_true_or_false(verdict):
    one = step("one", x, x, prove=lambda statement, assumptions: verdict)
    with pytest.raises(TypeError, match="prove: expected True or False of one, got"):
        one.proof  # noqa: B018


def test_an_assumption_that_is_needed():
    def prove(statement, assumptions):
        return prove_equal(*statement.args, given={e.lhs: e.rhs for e in assumptions})

    needed = step("needed", x, Integer(1), prove=prove, assumptions=[equation(x, 1)])
    assert needed.proof
    assert needed.needs_assumptions()
    not_needed = step("not needed", x, x, prove=prove, assumptions=[equation(x, 1)])
    assert not not_needed.needs_assumptions()
    assert not step("without", x, x, prove=prove).needs_assumptions()


@pytest.mark.parametrize("kind", ["definition", "forward", "error"])
def test_a_definition_is_not_counted_as_proved(kind):
    define = step("define", x, x, kind)
    assert define.proof
    assert define.proof.verdict == "definition"
    right = step("right", x + x, 2 * x)
    report = Derivation("title", [define, right]).prove()
    assert report
    assert report.definitions == ["define"]
    assert report.proved == ["right"]
    assert repr(report) == "title: all 1 statements proved, 1 definition"
    assert repr(Derivation("title", [define]).prove()) == (
        "title: no statement to prove, 1 definition"
    )


def test_a_definition_that_contradicts_the_meaning_is_seen():
    define = step("define", x, x + 1, "definition")
    assert define.proof.verdict == "NOT PROVED"
    report = Derivation("title", [define, step("right", x + x, 2 * x)]).prove()
    assert not report
    assert report.failed == ["define"]
    assert repr(report) == "title: 1 of 1 proved, not define"


def test_nothing_is_proved_by_no_statement():
    report = Derivation("title", []).prove()
    assert not report
    assert repr(report) == "title: no statement to prove"
    assert not derive([1, 1]).of_kind("no such kind").prove()


def test_a_report_holds_if_every_proof_does():
    proofs = [Proof("one", True), Proof("two", False), Proof("three", True, definition=True)]
    assert not ProofReport("title", proofs)
    assert ProofReport("title", [proofs[0], proofs[2]])


@pytest.mark.parametrize(
    ("made", "definitions"),
    [
        (chain_rule(), ["change of u", "change of f", "derivative: definition"]),
        (general_rules(), ["da/dz", "delta: definition"]),
        (matrix_rules(), ["z"]),
        (any_graph(), ["z", "a", "f", "E", "one unit less", "E_a", "O", "delta: definition"]),
        (derive([1, 1]), ["z^1_1", "a^1_1", "E", "delta^1_1: definition"]),
    ],
    ids=lambda value: getattr(value, "title", ""),
)
def test_what_is_a_definition_and_what_is_proved(made, definitions):
    report = made.prove()
    assert report
    assert report.definitions == definitions
    assert report.proved == [name for name in made if name not in definitions]
    assert len(report.proved) + len(definitions) == len(made)


def test_a_bar_shows_how_far_a_long_proof_is(capsys, monkeypatch):
    assert derive([1, 1]).prove()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(derivation, "SECONDS", 0)
    assert derive([1, 1]).prove()
    assert "proofs:" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["", ".any_graph", ".chain_rule"])
def test_the_examples_show_what_is_printed(module):
    module = import_module(f"bplib.symbolic{module}")
    result = doctest.testmod(module, extraglobs={"derive": derive})
    assert result.attempted > 1
    assert result.failed == 0

r"""Every labelled equation of the book is true as it is typeset.

What is tested is the LaTeX itself, in numbers: see chapters/_tools/formulas. SETTINGS says, for
every label, what the equation is about: any networks, chains of single units, a certain error. A
new label needs a line there, or the test fails. Then a typo is planted wherever one may be, and
has to be seen.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest
from _tools.claims import claims
from _tools.formulas import settings, worlds
from _tools.formulas.meaning import Place, value, verify
from _tools.formulas.mutants import mutants
from _tools.formulas.reader import read
from _tools.formulas.tree import FormulaError, Meaningless, Unreadable, Untrue

from bplib import Network

CHAPTERS = Path(__file__).parents[2] / "chapters"

SETTINGS = {
    # recap
    "descent-factor": settings.ONE_WEIGHT,
    # output_delta
    "three-factors": settings.TWO_LAYERS,
    "output-delta": settings.HALF_SQUARED,
    "output-gradient": settings.ANY_OUTPUT,
    "sigmoid-slope": settings.SLOPE_OF_SIGMOID,
    "sigmoid-delta": settings.SIGMOID_HALF_SQUARED,
    "binary-cross-entropy-delta": settings.SIGMOID_CROSS_ENTROPY,
    "tanh-slope": settings.SLOPE_OF_TANH,
    "softmax-any-targets": settings.SOFTMAX_CROSS_ENTROPY,
    "softmax-delta": settings.SOFTMAX_CROSS_ENTROPY,
    # chain_rule
    "two-links": settings.ONE_LINK_AFTER_ANOTHER,
    "chain-of-seven": settings.chains(3),
    "chain-of-five": settings.ONE_HIDDEN_ONE_OUTPUT,
    "link-sensitivities": settings.chains(1, 2, 3, 4),
    "previous-activation": settings.chains(1, 2, 3, 4),
    "sum-over-paths": settings.TWO_HIDDEN_UNITS,
    "chain-rule": settings.SEVERAL_PATHS,
    "matrix-form": settings.ANY_ERROR,
    # generalized_delta
    "chain-delta": settings.chains(2, 3, 4),
    "generalized-delta": settings.ANY_OUTPUT,
    "hidden-gradient": settings.ANY_OUTPUT,
    "matrix-backprop": settings.ANY_ERROR,
    "tanh-example": settings.TANH_THEN_LINEAR,
    # checking_gradients
    "central-difference": settings.SMALL_STEP,
    "complex-step": settings.SMALL_STEP,
    # training_in_practice
    "sigmoid-slope-bound": settings.SLOPE_OF_SIGMOID,
    # golden_numbers
    "late-sum": settings.ONE_UNIT_AND_ITS_STEP,
    # skip_connections
    "skip-delta": settings.SKIPPING_WITHOUT_TARGET,
    "skip-gradient": settings.SKIPPING,
    # automatic_differentiation
    "one-operation": settings.ONE_OPERATION,
    "addition-back": settings.ADDITION,
    "product-back": settings.PRODUCT,
    "function-back": settings.FUNCTION,
    "used-twice": settings.USED_TWICE,
    "layer-by-operations": settings.ANY_ERROR,
    "adjoint-rule": settings.COMPUTATIONS,
    "one-entry": settings.ONE_ENTRY,
    # reading_the_lectures
    "comp-next-weights": settings.TWO_LAYERS,
    "comp-from-and-to": settings.ANY_OUTPUT,
    "comp-examples-units": settings.HALF_SQUARED,
    "comp-each-output": settings.TWO_LAYERS_HALF_SQUARED,
    "comp-begin-weight": settings.TWO_LAYERS,
    "comp-not-descent": settings.ANY_OUTPUT,
    "scs-which-neuron": settings.ANY_OUTPUT,
    "scs-left-sides": settings.chains(3, 4),
    "scs-own-index": settings.ANY_OUTPUT,
    "scs-own-slope": settings.ANY_OUTPUT,
    "scs-one-neuron": settings.ANY_OUTPUT,
    "scs-backwards": settings.ANY_OUTPUT,
    "uva-one-example": settings.ANY_OUTPUT,
    "uva-reused-index": settings.ANY_OUTPUT,
    "uva-first-layer": settings.ANY_OUTPUT,
    "uva-by-activation": settings.HALF_SQUARED,
    "uva-softmax-targets": settings.SOFTMAX_CROSS_ENTROPY,
    "uva-half": settings.TANH_THEN_LINEAR,
}


@cache
def stated():
    """Label -> LaTeX, of the whole book."""
    found = {}
    for path in sorted(CHAPTERS.glob("*/*.ipynb")):
        found |= claims(nbformat.read(path, 4)).stated
    return found


def setting(label):
    if label not in SETTINGS:
        pytest.fail(
            f"({label}) has no setting, so nobody checks what it says. Add a line to SETTINGS in "
            f'tests/book/test_formulas.py, `"{label}": settings.ANY_OUTPUT` if it is true of any '
            "network, or another of chapters/_tools/formulas/settings.py."
        )
    return SETTINGS[label]


@pytest.mark.parametrize("label", stated())
def test_the_equation_is_true_as_it_is_typeset(label, record_property):
    try:
        count = verify(stated()[label], setting(label))
    except FormulaError as error:
        pytest.fail(f"({label}) {type(error).__name__.lower()}: {error}\n{stated()[label]}")
    record_property("compared in numbers", count)


@pytest.mark.parametrize("label", stated())
def test_a_slip_of_the_pen_is_seen(label, record_property):
    about = setting(label)
    seen = Counter()
    missed = []
    for mutant in mutants(stated()[label], functions_of(about)):
        try:
            verify(mutant.latex, about)
        except (Untrue, Meaningless) as error:
            seen[type(error).__name__] += 1
            continue
        if not holds(mutant.same_if, about):
            missed.append(f"{mutant.what}:\n{mutant.latex}")
    assert not missed, "\n\n".join(missed)
    assert seen["Untrue"] >= 5
    record_property("mutants seen", dict(seen))


def test_every_setting_belongs_to_a_label():
    assert not SETTINGS.keys() - stated().keys()


def test_every_slip_that_we_think_of_is_planted_somewhere():
    planted = Counter(
        mutant.what
        for label in stated().keys() & SETTINGS.keys()
        for mutant in mutants(stated()[label], functions_of(SETTINGS[label]))
    )
    assert planted.keys() == {
        "a difference turned round",
        "a factor doubled",
        "a factor dropped",
        "a fraction turned round",
        "a number changed",
        "a sum dropped",
        "a term dropped",
        "a transposition dropped",
        "another index",
        "another layer",
        "another quantity",
        "the indices of a weight turned round",
        "the prime of g' dropped",
        "the sign of a side flipped",
        "the sign of a term flipped",
    }
    assert planted.total() > 800


def test_a_label_without_a_setting_fails_and_says_what_to_add():
    with pytest.raises(pytest.fail.Exception, match=r'Add a line to SETTINGS.*"new-rule": '):
        setting("new-rule")


def holds(latex, about):
    try:
        return latex is not None and verify(latex, about) > 0
    except FormulaError:
        return False


def functions_of(about):
    return set().union(*(world.functions for world in about))


# The evaluation


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
    assert holds("a^{L}_{i} = z^{L}_{i}", settings.TANH_THEN_LINEAR)
    assert not holds("a^{L}_{i} = z^{L}_{i}", settings.ANY_ERROR)


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
        (r"E \approx 0", "not expected"),
        (r"E = \frac{1}{2", "ends too early"),
        (r"E = a / b c", "in two ways"),
        (r"E = \ln a b", "where does the argument"),
        (r"E = 0 \qquad \text{when } y = 1", "known are if"),
        (r"E = w^12", "without braces"),
        (r"E = g'", "a prime belongs to a function"),
        (r"\begin{cases} E = 0 \end{cases}", "only aligned"),
        (r"E = \frac{\partial E + 1}{\partial w}", "in a derivative"),
    ],
)
def test_what_cannot_be_read_or_in_two_ways_is_refused(latex, why):
    with pytest.raises(Unreadable, match=why):
        read(latex)

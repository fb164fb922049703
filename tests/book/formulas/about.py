r"""What each formula of the book is about, so that it can be evaluated.

A labelled equation has its line in LABELS. Of a page, "" is the default in PAGES; exceptions are
for a derivation "name:", for a line of it "name: line", for a cell by its id, or for one formula,
as it is spelled. ANYWHERE has formulas that mean the same on every page.

In SAID stand expressions without a relation: the words before them say what they are, such as
"whose slope is", and `{}` in the claim stands for the expression. LISTED has what is not evaluated,
with the reason.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from bplib.formulas import settings as s
from bplib.formulas.notations import COMP90049, SCS3201, UVA, Notation

from .notation_rules import spelled


@dataclass(frozen=True)
class About:
    """The worlds that a formula is about, and how it is to be read.

    `rewrite` are pairs of LaTeX, put in place of each other before it is read. `wrong` says of a
    quoted mistake what it has to be: "untrue" or "meaningless".
    """

    worlds: tuple
    notation: Notation | None = None
    rewrite: tuple = ()
    wrong: str = ""

    def prepared(self, latex):
        for old, new in self.rewrite:
            latex = latex.replace(old, new)
        return latex

    def but(self, *rewrite, **changed):
        return replace(self, rewrite=self.rewrite + rewrite, **changed)


class Said(NamedTuple):
    """Words of a cell, as a pattern, and what the expression behind them is claimed to be."""

    place: str
    before: str
    claim: str
    setting: object


def about(setting):
    return setting if isinstance(setting, About) else About(tuple(setting))


def wrong(setting, what="untrue"):
    """The same for a formula that is quoted as a mistake."""
    return about(setting).but(wrong=what)


def read_as(setting, *rewrite, notation=None):
    return about(setting).but(*rewrite, notation=notation)


BATCH = read_as(
    s.BATCH,
    ("E_{n}", "e_{n}"),
    (r"\delta^{l}_{i}(n)", "D_{n}"),
    ("a^{l-1}_{j}(n)", "x_{n}"),
    ("w^{l}_{ij}", "w"),
)
INPUT_AS_A = read_as(s.ONE_UNIT, (r"\, a", r"\, x"))
ANY_GRAPH = read_as(s.EVERY_CONNECTION, ("g_{i}'", "g'"), ("g_{i}(", "g("), ("g_i'", "g'"))
# The error as a function of the first weighted inputs, those after them following.
FIRST_INPUTS = ANY_GRAPH.but(
    (r"\frac{\partial F_{k-1}}{\partial z_{i}}", "G_{ki}"),
    *((rf"\frac{{\partial F_{{{m}}}}}{{\partial z_{{i}}}}", f"D_{{{m}i}}") for m in "kmiU"),
    (r"\frac{\partial f_{k}}{\partial z_{i}}", r"w_{ki} \frac{\partial a_{i}}{\partial z_{i}}"),
)
STEP = r"\frac{E(w + h) - E(w - h)}{2h}"

LABELS = {
    # recap
    "(descent-factor)": s.ONE_WEIGHT,
    # output_delta
    "(three-factors)": s.TWO_LAYERS,
    "(output-delta)": s.HALF_SQUARED,
    "(output-gradient)": s.ANY_OUTPUT,
    "(sigmoid-slope)": s.SLOPE_OF_SIGMOID,
    "(sigmoid-delta)": s.SIGMOID_HALF_SQUARED,
    "(binary-cross-entropy-delta)": s.SIGMOID_CROSS_ENTROPY,
    "(tanh-slope)": s.SLOPE_OF_TANH,
    "(softmax-any-targets)": s.SOFTMAX_CROSS_ENTROPY,
    "(softmax-delta)": s.SOFTMAX_CROSS_ENTROPY,
    # chain_rule
    "(two-links)": s.ONE_LINK_AFTER_ANOTHER,
    "(chain-of-seven)": s.chains(3),
    "(chain-of-five)": s.ONE_HIDDEN_ONE_OUTPUT,
    "(link-sensitivities)": s.chains(1, 2, 3, 4),
    "(previous-activation)": s.chains(1, 2, 3, 4),
    "(sum-over-paths)": s.TWO_HIDDEN_UNITS,
    "(chain-rule)": s.SEVERAL_PATHS,
    "(matrix-form)": s.ANY_ERROR,
    # generalized_delta
    "(chain-delta)": s.chains(2, 3, 4),
    "(generalized-delta)": s.ANY_OUTPUT,
    "(hidden-gradient)": s.ANY_OUTPUT,
    "(matrix-backprop)": s.ANY_ERROR,
    "(tanh-example)": s.TANH_THEN_LINEAR,
    # checking_gradients
    "(central-difference)": s.SMALL_STEP,
    "(complex-step)": s.SMALL_STEP,
    # training_in_practice
    "(sigmoid-slope-bound)": s.SLOPE_OF_SIGMOID,
    # golden_numbers
    "(late-sum)": s.ONE_UNIT_AND_ITS_STEP,
    # skip_connections
    "(skip-delta)": s.SKIPPING_WITHOUT_TARGET,
    "(skip-gradient)": s.SKIPPING,
    # automatic_differentiation
    "(one-operation)": s.ONE_OPERATION,
    "(addition-back)": s.ADDITION,
    "(product-back)": s.PRODUCT,
    "(function-back)": s.FUNCTION,
    "(used-twice)": s.USED_TWICE,
    "(layer-by-operations)": s.ANY_ERROR,
    "(adjoint-rule)": s.COMPUTATIONS,
    "(one-entry)": s.ONE_ENTRY,
    # reading_the_lectures
    "(comp-next-weights)": s.TWO_LAYERS,
    "(comp-from-and-to)": s.ANY_OUTPUT,
    "(comp-examples-units)": s.HALF_SQUARED,
    "(comp-each-output)": s.TWO_LAYERS_HALF_SQUARED,
    "(comp-begin-weight)": s.TWO_LAYERS,
    "(comp-not-descent)": s.ANY_OUTPUT,
    "(scs-which-neuron)": s.ANY_OUTPUT,
    "(scs-left-sides)": s.chains(3, 4),
    "(scs-own-index)": s.ANY_OUTPUT,
    "(scs-own-slope)": s.ANY_OUTPUT,
    "(scs-one-neuron)": s.ANY_OUTPUT,
    "(scs-backwards)": s.ANY_OUTPUT,
    "(uva-one-example)": s.ANY_OUTPUT,
    "(uva-reused-index)": s.ANY_OUTPUT,
    "(uva-first-layer)": s.ANY_OUTPUT,
    "(uva-by-activation)": s.HALF_SQUARED,
    "(uva-softmax-targets)": s.SOFTMAX_CROSS_ENTROPY,
    "(uva-half)": s.TANH_THEN_LINEAR,
}

_LAST = (("a_i", "a^L_i"), ("z_i", "z^L_i"), ("z_p", "z^L_p"), ("a_p", "a^L_p"))

ANYWHERE = {
    r"E = \tfrac12 \sum_{i} (y_{i} - a^{L}_{i})^{2}": s.HALF_SQUARED,
    r"E = \tfrac{1}{2} \sum_{i} (y_{i} - a^{L}_{i})^{2}": s.HALF_SQUARED,
    r"E = \tfrac12 \sum_{p} (y_{p} - a^{L}_{p})^{2}": s.HALF_SQUARED,
    r"E = \tfrac12 \sum_i (y_i - a^L_i)^2": s.HALF_SQUARED,
    r"\delta^{L}_{i} = (a^{L}_{i} - y_{i})\, g'(z^{L}_{i})": s.HALF_SQUARED,
    r"\delta^{L} = (a^{L} - y) \odot g'(z^{L})": s.HALF_SQUARED,
    r"\delta^{L} = a^{L} - y": s.FITTING_PAIRS,
    r"g(z) = 1 / (1 + e^{-z})": s.SLOPE_OF_SIGMOID,
    r"g(z) = \frac{1}{1 + e^{-z}}": s.SLOPE_OF_SIGMOID,
    r"g(z) = z": s.SLOPE_OF_IDENTITY,
    r"a = g(z)": s.ONE_UNIT,
    r"w \leftarrow w - \eta\, \partial E / \partial w": s.ONE_WEIGHT,
    "b = b \\cdot 1": s.ONE_UNIT,
    "a = z": s.ONE_LINEAR,
    r"w \leftarrow w - \eta\, \frac{\partial E}{\partial w}": s.ONE_WEIGHT,
    r"\delta^{1}_{i} = (1 - (a^{1}_{i})^{2}) \sum_{k} w^{2}_{ki} \delta^{2}_{k}": (
        s.TANH_THEN_LINEAR
    ),
    r"\delta^{2}_{i} = a^{2}_{i} - y_{i}": s.TANH_THEN_LINEAR,
    r"\delta_{i} = g'(z_{i}) \sum_{k \in O_{i}} w_{ki} \delta_{k}": s.SKIPPING_WITHOUT_TARGET,
    r"z_{i} = \sum_{j} w_{ij} a_{j} + b_{i}": ANY_GRAPH,
    r"\sum_{p} y_{p} = 1": s.SOFTMAX_TARGETS_ONE,
    r"\sum_i y_i = 1": s.SOFTMAX_TARGETS_ONE,
}

PAGES = {
    "output_delta_exercises": {"": s.SIGMOID_CROSS_ENTROPY},
    "algorithm": {
        "": s.ANY_ERROR,
        "at-once-story": read_as(
            s.ANY_ERROR,
            (r"\sum_{i,j}", r"\sum_{i} \sum_{j}"),
            (r"\delta_{i}", r"\delta^{l}_{i}"),
            ("a_{j}", "a^{l-1}_{j}"),
        ),
        "mean-gradient:": BATCH,
        "mini-batch-update:": BATCH,
        r"w^{l}_{ij} \leftarrow w^{l}_{ij} - \eta\, \class{mjx-bp-back}{\frac{\partial E}"
        r"{\partial w^{l}_{ij}}}": s.ANY_ERROR,
    },
    "automatic_differentiation": {
        "": s.ANY_ERROR,
        "unit": s.ONE_UNIT,
        "unit-read": s.NUMBERS,
        r"\partial E / \partial E = 1": s.ONE_UNIT,
        r"E = \tfrac12 \cdot \left( \tfrac12 \right)^{2} = \tfrac18": read_as(
            s.NUMBERS, ("E = ", "")
        ),
        "one-unit:": s.ONE_UNIT,
        "q = u + v": s.ADDITION,
        "q = u - v": s.SUBTRACTION,
        "q = u v": s.PRODUCT,
        "q = f(u)": s.FUNCTION,
    },
    "chain_rule": {
        "": s.ANY_ERROR,
        "links": s.TWO_LINKS,
        "two-links:": s.TWO_LINKS,
        "chain-forward": s.CHAIN_OF_THREE,
        "seven-factors:": s.CHAIN_OF_THREE,
        "chain-proved": s.ONE_SIGMOID,
        "chain-answer": s.CHAINS,
        "chain-small": s.ONE_UNIT,
        "cut-anywhere:": s.CHAIN_OF_THREE,
        "pair-bound:": s.ONE_SIGMOID,
        "two-one-one:": s.TWO_ONE_ONE,
        "sensitivities": s.CHAINS,
        "link-sensitivities:": s.CHAINS_WITH_A_STEP,
        "previous-activation:": s.LONG_CHAINS,
        "two-paths:": s.ONE_INPUT,
        "chain-rule-2:": read_as(s.TWO_ARGUMENTS, (r"{\Delta u}", r"\Delta u")),
        "chain-rule-3:": read_as(s.THREE_ARGUMENTS, (r"{\Delta u}", r"\Delta u")),
        "chain-rule-any:": read_as(s.THREE_ARGUMENTS, (r"{\Delta u}", r"\Delta u")),
        "matrix-form:": s.THREE_TO_TWO,
        "matrices-form": read_as(
            s.ANY_ERROR, ("f^{l}(a)", "z^{l}"), ("W^{l} a ", "W^{l} a^{l-1} ")
        ),
        r"\partial z^{l} / \partial w^{l} = a^{l-1}": s.CHAINS,
        r"\partial z^{l} / \partial a^{l-1} = w^{l}": s.CHAINS,
    },
    "checking_gradients": {
        "": s.SMALL_STEP,
        r"\mathrm{i}^{2} = -1": s.NUMBERS,
        r"\mathrm{i}^{3} = -\mathrm{i}": s.NUMBERS,
        "network": wrong(
            read_as(
                s.ANY_ERROR,
                (r"\delta_{i}", r"\delta^{l}_{i}"),
                ("z_{i}", "z^{l}_{i}"),
                ("w_{1i}", "w^{l+1}_{1i}"),
                (r"\delta_{1}", r"\delta^{l+1}_{1}"),
            )
        ),
    },
    "generalized_delta": {
        "": s.ANY_ERROR,
        "two-one-one:": s.TWO_ONE_ONE,
        "side-by-side:": s.LONG_CHAINS,
        "one-layer-back:": s.CHAINS,
        "two-units-after:": s.ALWAYS_TWO,
        "transposed:": s.ALWAYS_TWO,
        "outer-product:": s.ALWAYS_TWO,
        "tanh-linear:": s.TANH_THEN_LINEAR,
        "tanh": s.TANH_THEN_LINEAR,
        "unit-3:": s.SIGMOIDS_TWO_THREE_TWO,
        "products:": read_as(s.COUNTED, ("W^{2}", "(W)^{2}")),
        "g' = a(1 - a)": read_as(s.ONE_SIGMOID, ("g'", "g'(z)")),
    },
    "golden_numbers": {
        "slip": wrong(
            read_as(
                s.ALWAYS_TWO,
                ("net_{h1}", "z^{1}_{1}"),
                ("w_{1}", "w^{1}_{11}"),
                ("w_{3}", "w^{1}_{21}"),
                ("i_{1}", "a^{0}_{1}"),
                ("i_{2}", "a^{0}_{2}"),
                ("b_{1}", "b^{1}_{1}"),
            )
        ),
        "hk": read_as(
            s.THREE_TWO_ONE,
            ("O_{", "a_{"),
            (r"\sum_{k}", r"\sum_{k \in O_{j}}"),
            ("Err_{", r"\delta_{"),
            ("T - ", "y_{6} - "),
            (r"l\,", r"\eta\,"),
            (r"\theta", "b"),
            ("w_{jk}", "w_{kj}"),
            ("w_{ij}", "w_{ji}"),
            notation=Notation("Han and Kamber", {r"\delta": (r"\delta", 0)}, minus=r"\delta"),
        ),
    },
    "notation": {
        "": s.ANY_ERROR,
        "house-equations": s.HALF_SQUARED,
        "comp90049-equations": read_as(s.WITHOUT_BIASES, notation=COMP90049),
        "scs3201-equations": read_as(s.HALF_SQUARED, notation=SCS3201),
        "uva-equations": read_as(
            s.WITHOUT_BIASES, ("(t_{k} - y_{k})", "(t_{k} - z^{(L)}_{k})"), notation=UVA
        ),
        r"\delta_{k} = y_{k} - t_{k}": read_as(s.LINEAR_HALF_SQUARED, notation=UVA.where(k="L")),
        r"\delta = y - t": read_as(
            s.LINEAR_HALF_SQUARED, (r"\delta", r"\delta^{(L)}"), notation=UVA
        ),
        "z^{(0)}_{j} = x_{j}": read_as(s.ANY_ERROR, notation=UVA),
        r"\Delta \theta^{l}_{ij} = \eta\, \delta^{l+1}_{i}\, a^{l}_{j}": read_as(
            s.ANY_ERROR, notation=COMP90049
        ),
        r"\Delta w^{l+1}_{i,j} = \alpha\, \delta^{l+1}_{i}\, a^{l}_{j}": read_as(
            s.ANY_ERROR, notation=SCS3201
        ),
        "examples": read_as(s.BATCH, ("E_{n}", "e_{n}")),
    },
    "output_delta": {
        "": s.ANY_ERROR,
        "one-output-chain": s.TWO_ONE_ONE,
        "last-weight:": s.TWO_ONE_ONE,
        "hidden-weight:": s.TWO_ONE_ONE,
        "half-squared-delta:": s.HALF_SQUARED,
        "delta-sign": s.ONE_UNIT,
        r"w \leftarrow w + \eta\, \tilde\delta\, a": INPUT_AS_A,
        r"w \leftarrow w - \eta\, \delta\, a": INPUT_AS_A,
        "sigmoid-slope:": s.SLOPE_OF_SIGMOID,
        "sigmoid-slope-bound:": s.SLOPE_OF_SIGMOID,
        "sigmoid-delta:": s.SIGMOID_HALF_SQUARED,
        "largest-delta:": s.LARGEST_DELTA,
        "largest-delta: target 1": s.LARGEST_DELTA_AT_1,
        "largest-delta: target 0": s.LARGEST_DELTA_AT_0,
        "largest-delta: target 1/2": s.LARGEST_DELTA_AT_HALF,
        r"(a - \tfrac{1}{2})^{2} = \tfrac{1}{12}": s.WHERE_LARGEST,
        "tanh-slope:": s.SLOPE_OF_TANH,
        "tanh-from-sigmoid:": s.SLOPE_OF_TANH,
        "cross-entropy": s.SIGMOID_CROSS_ENTROPY,
        "cross-entropy-delta:": s.ONE_SIGMOID_CROSS_ENTROPY,
        "other-outputs": s.ONE_LINEAR,
        "a = z": s.ONE_LINEAR,
        "linear-delta:": s.LINEAR_HALF_SQUARED,
        "softmax": s.SOFTMAX_CROSS_ENTROPY,
        "softmax-slope:": s.SOFTMAX_AND_ITS_SUM,
        "softmax-delta:": s.SOFTMAX_CROSS_ENTROPY,
        "softmax-delta: delta": s.SOFTMAX_TARGETS_ONE,
        "perceptron": s.ONE_LINEAR,
    },
    "comp90049": {
        "next-weights": wrong(read_as(s.TWO_LAYERS, notation=COMP90049.where(j="1", i="2"))),
        r"\delta_{j} = \sum_{i} \theta^{2}_{ij}\, \delta_{i}\, g'(z_{j})": read_as(
            s.TWO_LAYERS, notation=COMP90049.where(j="1", i="2")
        ),
        "index-order": read_as(s.WITHOUT_BIASES, notation=COMP90049.where(i="l", j="l-1")),
        "summary": read_as(s.WITHOUT_BIASES, notation=COMP90049.where(i="l", j="l-1")),
        r"\partial z / \partial \theta_{ij} = a_{i}": wrong(
            read_as(
                s.WITHOUT_BIASES,
                (r"\partial z /", r"\partial z_{i} /"),
                notation=COMP90049.where(i="l", j="l-1"),
            )
        ),
        "not-descent": s.ONE_WEIGHT,
        "small": read_as(
            s.ANY_ERROR, (r"\delta =", r"\delta^{l+1} ="), ("l z", "l z^{l+1}"), notation=COMP90049
        ),
    },
    "scs3201": {
        "": read_as(s.ANY_ERROR, notation=SCS3201),
        r"\Delta w = +\alpha\, \delta\, a": read_as(
            s.ANY_ERROR,
            ("w =", "w^{k}_{i,j} ="),
            (r"\delta\, a", r"\delta^{k}_{i} a^{k-1}_{j}"),
            notation=SCS3201,
        ),
        r"\Delta w = -\eta\, \delta\, a": read_as(
            s.ANY_ERROR, ("w =", "w^{l}_{ij} ="), (r"\delta\, a", r"\delta^{l}_{i} a^{l-1}_{j}")
        ),
        "chains": s.LONG_CHAINS,
        "which-neuron": read_as(s.WITHOUT_BIASES, notation=SCS3201),
        r"\Delta w^{k}_{j,i} = \alpha\, \delta^{k}_{i}\, a^{k-1}_{i}": wrong(
            read_as(s.SAME_EVERYWHERE, notation=SCS3201)
        ),
        r"\delta^{k} = \left((w^{k+1})^{\top} \delta^{k+1}\right) \odot s'(z^{k})": read_as(
            s.ANY_ERROR, ("(w^", "(W^"), notation=SCS3201
        ),
        "own-slope": wrong(read_as(s.ANY_ERROR, notation=SCS3201), "meaningless"),
        r"\delta^{k} = \delta^{k+1} * w_{k+1} * s'(z^{k})": read_as(
            s.CHAINS, notation=SCS3201.chain()
        ),
        "small": read_as(s.CHAINS_WITHOUT_BIASES, notation=SCS3201.chain()),
        r"w_{k} = w_{k} - \alpha\, \delta^{k+1} w_{k+1}\, s'(z^{k})\, a^{k-1}": read_as(
            s.CHAINS, ("w_{k} =", r"w_{k} \leftarrow"), notation=SCS3201.chain()
        ),
        r"w_{K} = w_{K} - \alpha\, \delta^{K} a^{K-1}": read_as(
            s.CHAINS, ("w_{K} =", r"w_{K} \leftarrow"), notation=SCS3201.chain()
        ),
        r"\Delta w^{k}_{j,i} = \alpha\, \delta^{k}_{j}\, a^{k-1}_{i}": read_as(
            s.ANY_ERROR, notation=SCS3201
        ),
    },
    "uva_ml1": {
        "a^{0} = x": s.ANY_ERROR,
        "": read_as(s.WITHOUT_BIASES, notation=UVA.where(j="l", i="l-1", k="L")),
        "z_{i} = x_{i}": read_as(s.WITHOUT_BIASES, notation=UVA.where(i="0")),
        r"\delta_{k} = \partial E / \partial y_{k} = y_{k} - t_{k}": wrong(
            read_as(s.HALF_SQUARED, notation=UVA.where(k="L"))
        ),
        r"\delta_{k}^{\text{out}} = y_{kn} - t_{kn}": wrong(
            read_as(
                s.SOFTMAX_TARGETS_ANY,
                (r"_{k}^{\text{out}}", "_{k}"),
                ("{kn}", "{k}"),
                notation=UVA.where(k="L"),
            )
        ),
        r"\sum_{k} t_{kn} = 1": read_as(s.SOFTMAX_TARGETS_ONE, ("{kn}", "{k}"), notation=UVA),
        r"E = \sum_{k} (y_{k} - t_{k})^{2}": wrong(read_as(s.TANH_THEN_LINEAR, notation=UVA)),
        r"E = \tfrac12 \sum_{k} (y_{k} - t_{k})^{2}": read_as(s.TANH_THEN_LINEAR, notation=UVA),
        r"\delta_{k}^{\text{out}} = y_{k} - t_{k}": read_as(
            s.TANH_THEN_LINEAR,
            (r"_{k}^{\text{out}}", "_{k}"),
            notation=UVA.where(k="L"),
        ),
    },
    "recap": {
        "": s.ANY_ERROR,
        "perceptron": s.PERCEPTRON,
        "xor-contradiction:": s.XOR_SUM,
        r"\hat{y} = w x": s.ONE_WEIGHT,
        "two-layers-composed:": s.SAME_EVERYWHERE,
        "one-weight-gradient:": s.ONE_WEIGHT,
        "one-weight-step:": s.ONE_WEIGHT,
        "steepest-way:": s.STEEPEST,
        r"\partial E / \partial w = x^{2} (w - w^{*})": s.ONE_WEIGHT,
    },
    "skip_connections": {
        "": ANY_GRAPH,
        "any-graph:": FIRST_INPUTS,
        "any-graph-gradients:": FIRST_INPUTS,
        "past-a-unit:": s.NAMED_UNITS,
        "any-graph: delta: no target": read_as(s.SKIPPING_WITHOUT_TARGET, ("g_{i}'", "g'")),
        "direct-and-total:": read_as(s.EVERY_CONNECTION, ("g_{i}'", "g'")),
        r"\partial F_{U} / \partial z_{i} = a_{i} - y_{i}": read_as(
            s.SOFTMAX_TARGETS_ONE,
            (r"\partial F_{U} / \partial z_{i}", r"\delta^{L}_{i}"),
            ("a_{i}", "a^{L}_{i}"),
        ),
        r"\partial f_{o} / \partial z_{p} = w_{op}\, g'(z_{p})": read_as(
            s.NAMED_UNITS,
            (r"\partial f_{o} / \partial z_{p}", r"w_{op} \frac{\partial a_{p}}{\partial z_{p}}"),
        ),
        "xor-floor:": read_as(s.XOR_FLOOR, ("a_1", "a_{1}"), ("a_0", "a_{0}"), ("a_2", "a_{2}")),
        r"1/12 \approx 0.083": s.NUMBERS,
    },
    "training_in_practice": {
        "": s.ANY_ERROR,
        "batches": read_as(s.BATCH, ("E_{n}", "e_{n}")),
        "places-read": s.PLATEAU,
        r"\ln 10 \approx 2.30": s.NUMBERS,
    },
    "why_backpropagation": {
        "growth-layer": s.COUNTS,
        "nudging": read_as(s.SMALL_STEP, (r"\frac{\partial E}{\partial w}", "E_{1}")),
        "cost": s.COUNTED,
        "1-1-1-network-sigmoid-half-squared-no-biases:": s.ONE_ONE_ONE,
    },
    "welcome": {"": s.ANY_ERROR},
    "glossary": {"": s.ANY_ERROR},
    "CONTRIBUTING": {"": s.ANY_ERROR},
    "bplib/graph.py": {
        "": s.SKIPPING,
        r"\delta_i = g'(z_i) \sum_{k \in O_i} w_{ki} \delta_k": s.SKIPPING_WITHOUT_TARGET,
    },
    "bplib/network.py": {"": s.ANY_ERROR},
    "bplib/textbook.py": {
        "": s.ANY_ERROR,
        r"\delta^L_i = \sum_k \frac{\partial E}{\partial a^L_k} \frac{\partial a^L_k}"
        r"{\partial z^L_i}": s.ANY_OUTPUT,
    },
    "bplib/figures/practice/quantities.py": {"": read_as(s.ONE_UNIT, (r"\delta^L", r"\delta"))},
    "bplib/perceptron.py": {"": s.PERCEPTRON},
    "bplib/symbolic/arithmetic.py": {"": s.NUMBERS},
    "bplib/symbolic/network.py": {"": read_as(s.ANY_OUTPUT, *_LAST)},
    "bplib/symbolic/proving.py": {"": s.LOGISTIC},
    "bplib/symbolic/lines/outputs.py": {
        "half_squared_delta": s.ONE_UNIT,
        "cross_entropy_delta": s.ONE_SIGMOID_CROSS_ENTROPY,
        "softmax_delta": read_as(
            s.SOFTMAX_TARGETS_ONE, (r"\delta", r"\delta^{L}"), ("a -", "a^{L} -")
        ),
        "linear_delta": s.ONE_LINEAR,
        "sigmoid_delta": s.ONE_SIGMOID,
        "largest_delta": s.ONE_SIGMOID,
    },
    "bplib/symbolic/any_graph.py": {"": ANY_GRAPH},
    "bplib/symbolic/graph.py": {"": ANY_GRAPH},
    "bplib/symbolic/chain_rule.py": {"": s.THREE_ARGUMENTS},
    "bplib/symbolic/functions.py": {"": s.ONE_SIGMOID},
    "bplib/symbolic/meaning.py": {
        "": s.ONE_SIGMOID,
        r"\tanh z = a": s.ONE_TANH,
        r"e^{z_p} = a_p S": read_as(s.SOFTMAX_AND_ITS_SUM, ("z_p", "z^L_p"), ("a_p", "a^L_p")),
    },
    "bplib/symbolic/weighted_input.py": {"": s.ONE_SIGMOID},
    "bplib/symbolic/matrices.py": {"": read_as(s.ANY_ERROR, (r"\circ", r"\odot"))},
}


_SLOPES = {
    "identity": (s.SLOPE_OF_IDENTITY, s.ONE_LINEAR),
    "sigmoid": (s.SLOPE_OF_SIGMOID, s.ONE_SIGMOID),
    "tanh": (s.SLOPE_OF_TANH, s.ONE_TANH),
    "relu": (s.SLOPE_OF_RELU, s.SLOPE_OF_RELU),
}
_LAYERS = (("_{ij}", "^{l}_{ij}"), ("a_{j}", "a^{l-1}_{j}"))
_LATE = read_as(s.ONE_UNIT_AND_ITS_STEP, ("g'(z)", "g"), ("x_{j}$", "x_{1}"))
_MISSING = r"(g \sum_{k} w_{k} \delta_{k} - g \sum_{k} (w_{k} - \eta \delta_{k} a) \delta_{k})"

SAID = {
    "algorithm": [
        Said("train-figure-try", "above one half where ", "z^{2}_{1} = {}", s.TANH_TWO_ONE),
    ],
    "automatic_differentiation": [
        Said(
            "layers-read",
            "is a sum of the products ",
            r"z^{l+1}_{k} = \sum_{i} {} + b^{l+1}_{k}",
            s.ANY_ERROR,
        ),
        Said(
            "networks-read",
            "finds its error term ",
            r"\delta^{L}_{i} = {}",
            read_as(s.SOFTMAX_TARGETS_ONE, ("a_{i}", "a^{L}_{i}")),
        ),
        Said("function", "has the slope ", "g'(0) = {}", s.SLOPE_OF_SIGMOID),
        Said("twice", "whose slope is ", r"\frac{d}{d u} (\tfrac12 u^{2}) = {}", s.POSITIVE),
        Said(
            "one-unit: half square",
            "has the slope ",
            r"-\frac{\partial E}{\partial a} = {}",
            s.ONE_UNIT,
        ),
        Said(
            "rules-try",
            r"gives \$w\$ the factor ",
            r"\frac{\partial z}{\partial w} = {}",
            s.ONE_UNIT,
        ),
        Said(
            "rules-try", r"and \$x\$ the factor ", r"\frac{\partial z}{\partial x} = {}", s.ONE_UNIT
        ),
        Said(
            "layers-read",
            "gives its weight the factor ",
            r"\frac{\partial z^{l+1}_{k}}{\partial w^{l+1}_{ki}} = {}",
            s.ANY_ERROR,
        ),
        Said(
            "layers-read",
            r"a\^\{l\}_\{i\}\$ the factor ",
            r"\frac{\partial z^{l+1}_{k}}{\partial a^{l}_{i}} = {}",
            s.ANY_ERROR,
        ),
    ],
    "chain_rule": [
        Said(
            "five-read",
            "are the difference ",
            r"\frac{\partial E}{\partial a^{2}_{1}} = {}",
            s.TWO_ONE_ONE,
        ),
        Said(
            "five-read",
            r"y_\{1\}\$, the slope ",
            r"\frac{\partial a^{2}_{1}}{\partial z^{2}_{1}} = {}",
            s.TWO_ONE_ONE,
        ),
        Said(
            "five-read",
            r"_\{11\}\$, the slope ",
            r"\frac{\partial a^{1}_{1}}{\partial z^{1}_{1}} = {}",
            s.TWO_ONE_ONE,
        ),
        Said(
            "matrices-form",
            "is by definition ",
            "z^{l}_{i} - b^{l}_{i} = {}",
            read_as(s.ANY_ERROR, *_LAYERS),
        ),
    ],
    "checking_gradients": [
        Said("taylor", "", r"E(w + h) = {} + \dots", s.SMALL_STEP),
        Said("central-proof", "", STEP + r" = {} + \dots", s.SMALL_STEP),
        Said(
            "complex-proof",
            "",
            r"\frac{\operatorname{Im} E(w + \mathrm{i}h)}{h} = {} + \dots",
            s.SMALL_STEP,
        ),
        Said(
            "network",
            "where ",
            r"\delta^{l}_{i} = g'(z^{l}_{i}) {}",
            read_as(s.ANY_ERROR, ("w_{ki}", "w^{l+1}_{ki}"), ("delta_{k}", "delta^{l+1}_{k}")),
        ),
        Said(
            "summary",
            "wrong by about ",
            STEP + r" - E_{1} = {} + \dots",
            read_as(s.SMALL_STEP, ("h^{2} E_{3} / 6", r"\frac{h^{2} E_{3}}{6}")),
        ),
    ],
    "generalized_delta": [
        Said(
            "factors-read",
            "The first two factors are ",
            r"(a^{2}_{1} - y_{1}) g'(z^{2}_{1}) = {}",
            s.TWO_ONE_ONE,
        ),
        Said("direction", r"collects over \$i\$: ", "z^{l+1}_{k} - b^{l+1}_{k} = {}", s.ANY_ERROR),
        Said("tanh", "whose slope is ", "g'(z) = {}", s.ONE_TANH),
        Said("summary", "the gradient is ", r"\frac{\partial E}{\partial W^{l}} = {}", s.ANY_ERROR),
    ],
    "golden_numbers": [
        Said(
            "slip-read",
            "the derivative is ",
            r"\frac{\partial z^{1}_{1}}{\partial w^{1}_{11}} = {}",
            read_as(s.ALWAYS_TWO, ("i_{1}", "a^{0}_{1}")),
        ),
        Said(
            "study-why",
            r"with respect to \$w_\{k\}\$ is ",
            r"\frac{\partial E}{\partial w_{k}} = {}",
            _LATE,
        ),
        Said(
            "study-why",
            "so the new weight is ",
            r"w_{k} - \eta \frac{\partial E}{\partial w_{k}} = {}",
            _LATE,
        ),
        Said("study-why", "error term is smaller by ", _MISSING + " = {}", _LATE),
        Said(
            "study-why",
            r"from input \$x_\{j\}\$ changes by ",
            rf"\eta {_MISSING} x_{{1}} = {{}}",
            _LATE.but(("x_{j}", "x_{1}")),
        ),
        Said(
            "study-why",
            "for this example changes by ",
            rf"\eta {_MISSING} \sum_{{j}} (x_{{j}})^{{2}} = {{}}",
            _LATE,
        ),
        Said(
            "study-mirror",
            "of the output weights, ",
            r"\frac{\partial E}{\partial w_{k}} = {}",
            _LATE,
        ),
        Said(
            "study-mirror",
            r"changed the \*wrong\* way, ",
            r"2 w_{k} - (w_{k} - \eta \delta_{k} a) = {}",
            _LATE,
        ),
        Said("hk", "where we have ", r"\frac{\partial E}{\partial a} = {}", s.ONE_UNIT),
        Said(
            "hk",
            "There is ",
            r"-\frac{\partial E}{\partial a} = {}",
            read_as(s.ONE_UNIT, ("T", "y"), ("O", "a")),
        ),
    ],
    "notation": [
        Said("table", r"\n\| new weight \| ", r"w^{l}_{ij} \leftarrow {}", s.ANY_ERROR),
        Said(
            "table",
            r"\n\| new weight \| [^|]+\| ",
            r"\theta^{l}_{ij} \leftarrow {}",
            read_as(s.ANY_ERROR, notation=COMP90049),
        ),
        Said(
            "table",
            r"\n\| new weight \| [^|]+\| [^|]+\| ",
            r"w^{l+1}_{i,j} \leftarrow {}",
            read_as(s.ANY_ERROR, notation=SCS3201),
        ),
        Said(
            "table",
            r"\n\| new weight \| [^|]+\| [^|]+\| [^|]+\| ",
            r"w^{(l)}_{ij} \leftarrow {}",
            read_as(s.ANY_ERROR, notation=UVA),
        ),
        Said("traps-read", "The short form ", "g'(z) = {}", s.ONE_SIGMOID),
        Said(
            "traps-read",
            r"y - t\$ there is ",
            r"\delta^{L} = {}",
            read_as(s.LINEAR_HALF_SQUARED, ("a", "a^{L}")),
        ),
    ],
    "output_delta": [
        *(
            Said("others", rf"\n\| \*\*[^|]*{name}[^|]*\| ", "g(z) = {}", slope)
            for name, (slope, _) in _SLOPES.items()
        ),
        *(
            Said(
                "others",
                rf"\n\| \*\*[^|]*{name}[^|]*\| [^|]+\| [^|]+\| at most ",
                r"g'(z) \le {}",
                _SLOPES[name][0],
            )
            for name in ("sigmoid", "tanh")
        ),
        *(
            Said(
                "others",
                rf"\n\| \*\*[^|]*{name}[^|]*\| [^|]+\| [^|]+\| [^|]+\| ",
                "g'(z) = {}",
                from_a,
            )
            for name, (_, from_a) in _SLOPES.items()
            if name != "relu"
        ),
        Said("title", "error term is simply ", r"\delta = {}", s.ONE_SIGMOID_CROSS_ENTROPY),
        Said(
            "delta-gradient",
            "with the derivative ",
            r"\frac{\partial z^{L}_{i}}{\partial w^{L}_{ij}} = {}",
            s.ANY_ERROR,
        ),
        Said("sigmoid-bound", "the slope is ", "g'(z) = {}", s.ONE_SIGMOID),
        Said("tanh-stretched", "its slope is ", "g'(z) = {}", s.SLOPE_OF_TANH),
        Said("other-outputs", "half squared error gives ", r"\delta = {}", s.ONE_LINEAR),
        Said(
            "softmax-rule",
            "it is ",
            r"\delta^{L} = {}",
            read_as(s.SOFTMAX_TARGETS_ONE, ("a -", "a^{L} -")),
        ),
        Said("sigmoid-use", "slope is largest, ", "g'(0) = {}", s.SLOPE_OF_SIGMOID),
        Said(
            "cross-entropy",
            "its term is ",
            r"-(1 \ln a^{L}_{i} + (1 - 1) \ln (1 - a^{L}_{i})) = {}",
            s.SIGMOID_CROSS_ENTROPY,
        ),
        *(
            Said(
                place,
                "has the derivative ",
                r"\frac{d}{d u} \ln (u) = {}",
                read_as(s.POSITIVE, ("1/u", r"\frac{1}{u}")),
            )
            for place in ("cross-entropy-delta: logarithms", "softmax-delta: error by output")
        ),
        Said(
            "softmax-condition",
            "by ",
            r"\delta^{L}_{i} - (a^{L}_{i} - y_{i}) = {}",
            s.SOFTMAX_TARGETS_ANY,
        ),
        Said(
            "softmax-derivative",
            "",
            r"\delta^{L}_{1} - (a^{L}_{1} - y_{1}) = {}",
            read_as(s.SOFTMAX_OF_THREE, ("z_{", "z^{L}_{")),
        ),
        Said("perceptron", "It adds ", r"\Delta w_{j} = {}", s.PERCEPTRON),
    ],
    "comp90049": [
        Said(
            "title",
            r"it \*adds\* ",
            r"\Delta \theta^{l}_{ij} = {}",
            read_as(s.ANY_ERROR, notation=COMP90049.where(i="l", j="l-1")),
        ),
        Said(
            "examples-units",
            "The derivative ",
            r"\frac{\partial E}{\partial a^{L}_{i}} = {}",
            read_as(s.HALF_SQUARED, ("a_{i}", "a^{L}_{i}")),
        ),
        Said(
            "each-output",
            r"\(page 18\) has ",
            r"-\frac{\partial E}{\partial a^{2}_{1}} = {}",
            wrong(
                read_as(
                    s.TWO_LAYERS_HALF_SQUARED,
                    ("{1j}", "{j1}"),  # on that page, (from, to)
                    ("y_{j} - a^{3}_{1}", "y_{j} - a^{3}_{1}"),
                    notation=COMP90049,
                )
            ),
        ),
        Said(
            "each-output",
            r"should be\*\* ",
            r"-\frac{\partial E}{\partial a^{2}_{1}} = {}",
            read_as(s.TWO_LAYERS_HALF_SQUARED, ("{1j}", "{j1}"), notation=COMP90049),
        ),
        Said("title", "Its error term is ", r"\tilde{\delta} = {}", s.ONE_UNIT),
        Said(
            "steps",
            "differ by the factor ",
            r"\Delta w = {} \frac{\partial E}{\partial w}",
            s.ONE_UNIT,
        ),
        Said("not-descent", "the derivative ", r"\frac{\partial E}{\partial w} = {}", s.ONE_LINEAR),
        Said("not-descent", "It gives ", r"\frac{\partial E}{\partial w} = {}", s.ONE_LINEAR),
        Said("not-descent", "the step of gradient descent is ", r"\Delta w = {}", s.ONE_LINEAR),
    ],
    "scs3201": [
        Said(
            "small",
            "The output's error term, ",
            r"\delta^{K}_{i} = {}",
            read_as(s.ANY_ERROR, notation=SCS3201),
        ),
    ],
    "uva_ml1": [
        Said(
            "reused-index",
            r"partial a_\{j\}\$ has ",
            "w_{kj} h'(a_{j}) = {}",
            wrong(
                read_as(s.ANY_ERROR, notation=UVA.where(j="l", k="l+1")),
                "meaningless",
            ),
        ),
        Said(
            "reused-index",
            "on the way to its result, ",
            r"\frac{\partial a_{k}}{\partial a_{j}} = {}",
            read_as(s.ANY_ERROR, notation=UVA.where(j="l", k="l+1")),
        ),
        Said(
            "reused-index",
            r"should be\*\* ",
            "w_{kj} h'(a_{j}) = {}",
            read_as(s.ANY_ERROR, ("j'", "m"), notation=UVA.where(j="l", m="l", k="l+1")),
        ),
        Said(
            "by-activation",
            "lies the slope ",
            r"\frac{\partial y_{k}}{\partial a_{k}} = {}",
            read_as(s.HALF_SQUARED, notation=UVA.where(k="L")),
        ),
        Said(
            "by-activation",
            "which is ",
            r"\delta_{k} = {}",
            read_as(s.LINEAR_HALF_SQUARED, notation=UVA.where(k="L")),
        ),
        Said(
            "tanh-slope",
            "",
            "g'(z) = {}",
            read_as(s.SLOPE_OF_TANH, (r"\tanh^{2}{\left(a \right)}", r"(\tanh (z))^{2}")),
        ),
        Said(
            "summary",
            "softmax with cross-entropy gives ",
            r"\delta^{(L)} = {}",
            read_as(s.SOFTMAX_TARGETS_ONE, notation=UVA),
        ),
    ],
    "recap": [
        Said("why-not", "correction ", r"\Delta w_{j} = {}", s.PERCEPTRON),
        Said("summary", "Its rule adds ", r"\Delta w_{j} = {}", s.PERCEPTRON),
        Said(
            "summary",
            "to the best weight by ",
            r"w_{\text{after}} - w^{*} = ({}) (w - w^{*})",
            s.ONE_WEIGHT,
        ),
        Said(
            "descent-figure-try",
            "and the factor is ",
            r"w_{\text{after}} - w^{*} = ({}) (w - w^{*})",
            read_as(s.ONE_WEIGHT, (r"\lambda", "x^{2}")),
        ),
    ],
    "skip_connections": [
        Said(
            "any-read",
            "adds one term, ",
            r"\delta_{i} = g'(z_{i}) E_{a_{i}} + \sum_{k \in O_{i}} {}",
            s.SKIPPING,
        ),
        Said("floor", r"this number is \$b\$, ", "z_{01} = {}", s.XOR_INPUTS),
        Said("floor", r"\$b \+ w_\{2\}\$, ", "z_{10} = {}", s.XOR_INPUTS),
        Said("floor", r"\$b \+ w_\{1\}\$ and ", "z_{11} = {}", s.XOR_INPUTS),
        Said("learn-read", "which makes ", r"\frac{1}{8} = {}", s.NUMBERS),
        Said(
            "learn-read",
            "There the error term ",
            r"\delta = {}",
            read_as(s.ONE_SIGMOID, ("a_{o}", "a")),
        ),
        Said(
            "summary",
            "adds its own part, ",
            r"\delta_{i} - g'(z_{i}) \sum_{k \in O_{i}} w_{ki} \delta_{k} = {}",
            s.SKIPPING,
        ),
        Said("direct", r"E_\{a_\{i\}\}\$ is ", "E_{a_{i}} = {}", s.OUTPUTS_OF_GRAPHS),
    ],
    "training_in_practice": [
        Said(
            "regression-read",
            "contributes ",
            r"z^{2}_{1} - b^{2}_{1} = \sum_{j} {}",
            s.TANH_THEN_LINEAR,
        ),
        Said("summary", "slope is at most ", r"g'(z) \le {}", s.SLOPE_OF_SIGMOID),
    ],
    "why_backpropagation": [
        Said(
            "formula-code",
            "",
            r"\frac{\partial E}{\partial w^{1}_{11}} = {}",
            s.ONE_ONE_ONE,
        ),
        Said(
            "growth-layer",
            r"a slope of layer \$m\$, ",
            "g'(z) = {}",
            read_as(
                s.SLOPE_OF_SIGMOID,
                ("e^{-z} / (1 + e^{-z})^{2}", r"\frac{e^{-z}}{(1 + e^{-z})^{2}}"),
            ),
        ),
        Said(
            "growth-layer",
            "the differences ",
            r"\frac{\partial E}{\partial a} = {}",
            s.ONE_SIGMOID,
        ),
        Said(
            "cost",
            "one for its derivative, ",
            r"\frac{\partial E}{\partial w^{l}_{ij}} = {}",
            s.ANY_ERROR,
        ),
        Said("cost", r"both passes \| ", r"P_{\text{both passes}} = {}", s.COUNTED),
        Said("growth-layer", r"all their copies \| ", "S = {}", s.COUNTS),
        Said(
            "cost-read",
            "a backward pass takes ",
            r"\frac{P_{\text{all derivatives}}}{P} = {}",
            read_as(s.COUNTED, (r"n_{0}\, n_{1} / P", r"\frac{n_{0} n_{1}}{P}")),
        ),
    ],
    "glossary": [
        Said("", r"relu\n  The activation function ", "g(z) = {}", s.SLOPE_OF_RELU),
        Said("", r"sigmoid\n  The activation function ", "g(z) = {}", s.SLOPE_OF_SIGMOID),
        Said("", r"tanh\n  The activation function ", "g(z) = {}", s.SLOPE_OF_TANH),
        Said("", "from −1 to 1 and has the slope ", "g'(z) = {}", s.ONE_TANH),
    ],
    "CONTRIBUTING": [
        Said("", r"\| gradient \| ", r"\frac{\partial E}{\partial w^{l}_{ij}} = {}", s.ANY_ERROR),
    ],
    "bplib/activations.py": [
        *(
            Said("module", rf"\| {name} \| ", "g(z) = {}", slope)
            for name, (slope, _) in _SLOPES.items()
        ),
        *(
            Said("module", rf"\| {name} \| [^|]+\| ", "g'(z) = {}", from_a)
            for name, (_, from_a) in _SLOPES.items()
            if name != "relu"
        ),
        Said(
            "module", r"\| softmax \| ", "a^{L}_{i} = {}", read_as(s.SOFTMAX_CROSS_ENTROPY, *_LAST)
        ),
        Said("module", r"\| softmax \| [^|]+\| ", "{}", read_as(s.SOFTMAX_CROSS_ENTROPY, *_LAST)),
    ],
    "bplib/codegen/arrays.py": [
        Said(
            "module",
            "notation to arrays: ",
            r"\frac{\partial E}{\partial a^{l}_{i}} = {}",
            s.ANY_ERROR,
        ),
    ],
    "bplib/errors.py": [
        *(
            Said("module", rf"\| {name} \| ", "E = {}", read_as(setting, *_LAST))
            for name, setting in (
                ("half squared", s.HALF_SQUARED),
                ("binary cross-entropy", s.SIGMOID_CROSS_ENTROPY),
                ("cross-entropy", s.SOFTMAX_CROSS_ENTROPY),
            )
        ),
        *(
            Said(
                "module",
                rf"\| {name} \| [^|]+\| [^|]+\| ",
                r"\delta^{L}_{i} = {}",
                read_as(setting, *_LAST),
            )
            for name, setting in (
                ("half squared", s.HALF_SQUARED),
                ("binary cross-entropy", s.SIGMOID_CROSS_ENTROPY),
                ("cross-entropy", s.SOFTMAX_TARGETS_ONE),
            )
        ),
    ],
    "bplib/graph.py": [
        Said(
            "module",
            "which adds ",
            r"\delta_{i} - g'(z_{i}) \sum_{k \in O_{i}} w_{ki} \delta_{k} = {}",
            read_as(s.SKIPPING, (r"\frac{\partial E}{\partial a_i}", "E_{a_{i}}")),
        ),
    ],
    "bplib/symbolic/general.py": [
        Said(
            "module",
            r"proved there\), ",
            r"\frac{\partial E}{\partial w^{l}_{ij}} = {}",
            read_as(s.ANY_ERROR, (r"\partial w}", r"\partial w^{l}_{ij}}")),
        ),
    ],
    "bplib/symbolic/proving.py": [
        Said("define_logistic", "which is then ", "e^{u} = {}", s.LOGISTIC),
    ],
    "bplib/symbolic/lines/descent.py": [
        Said("steepest_way", "changes by ", r"\nabla E \cdot v = {}", s.STEEPEST),
    ],
    "bplib/symbolic/sums.py": [
        Said(
            "module",
            "Differentiating ",
            "z^{l}_{i} - b^{l}_{i} = {}",
            read_as(s.ANY_ERROR, ("w_{ij}", "w^{l}_{ij}"), ("a_j", "a^{l-1}_{j}")),
        ),
        Said(
            "module",
            "gives ",
            r"\frac{\partial z^{l}_{i}}{\partial w^{l}_{pq}} = {}",
            read_as(s.ANY_ERROR, ("a_j", "a^{l-1}_{j}")),
        ),
    ],
}

_CASE = "a case that is supposed, not a claim"
_MENTIONED = "an expression that is mentioned, not a claim"
_OF_ARGUMENTS = (
    "functions of any number of arguments, F_k and f_k: proved by bplib.symbolic.any_graph, and "
    "tried in numbers by tests/symbolic/test_any_graph.py"
)
_LIMIT = "what a quantity tends to"
_NUMBER = "a number, which is compared with the cell that computes it"
_QUOTED = "what a lecture writes, quoted for its index or its letter"
_INDEX_0 = "the bias as a weight of an input 0: an index that only this derivation has"
_SET = "the units that a unit feeds, in the network that is drawn above"

_GIVEN = "what a task gives; its cell says the same in SymPy"
LISTED = {
    "automatic_differentiation_exercises": dict.fromkeys(
        [
            "z = w x + b",
            r"a = \tanh z",
            r"E = \tfrac12 (a - y)^{2}",
        ],
        _GIVEN,
    ),
    "generalized_delta_exercises": dict.fromkeys(
        [
            "a_{1} = u a",
            "a_{2} = v a",
            r"E = \tfrac12 (a_{1} - y_{1})^{2} + \tfrac12 (a_{2} - y_{2})^{2}",
        ],
        _GIVEN,
    ),
    "recap_exercises": dict.fromkeys(["a = w x", r"E = \tfrac12 (y - a)^{2}"], _GIVEN),
    "skip_connections_exercises": dict.fromkeys(
        ["a = g(u x)", "o = v a + s x", r"E = \tfrac12 (o - y)^{2}"], _GIVEN
    ),
    "algorithm": {"w^{2}_{11} z^{1}_{1}": _MENTIONED},
    "automatic_differentiation": {
        r"\tfrac12\square^{2}": "the sign of an operation in a picture",
        r"\delta^{2}_{1} = -0.053": _NUMBER,
        r"\delta^{1}_{1} = -0.026": _NUMBER,
        r"5 \cdot (-2)": _NUMBER,
        r"2 \cdot 3": _NUMBER,
        r"u \cdot u": _MENTIONED,
        r"u_{k} = f_{k}(\dots, u_{i}, \dots)": "names a function of arguments that are left out",
        r"G(\dots, u_{i}, \dots) = F(\dots, u_{i}, \dots, f_{k}(\dots, u_{i}, \dots))": (
            "defines a function of arguments that are left out; its derivative, (one-entry), is "
            "evaluated"
        ),
        "u_{k} = E": _CASE,
    },
    "chain_rule": {
        "|w| / 4": _MENTIONED,
        "a^{l-1} = 0": _CASE,
        r"\frac{d f}{d x} = \lim_{h \to 0}\left(\frac{\Delta f}{h}\right)": _LIMIT,
        r"\lim_{h \to 0} \varepsilon_{d} = 0": _LIMIT,
        r"\lim_{h \to 0} \rho_{d} = 0": _LIMIT,
        "W a": _MENTIONED,
        r"g \circ f^{2} \circ g \circ f^{1}": "a composition; recap derives it, layer by layer",
    },
    "generalized_delta": {
        r"w^{l}_{ij}\, a^{l-1}_{j}": "a product that is counted",
        r"w^{l}_{ij}\, \delta^{l}_{i}": "a product that is counted",
    },
    "golden_numbers": {
        "b^{1}_{1} = b^{1}_{2}": "data of the article",
        "b^{2}_{1} = b^{2}_{2}": "data of the article",
    },
    "notation": {
        r"E = \sum_{n} E_{n}": "how a lecture adds up errors; the sentence goes on to the mean",
        "W a": _MENTIONED,
        r"W^{\top} \delta": _MENTIONED,
    },
    "output_delta": {
        r"g(z) = \tfrac{1}{2}": _CASE,
        r"\ln u": _MENTIONED,
        "-ay": _MENTIONED,
        "+ay": _MENTIONED,
    },
    "comp90049": {
        r"E = \tfrac{1}{2N} \sum_{i=1}^{N} (y^{i} - \hat{y}^{i})^{2}": _QUOTED,
        r"E = \sum_{i=1}^{N} \tfrac12 (y_{i} - a_{i})^{2}": _QUOTED,
    },
    "scs3201": {
        r"z^{k}_{i} = \sum w_{i}\, a_{i}": _QUOTED,
        "J(w_{2}, w_{3}, w_{4}) = Cost(a^{K}, y)": _QUOTED,
    },
    "uva_ml1": {
        r"\partial E / \partial w_{ji} = \delta_{j}\, \partial a_{j} / \partial w_{ji}": _QUOTED,
        r"E = \sum_{n} E_{n}": _QUOTED,
        "a_{n} = w z_{n}": _CASE,
        "j' = j": _CASE,
    },
    "recap": {
        r"\begin{aligned} b &\le 0 \\ w_{1} + b &> 0 \\ w_{2} + b &> 0 \\ w_{1} + w_{2} + b &\le 0 "
        r"\end{aligned}": "conditions that no perceptron meets; test_formula_worlds.py asks one",
        "m > 0": _CASE,
        r"m \le 0": _CASE,
        "a^{l-1}_{0} = 1": _INDEX_0,
        r"w^{l}_{i0} = b^{l}_{i}": _INDEX_0,
        r"z^{l}_{i} = \sum_{j} w^{l}_{ij}\, a^{l-1}_{j} + w^{l}_{i0}\, a^{l-1}_{0}": _INDEX_0,
        r"\phantom{z^{l}_{i}} = \sum_{j=0}^{n_{l-1}} w^{l}_{ij}\, a^{l-1}_{j}": _INDEX_0,
        r"h \circ a^{(2)} \circ h \circ a^{(1)}": _QUOTED,
        "E = 0": _CASE,
        r"\nabla E \neq 0": _CASE,
        r"\nabla E = 0": _CASE,
        r"v = c\,\nabla E": _CASE,
        r"\nabla E \cdot v = 0": _CASE,
        r"\lambda \approx 0.7": _NUMBER,
        r"2 / \lambda \approx 2.86": _NUMBER,
    },
    "skip_connections": {
        r"O_{x_{1}} = O_{x_{2}} = \{c, o\}": _SET,
        r"O_{c} = \{o\}": _SET,
        r"O_{p} = \{q, o\}": _SET,
        r"E_{a_{i}} = 0": _CASE,
        "1 - a_0": _MENTIONED,
    },
    "training_in_practice": {
        r"1/\sqrt{n_{l-1}}": "what the first weights are drawn with: tests/unit/test_network.py",
    },
    "why_backpropagation": {
        r"w^{l}_{ij}\, a^{l-1}_{j}": "a product that is counted",
        r"w^{l}_{ij}\, \delta^{l}_{i}": "a product that is counted",
    },
    "bplib/symbolic/any_graph.py": {
        r"f_k(z_1, \dots, z_{k-1}) = \sum_{j=1}^{k-1} w_{kj}\, g_j(z_j) + b_k": _OF_ARGUMENTS,
        r"F_{k-1}(z_1, \dots, z_{k-1}) = F_k\big(z_1, \dots, z_{k-1}, "
        r"f_k(z_1, \dots, z_{k-1})\big)": _OF_ARGUMENTS,
        "E_{a_i} = 0": _CASE,
    },
    "bplib/symbolic/chain_rule.py": {
        r"f(u_1(x), \dots, u_D(x))": _MENTIONED,
        r"\Delta f / h": _MENTIONED,
        r"\rho_d \to 0": _LIMIT,
        r"\varepsilon_d \to 0": _LIMIT,
        r"\Delta u_d \to 0": _LIMIT,
        r"h \to 0": _LIMIT,
    },
    "bplib/symbolic/meaning.py": {
        r"a_n = 1 - a_1 - \dots - a_{n-1}": "names the last of n outputs",
        "c z": _MENTIONED,
    },
    "bplib/symbolic/weighted_input.py": {r"\ln(1 - a)": _MENTIONED},
}
LISTED_LINES = {  # of derivations
    "skip_connections": {
        "any-graph: f": _OF_ARGUMENTS,
        "any-graph: E": _OF_ARGUMENTS,
        "any-graph: one unit less": _OF_ARGUMENTS,
        "any-graph: E_a": _OF_ARGUMENTS,
        "direct-and-total: E_a": _OF_ARGUMENTS,
    },
}

# Networks that are worked out with numbers: what their rules are about.
CALCULATIONS = {
    "calculation-2-3": s.SIGMOIDS_TWO_THREE_TWO,
    "mazur": s.SIGMOIDS_TWO_TWO_TWO,
    "two-paths-numbers": s.SIGMOIDS_TWO_TWO_TWO,
    "seven-numbers": s.SIGMOIDS_IN_A_CHAIN,
    "tanh-linear-numbers": s.TANH_LINEAR_TWO_TWO_TWO,
    "two-pushes-numbers": s.NAMED_UNITS,
    "output-feeds-output": s.OUTPUT_FEEDS_OUTPUT,
    "xor-by-hand": read_as(s.XOR_GRAPH, (", ", ""), ("x_{1}", "s"), ("x_{2}", "t")),
}


def keys_of(formula):
    """The keys that a table of a page may have for a formula, the narrowest first."""
    return spelled(formula.latex), formula.place, formula.place.partition(": ")[0] + ":"


def spelled_key(key):
    """A key as it is looked up: a formula as it is spelled, a place as it is."""
    return key if re.fullmatch(r"[\w-]*|[\w-]+:.*", key) else spelled(key)


def _by_spelling(table):
    return {spelled_key(key): value for key, value in table.items()}


_PAGES = {page: _by_spelling(table) for page, table in PAGES.items()}
_LISTED = {page: _by_spelling(table) for page, table in LISTED.items()}
_ANYWHERE = _by_spelling(ANYWHERE)


def setting_of(formula):
    """What a formula is about."""
    own = _PAGES.get(formula.page, {})
    narrow = next((own[key] for key in keys_of(formula) if key and key in own), None)
    found = LABELS.get(formula.place) or narrow or _ANYWHERE.get(spelled(formula.latex))
    return about(found or own.get("") or s.ANY_OUTPUT)


def matches(one, formula):
    """Whether something that is said belongs to a formula."""
    return one.place == formula.place and bool(re.search(f"{one.before}$", formula.before))


def said(formula):
    """The claim that the words before a formula make of it, and its setting, or None."""
    for one in SAID.get(formula.page, ()):
        if matches(one, formula):
            setting = about(one.setting)
            return one.claim.replace("{}", setting.prepared(formula.latex)), setting
    return None


def listed(formula):
    """Why a formula is not evaluated, or None."""
    if formula.kind == "line" and formula.place in LISTED_LINES.get(formula.page, {}):
        return LISTED_LINES[formula.page][formula.place]
    return _LISTED.get(formula.page, {}).get(spelled(formula.latex))

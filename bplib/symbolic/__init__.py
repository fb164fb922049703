r"""SymPy derives the rules of backpropagation and proves them.

>>> d = derive([2, 3, 2])  # one network, every unit by its number
>>> d["dE/dw^2_13"]  # one step: a statement, the reason for it, and its proof
dE/dw^2_13: d(E)/d(w^{2}_{13}) = delta^{2}_{1}*a^{1}_{3}
>>> d["dE/dw^2_13"].reason
'error term times incoming activation'
>>> d.prove()  # runs every proof
2-3-2 network, sigmoid, half squared: all 64 statements proved, 16 definitions

**What there is to derive.** `derive` takes one network, `general_rules` any width and depth,
`matrix_rules` the same in matrices. `derive_graph` takes one graph with skip connections,
`any_graph` any of them. `chain_rule` is what the rules for any size rest on. `lines` has
derivations to be read, with every step of the algebra. Each gives a `Derivation`: its `Step`s in
order, each to be had by its name (and `Calculation` goes through one with numbers), with

- `statement`, a SymPy equation in house notation, and `latex()`;
- `reason`, in words, and `assumptions`, equations that the statement needs;
- `proof`, the verdict: "proved", or "definition" for what says what a symbol means, or "NOT
  PROVED". `proves(other)` runs the same proof on another statement, such as a wrong one.

**How a proof works.** The rules are never used to prove themselves. Both sides of a statement are
rewritten until no house symbol is left that has a meaning, and then compared in a normal form.
What a symbol means depends on what is derived:

- *One network or graph, with numbers for units*: a meaning (`Meaning`, `GraphMeaning`) writes out
  the whole error as one expression, by the forward pass alone. Then dE/dw, dE/dz and δ are the
  derivatives of that, the long way. The two sides become quotients of polynomials (`proving`),
  and equal quotients become the same object: no search, as in `simplify`.
- *Any number of units*: indices and sizes stay symbols, and a layer is a `Sum` that SymPy
  differentiates into Kronecker deltas. `sums` gives such sums a normal form. What holds in every
  layer, or for every number of units, is proved by `Induction`: base, hypothesis and step, each of
  which has to be there.
- *The chain rule*: from the definition of differentiability, without SymPy's own chain rule. The
  others use it through `chain_rule.instance`.

**Symbols.** `notation` has w(l, i, j), z(l, i), delta(l, i) and so on: with numbers they are
ordinary symbols, with letters an `Indexed` that a `Sum` can run over. `Partial(E, w)` is a
derivative that is written down and not carried out. `Templated` is an indexed symbol that is
printed by a pattern, such as `\Delta u_{#}` with the index for the #; `UnitIndexed` is the same for
a graph whose units have numbers.

**Which file does what.**

=====================  =============================================================
notation, printing     symbols, and how they are typeset; `layout`: brackets and braces
graph_notation         symbols of one graph, whose units have names
unit_notation          symbols of any graph, whose units have numbers
specification          which network is meant, checked
functions              activations and errors as expressions
derivation             Step, Derivation, verdicts and their report
differentiating        the derivative of one large expression
proving, sums          the two normal forms
comparing              `compare`: formulas beside what is true
induction              a proof by induction, in three parts
meaning                what the symbols of one network stand for
graph_meaning          the same for one graph
chain_rule             the chain rule, from the definition of differentiability
network, graph         `derive` and `derive_graph`
general                `general_rules`; `general_outputs`: those of the output layer
matrices               `matrix_rules`
lines, programs        derivations to be read; the program that proves a line
calculation            a derivation with numbers; `arithmetic`: products written out
page                   a derivation as typeset lines in a page
any_graph              `any_graph`, by eliminating one unit at a time; `graph_programs`
weighted_input         rules rewritten in z, where a has been rounded
=====================  =============================================================

To see a proof refuse something, give it something false:

>>> from bplib.symbolic.derivation import equation
>>> d["delta^1_2"].proves(equation(d["delta^1_2"].lhs, 0))
False

Importing this package imports SymPy; `import bplib` does not.
"""

from .any_graph import any_graph, skip_rule
from .calculation import Calculation
from .chain_rule import chain_rule
from .comparing import compare
from .derivation import Derivation, Proof, ProofReport, Step, StepNameError
from .functions import positive
from .general import general_rules
from .graph import GraphDerivation, derive_graph
from .matrices import matrix_rules
from .network import NetworkDerivation, derive
from .notation import g, g_prime
from .printing import house_latex
from .proving import prove_equal

__all__ = [
    "Calculation",
    "Derivation",
    "GraphDerivation",
    "NetworkDerivation",
    "Proof",
    "ProofReport",
    "Step",
    "StepNameError",
    "any_graph",
    "chain_rule",
    "compare",
    "derive",
    "derive_graph",
    "g",
    "g_prime",
    "general_rules",
    "house_latex",
    "matrix_rules",
    "positive",
    "prove_equal",
    "skip_rule",
]

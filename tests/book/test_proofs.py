r"""A proof proves what is stated: the sides that a cell hands over are those of the label.

Each pair of sides that a proving cell hands over (`_tools.proofs`) is put in numbers, and so are
the typeset sides of the label that the cell names. All four have to agree in pairs: left with
left, right with right. If all laws of a network held in these numbers, every true equation with
the same left side would do, so as few hold as can be:

- NOTHING holds: z, a and E are random, and so is every derivative, with $\delta$ for the
  derivatives that it names. Only the letters decide, and what algebra allows.
- FORWARD: z and a follow from the weights, and every derivative is random.
- ALL: it is the network, where a proof has carried out what the label only names.

The lines of a derivation are read from their LaTeX, and compared where NOTHING holds. The sides of
a comparison in SymPy need WHERE: what its symbols are called in the house notation.
"""

import copy
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

import nbformat
import numpy as np
import pytest
import sympy as sp
from _tools.claims import claims
from _tools.formulas import settings, worlds
from _tools.formulas.meaning import Place, places, value
from _tools.formulas.mutants import mutants
from _tools.formulas.reader import read
from _tools.formulas.tree import FormulaError
from _tools.proofs import HandedOver, handed_over

from bplib.symbolic.printing import house_latex

from .test_formulas import SETTINGS

CHAPTERS = Path(__file__).parents[2] / "chapters"
NOTHING, FORWARD, ALL = "nothing", "forward", "all"
STEP = worlds.STEP
SLIPS = 4  # in each label


def lawless(world, laws=NOTHING):
    """The same world in which fewer laws hold."""
    if laws == ALL:
        return world
    other = copy.copy(world)
    if laws == NOTHING:
        other.state = {
            key: _random(key, number) if callable(world.quantities[key]) else number
            for key, number in world.state.items()
        }

    @cache
    def bumped(key, index):
        """A derivative of everything else by this: random, and always the same."""
        moved = other.state[key].astype(complex)
        moved[index] += STEP * 1j
        return {
            name: moved
            if name == key
            else number + STEP * 1j * _random(f"{name}/{key}", number, index)
            for name, number in other.state.items()
        }

    other.bumped = bumped
    return other


def _random(name, like, *seed):
    seeds = [crc32(f"{name}{seed}".encode())]
    return np.asarray(np.random.default_rng(seeds).uniform(0.2, 1.7, np.shape(like)))


def agree(one, other):
    if np.shape(one) != np.shape(other):
        return False
    scale = max(1, np.max(np.abs(one)), np.max(np.abs(other)))
    return bool(np.max(np.abs(one - other)) <= 1e-9 * scale)


# Lines of derivations

# What the lines say in other letters than the label: replacements in their LaTeX.
SPELLING = {
    "two-links": ((r"\sum_{d=1}^{D} ", ""), ("u_{d}", "u")),  # for D = 1
    "skip-delta": (("g_{i}'", "g'"),),  # each unit has its own function, of the same name
    # of one output
    "binary-cross-entropy-delta": ((r"\delta = a - y", r"\delta^{L}_{i} = a^{L}_{i} - y_{i}"),),
    # the recipe's d, which the lines show to be the error term
    "generalized-delta": (("d^{", r"\delta^{"),),
}
# What the lines assume and the label's text, or its setting, says: that f and all u have
# derivatives; that the unit has no target.
ASSUMED = {"two-links", "chain-rule", "skip-delta"}
# A label with an open index, of which the lines take one value; all others go the same way.
ONLY = {"chain-of-five": {"j": 1}}
# Proved in the smallest network, where all indices are 1.
ONE_UNIT = {"comp-not-descent", "uva-one-example"}
# The function f of the functions u is a number only where the derivatives are its own.
LAWS_OF_LINES = {"chain-rule": ALL}
# What says what letters stand for: the lines before show that the entries are those of the layer.
NAMES = {"matrix-form"}


def lines_of(label, steps):
    """(left, right) of the lines that are proved, as trees, and the lines' assumptions."""
    for step in steps:
        if step.is_definition and label not in NAMES:
            continue
        try:
            [claim] = read(spelt(label, step.latex()), functions_of(label))
            assumed = () if label in ASSUMED else map(house_latex, step.assumptions)
            given = [read(spelt(label, one), functions_of(label))[0] for one in assumed]
        except FormulaError:
            continue  # such as h -> 0, or matrices entry by entry: no label says such a thing
        yield (*claim.sides[:2], given)


def spelt(label, latex):
    for old, new in SPELLING.get(label, ()):
        latex = latex.replace(old, new)
    return latex


def line_says(label, claim, sides, line):
    """Whether a line has the sides of a claim, wherever the claim can be put in numbers."""
    *line, given = line
    if claim.condition:
        sides, line = (
            (*sides, *claim.condition.sides),
            [*line, *(s for g in given for s in g.sides)],
        )
    elif any(not empty(one, world) for one in given for world in SETTINGS[label]):
        return False  # proved under an assumption, and stated without
    tried = 0
    for world in SETTINGS[label]:
        free = lawless(world, LAWS_OF_LINES.get(label, NOTHING))
        for place in places(claim, free):
            if any(place.binding[name] != number for name, number in ONLY.get(label, {}).items()):
                continue
            # A line about any layer says it of the last one, too.
            last = {"l": world.constant("L")} if world.has_layers() else {}
            at = Place(free, last | place.binding)
            if len(sides) != len(line) or not all(map(agree, *numbers(sides, place, line, at))):
                return False
            tried += 1
    return tried > 0


def empty(claim, world):
    """Whether a claim holds where no law does, such as the definition of an error term."""
    free = lawless(world)
    return all(
        agree(*(value(side, place) for side in claim.sides)) for place in places(claim, free)
    )


def numbers(sides, place, line, at):
    return [value(side, place) for side in sides], [value(side, at) for side in line]


# Comparisons in SymPy


def net(*sizes, activation=settings.BENT, hidden=None, error=settings.entangled, biases=True):
    """One random network; of single units, its quantities need no index."""
    activations = [hidden or activation] * (len(sizes) - 2) + [activation]
    world = worlds.Network("network", sizes, activations, error, seed=len(sizes))
    if not biases:
        for l in range(1, len(sizes)):
            world.quantities[f"b{l}"] = 0 * world.quantities[f"b{l}"]
        world.state = world._compute({}, world.quantities)
    return world


def bent(z):
    return sp.sin(z) + z**2 / 4


def bent_slope(z):
    return sp.cos(z) + z / 2


G = {"g": bent, "g'": bent_slope, "h": bent, "h'": bent_slope}
A_LAYER = {"w_#": "w^{2}_{#}", "z_#": "z^{1}_{#}", "δ_#": r"\delta^{2}_{#}"}
HALF, LINEAR = settings.half_squared, settings.IDENTITY
y1, y2 = sp.symbols("y_1 y_2")
CHAIN = worlds.Network(
    "chain", (1, 1, 1, 1), [settings.BENT] * 3, settings.entangled, 1, unitless=True
)
for l in (1, 2, 3):
    CHAIN.quantities[f"b{l}"] = np.zeros((1, 1))
CHAIN.state = CHAIN._compute({}, CHAIN.quantities)


def then_squared(t):
    return sp.sin(t) + t**2


def of_three(t):
    return sp.exp(t / 2) + t**3


def u_k(world):
    """The entry u_k of `settings.ONE_ENTRY`, as a function of u_i."""
    u = world.state["u_{i}"]
    v = (world.state["u_{k}"] - u**2) / np.exp(u / 2)
    return lambda t: float(v) * sp.exp(t / 2) + t**2


SWEEP = worlds.Operations(
    "f_4(f_2(u_1), f_3(u_1))",
    {1: 0.7},
    {
        2: ((1,), np.sin, (np.cos,)),
        3: ((1,), np.exp, (np.exp,)),
        4: ((2, 3), lambda u, v: u * v + v**2, (lambda u, v: v, lambda u, v: u + 2 * v)),
    },
)


@dataclass(frozen=True)
class Where:
    """What the symbols of a comparison are called, where the label is put in numbers, and how.

    `names`: LaTeX of a symbol, with # for its indices. `functions`: what stands for functions that
    a proof leaves open. `at`: values of the label's open indices, one of which the proof is about.
    `numbers`: values of indices and sizes in SymPy. `laws`: what holds on the right side. `total`:
    an index over which the comparison is to be added up.
    """

    worlds: object
    names: dict
    at: tuple = ({},)
    laws: str = NOTHING
    functions: object = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    total: str = ""


UV = {"u": "u", "v": "v"}
WHERE = {
    "one-operation": Where(
        settings.ONE_OPERATION,
        UV,
        laws=ALL,
        functions={"E": then_squared, "q": lambda u, v: sp.sin(u) * v + sp.exp(u * v)},
    ),
    "addition-back": Where(settings.ADDITION, UV, laws=ALL, functions={"E": then_squared}),
    "product-back": Where(settings.PRODUCT, UV, laws=ALL, functions={"E": then_squared}),
    "function-back": Where(
        settings.FUNCTION, UV, laws=ALL, functions={"E": then_squared, "f": of_three}
    ),
    "used-twice": Where(
        settings.USED_TWICE,
        {"u": "u"},
        laws=ALL,
        functions={
            "E": lambda s, t: s * t + t**2,
            "q_1": sp.sin,
            "q_2": lambda u: sp.exp(u) + u,
        },
    ),
    "layer-by-operations": Where(
        [net(2, 2, 2, error=HALF)],
        {"w_#": "w^{2}_{#}", "b_#": "b^{2}_{#}", "a_#": "a^{1}_{#}", "z_#": "z^{1}_{#}"}
        | {"y_#": "y_{#}"},
        at=({"l": 1, "k": 1, "i": 1}, {"l": 1, "k": 1, "i": 2}),
        laws=ALL,
        functions=G | {"E": lambda s, t: ((y1 - bent(s)) ** 2 + (y2 - bent(t)) ** 2) / 2},
    ),
    "one-entry": Where(
        settings.ONE_ENTRY,
        {"u_i": "u_{i}"},
        at=({"i": 1, "k": 1},),
        laws=ALL,
        functions=lambda world: {
            "same": lambda u: u,
            "f_k": u_k(world),
            "F": lambda s, t: sp.sin(s) * t + t**2 + s**3,
        },
    ),
    "adjoint-rule": Where(
        [SWEEP],
        {"u_1": "u_{1}"},
        at=({"i": 1},),
        laws=ALL,
        functions={"f_2": sp.sin, "f_3": sp.exp, "f_4": lambda u, v: u * v + v**2},
    ),
    "late-sum": Where(
        settings.ONE_UNIT_AND_ITS_STEP,
        {"w_k": "w_{k}", "δ_k": r"\delta_{k}", "a": "a", "η": r"\eta"},
        total="k",
    ),
    "sigmoid-slope-bound": Where(settings.SLOPE_OF_SIGMOID, {"z": "z"}, laws=ALL),
    "comp-next-weights": Where(
        [net(2, 2, 2)],
        {"w^2_#": "w^{2}_{#}", "z_#": "z^{1}_{#}", "δ_#": r"\delta^{2}_{#}"},
        at=({"i": 1},),
    ),
    "comp-from-and-to": Where(
        [net(3, 2)],
        {"θ_#": "w^{1}_{#}", "a_#": "a^{0}_{#}"},
        at=({"l": 1, "i": 1, "j": 2},),
        numbers={"n": 3, "i": 1, "j": 2},
    ),
    "comp-examples-units": Where(
        [net(2, 3, error=HALF)],
        {"a_#": "a^{1}_{#}", "y_#": "y_{#}"},
        at=({"i": 2},),
        numbers={"n": 3, "i": 2},
    ),
    "comp-each-output": Where(
        [net(2, 2, 2, error=HALF)],
        {"z_#": "z^{2}_{#}", "y_#": "y_{#}"},
        at=({"i": 2},),
        laws=FORWARD,
    ),
    "comp-begin-weight": Where(
        [net(1, 1, 1, error=HALF, biases=False)],
        {"w": "w^{2}_{11}", "a": "a^{1}_{1}", "y": "y_{1}"},
        laws=ALL,
    ),
    "comp-not-descent": Where(
        [net(1, 1, activation=LINEAR, error=HALF, biases=False)],
        {"w": "w^{1}_{11}", "x": "a^{0}_{1}", "y": "y_{1}"},
        at=({"l": 1, "i": 1, "j": 1},),
        laws=ALL,
    ),
    "scs-which-neuron": Where(
        [net(3, 2)],
        {"w_#": "w^{1}_{#}", "a_#": "a^{0}_{#}", "b_#": "b^{1}_{#}"},
        at=({"l": 1, "i": 2},),
    ),
    "scs-left-sides": Where(
        [CHAIN],
        {"w^1": "w^{1}", "w^2": "w^{2}", "w^3": "w^{3}", "x": "a^{0}", "δ_1": r"\delta^{3}"},
        laws=ALL,
    ),
    "scs-own-index": Where(
        [net(2, 2)],
        {"w_#": "w^{1}_{#}", "a_#": "a^{0}_{#}", "b_#": "b^{1}_{#}", "δ_#": r"\delta^{1}_{#}"},
        at=({"l": 1, "i": 1, "j": 2},),
    ),
    "scs-own-slope": Where([net(2, 2, 2)], A_LAYER, at=({"l": 1, "i": 1},)),
    "scs-one-neuron": Where([net(2, 2, 2)], A_LAYER, at=({"l": 1},)),
    "scs-backwards": Where(
        [net(1, 1, 1)],
        {"w^2": "w^{2}_{11}", "z^1": "z^{1}_{1}", "δ_1": r"\delta^{2}_{1}"},
        at=({"l": 1, "i": 1},),
    ),
    "uva-one-example": Where(
        [net(1, 1, activation=LINEAR, error=HALF, biases=False)],
        {"w": "w^{1}_{11}", "z_1": "a^{0}_{1}", "t_1": "y_{1}"},
        at=({"l": 1, "i": 1, "j": 1},),
        laws=ALL,
    ),
    "uva-reused-index": Where(
        [net(1, 3, 1)],
        {"a_#": "z^{1}_{#}", "w_k#": "w^{2}_{1#}"},
        at=({"l": 1, "k": 1, "i": 2},),
    ),
    "uva-first-layer": Where(
        [net(2, 1)],
        {"w_#": "w^{1}_{#}", "x_#": "a^{0}_{#}", "b_#": "b^{1}_{#}"},
        at=({"i": 1},),
    ),
    "uva-by-activation": Where(
        [net(1, 1, error=HALF)],
        {"a_k": "z^{1}_{1}", "t_k": "y_{1}"},
        at=({"i": 1},),
        laws=FORWARD,
    ),
    "uva-softmax-targets": Where(
        [net(2, 3, activation=settings.SOFTMAX, error=settings.cross_entropy)],
        {"a_#": "z^{1}_{#}", "t_#": "y_{#}"},
        at=({"i": 1},),
        laws=FORWARD,
    ),
    "uva-half": Where(
        [net(2, 2, 2, activation=LINEAR, hidden=settings.TANH, error=HALF, biases=False)],
        {"y_#": "a^{2}_{#}", "t_#": "y_{#}", "a_#": "z^{1}_{#}", "w^2_#": "w^{2}_{#}"},
        at=({"i": 1},),
        laws=ALL,
    ),
}


def comparison_says(label, claim, sides, pair):
    """Whether a comparison in SymPy has the sides of a claim in one of the places it is about."""
    where = WHERE[label]
    return all(
        any(_says_at(where, world, binding, claim, sides, pair) for binding in where.at)
        for world in where.worlds
    )


def _says_at(where, world, binding, claim, sides, pair):
    functions = where.functions(world) if callable(where.functions) else G | where.functions
    for side, expr, laws in zip(sides, pair, (ALL, where.laws), strict=True):
        free = lawless(world, laws)
        open_ = next(places(claim, free), Place(free, {})).binding
        if not open_.keys() <= binding.keys() and open_:
            raise KeyError(f"WHERE has no number for {open_.keys() - binding.keys()}")
        place = Place(free, {name: binding[name] for name in open_})
        if where.total:
            range_ = range(1, len(free.state["w"]) + 1)
            found = sum(
                in_numbers(expr, Place(free, {where.total: n}), where, functions) for n in range_
            )
        else:
            found = in_numbers(expr, place, where, functions)
        if not agree(value(side, place), found):
            return False
    return True


def in_numbers(expr, place, where, functions):
    """An expression of SymPy as a number, or a column of numbers, in a world."""
    if isinstance(expr, sp.MatrixBase):
        return np.array([[in_numbers(entry, place, where, functions)] for entry in expr])
    expr = sp.sympify(expr)
    expr = expr.xreplace(_whole(expr, where.numbers))
    expr = expr.replace(_by_a_function, _by_a_letter)
    expr = expr.replace(
        lambda e: isinstance(e, sp.Function) and e.func.__name__ in functions,
        lambda e: functions[e.func.__name__](*e.args),
    )
    expr = expr.doit().doit()
    if expr.has(sp.Derivative, sp.Subs, sp.core.function.AppliedUndef):
        raise KeyError(f"{expr}: WHERE has no function for it")
    indexed = expr.atoms(sp.Indexed)
    inside = set().union(*(e.atoms(sp.Symbol) for e in indexed))
    letters = indexed | expr.atoms(sp.Symbol) - inside
    known = {e: sp.Float(_named(e, place, where.names), 20) for e in letters}
    return float(expr.xreplace(known))


def _whole(expr, numbers_of):
    letters = expr.atoms(sp.Symbol)
    return {s: sp.Integer(numbers_of[s.name]) for s in letters if s.name in numbers_of}


def _by_a_function(expr):
    return isinstance(expr, sp.Derivative) and isinstance(expr.variables[0], sp.Function)


def _by_a_letter(expr):
    """dE(q)/dq with a letter for q, and q put in after: SymPy differentiates by letters."""
    letter, by = sp.Dummy(), expr.variables[0]
    return sp.Subs(sp.Derivative(expr.expr.xreplace({by: letter}), letter), letter, by)


def _named(letter, place, names):
    """The number that a letter is, by its name in the house notation."""
    text = str(letter)
    if isinstance(letter, sp.Indexed):
        text = f"{letter.base}_{''.join(map(str, letter.indices))}"
    for pattern, latex in names.items():
        match = re.fullmatch(re.escape(pattern).replace(r"\#", r"(\d+)"), text)
        if match:
            latex = latex.replace("#", match[1]) if match.groups() else latex
            [claim] = read(f"{latex} = 0", ())
            return float(value(claim.sides[0], place))
    raise KeyError(f"{text}: WHERE has no name for it in the house notation")


# Expansions in the small step


def expansion_says(sides, expr, world):
    """Whether a polynomial in h begins with the right side, and is the left one up to h^6."""
    where = Where([world], {"E_#": "E_{#}", "h": "h"})
    [h] = [symbol for symbol in expr.free_symbols if symbol.name == "h"]
    begins = sum(term for term in expr.args if sp.degree(term, h) <= 2)
    place = Place(world, {})
    left, right = (value(side, place) for side in sides)
    whole, start = (in_numbers(e, place, where, {}) for e in (expr, begins))
    return abs(left - whole) < 1e-8 and agree(right, start)


# The book


@cache
def notebook(path):
    return nbformat.read(path, 4)


@cache
def handed(path):
    return handed_over(notebook(path))


def functions_of(label):
    return set().union(*(world.functions for world in SETTINGS[label]))


def pairs_of(label, latex):
    """Claim and two sides: the first side of each claim with each of the others."""
    for claim in read(latex, functions_of(label)):
        for side, relation in zip(claim.sides[1:], claim.relations, strict=True):
            named = label in NAMES and "g(" in latex[slice(*side.span)]  # what an activation is
            if relation == "=" and not named:
                yield claim, (claim.sides[0], side)


def proves(label, claim, sides, cell, why=None):
    """Whether what a cell hands over has the sides of a claim; `why` collects what is unknown."""
    if cell.value is not None:
        return all(expansion_says(sides, cell.value, world) for world in SETTINGS[label])
    says, handed_on = line_says, lines_of(label, cell.steps)
    if cell.pairs:
        if label not in WHERE:
            raise KeyError(
                f"({label}) is proved by a comparison in SymPy: add to WHERE in "
                "tests/book/test_proofs.py what its symbols are called in the house notation"
            )
        says, handed_on = comparison_says, [*cell.pairs, *entries(cell.pairs)]
    for one in handed_on:
        try:
            if says(label, claim, sides, one):
                return True
        except (FormulaError, KeyError, TypeError) as error:  # it is about other quantities
            if why is not None:
                why.append(str(error))
    return False


def entries(pairs):
    """The entries of matrices that are compared."""
    for left, right in pairs:
        if isinstance(left, sp.MatrixBase):
            yield from zip(left, right, strict=True)


def said(latex, sides):
    return " = ".join(latex[slice(*side.span)] for side in sides)


def unproved(label, latex, cells):
    """What no cell hands over, in words; and cells that hand over nothing of the label."""
    idle = dict(cells)
    for claim, sides in pairs_of(label, latex):
        why = []
        proving = [name for name, cell in cells.items() if proves(label, claim, sides, cell, why)]
        for name in proving:
            idle.pop(name, None)
        if not proving:
            yield f"{said(latex, sides)}: handed over by no cell of {', '.join(cells)}", *why
    for name, cell in idle.items():
        nothing = "" if cell else "; it hands over nothing, whatever it prints"
        yield (f"cell {name} proves nothing that ({label}) states{nothing}",)


LABELS = [
    pytest.param(path, label, latex, id=label)
    for path in sorted(CHAPTERS.glob("*/*.ipynb"))
    for label, latex in claims(notebook(path)).stated.items()
]


def cells_of(path, label):
    return {cell: handed(path)[cell] for cell in claims(notebook(path)).proved[label]}


@pytest.mark.parametrize(("path", "label", "latex"), LABELS)
def test_what_is_proved_is_what_is_stated(path, label, latex):
    found = [" | ".join(words) for words in unproved(label, latex, cells_of(path, label))]
    assert not found, f"{path.parent.name}/{path.name}, ({label}):\n" + "\n".join(found)


@pytest.mark.parametrize(("path", "label", "latex"), LABELS)
def test_another_statement_is_not_what_is_proved(path, label, latex):
    """Some slips of the pen in the label, drawn by seed: none is what the cells hand over."""
    every = list(mutants(latex, functions_of(label)))
    for mutant in Random(label).sample(every, min(SLIPS, len(every))):
        if label in ONE_UNIT and "ind" in mutant.what:
            continue
        if all_said(label, mutant.latex) == all_said(label, latex):
            continue  # changed in a bound, or in what is a definition
        try:
            left_over = list(unproved(label, mutant.latex, cells_of(path, label)))
        except FormulaError:
            continue
        assert left_over, f"{mutant.what}: {mutant.latex}"


def all_said(label, latex):
    return [said(latex, sides) for _, sides in pairs_of(label, latex)]


COMPARED = [p for p in LABELS if p.values[1] in WHERE]


@pytest.mark.parametrize(("path", "label", "latex"), COMPARED)
def test_a_changed_comparison_is_not_what_is_stated(path, label, latex):
    for change in (lambda side: 2 * side, lambda side: -side):
        for of_left in (True, False):
            cells = {}
            for name, cell in cells_of(path, label).items():
                pairs = [
                    (change(left), right) if of_left else (left, change(right))
                    for left, right in cell.pairs
                ]
                cells[name] = HandedOver(pairs=pairs)
            assert list(unproved(label, latex, cells))


def test_the_tables_name_labels_of_the_book():
    labels = {p.values[1] for p in LABELS}
    assert (
        not (
            WHERE.keys()
            | SPELLING.keys()
            | ONLY.keys()
            | LAWS_OF_LINES.keys()
            | NAMES
            | ASSUMED
            | ONE_UNIT
        )
        - labels
    )


# Planted


RULE = r"\delta^{l}_{i} = g'(z^{l}_{i}) \sum_{k} w^{l+1}_{ki}\, \delta^{l+1}_{k}"


def lesson(source, label="generalized-delta", before=""):
    """What one proving cell hands over."""
    cells = [nbformat.v4.new_code_cell(before), nbformat.v4.new_code_cell(source, id="proof")]
    cells[1].metadata["proves"] = [label]
    return handed_over(nbformat.v4.new_notebook(cells=cells))


def test_a_cell_that_proves_the_rule_is_found_to():
    cells = lesson("lines.hidden_delta()", before="from bplib.symbolic import lines")
    assert not list(unproved("generalized-delta", RULE, cells))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("print(0)", "hands over nothing, whatever it prints"),
        ("0", "hands over nothing, whatever it prints"),
        ("from bplib.symbolic import lines\nprint(lines.hidden_delta())", "hands over nothing"),
        ("from bplib.symbolic import lines\nlines.sigmoid_delta()", "handed over by no cell"),
        ("from bplib.symbolic import lines\nlines.weight_gradient()", "handed over by no cell"),
        ("from bplib.symbolic import lines\nlines.hidden_delta().show('chain rule')", "by no cell"),
    ],
)
def test_a_cell_that_proves_nothing_or_something_else_is_seen(source, message):
    said = " ".join(" ".join(w) for w in unproved("generalized-delta", RULE, lesson(source)))
    assert message in said


COMPARISON = """
import sympy as sp
from bplib.symbolic import compare
w, a, d1, d2 = sp.symbols("w_12 a_2 δ_1 δ_2")
class error(sp.Function):
    def fdiff(self, argindex=1):
        return sp.Symbol(f"δ_{argindex}")
"""
OWN_INDEX = r"\frac{\partial E}{\partial w^{l}_{ij}} = \delta^{l}_{i}\, a^{l-1}_{j}"


@pytest.mark.parametrize(
    ("source", "proved"),
    [
        ("compare(sp.Derivative(error(w * a), w), mended=d1 * a)", True),
        ("compare(sp.Derivative(error(w * a), w), slide=d2 * a)", False),  # false
        ("compare(sp.Derivative(error(w * a), a), mended=d1 * w)", False),  # of something else
        ("compare(d2 * a, mended=d2 * a)", False),  # of another unit
        ("compare(sp.Integer(0), mended=0)", False),
    ],
)
def test_a_comparison_has_to_be_that_of_the_label(source, proved):
    cells = lesson(source, "scs-own-index", COMPARISON)
    assert (not list(unproved("scs-own-index", OWN_INDEX, cells))) is proved


def test_a_cell_is_run_with_the_cells_that_it_needs_and_no_others():
    cells = [
        nbformat.v4.new_code_cell(source)
        for source in (
            "import bplib.symbolic as s",
            "raise RuntimeError",
            "rule = None",
            "rule = s.lines.hidden_delta",
            "rule()",
        )
    ]
    cells[-1].metadata["proves"] = ["x"]
    [handed_on] = handed_over(nbformat.v4.new_notebook(cells=cells)).values()
    assert len(handed_on.steps) == 9

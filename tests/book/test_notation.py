"""The four notations of the notation page: its own cells, on many networks, and its equations.

The page shows four implementations and compares them with bplib on two networks. Here the same
cells run, by their ids, so that nothing is written twice.
"""

import ast
import copy
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from bplib import Network
from bplib.formulas import meaning, settings
from bplib.formulas.meaning import Place
from bplib.formulas.notations import COMP90049, HOUSE, SCS3201, UVA
from bplib.formulas.reader import LAYERED, read_expression
from bplib.formulas.tree import FormulaError, bare

PAGE = Path(__file__).parents[2] / "chapters" / "notation" / "notation.ipynb"
CELLS = {cell.id: cell.source for cell in nbformat.read(PAGE, 4).cells}
NOTATIONS = {
    "house": "house",
    "comp90049": "COMP90049",
    "scs3201": "SCS3201",
    "uva": "UvA ML1",
}
NEEDED = ("imports", "functions", *NOTATIONS, "run", "compare")


def page(**changed):
    """The names that the page's cells define, with some cells replaced."""
    names = {}
    for cell in NEEDED:
        exec(changed.get(cell, CELLS[cell]), names)
    return names


def random_network(sizes, seed, with_biases=False):
    rng = np.random.default_rng(seed)
    net = Network(sizes, seed=seed)
    net.parameters *= rng.uniform(0.5, 3)
    if with_biases:
        for bias in net.b:
            bias[...] = rng.normal(size=bias.shape)
    x, y = rng.normal(size=sizes[0]), rng.uniform(size=sizes[-1])
    return net, x, y, rng.uniform(0.05, 2)


# Square layers first: there, a wrong index shows in the numbers and not in the shapes.
TWO = ([3, 3, 3], [2, 3, 2], [1, 1, 1], [4, 2, 5])
DEEP = ([3, 3, 4, 2], [3, 3, 3, 3], [1, 1, 1, 1, 1], [2, 5, 3, 4, 2])


@pytest.mark.parametrize("sizes", TWO + DEEP, ids=lambda sizes: "-".join(map(str, sizes)))
@pytest.mark.parametrize("with_biases", [False, True], ids=["no biases", "biases"])
def test_all_notations_compute_the_same_update(sizes, with_biases):
    differences = page()["differences"]
    expected = {"house", "SCS3201"}
    if not with_biases:
        expected |= {"COMP90049"} | ({"UvA ML1"} if len(sizes) == 3 else set())
    for seed in range(25):
        found = differences(*random_network(sizes, seed, with_biases))
        assert set(found) == expected
        assert max(found.values()) < 1e-12, (seed, found)


class Mutants(ast.NodeVisitor):
    """Every way to change one sign, number, letter, index string or transposition of a function."""

    LETTERS = str.maketrans("az", "za")

    def __init__(self, source):
        self.tree = ast.parse(source)
        self.found = []
        self.visit(self.tree)

    def _mutant(self, node, **fields):
        old = {name: getattr(node, name) for name in fields}
        for name, value in fields.items():
            setattr(node, name, value)
        self.found.append((ast.unparse(node), ast.unparse(copy.deepcopy(self.tree))))
        for name, value in old.items():
            setattr(node, name, value)

    def visit_BinOp(self, node):
        if isinstance(node.op, ast.Add | ast.Sub):
            swapped = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            self._mutant(node, op=swapped)
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        self._mutant(node, op=ast.UAdd())
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, int):
            self._mutant(node, value=node.value + 1)
            self._mutant(node, value=node.value - 1)
        elif isinstance(node.value, str) and re.fullmatch(r"(\w)(\w),(\w)->(\w)", node.value):
            self._mutant(node, value=node.value[1] + node.value[0] + node.value[2:])

    def visit_Attribute(self, node):
        if node.attr == "T":
            self._mutant(node, attr="real")
        self.generic_visit(node)

    def visit_Name(self, node):
        if re.fullmatch("[az](_[ijk])?", node.id) and isinstance(node.ctx, ast.Load):
            self._mutant(node, id=node.id.translate(self.LETTERS))


MUTANTS = [
    pytest.param(cell, source, id=f"{cell}-{number}: {change}")
    for cell in NOTATIONS
    for number, (change, source) in enumerate(Mutants(CELLS[cell]).found)
]


@pytest.mark.parametrize(("cell", "source"), MUTANTS)
def test_a_changed_sign_or_layer_number_is_caught(cell, source):
    assert source != ast.unparse(ast.parse(CELLS[cell]))
    networks = [random_network([3, 3, 3], seed=0)]
    if cell != "uva":
        networks.append(random_network([3, 3, 3, 3], seed=0))
    if cell in ("house", "scs3201"):
        networks.append(random_network([3, 3, 3], seed=0, with_biases=True))
    try:
        differences = page(**{cell: source})["differences"]
        found = [differences(*network) for network in networks]
    except (KeyError, NameError, ValueError):
        return  # a layer, a name or a shape that does not exist
    assert max(gaps.pop(NOTATIONS[cell]) for gaps in found) > 1e-6
    assert all(gap < 1e-12 for gaps in found for gap in gaps.values())


# The equations of the page. The page's own table translates each set into house symbols; it must
# then be the house set, up to the names of the indices.

WITHOUT_BIASES = ("comp90049", "uva")
SYMBOLS = ("weight from $j$ to $i$", "bias", "weighted input", "activation", "error term", "target")
WORDS = ("activation function", "error of one example", "learning rate")
SYMBOL = re.compile(
    r"(?<![A-Za-z\\])(?P<letter>\\?[A-Za-z]+)"
    r"(?:\^\{\(?(?P<layer>[lLkK])(?P<shift>[+-]1)?\)?\})?"
    r"_\{(?P<first>\w),?(?P<second>\w)?\}"
)


def table():
    """The page's table: row -> notation -> LaTeX."""
    rows = [line.strip("| \n").split(" | ") for line in CELLS["table"].splitlines() if "|" in line]
    (_, *header), _, *rows = rows
    by_name = {title: name for name, title in NOTATIONS.items()}
    return {
        row: {by_name[title]: cell.strip("$") for title, cell in zip(header, cells, strict=True)}
        for row, *cells in rows
    }


TABLE = table()


def equations(name):
    cell = CELLS[f"{name}-equations"]
    (display,) = re.findall(r"\\begin\{aligned\}(.*?)\\end\{aligned\}", cell, re.DOTALL)
    return [" ".join(re.sub(r"\\,|&", " ", line).split()) for line in display.split(r"\\")]


def in_house_symbols(line, name):
    """The equation with house symbols; layers count from its left-hand side, indices are p, q."""
    letters, shifts = {}, {}
    for row in SYMBOLS:
        theirs = SYMBOL.search(TABLE[row][name])
        if theirs:
            letters[theirs["letter"]] = SYMBOL.search(TABLE[row]["house"])["letter"]
            shifts[theirs["letter"]] = int(theirs["shift"] or 0)
    output = SYMBOL.fullmatch(TABLE["output"][name])
    if TABLE["error term"][name].startswith("-"):
        line = with_the_other_delta(line)
    first_layer, indices = [], {}

    def unit(index):
        return indices.setdefault(index, "pqr"[len(indices)])

    def house(found):
        letter, layer, shift, *units = found.groups()
        if letter == r"\sum":
            return rf"\sum_{unit(units[0])} "
        if letter not in (*letters, output["letter"]):
            return found[0]
        units = "".join(unit(index) for index in units if index)
        if layer is None and output["layer"] is None and letter == output["letter"]:
            return f"a^L_{units}"  # the output has a letter of its own
        letter, shift = letters[letter], int(shift or 0) - shifts[letter]
        if layer is None:
            return f"{letter}_{units}"
        if TABLE["output layer"][name] == f"{layer} = L+1":
            layer, shift = "L", shift + 1
        if layer != "L":
            first_layer.append(shift)
            layer, shift = "l", shift - first_layer[0]
        return f"{letter}^{layer}{f'{shift:+}' if shift else ''}_{units}"

    line = SYMBOL.sub(house, line)
    for row in WORDS:
        word, ours = (re.escape(TABLE[row][name]), TABLE[row]["house"].replace("\\", r"\\"))
        line = re.sub(rf"(?<![A-Za-z\\]){word}(?![A-Za-z])", ours, line)
    return line.replace(" ", "")


def with_the_other_delta(line):
    """The same equation for an error term of the other sign."""
    if line.count(r"\delta") % 2 == 0:
        return line  # the signs cancel
    for old, new in (
        (r"\(y_\{i\} - (a\^\{L\+1\}_\{i\})\)", r"(\1 - y_{i})"),
        (r"= -\\delta", r"= \\delta"),
        (r"\+ \\eta", r"- \\eta"),
    ):
        line, count = re.subn(old, new, line)
        if count:
            return line
    return "no sign to turn: " + line


def house_set(name):
    found = [in_house_symbols(line, "house") for line in equations("house")]
    if name in WITHOUT_BIASES:
        found[0], count = re.subn(r"\+b.*", "", found[0])
        assert count == 1
    return found


@pytest.mark.parametrize("name", ["comp90049", "scs3201", "uva"])
def test_the_equations_of_each_notation_are_those_of_the_house(name):
    assert [in_house_symbols(line, name) for line in equations(name)] == house_set(name)
    assert len(equations(name)) == 7


def update_of_the_table(rows, name):
    """The update as two rows of the table have it: the new weight, and in it the change."""
    new, change = rows["new weight"][name], rows["change of a weight"][name]
    if change != "none":
        left, right = change.split(" = ")
        signs = {"+": "-", "-": "+"} if right.startswith("-") else {"+": "+", "-": "-"}
        [sign] = re.findall(rf"([+-]) {re.escape(left)}$", new)
        new = new.replace(f"{sign} {left}", f"{signs[sign]} {right.lstrip('-')}")
    weight = rows["weight from $j$ to $i$"][name]
    return in_house_symbols(rf"{weight} \leftarrow {new}".replace(r"\,", " "), name)


@pytest.mark.parametrize("name", NOTATIONS)
def test_the_change_of_a_weight_gives_the_update_of_the_equations(name):
    assert update_of_the_table(TABLE, name) == house_set(name)[-1]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (row, name)
        for row in ("new weight", "change of a weight")
        for name in NOTATIONS
        if TABLE[row][name] != "none"
    ],
)
def test_a_wrong_sign_of_the_change_is_noticed(row, name):
    cell = TABLE[row][name]
    if row == "new weight":
        other = re.sub(" [+-] ", lambda sign: {"+": " - ", "-": " + "}[sign[0].strip()], cell)
    else:
        other = cell.replace("= -", "= ") if "= -" in cell else cell.replace("= ", "= -")
    assert other != cell
    wrong = TABLE | {row: TABLE[row] | {name: other}}
    assert update_of_the_table(wrong, name) != house_set(name)[-1]


@pytest.mark.parametrize("name", NOTATIONS)
def test_the_slope_is_the_prime_of_the_activation_function(name):
    assert TABLE["its slope"][name] == TABLE["activation function"][name] + "'"


LETTERS = re.compile(r"\\(?:Delta|delta|eta)|\\hat\{y\}|[A-Za-z]'?")


def test_the_table_has_every_letter_of_the_house_rules():
    """What the equations of the house are made of is in its column, and no cell is missing."""
    column = " ".join(cells["house"] for cells in TABLE.values())
    text = r"\\(?:sum|tfrac|leftarrow|frac|partial)"
    used = {
        letter for line in equations("house") for letter in LETTERS.findall(re.sub(text, " ", line))
    }
    assert used - {"i", "j", "k"} >= {"w", "a", "z", "b", "g", "g'", "E", "y", "L", "l"}
    assert not used - set(LETTERS.findall(column)) - {"k"}
    for cells in TABLE.values():
        assert cells.keys() == NOTATIONS.keys()


@pytest.mark.parametrize("name", NOTATIONS)
def test_a_wrong_equation_is_noticed(name):
    tried = 0
    for line, right in zip(equations(name), house_set(name), strict=True):
        for old, new in (
            (r"\+1", ""),
            ("-1", ""),
            (r"(?<= )-", "+"),
            (r"(?<= )\+", "-"),
            (r"\\tfrac\{1\}\{2\}", ""),
            (r"(?<![A-Za-z])[az](?=\^)", lambda found: "za"["az".index(found[0])]),
            (r"([ijk])(,?)([ijk])(?=\})", r"\3\2\1"),
        ):
            for found in re.finditer(old, line):
                changed = new(found) if callable(new) else found.expand(new)
                wrong = line[: found.start()] + changed + line[found.end() :]
                tried += 1
                assert in_house_symbols(wrong, name) != right, wrong
    assert tried > 20


# Every row, evaluated: what each notation writes is what the house writes.

OTHERS = {"comp90049": COMP90049, "scs3201": SCS3201, "uva": UVA}
IN_WORDS = ("error of all examples", "change of a weight", "new weight")  # see test_formulas
SAME_LETTERS = ("number of units in a layer", "units that unit $i$ feeds", "number of examples")
WORLD = settings.SIGMOIDS_TWO_THREE_TWO[0]
LAYERS = {"input layer": "0", "a layer": "l", "output layer": "L"}


def in_the_house(cell, name):
    """What a cell of the table says in a random network, for one unit of one layer."""
    notation = OTHERS.get(name, HOUSE)
    latex, *_ = cell.split(" = ")
    tree = read_expression(latex, *notation.spelling(frozenset("g"), LAYERED))
    tree = notation.in_house(tree)
    if re.fullmatch(r"(?:w|\\theta|W)\^\{\(?[lk][+1]*\)?\}", latex):  # without a unit: all of them
        tree = read_expression("W^{l}") if str(bare(tree)).upper() == "W^{L}" else tree
    return meaning.value(tree, Place(WORLD, {"l": 2, "i": 2, "j": 1}))


def disagreement(row, name, cell):
    """What is wrong with a cell, or None."""
    house, notation = TABLE[row]["house"], OTHERS.get(name, HOUSE)
    if row in LAYERS:
        shift = -notation.letters["z" if name != "uva" else "a"][1]
        expected = {"0": str(shift), "l": "l+1" if shift else "l"}.get(house)
        expected = expected or {"scs3201": "K = L+1", "comp90049": "L+1"}.get(name, "L")
        return None if cell.strip("()") == expected else f"{cell} is not {expected}"
    if row in SAME_LETTERS:
        return None if cell == house else f"{cell} is not {house}"
    if "activation function" in row or row == "its slope":
        letter, rest = re.fullmatch(r"([a-z])(.*)", cell).groups()
        ours = notation.functions.get(letter, "?") + rest.replace("(", "").replace(")", "")
        return None if ours == house else f"{cell} is our {ours}"
    try:
        same = np.array_equal(in_the_house(cell, name), in_the_house(house, "house"))
    except FormulaError as error:
        return f"{cell}: {error}"
    return None if same else f"{cell} is not {house}"


CELLS_OF_TABLE = [
    (row, name)
    for row, cells in TABLE.items()
    for name, cell in cells.items()
    if row not in IN_WORDS and cell != "none"
]


@pytest.mark.parametrize(("row", "name"), CELLS_OF_TABLE)
def test_a_cell_of_the_table_means_what_the_house_means(row, name):
    assert disagreement(row, name, TABLE[row][name]) is None


@pytest.mark.parametrize(("row", "name"), CELLS_OF_TABLE)
def test_a_wrong_cell_of_the_table_is_noticed(row, name):
    """Another layer, another letter, the other sign, indices turned round."""
    cell = TABLE[row][name]
    changed = {
        cell.replace("l+1", "l") if "l+1" in cell else cell.replace("l", "l-1"),
        re.sub(r"(?<![a-z\\])[az](?=\^)", lambda found: "za"["az".index(found[0])], cell),
        cell.removeprefix("-") if cell.startswith("-") else cell.replace(r"\delta", r"-\delta"),
        re.sub(r"\{([ij])(,?)([ij])\}", r"{\3\2\1}", cell),
        {"g": "h", "s": "g", "h": "s", "0": "1", "1": "0", "L": "l", "N": "n"}.get(cell, cell),
    } - {cell}
    if row not in ("input",):  # its first layer has no neighbour below
        assert [one for one in changed if disagreement(row, name, one) is None] == []

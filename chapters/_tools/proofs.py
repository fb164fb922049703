"""What the proving cells of a notebook hand over: the two sides that each has proved equal.

A cell hands over what `bplib.symbolic.compare` finds off by 0, the lines of a derivation that is
its last value, and an expression that is. The cells are run here in this process, with those that
they need and no others: a cell needs the last one before it that gives it a name.
"""

import ast
import builtins
import contextlib
import io
from dataclasses import dataclass, field
from unittest.mock import patch

import bplib.symbolic
from bplib.symbolic.comparing import difference
from sympy import Expr


@dataclass
class HandedOver:
    """Of one cell: lines of derivations, pairs (left, right) of SymPy, and a last expression."""

    steps: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    value: object = None

    def __bool__(self):
        return bool(self.steps or self.pairs) or self.value is not None


def handed_over(notebook):
    """Id of each proving cell -> `HandedOver`."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    proving = [cell for cell in cells if cell.metadata.get("proves")]
    wanted = set()
    for cell in proving:
        wanted |= _needed(cells, cells.index(cell))
    found, names, pairs = {}, {"__name__": "__main__"}, []
    with (
        patch.object(bplib.symbolic, "compare", _recorder(pairs)),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        for number in sorted(wanted):
            pairs.clear()
            value = _run(cells[number].source, names)
            if cells[number] in proving:
                found[cells[number].id] = HandedOver(
                    list(value.steps) if isinstance(value, bplib.symbolic.Derivation) else [],
                    list(pairs),
                    value if isinstance(value, Expr) else None,
                )
    return found


def _recorder(pairs):
    """`compare` that notes what is proved: the truth, and a formula that is off by 0."""

    def compare(truth, assuming=True, **formulas):
        for formula in formulas.values():
            off = difference(truth, formula, assuming)
            if not any(off) if isinstance(off, list) else off == 0:
                pairs.append((truth, formula))

    return compare


def _needed(cells, number):
    """The numbers of a cell and of all that it needs."""
    found, open_ = set(), [number]
    while open_:
        number = open_.pop()
        found.add(number)
        for name in _used(cells[number].source):
            givers = [n for n in range(number) if name in _given(cells[n].source)]
            if givers and givers[-1] not in found:
                open_.append(givers[-1])
    return found


def _used(source):
    """Names that a cell takes from elsewhere: the first that is done with them is reading."""
    given, used = set(), set()
    for statement in ast.parse(source).body:
        names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)}
        read = {
            n.id
            for n in ast.walk(statement)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        }
        used |= read & names - given - set(dir(builtins))
        given |= _given_by(statement)
    return used


def _given(source):
    return set().union(*map(_given_by, ast.parse(source).body))


def _given_by(statement):
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _run(source, names):
    """Run a cell; its last value, if its last line is one."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None

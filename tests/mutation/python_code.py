"""Mistakes in Python: what a formula may lose, and what a check may.

Not touched, because no test could or should notice it: docstrings, messages of errors, annotations,
how an object prints itself, and numbers so small that they are tolerances.
"""

import ast
import copy

from .mutant import Edit

SIGN = {ast.Add: ast.Sub, ast.Sub: ast.Add}
TURNED = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
BOUNDARY = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
TOLERANCE = 1e-5
ANY_ORDER = {"Add", "Factors", "Mul", "Terms", "isinstance", "max", "min", "print"}
PRINTED = {"__repr__", "__str__", "_repr_html_", "__hash__", "__dir__"}


def edits(source):
    """Every mistake in a piece of Python, as edits of the source."""
    offset = _offsets(source)
    for node, changed, kind in _changes(ast.parse(source)):
        start = offset(node.lineno, node.col_offset)
        end = offset(node.end_lineno, node.end_col_offset)
        new = ast.unparse(changed)
        if isinstance(node, ast.expr) and not isinstance(changed, ast.Constant | ast.Name):
            new = f"({new})"
        yield Edit(kind, start, end, new)


def _offsets(source):
    """A function from a line and a column in bytes, as `ast` counts, to a place in the text."""
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line, column):
        before = lines[line - 1].encode()[:column].decode()
        return starts[line - 1] + len(before)

    return offset


def _changes(node):
    """Triples (node, what it becomes, kind), of the node and of all that is in it."""
    yield from _of(node)
    for child in _parts(node):
        yield from _changes(child)


def _parts(node):
    """The children in which a mistake would be one."""
    if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Assert):
        return
    if isinstance(node, ast.FunctionDef) and node.name in PRINTED:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child


def _of(node):
    match node:
        case ast.BinOp(op=op) if type(op) in SIGN:
            if not _text(node.left) and not _text(node.right):
                yield node, _with(node, op=SIGN[type(op)]()), "sign"
        case ast.BinOp(op=ast.Mult() | ast.MatMult(), left=left, right=right):
            if not isinstance(left, ast.List | ast.Tuple | ast.Constant):
                yield node, left, "factor"
            if isinstance(node.op, ast.MatMult):
                yield node, ast.BinOp(right, ast.MatMult(), left), "order"
        case ast.BinOp(op=ast.Div(), left=left):
            yield node, left, "factor"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            if not isinstance(operand, ast.Constant) or operand.value > TOLERANCE:
                yield node, operand, "sign"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, operand, "condition"
        case ast.AugAssign(op=op) if type(op) in SIGN:
            yield node, _with(node, op=SIGN[type(op)]()), "sign"
        case ast.Attribute(attr="T", value=value):
            yield node, value, "transposition"
        case ast.Subscript(slice=ast.Tuple(elts=[ast.Name() as first, ast.Name() as second])):
            turned = ast.Tuple([second, first], node.ctx)
            yield node, _with(node, slice=turned), "index"
        case ast.Subscript(slice=ast.Name() | ast.BinOp() as index, ctx=ast.Load()):
            one_on = ast.BinOp(index, ast.Add(), ast.Constant(1))
            yield node, _with(node, slice=one_on), "index"
        case ast.Subscript(slice=ast.Constant(value=int()) as index, ctx=ast.Load()):
            yield node, _with(node, slice=ast.Constant(index.value + 1)), "index"
        case ast.Compare(ops=[op], comparators=[right]):
            yield node, _with(node, ops=[TURNED[type(op)]()]), "comparison"
            if type(op) in BOUNDARY and (_whole(right) or _whole(node.left)):
                yield node, _with(node, ops=[BOUNDARY[type(op)]()]), "off by one"
        case ast.BoolOp(op=op):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield node, _with(node, op=other), "condition"
        case ast.Call(func=ast.Name(id="range" | "islice"), args=[*first, last]):
            longer = ast.BinOp(last, ast.Sub(), ast.Constant(1))
            yield node, _with(node, args=[*first, longer]), "off by one"
        case ast.Call(args=[ast.Name() as first, ast.Name() as second], func=function):
            if not (isinstance(function, ast.Name) and function.id in ANY_ORDER):
                yield node, _with(node, args=[second, first]), "order"
        case ast.If(test=test, body=[ast.Raise(), *_]):
            yield test, ast.Constant(False), "guard"
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name.startswith(
            ("check", "_chec")
        ):
            yield node, ast.Pass(), "guard"
        case ast.Constant(value=bool()):
            yield node, ast.Constant(not node.value), "condition"
        case ast.Constant(value=int() | float()) if not 0 < abs(node.value) < TOLERANCE:
            yield node, ast.Constant(node.value + 1), "constant"


def _with(node, **changes):
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return ast.fix_missing_locations(changed)


def _text(node):
    """Whether an operand is text or a list, to which + means something else."""
    return isinstance(node, ast.List | ast.Tuple | ast.JoinedStr | ast.ListComp) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _whole(node):
    is_length = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "len"
    return is_length or (isinstance(node, ast.Constant) and isinstance(node.value, int))


def strings(source):
    """Pairs (start, end): the strings that are no docstrings and no messages of errors."""
    offset = _offsets(source)

    def found(node):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            if isinstance(node, ast.JoinedStr) or isinstance(node.value, str):
                yield (
                    offset(node.lineno, node.col_offset),
                    offset(node.end_lineno, node.end_col_offset),
                )
            return
        for child in _parts(node):
            yield from found(child)

    yield from found(ast.parse(source))

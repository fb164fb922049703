"""A graph's derived rules with numbers, every operation written out."""

from sympy import Rational, Symbol

from ...graph import Graph
from ...validation import exact_shape, real_array, whole_number
from ..calculation import CalculationLine
from ..graph import derive_graph
from ..notation import plain
from ..programs import Program
from .numbers import Worked


def graph_numbers(graph, x, y, title, name, *names, digits=4):
    """One forward and one backward pass of a graph, worked out on paper.

    Parameters
    ----------
    graph : Graph
    x, y : sequences of numbers
        One for each input, and one for each output.
    title, name : str
        The heading, and how the address of each line begins.
    *names : str
        The lines to show, in this order, such as "z_p", "delta_p" or "dE/dw_qp". If every unit has
        a name of one letter, there is no comma between the two of a weight.
    digits : int
        Significant digits that are shown; carried on are exact numbers.

    Returns
    -------
    Worked

    Raises
    ------
    TypeError
        If `graph` is no Graph.
    ValueError
        If there is no line of one of these names, or x or y has the wrong length.
    """
    if not isinstance(graph, Graph):
        raise TypeError(f"graph: expected a Graph, got {type(graph).__name__}")
    digits = whole_number("digits", digits, minimum=2)
    wiring = graph.wiring
    derived = derive_graph(
        wiring.edges,
        wiring.inputs,
        wiring.outputs,
        graph.activation,
        graph.error,
        graph.biases is not None,
    )
    symbols = derived.notation
    x = exact_shape("x", real_array("x", x), (len(wiring.inputs),), "one number an input")
    y = exact_shape("y", real_array("y", y), (len(wiring.outputs),), "one number an output")
    values = dict(zip(map(symbols.a, wiring.inputs), x.tolist(), strict=True))
    values |= zip(map(symbols.y, wiring.outputs), y.tolist(), strict=True)
    values |= {symbols.w(*edge): weight for edge, weight in graph.weights.items()}
    values |= {symbols.b(unit): bias for unit, bias in (graph.biases or {}).items()}
    values = {symbol: Rational(repr(value)) for symbol, value in values.items()}
    shorter = _without_commas(wiring, symbols)
    values |= {shorter[symbol]: values[symbol] for symbol in shorter}
    lines = {}
    for left, right in derived.rules.items():
        left, right = left.xreplace(shorter), right.xreplace(shorter)
        line = CalculationLine(left, right, values, digits)
        lines[plain(left)], values[left] = line, line.value
    for wanted in names:
        if wanted not in lines:
            raise ValueError(f"names: expected some of {', '.join(lines)}, got {wanted!r}")
    program = _program(graph, x.tolist(), y.tolist())
    return Worked(title, name, [lines[wanted] for wanted in names], program)


def _without_commas(wiring, symbols):
    """The weights under shorter names, if all units have names of one letter."""
    if any(len(unit) > 1 for edge in wiring.edges for unit in edge):
        return {}
    return {symbols.w(*edge): Symbol(f"w_{{{''.join(edge)}}}", real=True) for edge in wiring.edges}


def _program(graph, x, y):
    """The same with `bplib.graph`."""
    activation = graph.activation
    return Program(
        f"""
from bplib.graph import Graph

graph = Graph(
    {graph.weights},
    inputs={list(graph.wiring.inputs)},
    outputs={list(graph.wiring.outputs)},
    biases={graph.biases},
    activation={activation},
    error={graph.error!r},
)
fp = graph.forward({x})
bp = graph.backward(fp, {y})
for unit in graph.wiring.units:
    print(f"z_{{unit}} = {{fp.z[unit]:.9f}}  a_{{unit}} = {{fp.a[unit]:.9f}}")
for unit in reversed(graph.wiring.units):
    print(f"delta_{{unit}} = {{bp.delta[unit]:.9f}}")
""".strip()
    )

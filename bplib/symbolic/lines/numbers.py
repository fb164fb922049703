"""Some lines with numbers: the factors of one derivative, or a part of a whole calculation."""

from sympy import Symbol, exp

from ..arithmetic import exact
from ..calculation import PARTS, Calculation, CalculationLine
from ..layout import Factors, Fraction, Terms
from ..notation import E, Partial, plain
from ..page.calculation import lines_html
from ..page.html import dressed
from ..programs import Program


class Worked:
    """Lines of a calculation under a heading.

    Attributes
    ----------
    title, name : str
        The heading, and how the address of each line begins.
    lines : tuple of CalculationLine
    program : Program
        The same with `bplib.Network`.
    """

    def __init__(self, title, name, lines, program):
        self.title, self.name, self.program = title, name, program
        self.lines = tuple(lines)

    def __getitem__(self, name):
        """The value of a line by the plain name of its symbol, such as "dE/da^3"."""
        for line in self.lines:
            if plain(line.symbol) == name:
                return line.value
        raise KeyError(name)

    def _repr_html_(self):
        return dressed(lines_html(self))

    def __repr__(self):
        last = self.lines[-1]
        return f"{self.title}: {plain(last.symbol)} = {float(last.value):.4g}"


def excerpt(calculation, title, name, *names):
    """The lines of a calculation's first update about these symbols, in this order.

    Parameters
    ----------
    calculation : Calculation
    title, name : str
    *names : str
        Plain names, such as "z^2_1" or "dE/dw^2_11".

    Raises
    ------
    ValueError
        If the calculation has no line of that name.
    """
    there = {}
    for part in PARTS:
        for line in calculation.rounds[0][part]:
            there.setdefault(plain(line.symbol), line)  # an update has the parameter's name
    for wanted in names:
        if wanted not in there:
            raise ValueError(f"names: expected some of {', '.join(there)}, got {wanted!r}")
    return Worked(title, name, [there[wanted] for wanted in names], calculation.program)


def seven_factors_with_numbers(weights, biases, x, y, digits=4):
    """The seven factors of dE/dw^1 of a 1-1-1-1 network of sigmoids, and their product.

    Parameters
    ----------
    weights, biases : sequences of 3 numbers
    x, y : numbers
    digits : int
        Significant digits that are shown.

    Returns
    -------
    Worked
        The forward pass, each factor, the product.
    """
    W, B = [[[w]] for w in weights], [[b] for b in biases]
    if len(W) != 3:
        raise ValueError(f"weights: expected 3 numbers, got {len(W)}")
    calculation = Calculation(W, B, x=[x], y=[y], eta=1, digits=digits)
    spec, given = calculation.spec, calculation.given
    values, lines = {}, []
    start, target = Symbol("x", real=True), Symbol("y", real=True)
    values[start], values[target] = given[spec.a(0)[0]], given[spec.y[0]]

    def work_out(symbol, rule):
        line = CalculationLine(symbol, rule, values, digits)
        lines.append(line)
        values[symbol] = exact(line.value)

    before, letters = start, []
    for layer in (1, 2, 3):
        w, b, z, a = (Symbol(f"{name}^{{{layer}}}", real=True) for name in "wbza")
        values[w], values[b] = given[spec.weights(layer)[0][0]], given[spec.bias(layer, 1)]
        work_out(z, Terms(Factors(w, before), b))
        work_out(a, Fraction(1, Terms(1, exp(-z))))
        letters.append((w, z, a))
        before = a
    links, after, reaction = [], E, Terms(before, -target)
    for w, z, a in reversed(letters):
        links += [(Partial(after, a), reaction), (Partial(a, z), Factors(a, Terms(1, -a)))]
        after, reaction = z, w
    links.append((Partial(after, w), start))
    for partial, value in links:
        work_out(partial, value)
    work_out(Partial(E, w), Factors(*(partial for partial, _ in links)))
    program = f"""
from bplib import Network

net = Network.from_parameters(
    weights={W},
    biases={B},
)
bp = net.backward(net.forward([{x}]), [{y}])
print("dE/dw^1 =", round(bp.grad_W[1].item(), 9))
"""
    title = "The seven factors with numbers"
    return Worked(title, "seven-numbers", lines, Program(program.strip()))

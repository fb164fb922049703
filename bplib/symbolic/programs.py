r"""A proof as a short SymPy program, which is run and can be read.

A `Setting` says in a few lines of Python what the symbols of a derivation stand for: the network
from the input on, every line put into the next. To prove a statement, its two sides are written in
terms of these names, and SymPy compares them. A derivative $\partial E/\partial w$ becomes
`diff(E, w)` of the error with everything put in: no rule of backpropagation is used to prove one.
What a reader sees under *proved* is the program that was run, and what it printed.
"""

import contextlib
import io
import re

from sympy import Symbol
from sympy.printing.str import StrPrinter

from .layout import Brace, plain_value
from .notation import Partial, plain


class Program:
    """A program that compares the two sides of a statement.

    Attributes
    ----------
    text : str
        Python, to be run as it stands.
    """

    def __init__(self, text):
        self.text = text
        self._printed = None

    @property
    def printed(self):
        """What it prints, run when first asked for."""
        if self._printed is None:
            self._printed = run(self.text)
        return self._printed

    @property
    def holds(self):
        lines = self.printed.splitlines()
        return bool(lines) and all(
            line in ("0", "True") or line.endswith(": proved") for line in lines
        )


def run(text):
    """What a Python program prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, "<proof>", "exec"), {"__name__": "__proof__"})
    return out.getvalue().strip()


class Setting:
    """What symbols stand for, as the first lines of a program.

    Parameters
    ----------
    preamble : str
        Python that defines every name.
    names : dict
        From SymPy symbols (or other expressions, such as `Partial`) to Python.
    compare : str
        Python that is 0 or True if the names {left} and {right} stand for equals, and something
        else if not.
    takes_chain_rule : bool
        Whether a derivative of E is here the sum that the chain rule makes of it. Then a line with
        the chain rule says just this; the rule itself is proved elsewhere (`chain_rule`).
    """

    def __init__(self, preamble, names, compare, takes_chain_rule=False):
        self.preamble = preamble.strip()
        self.takes_chain_rule = takes_chain_rule
        self.names = dict(names)
        self.compare = compare

    def program(self, statement):
        """The program that compares the two sides of a statement, and those of each brace in it."""
        return self._whole(self.preamble, pairs(statement), PythonCode(self.names))

    def _whole(self, preamble, compared, code):
        lines = []
        for pair in compared:
            left, right = map(code.doprint, pair)
            check = self.compare.format(left="left", right="right")
            lines += ["", f"left = {left}", f"right = {right}", f"print({check})"]
        return Program("\n".join([preamble, *lines]))


def pairs(statement):
    """What a statement says to be equal: its two sides, and what is above and below each brace."""
    braces = sorted(statement.atoms(Brace), key=str)
    return [tuple(map(plain_value, pair)) for pair in (statement.args, *(b.args for b in braces))]


class NetworkSetting(Setting):
    """Quantities that follow from one another, such as z, a and E of a network.

    Parameters
    ----------
    definitions : dict
        Each quantity and what it is made of, in terms of earlier ones and of parameters.
    compare : str
    names : dict or None
        Python names of symbols; others are named after their LaTeX, `w1_11` for `w^{1}_{11}`.
    also : dict or None
        What other expressions mean, such as {delta(2, 1): Partial(E, z(2, 1))}.
    """

    def __init__(self, definitions, compare="expand({left} - {right})", names=None, also=None):
        self.takes_chain_rule = False
        self.definitions = {left: plain_value(right) for left, right in definitions.items()}
        self.compare = compare
        self.names = dict(names or {})
        self.also = dict(also or {})

    def program(self, statement):
        compared = [[side.xreplace(self.also) for side in pair] for pair in pairs(statement)]
        sides = [side for pair in compared for side in pair]
        everything = [*self.definitions, *self.definitions.values(), *sides]
        symbols = set().union(*(e.free_symbols for e in everything))
        names = {s: identifier(s) for s in symbols} | self.names
        partials = {}
        for partial in sorted(set().union(*(s.atoms(Partial) for s in sides)), key=str):
            if partial.by in self.definitions:  # a derivative by something in between
                inner = PythonCode(names).doprint(self._in_terms_of(partial.by, partial.of))
                partials[partial] = f"diff({inner}, u).subs(u, {names[partial.by]})"
        names |= {p: f"d{identifier(p.of)}_d{identifier(p.by)}" for p in partials}
        for partial in set().union(*(s.atoms(Partial) for s in sides)) - set(partials):
            names[partial] = f"diff({names[partial.of]}, {names[partial.by]})"
        code = PythonCode(names)
        body = [f"{names[q]} = {code.doprint(value)}" for q, value in self.definitions.items()]
        body += [f"{names[partial]} = {line}" for partial, line in partials.items()]
        letters = [names[s] for s in sorted(symbols - set(self.definitions), key=_by_name)]
        symbols_line = _symbols_line(letters + ["u"] * bool(partials))
        program = self._whole("\n".join([symbols_line, *body]), compared, code)
        return Program(f"{_imports(program.text)}\n\n{program.text}")

    def _in_terms_of(self, by, of):
        """`of` as a function of the symbol u in the place of `by`."""
        depends = set()
        for quantity, value in self.definitions.items():
            if by in value.free_symbols or depends & value.free_symbols:
                depends.add(quantity)
        value = self.definitions[of]
        for quantity in reversed([q for q in self.definitions if q in depends]):
            value = value.xreplace({quantity: self.definitions[quantity]})
        return value.xreplace({by: Symbol("u", real=True)})


SYMPY = ("cancel", "diff", "exp", "expand", "log", "simplify", "symbols", "tanh")
OURS = ("g", "g_prime", "positive", "prove_equal")


def _imports(body):
    """The import lines that a program needs."""
    called = set(re.findall(r"\w+(?=\()", body))
    lines = [f"from sympy import {', '.join(name for name in SYMPY if name in called)}"]
    ours = [name for name in OURS if name in called]
    return "\n".join(lines + [f"from bplib.symbolic import {', '.join(ours)}"] * bool(ours))


class PythonCode(StrPrinter):
    """SymPy expressions as Python that makes them."""

    printmethod = "_python_program"  # not _sympystr, which is for readers

    def __init__(self, names):
        super().__init__({"sympy_integers": False})
        self.names = names

    def _print(self, expr, **kwargs):
        if expr in self.names:
            return self.names[expr]
        return super()._print(expr, **kwargs)

    def parenthesize(self, item, level, strict=False):
        text = super().parenthesize(item, level, strict)
        if item in self.names and not re.fullmatch(r"[\w.\[\]]+(\(.*\))?", text):
            return f"({text})"
        return text

    def _print_Symbol(self, expr):
        return identifier(expr)

    def _print_ActivationFunction(self, expr):
        return f"g({self._print(expr.args[0])})"

    def _print_ActivationSlope(self, expr):
        return f"g_prime({self._print(expr.args[0])})"

    def _print_Derivative(self, expr):
        return f"diff({self._print(expr.expr)}, {self._print(expr.variables[0])})"

    def _print__HouseIndexed(self, expr):
        name = expr.base.name.replace("\\", "")
        return f"{name}({', '.join(self._print(index) for index in expr.indices)})"

    def _print_Partial(self, expr):
        return f"Partial({self._print(expr.of)}, {self._print(expr.by)})"


def identifier(symbol):
    r"""A Python name for a symbol: `w1_11` for `w^{1}_{11}`, `eta` for `\eta`."""
    text = plain(symbol).replace("^", "").replace(",", "_").replace("'", "_prime")
    return re.sub(r"\W", "_", text)


def _symbols_line(names):
    if not names:
        return ""
    line = f'{", ".join(names)} = symbols("{" ".join(names)}", real=True)'
    if len(line) <= 79:
        return line
    half = len(names) // 2
    return "\n".join(filter(None, map(_symbols_line, (names[:half], names[half:]))))


def _by_name(symbol):
    order = "xyawb"
    name = plain(symbol)
    return (order.find(name[0]) if name[0] in order else len(order), name)

r"""How an expression is written, where SymPy would write it otherwise.

SymPy sorts factors, cancels, and moves signs about: right, but not what stands in a derivation. The
nodes here keep what an author means to show: factors in the order of a chain, a fraction before it
is cancelled, a bracket around what belongs together. `plain_value` takes them away again, and
everything that is proved is proved of that value.
"""

from sympy import Add, Expr, Mul, Number, Pow, preorder_traversal, sympify
from sympy.printing.precedence import PRECEDENCE


class Layout(Expr):
    """An expression as it is written. Subclasses say what it is worth, and how it is printed."""

    is_commutative = True

    def __new__(cls, *args):
        return Expr.__new__(cls, *map(sympify, args))

    def value(self, *args):
        """The same without layout, given its arguments without layout."""
        raise NotImplementedError

    def _sympystr(self, printer):
        return printer.doprint(plain_value(self))


class Factors(Layout):
    """A product, in this order."""

    precedence = PRECEDENCE["Mul"]

    def value(self, *args):
        return Mul(*args)

    def _latex(self, printer):
        first, *rest = self.args
        texts = [_in_product(printer, first, first=True), *(_in_product(printer, f) for f in rest)]
        dots = [
            r" \cdot " if _is_numeric(f) and _is_numeric(before) else r"\, "
            for before, f in zip(self.args, rest, strict=False)
        ]
        return texts[0] + "".join(dot + text for dot, text in zip(dots, texts[1:], strict=True))


class Terms(Layout):
    """A sum, in this order."""

    precedence = PRECEDENCE["Add"]

    def value(self, *args):
        return Add(*args)

    def _latex(self, printer):
        text = ""
        for term in self.args:
            part = printer.doprint(term)
            if isinstance(term, Terms):
                part = rf"\left({part}\right)"
            if not text:
                text = part
            else:
                text += f" - {part[1:].lstrip()}" if part.startswith("-") else f" + {part}"
        return text


class Fraction(Layout):
    """A fraction that is not cancelled."""

    precedence = PRECEDENCE["Mul"]

    def value(self, above, below):
        return above / below

    def _latex(self, printer):
        above, below = map(printer.doprint, self.args)
        return rf"\frac{{{above}}}{{{below}}}"


class Power(Layout):
    """A power, also a negative one."""

    precedence = PRECEDENCE["Pow"]

    def value(self, base, exponent):
        return Pow(base, exponent)

    def _latex(self, printer):
        base, exponent = self.args
        text = printer.doprint(base)
        simple = base.is_Symbol or base.is_Indexed or base.is_Function or _is_numeral(base)
        if not simple or text.startswith("-"):
            text = rf"\left({text}\right)"
        return rf"{text}^{{{printer.doprint(exponent)}}}"


class Negative(Layout):
    """Minus something, the sign in front of all of it."""

    precedence = PRECEDENCE["Add"]

    def value(self, inside):
        return -inside

    def _latex(self, printer):
        return f"-{_in_product(printer, self.args[0])}"


class Group(Layout):
    """In parentheses."""

    precedence = PRECEDENCE["Atom"]

    def value(self, inside):
        return inside

    def _latex(self, printer):
        return rf"\left({printer.doprint(self.args[0])}\right)"


class Brace(Layout):
    """With a brace below, and under it what the whole is called."""

    precedence = PRECEDENCE["Atom"]

    def value(self, inside, name):
        return inside

    def _latex(self, printer):
        inside, name = map(printer.doprint, self.args)
        return rf"\underbrace{{{inside}}}_{{{name}}}"


class Struck(Layout):
    """Struck out: it cancels against another."""

    precedence = PRECEDENCE["Mul"]

    def value(self, inside):
        return inside

    def _latex(self, printer):
        return rf"\class{{mjx-bp-struck}}{{{printer.doprint(self.args[0])}}}"


def plain_value(expr):
    """An expression without its layout."""
    if isinstance(expr, Layout):
        return expr.value(*map(plain_value, expr.args))
    if not expr.has(Layout):
        return expr
    return expr.func(*map(plain_value, expr.args))


def _in_product(printer, factor, first=False):
    """The LaTeX of a factor, in parentheses where it needs them."""
    text = printer.doprint(factor)
    is_sum = isinstance(factor, (Add, Terms))
    if is_sum or (text.startswith("-") and not first):
        return rf"\left({text}\right)"
    return text


def _is_numeral(expr):
    return isinstance(expr, Number) or getattr(expr, "is_numeral", False)


def _is_numeric(expr):
    """A number, or something in which numbers have been put in."""
    numerals = (getattr(part, "is_numeral", False) for part in preorder_traversal(expr))
    return isinstance(expr, Number) or any(numerals)

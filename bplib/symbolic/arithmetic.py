r"""A formula with numbers put in, and worked out one operation at a time.

`written` turns an expression into a tree of layout (`bplib.symbolic.layout`), its letters replaced
by numerals. `stages` then works out what stands innermost, all at once, again and again:

$$0.4 \cdot 0.5 + (-0.6) \cdot 1 = 0.2 - 0.6 = -0.4$$

A numeral holds its exact value (to 40 digits) and prints a rounded one, so that no rounding is
carried on. That is also why a reader who goes on from the rounded numbers may differ in the last
digit.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from sympy import Add, Expr, Float, Function, Integer, Mul, Pow, Rational, sympify

from .layout import Factors, Fraction, Layout, Negative, Power, Terms, plain_value
from .printing import reading_order

PRECISION = 40


class Numeral(Expr):
    """A number: its value to 40 digits, and how many significant digits are shown."""

    is_commutative = True
    is_numeral = True
    is_number = True

    def __new__(cls, value, digits):
        return Expr.__new__(cls, sympify(value), Integer(digits))

    @property
    def value(self):
        return self.args[0]

    @property
    def digits(self):
        return int(self.args[1])

    def text(self):
        """The rounded number, with as many digits as needed and no trailing zeros."""
        return rounded(self.value, self.digits)

    def _latex(self, printer):
        return self.text()

    def _sympystr(self, printer):
        return self.text()


def rounded(value, digits):
    """A number with so many significant digits; without zeros at its end if these are all.

    So 0.25 is exact, and 0.2500 is rounded.
    """
    value = Float(value, PRECISION)
    if value == 0:
        return "0"
    exact = Decimal(str(value))
    decimal = Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(exact)
    text = f"{decimal:f}"
    return text.rstrip("0").rstrip(".") if "." in text and decimal == exact else text


def written(expr, numerals):
    """The tree of `expr` as a reader expects it, with `numerals` in the place of symbols."""
    if expr in numerals:
        return numerals[expr]
    if isinstance(expr, Layout):
        return expr.func(*(written(argument, numerals) for argument in expr.args))
    if isinstance(expr, Add):
        return Terms(*(written(term, numerals) for term in _in_order(expr)))
    if isinstance(expr, Mul):
        return _product(expr, numerals)
    if isinstance(expr, Pow):
        if expr.exp == -1:
            return Fraction(1, written(expr.base, numerals))
        return Power(written(expr.base, numerals), expr.exp)
    if isinstance(expr, Function):
        return expr.func(written(expr.args[0], numerals), evaluate=False)
    return expr


def _in_order(total):
    """Positive terms first, as they are printed."""
    terms = total.as_ordered_terms(order="lex")
    return sorted(terms, key=lambda term: term.as_coeff_Mul()[0].is_negative)


def _product(expr, numerals):
    coefficient, rest = expr.as_coeff_Mul()
    if coefficient.is_negative:
        return Negative(written(-expr, numerals))
    above, below = [], []
    factors = sorted(Mul.make_args(rest), key=reading_order)
    for factor in factors:
        if isinstance(factor, Pow) and factor.exp == -1:
            below.append(written(factor.base, numerals))
        else:
            above.append(written(factor, numerals))
    if coefficient != 1:
        above.insert(0, coefficient)
    product = above[0] if len(above) == 1 else Factors(*above) if above else Integer(1)
    if not below:
        return product
    return Fraction(product, below[0] if len(below) == 1 else Factors(*below))


def stages(tree, digits):
    """The tree, the tree with its innermost operations done, and so on to a single numeral."""
    yield tree
    while not is_number(tree):
        tree = _worked_out(tree, digits)
        yield tree


def is_number(tree):
    return isinstance(tree, (Numeral, Integer, Rational, Float))


def _worked_out(tree, digits):
    if is_number(tree):
        return tree
    signed = [a.args[0] if isinstance(a, Negative) else a for a in tree.args]
    if all(is_number(argument) for argument in signed):
        return Numeral(exact(tree), digits)
    return tree.func(*(_worked_out(argument, digits) for argument in tree.args), **_kept(tree))


def _kept(tree):
    return {"evaluate": False} if isinstance(tree, Function) else {}


def exact(tree):
    """The value of a tree of numerals, to 40 digits; rational as long as nothing else comes in."""
    numerals = {n: n.value for n in tree.atoms(Numeral)}
    value = plain_value(tree.xreplace(numerals))
    value = value.doit() if hasattr(value, "doit") else value
    return value if value.is_Rational else value.evalf(PRECISION)

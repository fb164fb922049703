r"""House LaTeX: factors in the order in which the rules are read.

SymPy sorts factors by name. Here a weight comes before the error term that it carries back, an
error term before the activation that it meets, and the factors of a chain rule in the order of
the chain. $[i = j]$ stands for a Kronecker delta, since δ is the error term.
"""

from sympy import Add, Mul, Number, Sum
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter

from .notation import E, Partial


class HouseLatexPrinter(LatexPrinter):
    def _print_Mul(self, expr):
        if not isinstance(expr, Mul):  # SymPy sends 1 / u here too
            return super()._print_Mul(expr)
        ordered = Mul(*sorted(expr.args, key=reading_order), evaluate=False)
        return super()._print_Mul(ordered)

    def _as_ordered_terms(self, expr, order=None):
        terms = expr.as_ordered_terms(order="lex")
        return sorted(terms, key=lambda term: term.as_coeff_Mul()[0].is_negative)

    def _print_Derivative(self, expr):
        """Of undefined functions, in short: the slope of f by u_1, not by u_1(x)."""
        if not isinstance(expr.expr, AppliedUndef):
            return super()._print_Derivative(expr)
        function, variable = expr.expr, expr.variables[0]
        if isinstance(variable, AppliedUndef):
            return rf"\frac{{\partial {function.name}}}{{\partial {variable.name}}}"
        if function.args == (variable,):
            return rf"\frac{{d {function.name}}}{{d {self.doprint(variable)}}}"
        arguments = ", ".join(self.doprint(argument) for argument in function.args)
        return rf"\frac{{d}}{{d {self.doprint(variable)}}} {function.name}\left({arguments}\right)"

    def _print_KroneckerDelta(self, expr, exp=None):
        left, right = (self.doprint(index) for index in expr.args)
        return rf"\left[{left} = {right}\right]"


def house_latex(expr):
    """LaTeX of a SymPy expression in house notation, without delimiters.

    With `sympy.init_printing(latex_printer=lambda e, **_: "$" + house_latex(e) + "$")` a notebook
    shows all SymPy results so.
    """
    return HouseLatexPrinter({"order": "none"}).doprint(expr)


def reading_order(factor):
    """Where a factor stands in its product: a key to sort by."""
    names = {str(symbol) for symbol in factor.free_symbols}
    holds_target = any(name.startswith("y_") for name in names)
    holds_delta = any(name.startswith(r"\delta") for name in names)
    if isinstance(factor, Number):
        rank = 0
    elif isinstance(factor, Partial):
        rank = 6
    elif isinstance(factor, Sum):
        rank = 8
    elif isinstance(factor, Add):
        rank = 1 if holds_target else 5
        if holds_delta:
            rank = 6 if factor.has(Partial) else 7
    elif factor.is_Symbol or factor.is_Indexed:
        first = str(factor)[:1]
        rank = {"w": 2, "y": 2, "\\": 3, "a": 4, "z": 4}.get(first, 5)
    else:
        rank = 5
    return rank, *_place_in_chain(factor), str(factor)


def _place_in_chain(factor):
    """dE/da before da/dz before dz/dw: from the error down."""
    if not isinstance(factor, Partial):
        return (0,)
    return (1,) if factor.of == E else (2,) if str(factor.of).startswith("z") else (3,)

r"""House LaTeX: factors in the order in which the rules are read.

SymPy sorts factors by name. Here a weight comes before the error term that it carries back, an
error term before the activation that it meets, and the factors of a chain rule in the order of
the chain. $[i = j]$ stands for a Kronecker delta, since δ is the error term. A sum over all units
of a layer needs no limits.
"""

from sympy import Add, Basic, MatMul, Mul, Number, Sum
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter

from .notation import ActivationFunction, ActivationSlope, E, Partial, is_size


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

    def _print_log(self, expr, exp=None):
        (argument,) = expr.args
        text = self.doprint(argument)
        if not (argument.is_Symbol or argument.is_Indexed):
            text = rf"\left({text}\right)"
        return rf"\ln {text}" if exp is None else rf"\left(\ln {text}\right)^{{{exp}}}"

    def _print_tanh(self, expr, exp=None):
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\tanh{power}\left({self.doprint(expr.args[0])}\right)"

    def _print_KroneckerDelta(self, expr, exp=None):
        left, right = (self.doprint(index) for index in expr.args)
        return rf"\left[{left} = {right}\right]"

    def _print_Sum(self, expr):
        (index, first, last), *others = expr.limits
        if others or first != 1 or not is_size(last):
            return super()._print_Sum(expr)
        body = self.doprint(expr.function)
        if isinstance(expr.function, Add):
            body = rf"\left({body}\right)"
        return rf"\sum_{{{self.doprint(index)}}} {body}"

    def _print_Transpose(self, expr):
        return rf"({self.doprint(expr.arg)})^{{\top}}"

    def _print_HadamardProduct(self, expr):
        arguments = map(self.doprint, expr.args)
        return r" \odot ".join(
            rf"\left({text}\right)" if isinstance(argument, MatMul) else text
            for argument, text in zip(expr.args, arguments, strict=True)
        )


class ColouredPrinter(HouseLatexPrinter):
    r"""Marks what is known from the forward pass, and what comes back from the error.

    Both by `\class`, which leaves the looks to the style sheet: colours that follow the page, and a
    line below, solid or dashed, for those who do not see the colours. JupyterLab lets only classes
    through that begin with mjx-.
    """

    def _print(self, expr, **kwargs):
        name = direction(expr) if isinstance(expr, Basic) else None
        if name is None and not isinstance(expr, (Partial, ActivationSlope)):
            return super()._print(expr, **kwargs)
        if name is None:  # what is in it is no factor of its own
            return house_latex(expr)
        return rf"\class{{mjx-bp-{name}}}{{{house_latex(expr)}}}"


def direction(expr):
    """ "forward" for inputs, z and a; "back" for derivatives of E; None for all others."""
    if isinstance(expr, Partial):
        of_error = expr.of == E or str(expr.of).startswith("F_")  # E as a function of the first z
        return "back" if of_error else None
    if isinstance(expr, ActivationFunction):
        return None if isinstance(expr, ActivationSlope) else "forward"
    if expr.is_Symbol or expr.is_Indexed:
        name = str(expr)
        if name.startswith((r"\delta", r"\frac{\partial E}", "E_{a")):
            return "back"
        if name.startswith(("a^", "a_", "z^", "z_", "x_")) or name == "x":
            return "forward"
    return None


def coloured_latex(expr):
    """The same as `house_latex`, with what runs forward and what comes back marked."""
    return ColouredPrinter({"order": "none", "mul_symbol": r"\,"}).doprint(expr)


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
    of_error = factor.of == E or str(factor.of).startswith("F_")
    return (1,) if of_error else (2,) if str(factor.of).startswith("z") else (3,)

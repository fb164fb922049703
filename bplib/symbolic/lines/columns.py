r"""From the sums of a layer to its matrices, for two units before two, written out.

A matrix here is an expression that SymPy does not work out: a product stays a product, so that a
line can show it. In the proofs it is SymPy's own `Matrix`, and is multiplied there.
"""

from sympy import Expr, Symbol, Tuple, sympify

from ..layout import Factors, Group, Terms
from ..notation import E, Partial, a, delta, g_prime, l, w, z
from ..programs import Setting
from .line import Line, lines
from .paths import EXPANDED, TWO_BY_TWO, two_by_two_names

UNITS = (1, 2)


class Rows(Expr):
    """A matrix, entry by entry.

    Parameters
    ----------
    *rows : sequences of expressions
    """

    is_commutative = True

    def __new__(cls, *rows):
        return Expr.__new__(cls, *(Tuple(*row) for row in rows))

    def _latex(self, printer):
        rows = r" \\ ".join(" & ".join(map(printer.doprint, row)) for row in self.args)
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"

    def _python_program(self, printer):
        rows = (f"[{', '.join(map(printer.doprint, row))}]" for row in self.args)
        return f"Matrix([{', '.join(rows)}])"

    def _sympystr(self, printer):
        return self._python_program(printer)


class _Operation(Expr):
    """An operation on matrices that is written down and not carried out."""

    is_commutative = True
    latex = python = ""

    def __new__(cls, *args):
        return Expr.__new__(cls, *map(sympify, args))

    def _latex(self, printer):
        return self.latex.format(*map(printer.doprint, self.args))

    def _python_program(self, printer):
        return self.python.format(*map(printer.doprint, self.args))

    def _sympystr(self, printer):
        return self._python_program(printer)


class MatrixProduct(_Operation):
    latex, python = r"{}\, {}", "{}*{}"


class Transposed(_Operation):
    latex, python = r"\left({}\right)^{{\top}}", "{}.T"


class EntryByEntry(_Operation):
    latex, python = r"{} \odot {}", "{}.multiply_elementwise({})"


class InParentheses(_Operation):
    latex, python = r"\left({}\right)", "({})"


def column(entries):
    """A matrix with one column."""
    return Rows(*([entry] for entry in entries))


MATRICES = (
    TWO_BY_TWO
    + """
W = Matrix([[w11, w12], [w21, w22]])           # of the next layer: row k holds what enters unit k
delta = Matrix([delta_1, delta_2])
delta_next = Matrix([delta_next_1, delta_next_2])
slopes = Matrix([g_prime(z1), g_prime(z2)])
"""
)
GRADIENTS = """
from sympy import Function, Matrix, diff, expand, symbols

v11, v12, v21, v22, a1, a2 = symbols("v11 v12 v21 v22 a1 a2", real=True)
u1, u2 = symbols("u1 u2", real=True)           # the weighted inputs of this layer
follow = {u1: v11*a1 + v12*a2, u2: v21*a1 + v22*a2}
E = Function("E")(u1, u2)                      # however the network goes on
delta_1, delta_2 = (diff(E, u).subs(follow) for u in (u1, u2))
delta = Matrix([delta_1, delta_2])
a = Matrix([a1, a2])
v = Matrix([[v11, v12], [v21, v22]])
gradient = Matrix(2, 2, lambda i, j: diff(E.subs(follow), v[i, j]))
"""
ZERO = "(({left}) - ({right})).doit().applyfunc(expand).is_zero_matrix"


def transposed():
    """The generalized delta rule of two units, as one product with the transposed matrix."""
    d_, d_next, W, slopes = (
        Symbol(s, real=True) for s in (r"\delta^{l}", r"\delta^{l+1}", "W^{l+1}", "g'(z^{l})")
    )
    names = two_by_two_names() | {g_prime(z(l, i)): f"g_prime(z{i})" for i in UNITS}
    of_units = Setting(TWO_BY_TWO, names, EXPANDED)
    of_layers = Setting(
        MATRICES, names | {d_: "delta", d_next: "delta_next", W: "W", slopes: "slopes"}, ZERO
    )
    deltas, next_deltas = (column([delta(layer, i) for i in UNITS]) for layer in (l, l + 1))
    sums = {i: Terms(*(Factors(w(l + 1, k, i), delta(l + 1, k)) for k in UNITS)) for i in UNITS}
    column_of_slopes = column([g_prime(z(l, i)) for i in UNITS])
    leaving = Rows(*([w(l + 1, k, i) for k in UNITS] for i in UNITS))
    entering = Rows(*([w(l + 1, k, i) for i in UNITS] for k in UNITS))
    return lines(
        "Two units before two, in matrices",
        "transposed",
        of_units,
        *(
            (
                f"delta {i}",
                delta(l, i),
                Factors(g_prime(z(l, i)), Group(sums[i])),
                f"generalized delta rule of unit {i}",
            )
            for i in UNITS
        ),
        Line(
            "column",
            "line",
            deltas,
            EntryByEntry(column(sums.values()), column_of_slopes),
            r"one below the other; $\odot$ multiplies entry by entry",
            of_layers,
        ),
        Line(
            "product",
            "line",
            deltas,
            EntryByEntry(InParentheses(MatrixProduct(leaving, next_deltas)), column_of_slopes),
            "both sums are rows times the same column; row $i$ holds the weights that leave "
            "unit $i$",
            of_layers,
        ),
        Line(
            "definition of W",
            "definition",
            W,
            entering,
            "row $k$ of $W^{l+1}$ holds the weights that enter unit $k$, as in the forward pass",
            of_layers,
        ),
        Line(
            "transpose",
            "line",
            leaving,
            Transposed(W),
            "rows and columns exchanged",
            of_layers,
        ),
        Line(
            "delta",
            "line",
            d_,
            EntryByEntry(InParentheses(MatrixProduct(Transposed(W), d_next)), slopes),
            "names in place of the columns",
            of_layers,
        ),
    )


def outer_product():
    """The derivatives by four weights, as one product of a column and a row."""
    d_, a_, gradient = (
        Symbol(s, real=True)
        for s in (r"\delta^{l}", "a^{l-1}", r"\frac{\partial E}{\partial W^{l}}")
    )
    by = {(i, j): Partial(E, w(l, i, j)) for i in UNITS for j in UNITS}
    names = {d_: "delta", a_: "a", gradient: "gradient"}
    names |= {partial: f"gradient[{i - 1}, {j - 1}]" for (i, j), partial in by.items()}
    names |= {delta(l, i): f"delta_{i}" for i in UNITS} | {a(l - 1, j): f"a{j}" for j in UNITS}
    setting = Setting(GRADIENTS, names, ZERO)
    deltas, row = column([delta(l, i) for i in UNITS]), Rows([a(l - 1, j) for j in UNITS])
    entries = Rows(*([Factors(delta(l, i), a(l - 1, j)) for j in UNITS] for i in UNITS))
    return lines(
        "Four derivatives, in matrices",
        "outer-product",
        setting,
        (
            "gradient",
            gradient,
            Rows(*([by[i, j] for j in UNITS] for i in UNITS)),
            "each derivative in the place of its weight",
        ),
        ("entries", entries, "error term times what comes in"),
        ("product", MatrixProduct(deltas, row), "each entry: one of the column, one of the row"),
        ("names", MatrixProduct(d_, Transposed(a_)), "names in place of column and row"),
    )

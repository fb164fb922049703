r"""The rules in matrices: each is the index rule for all units of a layer at once.

$$z^l = W^l a^{l-1} + b^l, \qquad \delta^L = \nabla_a E \odot g'(z^L), \qquad
  \delta^l = ((W^{l+1})^\top \delta^{l+1}) \odot g'(z^l), \qquad
  \frac{\partial E}{\partial W^l} = \delta^l (a^{l-1})^\top$$

where $\odot$ multiplies unit by unit. A statement is proved by taking the entry in row i (and
column j) of both sides: SymPy writes the entry of a matrix product as a sum, which has to be that
of the proved index rule (`bplib.symbolic.general`).
"""

from sympy import HadamardProduct, MatrixSymbol
from sympy.matrices.expressions.matexpr import MatrixElement

from .chain_rule import instance
from .derivation import Derivation, Step, equation
from .general import general_rules, weighted_input
from .notation import E, L, Partial, a, b, delta, g, i, j, l, n, p, w, z
from .sums import collapse, equal_sums


def matrix_rules():
    """The general rules in matrix form, as a derivation whose steps are proved.

    Returns
    -------
    Derivation
        With the steps "z", "delta^L" (for activations that act on each unit alone), "delta",
        "dE/dW" and "dE/db".
    """
    rules = general_rules()
    W, W_next = _matrix("W", l, n(l - 1)), _matrix("W", l + 1, n(l))
    d, d_next, bias = _vector(r"\delta", l), _vector(r"\delta", l + 1), _vector("b", l)
    slope = MatrixSymbol(r"g'(z^{l})", n(l), 1)
    d_output, by_output = _vector(r"\delta", L), MatrixSymbol(r"\nabla_{a} E", n(L), 1)
    output_slope = MatrixSymbol(r"g'(z^{L})", n(L), 1)
    gradient = MatrixSymbol(r"\frac{\partial E}{\partial W^{l}}", n(l), n(l - 1))
    bias_gradient = MatrixSymbol(r"\frac{\partial E}{\partial b^{l}}", n(l), 1)
    entries = {
        "W^{l}": lambda row, column: w(l, row, column),
        "W^{l+1}": lambda row, column: w(l + 1, row, column),
        "z^{l}": lambda row, _: z(l, row),
        "a^{l-1}": lambda row, _: a(l - 1, row),
        "b^{l}": lambda row, _: b(l, row),
        r"\delta^{l}": lambda row, _: delta(l, row),
        r"\delta^{l+1}": lambda row, _: delta(l + 1, row),
        r"\delta^{L}": lambda row, _: delta(L, row),
        by_output.name: lambda row, _: Partial(E, a(L, row)),
        output_slope.name: lambda row, _: g(z(L, row)).diff(z(L, row)),
        slope.name: lambda row, _: g(z(l, row)).diff(z(l, row)),
        gradient.name: lambda row, column: Partial(E, w(l, row, column)),
        bias_gradient.name: lambda row, _: Partial(E, b(l, row)),
    }

    def step(name, kind, left, right, reason, known):
        def prove(statement, assumptions):
            column = j - 1 if left.shape[1] != 1 else 0
            sides = (_entry(side, i - 1, column, entries) for side in statement.args)
            return equal_sums(*(side.xreplace(known) for side in sides))

        return Step(name, kind, equation(left, right), reason, prove)

    def index_rule(name):
        return {rules[name].lhs: rules[name].rhs}

    through = instance(E, lambda unit: a(L, unit), z(L, i), n(L), p)
    own_slope = {Partial(a(L, p), z(L, i)): g(z(L, p)).diff(z(L, i))}
    forward = {z(l, i): weighted_input(l, i)}
    activations = _vector("a", l - 1)
    return Derivation(
        "rules in matrices",
        [
            step(
                "z",
                "forward",
                _vector("z", l),
                W * activations + bias,
                "row i of the product is the weighted sum of unit i",
                forward,
            ),
            step(
                "delta^L",
                "delta",
                d_output,
                HadamardProduct(by_output, output_slope),
                "row i: chain rule over the outputs, of which $z_{i}$ changes only its own",
                {delta(L, i): collapse(through.xreplace(own_slope))},
            ),
            step(
                "delta",
                "delta",
                d,
                HadamardProduct(W_next.T * d_next, slope),
                "row i of the transpose holds the weights that leave unit i",
                index_rule("delta"),
            ),
            step(
                "dE/dW",
                "gradient",
                gradient,
                d * activations.T,
                "row i, column j: error term of unit i, activation of unit j",
                index_rule("dE/dw"),
            ),
            step(
                "dE/db",
                "gradient",
                bias_gradient,
                d,
                "entry by entry the error term",
                index_rule("dE/db"),
            ),
        ],
        origin="matrix_rules()",
    )


def _matrix(name, layer, columns):
    return MatrixSymbol(f"{name}^{{{str(layer).replace(' ', '')}}}", n(layer), columns)


def _vector(name, layer):
    return _matrix(name, layer, 1)


def _entry(matrix, row, column, entries):
    """One entry of a matrix expression, in house symbols, whose units count from 1."""
    return matrix[row, column].replace(
        MatrixElement, lambda parent, r, c: entries[parent.name](r + 1, c + 1)
    )

r"""From index notation to arrays: $\sum_k w^{l+1}_{ki} \delta^{l+1}_k$ becomes `W[2].T @ d2`.

A factor with one index is a vector, one with two is a matrix. A sum over an index that two
factors share is a matrix product; indices that are not summed over stay the axes of the result.
"""

from sympy import Add, Indexed, Integer, Mul, Pow, Sum, exp, tanh

from ..symbolic.functions import positive
from ..symbolic.printing import reading_order


def array_formula(expr):
    """NumPy source for an expression of house symbols whose layers are numbers."""
    return _formula(expr)[0]


def _formula(expr):
    """The source, and how tightly it binds: 0 a sum, 1 a product, 2 an atom."""
    if isinstance(expr, Integer):
        return str(expr), 2 if expr >= 0 else 0
    if isinstance(expr, Indexed):
        return _name(expr), 2
    if isinstance(expr, Sum):
        return _matrix_product(expr), 1
    if isinstance(expr, Add):
        return _sum(expr), 0
    if isinstance(expr, Mul):
        return _product(expr), 1
    if isinstance(expr, Pow) and expr.exp == 2:
        return f"{_bound(expr.base, 2)}**2", 2
    if isinstance(expr, Pow) and expr.exp == -1:
        return f"1 / {_bound(expr.base, 2)}", 1
    if isinstance(expr, exp):
        return f"np.exp({array_formula(expr.args[0])})", 2
    if isinstance(expr, tanh):
        return f"np.tanh({array_formula(expr.args[0])})", 2
    if isinstance(expr, positive):
        return f"({array_formula(expr.args[0])} > 0)", 2
    raise NotImplementedError(f"no NumPy formula for {expr}")


def _bound(expr, tightness):
    formula, own = _formula(expr)
    return formula if own >= tightness else f"({formula})"


def _sum(expr):
    terms = sorted(expr.as_ordered_terms(order="lex"), key=_is_negative)
    formula = _bound(terms[0], 0)
    for term in terms[1:]:
        sign = "-" if _is_negative(term) else "+"
        formula += f" {sign} {_bound(-term if sign == '-' else term, 1)}"
    return formula


def _is_negative(term):
    return term.as_coeff_Mul()[0].is_negative


def _product(expr):
    factors = sorted(Mul.make_args(expr), key=reading_order)
    if factors[0] == -1:
        return f"-{_product(Mul(*factors[1:]))}"
    if len(_indices(expr)) == 2:  # a matrix: one vector down its rows, one along its columns
        return f"np.outer({', '.join(array_formula(factor) for factor in factors)})"
    # A matrix product among the factors has parentheses: @ and * bind alike.
    return " * ".join(_bound(factor, 2) for factor in factors)


def _indices(expr):
    """The unit indices of an expression that are not summed over."""
    summed = {index for total in expr.atoms(Sum) for index in total.variables}
    indexed = [factor for factor in expr.atoms(Indexed) if str(factor.base) not in ("n", "y")]
    return {i for factor in indexed for i in factor.indices[1:] if not i.is_Integer} - summed


def _matrix_product(expr):
    (index, *_), body = expr.limits[0], expr.function
    vectors, matrices = [], []
    for factor in sorted(Mul.make_args(body), key=reading_order):
        base, power = factor.as_base_exp()
        kind = matrices if _is_matrix(base) else vectors
        kind.extend([base] * int(power))
    if not matrices:
        left, right = vectors
        return f"{_name(left)} @ {_name(right)}"
    (matrix,), (vector,) = matrices, vectors
    transposed = "" if matrix.indices[2] == index else ".T"
    return f"{_name(matrix)}{transposed} @ {_name(vector)}"


def _is_matrix(factor):
    return len(factor.indices) == 3


def _name(indexed):
    base = str(indexed.base)
    if base == "y":
        return "y"
    layer = indexed.indices[0]
    if base in ("w", "b"):
        return f"{'W' if base == 'w' else 'b'}[{layer}]"
    letter = "d" if base == r"\delta" else base
    return f"{letter}{layer}"

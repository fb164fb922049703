r"""The derivative of one large expression, each part of which is differentiated once.

In the error of a network, written out as one expression, the same activation stands many times:
once on every path. `sympy.diff` differentiates it wherever it stands. Here a part that has been
met before is looked up. The result is the same function (a test compares them).
"""

from sympy import Add, Function, Integer, Mul, Pow, diff


def derivative(expr, by):
    """d(expr)/d(by) by the rules for sums, products, whole powers and functions.

    Parameters
    ----------
    expr : SymPy expression
    by : SymPy symbol

    Returns
    -------
    SymPy expression
        Not simplified.
    """
    known = {by: Integer(1)}

    def of(part):
        if part not in known:
            known[part] = _derivative(part, by, of)
        return known[part]

    return of(expr)


def _derivative(part, by, of):
    """That of one part, `of` giving those of the parts that it is made of."""
    if not part.args:
        return Integer(0)
    inner = [of(argument) for argument in part.args]
    if not any(inner):
        return Integer(0)
    if isinstance(part, Add):
        return Add(*inner)
    if isinstance(part, Mul):
        return Add(*(_with_factor(part, *one) for one in enumerate(inner) if one[1] != 0))
    if isinstance(part, Pow) and part.exp.is_Integer:
        return part.exp * part.base ** (part.exp - 1) * inner[0]
    if isinstance(part, Function):
        return Add(*(part.fdiff(place) * slope for place, slope in enumerate(inner, start=1)))
    return diff(part, by)


def _with_factor(product, place, factor):
    """The product with another factor in this place."""
    return Mul(*product.args[:place], factor, *product.args[place + 1 :])

"""Formulas beside what is true: by how much each is off."""

from sympy import MatrixBase, Sum, expand, factor, refine, simplify, sympify


def compare(truth, assuming=True, **formulas):
    r"""Print by how much formulas differ from what SymPy finds.

    A cell that proves an equation of the book hands over its two sides so: `truth` is the left
    one, and the formula that is off by 0 the right one.

    Parameters
    ----------
    truth : SymPy expression or matrix
        Derivatives in it are written down as `Derivative` and carried out here.
    assuming : SymPy assumption
        Such as `Q.le(j, n)`: the unit j exists.
    **formulas : SymPy expression or matrix
        By name; an underscore is printed as a space.

    Examples
    --------
    >>> from sympy import Derivative, symbols
    >>> w, x = symbols("w x")
    >>> compare(Derivative((w * x) ** 2, w), right=2 * w * x**2, wrong=w * x**2)
    right, off by: 0
    wrong, off by: -w*x**2
    """
    for name, formula in formulas.items():
        print(f"{name.replace('_', ' ')}, off by:", difference(truth, formula, assuming))


def difference(truth, formula, assuming=True):
    """The formula minus what is true: 0 if it is proved. Of matrices, a list of such."""
    truth, formula = sympify(truth).doit(), sympify(formula)
    if isinstance(truth, MatrixBase):
        return [difference(*pair, assuming) for pair in zip(truth, formula, strict=True)]
    if truth.has(Sum):  # the derivative of a sum, which is to be carried out, too
        truth = truth.doit()
    return factor(expand(simplify(expand(refine(formula - truth, assuming)))))

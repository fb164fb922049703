r"""A normal form for sums over all units of a layer, of any number of units.

Differentiating $\sum_j w_{ij} a_j$ by $w_{pq}$ gives $\sum_j [i = p][j = q]\, a_j$, with the
brackets as `KroneckerDelta`. The normal form splits sums of sums, draws out what does not depend
on the summation index, collapses a sum over a bracket to its one term, and numbers the summation
indices that are left, so that equal expressions become the same object.

Indices are meant to be units that exist: a sum over all units k collapses at $[k = i]$ whatever i,
unless i is known to lie outside, as k does outside $1 \dots k - 1$. A sum without terms is 0.
"""

from sympy import Add, Dummy, Indexed, Integer, KroneckerDelta, Mul, Sum, Symbol, expand, sympify

from .notation import Partial
from .proving import prove_equal


def equal_sums(left, right):
    """Whether two expressions with sums over units are equal; True is a proof."""
    difference = collapse(left - right)
    names = {}
    for kind in (Sum, Partial, KroneckerDelta, Indexed):
        # The largest first: what is inside a sum is not free to be renamed.
        for atom in sorted(difference.xreplace(names).atoms(kind), key=str):
            names[atom] = Dummy()
        difference = difference.xreplace(names)
    return prove_equal(difference, 0)


def collapse(expr):
    """The normal form of `expr`."""
    expr = sympify(expr)
    if not expr.has(Sum):
        return expr
    if isinstance(expr, Sum):
        *inner, (index, first, last) = expr.limits
        body = expand(collapse(Sum(expr.function, *inner) if inner else expr.function))
        if first.is_Number and first != 1:  # matrices count from 0
            body, last = body.subs(index, index + first - 1), last - first + 1
        elif first != 1:  # from the back, so that one term more at the front is the last
            body, last = body.subs(index, last + 1 - index), last - first + 1
        return Add(*(_sum_of_term(term, index, last) for term in Add.make_args(body)))
    return expr.func(*(collapse(argument) for argument in expr.args))


def _sum_of_term(term, index, last):
    """One term, summed over index = 1 ... last."""
    if last.is_nonpositive or term == 0:
        return Integer(0)
    constant, inside = term.as_independent(index, as_Add=False)
    for factor in Mul.make_args(inside):
        if isinstance(factor, KroneckerDelta) and index in factor.args:
            (other,) = [argument for argument in factor.args if argument != index]
            if (last - other).is_negative or (other - 1).is_negative:  # no such unit
                return Integer(0)
            return constant * collapse((inside / factor).subs(index, other))
    if inside == 1:
        return constant * last
    if last.as_coeff_Add()[0].is_positive:  # ... + 1: the last term apart
        final = constant * collapse(inside.subs(index, last))
        return final + _sum_of_term(term, index, last - 1)
    numbered = _index(inside, index)
    return constant * Sum(inside.subs(index, numbered), (numbered, 1, last))


def _index(body, index):
    """A summation index for `body` in place of `index`, by how deeply sums are nested in it."""
    body = body.subs(index, Dummy())
    depth = 0
    while any(s.name == f"_{depth}" for s in body.atoms(Symbol)):
        depth += 1
    return Symbol(f"_{depth}", integer=True, positive=True)

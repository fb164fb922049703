"""Small changes of the right side of a rule: what a slip of the pen, or of the mind, does to it."""

from sympy import Add, Integer, Sum


def put(old, new):
    """`new` for `old`, everywhere."""
    return lambda right: right.xreplace({old: new})


def without(factor):
    """The factor left out."""
    return put(factor, Integer(1))


def negated(right):
    return -right


def times(factor):
    """One factor too many."""
    return lambda right: factor * right


def without_term(term):
    """One term of a sum left out."""
    return lambda right: Add(*(other for other in Add.make_args(right) if other != term))


def with_sum(change):
    """The change made to the sum in the rule, such as to its first term alone."""
    return lambda right: right.replace(lambda e: isinstance(e, Sum), change)


def first_term(total):
    """The sum cut to its first term."""
    [(index, first, _)] = total.limits
    return total.function.xreplace({index: first})


def mean(total):
    """The mean of the terms for their sum."""
    [(_, first, last)] = total.limits
    return total / (last - first + 1)


def inside(change):
    """The change made to every term, inside of the sum."""
    return lambda total: Sum(change(total.function), *total.limits)

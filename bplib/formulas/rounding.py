"""Whether rounded numbers agree: `0.5744 - 0.3929 + 0.2375 = 0.4190` holds to the digits shown."""

from .meaning import Place, value
from .reader import read_expression
from .tree import Number, rebuilt
from .worlds import World

NOWHERE = Place(World("numbers", {}), {})


def gap(left, right, digits):
    """How far two sides are apart, in units of what rounding explains; above 1 they disagree.

    Parameters
    ----------
    left, right : str
        LaTeX of numbers.
    digits : int
        To how many digits results are rounded; a number that is shown with fewer is exact.

    Raises
    ------
    FormulaError
        If a side is not made of numbers, or is 1 / 0.
    """
    (left, slack_left), (right, slack_right) = (_with_slack(side, digits) for side in (left, right))
    slack = slack_left + slack_right + 1e-12 * max(1, abs(left), abs(right))
    return abs(left - right) / slack


def _with_slack(latex, digits):
    tree = read_expression(latex, functions=(), layered=())
    exact = float(value(tree, NOWHERE))
    return exact, sum(abs(float(value(one, NOWHERE)) - exact) for one in _moved(tree, digits))


def _moved(tree, digits):
    """The tree with each rounded number, in turn, half a unit in its last place larger."""
    numbers = []

    def collect(node):
        if isinstance(node, Number) and significant(node.text) >= digits:
            numbers.append(node.span)
        return rebuilt(node, collect)

    collect(tree)
    for span in numbers:
        yield _with_one_moved(tree, span)


def _with_one_moved(tree, span):
    if isinstance(tree, Number):
        if tree.span != span:
            return tree
        places = len(tree.text.partition(".")[2])
        return Number(span, repr(float(tree.text) + 0.5 * 10.0**-places))
    return rebuilt(tree, lambda node: _with_one_moved(node, span))


def significant(text):
    """The digits of a number from the first that is not 0: 3 of "0.0120"."""
    return len(text.replace(".", "").lstrip("0"))

"""An index formula as a JavaScript function, whether the formula is right or wrong.

It is the counterpart of `bplib.slips.formula`: a function (v, l, i, j) of the same values, whose
arrays start at 0. Where the formula has no value, an index beyond the last unit for instance, the
function returns NaN.
"""

from ..codegen.javascript import Printer
from .formula import PlacePrinter

PLACES = {
    "w": "v.W[{0}]?.[{1} - 1]?.[{2} - 1]",
    "b": "v.b[{0}]?.[{1} - 1]",
    "a": "v.a[{0}]?.[{1} - 1]",
    "z": "v.z[{0}]?.[{1} - 1]",
    r"\delta": "v.delta[{0}]?.[{1} - 1]",
    "y": "v.y[{0} - 1]",
    "n": "v.n[{0}]",
}
GRADIENTS = {"w": "v.grad_W[{0}][{1} - 1][{2} - 1]", "b": "v.grad_b[{0}][{1} - 1]"}

# For all functions: the sum of f(first), ..., f(last).
HELPERS = """\
function sumOf(first, last, f) {
  let total = 0;
  for (let n = first; n <= last; n++) total += f(n);
  return total;
}
"""


class _Printer(PlacePrinter, Printer):
    places, gradients = PLACES, GRADIENTS

    def _print_Sum(self, expr):
        [(index, first, last)] = expr.limits
        term = self.doprint(expr.function)
        return f"sumOf({self.doprint(first)}, {self.doprint(last)}, ({index}) => {term})"

    def _print_Integer(self, expr):
        return str(int(expr))


def function(expr):
    """The text of a function (v, l, i, j) => number, which uses HELPERS."""
    return f"(v, l, i, j) => {_Printer().doprint(expr)}"

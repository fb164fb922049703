r"""The programs that prove the lines of `any_graph`: a few lines of SymPy each, to be read.

What each unit adds is one derivative, that of a weighted sum with any number of terms. The
induction is two comparisons: the claim with no unit following, and the claim with one unit more.
"""

from sympy import Symbol

from .notation import ActivationSlope, Partial
from .programs import Program
from .unit_notation import UnitIndexed

IMPORTS = """\
from sympy import Sum, diff
from bplib.symbolic import g, g_prime
from bplib.symbolic.notation import E, Partial, i, j, k, q
from bplib.symbolic.sums import equal_sums
from bplib.symbolic.unit_notation import F, U, a, b, delta, direct, m, w, z
"""
UNIT = """
z_k = Sum(w(k, j)*g(z(j)), (j, 1, k - 1)) + b(k)
"""
CLAIM = """
def claim(m):
    back = Sum(w(k, i)*delta(k), (k, m + 1, U))
    return g_prime(z(i))*(direct(i) + back)


z_m = Sum(w(m, j)*g(z(j)), (j, 1, m - 1)) + b(m)
print(equal_sums(claim(U), g_prime(z(i))*direct(i)))
print(equal_sums(claim(m - 1), claim(m) + delta(m)*diff(z_m, z(i))))
"""
INPUT = """
z_i = Sum(w(i, q)*a(q), (q, 1, i - 1)) + b(i)
"""
# Lines of the derivation: what is set up, and what the right side of the line has to equal.
LINES = {
    "dz_k/dz_i": (UNIT, "diff(z_k, z(i))"),
    "dF_k-1/dz": (UNIT, "Partial(F(k), z(i)) + delta(k)*diff(z_k, z(i))"),
    "induction": (CLAIM, "claim(m)"),
    "delta: by numbers": (CLAIM, "claim(i)"),
    "dE/dw": (INPUT, "delta(i)*diff(z_i, w(i, j))"),
    "dE/db": (INPUT, "delta(i)*diff(z_i, b(i))"),
}
NAMES = {
    "w_{#}": "w",
    "a_{#}": "a",
    "b_{#}": "b",
    "z_{#}": "z",
    "F_{#}": "F",
    r"\delta_{#}": "delta",
    "E_{a_{#}}": "direct",
}


def program(step):
    """The program that proves a line of `any_graph`; None for a line that has none of its own."""
    if step.name not in LINES:
        return None
    made, value = LINES[step.name]
    right = f"right = {_python(step.rhs)}\nprint(equal_sums({value}, right))"
    # Nothing is imported that the program does not use.
    body = f"{made}{right}"
    return Program(f"{_used(IMPORTS, body)}{body}")


def _python(expr):
    """An expression as Python that makes it."""
    for kind, text in (
        (UnitIndexed, lambda *args: f"{NAMES[str(args[0])]}({', '.join(map(str, args[1:]))})"),
        (ActivationSlope, lambda z: f"g_prime({z})"),
        (Partial, lambda of, by: f"Partial({of}, {by})"),
    ):
        expr = expr.replace(kind, lambda *args, text=text: Symbol(text(*args)))
    return str(expr)


def _used(imports, body):
    lines = []
    for line in imports.splitlines():
        source, names = line.split(" import ")
        used = [name for name in names.split(", ") if _is_named(name, body)]
        if used:
            lines.append(f"{source} import {', '.join(used)}")
    return "\n".join(lines) + "\n"


def _is_named(name, body):
    words = "".join(c if c.isalnum() or c == "_" else " " for c in body).split()
    return name in words

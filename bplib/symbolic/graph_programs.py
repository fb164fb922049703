r"""The programs that prove the lines of `any_graph`: a few lines of SymPy each, to be read.

What each unit adds is one derivative, that of a weighted sum with any number of terms. The
induction is two comparisons: the claim with no unit following, and the claim with one unit more.
A chain rule is that of a function of two arguments of which nothing is known: all other arguments
are held fixed.
"""

from sympy import Symbol

from .notation import ActivationSlope, Partial, i, k
from .programs import Program
from .unit_notation import F, SumOver, UnitIndexed, delta, direct, f, g_prime, z

IMPORTS = """\
from sympy import Function, Sum, diff, expand, symbols
from bplib.symbolic.notation import E, Partial, i, j, k, q
from bplib.symbolic.sums import equal_sums
from bplib.symbolic.unit_notation import F, Feeds, U, a, b, delta, direct
from bplib.symbolic.unit_notation import g, g_prime, m, w, z
"""
UNIT = """
f_k = Sum(w(k, j)*g(z(j)), (j, 1, k - 1)) + b(k)
"""
CLAIM = """
def claim(m):              # dF_m/dz_i: the units after m follow
    back = Sum(w(k, i)*delta(k), (k, m + 1, U))
    return g_prime(z(i))*(direct(i) + back)


z_m = Sum(w(m, j)*g(z(j)), (j, 1, m - 1)) + b(m)
print(equal_sums(claim(U), g_prime(z(i))*direct(i)))
print(equal_sums(claim(m - 1), claim(m) + delta(m)*diff(z_m, z(i))))
"""
WEIGHTS = """
def weight(k, i):          # 0 where unit i does not feed k
    return Feeds(k, i)*w(k, i)


def over_O(term, k, i):    # the sum over all k that unit i feeds
    return Sum(Feeds(k, i)*term, (k, i + 1, U))

"""
TOTAL = f"""{WEIGHTS}
def claim(m):              # dF_m/da_i: the units after m follow
    return direct(i) + Sum(weight(k, i)*delta(k), (k, m + 1, U))


z_m = Sum(weight(m, j)*a(j), (j, 1, m - 1)) + b(m)
print(equal_sums(claim(U), direct(i)))
print(equal_sums(claim(m - 1), claim(m) + delta(m)*diff(z_m, a(i))))
"""
NUMBERED = f"""{WEIGHTS}
back = Sum(weight(k, i)*delta(k), (k, i + 1, U))
"""
INPUT = """
z_i = Sum(w(i, q)*a(q), (q, 1, i - 1)) + b(i)
"""
NO_UNIT = """
z_i, u = symbols("z_i u", real=True)
E, g_i = Function("E"), Function("g_i")    # all other activations held fixed
slope = diff(g_i(z_i), z_i)
E_a_i = diff(E(u), u).subs(u, g_i(z_i))
F_U = E(g_i(z_i))
"""
ONE_LESS = """
z_i, u, v = symbols("z_i u v", real=True)
F_k, f_k, same = map(Function, ("F_k", "f_k", "same"))  # same(z_i) is z_i
values = {u: same(z_i), v: f_k(z_i)}       # all other arguments held fixed
dF_k_dz_i = diff(F_k(u, v), u).subs(values)
delta_k = diff(F_k(u, v), v).subs(values)
by_z_i = diff(F_k(same(z_i), f_k(z_i)), z_i).doit()
by_z_i = by_z_i.subs(diff(same(z_i), z_i), 1)
"""
SUMS = "print(equal_sums({value}, right))"
FUNCTIONS = "print(expand(({value} - right).doit()))"
# Lines of the derivation: what is set up, what the right side of the line has to equal, and how
# the two are compared.
LINES = {
    "dF_U/dz": (NO_UNIT, "diff(F_U, z_i)", FUNCTIONS),
    "df_k/dz_i": (UNIT, "diff(f_k, z(i))", SUMS),
    "chain rule": (ONE_LESS, "by_z_i", FUNCTIONS),
    "dF_k-1/dz": (UNIT, "Partial(F(k), z(i)) + delta(k)*diff(f_k, z(i))", SUMS),
    "induction": (CLAIM, "claim(m)", SUMS),
    "delta: by numbers": (CLAIM, "claim(i)", SUMS),
    "delta": (NUMBERED, "g_prime(z(i))*(direct(i) + back)", SUMS),
    "delta: no target": (NUMBERED, "g_prime(z(i))*back", SUMS),
    "dE/da": (TOTAL, "claim(i)", SUMS),
    "dz/dw": (INPUT, "diff(z_i, w(i, j))", SUMS),
    "dz/db": (INPUT, "diff(z_i, b(i))", SUMS),
    "dE/dw": (INPUT, "delta(i)*diff(z_i, w(i, j))", SUMS),
    "dE/db": (INPUT, "delta(i)*diff(z_i, b(i))", SUMS),
}
# Names in the programs that have functions of which nothing is known.
ARGUMENTS = {
    Partial(F(k), z(i)): "dF_k_dz_i",
    Partial(f(k), z(i)): "diff(f_k(z_i), z_i)",
    delta(k): "delta_k",
    direct(i): "E_a_i",
    g_prime(z(i)): "slope",
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
    made, value, compare = LINES[step.name]
    right, imports = step.rhs, IMPORTS
    if compare == FUNCTIONS:
        right = right.xreplace({part: Symbol(name) for part, name in ARGUMENTS.items()})
        imports = IMPORTS.splitlines()[0]
    # Nothing is imported that the program does not use.
    body = f"{made}right = {_python(right)}\n{compare.format(value=value)}"
    return Program(f"{_used(imports, body)}{body}")


def _python(expr):
    """An expression as Python that makes it."""
    for kind, text in (
        (UnitIndexed, lambda *args: f"{NAMES[str(args[0])]}({', '.join(map(str, args[1:]))})"),
        (ActivationSlope, lambda z: f"g_prime({z})"),
        (Partial, lambda of, by: f"Partial({of}, {by})"),
        (SumOver, lambda body, k, i: f"over_O({body}, {k}, {i})"),
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
    code = "\n".join(line.partition("#")[0] for line in body.splitlines())
    words = "".join(c if c.isalnum() or c == "_" else " " for c in code).split()
    return name in words

r"""The multi-dimensional chain rule: proved from what "differentiable" means, then used.

Let $f$ be a differentiable function of $D$ variables and $u_1 \dots u_D$ functions of one, each
with a derivative. Then

$$\frac{d f}{d x} = \sum_{d=1}^{D} \frac{\partial f}{\partial u_d} \frac{d u_d}{d x}$$

where $f$ on the left is $f(u_1(x), \dots, u_D(x))$. The proof uses no chain rule of SymPy's. It
puts one definition into another, divides by the small step $h$, and lets $h$ go to 0:

- $u_d$ has a derivative: $\Delta u_d = (\frac{d u_d}{d x} + \rho_d)\, h$, with $\rho_d \to 0$;
- $f$ is differentiable: $\Delta f = \sum_d (\frac{\partial f}{\partial u_d} + \varepsilon_d)\,
  \Delta u_d$, with every $\varepsilon_d \to 0$ as all $\Delta u_d \to 0$;
- the derivative of f is what $\Delta f / h$ tends to as $h \to 0$.

Sums and products of finitely many things that have limits have the sum and the product of the
limits; that is all that is used of limits.

Backpropagation uses the rule with E for f, the weighted inputs of one layer for the $u_d$, and for
x a weighted input of the layer before, a weight or a bias: `instance`.

Source: differentiability in this form, and the proof for two arguments, are in J. Stewart,
Calculus: Early Transcendentals, sections 14.4 and 14.5.
"""

from sympy import Add, IndexedBase, Integer, Limit, Sum, Symbol, expand

from ..validation import whole_number
from .derivation import Derivation, Step, equation
from .notation import E, Partial, Templated, k, n, z
from .programs import Program
from .sums import collapse, equal_sums

h = Symbol("h", real=True, nonzero=True)  # the small step of x
D = Symbol("D", integer=True, positive=True)
d = Symbol("d", integer=True, positive=True)
change = Symbol(r"\Delta f", real=True)
derivative = Symbol(r"\frac{d f}{d x}", real=True)


def _indexed(template):
    base = IndexedBase(template, real=True)
    return lambda index: Templated(base, index)


by_argument = _indexed(r"\frac{\partial f}{\partial u_{#}}")
of_argument = _indexed(r"\frac{d u_{#}}{d x}")
argument_change = _indexed(r"{\Delta u}_{#}")
remainder = _indexed(r"\varepsilon_{#}")  # of f, beyond its slopes
argument_remainder = _indexed(r"\rho_{#}")  # of u_d, beyond its slope


def chain_rule(arguments=None):
    """The multi-dimensional chain rule, line by line.

    Parameters
    ----------
    arguments : int or None
        For a function of so many variables, with the sum written out. None: for any number of
        them, with a symbol for the number.

    Returns
    -------
    Derivation
        With the steps "change of u", "change of f", "put in", "divide by h",
        "derivative: definition" and "chain rule".

    Raises
    ------
    TypeError, ValueError
        If `arguments` is not a whole number of at least 1.

    Examples
    --------
    >>> chain_rule(2)["chain rule"].latex().count("partial f")
    2
    >>> chain_rule().prove()
    chain rule, any number of arguments: all 3 statements proved, 3 definitions
    """
    if arguments is None:
        steps = list(_steps(_any_number))
        return Derivation("chain rule, any number of arguments", steps, origin="chain_rule()")
    count = whole_number("arguments", arguments, minimum=1)

    def written_out(term):
        return Add(*(term(number) for number in range(1, count + 1)))

    return _WrittenOut(count, _steps(written_out))


class _WrittenOut(Derivation):
    """For a number of arguments, with names in Python for all that stands in the sums."""

    def __init__(self, count, steps):
        self._numbers = range(1, count + 1)
        super().__init__(f"chain rule, arguments: {count}", steps)

    def program(self, step):
        """The definitions in SymPy, and what follows from them compared with the line."""
        if step.is_definition:
            return None
        parts = {"f": by_argument, "e": remainder, "u": of_argument, "r": argument_remainder}
        names = {
            part(number): Symbol(f"{letter}{number}")
            for letter, part in parts.items()
            for number in self._numbers
        }
        added = " + ".join(f"(f{number} + e{number})*change{number}" for number in self._numbers)
        lines = [
            "from sympy import expand, symbols",
            "",
            'h = symbols("h")',
            *(self._symbols(letter) for letter in parts),
            *(f"change{number} = (u{number} + r{number})*h" for number in self._numbers),
            f"change = {added}",
            f"right = {step.rhs.xreplace(names)}",
        ]
        if step.lhs == derivative:
            gone = ", ".join(f"e{number}: 0, r{number}: 0" for number in self._numbers)
            lines += ["quotient = expand(change/h)", f"gone = {{{gone}}}"]
            lines += ["print(not quotient.has(h))", "print(expand(quotient.subs(gone) - right))"]
        else:
            left = step.lhs.subs(change, Symbol("change"))
            lines.append(f"print(expand({left} - right))")
        return Program("\n".join(lines))

    def _symbols(self, letter):
        """Such as `f1, f2 = symbols("f1 f2")`; one name alone does not come in a tuple."""
        names = [f"{letter}{number}" for number in self._numbers]
        return f'{", ".join(names)} = symbols("{" ".join(names)}")'


def instance(of, inner, by, count, index):
    """The right side of the rule, with the names of one application put in.

    Parameters
    ----------
    of : SymPy symbol
        In place of f.
    inner : callable
        inner(number) is the argument in place of u_number.
    by : SymPy symbol
        In place of x.
    count : SymPy expression
        In place of D.
    index : SymPy symbol
        In place of d.

    Returns
    -------
    Sum

    Raises
    ------
    ArithmeticError
        If the rule itself is not proved.
    """
    if not _ANY["chain rule"].proof:
        raise ArithmeticError("the chain rule is not proved")
    names = {
        by_argument(d): Partial(of, inner(index)),
        of_argument(d): Partial(inner(index), by),
    }
    rule = _ANY["chain rule"].rhs
    return Sum(rule.function.xreplace(names), (index, 1, count))


def through_layer(layer, by):
    """dE/d(by) by the chain rule over every unit of a layer: sum over k of dE/dz_k dz_k/d(by)."""
    return instance(E, lambda unit: z(layer, unit), by, n(layer), k)


def limit_of(quotient, vanishing):
    """What a sum of products tends to as h goes to 0, by the limits of its factors.

    Parameters
    ----------
    quotient : SymPy expression
    vanishing : sequence of sympy.Eq
        That the limit of something indexed is 0. All other factors do not depend on h.

    Returns
    -------
    SymPy expression or None
        None if h itself is left, as in 1 / h: of that nothing is known here.
    """
    if quotient.has(h):
        return None
    bases = {given.lhs.args[0].base for given in vanishing if given.rhs == 0}
    return quotient.replace(
        lambda e: isinstance(e, Templated) and e.base in bases, lambda e: Integer(0)
    )


def _any_number(term):
    return Sum(term(d), (d, 1, D))


def _steps(total):
    """The lines; `total` adds up a term over all arguments."""

    def slope(number):
        return by_argument(number) + remainder(number)

    def argument_slope(number):
        return of_argument(number) + argument_remainder(number)

    define = equation(derivative, Limit(change / h, h, 0, dir="+-"))
    define_u = equation(argument_change(d), argument_slope(d) * h)
    define_f = equation(change, total(lambda number: slope(number) * argument_change(number)))

    def put_in(side):
        """What a side stands for by the two definitions."""
        return side.xreplace({change: define_f.rhs}).replace(
            lambda e: isinstance(e, Templated) and e.base == define_u.lhs.base,
            lambda e: define_u.rhs.subs(d, e.indices[0]),
        )

    def by_definitions(statement, assumptions):
        return equal_sums(put_in(statement.lhs), put_in(statement.rhs))

    def in_the_limit(statement, assumptions):
        if statement.lhs != derivative:
            return False
        limit = limit_of(expand(collapse(put_in(change)) / h), assumptions)
        return limit is not None and equal_sums(limit, statement.rhs)

    def is_(definition):
        return lambda statement, assumptions: statement == definition

    yield Step(
        "change of u",
        "definition",
        define_u,
        "each argument has a derivative: a small step $h$ changes it by its slope times $h$, up to "
        "a remainder, in which $\\rho_{d}$ goes to 0 with $h$",
        is_(define_u),
    )
    yield Step(
        "change of f",
        "definition",
        define_f,
        "$f$ is differentiable: it changes by slope times change, added up over its arguments, up "
        "to remainders, in which each $\\varepsilon_{d}$ goes to 0 with the changes, and is 0 "
        "where all changes are 0",
        is_(define_f),
    )
    yield Step(
        "put in",
        "chain rule",
        equation(change, put_in(define_f.rhs)),
        "the change of each argument put in",
        by_definitions,
    )
    yield Step(
        "divide by h",
        "chain rule",
        equation(change / h, total(lambda number: slope(number) * argument_slope(number))),
        "every term holds the factor $h$ once",
        by_definitions,
    )
    yield Step(
        "derivative: definition",
        "definition",
        define,
        "what a derivative is: the limit of a quotient of changes",
        is_(define),
    )
    yield Step(
        "chain rule",
        "chain rule",
        equation(derivative, total(lambda number: by_argument(number) * of_argument(number))),
        "$h$ goes to 0, with it every change of an argument, and so every remainder",
        in_the_limit,
        [equation(Limit(part(d), h, 0, dir="+-"), 0) for part in (remainder, argument_remainder)],
    )


_ANY = chain_rule()

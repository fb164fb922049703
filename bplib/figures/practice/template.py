"""Formulas in plain text, to be filled with numbers: "0.5 · 2 + 0.3"."""

from sympy import Abs, Add, Mul, Pow, Rational, exp

from ...drawing.diagram import SUPERSCRIPT
from ...symbolic.printing import reading_order


def template(expr, slots):
    """A formula in text, to be filled with numbers: "{w2_11} · {a1_1} + {b2_1}".

    Parameters
    ----------
    expr : SymPy expression
        Without sums; all indices are numbers.
    slots : callable
        From a symbol to the name of its slot.
    """

    def factor(part):
        text = show(part)
        return f"({text})" if isinstance(part, Add) else text

    def show(e):
        if isinstance(e, Add):
            terms = sorted(e.args, key=_order_of_terms)
            text = show(terms[0])
            for term in terms[1:]:
                minus = term.could_extract_minus_sign()
                text += f" − {factor(-term)}" if minus else f" + {show(term)}"
            return text
        if isinstance(e, Mul):
            number, rest = e.as_coeff_Mul()
            if number < 0:
                return f"−{factor(-e)}"
            factors = [show(number)] if number != 1 else []
            factors += [factor(f) for f in sorted(Mul.make_args(rest), key=reading_order)]
            return " · ".join(factors)
        if isinstance(e, Pow):
            if e.exp == -1:
                return f"1 / {factor(e.base)}"
            return f"{factor(e.base)}{str(e.exp).translate(SUPERSCRIPT)}"
        if isinstance(e, exp):
            return f"e^({show(e.args[0])})"
        if isinstance(e, Abs):
            return f"|{show(e.args[0])}|"
        if isinstance(e, Rational):
            return {Rational(1, 2): "½"}.get(e, str(e).replace("-", "−"))
        return "{" + slots(e) + "}"

    return show(expr)


def _order_of_terms(term):
    """As it is calculated: products first, then what is added or taken away."""
    return term.could_extract_minus_sign(), not isinstance(term, (Mul, Rational)), str(term)

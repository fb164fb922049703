"""No 2-1-1 network of rising units with outputs from 0 to 1 brings the error of XOR below 1/12."""

from sympy import Rational, Symbol

from ..layout import Factors, Negative, Power, Terms
from ..programs import Setting
from .line import Line, lines

OUTPUTS = """
from sympy import Rational, expand, symbols

a_3 = symbols("a_3", real=True)
c, d_1, d_2 = symbols("c d_1 d_2", nonnegative=True)
a_0 = 1 - c                       # at most 1
a_1, a_2 = a_0 - d_1, a_0 - d_2   # at most a_0
E = ((0 - a_0)**2 + (1 - a_1)**2 + (1 - a_2)**2 + (0 - a_3)**2)/2/4
square = (a_0 - Rational(2, 3))**2
"""
TWO_THIRDS = Rational(2, 3)


def xor_floor():
    """The bound, line by line, from the outputs for the four examples.

    $a_0$ is the larger one of the two outputs that should be 0, $a_1$ and $a_2$ are those that
    should be 1, none of them above $a_0$, and $a_3$ is the fourth.
    """
    mean = Symbol(r"\overline{E}", real=True)
    a_0, a_1, a_2, a_3 = (Symbol(f"a_{{{number}}}", real=True) for number in range(4))
    names = {mean: "E"} | {a: f"a_{place}" for place, a in enumerate((a_0, a_1, a_2, a_3))}

    def setting(compare):
        return Setting(OUTPUTS, names, compare)

    gaps = {a: Power(Terms(1, -a), 2) for a in (a_0, a_1, a_2)}
    eight = Factors(8, mean)
    three = Terms(Power(a_0, 2), Factors(2, gaps[a_0]))
    square = Power(Terms(a_0, Negative(TWO_THIRDS)), 2)
    completed = Terms(Factors(3, square), TWO_THIRDS)

    def bound(name, left, right, reason, difference):
        proof = setting(f"({difference}).is_nonnegative")
        return Line(name, "line", left, right, reason, proof, relation=r"\ge")

    difference = "expand({left} - ({right}))"
    return lines(
        "A floor for the error",
        "xor-floor",
        setting(difference),
        (
            "definition of the error",
            eight,
            Terms(Power(a_0, 2), gaps[a_1], gaps[a_2], Power(a_3, 2)),
            "$\\overline{E}$ is a mean over four examples, each with ½: $8 = 4 \\cdot 2$",
        ),
        *(
            bound(f"gap {place}", Terms(1, -a), Terms(1, -a_0), f"$a_{place} \\le a_0$", difference)
            for place, a in ((1, a_1), (2, a_2))
        ),
        bound(
            "three squares",
            eight,
            three,
            "$1 - a_0$ is not negative, so the same holds of the squares; and $a_3^2$ is not "
            "negative",
            difference,
        ),
        (
            "multiply out",
            three,
            Terms(Factors(3, Power(a_0, 2)), Negative(Factors(4, a_0)), 2),
            "multiplied out",
        ),
        ("complete the square", completed, "the square completed"),
        bound("square", completed, TWO_THIRDS, "a square is not negative", "{left} - ({right})"),
        bound(
            "eight",
            eight,
            TWO_THIRDS,
            "put together",
            "expand({left} - 3*square - ({right}))",
        ),
        bound(
            "floor",
            mean,
            Rational(1, 12),
            "divided by 8",
            "expand(8*({left} - ({right})) - 3*square)",
        ),
    )

r"""Numbers as prose writes them: digits, words, and formulas that are a number and no more.

"1,468", "−1.5", "96.4 %", "forty", "a sixth", "½", `$-2$`, `$10^{-9}$`, `$\eta = 0.5$`.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen"""
UNITS = {word: number for number, word in enumerate(_UNITS.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
PARTS |= {"seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20}
PARTS |= {"hundredth": 100, "thousandth": 1_000, "millionth": 10**6}
TIMES = {"twice": 2}
SIGNS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "⅓": Fraction(1, 3), "¾": Fraction(3, 4)}

_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES, *PARTS, *TIMES], key=len, reverse=True))
DIGITS = (
    r"(?<![\w.,])(?<!\w[−-])[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e-?\d+)?"
    r"(?:[ ]?(?:%|per cent))?(?![\w])"
)
WORDS = rf"\b(?:an? )?(?:{_WORD})s?(?:[- ](?:{_WORD})s?)*\b"
NUMBER = re.compile(rf"(?P<digits>{DIGITS})|(?P<words>{WORDS})|(?P<sign>[{''.join(SIGNS)}])", re.I)

_INTEGER = r"[+\-−]?\d+"
_LITERAL = re.compile(
    rf"""(?P<minus>-|\\pm\s)?\s*(?:
      (?P<decimal>\d+(?:\.\d+)?)
    | \\[td]?frac\s?(?:(?P<p>\d)(?P<q>\d)|\{{(?P<P>\d+)\}}\{{(?P<Q>\d+)\}})
    | (?P<over>\d+)/(?P<under>\d+)
    | (?P<base>\d+)\^(?:\{{(?P<power>{_INTEGER})\}}|(?P<digit>\d))
    )""",
    re.VERBOSE,
)
_NAME = re.compile(r"(?!\\mathrm)\\?\w+(?:_\{?[\w, ]+\}?)?(?:\^\{[\w +-]+\})?(?:_\{?[\w, ]+\}?)?")
_RELATION = re.compile(r"\s*(?:=|\\approx|\\neq|\\ge|\\le|<|>)\s*")


@dataclass(frozen=True)
class Said:
    """A number in a text: where it begins and ends, what it says, and how exactly."""

    start: int
    end: int
    text: str
    value: Fraction
    unit: Fraction  # of its last decimal; 0 for words and fractions, which are exact
    percent: bool = False
    word: bool = False
    ordinal: bool = False
    vague: bool = False  # "thousands"


def decimal(text):
    """Value and unit of "-1,468.50", as fractions."""
    plain = text.replace(",", "").replace("−", "-").strip()
    mantissa, _, power = plain.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return Fraction(plain), Fraction(10) ** (int(power or 0) - decimals)


def numbers_in(text):
    """The numbers of a text in which code and formulas are blanked out."""
    for found in NUMBER.finditer(text):
        whole, start, end = found[0], found.start(), found.end()
        if found["digits"]:
            percent = bool(re.search(r"%|per cent", whole))
            value, unit = decimal(re.sub(r"\s*(%|per cent)", "", whole))
            yield Said(start, end, whole, value, unit, percent)
        elif found["sign"]:
            yield Said(start, end, whole, SIGNS[whole], Fraction(0))
        else:
            value, ordinal = spelled(whole)
            if value is not None:
                vague = whole.lower().rstrip("s") in SCALES and whole.lower().endswith("s")
                exact = Fraction(0)
                yield Said(start, end, whole, value, exact, False, True, ordinal, vague)


def spelled(text):
    """Value of "two hundred", "a forty-fifth", "twice"; and whether it may be an ordinal."""
    words = re.split(r"[- ]", text.lower())
    total, part, fraction = None, Fraction(0), None
    article = words[0] in ("a", "an")
    for word in words[article:]:
        name = word if word in {**UNITS, **TENS, **SCALES, **PARTS, **TIMES} else word[:-1]
        if name in TIMES:
            return Fraction(TIMES[name]), False
        if name in PARTS:
            fraction = PARTS[name]
        elif name in SCALES:
            total = (total or 0) + (part or 1) * SCALES[name]
            part = Fraction(0)
        else:
            part += UNITS.get(name, 0) or TENS.get(name, 0)
            total = total or 0
    number = (total or 0) + part
    if fraction is None:
        return Fraction(number), False
    counted = len(words) - article > 1
    if counted and number % 10 == 0 and number > 10:  # forty-fifth: one part in 45
        whole = number + fraction
        return (Fraction(1, whole), False) if article else (Fraction(whole), True)
    if article or counted or fraction == 2:
        return Fraction(number or 1, fraction), False
    return Fraction(fraction), True  # "the seventh decimal"


def number_in_formula(latex, start):
    """The number that a formula is, or that it gives to a single name; None if it does more."""
    *names, literal = _RELATION.split(latex.strip())
    found = _LITERAL.fullmatch(literal.strip())
    if not found or len(names) > 1:
        return None
    if names and "." not in literal and not _NAME.fullmatch(names[0].strip()):
        return None  # a formula, to be evaluated
    if found["decimal"]:
        value, unit = decimal(found["decimal"])
    else:
        unit = Fraction(0)
        if found["base"]:
            value = Fraction(found["base"]) ** int(found["power"] or found["digit"])
        else:
            p = found["p"] or found["P"] or found["over"]
            value = Fraction(int(p), int(found["q"] or found["Q"] or found["under"]))
    if found["minus"] == "-":
        value = -value
    begin = start + latex.rindex(literal.strip())
    return Said(begin, begin + len(literal.strip()), literal.strip(), value, unit)

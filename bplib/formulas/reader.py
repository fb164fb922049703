r"""From LaTeX in the house spelling to a tree.

A display may hold several claims: rows and columns of `aligned`, or set apart by `\quad` and
`\qquad`, with `\text{with}`, `\text{and}` between them and `\text{if }` before a condition. What
could be read in two ways is refused.

A general tokenizer, such as pylatexenc's, would take the place of one line here, `TOKEN`: what is
long is the grammar of sums, products, indices and derivatives.
"""

import re
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from .tree import (
    Brace,
    Call,
    Cases,
    Change,
    Claim,
    Derivative,
    Dots,
    Entrywise,
    Fraction,
    Gradient,
    Group,
    Matrix,
    Norm,
    Number,
    Power,
    Product,
    Same,
    Sum,
    Symbol,
    Term,
    Total,
    Transposed,
    Unreadable,
)

LAYERED = frozenset(["w", "b", "z", "a", "d", "W", "g", r"\delta"])  # their upper index is a layer
GREEK = frozenset(
    [
        r"\alpha",
        r"\beta",
        r"\delta",
        r"\eta",
        r"\theta",
        r"\lambda",
        r"\sigma",
        r"\rho",
        r"\varepsilon",
    ]
)
FUNCTIONS = frozenset([r"\ln", r"\exp", r"\tanh", r"\sin", r"\cos", r"\sqrt"])
FRACTIONS = frozenset([r"\frac", r"\tfrac", r"\dfrac"])
ACCENTS = frozenset([r"\hat", r"\tilde", r"\overline"])
MATRICES = frozenset([r"\begin{matrix}", r"\begin{pmatrix}"])
SPACES = frozenset(
    [r"\,", r"\;", r"\:", r"\!", "\\ ", r"\displaystyle", r"\left", r"\right"]
    + [rf"\{size}{side}" for size in ("big", "Big") for side in ("", "l", "r")]
)
WORDS = frozenset(["with", "and"])
RELATIONS = {"=": "=", r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">="}
RELATIONS |= {"<": "<", ">": ">", r"\approx": "~", r"\leftarrow": "<-", r"\equiv": "="}
RELATIONS |= {r"\neq": "!=", r"\ne": "!="}
OPERATORS = frozenset([r"\cdot", r"\times", "*", "/"])
LAYER = re.compile(r"([A-Za-z]|\d+)(?:([+-])(\d+))?")
OPENING = {"(": ")", "[": "]", "{": "}"}
PROSE = re.compile(r"\\text\s*\{([^{}]*)\}")
COLOUR = re.compile(r"\\class\s*\{[\w-]+\}")  # looks only; the braces of what it is about stay
TOKEN = re.compile(
    r"\\text\s*\{[^{}]*\}|\\(?:begin|end)\{\w+\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S", re.DOTALL
)


class Token(NamedTuple):
    text: str
    start: int
    end: int


def read(latex, functions=("g",), layered=LAYERED):
    """The claims of a display.

    Parameters
    ----------
    latex : str
    functions : collection of str
        The letters that are applied to what follows in parentheses.
    layered : collection of str
        The letters whose upper index is the number of a layer, not a power.

    Returns
    -------
    list of Claim

    Raises
    ------
    Unreadable
        If the LaTeX is not in the house spelling, or can be read in two ways.
    """
    claims = []
    for equations in _rows(_tokens(latex)):
        row = [
            claim
            for equation in equations
            for claim in _claims(
                equation, lambda tokens: _Parser(tokens, latex, functions, layered)
            )
        ]
        conditions = [claim for kind, claim in row if kind == "if"]
        if len(conditions) > 1:
            raise Unreadable("two conditions in one row")
        condition = conditions[0] if conditions else None
        claims += [replace(claim, condition=condition) for kind, claim in row if kind == "claim"]
    if not claims:
        raise Unreadable("there is no equation")
    return claims


def read_expression(latex, functions=("g",), layered=LAYERED):
    """The tree of an expression without a relation."""
    parser = _Parser(_tokens(latex), latex, functions, layered)
    node = parser.sum()
    parser.end()
    return node


def _tokens(latex):
    plain = COLOUR.sub(lambda found: " " * len(found[0]), latex)  # every other place is kept
    tokens = [Token(m[0], m.start(), m.end()) for m in TOKEN.finditer(plain)]
    return [token for token in tokens if token.text not in SPACES]


def _rows(tokens):
    r"""The equations of each row, as tokens. Of the `&`, every second one parts equations."""
    aligned = [t for t in tokens if t.text in (r"\begin{aligned}", r"\end{aligned}")]
    rows = []
    for line in _split([t for t in tokens if t not in aligned], {r"\\"}):
        cells = _split(line, {"&"})
        equations = [[*chain(*cells[k : k + 2])] for k in range(0, len(cells), 2)]
        if rows and len(cells) == 2 and not cells[0]:  # goes on with the equation above
            rows[-1][-1] += _without_leading_quads(cells[1])
        else:
            rows.append([equation for equation in equations if equation])
    return rows


def _claims(tokens, parser):
    """Pairs ("claim" or "if", claim)."""
    kind = "claim"
    for piece in _split(tokens, {r"\quad", r"\qquad"}):
        while piece and piece[-1].text in {",", ".", ";"}:
            piece = piece[:-1]
        while piece and (prose := PROSE.fullmatch(piece[0].text)):
            word = prose[1].strip()
            if word != "if" and word not in WORDS:
                raise Unreadable(f"\\text{{{prose[1]}}}: known are if, {', '.join(sorted(WORDS))}")
            kind = "if" if word == "if" else "claim"
            piece = piece[1:]
        if piece:
            yield kind, parser(piece).claim()
            kind = "claim"


def _split(tokens, separators):
    """The tokens between separators, where these stand in no brackets and no environment."""
    parts, depth = [[]], 0
    for token in tokens:
        depth += (token.text in OPENING) - (token.text in OPENING.values())
        depth += token.text.startswith(r"\begin") - token.text.startswith(r"\end")
        if token.text in separators and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_leading_quads(tokens):
    while tokens and tokens[0].text in {r"\quad", r"\qquad"}:
        tokens = tokens[1:]
    return tokens


class _Parser:
    """Recursive descent; a method reads one kind of part and leaves the rest."""

    def __init__(self, tokens, latex, functions, layered):
        self.tokens, self.latex = tokens, latex
        self.functions, self.layered = frozenset(functions), layered
        self.at = 0
        self.norms = 0

    def parser(self, tokens):
        return _Parser(tokens, self.latex, self.functions, self.layered)

    # Tokens

    def peek(self, ahead=0):
        at = self.at + ahead
        return self.tokens[at].text if at < len(self.tokens) else ""

    def take(self, expected=None):
        if expected is not None and self.peek() != expected:
            raise self.surprise(f"instead of {expected}")
        if self.at == len(self.tokens):
            raise self.surprise()
        self.at += 1
        return self.tokens[self.at - 1]

    def end(self):
        if self.at < len(self.tokens):
            raise self.surprise()

    def surprise(self, instead=""):
        if self.at < len(self.tokens):
            start = self.tokens[self.at].start
            return Unreadable(f"{self.latex[start : start + 30]!r} is not expected {instead}")
        return Unreadable(f"{self.latex!r} ends too early {instead}")

    def start(self):
        return self.tokens[self.at].start if self.at < len(self.tokens) else len(self.latex)

    def span(self, start):
        return start, self.tokens[self.at - 1].end

    def raw(self):
        """The text of a group, or of the single token that stands for one."""
        if self.peek() != "{":
            if len(self.peek()) > 1 and self.peek().isdigit():
                raise self.surprise("without braces")
            return self.take().text
        self.take()
        start, depth, end = self.start(), 1, None
        while depth:
            token = self.take()
            depth += (token.text == "{") - (token.text == "}")
            end = token.start
        return self.latex[start:end].strip()

    # Claims, sums, products

    def claim(self):
        sides, relations = [self.sum()], []
        while self.peek() in RELATIONS:
            relations.append(RELATIONS[self.take().text])
            sides.append(self.sum())
        self.end()
        if len(sides) == 1:
            raise Unreadable("an equation needs a = sign")
        return Claim(tuple(sides), tuple(relations))

    def sum(self):
        start, terms = self.start(), []
        while not terms or self.peek() in {"+", "-"}:
            sign_at = self.start()
            sign = self.take().text if self.peek() in {"+", "-"} else ""
            sign_span = (sign_at, sign_at + len(sign))
            value = self.entrywise()
            terms.append(Term(self.span(sign_at), -1 if sign == "-" else 1, sign_span, value))
        return Sum(self.span(start), tuple(terms))

    def entrywise(self):
        start, factors = self.start(), [self.product()]
        while self.peek() == r"\odot":
            self.take()
            factors.append(self.product())
        return factors[0] if len(factors) == 1 else Entrywise(self.span(start), tuple(factors))

    def product(self):
        start, factors, dots = self.start(), [self.factor()], set()
        while self.starts_factor() or self.peek() in OPERATORS:
            operator = self.take().text if self.peek() in OPERATORS else ""
            open_call = isinstance(factors[-1], Call) and factors[-1].function.letter in FUNCTIONS
            if open_call and not operator and not isinstance(factors[-1].arguments[0], Group):
                raise Unreadable(f"where does the argument of {factors[-1].function.letter} end?")
            if operator == r"\cdot":
                dots.add(len(factors))
            factors.append(self.factor())
            if operator == "/":
                if len(factors) > 2 or self.starts_factor():
                    raise Unreadable("a product with / can be read in two ways: use \\frac")
                factors = [Fraction(self.span(start), *factors)]
        if len(factors) == 1:
            return factors[0]
        return Product(self.span(start), tuple(factors), frozenset(dots))

    def starts_factor(self):
        text = self.peek()
        if text == "|":
            return not self.norms
        if text.startswith("\\"):
            others = {r"\odot", r"\top", r"\in", *OPERATORS, *RELATIONS}
            return text not in others and not text.startswith(r"\end")
        return text.isalnum() or text in OPENING

    def factor(self):
        start, node = self.start(), self.base()
        while self.peek() == "^":
            self.take()
            if self.peek() == r"\top" or (self.peek() == "{" and self.peek(1) == r"\top"):
                self.raw()
                node = Transposed(self.span(start), node)
            else:
                node = Power(self.span(start), node, self.argument())
        return node

    def argument(self):
        r"""What a command or `^` applies to: a group in braces, or one token."""
        if self.peek() == "{":
            return self.group()
        token = self.take()
        span = (token.start, token.end)
        if token.text.isdigit() and len(token.text) == 2:  # \tfrac12 has two arguments
            self.at -= 1
            self.tokens = [
                *self.tokens[: self.at],
                Token(token.text[0], token.start, token.start + 1),
                Token(token.text[1], token.start + 1, token.end),
                *self.tokens[self.at + 1 :],
            ]
            return self.argument()
        return Number(span, token.text) if token.text.isdigit() else Symbol(span, token.text)

    def group(self):
        start = self.start()
        if self.peek() not in OPENING:
            raise self.surprise("instead of a group")
        closing = OPENING[self.take().text]
        inner = self.sum()
        self.take(closing)
        return Group(self.span(start), inner)

    # Single factors

    def base(self):
        start, text = self.start(), self.peek()
        if text == "[" and self.peek(2) == "=" and self.peek(4) == "]":
            texts = [self.take().text for _ in range(5)]
            return Same(self.span(start), texts[1], texts[3])
        if text in OPENING:
            return self.group()
        if text in FRACTIONS:
            return self.fraction()
        if text in FUNCTIONS:
            return self.prefix(Symbol(self.span_of_next(), self.take().text))
        if text in MATRICES:
            return self.matrix()
        if text in ACCENTS:
            return self.symbol()
        match text:
            case "|":
                return self.norm()
            case r"\sum":
                return self.total()
            case r"\partial":
                return self.slanted_derivative()
            case r"\nabla":
                return self.gradient()
            case r"\max":
                function = Symbol(self.span_of_next(), self.take().text)
                return Call(self.span(start), function, 0, self.arguments())
            case r"\Delta":
                self.take()
                return Change(self.span(start), self.symbol())
            case r"\underbrace":
                return self.brace()
            case r"\phantom":
                self.take()
                return self.group()
            case r"\begin{cases}":
                return self.cases()
            case r"\operatorname":
                self.take()
                return self.prefix(Symbol(self.span(start), self.raw()))
            case r"\mathrm":
                self.take()
                return Symbol(self.span(start), f"\\mathrm{{{self.raw()}}}")
            case r"\dots":
                self.take()
                return Dots(self.span(start))
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return Number(self.span_of_next(), self.take().text)
        if text in GREEK or (len(text) == 1 and text.isalpha()):
            return self.symbol_or_call()
        raise self.surprise()

    def span_of_next(self):
        return self.tokens[self.at].start, self.tokens[self.at].end

    def inside(self, parse):
        """Read with `parse` what braces hold, or what stands there without any."""
        if self.peek() != "{":
            return parse()
        self.take("{")
        node = parse()
        self.take("}")
        return node

    def norm(self):
        start = self.take("|").start
        self.norms += 1
        inner = self.sum()
        self.norms -= 1
        self.take("|")
        return Norm(self.span(start), inner)

    def gradient(self):
        start = self.take().start
        if self.peek() != "_":  # a column with a name of its own
            return Symbol(self.span(start), rf"\nabla {self.take().text}")
        self.take("_")
        by = self.inside(self.symbol)
        return Gradient(self.span(start), by, self.factor())

    def brace(self):
        start = self.take().start
        inner = self.group()
        self.take("_")
        if self.peek() == "{" and PROSE.fullmatch(self.peek(1)):
            self.raw()
            return inner
        return Brace(self.span(start), inner, self.group())

    def environment(self):
        """Its rows, each a list of cells, each a list of tokens."""
        name = self.take().text.removeprefix(r"\begin")
        depth, tokens = 1, []
        while True:
            token = self.take()
            depth += token.text.startswith(r"\begin") - token.text.startswith(r"\end")
            if depth == 0:
                break
            tokens.append(token)
        if token.text != rf"\end{name}":
            raise self.surprise(f"after {name}")
        return [_split(line, {"&"}) for line in _split(tokens, {r"\\"})]

    def matrix(self):
        start = self.start()
        rows = [[self.whole(cell) for cell in row] for row in self.environment()]
        if len({len(row) for row in rows}) > 1:
            raise Unreadable("a matrix with rows of different length")
        return Matrix(self.span(start), tuple(map(tuple, rows)))

    def whole(self, tokens):
        parser = self.parser(tokens)
        node = parser.sum()
        parser.end()
        return node

    def cases(self):
        start, rows = self.start(), []
        for value, when in self.environment():
            condition = None
            if PROSE.fullmatch(when[0].text)[1].strip() != "otherwise":
                ((_, condition),) = _claims(when, self.parser)
            rows.append((self.whole(value), condition))
        return Cases(self.span(start), tuple(rows))

    def prefix(self, function):
        r"""`\ln` and others apply to the one factor that follows."""
        argument = self.factor()
        return Call(self.span(function.span[0]), function, 0, (argument,))

    def symbol_or_call(self):
        symbol = self.symbol()
        primes = 0
        while self.peek() == "'":
            self.take()
            primes += 1
        if symbol.letter not in self.functions or self.peek() != "(":
            if primes:
                raise Unreadable(f"{symbol}': a prime belongs to a function, with its argument")
            return symbol
        return Call(self.span(symbol.span[0]), symbol, primes, self.arguments())

    def arguments(self):
        self.take("(")
        arguments = [self.sum()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.sum())
        self.take(")")
        return tuple(arguments)

    def symbol(self):
        start, letter = self.start(), self.take().text
        if letter in ACCENTS:
            letter = f"{letter}{{{self.raw()}}}"
        elif letter not in GREEK and not (len(letter) == 1 and letter.isalpha()):
            self.at -= 1
            raise self.surprise("instead of a quantity")
        upper, lower = "", ()
        for _ in range(2):
            if self.peek() == "_" and not lower:
                self.take()
                upper, lower = self.lower(letter, upper)
            elif self.peek() == "^" and not upper and self.upper_is_name(letter):
                self.take()
                upper = self.raw().replace(" ", "").strip("()")
        if letter == "E" and lower[:1] == ("a",):
            letter, lower = "E_a", lower[1:]
        return Symbol(self.span(start), letter, upper, lower)

    def upper_is_name(self, letter):
        first = self.peek(2) if self.peek(1) == "{" else self.peek(1)
        return first == "*" or (letter in self.layered and first != r"\top")

    def lower(self, letter, upper):
        """The upper and the lower index, once the lower one is read."""
        text = self.raw()
        if PROSE.fullmatch(text):
            return upper, (text,)
        text = text.replace(" ", "")
        if letter == "n" and self.layered:  # the size of a layer
            return text, ()
        direct = re.fullmatch(r"a_\{?(\w)\}?", text)
        if letter == "E" and direct:  # the direct derivative
            return upper, ("a", direct[1])
        if LAYER.fullmatch(text) and len(text) > 1 and not text.isalnum():
            return upper, (text,)  # of a lecture that writes layers below
        indices = tuple(text.replace(",", ""))
        if not all(index.isalnum() for index in indices):
            raise Unreadable(f"_{{{text}}}: an index is a letter or a digit")
        return upper, indices

    def total(self):
        start = self.take().start
        self.take("_")
        index, first, members = self.inside(self.limit)
        last = None
        if self.peek() == "^":
            self.take()
            last = self.argument()
        body = self.product()
        return Total(self.span(start), index, first, last, members, body)

    def limit(self):
        r"""`i`, `d=1`, `l \ge 1` or `n \in O_{i}`."""
        letter = self.take().text
        if self.peek() in {"=", r"\ge"}:
            self.take()
            return letter, self.sum(), None
        if self.peek() == r"\in":
            self.take()
            return letter, None, self.symbol()
        return letter, None, None

    def fraction(self):
        start = self.take().start
        if self.peek() == "{" and self.peek(1) in {r"\partial", "d"}:
            mark, at = self.peek(1), self.at
            derivative = self.derivative(start, mark)
            if derivative is not None:
                return derivative
            self.at = at
        top = self.argument()
        return Fraction(self.span(start), top, self.argument())

    def derivative(self, start, mark):
        r"""`\frac{\partial E}{\partial w}`, `\frac{d}{d x} f(x)`; None if it is a fraction."""
        self.take("{")
        self.take(mark)
        of = None if self.peek() == "}" else self.factor()
        if self.peek() != "}" or self.peek(1) != "{" or self.peek(2) != mark:
            if mark == r"\partial":
                raise self.surprise("in a derivative")
            return None
        self.take("}")
        self.take("{")
        self.take(mark)
        by = self.symbol()
        self.take("}")
        if of is None:
            of = self.factor()
        return Derivative(self.span(start), of, by)

    def slanted_derivative(self):
        r"""`\partial E / \partial w`, or `\partial / \partial w` before what it applies to."""
        start = self.take().start
        of = None if self.peek() == "/" else self.factor()
        self.take("/")
        self.take(r"\partial")
        by = self.symbol()
        return Derivative(self.span(start), self.product() if of is None else of, by)

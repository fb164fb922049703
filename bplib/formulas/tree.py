"""What an equation is made of. Each part knows its span: where in the LaTeX it is written."""

from dataclasses import dataclass, field, fields, replace


class FormulaError(ValueError):
    """Something is wrong with an equation."""


class Unreadable(FormulaError):
    """The LaTeX is not in the spelling that the reader knows."""


class Meaningless(FormulaError):
    """It can be read, but says nothing: a product of shapes that do not fit, a layer too many."""


class Untrue(FormulaError):
    """The sides differ."""


@dataclass(frozen=True)
class Node:
    span: tuple = field(compare=False)


@dataclass(frozen=True)
class Number(Node):
    text: str


@dataclass(frozen=True)
class Symbol(Node):
    """`w^{l+1}_{ij}` is letter `w`, upper `l+1`, lower `("i", "j")`."""

    letter: str
    upper: str = ""
    lower: tuple = ()

    def __str__(self):
        upper = f"^{{{self.upper}}}" if self.upper else ""
        lower = f"_{{{self.name_below}}}" if self.lower else ""
        return f"{self.letter}{upper}{lower}"

    @property
    def name_below(self):
        return (", " if any(len(index) > 1 for index in self.lower) else "").join(self.lower)


@dataclass(frozen=True)
class Dots(Node):
    """What is left out: arguments of a function, or higher powers of a small quantity."""


@dataclass(frozen=True)
class Group(Node):
    """Parentheses or braces, with what is in them."""

    inner: Node


@dataclass(frozen=True)
class Term(Node):
    """A term of a sum, and where its sign is written; the first one's may be written nowhere."""

    sign: int
    sign_span: tuple = field(compare=False)
    value: Node


@dataclass(frozen=True)
class Sum(Node):
    terms: tuple


@dataclass(frozen=True)
class Product(Node):
    r"""`dots` are the places of those factors that a `\cdot` stands before."""

    factors: tuple
    dots: frozenset = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Entrywise(Node):
    r"""A product with `\odot`."""

    factors: tuple


@dataclass(frozen=True)
class Fraction(Node):
    top: Node
    bottom: Node


@dataclass(frozen=True)
class Derivative(Node):
    of: Node
    by: Symbol


@dataclass(frozen=True)
class Gradient(Node):
    r"""`\nabla_{a} E`; without a layer, `a` is that of the output layer."""

    by: Symbol
    of: Node


@dataclass(frozen=True)
class Power(Node):
    base: Node
    exponent: Node


@dataclass(frozen=True)
class Transposed(Node):
    base: Node


@dataclass(frozen=True)
class Total(Node):
    r"""`\sum_{i}`, with limits `\sum_{d=1}^{D}`, or over a set `\sum_{n \in O_{i}}`."""

    index: str
    start: Node | None
    stop: Node | None
    members: Symbol | None
    body: Node


@dataclass(frozen=True)
class Call(Node):
    """A function of arguments; with primes, its derivative."""

    function: Symbol
    primes: int
    arguments: tuple


@dataclass(frozen=True)
class Brace(Node):
    r"""`\underbrace{inner}_{name}`, which says that both are the same."""

    inner: Node
    name: Node


@dataclass(frozen=True)
class Norm(Node):
    """`|v|`, of a number or of a column."""

    inner: Node


@dataclass(frozen=True)
class Matrix(Node):
    """Rows of entries."""

    rows: tuple


@dataclass(frozen=True)
class Same(Node):
    """`[i = p]`: 1 where both indices are the same, else 0."""

    left: str
    right: str


@dataclass(frozen=True)
class Change(Node):
    r"""`\Delta w`: what an update adds to a quantity."""

    of: Symbol


@dataclass(frozen=True)
class Cases(Node):
    """Pairs of a value and the claim under which it holds, None for the last, "otherwise"."""

    rows: tuple


@dataclass(frozen=True)
class Claim:
    r"""`left = right`, or a chain of more sides, that holds if the `condition` does.

    Between two sides stands `=`, `<=`, `>=`, `<`, `>`, `!=`, `~` (about), or `<-`: what is on the
    left becomes what is on the right.
    """

    sides: tuple
    relations: tuple
    condition: "Claim | None" = None


def children(node):
    for part in fields(node):
        value = getattr(node, part.name)
        yield from _nodes(value)


def _nodes(value):
    if isinstance(value, Node | Claim):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _nodes(part)


def rebuilt(node, change):
    """The node with `change` made to each of its children."""

    def made(value):
        if isinstance(value, Node | Claim):
            return change(value)
        return tuple(map(made, value)) if isinstance(value, tuple) else value

    return replace(node, **{part.name: made(getattr(node, part.name)) for part in fields(node)})


def walk(node):
    """The node, and all that it is made of."""
    yield node
    for child in children(node):
        yield from walk(child)


def bare(node):
    """The node without parentheses around it, and without the sum that has one term only."""
    while True:
        match node:
            case Group(inner=inner):
                node = inner
            case Sum(terms=(Term(sign=1, value=value),)):
                node = value
            case _:
                return node

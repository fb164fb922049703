r"""Other people's letters: a tree in the notation of a lecture becomes one in that of the house.

`COMP90049`, `SCS3201` and `UVA` are the three lectures. What a lecture leaves out, such as the
layer of $\delta_j$, is said where a formula is read: `UVA.where(j="l")`.
"""

from dataclasses import dataclass, field, replace

from .reader import LAYER, LAYERED
from .tree import Call, Change, Derivative, Group, Meaningless, Sum, Symbol, Term, Total, rebuilt


@dataclass(frozen=True, eq=False)
class Notation:
    """How the letters of a notation become those of the house.

    Attributes
    ----------
    letters : dict
        Their letter -> (ours, what to add to the layer).
    functions : dict
        Their activation function -> ours.
    named : dict
        Their symbol, as a whole -> ours; an upper index of "L" stands for the output layer.
    layers : dict
        A name of a layer -> (ours, what to add).
    minus : str
        The letter that has the other sign: their error term, or "".
    units : dict
        Index of a unit -> its layer in house numbers, for symbols without a layer.
    below : bool
        Whether a single lower index is a layer, not a unit.
    subtracted : bool
        Whether the change of a weight is what an update takes away.
    """

    name: str
    letters: dict
    functions: dict = field(default_factory=dict)
    named: dict = field(default_factory=dict)
    layers: dict = field(default_factory=dict)
    minus: str = ""
    units: dict = field(default_factory=dict)
    below: bool = False
    subtracted: bool = False

    def where(self, **units):
        """The same for formulas that leave layers out: each unit index with its layer."""
        return replace(self, units=units)

    def chain(self):
        """The same for chains of single neurons: lower indices are layers."""
        return replace(self, below=True)

    def spelling(self, functions, layered):
        """Which letters are functions, and which have a layer above, given those of the house."""
        theirs = {letter for letter, ours in self.functions.items() if ours in functions}
        others = functions - set(self.functions.values())
        letters = set(self.letters) | set(self.functions) if layered else set()
        return others | theirs, frozenset(letters)

    def in_house(self, node):
        """The same tree in the letters of the house."""
        match node:
            case Symbol():
                return self._symbol(node)
            case Call(function=function) if function.letter in self.functions:
                function = self._shifted(function, self.functions[function.letter], 0)
                arguments = tuple(map(self.in_house, node.arguments))
                return replace(node, function=function, arguments=arguments)
            case Change(of=of) if self.subtracted:
                return _minus(Change(node.span, self.in_house(of)))
            case Total(index=index) if index in self.layers:
                raise NotImplementedError("a sum over layers in another notation")
        house = rebuilt(node, self.in_house)
        if isinstance(house, Derivative) and not isinstance(house.by, Symbol):
            raise Meaningless("a derivative with respect to minus something")
        return house

    def _symbol(self, symbol):
        if symbol.letter in self.named:
            letter, upper = self.named[symbol.letter]
            lower = () if letter == "E" else symbol.lower
            return Symbol(symbol.span, letter, upper, lower)
        if symbol.letter not in self.letters:
            return symbol
        letter, shift = self.letters[symbol.letter]
        house = self._shifted(symbol, letter, shift)
        return _minus(house) if symbol.letter == self.minus else house

    def _shifted(self, symbol, letter, shift):
        upper, lower = symbol.upper, symbol.lower
        if self.below and not upper and len(lower) == 1:
            upper, lower = lower[0], ()
        if not upper:
            upper = self.units.get(lower[0], "") if lower else ""
            return replace(symbol, letter=letter, upper=upper, lower=lower)
        layer = LAYER.fullmatch(upper)
        if layer is None:
            raise Meaningless(f"{symbol}: {upper} is no layer")
        base, sign, distance = layer.groups()
        base, more = self.layers.get(base, (base, 0))
        offset = int(distance or 0) * (-1 if sign == "-" else 1) + shift + more
        if base.isdigit():
            base, offset = str(int(base) + offset), 0
        return replace(
            symbol, letter=letter, upper=f"{base}{offset:+d}" if offset else base, lower=lower
        )


def _minus(node):
    start, _ = node.span
    return Group(node.span, Sum(node.span, (Term(node.span, -1, (start, start), node),)))


HOUSE = Notation(
    "house",
    {letter: (letter, 0) for letter in sorted(LAYERED)},
    {"g": "g"},
)
COMP90049 = Notation(
    "COMP90049",
    {r"\theta": ("w", 0), "z": ("z", -1), "a": ("a", -1), r"\delta": (r"\delta", -1)},
    {"g": "g"},
    minus=r"\delta",
)
SCS3201 = Notation(
    "SCS3201",
    {
        "w": ("w", -1),
        "W": ("W", -1),
        "b": ("b", -1),
        "z": ("z", -1),
        "a": ("a", -1),
        r"\delta": (r"\delta", -1),
    },
    {"s": "g"},
    {"C": ("E", ""), r"\alpha": (r"\eta", "")},
    {"K": ("L", 1)},
    subtracted=True,
)
UVA = Notation(
    "UvA ML1",
    {"w": ("w", 0), "a": ("z", 0), "z": ("a", 0), r"\delta": (r"\delta", 0)},
    {"h": "g"},
    {"E": ("E", ""), "t": ("y", ""), "y": ("a", "L")},
)

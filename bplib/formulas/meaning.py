"""The value of a tree in a world, and whether the sides of a claim agree."""

import inspect
import math
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np

from .reader import LAYER, LAYERED, read
from .tree import (
    Brace,
    Call,
    Cases,
    Change,
    Derivative,
    Dots,
    Entrywise,
    Fraction,
    Gradient,
    Group,
    Matrix,
    Meaningless,
    Norm,
    Number,
    Power,
    Product,
    Same,
    Sum,
    Symbol,
    Total,
    Transposed,
    Untrue,
    bare,
    children,
    walk,
)
from .worlds import STEP, layer_number

TOLERANCE = 1e-10
BUILT_IN = {
    r"\ln": np.log,
    r"\exp": np.exp,
    r"\tanh": np.tanh,
    r"\sin": np.sin,
    r"\cos": np.cos,
    r"\sqrt": np.sqrt,
    r"\max": lambda *numbers: max(numbers, key=np.real),
    "Im": np.imag,
}

HOLDS = {  # given both sides, and whether they are equal
    "=": lambda left, right, equal: equal,
    "<-": lambda left, right, equal: equal,
    "!=": lambda left, right, equal: not equal,
    "<": lambda left, right, equal: np.all(left < right),
    ">": lambda left, right, equal: np.all(left > right),
    "<=": lambda left, right, equal: equal or np.all(left < right),
    ">=": lambda left, right, equal: equal or np.all(left > right),
}


def verify(latex, worlds, notation=None):
    """How many equations in numbers the display stands for.

    Every claim is tested for all layers and units that it leaves open. One with a condition has to
    hold where the condition does, and only there: else the condition is idle, or asks too much. A
    bound has to be reached, or another would be better. What is said of an update is compared with
    what the update of bplib does.

    Parameters
    ----------
    latex : str
    worlds : sequence of World
    notation : Notation or None
        Whose letters these are; None: those of the house.

    Returns
    -------
    int

    Raises
    ------
    FormulaError
        `Unreadable`, `Meaningless` or `Untrue`.
    """
    with np.errstate(all="ignore"):  # nan agrees with nothing
        return sum(_verify(claim, worlds) for claim in claims_about(latex, worlds, notation))


def claims_about(latex, worlds, notation=None):
    """The claims of a display as they are read where it is about these worlds, in house letters."""
    functions, layered = spelling(worlds, notation)
    claims = read(latex, functions, layered)
    return claims if notation is None else [notation.in_house(claim) for claim in claims]


def spelling(worlds, notation=None):
    """Which letters are functions, and of which the upper index is a layer."""
    functions = set().union(*(world.functions for world in worlds))
    layered = LAYERED if any(world.has_layers() for world in worlds) else frozenset()
    return (functions, layered) if notation is None else notation.spelling(functions, layered)


def _verify(claim, worlds):
    if _tells_an_update(claim):  # what bplib does not have is not updated by it
        worlds = [world for world in worlds if world.update]
    tested = exceptions = 0
    reached = set()
    for world in worlds:
        for place in places(claim, world):
            agrees, numbers = _compare(claim, place, reached)
            if claim.condition and not _compare(claim.condition, place)[0]:
                if agrees:
                    raise Untrue(f"it holds without its condition in {place}")
                exceptions += 1
                continue
            if not agrees:
                raise Untrue(f"{numbers} in {place}")
            tested += 1
    if not tested:
        raise Meaningless("no network of the setting has such layers, or meets the condition")
    if any(relation not in reached for relation in _bounds(claim)):
        raise Untrue("nothing in the setting comes up to the bound")
    if claim.condition and not exceptions:
        raise Untrue("no network of the setting is without the condition, to see what it is for")
    return tested


@dataclass(frozen=True)
class Place:
    """Where to evaluate: in which world, with which value of each index, after which step."""

    world: object
    binding: dict
    state: dict | None = None

    def __str__(self):
        binding = "".join(f", {name} = {value}" for name, value in self.binding.items())
        return f"{self.world.name}{binding}"

    def number(self, letter):
        return self.binding.get(letter, self.world.constant(letter))

    def layer(self, symbol):
        if not self.world.has_layers() or not symbol.upper:
            return None
        return layer_number(symbol.upper, self.number)

    def indices(self, symbol):
        if str(symbol) in self.world.quantities:
            return ()
        numbers = [int(i) if i.isdigit() else self.number(i) for i in symbol.lower]
        if None in numbers:
            raise Meaningless(f"{symbol}: an index has no value")
        return tuple(numbers)

    def exists(self, symbol):
        return self.world.has(symbol, self.indices(symbol))

    def locate(self, symbol):
        return self.world.locate(symbol, self.layer(symbol), self.indices(symbol))


def places(claim, world):
    """All values of the layers and units that a claim leaves open."""
    layers, units = set(), set()
    for symbol, bound in _symbols(claim):
        base = LAYER.fullmatch(symbol.upper)
        if world.has_layers() and base and base[1].isalpha():
            layers |= {base[1]} - bound
        units |= {i for i in symbol.lower if i.isalpha()} - bound
    layers = sorted(name for name in layers if world.constant(name) is None)
    units = sorted(name for name in units if world.constant(name) is None and name not in layers)
    for numbers in product(range(world.constant("L") + 1 if layers else 1), repeat=len(layers)):
        place = Place(world, dict(zip(layers, numbers, strict=True)))
        if layers and not _layers_exist(claim, place, layers):
            continue
        if not world.has_layers():  # the units of a graph, of which not all are linked
            yield from _units_of_graph(claim, place, units)
            continue
        ranges = [unit_range(name, claim, place) for name in units]
        for values in product(*ranges):
            yield replace(place, binding=place.binding | dict(zip(units, values, strict=True)))


def _symbols(node, bound=frozenset()):
    """Every symbol, with the indices that a sum around it binds."""
    if isinstance(node, Symbol):
        yield node, bound
    for child in children(node):
        inner = isinstance(node, Total) and child is node.body
        yield from _symbols(child, bound | {node.index} if inner else bound)


def _units_of_graph(claim, place, units):
    """All values of the open units for which the graph has what the claim names."""
    named = [symbol for symbol, bound in _symbols(claim) if not bound & set(symbol.lower)]
    for values in product(place.world.units, repeat=len(units)):
        one = replace(place, binding=place.binding | dict(zip(units, values, strict=True)))
        if not units or all(one.exists(symbol) for symbol in named if symbol.lower):
            yield one


def _layers_exist(claim, place, open_layers):
    for symbol, _ in _symbols(claim):
        base = LAYER.fullmatch(symbol.upper)
        if base and base[1] in open_layers:
            layer = layer_number(symbol.upper, place.number)
            if not place.world.exists(symbol.letter, layer):
                return False
    return True


def unit_range(name, node, place):
    """1 to the number of units that `name` counts; every place where it stands has to agree."""
    sizes = {}
    for symbol, bound in _symbols(node):
        if name not in symbol.lower or name in bound:
            continue
        base = LAYER.fullmatch(symbol.upper)
        if base and base[1] in bound:
            continue
        known = place.world.sizes(symbol, place.layer(symbol))
        for index, size in zip(symbol.lower, known, strict=False):
            if index == name:
                sizes[size] = symbol
    if len(sizes) != 1:
        counts = ", ".join(f"{size} at {symbol}" for size, symbol in sizes.items()) or "nothing"
        raise Meaningless(f"{name} counts {counts} in {place}")
    return range(1, next(iter(sizes)) + 1)


def _bounds(claim):
    return [k for k, relation in enumerate(claim.relations) if relation in ("<=", ">=")]


def _tells_an_update(claim):
    return "<-" in claim.relations or any(isinstance(node, Change) for node in walk(claim))


def _compare(claim, place, reached=None):
    """Whether all sides agree, and the first two that do not, in words.

    `reached` collects the bounds that hold with equality.
    """
    if any(isinstance(node, Dots) for side in claim.sides for node in _terms(side)):
        return _compare_orders(claim, place)
    if "~" in claim.relations:
        return _compare_about(claim, place)
    values = [value(side, place) for side in claim.sides]
    if "<-" in claim.relations:
        if len(values) != 2:
            raise Meaningless("an update has two sides")
        values[0] = value(claim.sides[0], replace(place, state=place.world.after()))
    for k, (left, right) in enumerate(pairwise(values)):
        if np.shape(left) != np.shape(right):
            raise Meaningless(f"shapes {np.shape(left)} and {np.shape(right)} in {place}")
        scale = max(1, np.max(np.abs(left)), np.max(np.abs(right)))
        equal = np.max(np.abs(left - right)) <= TOLERANCE * scale  # with nan it is not
        if equal and reached is not None:
            reached.add(k)
        if not HOLDS[claim.relations[k]](left, right, equal):
            return False, f"left {_text(left)}, right {_text(right)}"
    return True, ""


def _compare_about(claim, place):
    r"""`\approx`: to the digits that are shown, or the better the smaller the small quantity is."""
    left, right = claim.sides
    number = bare(right)
    if isinstance(number, Number):
        gap = abs(value(left, place) - value(right, place))
        return gap <= unit_in_last_place(number.text) / 2, f"they differ by {gap:.3g}"
    if place.world.small is None:
        raise Meaningless(f"how near is about, in {place.world.name}?")
    gaps = [
        abs(value(left, one) - value(right, one))
        for one in (place, replace(place, world=place.world.with_smaller()))
    ]
    return gaps[1] < 0.6 * gaps[0], f"they differ by {gaps[0]:.3g}, half as far by {gaps[1]:.3g}"


def unit_in_last_place(text):
    """0.01 for "1.25", 1 for "12"."""
    return 10.0 ** -len(text.partition(".")[2])


def _compare_orders(claim, place):
    """`+ \\dots` leaves out higher powers of h than are shown: halve h and see how fast they go."""
    if place.world.small is None:
        raise Meaningless(f"{place.world.name} has no small quantity for the dots")
    shown = max(_degree(term, place.world.small) for side in claim.sides for term in _terms(side))
    rests = []
    for world in (place.world, place.world.with_smaller()):
        left, right = (value(side, replace(place, world=world)) for side in claim.sides)
        rests.append(abs(left - right))
    agrees = rests[1] * 2 ** (shown + 1) <= rests[0] * 1.2
    return agrees, f"left and right differ by {rests[0]:.3g}, with half the {place.world.small}"


def _terms(node):
    node = bare(node)
    return [bare(term.value) for term in node.terms] if isinstance(node, Sum) else [node]


def _degree(node, small):
    """The power of the small quantity in a term."""
    match bare(node):
        case Symbol(letter=letter):
            return int(letter == small)
        case Power(base=base, exponent=exponent):
            power = bare(exponent)
            return _degree(base, small) * int(power.text) if isinstance(power, Number) else 0
        case Product(factors=factors):
            return sum(_degree(factor, small) for factor in factors)
        case Fraction(top=top, bottom=bottom):
            return _degree(top, small) - _degree(bottom, small)
    return 0


def _text(number):
    return np.array2string(np.asarray(number), precision=6).replace("\n", "")


# Values


def value(node, place):
    """A number, or an array of two dimensions: a matrix or a column."""
    match node:
        case Group(inner=inner):
            return value(inner, place)
        case Number(text=text):
            return np.float64(text)
        case Symbol():
            return _symbol(node, place)
        case Sum(terms=terms):
            return _sum(terms, place)
        case Product(factors=factors):
            result = value(factors[0], place)
            for k, factor in enumerate(factors[1:], start=1):
                result = _times(result, value(factor, place), place, dot=k in node.dots)
            return result
        case Brace(inner=inner, name=name):
            return _brace(inner, name, place)
        case Norm(inner=inner):
            return np.sqrt(np.sum(value(inner, place) ** 2))
        case Matrix(rows=rows):
            return np.array([[_scalar(entry, place) for entry in row] for row in rows])
        case Same(left=left, right=right):
            return np.float64(place.number(left) == place.number(right))
        case Change(of=of):
            return value(of, replace(place, state=place.world.after())) - value(of, place)
        case Cases(rows=rows):
            return next(
                value(one, place)
                for one, condition in rows
                if condition is None or _compare(condition, place)[0]
            )
        case Entrywise(factors=factors):
            return _entrywise(factors, place)
        case Fraction(top=top, bottom=bottom):
            return value(top, place) / _scalar(bottom, place)
        case Derivative(of=of, by=by):
            return derivative(of, by, place)
        case Gradient(of=of, by=by):
            by = by if by.upper else replace(by, upper="L")
            return derivative(of, by, place)
        case Power(base=base, exponent=exponent):
            return _scalar(base, place) ** _scalar(exponent, place)
        case Transposed(base=base):
            return np.transpose(value(base, place))
        case Total():
            return _total(node, place)
        case Call():
            return _call(node, place)
    raise Meaningless(f"{type(node).__name__} has no value here")


def _symbol(symbol, place):
    if symbol.letter == "e" and "e" not in place.world.quantities:
        return np.float64(math.e)
    if symbol.letter == r"\mathrm{i}":
        return 1j
    if _is_error_term(symbol, place.world):  # by its definition
        return derivative(Symbol(symbol.span, "E"), replace(symbol, letter="z"), place)
    number = place.number(symbol.letter)
    if number is not None and not symbol.upper and not symbol.lower:
        return number
    key, index = place.locate(symbol)
    return (place.state or place.world.state)[key][index]


def _is_error_term(symbol, world):
    """Whether it is one, and no quantity of that name; `d` is what the rules compute for it."""
    letters = (r"\delta", "d") if world.has_layers() else (r"\delta",)
    return symbol.letter in letters and str(symbol) not in world.quantities


def _brace(inner, name, place):
    inside, named = value(inner, place), value(name, place)
    if np.shape(inside) != np.shape(named) or not np.allclose(inside, named, rtol=1e-9, atol=1e-12):
        raise Untrue(f"a brace says {_text(named)} for {_text(inside)} in {place}")
    return inside


def derivative(of, by, place):
    """How `of` reacts to `by`, everything that is computed after `by` taken into account."""
    if place.state is not None:
        raise Meaningless("a derivative of a derivative is more than a complex step can tell")
    key, index = place.locate(by)
    shape = np.shape(place.world.state[key][index])
    entries = [index] if shape == () else list(np.ndindex(shape))
    reactions = [
        np.imag(value(of, replace(place, state=place.world.bumped(key, entry)))) / STEP
        for entry in entries
    ]
    if shape == ():
        return reactions[0]
    if np.shape(reactions[0]) == ():
        return np.reshape(reactions, shape)
    if np.shape(reactions[0])[1] == 1 and shape[1] == 1:
        return np.hstack(reactions)
    raise Meaningless("a derivative with more than two indices")


def _sum(terms, place):
    values = [term.sign * value(term.value, place) for term in terms if not _is_dots(term)]
    if len({np.shape(one) for one in values}) > 1:
        raise Meaningless(f"a sum of shapes {[np.shape(one) for one in values]} in {place}")
    return sum(values[1:], values[0])


def _is_dots(term):
    return isinstance(bare(term.value), Dots)


def _times(left, right, place, dot=False):
    if np.shape(left) == () or np.shape(right) == ():
        return left * right
    if dot and np.shape(left) == np.shape(right):
        return np.sum(left * right)
    if left.shape[1] != right.shape[0]:
        raise Meaningless(f"a product of shapes {left.shape} and {right.shape} in {place}")
    return left @ right


def _entrywise(factors, place):
    values = [value(factor, place) for factor in factors]
    for factor in factors:
        if isinstance(factor, Product):
            inner = [np.shape(value(one, place)) for one in factor.factors]
            if sum(shape != () for shape in inner) > 1:
                raise Meaningless("a product beside \\odot can be read in two ways: parentheses")
    if len({np.shape(one) for one in values}) > 1:
        raise Meaningless(f"\\odot of shapes {[np.shape(one) for one in values]} in {place}")
    return math.prod(values[1:], start=values[0])


def _scalar(node, place):
    number = value(node, place)
    if np.shape(number) != ():
        raise Meaningless(f"a number is expected, not the shape {np.shape(number)}")
    return number


def _total(node, place):
    if node.index in place.binding:
        raise Meaningless(f"{node.index} has a value already, and is summed over")
    if node.members is not None:
        numbers = place.world.members(node.members, place.indices(node.members))
    elif node.start is None and _counts_layers(node, place):
        numbers = range(1, place.world.constant("L") + 1)
    elif node.start is None and place.world.every_unit():
        numbers = [u for u in place.world.every_unit() if _all_exist(node, place, u)]
    elif node.start is None:
        numbers = unit_range(node.index, node.body, place)
    elif node.stop is None:
        numbers = range(_integer(node.start, place), place.world.constant("L") + 1)
    else:
        numbers = range(_integer(node.start, place), _integer(node.stop, place) + 1)
    inside = [replace(place, binding=place.binding | {node.index: n}) for n in numbers]
    values = [value(node.body, one) for one in inside]
    return sum(values[1:], values[0]) if values else np.float64(0)


def _all_exist(node, place, unit):
    """Whether the graph has all that the sum names, with this value of its index."""
    one = replace(place, binding=place.binding | {node.index: unit})
    named = [symbol for symbol, bound in _symbols(node.body) if node.index in symbol.lower]
    return all(one.exists(symbol) for symbol in named)


def _counts_layers(node, place):
    uppers = [LAYER.fullmatch(symbol.upper) for symbol, _ in _symbols(node.body)]
    return place.world.has_layers() and node.index in [found[1] for found in uppers if found]


def _integer(node, place):
    number = _scalar(node, place)
    if not np.isreal(number) or number % 1 != 0:
        raise Meaningless(f"{number} limits a sum")
    return int(number)


def _call(call, place):
    letter = call.function.letter
    if letter in BUILT_IN:
        return BUILT_IN[letter](*(_scalar(argument, place) for argument in call.arguments))
    arguments = [value(argument, place) for argument in _written_out(call.arguments, place)]
    layer = place.layer(call.function)
    inner = bare(call.arguments[0])
    if layer is None and isinstance(inner, Symbol) and inner.letter == "z":
        layer = place.layer(inner)
    function, entrywise = place.world.function(call, layer)
    if not entrywise and (call.primes or np.shape(arguments[0]) == ()):
        raise Meaningless(f"{letter} is not applied entry by entry in {place.world.name}")
    if call.primes:
        if call.primes > 1 or place.state is not None or len(arguments) > 1:
            raise Meaningless("a derivative of a derivative is more than a complex step can tell")
        return np.imag(function(arguments[0] + STEP * 1j)) / STEP
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError as error:
        raise Meaningless(f"{letter}: {error}") from None
    result = function(*arguments)
    if call.function.lower:
        return result[place.world.locate(call.function, None, place.indices(call.function))[1]]
    return result


def _written_out(arguments, place):
    r"""`u_{1}(x), \dots, u_{D}(x)` with all that the dots leave out."""
    if not any(isinstance(bare(one), Dots) for one in arguments):
        return arguments
    if len(arguments) != 3 or not isinstance(bare(arguments[1]), Dots):
        raise Meaningless("dots stand between the first argument and the last")
    first, last = bare(arguments[0]), bare(arguments[2])
    start, stop = (place.indices(_head(one)) for one in (first, last))
    if len(start) != 1 or _numbered(first, "") != _numbered(last, ""):
        raise Meaningless("the arguments before and after the dots differ in more than an index")
    return [_numbered(first, str(n)) for n in range(start[0], stop[0] + 1)]


def _head(node):
    return node.function if isinstance(node, Call) else node


def _numbered(node, index):
    head = _head(node)
    if not isinstance(head, Symbol) or len(head.lower) != 1:
        raise Meaningless("the arguments around the dots are to have one index")
    head = replace(head, lower=(index,))
    return replace(node, function=head) if isinstance(node, Call) else head

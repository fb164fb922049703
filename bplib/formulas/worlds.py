r"""Quantities that follow from each other, in numbers.

In a world, one quantity after another is computed from those before. To see how it reacts to one
of them, that one is moved a tiny imaginary step, and everything after it is computed again:
$\partial E / \partial z^{l}_{i}$ by definition. Vectors are columns.
"""

import numpy as np

from .. import graph, network
from .reader import LAYER
from .tree import Meaningless

STEP = 1e-30


class World:
    """Quantities by name; each is a value, or a function of the state, a dict of those before.

    `functions` are those that an equation may apply. If `small` names a quantity, the dots at the
    end of a sum stand for higher powers of it. `update` says what the quantities are after an
    update, given the state before: a dict of those that change.
    """

    def __init__(self, name, quantities, functions=None, small=None, update=None):
        self.name, self.quantities, self.small = name, quantities, small
        self.functions = functions or {}
        self.update = update
        self.units = range(0)
        self.state = self._compute({}, quantities)
        self._bumped = {}
        self._after = None

    @staticmethod
    def _compute(state, quantities):
        state = dict(state)
        for key, quantity in quantities.items():
            state[key] = np.asarray(quantity(state) if callable(quantity) else quantity)
        return state

    def with_smaller(self):
        """The same with half of the small quantity."""
        halved = self.quantities | {self.small: self.quantities[self.small] / 2}
        return World(self.name, halved, self.functions, self.small)

    def after(self):
        """The state after an update, as bplib does it."""
        if self.update is None:
            raise Meaningless(f"nothing is updated in {self.name}")
        if self._after is None:
            changed = {key: np.asarray(value) for key, value in self.update(self.state).items()}
            self._after = self.state | changed
        return self._after

    def bumped(self, key, index):
        """The state after an imaginary step of one quantity, taken as independent."""
        if (key, index) not in self._bumped:
            keys = list(self.quantities)
            at = keys.index(key)
            moved = self.state[key].astype(complex)
            moved[index] += STEP * 1j
            before = {earlier: self.state[earlier] for earlier in keys[:at]} | {key: moved}
            after = {later: self.quantities[later] for later in keys[at + 1 :]}
            self._bumped[key, index] = self._compute(before, after)
        return self._bumped[key, index]

    # What a symbol means

    def constant(self, letter):
        """An integer that may stand in an index or a limit, or None."""
        value = self.quantities.get(letter)
        return value if isinstance(value, int) else None

    def has_layers(self):
        return False

    def locate(self, symbol, layer, indices):
        """The key of a quantity and the index into it, () for all of it."""
        if str(symbol) in self.quantities:
            return str(symbol), ()
        if symbol.letter not in self.quantities or symbol.upper:
            raise Meaningless(f"{symbol} is unknown in {self.name}")
        key = symbol.letter
        return key, column_index(symbol, indices, self.state[key].shape)

    def sizes(self, symbol, layer):
        """How many values each of its indices has."""
        letter = "z" if symbol.letter == r"\delta" else symbol.letter  # an error term for each z
        return self.state[letter].shape[:1] if letter in self.state else ()

    def has(self, symbol, indices):
        """Whether there is such a quantity."""
        return True

    def every_unit(self):
        """All units, of which a sum takes those that it is said of; None: sums have limits."""
        return

    def members(self, symbol, indices):
        raise Meaningless(f"{symbol} is no set in {self.name}")

    def function(self, call, layer):
        """What the symbol in front of parentheses computes, and whether entry by entry."""
        name = call.function.letter
        if name not in self.functions:
            raise Meaningless(f"{name} is no function in {self.name}")
        return self.functions[name], True


NAMED = ("E", "x", "y", r"\hat{y}", r"\eta")  # they have no layer


class Network(World):
    """A network of given sizes. Activations are pairs (function, whether entry by entry).

    `twin` are the names of the same activations, and of the same error, in bplib; without it there
    is no update. `more` are further quantities, `with_biases=False` makes all biases 0. `targets`
    and `inputs` change what was drawn.
    """

    def __init__(
        self,
        name,
        sizes,
        activations,
        error,
        seed,
        targets=None,
        unitless=False,
        twin=None,
        more=None,
        with_biases=True,
        inputs=None,
    ):
        self.sizes_of_layers, self.unitless = sizes, unitless
        self.depth = len(sizes) - 1
        self.activations = dict(enumerate(activations, start=1))
        draw = np.random.default_rng(seed).uniform
        quantities = {"y": draw(0.1, 0.9, (sizes[-1], 1)), "a0": draw(-1.5, 1.5, (sizes[0], 1))}
        for key, given in (("y", targets), ("a0", inputs)):
            if given is not None:
                quantities[key] = given(quantities[key])
        for l in range(1, self.depth + 1):
            quantities[f"W{l}"] = draw(-1.5, 1.5, (sizes[l], sizes[l - 1]))
            quantities[f"b{l}"] = draw(-1, 1, (sizes[l], 1)) * with_biases
        for l in range(1, self.depth + 1):
            quantities[f"z{l}"] = self._weighted_input(l)
            quantities[f"a{l}"] = self._activation(l)
        quantities["E"] = lambda state: error(state[f"a{self.depth}"], state["y"])
        self.more = more or {}
        quantities |= {r"\eta": draw(0.1, 2)} | self.more
        quantities |= {f"n{l}": size for l, size in enumerate(sizes)}
        self.twin = twin
        super().__init__(name, quantities, {"g": None}, update=self._updated if twin else None)

    def passes(self, state):
        """The same network in bplib, with its forward and its backward pass."""
        layers = range(1, self.depth + 1)
        net = network.Network.from_parameters(
            [state[f"W{l}"] for l in layers],
            [state[f"b{l}"].ravel() for l in layers],
            *self.twin,
        )
        forward_pass = net.forward(state["a0"].ravel())
        return net, forward_pass, net.backward(forward_pass, state["y"].ravel())

    def _updated(self, state):
        net, _, backward_pass = self.passes(state)
        net.update(backward_pass, eta=float(state[r"\eta"]))
        layers = range(1, self.depth + 1)
        return {f"W{l}": net.W[l] for l in layers} | {f"b{l}": net.b[l][:, None] for l in layers}

    @staticmethod
    def _weighted_input(l):
        return lambda state: state[f"W{l}"] @ state[f"a{l - 1}"] + state[f"b{l}"]

    def _activation(self, l):
        return lambda state: self.activations[l][0](state[f"z{l}"])

    def constant(self, letter):
        return self.depth if letter == "L" else World.constant(self, letter)

    def has_layers(self):
        return True

    def exists(self, letter, layer):
        return (0 if letter in ("a", "n") else 1) <= layer <= self.depth

    def locate(self, symbol, layer, indices):
        letter = symbol.letter
        if str(symbol) in self.more:
            return str(symbol), ()
        if letter in NAMED:
            key = {"x": "a0", r"\hat{y}": f"a{self.depth}"}.get(letter, letter)
            if symbol.upper:
                raise Meaningless(f"{symbol}: {letter} has no layer")
            if self.state[key].shape == ():
                return key, column_index(symbol, indices, ())
        elif letter in ("w", "W", "b", "z", "a", "n"):
            if layer is None:
                raise Meaningless(f"{symbol}: of which layer?")
            if not self.exists(letter, layer):
                raise Meaningless(f"{symbol} with layer {layer}: there is none in {self.name}")
            key = f"{letter.upper() if letter == 'w' else letter}{layer}"
        else:
            raise Meaningless(f"{symbol} is unknown in {self.name}")
        shape = self.state[key].shape
        if letter == "n":
            return key, column_index(symbol, indices, ())
        if letter == "w":
            if self.unitless and not indices:
                return key, (0, 0)
            if len(indices) != 2:
                raise Meaningless(f"{symbol} has {len(indices)} indices, a weight has 2")
            return key, within(symbol, indices, shape)
        if letter == "W" and indices:
            raise Meaningless(f"{symbol}: an entry is written with a small w")
        if self.unitless and not indices and letter != "W":
            return key, (0, 0)
        return key, column_index(symbol, indices, shape)

    def sizes(self, symbol, layer):
        match symbol.letter:
            case "y" | r"\hat{y}":
                return self.sizes_of_layers[-1:]
            case "x":
                return self.sizes_of_layers[:1]
            case "w" if layer and layer <= self.depth:
                return self.sizes_of_layers[layer], self.sizes_of_layers[layer - 1]
            case "b" | "z" | "a" | "d" | r"\delta" if (
                layer is not None and 0 <= layer <= self.depth
            ):
                return self.sizes_of_layers[layer : layer + 1]
        return ()

    def function(self, call, layer):
        if layer is not None:
            if not 1 <= layer <= self.depth:
                raise Meaningless(f"there is no activation in layer {layer} of {self.name}")
            return self.activations[layer]
        if len(set(self.activations.values())) > 1:
            raise Meaningless(f"{call.function}: of which layer, where they differ ({self.name})?")
        return self.activations[1]


class Graph(World):
    """A feed-forward graph of units 1 to N, of which the first are inputs; links may skip units.

    `links` maps a unit to those that feed it; open indices count `units`. `names` are letters for
    some of the units.
    """

    def __init__(
        self,
        name,
        inputs,
        links,
        outputs,
        activation,
        error,
        seed,
        hidden_only=False,
        twin=None,
        names=None,
    ):
        self.links, self.activation, self.twin = links, activation, twin
        self.inputs, self.outputs = range(1, inputs + 1), outputs
        draw = np.random.default_rng(seed).uniform
        quantities = {f"a{unit}": draw(-1.5, 1.5) for unit in range(1, inputs + 1)}
        quantities |= {f"y{unit}": draw(0.1, 0.9) for unit in outputs}
        for unit, sources in links.items():
            quantities[f"b{unit}"] = draw(-1, 1)
            quantities |= {f"w{unit},{source}": draw(-1.5, 1.5) for source in sources}
        for unit, sources in links.items():
            quantities[f"z{unit}"] = self._weighted_input(unit, sources)
            quantities[f"a{unit}"] = self._activation(unit)
        quantities["E"] = lambda state: error(
            np.array([state[f"a{unit}"] for unit in outputs]),
            np.array([state[f"y{unit}"] for unit in outputs]),
        )
        for unit in links:
            quantities[f"E_a{unit}"] = self._direct(unit, error)
        quantities |= {r"\eta": draw(0.1, 2)} | (names or {})
        updated = self._updated if twin else None
        super().__init__(name, quantities, {"g": activation[0]}, update=updated)
        self.units = [u for u in range(1, max(links) + 1) if not hidden_only or u not in outputs]

    @staticmethod
    def _weighted_input(unit, sources):
        return lambda state: (
            state[f"b{unit}"]
            + sum(state[f"w{unit},{source}"] * state[f"a{source}"] for source in sources)
        )

    def _activation(self, unit):
        return lambda state: self.activation[0](state[f"z{unit}"])

    def _direct(self, unit, error):
        """The derivative of the error's formula by one activation, all others held fixed."""

        def derivative(state):
            a = [state[f"a{u}"] + (STEP * 1j if u == unit else 0) for u in self.outputs]
            return (
                np.imag(error(np.array(a), np.array([state[f"y{u}"] for u in self.outputs]))) / STEP
            )

        return derivative if unit in self.outputs else 0.0

    def passes(self, state):
        """The same graph in bplib, with its forward and its backward pass."""
        same = graph.Graph(
            {
                (f"u{i}", f"u{j}"): float(state[f"w{i},{j}"])
                for i, sources in self.links.items()
                for j in sources
            },
            [f"u{unit}" for unit in self.inputs],
            [f"u{unit}" for unit in self.outputs],
            {f"u{unit}": float(state[f"b{unit}"]) for unit in self.links},
            *self.twin,
        )
        forward_pass = same.forward([float(state[f"a{unit}"]) for unit in self.inputs])
        targets = [float(state[f"y{unit}"]) for unit in self.outputs]
        return same, forward_pass, same.backward(forward_pass, targets)

    def _updated(self, state):
        same, _, backward_pass = self.passes(state)
        same.update(backward_pass, eta=float(state[r"\eta"]))
        new = {f"w{i[1:]},{j[1:]}": weight for (i, j), weight in same.weights.items()}
        return new | {f"b{unit[1:]}": bias for unit, bias in same.biases.items()}

    def _key(self, symbol, indices):
        return symbol.letter.replace(r"\delta", "z") + ",".join(map(str, indices))

    def has(self, symbol, indices):
        return symbol.letter == "O" or self._key(symbol, indices) in self.quantities

    def locate(self, symbol, layer, indices):
        if str(symbol) in self.quantities:
            return str(symbol), ()
        if symbol.letter == r"\delta":
            raise Meaningless(f"nothing is derived with respect to {symbol}")
        key = self._key(symbol, indices)
        if symbol.upper or key not in self.quantities:
            raise Meaningless(f"{symbol} with {indices} is unknown in {self.name}")
        return key, ()

    def every_unit(self):
        return range(1, max(self.links) + 1)

    def members(self, symbol, indices):
        """The units that a unit feeds, `O_{i}`."""
        if symbol.letter != "O" or len(indices) != 1:
            raise Meaningless(f"{symbol} is no set of units in {self.name}")
        return [unit for unit, sources in self.links.items() if indices[0] in sources]


class Operations(Graph):
    r"""A computation, one operation at a time: numbers `u_{i}`, of which the last is the error.

    `operations` maps a number to its operands, its function of these and, for each of them, the
    derivative of this one operation, `c_{ki}`, as a function of the operands.
    """

    def __init__(self, name, inputs, operations):
        self.links = {unit: operands for unit, (operands, _, _) in operations.items()}
        quantities = {f"u{unit}": value for unit, value in inputs.items()}
        for unit, (operands, function, slopes) in operations.items():
            quantities[f"u{unit}"] = self._of(operands, function)
            for operand, slope in zip(operands, slopes, strict=True):
                quantities[f"c{unit},{operand}"] = self._of(operands, slope)
        quantities["E"] = lambda state: state[f"u{max(operations)}"]
        World.__init__(self, name, quantities)
        self.units = range(1, max(operations))  # the error itself has no operation after it

    @staticmethod
    def _of(operands, function):
        return lambda state: function(*(state[f"u{operand}"] for operand in operands))


def layer_number(text, value_of):
    """`l+1` as a number; `value_of` knows letters."""
    match = LAYER.fullmatch(text)
    if not match:
        raise Meaningless(f"{text} is no layer")
    base = int(match[1]) if match[1].isdigit() else value_of(match[1])
    if base is None:
        raise Meaningless(f"{match[1]} is no number of a layer")
    return base + (int(match[3]) if match[3] else 0) * (-1 if match[2] == "-" else 1)


def within(symbol, indices, shape):
    for index, size in zip(indices, shape, strict=True):
        if not 1 <= index <= size:
            raise Meaningless(f"{symbol}: there is no {index} among 1 to {size}")
    return tuple(index - 1 for index in indices)


def column_index(symbol, indices, shape):
    if not indices:
        return ()
    if len(indices) != 1 or not shape:
        raise Meaningless(f"{symbol}: {len(indices)} indices do not fit")
    return (*within(symbol, indices, shape[:1]), 0)

"""The worlds that labelled equations are about: random networks, and a few concrete functions."""

from itertools import cycle, islice, product

import numpy as np
import sympy as sp

from .. import network, perceptron
from .worlds import Graph, Network, Operations, World

# Activations, for complex numbers too: (function, whether it is applied entry by entry).
SIGMOID = (lambda z: 1 / (1 + np.exp(-z)), True)
TANH = (np.tanh, True)
IDENTITY = (lambda z: z, True)
RELU = (lambda z: np.where(z.real > 0, z, 0), True)
BENT = (lambda z: np.sin(z) + z**2 / 4, True)  # any function will do: neither odd nor even
SOFTMAX = (lambda z: np.exp(z) / np.exp(z).sum(), False)
NAMES = {SIGMOID: "sigmoid", TANH: "tanh", IDENTITY: "identity", RELU: "relu", BENT: "bent"}
NAMES[SOFTMAX] = "softmax"
ENTRYWISE = (BENT, SIGMOID, TANH, RELU, IDENTITY)


def half_squared(a, y):
    return ((y - a) ** 2).sum() / 2


def binary_cross_entropy(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum()


def cross_entropy(a, y):
    return -(y * np.log(a)).sum()


def entangled(a, y):
    """An error in which the outputs depend on each other, as nobody uses it."""
    return np.cosh(a - y).sum() + ((a - y).sum()) ** 2 * (a * y).sum() / 3


# Layers of equal size come first: there, what is wrong shows in the numbers and not in the shapes.
SIZES = ((2, 2, 2), (3, 3, 3, 3), (2, 3, 2), (3, 2, 4, 2), (1, 2, 1), (2, 1, 1), (3, 2))


def networks(
    outputs=ENTRYWISE,
    errors=(half_squared, entangled),
    sizes=SIZES,
    hidden=ENTRYWISE,
    **options,
):
    """Random networks, two of each size, with activations that change from layer to layer."""
    found = []
    output, error = cycle(outputs), cycle(errors)
    for number, size in enumerate(sizes * 2):
        inner = islice(cycle(hidden), number, number + len(size) - 2)
        activations = (*inner, next(output))
        loss = next(error)
        names = ", ".join(NAMES[activation] for activation in activations)
        text = "-".join(map(str, size))
        name = f"the network {text} ({names}; {loss.__name__.replace('_', ' ')})"
        twin = _twin(size, activations, loss, options)
        found.append(Network(name, size, activations, loss, seed=number, twin=twin, **options))
    return found


def _twin(sizes, activations, error, options):
    """The names that bplib has for the same, or None."""
    names = [NAMES[activation] for activation in activations]
    normed = options.get("targets") is summing_to_one
    if "bent" in names or error is entangled or (error is cross_entropy and not normed):
        return None
    if names[-1] == "softmax" and sizes[-1] == 1:
        return None
    return names, error.__name__


def chains(*depths, **options):
    """Networks of single units, whose quantities need no index of a unit."""
    return networks(sizes=tuple((1,) * (depth + 1) for depth in depths), unitless=True, **options)


def summing_to_one(y):
    return y / y.sum()


# With these, bplib can learn: an update is compared with its own.
LEARNING = networks(
    (SIGMOID, TANH, IDENTITY), (half_squared,), ((2, 2, 2), (3, 3, 3, 3)), hidden=(TANH, SIGMOID)
)
ANY_ERROR = networks() + LEARNING
HALF_SQUARED = networks(errors=(half_squared,))
SIGMOID_HALF_SQUARED = networks((SIGMOID,), (half_squared,))
SIGMOID_CROSS_ENTROPY = networks((SIGMOID,), (binary_cross_entropy,))
SOFTMAX_TARGETS_ANY = networks((SOFTMAX,), (cross_entropy,))
SOFTMAX_TARGETS_ONE = networks((SOFTMAX,), (cross_entropy,), targets=summing_to_one)
# What holds for hidden layers holds below a softmax as well.
ANY_OUTPUT = ANY_ERROR + SIGMOID_CROSS_ENTROPY + SOFTMAX_TARGETS_ANY
SOFTMAX_CROSS_ENTROPY = SOFTMAX_TARGETS_ONE + SOFTMAX_TARGETS_ANY
WITH_TWO_LAYERS = ((2, 2, 2), (3, 3, 3), (2, 3, 2), (1, 2, 1), (2, 1, 1))
TWO_LAYERS = networks(sizes=WITH_TWO_LAYERS)
TWO_LAYERS_HALF_SQUARED = networks(errors=(half_squared,), sizes=WITH_TWO_LAYERS)
TANH_THEN_LINEAR = networks((IDENTITY,), (half_squared,), WITH_TWO_LAYERS, hidden=(TANH,))
ONE_HIDDEN_ONE_OUTPUT = networks(sizes=((2, 1, 1), (3, 1, 1), (1, 1, 1)))
TWO_HIDDEN_UNITS = networks(sizes=((2, 2, 2), (1, 2, 1), (3, 2, 2)))


def graphs(**options):
    """Feed-forward graphs with links that skip units: of 1986 for XOR, and two larger ones."""
    shapes = [
        (2, {3: (1, 2), 4: (1, 2, 3)}, (4,)),
        (2, {3: (1, 2), 4: (2, 3), 5: (1, 3, 4), 6: (3, 4, 5)}, (5, 6)),
        (3, {4: (1, 2), 5: (2, 3, 4), 6: (1, 4, 5), 7: (4, 5, 6), 8: (3, 4, 6)}, (7, 8)),
    ]
    return [
        Graph(
            f"graph {number} of {NAMES[activation]}",
            *shape,
            activation,
            error,
            seed=number,
            **options,
        )
        for number, shape in enumerate(shapes, start=1)
        for activation, error in ((BENT, entangled), (SIGMOID, half_squared))
    ]


SKIPPING = graphs()
SKIPPING_WITHOUT_TARGET = graphs(hidden_only=True)


def _one_unit(eta, a, *w):
    """One hidden unit, the weights from it to those of the next layer, and an error of these."""
    world = World(
        f"a unit that feeds {len(w)} others",
        {
            r"\eta": eta,
            "a": a,
            "g": a * (1 - a),  # its slope
            "x": np.array([0.7, -1.2])[:, None],
            "w": np.array(w)[:, None],
            "z": lambda q: q["w"] * q["a"] + 0.2,
            "E": lambda q: (np.sin(q["z"]) + q["z"] ** 2 / 3).sum() ** 2,
        },
    )
    world.units = range(1, len(w) + 1)
    return world


ONE_UNIT_AND_ITS_STEP = [_one_unit(0.5, 0.6, 0.3, -0.8, 1.1), _one_unit(1.7, 0.2, -0.4, 0.9)]

ONE_LINK_AFTER_ANOTHER = [
    World(
        f"x = {x}",
        {"x": x, "u": lambda q: np.sin(q["x"]) + q["x"] ** 2, "f": lambda q: np.exp(q["u"] / 2)},
    )
    for x in (-0.7, 0.4, 1.3)
]


def _inner(x):
    return np.array([[np.sin(x)], [np.exp(-x)], [x**3 + x]])


def _outer(u1, u2, u3):
    return u1 * np.exp(u2) + u3**2 / (2 + u2)


SEVERAL_PATHS = [
    World(
        f"x = {x}",
        {"x": x, "D": 3, "u": lambda q: _inner(q["x"]), "f": lambda q: _outer(*q["u"][:, 0])},
        {"u": _inner, "f": _outer},
    )
    for x in (-0.7, 0.4, 1.3)
]

SLOPE_OF_SIGMOID, SLOPE_OF_TANH, SLOPE_OF_RELU = (
    [
        World(f"z = {z}", {"z": z, "a": lambda q, g=g: g(q["z"])}, {"g": g, r"\sigma": SIGMOID[0]})
        for z in (-2.3, 0.0, 0.4, 1.7)
    ]
    for g, _ in (SIGMOID, TANH, RELU)
)
SLOPE_OF_IDENTITY = [
    World(f"z = {z}", {"z": z, "a": lambda q: q["z"]}, {"g": IDENTITY[0]}) for z in (-2.3, 0.4)
]


def _updated_unit(q, activation, error):
    """Weight and bias of a 1-1 network after an update of bplib's, and -δ before it."""
    net = network.Network.from_parameters(
        [[[float(q["w"])]]], [[float(q.get("b", 0))]], activation, error
    )
    backward_pass = net.backward(net.forward([float(q["x"])]), [float(q["y"])])
    net.update(backward_pass, eta=float(q[r"\eta"]))
    return {"w": net.W[1][0, 0], "b": net.b[1][0], r"\tilde{\delta}": -backward_pass.delta[1][0]}


def units(activations=(SIGMOID, TANH, IDENTITY), error=half_squared):
    """One unit with one input, a bias and a target, none of which has an index."""
    found = []
    for activation in activations:
        g, name = activation[0], NAMES[activation]
        for x, w, b, y, eta in ((1.5, 0.6, -0.4, 0.3, 0.7), (-0.8, 1.2, 0.5, 0.9, 1.6)):
            given = {"x": x, "w": w, "b": b, "y": y, r"\eta": eta}
            given[r"\tilde{\delta}"] = _updated_unit(given, name, error.__name__)[r"\tilde{\delta}"]
            found.append(
                World(
                    f"one {name} unit, x = {x}",
                    given
                    | {
                        "z": lambda q: q["w"] * q["x"] + q["b"],
                        "a": lambda q, g=g: g(q["z"]),
                        "E": lambda q: error(q["a"][None], q["y"][None]),
                    },
                    {"g": g},
                    update=lambda q, name=name: {
                        key: value
                        for key, value in _updated_unit(q, name, error.__name__).items()
                        if key in ("w", "b")
                    },
                )
            )
    return found


ONE_UNIT = units()
ONE_SIGMOID, ONE_TANH, ONE_LINEAR = (units((g,)) for g in (SIGMOID, TANH, IDENTITY))
ONE_SIGMOID_CROSS_ENTROPY = units((SIGMOID,), binary_cross_entropy)


def _perceptron(w, b, x, y, eta):
    """A perceptron and an example, of which bplib makes the answer and the correction."""

    def unit(q):
        made = perceptron.Perceptron(2)
        made.w, made.b = np.array(q["w"]).ravel(), float(q["b"])
        return made

    def updated(q):
        made = unit(q)
        made.update(np.ravel(q["x"]), int(q["y"]), float(q[r"\eta"]))
        return {"w": made.w[:, None], "b": made.b}

    column = lambda values: np.array(values, dtype=float)[:, None]  # noqa: E731
    world = World(
        f"a perceptron with w = {w}, b = {b} at x = {x}",
        {
            "w": column(w),
            "b": b,
            "x": column(x),
            "y": y,
            r"\eta": eta,
            r"\hat{y}": lambda q: unit(q).predict(np.ravel(q["x"])),
        },
        update=updated,
    )
    world.units = range(1, 3)
    return world


PERCEPTRON = [
    _perceptron(w, b, x, y, eta)
    for w, b in (((0.5, -1.2), 0.3), ((-0.7, 0.4), 0.1), ((1.0, 1.0), -1.0))
    for x in ((0.2, 1.4), (1.0, 0.0), (-0.8, -1.1))
    for y, eta in ((1, 0.7), (0, 1.3))
]


def _batch(w, eta):
    """A sigmoid unit without a bias, and several examples: their errors e_n and terms D_n."""
    x, y = np.array([[0.7], [-1.3], [0.4]]), np.array([[0.2], [0.9], [0.6]])

    def passed(q):
        net = network.Network.from_parameters([[[float(q["w"])]]])
        return net, net.backward(net.forward(x), y)

    def updated(q):
        net, backward_pass = passed(q)
        net.update(backward_pass, eta=eta)
        return {"w": net.W[1][0, 0]}

    world = World(
        f"three examples, w = {w}",
        {
            "N": 3,
            "B": 3,
            r"\eta": eta,
            "x": x,
            "y": y,
            "D": passed({"w": w})[1].delta[1],
            "w": w,
            "e": lambda q: (q["y"] - SIGMOID[0](q["w"] * q["x"])) ** 2 / 2,
            "E": lambda q: q["e"].sum() / 3,
        },
        update=updated,
    )
    world.units = range(1, 4)  # the examples
    return world


BATCH = [_batch(0.8, 0.6), _batch(-1.1, 2.3)]


def _one_weight(w, x, y, eta):
    """The smallest network there is, its error, and one step downhill."""

    def step(q):
        slope = np.imag((q["y"] - (q["w"] + 1e-30j) * q["x"]) ** 2 / 2) / 1e-30
        return q["w"] - q[r"\eta"] * slope

    return World(
        f"w = {w}, x = {x}, y = {y}, η = {eta}",
        {
            "x": x,
            "y": y,
            r"\eta": eta,
            "w": w,
            r"w_{\text{after}}": step,
            "w^{*}": lambda q: q["y"] / q["x"],
            r"\hat{y}": lambda q: q["w"] * q["x"],
            "E": lambda q: (q["y"] - q["w"] * q["x"]) ** 2 / 2,
        },
        update=lambda q: {"w": _updated_unit(q, "identity", "half_squared")["w"]},
    )


ONE_WEIGHT = [_one_weight(3.0, 1.5, 0.5, 0.1), _one_weight(-0.4, 0.7, 1.2, 2.1)]


def _taylor(w):
    """A smooth error of one weight; `E_{k}` is its k-th derivative at w."""
    v = sp.Symbol("v")
    error = sp.exp(v / 2) - sp.cos(2 * v) + v**3
    derivatives = {f"E_{{{k}}}": float(sp.diff(error, v, k).subs(v, sp.Float(w))) for k in range(6)}
    return World(
        f"w = {w}",
        {"w": w, "h": 0.02} | derivatives,
        {"E": sp.lambdify(v, error, "numpy")},
        small="h",
    )


SMALL_STEP = [_taylor(w) for w in (-0.3, 0.8)]


def _one_operation(u, v, function):
    """q is the result of one operation; the error follows from it, and f is a function."""
    return World(
        f"u = {u}, v = {v}",
        {
            "u": u,
            "v": v,
            "q": lambda state: function(state["u"], state["v"]),
            "E": lambda state: np.sin(state["q"]) + state["q"] ** 2,
        },
        {"f": lambda x: np.exp(x / 2) + x**3},
    )


_PAIRS = ((0.7, -1.3), (-0.4, 2.1), (1.6, 0.3))
ADDITION = [_one_operation(u, v, lambda u, v: u + v) for u, v in _PAIRS]
SUBTRACTION = [_one_operation(u, v, lambda u, v: u - v) for u, v in _PAIRS]
PRODUCT = [_one_operation(u, v, lambda u, v: u * v) for u, v in _PAIRS]
FUNCTION = [_one_operation(u, v, lambda u, v: np.exp(u / 2) + u**3) for u, v in _PAIRS]
ONE_OPERATION = [
    _one_operation(u, v, lambda u, v: np.sin(u) * v + np.exp(u * v)) for u, v in _PAIRS
]

USED_TWICE = [
    World(
        f"u = {u}",
        {
            "u": u,
            "q_{1}": lambda state: np.sin(state["u"]),
            "q_{2}": lambda state: np.exp(state["u"]) + state["u"],
            "E": lambda state: state["q_{1}"] * state["q_{2}"] + state["q_{2}"] ** 2,
        },
    )
    for u in (-0.7, 0.4, 1.3)
]


def _one_entry(u, v):
    """The error as a function F of the first numbers, and G of all of these but the last."""

    def outer(u_i, u_k):
        return np.sin(u_i) * u_k + u_k**2 + u_i**3

    def entry(u_i):
        return v * np.exp(u_i / 2) + u_i**2

    world = World(
        f"u_i = {u}",
        {
            "u_{i}": u,
            "u_{k}": entry(u),
            "c_{ki}": v * np.exp(u / 2) / 2 + 2 * u,
            "F": lambda state: outer(state["u_{i}"], state["u_{k}"]),
            "G": lambda state: outer(state["u_{i}"], entry(state["u_{i}"])),
        },
    )
    world.units = range(1, 2)  # i and k are names, not open
    return world


ONE_ENTRY = [_one_entry(u, v) for u, v in _PAIRS]

# Numbers that are used once, twice and three times; a square uses its operand twice.
COMPUTATIONS = [
    Operations(
        f"computation {number}",
        dict(enumerate(values, start=1)),
        {
            4: ((1, 2), lambda u, v: u * v, (lambda u, v: v, lambda u, v: u)),
            5: ((4, 3), lambda u, v: u + v, (lambda u, v: 1.0, lambda u, v: 1.0)),
            6: ((5,), np.tanh, (lambda u: 1 - np.tanh(u) ** 2,)),
            7: ((5, 6), lambda u, v: u - v, (lambda u, v: 1.0, lambda u, v: -1.0)),
            8: ((5, 1), lambda u, v: u * v, (lambda u, v: v, lambda u, v: u)),
            9: ((7, 8), lambda u, v: u / v, (lambda u, v: 1 / v, lambda u, v: -u / v**2)),
            10: ((9,), lambda u: u * u, (lambda u: 2 * u,)),
        },
    )
    for number, values in enumerate(((0.7, -1.3, 0.4), (1.9, 0.8, -0.6)), start=1)
]


# Networks of one shape or one kind.

LINEAR_HALF_SQUARED = networks((IDENTITY,), (half_squared,))
FITTING_PAIRS = LINEAR_HALF_SQUARED + SIGMOID_CROSS_ENTROPY + SOFTMAX_TARGETS_ONE
WITHOUT_BIASES = networks(errors=(half_squared,), with_biases=False)
TWO_ONE_ONE = networks(errors=(half_squared,), sizes=((2, 1, 1),) * 2)
ONE_INPUT = networks(sizes=((1, 2, 1), (1, 2, 2)))
THREE_TO_TWO = networks(sizes=((3, 2),))
ALWAYS_TWO = networks(sizes=((2, 2, 2), (2, 2, 2, 2)))
SIGMOIDS_TWO_THREE_TWO = networks((SIGMOID,), (half_squared,), ((2, 3, 2),), hidden=(SIGMOID,))
SIGMOIDS_TWO_TWO_TWO = networks((SIGMOID,), (half_squared,), ((2, 2, 2),), hidden=(SIGMOID,))
TANH_LINEAR_TWO_TWO_TWO = networks(
    (IDENTITY,), (half_squared,), ((2, 2, 2),), hidden=(TANH,), with_biases=False
)
SIGMOIDS_IN_A_CHAIN = chains(3, outputs=(SIGMOID,), errors=(half_squared,), hidden=(SIGMOID,))
SAME_EVERYWHERE = networks((SIGMOID,), (half_squared,), WITH_TWO_LAYERS, hidden=(SIGMOID,))
TANH_TWO_ONE = networks((SIGMOID,), (half_squared,), ((2, 2, 1),), hidden=(TANH,))
ONE_ONE_ONE = networks(
    (SIGMOID,), (half_squared,), ((1, 1, 1),), hidden=(SIGMOID,), with_biases=False
)
CHAINS = chains(1, 2, 3, 4, errors=(half_squared,))
CHAINS_WITHOUT_BIASES = chains(2, 3, 4, errors=(half_squared,), with_biases=False)
CHAIN_OF_THREE = chains(3, errors=(half_squared,))
LONG_CHAINS = chains(4, 5, errors=(half_squared,))
CHAINS_WITH_A_STEP = chains(1, 2, 3, 4, more={"h": 0.37})
PLATEAU = chains(
    2,
    outputs=(IDENTITY,),
    errors=(half_squared,),
    hidden=(IDENTITY,),
    with_biases=False,
    inputs=np.ones_like,
    targets=np.ones_like,
)
SOFTMAX_AND_ITS_SUM = networks(
    (SOFTMAX,),
    (cross_entropy,),
    ((2, 3), (3, 2, 3)),
    targets=summing_to_one,
    more={"S": lambda q: np.exp(q[f"z{max(int(k[1:]) for k in q if k[0] == 'z')}"]).sum()},
)
SOFTMAX_OF_THREE = networks((SOFTMAX,), (cross_entropy,), ((2, 3), (3, 2, 3)))


def _counted(sizes, seed):
    """A network and the numbers of multiplications of its passes, each weight at a time."""
    matrices = list(zip(sizes[1:], sizes[:-1], strict=True))
    weights = sum(after * before for after, before in matrices)
    back = sum(after * before for after, before in matrices[1:])  # the input has no error term
    more = {"P": weights, "W": weights, r"P_{\text{forward}}": weights}
    more |= {r"P_{\text{gradients}}": weights, r"P_{\text{back}}": back}
    more |= {r"P_{\text{all derivatives}}": weights + back}
    more |= {r"P_{\text{both passes}}": 2 * weights + back}
    more |= {r"P_{\text{one at a time}}": weights * weights}
    layers = (SIGMOID,) * (len(sizes) - 1)
    return Network(f"the network {sizes}", sizes, layers, half_squared, seed, more=more)


COUNTED = [_counted(sizes, seed) for seed, sizes in enumerate(((2, 3, 2), (4, 3, 5, 2), (3, 1)))]

# Numbers, and formulas of a few of them.

NUMBERS = [World("numbers", {}, {r"\sigma": SIGMOID[0]})]
COUNTS = [  # S: how often an exponential stands in the slopes of layer m; see `growth-layer`
    World(f"L = {L}, m = {m}", {"L": L, "m": m, "S": 2 ** (L + 2) - 2 ** (L - m + 2)})
    for L, m in ((1, 1), (4, 2), (6, 6))
]


def _largest(a, y):
    return World(
        f"a = {a:.2g}, y = {y}",
        {"a": a, "y": y, r"\delta": lambda q: (q["a"] - q["y"]) * q["a"] * (1 - q["a"])},
    )


LARGEST_DELTA = [_largest(a, y) for a in (0.2, 0.7) for y in (0.1, 0.6, 1.0)]
LARGEST_DELTA_AT_1, LARGEST_DELTA_AT_0, LARGEST_DELTA_AT_HALF = (
    [_largest(a, y) for a in (0.2, 0.45, 0.9)] for y in (1.0, 0.0, 0.5)
)
WHERE_LARGEST = [_largest(0.5 + sign / np.sqrt(12), 0.5) for sign in (-1, 1)]

TWO_LINKS = [
    World(
        f"x = {x}",
        {"x": x, "u": lambda q: 3 * q["x"] + 1, "f": lambda q: q["u"] ** 2},
    )
    for x in (-0.7, 0.4, 1.3)
]
POSITIVE = [World(f"u = {u}", {"u": u}) for u in (0.4, 2.3)]
LOGISTIC = [World(f"u = {u}", {"u": u, "s": 1 / (1 + np.exp(u))}) for u in (-1.3, 0.4, 2.1)]
XOR_SUM = [
    World("three parameters", {"w_{1}": 0.7, "w_{2}": -1.9, "b": 0.4, "m": 0.7 - 1.9 + 2 * 0.4})
]


def _with_steps(count):
    """A function of several others of x, and what a step of x changes; see `chain_rule`."""

    def inner(x):
        return np.array([[np.sin(x)], [np.exp(-x)], [x**3 + x]])[:count]

    def outer(u):
        return _outer(*u.ravel(), *(0.4,) * (3 - count))

    x, h = 0.6, 0.05
    u, after = inner(x), inner(x + h)
    change = after - u
    rho = change / h - np.imag(inner(x + 1e-30j)) / 1e-30
    slopes = [np.imag(outer(u + 1e-30j * np.eye(count)[:, [d]])) / 1e-30 for d in range(count)]
    # The remainders may be shared out in any way: here each argument has the same.
    rest = outer(after) - outer(u) - sum(s * c for s, c in zip(slopes, change[:, 0], strict=True))
    world = World(
        f"{count} arguments",
        {
            "x": x,
            "h": h,
            "D": count,
            r"\rho": rho,
            r"\varepsilon": rest / count / change,
            "u": lambda q: inner(q["x"]),
            "f": lambda q: outer(q["u"]),
        },
        update=lambda q: {"u": after, "f": outer(after)},
    )
    world.units = range(1, count + 1)
    return world


TWO_ARGUMENTS, THREE_ARGUMENTS = [_with_steps(2)], [_with_steps(3)]


def _steepest(v):
    """An error of three weights, and a step v of the length of c times the gradient."""
    slopes = np.array([[0.7], [-1.1], [0.4]])
    v = np.array(v)[:, None]
    return World(
        "three weights",
        {
            "P": 3,
            "v": v,
            r"\nabla E": slopes,
            "c": np.sqrt((v**2).sum() / (slopes**2).sum()),
            "w": np.array([[0.3], [0.9], [-0.5]]),
            "E": lambda q: (slopes * q["w"]).sum() + ((q["w"] - [[0.3], [0.9], [-0.5]]) ** 2).sum(),
        },
    )


STEEPEST = [_steepest((0.2, 0.5, -0.9)), _steepest((-1.4, 0.1, 0.3))]


def _floor(a_0, a_1, a_2, a_3):
    squares = a_0**2 + (1 - a_1) ** 2 + (1 - a_2) ** 2 + a_3**2
    outputs = {"a_{0}": a_0, "a_{1}": a_1, "a_{2}": a_2, "a_{3}": a_3}
    return World(f"outputs {outputs}", outputs | {r"\overline{E}": squares / 8})


XOR_FLOOR = [
    _floor(2 / 3, 2 / 3, 2 / 3, 0.0),
    _floor(0.7, 0.5, 0.6, 0.2),
    _floor(0.4, 0.1, 0.4, 0.9),
]
XOR_INPUTS = [
    World(
        "a hidden unit at the four corners",
        {"b": -0.4, "w_{1}": 0.7, "w_{2}": 1.2}
        | {f"z_{{{x1}{x2}}}": -0.4 + 0.7 * x1 + 1.2 * x2 for x1 in (0, 1) for x2 in (0, 1)},
    )
]

# Graphs with names, or of a published example.


def _with_partials(graph):
    """The same with D_{mi}: E by z_i where z_1 to z_m are held, and the units after m follow.

    G_{mi} is that for one unit less, D_{m-1,i}.
    """
    found = {}
    for m, i in product(graph.links, repeat=2):
        if i > m:
            continue
        state = dict(graph.state)
        state[f"a{i}"] = graph.activation[0](state[f"z{i}"] + 1e-30j)
        for later in range(m + 1, max(graph.links) + 1):
            state[f"z{later}"] = graph.quantities[f"z{later}"](state)
            state[f"a{later}"] = graph.quantities[f"a{later}"](state)
        found[f"D{m},{i}"] = np.imag(graph.quantities["E"](state)) / 1e-30
        found[f"G{m + 1},{i}"] = found[f"D{m},{i}"]
    graph.quantities |= found
    graph.state |= {key: np.asarray(value) for key, value in found.items()}
    return graph


OUTPUTS_OF_GRAPHS = [graph for graph in graphs() if "sigmoid" in graph.name]
for _graph in OUTPUTS_OF_GRAPHS:
    _graph.units = list(_graph.outputs)
EVERY_CONNECTION = [
    _with_partials(
        Graph(
            f"a graph with every connection, of {NAMES[activation]}",
            2,
            {3: (1, 2), 4: (1, 2, 3), 5: (1, 2, 3, 4), 6: (1, 2, 3, 4, 5)},
            (5, 6),
            activation,
            error,
            seed=3,
            names={"U": 6},
        )
    )
    for activation, error in ((BENT, entangled), (SIGMOID, half_squared))
]
THREE_TWO_ONE = [
    Graph(
        "the 3-2-1 network with its units numbered through",
        3,
        {4: (1, 2, 3), 5: (1, 2, 3), 6: (4, 5)},
        (6,),
        SIGMOID,
        half_squared,
        seed=5,
        twin=("sigmoid", "half_squared"),
        hidden_only=True,
    )
]


def _named(name, links, outputs, activation, letters):
    names = {letter: unit for unit, letter in enumerate(letters, start=1)}
    inputs = len(letters) - len(links)
    twin = (NAMES[activation], "half_squared")
    return [
        Graph(name, inputs, links, outputs, activation, half_squared, seed, twin=twin, names=names)
        for seed in (1, 2)
    ]


NAMED_UNITS = _named(
    "the graph of p, q and o", {2: (1,), 3: (2,), 4: (2, 3)}, (4,), SIGMOID, "xpqo"
)
OUTPUT_FEEDS_OUTPUT = _named(
    "an output that feeds one", {2: (1,), 3: (2,)}, (2, 3), IDENTITY, "xor"
)
XOR_GRAPH = _named("the graph for XOR", {3: (1, 2), 4: (1, 2, 3)}, (4,), SIGMOID, "stco")

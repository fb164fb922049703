"""The checks: right answers in any dress are right, wrong ones are named, anything gets a reply."""

import contextlib
import re
import threading

import numpy as np
import pytest

from bplib.exercises import calling, check
from bplib.slips.catalogue import slips


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def output_delta(a, y, z):
    return (a - y) * a * (1 - a)


def hidden_delta(z, W_next, delta_next):
    return W_next.T @ delta_next * sigmoid(z) * (1 - sigmoid(z))


def gradients(delta, a_before):
    return np.outer(delta, a_before), delta


def update(W, b, grad_W, grad_b, eta):
    return (
        [w - eta * g for w, g in zip(W, grad_W, strict=True)],
        [v - eta * g for v, g in zip(b, grad_b, strict=True)],
    )


def backward(W, b, x, y):
    x, y = np.atleast_2d(x), np.atleast_2d(y)
    a = [x]
    for w, v in zip(W, b, strict=True):
        a.append(sigmoid(a[-1] @ w.T + v))
    delta = (a[-1] - y) * a[-1] * (1 - a[-1])
    grad_W, grad_b = [], []
    for l in range(len(W), 0, -1):
        grad_W.insert(0, delta.T @ a[l - 1] / len(x))
        grad_b.insert(0, delta.mean(axis=0))
        delta = delta @ W[l - 1] * a[l - 1] * (1 - a[l - 1])
    return grad_W, grad_b


def forward(W, b, x):
    z, a = [], [x]
    for w, v in zip(W, b, strict=True):
        z.append(w @ a[-1] + v)
        a.append(sigmoid(z[-1]))
    return z, a[1:]


def error(a, y):
    return np.sum((a - y) ** 2) / 2


RIGHT = {
    "forward": forward,
    "error": error,
    "output_delta": output_delta,
    "hidden_delta": hidden_delta,
    "gradients": gradients,
    "update": update,
    "backward": backward,
}
CHECKS = {name: getattr(check, name) for name in RIGHT}


@pytest.mark.parametrize("name", CHECKS)
def test_a_right_function_is_right(name):
    reply = CHECKS[name](RIGHT[name])
    assert reply.right
    assert reply
    assert reply.slip is None
    assert reply.text.startswith("Right, on 5 networks")


def rounded(value):
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    return value.astype(np.float32)


def listed(value):
    if isinstance(value, (list, tuple)):
        return [listed(part) for part in value]
    return value.tolist()


def numbered(value):
    """Lists with None in front, so that layer l is at l."""
    return tuple([None, *part] for part in value)


@pytest.mark.parametrize("dress", [rounded, listed], ids=lambda dress: dress.__name__)
@pytest.mark.parametrize("name", CHECKS)
def test_float32_and_lists_are_as_good(name, dress):
    assert CHECKS[name](lambda *arguments: dress(RIGHT[name](*arguments))).right


@pytest.mark.parametrize("name", ["forward", "update", "backward"])
def test_lists_may_be_numbered_like_the_layers(name):
    assert CHECKS[name](lambda *arguments: numbered(RIGHT[name](*arguments))).right


@pytest.mark.parametrize("seed", range(200))
def test_other_orders_of_sums_are_never_refused(seed):
    """200 times five functions, each with its sums in another order and in float32 or float64."""
    rng = np.random.default_rng(seed)
    kind = rng.choice([np.float32, np.float64])

    def sum_of(terms):
        terms = [np.asarray(term, kind) for term in terms]
        rng.shuffle(terms)
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    def hidden(z, W_next, delta_next):
        back = sum_of([W_next[k] * delta_next[k] for k in range(len(delta_next))])
        a = sigmoid(z.astype(kind))
        return back * (a - a**2)

    def backward_by_example(W, b, x, y):
        parts = [
            backward(W, b, *pair) for pair in zip(np.atleast_2d(x), np.atleast_2d(y), strict=True)
        ]
        N = len(parts)
        return tuple(
            [sum_of([part[which][l] / N for part in parts]) for l in range(len(W))]
            for which in (0, 1)
        )

    def output(a, y, z):
        slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
        return (sum_of([a, -y]) * slope).astype(kind)

    assert check.output_delta(output).right
    assert check.hidden_delta(hidden).right
    assert check.backward(backward_by_example).right
    assert check.gradients(lambda d, a: (sum_of([0.5 * d[:, None] * a] * 2), d.astype(kind))).right
    assert check.update(lambda W, b, gW, gb, eta: rounded(update(W, b, gW, gb, eta))).right


WRONG = {
    "bias-left-out": ("forward", lambda W, b, x: forward(W, [0 * v for v in b], x)),
    "half-left-out": ("error", lambda a, y: np.sum((a - y) ** 2)),
    "output-slope-left-out": ("output_delta", lambda a, y, z: a - y),
    "output-sign": ("output_delta", lambda a, y, z: (y - a) * a * (1 - a)),
    "output-slope-at-a": (
        "output_delta",
        lambda a, y, z: (a - y) * sigmoid(a) * (1 - sigmoid(a)),
    ),
    "hidden-slope-left-out": ("hidden_delta", lambda z, W, d: W.T @ d),
    "hidden-weights-turned": (
        "hidden_delta",
        lambda z, W, d: W @ d * sigmoid(z) * (1 - sigmoid(z)),
    ),
    "hidden-weights-left-out": (
        "hidden_delta",
        lambda z, W, d: d.sum() * sigmoid(z) * (1 - sigmoid(z)),
    ),
    "gradient-turned": ("gradients", lambda d, a: (np.outer(a, d), d)),
    "bias-gradient-zero": ("gradients", lambda d, a: (np.outer(d, a), 0 * d)),
    "update-uphill": ("update", lambda W, b, gW, gb, eta: update(W, b, *negative(gW, gb), eta)),
    "bias-never-updated": ("update", lambda W, b, gW, gb, eta: (update(W, b, gW, gb, eta)[0], b)),
    "examples-summed": ("backward", lambda W, b, x, y: summed(W, b, x, y)),
    "last-example-only": (
        "backward",
        lambda W, b, x, y: backward(W, b, np.atleast_2d(x)[-1], np.atleast_2d(y)[-1]),
    ),
    "half": ("output_delta", lambda a, y, z: 0.37 * (a - y) * a * (1 - a)),
}


def negative(grad_W, grad_b):
    return [-g for g in grad_W], list(grad_b)


def summed(W, b, x, y):
    return tuple([g * len(np.atleast_2d(x)) for g in part] for part in backward(W, b, x, y))


@pytest.mark.parametrize("slip", [name for name in WRONG if name in slips()])
def test_a_slip_in_a_program_is_named(slip):
    """Programs as students write them, not made from the catalogue."""
    name, function = WRONG[slip]
    reply = CHECKS[name](function)
    assert not reply
    assert reply.slip == slip
    assert slips()[slip].says in reply.text
    assert f"“{slips()[slip].read[1]}”" in reply.text
    assert len(reply.text.split("\n")) <= 4


def test_gradients_of_the_call_before_are_found():
    total = {}

    def stale(W, b, x, y):
        key = (np.shape(x), len(W))
        grad_W, grad_b = backward(W, b, x, y)
        if key in total:
            grad_W = [g + t for g, t in zip(grad_W, total[key][0], strict=True)]
            grad_b = [g + t for g, t in zip(grad_b, total[key][1], strict=True)]
        total[key] = grad_W, grad_b
        return grad_W, grad_b

    assert check.backward(stale).slip == "stale-gradient"


def test_a_factor_that_is_no_slip_is_said():
    reply = check.output_delta(WRONG["half"][1])
    assert reply.slip is None
    assert "0.37 times what it should be" in reply.text


def test_the_sign_of_comp90049_is_right_there():
    opposite = WRONG["output-sign"][1]
    assert check.output_delta(opposite, notation="comp90049").right
    assert "COMP90049" in check.output_delta(opposite).text
    assert check.output_delta(output_delta, notation="comp90049").slip == "output-sign"
    assert check.hidden_delta(hidden_delta, notation="comp90049").right
    assert check.gradients(lambda d, a: (-np.outer(d, a), -d), notation="comp90049").right
    assert check.backward(backward, notation="comp90049").right


def test_right_for_one_unit_only():
    def one(W, b, x, y):
        grad_W, grad_b = backward(W, b, x, y)
        if max(map(len, b)) > 1:
            grad_W = [g + 0.1 for g in grad_W]
        return grad_W, grad_b

    assert "Right for one unit a layer" in check.backward(one).text


def test_right_for_one_example_only():
    def one(W, b, x, y):
        grad_W, grad_b = backward(W, b, x, y)
        return [g + 0.1 * (np.ndim(x) - 1) for g in grad_W], grad_b

    assert "Right for one example, and wrong for several" in check.backward(one).text


def never(*arguments):
    while True:
        with contextlib.suppress(BaseException):
            sum(range(10))


def endless():
    while True:
        yield 1.0


def changing(a, y, z):
    a -= y
    return a


def leaving(*arguments):
    raise SystemExit


def recursive(*arguments):
    return recursive(*arguments)


def unwritten(*arguments):
    raise NotImplementedError


class Odd:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


REFUSED = {
    "not a function": (np.zeros(3), "check needs your function itself, without parentheses"),
    "nothing": (lambda a, y, z: None, "Is there a `return`?"),
    "text": (lambda a, y, z: "0.1", "real numbers are expected"),
    "texts": (lambda a, y, z: ["0.1"] * len(a), "real numbers are expected"),
    "a number": (lambda a, y, z: 0.1, r"is expected, got \(\)"),
    "short": (lambda a, y, z: a[:-1], "shape"),
    "ragged": (lambda a, y, z: [[1], [1, 2]], "rows have different lengths"),
    "a function": (lambda a, y, z: len, "numbers are expected"),
    "complex": (lambda a, y, z: a * 1j, "real numbers"),
    "nan": (lambda a, y, z: a * np.nan, "nan at .* is no number to go on with"),
    "infinite": (lambda a, y, z: a + np.inf, "inf at .* is no number to go on with"),
    "odd": (lambda a, y, z: Odd(), "no array can be made of it"),
    "a huge whole number": (lambda a, y, z: [10**400] * len(a), "numbers are expected"),
    "arguments": (lambda a, y: a, "Do its arguments fit"),
    "changed": (changing, "changes the arrays that it is given"),
    "exit": (leaving, "ended Python"),
    "recursion": (recursive, "calls itself without end"),
    "error": (lambda a, y, z: a / undefined, "NameError"),  # noqa: F821
    "nothing written": (unwritten, "Nothing is written here yet"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_anything_gets_a_sentence(kind):
    function, words = REFUSED[kind]
    reply = check.output_delta(function)
    assert not reply.right
    assert reply.slip is None
    assert re.search(words, reply.text), reply.text
    assert "Traceback" not in reply.text


def test_an_error_comes_with_the_line_of_the_student():
    def mine(a, y, z):
        wrong = a - y
        return wrong @ np.zeros(99)

    text = check.output_delta(mine).text
    assert "`return wrong @ np.zeros(99)`" in text
    assert "ValueError" in text


@pytest.mark.parametrize("function", [never, lambda *a: list(endless())], ids=["held", "plain"])
def test_what_does_not_end_is_stopped(function, monkeypatch):
    monkeypatch.setattr(calling, "SECONDS", 0.2)
    monkeypatch.setattr(calling.call, "__defaults__", (0.2,))
    assert "did not end within 0.2 seconds" in check.output_delta(function).text


def test_in_another_thread_too(monkeypatch):
    monkeypatch.setattr(calling.call, "__defaults__", (0.2,))

    def forever(*arguments):
        while True:
            pass

    texts = []
    thread = threading.Thread(target=lambda: texts.append(check.output_delta(forever).text))
    thread.start()
    thread.join(timeout=20)
    assert "did not end" in texts[0]


@pytest.mark.parametrize("value", [endless(), {1: 2}, 3, "ab", [1], [None], (1, 2, 3)])
def test_two_lists_of_arrays_are_wanted(value):
    for function in (lambda *a: value, lambda *a: (value, value)):
        reply = check.backward(function)
        assert not reply.right
        assert reply.slip is None
        assert "Traceback" not in reply.text


def test_an_unknown_notation_is_refused():
    with pytest.raises(
        ValueError, match="notation: expected one of 'house', 'comp90049', got 'comp'"
    ):
        check.output_delta(output_delta, notation="comp")


def test_a_reply_shows_itself():
    reply = check.output_delta(WRONG["output-sign"][1])
    assert repr(reply) == str(reply) == reply.text
    assert 'role="status"' in reply._repr_html_()
    assert "<script" not in check.output_delta("<script>")._repr_html_()

"""What a refusal is, and the networks and examples that it is tried on.

Bad input is refused with a ValueError or TypeError whose message has three parts: the name of the
argument, what is expected, and what was given. Nothing is changed by a call that is refused.
"""

import re

import pytest

from bplib import Network, Perceptron

x, y = [0.5, -0.25], [0.0, 1.0]
X, Y = [x, [1.0, 2.0], [3.0, 4.0]], [y, y, [1.0, 0.0]]
CORNERS, AND = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]


class World:
    """What a call may need: a 2-3-2 network with its passes, and a perceptron of two inputs."""

    def __init__(self, **settings):
        self.net = Network([2, 3, 2], seed=1, **settings)
        self.forward_pass = self.net.forward(x)
        self.backward_pass = self.net.backward(self.forward_pass, y)
        self.perceptron = Perceptron(2)

    def state(self):
        p = self.perceptron
        return self.net.parameters.tolist(), p.w.tolist(), p.b, list(p.mistakes)


def assert_refused(call, kind, name, expected, got, world=None):
    """`call(world)` raises exactly this kind of error; its message holds the three parts."""
    world = World() if world is None else world
    before = world.state()
    with pytest.raises((TypeError, ValueError)) as caught:
        call(world)
    assert isinstance(caught.value, kind)
    pattern = rf"{re.escape(name)}: .*expect.*{expected}.*got {got}"
    assert re.match(pattern, str(caught.value), re.DOTALL), str(caught.value)
    assert world.state() == before


def cases(table):
    """Parameters with ids from {id: (...)}."""
    return [pytest.param(*values, id=name) for name, values in table.items()]


def named(value):
    """An id that is the same in every run: the value, unless that would show an address."""
    text = str(value)
    return type(value).__name__ if " at 0x" in text or len(text) > 60 else text.replace("\n", "")


def crossed(calls, values):
    """Each call with each bad value."""
    return [
        pytest.param(*call, *value, id=f"{call_id}-{value_id}")
        for call_id, call in calls.items()
        for value_id, value in values.items()
    ]

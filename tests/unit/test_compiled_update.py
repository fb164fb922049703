"""What the compiled update says of arguments of a wrong length."""

import pytest

from bplib import Network
from bplib.codegen import compile_update

net = Network([2, 3, 1], seed=0)
parameters, x, y = net.parameters.tolist(), [0.5, -0.25], [1.0]
compiled = compile_update(net)

UPDATES = {
    "too few parameters": ((parameters[1:], x, y), "parameters: expected 13 numbers, got 12"),
    "too many": (([*parameters, 0.0], x, y), "parameters: expected 13 numbers, got 14"),
    "too few inputs": ((parameters, x[:1], y), "x: expected 2 numbers, got 1"),
    "too many inputs": ((parameters, [1.0, 2.0, 3.0], y), "x: expected 2 numbers, got 3"),
    "no targets": ((parameters, x, []), "y: expected 1 numbers, got 0"),
    "too many targets": ((parameters, x, [1.0, 2.0]), "y: expected 1 numbers, got 2"),
    "a number": ((parameters, 0.5, y), r"x: expected a sequence of 2 numbers, got float 0\.5"),
    "nothing": ((None, x, y), "parameters: expected a sequence of 13 numbers, got NoneType None"),
}


@pytest.mark.parametrize("case", UPDATES)
def test_an_update_of_a_wrong_length(case):
    arguments, message = UPDATES[case]
    with pytest.raises((TypeError, ValueError), match=f"^{message}$"):
        compiled.update(*arguments, 0.5)


EPOCHS = {
    "parameters": ((parameters[1:], [x], [y]), "parameters: expected 13 numbers, got 12"),
    "an example": ((parameters, [x, x[:1]], [y, y]), r"X\[1\]: expected 2 numbers, got 1"),
    "its target": ((parameters, [x, x], [y, [1, 2]]), r"Y\[1\]: expected 1 numbers, got 2"),
    "one example, no batch": (
        (parameters, x, y),
        "Y: expected 2 targets, one for each example of X, got 1",
    ),
    "fewer targets": (
        (parameters, [x, x], [y]),
        "Y: expected 2 targets, one for each example of X, got 1",
    ),
    "a number": ((parameters, [x], 1.0), r"Y: expected a sequence of examples, got float 1\.0"),
}


@pytest.mark.parametrize("case", EPOCHS)
def test_an_epoch_of_a_wrong_length(case):
    arguments, message = EPOCHS[case]
    with pytest.raises((TypeError, ValueError), match=f"^{message}$"):
        compiled.epoch(*arguments, 0.5)


@pytest.mark.parametrize("bad", [None, "a", 1j])
def test_another_error_is_passed_on(bad):
    with pytest.raises(TypeError, match=r"unsupported|multiply|not supported|real number"):
        compiled.update(parameters, [0.5, bad], y, 0.5)
    with pytest.raises(TypeError, match=r"unsupported|multiply|not supported|real number"):
        compiled.epoch(parameters, [[0.5, bad]], [y], 0.5)

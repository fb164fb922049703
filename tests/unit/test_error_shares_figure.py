"""Where an error comes from, in Python: its parameters, its shares, and where its rule is from."""

import re

import numpy as np
import pytest
from sympy import Symbol, expand, sympify

from bplib import Network
from bplib.figures import WhereErrorComesFrom, arithmetic
from bplib.figures.error_shares.examples import EXAMPLES, STARTS
from bplib.symbolic import derive_graph, skip_rule

SKIPPING = {"network": "3-3-4-2", "unit": 2, "skip": True, "skip_from": 2, "skip_to": 1}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"x": [1, 2, 3]}, "x: expected 2 numbers for the network 2-3-2, got 3"),
        ({"weights": [0.0] * 12}, "weights: expected 17 numbers for the network 2-3-2, got 12"),
        ({"layer": 2}, "layer: expected a hidden layer of 2-3-2, 1 to 1, got 2"),
        ({"unit": 4}, "unit: expected a unit from 1 to 3, got 4"),
        ({"skip_from": 3}, "skip_from: expected a unit from 1 to 2, got 3"),
        ({"y": [1.0]}, "y: expected 2 numbers, got shape (1,)"),
        ({"network": "2-2"}, "network: expected one of '2-2-2', '2-3-2', '2-2-2-2', '3-3-4-2'"),
        ({"skip_weight": np.nan}, "skip_weight: expected a finite number, got nan"),
        ({"view": "both"}, "view: expected one of 'next layer', 'all paths', got 'both'"),
    ],
)
def test_bad_values(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        WhereErrorComesFrom(**values)
    figure = WhereErrorComesFrom(network="2-3-2")
    before = figure.values()
    with pytest.raises(ValueError, match=re.escape(message.split(":")[0])):
        figure.set(**values)
    assert figure.values() == before


def test_a_network_has_numbers_to_start_with():
    for network, start in STARTS.items():
        figure = WhereErrorComesFrom(network=network)
        assert figure.weights == tuple(start["weights"])
        assert WhereErrorComesFrom(network=network, y=[0.5, 0.5]).y == (0.5, 0.5)
    with pytest.raises(TypeError, match="network: expected one of"):
        WhereErrorComesFrom(network=["2-2-2"])


def test_examples():
    for name, values in EXAMPLES.items():
        figure = WhereErrorComesFrom.example(name)
        assert {key: figure.values()[key] for key in values if key != "weights"} == {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in values.items()
            if key != "weights"
        }
        assert figure.weights == tuple(values.get("weights", STARTS[values["network"]]["weights"]))
    with pytest.raises(ValueError, match=r"name: expected one of Cancelling, .*, got 'Blame'"):
        WhereErrorComesFrom.example("Blame")


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "identity"])
@pytest.mark.parametrize("network", STARTS)
def test_shares_make_the_error_term(network, activation):
    net = Network([int(n) for n in network.split("-")], activation=activation, seed=0)
    net.parameters = np.array(STARTS[network]["weights"])
    forward_pass = net.forward(STARTS[network]["x"])
    backward_pass = net.backward(forward_pass, STARTS[network]["y"])
    for l in range(1, net.L):
        for j in range(net.sizes[l]):
            figure = WhereErrorComesFrom(
                network=network, activation=activation, layer=l, unit=j + 1
            )
            assert figure.delta() == pytest.approx(backward_pass.delta[l][j], abs=1e-15)
            expected = net.W[l + 1][:, j] * backward_pass.delta[l + 1]
            assert list(figure.shares()) == [(l + 1, i + 1) for i in range(net.sizes[l + 1])]
            assert np.allclose(list(figure.shares().values()), expected, rtol=0, atol=1e-15)


def test_a_skip_connection_is_a_share():
    """Checked by differences: the bias changes z one to one."""
    figure = WhereErrorComesFrom(**SKIPPING)
    assert list(figure.shares()) == [(2, 1), (2, 2), (2, 3), (2, 4), (3, 1)]

    def error(step):
        graph = figure.graph()
        graph.biases["a1_2"] += step
        return graph.backward(graph.forward(figure.x), figure.y).error

    assert (error(1e-5) - error(-1e-5)) / 2e-5 == pytest.approx(figure.delta(), rel=1e-7)
    without = WhereErrorComesFrom(**{**SKIPPING, "unit": 1})
    assert list(without.shares()) == [(2, 1), (2, 2), (2, 3), (2, 4)]


@pytest.mark.parametrize("network", STARTS)
def test_the_rule_of_the_page_is_that_of_the_derived_graph(network):
    """With share() and hiddenDelta() as printed for the page, for every hidden unit."""
    assert skip_rule().proof
    printed = dict(re.findall(r"(\w+): \((?:\w+, \w+)\) => (.*),", arithmetic.shares()))
    share, hidden = (sympify(printed[name]) for name in ("share", "hiddenDelta"))
    wiring = WhereErrorComesFrom(network=network, skip=True).graph().wiring
    derivation = derive_graph(wiring.edges, wiring.inputs, wiring.outputs)
    symbols = derivation.notation
    for unit in wiring.units:
        if unit in wiring.outputs:
            continue
        total = sum(
            share.subs({"weight": symbols.w(n, unit), "delta": symbols.delta(n)})
            for n in wiring.targets[unit]
        )
        slope = derivation[f"da_{unit}/dz_{unit}"].rhs
        composed = hidden.subs({Symbol("slope"): slope, Symbol("total"): total})
        assert expand(composed - derivation[f"delta_{unit}"].rhs) == 0


def test_the_picture_and_the_words():
    figure = WhereErrorComesFrom.example("Skip path")
    for text in (figure.description(), figure.still().body):
        assert all(number in text for number in ("0.0996", "−0.0268", "0.0121"))
    assert "over the skip connection" in figure.description()
    assert figure.still().body.count("stroke-dasharray") == 3  # one for each negative share
    dead = WhereErrorComesFrom(weights=[0.0] * 17)
    assert "this gives the error term 0." in dead.description()
    assert "nan" not in dead.still().body

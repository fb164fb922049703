"""Published worked examples, to the last stored digit."""

import ast
import json
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest

from bplib import golden

EXACT = {"rtol": 0, "atol": 1e-12}


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, **EXACT)


def passes(name):
    """The example's numbers, its network, and the passes over its one example."""
    example, net = golden.load(name), golden.network(name)
    forward_pass = net.forward(example["network"]["x"])
    return example, net, forward_pass, net.backward(forward_pass, example["network"]["y"])


@pytest.mark.parametrize("name", golden.EXAMPLES)
def test_every_stored_z_and_a_is_reproduced(name):
    example, _, forward_pass, _ = passes(name)
    for l in (1, 2):
        close(forward_pass.z[l], example["forward"][f"z{l}"])
        close(forward_pass.a[l], example["forward"][f"a{l}"])
    close(forward_pass.output, example["forward"]["a2"])


@pytest.mark.parametrize("name", golden.EXAMPLES)
def test_every_stored_delta_and_gradient_is_reproduced(name):
    example, _, _, backward_pass = passes(name)
    for key, expected in example["backward"].items():
        quantity, l = key[:-1], int(key[-1])
        close(getattr(backward_pass, quantity)[l], expected)


@pytest.mark.parametrize("name", golden.EXAMPLES)
def test_every_stored_parameter_after_one_update_is_reproduced(name):
    example, net, _, backward_pass = passes(name)
    net.update(backward_pass, example["network"]["eta"])
    for key, expected in example["after_1_step"].items():
        quantity, l = key[:-1], int(key[-1])
        close(getattr(net, quantity)[l], expected)


@pytest.mark.parametrize("name", golden.EXAMPLES)
def test_one_epoch_of_fit_is_that_one_update(name):
    example, net, _, _ = passes(name)
    net.fit(
        [example["network"]["x"]],
        [example["network"]["y"]],
        eta=example["network"]["eta"],
        epochs=1,
    )
    for key, expected in example["after_1_step"].items():
        close(getattr(net, key[:-1])[int(key[-1])], expected)


def test_mazurs_error_is_reproduced_in_all_and_for_each_output():
    example, _, forward_pass, backward_pass = passes("mazur")
    close(backward_pass.error, example["forward"]["error"])
    per_output = 0.5 * (np.array(example["network"]["y"]) - forward_pass.output) ** 2
    close(per_output, example["forward"]["error_per_output"])


def test_mazur_leaves_the_biases_alone_and_han_kamber_trains_them():
    for name, trained in (("mazur", False), ("han_kamber", True)):
        example, net, _, backward_pass = passes(name)
        assert net.train_biases is trained
        net.update(backward_pass, example["network"]["eta"])
        changed = any(not np.array_equal(net.b[l], example["network"][f"b{l}"]) for l in (1, 2))
        assert changed is trained


# Mazur's runs: 10,000 updates with his one example.


def simultaneous(train_biases):
    """The errors after 1 to 10,000 updates of all parameters at once, and the outputs."""
    example = golden.load("mazur")["network"]
    net = golden.network("mazur", train_biases=train_biases)
    history = net.fit([example["x"]], [example["y"]], eta=example["eta"], epochs=10_000)
    return dict(enumerate(history.error, start=1)), net.forward(example["x"]).output


def sequential():
    """The same, but W2 is changed before the error terms of layer 1 are computed with it.

    This is not backpropagation: delta1 is made of the old activations and the new W2.
    """
    example = golden.load("mazur")["network"]
    net = golden.network("mazur")
    error = {}
    for step in range(1, 10_001):
        forward_pass = net.forward(example["x"])
        before = net.backward(forward_pass, example["y"])
        net.W[2][...] -= example["eta"] * before.grad_W[2]
        a1 = forward_pass.a[1]
        too_late = net.W[2].T @ before.delta[2] * a1 * (1 - a1)
        net.W[1][...] -= example["eta"] * np.outer(too_late, example["x"])
        if step in (1, 9_999, 10_000):
            error[step] = net.mean_error(example["x"], example["y"])
    return error, net.forward(example["x"]).output


@pytest.fixture(scope="module")
def runs():
    return {
        "simultaneous_weights_only": simultaneous(train_biases=False),
        "simultaneous_with_biases": simultaneous(train_biases=True),
        "sequential_weights_only": sequential(),
    }


@pytest.mark.parametrize(
    "run", ["simultaneous_weights_only", "simultaneous_with_biases", "sequential_weights_only"]
)
def test_10000_updates_are_reproduced(runs, run):
    error, outputs = runs[run]
    expected = golden.load("mazur")["runs"][run]
    for step in (1, 9_999, 10_000):
        close(error[step], expected[f"error_after_{step}"])
    close(outputs, expected["outputs_after_10000"])


def test_the_biases_after_one_update_with_biases_are_reproduced():
    example, expected = golden.load("mazur")["network"], golden.load("mazur")["runs"]
    net = golden.network("mazur", train_biases=True)
    backward_pass = net.backward(net.forward(example["x"]), example["y"])
    net.update(backward_pass, example["eta"])
    close(net.b[1], expected["simultaneous_with_biases"]["b1_after_1"])
    close(net.b[2], expected["simultaneous_with_biases"]["b2_after_1"])


def test_update_by_hand_gives_the_run_of_fit(runs):
    example = golden.load("mazur")["network"]
    net = golden.network("mazur")
    for step in range(1, 101):
        net.update(net.backward(net.forward(example["x"]), example["y"]), example["eta"])
        assert net.mean_error(example["x"], example["y"]) == pytest.approx(
            runs["simultaneous_weights_only"][0][step], rel=1e-13
        )


def test_mazurs_printed_steps_are_roundings_but_for_one_digit():
    example, net, forward_pass, backward_pass = passes("mazur")
    (_, a1, a2), (z1, z2) = forward_pass.a, list(forward_pass.z)
    y, delta2 = np.array(example["network"]["y"]), backward_pass.delta[2]
    error, back = 0.5 * (y - a2) ** 2, net.W[2][:, 0] * delta2
    computed = {
        "net_h1": z1[0],
        "out_h1": a1[0],
        "out_h2": a1[1],
        "net_o1": z2[0],
        "out_o1": a2[0],
        "out_o2": a2[1],
        "E_o1": error[0],
        "E_o2": error[1],
        "E_total": error.sum(),
        "dE/dout_o1": a2[0] - y[0],
        "dout_o1/dnet_o1": a2[0] * (1 - a2[0]),
        "delta_o1": delta2[0],
        "dE/dw5": backward_pass.grad_W[2][0, 0],
        "dE_o1/dout_h1": back[0],
        "dE_o2/dout_h1": back[1],
        "dE/dout_h1": back.sum(),
        "dout_h1/dnet_h1": a1[0] * (1 - a1[0]),
        "dE/dw1": backward_pass.grad_W[1][0, 0],
    }
    net.update(backward_pass, example["network"]["eta"])
    computed |= zip(["w1+", "w2+", "w3+", "w4+"], net.W[1].ravel(), strict=True)
    computed |= zip(["w5+", "w6+", "w7+", "w8+"], net.W[2].ravel(), strict=True)
    printed = example["published"]["steps"]
    assert set(computed) == set(printed)
    differ = {
        name: f"{value:.9f}"
        for name, value in computed.items()
        if f"{value:.{len(printed[name].partition('.')[2])}f}" != printed[name]
    }
    # Printed as the difference of the rounded numbers around it.
    assert differ == {"dE_o2/dout_h1": "-0.019049118"}
    rest = float(printed["dE/dout_h1"]) - float(printed["dE_o1/dout_h1"])
    assert f"{rest:.9f}" == printed["dE_o2/dout_h1"]


def test_with_the_total_of_other_copies_mazurs_totals_are_one_run(runs):
    published = golden.load("mazur")["published"]
    one_by_one, _ = runs["sequential_weights_only"]
    at_once, _ = runs["simultaneous_weights_only"]
    elsewhere = published["error_after_10000_in_other_copies"]
    assert round(one_by_one[10_000], 9) == elsewhere
    assert all(
        round(e, 9) != elsewhere for e in (at_once[9_999], at_once[10_000], one_by_one[9_999])
    )


def test_mazurs_published_numbers_come_from_two_different_algorithms(runs):
    published = golden.load("mazur")["published"]
    at_once, _ = runs["simultaneous_weights_only"]
    one_by_one, outputs_one_by_one = runs["sequential_weights_only"]
    _, outputs_at_once = runs["simultaneous_weights_only"]

    def round_10(value):
        return float(f"{value:.10f}")

    # The error after one update, to the nine printed digits: sequential only.
    assert round(one_by_one[1], 9) == published["error_after_1"]
    assert round(at_once[1], 9) != published["error_after_1"]
    # The outputs after 10,000 updates: sequential only.
    assert np.round(outputs_one_by_one, 9).tolist() == published["outputs_after_10000"]
    assert np.round(outputs_at_once, 9).tolist() != published["outputs_after_10000"]
    # The error after "10,000" updates: simultaneous, after 9,999.
    assert round_10(at_once[9_999]) == published["error_after_10000"]
    others = (at_once[10_000], one_by_one[9_999], one_by_one[10_000])
    assert all(round_10(error) != published["error_after_10000"] for error in others)


def test_han_kambers_published_numbers_are_roundings():
    example, net, forward_pass, backward_pass = passes("han_kamber")
    published = example["published"]
    net_inputs = [*forward_pass.z[1], *forward_pass.z[2]]
    assert np.round(net_inputs, 3).tolist() == published["net_inputs"]
    outputs = [*forward_pass.a[1], *forward_pass.a[2]]
    assert np.round(outputs, 3).tolist() == published["outputs"]

    err = published["err"]  # -delta, with units 4 and 5 in layer 1 and unit 6 in layer 2
    assert round(-backward_pass.delta[1][0], 4) == err["unit4"]
    assert round(-backward_pass.delta[1][1], 4) == err["unit5"]
    # Computed from the output as printed; from the full output it would print as 0.1312.
    o = published["outputs"][2]
    assert round(o * (1 - o) * (1 - o), 4) == err["unit6"]
    assert round(-backward_pass.delta[2][0], 4) == 0.1312

    net.update(backward_pass, example["network"]["eta"])
    updated = {
        "w14": net.W[1][0, 0],
        "w24": net.W[1][0, 1],
        "w34": net.W[1][0, 2],
        "w15": net.W[1][1, 0],
        "w25": net.W[1][1, 1],
        "w35": net.W[1][1, 2],
        "w46": net.W[2][0, 0],
        "w56": net.W[2][0, 1],
        "theta4": net.b[1][0],
        "theta5": net.b[1][1],
        "theta6": net.b[2][0],
    }
    assert set(updated) == set(published) - {"net_inputs", "outputs", "err"}
    for name, value in updated.items():
        assert round(value, 3) == published[name], name


@pytest.mark.parametrize("name", golden.EXAMPLES)
def test_the_network_is_the_published_one(name):
    stored, net = golden.load(name)["network"], golden.network(name)
    assert list(net.sizes) == stored["sizes"]
    assert net.error == stored["error"]
    assert set(net.activation) == {stored["activation"]}
    for l in (1, 2):
        np.testing.assert_array_equal(net.W[l], stored[f"W{l}"])
        np.testing.assert_array_equal(net.b[l], stored[f"b{l}"])


@pytest.mark.parametrize("name", golden.EXAMPLES)
def test_load_returns_the_stored_file_anew_each_time(name):
    first = golden.load(name)
    first["network"]["x"][0] = 99
    text = files(golden).joinpath(f"{name}.json").read_text(encoding="utf-8")
    assert golden.load(name) == json.loads(text)


# The program that computes the numbers without bplib.

PROGRAM = files(golden).joinpath("compute.py")


@pytest.fixture(scope="module", params=golden.EXAMPLES)
def computed(request):
    """The name of an example and what the program prints of it."""
    command = [sys.executable, "-I", str(PROGRAM), request.param]
    return request.param, json.loads(
        subprocess.run(command, capture_output=True, check=True).stdout
    )


def flat(numbers):
    """Lists and dictionaries of numbers as one dictionary: path -> number."""
    if isinstance(numbers, int | float):
        return {(): numbers}
    items = numbers.items() if isinstance(numbers, dict) else enumerate(numbers)
    return {(key, *rest): v for key, inner in items for rest, v in flat(inner).items()}


def test_the_program_uses_nothing_of_bplib():
    imported = set()
    for node in ast.walk(ast.parse(PROGRAM.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module.split(".")[0])
    assert imported == {"json", "mpmath", "pathlib", "sys"}


def test_every_stored_number_is_that_of_the_program(computed):
    name, numbers = computed
    given = {"source", "network", "published"}
    stored = flat({part: v for part, v in golden.load(name).items() if part not in given})
    found = flat(numbers)
    assert len(stored) >= 20
    assert not stored.keys() - found.keys()
    for path, number in stored.items():
        # 10,000 updates of floats add up their roundings.
        tolerance = 1e-13 if "runs" in path else 1e-15
        assert number == pytest.approx(found[path], rel=0, abs=tolerance), path


def test_the_program_and_bplib_agree_on_every_number_of_the_update(computed):
    name, numbers = computed
    _, net, forward_pass, backward_pass = passes(name)
    for l in (1, 2):
        close(forward_pass.z[l], numbers["forward"][f"z{l}"])
        close(backward_pass.delta[l], numbers["backward"][f"delta{l}"])
        close(backward_pass.grad_W[l], numbers["backward"][f"grad_W{l}"])
    net.update(backward_pass, golden.load(name)["network"]["eta"])
    for l in (1, 2):
        close(net.W[l], numbers["after_1_step"][f"W{l}"])
        close(net.b[l], numbers["after_1_step"][f"b{l}"])

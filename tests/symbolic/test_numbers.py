"""What was derived computes what bplib computes: as formulas, and as programs in two languages."""

import json
import shutil
import subprocess
import warnings
from itertools import islice

import numpy as np
import pytest
from sympy import lambdify

from bplib import Network
from bplib.codegen import (
    compile_numpy,
    compile_update,
    general_javascript_source,
    javascript_source,
)
from bplib.symbolic import derive
from bplib.symbolic.notation import E, Partial, a, delta, z

NETWORKS = {
    "1-1-1-1 sigmoid": ([1, 1, 1, 1], "sigmoid", "half_squared", True),
    "2-1-1 tanh": ([2, 1, 1], "tanh", "half_squared", True),
    "2-2-2 sigmoid, no biases": ([2, 2, 2], "sigmoid", "half_squared", False),
    "2-3-2 sigmoid": ([2, 3, 2], "sigmoid", "half_squared", True),
    "2-3-2 sigmoid, binary cross-entropy": ([2, 3, 2], "sigmoid", "binary_cross_entropy", True),
    "2-3-2 tanh, identity": ([2, 3, 2], ["tanh", "identity"], "half_squared", True),
    "2-3-3 tanh, softmax": ([2, 3, 3], ["tanh", "softmax"], "cross_entropy", True),
    "2-3-3 sigmoid, softmax": ([2, 3, 3], ["sigmoid", "softmax"], "half_squared", True),
    "2-3-2 relu": ([2, 3, 2], "relu", "half_squared", True),
    "3-3-4-2 sigmoid": ([3, 3, 4, 2], "sigmoid", "half_squared", True),
}
# Orders of magnitude of parameters and inputs; the last give z of about 1e4.
SCALES = [(1, 1)] * 70 + [(10, 1)] * 20 + [(1e3, 1)] * 20 + [(1e3, 10)] * 10
ETA = 0.5


def network_of(name):
    sizes, activation, error, biases = NETWORKS[name]
    return Network(sizes, activation, error, biases=biases)


def trials(name):
    """A network with drawn parameters, and an example, for each of SCALES."""
    rng = np.random.default_rng(7)
    net = network_of(name)
    for parameter_scale, input_scale in SCALES:
        net.parameters[...] = parameter_scale * rng.uniform(-1, 1, net.parameters.size)
        x = input_scale * rng.uniform(-1, 1, net.sizes[0])
        y = rng.uniform(0, 1, net.sizes[-1])
        yield net, x, y / y.sum() if net.error == "cross_entropy" else y


def assert_close(actual, expected, what=""):
    """Equal to 1e-12, measured against the largest of the numbers compared (but not below 1)."""
    expected = np.asarray(expected, dtype=float)
    scale = max(1.0, np.max(np.abs(expected)))
    np.testing.assert_allclose(
        np.asarray(actual, dtype=float) / scale, expected / scale, rtol=0, atol=1e-12, err_msg=what
    )


def flat(layers):
    return np.concatenate([np.ravel(array) for array in layers])


@pytest.mark.parametrize("name", NETWORKS)
def test_lambdified_rules(name):
    sizes, activation, error, biases = NETWORKS[name]
    spec = (d := derive(sizes, activation, error, biases)).spec
    given = [*spec.a(0), *spec.y, *spec.parameters]
    functions, known = [], list(given)
    for symbol, rule in d.rules.items():
        functions.append((symbol, lambdify(known, rule, "numpy", dummify=True)))
        known.append(symbol)
    for net, x, y in islice(trials(name), 70):  # the textbook formulas overflow further out
        values = [*x, *y, *net.parameters]
        for _, function in functions:
            values.append(function(*values))
        value = dict(zip(known, values, strict=True))
        forward = net.forward(x)
        backward = net.backward(forward, y)
        for l in spec.layers:
            units = spec.units(l)
            assert_close([value[z(l, u)] for u in units], forward.z[l], f"z[{l}]")
            assert_close([value[a(l, u)] for u in units], forward.a[l], f"a[{l}]")
            assert_close([value[delta(l, u)] for u in units], backward.delta[l], f"delta[{l}]")
        assert_close([value[Partial(E, p)] for p in spec.parameters], backward.vector)


@pytest.mark.parametrize("name", NETWORKS)
def test_numpy(name):
    function = compile_numpy(network_of(name))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for net, x, y in trials(name):
            backward = net.backward(net.forward(x), y)
            arguments = (net.W, x, y) if net.b is None else (net.W, net.b, x, y)
            grad_W, grad_b = function(*arguments)
            for l in range(1, net.L + 1):
                assert_close(grad_W[l], backward.grad_W[l])
                if net.b is not None:
                    assert_close(grad_b[l], backward.grad_b[l])


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("train_biases", [True, False])
def test_python(name, train_biases):
    compiled = compile_update(network_of(name), train_biases)
    for net, x, y in trials(name):
        net.train_biases = train_biases
        before = net.parameters.tolist()
        net.update(net.backward(net.forward(x), y), ETA)
        after = compiled.update(before, x.tolist(), y.tolist(), ETA)
        assert_close(after, net.parameters)
        assert compiled.epoch(before, [x.tolist()], [y.tolist()], ETA) == after
        if not train_biases and net.b is not None:
            assert list(after[-sum(net.sizes[1:]) :]) == flat(net.b).tolist()


def test_an_epoch_is_one_update_after_another():
    rng = np.random.default_rng(3)
    net = Network([2, 3, 2])
    X, Y = rng.uniform(size=(20, 2)), rng.uniform(size=(20, 2))
    after = compile_update(net).epoch(net.parameters.tolist(), X.tolist(), Y.tolist(), ETA)
    for x, y in zip(X, Y, strict=True):
        net.update(net.backward(net.forward(x), y), ETA)
    assert_close(after, net.parameters)


@pytest.mark.parametrize("far", [1e4, -1e4, 745.0, -745.0, 709.9, -709.9, 1e300, -1e300])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", ["tanh", "softmax"]], ids=str)
def test_nothing_overflows_far_out(activation, far):
    error = "cross_entropy" if "softmax" in activation else "half_squared"
    net = Network([1, 1, 2], activation, error)
    net.W[1], net.b[1], net.W[2], net.b[2] = [[1.0]], [0.0], [[0.5], [-0.5]], [far, 0.0]
    for x, y in (([far], [1.0, 0.0]), ([0.5], [0.0, 1.0])):
        expected = net.copy()
        expected.update(expected.backward(expected.forward(x), y), ETA)
        after = compile_update(net).update(net.parameters.tolist(), x, y, ETA)
        assert np.isfinite(after).all()
        assert_close(after, expected.parameters)


RUNNER = """
import { readFileSync } from "node:fs";
const [module, data] = process.argv.slice(-2);
const net = await import(module);
const trials = JSON.parse(readFileSync(data, "utf8"));
const results = trials.map(({ parameters, x, y, eta }) => {
  const pass = net.forward(parameters, x);
  const { delta, gradient } = net.backward(parameters, pass, y);
  const updated = net.update(parameters, x, y, eta);
  const error = net.error?.(pass, y);
  return { sizes: net.sizes, z: pass.z, a: pass.a, error, delta, gradient, updated };
});
console.log(JSON.stringify(results));
"""


def run_in_node(source, cases, folder):
    (folder / "network.mjs").write_text(source, encoding="utf-8")
    (folder / "run.mjs").write_text(RUNNER, encoding="utf-8")
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    files = [str(folder / name) for name in ("run.mjs", "network.mjs", "cases.json")]
    done = subprocess.run(["node", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


IN_PAGE = """
async ([source, cases]) => {
  const net = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return cases.map(({ parameters, x, y, eta }) => {
    const pass = net.forward(parameters, x);
    const { delta, gradient } = net.backward(parameters, pass, y);
    const updated = net.update(parameters, x, y, eta);
    const error = net.error?.(pass, y);
    return { sizes: net.sizes, z: pass.z, a: pass.a, error, delta, gradient, updated };
  });
}
"""


@pytest.fixture
def run_javascript(request, tmp_path):
    """Node.js where there is one, else a browser."""
    if shutil.which("node"):
        return lambda source, cases: run_in_node(source, cases, tmp_path)
    page = request.getfixturevalue("windows").take().page
    return lambda source, cases: page.evaluate(IN_PAGE, [source, cases])


@pytest.mark.parametrize("name", NETWORKS)
def test_javascript(name, run_javascript):
    for result, _ in in_javascript(name, javascript_source(network_of(name)), run_javascript):
        assert "error" not in result


@pytest.mark.parametrize("name", [name for name in NETWORKS if NETWORKS[name][3]])
def test_general_javascript(name, run_javascript):
    net = network_of(name)
    given = json.dumps([list(net.sizes), list(net.activation), net.error])
    source = f"{general_javascript_source()}\nexport const "
    source += f"{{ sizes, forward, error, backward, update }} = network(...{given});\n"
    for result, expected_error in in_javascript(name, source, run_javascript):
        assert_close(result["error"], expected_error)


def in_javascript(name, source, run_javascript):
    """The result of each trial, when it has been compared with bplib, and bplib's error."""
    cases, expected = [], []
    for net, x, y in trials(name):
        forward = net.forward(x)
        backward = net.backward(forward, y)
        case = {"parameters": net.parameters.tolist(), "x": x.tolist(), "y": y.tolist(), "eta": ETA}
        cases.append(case)
        updated = net.parameters - ETA * backward.vector
        expected.append((forward, backward, updated, net.sizes))
    results = run_javascript(source, cases)
    for result, (forward, backward, updated, sizes) in zip(results, expected, strict=True):
        assert result["sizes"] == list(sizes)
        assert result["z"][0] is None
        assert result["delta"][0] is None
        assert_close(flat(result["z"][1:]), flat(forward.z))
        assert_close(flat(result["a"]), flat(forward.a))
        assert_close(flat(result["delta"][1:]), flat(backward.delta))
        assert_close(result["gradient"], backward.vector)
        assert_close(result["updated"], updated)
        yield result, backward.error

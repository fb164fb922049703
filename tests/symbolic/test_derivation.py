"""What a reader meets: names, display, the same every time; and clear errors."""

import subprocess
import sys

import numpy as np
import pytest
import sympy as sp

from bplib import Network
from bplib.codegen import (
    compile_numpy,
    compile_update,
    javascript_source,
    numpy_source,
    python_source,
)
from bplib.symbolic import (
    StepNameError,
    chain_rule,
    derive,
    general_rules,
    house_latex,
    prove_equal,
)
from bplib.symbolic.notation import E, Partial, a, b, delta, i, j, l, w, y, z


def test_importing_bplib_leaves_sympy_alone():
    code = "import sys, bplib, bplib.graph; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_house_latex():
    assert sp.latex(w(l, i, j)) == "w^{l}_{ij}"
    assert sp.latex(b(l, i)) == "b^{l}_{i}"
    assert sp.latex(z(l, i)) == "z^{l}_{i}"
    assert sp.latex(a(l - 1, j)) == "a^{l-1}_{j}"
    assert sp.latex(delta(l + 1, i)) == r"\delta^{l+1}_{i}"
    assert sp.latex(w(2, 1, 3)) == "w^{2}_{13}"
    assert sp.latex(w(1, 10, 2)) == "w^{1}_{10, 2}"
    assert sp.latex(delta(1, 2)) == r"\delta^{1}_{2}"
    assert sp.latex(a(l, i) ** 2) == r"\left(a^{l}_{i}\right)^{2}"
    assert house_latex(general_rules()["delta"].statement) == (
        r"\delta^{l}_{i} = g'(z^{l}_{i}) \sum_{k} w^{l+1}_{ki} \delta^{l+1}_{k}"
    )
    assert derive([2, 2, 2])["delta^1_1"].latex() == (
        r"\delta^{1}_{1} = a^{1}_{1} \left(1 - a^{1}_{1}\right) "
        r"\left(w^{2}_{11} \delta^{2}_{1} + w^{2}_{21} \delta^{2}_{2}\right)"
    )


def test_steps_by_name_and_by_symbol():
    d = derive([2, 3, 2])
    assert d["delta^1_3"] is d[delta(1, 3)]
    assert d["dE/dw^2_13"] is d[Partial(E, w(2, 1, 3))]
    assert d[Partial(E, w(2, 1, 3))].rhs == delta(2, 1) * a(1, 3)
    assert d["delta^2_1"].rhs == (a(2, 1) - y(1)) * a(2, 1) * (1 - a(2, 1))
    assert "dE/db^1_1" in d
    assert "dE/db^1_4" not in d
    assert [step.name for step in d.of_kind("delta").steps] == [
        f"delta^{layer}_{unit}" for layer, units in ((2, 2), (1, 3)) for unit in range(1, units + 1)
    ]
    assert list(d.show("E", "delta^2_1")) == ["E", "delta^2_1"]
    with pytest.raises(StepNameError, match=r"got 'delta^1_4'; did you mean".replace("^", r"\^")):
        d["delta^1_4"]
    with pytest.raises(KeyError, match="expected the name of a step, got 'nonsense'"):
        d["nonsense"]


def test_the_display_is_the_same_every_time_and_in_every_process():
    code = (
        "from bplib.symbolic import *;"
        "ds = [derive([2, 2, 3], ['relu', 'softmax'], 'cross_entropy'), general_rules(),"
        " chain_rule(), derive_graph([('o', 'x'), ('o', 'h'), ('h', 'x')], ['x'], ['o'])];"
        "print([(d, d.show(*list(d)[::5])._repr_html_()) for d in ds]);"
        "from bplib.codegen import *; d = ds[0];"
        "print(python_source(d), javascript_source(d), numpy_source(d))"
    )
    outputs = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert " at 0x" not in outputs.pop()


def test_display_tells_reason_assumption_and_verdict():
    step = derive([1, 2, 2], ["tanh", "softmax"], "cross_entropy")["delta^2_1"]
    shown = step._repr_html_()
    assert "the targets sum to 1" in shown
    assert r"\(y_{1} + y_{2} = 1\)" in shown
    assert '<p class="bp-proof">proved</p>' in shown
    assert "<summary>proved</summary>" in derive([1, 1])._repr_html_()
    assert repr(step) == "delta^2_1: delta^{2}_{1} = a^{2}_{1} - y_{1}"
    assert repr(step.proof) == "delta^2_1: proved"


def test_softmax_needs_targets_that_sum_to_one():
    d = derive([1, 2, 3], ["tanh", "softmax"], "cross_entropy")
    short = d["delta^2_1"]
    assert short.rhs == a(2, 1) - y(1)
    assert short.proof
    assert short.needs_assumptions()
    # The difference, at targets that sum to 2.
    wrong_by = d["delta^2_1: what the short rule leaves out"]
    assert wrong_by.proof
    assert not wrong_by.assumptions
    values = {y(1): 1, y(2): 1, y(3): 0, a(2, 1): sp.Rational(1, 4)}
    assert wrong_by.rhs.subs(values) == sp.Rational(1, 4)
    assert [s.name for s in d.steps if s.assumptions] == [f"delta^2_{unit}" for unit in (1, 2, 3)]
    assert all(s.needs_assumptions() for s in d.steps if s.assumptions)
    assert not short.proves(sp.Eq(short.lhs, short.rhs + y(1) + y(2), evaluate=False))


def test_a_proof_that_fails_says_so():
    d = derive([2, 1, 1])
    step = d["delta^1_1"]
    assert not step.proves(sp.Eq(step.lhs, -step.rhs, evaluate=False))
    report = type(d.prove())("title", [type(step.proof)("delta^1_1", False), step.proof])
    assert not report
    assert report.failed == ["delta^1_1"]
    assert repr(report) == "title: 1 of 2 proved, not delta^1_1"


def test_prove_equal():
    x, u = sp.symbols("x u", real=True)
    s = 1 / (1 + sp.exp(-x))
    assert prove_equal(sp.diff(s, x), s * (1 - s))
    assert not prove_equal(sp.diff(s, x), s * (1 + s))
    assert prove_equal(sp.diff(sp.tanh(x), x), 1 - sp.tanh(x) ** 2)
    assert prove_equal(sp.tanh(-x), -sp.tanh(x))
    assert prove_equal(sp.exp(x + u), sp.exp(x) * sp.exp(u))
    assert prove_equal(sp.exp(2 * x) - 1, (sp.exp(x) - 1) * (sp.exp(x) + 1))
    assert prove_equal(1 / s, 1 + sp.exp(-x))
    assert prove_equal(x + u, 1, given={u: 1 - x})
    assert not prove_equal(x + u, 1)
    assert prove_equal(sp.sqrt(x) * 2, sp.sqrt(x) + sp.sqrt(x))
    # More function values than the field has room for at first.
    terms = [sp.log(x + number) for number in range(20)]
    assert prove_equal(
        sum(terms) ** 2,
        sp.expand(sum(terms[:10]) ** 2)
        + sum(terms[10:]) ** 2
        + 2 * sum(terms[:10]) * sum(terms[10:]),
    )
    assert not prove_equal(sum(terms), sum(terms[1:]))


def test_naive_gradient_is_the_derivative_of_the_whole_error():
    d = derive([1, 1, 1])
    output = 1 / (
        1 + sp.exp(-(w(2, 1, 1) / (1 + sp.exp(-(w(1, 1, 1) * a(0, 1) + b(1, 1)))) + b(2, 1)))
    )
    whole = (y(1) - output) ** 2 / 2
    assert prove_equal(d.naive_gradient(w(1, 1, 1)), sp.diff(whole, w(1, 1, 1)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([2],), r"sizes: expected at least two layers, the input and the output, got \[2\]"),
        (([2, 0, 1],), r"sizes\[1\]: expected a whole number of at least 1, got 0"),
        (([2, 2, 2], "sigmod"), "activation: expected one of .* did you mean 'sigmoid'"),
        (([2, 2, 2], ["tanh"]), "activation: expected one name, or 2 names"),
        (([2, 2, 2], ["softmax", "tanh"]), "softmax in the output layer only, got it in layer 1"),
        (([2, 2, 1], ["tanh", "softmax"]), "softmax expects at least 2 output units"),
        (([2, 2, 2], "tanh", "squared"), "error: expected one of .* got 'squared'"),
        (([2, 2, 2], "tanh", "cross_entropy"), "expects the output activation 'softmax'"),
        (([30, 30, 10],), "at most 500 weights.*got 1200.*general_rules.*Network.fit"),
    ],
)
def test_bad_networks(arguments, message):
    with pytest.raises(ValueError, match=message):
        derive(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5,), "sizes: expected a sequence, an item a layer, got int 5"),
        (("232",), "sizes: expected a sequence, an item a layer, got str '232'"),
        (([2, 2.5, 1],), r"sizes\[1\]: expected a whole number, got float 2.5"),
        (([2, 1], 3), "activation: expected a sequence, an item a layer, got int 3"),
        (([2, 1], [3]), r"activation\[0\] \(layer 1\): expected one of .* got int 3"),
        (([2, 1], "tanh", None), "error: expected one of .* got NoneType None"),
        (([2, 1], "tanh", "half_squared", 1), "biases: expected True or False, got int 1"),
    ],
)
def test_wrong_types(arguments, message):
    with pytest.raises(TypeError, match=message):
        derive(*arguments)


@pytest.mark.parametrize("arguments", [0, -1])
def test_chain_rule_of_nothing(arguments):
    with pytest.raises(ValueError, match="arguments: expected a whole number of at least 1"):
        chain_rule(arguments)


@pytest.mark.parametrize("generate", [compile_update, python_source, javascript_source])
def test_networks_too_large_to_write_out(generate):
    message = r"network: expected at most 500 weights.*got 1200; train it with Network.fit instead"
    with pytest.raises(ValueError, match=message):
        generate(Network([30, 30, 10]))


@pytest.mark.parametrize(
    "generate", [compile_update, python_source, javascript_source, numpy_source, compile_numpy]
)
def test_generators_want_a_network(generate):
    with pytest.raises(
        TypeError, match=r"network: expected a Network or the result of .*, got list"
    ):
        generate([2, 3, 2])


def test_train_biases_is_a_flag():
    with pytest.raises(TypeError, match="train_biases: expected True or False"):
        compile_update(Network([2, 1]), train_biases=None)


def test_numpy_source_has_no_limit():
    net = Network([64, 32, 10], ["tanh", "softmax"], "cross_entropy")
    x, t = np.linspace(-1, 1, 64), np.eye(10)[3]
    grad_W, _ = compile_numpy(net)(net.W, net.b, x, t)
    expected = net.backward(net.forward(x), t)
    np.testing.assert_allclose(grad_W[1], expected.grad_W[1], rtol=1e-12, atol=1e-14)


def test_sources_read_well():
    d = derive([2, 3, 2])
    assert numpy_source(d).splitlines()[2:] == [
        "    a0 = x",
        '    with np.errstate(over="ignore", under="ignore"):',
        "        z1 = W[1] @ a0 + b[1]",
        "        a1 = 1 / (1 + np.exp(-z1))",
        "        z2 = W[2] @ a1 + b[2]",
        "        a2 = 1 / (1 + np.exp(-z2))",
        "    d2 = (a2 - y) * a2 * (1 - a2)",
        "    d1 = a1 * (1 - a1) * (W[2].T @ d2)",
        "    grad_W = {1: np.outer(d1, a0), 2: np.outer(d2, a1)}",
        "    grad_b = {1: d1, 2: d2}",
        "    return grad_W, grad_b",
    ]
    assert "    d2_1 = a2_1*(1.0 - a2_1)*(a2_1 - y_1)" in python_source(d).splitlines()
    assert repr(compile_update(d)) == "CompiledUpdate(2-3-2 network, sigmoid, half squared)"

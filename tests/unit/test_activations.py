"""Each activation: its value, its derivative from its own output, and what happens far out."""

import mpmath
import numpy as np
import pytest

from bplib import Network
from bplib.activations import ACTIVATIONS

UNITWISE = ["identity", "sigmoid", "tanh", "relu"]
SMOOTH = ["identity", "sigmoid", "tanh", "softmax"]
FAR = [0.0, 1.0, -1.0, 40.0, -40.0, 700.0, -700.0, 800.0, -800.0, 1e4, -1e4]
Z = np.array([[-3.0, -0.5, 0.25, 2.0], [1.5, -1.0, 4.0, -0.125]])
H = 1e-30


def value(name, z):
    return ACTIVATIONS[name].value(np.asarray(z))


def pullback(name, gradient, a):
    gradient = np.array(gradient)
    ACTIVATIONS[name].pullback(gradient, a, np.empty_like(a))
    return gradient


def exact_sigmoid(z):
    with mpmath.workdps(40):
        return float(1 / (1 + mpmath.exp(-mpmath.mpf(z))))


def exact_sigmoid_slope(z):
    with mpmath.workdps(40):
        e = mpmath.exp(-abs(mpmath.mpf(z)))
        return float(e / (1 + e) ** 2)


def test_there_are_five_activations_and_each_knows_its_name():
    assert set(ACTIVATIONS) == {"identity", "sigmoid", "tanh", "relu", "softmax"}
    assert all(g.name == name for name, g in ACTIVATIONS.items())


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("identity", lambda z: z),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-z))),
        ("tanh", lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))),
        ("relu", lambda z: np.where(z > 0, z, 0)),
        ("softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)),
    ],
)
def test_value_is_the_textbook_formula(name, formula):
    np.testing.assert_allclose(value(name, Z), formula(Z), rtol=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_writes_to_out_and_leaves_z_alone(name):
    z, out = Z.copy(), np.full_like(Z, np.nan)
    result = ACTIVATIONS[name].value(z, out=out)
    assert result is out
    np.testing.assert_array_equal(out, value(name, Z))
    np.testing.assert_array_equal(z, Z)


@pytest.mark.parametrize("name", UNITWISE)
def test_derivative_from_the_output_is_the_derivative_by_z(name):
    complex_step = value(name, Z + 1j * H).imag / H
    derivative = ACTIVATIONS[name].derivative(value(name, Z))
    np.testing.assert_allclose(derivative, complex_step, rtol=1e-13)


@pytest.mark.parametrize("name", UNITWISE)
def test_derivative_writes_to_out_and_leaves_a_alone(name):
    a, out = value(name, Z), np.full_like(Z, np.nan)
    before = a.copy()
    assert ACTIVATIONS[name].derivative(a, out=out) is out
    np.testing.assert_array_equal(out, ACTIVATIONS[name].derivative(before))
    np.testing.assert_array_equal(a, before)


def test_relu_has_slope_0_at_its_kink_for_the_formula_and_for_the_complex_step():
    assert value("relu", [0.0])[0] == 0
    assert ACTIVATIONS["relu"].derivative(np.array([0.0]))[0] == 0
    assert value("relu", np.array([0.0 + 1j * H]))[0] == 0


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_pullback_is_the_transposed_jacobian_times_the_gradient(name):
    z, gradient = Z[0], np.array([0.3, -1.2, 0.7, 2.0])
    n = len(z)
    # Column j of the Jacobian: a complex step along z_j.
    steps = value(name, np.tile(z, (n, 1)) + 1j * H * np.eye(n)).imag / H
    expected = steps @ gradient
    a = value(name, z[np.newaxis])
    np.testing.assert_allclose(pullback(name, gradient[np.newaxis], a)[0], expected, rtol=1e-12)


def test_softmax_outputs_are_positive_and_sum_to_1():
    a = value("softmax", Z)
    assert (a > 0).all()
    np.testing.assert_allclose(a.sum(axis=-1), 1, rtol=1e-15)


def test_softmax_does_not_change_when_all_z_are_shifted():
    np.testing.assert_allclose(value("softmax", Z + 1e4), value("softmax", Z), rtol=1e-11)


def test_softmax_has_no_unitwise_derivative():
    with pytest.raises(TypeError, match="softmax has no unit-wise derivative"):
        ACTIVATIONS["softmax"].derivative(np.array([[0.5, 0.5]]))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_one_row_of_a_batch_is_that_example_alone(name):
    batch = value(name, Z)
    for row, z in zip(batch, Z, strict=True):
        np.testing.assert_array_equal(row, value(name, z[np.newaxis])[0])


@pytest.mark.parametrize("z", FAR)
def test_sigmoid_is_exact_far_out(z):
    with np.errstate(all="raise"):
        a = value("sigmoid", [z])[0]
    assert a == pytest.approx(exact_sigmoid(z), rel=1e-14, abs=0)


@pytest.mark.parametrize("z", FAR)
def test_the_complex_sigmoid_is_exact_far_out_in_value_and_slope(z):
    with np.errstate(all="raise"):
        a = value("sigmoid", np.array([z + 1j * H]))[0]
    assert a.real == pytest.approx(exact_sigmoid(z), rel=1e-14, abs=0)
    assert a.imag / H == pytest.approx(exact_sigmoid_slope(z), rel=1e-13, abs=1e-290)


@pytest.mark.parametrize("z", FAR)
def test_sigmoid_of_minus_z_is_the_rest_to_1(z):
    assert value("sigmoid", [z])[0] + value("sigmoid", [-z])[0] == 1


@pytest.mark.parametrize("z", [1e4, 800.0, 40.0])
def test_tanh_reaches_its_limits_without_a_warning(z):
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(value("tanh", [z, -z]), [1, -1])
    a = value("tanh", np.array([z + 1j * H, -z + 1j * H]))
    np.testing.assert_array_equal(a.real, [1, -1])
    assert np.isfinite(a).all()


@pytest.mark.parametrize("z", [1e4, 800.0])
def test_softmax_reaches_its_limits_without_a_warning(z):
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(value("softmax", [z, -z, 0.0]), [1, 0, 0])
        np.testing.assert_array_equal(value("softmax", [-z, -z]), [0.5, 0.5])
        a = value("softmax", np.array([z + 1j * H, -z, 0.0]))
    np.testing.assert_array_equal(a.real, [1, 0, 0])
    np.testing.assert_allclose(a.imag, 0, atol=1e-300)


def test_softmax_is_exact_at_moderate_distances():
    with mpmath.workdps(40):
        e = [mpmath.exp(k) for k in (40, 0, -40)]
        expected = [float(x / sum(e)) for x in e]
    np.testing.assert_allclose(value("softmax", [40.0, 0.0, -40.0]), expected, rtol=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_values_keep_the_dtype_of_z(name, dtype):
    assert value(name, Z.astype(dtype)).dtype == dtype


@pytest.mark.parametrize("name", UNITWISE)
def test_derivatives_keep_float32(name):
    assert ACTIVATIONS[name].derivative(value(name, Z.astype(np.float32))).dtype == np.float32


@pytest.mark.parametrize("output", ["identity", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("scale", [40.0, 740.0, 800.0, 1e4])
def test_saturated_networks_pass_forward_and_backward_even_if_every_float_flag_raises(
    output, scale
):
    # 740: exp(-740) is a number that float64 holds with two digits only.
    net = Network([2, 2, 2], activation=["tanh", output])
    net.W[1] = np.eye(2) * scale
    net.W[2] = [[scale, -scale], [-scale, scale]]
    with np.errstate(all="raise"):
        forward_pass = net.forward([1.0, -1.0])
        backward_pass = net.backward(forward_pass, [0.3, 0.7])
        assert np.isfinite(backward_pass.error)
        assert np.isfinite(backward_pass.vector).all()
        assert net.mean_error([1.0, -1.0], [0.3, 0.7]) == backward_pass.error


def test_smooth_activations_are_analytic_so_the_cauchy_riemann_equations_hold():
    h = 1e-6
    for name in SMOOTH:
        z = Z.astype(complex)
        step = np.zeros_like(z)
        step[:, 0] = h
        along_real = (value(name, z + step) - value(name, z - step)) / (2 * h)
        along_imaginary = (value(name, z + 1j * step) - value(name, z - 1j * step)) / (2j * h)
        np.testing.assert_allclose(along_real, along_imaginary, atol=1e-9)

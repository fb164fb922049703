"""The figure of gradient descent from Python: its path, its threshold, its picture and words."""

import re

import numpy as np
import pytest

from bplib.figures import DescentOnSurface
from bplib.figures.descent.surfaces import SURFACES


def test_the_path_of_the_recap_chapter():
    """The bowl contracts along the eigenvectors of its Hessian, by 1 - ηλ each."""
    X = np.array([[1.0, 0.2], [0.4, -1.0], [-0.8, 0.5], [0.3, 1.2]])
    lowest, start, eta = np.array([1.5, -0.5]), np.array([-1.5, 2.0]), 0.7
    path = DescentOnSurface(eta=eta, start=start, steps=9).path()
    values, vectors = np.linalg.eigh(X.T @ X / 4)
    for n, point in enumerate(path):
        expected = lowest + vectors @ ((1 - eta * values) ** n * (vectors.T @ (start - lowest)))
        np.testing.assert_allclose(point, expected, rtol=0, atol=1e-13)
    assert path.shape == (10, 2)


@pytest.mark.parametrize("surface", ["bowl", "valley"])
def test_the_largest_rate_separates_converging_from_diverging(surface):
    figure = DescentOnSurface(surface=surface, steps=500)
    limit = figure.largest_rate()
    figure.eta = 0.98 * limit
    assert figure.errors()[-1] < 1e-6
    figure.eta = 1.02 * limit
    assert figure.errors()[-1] > 1e6


@pytest.mark.parametrize("surface", ["saddle", "plateau"])
def test_no_largest_rate_where_the_curvature_changes(surface):
    assert DescentOnSurface(surface=surface).largest_rate() is None


@pytest.mark.parametrize("name", SURFACES)
def test_presets_are_what_they_say(name):
    """After 40 steps the right rate is far ahead, and the large one has made the error rise."""
    surface = SURFACES[name]
    errors = {}
    for preset, (start, eta) in surface.presets.items():
        figure = DescentOnSurface(surface=name, start=start, eta=eta, steps=40)
        errors[preset] = figure.errors()
        assert surface.view[0] < start[0] < surface.view[1]
        assert surface.view[2] < start[1] < surface.view[3]
        assert eta < surface.rates
    assert (np.diff(errors["too small"]) < 0).all()
    assert errors["right"][-1] < errors["too small"][-1] / 4
    assert (np.diff(errors["too large"]) > 0).any()
    assert errors["right"][-1] < errors["too large"][-1] / 4


@pytest.mark.parametrize("name", SURFACES)
def test_the_gradient_is_the_slope_of_the_surface(name):
    surface, w, h = SURFACES[name], np.array([0.7, -0.4]), 1e-5
    gradient = DescentOnSurface(surface=name, start=w, steps=0).gradient()
    for k, direction in enumerate(np.eye(2)):
        rise = surface.error(w + h * direction) - surface.error(w - h * direction)
        assert gradient[k] == pytest.approx(rise / (2 * h), abs=1e-8)


def test_nothing_moves_without_a_gradient_or_a_rate():
    saddle = DescentOnSurface(surface="saddle", start=[0, 0], eta=2, steps=7)
    assert (saddle.path() == 0).all()
    assert (saddle.gradient() == 0).all()
    still = DescentOnSurface(eta=0, steps=7)
    assert (still.path() == [-1.5, 2.0]).all()


def test_a_diverging_path_ends():
    figure = DescentOnSurface(eta=3.7, steps=500)
    path = figure.path()
    assert len(path) == len(figure.errors()) == 29
    assert np.abs(path[-1]).max() > 1e6 > np.abs(path[-2]).max()
    assert "diverges" in figure.description()
    assert np.isfinite(figure.errors()).all()


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize(("eta", "steps"), [(0, 3), (1, 0), (1, 8), (40, 500)])
def test_it_describes_itself(name, eta, steps):
    figure = DescentOnSurface(surface=name, eta=eta, steps=steps)
    words = figure.description()
    assert f"the learning rate {eta:g}" in words
    assert figure.still().body.count("<path") > 10
    assert "nan" not in figure.still().body.lower()
    if figure.largest_rate():
        assert re.search(r"below \d\.\d+\.$", words)


def test_outside_the_picture():
    assert "outside the picture" in DescentOnSurface(eta=3.7, steps=4).description()
    assert "outside the picture" not in DescentOnSurface(eta=1.5, steps=4).description()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"eta": -0.1}, "eta: expected a number from 0 to 1000, got -0.1"),
        ({"start": [1.0]}, "start: expected 2 numbers, got shape (1,)"),
        ({"start": [1.0, 11.0]}, "start[1]: expected a number from -10 to 10, got 11.0"),
        ({"steps": 501}, "steps: expected a whole number from 0 to 500, got 501"),
        ({"surface": "bowls"}, "surface: expected one of 'bowl'"),
    ],
)
def test_bad_values_are_refused(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        DescentOnSurface(**values)

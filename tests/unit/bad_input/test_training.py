"""Stopping criteria and validation sets."""

import numpy as np
import pytest

from bplib import ErrorBelow, MaximumEpochs, NoImprovement

from .refusal import X, Y, assert_refused, named


@pytest.mark.parametrize(
    ("stop", "got"),
    [
        (0.01, r"float 0\.01"),
        ("error", "str 'error'"),
        (True, "bool True"),
        (ErrorBelow, "type <class"),
        (lambda history: True, "function "),
        ({MaximumEpochs(1)}, "set "),
        ([MaximumEpochs(1), 0.01], r"float 0\.01"),
        ([None], "NoneType None"),
        ([[MaximumEpochs(1)]], "list "),
    ],
    ids=named,
)
def test_a_stop_that_is_no_criterion(stop, got):
    expected = r"a stopping criterion such as ErrorBelow\(0\.01\), or a list of them"
    assert_refused(lambda w: w.net.fit(X, Y, stop=stop), TypeError, "stop", expected, got)


@pytest.mark.parametrize("other", [None, 3, "x", ErrorBelow], ids=named)
def test_combining_a_criterion_with_something_else(other):
    got = type(other).__name__
    expected = "a stopping criterion"
    assert_refused(lambda w: ErrorBelow(1) | other, TypeError, "stop", expected, got)
    assert_refused(lambda w: ErrorBelow(1) & other, TypeError, "stop", expected, got)


@pytest.mark.parametrize(
    "combine",
    [
        lambda a, b: a or b,
        lambda a, b: a and b,
        lambda a, b: not a,
        lambda a, b: a if a else b,
        lambda a, b: bool(a),
        lambda a, b: any([a, b]),
    ],
    ids=["or", "and", "not", "if", "bool", "any"],
)
def test_combining_criteria_by_what_would_drop_one_of_them(combine):
    assert_refused(
        lambda w: w.net.fit(X, Y, stop=combine(ErrorBelow(0.1), MaximumEpochs(3))),
        TypeError,
        "ErrorBelow(0.1)",
        r"criteria combined by \| \(stop if one of them would\) or & \(if both would\)",
        "a use as True or False",
    )


@pytest.mark.parametrize(
    "stop",
    [
        NoImprovement(1),
        NoImprovement(1, restore_best=True),
        [NoImprovement(1)],
        NoImprovement(1) | MaximumEpochs(2),
        MaximumEpochs(2) & NoImprovement(1),
    ],
)
def test_no_improvement_without_a_validation_set(stop):
    assert_refused(
        lambda w: w.net.fit(X, Y, stop=stop),
        ValueError,
        "validation",
        r"a pair \(X, Y\), which the stopping criterion needs",
        "None",
    )


@pytest.mark.parametrize(
    ("validation", "got"),
    [
        (0.2, "float"),
        ("XY", "str of length 2"),
        (np.zeros((2, 3, 2)), "ndarray"),
        ((X,), "tuple of length 1"),
        ((X, Y, X), "tuple of length 3"),
        ({"X": X, "Y": Y}, "dict"),
        (iter([X, Y]), "list_iterator"),
    ],
    ids=["a share", "a string", "an array", "one", "three", "a dictionary", "an iterator"],
)
def test_a_validation_that_is_no_pair(validation, got):
    assert_refused(
        lambda w: w.net.fit(X, Y, validation=validation),
        TypeError,
        "validation",
        r"a pair \(X, Y\)",
        got,
    )

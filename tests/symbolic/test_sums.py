"""The normal form of sums over units: what is equal, and what only looks so."""

import pytest
from sympy import KroneckerDelta, Sum, Symbol

from bplib.symbolic.notation import a, i, j, k, l, n, p, w
from bplib.symbolic.sums import collapse, equal_sums

m = Symbol("m", integer=True, positive=True)
TERM = a(l, k)
ALL = Sum(TERM, (k, 1, m))

EQUAL = {
    "another index": (ALL, Sum(a(l, j), (j, 1, m))),
    "a factor drawn out": (Sum(a(l, i) * TERM, (k, 1, m)), a(l, i) * ALL),
    "a sum of sums": (Sum(TERM + w(l, k, i), (k, 1, m)), ALL + Sum(w(l, k, i), (k, 1, m))),
    "a bracket": (Sum(KroneckerDelta(i, k) * TERM, (k, 1, m)), a(l, i)),
    "a bracket within": (Sum(KroneckerDelta(k, i) * TERM, (k, 1, i)), a(l, i)),
    "a bracket beyond": (Sum(KroneckerDelta(k, i) * TERM, (k, 1, i - 1)), 0),
    "a bracket before": (Sum(KroneckerDelta(k, 0) * TERM, (k, 1, m)), 0),
    "the last term apart": (Sum(TERM, (k, 1, m + 1)), ALL + a(l, m + 1)),
    "the first term apart": (Sum(TERM, (k, i, m)), a(l, i) + Sum(TERM, (k, i + 1, m))),
    "no term": (Sum(TERM, (k, m + 1, m)), 0),
    "one term": (Sum(TERM, (k, m, m)), a(l, m)),
    "numbers": (Sum(TERM, (k, 1, 3)), a(l, 1) + a(l, 2) + a(l, 3)),
    "from 0": (Sum(a(l, k + 1), (k, 0, m - 1)), ALL),
    "a constant": (Sum(a(l, i), (k, 1, m)), m * a(l, i)),
}
DIFFERENT = {
    "another unit": (ALL, Sum(a(l, i), (k, 1, m))),
    "another layer": (ALL, Sum(a(l + 1, k), (k, 1, m))),
    "another number of terms": (ALL, Sum(TERM, (k, 1, n(l)))),
    "a term more": (ALL, Sum(TERM, (k, 1, m + 1))),
    "a term less at the front": (Sum(TERM, (k, i, m)), Sum(TERM, (k, i + 1, m))),
    "the wrong term apart": (Sum(TERM, (k, i, m)), a(l, i + 1) + Sum(TERM, (k, i + 1, m))),
    "a bracket for all": (Sum(KroneckerDelta(i, k) * TERM, (k, 1, m)), ALL),
    "a bracket of another": (Sum(KroneckerDelta(i, k) * TERM, (k, 1, m)), a(l, p)),
    "a bracket beyond": (Sum(KroneckerDelta(k, i) * TERM, (k, 1, i - 1)), a(l, i)),
    "indices turned round": (Sum(w(l, k, i), (k, 1, m)), Sum(w(l, i, k), (k, 1, m))),
    "a square": (ALL**2, Sum(TERM**2, (k, 1, m))),
    "a product of sums": (ALL * ALL, Sum(TERM * TERM, (k, 1, m))),
}


@pytest.mark.parametrize("name", EQUAL)
def test_equal(name):
    assert equal_sums(*EQUAL[name])


@pytest.mark.parametrize("name", DIFFERENT)
def test_different(name):
    assert not equal_sums(*DIFFERENT[name])


@pytest.mark.parametrize("name", EQUAL)
def test_the_normal_form_of_a_normal_form_is_itself(name):
    once = collapse(EQUAL[name][0])
    assert collapse(once) == once

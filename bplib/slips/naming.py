"""Which slip makes exactly these numbers."""

import numpy as np

# Right numbers in float32, or summed in another order, are nearer than this; two slips that are
# told apart differ by more than MARGIN. Both are relative to the largest entry.
TOLERANCE = 2e-4
MARGIN = 5e-3


def close(found, expected, tolerance=TOLERANCE):
    """Whether two arrays of one shape agree, relative to the largest entry of the second."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    if found.shape != expected.shape:
        return False
    scale = max(np.abs(expected).max(initial=0), 1e-12)
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.all(np.abs(found - expected) <= tolerance * scale))


def all_close(found, expected, tolerance=TOLERANCE):
    """The same for lists of arrays; the scale is that of each array."""
    return len(found) == len(expected) and all(
        close(a, b, tolerance) for a, b in zip(found, expected, strict=True)
    )


def matching(answers, right, wrong):
    """The slips that explain all answers.

    Parameters
    ----------
    answers : sequence of (list of arrays, or None)
        What a student's function gave in each case; None where it failed.
    right : sequence of list of arrays
    wrong : dict of slip name to sequence of (list of arrays, or None)
        What it would have given with the slip; None where the slip has no value.

    Returns
    -------
    list of str
        Names of slips whose numbers these are in every case that has both, at least one of
        them a case in which the slip does harm.
    """
    return [name for name, results in wrong.items() if _explains(results, answers, right)]


def _explains(results, answers, right):
    harmful = False
    for answer, result, expected in zip(answers, results, right, strict=True):
        if answer is None or result is None:
            if answer is not None:
                return False  # the slip could not have given any number here
            continue
        if not all_close(answer, result):
            return False
        harmful |= not all_close(result, expected)
    return harmful


def told_apart(first, second):
    """Whether in some case two results differ by the margin."""
    return any(
        (a is None) != (b is None)
        or (a is not None and not all_close(a, b, MARGIN) and not all_close(b, a, MARGIN))
        for a, b in zip(first, second, strict=True)
    )

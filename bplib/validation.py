"""Checks of arguments. Every message names the argument, what was given and what is expected."""

from collections.abc import Iterable, Mapping, Set, Sized
from difflib import get_close_matches
from numbers import Integral, Real

import numpy as np


def real_array(name, value, dtype=np.float64):
    """`value` as an array of finite numbers of type `dtype`.

    Lists and tuples are converted; an array that `dtype` cannot hold without losing precision
    is refused, as are masked arrays, whose mask would be lost. So are whole numbers too large to
    be told apart in `dtype`. Booleans in an array count as 0 and 1.

    Raises
    ------
    TypeError
        If `value` is not made of real numbers, or is (or holds) an array of higher precision
        than `dtype`.
    ValueError
        If `value` is ragged or holds NaN or infinity.
    """
    dtype = np.dtype(dtype)
    parts = list(_arrays(value))
    if any(isinstance(part, np.ma.MaskedArray) for part in parts):
        raise TypeError(f"{name}: expected a plain array, got a masked array")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name}: expected a rectangular array of numbers, got a ragged {type(value).__name__}"
        ) from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name}: expected real numbers, got {_describe(value, array)}")
    for given in [np.asarray(part).dtype for part in parts]:
        if given.kind == "f" and given.itemsize > dtype.itemsize:
            raise TypeError(
                f"{name}: expected {dtype}, the network's dtype, got an array of {given}; "
                f"convert it with .astype(np.{dtype}) if the loss of precision is wanted"
            )
    if array.dtype.kind in "iu" and array.size:
        largest = 2 ** (np.finfo(dtype).nmant + 1)
        for extreme in (int(array.min()), int(array.max())):
            if abs(extreme) > largest:
                raise ValueError(
                    f"{name}: expected whole numbers of at most {largest} in size, which is what "
                    f"{dtype} holds exactly, got {extreme}"
                )
    with np.errstate(over="ignore", under="ignore"):
        array = array.astype(dtype, copy=False)
    finite = np.isfinite(array)
    if not finite.all():
        where = tuple(int(i) for i in np.argwhere(~finite)[0])
        at = f" at index {where}" if where else ""
        raise ValueError(f"{name}: expected finite numbers, got {array[where]}{at}")
    return array


def _arrays(value):
    """The arrays in nested lists and tuples; `value` itself if it is neither these nor a number."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _arrays(item)
    elif not isinstance(value, Real):
        yield value


def _describe(value, array):
    if array.dtype == object or array.ndim == 0:
        return f"{type(value).__name__} {value!r:.60}"
    return f"an array of {array.dtype}"


def exact_shape(name, array, shape, meaning):
    """Refuse an array whose shape is not exactly `shape`: nothing is ever broadcast."""
    if array.shape != tuple(shape):
        raise ValueError(f"{name}: expected shape {tuple(shape)}, {meaning}, got {array.shape}")
    return array


def batch_or_example(name, array, n, symbol):
    """Refuse an array that is neither one example (n,) nor a non-empty batch (N, n)."""
    if array.ndim not in (1, 2) or array.shape[-1] != n:
        raise ValueError(
            f"{name}: expected one example of shape ({n},) or a batch of shape (N, {n}), "
            f"where {symbol} = {n}, got shape {array.shape}"
        )
    if array.shape[0] == 0:
        raise ValueError(f"{name}: expected at least one example, got an empty batch")
    return array


def sequence(name, value):
    """`value` as a list; not a string, a set or a mapping, whose items have no order of layers."""
    ordered = isinstance(value, Iterable) and isinstance(value, Sized)
    if (
        not ordered
        or isinstance(value, (str, bytes, Set, Mapping))
        or getattr(value, "ndim", 1) == 0
    ):
        raise TypeError(
            f"{name}: expected a sequence, an item a layer, got {type(value).__name__} {value!r}"
        )
    return list(value)


def whole_number(name, value, minimum):
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name}: expected a whole number, got {type(value).__name__} {value!r}")
    if value < minimum:
        raise ValueError(f"{name}: expected a whole number of at least {minimum}, got {value}")
    return int(value)


def real_number(name, value, minimum=None, above=None):
    """`value` as a finite float, at least `minimum` or greater than `above` if they are given."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(f"{name}: expected a real number, got {type(value).__name__} {value!r}")
    try:
        number = float(value)
    except OverflowError:
        raise ValueError(
            f"{name}: expected a finite number, got {type(value).__name__} too large for a float"
        ) from None
    if not np.isfinite(number):
        raise ValueError(f"{name}: expected a finite number, got {number}")
    if minimum is not None and number < minimum:
        raise ValueError(f"{name}: expected a number of at least {minimum}, got {number}")
    if above is not None and number <= above:
        raise ValueError(f"{name}: expected a number above {above}, got {number}")
    return number


def flag(name, value):
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}: expected True or False, got {type(value).__name__} {value!r}")
    return bool(value)


def choice(name, value, options):
    """`value` if it is one of the names in `options`."""
    expected = ", ".join(repr(option) for option in options)
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected one of {expected}, got {type(value).__name__} {value!r}")
    if value not in options:
        raise ValueError(
            f"{name}: expected one of {expected}, got {value!r}{did_you_mean(value, options)}"
        )
    return value


def did_you_mean(value, options):
    """The end of a message: the option that was probably meant, in whatever case; or nothing."""
    plain = {_plain(option): option for option in options}
    close = get_close_matches(_plain(value), plain, n=1)
    return f"; did you mean {plain[close[0]]!r}?" if close else ""


def _plain(name):
    return name.casefold().replace("-", "_").replace(" ", "_")


def generator(name, seed):
    """A random generator of its own, made from a whole number, None or an existing generator."""
    if isinstance(seed, np.random.Generator) or seed is None:
        return np.random.default_rng(seed)
    if isinstance(seed, (bool, np.bool_)) or not isinstance(seed, Integral):
        raise TypeError(
            f"{name}: expected a whole number, None or a numpy.random.Generator, "
            f"got {type(seed).__name__} {seed!r}"
        )
    return np.random.default_rng(whole_number(name, seed, minimum=0))

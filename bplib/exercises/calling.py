"""A student's function is called, with copies, for a limited time; what it gives is looked at."""

import signal
import sys
import threading
import time
import traceback
from contextlib import contextmanager
from itertools import islice

import numpy as np

SECONDS = 5.0


class Fault(Exception):
    """What kept a function from giving numbers; the message is for the student."""


class _TimeIsUp(BaseException):
    """Not an Exception, so that `except Exception` in the student's code does not hold it back."""


def call(function, arguments, seconds=SECONDS):
    """The result of function(*arguments).

    Raises
    ------
    Fault
        If it is no function, raises something, does not end, or changes its arguments.
    """
    if not callable(function):
        raise Fault(
            f"check needs your function itself, without parentheses; it got {_described(function)}."
        )
    given = _copied(arguments)
    try:
        with _limited(seconds):
            result = function(*given)
    except _TimeIsUp:
        raise Fault(
            f"Your function did not end within {seconds:g} seconds. Does a loop in it ever stop?"
        ) from None
    except (KeyboardInterrupt, SystemExit) as stop:
        if isinstance(stop, KeyboardInterrupt):
            raise
        raise Fault("Your function ended Python (exit). Return the result instead.") from None
    except NotImplementedError:
        raise Fault("Nothing is written here yet: put your own lines where it says so.") from None
    except RecursionError:
        raise Fault("Your function calls itself without end.") from None
    except BaseException as error:  # whatever a student raises
        raise Fault(_where(error)) from None
    if not _same(given, arguments):
        raise Fault(
            "Your function changes the arrays that it is given. Make new ones: "
            "`W = W - ...` and not `W -= ...`."
        )
    return result


@contextmanager
def _limited(seconds):
    """Stop Python code that runs longer."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _traced(seconds):
            yield


@contextmanager
def _alarm(seconds):
    def stop(number, frame):
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, stop)
    # Again and again: `except: pass` in a loop holds back the first.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _traced(seconds):
    """Where there are no alarms (Windows, other threads): every operation asks for the time."""
    end = time.monotonic() + seconds
    before = sys.gettrace()

    def trace(frame, event, argument):
        frame.f_trace_opcodes = True
        if time.monotonic() > end:
            raise _TimeIsUp
        return trace

    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def _where(error):
    """The error, and the line of the student's own code that it came from."""
    ours = (np.__file__.rsplit("/", 1)[0], __file__.rsplit("/", 2)[0])
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(ours)
    ]
    kind, words = type(error).__name__, str(error).strip().split("\n")[0]
    said = f"{kind}: {words}" if words else kind
    if not frames:
        return f"Your function stopped with {said}. Do its arguments fit?"
    line = frames[-1]
    code = f", `{line.line}`" if line.line else ""
    return f"Your function stopped in line {line.lineno}{code} with {said}"


def arrays(name, value, shapes):
    """A list of arrays of these shapes, of what was returned for `name`.

    Raises
    ------
    Fault
        That says what is wrong, and what is expected.
    """
    if value is None:
        raise Fault(f"Your function returns nothing for {name}. Is there a `return`?")
    if isinstance(value, (str, bytes)):
        raise Fault(f"{name}: numbers are expected, got the text {value[:30]!r}.")
    try:
        items = list(islice(iter(value), len(shapes) + 2))  # it may have no end
    except TypeError:
        raise Fault(
            f"{name}: a list of {len(shapes)} arrays is expected, got {_described(value)}."
        ) from None
    if len(items) == len(shapes) + 1 and items[0] is None:
        items = items[1:]  # numbered like the layers, from 1
    if len(items) != len(shapes):
        raise Fault(
            f"{name}: one array for each of the layers 1 to {len(shapes)} is expected, "
            f"got {'more' if len(items) > len(shapes) + 1 else len(items)}."
        )
    return [
        array(f"{name} of layer {layer}", item, shape)
        for layer, (item, shape) in enumerate(zip(items, shapes, strict=True), 1)
    ]


def array(name, value, shape):
    """A float64 array of this shape, of what was returned for `name`; `Fault` as for `arrays`."""
    if value is None:
        raise Fault(f"Your function returns nothing for {name}. Is there a `return`?")
    try:
        found = np.asarray(value)
    except (ValueError, TypeError):
        raise Fault(f"{name}: the rows have different lengths.") from None
    except Exception as error:
        raise Fault(f"{name}: no array can be made of it ({type(error).__name__}).") from None
    if found.dtype.kind == "O":
        try:
            found = found.astype(float)
        except (TypeError, ValueError, OverflowError):
            raise Fault(f"{name}: numbers are expected, got {_described(value)}.") from None
    if found.dtype.kind not in "biuf":
        raise Fault(f"{name}: real numbers are expected, got {_described(value)}.")
    if found.shape != shape:
        hint = ""
        if found.shape == shape[::-1] and len(shape) == 2:
            hint = " Are rows and columns turned round?"
        elif found.size == np.prod(shape):
            hint = " The numbers are as many as they should be; only their arrangement differs."
        raise Fault(f"{name}: shape {shape} is expected, got {found.shape}.{hint}")
    found = found.astype(float)
    if not np.isfinite(found).all():
        place = tuple(int(index) for index in np.argwhere(~np.isfinite(found))[0])
        where = f" at {list(place)}" if place else ""
        raise Fault(f"{name}: {found[place]}{where} is no number to go on with.")
    return found


def pair(value, names="grad_W, grad_b"):
    """The two parts of what was returned; `Fault` if it has not two."""
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return value
    got = f"{len(value)} values" if isinstance(value, (tuple, list)) else _described(value)
    raise Fault(f"Two values are expected, `return {names}`; got {got}.")


def _copied(value):
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(item) for item in value)
    return value.copy() if isinstance(value, np.ndarray) else value


def _same(first, second):
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(_same, first, second))
    if isinstance(first, np.ndarray):
        return isinstance(second, np.ndarray) and np.array_equal(first, second)
    return first is second or first == second


def _described(value):
    return "nothing" if value is None else f"a value of type {type(value).__name__}"

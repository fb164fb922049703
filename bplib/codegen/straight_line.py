"""Straight-line Python: one network's online update without a loop, an array or a call to NumPy.

For a small network this is many times as fast as NumPy, whose calls cost more than the sums that
they do. Every unit and parameter is a local variable.
"""

import math
from collections.abc import Sized

from sympy.printing.pycode import PythonCodePrinter

from ..validation import flag
from .program import FloatFormulas, Language, Program, checked_derivation


class _Printer(FloatFormulas, PythonCodePrinter):
    def _print_positive(self, expr):
        return f"({self.doprint(expr.args[0])} > 0.0)"


class Python(Language):
    def __init__(self):
        super().__init__(_Printer({"fully_qualified_modules": False}))

    def exp(self, argument):
        return f"exp({argument})"

    def tanh(self, argument):
        return f"tanh({argument})"

    def largest(self, values):
        return f"max({', '.join(values)})"

    def choose(self, condition, first, second):
        return f"{first} if {condition} else {second}"


class CompiledUpdate:
    """The compiled functions of one network.

    Attributes
    ----------
    update : function
        update(parameters, x, y, eta) -> parameters: one online update. Parameters are a sequence
        of floats in the order of `Network.parameters` and come back as a tuple; x and y are
        sequences of floats.
    epoch : function
        epoch(parameters, X, Y, eta) -> parameters: one update for each example, in order; X and
        Y are sequences of such x and y.
    source : str
        The Python that they were compiled from. `refuse_wrong_lengths` is called there when
        something cannot be unpacked; as long as nothing is wrong, that costs no time.
    """

    def __init__(self, source, name, refuse_wrong_lengths):
        self.source, self._name = source, name
        functions = {
            "exp": math.exp,
            "tanh": math.tanh,
            "refuse_wrong_lengths": refuse_wrong_lengths,
        }
        exec(compile(source, f"<update of a {name}>", "exec"), functions)
        self.update, self.epoch = functions["update"], functions["epoch"]

    def __repr__(self):
        return f"CompiledUpdate({self._name})"


def compile_update(network, train_biases=True):
    """Compile the online update of a small network.

    Parameters
    ----------
    network : Network or NetworkDerivation
        At most 500 weights. Of a Network only sizes, activations, error and whether there are
        biases matter, not the present weights.
    train_biases : bool
        Whether the update changes the biases.

    Returns
    -------
    CompiledUpdate

    Raises
    ------
    TypeError, ValueError
        If `network` is something else or too large; `Network.fit` has no such limit.

    Examples
    --------
    >>> import numpy as np
    >>> from bplib import Network
    >>> net, X, Y = Network([2, 3, 2], seed=0), np.eye(2), np.eye(2)
    >>> compiled = compile_update(net)
    >>> parameters = net.parameters.tolist()
    >>> parameters = compiled.epoch(parameters, X.tolist(), Y.tolist(), eta=0.5)
    >>> net.parameters = parameters

    Notes
    -----
    Of the functions' arguments only the lengths are checked. NumPy scalars are slow here: convert
    arrays with `tolist`.
    """
    derivation = checked_derivation(network)
    source, spec = python_source(derivation, train_biases), derivation.spec
    lengths = [len(symbols) for symbols in (spec.parameters, spec.a(0), spec.y)]
    return CompiledUpdate(source, str(spec), _refuser_of_wrong_lengths(*lengths))


def _refuser_of_wrong_lengths(parameter_count, n_0, n_L):
    """A function that says which argument of `update` or `epoch` has a wrong length, if one has.

    The compiled functions ask it only after an error: a check before would cost more than the
    unpacking itself.
    """

    def refuse_wrong_lengths(parameters, **examples):
        _exact_length("parameters", parameters, parameter_count)
        (x_name, x), (y_name, y) = examples.items()
        if x_name == "x":
            _exact_length("x", x, n_0)
            _exact_length("y", y, n_L)
            return
        for name, value in examples.items():
            if not isinstance(value, Sized):
                raise TypeError(
                    f"{name}: expected a sequence of examples, got {type(value).__name__} {value!r}"
                )
        if len(x) != len(y):
            raise ValueError(
                f"{y_name}: expected {len(x)} targets, one for each example of {x_name}, "
                f"got {len(y)}"
            )
        for n, (one_x, one_y) in enumerate(zip(x, y, strict=True)):
            _exact_length(f"{x_name}[{n}]", one_x, n_0)
            _exact_length(f"{y_name}[{n}]", one_y, n_L)

    return refuse_wrong_lengths


def _exact_length(name, value, length):
    if not isinstance(value, Sized):
        raise TypeError(
            f"{name}: expected a sequence of {length} numbers, got {type(value).__name__} {value!r}"
        )
    if len(value) != length:
        raise ValueError(f"{name}: expected {length} numbers, got {len(value)}")


def python_source(network, train_biases=True):
    """The source of `update` and `epoch`; arguments as for `compile_update`."""
    derivation = checked_derivation(network)
    program = Program(derivation, Python(), flag("train_biases", train_biases))
    body = ["# forward", *_assignments(program.forward())]
    body += ["# error terms, from back to front", *_assignments(program.backward())]
    body += ["# all parameters at once", *_assignments(program.update())]
    parameters = _tuple(program.parameters)
    inputs, targets = _tuple(program.inputs), _tuple(program.targets)
    return "\n".join(
        [
            f"# {derivation.spec}: written by bplib.codegen from the derived rules",
            "",
            "",
            "def update(parameters, x, y, eta):",
            "    try:",
            f"        {parameters} = parameters",
            f"        {inputs} = x",
            f"        {targets} = y",
            "    except (TypeError, ValueError):",
            "        refuse_wrong_lengths(parameters, x=x, y=y)",
            "        raise",
            *(f"    {line}" for line in body),
            f"    return {parameters}",
            "",
            "",
            "def epoch(parameters, X, Y, eta):",
            "    try:",
            f"        {parameters} = parameters",
            f"        for {inputs}, {targets} in zip(X, Y, strict=True):",
            *(f"            {line}" for line in body),
            f"        return {parameters}",
            "    except (TypeError, ValueError):",
            "        refuse_wrong_lengths(parameters, X=X, Y=Y)",
            "        raise",
            "",
        ]
    )


def _assignments(lines):
    return [f"{target} = {formula}" for target, formula in lines]


def _tuple(names):
    return f"({', '.join(names)}{',' if len(names) == 1 else ''})"

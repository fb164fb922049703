"""What is True or False."""

import numpy as np
import pytest

from bplib import Network, NoImprovement, golden

from .refusal import World, X, Y, assert_refused, cases, crossed

FLAGS = {
    "Network-biases": ("biases", lambda w, v: Network([2, 2], biases=v)),
    "Network-train_biases": ("train_biases", lambda w, v: Network([2, 2], train_biases=v)),
    "attribute": ("train_biases", lambda w, v: setattr(w.net, "train_biases", v)),
    "from_parameters": (
        "train_biases",
        lambda w, v: Network.from_parameters([np.eye(2)], train_biases=v),
    ),
    "golden": (
        "train_biases",
        # None is allowed here: as published.
        lambda w, v: golden.network("mazur", train_biases="None" if v is None else v),
    ),
    "fit-progress": ("progress", lambda w, v: w.net.fit(X, Y, progress=v)),
    "restore_best": ("restore_best", lambda w, v: NoImprovement(1, restore_best=v)),
}
NOT_FLAGS = {
    "None": (None, "(NoneType None|str 'None')"),
    "0": (0, "int 0"),
    "1": (1, "int 1"),
    "a string": ("yes", "str 'yes'"),
    "an empty list": ([], r"list \[\]"),
    "an array": (np.array(True), "ndarray "),
}


@pytest.mark.parametrize(("name", "call", "value", "got"), crossed(FLAGS, NOT_FLAGS))
def test_what_is_neither_true_nor_false(name, call, value, got):
    assert_refused(lambda w: call(w, value), TypeError, name, "True or False", got)


@pytest.mark.parametrize(("name", "call"), cases(FLAGS))
def test_numpys_false_is_false(name, call):
    call(World(), np.False_)

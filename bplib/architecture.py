"""What a network looks like, checked: its sizes, its activations and its error.

The numeric and the symbolic half of bplib accept the same networks, with the same messages; each
gives its own tables of activations and errors, by name.
"""

from .validation import choice, sequence, whole_number


def checked_sizes(sizes):
    """The layer sizes n_0 ... n_L as a tuple."""
    sizes = sequence("sizes", sizes)
    if len(sizes) < 2:
        raise ValueError(
            f"sizes: expected at least two layers, the input and the output, got {sizes}"
        )
    return tuple(whole_number(f"sizes[{l}]", n, minimum=1) for l, n in enumerate(sizes))


def checked_activations(activation, sizes, activations):
    """The names of the activations of the layers 1 to L as a tuple; one name stands for all."""
    L = len(sizes) - 1
    if isinstance(activation, str):
        names = (choice("activation", activation, activations),) * L
    else:
        names = tuple(sequence("activation", activation))
        if len(names) != L:
            raise ValueError(
                f"activation: expected one name, or {L} names for the layers 1 to {L}, "
                f"got {len(names)}"
            )
        for l, name in enumerate(names, start=1):
            choice(f"activation[{l - 1}] (layer {l})", name, activations)
    if "softmax" in names[:-1]:
        raise ValueError(
            "activation: expected softmax in the output layer only, "
            f"got it in layer {names.index('softmax') + 1} of {L}"
        )
    if names[-1] == "softmax" and sizes[-1] < 2:
        raise ValueError(
            "activation: softmax expects at least 2 output units, "
            f"got sizes[{L}] = {sizes[-1]}, whose output would always be 1"
        )
    return names


def checked_error(error, output, errors):
    """The name of an error that goes with the output activation `output`."""
    choice("error", error, errors)
    allowed = errors[error].outputs
    if output not in allowed:
        raise ValueError(
            f"error: {error!r} expects the output activation {' or '.join(map(repr, allowed))}, "
            f"got {output!r}"
        )
    return error

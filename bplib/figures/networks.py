"""Which networks the figures know by name: the sizes of their layers, "2-3-2"."""

# Those of the lectures: the derivation's, Mazur's worked example, the demonstration, the diagram.
LECTURE_NETWORKS = ("2-1-1", "2-2-2", "2-3-2", "3-3-4-2")

# Those that separate points of the plane: two inputs, one output.
TRAINING_NETWORKS = ("2-1", "2-2-1", "2-3-1", "2-4-1", "2-2-2-1", "2-3-3-1", "2-4-4-1")


def sizes_of(name):
    """The units of the layers 0 to L: [2, 3, 2] for "2-3-2"."""
    return [int(units) for units in name.split("-")]

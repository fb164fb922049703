"""Slips of the program: every rule is right, and something is done in the wrong order or number."""

from .. import passes
from ..slip import Slip

BATCH = "algorithm", "Mini-batches"
ORDER = "algorithm", "All at once, or the numbers change"
LAYERS = "generalized_delta", "For any depth"


def program_slips():
    def slip(name, quantity, says, read, kind):
        return Slip(name, quantity, says, read, kind=kind)

    yield slip(
        "examples-summed",
        "batch",
        "The gradients of the examples are added up and not divided by N.",
        BATCH,
        passes.Summed,
    )
    yield slip(
        "weights-summed",
        "batch",
        "The gradients of the weights are added up over the examples and not divided by N.",
        BATCH,
        passes.WeightsSummed,
    )
    yield slip(
        "biases-summed",
        "batch",
        "The gradients of the biases are added up over the examples and not divided by N.",
        BATCH,
        passes.BiasesSummed,
    )
    yield slip(
        "last-example-for-weights",
        "batch",
        "The gradients of the weights are those of the last example alone.",
        BATCH,
        passes.LastExampleForWeights,
    )
    yield slip(
        "last-example-only",
        "batch",
        "The gradient is that of the last example alone: = stands where += is needed.",
        BATCH,
        passes.LastExample,
    )
    yield slip(
        "first-example-only",
        "batch",
        "The gradient is that of the first example alone.",
        BATCH,
        passes.FirstExample,
    )
    yield slip(
        "divided-twice",
        "batch",
        "The sum over the examples is divided by N twice.",
        BATCH,
        passes.DividedTwice,
    )
    yield slip(
        "examples-averaged-first",
        "batch",
        "The examples are averaged first; each needs its own pass, and the gradients are averaged.",
        BATCH,
        passes.MeanOfExamples,
    )
    yield slip(
        "stale-gradient",
        "pass",
        "The gradients of an earlier call are still in the sum: set them to 0 first.",
        BATCH,
        passes.Accumulated,
    )
    yield slip(
        "updated-first",
        "pass",
        "A layer's weights are updated before the error terms are sent back through them.",
        ORDER,
        passes.UpdatedFirst,
    )
    yield slip(
        "last-layer-only",
        "pass",
        "The hidden layers are left at 0: the loop ends too early.",
        LAYERS,
        passes.LastLayerOnly,
    )
    yield slip(
        "first-layer-left-out",
        "pass",
        "Layer 1 is left at 0: the loop ends one layer too early.",
        LAYERS,
        passes.FirstLayerLeftOut,
    )
    yield slip(
        "error-terms-not-weighted",
        "pass",
        "Hidden units get the sum of the output's error terms; these come back through weights.",
        LAYERS,
        passes.OutputErrorTermsEverywhere,
    )

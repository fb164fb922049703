"""All slips, by the quantity that they make wrong first."""

from functools import cache

from .forward import forward_slips
from .gradients import gradient_slips
from .hidden import hidden_slips
from .output import output_slips
from .program import program_slips
from .update import update_slips

PARTS = (forward_slips, output_slips, hidden_slips, gradient_slips, update_slips, program_slips)


@cache
def slips():
    """Name -> Slip, in the order of computation."""
    found = {}
    for part in PARTS:
        for slip in part():
            if slip.name in found:
                raise ValueError(f"two slips are called {slip.name!r}")
            found[slip.name] = slip
    return found

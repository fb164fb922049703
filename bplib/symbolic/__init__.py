"""SymPy derives the rules of backpropagation and proves them.

Importing this package imports SymPy; `import bplib` does not.
"""

from .derivation import Derivation, Proof, ProofReport, Step, StepNameError
from .network import NetworkDerivation, derive
from .proving import prove_equal

__all__ = [
    "Derivation",
    "NetworkDerivation",
    "Proof",
    "ProofReport",
    "Step",
    "StepNameError",
    "derive",
    "prove_equal",
]

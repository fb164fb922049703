"""SymPy derives the rules of backpropagation and proves them.

Importing this package imports SymPy; `import bplib` does not.
"""

from .chain_rule import chain_rule
from .derivation import Derivation, Proof, ProofReport, Step, StepNameError
from .general import general_rules
from .graph import GraphDerivation, derive_graph, skip_rule
from .matrices import matrix_rules
from .network import NetworkDerivation, derive
from .printing import house_latex
from .proving import prove_equal

__all__ = [
    "Derivation",
    "GraphDerivation",
    "NetworkDerivation",
    "Proof",
    "ProofReport",
    "Step",
    "StepNameError",
    "chain_rule",
    "derive",
    "derive_graph",
    "general_rules",
    "house_latex",
    "matrix_rules",
    "prove_equal",
    "skip_rule",
]

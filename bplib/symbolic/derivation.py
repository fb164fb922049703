"""A derivation: named steps, each with its statement, its reason in words and its proof."""

import re
from collections.abc import Mapping
from copy import copy

from sympy import Eq, Expr
from tqdm.auto import tqdm

from ..validation import did_you_mean
from .notation import plain
from .page.html import derivation_html, dressed
from .printing import house_latex
from .programs import Program

SECONDS = 5  # before a bar is shown


class Step:
    """One statement, why it holds, and a proof that can be run on it or on any other.

    Attributes
    ----------
    name : str
        Such as "delta^1_2" or "dE/dw^2_11".
    kind : str
        "forward", "error" or "definition", which say what a symbol means; or, of a statement that
        is proved, "derivative", "chain rule", "delta", "gradient", "induction" or "assumption".
    statement : sympy.Eq
        In house notation.
    reason : str
        In words.
    assumptions : tuple of sympy.Eq
        What the statement needs beyond the network itself.
    """

    def __init__(self, name, kind, statement, reason, prove, assumptions=()):
        self.name = name
        self.kind = kind
        self.statement = statement
        self.reason = reason
        self.assumptions = tuple(assumptions)
        self._prove = prove
        self._proved = None

    @property
    def lhs(self):
        return self.statement.lhs

    @property
    def rhs(self):
        return self.statement.rhs

    @property
    def proof(self):
        """The proof of the statement, run when first asked for."""
        if self._proved is None:
            holds = self.proves(self.statement)
            self._proved = Proof(self.name, holds, definition=self.is_definition)
        return self._proved

    def proves(self, statement):
        """Whether the proof goes through for `statement`, this step's or a changed one."""
        verdict = self._prove(statement, self.assumptions)
        if not isinstance(verdict, bool):  # anything else, such as a list, could pass for true
            raise TypeError(f"prove: expected True or False of {self.name}, got {verdict!r}")
        return verdict

    def needs_assumptions(self):
        """Whether the statement is false in general without its assumptions."""
        return bool(self.assumptions) and not self._prove(self.statement, ())

    def latex(self):
        """The statement as LaTeX, without delimiters."""
        return house_latex(self.statement)

    @property
    def is_definition(self):
        """Whether the statement says what a symbol stands for: there is nothing to prove."""
        return self.kind in ("definition", "forward", "error")

    def _repr_html_(self):
        return dressed(derivation_html(Derivation(self.name, [self])))

    def __repr__(self):
        return f"{self.name}: {self.lhs} = {self.rhs}".replace("\\", "")


class Proof:
    """What became of a statement; true if it was proved, or is a definition.

    A definition says what a symbol means, and so there is nothing to prove. It is only seen to
    agree with the meaning that the proofs of the other statements use.
    """

    def __init__(self, name, holds, definition=False):
        self.name = name
        self.holds = bool(holds)
        self.definition = bool(definition)

    @property
    def verdict(self):
        """ "proved", "definition" or "NOT PROVED"."""
        if not self.holds:
            return "NOT PROVED"
        return "definition" if self.definition else "proved"

    def __bool__(self):
        return self.holds

    def __repr__(self):
        return f"{self.name}: {self.verdict}"


class Derivation(Mapping):
    """Steps in order, each to be had by its name; later steps build on earlier ones.

    A symbol will do for a name: `d[delta(1, 2)]` is the rule for it, the last step about it.

    Displayed in a notebook, it shows every step as a typeset line, with its reason and the program
    that proves it (`bplib.symbolic.page`). `show` picks some of them.

    Attributes
    ----------
    title : str
    name : str
        In addresses: the third line's is `#name-3`.
    steps : tuple of Step
    origin : str or None
        The call that makes the derivation, such as "general_rules()".
    """

    def __init__(self, title, steps, name=None, origin=None):
        self.title = title
        self.origin = origin
        self.name = name or re.sub(r"\W+", "-", title).strip("-").lower()
        self.steps = tuple(steps)
        self._by_name = {step.name: step for step in self.steps}
        self._by_lhs = {step.lhs: step for step in self.steps}  # the last word on each symbol
        if len(self._by_name) != len(self.steps):
            raise ValueError("steps: expected names that are all different")

    def __getitem__(self, name):
        if isinstance(name, Expr) and name in self._by_lhs:
            return self._by_lhs[name]
        name = name if isinstance(name, str) else plain(name)
        if name not in self._by_name:
            hint = did_you_mean(name, self._by_name)
            raise StepNameError(f"name: expected the name of a step, got {name!r}{hint}")
        return self._by_name[name]

    def __contains__(self, name):
        return name in self._by_name or (isinstance(name, Expr) and name in self._by_lhs)

    def __iter__(self):
        return iter(self._by_name)

    def __len__(self):
        return len(self.steps)

    def of_kind(self, *kinds):
        """The steps of these kinds, in order, as a derivation of its own."""
        return self._with(step for step in self.steps if step.kind in kinds)

    def show(self, *names):
        """These steps, in this order, as a derivation of its own."""
        return self._with(self[name] for name in names)

    def _with(self, steps):
        part = copy(self)
        Derivation.__init__(part, self.title, steps, self.name, self.origin)
        return part

    def named(self, title, name):
        """The same under another title, and with other addresses."""
        part = copy(self)
        part.title, part.name = title, name
        return part

    def program(self, step):
        """The program that proves a step: its own, or a call of its proof; None without one."""
        if step.is_definition:
            return None
        if self.origin is None:
            return getattr(step, "program", None)
        function = self.origin.partition("(")[0]
        return Program(
            f"from bplib.symbolic import {function}\n\nprint({self.origin}[{step.name!r}].proof)"
        )

    def prove(self):
        """Run every proof that has not been run; true if all hold.

        If it takes more than a few seconds, a bar shows how far it is.
        """
        bar = tqdm(self.steps, desc="proofs", unit="step", delay=SECONDS, leave=False)
        return ProofReport(self.title, [step.proof for step in bar])

    def _repr_html_(self):
        """Every line, typeset, with its reason and its proof."""
        return dressed(derivation_html(self))

    def __repr__(self):
        return f"{self.title}: {len(self)} steps"


class ProofReport:
    """What became of all proofs of a derivation; true if there are any and every one holds."""

    def __init__(self, title, proofs):
        self.title = title
        self.proofs = tuple(proofs)

    @property
    def proved(self):
        """The names of the statements that were proved; definitions are not among them."""
        return [proof.name for proof in self.proofs if proof and not proof.definition]

    @property
    def definitions(self):
        """The names of the definitions."""
        return [proof.name for proof in self.proofs if proof.definition]

    @property
    def failed(self):
        """The names of the steps that were not proved."""
        return [proof.name for proof in self.proofs if not proof]

    def __bool__(self):
        return bool(self.proofs) and not self.failed

    def __repr__(self):
        proved, definitions, failed = len(self.proved), len(self.definitions), self.failed
        if failed:
            total = proved + sum(1 for proof in self.proofs if not proof and not proof.definition)
            return f"{self.title}: {proved} of {total} proved, not {', '.join(failed)}"
        said = f"all {proved} statements proved" if proved else "no statement to prove"
        if definitions:
            said += f", {definitions} definition{'s' if definitions > 1 else ''}"
        return f"{self.title}: {said}"


class StepNameError(KeyError):
    """A step that a derivation does not have."""

    def __str__(self):
        return self.args[0]


def equation(left, right):
    """The statement left = right, kept as it is even where SymPy sees that it holds."""
    return Eq(left, right, evaluate=False)

"""The pages "Reading the lectures" leave out nothing, lead somewhere, and prove what they mend.

CONTRACT says what each of the three decks covers: first the topics that the book has promised to
treat, in words of our own, each with the rows of the coverage table that treat it and a page to
which each row must lead; then the rest of the deck. MISTAKES says what has to be mended, and under
which heading.
"""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from _tools.claims import claims

FOLDER = "chapters/reading_the_lectures"
ROOT = Path(__file__).parents[2]
TABLE, MENDED = "where-it-is-in-the-book", "Mistakes, mended"
NO_MISTAKES = {"Smaller things"}  # headings among the mistakes that are none

CONTRACT = {
    "comp90049": {
        "the perceptron and its learning rule": {
            "The perceptron": "recap",
            "The perceptron's learning rule": "recap",
        },
        "linear separability": {"Linearly separable data": "recap"},
        "the multi-layer perceptron, drawn as 3-3-4-2": {
            "The multi-layer perceptron, a 3-3-4-2 network": "recap",
        },
        "five steps of supervised learning": {"Supervised learning in five steps": "recap"},
        "gradient descent on each parameter": {"Gradient descent on every parameter": "recap"},
        "three reasons why the perceptron's rule stops at the output": {
            "Why the perceptron's rule does not reach hidden layers": "recap",
        },
        "the demo on 2-3-2, in six steps": {
            "Demo on a 2-3-2 network: input and forward pass": "algorithm",
            "Demo: compute the error": "algorithm",
            "Demo: error terms travel back": "algorithm",
            "Demo: every change of a weight, then the update": "algorithm",
        },
        "sigmoid and mean squared error": {
            "Sigmoid activation": "recap",
            "The weighted input of a neuron": "recap",
            "Mean squared error": "recap",
        },
        "the error of the last layer": {
            "The error of the final layer": "output_delta",
            "The error term is attached to the node": "output_delta",
        },
        "the generalized delta rule": {
            "Output error terms need targets": "generalized_delta",
            "The generalized delta rule": "generalized_delta",
        },
        "the algorithm: two loops and a stopping criterion": {
            "The algorithm with its two loops": "algorithm",
            "Designing the network": "training_in_practice",
            "Initialising the parameters": "training_in_practice",
            "Updating all parameters at once": "algorithm",
            "Stopping criteria": "training_in_practice",
        },
        "the derivation on 2-1-1, reaction by reaction": {
            "Derivation on 2-1-1: the chain of reactions at the output": "output_delta",
            "Derivation on 2-1-1: the three factors, one by one": "output_delta",
            "Derivation on 2-1-1: the chain of reactions to a hidden weight": "chain_rule",
            "Derivation on 2-1-1: the hidden error term": "generalized_delta",
        },
        "the derivation with several outputs": {
            "Derivation with several output units": "generalized_delta",
        },
        "the rest of the deck": {
            "From perceptrons to learning: the roadmap": "welcome",
            "An efficient way to all derivatives": "why_backpropagation",
            "Interim summary": "recap",
            "Summary: what to take away": "algorithm",
        },
    },
    "scs3201": {
        "notation": {"Notation for activations, weighted inputs and weights": "notation"},
        "the matrix form": {"The matrix form": "chain_rule"},
        "forward propagation with biases, vectorised": {
            "Forward propagation, layer by layer": "chain_rule",
            "Biases, and the vectorised activation function": "chain_rule",
        },
        "the cost as a function of all weights": {
            "The cost as a function of all weights": "recap",
        },
        "why the search space is large": {"Why the search space is large": "recap"},
        "error terms go backward, none at the input": {
            "Error terms go backward, and the input has none": "generalized_delta",
        },
        "a chain of four single neurons": {
            "A chain of four layers with a single neuron each": "chain_rule",
            "The cost of the chain, with biases and without": "chain_rule",
        },
        "how the cost reacts to the last weight": {
            "How the cost reacts to the last weight": "output_delta",
        },
        "how the cost reacts to the activation before": {
            "To lower the cost: change a weight or the previous activation": "chain_rule",
            "How the cost reacts to the previous activation": "chain_rule",
        },
        "fire together, wire together": {"Fire together, wire together": "chain_rule"},
        "four layers side by side": {
            "Layers K−1 and K−2: longer chains": "chain_rule",
            "Layers K, K−1, K−2 and K−3 side by side": "generalized_delta",
        },
        "the common factor": {"The common factor δ": "generalized_delta"},
        "the generalized rule": {
            "The generalized rule for a weight": "generalized_delta",
            "The generalized rule for δ": "generalized_delta",
        },
        "the algorithm": {
            "Overview of the algorithm, from random weights": "algorithm",
            "The algorithm: error terms of the outputs": "output_delta",
            "The algorithm: error terms of hidden neurons": "generalized_delta",
            "The algorithm: updates until convergence": "algorithm",
        },
        "Mazur's example": {"Mazur's worked example, recommended reading": "golden_numbers"},
        "the rest of the deck": {
            "Adjusting weights in different layers": "recap",
            "How much each layer and neuron contributes to the cost": "output_delta",
            "The cost is differentiable, so gradient descent applies": "recap",
            "The sigmoid of the last neuron": "output_delta",
            "Adjusting the weight of the last layer": "output_delta",
            "The chain rule for composite functions": "chain_rule",
            "Videos to watch": "history",
        },
    },
    "uva_ml1": {
        "the chain rule in several dimensions": {"The multi-dimensional chain rule": "chain_rule"},
        "the error as a sum over examples": {"The error is a sum over examples": "notation"},
        "node errors": {
            "A weight acts through one weighted input only": "output_delta",
            "Node errors δ": "output_delta",
            "The derivative with respect to a weight: node error times input": "generalized_delta",
        },
        "the hidden rule, through the chain rule in several dimensions": {
            "The hidden rule, by the multi-dimensional chain rule": "generalized_delta",
        },
        "any feed-forward network, by its outgoing connections": {
            "Any feed-forward network and its outgoing connections": "skip_connections",
        },
        "skip connections, worked out": {"Careful with skip connections": "skip_connections"},
        "how to start: regression": {"Starting: regression with identity outputs": "output_delta"},
        "how to start: classes": {
            "Starting: classes with softmax and cross-entropy": "output_delta",
        },
        "the example with tanh": {
            "The slope of tanh": "output_delta",
            "Example: a two-layer tanh network": "generalized_delta",
        },
        "the rest of the deck": {
            "A network as a composition of functions": "chain_rule",
            "Forward propagation: all activations and units": "chain_rule",
            "Forward and backward propagation, summed up": "algorithm",
            "Iterative weight updates": "algorithm",
        },
    },
}

MISTAKES = {
    "comp90049": {
        "a hidden error term takes the weights on the wrong side": "The weights of the next layer",
        "index order turned round": "From and to",
        "the error sums over examples, then over units": "Examples or units",
        "each output is compared with the first": "Each output has its own difference",
        "the chain for a weight starts at an activation": "Where the chain begins",
        "backpropagation called a gradient descent": "Backpropagation is not gradient descent",
    },
    "scs3201": {
        "left-hand sides not changed": "The left-hand sides of layers K−2 and K−3",
        "a rule for chains called general": "A rule for one neuron a layer",
        "the error term of the wrong neuron": "Whose error term?",
        "a slope without an index": "Whose slope?",
        "updates backwards, or at once": "Update backwards?",
        "one index for two things (not in the first list)": "Which neuron's sum?",
    },
    "uva_ml1": {
        "the half is missing": "A half goes missing",
        "derivative with respect to the output": (
            "With respect to the weighted input, not the output"
        ),
        "an activation function before the first layer": (
            "The first layer has no activation function before it"
        ),
        "the index of the sum used twice": "One letter for two indices",
        "softmax without the condition": "Softmax wants targets that sum to 1",
        "all examples for one (not in the first list)": "One example or all",
    },
}


class Page(HTMLParser):
    """The ids of a page, and the rows of its coverage table: first cell -> links in the row."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.rows = set(), []
        self._awaited = self._inside = False
        self._text, self._links, self._cells = "", [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        self._awaited |= attributes.get("id") == TABLE
        if tag == "table" and self._awaited:
            self._awaited, self._inside = False, True
        elif tag == "tr":
            self._cells, self._links = [], []
        elif tag == "td":
            self._text = ""
        elif tag == "a" and self._inside:
            self._links.append(attributes["href"])

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if not self._inside:
            return
        if tag == "td":
            self._cells.append(" ".join(self._text.replace("’", "'").split()))
        elif tag == "tr" and self._cells:
            self.rows.append((self._cells[0], self._links))
        elif tag == "table":
            self._inside = False


@cache
def read(path):
    return Page(path.read_text(encoding="utf-8"))


def uncovered(rows, contract, here):
    """What of the contract the rows do not keep, in words."""
    pages = {topic: {target(here, link)[0].stem for link in links} for topic, links in rows}
    for promised, topics in contract.items():
        for topic, page in topics.items():
            if topic not in pages:
                yield f"{promised}: no row {topic!r}"
            elif page not in pages[topic]:
                yield f"{promised}: {topic!r} does not lead to {page}"
    known = {topic for topics in contract.values() for topic in topics}
    yield from (f"{topic!r} is not in the contract" for topic in pages if topic not in known)
    if len(pages) < len(rows):
        yield "two rows have the same topic"


def broken(rows, here):
    """Rows without a link, and links that lead nowhere."""
    for topic, links in rows:
        if not links:
            yield f"{topic!r} has no link"
        for link in links:
            there, anchor = target(here, link)
            if urlsplit(link).scheme or not there.is_file():
                yield f"{topic!r}: {link} is no page of the book"
            elif anchor and anchor not in read(there).ids:
                yield f"{topic!r}: {link} is no section of its page"


def target(here, link):
    parts = urlsplit(link)
    there = (here.parent / unquote(parts.path)).resolve() if parts.path else here
    return there, unquote(parts.fragment)


@pytest.fixture(params=CONTRACT)
def deck(request):
    return request.param


@pytest.fixture
def here(html, deck):
    return html / FOLDER / f"{deck}.html"


@pytest.fixture
def notebook(deck):
    return nbformat.read(ROOT / FOLDER / f"{deck}.ipynb", 4)


def test_every_topic_of_the_deck_has_its_row(here, deck):
    assert list(uncovered(read(here).rows, CONTRACT[deck], here)) == []


def test_every_row_leads_to_a_section_that_is_there(here):
    assert list(broken(read(here).rows, here)) == []


def test_a_row_that_is_dropped_or_leads_elsewhere_is_noticed(here, deck):
    rows, contract = read(here).rows, CONTRACT[deck]
    for k, (topic, links) in enumerate(rows):
        without = rows[:k] + rows[k + 1 :]
        assert any(repr(topic) in line for line in uncovered(without, contract, here))
        elsewhere = [*without, (topic, ["../companion/references.html"])]
        assert any(repr(topic) in line for line in uncovered(elsewhere, contract, here))
        for spoilt in ([], [*links, "../no/page.html"], [f"{links[0].split('#')[0]}#no-section"]):
            assert any(repr(topic) in line for line in broken([(topic, spoilt)], here))
    assert list(uncovered([*rows, rows[0]], contract, here)) == ["two rows have the same topic"]
    assert list(uncovered([*rows, ("Chess", [])], contract, here)) != []


def entries(notebook):
    """The entries of the section on mistakes: heading -> its cells."""
    found, inside, heading = {}, False, None
    for cell in notebook.cells:
        title = re.match(r"(##+) (.+)", cell.source) if cell.cell_type == "markdown" else None
        if title and title[1] == "##":
            inside, heading = title[2] == MENDED, None
        elif title and inside:
            heading = title[2]
        if heading:
            found.setdefault(heading, []).append(cell)
    return found


PARTS = {
    "what the slide says": r"^\*\*[^*]*\bslides?\b[^*]*\*\*",
    "what it should say": r"^\*\*It should (be|say)\*\*",
    "why": r"^\*\*Why\.\*\*",
}


def unproved(cells):
    """What an entry lacks: a part of its text, its formula, or the proof that tells them apart."""
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    for part, pattern in PARTS.items():
        if not re.search(pattern, text, re.MULTILINE):
            yield f"does not say {part}"
    found = claims(nbformat.v4.new_notebook(cells=cells))
    yield from found.problems
    if not found.stated:
        yield "has no mended formula with a label"
    proofs = [cell for cell in cells if cell.metadata.get("proves") and "sp." in cell.source]
    printed = "".join(o.get("text", "") for cell in proofs for o in cell.outputs)
    mended = re.findall(r"^mended, off by: (.+)$", printed, re.MULTILINE)
    slide = re.findall(r"^slide, off by: (.+)$", printed, re.MULTILINE)
    if not mended or any(not re.fullmatch(r"0|\[0(, 0)*\]", line) for line in mended):
        yield "does not show that the mended formula is right"
    if not slide or any(re.fullmatch(r"[\[(]?0.*", line) for line in slide):
        yield "does not show that the formula on the slide is wrong"


def test_every_mistake_has_its_entry(notebook, deck):
    assert entries(notebook).keys() - NO_MISTAKES == set(MISTAKES[deck].values())


def test_every_entry_says_and_proves_what_is_wrong_and_what_is_right(notebook):
    found = {
        heading: list(unproved(cells))
        for heading, cells in entries(notebook).items()
        if heading not in NO_MISTAKES
    }
    assert {heading: problems for heading, problems in found.items() if problems} == {}


def entry(text=None, output="mended, off by: 0\nslide, off by: x - y\n", proves=("rule",)):
    if text is None:
        text = "### H\n\n**The slide** has $b$.\n\n**It should be**\n\n$$a = b$$ (rule)\n\n**Why.**"
    proof = nbformat.v4.new_code_cell("sp.diff(E, w)", metadata={"proves": list(proves)})
    proof.outputs = [nbformat.v4.new_output("stream", name="stdout", text=output)]
    return [nbformat.v4.new_markdown_cell(text), proof]


def test_an_entry_in_order_lacks_nothing():
    assert list(unproved(entry())) == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (entry()[:1], "no cell proves it"),
        (entry(proves=()), "no cell proves it"),
        (entry("### H\n\n**The slide** has $b$. **Why.** So."), "does not say what it should say"),
        (entry("**The slide**\n\n**It should be** $a$.\n\n**Why.**"), "no mended formula"),
        (entry(output="mended, off by: x\nslide, off by: x\n"), "the mended formula is right"),
        (entry(output="mended, off by: [0, x]\nslide, off by: x\n"), "mended formula is right"),
        (entry(output="mended, off by: 0\nslide, off by: 0\n"), "on the slide is wrong"),
        (entry(output="mended, off by: 0\n"), "on the slide is wrong"),
        (entry(output="0"), "the mended formula is right"),
    ],
)
def test_what_an_entry_lacks_is_reported(cells, problem):
    assert any(problem in line for line in unproved(cells))

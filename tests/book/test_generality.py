"""A sentence that generalises is carried by a work, a proof or an experiment that it names."""

import nbformat
import pytest
from _tools import generality, prose
from _tools.generality import generalising, problem

PAGES = prose.pages()


def sentences(markdown, page="chapters/recap/recap.ipynb"):
    return [sentence for block in prose.read(markdown, page) for sentence in block.sentences]


@pytest.mark.parametrize("source", PAGES)
def test_nothing_is_generalised_that_nothing_carries(source):
    found = [s for block in prose.blocks(source) for s in block.sentences]
    wrong = [f"{s.where}\n  {problem(s)}" for s in found if problem(s)]
    assert not wrong, "\n".join(wrong)


def test_the_pages_are_all_read():
    found = [s for page in PAGES for block in prose.blocks(page) for s in block.sentences]
    assert len(found) > 2000
    assert sum(bool(generalising(s)) for s in found) > 80


@pytest.mark.parametrize(
    "claim",
    [
        "Single examples always learn faster.",
        "It never fails.",
        "Most of the starts arrive.",
        "A larger rate is better.",
        "That is no surprise.",
        "From every start it arrives.",
        "The error falls.",
        "XOR has no line, because it has none. <!-- because: shown by no-such-cell -->",
        "It never fails. <!-- never: shown by (no-such-label) -->",
        "It never fails. <!-- never: shown by draw-and -->",  # a picture: nothing is compared
        "Descent usually arrives. <!-- usually: shown by mlp-shapes -->",
        "It never fails. <!-- never: no claim, everybody knows -->",
        "It rises. <!-- falls: shown by valleys-run -->",
        "It falls faster. <!-- falls: shown by valleys-run -->",
        "It fails here. <!-- never: shown by valleys-run -->",  # nothing to carry
    ],
)
def test_a_sentence_that_nothing_carries_is_reported(claim):
    [sentence] = sentences(claim)
    assert problem(sentence)


@pytest.mark.parametrize(
    "claim",
    [
        "Does it always arrive?",
        "It always arrives {cite}`novikoff1962`.",
        "It always arrives. <!-- always: shown by novikoff1962 -->",
        "It always arrives. <!-- always: shown by (descent-factor) -->",
        "From no start it arrives. <!-- no start: shown by valleys-run -->",
        "Most of the starts arrive. <!-- most of: shown by golden_numbers#study-run -->",
        "A smaller step is shorter. <!-- smaller, shorter: no claim, definition -->",
        "There are at most four, see [what grows](#what-grows).",
    ],
)
def test_a_sentence_that_something_carries_is_in_order(claim):
    [sentence] = sentences(claim)
    assert problem(sentence) is None


def cells(*sources):
    made = [nbformat.v4.new_code_cell(source) for source in sources]
    for number, cell in enumerate(made):
        cell.id = f"cell-{number}"
    return made


@pytest.mark.parametrize(
    ("sources", "number"),
    [
        (["for seed in range(30):\n    run(seed)"], 30),
        (["runs = [run(start) for start in range(25)]"], 25),
        (["STARTS, EPOCHS = 40, 8000"], 40),
        (["def runs(eta, starts=24): pass", "runs(1)"], 24),
        (["def runs(eta): return eta", "runs(1, seeds=range(22))"], 22),
        (["N = 21", "for seed in range(N): pass"], 0),
        (["STARTS = 21\nfor seed in range(STARTS): pass"], 21),
        (["for seed in range(30): pass", "print(1)"], 0),
        (["for unit in range(30): pass"], 0),
        (["print(runs)", "runs = [run(seed) for seed in range(30)]", "print(1)"], 0),
    ],
)
def test_the_starts_of_an_experiment_are_counted(sources, number):
    made = cells(*sources)
    assert generality.starts(made, made[-1].id) == number


def test_comments_belong_to_the_sentence_before_them():
    one, two = sentences(
        "It falls. <!-- falls: shown by a, b --> <!-- n: c --> It rises: □ or $x$."
    )
    assert one.comments == ["falls: shown by a, b", "n: c"]
    assert one.marks("n") == ["c"]
    assert (two.comments, two.text) == ([], "It rises: □ or □.")


def test_boxes_tables_lists_and_terms_are_read():
    text = """
:::{dropdown} An answer
- It *always* falls, see {cite:t}`mazur2015` and [this](#that).
:::

| a | b |
|---|---|
| $x$ | it never `rises` |

:::{glossary}
term
  Explained, e.g. here, with {term}`terms <term>`. Twice.
:::
"""
    found = [(s.block.kind, s.text) for s in sentences(text)]
    assert ("paragraph", "It always falls, see ▣ and this.") in found
    assert ("td", "it never ▣") in found
    assert ("paragraph", "Explained, e.g. here, with terms.") in found
    assert ("paragraph", "Twice.") in found

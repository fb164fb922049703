"""Every result that the book states is proved where the reader can see it."""

from pathlib import Path

import nbformat
import pytest
from _tools.claims import claims

CHAPTERS = Path(__file__).parents[2] / "chapters"
NOTEBOOKS = sorted(CHAPTERS.glob("*/*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_labelled_result_is_proved_and_every_proof_has_its_label(path):
    found = claims(nbformat.read(path, 4))
    assert not found.problems, "\n".join(found.problems)


def test_labels_are_unique_across_the_book_and_all_are_proved(record_property):
    stated = [label for path in NOTEBOOKS for label in claims(nbformat.read(path, 4)).stated]
    proved = [label for path in NOTEBOOKS for label in claims(nbformat.read(path, 4)).proved]
    assert len(stated) == len(set(stated))
    assert set(stated) == set(proved)
    assert len(stated) >= 20
    record_property("labelled results", len(stated))


def lesson(text="$$\na = b\n$$ (rule)", proves=("rule",), outputs=True, tags=(), equations=None):
    markdown = nbformat.v4.new_markdown_cell(text)
    if equations:
        markdown.metadata["equations"] = equations
    code = nbformat.v4.new_code_cell("a - b", metadata={"proves": list(proves), "tags": list(tags)})
    if outputs:
        code.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "0"})]
    return nbformat.v4.new_notebook(cells=[markdown, code])


def test_a_lesson_in_order_has_no_problems():
    assert not claims(lesson()).problems
    assert not claims(lesson("$$z = w x$$", proves=(), equations="definition")).problems


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (lesson(proves=()), "(rule) is stated, but no cell proves it"),
        (lesson(proves=("rule", "other")), "proves (other), which is not stated"),
        (lesson("$$a = b$$ (rule)\n\n$$c = d$$"), "no definition and no label"),
        (lesson("$$a = b$$ (rule)\n\n$$c = d$$ (rule)"), "(rule) is stated twice"),
        (lesson(outputs=False), "shows nothing to compare"),
        (lesson(tags=("nbval-ignore-output",)), "shows nothing to compare"),
        (lesson(equations="definition"), "declares equations that it does not have"),
    ],
)
def test_what_is_not_in_order_is_reported(broken, problem):
    assert any(problem in line for line in claims(broken).problems)

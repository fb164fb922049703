"""The descriptions of pictures are made of the data that draws them."""

import ast
import re

import nbformat
import pytest
from _tools import prose
from _tools.descriptions import problems, typed

NOTEBOOKS = [page for page in prose.pages() if page.endswith(".ipynb")]


def code(page):
    cells = nbformat.read(prose.ROOT / page, 4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


@pytest.mark.parametrize("source", NOTEBOOKS)
def test_a_description_claims_nothing_that_is_typed(source):
    found = [f"{source}, cell {c.id}: {line}" for c in code(source) for line in problems(c.source)]
    assert not found, "\n".join(found)


def test_the_pictures_are_all_found():
    drawn = [text for page in NOTEBOOKS for cell in code(page) for text, _ in typed(cell.source)]
    assert len(drawn) > 40
    assert sum(bool(text.strip()) for text in drawn) > 25


@pytest.mark.parametrize(
    ("source", "claims"),
    [
        ('picture(figure, "The error falls.")', True),
        ('picture(figure, f"The error {said(errors):falls}.")', False),
        ('picture(figure, f"It ends at {errors[-1]:.2f}." + " It is flat.")', True),
        ('picture(figure, "It ends at 0.1.")', True),
        ('picture(figure, ", ".join(f"{n} above {m}" for n, m in pairs))', True),
        ('picture(figure, description=f"{said(ax):Left} it {x}, " "three curves.")', True),
        ('digits(X, label, "Images of the digits.")', False),
        ('digits(X, label, "Six images.")', True),
        ('network_diagram([2, 2, 1], meaning="The weight is highlighted.")', True),
        ('network_diagram([2, 2], highlight={(1, 1)}, meaning="It is highlighted.")', False),
        ('network_diagram([2, 2], meaning="All lines are blue.")', True),
        ("network_diagram([2, 2, 1])", False),
        ('print("It falls.")', False),
    ],
)
def test_a_typed_claim_is_reported(source, claims):
    assert bool(list(problems(source))) == claims


WEIGHT = re.compile(r"w\^\{(\d)\}_\{(\d)(\d)\}")


def wrongly_highlighted(cells):
    """Weights that a text says are highlighted, or thick, and the next diagram does not."""
    for number, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        for block in prose.read(cell.source):
            for sentence in block.sentences:
                if not re.search(r"\b(highlighted|thick one)\b", sentence.text):
                    continue
                drawn = next((given for c in cells[number:] for given in diagrams(c)), {})
                for formula in sentence.formulas:
                    for weight in WEIGHT.findall(formula):
                        if tuple(map(int, weight)) not in drawn.get("highlight", ()):
                            yield f"cell {cell.id}: {formula} is not highlighted"


def diagrams(cell):
    """The arguments of the diagrams that a cell draws, as far as they are plain values."""
    for call in ast.walk(ast.parse(cell.source if cell.cell_type == "code" else "")):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "network_diagram":
            given = [k for k in call.keywords if k.arg in ("highlight", "weights")]
            yield {k.arg: ast.literal_eval(k.value) for k in given}


@pytest.mark.parametrize("source", NOTEBOOKS)
def test_a_text_says_what_is_highlighted(source):
    found = list(wrongly_highlighted(nbformat.read(prose.ROOT / source, 4).cells))
    assert not found, f"{source}: {found}"


@pytest.mark.parametrize(("weight", "wrong"), [("w^{2}_{12}", True), ("w^{2}_{21}", False)])
def test_a_wrong_highlight_is_reported(weight, wrong):
    cells = [
        nbformat.v4.new_markdown_cell(f"The thick one is ${weight}$."),
        nbformat.v4.new_code_cell("network_diagram([2, 2, 2], highlight={(2, 2, 1)})"),
    ]
    assert bool(list(wrongly_highlighted(cells))) == wrong

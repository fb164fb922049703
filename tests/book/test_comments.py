"""An author's comment reaches no reader."""

import re
from pathlib import Path

import nbformat
from _tools.comments import without_comments
from docutils import nodes

CHAPTERS = Path(__file__).parents[2] / "chapters"


def test_comments_of_the_sources_are_not_in_the_page(page, html):
    source = (CHAPTERS.parent / page).with_suffix("")
    if source.with_suffix(".ipynb").exists():
        cells = nbformat.read(source.with_suffix(".ipynb"), 4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    else:
        text = source.with_suffix(".md").read_text(encoding="utf-8")
    built = (html / page).read_text(encoding="utf-8")
    for comment in re.findall(r"<!--.*?-->", text, re.DOTALL):
        assert comment not in built, f"{page} shows {comment}"


def test_only_comments_are_removed():
    document = nodes.paragraph()
    texts = ["<!-- shown by: a -->", "<!-- a -->\n<!-- b -->", "<b>", "<!-- c --><hr>"]
    document += [nodes.raw("", text, format="html") for text in texts]
    document += nodes.raw("", "% <!-- d -->", format="latex")
    without_comments(None, document)
    assert [node.astext() for node in document] == ["<b>", "<!-- c --><hr>", "% <!-- d -->"]

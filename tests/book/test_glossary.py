"""The glossary: its terms are in order, and each leads to the section that introduces it."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from _tools.links import words

GLOSSARY = Path(__file__).parents[2] / "chapters" / "companion" / "glossary.md"
LINK = re.compile(r"\]\((?P<page>[^)#\s]+)(?:#(?P<section>[^)\s]+))?\)")


def entries(text):
    """Term -> its explanation."""
    [body] = re.findall(r":::\{glossary\}\n(.*?)\n:::", text, re.DOTALL)
    found = {}
    for entry in body.split("\n\n"):
        term, _, explanation = entry.partition("\n")
        assert explanation.startswith("  "), entry
        found[term] = explanation
    return found


TERMS = entries(GLOSSARY.read_text(encoding="utf-8"))


def out_of_order(terms):
    keys = [re.sub(r"[^a-z ]", "", term.lower()) for term in terms]
    pairs = zip(keys, keys[1:], terms[1:], strict=False)
    return [term for before, key, term in pairs if before >= key]


@cache
def sections(path):
    """Section -> its text with that of its subsections; None -> the whole page."""
    text = "\n\n".join(
        cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"
    )
    found = {None: text}
    for heading in re.finditer(r"^(#+) (.+)$", text, re.MULTILINE):
        after = text[heading.end() :]
        following = re.search(rf"^#{{1,{len(heading[1])}}} ", after, re.MULTILINE)
        section = heading[2] + after[: following.start() if following else None]
        slug = re.sub(r"[^\w\- ]", "", heading[2].lower()).replace(" ", "-")
        found.setdefault(slug, section)
    return found


def without_its_section(term, explanation):
    """Why the first link of an entry does not lead to what introduces the term, or None."""
    link = LINK.search(explanation)
    if not link:
        return "no link"
    page = (GLOSSARY.parent / link["page"]).resolve()
    if not page.is_file() or link["section"] not in sections(page):
        return f"no such section: {link[0]}"
    if not any(words(term) <= words(text) for text in introduced(sections(page)[link["section"]])):
        return f"{link[0]} does not introduce it"
    return None


def introduced(section):
    """The texts of a section that introduce terms: heading, first paragraph, bold, marked."""
    heading, first, *_ = [*section.split("\n\n", 2), ""]
    yield f"{heading} {first}"
    yield from re.findall(r"\*\*([^*\n]+)\*\*", section)
    yield from re.findall(r"\{term\}`([^`]+)`", section)


def test_the_terms_are_in_order():
    assert len(TERMS) > 45
    assert out_of_order(list(TERMS)) == []


@pytest.mark.parametrize("term", TERMS)
def test_a_term_leads_to_the_section_that_introduces_it(term):
    assert without_its_section(term, TERMS[term]) is None


@pytest.mark.parametrize(
    ("explanation", "problem"),
    [
        ("Nothing to see.", "no link"),
        ("See [A](../no/page.ipynb#a).", "no such section"),
        ("See [A](../recap/recap.ipynb#no-section).", "no such section"),
        ("See [A](../recap/recap.ipynb#xor-has-no-line).", "does not introduce it"),
    ],
)
def test_a_link_to_nowhere_is_noticed(explanation, problem):
    assert problem in without_its_section("activation function", explanation)


def test_a_term_out_of_order_is_noticed():
    assert out_of_order(["a", "identity", "hidden layer"]) == ["hidden layer"]
    assert out_of_order(["batch", "batch"]) == ["batch"]

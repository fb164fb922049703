"""The glossary: its terms are in order, and each leads to a section that uses it."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

GLOSSARY = Path(__file__).parents[2] / "chapters" / "companion" / "glossary.md"
LINK = re.compile(r"\]\((?P<page>[^)#\s]+)(?:#(?P<section>[^)\s]+))?\)")

# What the text may say in place of the term itself.
WORDS = {
    "Kronecker's delta": "Kronecker",
    "linearly separable": "line",
    "test set": "test set|set aside|to test",
    "vanishing gradient": "vanish|shrink",
    "saturated": "saturat|flat",
    "stopping criterion": "criteri",
}


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


def without_its_section(explanation, words):
    """Why the first link of an entry leads nowhere, or None."""
    link = LINK.search(explanation)
    if not link:
        return "no link"
    page = (GLOSSARY.parent / link["page"]).resolve()
    if not page.is_file() or link["section"] not in sections(page):
        return f"no such section: {link[0]}"
    if not re.search(words, sections(page)[link["section"]], re.IGNORECASE):
        return f"{link[0]} does not use it"
    return None


def test_the_terms_are_in_order():
    assert len(TERMS) > 45
    assert out_of_order(list(TERMS)) == []


@pytest.mark.parametrize("term", TERMS)
def test_a_term_leads_to_a_section_that_uses_it(term):
    assert without_its_section(TERMS[term], WORDS.get(term, re.escape(term))) is None


def test_words_belong_to_terms():
    assert not WORDS.keys() - TERMS.keys()


@pytest.mark.parametrize(
    ("explanation", "problem"),
    [
        ("Nothing to see.", "no link"),
        ("See [A](../no/page.ipynb#a).", "no such section"),
        ("See [A](../recap/recap.ipynb#no-section).", "no such section"),
        ("See [A](../recap/recap.ipynb#xor-has-no-line).", "does not use it"),
    ],
)
def test_a_link_to_nowhere_is_noticed(explanation, problem):
    assert problem in without_its_section(explanation, "backpropagation through time")


def test_a_term_out_of_order_is_noticed():
    assert out_of_order(["a", "identity", "hidden layer"]) == ["hidden layer"]
    assert out_of_order(["batch", "batch"]) == ["batch"]

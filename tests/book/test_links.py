"""A link leads to a section that is about what the link says."""

from random import Random

import pytest
from _tools import links, prose

PAGES = prose.pages()


def found(page):
    return [
        (sentence, link)
        for block in prose.blocks(page)
        for sentence in block.sentences
        for link in sentence.links
    ]


@pytest.mark.parametrize("source", PAGES)
def test_links_lead_where_they_say(source):
    wrong = [(sentence, links.problem(sentence, link)) for sentence, link in found(source)]
    assert not any(problem for _, problem in wrong), "\n".join(
        f"{sentence.where}\n  {problem}" for sentence, problem in wrong if problem
    )


def test_links_exchanged_are_noticed():
    """Of links led to any other section of the book, nearly all are found."""
    places = [(p, s) for p in PAGES if p.startswith("chapters/") for s in links.sections(p)]
    random = Random(0)
    led = missed = 0
    for page in PAGES:
        for sentence, link in found(page):
            if not page.startswith("chapters/") or link.target.startswith("http"):
                continue
            if sentence.marks("link"):
                continue
            for other, section in random.sample(places, 8):
                led += 1
                wrong = prose.Link(link.text, f"../../{other}#{section}")
                missed += links.problem(sentence, wrong) is None
    assert led > 1000
    assert missed < 0.02 * led


def complaint(markdown):
    [sentence] = prose.read(markdown, "chapters/companion/glossary.md")[0].sentences
    [link] = sentence.links
    return links.problem(sentence, link)


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        ("See [Layers](../recap/nothing.ipynb#layers).", "no such page"),
        ("See [Layers](../recap/recap.ipynb#nothing).", "no such section"),
        ("See [XOR](../recap/recap.ipynb#layers-of-units).", "not about it"),
        ("See [Layers of units](../recap/recap.ipynb#xor-has-no-line).", "another section"),
        ("See [here](../recap/recap.ipynb#xor-has-no-line).", "not about it"),
        ("See [it](http//broken).", "no such page"),
    ],
)
def test_a_link_to_the_wrong_place_is_reported(markdown, problem):
    assert problem in complaint(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        "See [Layers of units](../recap/recap.ipynb#layers-of-units).",
        "See [XOR](../recap/recap.ipynb#xor-has-no-line).",
        "See [the error term](../output_delta/output_delta.ipynb#the-error-term-%CE%B4).",
        "See [here](../recap/recap.ipynb#layers-of-units). <!-- link: the next one -->",
        "See [anything](https://www.example.com/page?a=b).",
    ],
)
def test_a_link_to_the_right_place_is_not(markdown):
    assert complaint(markdown) is None

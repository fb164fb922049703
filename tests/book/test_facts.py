"""What the text says of works and people agrees with references.bib, and that is complete."""

import copy
import re
from itertools import combinations

import pytest
from _tools import prose
from _tools.bibliography import entries, last_names, year
from _tools.facts import wrong_names, wrong_titles, wrong_works, wrong_years

PAGES = prose.pages()
VENUES = ("journal", "booktitle", "publisher", "school", "howpublished")

# Works that a text may exchange, since it says the same of both; or only their title tells.
ALIKE = [
    {"frermann2020", "gunawardana", "bekkers"},  # the three lectures
    {"mazur2015", "han2011"},  # the two worked examples
    {"hochreiter1991", "bengio1994"},
    {"bekkers", "bishop2006"},  # on the page that says on which book the lecture rests
]


def problems(page):
    blocks = prose.blocks(page)
    cited = {key for block in blocks for s in block.sentences for key in s.citations}
    for block in blocks:
        yield from wrong_years(block)
        yield from wrong_names(block, cited & entries().keys())
        for sentence in block.sentences:
            yield from wrong_works(sentence)
    for _, text in prose.sources(page):
        yield from wrong_titles(text)


@pytest.mark.parametrize("source", PAGES)
def test_the_text_agrees_with_the_bibliography(source):
    found = list(problems(source))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", entries())
def test_an_entry_is_complete(key):
    entry = entries()[key]
    assert last_names(entry)
    assert entry.fields["title"]
    assert entry.fields["about"]
    assert any(venue in entry.fields for venue in VENUES)
    lecture = entry.fields.get("howpublished", "").startswith("Lecture")
    if not (lecture and entry.fields.get("note") == "undated"):
        assert re.fullmatch(r"(1[89]|20)\d\d[ab]?", entry.fields["year"])
        assert year(entry) in key
    if not lecture and entry.type != "phdthesis":
        assert {"doi", "isbn", "url", "pages"} & set(entry.fields), "nothing to find it by"
    if entry.type == "article":
        assert {"volume", "pages"} <= set(entry.fields)


@pytest.mark.parametrize("key", [key for key in entries() if "isbn" in entries()[key].fields])
def test_an_isbn_has_its_check_digit(key):
    digits = [int(digit) for digit in entries()[key].fields["isbn"] if digit.isdigit()]
    assert len(digits) == 13
    assert sum(digits[0::2]) % 10 == -3 * sum(digits[1::2]) % 10


def test_every_work_is_cited_and_no_other():
    cited = {
        key
        for page in PAGES
        for block in prose.blocks(page)
        for sentence in block.sentences
        for key in sentence.citations
    }
    assert cited == entries().keys()


@pytest.mark.parametrize("source", PAGES)
def test_two_works_exchanged_are_noticed(source):
    places = [
        (sentence, number, name, content)
        for block in prose.blocks(source)
        for sentence in block.sentences
        for number, (name, content) in enumerate(sentence.roles)
        if name.startswith("cite") and "," not in content
    ]
    for one, other in combinations(places, 2):
        pair = {one[3], other[3]}
        if len(pair) == 1 or any(pair <= alike for alike in ALIKE):
            continue
        changed = {id(sentence): copy.copy(sentence) for sentence in (one[0], other[0])}
        for sentence in changed.values():
            sentence.roles = list(sentence.roles)
        for (sentence, number, name, _), key in ((one, other[3]), (other, one[3])):
            changed[id(sentence)].roles[number] = (name, key)
        assert any(list(wrong_works(sentence)) for sentence in changed.values()), (
            f"{one[0].where}\n{other[0].where}\n{pair} exchanged: nobody notices"
        )


def complaints(markdown, page="chapters/companion/history.md"):
    blocks = prose.read(markdown, page)
    cited = {key for block in blocks for s in block.sentences for key in s.citations}
    found = [line for block in blocks for line in wrong_years(block)]
    found += [line for block in blocks for line in wrong_names(block, cited & entries().keys())]
    found += [line for block in blocks for s in block.sentences for line in wrong_works(s)]
    return found + list(wrong_titles(markdown))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("**1961. Backwards.** {cite:t}`kelley1960` plans the flight of rockets.", "1961"),
        ("**1960. Perceptron.** {cite:t}`rosenblatt1958` built a perceptron.", "1960"),
        ("In 1986 it became popular.", "1986"),
        ("The network of 1987. <!-- year of: rumelhart1986pdp -->", "1987"),
        ("{cite:t}`widrow1960` plan the flight of rockets.", "widrow1960 is cited for"),
        ("{cite:t}`kelly1960` plans flights.", "no work kelly1960"),
        ("It is the method of Linainmaa, says {cite}`linnainmaa1976`, an article.", "Linnainmaa"),
        ("This is Bishop's notation.", "no work of Bishop"),
        ("In Rummelhart's words.", "'Rumelhart' is"),
        ("*Neural Networks: The Backpropagation* {cite}`bekkers` is a lecture of his.", "title"),
    ],
)
def test_a_false_fact_is_noticed(text, complaint):
    assert any(complaint in line for line in complaints(text))


@pytest.mark.parametrize(
    "text",
    [
        "**1960. Backwards.** {cite:t}`kelley1960` plans the flight of rockets.",
        "The network of 1986. <!-- year of: rumelhart1986pdp -->",
        "As in Linnainmaa's method, an article {cite}`linnainmaa1976`.",
        "After 2,000 updates, or 2000 epochs, Most of them arrive.",
    ],
)
def test_a_true_fact_is_not(text):
    assert complaints(text) == []

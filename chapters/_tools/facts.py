"""Years, names and titles in the text, compared with the entries of references.bib.

A year is that of a work which its paragraph cites; the year at the head of a paragraph is that of
the first. Elsewhere a comment names the work: <!-- year of: key -->. A name is that of an author
whom the page cites. A work is cited for what its entry is `about`: a sentence that cites it says
one of these words, and if it cites several works, between the citations before and behind.
"""

import difflib
import re
from pathlib import Path

from . import prose
from .bibliography import entries, last_names, plain, year

YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b(?!\s*(?:epochs|updates|images|steps|points))")
HEAD = re.compile(r"\*\*(\d{4})\b")
NAME = re.compile(r"\b[A-Z][A-Za-zéüö]+(?=\b)")


def wrong_years(block):
    """What is wrong with the years of a paragraph, in words."""
    cited = [key for sentence in block.sentences for key in sentence.citations]
    for number, sentence in enumerate(block.sentences):
        named = [key for mark in sentence.marks("year of") for key in _keys(mark)]
        for found in YEAR.findall(sentence.text):
            works = named or cited
            if number == 0 and sentence.text.startswith(found) and cited and not named:
                works = cited[:1]  # the head of a paragraph of the history
            if not any(found == year(entries()[key]) for key in works if key in entries()):
                yield (
                    f"{sentence.where}: {found} is not the year of "
                    f"{' or '.join(works) or 'a work that the paragraph cites'}; "
                    "cite the work, or name it: <!-- year of: key -->"
                )


def wrong_names(block, cited_on_page):
    """Names that no author of a work cited on the page has, or that are almost one."""
    authors = {name for entry in entries().values() for name in last_names(entry)}
    cited = {name for key in cited_on_page for name in last_names(entries()[key])}
    for sentence in block.sentences:
        text = sentence.text
        for link in sentence.links:
            text = text.replace(" ".join(link.text.split()), "")
        for found in NAME.finditer(text):
            name = found[0]
            if name in authors:
                if name not in cited:
                    yield f"{sentence.where}: the page cites no work of {name}"
                continue
            close = difflib.get_close_matches(name, authors, 1, 0.8)
            if close and len(name) > 3 and not _is_word(name, found, text):
                yield f"{sentence.where}: {name!r} is no author; {close[0]!r} is"


def _is_word(name, found, text):
    """Whether it has its capital from its place, at the beginning of a sentence or a quotation."""
    before = text[: found.start()].rstrip(" \"'(“*")
    return (not before or before[-1] in ".!?:;") and name.lower() in _vocabulary()


def _vocabulary():
    if not _WORDS:
        for page in prose.pages():
            for block in prose.blocks(page):
                for sentence in block.sentences:
                    _WORDS.update(re.findall(r"\b[a-z]+\b", sentence.text))
    return _WORDS


_WORDS = set()


def wrong_works(sentence):
    """Citations whose sentence does not say what the work is about."""
    cited = [content for name, content in sentence.roles if name.startswith("cite")]
    pieces = sentence.marked.split(prose.CITED)
    for number, content in enumerate(cited):
        first, last = number, number + 1
        while first and _joins(pieces[first]):
            first -= 1
        while last < len(cited) and _joins(pieces[last]):
            last += 1
        text = f"{pieces[first]}…{pieces[last]}"
        for key in _keys(content):
            if key not in entries():
                yield f"{sentence.where}: no work {key} in references.bib"
            elif not says(f"{text} on {Path(sentence.block.page).stem}", key):
                about = entries()[key].fields.get("about", "")
                yield f"{sentence.where}: {key} is cited for {about!r}, which {text!r} does not say"


def _joins(piece):
    """Whether what stands between two citations makes them one enumeration."""
    return not re.search(r"\w{4}", piece)


def says(text, key):
    """Whether a text has one of the words that the work is about."""
    about = plain(entries()[key].fields["about"]).split(",")
    return any(word.strip().lower() in text.lower() for word in about)


def _keys(content):
    return [key.strip() for key in content.split(",")]


TITLED = re.compile(r"\*(?P<title>[A-Z][^*\n]{20,})\*\s*\{cite[^}]*\}`(?P<key>\w+)`")


def wrong_titles(markdown):
    """Titles in italics before a citation that are not those of the work."""
    for found in TITLED.finditer(markdown):
        title = plain(entries()[found["key"]].fields["title"])
        if found["title"] != title:
            yield f"{found[0]}: the title of {found['key']} is {title!r}"

"""The entries of references.bib: the one source of names, titles and years."""

from functools import cache

from pybtex.database import parse_file

from .prose import ROOT

FILE = ROOT / "chapters" / "references.bib"


@cache
def entries():
    """Key -> entry, as pybtex reads it."""
    return dict(parse_file(str(FILE)).entries)


def last_names(entry):
    """The authors' last names, as they are written in a text."""
    people = (" ".join(person.last_names) for person in entry.persons["author"])
    return [plain(name) for name in people if name != "others"]


def year(entry):
    """The year, without the letter that tells two works apart."""
    return entry.fields.get("year", "")[:4]


def plain(text):
    """A field as text: no braces, accents as characters."""
    from pybtex.richtext import Text

    return str(Text.from_latex(text))

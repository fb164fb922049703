"""Links inside of the book, and whether a section is about what leads to it.

The words of a link, or one of them if they are many, stand in the heading or the first paragraph
of the section that it leads to. Otherwise a comment behind its sentence says why it leads there:
<!-- link: reason -->.
"""

import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote

import snowballstemmer

from . import prose

STOPS = set(
    re.findall(
        r"\w+",
        """a an and are as at be before but by can do does for from here how if in into is it its
        no not of on one only or other others our own same see that the their them then there
        these this those to two we what when where which why with you your
        all book chapter first fourth lesson page second section third""",
    )
)
_stemmer = snowballstemmer.stemmer("english")


def words(text):
    """The stems of the words that mean something."""
    found = re.findall(r"[a-zα-ω0-9]+", text.lower().replace("’", "'").replace("'s", ""))
    return {stem for stem in _stemmer.stemWords([w for w in found if w not in STOPS]) if stem}


@cache
def sections(page):
    """Address of a section, '' for the page -> (its heading, its first paragraph)."""
    found, heading, first = {}, None, {}
    for block in prose.blocks(page):
        text = " ".join(sentence.text for sentence in block.sentences)
        if block.kind == "heading":
            heading = address(text)
            if not found:
                found[""] = text
            found.setdefault(heading, text)
        elif heading is not None and block.kind == "paragraph":
            first.setdefault(heading, text)
            if len(found) == 2:
                first.setdefault("", text)
    return {key: (title, first.get(key, "")) for key, title in found.items()}


def address(heading):
    """The address that MyST gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def problem(sentence, link):
    """Why a link leads to the wrong place, in words, or None."""
    target = unquote(link.target)
    if re.match(r"https?://[\w.-]+(/\S*)?$", target):
        return None
    path, _, section = target.partition("#")
    page = sentence.block.page if not path else _resolved(sentence.block.page, path)
    if not (prose.ROOT / page).is_file():
        return f"{target}: there is no such page"
    if not page.endswith((".ipynb", ".md")) or not page.startswith("chapters/"):
        return None  # a file of the repository
    if section not in sections(page):
        return f"{target}: there is no such section"
    if sentence.marks("link"):
        return None
    said, (heading, first) = words(link.text), sections(page)[section]
    titled = _titled(frozenset(said))
    if titled and (page, section) not in titled:
        return f"[{link.text}] is another section: {' or '.join(map('#'.join, titled))}"
    title, _ = sections(page)[""]
    about = words(heading)
    if 2 * len(said & about) > len(said) or (said and said <= words(f"{heading} {title} {first}")):
        return None
    return f"[{link.text}] leads to {heading!r}, which is not about it: {target}"


@cache
def _titled(said):
    """The sections of the book whose heading has just these words."""
    pages = [page for page in prose.pages() if page.startswith("chapters/")]
    return [
        (page, section)
        for page in pages
        for section, (heading, _) in sections(page).items()
        if said and words(heading) == said
    ]


def _resolved(page, path):
    parts = []
    for part in (PurePosixPath(page).parent / path).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)

"""One plain ES module out of several, without a bundler.

A widget's code is a single text, which has no folder to import from. So the modules that a figure
imports are put before it, each once, in one scope: import lines and the word `export` go, as do
comments and indentation. Hence two rules for the modules here: imports are by name and without
`as`, and a top-level name is used in one file only.
"""

import posixpath
import re
from functools import cache
from pathlib import Path

from ..drawing import palette

FOLDER = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]*)";\n', re.MULTILINE)
SEAM = "/*#*/\n"  # between two modules, so that a page with several figures can keep each once
COMMENT = re.compile(r"^\s*(//.*|/\*[\s\S]*?\*/\s*)$\n?", re.MULTILINE)


@cache
def source(name):
    """The text of a file of this package, such as "page/dom.js"."""
    return Path(FOLDER, name).read_text(encoding="utf-8")


def style(script):
    """What all figures look like, and what the figure with this script adds in its own CSS."""
    own = posixpath.splitext(script)[0] + ".css"
    return source("page/figures.css") + (SEAM + source(own) if Path(FOLDER, own).is_file() else "")


def assemble(main, generated=None):
    """The module `main` with everything that it imports, as one text.

    Parameters
    ----------
    main : str
        A module with a default export, such as "chain/figure.js".
    generated : dict or None
        Modules that are no files, by the names that modules beside `main` import them by:
        {"arithmetic.js": text}.
    """
    folder = posixpath.dirname(main)
    written = {"page/palette.js": palette_module()}
    for name, text in (generated or {}).items():
        written[posixpath.join(folder, name)] = text
    modules = {}

    def visit(name, path=()):
        if name in path:
            raise ValueError(f"{name}: expected no circle of imports, got {' > '.join(path)}")
        if name in modules:
            return
        text = written.get(name) or source(name)
        for imported in IMPORT.findall(text):
            visit(posixpath.normpath(posixpath.join(name, "..", imported)), (*path, name))
        modules[name] = _plain(text)

    visit(main)
    return SEAM.join(modules.values())


def _plain(text):
    text = COMMENT.sub("", IMPORT.sub("", text))
    text = re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)
    return re.sub(r"^\s+", "", text, flags=re.MULTILINE)


def palette_module():
    """The colours of bplib.drawing for the figures: `palette.forward` and so on."""
    names = ("INK", "FORWARD", "BACKWARD", "PARAMETER", "ERROR", "MUTED")
    entries = [f'{name.lower()}: "{palette.css(getattr(palette, name))}"' for name in names]
    entries.append('paper: "var(--bp-paper, #fff)"')
    return f"export const palette = {{ {', '.join(entries)} }};\n"

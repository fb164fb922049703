"""MathJax comes with the book: copied out of a Python package, so no page asks a CDN for it."""

import shutil
from importlib.util import find_spec
from pathlib import Path

# The package (MathJax 3.2.2, byte for byte) is itself a Sphinx extension, but one that copies
# 24 MB. These are the parts that MathJax may ask for while it shows TeX as HTML.
PACKAGE = "sphinx-mathjax-offline"
ENTRY = "tex-chtml.js"
PIECES = (
    ENTRY,
    "input/tex/extensions",
    "output/chtml/fonts",
    "a11y",
    "sre/mathmaps/base.json",
    "sre/mathmaps/en.json",
    "sre/mathmaps/nemeth.json",
)


def set_path(app, config):
    config.mathjax_path = f"mathjax/{ENTRY}"


def copy(app, exception):
    if exception or app.builder.format != "html":
        return
    source = Path(find_spec(PACKAGE).submodule_search_locations[0]) / "static" / "mathjax"
    target = Path(app.outdir) / "_static" / "mathjax"
    for piece in PIECES:
        if (target / piece).exists():
            continue
        if (source / piece).is_dir():
            shutil.copytree(source / piece, target / piece)
        else:
            (target / piece).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / piece, target / piece)


def setup(app):
    app.connect("config-inited", set_path)
    app.connect("build-finished", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

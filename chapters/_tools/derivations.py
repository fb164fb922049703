"""Derivations in the book's pages: style sheet and script are loaded once, not with each output.

In Jupyter every derivation brings its own along (`bplib.symbolic.page`): nothing else is there.
"""

import shutil
from pathlib import Path

from bplib.symbolic.page import html
from docutils import nodes

FILES = ("derivation.css", "derivation.js")
MARK = "bp-derivation-frame"


def undress(app, doctree):
    for node in doctree.findall(nodes.raw):
        text = node.astext()
        if MARK in text:
            node.rawsource = html.undressed(text)
            node.children = [nodes.Text(node.rawsource)]


def load(app, pagename, templatename, context, doctree):
    if MARK in context.get("body", ""):
        app.add_css_file("derivation.css")
        app.add_js_file("derivation.js", loading_method="defer")


def copy(app, exception):
    if not exception and app.builder.format == "html":
        for name in FILES:
            shutil.copyfile(html.FOLDER / name, Path(app.outdir, "_static", name))


def setup(app):
    app.connect("doctree-read", undress)
    app.connect("html-page-context", load)
    app.connect("build-finished", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

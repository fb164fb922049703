"""Comments of the sources stay in the sources: `<!-- ... -->` is for authors and for tests.

JupyterLab does not show them, but Sphinx would copy them into the pages.
"""

import re

from docutils import nodes

COMMENTS = re.compile(r"(?:\s*<!--.*?-->)+\s*", re.DOTALL)


def without_comments(app, doctree):
    """Remove what is nothing but comments; HTML with more in it is somebody's markup."""
    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html" and COMMENTS.fullmatch(raw.astext()):
            raw.parent.remove(raw)


def setup(app):
    app.connect("doctree-read", without_comments)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

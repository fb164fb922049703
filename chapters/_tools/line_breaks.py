"""Where a line of the built pages may end, and how long it may be on a phone.

A browser may move what follows a formula to the next line, were it only a full stop: so each
formula and the characters that touch it stand in a span that does not break. A printed line that
is a little too long for a phone would break in the middle of a table: so its `<pre>` says how many
columns it has, and `book.css` makes its type as small as that takes.
"""

import re
from html import unescape

FORMULA = r'<span class="math notranslate nohighlight">[^<]*</span>'
TOUCHED = re.compile(rf"([^\s<>]*)({FORMULA})([^\s<]*)")
PRINTED = re.compile(
    r'(<div class="output [^"]*notranslate"><div class="highlight"><pre)>(.*?)</pre>', re.DOTALL
)
TAG = re.compile(r"<[^>]+>")
COLUMNS = range(43, 58)  # of a phone: fewer fit as they are, for more the type would be too small


def keep_together(html):
    """Formulas with what touches them in one span."""

    def wrapped(match):
        whole, formula = match.group(0), match.group(2)
        return whole if whole == formula else f'<span class="bp-together">{whole}</span>'

    return TOUCHED.sub(wrapped, html)


def count_columns(html):
    """Printed outputs that are a little too wide for a phone say how wide they are."""

    def counted(match):
        columns = max(map(len, unescape(TAG.sub("", match.group(2))).split("\n")))
        style = f' style="--bp-columns: {columns}"' if columns in COLUMNS else ""
        return f"{match.group(1)}{style}>{match.group(2)}</pre>"

    return PRINTED.sub(counted, html)


def tidy(app, pagename, templatename, context, doctree):
    if "body" in context:
        context["body"] = count_columns(keep_together(context["body"]))


def setup(app):
    app.connect("html-page-context", tidy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

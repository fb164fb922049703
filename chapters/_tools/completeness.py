"""A finished build holds every page of _toc.yml, and an index.html that opens the first of them."""

from pathlib import Path

from sphinx.errors import SphinxError

REDIRECT = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}">
<a href="{page}">{title}</a>
</html>
"""


class IncompleteBook(SphinxError):
    category = "Incomplete book"


def check(app, exception):
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {name: out / app.builder.get_target_uri(name) for name in app.config.external_site_map}
    missing = [name for name, page in pages.items() if not page.is_file()]
    if missing:
        raise IncompleteBook(f"pages of _toc.yml that are not in the HTML: {', '.join(missing)}")
    first = app.builder.get_target_uri(app.config.root_doc)
    index = REDIRECT.format(title=app.config.html_title, page=first)
    (out / "index.html").write_text(index, encoding="utf-8")


def setup(app):
    app.connect("build-finished", check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

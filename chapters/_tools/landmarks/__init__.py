"""Everything on a page is in a landmark: the theme leaves the book's title, in the sidebar, out."""

from pathlib import Path

# The theme's own, but for the first.
SIDEBAR = ["book-title.html", "icon-links.html", "search-button-field.html", "sbt-sidebar-nav.html"]


def set_sidebar(app, config):
    config.templates_path = [*config.templates_path, str(Path(__file__).parent)]
    config.html_sidebars = {"**": SIDEBAR}


def setup(app):
    app.connect("config-inited", set_sidebar)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The book's own Sphinx extensions, one concept a file. `_config.yml` loads this package."""

PARTS = (
    "code_switch",
    "comments",
    "completeness",
    "derivations",
    "figures",
    "freshness",
    "landmarks",
    "line_breaks",
    "mathjax",
    "references",
    "repository",
)


def setup(app):
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}

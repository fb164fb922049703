"""A button on every page that shows or hides all code, and remembers it."""

import shutil
from pathlib import Path

SCRIPT = "code_switch.js"


def load(app, config):
    config.html_js_files = [*config.html_js_files, (SCRIPT, {"defer": "defer"})]


def copy(app, exception):
    if not exception and app.builder.format == "html":
        source = Path(__file__).with_name(SCRIPT)
        shutil.copyfile(source, Path(app.outdir, "_static", SCRIPT))


def setup(app):
    app.connect("config-inited", load)
    app.connect("build-finished", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

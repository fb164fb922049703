"""What was built is thrown away when anything it depends on changes.

Jupyter Cache recognises a notebook by its code cells alone, so after a change in bplib it would
publish yesterday's numbers. Here the cache's folder is named after everything else that a notebook
can see; a new name is a new, empty cache, and makes Sphinx read every page again.

Sphinx itself looks at the pages' sources and at its configuration, not at the style sheets, which
it would leave as they were, and not at the extensions here. So both are made configuration.
"""

import hashlib
import shutil
import sys
from pathlib import Path

CACHES = Path("_build", ".jupyter_cache")
SEEN_BY_NOTEBOOKS = (
    "bplib/**/*",
    "requirements/book.txt",
    "chapters/[!_]*/**/*.py",
    "chapters/[!_]*/**/*.json",
    "chapters/[!_]*/**/*.csv",
)
STYLES = ("chapters/_static/**/*", "bplib/symbolic/page/*.*s*")
EXTENSIONS = ("chapters/_tools/**/*", "conf.py")


def digest(root, patterns=SEEN_BY_NOTEBOOKS):
    """A name for the state of every file in `root` that these patterns match."""
    state = hashlib.sha256(sys.version.encode())
    files = {f for pattern in patterns for f in root.glob(pattern) if f.is_file()}
    for file in sorted(files):
        if "__pycache__" in file.parts or ".ipynb_checkpoints" in file.parts:
            continue
        state.update(file.relative_to(root).as_posix().encode() + b"\0")
        state.update(hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()[:16]


def name_cache(app, config):
    caches = Path(app.srcdir, CACHES)
    current = caches / digest(Path(app.srcdir))
    for old in caches.glob("*"):
        if old != current:
            shutil.rmtree(old)
    config.nb_execution_cache_path = str(current)
    config.book_styles = digest(Path(app.srcdir), STYLES)
    config.book_extensions = digest(Path(app.srcdir), EXTENSIONS)


def setup(app):
    app.add_config_value("book_styles", "", "html", types=str)  # pages are written again
    app.add_config_value("book_extensions", "", "env", types=str)  # pages are read again
    app.connect("config-inited", name_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

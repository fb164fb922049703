"""The book's build stops at a warning, and at a cell that fails or writes to stderr.

Tried on books of one page, with the book's own options, extensions and command.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from .test_commands import MAKE_TEST

ROOT = Path(__file__).parents[2]
PARTS = ("_config.yml", "conf.py", "chapters/_tools", "chapters/_static", "chapters/references.bib")


def build(folder, text, code, listed=""):
    """Build a book of one page with this text and code, as `make book` would."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / part, folder / part)
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: chapters/page\n{listed}")
    cells = [nbformat.v4.new_markdown_cell(f"# Title\n\n{text}"), nbformat.v4.new_code_cell(code)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "chapters" / "page.ipynb")
    _, *words = MAKE_TEST[0].split()
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_page_in_order_is_built(tmp_path):
    result = build(tmp_path, "Text.", "print(6 * 7)")
    assert result.returncode == 0, result.stderr
    assert "42" in (tmp_path / "_build/html/chapters/page.html").read_text()
    assert (tmp_path / "_build/html/index.html").is_file()


def test_a_warning_stops_the_build(tmp_path):
    """One build with many: all of them are shown."""
    text = "[no such page](nowhere.md), {cite}`nobody`, {ref}`no-label`, {nothing}`at all`"
    stderr = "import sys; print('to stderr', file=sys.stderr)"
    result = build(tmp_path, text, stderr, "chapters: [{file: chapters/not-there}]\n")
    assert result.returncode != 0
    for said in ("nowhere.md", "nobody", "no-label", "nothing", "stderr", "not-there"):
        assert said in result.stderr, f"{said}:\n{result.stderr}"


def test_a_failing_cell_stops_the_build(tmp_path):
    result = build(tmp_path, "Text.", "1 / 0")
    assert result.returncode != 0
    assert "ZeroDivisionError" in result.stderr

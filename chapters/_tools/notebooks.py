"""One form for every notebook in git: `make notebooks` runs them and writes them in that form.

A notebook's text outputs are stored, because nbval compares them with a fresh run. Everything else
that changes from run to run, or from machine to machine, is left out, so that a diff shows what
an author changed and nothing more. Of a picture or a widget nothing is stored; of one of our
figures its still picture, which is all that a reader sees of it without JavaScript, and of a
derivation its lines.

    python chapters/_tools/notebooks.py [NOTEBOOK ...]           run, then normalise
    python chapters/_tools/notebooks.py --check [NOTEBOOK ...]   name those not in normal form
"""

import argparse
import copy
import sys
from pathlib import Path

import nbformat
from bplib.symbolic.page.html import undressed

CHAPTERS = Path(__file__).parent.parent
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
CELL_METADATA = {"tags", "proves", "equations", "numbers", "mystnb"}
IGNORE_OUTPUT = "nbval-ignore-output"  # nbval's tag for figures and widgets
TIMEOUT = 600  # seconds, for one cell


def normalise(notebook):
    """The same notebook in normal form: a new object, equal to its own normal form."""
    notebook = copy.deepcopy(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO}
    )
    ids = set()
    for number, cell in enumerate(notebook.cells):
        cell.id = _unique(cell.get("id") or f"cell-{number}", ids)
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in sorted(CELL_METADATA & set(cell.metadata))}
        )
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        if cell.cell_type == "code":
            cell.execution_count = None
            ignored = IGNORE_OUTPUT in cell.metadata.get("tags", ())
            outputs = _normal_outputs(cell.outputs)
            cell.outputs = [o for o in outputs if not ignored or _is_figure(o)]
    return notebook


def _is_figure(output):
    return "data-figure=" in output.get("data", {}).get("text/html", "")


def _unique(name, taken):
    while name in taken:
        name += "-again"
    taken.add(name)
    return name


def _normal_outputs(outputs):
    normal = []
    for output in outputs:
        if output.output_type == "stream":
            before = normal[-1] if normal else None
            if before and before.output_type == "stream" and before.name == output.name:
                before.text += output.text
                continue
        elif "data" in output:
            output.metadata = nbformat.from_dict({})
            for mime in list(output.data):
                if mime.startswith("image/") or "widget" in mime:
                    del output.data[mime]
            if "text/html" in output.data:
                output.data["text/html"] = undressed(output.data["text/html"])
        if "execution_count" in output:
            output.execution_count = None
        if output.get("data", True):
            normal.append(output)
    return normal


def read(text):
    """The notebook in a file's text, as it stands: nbformat.reads would repair its cells' ids."""
    return nbformat.v4.reads(text)


def write(notebook):
    """The text of a notebook's file."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def is_normal(path):
    text = path.read_text(encoding="utf-8")
    return text == write(normalise(read(text)))


def run(path):
    """Execute a notebook where it stands, as the book and nbval do, and store it normalised."""
    from nbclient import NotebookClient

    notebook = normalise(read(path.read_text(encoding="utf-8")))
    NotebookClient(
        notebook,
        kernel_name=KERNELSPEC["name"],
        timeout=TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    path.write_text(write(normalise(notebook)), encoding="utf-8")


def find():
    """All the book's notebooks."""
    return sorted(p for p in CHAPTERS.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all in chapters/")
    parser.add_argument("--check", action="store_true", help="only say which are not normal")
    options = parser.parse_args()
    wrong = []
    for path in options.notebooks or find():
        if not options.check:
            print(f"running {path}", flush=True)
            run(path)
        elif not is_normal(path):
            wrong.append(path)
    for path in wrong:
        print(f"{path} is not normalised: run `make notebooks NB={path}`", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

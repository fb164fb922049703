"""Figures on a page of their own, in a second: for those who write one, and for the tests.

    python chapters/_tools/figures/preview.py ChainOfSensitivities "OtherFigure(eta=0.1)"

writes _build/figures.html, which is the page that the book would make, without the book.
"""

import sys
from pathlib import Path

CHAPTERS = Path(__file__).parents[2]
TARGET = CHAPTERS.parent / "_build" / "figures.html"

PAGE = """<!DOCTYPE html>
<html lang="en" data-theme="light">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures</title>
<link rel="icon" href="data:,">
<style>
{style}
html {{ font: 16px/1.5 sans-serif; background: var(--pst-color-background); color: #222832 }}
html[data-theme="dark"] {{ --pst-color-background: #14181e; color: #ced6dd; color-scheme: dark }}
body {{ max-width: 46rem; margin: 0 auto; padding: 16px }}
</style>
<script>
if (matchMedia("(prefers-color-scheme: dark)").matches)
  document.documentElement.dataset.theme = "dark";
</script>
<main>
<h1>Figures</h1>
{figures}
</main>
<script type="application/vnd.jupyter.widget-state+json">{states}</script>
<script>
{host}
</script>
</html>
"""


def page(figures):
    """The text of a page with these figures, as the book would show them."""
    from _tools.figures import codes, script_text

    states = {
        figure.model_id: {"model_name": figure._model_name, "state": figure.get_state()}
        for figure in figures
    }
    return PAGE.format(
        style=(CHAPTERS / "_static" / "pictures.css").read_text(encoding="utf-8"),
        figures="\n".join(figure._repr_html_() for figure in figures),
        states=script_text(codes(states)),
        host=Path(__file__).with_name("host.js").read_text(encoding="utf-8"),
    )


def main():
    import bplib.figures

    known = vars(bplib.figures)
    calls = [text if "(" in text else f"{text}()" for text in sys.argv[1:]]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page([eval(text, dict(known)) for text in calls]), encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    sys.path.insert(0, str(CHAPTERS))
    main()

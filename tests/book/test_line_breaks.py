"""Lines of the built pages end where a reader expects it, on a phone too."""

import pytest
from _tools.line_breaks import COLUMNS, count_columns, keep_together

from .line_ends import misplaced
from .test_browser import Visit

FORMULA = r'<span class="math notranslate nohighlight">\(a &lt; b\)</span>'


def test_what_touches_a_formula_stays_with_it():
    whole = f"see ({FORMULA}), and {FORMULA}."
    assert keep_together(whole) == (
        f'see <span class="bp-together">({FORMULA}),</span> and '
        f'<span class="bp-together">{FORMULA}.</span>'
    )


def test_a_formula_alone_is_left_as_it_is():
    for text in (f"see {FORMULA} and", f"<em>{FORMULA}</em>", f"<li>{FORMULA}</li>"):
        assert keep_together(text) == text


@pytest.mark.parametrize("columns", [1, COLUMNS[0] - 1, COLUMNS[0], COLUMNS[-1], COLUMNS[-1] + 1])
def test_printed_lines_say_how_long_they_are_where_that_helps(columns):
    text = f"&lt;<b>{'x' * (columns - 1)}</b>\nshort"
    before = '<div class="output stream highlight-myst-ansi notranslate"><div class="highlight">'
    html = count_columns(f"{before}<pre><span></span>{text}</pre></div></div>")
    assert (f"--bp-columns: {columns}" in html) == (columns in COLUMNS)
    assert text in html


@pytest.mark.browser
def test_what_is_misplaced_is_found(browser, tmp_path):
    """The pages themselves are looked at in test_browser.py."""
    formula = '<span class="math" style="display: inline-block; width: 95px">a</span>'
    page = tmp_path / "page.html"
    page.write_text(
        f"""<article style="width: 100px; font: 16px monospace"><p>of {formula}.</p>
        <p>in <span style="white-space: nowrap">{formula}.</span></p>
        <pre style="--bp-columns: 50; white-space: pre-wrap">one line only</pre>
        <ol class="bp-derivation"><li id="line-1"><div class="bp-line" style="overflow: auto">
          <mjx-math style="display: inline-block; width: 20px">a</mjx-math>
          <div style="width: 200px">not seen</div></div></ol></article>"""
    )
    with Visit(browser, page.as_uri()) as visit:
        assert misplaced(visit.page) == [
            "['a', '.'] is on a line of its own",
            "a printed line breaks: one line only",
            "line-1 scrolls, and need not",
        ]

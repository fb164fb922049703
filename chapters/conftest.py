"""Makes nbval strict over the book's notebooks.

nbval takes a cell without an execution count for one that was never run, and
then compares nothing. Our notebooks never store counts (they are noise in a
diff), so every cell gets one here: nbval then compares all of them, and a cell
that prints something where nothing is stored fails. It compares every text
format: plain, LaTeX, HTML, and both streams, stderr too. It skips PNG and
JPEG, widgets' ids, and cells tagged `nbval-ignore-output`. The style sheet and
script that a derivation brings along in Jupyter are no result, and not stored.
tests/book/test_nbval_is_strict.py shows each of these.
"""

import pytest
from nbval.plugin import IPyNbCell

from bplib.symbolic.page.html import DRESS

# What students open is made from the solutions, which are tested; by itself
# it is unfinished (tests/exercises/test_handouts.py).
collect_ignore_glob = ["exercises/handouts/*"]


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item):
    if isinstance(item, IPyNbCell):
        item.cell.execution_count = 0
        item.parent.sanitize_patterns[f"(?s){DRESS.pattern}"] = ""

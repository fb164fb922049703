"""What Sphinx reads: _config.yml, translated by Jupyter Book. Change options there, not here.

`jupyter-book build .` works too, but `make book` also stops at warnings and rebuilds by change.
"""

from pathlib import Path

from jupyter_book.config import get_final_config

_here = Path(__file__).parent
_config, _ = get_final_config(
    user_yaml=_here / "_config.yml",
    sourcedir=_here,
    cli_config={"latex_individualpages": False},
    raise_on_invalid=True,
)
globals().update(_config)

"""pytest and ruff are set so that a warning, a mark that nobody knows or an unused name fails."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_pytest_is_strict(pytestconfig):
    assert pytestconfig.getini("filterwarnings") == ["error"]
    assert pytestconfig.getini("xfail_strict") is True
    assert pytestconfig.getini("testpaths") == ["tests", "chapters"]
    assert pytestconfig.getini("addopts") == [
        "--nbval",
        "--import-mode=importlib",
        "--strict-markers",
        "--strict-config",
    ]


NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "one",
            "metadata": {},
            "outputs": [],
            "source": ["import os"],
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bplib/new.py", "import os\n"),
        ("tests/unit/test_new.py", "import os\n"),
        ("chapters/_tools/new.py", "import os\n"),
        ("chapters/recap/new.ipynb", json.dumps(NOTEBOOK)),
        ("conftest.py", "import os\n"),
    ],
)
def test_ruff_looks_everywhere(name, text):
    """At a text that stands for the file of this name."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", name, "-"]
    done = subprocess.run(
        command, input=text, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "F401" in done.stdout
    command[3:4] = ["format", "--check"]
    spoilt = text.replace("import os", "import  os")
    done = subprocess.run(
        command, input=spoilt, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1

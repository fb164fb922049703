"""What is in git would build on any machine: no file names a registry's host or a private path."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Each is written so that it does not match itself.
HOSTS = r"\b(p[y]pi|p[y]thonhosted|n[p]mjs|d[e]bian)\.(org|com)\b"
PATHS = r"(?<![\w.])/(w[o]rk|h[o]me|r[o]ot|U[s]ers)/"


def test_no_registry_and_no_private_path_in_any_file():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    found = []
    for name in listed.stdout.decode().split("\0"):
        try:
            lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):  # deleted, a folder, or a picture
            continue
        found += [f"{name}: {line}" for line in lines if re.search(f"{HOSTS}|{PATHS}", line)]
    assert found == []

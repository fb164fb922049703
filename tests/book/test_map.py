"""The contributor's guide and the README name what is there, and the map leaves no room out."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = {"_build/"}  # by make, so not in git


def files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.splitlines()]


def named(text):
    """The paths that a text names: code spans that end like a folder or a file."""
    spans = re.findall(r"`([\w./-]+)`", text)
    return {span for span in spans if re.fullmatch(r"\.?[\w/.-]*(/|\.(py|js|css|bib|toml))", span)}


def wrong(text, paths):
    """The paths that a text names, but that are not there: from the top, or as the end of one."""
    there = {path.as_posix() for path in paths}
    there |= {f"{parent.as_posix()}/" for path in paths for parent in path.parents}
    ends = {f"/{path}" for path in there}
    return sorted(
        path
        for path in named(text) - MADE
        if not (path in there or ("/" in path and f"{path}/" in there))
        and not any(end.endswith(f"/{path}") for end in ends)
    )


def not_on_the_map(text, paths):
    """Folders at the top, and packages of bplib and of the tests, that the map does not name."""
    table = text.partition("## Where things are")[2].partition("\n## ")[0]
    spans = {span.rstrip("/") for span in re.findall(r"`([^`]+)`", table)}
    rooms = {path.parts[0] for path in paths if len(path.parts) > 1}
    for top in ("bplib", "tests"):
        rooms |= {"/".join(p.parts[:2]) for p in paths if p.parts[0] == top and len(p.parts) > 2}
    return sorted(rooms - spans - {"tests", ".ci", ".github"})


def test_what_the_guides_name_is_there():
    for guide in ("CONTRIBUTING.md", "README.md"):
        assert wrong((ROOT / guide).read_text(encoding="utf-8"), files()) == [], guide


def test_the_map_names_every_room():
    assert not_on_the_map((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), files()) == []


def test_what_is_not_there_or_not_named_is_found():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(named(text)) > 30
    assert wrong(text.replace("bplib/golden/", "bplib/silver/"), files()) == ["bplib/silver/"]
    assert wrong(text.replace("layout.py", "lay_out.py"), files()) == ["bplib/symbolic/lay_out.py"]
    assert not_on_the_map(text.replace("`bplib/golden/`", ""), files()) == ["bplib/golden"]
    assert not_on_the_map(text, [*files(), Path("bplib/new/room.py")]) == ["bplib/new"]

"""The book's Sphinx extensions: what a build must throw away, and where its buttons lead."""

from types import SimpleNamespace

import pytest
from _tools import freshness, repository


@pytest.fixture
def project(tmp_path):
    for name in ("bplib/network.py", "requirements/book.txt", "chapters/recap/recap.ipynb"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["bplib/network.py", "bplib/new.py", "requirements/book.txt", "chapters/recap/d.json"]
)
def test_cached_outputs_go_when_what_notebooks_see_changes(project, name):
    before = freshness.digest(project)
    (project / name).write_text("two")
    assert freshness.digest(project) != before


@pytest.mark.parametrize("name", ["chapters/recap/recap.ipynb", "README.md"])
def test_cached_outputs_stay_when_only_text_changes(project, name):
    before = freshness.digest(project)
    (project / name).write_text("two")
    assert freshness.digest(project) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chapters/_static/book.css", "book_styles"),
        ("chapters/_tools/figures/host.js", "book_extensions"),
        ("conf.py", "book_extensions"),
    ],
)
def test_pages_are_made_again_when_their_look_or_an_extension_changes(project, name, value):
    def values():
        config = SimpleNamespace()
        freshness.name_cache(SimpleNamespace(srcdir=project), config)
        return vars(config)

    before = values()
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("two")
    after = values()
    assert [key for key in after if after[key] != before[key]] == [value]


def test_caches_of_other_states_are_removed(project):
    app, config = SimpleNamespace(srcdir=project), SimpleNamespace()
    old = project / freshness.CACHES / "old"
    old.mkdir(parents=True)
    freshness.name_cache(app, config)
    assert config.nb_execution_cache_path.endswith(freshness.digest(project))
    assert not old.exists()


def buttons(monkeypatch, url):
    if url is None:
        monkeypatch.delenv("BOOK_REPOSITORY_URL", raising=False)
    else:
        monkeypatch.setenv("BOOK_REPOSITORY_URL", url)
    options = {"repository_url": "jupyter-book's own", "launch_buttons": {"thebe": False}}
    repository.point_buttons(None, SimpleNamespace(html_theme_options=options))
    return options


def test_buttons_open_the_repository_that_builds_the_book(monkeypatch):
    options = buttons(monkeypatch, "https://github.com/somebody/fork/")
    assert options["repository_url"] == "https://github.com/somebody/fork"
    assert options["repository_branch"] == "main"
    assert options["use_repository_button"]
    assert options["launch_buttons"]["binderhub_url"]


def test_without_a_repository_there_are_no_buttons(monkeypatch):
    assert buttons(monkeypatch, None) == {}

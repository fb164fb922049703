"""What the tests of the built book share: where it is, and which pages it has."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def toc_pages():
    """The pages that _toc.yml names, in its order, as paths inside the HTML."""

    def entries(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("root", "file"):
                    yield f"{Path(value).with_suffix('')}.html"
                elif isinstance(value, list):
                    yield from entries(value)
        elif isinstance(node, list):
            for child in node:
                yield from entries(child)

    return list(entries(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))


def pytest_generate_tests(metafunc):
    if "page" in metafunc.fixturenames:
        metafunc.parametrize("page", toc_pages())

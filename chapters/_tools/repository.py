"""Launch and source buttons point to the repository that builds the book, or are not there.

BOOK_REPOSITORY_URL and BOOK_REPOSITORY_BRANCH come from the environment (the publishing workflow
sets them), so a fork's buttons open the fork, and a book built at home has no dead buttons.
"""

import os


def point_buttons(app, config):
    options = config.html_theme_options
    for name in ("repository_url", "repository_branch", "launch_buttons"):
        options.pop(name, None)  # Jupyter Book's defaults name its own repository
    url = os.environ.get("BOOK_REPOSITORY_URL", "").rstrip("/")
    if not url:
        return
    options["repository_url"] = url
    options["repository_branch"] = os.environ.get("BOOK_REPOSITORY_BRANCH") or "main"
    options["path_to_docs"] = ""
    options["use_repository_button"] = True
    options["use_issues_button"] = True
    options["launch_buttons"] = {
        "binderhub_url": "https://mybinder.org",
        "notebook_interface": "jupyterlab",
    }


def setup(app):
    app.connect("config-inited", point_buttons, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Figures work in the page: their code is put there once a kind, and a small script mounts them.

MyST-NB puts the state of every widget of a notebook into its page, with an identity that changes
from run to run. A figure's output already has its own state (`bplib.figures.base`), so the page
needs one widget of each kind, for its code. Pages without a figure get neither. What figures of
several kinds share is in the page once.
"""

import json
import shutil
from pathlib import Path

from bplib.figures.assembly import SEAM

HOST = "figures.js"
STATE = "ipywidgets_state"  # MyST-NB's name for it
NEEDED = ("_anywidget_id", "_esm", "_css", "_about")


def prefer_html(app, config):
    """An output with both a widget and HTML is a figure: its HTML waits for the script."""
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        ("html", "text/html", 5),
    ]


def keep_code(app, doctree):
    """In place of all widget states, put the code of each kind of figure into the page."""
    scripts = app.env.nb_metadata.get(app.env.docname, {}).get("js_files", {})
    if STATE not in scripts:
        return
    _, options = scripts.pop(STATE)
    slim = codes(json.loads(options["body"])["state"])
    if slim:
        scripts[STATE] = (None, {**options, "body": script_text(slim)})
        scripts["figures"] = (HOST, {"loading_method": "defer"})


def codes(states):
    """One state for each kind of figure, with what all of them share, in a fixed order."""
    kinds = {}
    for widget in states.values():
        state = widget["state"]
        if "_esm" in state and "_about" in state:
            kinds[state["_anywidget_id"]] = {
                "model_name": widget["model_name"],
                "state": {name: state[name] for name in NEEDED},
            }
    return dict(sorted(kinds.items()))


def script_text(states):
    """The text of a script element that holds widget states: JSON that cannot end the element.

    In place of a text that is made of several modules there is a list of numbers of `modules`.
    """
    modules = {}

    def in_modules(state):
        texts = {name: state[name].split(SEAM) for name in ("_esm", "_css")}
        numbers = {
            name: [modules.setdefault(module, len(modules)) for module in text]
            for name, text in texts.items()
        }
        return {**state, **numbers}

    states = {
        kind: {**widget, "state": in_modules(widget["state"])} for kind, widget in states.items()
    }
    # The notebooks' cache sorts keys: without that here, a page would differ from its next build.
    whole = {"state": states, "modules": list(modules)}
    text = json.dumps(whole, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")


def copy_host(app, exception):
    if exception or app.builder.format != "html":
        return
    used = any(
        "figures" in data.get("js_files", {})
        for data in getattr(app.env, "nb_metadata", {}).values()
    )
    if used:
        shutil.copyfile(Path(__file__).with_name("host.js"), Path(app.outdir, "_static", HOST))


def setup(app):
    app.connect("config-inited", prefer_html)
    app.connect("doctree-read", keep_code)
    app.connect("build-finished", copy_host)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

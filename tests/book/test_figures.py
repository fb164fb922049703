"""The book's figures as a reader meets them: in a page without a kernel and without a network.

A new figure is a new entry of FIGURES; all tests then try it.
"""

import contextlib
import gzip
import json
import math
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import numpy as np
import pytest
from _tools.figures.preview import page as page_with
from axe_playwright_python.base import AXE_SCRIPT

from bplib import Network, figures

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LOCAL = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:")
LIMIT = 40 * 1024  # bytes of figure code of a page, gzipped
SETTINGS = 50


@dataclass
class Case:
    """How to try one kind of figure.

    Attributes
    ----------
    make : callable
        The figure; without arguments, the one that a reader sees first.
    numbers : callable
        From a figure, all numbers that it may show: {data-name: number by bplib}.
    random : callable
        From a generator, keyword arguments for `make`.
    edges : list of dict
        Keyword arguments for states at the edge: η = 0, saturated units, equal weights.
    field : str
        The label of a number field that changes the numbers; it has a slider.
    """

    make: Callable
    numbers: Callable
    random: Callable
    field: str
    edges: list = field(default_factory=list)


# One section for each figure.


def chain_numbers(figure):
    L = len(figure.weights)
    net = Network.from_parameters(
        weights=[[[w]] for w in figure.weights],
        biases=[[b] for b in figure.biases],
        activation=figure.activation,
    )
    forward_pass = net.forward([figure.x])
    backward_pass = net.backward(forward_pass, [figure.y])
    a = [forward_pass.a[l].item() for l in range(L + 1)]
    slopes = {
        "sigmoid": lambda a: a * (1 - a),
        "tanh": lambda a: 1 - a * a,
        "relu": lambda a: float(a > 0),
        "identity": lambda a: 1.0,
    }
    factors = [a[L] - figure.y]
    for l in range(L, figure.layer - 1, -1):
        factors.append(slopes[figure.activation](a[l]))
        factors.append(figure.weights[l - 1] if l > figure.layer else a[l - 1])
    gradient = [backward_pass.grad_W[l].item() for l in range(1, L + 1)]
    return {
        "error": backward_pass.error,
        "product": gradient[figure.layer - 1],
        **{f"a{l}": value for l, value in enumerate(a)},
        **{f"gradient{l}": value for l, value in enumerate(gradient, start=1)},
        **{f"factor{n}": value for n, value in enumerate(factors, start=1)},
        **{f"sofar{n}": value for n, value in enumerate(np.cumprod(factors), start=1)},
    }


def random_chain(generator):
    L = int(generator.integers(1, 9))
    return {
        "x": generator.normal(),
        "y": generator.normal(),
        "weights": generator.normal(size=L) * generator.choice([0.1, 1.0, 2.0]),
        "biases": generator.normal(size=L),
        "activation": str(generator.choice(["sigmoid", "tanh", "relu", "identity"])),
        "layer": int(generator.integers(1, L + 1)),
    }


FIGURES = {
    "ChainOfSensitivities": Case(
        make=figures.ChainOfSensitivities,
        numbers=chain_numbers,
        random=random_chain,
        field="weight of layer 1",
        edges=[
            {"weights": [0.0] * 3, "biases": [0.0] * 3},
            {"weights": [1.0] * 8, "biases": [0.0] * 8, "activation": "identity"},
            {"weights": [40.0, 40.0], "biases": [40.0, 40.0]},  # saturated
            {"weights": [-100.0], "biases": [0.0], "x": 100.0},  # e^-z is infinite
            {"weights": [-2.0, 1.0], "biases": [0.0, 0.0], "activation": "relu"},  # a dead unit
            {"x": 0.0},
            {"x": 1.0, "y": 1.0, "activation": "identity", "weights": [1.0], "biases": [0.0]},
        ],
    ),
}


# What a browser can see of a figure.

NUMBERS = """root => Object.fromEntries([...root.querySelectorAll("[data-name]")]
  .map(e => [e.dataset.name, [Number(e.dataset.value), e.textContent]]))"""

# Open a link to a state on the page that is open, and wait until it is painted.
FOLLOW = """async hash => {
  const changed = new Promise(done => addEventListener("hashchange", done, { once: true }));
  location.hash = hash;
  await changed;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

SMALLEST_TEXT = """root => Math.min(...[...root.querySelectorAll("*")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => !e.closest("math") && e.checkVisibility())
  .map(e => parseFloat(getComputedStyle(e).fontSize)
    * (e.ownerSVGElement ? e.getScreenCTM().a : 1)))"""

TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


class Reader:
    """One figure of a page, and what can be done with it."""

    def __init__(self, page, number=0):
        self.page = page
        self.place = page.locator("[data-figure]").nth(number)
        self.live = self.place.locator(".bp-figure-live")
        self.status = self.live.get_by_role("status")
        self.live.wait_for()
        self.paint()

    def paint(self):
        self.page.evaluate(PAINTED)

    def follow(self, link):
        self.page.evaluate(FOLLOW, link)

    def shown(self):
        """The numbers on display: {name: (number, its text)}."""
        return self.live.evaluate(NUMBERS)

    def button(self, name):
        return self.live.get_by_role("button", name=name, exact=True)

    def field(self, name):
        return self.live.get_by_label(name, exact=True)

    def copied(self, what="link"):
        self.button(f"Copy {what}").click()
        text = self.live.get_by_label("To copy").input_value()
        self.paint()
        return text


def complaint(message):
    """Whether the console was told of a fault; a server's missing icon is none of the page's."""
    address = message.location["url"]
    return message.type in ("error", "warning") and not address.endswith("/favicon.ico")


@pytest.fixture
def visit(browser):
    """Opens pages in a browser that reaches only this machine; console messages are failures."""
    contexts, said = [], []

    def open_page(address, viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, service_workers="block", **options)
        contexts.append(context)
        context.route(
            lambda url: not url.startswith(LOCAL),
            lambda route: (said.append(f"asked for {route.request.url}"), route.abort()),
        )
        page = context.new_page()
        page.on("console", lambda message: complaint(message) and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A folder with a page for each kind of figure."""
    folder = tmp_path_factory.mktemp("figures")
    for name, case in FIGURES.items():
        (folder / f"{name}.html").write_text(page_with([case.make()]), encoding="utf-8")
    return folder


@contextlib.contextmanager
def served(folder):
    """The folder's address on a server of this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=["from a file", "from a server"])
def address(request, pages):
    """Where a kind of figure is to be found."""
    if request.param == "from a file":
        yield lambda name: (pages / f"{name}.html").as_uri()
    else:
        with served(pages) as server:
            yield lambda name: f"{server}/{name}.html"


@pytest.fixture
def on_file(pages):
    return lambda name: (pages / f"{name}.html").as_uri()


def assert_equal_to_bplib(case, figure, shown):
    expected = case.numbers(figure)
    assert shown, figure
    for name, (number, text) in shown.items():
        if number is None or not math.isclose(number, expected[name], rel_tol=1e-12, abs_tol=1e-12):
            pytest.fail(f"{figure}: {name} is {number} in the page, {expected[name]} in bplib")
        assert math.isclose(read_number(text), number, rel_tol=0.5), (name, text, number)


def read_number(text):
    """The number in a text such as −1.2·10⁻⁷."""
    text = text.replace("−", "-")
    mantissa, _, power = text.partition("·10")
    return float(mantissa) * 10.0 ** int(
        power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0
    )


@pytest.fixture(params=FIGURES)
def name(request):
    return request.param


@pytest.fixture
def case(name):
    return FIGURES[name]


def test_every_figure_is_tried():
    assert set(FIGURES) == set(figures.__all__)


@pytest.mark.browser
def test_numbers_are_those_of_bplib(visit, address, name, case):
    reader = Reader(visit(address(name)))
    assert_equal_to_bplib(case, case.make(), reader.shown())
    generator = np.random.default_rng(5)
    settings = case.edges + [case.random(generator) for _ in range(SETTINGS)]
    for setting in settings:
        figure = case.make(**setting)
        reader.follow(figure.link())
        assert_equal_to_bplib(case, figure, reader.shown())


@pytest.mark.browser
def test_keyboard_and_pointer(visit, address, name, case):
    reader = Reader(visit(address(name)))
    before = reader.shown()
    slider = reader.field(f"{case.field}, slider")
    slider.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.paint()
    by_key = reader.shown()
    assert by_key != before
    assert reader.field(case.field).input_value() == slider.input_value()
    assert_equal_to_bplib(case, case.make().from_link(reader.copied()), by_key)

    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    reader.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=3)
    reader.page.mouse.up()
    reader.paint()
    by_pointer = reader.shown()
    assert by_pointer != by_key
    assert_equal_to_bplib(case, case.make().from_link(reader.copied()), by_pointer)

    reader.button("Reset").click()
    reader.paint()
    assert reader.shown() == before


@pytest.mark.browser
def test_a_state_has_an_address(visit, address, name, case):
    figure = case.make(**case.random(np.random.default_rng(6)))
    reader = Reader(visit(figure.link(address(name))))
    assert_equal_to_bplib(case, figure, reader.shown())
    link = reader.copied()
    assert link.partition("#")[0] == address(name)
    assert type(figure).from_link(link).values() == figure.values()
    scope = {}
    imports, _, call = reader.copied("Python").rpartition("\n")
    exec(imports, scope)
    assert eval(call, scope).values() == figure.values()
    reader.button("Reset").click()
    assert type(figure).from_link(reader.copied()).values() == case.make().values()


@pytest.mark.browser
def test_a_bad_link_changes_nothing(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    before = reader.shown()
    first = next(iter(case.make().values()))
    for query in ("nonsense=1", f"{first}=nonsense", f"{first}=", f"{first}=1e999", "%ff=1"):
        reader.follow(f"#{case.make().name}?{query}")
        assert "nothing was changed" in reader.status.text_content()
        assert reader.shown() == before


@pytest.mark.browser
def test_a_bad_number_changes_nothing(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    before, link = reader.shown(), reader.copied()
    field = reader.field(case.field)
    good = field.input_value()
    for typed in ("1e", "-", "1e30", ""):
        field.fill("")
        field.press_sequentially(typed)
        field.press("Enter")
        reader.paint()
        assert reader.copied() == link
        assert reader.shown() == before
        field.focus()
        assert field.get_attribute("aria-invalid") == "true"
        message = reader.page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
        assert "expected a number" in message.text_content()
        assert message.is_visible()
        field.press("Escape")
        assert field.input_value() == good
        assert field.get_attribute("aria-invalid") is None
        assert not message.text_content()


@pytest.mark.browser
def test_the_state_is_said_in_words(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    before = reader.status.text_content()
    assert before
    for setting in case.edges:
        reader.follow(case.make(**setting).link())
        reader.page.wait_for_timeout(500)
        assert "undefined" not in reader.status.text_content()
        assert "NaN" not in reader.live.text_content()


@pytest.mark.browser
def test_without_javascript(visit, on_file, name, case):
    page = visit(on_file(name), java_script_enabled=False)
    assert page.locator("[data-figure] svg").is_visible()
    assert page.get_by_text(case.make().description()).is_visible()
    assert page.locator(".bp-figure-live").count() == 0


@pytest.mark.browser
def test_in_print(visit, on_file, name, case):
    reader = Reader(visit(on_file(name)))
    still = reader.place.locator(".bp-figure-still")
    assert not still.is_visible()
    reader.page.emulate_media(media="print")
    assert still.is_visible()
    assert not reader.live.is_visible()


def faults(page):
    """What axe-core finds, in short."""
    page.evaluate(AXE_SCRIPT)
    # It would look for what a style sheet imports beside the page, which is not there.
    result = page.evaluate("() => axe.run({ preload: false })")
    return [
        f"{fault['id']}: {node['html'][:150]}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_and_size(visit, on_file, name, case, scheme):
    reader = Reader(visit(on_file(name), color_scheme=scheme))
    for details in reader.live.locator("details").all():
        details.evaluate("e => { e.open = true; }")
    assert faults(reader.page) == []
    for setting in [{}, *case.edges, *(case.random(np.random.default_rng(n)) for n in range(5))]:
        reader.page.set_viewport_size(PHONE)
        if setting:
            reader.follow(case.make(**setting).link())
        reader.paint()
        assert reader.page.evaluate(TOO_WIDE) <= 0, setting
        assert reader.live.evaluate(SMALLEST_TEXT) >= 11, setting
    assert faults(reader.page) == []
    reader.page.set_viewport_size({"width": 1920, "height": 1080})
    reader.paint()
    assert reader.page.evaluate(TOO_WIDE) <= 0


def figure_code(html, folder):
    """Everything that a page loads for the sake of its figures."""
    scripts = re.findall(
        r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', html, re.DOTALL
    )
    hosts = re.findall(r'<script[^>]* src="([^"]*_static/figures\.js[^"]*)"', html)
    texts = [(folder / host.partition("?")[0]).read_text(encoding="utf-8") for host in hosts]
    return "".join(scripts + texts)


def pages_with_figures():
    if not HTML.is_dir():
        return []
    return sorted(
        file.relative_to(HTML).as_posix()
        for file in HTML.rglob("*.html")
        if "data-figure=" in file.read_text(encoding="utf-8")
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_of_the_book(visit, html, scheme):
    with served(html) as server:
        for path in pages_with_figures():
            every_figure(visit((html / path).as_uri(), color_scheme=scheme))
            page = visit(f"{server}/{path}", color_scheme=scheme)
            every_figure(page)
            assert faults(page) == [], path


def every_figure(page):
    """All figures of a page are there, and show what their author set."""
    for number, place in enumerate(page.locator("[data-figure]").all()):
        reader = Reader(page, number)
        case = FIGURES[place.get_attribute("data-figure").rpartition(".")[2]]
        state = json.loads(place.get_attribute("data-state"))
        assert_equal_to_bplib(case, case.make(**state), reader.shown())


def test_weight_of_the_book(html):
    for file in html.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        code = figure_code(text, file.parent)
        if "data-figure=" in text:
            assert 0 < len(gzip.compress(code.encode())) < LIMIT, file
        else:
            assert not code, file


# The way from a notebook to a page.

CONF = """
import sys
sys.path[:0] = [{chapters!r}]
extensions = ["myst_nb", "_tools.figures"]
nb_execution_mode = "cache"
nb_ipywidgets_js = {{}}
html_theme = "basic"
"""


def write_notebook(file, *sources):
    cells = [nbformat.v4.new_markdown_cell("# Title")]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, file)


@pytest.fixture(scope="module")
def small_book(tmp_path_factory):
    """Two pages, built by Sphinx; and a function that builds them again."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONF.format(chapters=str(ROOT / "chapters")))
    write_notebook(
        folder / "index.ipynb",
        "from bplib.figures import ChainOfSensitivities\nChainOfSensitivities()",
        "ChainOfSensitivities(x=0.25, activation='tanh')",
    )
    write_notebook(folder / "plain.ipynb", "import ipywidgets\nipywidgets.IntSlider()")

    def build():
        out = folder / "html"
        command = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html", folder, out]
        result = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        assert result.returncode == 0, result.stderr
        return out

    build()
    return build


@pytest.mark.browser
def test_from_a_notebook_to_a_page(visit, small_book):
    out = small_book()  # not executed again: this is from the cache
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count("export default figure(") == 1
    assert 0 < len(gzip.compress(figure_code(page, out).encode())) < LIMIT
    opened = visit((out / "index.html").as_uri() + "#chain-of-sensitivities-2?y=0.5")
    case = FIGURES["ChainOfSensitivities"]
    assert_equal_to_bplib(case, case.make(), Reader(opened).shown())
    second = case.make(x=0.25, activation="tanh", y=0.5)
    assert_equal_to_bplib(case, second, Reader(opened, 1).shown())


def test_the_same_page_again(small_book):
    page = small_book() / "index.html"
    before = page.read_bytes()
    small_book()
    assert page.read_bytes() == before


def test_a_page_without_a_figure_loads_nothing(small_book):
    plain = (small_book() / "plain.html").read_text(encoding="utf-8")
    assert "figures.js" not in plain
    assert "widget-state" not in plain


# JupyterLab, with a kernel.

LAB_CELLS = (
    "from bplib import figures\nfigure = figures.{name}()\nfigure",
    "figure.set(**figures.{name}.from_link({link!r}).values())",
    "print(figure.link())",
    "import ipywidgets\nipywidgets.IntSlider(description='ordinary')",
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own, with a notebook for each kind of figure; its address."""
    home, notebooks = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("notebooks")
    for name, case in FIGURES.items():
        link = case.make(**case.random(np.random.default_rng(7))).link()
        cells = [cell.format(name=name, link=link) for cell in LAB_CELLS]
        write_notebook(notebooks / f"{name}.ipynb", *cells)
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    places += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    own = {place: str(home / place) for place in places}
    (home / "JUPYTER_RUNTIME_DIR").mkdir()
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--port-retries=0"]
    options += ["--IdentityProvider.token=", f"--ServerApp.root_dir={notebooks}"]
    options += ["--LabApp.news_url=None"]
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
            cwd=notebooks,
        )
    try:
        yield wait_for_lab(server, home / "JUPYTER_RUNTIME_DIR", home / "log")
    finally:
        server.terminate()
        server.wait(30)


def wait_for_lab(server, runtime, log):
    for _ in range(600):
        for file in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError):
                address = json.loads(file.read_text())["url"]
                with urllib.request.urlopen(f"{address}api/status"):
                    return address
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


class Notebook:
    """A notebook in JupyterLab, whose cells can be run one after the other."""

    def __init__(self, page):
        self.page = page
        self.cells = page.locator(".jp-Notebook .jp-Cell")
        self.cells.nth(len(LAB_CELLS)).wait_for()
        page.locator("#jp-main-statusbar", has_text="Idle").wait_for()

    def run(self, number):
        cell = self.cells.nth(number)
        cell.locator(".cm-content").click()
        cell.locator(".cm-content.cm-focused, .cm-focused .cm-content").wait_for()
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-OutputArea")


@pytest.mark.browser
def test_in_jupyterlab(browser, lab, name, case):
    context = browser.new_context(viewport=DESK)
    context.route(lambda url: not url.startswith(LOCAL), lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{lab}lab/tree/{name}.ipynb")
    notebook = Notebook(page)
    output = notebook.run(1)
    live = output.locator(".bp-figure-live")
    live.wait_for()
    page.evaluate(PAINTED)
    assert_equal_to_bplib(case, case.make(), live.evaluate(NUMBERS))
    assert live.get_by_role("button", name="Copy link").count() == 0

    notebook.run(2)  # set in Python, seen in the page
    moved = case.make(**case.random(np.random.default_rng(7)))
    expect_state(page, live, case, moved)

    slider = live.get_by_label(f"{case.field}, slider", exact=True)  # and back
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    after = case.make().from_link(notebook.run(3).inner_text().strip())
    assert after.values() != moved.values()
    expect_state(page, live, case, after)

    notebook.run(4).locator(".widget-slider", has_text="ordinary").wait_for()
    context.close()


def expect_state(page, live, case, figure, seconds=10):
    """The figure in the page comes to show this state."""
    for _ in range(seconds * 10):
        shown = live.evaluate(NUMBERS)
        expected = case.numbers(figure)
        if all(
            n in expected and math.isclose(v, expected[n], rel_tol=1e-9, abs_tol=1e-9)
            for n, (v, _) in shown.items()
        ):
            break
        page.wait_for_timeout(100)
    assert_equal_to_bplib(case, figure, shown)

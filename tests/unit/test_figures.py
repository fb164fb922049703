"""Figures from Python: their parameters, addresses and still pictures. The page: tests/book."""

import re

import numpy as np
import pytest
from traitlets import TraitError

from bplib import figures
from bplib.figures import ChainOfSensitivities, arithmetic, assembly
from bplib.figures.base import Figure
from bplib.figures.parameters import Choice, Flag, Number, Numbers, WholeNumber
from bplib.symbolic import derive

FIGURES = [getattr(figures, name) for name in figures.__all__]


class Every(Figure):
    """Has a parameter of each kind, in no folder."""

    title, name, script = "Every", "every", "none.js"
    eta = Number(0.5, minimum=0, maximum=10)
    step = WholeNumber(2, minimum=0, maximum=9)
    weights = Numbers((1.0, 2.0), shortest=1, longest=4)
    network = Choice("2-2-2", ("2-2-2", "2-3-2"))
    skip = Flag(False)

    @classmethod
    def check(cls, values):
        if values["step"] > len(values["weights"]):
            raise ValueError(f"step: expected at most one a weight, got {values['step']}")

    @classmethod
    def generated(cls):
        return {"none.js": "export default 1;\n"}


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ({"eta": "0.1"}, TypeError, "eta: expected a real number, got str '0.1'"),
        ({"eta": True}, TypeError, "eta: expected a real number, got bool True"),
        ({"eta": float("nan")}, ValueError, "eta: expected a finite number, got nan"),
        ({"eta": -1}, ValueError, "eta: expected a number from 0 to 10, got -1.0"),
        ({"step": 1.5}, TypeError, "step: expected a whole number, got float 1.5"),
        ({"step": -1}, ValueError, "step: expected a whole number of at least 0, got -1"),
        ({"step": 10}, ValueError, "step: expected a whole number from 0 to 9, got 10"),
        ({"weights": 1.0}, TypeError, "weights: expected a sequence"),
        ({"weights": []}, ValueError, "weights: expected 1 to 4 numbers, got shape (0,)"),
        (
            {"weights": [[1.0, 2.0]]},
            ValueError,
            "weights: expected 1 to 4 numbers, got shape (1, 2)",
        ),
        ({"weights": ["a"]}, TypeError, "weights: expected real numbers"),
        ({"weights": [1, np.inf]}, ValueError, "weights: expected finite numbers, got inf"),
        ({"weights": [1, 200]}, ValueError, "weights[1]: expected a number from -100 to 100"),
        (
            {"network": "2-2-3"},
            ValueError,
            "network: expected one of '2-2-2', '2-3-2', got '2-2-3'",
        ),
        ({"network": 3}, TypeError, "network: expected one of '2-2-2', '2-3-2', got int 3"),
        ({"skip": 1}, TypeError, "skip: expected True or False, got int 1"),
        ({"step": 3}, ValueError, "step: expected at most one a weight, got 3"),
        ({"wieghts": [1]}, TypeError, "got 'wieghts'; did you mean 'weights'?"),
    ],
)
def test_bad_values_are_refused_and_change_nothing(values, kind, message):
    pattern = re.escape(message)
    with pytest.raises(kind, match=pattern):
        Every(**values)
    figure = Every()
    before = figure.values()
    with pytest.raises(kind, match=pattern):
        figure.set(eta=1.0, **values) if "eta" not in values else figure.set(**values)
    assert figure.values() == before
    [(name, value)] = values.items()
    if name in before:
        with pytest.raises(kind, match=pattern):
            setattr(figure, name, value)
        assert figure.values() == before


def test_values_from_the_page_are_checked_too():
    figure = Every()
    figure.set_state({"weights": [1, 2, 3], "step": 3.0})  # as the page sends them, together
    assert figure.weights == (1.0, 2.0, 3.0)
    assert figure.step == 3
    with pytest.raises(TraitError):
        figure.set_state({"step": 9})
    assert figure.step == 3


def test_values_can_be_read_set_observed_and_reset():
    figure, seen = Every(eta=1), []
    figure.observe(lambda change: seen.append((change["name"], change["new"])))
    figure.eta = 2
    figure.set(step=3, weights=np.array([1.0, 2.0, 3.0]))
    assert ("eta", 2.0) in seen
    assert ("weights", (1.0, 2.0, 3.0)) in seen
    figure.reset()
    assert figure.values() == Every(eta=1).values()


def test_every_state_has_an_address_and_a_line_of_python():
    figure = Every(eta=1 / 3, step=1, weights=[1e-7, -2, 1e20 / 1e19], network="2-3-2", skip=True)
    link = figure.link("https://example.org/page.html#section")
    assert link.startswith("https://example.org/page.html#every?eta=0.3333333333333333&step=1&")
    assert Every.from_link(link).values() == figure.values()
    assert eval(repr(figure)).values() == figure.values()


@pytest.mark.parametrize(
    ("link", "kind", "message"),
    [
        (None, TypeError, "link: expected a string, got NoneType None"),
        ("page.html", ValueError, "link: expected one to #every?..., got 'page.html'"),
        ("#other?eta=1", ValueError, "link: expected one to #every?..., got '#other?eta=1'"),
        ("#every?nu=1", ValueError, "link: expected eta, step, weights, network, skip, got 'nu'"),
        ("#every?eta=a", ValueError, "eta: expected number, got 'a'"),
        ("#every?eta=nan", ValueError, "eta: expected a finite number, got nan"),
        ("#every?weights=1,,2", ValueError, "weights: expected numbers, got '1,,2'"),
        ("#every?skip=1", ValueError, "skip: expected true or false, got '1'"),
        ("#every?network=1", ValueError, "network: expected one of"),
    ],
)
def test_bad_links_are_refused(link, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        Every.from_link(link)


@pytest.mark.parametrize("make", FIGURES)
def test_what_a_notebook_stores(make):
    first, second = make(), make()
    data, _ = first._repr_mimebundle_()
    again, _ = second._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == first.model_id
    for mime in ("text/plain", "text/html"):
        assert data[mime] == again[mime]  # no address, no identity
        assert "0x" not in data[mime]
    assert first.description() in data["text/plain"]
    assert "<svg" in data["text/html"]


@pytest.mark.parametrize("make", FIGURES)
def test_code_is_one_module_without_imports(make):
    code = make()._esm
    assert not re.search(r"^(import|export (?!default))", code, re.MULTILINE)
    assert code.count("export default") == 1


def test_modules_are_put_in_order_once():
    modules = {
        "a.js": '// says what\nimport { b } from "./b.js";\nimport { c } from "./c.js";\n'
        "export default b + c;\n",
        "b.js": 'import { c } from "./c.js";\nexport const b = c;\n',
        "c.js": "/* long\n comment */\nexport const c =\n  1; // one\n",
    }
    code = assembly.assemble("a.js", modules)
    assert code == "const c =\n1; // one\n/*#*/\nconst b = c;\n/*#*/\nexport default b + c;\n"
    modules["c.js"] = 'import { b } from "./b.js";\n'
    with pytest.raises(ValueError, match=r"expected no circle of imports, got a.js > b.js > c.js"):
        assembly.assemble("a.js", modules)


def test_rules_become_functions():
    derivation = derive([1, 1, 1], "sigmoid")
    text = arithmetic.rules(derivation, {"slope": ("da^1_1/dz^1_1", ["a^1_1"])})
    assert text == "{\nslope: (a1_1) => a1_1*(1.0 - a1_1),\n}"
    with pytest.raises(ValueError, match=r"expected arguments for \['a\^1_1'\]"):
        arithmetic.rules(derivation, {"slope": ("da^1_1/dz^1_1", [])})


def test_a_chain_must_fit_together():
    with pytest.raises(ValueError, match="biases: expected as many as weights, 2, got 3"):
        ChainOfSensitivities(weights=[1, 2])
    with pytest.raises(ValueError, match="layer: expected a layer from 1 to 3, got 4"):
        ChainOfSensitivities(layer=4)


@pytest.mark.parametrize("x", [0.0, 1.0])
def test_a_chain_describes_itself(x):
    figure = ChainOfSensitivities(x=x, activation="relu", weights=[1] * 8, biases=[0] * 8)
    shape = "1-1-1-1-1-1-1-1-1"
    assert figure.description().startswith(f"A {shape} network with the activation relu")
    assert figure.still().body.count("<rect") == 8

"""Where an error comes from: choosing, examples, paths, and all of it without a mouse."""

import pytest

from bplib.figures import WhereErrorComesFrom
from bplib.figures.error_shares.examples import EXAMPLES, STARTS

from .cases import CASES
from .reader import PHONE, Reader, assert_equal_to_bplib

CASE = CASES["WhereErrorComesFrom"]


@pytest.fixture
def open_figure(visit, on_file):
    def open_at(figure=None, **options):
        link = figure.link() if figure else ""
        return Reader(visit(on_file("WhereErrorComesFrom") + link, **options))

    return open_at


def state_of(reader):
    return WhereErrorComesFrom.from_link(reader.copied())


def unit_in(reader, name):
    return reader.live.locator("svg g", has=reader.page.get_by_text(name, exact=True))


@pytest.mark.browser
@pytest.mark.parametrize("phone", [False, True])
def test_a_click_chooses_a_hidden_unit_and_nothing_else(open_figure, phone):
    options = {"viewport": PHONE, "has_touch": True} if phone else {}
    reader = open_figure(WhereErrorComesFrom(network="3-3-4-2"), **options)
    for name, layer, unit in (("a²₃", 2, 3), ("a¹₂", 1, 2), ("x₁", 1, 2), ("ŷ₁", 1, 2)):
        unit_in(reader, name).tap() if phone else unit_in(reader, name).click()
        reader.paint()
        figure = state_of(reader)
        assert (figure.layer, figure.unit) == (layer, unit)
        assert_equal_to_bplib(CASE, figure, reader.shown())
        assert reader.field("Hidden unit").evaluate("e => e.selectedOptions[0].text") == (
            f"{unit} of layer {layer}"
        )


@pytest.mark.browser
@pytest.mark.parametrize("network", STARTS)
def test_a_network_brings_its_own_numbers(open_figure, network):
    before = WhereErrorComesFrom(
        network="3-3-4-2", layer=2, unit=4, skip=True, skip_from=3, activation="tanh"
    )
    reader = open_figure(before)
    reader.field("Network").select_option("2-2-2")
    reader.field("Network").select_option(network)
    reader.paint()
    expected = WhereErrorComesFrom(network=network, skip=True, activation="tanh")
    assert state_of(reader).values() == expected.values()
    assert_equal_to_bplib(CASE, expected, reader.shown())


@pytest.mark.browser
def test_examples_show_what_they_are_called(open_figure):
    reader = open_figure()
    shown = {}
    for name in EXAMPLES:
        reader.button(name).click()
        reader.paint()
        figure = state_of(reader)
        assert figure.values() == WhereErrorComesFrom.example(name).values()
        assert_equal_to_bplib(CASE, figure, reader.shown())
        shown[name] = {key: value for key, (value, _) in reader.shown().items()}
    cancelling = shown["Cancelling"]
    assert cancelling["share1"] > 0.2
    assert cancelling["share2"] < -0.2
    assert abs(cancelling["total"]) < 0.01
    blame = shown["One to blame"]
    assert blame["miss2"] == blame["from2"] == blame["share2"] == 0
    assert blame["total"] == blame["share1"] != 0
    for name, left in (("Saturated", 1e-4), ("Dead relu", 0)):
        assert shown[name]["total"] > 0.2
        assert 0 <= shown[name]["result"] <= left
    skip = shown["Skip path"]
    assert sum(skip[f"share{n}"] for n in range(1, 5)) < 0 < skip["total"]  # it turns the sign
    paths = shown["Every path"]
    assert paths["pathCount"] == 8
    assert paths["pathSum"] == pytest.approx(paths["nextLayerSum"], abs=1e-15)
    assert sum(paths[f"path{n}"] for n in range(1, 9)) == pytest.approx(paths["pathSum"])


@pytest.mark.browser
def test_a_skip_connection_adds_a_share_only_where_it_starts(open_figure):
    reader = open_figure(WhereErrorComesFrom(network="2-2-2-2", skip_from=2, skip_weight=0.5))
    box = reader.field("Skip connection")
    ends = [reader.field("from"), reader.field("to")]
    shares = reader.live.get_by_role("listitem")
    assert not any(end.is_visible() for end in ends)
    box.check()
    reader.paint()
    assert all(end.is_visible() for end in ends)
    assert shares.count() == 2
    reader.page.wait_for_timeout(500)
    assert "adds no share here" in reader.status.text_content()
    ends[0].select_option("a¹₁")
    reader.paint()
    assert shares.count() == 3
    assert "share3" in reader.shown()
    field = reader.field("weight of the skip connection")
    field.fill("0")
    field.press("Enter")
    reader.paint()
    assert reader.shown()["share3"][0] == 0
    assert_equal_to_bplib(CASE, state_of(reader), reader.shown())

    # With one hidden layer it starts at an input, and no sum has room for it.
    reader.field("Network").select_option("2-2-2")
    reader.paint()
    assert state_of(reader).skip
    assert shares.count() == 2


@pytest.mark.browser
def test_by_keyboard_alone(open_figure):
    """From the first control on: another network and unit, every path, a skip, and a weight."""
    reader = open_figure()
    press = reader.page.keyboard.press

    def label():
        return reader.page.evaluate(
            """() => { const e = document.activeElement;
              return e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent; }"""
        )

    def tab_to(wanted):
        for _ in range(60):
            if label() == wanted:
                return
            press("Tab")
        raise AssertionError(f"no way to {wanted}")

    tab_to("Network")
    press("3")  # a select takes what is typed
    reader.paint()
    tab_to("Hidden unit")
    press("ArrowDown")
    tab_to("Follow")
    press("ArrowDown")
    tab_to("Skip connection")
    press("Space")
    reader.paint()
    tab_to("from")
    press("ArrowDown")
    tab_to("weight of the skip connection, slider")
    press("ArrowRight")
    reader.paint()
    expected = WhereErrorComesFrom(
        network="3-3-4-2", unit=2, view="all paths", skip=True, skip_from=2, skip_weight=1.01
    )
    assert_equal_to_bplib(CASE, expected, reader.shown())
    assert state_of(reader).values() == expected.values()
    assert reader.shown()["pathCount"][0] == 9


@pytest.mark.browser
def test_of_equal_shares_none_is_the_largest(open_figure):
    reader = open_figure(WhereErrorComesFrom.example("Dead relu"))
    assert reader.shown()["share1"] == reader.shown()["share2"]
    assert "largest" not in reader.words()
    reader.follow(WhereErrorComesFrom.example("Saturated").link())
    assert "The largest comes from output 2." in reader.words()


@pytest.mark.browser
def test_a_bar_is_labelled_as_what_it_is(open_figure):
    """A weight times an error term, not the error term alone; k, i and l where they belong."""
    reader = open_figure(WhereErrorComesFrom(network="2-2-2", unit=2))
    texts = reader.live.locator("svg").nth(1).locator("text").all_text_contents()
    assert [text for text in texts if text.startswith("w")] == ["w²₁₂δ²₁", "w²₂₂δ²₂"]
    assert not [text for text in texts if text.startswith("δ")]


@pytest.mark.browser
def test_the_rule_has_the_letters_of_the_book(open_figure):
    def rules():
        return reader.live.locator("math").evaluate_all(
            "all => all.map(e => e.textContent.replace(/\\s/g, ''))"
        )

    reader = open_figure(WhereErrorComesFrom(network="2-3-2", unit=3))
    # Base, lower index, upper index: δ^1_3 = g'(z^1_3) Σ_k w^2_k3 δ^2_k
    assert rules() == ["δ31=g′(z31)∑kwk32δk2", "w132δ12", "w232δ22"]
    skip = WhereErrorComesFrom(network="3-3-4-2", skip=True, skip_from=1, skip_to=2, unit=1)
    reader.follow(skip.link())
    rule, *terms = rules()
    assert rule == "δ11=g′(z11)(∑kwk12δk2+w211→3δ23)"
    assert terms[4:] == ["w211→3δ23", "w211→3"]  # the card, and the label of its field

"""The book as a reader sees it: opened from disk in Chromium, with the network cut."""

import pytest

from .line_ends import misplaced

LOCAL = ("file:", "data:", "blob:", "about:")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

# Leftover dollar signs outside of code, and formulas that MathJax could not read.
MATHS = """() => {
  const walker = document.createTreeWalker(
    document.querySelector("article"), NodeFilter.SHOW_TEXT,
    node => node.parentElement.closest("pre, code, script, style, mjx-container")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const raw = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data;
    if (/\\$|\\\\\\(|\\\\\\[|\\\\begin\\{/.test(text)) raw.push(text);
  }
  return {
    formulas: document.querySelectorAll("article .math").length,
    typeset: document.querySelectorAll("article mjx-container").length,
    // MathJax shows what it cannot read as an error, an unknown macro as red text
    errors: [...document.querySelectorAll("mjx-merror, mjx-mtext[style*='color: red']")]
      .map(e => e.outerHTML),
    raw: raw,
  };
}"""

# How far the page reaches beyond the window, and what makes it do so.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const inScroller = element => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX)) return true;
    return false;
  };
  const end = element => {  // of its box, or of a long word that sticks out of it
    const box = element.getBoundingClientRect();
    const inside = getComputedStyle(element).overflowX === "visible" ? element.scrollWidth : 0;
    return Math.max(box.right, box.left + inside);
  };
  return [...document.querySelectorAll("article *")]
    .filter(e => end(e) > width + 1 && !inScroller(e))
    .map(e => e.outerHTML.slice(0, 200))
    .concat(document.documentElement.scrollWidth > width + 1
      ? [`the page is ${document.documentElement.scrollWidth} wide, the window ${width}`] : []);
}"""

# Text in pictures that is smaller than 11 px, as it is seen.
SMALL_TEXT = """() => [...document.querySelectorAll("svg.bp-picture text, svg.bp-picture tspan")]
  .filter(e => e.checkVisibility())
  .map(e => {
    const {a, b} = e.getScreenCTM();
    return [e.textContent.trim(), parseFloat(getComputedStyle(e).fontSize) * Math.hypot(a, b)];
  })
  .filter(([text, size]) => text && size < 11)
"""

# Links to the pages before and after of which a part is hidden, and titles as large as those of a
# higher level.
CUT_OFF = """() => [...document.querySelectorAll(".prev-next-area a")]
  .filter(a => a.scrollWidth > a.clientWidth)
  .map(a => a.innerText)
"""
TITLES = """() => ["h1", "h2", "h3"]
  .map(level => document.querySelector(`article ${level}`))
  .filter(title => title)
  .map(title => parseFloat(getComputedStyle(title).fontSize))
"""


class Visit:
    """A page, open in a browser that can reach nothing, and what it said and asked for."""

    def __init__(self, browser, address, lands=None):
        # Without motion, colours change at once with the theme.
        self.context = browser.new_context(
            viewport=DESK, offline=True, service_workers="block", reduced_motion="reduce"
        )
        self.context.route("**/*", self._route)
        self.said, self.asked = [], []
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("websocket", lambda socket: self._request(socket.url))
        self.page.goto(address)
        self.page.wait_for_url(lands or address)
        self.page.wait_for_function("window.MathJax === undefined || MathJax.startup?.promise")
        self.page.evaluate("() => window.MathJax?.startup.promise")
        self.page.evaluate("() => document.fonts.ready.then(() => true)")

    def _route(self, route):
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            route.abort()

    def _request(self, address):
        if not address.startswith(LOCAL):
            self.asked.append(address)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


@pytest.mark.browser
def test_page_in_a_browser(browser, html, faults, page):
    with Visit(browser, (html / page).as_uri()) as visit:
        maths = visit.page.evaluate(MATHS)
        assert maths["typeset"] >= maths["formulas"]
        assert maths["errors"] == []
        assert maths["raw"] == []
        assert faults(visit.page) == []
        # What is dark comes from style sheets that all pages share: those with figures will do.
        if visit.page.locator("[data-figure]").count():
            visit.page.emulate_media(color_scheme="dark")
            dark = "document.documentElement.dataset.theme === 'dark'"
            visit.page.wait_for_function(dark)
            assert faults(visit.page) == []
        assert visit.page.evaluate(OVERFLOW) == []
        assert misplaced(visit.page) == []
        visit.page.set_viewport_size(PHONE)
        assert visit.page.evaluate(OVERFLOW) == []
        assert misplaced(visit.page) == []
        assert visit.page.evaluate(SMALL_TEXT) == []
        assert visit.page.evaluate(CUT_OFF) == []
        titles = visit.page.evaluate(TITLES)
        assert titles == sorted(set(titles), reverse=True)
        assert visit.said == []
        assert visit.asked == []


@pytest.mark.browser
def test_index_opens_the_book(browser, html):
    first = (html / "chapters/welcome/welcome.html").as_uri()
    with Visit(browser, (html / "index.html").as_uri(), lands=first) as visit:
        assert visit.asked == []


@pytest.mark.browser
def test_search_finds_a_chapter(browser, html):
    """From disk a browser shows the pages found, but may not read them to quote from them."""
    with Visit(browser, (html / "search.html").as_uri() + "?q=delta") as visit:
        visit.page.locator("#search-results a[href*='generalized_delta']").first.wait_for()
        assert visit.asked == []


@pytest.mark.browser
def test_the_tests_above_can_fail(browser, html, tmp_path):
    """A page with each fault they look for, so that a check that sees nothing is found out."""
    mathjax = (html / "_static/mathjax/tex-chtml.js").as_uri()
    page = tmp_path / "page.html"
    page.write_text(
        f"""<script defer src="{mathjax}"></script>
        <article>
          <img src="https://example.org/pixel.png">
          <p>$x$ <span class="math">\\(\\frac{{1}}\\) \\(\\unknown\\)</span></p>
          <p style="width: 2000px">wide</p>
          <svg class="bp-picture" viewBox="0 0 200 20" width="100"><text y="9">half</text></svg>
          <h1>first</h1> <h2 style="font-size: 5em">second</h2>
          <p class="prev-next-area"><a style="display: block; width: 9px; overflow: hidden">next</a>
        </article>"""
    )
    with Visit(browser, page.as_uri()) as visit:
        maths = visit.page.evaluate(MATHS)
        assert maths["raw"] == ["$x$ "]
        assert len(maths["errors"]) == 2
        assert any("wide" in element for element in visit.page.evaluate(OVERFLOW))
        assert [text for text, _ in visit.page.evaluate(SMALL_TEXT)] == ["half"]
        assert visit.page.evaluate(CUT_OFF) == ["next"]
        first, second = visit.page.evaluate(TITLES)
        assert first < second
        assert visit.asked == ["https://example.org/pixel.png"]
        assert visit.said != []

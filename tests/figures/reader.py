"""What a browser can see of a figure, and what a reader can do with it."""

import math
from decimal import Decimal

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}

NUMBERS = """root => Object.fromEntries([...root.querySelectorAll("[data-name]")]
  .map(e => [e.dataset.name, [Number(e.dataset.value), e.textContent]]))"""

# Open a link, if there is one, to a state on the page that is open. Wait until it is painted, and
# until the figure no longer says that it is busy: some need more than a frame.
FOLLOW = """async (root, hash) => {
  if (hash && location.hash !== hash) { // else nothing would be said to change
    const changed = new Promise(done => addEventListener("hashchange", done, { once: true }));
    location.hash = hash;
    await changed;
  }
  const frame = () => new Promise(done => requestAnimationFrame(done));
  await frame();
  do await frame(); while (root.querySelector("[aria-busy=true]"));
}"""

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

SMALLEST_TEXT = """root => Math.min(...[...root.querySelectorAll("*")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => !e.closest("math") && e.checkVisibility())
  .map(e => parseFloat(getComputedStyle(e).fontSize)
    * (e.ownerSVGElement ? e.getScreenCTM().a : 1)))"""

# Texts of which a part is hidden: beyond the figure, or beyond something that cuts or scrolls.
# (A drawing inside a drawing is cut on purpose.)
CUT_OFF = """root => {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    if (parent.closest("option, svg svg, textarea, [role=status]")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right, width } = range.getBoundingClientRect();
    if (!width) continue;
    for (let e = parent; ; e = e.parentElement) {
      const box = e.getBoundingClientRect();
      const cuts = e === root || (e !== parent && getComputedStyle(e).overflowX !== "visible");
      if (cuts && (left < box.left - 1 || right > box.right + 1)) {
        found.push(text.data);
        break;
      }
      if (e === root) break;
    }
  }
  return found;
}"""

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
        self.live.evaluate(FOLLOW)

    def follow(self, link):
        self.live.evaluate(FOLLOW, link)

    def words(self):
        """The state in words, as it is seen."""
        return self.live.locator(".bp-status").text_content()

    def identity(self):
        """What links call this figure: the second of a kind on its page is name-2."""
        return self.place.get_attribute("id")

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


def assert_equal_to_bplib(case, figure, shown):
    """Every number on display is bplib's, and its text is that number to the last digit shown."""
    expected = case.numbers(figure)
    assert shown, figure
    for name, (number, text) in shown.items():
        if number is None or not math.isclose(number, expected[name], rel_tol=1e-12, abs_tol=1e-12):
            raise AssertionError(
                f"{figure}: {name} is {number} in the page, {expected[name]} in bplib"
            )
        seen, unit, _ = parts_of_number(text)
        if abs(seen - Decimal(number)) > unit / 2:
            raise AssertionError(f"{figure}: {name} is {number}, and the page says {text}")


def parts_of_number(text):
    """A number that is shown, one unit of its last digit, and how many digits count."""
    mantissa, _, power = text.replace("−", "-").partition("·10")
    power = int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)
    number = Decimal(mantissa).scaleb(power)
    _, digits, exponent = number.as_tuple()
    return number, Decimal(1).scaleb(exponent), len(digits)

"""What is wrong with the ends of a page's lines, at the width that the window has."""

# Punctuation on another line than the formula that it follows (or an opening bracket, that it
# stands before).
LOOSE = r"""() => [...document.querySelectorAll("article span.math")].flatMap(formula => {
  const height = (text, from) => {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, from + 1);
    const {top, bottom} = range.getBoundingClientRect();
    return (top + bottom) / 2;
  };
  const found = [];
  const box = formula.getBoundingClientRect();
  const [before, after] = [formula.previousSibling, formula.nextSibling];
  if (!box.width || !formula.checkVisibility()) return found;
  if (after?.nodeType === 3 && /^[^\s\w]/.test(after.data) && height(after, 0) > box.bottom)
    found.push([formula.textContent, after.data.slice(0, 20)]);
  if (before?.nodeType === 3 && /[^\s\w]$/.test(before.data)
      && height(before, before.length - 1) < box.top)
    found.push([before.data.slice(-20), formula.textContent]);
  return found;
})"""

# Printed lines that do not fit though their type was made smaller so that they do.
BROKEN = r"""() => [...document.querySelectorAll("article pre[style*='--bp-columns']")]
  .filter(pre => pre.checkVisibility() && !pre.closest("details:not([open])"))
  .filter(pre => {
    const range = document.createRange();
    range.selectNodeContents(pre);
    const seen = [...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top));
    const lines = pre.textContent.split("\n").filter(line => line.trim());
    return new Set(seen).size > lines.length;
  })
  .map(pre => pre.textContent)"""

# Lines of a derivation that scroll, or say so by a shadow, although all of their formula is seen.
NEEDLESS = r"""() => [...document.querySelectorAll(".bp-derivation .bp-line")]
  .filter(line => line.checkVisibility() && !line.closest("details:not([open])"))
  .filter(line => line.scrollWidth > line.clientWidth + 1)
  .filter(line => {
    const ends = [...line.querySelectorAll("mjx-math")].map(e => e.getBoundingClientRect().right);
    return Math.max(...ends) <= line.getBoundingClientRect().right - 1;
  })
  .map(line => line.closest("li").id)"""


def misplaced(page):
    """What is not where a reader expects it, in words; empty if all is well."""
    return (
        [f"{text!r} is on a line of its own" for text in page.evaluate(LOOSE)]
        + [f"a printed line breaks: {text}" for text in page.evaluate(BROKEN)]
        + [f"{place} scrolls, and need not" for place in page.evaluate(NEEDLESS)]
    )

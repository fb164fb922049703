r"""A derivation as an ordered list of typeset lines.

    <div class="bp-derivation-frame">
      <p class="bp-derivation-title">…</p>
      <ol class="bp-derivation" data-derivation="NAME">
        <li data-step="STEP" id="NAME-1"> formula, div.bp-reason, details.bp-proof

Formulas are TeX in the form in which Sphinx writes it, which JupyterLab typesets as well. All of it
stands there without a script; `derivation.js` adds a pace of one line at a time. The book's pages
carry style sheet and script once (chapters/_tools/derivations.py). In Jupyter each output brings
them along, between two comments by which they can be found and left out.
"""

import re
from functools import cache
from html import escape
from pathlib import Path

from sympy import preorder_traversal

from ..printing import coloured_latex, direction, house_latex

FOLDER = Path(__file__).parent
MOST_LINES = 40
KEY = (
    '<span class="bp-key"><span class="mjx-bp-forward">forward</span> '
    '<span class="mjx-bp-back">comes back</span></span>'
)
DRESS = re.compile(r"<!--bp-dress-->.*?<!--/bp-dress-->", re.DOTALL)


def formula(latex):
    """A formula between the delimiters that MathJax and JupyterLab look for."""
    return rf'<span class="math notranslate nohighlight">\(\displaystyle {escape(latex)}\)</span>'


def derivation_html(derivation):
    """All lines, without style sheet and script."""
    if len(derivation.steps) > MOST_LINES:
        return _overview(derivation)
    items, before = [], None
    both = goes_both_ways(derivation)
    latex = coloured_latex if both else house_latex
    for number, step in enumerate(derivation.steps, start=1):
        items.append(_item(derivation, number, step, before, latex))
        before = step.lhs
    return _frame(derivation, items, KEY if both else "")


def _overview(derivation):
    """In place of more lines than anyone reads, which would take long to prove."""
    names = ", ".join(f"<code>{escape(step.name)}</code>" for step in derivation.steps)
    return (
        f"<p><strong>{escape(derivation.title)}</strong>: {len(derivation)} lines. "
        f"<code>show(name, …)</code> shows some of them, <code>prove()</code> proves all. "
        f"Their names: {names}</p>"
    )


def goes_both_ways(derivation):
    """Whether there are quantities of both directions, which colours then tell apart."""
    parts = {part for step in derivation.steps for part in preorder_traversal(step.statement)}
    return {"forward", "back"} <= set(map(direction, parts))


def dressed(html):
    """The same with style sheet and script, for places that have none."""
    style, script = _source("derivation.css"), _source("derivation.js")
    return f"{html}<!--bp-dress--><style>{style}</style><script>{script}</script><!--/bp-dress-->"


def undressed(html):
    return DRESS.sub("", html)


@cache
def _source(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def _frame(derivation, items, key):
    title, name = escape(derivation.title), escape(derivation.name)
    return (
        f'<div class="bp-derivation-frame" role="group" aria-label="Derivation: {title}">'
        f'<p class="bp-derivation-title"><span>{title}</span>{key}</p>'
        f'<ol class="bp-derivation" data-derivation="{name}">{"".join(items)}</ol></div>'
    )


def _item(derivation, number, step, before, latex):
    address = f"{derivation.name}-{number}"
    proof = _proof(step, derivation.program(step))
    aside = f'<div class="bp-reason">{with_formulas(reason(step))}</div>{proof}'
    return (
        f'<li data-step="{escape(step.name)}" id="{address}">'
        f'<a class="bp-address" href="#{address}" aria-label="Line {number}">{number}</a>'
        f'<div class="bp-line">{formula(line_latex(step, before, latex))}</div>'
        f'<div class="bp-aside">{aside}</div></li>'
    )


def line_latex(step, before=None, latex=house_latex):
    """The statement; where the left side is that of the line before, only room for it."""
    left, right = map(latex, step.statement.args)
    if step.lhs == before:
        left = rf"\phantom{{{left}}}"
    return f"{left} {getattr(step, 'relation', '=')} {right}"


def reason(step):
    """The reason, in which formulas stand between dollar signs."""
    if not step.assumptions:
        return step.reason
    given = ", ".join(f"${house_latex(assumption)}$" for assumption in step.assumptions)
    return f"{step.reason}; given {given}"


def with_formulas(text):
    """Escaped text, with what stands between dollar signs typeset."""
    parts = re.split(r"\$(.+?)\$", text)
    parts[1::2] = (
        rf'<span class="math notranslate nohighlight">\({escape(latex)}\)</span>'
        for latex in parts[1::2]
    )
    parts[::2] = map(escape, parts[::2])
    return "".join(parts)


def _proof(step, program):
    """The mark of the proof, which opens to the program that was run and what it printed."""
    if not step.proof:
        return '<p class="bp-proof bp-proof-none">NOT PROVED</p>'
    if step.is_definition:
        return '<p class="bp-proof bp-proof-definition">definition</p>'
    if step.kind == "chain rule" and program is None:
        return '<p class="bp-proof bp-proof-rule">by the chain rule</p>'
    if step.kind == "induction" and program is None:
        return '<p class="bp-proof bp-proof-rule">by induction</p>'
    if program is None:
        return '<p class="bp-proof">proved</p>'
    return (
        '<details class="bp-proof"><summary>proved</summary>'
        f'<pre class="bp-program"><code>{escape(program.text)}</code></pre>'
        f'<pre class="bp-printed"><samp>{escape(program.printed)}</samp></pre></details>'
    )

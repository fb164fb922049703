"""A calculation as HTML: a heading for each step of the algorithm, and under it a list of lines."""

from html import escape

from ..arithmetic import rounded
from ..notation import plain
from ..printing import coloured_latex, house_latex
from .html import KEY, formula

GIVEN_DIGITS = 12  # what is given is shown as it is
NOTE = (
    '<p class="bp-note">Shown are rounded numbers, carried on are exact ones: a step redone with '
    "what is shown may differ in its last digit.</p>"
)


def calculation_html(calculation):
    """All lines of all updates, without style sheet and script."""
    parts = []
    for number, lines in enumerate(calculation.rounds, start=1):
        suffix = f"-{number}" if len(calculation.rounds) > 1 else ""
        name = f"{calculation.name}{suffix}"
        if suffix:
            parts.append(f'<p class="bp-calculation-round">Update {number}</p>')
        for place, (part, own) in enumerate(lines.items(), start=1):
            items = _given(calculation) if part == "Input" and number == 1 else _items(own)
            if part == "Input" and number > 1:
                items = [("same example", "The same example, with the new parameters.")]
            parts.append(f'<p class="bp-calculation-part">{place} {part}</p>')
            parts.append(_list(f"{name}-{part.lower()}", items))
    return (
        '<div class="bp-derivation-frame bp-calculation" role="group" '
        f'aria-label="Calculation: {escape(calculation.title)}">'
        f'<p class="bp-derivation-title"><span>{escape(calculation.title)}</span>{KEY}</p>{NOTE}'
        f"{''.join(parts)}{_program(calculation)}</div>"
    )


def lines_html(worked):
    """A few lines under a heading, without style sheet and script."""
    title = escape(worked.title)
    return (
        '<div class="bp-derivation-frame bp-calculation" role="group" '
        f'aria-label="Calculation: {title}">'
        f'<p class="bp-derivation-title"><span>{title}</span>{KEY}</p>{NOTE}'
        f"{_list(worked.name, _items(worked.lines))}{_program(worked)}</div>"
    )


def _program(calculation):
    """The same with bplib, all digits, one click behind."""
    program = calculation.program
    return (
        '<details class="bp-proof bp-calculation-program"><summary>the same with bplib</summary>'
        f'<pre class="bp-program"><code>{escape(program.text)}</code></pre>'
        f'<pre class="bp-printed"><samp>{escape(program.printed)}</samp></pre></details>'
    )


def _list(name, items):
    lines = (
        f'<li data-step="{escape(step)}" id="{name}-{number}">'
        f'<a class="bp-address" href="#{name}-{number}" aria-label="Line {number}">{number}</a>'
        f'<div class="bp-line">{content}</div></li>'
        for number, (step, content) in enumerate(items, start=1)
    )
    return f'<ol class="bp-derivation" data-derivation="{escape(name)}">{"".join(lines)}</ol>'


def _given(calculation):
    spec, given = calculation.spec, calculation.given
    groups = [("input", spec.a(0)), ("target", spec.y)]
    for l in spec.layers:
        groups.append((f"weights of layer {l}", [w for row in spec.weights(l) for w in row]))
        if spec.biases:
            groups.append((f"biases of layer {l}", [spec.bias(l, u) for u in spec.units(l)]))
    for step, symbols in groups:
        texts = [f"{house_latex(s)} = {rounded(given[s], GIVEN_DIGITS)}" for s in symbols]
        yield step, _row(texts)
    yield "learning rate", formula(rf"\eta = {rounded(calculation.eta, GIVEN_DIGITS)}")


def _items(lines):
    for line in lines:
        left = coloured_latex(line.symbol)
        first = f"{left} {line.relation} {coloured_latex(line.rule)}"
        rest = [f"= {house_latex(stage)}" for stage in line.stages]
        if len(rest) > 1:
            rest[-1] = rf"= \class{{mjx-bp-result}}{{{house_latex(line.stages[-1])}}}"
        yield plain(line.symbol), _row([first, *rest])


def _row(texts):
    return " ".join(formula(text) for text in texts)

// Names and looks that the drawing, the terms and the bars have in common.

import { mathml } from "../page/dom.js";
import { row } from "../page/formulas.js";
import { superscript } from "../page/numbers.js";
import { palette } from "../page/palette.js";

// "₁₂" for 12.
export function subscript(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
}

// A unit's name on paper: x₁, a¹₂, ŷ₁.
export function nameOf(l, i, L) {
  const letter = l === 0 ? "x" : l === L ? "ŷ" : `a${superscript(l)}`;
  return letter + subscript(i);
}

// A weight's name on paper, w²₁₃, into unit k of layer l from unit i. That of a skip connection has
// both layers, which text has no small signs for: there it is said in words, in formulas w¹→³₁₃.
export function weightText(edge, i) {
  return edge.skip ? "skip weight · " : `w${superscript(edge.l)}${subscript(`${edge.i}${i}`)}`;
}
export function weightSymbol(edge, i) {
  const layers = edge.skip ? [String(edge.l - 2), "→", String(edge.l)] : [String(edge.l)];
  return mathml("msubsup", {}, row("w"), row(String(edge.i), String(i)), row(...layers));
}

// A unit's name in a sentence.
export function placeOf(l, i, L) {
  return l === L ? `output ${i}` : `unit ${i} of layer ${l}`;
}

const PALE = `color-mix(in srgb, ${palette.backward} 16%, ${palette.paper})`;

// Full for what is added, pale with a broken outline for what is taken away.
export function sharePaint(value) {
  if (value === 0)
    return { fill: "none", stroke: palette.backward, "stroke-width": 2, "stroke-dasharray": "1 5" };
  return value < 0
    ? { fill: PALE, stroke: palette.backward, "stroke-width": 1.5, "stroke-dasharray": "4 2.5" }
    : { fill: palette.backward, stroke: palette.paper, "stroke-width": 1, "stroke-dasharray": null };
}

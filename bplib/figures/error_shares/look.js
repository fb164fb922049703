// Names and looks that the drawing, the terms and the bars have in common.

import { mathml } from "../page/dom.js";
import { row } from "../page/formulas.js";
import { palette } from "../page/palette.js";
import { symbolOf, textOf } from "../page/symbols.js";
import { shareTree } from "./rules.js";

// A unit's name on paper: x₁, a¹₂, ŷ₁.
export function nameOf(l, i, L) {
  return textOf(l === L ? ["ŷ", "", i] : ["a", l, i]);
}

// A share's factors, in the order of the rule, each as `write` makes it of its name.
export function factorsOf(write) {
  return shareTree.slice(1).map(([name]) => write(name));
}

// What comes back over an edge to unit j, as text: w²₁₃δ²₁. The weight of a skip connection has both
// layers, which text has no small signs for: there it is said in words, in formulas w¹→³₁₃.
export function shareText(edge, j) {
  return factorsOf((name) => (name === "δ" ? textOf(["δ", edge.l, edge.i])
    : edge.skip ? "skip weight · " : textOf(["w", edge.l, edge.i, j]))).join("");
}
export function shareSymbols(edge, j) {
  return factorsOf((name) => (name === "δ" ? symbolOf(["δ", edge.l, edge.i]) : weightSymbol(edge, j)));
}
export function weightSymbol(edge, j) {
  if (!edge.skip) return symbolOf(["w", edge.l, edge.i, j]);
  const layers = row(String(edge.l - 2), "→", String(edge.l));
  return mathml("msubsup", {}, row("w"), row(String(edge.i), String(j)), layers);
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

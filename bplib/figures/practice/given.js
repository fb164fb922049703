// What is given: every number with its name, in a list.

import { html } from "../page/dom.js";
import { formula, showBriefly } from "./lines.js";
import { at } from "./task.js";

const symbolText = (letter, upper, lower) => (upper === ""
  ? `<msub><mi>${letter}</mi><mn>${lower}</mn></msub>`
  : `<msubsup><mi>${letter}</mi><mn>${lower}</mn><mn>${upper}</mn></msubsup>`);

function labelOf([array, layer, ...units]) {
  if (array === "eta") return "<mi>η</mi>";
  if (array === "y") return symbolText("y", "", layer + 1);
  if (array === "a") return symbolText("x", "", units[0] + 1);
  return symbolText(array.toLowerCase(), layer, units.map((unit) => unit + 1).join(""));
}

function namedNumber(label, path, value) {
  const shown = html("span", { class: "bp-practice-number" });
  showBriefly(shown, path.join("_"), value);
  return html("span", { class: "bp-practice-given" }, formula(label), " = ", shown);
}

export function givenList({ level, values, places }) {
  const drawn = (...kinds) => places.filter((path) => kinds.includes(path[0]))
    .map((path) => namedNumber(labelOf(path), path, at(values, path)));
  const layers = level.sizes.map((_, l) => l).slice(1);
  const before = level.steps.filter((step) => step.given)
    .map((step) => namedNumber(step.label, step.path, at(values, step.path)));
  const rows = [
    ["Example", [...drawn("a"), ...drawn("y"), ...drawn("eta")]],
    ...layers.map((l) => [`Layer ${l}`, places.filter(([kind, layer]) => "Wb".includes(kind) && layer === l)
      .map((path) => namedNumber(labelOf(path), path, at(values, path)))]),
    ["Forward pass", before],
  ].filter(([, parts]) => parts.length);
  return rows.flatMap(([name, parts]) => [
    html("dt", {}, name),
    html("dd", {}, ...parts.flatMap((part) => [part, " "])),
  ]);
}

// What is given: every number with its name, in a list.

import { html } from "../page/dom.js";
import { formula, IS, showBriefly } from "./lines.js";
import { at } from "./task.js";

function namedNumber(label, path, value) {
  const shown = html("span", { class: "bp-practice-number" });
  showBriefly(shown, path.join("_"), value);
  return html("span", { class: "bp-practice-given" }, formula(label), IS, shown);
}

export function givenList({ level, values }) {
  const drawn = (kinds, l) => level.places
    .filter(([[kind, layer]]) => kinds.includes(kind) && (l === undefined || layer === l))
    .map(([path, label]) => namedNumber(label, path, at(values, path)));
  const layers = level.sizes.map((_, l) => l).slice(1);
  const before = level.steps.filter((step) => step.given)
    .map((step) => namedNumber(step.label, step.path, at(values, step.path)));
  const rows = [
    ["Example", drawn(["a", "y", "eta"])],
    ...layers.map((l) => [`Layer ${l}`, drawn(["W", "b"], l)]),
    ["Forward pass", before],
  ].filter(([, parts]) => parts.length);
  return rows.flatMap(([name, parts]) => [
    html("dt", {}, name),
    html("dd", {}, ...parts.flatMap((part) => [part, " "])),
  ]);
}

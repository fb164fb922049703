// The results of a stage, as vectors and matrices.

import { html } from "./page/dom.js";
import { math, row, sup } from "./page/formulas.js";
import { showBriefly } from "./step_by_step_drawing.js";
import { numbersOf } from "./step_by_step_lines.js";

const layerSymbol = (letter, l) => (letter === "x" ? row("x") : sup(letter, l));

// A list of { key, make: the name in MathML, rows: [[number]] }.
export function resultsOf({ kind, l }, now) {
  const { shape } = now;
  const n = numbersOf(now);
  const vector = (letter, layer, number, prefix = "") => ({
    key: `${prefix}${letter}${layer}`,
    make: () => math([...(prefix ? [prefix] : []), layerSymbol(letter, layer), "="]),
    rows: shape.units(layer).map((i) => [number(layer, i)]),
  });
  const matrix = (layer, number, prefix = "") => ({
    key: `${prefix}W${layer}`,
    make: () => math([...(prefix ? [prefix] : []), layerSymbol("W", layer), "="]),
    rows: shape.units(layer).map((i) => shape.units(layer - 1).map((j) => number(layer, i, j))),
  });
  const learning = (block) => (now.biasesLearn ? [block] : []);
  return {
    input: () => [vector("x", 0, (_, i) => n.x(i))],
    z: () => [vector("z", l, n.z)],
    a: () => [vector("a", l, n.a)],
    error: () => [],
    delta: () => [vector("δ", l, n.delta)],
    change: () => [matrix(l, n.changeW, "Δ"), ...learning(vector("b", l, n.changeB, "Δ"))],
    update: () => shape.layers.flatMap((layer) =>
      [matrix(layer, n.afterW), ...learning(vector("b", layer, n.afterB))]),
  }[kind]();
}

// An element that shows such a list; the number called `chosen` stands out.
export function resultsElement() {
  const element = html("div", { class: "bp-steps-results" });
  let shown = null;
  let places = [];
  return {
    element,
    show(blocks, chosen) {
      const key = blocks.map((block) => `${block.key}:${block.rows.map((r) => r.length)}`).join("|");
      const numbers = blocks.flatMap((block) => block.rows.flat());
      if (key !== shown) {
        shown = key;
        places = numbers.map(() => html("span"));
        let next = 0;
        element.replaceChildren(...blocks.map((block) =>
          html("span", { class: "bp-steps-block" }, block.make(),
            html("span", {
              class: "bp-steps-matrix",
              style: `grid-template-columns: repeat(${block.rows[0].length}, auto)`,
            }, ...block.rows.flat().map(() => places[next++])))));
      }
      numbers.forEach(({ name, value, kind }, n) => {
        showBriefly(places[n], name, value);
        places[n].className = `bp-steps-${kind}${name === chosen ? " bp-steps-chosen" : ""}`;
      });
    },
  };
}

// The result of a stage, as a vector or a matrix.

import { html } from "../page/dom.js";
import { math } from "../page/formulas.js";
import { show } from "../page/numbers.js";
import { symbolOf } from "../page/symbols.js";
import { numbersOf } from "./lines.js";

const MANY = 4; // columns: more fit on a phone only with fewer digits and in smaller print

// All of a layer at once: x, z², W².
const layerName = (letter, l) => symbolOf(letter === "x" ? ["x"] : [letter, l]);

// { key, make: its name in MathML, rows: [[number]] }, or null. Of an update, the layer `at`: all
// layers at once would be too many numbers.
export function resultOf({ kind, l }, now, at) {
  const { shape } = now;
  const n = numbersOf(now);
  const vector = (letter, layer, number) => ({
    key: `${letter}${layer}`,
    make: () => math([layerName(letter, layer), "="]),
    rows: shape.units(layer).map((i) => [number(layer, i)]),
  });
  // A weight matrix, and, if they change too, the biases as a last column.
  const matrix = (layer, weight, bias, derivative = false) => ({
    key: `${derivative}W${layer} ${now.biasesLearn}`,
    make() {
      const name = (letter) =>
        symbolOf(derivative ? ["∂", ["E"], [letter, layer]] : [letter, layer]);
      return math([name("W"), ...(now.biasesLearn ? [",", name("b")] : []), "="]);
    },
    rows: shape.units(layer).map((i) => [
      ...shape.units(layer - 1).map((j) => weight(layer, i, j)),
      ...(now.biasesLearn ? [{ ...bias(layer, i), apart: true }] : [])]),
  });
  return {
    input: () => vector("x", 0, (_, i) => n.x(i)),
    z: () => vector("z", l, n.z),
    a: () => vector("a", l, n.a),
    error: () => null,
    delta: () => vector("δ", l, n.delta),
    gradient: () => matrix(l, n.byW, n.byB, true),
    update: () => matrix(at, n.afterW, n.afterB),
  }[kind]();
}

// An element that shows it; the number called `chosen` stands out.
export function resultElement() {
  const element = html("div", { class: "bp-steps-result" });
  let shown = null;
  let places = [];

  function build({ make, rows }) {
    places = rows.flat().map(() => html("span"));
    const columns = rows[0].length;
    element.replaceChildren(make(), html("span", {
      class: `bp-steps-matrix${columns > MANY ? " bp-steps-wide" : ""}`,
      style: `grid-template-columns: repeat(${columns}, auto)`,
    }, ...places));
  }

  return {
    element,
    show(result, chosen) {
      const key = result && `${result.key} ${result.rows.length} ${result.rows[0].length}`;
      if (key !== shown) {
        if (result) build(result);
        else element.replaceChildren();
        shown = key;
      }
      const digits = result?.rows[0].length > MANY ? 2 : 3;
      result?.rows.flat().forEach(({ name, value, kind, apart }, n) => {
        show(places[n], name, value, digits);
        places[n].className = `bp-steps-${kind}${name === chosen ? " bp-steps-chosen" : ""}` +
          (apart ? " bp-steps-apart" : "");
      });
    },
  };
}

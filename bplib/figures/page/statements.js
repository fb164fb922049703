// Statements of the derivations, as trees (trees.py), with the layers and units of a network put in.

import { superscript } from "./numbers.js";

// The sides of an equation: { left, sign, right }.
export function sidesOf([sign, left, right]) {
  return { left, sign, right };
}

// A layer or unit: "l+1" at { l: 1 } is 2.
function indexAt(index, at) {
  const [, name, shift] = index.match(/^(\w+)([+-]\d+)?$/);
  return Number(at[name] ?? name) + Number(shift ?? 0);
}

// ["w", "l+1", "k", "i"] at { l: 1, k: 2, i: 3 } is ["w", 2, 2, 3], as in symbols.js. (A layer that
// the statement itself calls 0 keeps its name: it is a text.)
export function quantityAt([letter, ...rest], at) {
  if (letter === "∂") return [letter, ...rest.map((part) => quantityAt(part, at))];
  return [letter, ...rest.map((index) => (index === "0" ? index : indexAt(index, at)))];
}

// One side as signs and quantities, one after the other: sums are written out over `units(layer)`,
// and `write` makes what is wanted of a quantity.
export function written(tree, at, units, write) {
  const inner = (part, place = at) => written(part, place, units, write);
  // The terms of a sum, each with its sign.
  const sum = (terms) => terms.flatMap((term, n) =>
    (n && term[0] !== "−" ? ["+", ...term] : term));
  const closed = (part, place) => (isSum(part) ? ["(", ...inner(part, place), ")"] : inner(part, place));
  const isSum = ([kind, , layer, body]) =>
    kind === "+" || (kind === "Σ" && (units(indexAt(layer, at)).length > 1 || body[0] === "+"));
  if (typeof tree === "string") return [tree];
  const [kind, ...parts] = tree;
  switch (kind) {
    case "+": return sum(parts.map((part) => inner(part)));
    case "−": return ["−", ...closed(parts[0])];
    case "·": return parts.flatMap((part, n) => (n ? ["·", ...closed(part)] : closed(part)));
    case "/": return [...closed(parts[0]), "/", ...closed(parts[1])];
    case "^": return [...closed(parts[0]), superscript(parts[1])];
    case "ln": return ["ln", ...closed(parts[0])];
    case "g": case "exp": return [`${kind}(`, ...inner(parts[0]), ")"];
    case "Σ": {
      const [index, layer, body] = parts;
      return sum(units(indexAt(layer, at)).map((unit) => inner(body, { ...at, [index]: unit })));
    }
    default: return [write(quantityAt(tree, at))];
  }
}

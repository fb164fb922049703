// The symbols of the book, as MathML and as text: w²₁₃, x₁, ∂E/∂w²₁₃. What is said with them is in
// statements that the derivations print.
//
// A quantity is [letter, ...numbers]: its layer, then its unit, or for w both units; ["y", 1] and
// ["x", 1] have a unit alone, ["E"] and ["η"] nothing. A slope is ["g′", layer, unit], a derivative
// ["∂", quantity, quantity]. A layer may have a single unit, without a number: ["a", 2].

import { mathml } from "./dom.js";
import { fraction, row } from "./formulas.js";
import { superscript } from "./numbers.js";

const SUBSCRIPT = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"];

// "₁₂" for 12.
export function subscript(number) {
  return [...String(number)].map((digit) => SUBSCRIPT[digit]).join("");
}

// Layer and units apart; the activations of layer 0 are the inputs x.
function parts([letter, ...numbers]) {
  if (letter === "x" || letter === "y") return [letter, "", numbers];
  const [layer = "", ...units] = numbers;
  return letter === "a" && layer === 0 ? ["x", "", units] : [letter, layer, units];
}

// A quantity as text.
export function textOf(quantity) {
  const [letter, first, second] = quantity;
  if (letter === "∂") return `∂${textOf(first)}/∂${textOf(second)}`;
  if (letter === "g′") return `g′(${textOf(["z", ...quantity.slice(1)])})`;
  const [name, layer, units] = parts(quantity);
  return name + superscript(layer) + units.map(subscript).join("");
}

// A quantity in MathML.
export function symbolOf(quantity) {
  const [letter, first, second] = quantity;
  if (letter === "∂") return fraction(row("∂", symbolOf(first)), row("∂", symbolOf(second)));
  if (letter.startsWith("Δ")) return row("Δ", symbolOf([letter.slice(1), ...quantity.slice(1)]));
  const [name, layer, units] = parts(quantity);
  const above = layer === "" ? [] : [row(String(layer))];
  const below = units.length ? [row(...units.map(String))] : [];
  const tag = `m${below.length ? "sub" : ""}${above.length ? "sup" : ""}`;
  return tag === "m" ? row(name) : mathml(tag, {}, row(name), ...below, ...above);
}

// Formulas in MathML, which browsers show without help. Parts may be strings: letters become
// identifiers, digits numbers, everything else operators.

import { mathml } from "./dom.js";

function part(content) {
  if (typeof content !== "string") return content;
  const tag = /^[\d.]+$/.test(content) ? "mn" : /^\p{L}+′?$/u.test(content) ? "mi" : "mo";
  return mathml(tag, {}, content);
}

export function row(...parts) {
  return mathml("mrow", {}, ...parts.map(part));
}

export function fraction(top, bottom) {
  return mathml("mfrac", {}, row(top), row(bottom));
}

// A whole formula. `block` gives fractions their full size.
export function math(parts, block = false) {
  return mathml("math", block ? { displaystyle: "true" } : {}, row(...parts));
}

// Formulas and numbers as a reader sees them.

import { html, mathml, say } from "../page/dom.js";
import { format, show } from "../page/numbers.js";

// What stands between a name and its number.
export const IS = " = ";

// A formula from its MathML text.
export function formula(text, block = false) {
  const element = mathml("math", block ? { displaystyle: "true" } : {});
  element.innerHTML = text;
  return element;
}

// A number in four digits, without those that are rounding errors: 0.1 and not 0.1000.
export const brief = (value) => format(Number(value.toPrecision(12)));

// Show a calculated number so.
export function showBriefly(element, name, value) {
  show(element, name, value);
  say(element, brief(value));
}

// The slots of a line filled: "{W.2.0.1:w²₁₂} · {a.1.1:a¹₂}" becomes "0.5 · a¹₂" where only the
// first number is known.
export function filled(template, known) {
  return template.replace(/\{([^:}]+):([^}]+)\}/g, (_, path, name, place) => {
    const value = known(path.split("."));
    if (!Number.isFinite(value)) return name;
    const text = brief(value);
    return value < 0 && place > 0 ? `(${text})` : text;
  });
}

// The rule of a step in letters, formula by formula.
export function ruleOf(step) {
  return html("span", { class: "bp-practice-rule" }, ...step.rule.flatMap((text) =>
    [formula(text, true), " "]));
}

// Numbers as a reader sees them, and as a test reads them.

import { say } from "./dom.js";

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷",
  8: "⁸", 9: "⁹" };

// "¹²" for 12: layer numbers and powers in plain text.
export function superscript(number) {
  return [...String(number)].map((c) => SUPERSCRIPT[c]).join("");
}

// A number with so many significant digits: 0.1235, −12.50, 1.2·10⁻⁷.
export function format(value, digits = 4) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "undefined" : value > 0 ? "∞" : "−∞";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return sign + size; // counts are exact
  if (size >= 1e-3 && size < 1e5) {
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
    const exact = String(size);
    return sign + (exact.length <= digits + 1 ? exact : size.toFixed(decimals));
  }
  const [mantissa, power] = size.toExponential(Math.max(0, digits - 2)).split("e");
  return `${sign}${mantissa}·10${superscript(Number(power))}`;
}

// Show a calculated number in an element. Every such number has a name and is there in full
// precision too, so that the tests can compare it with bplib's.
export function show(element, name, value, digits) {
  element.dataset.name = name;
  element.dataset.value = value;
  say(element, format(value, digits));
}

// What the reader looks at: the values of a unit or a weight, and the factors behind them.

import { html, say } from "../page/dom.js";
import { partsOf } from "./focus.js";
import { lineElement, linesOf } from "./lines.js";

const INVITATION = "Point at a unit or a line of the drawing, or choose one here: its values, and " +
  "the chain of factors behind them.";

const SHORT_INVITATION = "Point at a unit or a line of the drawing, or choose one here: its values.";

function linesFor(now, look, until) {
  const lines = linesOf(now);
  const [letter, l, i, j] = partsOf(look);
  if (l === 0) return [lines.x(i)];
  if (until === "error") return letter === "w" ? [lines.w(l, i, j)] : [lines.z(l, i), lines.a(l, i)];
  const hidden = l < now.L;
  if (!hidden && now.softmax) {
    return letter === "w"
      ? [lines.outputDeltaNames(i), lines.outputDelta(i), lines.delta(l, i), lines.short(l, i, j),
        lines.changeW(l, i, j), lines.afterW(l, i, j)]
      : [lines.z(l, i), lines.a(l, i), lines.outputDeltaNames(i), lines.outputDelta(i),
        lines.delta(l, i), ...(now.biasesLearn ? [lines.changeB(l, i), lines.afterB(l, i)] : [])];
  }
  if (letter === "w") {
    return [
      lines.chainNames(l, i, j), lines.chain(l, i, j), lines.errorByA(l, i),
      ...(hidden ? [lines.delta(l, i)] : []),
      lines.short(l, i, j), lines.changeW(l, i, j), lines.afterW(l, i, j),
    ];
  }
  const rounded = !Number.isFinite(now.errorByA(l, i));
  return [
    lines.z(l, i), lines.a(l, i), lines.errorByA(l, i),
    lines.deltaChain(l, i), ...(hidden || rounded ? [lines.delta(l, i)] : []),
    ...(now.biasesLearn ? [lines.changeB(l, i), lines.afterB(l, i)] : []),
  ];
}

function remark(now, look, until) {
  const [letter, l, i] = partsOf(look);
  if (until === "error") return "";
  if (letter === "a" && l === 0) return "An input has no error term: nothing before it could change.";
  if (l === now.L && !Number.isFinite(now.errorByA(l, i)))
    return "The output is rounded to 0 or 1 here. Only the product of the first two factors, δ, is left.";
  return "";
}

export function lookPanel() {
  const lines = [];
  const note = html("p", {}, INVITATION);
  const element = html("div", { class: "bp-steps-look" }, note);
  return {
    element,
    show(now, look, until) {
      say(note, look ? remark(now, look, until) : until === "error" ? SHORT_INVITATION : INVITATION);
      const wanted = look ? linesFor(now, look, until).filter(finite) : [];
      while (lines.length < wanted.length) {
        lines.push(lineElement());
        note.before(lines.at(-1).element);
      }
      lines.forEach((line, n) => {
        line.element.hidden = n >= wanted.length;
        line.show(wanted[n] ?? []);
      });
    },
  };
}

// An infinite factor is no number to show.
const finite = (tokens) => tokens.every(({ name, value }) => !name || Number.isFinite(value));

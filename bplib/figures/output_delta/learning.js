// The same unit with one error and with the other: how they learn, update by update.

import { names } from "./rules.js";
import { ERROR_NAMES, MOST_UPDATES } from "./unit.js";
import { html, say, set } from "../page/dom.js";
import { show } from "../page/numbers.js";

const TICK = 80; // milliseconds between two pictures of a run

function learner(kind) {
  const z = html("td");
  const value = html("span");
  const bar = html("span", { class: "bp-delta-bar" });
  const needs = html("td");
  const name = html("th", { scope: "row" }, ERROR_NAMES[kind]);
  const cells = [z, html("td", {}, html("span", { class: "bp-delta-track" }, bar), value), needs];
  const none = html("td", { colspan: 3 }, "needs an output between 0 and 1: choose the sigmoid");
  return {
    element: html("tr", {}, name, ...cells, none),
    update(row, chosen) {
      for (const cell of cells) cell.hidden = !row;
      none.hidden = Boolean(row);
      set(name, { class: chosen ? "bp-delta-chosen" : undefined });
      if (!row) {
        for (const element of [z, value, needs]) forgetNumber(element);
        return;
      }
      const { unit } = row;
      show(z, `z ${kind}`, unit.z);
      show(value, `delta ${kind}`, unit.delta);
      bar.style.width = `${100 * Math.min(Math.abs(unit.delta), 1)}%`;
      if (row.needs === null || row.needs === Infinity) {
        forgetNumber(needs);
        say(needs, row.needs === null ? "never" : "more than 10 000");
      } else show(needs, `needs ${kind}`, row.needs);
    },
  };
}

function forgetNumber(element) {
  set(element, { "data-name": null, "data-value": null });
}

// How many updates a row needs, as part of a sentence.
export function countInWords({ needs }) {
  if (needs === null) return "no number of them";
  return needs === Infinity ? "more than 10 000" : String(needs);
}

export function comparison(self) {
  const learners = Object.keys(ERROR_NAMES).map((kind) => ({ kind, ...learner(kind) }));
  let last = 0; // the update after which a run has nothing more to show
  let timer = 0;
  let expected = 0;

  function stop() {
    clearInterval(timer);
    timer = 0;
    say(run.element, "Let it learn");
  }
  // Slowly at first, then in longer and longer steps: a run of thousands takes some seconds.
  function advance() {
    const { updates } = self.state;
    if (updates !== expected || updates >= last) return stop();
    expected = Math.min(last, updates + 1 + Math.floor(updates / 20));
    self.change({ updates: expected });
    return expected < last || stop();
  }
  function startOrStop() {
    if (timer) return stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches)
      return self.change({ updates: last });
    expected = self.state.updates;
    timer = setInterval(advance, TICK);
    say(run.element, "Pause");
    return advance();
  }
  self.end(() => clearInterval(timer));

  const one = self.button("One update",
    () => self.change({ updates: self.state.updates + 1 }), (s) => s.updates < MOST_UPDATES);
  const run = self.button("Let it learn", startOrStop);
  const back = self.button("Back to the start",
    () => self.change({ updates: 0 }), (s) => s.updates > 0);
  const count = self.number("updates", { label: "updates", from: 0, to: 100, step: 1 });
  const { slider } = count;
  const column = (...parts) => html("th", { scope: "col" }, ...parts);

  return {
    element: html("div", { class: "bp-delta-learning" },
      html("table", {},
        html("caption", {}, "The same unit with either error"),
        html("thead", {}, html("tr", {}, column("error"), column("z now"), column("δ now"),
          column("updates until ", html("span", { class: "bp-delta-unbroken" }, names.near)))),
        html("tbody", {}, ...learners.map((item) => item.element))),
      html("div", { class: "bp-buttons" }, one.element, run.element, back.element),
      html("div", { class: "bp-controls" },
        self.number("eta", { label: "η", spoken: "learning rate η", from: 0, to: 2,
          also: () => ({ updates: 0 }) }).element,
        count.element)),
    update(state, rows) {
      for (const { kind, update } of learners)
        update(rows.find((item) => item.kind === kind), state.error === kind);
      last = Math.max(...rows.map(({ needs }) => Math.min(needs ?? 0, MOST_UPDATES)));
      set(run.element, { "aria-disabled": !timer && state.updates >= last });
      const max = Math.max(last, state.updates, 1);
      if (slider.max !== String(max)) {
        slider.max = max;
        slider.value = state.updates;
      }
    },
  };
}

// The fields that a reader fills in, and what is said of each.

import { newId } from "../page/controls.js";
import { html, say, set } from "../page/dom.js";
import { practiceSays } from "./levels.js";
import { judge, readNumber } from "./judge.js";
import { filled, formula, IS, ruleOf, showBriefly } from "./lines.js";
import { at, givenValues, put } from "./task.js";

const MARK = { right: "✓", follows: "✓", rounded: "≈", bad: "✗", slip: "✗", slips: "✗", wrong: "✗" };

// The link to a passage of the book, or its name where there is no book around the figure.
export function passage([, chapter, heading, anchor]) {
  const root = document.documentElement.dataset.content_root;
  const name = `“${heading}”`;
  if (root === undefined) return html("span", {}, `${name} in the chapter ${chapter}`);
  return html("a", { href: `${root}chapters/${chapter}/${chapter}.html#${anchor}` }, name);
}

// What is said of a slip, and where its rule is to be read.
export function saidOf(step, slips, first = "") {
  const said = slips.map((slip) => practiceSays[step.quantity][slip]);
  const words = said.length > 1
    ? [first, html("ul", {}, ...said.map(([says]) => html("li", {}, says)))] : [said[0][0], " "];
  return [...words, html("span", { class: "bp-practice-read" }, "Read ", passage(said[0]), ".")];
}

export function fieldList(task, check) {
  const fields = task.level.steps.filter((step) => !step.given).map((step) => {
    const id = newId();
    const input = html("input", {
      type: "text", id, inputmode: "text", autocomplete: "off", spellcheck: "false", maxlength: 60,
      "aria-label": step.spoken, "aria-describedby": `${id}-reply`,
      keydown: (event) => event.key === "Enter" && check(),
      input: () => clear(),
    });
    const mark = html("span", { class: "bp-practice-mark", "aria-hidden": "true" });
    const reply = html("div", { class: "bp-practice-reply", id: `${id}-reply` });
    const hint = html("div", { class: "bp-practice-hint" });
    const element = html("li", {},
      html("label", { for: id }, formula(step.label, true), IS), input, mark, reply, hint);
    function clear() {
      element.removeAttribute("data-kind");
      input.removeAttribute("aria-invalid");
      say(mark, "");
      reply.replaceChildren();
    }
    return { step, input, element, mark, reply, hint, hints: 0, clear };
  });
  const typed = () => Object.fromEntries(fields.map(({ step, input }) => [step.name, input.value]));

  // The numbers that are known to the reader: given, or typed.
  function known() {
    const values = givenValues(task);
    for (const step of task.level.steps) {
      if (step.given) put(values, step.path, at(task.values, step.path));
    }
    for (const { step, input } of fields) {
      const number = input.value.trim() === "" ? NaN : readNumber(input.value);
      put(values, step.path, typeof number === "number" ? number : NaN);
    }
    return (path) => at(values, path);
  }

  return {
    element: html("ol", { class: "bp-practice-fields" }, ...fields.map(({ element }) => element)),
    judged: () => judge(task, typed()),
    // Say of each field what it is. Returns the first that is to be looked at again, or null.
    tell(replies) {
      let first = null;
      for (const [n, { kind, text, slips, step }] of replies.entries()) {
        const field = fields[n];
        field.clear();
        if (kind === "empty") continue;
        const wrong = !["right", "follows"].includes(kind);
        set(field.element, { "data-kind": kind });
        set(field.input, { "aria-invalid": wrong ? "true" : undefined });
        say(field.mark, MARK[kind]);
        field.reply.append(...(slips.length ? saidOf(step, slips, text) : [text]));
        if (wrong && !first) first = field;
      }
      return first;
    },
    first: (replies) => fields[replies.findIndex(({ kind }) => !["right", "follows"].includes(kind))],
    firstEmpty: () => fields.find(({ input }) => input.value.trim() === ""),
    // The next line of the derivation of a number. Returns it in words.
    hint(field) {
      const { step, hint } = field;
      if (field.hints === 0) {
        field.hints = 1;
        hint.append(html("p", {}, ruleOf(step)));
        return `Hint for ${step.plain}: its rule is shown below the field. Once more for the numbers.`;
      }
      if (field.hints === 2) hint.lastChild.remove();
      const line = [step.plain, filled(step.numbers, known())].join(IS);
      hint.append(html("p", {}, line));
      field.hints = 2;
      return `Hint: ${line}`;
    },
    clear: () => fields.forEach(({ input, clear, hint }, n) => {
      input.value = "";
      clear();
      hint.replaceChildren();
      fields[n].hints = 0;
    }),
  };
}

// Every line of the solution, with letters and with numbers.
export function solutionOf({ level, values, mended, wrongStep }) {
  const lines = level.steps.filter((step) => !step.given).map((step) => {
    const result = html("strong");
    const found = step === wrongStep ? mended : at(values, step.path);
    showBriefly(result, step === wrongStep ? "mended" : step.path.join("_"), found);
    return html("li", {}, html("div", {}, ruleOf(step)),
      html("div", {}, step.plain, IS, filled(step.numbers, (path) => at(values, path)), IS, result));
  });
  return html("ol", { class: "bp-practice-solution" }, ...lines);
}

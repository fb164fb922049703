// A calculation with a slip: the reader chooses the line, and what was done there.

import { newId } from "../page/controls.js";
import { html, set } from "../page/dom.js";
import { saidOf } from "./fields.js";
import { judgeChoice } from "./judge.js";
import { practiceSays } from "./levels.js";
import { brief, filled, formula, IS, ruleOf, showBriefly } from "./lines.js";
import { at, wrongOf } from "./task.js";

const HINTS = 3;

// A group of radio buttons: [[value, label parts, name for the ear], ...].
function radioGroup(legend, className, options) {
  const name = newId();
  const radios = options.map(([value, parts, spoken]) => {
    const radio = html("input", { type: "radio", name, value, "aria-label": spoken });
    return { radio, label: html("label", { class: "bp-practice-line" }, radio, ...parts) };
  });
  return {
    element: html("fieldset", { class: "bp-practice-group" }, html("legend", {}, legend),
      html("div", { class: className }, ...radios.map(({ label }) => label))),
    get value() {
      return radios.find(({ radio }) => radio.checked)?.radio.value;
    },
    focus: () => (radios.find(({ radio }) => radio.checked) ?? radios[0]).radio.focus(),
  };
}

export function finding(task) {
  const { level, values, wrongStep, reasons } = task;
  const says = practiceSays[wrongStep.quantity];
  const lines = radioGroup("Which line does not follow?", "bp-practice-calculation",
    level.steps.map((step) => {
      const number = html("span");
      const value = at(values, step.path);
      showBriefly(number, step.path.join("_"), value);
      return [step.name, [html("span", {}, formula(step.label, true), IS, number)],
        `${step.spoken}: ${brief(value)}`];
    }));
  const why = radioGroup("What was done there?", "bp-practice-reasons",
    reasons.map((slip) => [slip, [html("span", {}, says[slip][0])]]));
  why.element.hidden = true;
  const reply = html("div", { class: "bp-practice-reply" });
  const hint = html("div", { class: "bp-practice-hint" });

  return {
    element: html("div", {}, lines.element, why.element, reply, hint),
    // Says what is right and what is not. Returns { right, words }.
    check() {
      const { kind, text, slips, wouldBe } = judgeChoice(task, lines.value, why.value);
      reply.replaceChildren();
      set(reply, { "data-kind": kind });
      if (kind === "right") reply.append("✓ Right. ", ...saidOf(wrongStep, slips));
      else if (kind === "reason") reply.append(`${text} ${brief(wrongOf(values, wrongStep, wouldBe))}.`);
      else reply.append(text);
      const found = ["line", "reason", "right"].includes(kind);
      why.element.hidden = !found;
      if (kind !== "right") (found ? why : lines).focus();
      return { right: kind === "right", words: reply.textContent };
    },
    // One hint after the other. Returns it in words.
    hint() {
      const [layer] = wrongStep.at;
      const number = Math.min(hint.childElementCount, HINTS - 1);
      const line = [wrongStep.plain, filled(wrongStep.numbers, (path) => at(values, path))].join(IS);
      const parts = [
        [layer ? `It is one of the lines of layer ${layer}.` : "It is not in a layer."],
        ["This rule was not kept: ", ruleOf(wrongStep)],
        [`With numbers: ${line}.`],
      ][number];
      if (hint.childElementCount < HINTS) hint.append(html("p", {}, ...parts));
      return hint.lastChild.textContent;
    },
  };
}

// What is said of the numbers that a reader typed: of each, whether it follows from those before it
// as they were typed, and if not, which slip makes it.

import { limits, practiceSays } from "./levels.js";
import { apart, at, baseOf, givenValues, put, rightOf, wrongOf } from "./task.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const LONGEST = 40; // characters

// A number, or what is wrong with the text.
export function readNumber(typed) {
  const text = typed.trim().replace(/[−–]/g, "-").replace(/^([+-])\s+/, "$1");
  if (text.length > LONGEST) return "This is too long for a number.";
  if (/^[+-]?\d*,\d+$/.test(text)) return "Write a point, not a comma: 0.5 and not 0,5.";
  if (!NUMBER.test(text)) return "This is not a number. Write it like 0.5 or −1.25.";
  const number = Number(text);
  return Number.isFinite(number) ? number : "This number is too large.";
}

const isNear = (first, second, base) => !apart(first, second, base, limits.tolerance);

// Whether `typed` is `value` to as many decimals, if these are at least so many.
function isTo(least, typed, number, value) {
  const decimals = typed.trim().split(".")[1]?.length ?? 0;
  return decimals >= least && Math.abs(number - value) <= 0.5001 * 10 ** -decimals;
}

// Whether it is the value with too few digits.
const isRounded = (typed, number, value, base, exact) =>
  (isTo(1, typed, number, value) && number !== base) ||
  (!exact && Math.abs(number - value) <= 0.03 * Math.abs(value - base) + limits.tolerance[1]);

// The slips of a step that give this number.
function slipsOf(values, step, number, right) {
  const base = baseOf(values, step);
  return step.slips.filter((slip) => {
    const wrong = wrongOf(values, step, slip);
    return Number.isFinite(wrong) && isNear(number, wrong, base) && !isNear(wrong, right, base);
  });
}

// [{ step, kind, text, slips }] for every step that is asked for. `typed` has texts by name.
// Kinds: "empty", "bad", "right", "follows", "rounded", "slip", "slips", "wrong".
export function judge(task, typed) {
  const own = givenValues(task);
  const replies = [];
  for (const step of task.level.steps) {
    const exact = at(task.values, step.path);
    if (step.given) {
      put(own, step.path, exact);
      continue;
    }
    const base = baseOf(own, step);
    const right = rightOf(own, step);
    const text = typed[step.name] ?? "";
    const number = text.trim() === "" ? null : readNumber(text);
    put(own, step.path, typeof number === "number" ? number : right);
    const reply = (kind, says, slips = []) => replies.push({ step, kind, text: says, slips });
    if (number === null) reply("empty", "");
    else if (typeof number === "string") reply("bad", number);
    else if (isNear(number, exact, base)) reply("right", "Right.");
    else if (isNear(number, right, base)) {
      const same = isNear(right, exact, base) || isTo(3, text, number, exact);
      if (same) reply("right", "Right.");
      else reply("follows", "The right way, from your number above, which is not right yet.");
    } else sayWrong(task, own, { step, number, text, exact, right, base }, reply);
  }
  return replies;
}

function sayWrong(task, own, { step, number, text, exact, right, base }, reply) {
  let slips = slipsOf(own, step, number, right);
  if (!slips.length) slips = slipsOf(task.values, step, number, exact);
  const either = (check, ...options) => [right, exact].some((value) => check(...options, value, base, step.exact));
  if (slips.length === 1) reply("slip", practiceSays[step.quantity][slips[0]][0], slips);
  else if (slips.length > 1) reply("slips", "One of these two:", slips.slice(0, 2));
  else if (either(isTo, 3, text, number)) reply("right", "Right.");
  else if (either(isRounded, text, number)) {
    reply("rounded", "Nearly: you rounded early, or give too few digits. Keep four decimals.");
  } else if (either((value) => isNear(-number, value, 0))) {
    reply("wrong", "The size is right, the sign is not.");
  } else {
    reply("wrong", "This does not follow from the numbers before it. Begin with the rule: Hint shows it.");
  }
}

// What is said of the line that was chosen as the wrong one, and of the reason.
export function judgeChoice({ level, wrongStep, slip }, name, reason) {
  const place = (step) => level.steps.indexOf(step);
  const step = level.steps.find((other) => other.name === name);
  if (!step) return { kind: "empty", text: "Choose the line that does not follow." };
  if (step !== wrongStep) {
    const way = place(step) > place(wrongStep)
      ? "It follows from the numbers before it, as they stand. Look further up."
      : "It is right. Look further down.";
    return { kind: "wrong", text: `Not ${step.plain}. ${way}` };
  }
  if (!reason) return { kind: "line", text: `Yes, ${step.plain}. And what was done there?` };
  if (reason !== slip) {
    return { kind: "reason", text: `Yes, ${step.plain}, but another slip: this one gives`,
      wouldBe: reason };
  }
  return { kind: "right", text: `Right: ${step.plain}. ${practiceSays[step.quantity][slip][0]}`,
    slips: [slip] };
}

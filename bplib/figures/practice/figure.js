// Practice: a task for pencil and paper; the reply to a wrong number names the slip that makes it.

import { html, say } from "../page/dom.js";
import { figure } from "../page/figure.js";
import { fieldList, solutionOf } from "./fields.js";
import { finding } from "./finding.js";
import { givenList } from "./given.js";
import { practiceLevels } from "./levels.js";
import { taskDrawing } from "./network.js";
import { progress } from "./progress.js";
import { taskOf } from "./task.js";

const LAST_SEED = 9999;

export default figure((self) => {
  let task = null;
  let part = null; // the fields, or the calculation with a slip
  let seen = false; // whether the solution was looked at
  const solved = progress();

  const drawing = taskDrawing(self.redraw);
  self.end(drawing.remove);
  const level = self.choice("level", {
    label: "Level", options: practiceLevels.map(({ name, title }) => [name, title]),
  });
  const heading = html("p", { class: "bp-practice-task" });
  const list = html("dl", { class: "bp-practice-list" });
  const sheet = html("div");
  const solution = html("div", { hidden: "" });
  const counted = html("p", { class: "bp-practice-progress" });
  const clearButton = self.button("Clear my progress", () => {
    solved.clear();
    count();
    self.announce("Your progress is cleared.");
  });
  const solutionButton = self.button("Full solution", () => {
    solution.hidden = !solution.hidden;
    if (!solution.hidden) {
      seen = true;
      solution.replaceChildren(solutionOf(task));
    } else solution.replaceChildren();
    solutionButton.element.setAttribute("aria-expanded", String(!solution.hidden));
    self.announce(solution.hidden ? "The solution is hidden." : "Every line of the solution is shown below the buttons.");
  });
  solutionButton.element.setAttribute("aria-expanded", "false");

  function check() {
    if (task.level.find) {
      const { right, words } = part.check();
      if (right) done();
      return self.announce(words);
    }
    const replies = part.judged();
    const first = part.tell(replies);
    const right = replies.filter(({ kind }) => kind === "right").length;
    if (right === replies.length) {
      done();
      return self.announce(seen ? "All right." : "All right: well done. Another one?");
    }
    const empty = part.firstEmpty();
    (first ?? empty)?.input.focus();
    const score = `${right} of ${replies.length} right.`;
    if (!first) {
      const follows = replies.find(({ kind }) => kind === "follows");
      return self.announce(replies.every(({ kind }) => kind === "empty")
        ? "Type your numbers first: as many as you have."
        : follows ? `${score} Look at the numbers above ${follows.step.plain} again.`
          : `${score} Go on with ${empty.step.plain}.`);
    }
    return self.announce(`${score} ${first.step.plain}: ${first.reply.textContent}`);
  }

  function done() {
    if (!seen) solved.add(task.level.name, task.seed);
    count();
  }

  function hint() {
    if (task.level.find) return self.announce(part.hint());
    const field = part.first(part.judged());
    return self.announce(field ? part.hint(field) : "All numbers are right: no hint is needed.");
  }

  function count() {
    const parts = practiceLevels.filter(({ name }) => solved.count(name))
      .map(({ name, title }) => `${title} ${solved.count(name)}`);
    const where = solved.kept ? "Kept in this browser only."
      : "This browser keeps nothing for this page: the count ends with it.";
    say(counted, parts.length ? `Tasks solved: ${parts.join(", ")}. ${where}`
      : `No task solved yet. ${solved.kept ? "The count is kept in this browser only." : where}`);
    clearButton.element.hidden = !parts.length;
  }

  self.add(
    html("div", { class: "bp-buttons" }, level.element,
      self.button("Another one", () => {
        const { seed } = self.state;
        self.change({ seed: seed < LAST_SEED ? seed + 1 : 1 });
      }).element),
    heading, drawing.element, list, sheet,
    html("div", { class: "bp-buttons" },
      self.button("Check", check).element,
      self.button("Hint", hint).element,
      solutionButton.element),
    self.status, solution,
    html("div", { class: "bp-buttons" }, counted, clearButton.element),
  );
  self.control({ update() {}, restore: () => begin() });

  function begin() {
    seen = false;
    part = task.level.find ? finding(task) : fieldList(task, check);
    sheet.replaceChildren(part.element);
    solution.replaceChildren();
    solution.hidden = true;
    solutionButton.element.setAttribute("aria-expanded", "false");
    heading.replaceChildren(html("strong", {}, `Task ${task.seed}. `),
      `${task.level.task} All units are sigmoid units; E is the half squared error.`);
    list.replaceChildren(...givenList(task));
    count();
    print();
  }

  // On paper stands the task, with empty lines.
  function print() {
    const still = self.page && document.getElementById(self.page.id)?.querySelector(".bp-figure-still");
    if (!still) return;
    const lines = task.level.find
      ? [...sheet.querySelectorAll(".bp-practice-calculation label span")]
      : [...sheet.querySelectorAll("label")];
    const blanks = html("ol", { class: "bp-practice-blanks", "data-find": String(task.level.find) },
      ...lines.filter((line) => line.querySelector("math"))
        .map((line) => html("li", {}, ...[...line.cloneNode(true).childNodes])));
    still.replaceChildren(heading.cloneNode(true), drawing.element.cloneNode(true),
      list.cloneNode(true), blanks);
  }

  return (state) => {
    if (task?.level.name !== state.level || task.seed !== state.seed) {
      task = taskOf(state.level, state.seed);
      begin();
    }
    drawing.draw(task);
    print();
    const { level: { title, steps, find }, seed } = task;
    return `Task ${seed}, ${title}: ` + (find ? `${steps.length} lines, one of them wrong.`
      : `${steps.filter((step) => !step.given).length} numbers to find. Four decimals are enough.`);
  };
});

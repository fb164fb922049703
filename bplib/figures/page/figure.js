// What every figure has in common: its state, the frame around it, and its way of drawing.
//
//   export default figure((self) => {
//     self.add(element), self.control(...), ...
//     return (state) => { draw the state; return what it says in words, for the eye and for the
//       ear alike, or [for the eye, for the ear] };
//   });

import { button, choiceControl, flagControl, numberControl } from "./controls.js";
import { html, say, set } from "./dom.js";
import { frame } from "./frame.js";
import { readLink, writeLink, writePython } from "./links.js";
import { problem } from "./parameters.js";

const PAUSE = 400; // milliseconds without a change, after which the state is said in words

export function figure(build) {
  return { render: (context) => open(build, context) };
}

function open(build, { model, el, page = null }) {
  const about = model.get("_about");
  const names = Object.keys(about.parameters);
  const ends = [];
  const controls = [];
  // The state in words: at once for the eye, and after a pause for the ear.
  const status = html("p", { class: "bp-status", "aria-hidden": "true" });
  const spoken = html("p", { class: "bp-spoken", role: "status" });
  // The second figure of a kind on its page is called name-2.
  const number = page?.id.slice(about.name.length + 1);
  const title = number ? `${about.title} (${number})` : about.title;
  const body = html("section", {
    class: "bp-figure-live", "aria-label": `Interactive figure: ${title}`,
  });
  // In JupyterLab plain keys are shortcuts, but in a figure they are for its controls.
  if (!page) {
    body.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    });
  }
  const box = html("textarea", {
    class: "bp-copy", readonly: "", rows: 2, hidden: "", "aria-label": "To copy",
  });
  let words = ["", ""]; // for the eye, for the ear
  let notice = ""; // something else to be said, until the state changes
  let timer = 0;
  let state = readState();
  let draw = () => "";

  function readState() {
    return Object.fromEntries(names.map((name) => [name, model.get(name)]));
  }

  function speak() {
    clearTimeout(timer);
    timer = setTimeout(() => say(spoken, notice || words[1]), PAUSE);
  }

  function redraw() {
    state = readState();
    for (const control of controls) control.update(state);
    const said = draw(state) ?? "";
    words = Array.isArray(said) ? said : [said, said];
    say(status, notice || words[0]);
    speak();
  }

  const paint = frame(redraw);

  function changed() {
    notice = "";
    paint.ask();
  }

  const self = {
    page,
    // The present value of every parameter. Not to be written to: use `change`.
    get state() {
      return state;
    },
    // Change parameters, all or none. Returns what is wrong with them, or null.
    change(values) {
      const wrong = self.problem(values);
      if (wrong) return wrong;
      for (const [name, value] of Object.entries(values)) model.set(name, value);
      model.save_changes();
      state = readState();
      changed();
      return null;
    },
    problem(values) {
      for (const [name, value] of Object.entries(values)) {
        const wrong = problem(about.parameters[name], value);
        if (wrong) return wrong;
      }
      return self.check({ ...state, ...values });
    },
    // A figure whose parameters must go together replaces this: what is wrong, or null.
    check: () => null,
    // Draw again, for instance at another width or when something was pointed at.
    redraw: () => paint.ask(),
    // Something to be done when the figure goes.
    end: (action) => ends.push(action),
    add(...elements) {
      body.append(...elements);
    },
    // Controls: each is registered and returned as { element, update }.
    number: (path, options) => register(numberControl(self, path, options)),
    choice: (path, options) => register(choiceControl(self, path, options)),
    flag: (path, options) => register(flagControl(self, path, options)),
    button: (label, press, enabled) => register(button(self, label, press, enabled)),
    // Something else with update(state), and restore() for Reset.
    control: (own) => register(own),
    // A control that is shown no more.
    forget(control) {
      control.element.remove();
      controls.splice(controls.indexOf(control), 1);
    },
    reset() {
      for (const control of controls) control.restore?.();
      self.change(model.get("_initial"));
    },
    // Copy `what`, a text, or let the reader copy it from a box.
    copy,
    // Where the state is said in words: at the end, unless the figure puts it somewhere else.
    status,
    // Say something now, such as "Link copied".
    announce(text) {
      clearTimeout(timer);
      notice = text;
      say(status, text);
      say(spoken, text);
    },
  };

  function register(control) {
    controls.push(control);
    control.update(state);
    return control;
  }

  draw = build(self);
  if (!status.parentNode) body.append(status);
  body.append(footer(), spoken);
  el.classList.add("bp-figure");
  el.append(body);
  for (const name of names) model.on(`change:${name}`, changed);
  redraw();
  clearTimeout(timer);
  say(spoken, words[1]);
  if (page) followLinks();

  async function copy(text, what) {
    box.value = text;
    box.hidden = false;
    box.select();
    try {
      await navigator.clipboard.writeText(text);
      self.announce(`${what} copied.`);
    } catch {
      self.announce(`${what}: select and copy it from the box.`);
    }
  }

  function footer() {
    const address = () => location.href.split("#")[0] + writeLink(page.id, state);
    const reset = self.button("Reset", self.reset).element;
    // Else a field would be left first, and its message about what was typed move the button away.
    set(reset, { mousedown: (event) => event.preventDefault() });
    return html(
      "div",
      { class: "bp-buttons bp-footer" },
      reset,
      page && self.button("Copy link", () => copy(address(), "Link")).element,
      self.button("Copy Python", () => copy(writePython(about.python, state), "Python")).element,
      box,
    );
  }

  function followLinks() {
    function follow() {
      let values;
      let wrong;
      try {
        values = readLink(page.id, location.hash, about.parameters);
        if (!values) return;
        values = { ...model.get("_initial"), ...values };
        wrong = self.change(values);
      } catch (error) {
        wrong = error.message;
      }
      if (wrong) self.announce(`The link does not fit this figure (${wrong}); nothing was changed.`);
      body.scrollIntoView({ block: "nearest" });
    }
    window.addEventListener("hashchange", follow);
    ends.push(() => window.removeEventListener("hashchange", follow));
    follow();
  }

  return () => {
    for (const name of names) model.off(`change:${name}`, changed);
    paint.stop();
    clearTimeout(timer);
    for (const end of ends) end();
    body.remove();
  };
}

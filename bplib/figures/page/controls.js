// Controls: native elements, each with a label. They show the figure's state and ask it to change.
//
// `path` says which parameter a control stands for: "x", or ["weights", 0] for one of several
// numbers. Each maker returns { element, update(state) }; figure.js calls update, and on Reset
// `restore`, where there is one.

import { html, say } from "./dom.js";

export function valueAt(state, path) {
  const [name, index] = [path].flat();
  return index === undefined ? state[name] : state[name][index];
}

export function changeAt(state, path, value) {
  const [name, index] = [path].flat();
  return { [name]: index === undefined ? value : state[name].with(index, value) };
}

// A label finds its control by an id. Each kind of figure on a page has a copy of this module, and a
// serial number alone would be that of another kind's control, too.
const ownCopy = Math.random().toString(36).slice(2);
let serial = 0;
export const newId = () => `bp-control-${ownCopy}-${++serial}`;

// A slider and a field for one number. `from`, `to`, `step` are the slider's; the field takes
// every number that the parameter may have. Where other parameters must change with this one,
// `also(value)` gives their values.
export function numberControl(figure, path, options) {
  const { label, spoken = label, from, to, step = 0.01, also = () => ({}) } = options;
  const id = newId();
  const slider = html("input", {
    type: "range", min: from, max: to, step, "aria-label": `${spoken}, slider`,
    input: () => change(Number(slider.value)),
  });
  // A field for text: one for numbers leaves out what it cannot read, so that 0,5 becomes 05. (The
  // decimal keys of some phones have no minus.)
  const field = html("input", {
    type: "text", id, inputmode: from < 0 ? "text" : "decimal", autocomplete: "off",
    "aria-describedby": `${id}-error`, "aria-label": spoken,
    change: commit, // on Enter, or when the reader goes elsewhere
    keydown(event) {
      if (event.key === "Enter") commit();
      if (event.key === "Escape") restore();
    },
  });
  const complaint = html("span", { class: "bp-error", id: `${id}-error`, role: "alert" });

  function complain(message) {
    say(complaint, message ? `${message}; nothing was changed` : "");
    field.toggleAttribute("aria-invalid", Boolean(message));
    if (message) field.setAttribute("aria-invalid", "true");
  }
  const typed = () => (field.value.trim() === "" ? NaN : Number(field.value.replace("−", "-")));
  function commit() {
    change(typed());
  }
  function change(value) {
    complain(figure.change({ ...changeAt(figure.state, path, value), ...also(value) }));
  }
  function refresh(state) {
    const value = valueAt(state, path);
    if (slider.valueAsNumber !== value) slider.value = value;
    if (typed() !== value) field.value = value;
  }
  // Forget what was typed and not taken.
  function restore() {
    complain(null);
    refresh(figure.state);
  }
  let shown;
  return {
    element: html("div", { class: "bp-number" }, html("label", { for: id }, label), slider, field,
      complaint),
    slider,
    restore,
    update(state) {
      const value = valueAt(state, path);
      if (value === undefined || value === shown) return;
      shown = value;
      complain(null);
      refresh(state);
    },
  };
}

// One of several names. `options` is [[value, text], ...]; `also` as for a number.
export function choiceControl(figure, path, { label, options, also = () => ({}) }) {
  const id = newId();
  const select = html("select", {
    id,
    change() {
      const value = select.options[select.selectedIndex]._value;
      const wrong = figure.change({ ...changeAt(figure.state, path, value), ...also(value) });
      if (!wrong) return;
      refresh(figure.state);
      figure.announce(`${wrong}; nothing was changed.`);
    },
  });
  function offer(pairs) {
    select.replaceChildren(
      ...pairs.map(([value, text]) => Object.assign(html("option", {}, text), { _value: value })),
    );
  }
  function refresh(state) {
    const now = valueAt(state, path);
    select.selectedIndex = [...select.options].findIndex((option) => option._value === now);
  }
  offer(options);
  return {
    element: html("div", { class: "bp-choice" }, html("label", { for: id }, label), select),
    offer,
    update: refresh,
  };
}

// A tick box for a flag.
export function flagControl(figure, path, { label }) {
  const box = html("input", {
    type: "checkbox", change: () => figure.change(changeAt(figure.state, path, box.checked)),
  });
  return {
    element: html("label", { class: "bp-flag" }, box, label),
    update(state) {
      box.checked = valueAt(state, path);
    },
  };
}

// A button. With `enabled(state)` it can be pressed only while that is true: of the state as it is,
// which may not be painted yet.
export function button(figure, label, press, enabled = null) {
  const element = html("button", {
    type: "button",
    "aria-disabled": "false",
    click() {
      const off = enabled ? !enabled(figure.state) : element.getAttribute("aria-disabled") === "true";
      if (!off) press();
    },
  }, label);
  return {
    element,
    update(state) {
      // Not `disabled`, which would take the keyboard's focus away from the reader.
      if (enabled) element.setAttribute("aria-disabled", String(!enabled(state)));
    },
  };
}

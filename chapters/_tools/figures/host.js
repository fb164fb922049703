// Mounts the page's figures without a kernel: each is a module with the anywidget interface, which
// the page carries as a widget's state. From a file:// page no script may be imported by its
// address, but one made of text may.
(() => {
  class Model {
    constructor(state) {
      this.state = state;
      this.listeners = {};
    }
    get(name) {
      return this.state[name];
    }
    set(name, value) {
      if (this.state[name] === value) return;
      this.state[name] = value;
      for (const listener of [...(this.listeners[`change:${name}`] ?? [])]) listener();
    }
    on(event, listener) {
      (this.listeners[event] ??= new Set()).add(listener);
    }
    off(event, listener) {
      this.listeners[event]?.delete(listener);
    }
    save_changes() {}
  }

  const imports = {};
  function load(code) {
    const blob = new Blob([code._esm], { type: "text/javascript" });
    return import(URL.createObjectURL(blob));
  }

  async function mount(place, code, id) {
    const { default: widget } = await (imports[code._anywidget_id] ??= load(code));
    const given = JSON.parse(place.dataset.state);
    const el = document.createElement("div");
    place.append(el);
    try {
      place.id ||= id;
      const model = new Model({ ...code, ...given, _initial: given });
      await widget.render({ model, el, page: { id } });
      place.classList.add("bp-figure-mounted"); // now the still picture may go
    } catch (error) {
      el.remove();
      throw error;
    }
  }

  const states = document.querySelectorAll(
    'script[type="application/vnd.jupyter.widget-state+json"]',
  );
  const codes = {};
  for (const script of states) {
    const { state: widgets, modules } = JSON.parse(script.textContent);
    const whole = (numbers) => numbers.map((number) => modules[number]).join("");
    for (const { state } of Object.values(widgets))
      if (state._esm)
        codes[state._anywidget_id] = { ...state, _esm: whole(state._esm), _css: whole(state._css) };
  }

  const count = {};
  const styles = new Set();
  for (const place of document.querySelectorAll("[data-figure]")) {
    const code = codes[place.dataset.figure];
    if (!code) continue;
    if (!styles.has(code._css)) {
      styles.add(code._css);
      document.head.append(Object.assign(document.createElement("style"), { textContent: code._css }));
    }
    // The second figure of a kind on a page is called name-2.
    const name = code._about.name;
    count[name] = (count[name] ?? 0) + 1;
    mount(place, code, count[name] > 1 ? `${name}-${count[name]}` : name);
  }
})();

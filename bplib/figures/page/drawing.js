// SVG in the look of bplib.drawing: the same colours, sizes in the page's own pixels.

import { set, svg } from "./dom.js";
import { palette } from "./palette.js";

// A drawing as wide as its place. `redraw(width)` is called when the width changes; it sets the
// height with `size`. One unit is one pixel, so text has the same size on a phone.
export function canvas(label, redraw) {
  const element = svg("svg", { class: "bp-picture", role: "img", "aria-label": label });
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now > 0 && now !== width) redraw((width = now));
  });
  observer.observe(element);
  return {
    element,
    get width() {
      return width;
    },
    size(height) {
      set(element, { viewBox: `0 0 ${width} ${height}`, height });
    },
    remove: () => observer.disconnect(),
  };
}

export function line(x1, y1, x2, y2, attributes) {
  return svg("line", { x1, y1, x2, y2, stroke: palette.muted, "stroke-width": 1.2, ...attributes });
}

export function circle(cx, cy, r, attributes) {
  return svg("circle", {
    cx, cy, r, fill: palette.paper, stroke: palette.forward, "stroke-width": 2, ...attributes,
  });
}

export function rectangle(x, y, width, height, attributes) {
  return svg("rect", { x, y, width, height, fill: palette.muted, ...attributes });
}

// Text; `halo` keeps lines behind it away.
export function text(x, y, content, { halo = false, ...attributes } = {}) {
  const outline = halo && { "paint-order": "stroke", stroke: palette.paper, "stroke-width": 5 };
  return svg(
    "text",
    { x, y, "text-anchor": "middle", "font-size": 13, fill: palette.ink, ...outline, ...attributes },
    content,
  );
}

// The width of a line that stands for a weight.
export function thickness(weight) {
  return 1 + 2.5 * Math.min(Math.abs(weight), 4) ** 0.5;
}

// Let the reader drag a part of a drawing sideways, or if `upright`, up and down: `from()` is the
// value at the start, `to(value)` is called with the new one; `perPixel` is a number or gives one.
// For mouse and touch only, as a second way: every value that can be dragged has its own field.
export function draggable(element, { from, to, perPixel = 0.02, upright = false }) {
  element.style.cursor = upright ? "ns-resize" : "ew-resize";
  element.style.touchAction = upright ? "pan-x" : "pan-y";
  const place = (event) => (upright ? -event.clientY : event.clientX);
  element.addEventListener("pointerdown", (down) => {
    const start = from();
    const scale = typeof perPixel === "function" ? perPixel() : perPixel;
    element.setPointerCapture(down.pointerId);
    down.preventDefault();
    const move = (event) =>
      to(Math.round((start + (place(event) - place(down)) * scale) * 100) / 100);
    const stop = () => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", stop);
      element.removeEventListener("pointercancel", stop);
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", stop);
    element.addEventListener("pointercancel", stop);
  });
  return element;
}

// Many changes, one painting: `ask` any number of times, and `draw` runs once, before the browser
// paints next.

export function frame(draw) {
  let asked = 0;
  return {
    ask() {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        draw();
      });
    },
    stop() {
      cancelAnimationFrame(asked);
      asked = 0;
    },
  };
}

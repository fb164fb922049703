"""How fast TrainItYourself trains in a page, and whether it leaves room for the reader meanwhile.

    python benchmarks/training_figure.py [--network 2-4-1] [--data circles] [--seconds 3]

The figure runs as fast as it can in headless Chromium, without a stopping criterion, and draws
every frame. Updates a second are those that the reader sees counted, over the whole run. Chromium
itself reports tasks of the main thread that take more than 50 ms; and a chain of messages, each of
which waits for whatever runs, shows how long an input may have to wait: for one task or several.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from bplib import Network, figures
from bplib.figures.networks import TRAINING_NETWORKS, sizes_of

sys.path.insert(0, str(Path(__file__).parents[1] / "chapters"))
from _tools.figures.preview import page as page_with

# Presses Start, and watches: how many updates after how many milliseconds, and every pause between
# two messages. It ends when the run does, or after so many milliseconds.
WATCH = """async ([start, longest]) => {
  const counter = document.querySelector("[data-name=updates]");
  const pauses = [], frames = [], tasks = [];
  new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => task.duration)))
    .observe({ type: "longtask" });
  const channel = new MessageChannel();
  let going = true, before = performance.now();
  channel.port1.onmessage = () => {
    const now = performance.now();
    pauses.push(now - before);
    before = now;
    if (going) channel.port2.postMessage(0);
  };
  start.click();
  const began = performance.now(), from = Number(counter.dataset.value);
  channel.port2.postMessage(0);
  let now;
  do {
    now = await new Promise(requestAnimationFrame);
    frames.push(now);
  } while (start.textContent === "Pause" && now - began < longest);
  going = false;
  const updates = Number(counter.dataset.value) - from;
  const gaps = frames.slice(1).map((at, n) => at - frames[n]);
  const milliseconds = performance.now() - began;
  await new Promise(done => setTimeout(done, 100));  // the last report may be late
  return { updates, milliseconds, tasks, longest: pauses.reduce((a, b) => Math.max(a, b)), gaps };
}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--network", default="2-4-1", choices=TRAINING_NETWORKS)
    parser.add_argument("--data", default="circles", choices=("XOR", "separable", "circles"))
    parser.add_argument("--batch", default="1", choices=("1", "4", "all"))
    parser.add_argument("--stop", default="none", choices=("none", "error", "gradient"))
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    net = Network(sizes_of(options.network), seed=0)
    figure = figures.TrainItYourself(
        data=options.data,
        network=options.network,
        start=net.parameters,
        batch=options.batch,
        stop=options.stop,
        below=1e-6,
        limit=200_000,
        speed="full",
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page_with([figure]), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"Chromium {browser.version}: {options.network} on {options.data}, "
              f"update after {options.batch}, stop: {options.stop}")  # fmt: skip
        for _ in range(options.repeat):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(file.as_uri())
            page.wait_for_timeout(500)  # opening the page is no part of a run
            start = page.get_by_role("button", name="Start", exact=True)
            seen = page.evaluate(WATCH, [start.element_handle(), 1000 * options.seconds])
            rate = 1000 * seen["updates"] / seen["milliseconds"]
            print(
                f"{seen['updates']} updates in {seen['milliseconds']:.0f} ms: {rate:.0f} a second; "
                f"tasks over 50 ms: {', '.join(f'{t:.0f}' for t in seen['tasks']) or 'none'}; "
                f"longest wait {seen['longest']:.0f} ms; "
                f"median frame {median(seen['gaps']):.1f} ms"
            )
            page.close()


if __name__ == "__main__":
    main()

"""How long a figure takes from a slider's input event to the painted result.

    python benchmarks/figures.py [--figures ChainOfSensitivities ...] [--events 200]

Each figure stands alone on a page in headless Chromium, and its first slider is dragged to and
fro. Time runs from the slider's `input` event to the first task after the frame that was painted
for it. (The browser hands on what a mouse or finger does just before it paints. A key's event
comes at any time: there, up to a frame of waiting, 16.7 ms, is added.)
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import sync_playwright

from bplib import figures

sys.path.insert(0, str(Path(__file__).parents[1] / "chapters"))
from _tools.figures.preview import page as page_with

RECORD = """slider => {
  window.delays = [];
  slider.addEventListener("input", () => {
    const start = performance.now();
    requestAnimationFrame(() => {  // after the figure's own, which was asked for first
      const channel = new MessageChannel();
      channel.port1.onmessage = () => delays.push(performance.now() - start);
      channel.port2.postMessage(0);
    });
  });
}"""


def delays(browser, figure, events):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page_with([figure]), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        slider = page.locator(".bp-figure-live input[type=range]").first
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        middle = box["y"] + box["height"] / 2
        slider.evaluate(RECORD)
        page.mouse.move(box["x"] + box["width"] / 2, middle)
        page.mouse.down()
        while page.evaluate("delays.length") < events:
            for part in (*range(20, 80), *range(80, 20, -1)):
                page.mouse.move(box["x"] + box["width"] * part / 100, middle)
        page.mouse.up()
        return page.evaluate("delays")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", nargs="+", default=figures.__all__)
    parser.add_argument("--events", type=int, default=200)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"Chromium {browser.version}; milliseconds from input to paint")
        for call in options.figures:
            figure = eval(call if "(" in call else f"{call}()", dict(vars(figures)))
            cuts = quantiles(delays(browser, figure, options.events), n=100)
            print(f"{call}: median {cuts[49]:.1f}, 95th percentile {cuts[94]:.1f}")


if __name__ == "__main__":
    main()

"""Plants mistakes drawn by seed and prints which the tests notice: see the package's docstring."""

import argparse
import queue
import sys
import threading
from pathlib import Path
from random import Random

from . import known
from .places import PLACES, mutants, needs_the_book, stages
from .report import summary
from .workshop import Workshop

PROJECT = Path(__file__).parents[2]


def drawn(seed, count, names, root=PROJECT):
    """So many mutants: a place, a kind and a mistake of that kind, each by chance."""
    random = Random(seed)
    left = {}
    for place in PLACES:
        if not names or place.name in names:
            kinds = {}
            for mutant in mutants(root, place):
                kinds.setdefault(mutant.kind, []).append(mutant)
            left[place.name] = kinds
    chosen = []
    while len(chosen) < count and any(left.values()):
        place = random.choice([name for name in left if left[name]])
        kind = random.choice(list(left[place]))
        candidates = left[place][kind]
        chosen.append(candidates.pop(random.randrange(len(candidates))))
        if not candidates:
            del left[place][kind]
    return chosen


def tried(workshop, mutant, stage):
    """What notices a mistake in a stage; not a test that fails without it as well."""
    left_out = []
    while True:
        workshop.plant(mutant)
        try:
            noticed = workshop.noticed([[*stage, *left_out]])
        finally:
            workshop.mend(mutant)
        if not noticed or not workshop.fails_anyway(noticed):
            return noticed
        print(f"fails without a mistake, and is left out: {noticed}", flush=True)
        left_out.append(f"--deselect={noticed}")


def work(project, waiting, results, lock, say, options):
    """Try mutants in a copy of one's own until none are left."""
    places = {place.name: place for place in PLACES}
    with Workshop(project) as workshop:
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            noticed = None
            for stage in stages(workshop.root, places[mutant.place], mutant):
                if options.unbuilt and needs_the_book(stage):
                    continue
                workshop.prepare(stage)
                noticed = tried(workshop, mutant, stage)
                if noticed:
                    break
            with lock:
                results.append((mutant, noticed))
                say(mutant, noticed)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--places", nargs="*", default=[], help="names, as --list gives them")
    parser.add_argument("--jobs", type=int, default=1, help="copies that work side by side")
    parser.add_argument("--unbuilt", action="store_true", help="only tests that need no built book")
    parser.add_argument("--known", action="store_true", help="try mistakes that once survived")
    parser.add_argument("--list", action="store_true", help="only say how many could be planted")
    options = parser.parse_args()
    unknown = set(options.places) - {place.name for place in PLACES}
    if unknown:
        parser.error(f"no such place: {', '.join(sorted(unknown))}")
    if options.list:
        for place in PLACES:
            print(f"{place.name}: {sum(1 for _ in mutants(PROJECT, place))}")
        return 0
    if options.known:
        chosen = list(known.mutants(PROJECT))
    else:
        chosen = drawn(options.seed, options.count, options.places)
    waiting, results, lock = queue.Queue(), [], threading.Lock()
    for mutant in chosen:
        waiting.put(mutant)

    def say(mutant, noticed):
        print(f"[{len(results)}/{len(chosen)}] {noticed or 'SURVIVES'}: {mutant}", flush=True)

    arguments = (PROJECT, waiting, results, lock, say, options)
    workers = [threading.Thread(target=work, args=arguments) for _ in range(options.jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(summary(results))
    return len(results) < len(chosen) or any(noticed is None for _, noticed in results)


if __name__ == "__main__":
    sys.exit(main())

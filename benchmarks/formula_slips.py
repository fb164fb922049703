"""Every slip of the pen in every formula of the book: how many are planted, and who is not seen.

    python benchmarks/formula_slips.py [PAGE ...]

Some 20,000 take two to five minutes; `tests/book/test_formulas.py` draws two of each formula.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "book"))

from formulas.slips import claims, missed, slips


def main(pages):
    seen, unseen, planted = Counter(), 0, 0
    for page in pages or [None]:
        for (latex, setting), formula in claims(page).items():
            found = list(slips(formula, latex, setting))
            planted += len(found)
            for one in missed(found, setting, seen):
                unseen += 1
                print(f"{formula}\n{one}\n")
    print(f"{planted} slips in the formulas, seen {dict(seen)}, not seen {unseen}")
    print(f"(the other {planted - unseen - seen.total()} are true as well)")
    return unseen > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

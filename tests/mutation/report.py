"""The table of a trial: kinds of mistakes by places, planted and noticed."""


def table(results):
    """`results` holds pairs (mutant, what noticed it or None)."""
    places = list(dict.fromkeys(mutant.place for mutant, _ in results))
    kinds = sorted({mutant.kind for mutant, _ in results})
    rows = [["noticed / planted", *kinds, "all"]]
    for place in [*places, "all"]:
        row = [place]
        for kind in [*kinds, "all"]:
            found = [
                noticed is not None
                for mutant, noticed in results
                if place in (mutant.place, "all") and kind in (mutant.kind, "all")
            ]
            row.append(f"{sum(found)}/{len(found)}" if found else "")
        rows.append(row)
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def summary(results):
    """The table, the share of those noticed, and every survivor."""
    survivors = [str(mutant) for mutant, noticed in results if noticed is None]
    killed = len(results) - len(survivors)
    share = f"{killed} of {len(results)} noticed ({killed / max(1, len(results)):.1%})"
    said = [table(results), "", share]
    if survivors:
        said += ["", "Survivors:", *survivors]
    return "\n".join(said)

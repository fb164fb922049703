"""A mistake to be planted: an edit of a file's text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """`text[start:end]` becomes `new`; `kind` says what sort of mistake that is."""

    kind: str
    start: int
    end: int
    new: str

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]


@dataclass(frozen=True)
class Mutant:
    """An edit at a place, of a file or of one cell of a notebook."""

    place: str
    path: str  # from the repository's root
    edit: Edit
    text: str  # of the file or the cell, without the mistake
    cell: str | None = None

    @property
    def kind(self):
        return self.edit.kind

    @property
    def line(self):
        return self.text.count("\n", 0, self.edit.start) + 1

    @property
    def where(self):
        return f"{self.path}, cell {self.cell}" if self.cell else self.path

    def __str__(self):
        before = self.text[self.edit.start : self.edit.end]
        start = self.text.rfind("\n", 0, self.edit.start) + 1
        end = self.text.find("\n", self.edit.end)
        line = self.text[start : end if end >= 0 else None].strip()
        return (
            f"{self.where}:{self.line}: {self.kind}: {short(before)} -> {short(self.edit.new)}\n"
            f"    {short(line, 140)}"
        )


def short(text, width=60):
    text = " ".join(text.split())
    return repr(text if len(text) <= width else text[: width - 1] + "…")[1:-1]

"""The table that the benchmark prints: what, measured, against what, target, reached or not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line. `reached` is None where there is no target."""

    what: str
    where: str
    measured: str
    against: str = ""
    target: str = ""
    reached: bool | None = None

    def cells(self) -> tuple[str, ...]:
        word = {None: "", True: "yes", False: "NO"}[self.reached]
        return self.what, self.where, self.measured, self.against, self.target, word


HEADINGS = ("what", "where", "measured", "against", "to reach", "reached")


def render(rows: list[Row]) -> str:
    """The rows as aligned text."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([drawn[0], "-" * len(drawn[0]), *drawn[1:]])

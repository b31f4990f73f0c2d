"""`python -m bench [--size S --size L] [--engine sqlite] [--part reads]`: measure, then print one table."""

from collections.abc import Callable, Iterator

import click

from bench import analyses, databases, desk, importing, reads, walls, writes
from bench.table import Row, render
from db.engine import Database

ENGINES = ("sqlite", "postgresql")
PARTS = ("reads", "analyses", "writes", "walls", "desk", "import")
Measuring = Callable[[str, str, Database], Iterator[tuple[Row, float]]]

GROWTH = {
    "board, one store": 2.5,
    ", one store": 6.0,  # the same rows by deeper indexes; to read the group's rows costs a hundred times as much
    "queue": 1.3,
    "twelve months of a store": 1.3,  # the group's name every person and channel: they grow with it
}  # how much a read may cost at L, times its cost at S


@click.command()
@click.option("--size", "sizes", multiple=True, default=("S", "L"), type=click.Choice(["S", "M", "L"]))
@click.option("--engine", "engines", multiple=True, default=ENGINES, type=click.Choice(ENGINES))
@click.option("--part", "parts", multiple=True, default=PARTS, type=click.Choice(PARTS))
def bench(sizes: tuple[str, ...], engines: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """Make the databases if they are missing, measure each part, print the table."""
    table: list[Row] = []
    with databases.postgresql() as server:
        for engine in engines:
            if "reads" in parts:
                table += _grown(reads.rows, engine, sizes, server)
            if "analyses" in parts:
                table += _grown(analyses.rows, engine, sizes, server)
            if "writes" in parts:
                with databases.pointed_at(databases.copied(engine, sizes[-1], server)):
                    table += writes.rows(engine, sizes[-1])
            if "walls" in parts:
                with databases.pointed_at(databases.copied(engine, sizes[0], server)):
                    table += walls.rows(engine, sizes[0])
            if "desk" in parts:
                with databases.pointed_at(databases.copied(engine, sizes[0], server)):
                    table += desk.rows(engine, sizes[0])
            if "import" in parts:
                table += importing.rows(engine, databases.empty(engine, server))
    print(render(table))


def _grown(rows: Measuring, engine: str, sizes: tuple[str, ...], server: str) -> Iterator[Row]:
    """Reads at each size, then how much they cost at L, times their cost at S."""
    took: dict[str, dict[str, float]] = {}
    for size in sizes:
        with databases.pointed_at(databases.made(engine, size, server)) as store:
            for row, milliseconds in rows(engine, size, store):
                took.setdefault(row.what, {})[size] = milliseconds
                yield row
    for name, times in took.items():
        allowed = next((most for part, most in GROWTH.items() if part in name), None)
        if allowed and "shared" not in name and {"S", "L"} <= set(times):
            growth = times["L"] / times["S"]
            yield Row(f"{name}, S to L", engine, f"x{growth:.2f}", "", f"x{allowed}", growth <= allowed)


if __name__ == "__main__":
    bench()

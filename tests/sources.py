"""The source text of the project as syntax trees, for the tests that keep the house in order."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Source:
    """One file: its path from the root, as text, and its tree."""

    path: str
    tree: ast.Module

    def within(self, *rooms: str) -> bool:
        """Whether it is one of these files or stands in one of these folders (named with a closing slash)."""
        return any(self.path == room or (room.endswith("/") and self.path.startswith(room)) for room in rooms)

    @property
    def imports(self) -> Iterator[str]:
        """Every module or name that it imports, dotted: `from db import terms` gives `db.terms`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{name.name}" for name in node.names)

    @property
    def called(self) -> Iterator[str]:
        """Every name that it calls or reaches into, dotted: `datetime.now`, `os.environ`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield dotted(node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a chain of attributes; what it hangs on is left out where it is not a name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """All Python files of these rooms (a folder with its closing slash, or one file)."""
    files: list[Path] = []
    for room in rooms:
        place = ROOT / room
        files += sorted(place.rglob("*.py")) if place.is_dir() else [place] * place.is_file()
    return tuple(Source(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files)

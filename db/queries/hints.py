"""A word to the planner, where its guess was measured to be wrong."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal


class unindexed(ColumnElement[Any]):  # noqa: N801 - it is used as a function
    """A number or day that is compared row by row: no index is chosen for its sake."""

    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy declares it so

    def __init__(self, column: Any) -> None:
        self.column = column
        self.type = column.type


@compiles(unindexed, "sqlite")
def _on_sqlite(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.column, **options)}"


@compiles(unindexed)
def _elsewhere(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.column, **options)} + 0)"


class among(ColumnElement[bool]):  # noqa: N801 - it is used as a function
    """Whether a column holds one of the few ids that a sentence gives: these are looked up first, and rows by an index
    of the column. PostgreSQL would take such an IN for a join, begin at the other end and read every row there is."""

    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012 - SQLAlchemy declares it so
        ("column", InternalTraversal.dp_clauseelement), ("few", InternalTraversal.dp_clauseelement)
    ]  # fmt: skip

    def __init__(self, column: Any, few: Select[int] | Select[int | None]) -> None:
        self.column, self.few = column, few.scalar_subquery()
        self.type = Boolean()


@compiles(among, "postgresql")
def _on_postgresql(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, few = (compiler.process(each, **options) for each in (element.column, element.few))
    return f"{column} = ANY (ARRAY{few})"


@compiles(among)
def _by_in(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, few = (compiler.process(each, **options) for each in (element.column, element.few))
    return f"{column} IN {few}"

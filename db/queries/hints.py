"""A word to the planner, where its guess was measured to be wrong."""

from typing import Any

from sqlalchemy import ColumnElement
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

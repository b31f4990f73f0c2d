"""Rows that wait aside are held against the schema before the lock is taken, and nothing is held less after it."""

import sqlite3

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from db.engine import Database
from db.tables import CarModel
from lib import data
from lib.access import SYSTEM
from lib.imports.staging import moving, staged
from lib.imports.writing import Statement, execute

COLUMNS = ("name", "guide_price")
SENTENCE = "INSERT INTO car_models (name, guide_price) VALUES (?, ?)"


def models(*rows: tuple[object, ...]) -> list[Statement]:
    return [Statement(SENTENCE, list(rows), "car_models", COLUMNS)]


def move(connection: Connection, made: list[Statement]) -> None:
    with staged(connection, made) as moves, data.transaction(SYSTEM, bind=connection) as change:
        with moving(change.connection, made):
            execute(change.connection, moves)
        change.record("moved")


def count() -> int | None:
    with data.connection() as connection:
        return connection.scalar(select(func.count()).select_from(CarModel))


def test_rows_are_moved_over_and_the_next_change_is_checked_again(sqlite_store: Database) -> None:
    with data.connection() as connection:
        move(connection, models(("远途A7", 1), ("星河E", 2)))
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            execute(connection, [Statement("UPDATE car_models SET guide_price = -1", [()])])
    assert count() == 2


@pytest.mark.parametrize("wrong", [("远途A7", -1), ("远途A7", None)], ids=["against a condition", "without a value"])
def test_a_row_that_the_schema_refuses_is_refused_aside(sqlite_store: Database, wrong: tuple[object, ...]) -> None:
    with data.connection() as connection, pytest.raises((sqlite3.IntegrityError, IntegrityError)):
        move(connection, models(("星河E", 1), wrong))
    assert count() == 0


def test_a_key_that_points_at_nothing_is_found_aside(sqlite_store: Database) -> None:
    columns = ("name", "kind", "code", "parent_id", "path", "active", "version")
    row = ("一店", "exclusive_store", "S9-C1", 999_999, "9.1.", 1, 1)
    sentence = "INSERT INTO channels (name, kind, code, parent_id, path, active, version) VALUES (?, ?, ?, ?, ?, ?, ?)"
    with data.connection() as connection, pytest.raises(AssertionError, match="parent_id points at nothing"):
        move(connection, [Statement(sentence, [row], "channels", columns)])

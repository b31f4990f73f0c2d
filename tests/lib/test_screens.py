"""A wall screen's link opens its channel's board until it is revoked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.engine import Database
from db.tables import DataVersion, Screen
from lib import data, screens
from lib.wall.options import SECONDS, WallOptions
from tests.personas import people

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def given(token: str, channel_id: int | None, **values: Any) -> int:
    row = {"name": "展厅", "token_hash": screens.token_hash(token), "channel_id": channel_id, "options": {},
           "created_at": NOW} | values  # fmt: skip
    with Session(data.database().writing) as session, session.begin():
        return session.scalars(insert(Screen).values(**row).returning(Screen.id)).one()


def seen_at(screen_id: int) -> datetime | None:
    with data.database().reading.connect() as connection:
        return connection.scalar(select(Screen.seen_at).where(Screen.id == screen_id))


def test_a_link_opens_its_channel_alone_and_an_unknown_one_nothing(store: Database) -> None:
    personas = people()
    given("another", personas.channels["S2"])
    mine = given("mine", personas.channels["S1-C1"], options={"language": "en"})
    found = data.fresh(screens.by_token, "mine")
    assert found is not None
    assert (found.id, found.scope.path, found.options.language) == (mine, f"{personas.manager.path}2.", "en")
    assert data.fresh(screens.by_token, "guess") is None


def test_a_screen_without_a_channel_shows_the_whole_group(store: Database) -> None:
    given("group", None)
    found = data.fresh(screens.by_token, "group")
    assert found is not None
    assert found.scope.path is None


def test_a_revoked_link_opens_nothing_from_that_moment(store: Database) -> None:
    screen = given("mine", None)
    with Session(store.writing) as session, session.begin():
        session.execute(update(Screen).where(Screen.id == screen).values(revoked_at=NOW))
    assert data.fresh(screens.by_token, "mine") is None


def test_a_screen_is_seen_once_a_minute_and_no_read_grows_old_by_it(store: Database) -> None:
    def versions() -> list[Any]:
        with store.reading.connect() as connection:
            return list(connection.execute(select(DataVersion.subject, DataVersion.version)).all())

    screen, before = given("mine", None), versions()
    other = given("other", None)
    screens.mark_seen(screen, NOW)
    screens.mark_seen(screen, NOW + timedelta(seconds=59))
    assert seen_at(screen) == NOW
    screens.mark_seen(screen, NOW + timedelta(seconds=60))
    assert seen_at(screen) == NOW + timedelta(seconds=60)
    assert seen_at(other) is None
    assert versions() == before


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ({}, SECONDS),
        ({"scenes": {"team": 0, "channels": 45}}, SECONDS | {"team": 0, "channels": 45}),
        ({"scenes": {"today": 1, "team": 99999}}, SECONDS | {"today": 5, "team": 3600}),
        ({"scenes": {"today": "long", "team": True, "moon": 3}}, SECONDS),
        ({"scenes": [1, 2]}, SECONDS),
        ({"scenes": dict.fromkeys(SECONDS, 0)}, dict.fromkeys(SECONDS, 0) | {"today": SECONDS["today"]}),
    ],
)
def test_options_that_make_no_sense_take_their_default(kept: dict[str, Any], expected: dict[str, int]) -> None:
    assert dict(WallOptions.of(kept).seconds) == expected


def test_a_screen_speaks_its_language_else_the_desks() -> None:
    assert WallOptions.of({"language": "en"}, "zh").language == "en"
    assert WallOptions.of({"language": "de"}, "en").language == "en"
    assert WallOptions.of({}).language == "zh"

"""The wall's page: by a screen's link without a person, by a signed-in person, and what it says without either."""

import json
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import Screen, User
from db.terms import Subject
from lib import clock, data, screens
from lib.access import Actor
from lib.refusals import Unavailable
from lib.ui.wall import ticks
from tests.pages.desk import desk
from tests.personas import people

LINK = "a link that only this test knows"


def hang_up(channel_id: int | None, **options: Any) -> None:
    with Session(data.database().writing) as session, session.begin():
        session.execute(insert(Screen).values(
            name="展厅", token_hash=screens.token_hash(LINK), channel_id=channel_id, options=options,
            created_at=clock.now(),
        ))  # fmt: skip


def wall(actor: Actor | None = None, link: str | None = LINK, language: str = "zh") -> AppTest:
    test = desk(actor, language).run().switch_page("../../pages/wall.py")
    if link is not None:
        test.query_params["screen"] = link
    return test.run()


def payload(test: AppTest) -> Any:
    """What the page hands to the browser."""
    return json.loads(test.get("bidi_component")[0].proto.json)


def test_a_screens_link_shows_its_channel_in_its_language_without_a_person(sqlite_store: Database) -> None:
    personas = people()
    hang_up(personas.channels["S2"], language="en")
    test = wall()
    sent = payload(test)
    assert (sent["state"], sent["frame"]["title"], sent["back"]) == ("live", "西城店", None)
    assert sent["frame"]["tiles"][0]["label"] == "Walk-ins"
    assert not test.exception
    assert len(test.sidebar.children) == 0


@pytest.mark.parametrize("link", ["a guess", "", "x" * 5000])
def test_a_link_that_does_not_hold_gets_a_sentence_and_nothing_else(sqlite_store: Database, link: str) -> None:
    hang_up(people().channels["S1"])
    sent = payload(wall(link=link))
    assert (sent["state"], "frame" in sent) == ("closed", False)
    assert sent["words"]["closed"] == "此大屏链接无效或已停用，请向管理员索取新链接。"


def test_a_revoked_link_shows_nothing_at_the_next_tick(sqlite_store: Database) -> None:
    hang_up(people().channels["S1"])
    test = wall()
    with Session(sqlite_store.writing) as session, session.begin():
        session.execute(update(Screen).values(revoked_at=clock.now()))
    assert payload(test)["state"] == "live"
    assert payload(test.run())["state"] == "closed"


def test_a_signed_in_person_sees_the_wall_of_their_scope_and_a_way_back(sqlite_store: Database) -> None:
    personas = people()
    sent = payload(wall(personas.manager, link=None))
    assert (sent["state"], sent["frame"]["title"], sent["back"], sent["kept"]) == ("live", "东风店", "返回看板", False)


def test_a_persons_link_to_a_screen_shows_the_screen_not_the_person(sqlite_store: Database) -> None:
    personas = people()
    hang_up(personas.channels["S2"])
    assert payload(wall(personas.manager))["frame"]["title"] == "西城店"


@pytest.mark.parametrize("who", [None, "agent"])
def test_nobody_without_the_permission_sees_a_wall(sqlite_store: Database, who: str | None) -> None:
    personas = people()
    sent = payload(wall(personas.actors[who] if who else None, link=None))
    assert (sent["state"], "frame" in sent) == ("closed", False)


def test_a_person_disabled_meanwhile_sees_no_number_at_the_next_tick(sqlite_store: Database) -> None:
    personas = people()
    test = wall(personas.manager, link=None)
    with Session(sqlite_store.writing) as session, session.begin():
        session.execute(update(User).where(User.username == "manager").values(active=False))
        data.raise_versions(session.connection(), {Subject.PEOPLE})
    assert "frame" not in payload(test.run())


def away(*_: Any) -> Any:
    raise Unavailable


def broken(*_: Any) -> Any:
    raise ZeroDivisionError("13812348000")


@pytest.mark.parametrize("trouble", [away, broken])
def test_in_trouble_the_page_sends_no_frame_so_that_the_browser_keeps_its_last(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch, trouble: Any
) -> None:
    hang_up(people().channels["S1"])
    test = wall()
    monkeypatch.setattr(ticks, "frame", trouble)
    monkeypatch.setattr(ticks.data, "read", lambda fn, *args: fn(*args))
    sent = payload(test.run())
    assert (sent["state"], "frame" in sent) == ("away", False)
    assert "13812348000" not in json.dumps(sent)
    assert not test.exception
    assert not test.error


def test_the_screen_is_noted_as_alive(sqlite_store: Database) -> None:
    hang_up(people().channels["S1"])
    wall()
    with sqlite_store.reading.connect() as connection:
        assert isinstance(connection.scalar(select(Screen.seen_at)), datetime)


def test_midnight_rolls_the_wall_over_at_the_next_tick(sqlite_store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    hang_up(people().channels["S1"])
    monkeypatch.setattr(ticks.clock, "now", lambda: datetime.fromisoformat("2026-11-27T23:59:59+08:00"))
    test = wall()
    before = payload(test)
    monkeypatch.setattr(ticks.clock, "now", lambda: datetime.fromisoformat("2026-11-28T00:00:01+08:00"))
    after = payload(test.run())
    assert (before["frame"]["date"], before["frame"]["closed"]) == ("11月27日 周五", None)
    assert (after["frame"]["date"], after["frame"]["closed"]) == ("11月28日 周六", "今日休息")


def test_a_tick_without_a_change_sends_the_same_frame(sqlite_store: Database) -> None:
    hang_up(people().channels["S1"])
    test = wall()
    first = payload(test)
    for _ in range(5):
        test.run()
    assert payload(test)["frame"] == first["frame"]

"""Screens: one link each, in the admin's own area, taken back for good."""

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import AuditEntry, Screen
from lib import data, screen_links, screens
from lib.access import Scope
from lib.refusals import Invalid, NotAllowed, NotFound
from tests.personas import people


def token(link: str) -> str:
    return link.removeprefix(screen_links.PATH)


def test_a_link_opens_its_channel_until_it_is_revoked(store: Database) -> None:
    personas = people()
    link = data.write(screen_links.add, personas.admin, "展厅", personas.channels["S1"], {"scenes": {"team": 0}})
    data.write(screen_links.add, personas.admin, "别处", personas.channels["S2"], {})
    opened = data.fresh(screens.by_token, token(link))
    assert opened is not None
    assert (opened.scope, dict(opened.options.seconds)["team"]) == (Scope(personas.manager.path), 0)
    data.write(screen_links.revoke, personas.admin, opened.id)
    assert data.fresh(screens.by_token, token(link)) is None
    listed = data.fresh(screen_links.listed, Scope())
    assert [(each.name, each.revoked_at is None) for each in listed] == [("别处", True), ("展厅", False)]


def test_the_link_is_kept_nowhere(store: Database) -> None:
    personas = people()
    link = data.write(screen_links.add, personas.admin, "展厅", None, {})
    with store.reading.connect() as connection:
        kept = str([connection.execute(select(table)).all() for table in (Screen, AuditEntry)])
    assert token(link) not in kept


def test_only_admins_make_and_revoke_links(store: Database) -> None:
    personas = people()
    with pytest.raises(NotAllowed):
        data.write(screen_links.add, personas.manager, "展厅", personas.channels["S1"], {})
    with pytest.raises(NotAllowed):
        data.write(screen_links.revoke, personas.boss, 1)


def test_nonsense_is_refused(store: Database) -> None:
    personas = people()
    with pytest.raises(Invalid):
        data.write(screen_links.add, personas.admin, "  ", None, {})
    with pytest.raises(Invalid):
        data.write(screen_links.add, personas.admin, "展厅", 999, {})
    with pytest.raises(NotFound):
        data.write(screen_links.revoke, personas.admin, 999)

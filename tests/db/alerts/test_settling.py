"""Settling an alert with a note, and opening it again: who may, two at once, what the data no longer shows."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import select, update

from db.engine import Database
from db.tables import AuditEntry, Lead
from db.terms import AlertKind, AlertState, LeadEventKind
from lib import data
from lib.access import Actor, Scope
from lib.alerts.reading import Alerts, alerts
from lib.alerts.settling import reopen, settle
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.ui.today import today
from tests.facts import facts
from tests.personas import Personas

PRICE = AlertKind.PRICE


def cheap() -> tuple[Personas, int]:
    with facts() as f:
        lead = f.lead(str(today()), model="远途A7", order_price=Decimal(100000))
        f.lead_event(lead, LeadEventKind.DELIVERY, str(today()))
    return f.personas, lead


def stands() -> Alerts:
    return data.read(alerts, Scope(), today())


def put(who: Personas, actor: Actor, lead: int, note: str = "展车处理", kind: AlertKind = PRICE) -> None:
    data.write(settle, actor, kind, who.channels["S1"], f"lead:{lead}", AlertState.EXPLAINED, note)


def test_a_settled_alert_stands_apart_and_may_be_opened_again(store: Database) -> None:
    who, lead = cheap()
    put(who, who.channel_manager, lead, "展车处理 13812348000")
    assert stands().open == ()
    (done,) = stands().settled
    assert (done.settlement.note, done.settlement.settled_by) == ("展车处理 138****8000", "渠一")
    assert done.alert is not None
    data.write(reopen, who.manager, done.settlement.id, 1)
    assert [each.case for each in stands().open] == [f"lead:{lead}"]
    assert stands().settled == ()
    with pytest.raises(NotFound):
        data.write(reopen, who.manager, done.settlement.id, 1)
    with data.database().reading.connect() as connection:
        actions = connection.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["alert.settled", "alert.reopened"]


def test_what_the_data_no_longer_shows_stays_among_the_settled(store: Database) -> None:
    who, lead = cheap()
    put(who, who.channel_manager, lead)
    with facts(who) as f:
        f.session.execute(update(Lead).where(Lead.id == lead).values(order_price=Decimal(155000)))
    assert [each.alert for each in data.fresh(alerts, Scope(), today()).settled] == [None]


def test_the_second_of_two_is_told(store: Database) -> None:
    who, lead = cheap()
    put(who, who.channel_manager, lead)
    with pytest.raises(Conflict):
        put(who, who.manager, lead, "误报")
    assert stands().settled[0].settlement.note == "展车处理"


def test_a_note_is_needed_and_an_alert_that_stands(store: Database) -> None:
    who, lead = cheap()
    for note in (" ", "长" * 501):
        with pytest.raises(Invalid):
            put(who, who.channel_manager, lead, note)
    with pytest.raises(NotFound):
        put(who, who.channel_manager, lead + 1)
    with pytest.raises(NotFound):
        put(who, who.channel_manager, lead, kind=AlertKind.TERRITORY)
    assert stands().settled == ()


def test_only_who_keeps_channels_settles_and_only_in_the_own_area(store: Database) -> None:
    who, lead = cheap()
    for actor in (who.finance, who.agent, who.consultant, who.admin):
        with pytest.raises(NotAllowed):
            put(who, actor, lead)
    with pytest.raises(NotFound):
        put(who, who.other_manager, lead)
    put(who, who.boss, lead)
    with pytest.raises(NotFound):
        data.write(reopen, who.other_manager, stands().settled[0].settlement.id, 1)
    assert data.read(alerts, who.other_manager.scope, today()).settled == ()


def test_an_alert_of_silence_settled_comes_back_after_the_next_silence(store: Database) -> None:
    with facts() as f:
        day = today() - timedelta(days=20)
        f.lead(str(day), channel="S2")
    who = f.personas
    data.write(settle, who.other_manager, AlertKind.SILENT, who.channels["S2"], f"{day}", AlertState.EXPLAINED, "装修")
    assert stands().open == ()
    with facts(who) as f:
        f.numbers = count(100)
        f.lead(str(today() - timedelta(days=10)), channel="S2")
    assert [each.kind for each in data.fresh(alerts, Scope(), today()).open] == [AlertKind.SILENT]

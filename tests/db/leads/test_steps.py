"""Steps of a lead on both engines: what they leave, who may do them, and two people at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from db.engine import Database
from db.tables import AuditEntry, Lead, Vehicle
from db.terms import IntentionLevel, LeadEventKind, LeadStatus, LossDomain
from lib import clock, data
from lib.access import Actor
from lib.leads import steps
from lib.leads.records import Saved
from lib.leads.steps import Step
from lib.refusals import Conflict, Invalid, NotFound, Refused
from tests.db.leads.showroom import VIN, arrive, audit, events, lead, reason
from tests.personas import people

K, S = LeadEventKind, LeadStatus
PRICE = Decimal("152800.50")


def go(actor: Actor, lead_id: int, kind: LeadEventKind, seen: int | None = None, **fields: Any) -> Saved:
    """One step on the lead as it is now."""
    return data.write(steps.advance, actor, lead_id, seen or lead(lead_id).version, Step(kind, **fields))


def test_a_sale_from_test_drive_to_delivery(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    go(who.consultant, key, K.TEST_DRIVE, intention_level=IntentionLevel.H)
    go(who.consultant, key, K.QUOTE, amount=Decimal(155000))
    go(who.consultant, key, K.ORDER, amount=PRICE)
    assert (lead(key).status, lead(key).order_price, lead(key).intention_level) == (S.ORDERED, PRICE, IntentionLevel.H)
    done = go(who.consultant, key, K.DELIVERY, vin=VIN.lower())
    assert done.warning is None
    made = lead(key)
    assert (made.status, made.next_contact_on, made.version) == (S.DELIVERED, None, 5)
    assert made.closed_at == events(key)[-1].at
    with store.reading.connect() as connection:
        car = connection.execute(select(Vehicle.vin, Vehicle.customer_id).where(Vehicle.id == made.vehicle_id)).one()
    assert (car.vin, car.customer_id) == (VIN, made.customer_id)
    assert [each.kind for each in events(key)] == [K.FIRST_CONTACT, K.TEST_DRIVE, K.QUOTE, K.ORDER, K.DELIVERY]
    assert VIN not in str(audit())


def test_a_vin_whose_check_digit_does_not_fit_is_taken_with_a_warning(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    go(who.consultant, key, K.ORDER, amount=PRICE)
    assert "check digit" in (go(who.consultant, key, K.DELIVERY, vin="LSVHJ133022221762").warning or "")
    assert lead(key).status is S.DELIVERED


def test_a_car_is_delivered_once(store: Database) -> None:
    who = people()
    one, two = arrive(who.consultant).lead_id, arrive(who.colleague, name="李四").lead_id
    for key, actor in ((one, who.consultant), (two, who.colleague)):
        go(actor, key, K.ORDER, amount=PRICE)
    go(who.consultant, one, K.DELIVERY, vin=VIN)
    with pytest.raises(Invalid, match=lead(one).lead_no):
        go(who.colleague, two, K.DELIVERY, vin=VIN)
    assert (lead(two).status, lead(two).version) == (S.ORDERED, 2)


def test_a_car_that_is_known_is_joined_and_keeps_its_owner(store: Database) -> None:
    who = people()
    owner, key = arrive(who.consultant, name="张三"), arrive(who.consultant).lead_id
    with data.transaction(who.consultant) as change:
        change.session.add(Vehicle(vin=VIN, customer_id=lead(owner.lead_id).customer_id))
    go(who.consultant, key, K.ORDER, amount=PRICE)
    go(who.consultant, key, K.DELIVERY, vin=VIN)
    with store.reading.connect() as connection:
        cars = connection.execute(select(Vehicle.id, Vehicle.customer_id)).all()
    assert [(car.id, car.customer_id) for car in cars] == [(lead(key).vehicle_id, lead(owner.lead_id).customer_id)]


def test_a_cancelled_order_takes_its_price_along_and_a_delivery_needs_another(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    go(who.consultant, key, K.ORDER, amount=PRICE)
    go(who.consultant, key, K.ORDER_CANCELLED)
    assert (lead(key).status, lead(key).order_price) == (S.OPEN, None)
    with pytest.raises(Invalid, match="needs an order"):
        go(who.consultant, key, K.DELIVERY, vin=VIN)


def test_a_loss_needs_its_reason_and_another_reason_needs_a_note(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with store.reading.connect() as connection:
        groups = connection.scalars(select(steps.LossReason.id).where(steps.LossReason.parent_id.is_(None))).all()
    for wrong in (None, groups[0], reason("price_direct", LossDomain.RENEWAL)):
        with pytest.raises(Invalid, match="reason for the loss"):
            go(who.consultant, key, K.LOST, loss_reason_id=wrong)
    with pytest.raises(Invalid, match="note"):
        go(who.consultant, key, K.LOST, loss_reason_id=reason("other"), note=" ")
    go(who.consultant, key, K.LOST, loss_reason_id=reason("price_gap"), competitor="城东店", price_gap=Decimal(3000))
    lost = events(key)[-1]
    assert (lost.loss_reason_id, lost.competitor, lost.price_gap_amount) == (
        reason("price_gap"),
        "城东店",
        Decimal(3000),
    )
    assert (lead(key).status, lead(key).next_contact_on) == (S.LOST, None)


def test_a_lost_lead_is_ordered_only_after_it_was_reopened(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    go(who.consultant, key, K.LOST, loss_reason_id=reason("no_intent"))
    with pytest.raises(Invalid, match="Reopen"):
        go(who.consultant, key, K.ORDER, amount=PRICE)
    go(who.consultant, key, K.REOPENED)
    assert lead(key).closed_at is None
    assert lead(key).next_contact_on is not None
    go(who.consultant, key, K.ORDER, amount=PRICE)


def test_a_step_is_never_before_the_first_contact_nor_before_the_last_decision(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(Invalid) as refusal:
        go(who.consultant, key, K.TEST_DRIVE, at=clock.now() - timedelta(hours=1))
    assert refusal.value.field == "at"


def test_a_note_alone_leaves_the_next_contact_and_needs_words(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    due = lead(key).next_contact_on
    with pytest.raises(Invalid, match="Write the note"):
        go(who.consultant, key, K.NOTE, note="  ")
    go(who.consultant, key, K.NOTE, note="下班后联系", intention_level=IntentionLevel.H)
    assert (lead(key).next_contact_on, events(key)[-1].note) == (due, "下班后联系")


@pytest.mark.parametrize("stranger", ["colleague", "other_consultant", "other_manager", "branch_consultant"])
def test_a_known_key_opens_nothing_for_who_may_not_see_it(store: Database, stranger: str) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(NotFound):
        go(getattr(who, stranger), key, K.NOTE, note="x")
    with pytest.raises(NotFound):
        data.write(steps.undo, getattr(who, stranger), key, 1)
    assert len(events(key)) == 1


def test_a_managers_step_counts_for_the_leads_consultant(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    go(who.manager, key, K.TEST_DRIVE)
    assert (events(key)[-1].consultant_id, events(key)[-1].actor_id) == (who.consultant.user_id, who.manager.user_id)


def test_the_second_of_two_is_told_who_was_faster(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    go(who.manager, key, K.TEST_DRIVE, seen=1)
    with pytest.raises(Conflict) as refusal:
        go(who.consultant, key, K.ORDER, seen=1, amount=PRICE)
    assert refusal.value.values["who"] == "经一"
    assert (lead(key).status, len(events(key))) == (S.OPEN, 2)


def test_of_many_at_once_on_one_version_one_wins_and_nothing_is_lost(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id

    def write(number: int) -> bool:
        try:
            go(who.consultant, key, K.NOTE, seen=1, note=f"n{number}")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(8))) == 1
    assert (lead(key).version, len(events(key))) == (2, 2)


def test_writers_who_look_again_after_a_conflict_all_get_in(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id

    def write(number: int) -> None:
        while True:
            try:
                go(who.consultant, key, K.NOTE, note=f"n{number}")
            except Conflict:
                continue
            return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(12)))
    assert {each.note for each in events(key)[1:]} == {f"n{number}" for number in range(12)}
    assert lead(key).version == 13


def test_two_deliveries_of_one_car_at_once_give_it_to_one(store: Database) -> None:
    who = people()
    keys = [arrive(who.consultant, name=f"客{number}").lead_id for number in range(4)]
    for key in keys:
        go(who.consultant, key, K.ORDER, amount=PRICE)

    def deliver(key: int) -> bool:
        try:
            go(who.consultant, key, K.DELIVERY, vin=VIN)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(deliver, keys)) == 1


def test_ones_own_last_step_is_taken_back_and_counts_no_more(store: Database) -> None:
    who = people()
    key = arrive(who.consultant, intention_level=IntentionLevel.B).lead_id
    go(who.consultant, key, K.ORDER, amount=PRICE)
    before = lead(key)
    go(who.consultant, key, K.DELIVERY, vin=VIN, intention_level=IntentionLevel.H)
    data.write(steps.undo, who.consultant, key, 3)
    after = lead(key)
    for field in steps.UNDONE_FIELDS:
        assert getattr(after, field) == getattr(before, field)
    assert after.version == 4
    assert [each.superseded_at is None for each in events(key)] == [True, True, False]
    with pytest.raises(Invalid):
        data.write(steps.undo, who.consultant, key, 4)


def test_what_is_too_old_or_somebody_elses_or_not_the_last_is_not_taken_back(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(Invalid, match="taken back"):
        data.write(steps.undo, who.consultant, key, 1)
    go(who.consultant, key, K.TEST_DRIVE)
    with pytest.raises(Invalid, match="taken back"):
        data.write(steps.undo, who.manager, key, 2)
    with store.turn(), store.writing.begin() as connection:
        connection.execute(update(AuditEntry).values(at=clock.now() - timedelta(minutes=11)))
    with pytest.raises(Invalid, match="taken back"):
        data.write(steps.undo, who.consultant, key, 2)
    with store.turn(), store.writing.begin() as connection:
        connection.execute(update(Lead).values(version=3))
        connection.execute(update(AuditEntry).values(at=clock.now()))
    with pytest.raises(Invalid, match="taken back"):
        data.write(steps.undo, who.consultant, key, 3)
    assert all(each.superseded_at is None for each in events(key))

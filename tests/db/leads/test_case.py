"""One lead with its story, on both engines."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.engine import Database
from db.terms import IntentionLevel, LeadEventKind
from lib import clock, data, settings
from lib.access import Actor
from lib.leads import case, details, hand_over, steps
from lib.leads.case import Case
from lib.leads.details import Details
from lib.leads.steps import Step
from lib.refusals import NotFound
from tests.db.leads.showroom import MOBILE, VIN, arrive, reason
from tests.personas import people

K = LeadEventKind


def look(actor: Actor, lead_id: int, later: timedelta = timedelta()) -> Case:
    now = clock.now() + later
    return data.fresh(case.case, actor, lead_id, clock.business_day(now, settings.load().zone), now)


def step(actor: Actor, lead_id: int, kind: LeadEventKind, **fields: Any) -> None:
    data.write(steps.advance, actor, lead_id, look(actor, lead_id).version, Step(kind, **fields))


def test_the_story_tells_everything_latest_first(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    step(who.consultant, key, K.TEST_DRIVE, note=f"打 {MOBILE} 联系")
    data.write(details.edit, who.consultant, key, 2, Details(intention_level=IntentionLevel.A))
    data.write(hand_over.hand_over, who.manager, key, 3, who.colleague.user_id)
    step(who.colleague, key, K.LOST, loss_reason_id=reason("price_gap"), competitor="城东店", price_gap=Decimal(2000))
    story = look(who.manager, key).story
    told = [each.kind or each.action for each in story]
    assert told == [K.LOST, "lead.handed_over", "lead.edited", K.TEST_DRIVE, K.FIRST_CONTACT]
    assert story[0].reason == ("价格", "价格不到位")
    assert story[0].reason_en == ("Price", "Price not met")
    assert (story[0].competitor, story[0].price_gap) == ("城东店", Decimal(2000))
    assert story[1].changed == (("consultant", "顾一", "顾二"),)
    assert ("intention_level", None, "A") in story[2].changed
    assert story[3].note == "打 138****8000 联系"


def test_nothing_personal_is_in_a_case(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    step(who.consultant, key, K.ORDER, amount=Decimal(150000))
    step(who.consultant, key, K.DELIVERY, vin=VIN, note=f"车架号 {VIN}")
    shown = look(who.consultant, key)
    assert (shown.customer, shown.mobile, shown.vin) == ("王**", "138****8000", "***********221761")
    for secret in (MOBILE, VIN, "小明"):
        assert secret not in str(shown)


def test_the_steps_offered_are_those_that_may_follow(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    assert K.DELIVERY not in look(who.consultant, key).steps
    step(who.consultant, key, K.ORDER, amount=Decimal(150000))
    assert {K.DELIVERY, K.ORDER_CANCELLED} <= set(look(who.consultant, key).steps)


def test_undo_is_offered_to_who_did_it_for_ten_minutes(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    assert look(who.consultant, key).undo_until is None
    step(who.consultant, key, K.TEST_DRIVE)
    assert look(who.consultant, key).undo_until is not None
    assert look(who.manager, key).undo_until is None
    assert look(who.consultant, key, timedelta(minutes=11)).undo_until is None
    data.write(steps.undo, who.consultant, key, 2)
    shown = look(who.consultant, key)
    assert shown.undo_until is None
    assert [(each.kind, each.undone) for each in shown.story if each.kind] == [
        (K.TEST_DRIVE, True),
        (K.FIRST_CONTACT, False),
    ]


@pytest.mark.parametrize("stranger", ["colleague", "other_consultant", "other_manager"])
def test_a_known_key_shows_nothing_to_a_stranger(store: Database, stranger: str) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    for tried in (key, 999999):
        with pytest.raises(NotFound):
            look(getattr(who, stranger), tried)
    assert look(who.channel_manager, key).lead_no

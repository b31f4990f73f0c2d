"""Handing leads over, on both engines."""

from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import LeadEventKind
from lib import data
from lib.leads import choices, hand_over, steps
from lib.leads.steps import Step
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from tests.db.leads.showroom import VIN, arrive, audit, events, lead, reason
from tests.personas import people

K = LeadEventKind


def test_a_lead_changes_hands_and_its_past_stays_with_who_did_it(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    data.write(hand_over.hand_over, who.manager, key, 1, who.colleague.user_id)
    data.write(steps.advance, who.colleague, key, 2, Step(K.TEST_DRIVE))
    assert [each.consultant_id for each in events(key)] == [who.consultant.user_id, who.colleague.user_id]
    assert (audit()[1].details["giver"], audit()[1].details["taker"]) == ("顾一", "顾二")
    with pytest.raises(NotFound):
        data.write(steps.advance, who.consultant, key, 3, Step(K.TEST_DRIVE))


def test_only_the_open_leads_of_the_leaver_in_the_area_go(store: Database) -> None:
    who = people()
    mine = [arrive(who.consultant, name=name).lead_id for name in ("甲", "乙", "丙")]
    data.write(steps.advance, who.consultant, mine[2], 1, Step(K.LOST, loss_reason_id=reason("no_intent")))
    theirs = arrive(who.other_consultant).lead_id
    assert data.write(hand_over.hand_over_all, who.manager, who.consultant.user_id, who.colleague.user_id) == 2
    assert [lead(key).consultant_id for key in mine] == [who.colleague.user_id] * 2 + [who.consultant.user_id]
    assert lead(theirs).consultant_id == who.other_consultant.user_id
    assert [each.subject_id for each in audit() if each.action == "lead.handed_over"] == mine[:2]
    with pytest.raises(Conflict) as refusal:
        data.write(steps.advance, who.colleague, mine[0], 1, Step(K.TEST_DRIVE))
    assert refusal.value.values["who"] == "经一"


def test_another_stores_manager_takes_nothing(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(NotFound):
        data.write(hand_over.hand_over, who.other_manager, key, 1, who.other_consultant.user_id)
    with pytest.raises(Invalid, match="no open leads"):
        data.write(hand_over.hand_over_all, who.other_manager, who.consultant.user_id, who.other_consultant.user_id)
    assert lead(key).version == 1


def test_the_taker_must_work_where_the_leads_count(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(Invalid, match="顾三"):
        data.write(hand_over.hand_over, who.manager, key, 1, who.branch_consultant.user_id)
    with pytest.raises(Invalid, match="1 of these"):
        data.write(hand_over.hand_over_all, who.manager, who.consultant.user_id, who.branch_consultant.user_id)
    for nobody in (who.specialist, who.other_consultant):
        with pytest.raises(Invalid, match="works in your area"):
            data.write(hand_over.hand_over, who.manager, key, 1, nobody.user_id)


def test_a_closed_lead_stays_and_so_does_one_that_is_there_already(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(Invalid, match="already"):
        data.write(hand_over.hand_over, who.manager, key, 1, who.consultant.user_id)
    data.write(steps.advance, who.consultant, key, 1, Step(K.ORDER, amount=Decimal(1)))
    data.write(steps.advance, who.consultant, key, 2, Step(K.DELIVERY, vin=VIN))
    with pytest.raises(Invalid, match="closed"):
        data.write(hand_over.hand_over, who.manager, key, 3, who.colleague.user_id)


def test_a_consultant_hands_nothing_over(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    with pytest.raises(NotAllowed):
        data.write(hand_over.hand_over, who.consultant, key, 1, who.colleague.user_id)
    with pytest.raises(NotAllowed):
        data.write(hand_over.hand_over_all, who.consultant, who.consultant.user_id, who.colleague.user_id)


def test_who_holds_leads_is_counted_within_the_area(store: Database) -> None:
    who = people()
    arrive(who.consultant)
    arrive(who.consultant, name="乙")
    arrive(who.other_consultant)
    assert [(each.name, each.open_leads) for each in data.read(choices.holders, who.manager.scope)] == [("顾一", 2)]

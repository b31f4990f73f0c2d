"""The reception card, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.tables import Customer
from db.terms import BuyerKind, IntentionLevel, LeadEventKind, LeadSource, LeadStatus, Subject
from lib import clock, data
from lib.leads import cards
from lib.leads.cards import Card
from lib.leads.duplicates import Duplicate
from lib.refusals import Invalid, NotAllowed
from tests.db.leads.showroom import MOBILE, arrive, audit, events, lead
from tests.personas import people


def test_a_card_becomes_an_open_lead_with_its_first_contact(store: Database) -> None:
    who = people()
    with store.reading.connect() as connection:
        before = data.versions(connection)
    added = arrive(
        who.consultant, mobile="138 1234 8000", intention_level=IntentionLevel.A, district="盘龙区",
        buyer_kind=BuyerKind.PERSON, car_model_id=who.models["远途A7"], note="看中白色",
    )  # fmt: skip
    made, (first,) = lead(added.lead_id), events(added.lead_id)
    assert (made.status, made.captured, made.consultant_id) == (LeadStatus.OPEN, True, who.consultant.user_id)
    assert made.channel_id == who.channels["S1"]
    assert made.lead_no == added.lead_no
    assert (first.kind, first.source, first.actor_id) == (
        LeadEventKind.FIRST_CONTACT,
        LeadSource.WALK_IN,
        who.consultant.user_id,
    )
    today = clock.business_day(first.at, data.settings.load().zone)
    assert first.business_on == today
    assert made.next_contact_on == today + timedelta(days=3)
    with store.reading.connect() as connection:
        after = data.versions(connection)
    assert {each for each in Subject if after[each] != before[each]} == {Subject.SALES}
    assert "王小明" not in str(audit())
    assert MOBILE not in str(audit())


def test_a_card_without_a_number_is_a_lead_that_is_not_captured(store: Database) -> None:
    who = people()
    made = lead(arrive(who.consultant, name="", mobile=" ").lead_id)
    assert (made.captured, made.customer_id) == (False, None)


def test_a_landline_or_half_a_number_is_refused_and_nothing_written(store: Database) -> None:
    who = people()
    for wrong in ("0871-63123456", "138123"):
        with pytest.raises(Invalid) as refusal:
            arrive(who.consultant, mobile=wrong)
        assert refusal.value.field == "mobile"
    assert audit() == []


def test_cards_written_at_the_same_moment_get_different_numbers(store: Database) -> None:
    who = people()
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(lambda n: arrive(who.consultant, mobile=f"1381234{n:04}"), range(24)))
    assert len({each.lead_no for each in added}) == 24


def test_a_number_that_a_file_brought_already_is_stepped_around(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = people()
    first = arrive(who.consultant)
    taken = first.lead_no.replace(f"-{first.lead_id}", f"-{first.lead_id + 1}")
    with data.transaction(who.consultant) as change:
        change.session.get_one(cards.Lead, first.lead_id).lead_no = taken
    assert arrive(who.consultant).lead_no == f"{taken}X"


def test_same_number_and_name_is_the_same_customer_and_another_name_is_not(store: Database) -> None:
    who = people()
    one, again = arrive(who.consultant), arrive(who.colleague)
    other = arrive(who.consultant, name="李四")
    assert lead(one.lead_id).customer_id == lead(again.lead_id).customer_id != lead(other.lead_id).customer_id
    with store.reading.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Customer)) == 2


def test_an_open_lead_with_the_number_is_pointed_out_before_saving(store: Database) -> None:
    who = people()
    there = arrive(who.colleague)
    with pytest.raises(Duplicate) as refusal:
        data.write(cards.add, who.consultant, Card(source=LeadSource.CALL, mobile=MOBILE, name="王小明"))
    found = refusal.value.leads[0]
    assert (found.lead_no, found.consultant, found.customer) == (there.lead_no, "顾二", "王**")
    assert "小明" not in str(refusal.value)
    assert data.write(cards.add, who.consultant, Card(source=LeadSource.CALL, mobile=MOBILE, name="王小明"), True)


def test_another_name_under_the_number_is_pointed_out_masked(store: Database) -> None:
    who = people()
    made = arrive(who.consultant)
    with data.transaction(who.consultant) as change:
        change.session.get_one(cards.Lead, made.lead_id).closed_at = change.at
    with pytest.raises(Duplicate) as refusal:
        data.write(cards.add, who.consultant, Card(source=LeadSource.CALL, mobile=MOBILE, name="李四"))
    assert refusal.value.names == ("王**",)


def test_what_another_store_knows_is_not_told(store: Database) -> None:
    who = people()
    arrive(who.other_consultant)
    assert data.write(cards.add, who.consultant, Card(source=LeadSource.CALL, mobile=MOBILE, name="李四"))


def test_a_manager_chooses_the_consultant_and_a_consultant_does_not(store: Database) -> None:
    who = people()
    theirs = lead(arrive(who.manager, consultant_id=who.branch_consultant.user_id).lead_id)
    assert (theirs.consultant_id, theirs.channel_id) == (who.branch_consultant.user_id, who.channels["S1-C1-A1"])
    with pytest.raises(Invalid, match="Only a manager"):
        arrive(who.consultant, consultant_id=who.colleague.user_id)
    for person in (who.other_consultant, who.specialist):
        with pytest.raises(Invalid, match="works in your area"):
            arrive(who.manager, consultant_id=person.user_id)


def test_a_channel_outside_the_consultants_or_the_managers_area_is_refused(store: Database) -> None:
    who = people()
    with pytest.raises(Invalid, match="in which this consultant works"):
        arrive(who.manager, consultant_id=who.branch_consultant.user_id, channel_id=who.channels["S1"])
    with pytest.raises(Invalid, match="in which this consultant works"):
        arrive(who.consultant, channel_id=who.channels["S2"])


@pytest.mark.parametrize("role", ["specialist", "policy_specialist", "channel_manager", "finance", "agent", "admin"])
def test_who_does_not_write_leads_cannot(store: Database, role: str) -> None:
    with pytest.raises(NotAllowed):
        arrive(getattr(people(), role))


@pytest.mark.parametrize("field", [{"car_model_id": 99999}, {"at": "tomorrow"}, {"next_contact_on": "yesterday"}])
def test_nonsense_is_refused(store: Database, field: dict[str, Any]) -> None:
    who, now = people(), clock.now()
    days = {"tomorrow": now + timedelta(days=1), "yesterday": now.date() - timedelta(days=2)}
    with pytest.raises(Invalid) as refusal:
        arrive(who.consultant, **{name: days.get(value, value) for name, value in field.items()})
    assert refusal.value.field in field

"""Correcting what is known about a lead, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import Customer
from db.terms import BuyerKind, IntentionLevel
from lib import clock, data, settings
from lib.access import Actor
from lib.leads import details
from lib.leads.details import Details
from lib.leads.duplicates import Duplicate
from lib.refusals import Conflict, Invalid, NotFound
from tests.db.leads.showroom import MOBILE, arrive, audit, lead
from tests.personas import people

ANOTHER = "13912349001"


def edit(actor: Actor, lead_id: int, known: bool = False, **fields: Any) -> None:
    data.write(details.edit, actor, lead_id, lead(lead_id).version, Details(**fields), known)


def customer(lead_id: int) -> Any:
    with data.database().reading.connect() as connection:
        found = select(*Customer.__table__.columns).where(Customer.id == lead(lead_id).customer_id)
        return connection.execute(found).one()


def test_details_change_and_the_audit_keeps_old_and_new_masked(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    soon = clock.business_day(clock.now(), settings.load().zone) + timedelta(days=9)
    edit(who.consultant, key, intention_level=IntentionLevel.H, next_contact_on=soon, district="西山区",
         buyer_kind=BuyerKind.COMPANY, car_model_id=who.models["星河E"], mobile=ANOTHER)  # fmt: skip
    made = lead(key)
    assert (made.intention_level, made.next_contact_on, made.district) == (IntentionLevel.H, soon, "西山区")
    assert (customer(key).mobile, customer(key).mobile_tail, customer(key).name) == (ANOTHER, "9001", "王小明")
    changed = audit()[-1].details["changed"]
    assert changed["mobile"] == ["138****8000", "139****9001"]
    assert changed["intention_level"] == [None, "H"]
    assert "name" not in changed
    assert ANOTHER not in str(audit())


def test_a_customer_that_others_share_is_left_as_it_is(store: Database) -> None:
    who = people()
    one, two = arrive(who.consultant).lead_id, arrive(who.colleague).lead_id
    edit(who.consultant, one, name="王晓明", mobile=ANOTHER)
    assert (customer(two).name, customer(two).mobile) == ("王小明", MOBILE)
    assert (customer(one).name, customer(one).mobile) == ("王晓明", ANOTHER)


def test_a_correction_to_someone_known_joins_them(store: Database) -> None:
    who = people()
    one, two = arrive(who.consultant).lead_id, arrive(who.colleague, name="李四", mobile=ANOTHER).lead_id
    edit(who.colleague, two, known=True, name="王小明", mobile=MOBILE)
    assert lead(one).customer_id == lead(two).customer_id


def test_a_lead_without_a_number_is_captured_once_it_has_one(store: Database) -> None:
    who = people()
    key = arrive(who.consultant, mobile="").lead_id
    assert not lead(key).captured
    edit(who.consultant, key, mobile=MOBILE)
    assert lead(key).captured


def test_a_new_number_that_has_an_open_lead_is_pointed_out(store: Database) -> None:
    who = people()
    arrive(who.colleague, mobile=ANOTHER)
    key = arrive(who.consultant).lead_id
    with pytest.raises(Duplicate):
        edit(who.consultant, key, mobile=ANOTHER)
    edit(who.consultant, key, known=True, mobile=ANOTHER)


def test_saving_what_is_there_already_is_no_duplicate_of_itself(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    edit(who.consultant, key, mobile=MOBILE, name="王小明")
    assert audit()[-1].details["changed"].keys() <= {"next_contact_on"}


def test_a_stale_or_foreign_or_wrong_correction_is_refused(store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    edit(who.manager, key, district="五华区")
    with pytest.raises(Conflict):
        data.write(details.edit, who.consultant, key, 1, Details(district="x"))
    with pytest.raises(NotFound):
        edit(who.other_manager, key, district="x")
    with pytest.raises(Invalid):
        edit(who.consultant, key, mobile="0871-63123456")
    assert lead(key).district == "五华区"

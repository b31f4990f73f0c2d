"""Personal data in full: for whom, why, and never without a trace."""

from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session as Transaction

from db.engine import Database
from db.tables import AuditEntry, Customer, Lead, Renewal, Vehicle
from db.terms import LeadSource, RenewalType
from lib import data, reveals
from lib.access import Actor
from lib.refusals import Invalid, NotAllowed, NotFound
from lib.reveals import Act, Kind
from tests.personas import Personas, people

MOBILE, NAME = "13812348000", "张三丰"


def lead_of(personas: Personas, consultant: Actor, code: str = "S1") -> int:
    store = data.database()
    with store.turn(), Transaction(store.writing) as transaction, transaction.begin():
        for name, mobile in (("李四", "13900000000"), (NAME, MOBILE)):  # the first must not be shown
            row = insert(Customer).values(name=name, mobile=mobile).returning(Customer.id)
            customer = transaction.scalars(row).one()
        row = insert(Lead).values(
            lead_no=f"L-{consultant.username}", channel_id=personas.channels[code], consultant_id=consultant.user_id,
            source=LeadSource.WALK_IN, customer_id=customer,
        )  # fmt: skip
        return transaction.scalars(row.returning(Lead.id)).one()


def renewal_of(personas: Personas, owner: Actor | None) -> int:
    store = data.database()
    with store.turn(), Transaction(store.writing) as transaction, transaction.begin():
        customer = transaction.scalars(insert(Customer).values(name=NAME, mobile=MOBILE).returning(Customer.id)).one()
        car = insert(Vehicle).values(vin="LSVAA4182E2184847", plate="云A12345", customer_id=customer)
        vehicle = transaction.scalars(car.returning(Vehicle.id)).one()
        row = insert(Renewal).values(
            vehicle_id=vehicle, channel_id=personas.channels["S1"], due_on=date(2026, 12, 1),
            type=RenewalType.FIRST, owner_id=owner and owner.user_id,
        )  # fmt: skip
        return transaction.scalars(row.returning(Renewal.id)).one()


def test_on_the_own_case_the_act_is_the_reason(store: Database) -> None:
    personas = people()
    lead = lead_of(personas, personas.consultant)
    shown = data.write(reveals.reveal, personas.consultant, Kind.LEAD, lead, Act.CALL)
    assert (shown.name, shown.mobile) == (NAME, MOBILE)
    renewal = renewal_of(personas, personas.specialist)
    shown = data.write(reveals.reveal, personas.specialist, Kind.RENEWAL, renewal, Act.COPY_SMS)
    assert (shown.mobile, shown.plate) == (MOBILE, "云A12345")


def test_every_reveal_leaves_a_masked_trace(store: Database) -> None:
    personas = people()
    lead = lead_of(personas, personas.consultant)
    data.write(reveals.reveal, personas.manager, Kind.LEAD, lead, "客户投诉，回电 13812348000")
    with store.reading.connect() as connection:
        entry = connection.execute(select(AuditEntry).where(AuditEntry.action == "revealed")).one()
    assert (entry.actor_name, entry.subject, entry.subject_id) == ("manager", "leads", lead)
    assert MOBILE not in str(entry.details)
    assert NAME not in str(entry.details)
    assert "客户投诉" in str(entry.details)


@pytest.mark.parametrize("why", [Act.CALL, "", "   ", "abc"])
def test_elsewhere_a_manager_writes_a_reason(store: Database, why: Act | str) -> None:
    personas = people()
    lead = lead_of(personas, personas.consultant)
    with pytest.raises(Invalid):
        data.write(reveals.reveal, personas.manager, Kind.LEAD, lead, why)


@pytest.mark.parametrize("username", ["colleague", "other_manager", "specialist", "policy_specialist"])
def test_others_find_no_such_case(store: Database, username: str) -> None:
    personas = people()
    lead = lead_of(personas, personas.consultant)
    with pytest.raises(NotFound):
        data.write(reveals.reveal, personas.actors[username], Kind.LEAD, lead, "a good reason")


@pytest.mark.parametrize("username", ["admin", "finance", "channel_manager", "agent"])
def test_some_roles_never_see_personal_data(store: Database, username: str) -> None:
    personas = people()
    lead = lead_of(personas, personas.consultant)
    with pytest.raises(NotAllowed):
        data.write(reveals.reveal, personas.actors[username], Kind.LEAD, lead, "a good reason")


def test_an_unassigned_renewal_is_taken_on_first(store: Database) -> None:
    personas = people()
    renewal = renewal_of(personas, None)
    with pytest.raises(NotFound):
        data.write(reveals.reveal, personas.specialist, Kind.RENEWAL, renewal, Act.CALL)

"""May this customer get an SMS: consent with its time and how, refusals by number (domain.md B4)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from db.queries import audit
from db.tables import Customer, OptOut
from db.terms import Subject
from lib import masking
from lib.access import Actor, Permission
from lib.data import Change, command
from lib.refusals import N_, Invalid, NotFound
from lib.renewals.reaching import reach
from lib.renewals.writing import Case, claimed

AGREED, OPTED_OUT = "renewal.consent", "renewal.opt_out"  # as the audit trail names them
SPOKEN = "spoken"  # said on the phone, noted by whoever heard it
NO_MOBILE = N_("This customer has no mobile number.")


def require(source: Session | Connection, customer_id: int | None) -> None:
    """Refuse an SMS without a number, without consent, or after the number opted out."""
    wanted = select(Customer.mobile, Customer.sms_consent, OptOut.at).outerjoin(
        OptOut, OptOut.mobile == Customer.mobile
    )
    customer = source.execute(wanted.where(Customer.id == (customer_id or 0))).first()
    if customer is None or customer.mobile is None:
        raise Invalid(NO_MOBILE, field="method")
    if customer.at is not None:
        raise Invalid(N_("This number asked for no more SMS. Call instead."), field="method")
    if not customer.sms_consent:
        raise Invalid(
            N_("The customer has not agreed to SMS. Ask on a call and note it with one click."), field="method"
        )


@dataclass(frozen=True)
class Word:
    """What a customer said about SMS, noted in a case: the action as the audit trail names it, when, by whom."""

    at: datetime
    action: str
    who: str


def of_case(connection: Connection, actor: Actor, renewal_id: int) -> tuple[Word, ...]:
    """What was noted in a case within the actor's own reach."""
    reach(connection, actor, renewal_id)
    rows = connection.execute(audit.told_of("renewals", renewal_id, AGREED, OPTED_OUT))
    return tuple(Word(**row._mapping) for row in rows)


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def agree(change: Change, renewal_id: int, seen: int) -> None:
    """Note that the customer agreed to SMS on a call."""
    case = claimed(change, renewal_id, seen)
    customer = _customer(change, case)
    values = {"sms_consent": True, "consent_at": change.at, "consent_how": SPOKEN, "version": customer.version + 1}
    change.session.execute(update(Customer).where(Customer.id == customer.id).values(values))
    _record(change, case, AGREED, customer)


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def opt_out(change: Change, renewal_id: int, seen: int) -> None:
    """Note that the customer's number wants no more SMS. It holds for the number, whoever else has it."""
    case = claimed(change, renewal_id, seen)
    customer = _customer(change, case)
    if change.session.scalar(select(OptOut.mobile).where(OptOut.mobile == customer.mobile)) is None:
        change.session.execute(insert(OptOut).values(mobile=customer.mobile, at=change.at, how=SPOKEN))
    _record(change, case, OPTED_OUT, customer)


def _customer(change: Change, case: Case) -> Customer:
    customer = change.session.get(Customer, case.customer_id or 0)
    if customer is None:
        raise NotFound
    if customer.mobile is None:
        raise Invalid(NO_MOBILE)
    return customer


def _record(change: Change, case: Case, action: str, customer: Customer) -> None:
    change.record(action, "renewals", case.id, case.channel_id, mobile=masking.mobile(customer.mobile), how=SPOKEN)

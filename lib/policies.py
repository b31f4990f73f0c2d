"""Registering policies by form (N9): the same facts as the import brings, settled in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from db.tables import Policy
from db.terms import BusinessType, Origin, PolicyLine, RenewalEventKind, RenewalStatus, Subject
from lib import identifiers
from lib.access import Permission
from lib.clock import business_day
from lib.data import Change, command
from lib.periods import Period
from lib.refusals import N_, Invalid
from lib.renewals.course import OPEN
from lib.renewals.facts import EventFact
from lib.renewals.windows import RECOVER_AFTER, RENEW_AFTER, RENEW_BEFORE
from lib.renewals.writing import Case, claimed, settle_vehicle

HIGHEST_PREMIUM = Decimal(1_000_000)
LONGEST = timedelta(days=366 * 5)
TAKEN = N_("This policy number is registered already.")


@dataclass(frozen=True)
class Contract:
    """A policy as it was typed; `issued_at` is now unless told."""

    insurer: str
    policy_no: str
    line: PolicyLine
    starts_on: date | None
    expires_on: date | None
    premium: Decimal | None
    vehicle_tax: Decimal | None = None
    issued_at: datetime | None = None
    business_type: BusinessType = BusinessType.RENEWAL


@command(Permission.POLICY_REGISTER, Subject.POLICIES, Subject.RENEWALS)
def register(change: Change, renewal_id: int, seen: int, contracts: tuple[Contract, ...]) -> None:
    """Register the policies that renew a case of one's own, or an unassigned one. What becomes of it the rule says.

    Errors: `Invalid` names the field that contradicts itself, another policy or the case; `NotFound`; `Conflict`.
    """
    case = claimed(change, renewal_id, seen)
    if not contracts:
        raise Invalid(N_("Enter at least one policy."))
    span = renewing_span(case.due_on, change.today, case.status)
    for typed in contracts:
        check(typed, change.at)
        if typed.starts_on is None or not span.first <= typed.starts_on <= span.last:
            raise Invalid(
                N_("A policy that renews this case starts between {first} and {last}. Check the dates."),
                field="starts_on", first=span.first.isoformat(), last=span.last.isoformat(),
            )  # fmt: skip
        _insert(change, case, typed)
    settle_vehicle(change, case.vehicle_id, *_taken(change, case), held=case.id)
    lines = [typed.line for typed in contracts]
    numbers = [typed.policy_no for typed in contracts]
    change.record(
        "policy.registered", "renewals", case.id, case.channel_id, lines=[*map(str, lines)], policy_no=numbers
    )


def renewing_span(due_on: date, today: date, status: RenewalStatus) -> Period:
    """When a policy starts that renews a case, or wins back one that has lapsed (model.md, "Renewals")."""
    lapsed = due_on < today and status in (*OPEN, RenewalStatus.RECOVERED)
    return Period(
        due_on - timedelta(days=RENEW_BEFORE), due_on + timedelta(days=RECOVER_AFTER if lapsed else RENEW_AFTER)
    )


def _taken(change: Change, case: Case) -> tuple[EventFact, ...]:
    """Whoever renews a case that nobody has, and works the queue, has it."""
    own = change.actor.own_scope.owner_id
    if case.owner_id is not None or own is None or not change.actor.may(Permission.RENEWAL_WRITE):
        return ()
    event = EventFact(
        RenewalEventKind.ASSIGNED, change.at, Origin.APP, renewal_id=case.id, actor_id=own, specialist_id=own
    )
    return (event,)


def check(typed: Contract, now: datetime) -> None:
    """Refuse what cannot be true of one policy."""
    if identifiers.folded(typed.insurer) is None:
        raise Invalid(N_("Enter the insurer."), field="insurer")
    if identifiers.policy_number(typed.policy_no) is None:
        raise Invalid(N_("Enter the policy number."), field="policy_no")
    if typed.starts_on is None or typed.expires_on is None:
        raise Invalid(N_("Enter when the policy starts and expires."), field="starts_on")
    if typed.expires_on < typed.starts_on:
        raise Invalid(N_("The expiry is before its start."), field="expires_on")
    if typed.expires_on - typed.starts_on > LONGEST:
        raise Invalid(N_("A policy runs at most five years. Check the dates."), field="expires_on")
    if typed.premium is None or not 0 <= typed.premium <= HIGHEST_PREMIUM:
        raise Invalid(N_("Enter the premium in yuan, from 0 to 1,000,000."), field="premium")
    if typed.vehicle_tax is not None and not 0 <= typed.vehicle_tax <= HIGHEST_PREMIUM:
        raise Invalid(N_("Enter the vehicle tax in yuan, from 0 to 1,000,000."), field="vehicle_tax")
    if typed.issued_at is not None and typed.issued_at > now:
        raise Invalid(N_("The policy cannot be issued in the future."), field="issued_at")


def _insert(change: Change, case: Case, typed: Contract) -> None:
    insurer, number = identifiers.folded(typed.insurer) or "", identifiers.policy_number(typed.policy_no) or ""
    taken = select(Policy.id).where(Policy.insurer == insurer, Policy.policy_no == number)
    if change.session.scalar(taken) is not None:
        raise Invalid(TAKEN, field="policy_no")
    issued_at = typed.issued_at or change.at
    row = insert(Policy).values(
        insurer=insurer, policy_no=number, line=typed.line, business_type=typed.business_type,
        vehicle_id=case.vehicle_id, customer_id=case.customer_id,
        issued_at=issued_at, issued_on=business_day(issued_at, change.zone), registered_at=change.at,
        starts_on=typed.starts_on, expires_on=typed.expires_on, premium_amount=typed.premium,
        vehicle_tax_amount=typed.vehicle_tax, issuer_id=change.actor.user_id, channel_id=case.channel_id,
        origin=Origin.APP,
    )  # fmt: skip
    try:
        with change.session.begin_nested():
            change.session.execute(row)
    except IntegrityError as error:  # someone registered it a moment ago
        raise Invalid(TAKEN, field="policy_no") from error

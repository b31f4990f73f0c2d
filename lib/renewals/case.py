"""One renewal with its car, customer, policies and story, as a case shows it: masked, with what may be done next."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping

from db.queries import renewal_cases as queries
from db.queries.channels import bounds
from db.queries.renewals import last_step
from db.terms import (
    ContactMethod,
    ContactOutcome,
    NextAction,
    Origin,
    PolicyLine,
    PolicyStatus,
    RenewalEventKind,
    RenewalStatus,
    RenewalType,
    Stage,
    Subject,
    Tier,
)
from lib import masking
from lib.access import Actor, Permission, Scope
from lib.data import reads
from lib.refusals import NotFound
from lib.renewals import undoing
from lib.renewals.allowed import Act, acts
from lib.renewals.reaching import asked, sought
from lib.renewals.scripts import stage


@dataclass(frozen=True)
class Contract:
    """One policy of the case: it expires into it, or renewed it."""

    line: PolicyLine
    insurer: str
    policy_no: str
    status: PolicyStatus
    starts_on: date
    expires_on: date
    premium_amount: Decimal
    vehicle_tax_amount: Decimal | None
    renewing: bool


@dataclass(frozen=True)
class Entry:
    """One line of the story. `to` is who was given the case; `undone`: it counts no more."""

    kind: RenewalEventKind
    at: datetime
    who: str | None
    to: str | None
    method: ContactMethod | None
    outcome: ContactOutcome | None
    note: str | None
    callback_on: date | None
    appointment_at: datetime | None
    call_due_on: date | None
    quote_amount: Decimal | None
    competitor: str | None
    price_gap_amount: Decimal | None
    countermeasure: str | None
    reason: tuple[str, str] | None
    reason_en: tuple[str, str] | None
    origin: Origin
    undone: bool


@dataclass(frozen=True)
class Case:
    """A renewal as it is worked on. Name, mobile, plate and VIN are masked; `version` is what a command is given."""

    id: int
    version: int
    status: RenewalStatus
    type: RenewalType
    stage: Stage
    due_on: date
    days_left: int
    next_action: NextAction | None
    next_action_on: date | None
    call_due_on: date | None
    call_days_left: int | None
    partly_renewed: bool
    missing_lines: tuple[PolicyLine, ...]
    owner_id: int | None
    owner: str | None
    channel: str
    plate: str | None
    vin: str | None
    car_model: str | None
    first_registered_on: date | None
    claims: int | None
    no_claim_coefficient: Decimal | None
    customer: str | None
    mobile: str | None
    tier: Tier | None
    sms_consent: bool | None
    consent_at: datetime | None
    opted_out_at: datetime | None
    insurer: str | None
    expiring: tuple[Contract, ...]
    renewing: tuple[Contract, ...]
    last_premium: Decimal | None
    quote_amount: Decimal | None
    void_reason: str | None
    loss_reason: str | None
    loss_reason_en: str | None
    acts: frozenset[Act]
    undo_until: datetime | None
    last_kind: RenewalEventKind | None
    story: tuple[Entry, ...]


def case(connection: Connection, actor: Actor, renewal_id: int, today: date, now: datetime) -> Case:
    """One renewal within the actor's own reach; `NotFound` for any other, whether it exists or not."""
    values = sought(actor, renewal_id)
    row = connection.execute(queries.one(*asked(actor)), values).mappings().first()
    if row is None:
        raise NotFound
    contracts = [_contract(each) for each in connection.execute(queries.policies(), values).mappings()]
    expiring = tuple(each for each in contracts if not each.renewing)
    renewing = tuple(each for each in contracts if each.renewing)
    last = connection.execute(last_step(), values).first()
    undo_until = undoing.until(last, actor.user_id, now)
    call_due_on = row["call_due_on"]
    as_read = {name: row[name] for name in Case.__dataclass_fields__ if name in row}
    return Case(
        **as_read
        | {
            "plate": masking.plate(row["plate"]), "vin": masking.vin(row["vin"]),
            "customer": masking.name(row["customer"]), "mobile": masking.mobile(row["mobile"]),
            "void_reason": masking.text(row["void_reason"]),
        },
        stage=stage(row["due_on"], today),
        days_left=(row["due_on"] - today).days,
        call_days_left=None if call_due_on is None else (call_due_on - today).days,
        missing_lines=_missing(expiring, renewing) if row["partly_renewed"] else (),
        expiring=expiring,
        renewing=renewing,
        last_premium=sum((each.premium_amount for each in expiring), Decimal()) if expiring else None,
        acts=_acts(actor, row),
        undo_until=undo_until,
        last_kind=last.kind if last is not None and undo_until else None,
        story=tuple(_entry(each) for each in connection.execute(queries.story(), values).mappings()),
    )  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """Somebody who comes to the store; masked."""

    at: datetime
    renewal_id: int
    status: RenewalStatus
    due_on: date
    plate: str | None
    car_model: str | None
    customer: str | None
    mobile: str | None
    owner: str | None
    insurer: str | None
    note: str | None


@reads(Subject.RENEWALS, Subject.CHANNELS, Subject.PEOPLE)
def visits(connection: Connection, scope: Scope, first: datetime, before: datetime) -> tuple[Visit, ...]:
    """The day list: who promised to come between two moments, in the order of the hour."""
    asked_for = queries.appointments(scope.path is not None, scope.owner_id is not None)
    values = {"first": first, "before": before, "owner": scope.owner_id} | bounds(scope.path)
    found = connection.execute(asked_for, values).mappings()
    return tuple(
        Visit(
            row["appointment_at"], row["id"], row["status"], row["due_on"], masking.plate(row["plate"]),
            row["car_model"], masking.name(row["customer"]), masking.mobile(row["mobile"]), row["owner"],
            row["insurer"], masking.text(row["note"]),
        )
        for row in found
    )  # fmt: skip


@reads(Subject.SETTINGS)
def scripts(connection: Connection) -> dict[Stage, tuple[str, str]]:
    """What to say in each stage, in Chinese and in English (R3)."""
    found = connection.execute(queries.scripts())
    return {row.stage: (row.body, row.body_en) for row in found}


def _acts(actor: Actor, row: RowMapping) -> frozenset[Act]:
    if not actor.may(Permission.RENEWAL_WRITE):
        return frozenset()
    allowed = acts(row["status"], row["partly_renewed"])
    only_managers = row["status"] is RenewalStatus.RENEWED and not actor.may(Permission.RENEWAL_ASSIGN)
    return allowed - {Act.REOPEN} if only_managers else allowed


def _contract(row: RowMapping) -> Contract:
    return Contract(**{name: row[name] for name in Contract.__dataclass_fields__})


def _missing(expiring: tuple[Contract, ...], renewing: tuple[Contract, ...]) -> tuple[PolicyLine, ...]:
    renewed = {each.line for each in renewing}
    return tuple(dict.fromkeys(each.line for each in expiring if each.line not in renewed))


def _entry(row: RowMapping) -> Entry:
    own = ("note", "countermeasure", "competitor", "reason", "reason_en")
    values = {name: row[name] for name in Entry.__dataclass_fields__ if name in row and name not in own}
    return Entry(
        **values,
        note=masking.text(row["note"]),
        countermeasure=masking.text(row["countermeasure"]),
        competitor=masking.text(row["competitor"]),
        who=row["actor"] or row["specialist"],
        to=row["specialist"] if row["kind"] is RenewalEventKind.ASSIGNED else None,
        reason=(row["group"], row["reason"]) if row["reason"] else None,
        reason_en=(row["group_en"], row["reason_en"]) if row["reason"] else None,
        undone=row["superseded_at"] is not None,
    )

"""Messages as screens show them: masked, with what may be done next."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping

from db.queries import messages as queries
from db.terms import MessageKind, MessageStatus, Subject
from lib import masking
from lib.access import Actor, Scope
from lib.data import reads
from lib.messages import texts, writing
from lib.messages.hours import hours
from lib.messages.outbox import IN_FLIGHT
from lib.refusals import Invalid, NotFound
from lib.renewals import consents
from lib.renewals.reaching import reach

PAGE = 50
TO_DO = (MessageStatus.BY_HAND, MessageStatus.FAILED, MessageStatus.SENDING)
COUNTED = (*TO_DO, MessageStatus.WAITING)


@dataclass(frozen=True)
class Sms:
    """One message; name, plate and mobile masked, in its text as well."""

    id: int
    renewal_id: int
    kind: MessageKind
    template: str
    status: MessageStatus
    unclear: bool
    attempts: int
    next_attempt_at: datetime | None
    gateway: str
    error: str | None
    created_at: datetime
    sent_at: datetime | None
    author: str | None
    owner_id: int | None
    customer: str | None
    mobile: str | None
    text: str
    segments: int
    version: int

    @property
    def needs_person(self) -> bool:
        """Whether it goes no further by itself."""
        return self.unclear or self.status in (MessageStatus.BY_HAND, MessageStatus.FAILED)


@dataclass(frozen=True)
class Preview:
    """What would be sent, masked; `length` and `segments` are those of the real text."""

    text: str
    length: int
    segments: int
    mobile: str | None


def of_case(connection: Connection, actor: Actor, renewal_id: int, now: datetime) -> tuple[Sms, ...]:
    """The messages of a case within the actor's own reach, the latest first."""
    reach(connection, actor, renewal_id)
    return tuple(_sms(row, now) for row in connection.execute(queries.of_renewal(renewal_id)).mappings())


def outbox(
    connection: Connection, scope: Scope, statuses: tuple[MessageStatus, ...], before: int | None, now: datetime
) -> tuple[Sms, ...]:
    """A page of the outbox, the latest first."""
    found = queries.outbox(scope.path, scope.owner_id, statuses, before, PAGE)
    return tuple(_sms(row, now) for row in connection.execute(found).mappings())


@reads(Subject.MESSAGES, Subject.CHANNELS, Subject.RENEWALS)
def counts(connection: Connection, scope: Scope) -> dict[MessageStatus, int]:
    """How many messages are not through yet, by state."""
    found = {
        row.status: row.messages for row in connection.execute(queries.counts(scope.path, scope.owner_id, COUNTED))
    }
    return {status: found.get(status, 0) for status in COUNTED}


def preview(
    connection: Connection, actor: Actor, renewal_id: int, kind: MessageKind, template_id: int | None,
    quote_id: int | None, amount: Decimal | None,
) -> Preview:  # fmt: skip
    """The message that these choices give. `Invalid` where one is missing."""
    made = writing.draft(connection, actor, renewal_id, kind, template_id, quote_id, amount)
    to = made.recipient
    real = made.text(to.customer, to.plate)
    masked = made.text(masking.name(to.customer), masking.plate(to.plate))
    return Preview(masked, texts.length(real), texts.segments(real), masking.mobile(to.mobile))


def held_back(connection: Connection, actor: Actor, renewal_id: int, now: datetime) -> Invalid | None:
    """Why no SMS may go to a case's customer now, as the command would say it; `None` when one may."""
    scope = actor.own_scope
    found = connection.execute(queries.recipient(renewal_id, scope.path, scope.owner_id)).first()
    if found is None:
        raise NotFound
    try:
        consents.require(connection, found.customer_id)
        hours(connection).require(now)
    except Invalid as refused:
        return refused
    return None


def _sms(row: RowMapping, now: datetime) -> Sms:
    values = row["variables"] | writing.personal(row["customer"], row["plate"])
    masked = row["variables"] | writing.personal(masking.name(row["customer"]), masking.plate(row["plate"]))
    unclear = row["status"] is MessageStatus.SENDING and (
        row["error"] is not None or row["claimed_at"] is None or row["claimed_at"] < now - IN_FLIGHT
    )
    kept = {name: row[name] for name in Sms.__dataclass_fields__ if name in row}
    return Sms(
        **kept
        | {
            "customer": masking.name(row["customer"]), "mobile": masking.mobile(row["mobile"]), "unclear": unclear,
            "text": texts.framed(row["signature"], row["body"], masked),
            "segments": texts.segments(texts.framed(row["signature"], row["body"], values)),
        }
    )  # fmt: skip

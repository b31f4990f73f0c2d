"""Putting a message into the outbox, inside the change that it belongs to."""

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from db.queries import messages as queries
from db.tables import Message
from db.terms import MessageKind, MessageStatus
from lib import settings
from lib.access import Actor
from lib.data import Change
from lib.messages import texts
from lib.messages.gateways import MANUAL
from lib.refusals import N_, Invalid, NotFound
from lib.words import words


@dataclass(frozen=True)
class Draft:
    """A message before it is written: the text with every value that is not personal, and whom it goes to."""

    recipient: Any
    template_id: int
    name: str
    body: str
    signature: str
    variables: dict[str, str]
    quote_id: int | None = None
    amount: Decimal | None = None

    def text(self, customer: str | None, plate: str | None) -> str:
        """The whole SMS with these personal values (masked ones for a preview)."""
        return texts.framed(self.signature, self.body, self.variables | personal(customer, plate))


def personal(customer: str | None, plate: str | None) -> dict[str, str]:
    """The values that are kept nowhere in the outbox."""
    return {"customer": customer or texts.PERSONAL["customer"], "plate": plate or texts.PERSONAL["plate"]}


def draft(
    source: Connection | Session, actor: Actor, renewal_id: int, kind: MessageKind, template_id: int | None,
    quote_id: int | None = None, amount: Decimal | None = None,
) -> Draft:  # fmt: skip
    """Fill a text for a case of the actor's; a typed amount goes before the saved trial's.

    `Invalid` where something is to be chosen; `NotFound` beyond the actor's reach.
    """
    scope = actor.own_scope
    recipient = source.execute(queries.recipient(renewal_id, scope.path, scope.owner_id)).first()
    if recipient is None:
        raise NotFound
    template = source.execute(queries.template(template_id or 0)).first()
    if template is None or not template.active or template.kind is not kind:
        raise Invalid(N_("Choose a text."), field="template_id")
    store = source.execute(queries.store_name(recipient.path)).scalar_one()
    variables = {"due_on": day(recipient.due_on), "store": store, "specialist": actor.name}
    if quote_id is not None:
        total, told = _of_quote(source, renewal_id, quote_id)
        amount, variables = amount or total, variables | told
    if amount is not None:
        variables["amount"] = texts.yuan(amount)
    signature = settings.load().sms_signature or store[:20]
    return Draft(recipient, template.id, template.name, template.body, signature, variables, quote_id, amount)


def quotes_named(source: Session, made: Draft) -> tuple[int, ...]:
    """The saved trials whose price a text tells: the chosen one, and with all plans those saved beside it."""
    if made.quote_id is None:
        return ()
    if "plans" not in texts.used(made.body):
        return (made.quote_id,)
    return tuple(each.id for each in source.execute(queries.plans_beside(made.quote_id)))


def put(change: Change, made: Draft, event_id: int) -> int:
    """Write the message; it waits for a worker, or for the person where messages go by hand."""
    used = texts.used(made.body)
    by_hand = settings.load().sms_gateway == MANUAL
    values = {
        "public_key": secrets.token_hex(16), "renewal_id": made.recipient.id,
        "customer_id": made.recipient.customer_id, "channel_id": made.recipient.channel_id,
        "template_id": made.template_id, "event_id": event_id, "quote_id": made.quote_id, "signature": made.signature,
        "variables": {name: value for name, value in made.variables.items() if name in used},
        "status": MessageStatus.BY_HAND if by_hand else MessageStatus.WAITING,
        "next_attempt_at": None if by_hand else change.at, "gateway": settings.load().sms_gateway,
        "created_at": change.at, "created_by_id": change.actor.user_id,
    }  # fmt: skip
    return change.session.scalars(insert(Message).values(**values).returning(Message.id)).one()


def day(on: date) -> str:
    """12月3日, as a customer reads it."""
    return f"{on.month}月{on.day}日"


def _of_quote(source: Connection | Session, renewal_id: int, quote_id: int) -> tuple[Decimal, dict[str, str]]:
    """The total of a saved trial, and what a text may say of it and of those saved with it."""
    quote = source.execute(queries.quote(quote_id)).first()
    if quote is None or quote.renewal_id != renewal_id:
        raise Invalid(N_("Choose a saved trial of this case."), field="quote_id")
    chinese = words("zh")
    plans = [
        f"{chinese.term(each.plan)}{texts.yuan(each.total_amount)}元"
        for each in source.execute(queries.plans_beside(quote_id))
    ]
    return quote.total_amount, {"plan": chinese.term(quote.plan), "plans": "、".join(plans)}

"""Cases and messages for the tests of SMS, at an hour when they may go out."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from db.tables import Message, MessageTemplate
from db.terms import ClaimRecord, Cover, MessageKind, Plan, VehicleUse
from lib import clock, data, settings
from lib.access import Actor
from lib.data import Change
from lib.messages import outbox
from lib.messages.outbox import QuoteMessage
from lib.premiums import quotes
from lib.premiums.quotes import Asked
from lib.premiums.trials import Car, Wish
from tests.cases import row, today

CAR = Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.CLEAN_1, Decimal("1.5"))


def asked(*plans: Plan) -> Asked:
    covers = ((Cover.THIRD_PARTY, Decimal(2500)),)
    return Asked(CAR, tuple(Wish(plan, covers, Decimal("0.6"), Decimal("0.85")) for plan in plans), "云南", "人保财险")


def noon(patch: pytest.MonkeyPatch, hour: time = time(12)) -> datetime:
    """Let the clock stand at an hour of the store's today."""
    moment = datetime.combine(today(), hour, settings.load().zone)
    patch.setattr(clock, "now", lambda: moment)
    return moment


def template(kind: MessageKind = MessageKind.QUOTE, place: int = 0) -> int:
    def read(connection: Connection) -> int:
        found = select(MessageTemplate.id).where(MessageTemplate.kind == kind).order_by(MessageTemplate.id)
        return int(connection.scalars(found).all()[place])

    return data.fresh(read)


def send(actor: Actor, renewal_id: int, plan: Plan = Plan.BASIC) -> int:
    """Save a trial and tell it by SMS; the message's key."""
    quote = data.write(quotes.save, actor, renewal_id, asked(plan))[0]
    return data.write(outbox.send_quote, actor, renewal_id, row(renewal_id).version, QuoteMessage(template(), quote))


def message(message_id: int) -> Any:
    def read(connection: Connection) -> Any:
        return connection.execute(select(Message.__table__).where(Message.id == message_id)).one()

    return data.fresh(read)


def change(table: Any, **values: Any) -> None:
    """Set columns of all rows of a table, behind the desk's back."""
    from lib.access import SYSTEM

    with data.transaction(SYSTEM) as running:
        assert isinstance(running, Change)
        running.session.execute(update(table).values(**values))

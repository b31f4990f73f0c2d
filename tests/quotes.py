"""Premium trials saved straight in the tables, for tests of what follows from them."""

from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update

from db.tables import AuthorityRule, Quote, QuoteLine
from db.terms import Cover, Plan
from lib import data
from lib.access import SYSTEM
from tests.personas import Personas


def without_rules() -> None:
    """Let no rule of authority hold, so that any price may be told."""
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(AuthorityRule).values(active=False))


def saved(
    made: Personas, renewal_id: int, pricing: str = "1", total: str = "4000.00", by: str = "specialist",
    covers: tuple[Cover, ...] = (Cover.DAMAGE, Cover.THIRD_PARTY), **inputs: Any,
) -> int:  # fmt: skip
    """A quote of a case with its commercial lines sharing the total; its key."""
    with data.transaction(SYSTEM) as change:
        quote_id = change.session.scalars(
            insert(Quote).values(
                renewal_id=renewal_id, channel_id=made.channels["S1"], plan=Plan.BALANCED, insurer="人保财险",
                made_at=change.at, made_by_id=made.actors[by].user_id, total_amount=Decimal(total), inputs=inputs,
            ).returning(Quote.id)
        ).one()  # fmt: skip
        for position, cover in enumerate(covers):
            change.session.execute(
                insert(QuoteLine).values(
                    quote_id=quote_id, position=position, cover=cover, base_amount=Decimal(total),
                    factors=["1", pricing], rate_row_ids=[], amount=Decimal(total) / len(covers),
                )
            )  # fmt: skip
    return quote_id

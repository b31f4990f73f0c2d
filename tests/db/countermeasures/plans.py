"""Countermeasures for the tests: one as a manager sets it up, with what a test changes about it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from db.tables import LossReason
from db.terms import LossDomain
from lib import data
from lib.countermeasures import reading, writing
from lib.countermeasures.reading import Measure, Sight
from lib.countermeasures.writing import Plan
from tests.cases import today
from tests.db.leads.showroom import reason
from tests.facts import facts
from tests.personas import Personas

RENEWAL, LEAD = LossDomain.RENEWAL, LossDomain.LEAD


def first_level(slug: str, domain: LossDomain = RENEWAL) -> int:
    """The id of a first-level reason."""
    with data.database().reading.connect() as connection:
        found = select(LossReason.id).where(
            LossReason.slug == slug, LossReason.domain == domain, LossReason.parent_id.is_(None)
        )
        return connection.scalars(found).one()


def switch_off(made: Personas, slug: str, domain: LossDomain = RENEWAL) -> None:
    """A second-level reason is no longer offered."""
    with facts(made) as f:
        f.session.execute(update(LossReason).where(LossReason.id == f.reason(domain, slug)).values(active=False))


def plan(made: Personas, **changed: Any) -> Plan:
    """A month of better offers at the store, the specialist's."""
    usual = Plan(
        RENEWAL, reason("price_direct", RENEWAL), made.channels["S1"], "提前两周报底价", made.specialist.user_id,
        today() - timedelta(days=10), today() + timedelta(days=19),
    )  # fmt: skip
    return replace(usual, **changed)


def set_up(made: Personas, by: str = "manager", **changed: Any) -> Measure:
    """A countermeasure as its author sees it."""
    key = data.write(writing.add, made.actors[by], plan(made, **changed))
    return seen(made, key, by)


def seen(made: Personas, measure_id: int, by: str = "manager") -> Measure:
    return data.read(reading.measure, Sight.of(made.actors[by]), measure_id)


def late(made: Personas, **changed: Any) -> Measure:
    """One that was due yesterday."""
    return set_up(made, start_on=today() - timedelta(days=30), due_on=today() - timedelta(days=1), **changed)


def a_day(text: str) -> date:
    return date.fromisoformat(text)

"""Sentences about the nodes of the network themselves, for who edits them."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, union_all, update
from sqlalchemy.sql.dml import Update

from db.queries.channels import within
from db.tables import Channel, Forecast, Lead, LeadEvent, Policy, Renewal, Score, Screen, StockUnit, Target, User
from db.terms import StockStatus

Rows = Select[*tuple[Any, ...]]


def nodes(path: str | None = None) -> Rows:
    """The channels of a subtree, parents before children."""
    columns = (getattr(Channel, column.name) for column in Channel.__table__.columns)
    return select(*columns).where(within(path)).order_by(func.length(Channel.path), Channel.code)


def node(channel_id: int) -> Rows:
    """One channel."""
    return nodes().where(Channel.id == channel_id)


def by_code(code: str) -> Rows:
    return nodes().where(Channel.code == code)


def locked() -> Rows:
    """The stores, held until the transaction ends: one change of the tree's shape after another."""
    return select(Channel.id).where(Channel.parent_id.is_(None)).order_by(Channel.id).with_for_update()


def at_home(channel_id: int) -> Rows:
    """What keeps a node from closing: open leads, people who work there, cars, working nodes straight below."""
    leads = select(func.count()).where(Lead.channel_id == channel_id, Lead.closed_at.is_(None))
    people = select(func.count()).where(User.channel_id == channel_id, User.active)
    cars = select(func.count()).where(StockUnit.channel_id == channel_id, StockUnit.status != StockStatus.GONE)
    below = select(func.count()).where(Channel.parent_id == channel_id, Channel.active)
    return select(
        leads.scalar_subquery().label("leads"), people.scalar_subquery().label("people"),
        cars.scalar_subquery().label("cars"), below.scalar_subquery().label("below"),
    )  # fmt: skip


def moving(path: str) -> Rows:
    """What is at home in a subtree: people, open leads, cars, which go along; open renewals, which stay."""
    inside = select(Channel.id).where(within(path))

    def counted(table: Any, *which: Any) -> Any:
        return select(func.count()).where(table.channel_id.in_(inside), *which).scalar_subquery()

    return select(
        counted(User, User.active).label("people"), counted(Lead, Lead.closed_at.is_(None)).label("leads"),
        counted(StockUnit, StockUnit.status != StockStatus.GONE).label("cars"),
        counted(Renewal, Renewal.closed_at.is_(None)).label("renewals"),
    )  # fmt: skip


def successor(channel_id: int) -> Select[str]:
    """The code under which a moved node goes on."""
    return select(Channel.code).where(Channel.moved_from_id == channel_id)


def told() -> Rows:
    """The keys of channels for which something is counted: their place in the tree is part of figures."""
    return union_all(  # type: ignore[return-value]
        *(select(table.channel_id).distinct() for table in (LeadEvent, Policy, Renewal, Forecast, Score))
    )


def targets_of(channel_id: int) -> Rows:
    return select(Target.id, Target.period).where(Target.channel_id == channel_id)


def carried(old: int, new: int, today: date) -> dict[str, Update]:
    """What goes on under a new key when a node moves, by name: all that is still open."""
    return {
        "leads": update(Lead)
        .where(Lead.channel_id == old, Lead.closed_at.is_(None))
        .values(channel_id=new, version=Lead.version + 1),
        "people": update(User).where(User.channel_id == old).values(channel_id=new, version=User.version + 1),
        "screens": update(Screen).where(Screen.channel_id == old).values(channel_id=new),
        "cars": update(StockUnit)
        .where(StockUnit.channel_id == old, StockUnit.status != StockStatus.GONE)
        .values(channel_id=new),
        "forecasts": update(Forecast)
        .where(Forecast.channel_id == old, Forecast.month > today)
        .values(channel_id=new),
    }  # fmt: skip


def carried_targets(keys: list[int], new: int) -> Update:
    return update(Target).where(Target.id.in_(keys)).values(channel_id=new, version=Target.version + 1)

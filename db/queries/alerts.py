"""Sentences that find what may be wrong in the network (C4, C6). A sale is a delivery."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, literal, null, select, true, type_coerce

from db.queries.channels import at_home, within
from db.tables import AlertSettlement, CarModel, Channel, Customer, Lead, LeadEvent, User
from db.terms import AlertKind, BuyerKind, LeadEventKind

Rows = Select[*tuple[Any, ...]]
SEPARATORS = ("，", ",", "；", ";", "/", " ")
BETWEEN = "、"
E = LeadEvent


def prices(path: str | None, first: date, last: date, band: int) -> Rows:
    """Sales whose price lies further from the guide price than so many per cent of it."""
    apart = func.abs(_whole(Lead.order_price) - _whole(CarModel.guide_price)) * 100
    return _sales(path, first, last).where(
        Lead.order_price.is_not(None), CarModel.guide_price > 0, apart > _whole(CarModel.guide_price) * band
    )


def territories(path: str | None, first: date, last: date) -> Rows:
    """Sales to a district that the node's territory does not name; nothing where either is unknown."""
    listed: ColumnElement[str] = func.trim(Channel.territory)
    for separator in SEPARATORS:
        listed = func.replace(listed, separator, BETWEEN)
    framed = literal(BETWEEN).concat(listed).concat(BETWEEN)
    sought = literal(BETWEEN).concat(func.trim(Lead.district)).concat(BETWEEN)
    return _sales(path, first, last).where(
        func.trim(Channel.territory) != "", func.trim(Lead.district) != "", func.replace(framed, sought, "") == framed
    )


def to_dealers(path: str | None, first: date, last: date) -> Rows:
    """Sales to buyers who sell on."""
    return _sales(path, first, last).where(Lead.buyer_kind == BuyerKind.DEALER)


def repeated(path: str | None, first: date, last: date, cars: int) -> Rows:
    """Sales to buyers who got at least so many cars, wherever in the group they got them: how many is `bought`.

    Of the whole group `bought` is none, as all of a buyer's sales are among the rows.
    """
    lead, event = Lead.__table__.alias("sold"), LeadEvent.__table__.alias("handed")
    handed = and_(
        event.c.lead_id == lead.c.id, event.c.superseded_at.is_(None), event.c.kind == LeadEventKind.DELIVERY,
        event.c.business_on.between(first, last),
    )  # fmt: skip
    if path is None:
        several = select(lead.c.customer_id).join(event, handed).group_by(lead.c.customer_id)
        sales = _sales(path, first, last).add_columns(null().label("bought"))
        return sales.where(Lead.customer_id.in_(several.having(func.count() >= cars)))
    # Of one store's few buyers each is looked up; to sort all sales of the group by buyer would take longer.
    got = select(func.count()).select_from(lead).join(event, handed).where(lead.c.customer_id == Lead.customer_id)
    bought = got.correlate(Lead).scalar_subquery()
    return _sales(path, first, last).add_columns(bought.label("bought")).where(bought >= cars)


def last_seen(path: str | None) -> Rows:
    """The day on which each working node last recorded anything of a lead; none where it never did."""
    day = (
        select(func.max(E.business_on))
        .where(E.channel_id == Channel.id, E.superseded_at.is_(None))
        .correlate(Channel)
        .scalar_subquery()
    )
    return select(Channel.id, Channel.code, Channel.name, Channel.path, day.label("on")).where(
        Channel.active, within(path)
    )


def recorded(
    path: str | None, channel_id: int, kinds: tuple[LeadEventKind, ...], first: date | None, last: date, limit: int
) -> Rows:
    """What one node of a subtree recorded of leads until a day, from a day on if so, the latest first."""
    return (
        select(
            E.id, E.business_on.label("on"), E.kind, Lead.lead_no, Lead.status, Customer.name.label("customer"),
            CarModel.name.label("model"), User.name.label("consultant"),
        )
        .join(Lead, Lead.id == E.lead_id)
        .join(Channel, Channel.id == E.channel_id)
        .join(User, User.id == E.consultant_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .where(
            E.superseded_at.is_(None), E.channel_id == channel_id, within(path), E.kind.in_(kinds),
            E.business_on <= last, true() if first is None else E.business_on >= first,
        )
        .order_by(E.business_on.desc(), E.id.desc())
        .limit(limit)
    )  # fmt: skip


def settlements(path: str | None) -> Rows:
    """How alerts of a subtree were settled, the latest first."""
    return (
        select(
            AlertSettlement.id, AlertSettlement.kind, AlertSettlement.channel_id, AlertSettlement.case,
            AlertSettlement.state, AlertSettlement.note, AlertSettlement.settled_at, AlertSettlement.version,
            User.name.label("settled_by"), Channel.name, Channel.code, Channel.path,
        )
        .join(Channel, Channel.id == AlertSettlement.channel_id)
        .outerjoin(User, User.id == AlertSettlement.settled_by_id)
        .where(within(path))
        .order_by(AlertSettlement.settled_at.desc(), AlertSettlement.id.desc())
    )  # fmt: skip


def settlement(kind: AlertKind, channel_id: int, case: str) -> Rows:
    """How one alert was settled."""
    return select(AlertSettlement.id, AlertSettlement.version).where(
        AlertSettlement.kind == kind, AlertSettlement.channel_id == channel_id, AlertSettlement.case == case
    )


def settled(settlement_id: int) -> Rows:
    """One settlement with its channel's path."""
    return (
        select(
            AlertSettlement.id, AlertSettlement.kind, AlertSettlement.case, AlertSettlement.state, Channel.path,
            AlertSettlement.channel_id,
        )
        .join(Channel, Channel.id == AlertSettlement.channel_id)
        .where(AlertSettlement.id == settlement_id)
    )  # fmt: skip


def channel(channel_id: int) -> Rows:
    return select(Channel.id, Channel.path).where(Channel.id == channel_id)


def _sales(path: str | None, first: date, last: date) -> Rows:
    return (
        select(
            E.channel_id, Channel.code, Channel.name, Channel.path, E.business_on.label("on"), E.lead_id,
            Lead.lead_no, Lead.customer_id, Customer.name.label("customer"), User.name.label("consultant"),
            CarModel.name.label("model"), Lead.order_price.label("price"), CarModel.guide_price, Lead.district,
            Channel.territory, Lead.buyer_kind,
        )
        .join(Lead, Lead.id == E.lead_id)
        .join(Channel, Channel.id == E.channel_id)
        .join(User, User.id == E.consultant_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .where(
            E.superseded_at.is_(None), E.kind == LeadEventKind.DELIVERY, E.business_on.between(first, last),
            at_home(E.channel_id, path),
        )
        .order_by(E.business_on.desc(), E.id.desc())
    )  # fmt: skip


def _whole(column: Any) -> Any:
    """An amount as the whole number that it is stored as, to be multiplied without being scaled again."""
    return type_coerce(column, BigInteger)

"""Sentences by which an import finds what its rows speak of."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select, true

from db.base import Base
from db.tables import (
    AuthorityRule,
    CarModel,
    Channel,
    Customer,
    ImportedRow,
    ImportJob,
    Lead,
    LeadEvent,
    LossReason,
    Policy,
    RateRow,
    Renewal,
    RenewalEvent,
    User,
    Vehicle,
)

Rows = Select[*tuple[Any, ...]]


def said(sheet: str, key_digests: Sequence[bytes]) -> Rows:
    """What rows of a sheet said when they were last loaded."""
    return select(ImportedRow.key_digest, ImportedRow.cells).where(
        ImportedRow.sheet == sheet, ImportedRow.key_digest.in_(key_digests)
    )


def channels() -> Rows:
    """The whole network."""
    return select(Channel.__table__)


def users() -> Rows:
    """Everybody."""
    return select(User.id, User.username, User.name, User.role, User.channel_id, User.active, User.version,
                  User.password_hash.is_not(None).label("signs_in"))  # fmt: skip


def car_models() -> Rows:
    """Every model."""
    return select(CarModel.__table__)


def loss_reasons() -> Rows:
    """Both levels of both dictionaries, in their order."""
    return select(LossReason.__table__).order_by(LossReason.position, LossReason.id)


def rows_where(table: type[Base], column: str, values: Sequence[Any]) -> Rows:
    """Rows of a table by the values of one column."""
    return select(table.__table__).where(getattr(table, column).in_(values))


def leads(lead_nos: Sequence[str]) -> Rows:
    """Leads with the car that was sold to them."""
    return (
        select(Lead.__table__, Vehicle.vin)
        .outerjoin(Vehicle, Vehicle.id == Lead.vehicle_id)
        .where(Lead.lead_no.in_(lead_nos))
    )


def lead_events(lead_ids: Sequence[int]) -> Rows:
    """The events of leads that count."""
    return select(LeadEvent.__table__).where(LeadEvent.lead_id.in_(lead_ids), LeadEvent.superseded_at.is_(None))


def past_events(table: type[Base], belongs: str, keys: Sequence[int]) -> Rows:
    """The events of leads or renewals that count no more."""
    stored: Any = table
    return select(table.__table__).where(getattr(table, belongs).in_(keys), stored.superseded_at.is_not(None))


def owners(customer_ids: Sequence[int]) -> Rows:
    """Which leads and cars point at customers: one row each, so that a customer of one alone is told from a shared."""
    leads = select(Lead.customer_id, Lead.id.label("lead_id"), Lead.vehicle_id).where(
        Lead.customer_id.in_(customer_ids)
    )
    cars = select(Policy.customer_id, Policy.id * 0, Policy.vehicle_id).where(Policy.customer_id.in_(customer_ids))
    return leads.union_all(cars)  # type: ignore[return-value]


def customers(ids: Sequence[int]) -> Rows:
    """Customers by key."""
    return select(Customer.__table__).where(Customer.id.in_(ids))


def jobs(user_id: int | None, count: int) -> Rows:
    """The last imports from the screen, newest first: one person's, or everybody's."""
    mine = ImportJob.actor_id == user_id if user_id else true()
    return (
        select(
            ImportJob.id, ImportJob.file_name, func.coalesce(User.name, "").label("actor_name"), ImportJob.state,
            ImportJob.done_rate, ImportJob.report, ImportJob.started_at, ImportJob.finished_at,
        )
        .outerjoin(User, User.id == ImportJob.actor_id)
        .where(mine)
        .order_by(ImportJob.id.desc())
        .limit(count)
    )  # fmt: skip


def cars_with_new_policies(newest: Mapping[str, int]) -> Select[int]:
    """The cars of policies that were added since these were the newest keys."""
    return select(Policy.vehicle_id).where(Policy.id > newest["policies"])


def cars_with_new_renewals(newest: Mapping[str, int]) -> Select[int]:
    """The cars of renewals that were added since."""
    return select(Renewal.vehicle_id).where(Renewal.id > newest["renewals"])


def cars_with_new_events(newest: Mapping[str, int]) -> Select[int]:
    """The cars to whose renewals something happened since."""
    return (
        select(Renewal.vehicle_id)
        .join(RenewalEvent, RenewalEvent.renewal_id == Renewal.id)
        .where(RenewalEvent.id > newest["renewal_events"])
    )


def rate_rows() -> Rows:
    """Every rate row, the oldest first."""
    return select(RateRow.__table__).order_by(RateRow.id)


def authority_rules() -> Rows:
    """Every rule of authority, the oldest first."""
    return select(AuthorityRule.__table__).order_by(AuthorityRule.id)

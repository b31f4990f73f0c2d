"""The audit trail as sentences."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from db.queries.channels import after, below
from db.tables import AuditEntry, AuthorityRule, CarModel, Channel, MessageTemplate, User

NAMED = {
    "authority_rules": AuthorityRule.kind, "car_models": CarModel.name, "channels": Channel.name,
    "message_templates": MessageTemplate.name, "users": User.name,
}  # fmt: skip


def names(table: str, keys: Collection[int]) -> Select[*tuple[Any, ...]]:
    """What rows of a table go by."""
    column = NAMED[table]
    return select(column.class_.id, column.label("name")).where(column.class_.id.in_(keys))


def entries(
    path: str | None, since: datetime, until: datetime, actor_name: str | None, action: str | None,
    subject: str | None, before: tuple[datetime, int] | None, count: int,
) -> Select[*tuple[Any, ...]]:  # fmt: skip
    """The newest entries of a subtree (or all) in a time, before a key, at most `count`."""
    sentence = (
        select(
            AuditEntry.id, AuditEntry.at, AuditEntry.actor_name, AuditEntry.action, AuditEntry.subject,
            AuditEntry.subject_id, AuditEntry.details, Channel.name.label("channel_name"),
        )
        .outerjoin(Channel, Channel.id == AuditEntry.channel_id)
        .where(AuditEntry.at >= since, AuditEntry.at < until)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(count)
    )  # fmt: skip
    for column, wanted in (
        (AuditEntry.actor_name, actor_name), (AuditEntry.action, action), (AuditEntry.subject, subject),
    ):  # fmt: skip
        if wanted is not None:
            sentence = sentence.where(column == wanted)
    if path is not None:
        sentence = sentence.where(below(path, after(path)))
    if before is not None:
        at, key = before
        sentence = sentence.where(or_(AuditEntry.at < at, and_(AuditEntry.at == at, AuditEntry.id < key)))
    return sentence


def told_of(subject: str, key: int, *actions: str) -> Select[*tuple[Any, ...]]:
    """What was done to one record, when and by whom, the newest first; of some actions alone where they are named."""
    sentence = (
        select(AuditEntry.at, AuditEntry.action, func.coalesce(User.name, AuditEntry.actor_name).label("who"))
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject == subject, AuditEntry.subject_id == key)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )
    return sentence.where(AuditEntry.action.in_(actions)) if actions else sentence


def kinds(path: str | None, since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    """Which people, actions and subjects occur in a time."""
    sentence = (
        select(AuditEntry.actor_name, AuditEntry.action, AuditEntry.subject)
        .outerjoin(Channel, Channel.id == AuditEntry.channel_id)
        .where(AuditEntry.at >= since, AuditEntry.at < until)
        .distinct()
    )
    return sentence if path is None else sentence.where(below(path, after(path)))

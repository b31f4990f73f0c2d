"""Reading who acts: one row of a person with the path of their home channel."""

from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select
from sqlalchemy.orm import Session

from db.tables import Channel, User
from lib.access import Actor
from lib.refusals import N_, NotAllowed

ACTIVE = (
    select(
        User.id, User.username, User.name, User.role, User.channel_id, User.language, User.must_change_password,
        Channel.path,
    )
    .outerjoin(Channel, Channel.id == User.channel_id)
    .where(User.id == bindparam("user"), User.active)
)  # fmt: skip


def active_user(user_id: int) -> Select[*tuple[Any, ...]]:
    """The person's row, if they may still act."""
    return ACTIVE.params(user=user_id)


def actor_of(row: Row[*tuple[Any, ...]], session_id: int | None = None) -> Actor:
    """The actor of a row of `active_user`."""
    return Actor(
        name=row.name, user_id=row.id, username=row.username, role=row.role, channel_id=row.channel_id, path=row.path,
        language=row.language, must_change_password=row.must_change_password, session_id=session_id,
    )  # fmt: skip


def refreshed(source: Session | Connection, actor: Actor) -> Actor:
    """The actor as the database has them now; `NotAllowed` if they were disabled. The command line stays itself."""
    if actor.user_id is None:
        return actor
    row = source.execute(ACTIVE, {"user": actor.user_id}).first()
    if row is None:
        raise NotAllowed(N_("Your account is disabled. Ask an administrator."))
    return actor_of(row, actor.session_id)

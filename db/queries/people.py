"""Who works where."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from db.queries.channels import within
from db.tables import Channel, User
from db.terms import Role


def working(
    path: str | None, roles: Sequence[Role], user_id: int | None = None
) -> Select[int, str, Role, int | None, str, str]:
    """The active people of some roles whose home lies in the subtree; one of them if named."""
    found = (
        select(User.id, User.name, User.role, User.channel_id, Channel.path, User.username)
        .outerjoin(Channel, Channel.id == User.channel_id)
        .where(User.active, User.role.in_(roles), within(path))
        .order_by(User.name, User.id)
    )
    return found if user_id is None else found.where(User.id == user_id)

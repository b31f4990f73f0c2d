"""Whether a renewal lies within a person's reach, without holding it: for what is read, or added beside it."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.queries import renewal_cases as queries
from lib.access import Actor
from lib.refusals import NotFound


def reach(source: Session | Connection, actor: Actor, renewal_id: int) -> Any:
    """Its vehicle, channel and owner; `NotFound` beyond the actor's own reach, whether it exists or not."""
    scope = actor.own_scope
    found = source.execute(queries.place(renewal_id, scope.path, scope.owner_id)).first()
    if found is None:
        raise NotFound
    return found

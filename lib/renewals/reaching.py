"""Whether a renewal lies within a person's reach, without holding it: for what is read, or added beside it."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.queries import renewal_cases as queries
from db.queries.channels import bounds
from lib.access import Actor
from lib.refusals import NotFound


def reach(source: Session | Connection, actor: Actor, renewal_id: int) -> Any:
    """Its vehicle, channel and owner; `NotFound` beyond the actor's own reach, whether it exists or not."""
    found = source.execute(queries.place(*asked(actor)), sought(actor, renewal_id)).first()
    if found is None:
        raise NotFound
    return found


def asked(actor: Actor) -> tuple[bool, bool]:
    """What a sentence must ask so that only the actor's own reach is found: the subtree, whose case."""
    scope = actor.own_scope
    return scope.path is not None, scope.owner_id is not None


def sought(actor: Actor, renewal_id: int) -> dict[str, Any]:
    """The values of such a sentence's parameters."""
    scope = actor.own_scope
    return {"sought": renewal_id, "owner": scope.owner_id} | bounds(scope.path)

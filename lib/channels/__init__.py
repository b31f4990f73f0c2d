"""The network: channels by their codes here, one subject of it a module."""

from sqlalchemy import Connection

from db.queries import channels as queries
from lib.access import Scope
from lib.refusals import N_, NotFound


def scope_of(connection: Connection, code: str) -> Scope:
    """A channel's subtree. Errors: `NotFound` if no channel has the code."""
    path = connection.scalar(queries.path_of(code))
    if path is None:
        raise NotFound(N_("There is no channel {code}."), code=code)
    return Scope(path)

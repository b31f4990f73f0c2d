"""Showing personal data in full, for a minute, to someone who says why; every time leaves an audit row (N10).

On one's own case the act is the reason (calling, sending, printing). Elsewhere only managers may, and type one.
"""

from dataclasses import dataclass
from enum import StrEnum

from db.queries import reveals as queries
from db.terms import Role
from lib import data, logs, masking
from lib.access import Actor, Permission
from lib.data import Change
from lib.refusals import N_, Invalid, NotFound

SHOWN_SECONDS = 60
SHORTEST_REASON = 4  # characters


class Kind(StrEnum):
    """What the data belongs to."""

    LEAD = "lead"
    RENEWAL = "renewal"


class Act(StrEnum):
    """What somebody is about to do with it."""

    CALL = "call"  # 打电话
    COPY_SMS = "copy_sms"  # 复制短信
    PRINT = "print"  # 打印


@dataclass(frozen=True)
class Revealed:
    """The values in full. Never cached, never logged."""

    name: str | None
    mobile: str | None
    plate: str | None
    vin: str | None


SENTENCES = {Kind.LEAD: queries.of_lead, Kind.RENEWAL: queries.of_renewal}
TABLES = {Kind.LEAD: "leads", Kind.RENEWAL: "renewals"}


def may_see(actor: Actor, own: bool) -> bool:
    """Whether somebody may see the data of a case within their area: of their own, or as a manager with a reason."""
    return actor.may(Permission.REVEAL) and (own or actor.role in (None, Role.MANAGER))


@data.command(Permission.REVEAL)
def reveal(change: Change, kind: Kind, record_id: int, why: Act | str) -> Revealed:
    """The personal data of a lead's or renewal's customer and car; `why` is an act, or a typed reason.

    `NotFound` outside the person's reach (all but managers: their own cases), `Invalid` where a reason lacks.
    """
    row = change.session.execute(SENTENCES[kind](record_id)).first()
    actor = change.actor
    own = row is not None and actor.user_id is not None and row.owner_id == actor.user_id
    if row is None or not actor.scope.covers(row.path) or not may_see(actor, own):
        raise NotFound
    if not own and (isinstance(why, Act) or len(why.strip()) < SHORTEST_REASON):
        raise Invalid(N_("This is not your own case: write why you need to see it."), field="reason")
    change.record(
        "revealed", TABLES[kind], record_id, row.channel_id, why=why if isinstance(why, Act) else logs.masked(why),
        own=own, name=masking.name(row.name), mobile=masking.mobile(row.mobile),
    )  # fmt: skip
    return Revealed(row.name, row.mobile, row.plate, row.vin)

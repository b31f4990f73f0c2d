"""A number that is known already is pointed out; whether to save all the same is the person's decision."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.queries import customers
from db.queries import leads as queries
from lib import masking
from lib.refusals import N_, Refused


@dataclass(frozen=True)
class OpenLead:
    """An open lead with the same number: who has it, since when. The name is masked."""

    lead_no: str
    consultant: str
    since: datetime
    customer: str | None


class Duplicate(Refused):
    """The number is known; saving once more with the decision to do so saves it."""

    def __init__(self, leads: tuple[OpenLead, ...], names: tuple[str, ...]) -> None:
        self.leads, self.names = leads, names
        if leads:
            first = leads[0]
            super().__init__(
                N_("{consultant} has had an open lead with this number since {since} ({lead_no})."),
                consultant=first.consultant, since=first.since.strftime("%m-%d %H:%M"), lead_no=first.lead_no,
            )  # fmt: skip
        else:
            super().__init__(N_("This number is on file under another name ({names})."), names=", ".join(names))


def refuse_known(
    source: Session | Connection,
    zone: ZoneInfo,
    path: str,
    mobile: str | None,
    name: str | None,
    but: int | None = None,
) -> None:
    """Raise `Duplicate` where the store of this channel path has an open lead, or another name, with the number."""
    if mobile is None:
        return
    store = path[: path.index(".") + 1]
    found = source.execute(queries.open_with_mobile(mobile, store, but))
    leads = tuple(
        OpenLead(row.lead_no, row.consultant, row.since.astimezone(zone), masking.name(row.customer)) for row in found
    )
    names = tuple(masking.name(each) or "" for each in source.scalars(customers.namesakes(mobile, name, store)))
    if leads or (names and name is not None):
        raise Duplicate(leads, names)

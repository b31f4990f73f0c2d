"""The cases behind the numbers of the loss analysis: masked, a page at a time by key."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from db.queries.losses import rows as queries
from db.queries.losses.rows import Went, Which, Within
from db.terms import LossDomain, LossReviewState, RenewalStatus, Subject
from lib import masking
from lib.access import Scope
from lib.data import reads
from lib.loss_reviews.reading import Place, edge
from lib.losses.filters import LossFilters, parameters, shape
from lib.periods import Period

PAGE = 50

__all__ = ["PAGE", "DecidedCase", "DueCase", "Group", "Place", "Went", "Which", "decided_cases", "due_cases"]

Levels = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """The cases of one `person`, `thing` (a model or insurer), `type` (of renewals) or `channel` by its key, or of
    those that have none, or of several by their `keys`; of one domain alone, where it names one: of all of its cases,
    without a grain."""

    grain: str | None
    key: int | str | None
    domain: LossDomain | None = None
    keys: tuple[int | str, ...] = ()

    @property
    def within(self) -> Within | None:
        return None if self.grain is None else Within(self.grain, self.key is not None, bool(self.keys))

    @property
    def values(self) -> dict[str, Any]:
        if self.keys:
            return {"group": self.keys}
        return {} if self.key is None else {"group": self.key}


@dataclass(frozen=True)
class Case:
    """What every row tells of its case. `number` is the lead's, or the plate; `thing` the model, or the insurer."""

    domain: LossDomain
    id: int
    case_id: int
    number: str | None
    customer: str | None
    person: str | None
    thing: str | None
    channel: str
    reason: Levels | None
    reason_en: Levels | None


@dataclass(frozen=True)
class DecidedCase(Case):
    """A lost or won event. `review` is the manager's word on a loss (none: nobody has looked at it)."""

    at: datetime
    lost: bool
    competitor: str | None
    price_gap_amount: Decimal | None
    review: LossReviewState | None

    @property
    def place(self) -> Place:
        """Where the page after this row begins."""
        return self.at, self.domain.value, self.id


@dataclass(frozen=True)
class DueCase(Case):
    """A renewal of a window of due_on."""

    due_on: date
    status: RenewalStatus

    @property
    def place(self) -> tuple[date, int]:
        """Where the page after this row begins."""
        return self.due_on, self.id


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS,
       Subject.COUNTERMEASURES)  # fmt: skip
def decided_cases(
    connection: Connection, scope: Scope, period: Period, filters: LossFilters, which: Which, *,
    group: Group | None = None, after: Place | None = None, limit: int = PAGE,
) -> tuple[DecidedCase, ...]:  # fmt: skip
    """The lost or won cases of a period within the filters, the latest first; `after` is the `place` of the last row
    shown. Give the scope that cases reach (`actor.own_scope`)."""
    found: list[DecidedCase] = []
    within = group and group.within
    for domain in filters.followed:
        if group is not None and group.domain not in (None, domain):
            continue
        values = parameters(scope, period, filters, domain) | {"limit": limit} | (group.values if group else {})
        seen = edge(after, domain)
        if seen is not None:
            values |= {"before_at": seen[0], "before_id": seen[1]}
        sentence = queries.decided(shape(scope, filters, domain), which, seen is not None, within)
        found += map(_decided, connection.execute(sentence, values))
    found.sort(key=lambda each: each.place, reverse=True)
    return tuple(found[:limit])


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def due_cases(
    connection: Connection, scope: Scope, period: Period, filters: LossFilters, went: Went, as_of_day: date, *,
    reasons: tuple[int, ...] | None = None, group: Group | None = None, after: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> tuple[DueCase, ...]:  # fmt: skip
    """The renewals of a window that went so, the earliest due first; `reasons`: those lost for one of them."""
    whole = filters.whole
    values: dict[str, Any] = parameters(scope, period, whole, LossDomain.RENEWAL)
    values |= {"today": as_of_day, "limit": limit, "lost_for": reasons or ()} | (group.values if group else {})
    if after is not None:
        values |= {"after_on": after[0], "after_id": after[1]}
    shaped = shape(scope, whole, LossDomain.RENEWAL)
    sentence = queries.window(shaped, went, reasons is not None, after is not None, group and group.within)
    return tuple(
        DueCase(**_told(row, LossDomain.RENEWAL), due_on=row.due_on, status=row.status)
        for row in connection.execute(sentence, values)
    )


def _decided(row: Row[*tuple[Any, ...]]) -> DecidedCase:
    return DecidedCase(
        **_told(row, LossDomain(row.domain)), at=row.at, lost=bool(row.lost), competitor=masking.text(row.competitor),
        price_gap_amount=row.price_gap_amount, review=row.review,
    )  # fmt: skip


def _told(row: Row[*tuple[Any, ...]], domain: LossDomain) -> dict[str, Any]:
    return {
        "domain": domain, "id": row.id, "case_id": row.case_id,
        "number": masking.plate(row.number) if domain is LossDomain.RENEWAL else row.number,
        "customer": masking.name(row.customer), "person": row.person, "thing": row.thing, "channel": row.channel,
        "reason": None if row.reason is None else (row.group or row.reason, row.reason),
        "reason_en": None if row.reason_en is None else (row.group_en or row.reason_en, row.reason_en),
    }  # fmt: skip

"""Losses to review, page by page, and those that came back with a question; personal values masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from db.queries import loss_reviews as queries
from db.queries.channels import bounds
from db.queries.loss_reviews import Sight
from db.terms import LossDomain, LossReviewState, Subject
from lib import masking
from lib.access import Scope
from lib.data import reads

PAGE = 50
LOOKED_BACK = timedelta(days=90)  # older losses are history: they wait for nobody, unless asked for
RETURNED_SHOWN = 50
SHEET_ROWS = 5000

Place = tuple[datetime, str, int]


@dataclass(frozen=True)
class Review:
    """The word on one loss. `version` is what a command is given."""

    id: int
    version: int
    state: LossReviewState
    question: str | None
    reviewed_by: str | None
    reviewed_at: datetime
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class Loss:
    """One lost event with its case. `number` is the lead's, or the plate."""

    domain: LossDomain
    event_id: int
    case_id: int
    case_version: int
    at: datetime
    loss_reason_id: int
    reason: tuple[str, str]
    reason_en: tuple[str, str]
    competitor: str | None
    price_gap_amount: Decimal | None
    note: str | None
    countermeasure: str | None
    person: str | None
    channel_id: int
    channel: str
    customer: str | None
    number: str | None
    car_model: str | None
    insurer: str | None
    review: Review | None

    @property
    def seen(self) -> "Seen":
        """What a command is told of it."""
        return Seen(self.domain, self.event_id, self.review.version if self.review else None)

    @property
    def place(self) -> Place:
        """Where the page after this row begins."""
        return self.at, self.domain.value, self.event_id


@dataclass(frozen=True)
class Seen:
    """A loss as somebody saw it: its event, and the version of its review (none: nobody had looked at it)."""

    domain: LossDomain
    event_id: int
    version: int | None = None


@dataclass(frozen=True)
class Page:
    """Up to fifty losses, and the place after which the next ones come (`None` at the end)."""

    rows: tuple[Loss, ...]
    following: Place | None = None


@reads(Subject.SALES, Subject.RENEWALS, Subject.COUNTERMEASURES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def page(
    connection: Connection, scope: Scope, domains: tuple[LossDomain, ...], state: LossReviewState | None, since: date,
    before: Place | None = None,
) -> Page:  # fmt: skip
    """Losses since a day whose review stands so (`None`: nobody has looked at them), the latest first."""
    found = _latest(connection, scope, domains, state, since, before, PAGE + 1)
    shown = found[:PAGE]
    return Page(shown, shown[-1].place if len(found) > PAGE else None)


def listed(
    connection: Connection, scope: Scope, domains: tuple[LossDomain, ...], state: LossReviewState | None, since: date
) -> tuple[Loss, ...]:
    """The same in one piece, for a sheet; the latest 5,000. For `data.fresh`."""
    return _latest(connection, scope, domains, state, since, None, SHEET_ROWS)


@reads(Subject.SALES, Subject.RENEWALS, Subject.COUNTERMEASURES, Subject.CHANNELS)
def counts(
    connection: Connection, scope: Scope, domains: tuple[LossDomain, ...], since: date
) -> dict[LossReviewState | None, int]:
    """How many losses since a day stand in each state, and how many nobody has looked at (`None`)."""
    found: dict[LossReviewState | None, int] = dict.fromkeys((None, *LossReviewState), 0)
    for domain in domains:
        sight, values = seen_by(scope, domain)
        for row in connection.execute(queries.counts(sight), values | {"since": since}):
            found[row.state] += row.cases
    return found


@reads(Subject.SALES, Subject.RENEWALS, Subject.COUNTERMEASURES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def returned(connection: Connection, scope: Scope, domain: LossDomain) -> tuple[Loss, ...]:
    """What came back with a question and waits for the one whose case it is, the latest loss first."""
    sight, values = seen_by(scope, domain)
    return tuple(map(_loss, connection.execute(queries.waiting(sight), values | {"size": RETURNED_SHOWN})))


def of_case(connection: Connection, scope: Scope, domain: LossDomain, case_id: int) -> Loss | None:
    """The latest loss of a case that counts, with its review; for `data.fresh`."""
    sight, values = seen_by(scope, domain)
    row = connection.execute(queries.of_case(sight), values | {"case_id": case_id}).first()
    return None if row is None else _loss(row)


def seen_by(scope: Scope, domain: LossDomain) -> tuple[Sight, dict[str, Any]]:
    """Whose losses of a domain a scope sees, and the values of that."""
    owned = scope.owner_id is not None
    return (
        Sight(domain, scope.path is not None, owned),
        {**bounds(scope.path), **({"owner": scope.owner_id} if owned else {})},
    )


def names(losses: Iterable[Loss]) -> tuple[Seen, ...]:
    """What a command is told of several."""
    return tuple(loss.seen for loss in losses)


def _latest(
    connection: Connection, scope: Scope, domains: tuple[LossDomain, ...], state: LossReviewState | None, since: date,
    before: Place | None, limit: int,
) -> tuple[Loss, ...]:  # fmt: skip
    found: list[Loss] = []
    for domain in domains:
        sight, values = seen_by(scope, domain)
        values |= {"since": since, "size": limit}
        if (row := edge(before, domain)) is not None:
            values |= {"before_at": row[0], "before_id": row[1]}
        found += map(_loss, connection.execute(queries.page(sight, state, row is not None), values))
    found.sort(key=lambda loss: loss.place, reverse=True)
    return tuple(found[:limit])


def edge(before: Place | None, domain: LossDomain) -> tuple[datetime, int] | None:
    """The row of a domain before which the page begins: of one moment, the domains follow each other by name."""
    if before is None:
        return None
    at, last, event_id = before
    if domain.value == last:
        return at, event_id
    return (at, _LARGEST) if domain.value < last else (at, 0)


_LARGEST = 2**62


def _loss(row: Row[*tuple[Any, ...]]) -> Loss:
    domain = LossDomain(row.domain)
    return Loss(
        domain, row.event_id, row.case_id, row.case_version, row.at, row.loss_reason_id,
        reason=(row.group or row.reason, row.reason), reason_en=(row.group_en or row.reason_en, row.reason_en),
        competitor=masking.text(row.competitor), price_gap_amount=row.price_gap_amount, note=masking.text(row.note),
        countermeasure=masking.text(row.countermeasure), person=row.person, channel_id=row.channel_id,
        channel=row.channel, customer=masking.name(row.customer),
        number=masking.plate(row.number) if domain is LossDomain.RENEWAL else row.number,
        car_model=row.car_model, insurer=row.insurer, review=_review(row),
    )  # fmt: skip


def _review(row: Row[*tuple[Any, ...]]) -> Review | None:
    if row.review_id is None:
        return None
    return Review(
        row.review_id, row.review_version, row.state, masking.text(row.question), row.reviewed_by, row.reviewed_at,
        masking.text(row.answer), row.answered_by, row.answered_at,
    )  # fmt: skip

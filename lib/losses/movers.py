"""Which person, insurer, model, type, channel or reason moved the loss rate, or the renewal rate, between periods."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum, auto

from sqlalchemy import Connection

from db.terms import LossDomain, RenewalType, Subject
from lib.access import Scope
from lib.data import reads, within
from lib.losses.filters import LossFilters
from lib.losses.influence import Group, Moved, Share, moved, moved_by_shares
from lib.losses.picture import Counted, Grain, Picture, picture
from lib.losses.types import types
from lib.losses.windows import Window, window
from lib.periods import Period


class By(StrEnum):
    """The groups between which a change is shared out."""

    PERSON = auto()
    THING = auto()  # a lead's car model, a renewal's insurer
    TYPE = auto()  # of renewals; all leads stand together
    CHANNEL = auto()
    REASON = auto()


LAPSED, OPEN = "lapsed", "open"
"""Beside the first-level reasons, by the codes of these: what else kept a renewal due from being renewed."""


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.SETTINGS)
def loss_rate_moved(
    connection: Connection, scope: Scope, now: Period, before: Period, filters: LossFilters, by: By
) -> Moved | None:
    """The loss rate's change. Groups: a person's or channel's id, (domain, model id or insurer), a renewal's type (none
    for leads), the code of a first-level reason. Under a reason, competitor or gap: of the share of these losses."""
    pairs = [
        (within(connection, picture, scope, each, filters), within(connection, picture, scope, each, filters.whole))
        for each in (now, before)
    ]
    if by is By.REASON:
        counts = [_by_reason(selected) for selected, _ in pairs]
        wholes = [Share(selected.whole.lost, whole.whole.decided) for selected, whole in pairs]
        return moved_by_shares(counts[0], counts[1], wholes[0], wholes[1])
    if by is By.TYPE:
        shares = [
            _by_type(connection, scope, each, filters, pair) for each, pair in zip((now, before), pairs, strict=True)
        ]
    else:
        shares = [_shares(selected, whole, Grain(by.value)) for selected, whole in pairs]
    return moved(shares[0], shares[1])


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.SETTINGS)
def renewal_rate_moved(
    connection: Connection, scope: Scope, now: Period, before: Period, filters: LossFilters, by: By, as_of_day: date
) -> Moved | None:
    """The renewal rate's change between two windows of due_on that have ended. Groups as of the loss rate; by reason
    what was lost for it, lapsed or is open takes away from the rate."""
    windows = [within(connection, window, scope, each, filters, as_of_day) for each in (now, before)]
    if by is By.REASON:
        wholes = [Share(each.whole.renewed, each.whole.due) for each in windows]
        return moved_by_shares(_not_renewed(windows[0]), _not_renewed(windows[1]), wholes[0], wholes[1], sign=-1)
    shares = [_due(each, by) for each in windows]
    return moved(shares[0], shares[1])


def _shares(selected: Picture, whole: Picture, grain: Grain) -> dict[Group, Share]:
    lost, decided = Counter[Group](), Counter[Group]()
    for row in selected.of(grain):
        lost[_group(row)] += row.lost
    for row in whole.of(grain):
        decided[_group(row)] += row.lost + row.won
    return {group: Share(lost[group], cases) for group, cases in decided.items()}


def _group(row: Counted) -> Group:
    return (row.domain, row.key) if row.grain is Grain.THING else row.key


def _by_type(
    connection: Connection, scope: Scope, period: Period, filters: LossFilters, pair: tuple[Picture, Picture]
) -> Mapping[Group, Share]:
    selected, whole = pair
    lost, decided = (
        types(
            connection,
            scope,
            period,
            each,
        )
        for each in (filters, filters.whole)
    )
    found: dict[Group, Share] = {
        kind: Share(lost.get(kind, Share()).hits, share.cases) for kind, share in decided.items()
    }  # fmt: skip
    leads = Share(selected.in_domain(LossDomain.LEAD).lost, whole.in_domain(LossDomain.LEAD).decided)
    return {None: leads, **found} if leads.cases else found


def _by_reason(view: Picture) -> Counter[Group]:
    counts = Counter[Group]()
    for reason, count in view.by_reason().items():
        counts[reason.group_code] += count
    return counts


def _not_renewed(view: Window) -> Counter[Group]:
    counts = Counter[Group]()
    for reason, count in view.lost_by_reason:
        counts[reason.group_code] += count
    counts[LAPSED] = view.whole.lapsed
    counts[OPEN] = view.whole.open_quoted + view.whole.open_unquoted
    return +counts


def _due(view: Window, by: By) -> dict[Group, Share]:
    found = view.groups[by.value]
    return {_due_group(by, key): Share(went.renewed, went.due) for key, went in found.items()}


def _due_group(by: By, key: int | str | None) -> Group:
    if by is By.THING:
        return (LossDomain.RENEWAL, key)
    return RenewalType(str(key)) if by is By.TYPE else key

"""Whether a countermeasure worked: the share of decided cases lost for its reason, before and after (model.md).

The window after lasts from its start to the day it is due; the one before is of the same length and ends the day before
its start. Cases are counted by the day of their event, in the channel's subtree, narrowed as the countermeasure is.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import countermeasures as queries
from db.terms import LossDomain, Subject
from lib import kpi
from lib.access import Scope
from lib.countermeasures.intervals import wilson
from lib.data import reads
from lib.kpi import Figure
from lib.losses.filters import LossFilters
from lib.losses.picture import Grain, Picture, picture
from lib.periods import Period

LEAST = 30  # decided cases in either window, below which a share says nothing
SLUG = "reason_share"


@dataclass(frozen=True)
class Aim:
    """What a countermeasure is about: a reason of either level, in a subtree (none: everywhere), of whom or what."""

    domain: LossDomain
    loss_reason_id: int
    path: str | None = None
    person_id: int | None = None
    insurer: str | None = None
    car_model_id: int | None = None

    @property
    def filters(self) -> LossFilters:
        return LossFilters(
            domains=(self.domain,), people=(self.person_id,) if self.person_id else (),
            models=(self.car_model_id,) if self.car_model_id else (), insurers=(self.insurer,) if self.insurer else (),
        )  # fmt: skip


@dataclass(frozen=True)
class Share:
    """The reason's losses among the decided cases of a window."""

    period: Period
    lost_for_reason: int
    decided: int

    @property
    def figure(self) -> Figure:
        return kpi.figure(kpi.find(SLUG), self)

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.lost_for_reason, self.decided)


@dataclass(frozen=True)
class Effect:
    """Before and after. While the window after has not ended, `after` holds what came of it so far."""

    before: Share
    after: Share
    ended: bool

    @property
    def enough(self) -> bool:
        return min(self.before.decided, self.after.decided) >= LEAST

    @property
    def apart(self) -> bool:
        """Whether the two intervals have nothing in common: more than chance is likely."""
        before, after = self.before.interval, self.after.interval
        return bool(before and after) and (after[1] < before[0] or before[1] < after[0])  # type: ignore[index]


@reads(
    Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.SETTINGS, Subject.COUNTERMEASURES
)  # fmt: skip
def effect(connection: Connection, aim: Aim, run: Period, today: date) -> Effect:
    """The effect of a countermeasure that runs over these days, as it stands today."""
    meant = frozenset(connection.scalars(queries.meant(aim.loss_reason_id)))

    def share(window: Period) -> Share:
        return _share(window, picture(connection, Scope(aim.path), window, aim.filters), meant)

    return Effect(share(run.previous), share(run), ended=today > run.last)


def _share(window: Period, found: Picture, meant: frozenset[int]) -> Share:
    rows = found.of(Grain.CHANNEL)
    lost = sum(row.lost for row in rows if row.reason is not None and row.reason.id in meant)
    return Share(window, lost, found.whole.decided)

"""Two boards side by side: two consultants in one period, or two periods."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.board import figures
from lib.board.figures import BoardFilters
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period

SLUGS = (
    "first_visits", "captured_visits", "capture_rate", "test_drives", "test_drive_rate", "orders",
    "showroom_close_rate", "deliveries", "lead_losses", "new_car_insurance_rate", "policies_issued", "premium_amount",
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """What stands on one side: whose figures, of when."""

    period: Period
    filters: BoardFilters


@dataclass(frozen=True)
class Line:
    """One figure on both sides. `difference` is left minus right, none where either has no value."""

    slug: str
    left: Figure
    right: Figure

    @property
    def difference(self) -> Decimal | None:
        if self.left.value is None or self.right.value is None:
            return None
        return Decimal(self.left.value) - Decimal(self.right.value)


@reads(Subject.SALES, Subject.POLICIES, Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS)
def comparison(connection: Connection, scope: Scope, left: Side, right: Side, today: date) -> tuple[Line, ...]:
    """The figures of both sides that neither side's filters exclude."""
    boards = [figures.board(connection, scope, side.period, side.filters, as_of_day=today) for side in (left, right)]
    return tuple(
        Line(slug, *(each.figure(slug) for each in boards))
        for slug in SLUGS
        if all(each.follows(kpi.find(slug)) for each in boards)
    )

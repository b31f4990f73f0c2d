"""Twelve months of losses and of channels: through `lib`, and by the bare driver asking the rows alone.

The floor is what counting the rows costs, so that sums which do not help show as such."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

from bench.databases import TODAY
from bench.measure import floor, milliseconds, sentences
from bench.table import Row
from db.engine import Database
from lib import data
from lib.access import Scope
from lib.channels import figures as channel_figures
from lib.channels import months as channel_months
from lib.losses import course, picture, windows
from lib.losses.filters import LossFilters
from lib.losses.months import ending, span
from lib.periods import Period
from lib.summaries import asking
from lib.summaries.asking import Spans

OVER_FLOOR = 1.2
RUNS = 12
SCOPES = {"a store": Scope("1."), "the group": Scope()}
MONTHS = ending(TODAY)
YEAR, EVERYTHING = span(MONTHS), LossFilters()

READS: dict[str, tuple[Callable[..., Any], Callable[[Scope], tuple[Any, ...]]]] = {
    "losses by month and reason": (course.course, lambda scope: (scope, MONTHS, EVERYTHING)),
    "losses by reason and person, model or insurer, channel": (
        picture.picture, lambda scope: (scope, YEAR, EVERYTHING),
    ),
    "where renewals went": (windows.window, lambda scope: (scope, YEAR, EVERYTHING, TODAY)),
    "where renewals went, by month": (windows.months_due, lambda scope: (scope, MONTHS, EVERYTHING, TODAY)),
    "the network's tree": (channel_figures.network, lambda scope: (scope, YEAR)),
    "channels by month": (channel_months.months, lambda scope: (scope, TODAY)),
}  # fmt: skip


def from_the_rows(_connection: Any, _kind: Any, _scope: Scope, period: Period, **_: Any) -> Spans:
    """What the sums are asked when they are not to be asked."""
    return Spans((), (period,))


def rows(engine: str, size: str, store: Database) -> Iterator[tuple[Row, float]]:
    """A row a read and scope, uncached, with its time for the growth from S to L."""
    for name, (fn, arguments) in READS.items():
        for who, scope in SCOPES.items():
            uncached = partial(data.fresh, fn, *arguments(scope))
            with patch.object(asking, "spans", from_the_rows):
                asked = sentences(store, uncached)
            bare, through = floor(store, asked, RUNS), milliseconds(uncached, RUNS)
            yield (
                Row(
                    f"twelve months of {who}: {name}", f"{engine} {size}", f"{through:.1f} ms",
                    f"floor {bare:.1f} ms, x{through / bare:.2f}", f"floor x{OVER_FLOOR}",
                    through <= bare * OVER_FLOOR,
                ),
                through,
            )  # fmt: skip

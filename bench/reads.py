"""The reads of the screens, through `lib` and by the bare driver."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.databases import TODAY
from bench.measure import floor, milliseconds, sentences
from bench.table import Row
from db.engine import Database
from db.queries.losses.rows import Which
from db.terms import LossDomain, Role
from lib import data
from lib.access import Actor, Scope
from lib.alerts import reading as alerts
from lib.board import figures as board_figures
from lib.leads import queue as leads
from lib.loss_reviews import figures as reviews
from lib.loss_reviews import reading as to_review
from lib.losses import rows as loss_rows
from lib.losses.filters import BOTH, LossFilters
from lib.periods import Period
from lib.renewals import case, queue, team
from lib.winbacks import figures as came_back
from lib.winbacks import reading as winbacks

ALLOWED_MS = {"sqlite": 1.0, "postgresql": 2.0}
OFFICE_MS = 15.0
SHARED_MS = 0.5
STORE, GROUP = Scope("1."), Scope()
MANAGER = Actor("manager", 14, "u14", Role.MANAGER, 1, "1.")
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
CASE = 5000
MINE = Scope("1.", owner_id=9)  # the first specialist of the first store
TODAY_ONLY = Period(TODAY, TODAY)
MONTH = Period(TODAY.replace(day=1), TODAY)
SINCE = TODAY - to_review.LOOKED_BACK
LOST_CASES = (STORE, MONTH, LossFilters(), Which.LOST)

Read = tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]]

READS: tuple[Read, ...] = (
    ("board, one store, one day", board_figures.board, (STORE, TODAY_ONLY), {"as_of_day": TODAY}),
    ("board, one store, month", board_figures.board, (STORE, MONTH), {"as_of_day": TODAY}),
    ("board, whole group, one day", board_figures.board, (GROUP, TODAY_ONLY), {"as_of_day": TODAY}),
    ("opening a case", case.case, (MANAGER, CASE, TODAY, NOON), {}),
    ("queue of a store, page of 50", queue.page, (STORE, TODAY), {}),
    ("my queue, page of 50", queue.page, (MINE, TODAY), {}),
)

# Lists and rates of the office: rows with much to say of each, some put together anew for each choice.
OFFICE: tuple[Read, ...] = (
    ("cases counted, one store", queue.counts, (STORE, TODAY), {}),
    ("who comes today, one store", case.visits, (STORE, NOON, NOON + timedelta(days=1)), {}),
    ("the renewal team, one store", team.members, (STORE, MONTH, TODAY), {}),
    ("open leads, page of 50, one store", leads.page, (STORE, leads.Filters(), TODAY), {}),
    ("open leads counted, one store", leads.counts, (STORE, leads.Filters(), TODAY), {}),
    (
        "lost cases of a month, page of 50, one store",
        loss_rows.decided_cases,
        (STORE, MONTH, LossFilters(), Which.LOST),
        {},
    ),
    ("the network's alerts, one store", alerts.alerts, (STORE, TODAY), {}),
    ("losses to review, page of 50, one store", to_review.page, (STORE, BOTH, None, SINCE), {}),
    ("losses to review, counted, one store", to_review.counts, (STORE, BOTH, SINCE), {}),
    ("losses to review, whole group, page of 50", to_review.page, (GROUP, BOTH, None, SINCE), {}),
    ("losses to review, whole group, counted", to_review.counts, (GROUP, BOTH, SINCE), {}),
    ("losses returned to me", to_review.returned, (MINE, LossDomain.RENEWAL), {}),
    ("clear reasons, one store, month", reviews.reviewed, (STORE, MONTH), {}),
    ("clear reasons, whole group, month", reviews.reviewed, (GROUP, MONTH), {}),
    ("win-backs to work, page of 50, one store", winbacks.renewals_to_work, (STORE, TODAY, False), {}),
    ("win-backs to work, whole group, page of 50", winbacks.renewals_to_work, (GROUP, TODAY, False), {}),
    ("lost leads to call, page of 50, one store", winbacks.leads_to_call, (STORE, TODAY), {}),
    ("lost leads to call, whole group, page of 50", winbacks.leads_to_call, (GROUP, TODAY), {}),
    ("win-back rates, one store, month", came_back.won_back, (STORE, MONTH), {}),
    ("win-back rates, whole group, month", came_back.won_back, (GROUP, MONTH), {}),
)


def rows(engine: str, size: str, store: Database) -> Iterator[tuple[Row, float]]:
    """A row a read, uncached and shared, with its uncached time for the growth from S to L."""
    for name, fn, args, kwargs in (*READS, *OFFICE):

        def uncached(fn: Any = fn, args: Any = args, kwargs: Any = kwargs) -> None:
            data.fresh(fn, *args, **kwargs)

        def shared(fn: Any = fn, args: Any = args, kwargs: Any = kwargs) -> None:
            data.read(fn, *args, **kwargs)

        asked = sentences(store, uncached)
        bare, through = floor(store, asked), milliseconds(uncached)
        allowed = OFFICE_MS if (name, fn, args, kwargs) in OFFICE else ALLOWED_MS[engine]
        yield (
            Row(
                name, f"{engine} {size}", f"{through:.2f} ms", f"floor {bare:.2f} ms, x{through / bare:.1f}",
                f"floor + {allowed:.0f} ms", through <= bare + allowed,
            ),
            through,
        )  # fmt: skip
        if not hasattr(fn, "subjects"):
            continue  # personal data of one case is not shared
        again = milliseconds(shared)
        yield (
            Row(f"{name}, shared", f"{engine} {size}", f"{again:.2f} ms", "", f"{SHARED_MS} ms", again <= SHARED_MS),
            again,
        )

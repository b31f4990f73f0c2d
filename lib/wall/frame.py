"""The frame: everything that a wall shows at one business day, as plain data for the browser, in the screen's words.

It holds counts, rates, targets, the names of channels, consultants and models, and nothing of any customer.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from db.terms import Subject
from lib import formats, targets
from lib.access import Scope
from lib.board import figures as board_figures
from lib.channels import figures as channel_figures
from lib.data import reads
from lib.periods import Period, Unit, whole
from lib.refusals import N_
from lib.renewals import figures as renewal_figures
from lib.wall.branches import METRICS, branches, channels
from lib.wall.insurance import insurance, rate_figure
from lib.wall.news import news
from lib.wall.options import WallOptions
from lib.wall.scenes import rotation
from lib.wall.team import METRIC, team
from lib.wall.tiles import TILES, tiles
from lib.words import Words, words

CONVERSION = {
    "capture_rate": N_("Capture rate"),
    "test_drive_rate": N_("Test-drive rate"),
    "showroom_close_rate": N_("Showroom close"),
    "outdoor_close_rate": N_("Outdoor close"),
}


@reads(
    Subject.SALES, Subject.POLICIES, Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS, Subject.TARGETS,
    Subject.SETTINGS,
)  # fmt: skip
def frame(connection: Connection, scope: Scope, today: date, options: WallOptions) -> dict[str, Any]:
    """What a wall of this scope shows today (M6). Shared by every wall that shows the same."""
    say = words(options.language)
    day, month = Period(today, today), whole(Unit.MONTH, today)
    so_far = Period(month.first, today)
    today_board = board_figures.board(connection, scope, day, as_of_day=today)
    month_board = board_figures.board(connection, scope, so_far, as_of_day=today)
    day_targets = targets.targets(connection, scope, day, today, tuple(TILES))
    month_targets = targets.targets(connection, scope, month, today, tuple(TILES))
    due = renewal_figures.renewals(connection, scope, month, today)
    nodes = channel_figures.network(connection, scope, so_far)
    book = targets.read_book(connection, scope.path, month, METRICS)
    parts = {
        "tiles": tiles(today_board, month_board, day_targets, month_targets, say),
        "team": team(
            board_figures.people(connection, scope, so_far), board_figures.people(connection, scope, day),
            targets.people_targets(connection, scope, month, today, (METRIC,)), say,
        ),
        "conversion": _conversion(month_board, say),
        "insurance": insurance(today_board, due.whole, say),
        "channels": channels(branches(nodes, scope.path, say), book, month_targets, say),
        "news": news(connection, scope, today, say),
    }  # fmt: skip
    return parts | _heading(_name(nodes, scope, say), today, day_targets, month_targets, say) | {
        "scenes": rotation(parts, options, say)
    }  # fmt: skip


def _name(nodes: Sequence[channel_figures.Node], scope: Scope, say: Words) -> str:
    return next((node.name for node in nodes if node.path == scope.path), say.say(N_("All stores")))


def _heading(name: str, today: date, day: targets.Targets, month: targets.Targets, say: Words) -> dict[str, Any]:
    gone = formats.percent(month.pace.value, 0)
    return {
        "day": today.isoformat(), "title": name, "date": formats.day(today, say),
        "closed": None if day.pace.denominator else say.say(N_("Day off")), "words": {"news": say.say(N_("Good news"))},
        "note": say.say(N_("Working days gone {rate}; the white line is where they should be"), rate=gone),
    }  # fmt: skip


def _conversion(month: board_figures.Board, say: Words) -> dict[str, Any]:
    figures = [rate_figure(slug, label, month.figure(slug), say) for slug, label in CONVERSION.items()]
    return {"title": say.say(N_("Conversion")), "note": say.say(N_("this month")), "figures": figures}

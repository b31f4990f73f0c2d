"""Where the renewals of a window went, and twelve months of losses: the same as the commands' figures."""

from datetime import date

from db.engine import Database
from db.terms import LeadEventKind, LossDomain, RenewalStatus
from lib import data
from lib.access import Scope
from lib.losses.course import course
from lib.losses.figures import losses
from lib.losses.filters import LossFilters
from lib.losses.months import ahead, ending, matured
from lib.losses.windows import months_due, window
from lib.periods import Period, Unit, whole
from lib.renewals.figures import renewals
from tests.facts import Facts, at, facts
from tests.lib.losses.lost import insured, lost_lead, lost_renewal
from tests.lib.losses.test_picture import spurious

NOVEMBER = whole(Unit.MONTH, date(2026, 11, 1))
TODAY = date(2026, 11, 15)


def due(f: Facts) -> None:
    """Before and after today: one of each; void ones and neighbours of the window beside them."""
    for due_on in ("2026-11-01", "2026-11-14", "2026-11-15", "2026-11-30"):
        insured(f, due_on, "人保财险", status=RenewalStatus.RENEWED)
        insured(f, due_on, None, status=RenewalStatus.LOST, reason="broker")
        f.renewal(due_on)
        f.renewal(due_on, RenewalStatus.QUOTED, quoted_at=at("2026-11-01"))
        f.renewal(due_on, RenewalStatus.VOID)
    for due_on in ("2026-10-31", "2026-12-01"):
        f.renewal(due_on)


def test_the_window_went_as_the_command_says_and_adds_up_to_due(store: Database) -> None:
    with facts() as f:
        due(f)
    found = data.fresh(window, Scope(), NOVEMBER, LossFilters(), TODAY)
    told = data.fresh(renewals, Scope(), NOVEMBER, TODAY)
    names = ("due", "renewed", "lost", "lapsed", "open_quoted", "open_unquoted")
    assert {name: getattr(found.whole, name) for name in names} == {name: getattr(told.whole, name) for name in names}
    assert tuple((reason.slug, count) for reason, count in found.lost_by_reason) == told.lost_by_reason
    for groups in found.groups.values():
        assert sum(went.due for went in groups.values()) == told.whole.due == 16


def test_what_is_due_and_what_is_to_come_make_the_whole(store: Database) -> None:
    with facts() as f:
        due(f)
    ended, rest = matured(NOVEMBER, TODAY), ahead(NOVEMBER, TODAY)
    assert (ended, rest) == (Period(date(2026, 11, 1), date(2026, 11, 14)), Period(TODAY, date(2026, 11, 30)))
    parts = [data.fresh(window, Scope(), each, LossFilters(), TODAY) for each in (ended, rest) if each]
    assert [each.settled for each in parts] == [True, False]
    assert [each.whole.due for each in parts] == [8, 8]
    assert parts[0].whole.open_quoted + parts[0].whole.open_unquoted == parts[1].whole.lapsed == 0


def test_a_window_that_lies_ahead_has_no_rate_and_one_that_is_past_no_progress() -> None:
    assert matured(NOVEMBER, date(2026, 11, 1)) is None
    assert ahead(NOVEMBER, date(2026, 12, 1)) is None


def test_months_say_whether_they_have_ended(store: Database) -> None:
    with facts() as f:
        due(f)
    months = data.fresh(months_due, Scope(), ending(date(2026, 12, 1), 3), LossFilters(), TODAY)
    assert [(each.first.month, each.settled, each.went.due) for each in months] == [
        (10, True, 1), (11, False, 16), (12, False, 1),
    ]  # fmt: skip


def test_reasons_do_not_narrow_where_renewals_went(store: Database) -> None:
    with facts() as f:
        due(f)
    assert data.fresh(window, Scope(), NOVEMBER, LossFilters(reasons=()), TODAY).whole.due == 16


def test_each_month_counts_as_the_command_does(store: Database) -> None:
    with facts() as f:
        spurious(f)
        lost_lead(f, "2026-11-30 23:59", "gift")
        lost_renewal(f, "2026-11-01 00:00")
        f.lead_event(f.lead("2026-01-01"), LeadEventKind.DELIVERY, "2026-11-10")
    months = ending(date(2026, 12, 31), 4)
    found = data.fresh(course, Scope(), months, LossFilters())
    assert len(found) == 8
    for each in found:
        told = data.fresh(losses, Scope(), whole(Unit.MONTH, each.first), each.domain)
        assert {reason.slug: count for reason, count in each.by_reason} == {r.reason: r.count for r in told.by_reason}
        assert each.decided.lost == told.total
    november = next(each for each in found if (each.first.month, each.domain) == (11, LossDomain.LEAD))
    assert (november.decided.lost, november.decided.won) == (1, 1)

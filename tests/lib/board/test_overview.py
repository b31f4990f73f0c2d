"""The managers' board as one view: what is compared with what, which targets fit, what opens."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import LeadEventKind, LeadSource
from lib import data, kpi
from lib.access import Permission, Scope
from lib.board.comparison import Side, comparison
from lib.board.figures import EVERYTHING, BoardFilters
from lib.board.overview import Overview, compared, elapsed, opens_with, overview, trend_period
from lib.kpi import Figure
from lib.periods import Period, parse
from tests.facts import facts

TODAY = date(2026, 11, 20)
NOVEMBER = parse("2026-11")
E, S = LeadEventKind, LeadSource


def seen(period: Period = NOVEMBER, filters: BoardFilters = EVERYTHING, scope: Scope = Scope()) -> Overview:  # noqa: B008
    return data.fresh(overview, scope, period, filters, TODAY)


@pytest.mark.parametrize(
    ("period", "gone", "before"),
    [
        ("2026-11", ("2026-11-01", "2026-11-20"), ("2026-10-01", "2026-10-20")),
        ("2026-10", ("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30")),
        ("2026-W47", ("2026-11-16", "2026-11-20"), ("2026-11-09", "2026-11-13")),
        ("2026-11-20", ("2026-11-20", "2026-11-20"), ("2026-11-19", "2026-11-19")),
        ("2026-12", ("2026-12-01", "2026-12-31"), ("2026-11-01", "2026-11-30")),
    ],
)
def test_a_period_is_compared_with_as_many_days_of_the_one_before(
    period: str, gone: tuple[str, str], before: tuple[str, str]
) -> None:
    def span(days: tuple[str, str]) -> Period:
        return Period(*map(date.fromisoformat, days))

    assert (elapsed(parse(period), TODAY), compared(parse(period), TODAY)) == (span(gone), span(before))


def test_a_long_month_is_not_compared_beyond_the_end_of_a_short_one() -> None:
    assert compared(parse("2026-03"), date(2026, 3, 30)) == parse("2026-02")


def test_any_other_range_is_compared_with_the_days_just_before() -> None:
    chosen = Period(date(2026, 11, 3), date(2026, 11, 9))
    assert compared(chosen, TODAY) == Period(date(2026, 10, 27), date(2026, 11, 2))


@pytest.mark.parametrize(("first", "days"), [("2026-11-20", 14), ("2026-11-01", 20), ("2026-01-01", 92)])
def test_a_small_trend_has_a_fortnight_at_least_and_a_quarter_at_most(first: str, days: int) -> None:
    assert trend_period(Period(date.fromisoformat(first), TODAY)).length == days


def test_tiles_hold_value_target_pace_and_the_same_days_last_month(store: Database) -> None:
    with facts() as f:
        f.target("S1", "first_visits", "2026-11", "42")
        for day in ("2026-11-02", "2026-11-20"):
            f.lead(day)
        f.lead("2026-10-20")
        f.lead("2026-10-21")  # after the same stretch of October
        f.lead("2026-11-21")  # to come
        f.lead("2026-11-02", channel="S2", by="other_consultant")
    tile = seen(scope=Scope("1.")).tiles["first_visits"]
    assert (tile.figure.value, tile.before.value) == (2, 1)
    assert (tile.progress.target, round(tile.progress.expected or 0)) == (42, 30)  # 15 of 21 working days
    assert (len(tile.trend), sum(each or 0 for each in tile.trend)) == (20, 2)


def test_a_figure_of_the_moment_is_not_compared_with_the_past(store: Database) -> None:
    assert seen().tiles["calls_overdue"].before == Figure(None)


def test_one_consultants_board_has_that_persons_targets_and_a_part_of_the_work_none(store: Database) -> None:
    with facts() as f:
        f.target("S1", "deliveries", "2026-11", "60")
        f.target("consultant", "deliveries", "2026-11", "8")
        one = f.personas.consultant.user_id or 0
    assert seen(scope=Scope("1.")).tiles["deliveries"].progress.target == 60
    assert seen(filters=BoardFilters(consultants=(one,))).tiles["deliveries"].progress.target == 8
    assert seen(filters=BoardFilters(sources=(S.CALL,))).tiles["deliveries"].progress.target is None


def test_the_ranking_sets_each_consultant_against_the_own_target(store: Database) -> None:
    with facts() as f:
        f.target("consultant", "deliveries", "2026-11", "4")
        f.lead_event(f.lead("2026-11-01"), E.DELIVERY, "2026-11-05")
        f.lead_event(f.lead("2026-11-01", by="colleague"), E.ORDER, "2026-11-20")
    first, second = seen(scope=Scope("1.")).ranking[:2]
    assert (first.numbers.deliveries, first.progress.attainment) == (1, Decimal("0.25"))
    assert (second.progress.target, second.orders[-1]) == (None, 1)


def test_nothing_recorded_is_empty(store: Database) -> None:
    assert seen().empty
    with facts() as f:
        f.lead("2026-11-02")
    assert not seen().empty


def test_two_consultants_stand_side_by_side(store: Database) -> None:
    with facts() as f:
        f.lead("2026-11-02")
        f.lead("2026-11-03")
        f.lead("2026-11-03", by="colleague", mobile=False)
        f.lead("2026-10-03", by="colleague")
        ids = [f.personas.consultant.user_id or 0, f.personas.colleague.user_id or 0]
    sides = [Side(NOVEMBER, BoardFilters(consultants=(each,))) for each in ids]
    lines = {each.slug: each for each in data.fresh(comparison, Scope("1."), *sides, TODAY)}
    assert (lines["first_visits"].left.value, lines["first_visits"].right.value) == (2, 1)
    assert lines["first_visits"].difference == 1
    assert lines["capture_rate"].difference == 1
    assert lines["test_drive_rate"].right == Figure(None, 0, 0)
    assert lines["test_drive_rate"].difference is None


def test_a_comparison_leaves_out_what_a_filter_cannot_narrow(store: Database) -> None:
    side = Side(NOVEMBER, BoardFilters(sources=(S.CALL,)))
    assert "premium_amount" not in {each.slug for each in data.fresh(comparison, Scope(), side, side, TODAY)}


def test_rows_open_with_the_permission_of_what_they_are() -> None:
    needed = {slug: opens_with(slug) for slug in kpi.BOARD_SLUGS}
    assert {slug for slug, permission in needed.items() if permission is Permission.POLICY_READ} == {
        "policies_issued", "premium_amount",
    }  # fmt: skip
    assert {slug for slug, permission in needed.items() if permission is Permission.RENEWAL_READ} == {
        "renewals_renewed", "renewal_losses", "calls_overdue",
    }  # fmt: skip

"""Sums of months give what the rows give, whatever was written, and whenever they were summed up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from db import marks
from db.engine import Database
from db.tables import DecidedMonth, Renewal, StaleMonth
from db.terms import LeadEventKind, LossDomain, RenewalStatus
from lib import data
from lib.access import Scope
from lib.channels import figures as channel_figures
from lib.channels import months as channel_months
from lib.losses import course, picture, types, windows
from lib.losses.filters import LossFilters
from lib.losses.months import ending
from lib.periods import Period
from lib.summaries import asking, keeping
from lib.summaries.asking import Spans
from tests.db.summaries.happenings import HAPPENINGS
from tests.facts import Facts, at, facts
from tests.lib.losses.lost import lost_lead, lost_renewal
from tests.personas import Personas, people

TODAY = date(2026, 11, 26)
MONTHS = ending(date(2026, 12, 1), 6)
PERIODS = (Period(date(2026, 7, 1), date(2026, 12, 31)), Period(date(2026, 8, 1), date(2026, 11, 10)))
NUMBERS = count(1)
NUMBER = st.integers(0, 30)
STEP = st.tuples(st.sampled_from(sorted(HAPPENINGS)), NUMBER, NUMBER, NUMBER)


@contextmanager
def nothing_summed() -> Iterator[None]:
    """Every figure is counted from the rows."""
    with patch.object(asking, "spans", lambda _connection, _kind, _scope, period, **_: Spans((), (period,))):
        yield


def answers(personas: Personas) -> dict[str, Any]:
    """Every analysis that asks the sums, for the group and for each store."""
    found: dict[str, Any] = {}
    reason = reason_id("price_gap")
    for name, scope in {"group": Scope(), **{code: Scope(path(personas, code)) for code in ("S1", "S2")}}.items():
        for chosen, filters in {"all": LossFilters(), "one reason": LossFilters(reasons=(reason,))}.items():
            found[f"{name} {chosen} course"] = [
                (each.first, each.domain, dict(each.by_reason), each.decided)
                for each in data.fresh(course.course, scope, MONTHS, filters)
            ]
            for period in PERIODS:
                rows = data.fresh(picture.picture, scope, period, filters).rows
                found[f"{name} {chosen} picture {period.name}"] = set(rows)
                found[f"{name} {chosen} types {period.name}"] = data.fresh(types.types, scope, period, filters)
        for period in PERIODS:
            found[f"{name} network {period.name}"] = data.fresh(channel_figures.network, scope, period)
            found[f"{name} window {period.name}"] = data.fresh(windows.window, scope, period, LossFilters(), TODAY)
        found[f"{name} due"] = data.fresh(windows.months_due, scope, MONTHS, LossFilters(), TODAY)
        found[f"{name} channels"] = data.fresh(channel_months.months, scope, date(2026, 12, 1))
    return {name: without_nothing(answer) for name, answer in found.items()}


def without_nothing(answer: Any) -> Any:
    """A group that nothing is left of may be told of with zeros, or not at all."""
    if isinstance(answer, windows.Window):
        groups = {name: {key: went for key, went in each.items() if went.due} for name, each in answer.groups.items()}
        return groups, [each for each in answer.lost_by_reason if each[1]], answer.settled
    if hasattr(answer, "items"):
        idle = channel_months._blank()
        return {key: value for key, value in answer.items() if value != idle}
    return answer


@contextmanager
def writing(personas: Personas) -> Iterator[Facts]:
    """Rows made in several transactions, none with another's number."""
    with facts(personas) as f:
        f.numbers = NUMBERS
        yield f


def path(personas: Personas, code: str) -> str:
    return f"{personas.channels[code]}."


def reason_id(slug: str) -> int:
    with facts(Personas({}, {}, {})) as f:
        return f.reason(LossDomain.LEAD, slug)


@pytest.fixture
def personas(store: Database) -> Personas:
    return people()


@pytest.fixture
def busy(personas: Personas) -> Personas:
    """Personas with a year's work behind them."""
    with writing(personas) as f:
        for number in range(32):
            HAPPENINGS["a lead"](f, number, number // 2, number // 3)
        for number in range(40):
            HAPPENINGS["a renewal"](f, number, number // 2, number // 3)
    return personas


def test_whatever_happens_is_marked(busy: Personas) -> None:
    """Every month is summed up; then one thing happens to many rows, and no sum that it belies may be asked."""
    before = answers(busy)
    for happening in sorted(HAPPENINGS):
        keeping.sum_up()
        with writing(busy) as f:
            for number in range(0, 40, 3):
                HAPPENINGS[happening](f, number, number + number // 6, number // 2)
        mixed = answers(busy)
        with nothing_summed():
            counted = answers(busy)
        assert mixed == counted, happening
        assert counted != before, happening
        before = counted


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=6), st.booleans())
def test_sums_give_what_the_rows_give(busy: Personas, steps: list[Any], paused: bool) -> None:
    """Things happen to summed-up months, some of them before the next summing up, some after it."""
    keeping.sum_up()
    for place, (name, a, b, c) in enumerate(steps):
        with writing(busy) as f:
            HAPPENINGS[name](f, a, b, c)
        if paused and place == 0:
            keeping.sum_up()
    mixed = answers(busy)
    keeping.sum_up()
    kept = answers(busy)
    with nothing_summed():
        counted = answers(busy)
    assert mixed == counted
    assert kept == counted


def marked() -> int:
    with data.connection() as connection:
        return connection.scalar(select(func.count()).select_from(StaleMonth)) or 0


def seed(f: Facts) -> None:
    lost_lead(f, "2026-10-05")
    lost_renewal(f, "2026-10-06")


def test_what_is_summed_up_is_asked_and_what_changed_is_not(personas: Personas) -> None:
    whole = Period(date(2026, 9, 1), date(2026, 11, 30))
    with writing(personas) as f:
        seed(f)
    keeping.sum_up()
    assert marked() == 0
    with writing(personas) as f:
        lost_lead(f, "2026-11-05")
    with data.connection() as connection:
        cut = asking.spans(connection, asking.MonthKind.SALES, Scope(), whole)
        elsewhere = asking.spans(connection, asking.MonthKind.SALES, Scope(path(personas, "S2")), whole)
    assert cut.months == (2026 * 12 + 9, 2026 * 12 + 10)
    assert cut.days == (Period(date(2026, 11, 1), date(2026, 11, 30)),)
    assert elsewhere.days == ()


def test_a_contact_or_a_test_drive_leaves_the_sums_alone(personas: Personas) -> None:
    with writing(personas) as f:
        lead = f.lead("2026-10-05")
    keeping.sum_up()
    with writing(personas) as f:
        f.lead_event(lead, LeadEventKind.TEST_DRIVE, "2026-10-06")
    assert marked() == 0


def test_a_renewal_that_is_worked_on_leaves_the_sums_alone_until_it_is_decided(personas: Personas) -> None:
    with writing(personas) as f:
        renewal = f.renewal("2026-11-20")

    def becomes(status: RenewalStatus, **more: Any) -> int:
        keeping.sum_up()
        with writing(personas) as f:
            f.session.execute(update(Renewal).where(Renewal.id == renewal).values(status=status, **more))
        return marked()

    assert [becomes(each) for each in (RenewalStatus.CONTACTING, RenewalStatus.PROMISED)] == [0, 0]
    assert becomes(RenewalStatus.RENEWED, closed_at=at("2026-11-19")) == 1


def test_summing_up_leaves_a_mark_that_came_after_it_looked(personas: Personas) -> None:
    """On PostgreSQL another transaction may commit between the look at the marks and the end."""
    with writing(personas) as f:
        seed(f)
    seen = keeping.stale.marks

    def and_then_another() -> Any:
        sentence = seen()
        return sentence.where(StaleMonth.id <= most)

    with data.connection() as connection:
        most = connection.scalar(select(func.max(StaleMonth.id)))
    with writing(personas) as f:
        lost_lead(f, "2026-10-07", channel="S2")
    late = marked()
    with patch.object(keeping.stale, "marks", and_then_another):
        keeping.sum_up()
    assert 0 < marked() < late
    keeping.sum_up()
    assert marked() == 0


def test_everything_can_be_marked_and_summed_up_anew(personas: Personas, store: Database) -> None:
    with writing(personas) as f:
        seed(f)
    keeping.sum_up()
    before = answers(personas)
    with data.upkeep() as connection:
        marks.mark_everything(connection)
        assert connection.scalar(select(func.count()).select_from(DecidedMonth)) == 0
    assert answers(personas) == before
    keeping.sum_up()
    assert answers(personas) == before

"""How a target is found: own row, else the parts' rows, else the longer period's share by working days."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import AuditEntry, Target
from db.terms import TargetSubject
from lib import data, kpi
from lib.access import Scope
from lib.board.course import course
from lib.periods import Period, parse
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.target_entries import Entry, lines, set_targets
from lib.targets import Book, pace, people_targets, targets
from lib.workdays import Workdays
from tests.facts import facts
from tests.personas import people

# November 2026 has 21 working days; October 2026, with the holiday and its exchanged days, 17 by this calendar.
PLAIN = Workdays({date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): False})
S1, CENTRE, AGENT, S2 = "1.", "1.2.", "1.2.3.", "4."


def book(*rows: tuple[str | int, str, str, str]) -> Book:
    """Rows of (channel path, or a person at home in S1), metric, period, value."""
    made = Book(PLAIN)
    for subject, metric, period, value in rows:
        person = subject if isinstance(subject, int) else None
        made.add(S1 if person else str(subject), person, metric, period, Decimal(value))
    return made


def found(made: Book, subject: str | int, metric: str, period: str | Period) -> Decimal | None:
    return made.target(subject, kpi.find(metric), parse(period) if isinstance(period, str) else period)


@pytest.mark.parametrize(
    ("rows", "subject", "period", "target"),
    [
        pytest.param([(S1, "60")], S1, "2026-11", "60", id="its own row"),
        pytest.param([(S1, "60"), (CENTRE, "99")], S1, "2026-11", "60", id="own row before its parts'"),
        pytest.param([(CENTRE, "20"), (7, "5")], S1, "2026-11", "20", id="child channels before people"),
        pytest.param([(AGENT, "9")], S1, "2026-11", "9", id="a grandchild counts for the child between"),
        pytest.param([(7, "5"), (8, "6")], S1, "2026-11", "11", id="people at home where no channel has one"),
        pytest.param([(S1, "60"), (S2, "40")], "", "2026-11", "100", id="the group is its stores"),
        pytest.param([(CENTRE, "9"), (S2, "40")], "", "2026-11", "49", id="also by their parts"),
        pytest.param([(7, "5")], 7, "2026-11", "5", id="a person's own"),
        pytest.param([(S1, "60")], 7, "2026-11", None, id="a person has no share of the channel's"),
        pytest.param([(S1, "60")], CENTRE, "2026-11", None, id="nor a child of its parent's"),
        pytest.param([(S1, "60")], S1, "2026-12", None, id="another month says nothing"),
    ],
)
def test_whose_row_counts(
    rows: list[tuple[str | int, str]], subject: str | int, period: str, target: str | None
) -> None:
    made = book(*((who, "orders", "2026-11", value) for who, value in rows))
    assert found(made, subject, "orders", period) == (None if target is None else Decimal(target))


@pytest.mark.parametrize(
    ("rows", "period", "target"),
    [
        pytest.param({"2026-11": "21"}, "2026-11-20", "1", id="a month's target gives a working day's"),
        pytest.param({"2026-11": "21"}, "2026-11-21", "0", id="and nothing for a Saturday"),
        pytest.param({"2026-11": "21"}, "2026-W47", "5", id="and a week's"),
        pytest.param({"2026-W47": "10", "2026-11": "21"}, "2026-11-20", "2", id="a week's row before the month's"),
        pytest.param({"2026Q4": "610"}, "2026-11", "210", id="a quarter's gives a month's"),
        pytest.param({"2026Q4": "610"}, "2026-11-20", "10", id="and through it a day's"),
        pytest.param({"2026-11": "21", "2026Q4": "999"}, "2026-11-20", "1", id="the nearest row counts"),
        pytest.param(
            {"2026-10": "17", "2026-11": "42"}, "2026-W44", "5", id="a week whose Sunday is in the next month"
        ),
        pytest.param({"2026-10": "17"}, "2026-W44", "5", id="where nobody works the missing month takes nothing"),
        pytest.param({"2026-06": "22", "2026-07": "46"}, "2026-W27", "8", id="a week across months pro rata"),
        pytest.param({"2026-06": "21"}, "2026-W27", None, id="a week half without target has none"),
        pytest.param({"2026": "100"}, "2026", "100", id="a year's own"),
        pytest.param({"2026-11": "21"}, "2026", None, id="a longer period is not made of shorter ones"),
    ],
)
def test_which_period_counts(rows: dict[str, str], period: str, target: str | None) -> None:
    weekdays = Book(Workdays({day: day.weekday() < 5 for day in parse("2026").days}))
    if "2026-10" in rows or "2026Q4" in rows:
        weekdays.workdays = PLAIN
    for name, value in rows.items():
        weekdays.add(S1, None, "orders", name, Decimal(value))
    assert found(weekdays, S1, "orders", period) == (None if target is None else Decimal(target))


def test_any_range_is_cut_into_whole_months_and_days() -> None:
    made = book((S1, "orders", "2026-10", "40"), (S1, "orders", "2026-11", "21"))
    assert found(made, S1, "orders", Period(date(2026, 10, 1), date(2026, 11, 6))) == 45
    assert found(made, S1, "orders", Period(date(2026, 9, 30), date(2026, 11, 6))) is None


def test_a_rates_target_holds_in_every_part_of_its_period_and_never_adds_up() -> None:
    made = book((S1, "capture_rate", "2026-11", "0.8"), (CENTRE, "capture_rate", "2026-12", "0.6"))
    assert found(made, S1, "capture_rate", "2026-11-20") == Decimal("0.8")
    assert found(made, S1, "capture_rate", "2026-12") is None
    assert found(made, "", "capture_rate", "2026-11") is None


def test_a_moments_target_adds_over_channels_and_not_over_days() -> None:
    made = book((CENTRE, "calls_overdue", "2026-11", "3"))
    assert found(made, S1, "calls_overdue", "2026-11-20") == 3
    assert found(made, S1, "calls_overdue", "2026-11") == 3
    assert found(made, CENTRE, "calls_overdue", "2026-11-20") == 3


@pytest.mark.parametrize(
    ("today", "gone"), [("2026-10-31", 0), ("2026-11-01", 0), ("2026-11-20", 15), ("2027-01-01", 21)]
)
def test_time_gone_counts_working_days_with_today(today: str, gone: int) -> None:
    figure = pace(PLAIN, parse("2026-11"), date.fromisoformat(today))
    assert (figure.numerator, figure.denominator) == (gone, 21)


def test_time_gone_of_a_weekend_is_nothing_over_nothing() -> None:
    assert pace(PLAIN, Period(date(2026, 11, 21), date(2026, 11, 22)), date(2026, 11, 22)).value is None


def test_targets_are_read_for_a_scope_with_its_people_and_the_admins_calendar(store: Database) -> None:
    with facts() as f:
        f.target("S1", "deliveries", "2026-11", "60")
        f.target("S2", "deliveries", "2026-11", "40")
        f.target("S1", "orders", "2026-11", "75")
        f.target("S1", "deliveries", "2026-12", "999")
        f.target("consultant", "deliveries", "2026-11", "12")
        f.put_day(date(2026, 11, 21), True)
    november, today = parse("2026-11"), date(2026, 11, 20)
    mine = data.fresh(targets, f.personas.manager.scope, november, today)
    assert (mine.target("deliveries"), mine.target("orders"), mine.target("calls")) == (60, 75, None)
    assert (mine.pace.numerator, mine.pace.denominator) == (15, 22)
    assert mine.progress("deliveries", 6).attainment == Decimal("0.1")
    assert mine.progress("calls", 6).attainment is None
    everything = data.fresh(targets, Scope(), november, today)
    assert (everything.target("deliveries"), everything.target("orders")) == (100, 75)
    day = data.fresh(targets, f.personas.manager.scope, Period(today, today), today)
    assert day.progress("deliveries", 3).target == Decimal("2.727273")
    racing = data.fresh(people_targets, f.personas.manager.scope, november, today, ("deliveries",))
    assert {who: each.target("deliveries") for who, each in racing.items()} == {f.personas.consultant.user_id: 12}
    assert data.fresh(people_targets, f.personas.other_manager.scope, november, today, ("deliveries",)) == {}


def test_the_months_course_runs_against_target_and_last_month(store: Database) -> None:
    with facts() as f:
        f.target("S1", "first_visits", "2026-11", "21")
        for day in ("2026-10-02", "2026-10-31", "2026-11-02", "2026-11-02", "2026-11-04"):
            f.lead(day)
    told = data.fresh(course, f.personas.manager.scope, parse("2026-11"), "first_visits", date(2026, 11, 3))
    assert [each.reached for each in told.days[:4]] == [0, 2, 2, None]
    assert [each.last_month for each in told.days[:3]] == [0, 1, 1]
    assert [round(each.expected or 0, 3) for each in told.days[:4]] == [0, 1, 2, 3]
    assert (told.target, told.days[-1].expected, len(told.days)) == (21, 21, 30)


def entry(subject: int, value: str | None, seen: int = 0, metric: str = "deliveries") -> Entry:
    return Entry(TargetSubject.CHANNEL, subject, metric, None if value is None else Decimal(value), seen)


def test_a_manager_sets_changes_and_takes_back_targets(store: Database) -> None:
    who = people()
    store_id = who.channels["S1"]
    assert (
        data.write(set_targets, who.manager, "2026-11", (entry(store_id, "60"), entry(store_id, "75", 0, "orders")))
        == 2
    )
    assert data.write(set_targets, who.manager, "2026-11", (entry(store_id, "66", 1),)) == 1
    assert data.write(set_targets, who.manager, "2026-11", (entry(store_id, None, 1, "orders"),)) == 1
    assert data.write(set_targets, who.manager, "2026-11", (entry(store_id, "66", 2),)) == 0
    with store.reading.connect() as connection:
        assert connection.execute(select(Target.metric, Target.value, Target.version)).all() == [("deliveries", 66, 2)]
        changed = select(AuditEntry.details).where(AuditEntry.action == "target.changed").order_by(AuditEntry.id)
        told = [(each["metric"], each["old"], each["new"]) for each in connection.scalars(changed)]
    assert told == [
        ("deliveries", None, "60"),
        ("orders", None, "75"),
        ("deliveries", "60", "66"),
        ("orders", "75", None),
    ]


def test_the_second_of_two_managers_is_told_and_nothing_of_theirs_is_stored(store: Database) -> None:
    who = people()
    store_id, centre = who.channels["S1"], who.channels["S1-C1"]
    data.write(set_targets, who.manager, "2026-11", (entry(store_id, "60"),))
    for seen in (0, 7):
        with pytest.raises(Conflict):
            data.write(set_targets, who.boss, "2026-11", (entry(centre, "5"), entry(store_id, "70", seen)))
    with store.reading.connect() as connection:
        assert connection.execute(select(Target.channel_id, Target.value)).all() == [(store_id, 60)]


def test_targets_are_set_by_managers_within_their_scope_for_real_periods(store: Database) -> None:
    who = people()
    store_id = who.channels["S1"]
    for actor, period, given, refusal in (
        (who.consultant, "2026-11", entry(store_id, "1"), NotAllowed),
        (who.other_manager, "2026-11", entry(store_id, "1"), NotFound),
        (who.manager, "2026-13", entry(store_id, "1"), Invalid),
        (who.manager, "2026-11-20", entry(store_id, "1"), Invalid),
        (who.manager, "2026-11", entry(store_id, "-1"), Invalid),
        (who.manager, "2026-11", entry(store_id, "1", 0, "pace_rate"), Invalid),
    ):
        with pytest.raises(refusal):
            data.write(set_targets, actor, period, (given,))


def test_the_form_shows_own_targets_and_what_the_rule_finds(store: Database) -> None:
    with facts() as f:
        f.target("S1", "deliveries", "2026Q4", "610")
        f.target("S1-C1", "deliveries", "2026-11", "9")
        f.target("consultant", "deliveries", "2026-11", "12")
    form = data.fresh(lines, f.personas.manager.scope, parse("2026-11"), ("deliveries",)).shown
    shown = {each.name: (each.depth, each.cells[0].value, each.cells[0].version, each.cells[0].found) for each in form}
    assert shown["东风店"] == (0, None, 0, 9)
    assert shown["北区中心"] == (1, 9, 1, 9)
    assert shown["顾一"] == (1, 12, 1, 12)
    assert shown["顾二"] == (1, None, 0, None)
    assert "西城店" not in shown
    assert form[0].name == "东风店"


def test_a_form_that_would_be_too_long_shows_the_upper_levels(store: Database) -> None:
    people()
    whole = data.fresh(lines, Scope(), parse("2026-11"), ("deliveries",))
    assert whole.hidden == 0
    stores = sum(each.depth == 0 for each in whole.shown)
    for most in (1, stores):  # the first level is shown whatever it holds
        upper = data.fresh(lines, Scope(), parse("2026-11"), ("deliveries",), most)
        assert {each.depth for each in upper.shown} == {0}
        assert (len(upper.shown), upper.hidden) == (stores, len(whole.shown) - stores)
    assert data.fresh(lines, Scope(), parse("2026-11"), ("deliveries",), len(whole.shown)) == whole

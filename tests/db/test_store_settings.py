"""What a manager sets for the store: what it changes, who may, and that nobody overwrites what they did not see."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from db.engine import Database
from db.tables import AuditEntry
from db.terms import ContactMethod, ContactOutcome, Controllable, LossDomain, Stage
from lib import calendar_days, clock, data, preference_entries, reason_entries, targets
from lib.access import Scope
from lib.calendar_days import Override, Why
from lib.periods import Unit, parse, whole
from lib.preference_entries import Entry
from lib.refusals import Conflict, Invalid, NotAllowed
from lib.renewals import acts, case, reasons, script_texts
from lib.renewals.acts import Contact, QuoteTold
from lib.renewals.rules import rules
from lib.settings import load
from tests.cases import expiring, row
from tests.lib.messages.desk import noon
from tests.personas import people
from tests.quotes import without_rules

FREE = Override(False, "盘点")
WORKED = Override(True, "调休通知")


def day() -> date:
    return clock.business_day(clock.now(), load().zone)


def actions() -> list[str]:
    def read(connection: Connection) -> list[str]:
        return list(connection.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))

    return data.fresh(read)


def test_a_day_that_the_store_sets_shows_in_the_month_and_in_the_time_gone(store: Database) -> None:
    made = people()
    month = parse("2026-10")
    before = data.read(targets.targets, Scope(), month, date(2026, 10, 31)).pace
    data.write(calendar_days.set_day, made.manager, date(2026, 10, 12), None, FREE)
    shown = data.read(calendar_days.month, month.first)
    assert shown.days[11].why is Why.STORE
    assert not shown.days[11].is_workday
    assert data.read(targets.targets, Scope(), month, date(2026, 10, 31)).pace.denominator == before.denominator - 1
    assert actions() == ["calendar.set"]


def test_the_published_month_names_holidays_and_worked_weekends(store: Database) -> None:
    shown = data.read(calendar_days.month, date(2026, 10, 1))
    assert (shown.days[0].holiday, shown.days[0].why) == ("National Day", Why.HOLIDAY)
    assert (shown.days[9].is_workday, shown.days[9].why) == (True, Why.SHIFTED)
    assert (shown.days[10].why, shown.days[11].why) == (Why.WEEKEND, Why.WEEKDAY)


def test_a_year_that_is_not_published_falls_back_on_weekdays_and_says_so(store: Database) -> None:
    coming = date(calendar_days.published_until() + 1, 1, 1)
    shown = data.read(calendar_days.month, coming)
    assert not any(each.published for each in shown.days)
    assert all(each.is_workday == (each.on.weekday() < 5) for each in shown.days)
    assert data.read(calendar_days.month, date(coming.year - 1, 12, 1)).days[0].published


def test_taking_a_day_back_lets_the_published_calendar_hold(store: Database) -> None:
    made = people()
    data.write(calendar_days.set_day, made.manager, date(2026, 10, 12), None, FREE)
    data.write(calendar_days.set_day, made.manager, date(2026, 10, 12), FREE, WORKED)
    data.write(calendar_days.clear_day, made.manager, date(2026, 10, 12), WORKED)
    assert data.read(calendar_days.month, date(2026, 10, 1)).days[11].why is Why.WEEKDAY


def test_two_managers_on_one_day_the_second_is_told(store: Database) -> None:
    made = people()
    data.write(calendar_days.set_day, made.manager, date(2026, 10, 12), None, FREE)
    with pytest.raises(Conflict):
        data.write(calendar_days.set_day, made.boss, date(2026, 10, 12), None, WORKED)
    with pytest.raises(Conflict):
        data.write(calendar_days.clear_day, made.boss, date(2026, 10, 12), WORKED)
    assert data.read(calendar_days.month, date(2026, 10, 1)).days[11].override == FREE


@pytest.mark.parametrize("wanted", [Override(True, " "), Override(True, None), Override(True, "长" * 201)])
def test_a_day_needs_a_short_reason(store: Database, wanted: Override) -> None:
    with pytest.raises(Invalid):
        data.write(calendar_days.set_day, people().manager, date(2026, 10, 12), None, wanted)


def test_a_day_of_another_age_is_a_slip(store: Database) -> None:
    with pytest.raises(Invalid):
        data.write(calendar_days.set_day, people().manager, date(2062, 10, 12), None, FREE)


@pytest.mark.parametrize("who", ["specialist", "consultant", "admin", "channel_manager"])
def test_only_managers_set_anything(store: Database, who: str) -> None:
    actor = people().actors[who]
    with pytest.raises(NotAllowed):
        data.write(calendar_days.set_day, actor, date(2026, 10, 12), None, FREE)
    with pytest.raises(NotAllowed):
        data.write(preference_entries.set_values, actor, (Entry("forecast_day", 25, 20),))
    with pytest.raises(NotAllowed):
        data.write(script_texts.rewrite, actor, Stage.S30, 1, "话", "")


def test_values_are_set_together_or_not_at_all(store: Database) -> None:
    made = people()
    good, bad = Entry("forecast_day", 25, 20), Entry("approval_days", 1, 99)
    with pytest.raises(Invalid):
        data.write(preference_entries.set_values, made.manager, (good, bad))
    assert data.read(preference_entries.values)["forecast_day"] == 25
    assert data.write(preference_entries.set_values, made.manager, (good, Entry("province", "云南", "重庆"))) == 2
    assert data.read(preference_entries.values) | {"forecast_day": 20, "province": "重庆"} == data.read(
        preference_entries.values
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("forecast_day", 0), ("forecast_day", 29), ("forecast_day", True), ("forecast_day", "20"), ("province", "火星"),
     ("quote_call_days", "lunar"), ("approval_days", 0), ("password", 1)],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(store: Database, name: str, value: object) -> None:
    with pytest.raises(Invalid):
        data.write(preference_entries.set_values, people().manager, (Entry(name, None, value),))


def test_a_value_that_somebody_changed_is_not_written_over(store: Database) -> None:
    made = people()
    data.write(preference_entries.set_values, made.manager, (Entry("forecast_day", 25, 20),))
    with pytest.raises(Conflict):
        data.write(preference_entries.set_values, made.boss, (Entry("forecast_day", 25, 22),))
    data.write(preference_entries.set_values, made.boss, (Entry("forecast_day", 20, 22),))
    assert data.read(preference_entries.values)["forecast_day"] == 22


def owed(sent_on: date) -> date:
    """The last day of the call after a quote that is sent on a day."""
    return data.fresh(lambda connection: rules(connection).call_due(sent_on))


def test_working_days_and_the_stores_own_days_move_the_call_of_quotes_sent_from_now_on(store: Database) -> None:
    made = people()
    friday = date(2026, 10, 16)
    assert owed(friday) == date(2026, 10, 19)
    data.write(preference_entries.set_values, made.manager, (Entry("quote_call_days", "calendar", "working"),))
    assert owed(friday) == date(2026, 10, 21)
    data.write(calendar_days.set_day, made.manager, date(2026, 10, 20), None, FREE)
    assert owed(friday) == date(2026, 10, 22)


def test_a_clock_that_runs_keeps_its_day(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = people()
    noon(monkeypatch)
    without_rules()
    key = expiring(made, owner="specialist")
    data.write(acts.tell_quote, made.specialist, key, row(key).version, QuoteTold(ContactMethod.SMS, Decimal(4000)))
    assert row(key).call_due_on == day() + timedelta(days=3)
    data.write(preference_entries.set_values, made.manager, (Entry("quote_call_days", "calendar", "working"),))
    data.write(calendar_days.set_day, made.manager, day() + timedelta(days=1), None, FREE)
    wrote = Contact(ContactMethod.WECHAT, ContactOutcome.CONSIDERING, "已读")
    data.write(acts.contact, made.specialist, key, row(key).version, wrote)
    assert row(key).call_due_on == day() + timedelta(days=3)
    other = expiring(made, owner="specialist")
    data.write(acts.tell_quote, made.specialist, other, row(other).version, QuoteTold(ContactMethod.SMS, Decimal(4000)))
    assert row(other).call_due_on > day() + timedelta(days=3)


def test_a_script_is_rewritten_and_the_case_reads_it(store: Database) -> None:
    made = people()
    data.read(case.scripts)
    data.write(script_texts.rewrite, made.manager, Stage.S30, 1, "新话术", " ")
    assert data.read(case.scripts)[Stage.S30] == ("新话术", "新话术")
    with pytest.raises(Conflict):
        data.write(script_texts.rewrite, made.boss, Stage.S30, 1, "别的", "")
    with pytest.raises(Invalid):
        data.write(script_texts.rewrite, made.boss, Stage.S30, 2, "  ", "Something")
    assert {each.version for each in data.read(script_texts.texts)} == {1, 2}


def entry(reason: reason_entries.Reason, **values: object) -> reason_entries.Entry:
    typed = replace(reason, **values)  # type: ignore[arg-type]
    return reason_entries.Entry(reason.id, typed.position, typed.active, typed.controllable, reason.version)


def test_a_reason_switched_off_is_offered_no_more(store: Database) -> None:
    made = people()
    found = {each.slug: each for each in data.read(reason_entries.dictionary, LossDomain.RENEWAL)}
    typed = (entry(found["broker"], active=False), entry(found["price_direct"], position=9), entry(found["no_answer"]))
    assert data.write(reason_entries.arrange, made.manager, LossDomain.RENEWAL, typed) == 2
    offered = [each.slug for each in data.read(reasons.of_renewals)]
    assert "broker" not in offered
    assert offered.index("gift") < offered.index("price_direct")
    late = (entry(found["broker"], controllable=Controllable.NO),)
    with pytest.raises(Conflict):
        data.write(reason_entries.arrange, made.boss, LossDomain.RENEWAL, late)


def test_some_reason_must_stay(store: Database) -> None:
    made = people()
    found = data.read(reason_entries.dictionary, LossDomain.LEAD)
    typed = tuple(entry(each, active=False) for each in found)
    with pytest.raises(Invalid):
        data.write(reason_entries.arrange, made.manager, LossDomain.LEAD, typed)
    assert all(each.active for each in data.read(reason_entries.dictionary, LossDomain.LEAD))


def test_the_month_of_today_is_whole(store: Database) -> None:
    first = whole(Unit.MONTH, day()).first
    assert [each.on.day for each in data.read(calendar_days.month, first).days][:3] == [1, 2, 3]

"""The list of leads, its counts and the search, on both engines."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.engine import Database
from db.terms import IntentionLevel, LeadEventKind, LeadSource
from lib import clock, data, settings
from lib.access import Actor
from lib.leads import queue, steps
from lib.leads.queue import Counts, Filters, View
from lib.leads.steps import Step
from tests.db.leads.showroom import arrive, lead, reason
from tests.personas import Personas, people


def today() -> date:
    return clock.business_day(clock.now(), settings.load().zone)


def place(actor: Actor, name: str, days: int | None, **fields: Any) -> int:
    """An open lead whose next contact is so many days from today (none: no day)."""
    key = arrive(actor, name=name, **fields).lead_id
    with data.transaction(actor) as change:
        row = change.session.get_one(queue.queries.Lead, key)
        row.next_contact_on = None if days is None else today() + timedelta(days=days)
        change.subjects |= steps.advance.subjects  # type: ignore[attr-defined]
    return key


def shown(actor: Actor, **filters: Any) -> list[int]:
    return [row.id for row in data.read(queue.page, actor.own_scope, Filters(**filters), today()).rows]


@pytest.fixture
def who(store: Database) -> Personas:
    return people()


def test_the_late_ones_come_first_and_the_undated_last(who: Personas) -> None:
    later, undated, late, now, later_late = (place(who.consultant, "客", days) for days in (9, None, -5, 0, -1))
    place(who.colleague, "别人", -9)
    assert shown(who.consultant) == [late, later_late, now, later, undated]
    rows = data.read(queue.page, who.consultant.own_scope, Filters(), today()).rows
    assert [row.late_days for row in rows] == [5, 1, 0, -9, None]


def test_each_view_shows_what_its_count_says(who: Personas) -> None:
    for days in (-3, -1, 0, 1, 7, 8, None):
        place(who.consultant, "客", days)
    place(who.other_consultant, "别人", -3)
    ordered = place(who.consultant, "客", 2)
    data.write(steps.advance, who.consultant, ordered, 1, Step(LeadEventKind.ORDER, amount=queue_price()))
    lost = place(who.consultant, "客", 0)
    data.write(steps.advance, who.consultant, lost, 1, Step(LeadEventKind.LOST, loss_reason_id=reason("no_intent")))
    counts = data.read(queue.counts, who.consultant.own_scope, Filters(), today())
    assert counts == Counts(overdue=2, today=1, soon=3, undated=1, ordered=1, all_open=8)
    numbers = {
        View.OVERDUE: 2, View.TODAY: 1, View.SOON: 3, View.UNDATED: 1, View.ORDERED: 1, View.OPEN: 8, View.CLOSED: 1,
    }  # fmt: skip
    assert {view: len(shown(who.consultant, view=view)) for view in View} == numbers
    assert shown(who.consultant, view=View.CLOSED) == [lost]


def queue_price() -> Any:
    return steps.Decimal(100000)


@pytest.mark.parametrize("view", [View.OPEN, View.UNDATED, View.ORDERED, View.CLOSED])
def test_pages_by_key_show_every_lead_once_and_in_order(
    who: Personas, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 3)
    keys = []
    for number in range(8):
        days = None if view is View.UNDATED or number % 3 == 0 else number % 2
        keys.append(place(who.consultant, "客", days))
        if view is View.ORDERED:
            data.write(steps.advance, who.consultant, keys[-1], 1, Step(LeadEventKind.ORDER, amount=queue_price()))
        if view is View.CLOSED:
            step = Step(LeadEventKind.LOST, loss_reason_id=reason("no_intent"))
            data.write(steps.advance, who.consultant, keys[-1], 1, step)
    seen, after, sizes = [], None, []
    while True:
        page = data.read(queue.page, who.consultant.own_scope, Filters(view), today(), after)
        seen += [row.id for row in page.rows]
        sizes.append(len(page.rows))
        after = page.following
        if after is None:
            break
    assert (sorted(seen), sizes) == (keys, [3, 3, 2])
    if view is View.OPEN:
        rows = [lead(key) for key in seen]
        dates = [row.next_contact_on or date.max for row in rows]
        assert dates == sorted(dates)


def test_filters_narrow_the_list_and_the_counts(who: Personas) -> None:
    one = place(who.consultant, "客", 0, source=LeadSource.CALL, car_model_id=who.models["星河E"])
    two = place(who.colleague, "客", 0)
    manager = who.manager
    assert shown(manager, source=LeadSource.CALL) == shown(manager, car_model_id=who.models["星河E"]) == [one]
    assert shown(manager, consultant_id=who.colleague.user_id) == [two]
    filters = Filters(consultant_id=who.colleague.user_id)
    assert data.read(queue.counts, manager.own_scope, filters, today()).today == 1


def test_everyone_sees_their_own_reach_and_no_more(who: Personas) -> None:
    mine, branch = place(who.consultant, "客", 0), place(who.branch_consultant, "客", 0)
    other = place(who.other_consultant, "客", 0)
    reach = {
        "consultant": {mine}, "colleague": set(), "branch_consultant": {branch}, "manager": {mine, branch},
        "channel_manager": {mine, branch}, "other_manager": {other}, "boss": {mine, branch, other},
    }  # fmt: skip
    assert {name: set(shown(getattr(who, name))) for name in reach} == reach
    for name, keys in reach.items():
        assert {row.id for row in search(getattr(who, name), "8000")} == keys


def search(actor: Actor, text: str) -> tuple[queue.LeadRow, ...]:
    return data.fresh(queue.search, actor.own_scope, text, today())


def test_a_lead_is_found_by_number_by_phone_and_by_the_start_of_the_name(who: Personas) -> None:
    key = place(who.consultant, "欧阳修远", 0, mobile="13812345678")
    place(who.consultant, "修远", 0, mobile="13912345679")
    number = lead(key).lead_no
    for text in ("5678", "138 1234 5678", " １３８１２３４５６７８ ", "欧阳", number, number.lower()):
        assert key in {row.id for row in search(who.consultant, text)}, text
    for text in ("5679", "13912345679", "修远"):
        assert key not in {row.id for row in search(who.consultant, text)}, text
    for text in ("", " ", "%", "_", "阳", "1234"):
        assert search(who.consultant, text) == (), text


def test_lost_ones_are_found_too_after_the_open_ones(who: Personas) -> None:
    lost, open_one = place(who.consultant, "客", 0), place(who.consultant, "客", 0)
    later = place(who.consultant, "客", 0)
    data.write(steps.advance, who.consultant, later, 1, Step(LeadEventKind.LOST, loss_reason_id=reason("no_intent")))
    assert [row.id for row in search(who.consultant, "客")] == [open_one, lost, later]


def test_no_name_or_number_leaves_the_database_whole(who: Personas) -> None:
    place(who.consultant, "欧阳修远", 0, mobile="13812345678", intention_level=IntentionLevel.A)
    text = str(data.read(queue.page, who.consultant.own_scope, Filters(), today())) + str(search(who.boss, "5678"))
    assert "欧***" in text
    assert "138****5678" in text
    assert "修远" not in text
    assert "12345678" not in text

"""Who is worth another try, by which rule; the rates, with what must not count; taking leads up again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from db.engine import Database
from db.tables import Customer, Lead, LeadEvent, OptOut, User
from db.terms import LeadEventKind, LeadStatus, LossDomain, RenewalEventKind, RenewalStatus, RenewalType
from lib import data, preference_entries
from lib.access import Scope
from lib.periods import Period
from lib.preference_entries import Entry
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.renewals import figures as renewal_figures
from lib.winbacks import figures, reading, taking_up
from lib.winbacks.taking_up import Seen
from tests.cases import today
from tests.db.leads import showroom
from tests.facts import Facts, at, facts
from tests.personas import Personas, people

Kind = LeadEventKind


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def ago(days: int) -> str:
    return str(today() - timedelta(days=days))


def lost(f: Facts, days: int, reason: str = "price_gap", **values: Any) -> int:
    """A lead lost so many days ago; its key."""
    moment = at(ago(days))
    key = f.lead(ago(days), status=LeadStatus.LOST, closed_at=moment, **values)
    f.lead_event(key, Kind.LOST, ago(days), loss_reason_id=f.reason(LossDomain.LEAD, reason))
    return key


def to_call(made: Personas, who: str = "manager") -> list[int]:
    return [each.id for each in data.read(reading.leads_to_call, made.actors[who].own_scope, today()).rows]


def seen(*keys: int) -> tuple[Seen, ...]:
    return tuple(Seen(key, showroom.lead(key).version) for key in keys)


@pytest.mark.parametrize(
    ("days", "reason", "worth"),
    [(30, "price_gap", True), (29, "price_gap", False), (365, "no_stock", True), (366, "price_gap", False),
     (60, "postponed", True), (60, "no_intent", False), (60, "plate_quota", False), (60, "other", False)],
)  # fmt: skip
def test_which_lost_leads_are_worth_another_call(made: Personas, days: int, reason: str, worth: bool) -> None:
    with facts(made) as f:
        key = lost(f, days, reason)
    assert to_call(made) == ([key] if worth else [])


def test_without_a_number_or_after_an_opt_out_nobody_is_called(made: Personas) -> None:
    with facts(made) as f:
        lost(f, 60, mobile=False)
        gone, kept = lost(f, 60), lost(f, 61)
        number = f.session.get_one(Customer, f.session.get_one(Lead, gone).customer_id).mobile
        f.session.execute(insert(OptOut).values(mobile=number, at=at(ago(1)), how="sms"))
    assert to_call(made) == [kept]


@pytest.mark.parametrize(
    ("status", "days", "worth"),
    [(LeadStatus.OPEN, 5, False), (LeadStatus.DELIVERED, 5, False), (LeadStatus.DELIVERED, 90, True),
     (LeadStatus.LOST, 5, True)],
)  # fmt: skip
def test_who_is_followed_up_or_bought_since_is_left_alone(
    made: Personas, status: LeadStatus, days: int, worth: bool
) -> None:
    with facts(made) as f:
        key = lost(f, 60)
        other = f.lead(ago(days), status=status, closed_at=None if status is LeadStatus.OPEN else at(ago(days)))
        f.session.execute(
            update(Lead).where(Lead.id == other).values(customer_id=f.session.get_one(Lead, key).customer_id)
        )
    assert (key in to_call(made)) is worth


def test_a_lead_counts_by_its_last_loss_that_stands(made: Personas) -> None:
    with facts(made) as f:
        twice, back = lost(f, 100), lost(f, 100)
        f.lead_event(twice, Kind.LOST, ago(10), loss_reason_id=f.reason(LossDomain.LEAD, "gift"))
        f.lead_event(
            back, Kind.LOST, ago(10), loss_reason_id=f.reason(LossDomain.LEAD, "gift"), superseded_at=at(ago(9))
        )
    assert to_call(made) == [back]


def test_each_sees_those_of_their_area_or_their_own_masked(made: Personas) -> None:
    with facts(made) as f:
        mine, branch = lost(f, 40), lost(f, 41, channel="S1-C1-A1", by="branch_consultant")
        other = lost(f, 42, channel="S2", by="other_consultant")
    assert to_call(made) == [mine, branch]
    assert to_call(made, "boss") == [mine, branch, other]
    assert to_call(made, "consultant") == [mine]
    assert to_call(made, "colleague") == []
    row = data.read(reading.leads_to_call, made.manager.own_scope, today()).rows[0]
    assert (row.customer, row.reason) == ("张**", ("价格", "价格不到位"))


def test_the_store_sets_how_long_after_a_loss(made: Personas) -> None:
    with facts(made) as f:
        key = lost(f, 12)
    assert to_call(made) == []
    data.write(preference_entries.set_values, made.boss, (Entry("winback_from_days", 30, 10),))
    assert to_call(made) == [key]
    with pytest.raises(Invalid):
        data.write(preference_entries.set_values, made.boss, (Entry("winback_until_days", 365, 5),))


def test_leads_page_by_key_without_gaps(made: Personas) -> None:
    with facts(made) as f:
        keys = [lost(f, 40 + place // 2) for place in range(5)]
    scope, found, place = made.manager.own_scope, [], None
    while True:
        page = data.read(reading.leads_to_call, scope, today(), place, 2)
        found += [each.id for each in page.rows]
        assert page.total == 5
        if not page.more:
            break
        place = page.rows[-1].place
    assert sorted(found) == keys


def test_a_consultant_takes_up_their_own(made: Personas) -> None:
    with facts(made) as f:
        key = lost(f, 40)
    day = today() + timedelta(days=2)
    assert data.write(taking_up.take_up, made.consultant, seen(key), day, "新价格政策") == 1
    lead = showroom.lead(key)
    assert (lead.status, lead.next_contact_on, lead.closed_at) == (LeadStatus.OPEN, day, None)
    assert showroom.events(key)[-1].kind is Kind.REOPENED
    assert to_call(made) == []


def test_a_manager_gives_them_to_somebody_who_works_there(made: Personas) -> None:
    with facts(made) as f:
        first, second = lost(f, 40), lost(f, 41)
        f.session.execute(update(User).where(User.id == made.consultant.user_id).values(active=False))
    with pytest.raises(Invalid):
        data.write(taking_up.take_up, made.manager, seen(first, second), today())
    assert showroom.lead(first).status is LeadStatus.LOST
    data.write(taking_up.take_up, made.manager, seen(first, second), today(), "", made.colleague.user_id)
    assert {showroom.lead(key).consultant_id for key in (first, second)} == {made.colleague.user_id}


def test_a_stale_list_changes_nothing(made: Personas) -> None:
    with facts(made) as f:
        first, second = lost(f, 40), lost(f, 41)
    stale = seen(first, second)
    data.write(taking_up.take_up, made.consultant, seen(second), today())
    with pytest.raises(Conflict):
        data.write(taking_up.take_up, made.consultant, stale, today())
    assert showroom.lead(first).status is LeadStatus.LOST


def test_nobody_takes_up_what_is_not_theirs(made: Personas) -> None:
    with facts(made) as f:
        key = lost(f, 40)
    with pytest.raises(NotFound):
        data.write(taking_up.take_up, made.colleague, seen(key), today())
    with pytest.raises(NotFound):
        data.write(taking_up.take_up, made.other_manager, seen(key), today())
    with pytest.raises(NotAllowed):
        data.write(taking_up.take_up, made.consultant, seen(key), today(), "", made.colleague.user_id)
    with pytest.raises(NotAllowed):
        data.write(taking_up.take_up, made.channel_manager, seen(key), today())
    with pytest.raises(Invalid):
        data.write(taking_up.take_up, made.manager, (), today())


MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))


def again(f: Facts, when: str, ordered: str | None = None, **values: Any) -> int:
    key = f.lead("2026-01-05", **values)
    f.lead_event(key, Kind.LOST, "2026-02-01", loss_reason_id=f.reason(LossDomain.LEAD, "price_gap"))
    f.lead_event(key, Kind.REOPENED, when)
    if ordered:
        f.lead_event(key, Kind.ORDER, ordered)
    return key


def test_the_rate_of_leads_counts_each_once_and_orders_since(made: Personas) -> None:
    with facts(made) as f:
        again(f, "2026-11-05", "2026-11-20")
        twice = again(f, "2026-11-06")
        f.lead_event(twice, Kind.REOPENED, "2026-11-25")
        again(f, "2026-10-31", "2026-11-20")  # taken up before the period
        earlier = again(f, "2026-11-07")
        f.lead_event(earlier, Kind.ORDER, "2026-01-20")  # ordered before it was taken up again
        undone = again(f, "2026-11-08", "2026-11-09", channel="S2")  # elsewhere
        withdrawn = again(f, "2026-11-09")
        f.session.execute(
            update(LeadEvent)
            .where(LeadEvent.lead_id == withdrawn, LeadEvent.kind == Kind.REOPENED)
            .values(superseded_at=at("2026-11-10"))
        )
    found = data.read(figures.won_back, Scope(made.manager.path), MONTH)
    assert (found.reopened, found.reopened_ordered) == (3, 1)
    assert str(found.figure("lead_winback_rate").value) == "0.333333"
    rows = data.read(reading.leads_taken_up, Scope(made.manager.path), MONTH).rows
    assert len({each.id for each in rows}) == 3
    assert [each.ordered for each in rows].count(True) == 1
    assert undone in {each.id for each in data.read(reading.leads_taken_up, Scope(), MONTH).rows}


def test_the_rate_of_renewals_counts_win_backs_due_without_the_void(made: Personas) -> None:
    with facts(made) as f:
        before = f.renewal("2025-11-10", RenewalStatus.LOST, reason="broker")
        f.renewal_event(before, RenewalEventKind.LOST, "2025-11-01", reason="broker", competitor="平安产险")
        due = f.renewal("2026-11-10", kind=RenewalType.WINBACK, won_back_from_id=before, queue_on=today())
        f.renewal("2026-11-11", RenewalStatus.RENEWED, kind=RenewalType.WINBACK)
        f.renewal("2026-11-12", RenewalStatus.VOID, kind=RenewalType.WINBACK)
        f.renewal("2026-12-01", RenewalStatus.RENEWED, kind=RenewalType.WINBACK)
        f.renewal("2026-11-13", RenewalStatus.RENEWED, kind=RenewalType.REPEAT)
        f.renewal("2026-11-14", RenewalStatus.RENEWED, kind=RenewalType.WINBACK, channel="S2")
    scope = Scope(made.manager.path)
    found = data.read(figures.won_back, scope, MONTH)
    assert (found.winback_due, found.winback_renewed) == (2, 1)
    same = dict(data.read(renewal_figures.renewals, scope, MONTH, today()).by_type)[RenewalType.WINBACK]
    assert (same.due, same.renewed) == (found.winback_due, found.winback_renewed)
    rows = data.read(reading.renewals_counted, scope, MONTH).rows
    assert len(rows) == found.winback_due
    assert (rows[0].id, rows[0].reason, rows[0].competitor) == (due, ("竞争渠道", "中介经纪"), "平安产险")
    mine = made.specialist.own_scope
    assert data.read(figures.won_back, mine, MONTH).winback_due == 0, "what nobody has is nobody's rate"
    assert not data.read(reading.renewals_counted, mine, MONTH).rows


def test_win_back_renewals_to_work_are_the_open_ones_due_soon(made: Personas) -> None:
    soon, owner = today() + timedelta(days=20), made.specialist.user_id
    with facts(made) as f:
        mine = f.renewal(str(soon), kind=RenewalType.WINBACK, queue_on=today(), owner_id=owner)
        nobodys = f.renewal(str(soon + timedelta(days=1)), kind=RenewalType.WINBACK, queue_on=today())
        f.renewal(str(soon), kind=RenewalType.REPEAT, queue_on=today())
        f.renewal(str(today() + timedelta(days=91)), kind=RenewalType.WINBACK, queue_on=today())
        f.renewal(str(soon), RenewalStatus.LOST, kind=RenewalType.WINBACK)
        f.renewal(str(soon), kind=RenewalType.WINBACK, queue_on=today(), channel="S2")

    def work(who: str, unassigned: bool = False) -> list[int]:
        found = data.read(reading.renewals_to_work, made.actors[who].own_scope, today(), unassigned)
        return [each.id for each in found.rows]

    assert work("manager") == [mine, nobodys]
    assert work("manager", unassigned=True) == [nobodys]
    assert work("specialist") == [mine, nobodys]

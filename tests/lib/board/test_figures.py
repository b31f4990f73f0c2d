"""The board's numbers: what counts and, row by row, what does not."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import BusinessType, LeadEventKind, LeadSource, PolicyLine, RenewalEventKind, RenewalStatus
from lib import data
from lib.access import Scope
from lib.board.figures import BoardFilters, BoardNumbers, board, days, hours, people, people_days, sources
from lib.periods import Period
from tests.facts import Facts, at, facts

DAY = date(2026, 11, 20)
TODAY = Period(DAY, DAY)
MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))
E, S = LeadEventKind, LeadSource


def numbers(scope: Scope = Scope(), period: Period = TODAY, filters: BoardFilters = BoardFilters()) -> BoardNumbers:  # noqa: B008
    return data.fresh(board, scope, period, filters, as_of_day=DAY).numbers


def test_leads_count_by_the_day_and_source_of_their_first_contact(store: Database) -> None:
    with facts() as f:
        for source in LeadSource:
            f.lead("2026-11-20", source)
        f.lead("2026-11-20", mobile=False)
        f.lead("2026-11-19")
        f.lead_event(f.lead("2026-10-01"), E.FIRST_CONTACT, "2026-11-20", superseded_at=at("2026-11-21"))
    found = numbers()
    assert (found.first_visits, found.calls, found.outdoor_leads, found.online_leads, found.referral_leads) == (
        2, 1, 1, 1, 1,
    )  # fmt: skip
    assert (found.leads, found.captured_visits) == (6, 1)


def test_the_business_day_runs_from_midnight_to_midnight_of_the_store(store: Database) -> None:
    with facts() as f:
        f.lead("2026-11-20 00:00")
        f.lead("2026-11-20 23:59")
        f.lead("2026-11-19 23:59")
        f.lead("2026-11-21 00:00")
    assert numbers().first_visits == 2
    assert numbers(period=Period(date(2026, 11, 19), date(2026, 11, 21))).first_visits == 4


def test_an_invited_visit_is_the_first_return_of_someone_who_did_not_walk_in(store: Database) -> None:
    with facts() as f:
        fresh = f.lead("2026-11-01", S.ONLINE)
        f.lead_event(fresh, E.RETURN_VISIT, "2026-11-20 10:00")
        f.lead_event(fresh, E.RETURN_VISIT, "2026-11-20 15:00")
        f.lead_event(f.lead("2026-11-01", S.WALK_IN), E.RETURN_VISIT, "2026-11-20")
        known = f.lead("2026-10-01", S.CALL)
        f.lead_event(known, E.RETURN_VISIT, "2026-10-05")
        f.lead_event(known, E.RETURN_VISIT, "2026-11-20")
        mended = f.lead("2026-10-01", S.CALL)
        f.lead_event(mended, E.RETURN_VISIT, "2026-10-05", superseded_at=at("2026-10-06"))
        f.lead_event(mended, E.RETURN_VISIT, "2026-11-20")
    found = numbers()
    assert (found.return_visits, found.invited_visits) == (5, 2)


def test_a_lead_that_drives_twice_is_one_test_drive(store: Database) -> None:
    with facts() as f:
        walker = f.lead("2026-11-01")
        f.lead_event(walker, E.TEST_DRIVE, "2026-11-20 10:00")
        f.lead_event(walker, E.TEST_DRIVE, "2026-11-20 16:00")
        f.lead_event(f.lead("2026-11-01", S.CALL), E.TEST_DRIVE, "2026-11-20")
        f.lead_event(walker, E.TEST_DRIVE, "2026-11-19")
    assert (numbers().test_drives, numbers().walk_in_test_drives) == (2, 1)
    assert numbers(period=MONTH).test_drives == 2


def test_orders_are_net_of_cancellations_on_their_own_days(store: Database) -> None:
    with facts() as f:
        early = f.lead("2026-10-01")
        f.lead_event(early, E.ORDER, "2026-10-10")
        f.lead_event(early, E.ORDER_CANCELLED, "2026-11-20")
        f.lead_event(f.lead("2026-11-01"), E.ORDER, "2026-11-20")
        f.lead_event(f.lead("2026-11-01", S.OUTDOOR), E.ORDER, "2026-11-20")
        f.lead_event(f.lead("2026-11-01"), E.QUOTE, "2026-11-20")
    found = numbers()
    assert (found.orders, found.walk_in_orders, found.outdoor_orders) == (1, 0, 1)


def test_a_delivered_car_is_insured_by_a_new_commercial_policy_of_any_channel(store: Database) -> None:
    with facts() as f:
        insured, renewed, compulsory = f.vehicle(), f.vehicle(), f.vehicle()
        for car in (insured, renewed, compulsory, None):
            f.lead_event(f.lead("2026-11-01", vehicle_id=car), E.DELIVERY, "2026-11-20")
        f.policy("2026-11-25", insured, channel="S2")
        f.policy("2026-11-20", renewed, business=BusinessType.RENEWAL)
        f.policy("2026-11-20", compulsory, line=PolicyLine.COMPULSORY)
    figure = data.fresh(board, Scope(), TODAY, as_of_day=DAY).figure("new_car_insurance_rate")
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("0.25"), 1, 4)


def test_policies_and_renewals_count_by_their_days(store: Database) -> None:
    with facts() as f:
        f.policy("2026-11-20", premium="1000.10")
        f.policy("2026-11-20", premium="2000.20", channel="S2")
        f.policy("2026-11-19", premium="4000")
        case = f.renewal("2026-11-25")
        for kind in (RenewalEventKind.RENEWED, RenewalEventKind.LOST, RenewalEventKind.CONTACT):
            f.renewal_event(case, kind, "2026-11-20")
        f.renewal_event(case, RenewalEventKind.LOST, "2026-11-21")
        f.renewal_event(case, RenewalEventKind.RENEWED, "2026-11-20", superseded_at=at("2026-11-20"))
    found = numbers()
    assert (found.policies_issued, found.premium_amount) == (2, Decimal("3000.30"))
    assert (found.renewals_renewed, found.renewal_losses) == (1, 1)


@pytest.mark.parametrize(
    ("due", "call_due", "status", "overdue"),
    [
        ("2026-12-20", "2026-11-19", RenewalStatus.QUOTED, 1),
        ("2026-12-20", "2026-11-20", RenewalStatus.QUOTED, 0),  # its third day has not ended
        ("2026-12-20", None, RenewalStatus.QUOTED, 0),
        ("2026-12-20", "2026-11-19", RenewalStatus.RENEWED, 0),
        ("2026-08-22", "2026-08-01", RenewalStatus.QUOTED, 1),  # ninety days past its expiry
        ("2026-08-21", "2026-08-01", RenewalStatus.QUOTED, 0),  # archived
    ],
)
def test_a_call_is_overdue_when_its_third_day_has_ended(
    store: Database, due: str, call_due: str | None, status: RenewalStatus, overdue: int
) -> None:
    with facts() as f:
        f.renewal(due, status, call_due_on=call_due and date.fromisoformat(call_due))
    assert numbers().calls_overdue == overdue


def showroom_of_two_stores(f: Facts) -> None:
    f.lead("2026-11-20 10:00", model="远途A7")
    f.lead("2026-11-20 10:30", S.CALL, by="colleague")
    f.lead("2026-11-20 11:00", channel="S1-C1-A1", by="branch_consultant")
    f.lead("2026-11-20 11:00", channel="S2", by="other_consultant", model="星河E")


@pytest.mark.parametrize(("who", "leads"), [("boss", 4), ("manager", 3), ("agent", 1), ("other_manager", 1)])
def test_a_scope_is_the_subtree_of_a_channel(store: Database, who: str, leads: int) -> None:
    with facts() as f:
        showroom_of_two_stores(f)
    assert numbers(f.personas.actors[who].scope).leads == leads


def test_filters_narrow_what_follows_them_and_blank_what_cannot(store: Database) -> None:
    with facts() as f:
        showroom_of_two_stores(f)
        f.policy("2026-11-20")
    me, model = f.personas.consultant.user_id, f.personas.models["星河E"]
    assert me is not None
    assert numbers(filters=BoardFilters(consultants=(me,))).leads == 1
    assert numbers(filters=BoardFilters(sources=(S.CALL, S.ONLINE))).leads == 1
    assert numbers(filters=BoardFilters(models=(model,))).leads == 1
    assert numbers(filters=BoardFilters(models=(model,), sources=(S.CALL,))).leads == 0
    by_model = data.fresh(board, Scope(), TODAY, BoardFilters(models=(model,)), as_of_day=DAY)
    assert (by_model.figure("policies_issued").value, by_model.figure("first_visits").value) == (None, 1)


def test_an_own_scope_never_shows_another_persons_numbers(store: Database) -> None:
    with facts() as f:
        showroom_of_two_stores(f)
    mine, other = f.personas.consultant, f.personas.colleague
    assert numbers(mine.own_scope).leads == 1
    assert other.user_id is not None
    assert numbers(mine.own_scope, filters=BoardFilters(consultants=(other.user_id,))).leads == 0


def test_consultants_are_those_at_work_in_the_scope(store: Database) -> None:
    with facts() as f:
        f.lead_event(f.lead("2026-11-01"), E.DELIVERY, "2026-11-20")
    figure = data.fresh(board, f.personas.manager.scope, TODAY, as_of_day=DAY).figure("deliveries_per_consultant")
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("0.333333"), 1, 3)


def test_the_funnel_counts_people_who_walked_in(store: Database) -> None:
    with facts() as f:
        for mobile in (True, True, False):
            f.lead("2026-11-20", mobile=mobile)
        buyer = f.lead("2026-11-01")
        for kind in (E.TEST_DRIVE, E.ORDER, E.DELIVERY):
            f.lead_event(buyer, kind, "2026-11-20")
            f.lead_event(f.lead("2026-11-01", S.CALL), kind, "2026-11-20")
    steps = data.fresh(board, Scope(), TODAY, as_of_day=DAY).funnel
    assert [step.count for step in steps] == [3, 2, 1, 1, 1]
    assert steps[2].rate is not None
    assert (steps[2].rate.value, steps[2].rate.denominator) == (Decimal("0.5"), 2)


def test_days_sources_hours_and_people_add_up_to_the_board(store: Database) -> None:
    with facts() as f:
        showroom_of_two_stores(f)
        f.lead("2026-11-02 09:00")
        f.lead_event(f.lead("2026-10-02"), E.DELIVERY, "2026-11-03")
        f.lead_event(f.lead("2026-10-02"), E.RETURN_VISIT, "2026-11-03 09:30")
    total = numbers(period=MONTH)
    for parts in (days, sources, people):
        found = data.fresh(parts, Scope(), MONTH)
        assert sum(each.leads for each in found) == total.leads == 5
        assert sum(each.deliveries for each in found) == total.deliveries == 1
    assert [each.day for each in data.fresh(days, Scope(), MONTH)] == list(MONTH.days)
    by_hour = {each.hour: (each.visits, each.calls) for each in data.fresh(hours, Scope(), MONTH)}
    assert len(by_hour) == 24
    assert (by_hour[9], by_hour[10], by_hour[11]) == ((2, 0), (1, 1), (2, 0))
    racing = data.fresh(people, Scope(), MONTH)
    assert (racing[0].name, racing[0].deliveries, len(racing)) == ("顾一", 1, 4)
    course = data.fresh(people_days, Scope(), MONTH)
    assert {who: sum(day.deliveries for day in each) for who, each in course.items()} == {racing[0].user_id: 1}

"""Every number opens into as many rows as it counts, masked, a page at a time."""

from datetime import date, timedelta

from db.engine import Database
from db.terms import LeadEventKind, LeadSource, RenewalEventKind, RenewalStatus
from lib import data, kpi
from lib.access import Scope
from lib.board.figures import BoardFilters, board, hours
from lib.board.rows import CountedRow, arrivals, rows, wins
from lib.periods import Period
from tests.facts import Facts, facts

DAY = date(2026, 11, 20)
MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))
NO_FILTERS = BoardFilters()
EVERYTHING = Scope()
E, S = LeadEventKind, LeadSource


def opened(
    slug: str, scope: Scope = EVERYTHING, filters: BoardFilters = NO_FILTERS, **page: object
) -> tuple[CountedRow, ...]:
    return data.fresh(rows, scope, MONTH, filters, slug, as_of_day=DAY, **page)  # type: ignore[arg-type]


def busy_month(f: Facts) -> None:
    """Something for every number, and something before and after it."""
    for day in (date(2026, 10, 31), date(2026, 11, 2), date(2026, 11, 16), date(2026, 12, 1)):
        when = day.isoformat()
        for source in LeadSource:
            lead = f.lead(when, source, model="远途A7", vehicle_id=f.vehicle(plate="云A12345"))
            for kind in (E.RETURN_VISIT, E.TEST_DRIVE, E.TEST_DRIVE, E.ORDER, E.DELIVERY, E.LOST):
                f.lead_event(lead, kind, when)
        f.policy(when, f.vehicle())
        case = f.renewal((day + timedelta(days=60)).isoformat(), RenewalStatus.QUOTED, call_due_on=day, quoted_at=None)
        f.renewal_event(case, RenewalEventKind.RENEWED, when)
        f.renewal_event(case, RenewalEventKind.LOST, when)


def test_a_number_opens_into_as_many_rows_as_it_counts(store: Database) -> None:
    with facts() as f:
        busy_month(f)
    figures = data.fresh(board, Scope(), MONTH, as_of_day=DAY).figures
    for record in kpi.BOARD:
        figure = figures[record.slug]
        counted = figure.numerator if record.denominator else figure.value
        if record.slug != "premium_amount":
            listed = opened(record.slug)
            signed = sum(-1 if each.kind is E.ORDER_CANCELLED else 1 for each in listed)
            assert (record.slug, signed) == (record.slug, counted)
    assert figures["deliveries"].value == 10
    assert figures["calls_overdue"].value == 3


def test_an_hour_opens_into_who_came_or_called_in_it(store: Database) -> None:
    with facts() as f:
        for when, source in (
            ("2026-11-02 09:00", S.WALK_IN),
            ("2026-11-03 09:59", S.CALL),
            ("2026-11-03 10:00", S.CALL),
        ):
            f.lead(when, source)
        online = f.lead("2026-11-04 09:10", S.ONLINE)  # neither came nor called
        f.lead_event(online, E.RETURN_VISIT, "2026-11-05 09:30")
        f.lead_event(online, E.TEST_DRIVE, "2026-11-05 09:40")
        f.lead("2026-12-01 09:00", S.WALK_IN)
    counted = {each.hour: each.visits + each.calls for each in data.fresh(hours, EVERYTHING, MONTH)}
    for hour in (8, 9, 10):
        assert len(data.fresh(arrivals, EVERYTHING, MONTH, NO_FILTERS, hour)) == counted[hour]
    assert counted[9] == 3


def test_rows_come_newest_first_and_page_by_page(store: Database) -> None:
    with facts() as f:
        for _ in range(3):
            f.lead("2026-11-10 10:00")
        f.lead("2026-11-12")
        f.lead("2026-11-01")
    whole = opened("first_visits")
    assert [each.at for each in whole] == sorted((each.at for each in whole if each.at), reverse=True)
    paged: list[CountedRow] = []
    while page := opened("first_visits", after=paged[-1].seen if paged else None, limit=2):
        paged += page
    assert tuple(paged) == whole
    assert len(whole) == 5


def test_rows_carry_no_personal_value_whole(store: Database) -> None:
    with facts() as f:
        busy_month(f)
        f.lead("2026-11-10", mobile=True)
    assert {each.customer for each in opened("first_visits")} == {"张**"}
    shown = repr([opened(slug) for slug in ("first_visits", "renewals_renewed", "calls_overdue", "policies_issued")])
    for whole in ("张三丰", "云A12345", "139", "LTESTVIN"):
        assert whole not in shown


def test_rows_stay_within_scope_and_filters(store: Database) -> None:
    with facts() as f:
        f.lead("2026-11-10")
        f.lead("2026-11-10", by="colleague", model="星河E")
        f.lead("2026-11-10", channel="S2", by="other_consultant")
        f.policy("2026-11-10")
    who, model = f.personas, f.personas.models["星河E"]
    assert [len(opened("first_visits", each)) for each in (Scope(), who.manager.scope, who.consultant.own_scope)] == [
        3,
        2,
        1,
    ]
    assert [each.model for each in opened("first_visits", filters=BoardFilters(models=(model,)))] == ["星河E"]
    assert opened("policies_issued", filters=BoardFilters(models=(model,))) == ()


def test_the_days_wins_name_consultant_and_model_alone(store: Database) -> None:
    with facts() as f:
        lead = f.lead("2026-11-01", model="星河E")
        f.lead_event(lead, E.ORDER, "2026-11-20 10:00")
        f.lead_event(lead, E.ORDER, "2026-11-19")
        f.lead_event(lead, E.TEST_DRIVE, "2026-11-20")
        f.lead_event(f.lead("2026-11-01", channel="S2", by="other_consultant"), E.DELIVERY, "2026-11-20 09:00")
    told = data.fresh(wins, Scope(), DAY)
    assert [(each.kind, each.consultant, each.model) for each in told] == [
        (E.DELIVERY, "顾四", None), (E.ORDER, "顾一", "星河E"),
    ]  # fmt: skip
    assert [each.consultant for each in data.fresh(wins, f.personas.manager.scope, DAY)] == ["顾一"]
    assert len(data.fresh(wins, Scope(), DAY, 1)) == 1

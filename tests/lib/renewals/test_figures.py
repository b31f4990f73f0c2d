"""Renewals by due_on: what became of them always adds up; the calls after a quote by the end of their third day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import delete

from db.engine import Database
from db.tables import Renewal, Vehicle
from db.terms import ContactMethod, ContactOutcome, RenewalEventKind, RenewalStatus, RenewalType
from lib import data
from lib.access import Scope
from lib.periods import Period
from lib.renewals.figures import Calls, RenewalNumbers, calls, renewals
from tests.facts import Facts, at, facts
from tests.personas import Personas, people

TODAY = date(2026, 11, 20)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
EVERYTHING = Scope()
S, K = RenewalStatus, RenewalEventKind


def november(scope: Scope = EVERYTHING, today: date = TODAY) -> RenewalNumbers:
    return data.fresh(renewals, scope, NOVEMBER, today).whole


@pytest.mark.parametrize(
    ("due", "status", "counted"),
    [
        ("2026-11-20", S.PENDING, "open"),  # not yet past on its day
        ("2026-11-19", S.PENDING, "lapsed"),
        ("2026-11-19", S.PROMISED, "lapsed"),
        ("2026-11-19", S.RECOVERED, "lapsed"),
        ("2026-11-25", S.RECOVERED, "lapsed"),
        ("2026-11-25", S.QUOTED, "open"),
        ("2026-11-25", S.RENEWED, "renewed"),
        ("2026-11-01", S.RENEWED, "renewed"),
        ("2026-11-30", S.LOST, "lost"),
        ("2026-11-25", S.VOID, "void"),
    ],
)
def test_a_renewal_counts_in_one_place(store: Database, due: str, status: RenewalStatus, counted: str) -> None:
    with facts() as f:
        f.renewal(due, status)
        f.renewal("2026-10-31", status)
        f.renewal("2026-12-01", status)
    found = november()
    places = {name: getattr(found, name) for name in ("renewed", "lost", "open", "lapsed", "void")}
    assert places == {name: int(name == counted) for name in places}
    assert found.due == int(counted != "void")


def test_quoted_counts_those_of_due_who_were_ever_told_a_price(store: Database) -> None:
    told = {"quoted_at": at("2026-10-01")}
    with facts() as f:
        f.renewal("2026-11-25", S.PROMISED, **told)
        f.renewal("2026-11-25", S.LOST, **told)
        f.renewal("2026-11-25", S.VOID, **told)
        f.renewal("2026-11-25")
    found = november()
    assert (found.quoted, found.open_quoted, found.open_unquoted) == (2, 1, 1)
    assert found.figure("quote_rate").value == Decimal("0.666667")


def test_the_commercial_rate_is_over_those_who_had_a_commercial_policy(store: Database) -> None:
    with facts() as f:
        f.renewal("2026-11-25", S.RENEWED, commercial_prior=True, commercial_renewed=True)
        f.renewal("2026-11-25", S.RENEWED, commercial_prior=True, partly_renewed=True)
        f.renewal("2026-11-25", S.RENEWED, commercial_renewed=True)
        f.renewal("2026-11-25", S.VOID, commercial_prior=True)
    figure = november().figure("commercial_renewal_rate")
    assert (figure.numerator, figure.denominator) == (1, 2)


def test_every_type_is_told_and_losses_by_reason(store: Database) -> None:
    with facts() as f:
        f.renewal("2026-11-25", S.RENEWED, kind=RenewalType.FIRST)
        for reason in ("price_direct", "dead_number", "dead_number", "broker"):
            f.renewal("2026-11-25", S.LOST, kind=RenewalType.WINBACK, reason=reason)
    found = data.fresh(renewals, EVERYTHING, NOVEMBER, TODAY)
    assert {each: (numbers.due, numbers.renewed) for each, numbers in found.by_type} == {
        RenewalType.FIRST: (1, 1),
        RenewalType.REPEAT: (0, 0),
        RenewalType.WINBACK: (4, 0),
        RenewalType.EXTERNAL: (0, 0),
    }
    assert found.lost_by_reason == (("dead_number", 2), ("broker", 1), ("price_direct", 1))


def test_a_rate_is_progress_until_its_window_has_ended(store: Database) -> None:
    people()
    assert not data.fresh(renewals, EVERYTHING, NOVEMBER, date(2026, 11, 30)).settled
    assert data.fresh(renewals, EVERYTHING, NOVEMBER, date(2026, 12, 1)).settled


def test_renewals_are_seen_within_ones_scope_and_ones_own(store: Database) -> None:
    with facts() as f:
        mine = f.personas.specialist
        f.renewal("2026-11-25", owner_id=mine.user_id)
        f.renewal("2026-11-25", channel="S1-C1-A1")
        f.renewal("2026-11-25", channel="S2")
    assert [november(each).due for each in (EVERYTHING, mine.scope, mine.own_scope)] == [3, 2, 1]


NEAR = st.dates(date(2026, 10, 30), date(2026, 12, 2))


@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NEAR, st.sampled_from(S), st.booleans(), st.sampled_from(RenewalType)), max_size=12), NEAR)
def test_where_they_went_adds_up_to_due(
    sqlite_store: Database, cases: list[tuple[date, RenewalStatus, bool, RenewalType]], today: date
) -> None:
    with facts(_known(sqlite_store)) as f:
        f.session.execute(delete(Renewal))
        f.session.execute(delete(Vehicle))
        for due, status, quoted, kind in cases:
            f.renewal(due.isoformat(), status, kind=kind, quoted_at=at("2026-10-01") if quoted else None)
    found = data.fresh(renewals, EVERYTHING, NOVEMBER, today)
    whole, inside = found.whole, [each for each in cases if each[0] in NOVEMBER]
    assert whole.due + whole.void == len(inside)
    assert whole.due == whole.renewed + whole.lost + whole.open + whole.lapsed
    lost = sum(count for _, count in found.lost_by_reason)
    assert whole.due == whole.renewed + lost + whole.lapsed + whole.open_quoted + whole.open_unquoted
    assert sum((numbers for _, numbers in found.by_type), RenewalNumbers()) == whole
    assert whole.commercial_renewed <= whole.commercial_due <= whole.due


_personas: dict[str, Personas] = {}


def _known(store: Database) -> Personas:
    key = str(store.url)
    if key not in _personas:
        _personas[key] = people()
    return _personas[key]


def quote(f: Facts, when: str, case: int | None = None, **values: object) -> int:
    """An SMS quote whose call is due on the third day after."""
    case = case or f.renewal("2027-03-01", S.QUOTED)
    third = at(when).date() + timedelta(days=3)
    sent = {"method": ContactMethod.SMS, "outcome": ContactOutcome.QUOTE_SENT, "call_due_on": third}
    f.renewal_event(case, K.QUOTED, when, **(sent | values))
    return case


def november_calls(scope: Scope = EVERYTHING, today: date = TODAY) -> Calls:
    return data.fresh(calls, scope, NOVEMBER, today)


PHONE = {"method": ContactMethod.PHONE, "note": "谈过价格"}


@pytest.mark.parametrize(
    ("kind", "when", "values", "on_time"),
    [
        (K.CONTACT, "2026-11-05 09:00", PHONE, True),
        (K.CONTACT, "2026-11-08 23:59", PHONE, True),
        (K.CONTACT, "2026-11-09 00:00", PHONE, False),
        (K.CONTACT, "2026-11-05 08:00", PHONE, False),  # the moment of the quote itself
        (K.CONTACT, "2026-11-04 10:00", PHONE, False),
        (K.CONTACT, "2026-11-06", {"method": ContactMethod.PHONE}, False),
        (K.CONTACT, "2026-11-06", {"method": ContactMethod.PHONE, "note": " 　\n"}, False),
        (K.CONTACT, "2026-11-06", {"method": ContactMethod.WECHAT, "note": "谈过"}, False),
        (K.CONTACT, "2026-11-06", PHONE | {"outcome": ContactOutcome.NO_ANSWER}, True),
        (K.CONTACT, "2026-11-06", PHONE | {"superseded_at": at("2026-11-07")}, False),
        (K.PROMISED, "2026-11-06", PHONE, True),
        (K.PROMISED, "2026-11-06", {"method": ContactMethod.VISIT}, False),
        (K.RENEWED, "2026-11-08 20:00", {}, True),
        (K.LOST, "2026-11-06", {}, True),
        (K.VOIDED, "2026-11-06", {}, True),
        (K.RENEWED, "2026-11-09 00:00", {}, False),
        (K.REOPENED, "2026-11-06", {}, False),
    ],
)
def test_a_quote_is_answered_by_the_end_of_its_third_day(
    store: Database, kind: RenewalEventKind, when: str, values: dict[str, object], on_time: bool
) -> None:
    with facts() as f:
        case = quote(f, "2026-11-05 08:00")
        f.renewal_event(case, kind, when, **values)
        f.renewal_event(f.renewal("2027-03-01"), K.CONTACT, "2026-11-06", **PHONE)  # of another renewal
    found = november_calls()
    assert (found.calls_on_time, found.calls_late, found.calls_open) == (int(on_time), int(not on_time), 0)


def test_a_call_is_open_until_its_third_day_has_ended(store: Database) -> None:
    with facts() as f:
        quote(f, "2026-11-17")
        quote(f, "2026-11-16")
    found = november_calls()
    assert (found.quotes_sent, found.calls_open, found.calls_late) == (2, 1, 1)


def test_quotes_count_by_the_day_of_sending_whatever_their_renewal(store: Database) -> None:
    with facts() as f:
        quote(f, "2026-11-01 00:00", f.renewal("2026-08-01", S.VOID))
        quote(f, "2026-11-30 23:59", f.renewal("2027-08-01", channel="S2"))
        quote(f, "2026-10-31 23:59")
        quote(f, "2026-12-01 00:00")
        quote(f, "2026-11-10", method=ContactMethod.PHONE)
        quote(f, "2026-11-10", superseded_at=at("2026-11-11"))
    assert november_calls().quotes_sent == 2
    assert november_calls(f.personas.manager.scope).quotes_sent == 1


def test_compliance_leaves_out_what_is_still_owed(store: Database) -> None:
    with facts() as f:
        f.renewal_event(quote(f, "2026-11-05"), K.LOST, "2026-11-06")
        quote(f, "2026-11-05")
        quote(f, "2026-11-19")
    figure = november_calls().figure("call_compliance_rate")
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("0.5"), 1, 2)

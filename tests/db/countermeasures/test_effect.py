"""The measured effect: windows of equal length by the day of the event, the scope's cases alone, enough of them."""

from datetime import date

import pytest

from db.engine import Database
from db.terms import LeadEventKind, LossDomain, RenewalEventKind, RenewalStatus
from lib import data
from lib.countermeasures.effect import Aim, Effect, effect
from lib.periods import Period
from tests.db.countermeasures.plans import first_level
from tests.db.leads.showroom import reason
from tests.facts import Facts, at, facts
from tests.lib.losses.lost import lost_lead, lost_renewal
from tests.personas import Personas, people

RENEWAL, LEAD = LossDomain.RENEWAL, LossDomain.LEAD
RUN = Period(date(2026, 10, 11), date(2026, 10, 20))  # ten days; before it 1 to 10 October
BEFORE, AFTER = ("2026-10-01", "2026-10-10"), ("2026-10-11", "2026-10-20")
LATER = date(2026, 11, 1)


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def won(f: Facts, when: str, channel: str = "S1") -> None:
    case = f.renewal("2026-12-31", RenewalStatus.RENEWED, channel)
    f.renewal_event(case, RenewalEventKind.RENEWED, when)


def window(f: Facts, days: tuple[str, str], hits: int, others: int, kept: int) -> None:
    """Cases of a window, on its first and its last day."""
    for place in range(hits):
        lost_renewal(f, days[place % 2], "price_direct")
    for place in range(others):
        lost_renewal(f, days[place % 2], "gift" if place % 2 else "broker")
    for place in range(kept):
        won(f, days[place % 2])


def found(made: Personas, aim: Aim | None = None, today: date = LATER) -> Effect:
    s1 = made.manager.path
    return data.read(effect, aim or Aim(RENEWAL, reason("price_direct", RENEWAL), s1), RUN, today)


def numbers(made: Personas, aim: Aim | None = None, today: date = LATER) -> tuple[tuple[int, int], tuple[int, int]]:
    shown = found(made, aim, today)
    return (
        (shown.before.lost_for_reason, shown.before.decided), (shown.after.lost_for_reason, shown.after.decided)
    )  # fmt: skip


def test_the_reasons_share_of_decided_cases_before_and_after(made: Personas) -> None:
    with facts(made) as f:
        window(f, BEFORE, 12, 8, 20)
        window(f, AFTER, 3, 7, 30)
        lost_renewal(f, "2026-09-30")  # a day before the first window
        lost_renewal(f, "2026-10-21")  # a day after the second
        lost_renewal(f, "2026-10-12", channel="S2")  # elsewhere
        lost_lead(f, "2026-10-12")  # of the other domain
        taken_back = f.renewal("2026-12-31")
        f.renewal_event(taken_back, RenewalEventKind.LOST, "2026-10-12", superseded_at=at("2026-10-13"))
    shown = found(made)
    assert numbers(made) == ((12, 40), (3, 40))
    assert (shown.before.period, shown.after.period) == (Period(date(2026, 10, 1), date(2026, 10, 10)), RUN)
    assert (float(shown.before.figure.value or 0), float(shown.after.figure.value or 0)) == (0.3, 0.075)
    assert shown.before.interval == pytest.approx((0.1807, 0.4543), abs=1e-4)
    assert shown.after.interval == pytest.approx((0.0258, 0.1986), abs=1e-4)
    assert (shown.enough, shown.ended, shown.apart) == (True, True, False)


def test_a_first_level_reason_means_its_second_level(made: Personas) -> None:
    with facts(made) as f:
        window(f, BEFORE, 4, 6, 0)
    aim = Aim(RENEWAL, first_level("price"), made.manager.path)
    assert numbers(made, aim) == ((7, 10), (0, 0))


@pytest.mark.parametrize(("before", "after", "enough"), [(30, 30, True), (29, 30, False), (30, 29, False)])
def test_under_thirty_decided_cases_in_either_window_nothing_is_said(
    made: Personas, before: int, after: int, enough: bool
) -> None:
    with facts(made) as f:
        window(f, BEFORE, 10, 0, before - 10)
        window(f, AFTER, 10, 0, after - 10)
    assert found(made).enough is enough


def test_it_is_narrowed_to_channel_insurer_and_person(made: Personas) -> None:
    with facts(made) as f:
        lost_renewal(f, "2026-10-02", insurer="人保财险")
        lost_renewal(f, "2026-10-02", insurer="平安产险")
        lost_renewal(f, "2026-10-12", insurer="人保财险", specialist_id=made.policy_specialist.user_id)
        lost_renewal(f, "2026-10-12", channel="S1-C1")
        lost_renewal(f, "2026-10-12", channel="S2")
    one = reason("price_direct", RENEWAL)
    assert numbers(made, Aim(RENEWAL, one)) == ((2, 2), (3, 3))
    assert numbers(made, Aim(RENEWAL, one, made.manager.path)) == ((2, 2), (2, 2))
    assert numbers(made, Aim(RENEWAL, one, insurer="人保财险")) == ((1, 1), (1, 1))
    assert numbers(made, Aim(RENEWAL, one, person_id=made.specialist.user_id)) == ((2, 2), (2, 2))


def test_leads_are_won_by_delivery_and_narrowed_to_a_model(made: Personas) -> None:
    with facts(made) as f:
        lost_lead(f, "2026-10-02", model="远途A7")
        lost_lead(f, "2026-10-02", model="星河E")
        bought = f.lead("2026-09-01", model="远途A7")
        f.lead_event(bought, LeadEventKind.ORDER, "2026-10-02")  # an order decides nothing yet
        f.lead_event(bought, LeadEventKind.DELIVERY, "2026-10-12")
    aim = Aim(LEAD, reason("price_gap"), car_model_id=made.models["远途A7"])
    assert numbers(made, aim) == ((1, 1), (0, 1))


def test_a_window_that_has_not_ended_says_so(made: Personas) -> None:
    assert found(made, today=RUN.last).ended is False
    assert found(made, today=date(2026, 10, 21)).ended is True

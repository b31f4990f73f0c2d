"""Who and what moved the loss rate and the renewal rate, on both databases."""

from datetime import date
from fractions import Fraction

import pytest

from db.engine import Database
from db.terms import LeadEventKind, LossDomain, RenewalEventKind, RenewalStatus, RenewalType
from lib import data
from lib.access import Scope
from lib.losses.filters import LossFilters
from lib.losses.influence import Influence, Moved, Share
from lib.losses.movers import LAPSED, By, loss_rate_moved, renewal_rate_moved
from lib.periods import Period
from tests.facts import Facts, facts
from tests.lib.losses.lost import insured, lost_lead, lost_renewal
from tests.lib.losses.test_picture import id_of, spurious

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 30))
TODAY = date(2026, 12, 10)


def won_lead(f: Facts, when: str, **values: object) -> None:
    f.lead_event(f.lead("2026-01-01", **values), LeadEventKind.DELIVERY, when)  # type: ignore[arg-type]


def two_months(f: Facts) -> None:
    """The consultant loses 1 of 2, then 2 of 2; the colleague 1 of 2 both times; a renewal is lost and one renewed."""
    spurious(f)
    lost_lead(f, "2026-10-05", model="星河E")
    won_lead(f, "2026-10-06")
    lost_lead(f, "2026-10-05", "too_far", by="colleague")
    won_lead(f, "2026-10-06", by="colleague")
    lost_lead(f, "2026-11-05", model="星河E")
    lost_lead(f, "2026-11-06", "gift", channel="S1-C1-A1")
    lost_lead(f, "2026-11-05", "too_far", by="colleague")
    won_lead(f, "2026-11-06", by="colleague")
    for when in ("2026-10-07", "2026-11-07"):
        lost_renewal(f, when, insurer="人保财险", kind=RenewalType.FIRST)
        case = insured(f, "2026-12-31", "太平洋产险", status=RenewalStatus.RENEWED, kind=RenewalType.REPEAT)
        f.renewal_event(case, RenewalEventKind.RENEWED, when, specialist_id=f.personas.specialist.user_id)


def lost(by: By, filters: LossFilters | None = None, scope: Scope | None = None) -> Moved:
    found = data.fresh(loss_rate_moved, scope or Scope(), NOVEMBER, OCTOBER, filters or LossFilters(), by)
    assert found is not None
    return found


def part(found: Moved, group: object) -> Influence:
    return next(each for each in found.parts if each.group == group)


@pytest.mark.parametrize("by", By)
def test_whatever_the_groups_they_add_up_to_the_change(store: Database, by: By) -> None:
    with facts() as f:
        two_months(f)
    found = lost(by)
    assert (found.now, found.before) == (Share(4, 6), Share(3, 6))
    assert sum(each.total for each in found.parts) == found.change == Fraction(1, 6)


def test_the_one_whose_rate_rose_moved_it(store: Database) -> None:
    with facts() as f:
        two_months(f)
    found = lost(By.PERSON)
    mine, colleague = f.personas.consultant.user_id, f.personas.colleague.user_id
    assert found.parts[0].group == mine
    assert (part(found, mine).now, part(found, mine).before) == (Share(2, 2), Share(1, 2))
    assert part(found, mine).total == found.change
    assert part(found, colleague).total == 0


def test_models_insurers_types_channels_and_reasons_are_groups(store: Database) -> None:
    with facts() as f:
        two_months(f)
        models, channels = f.personas.models, f.personas.channels
    things = {each.group for each in lost(By.THING).parts}
    assert {(LossDomain.LEAD, models["星河E"]), (LossDomain.RENEWAL, "人保财险")} <= things
    types = lost(By.TYPE)
    assert part(types, None).now == Share(3, 4)
    assert part(types, RenewalType.FIRST).now == Share(1, 1)
    assert part(lost(By.CHANNEL), channels["S1-C1-A1"]).before == Share(0, 0)
    assert part(lost(By.REASON), "lead.price").total == Fraction(2, 6) - Fraction(1, 6)


def test_under_a_reason_it_is_the_share_of_that_reasons_losses_among_all_decided(store: Database) -> None:
    with facts() as f:
        two_months(f)
    found = lost(By.PERSON, LossFilters(reasons=(id_of("too_far", LossDomain.LEAD),)))
    assert (found.now, found.before) == (Share(1, 6), Share(1, 6))


def test_a_consultant_is_told_of_the_own_cases_alone(store: Database) -> None:
    with facts() as f:
        two_months(f)
    found = lost(By.PERSON, scope=f.personas.consultant.own_scope)
    assert {each.group for each in found.parts} == {f.personas.consultant.user_id}


def test_nothing_to_compare_with_is_nothing(store: Database) -> None:
    with facts() as f:
        lost_lead(f, "2026-11-05")
    assert data.fresh(loss_rate_moved, Scope(), NOVEMBER, OCTOBER, LossFilters(), By.PERSON) is None


def windows(f: Facts) -> None:
    """Due in October: 2 renewed, 1 lost, 1 lapsed; in November: 1 renewed, 2 lost, 1 lapsed; void ones beside them."""
    mine = f.personas.specialist.user_id
    for due, renewed, gone in (("2026-10-10", 2, 1), ("2026-11-10", 1, 2)):
        for _ in range(renewed):
            insured(f, due, "人保财险", status=RenewalStatus.RENEWED, owner_id=mine)
        for _ in range(gone):
            insured(f, due, "太平洋产险", status=RenewalStatus.LOST, reason="broker", owner_id=mine)
        f.renewal(due)
        f.renewal(due, RenewalStatus.VOID)


@pytest.mark.parametrize("by", By)
def test_the_renewal_rates_change_is_shared_out_as_well(store: Database, by: By) -> None:
    with facts() as f:
        windows(f)
    found = data.fresh(renewal_rate_moved, Scope(), NOVEMBER, OCTOBER, LossFilters(), by, TODAY)
    assert found is not None
    assert (found.now, found.before) == (Share(1, 4), Share(2, 4))
    assert sum(each.total for each in found.parts) == found.change == Fraction(-1, 4)


def test_what_was_lost_for_a_reason_took_from_the_renewal_rate(store: Database) -> None:
    with facts() as f:
        windows(f)
    found = data.fresh(renewal_rate_moved, Scope(), NOVEMBER, OCTOBER, LossFilters(), By.REASON, TODAY)
    assert found is not None
    assert part(found, "renewal.competitor").total == Fraction(-1, 4)
    assert part(found, LAPSED).total == 0

"""Losses by competitor and by price gap, on both databases."""

from datetime import date
from decimal import Decimal

from db.engine import Database
from db.terms import LossDomain
from lib import data
from lib.access import Scope
from lib.losses.filters import Gap, LossFilters
from lib.losses.noted import competitors, gaps
from lib.losses.picture import picture
from lib.periods import Period
from tests.facts import facts
from tests.lib.losses.lost import lost_lead, lost_renewal
from tests.lib.losses.test_picture import spurious

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def test_losses_count_by_competitor_most_first_and_the_rest_apart(store: Database) -> None:
    with facts() as f:
        spurious(f)
        for name in ("人保电销", " 人保电销 ", "平安电销", "", None):
            lost_renewal(f, "2026-11-10", competitor=name)
        lost_lead(f, "2026-11-10", competitor="平安电销")
        lost_lead(f, "2026-11-10", competitor="平安电销")
    found = data.fresh(competitors, Scope(), NOVEMBER, LossFilters())
    assert found.counted == (("平安电销", 3), ("人保电销", 2))
    assert (found.without, found.total) == (2, 7)


def test_a_number_typed_into_the_competitor_is_masked(store: Database) -> None:
    with facts() as f:
        lost_renewal(f, "2026-11-10", competitor="熟人 13812345678")
    found = data.fresh(competitors, Scope(), NOVEMBER, LossFilters())
    assert found.counted == (("熟人 138****5678", 1),)


def test_price_gaps_fall_into_steps_that_hold_their_lower_end(store: Database) -> None:
    with facts() as f:
        spurious(f)
        for amount in ("99.99", "100", "199.99", "300", None):
            lost_renewal(f, "2026-11-10", price_gap_amount=amount and Decimal(amount))
        lost_lead(f, "2026-11-10", price_gap_amount=Decimal(150))
    found = data.fresh(gaps, Scope(), NOVEMBER, LossFilters(), LossDomain.RENEWAL)
    assert [(int(step.least), count) for step, count in found.steps] == [(0, 1), (100, 2), (200, 0), (300, 1)]
    assert (found.without, found.total) == (1, 5)


def test_the_last_step_has_no_upper_end(store: Database) -> None:
    with facts() as f:
        lost_lead(f, "2026-11-10", price_gap_amount=Decimal(90000))
    found = data.fresh(gaps, Scope(), NOVEMBER, LossFilters(), LossDomain.LEAD)
    assert found.steps == ((Gap(LossDomain.LEAD, Decimal(20000), None), 1),)


def test_a_step_taken_as_a_filter_leaves_what_it_counted(store: Database) -> None:
    with facts() as f:
        for amount in (99, 100, 150, 200, 5000):
            lost_renewal(f, "2026-11-10", price_gap_amount=Decimal(amount))
    found = data.fresh(gaps, Scope(), NOVEMBER, LossFilters(), LossDomain.RENEWAL)
    for step, count in found.steps:
        assert data.fresh(picture, Scope(), NOVEMBER, LossFilters(gap=step)).whole.lost == count


def test_both_are_narrowed_to_the_own_cases(store: Database) -> None:
    with facts() as f:
        lost_lead(f, "2026-11-10", competitor="城东", price_gap_amount=Decimal(2000))
        lost_lead(f, "2026-11-10", by="colleague", competitor="城东", price_gap_amount=Decimal(2000))
    scope = f.personas.consultant.own_scope
    assert data.fresh(competitors, scope, NOVEMBER, LossFilters()).total == 1
    assert data.fresh(gaps, scope, NOVEMBER, LossFilters(), LossDomain.LEAD).total == 1


def test_models_leave_no_price_gap_of_a_renewal(store: Database) -> None:
    with facts() as f:
        lost_renewal(f, "2026-11-10", price_gap_amount=Decimal(150))
    filters = LossFilters(models=(f.personas.models["星河E"],))
    assert data.fresh(gaps, Scope(), NOVEMBER, filters, LossDomain.RENEWAL).total == 0

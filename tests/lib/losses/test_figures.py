"""Losses by the day of the lost event."""

from datetime import date
from decimal import Decimal

from db.engine import Database
from db.terms import LeadEventKind, LossDomain, RenewalEventKind, RenewalStatus
from lib import data
from lib.access import Scope
from lib.losses.figures import Losses, losses
from lib.periods import Period
from tests.facts import at, facts

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def test_losses_of_leads_count_by_reason_most_frequent_first(store: Database) -> None:
    with facts() as f:
        for when, slug in (
            ("2026-11-01 00:00", "too_far"), ("2026-11-30 23:59", "too_far"), ("2026-11-10", "reception"),
            ("2026-11-10", "gift"), ("2026-10-31", "gift"), ("2026-12-01", "gift"),
        ):  # fmt: skip
            reason = f.reason(LossDomain.LEAD, slug)
            f.lead_event(f.lead("2026-10-01"), LeadEventKind.LOST, when, loss_reason_id=reason)
        f.lead_event(f.lead("2026-10-01"), LeadEventKind.LOST, "2026-11-10", superseded_at=at("2026-11-11"))
        f.lead_event(f.lead("2026-10-01"), LeadEventKind.REOPENED, "2026-11-10")
    found = data.fresh(losses, Scope(), NOVEMBER, LossDomain.LEAD)
    assert [(each.reason, each.count, each.share.value) for each in found.by_reason] == [
        ("too_far", 2, Decimal("0.5")), ("gift", 1, Decimal("0.25")), ("reception", 1, Decimal("0.25")),
    ]  # fmt: skip


def test_a_lost_renewal_counts_though_it_was_renewed_after_all(store: Database) -> None:
    with facts() as f:
        case = f.renewal("2026-12-25", RenewalStatus.RENEWED)
        f.renewal_event(case, RenewalEventKind.LOST, "2026-11-10", reason="gift")
        f.renewal_event(case, RenewalEventKind.RENEWED, "2026-11-20")
        f.renewal_event(f.renewal("2026-12-25", channel="S2"), RenewalEventKind.LOST, "2026-11-10")
    assert data.fresh(losses, Scope(), NOVEMBER, LossDomain.RENEWAL).total == 2
    mine = data.fresh(losses, f.personas.manager.scope, NOVEMBER, LossDomain.RENEWAL)
    assert [(each.reason, each.count) for each in mine.by_reason] == [("gift", 1)]


def test_no_losses_have_no_shares(store: Database) -> None:
    assert data.fresh(losses, Scope(), NOVEMBER, LossDomain.LEAD) == Losses(0, ())

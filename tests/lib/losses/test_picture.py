"""What was lost and won in a period, by reason and person, model or insurer, and channel."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import Controllable, LeadEventKind, LossDomain, PolicyLine, RenewalEventKind, RenewalStatus, RenewalType
from lib import data
from lib.access import Scope
from lib.losses.figures import losses
from lib.losses.filters import Gap, LossFilters
from lib.losses.picture import Grain, Picture, picture
from lib.losses.reasons import reasons
from lib.periods import Period
from tests.facts import Facts, at, facts
from tests.lib.losses.lost import insured, lost_lead, lost_renewal

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
LEADS, RENEWALS = LossFilters((LossDomain.LEAD,)), LossFilters((LossDomain.RENEWAL,))


def november(filters: LossFilters, scope: Scope | None = None) -> Picture:
    return data.fresh(picture, scope or Scope(), NOVEMBER, filters)


def lost_of(found: Picture) -> list[tuple[str, int]]:
    return [(reason.slug, count) for reason, count in found.by_reason().items()]


def spurious(f: Facts) -> None:
    """What must not count in November: outside the period, and superseded."""
    for when in ("2026-10-31 23:59", "2026-12-01 00:00"):
        lost_lead(f, when)
        lost_renewal(f, when)
    lost_lead(f, "2026-11-10", superseded_at=at("2026-11-11"))
    lost_renewal(f, "2026-11-10", superseded_at=at("2026-11-11"))


def test_lost_leads_count_by_reason_person_model_and_channel(store: Database) -> None:
    with facts() as f:
        spurious(f)
        lost_renewal(f, "2026-11-10")
        lost_lead(f, "2026-11-01 00:00", "too_far", model="远途A7")
        lost_lead(f, "2026-11-30 23:59", "too_far", model="星河E", by="colleague")
        lost_lead(f, "2026-11-10", "gift", channel="S2")
        f.lead_event(f.lead("2026-11-01"), LeadEventKind.ORDER, "2026-11-02")
        f.lead_event(f.lead("2026-11-01"), LeadEventKind.DELIVERY, "2026-11-02")
    found = november(LEADS)
    assert (found.whole.lost, found.whole.won, found.whole.within_reach) == (3, 1, 1)
    assert found.whole.figure("loss_rate").value == Decimal("0.75")
    assert lost_of(found) == [("too_far", 2), ("gift", 1)]
    assert found.by_key(Grain.PERSON)[f.personas.colleague.user_id].lost == 1
    assert {key: each.lost for key, each in found.by_key(Grain.THING).items()} == {
        f.personas.models["远途A7"]: 1, f.personas.models["星河E"]: 1, None: 1,
    }  # fmt: skip
    assert found.by_key(Grain.CHANNEL)[f.personas.channels["S2"]].lost == 1


def test_lost_renewals_count_by_the_insurer_whose_policy_expires(store: Database) -> None:
    with facts() as f:
        spurious(f)
        lost_lead(f, "2026-11-10")
        lost_renewal(f, "2026-11-10", insurer="人保财险")
        lost_renewal(f, "2026-11-11")
        case = insured(f, "2026-12-31", "太平洋产险", status=RenewalStatus.RENEWED)
        f.renewal_event(case, RenewalEventKind.RENEWED, "2026-11-12")
    found = november(RENEWALS)
    counted = {key: (each.lost, each.won) for key, each in found.by_key(Grain.THING).items()}
    assert counted == {"人保财险": (1, 0), "太平洋产险": (0, 1), None: (1, 0)}


def test_the_commercial_insurer_goes_before_the_compulsory_one(store: Database) -> None:
    with facts() as f:
        case = f.renewal("2026-12-31", RenewalStatus.LOST)
        f.policy("2025-12-30", expiring_renewal_id=case, line=PolicyLine.COMPULSORY)
        other = f.renewal("2026-12-31", RenewalStatus.LOST)
        f.policy("2025-12-30", expiring_renewal_id=other, line=PolicyLine.COMPULSORY)
        f.policy("2025-12-30", expiring_renewal_id=other, insurer="人保财险")
        for each in (case, other):
            f.renewal_event(each, RenewalEventKind.LOST, "2026-11-10")
    assert set(november(RENEWALS).by_key(Grain.THING)) == {"平安产险", "人保财险"}


def test_a_lost_renewal_is_its_losers_and_a_won_one_its_owners(store: Database) -> None:
    with facts() as f:
        mine, issuer = f.personas.specialist.user_id, f.personas.policy_specialist.user_id
        lost_renewal(f, "2026-11-10", owner_id=f.personas.other_specialist.user_id)
        case = f.renewal("2026-12-31", RenewalStatus.RENEWED, owner_id=mine)
        f.renewal_event(case, RenewalEventKind.RENEWED, "2026-11-12", specialist_id=issuer)
        unowned = f.renewal("2026-12-31", RenewalStatus.RENEWED)
        f.renewal_event(unowned, RenewalEventKind.RENEWED, "2026-11-12", specialist_id=issuer)
    found = november(RENEWALS).by_key(Grain.PERSON)
    assert {key: (each.lost, each.won) for key, each in found.items()} == {mine: (1, 1), issuer: (0, 1)}


def test_a_reopened_cases_loss_stays_counted(store: Database) -> None:
    with facts() as f:
        case = f.renewal("2026-12-25", RenewalStatus.RENEWED)
        f.renewal_event(case, RenewalEventKind.LOST, "2026-11-10")
        f.renewal_event(case, RenewalEventKind.REOPENED, "2026-11-11")
        f.renewal_event(case, RenewalEventKind.RENEWED, "2026-11-20")
    whole = november(RENEWALS).whole
    assert (whole.lost, whole.won) == (1, 1)


def test_every_grain_holds_each_case_once(store: Database) -> None:
    with facts() as f:
        for _ in range(3):
            lost_lead(f, "2026-11-10", model="星河E")
            lost_renewal(f, "2026-11-10", insurer="人保财险")
    found = november(LossFilters())
    assert {grain: sum(row.lost for row in found.of(grain)) for grain in Grain} == dict.fromkeys(Grain, 6)


@pytest.mark.parametrize("domain", LossDomain)
def test_the_page_counts_as_the_command_does(store: Database, domain: LossDomain) -> None:
    with facts() as f:
        spurious(f)
        for reason in ("price_gap", "gift", "gift"):
            lost_lead(f, "2026-11-10", reason)
        lost_renewal(f, "2026-11-10", "broker")
    told = data.fresh(losses, Scope(), NOVEMBER, domain)
    assert lost_of(november(LossFilters((domain,)))) == [(each.reason, each.count) for each in told.by_reason]


def test_losses_are_seen_within_ones_scope_and_ones_own(store: Database) -> None:
    with facts() as f:
        p = f.personas
        lost_lead(f, "2026-11-10")
        lost_lead(f, "2026-11-10", by="colleague")
        lost_lead(f, "2026-11-10", channel="S2")
        lost_renewal(f, "2026-11-10", channel="S1-C1-A1", specialist_id=p.other_specialist.user_id)
    seen = {who: november(LossFilters(), p.actors[who].own_scope).whole.lost for who in ("boss", "manager")}
    assert seen == {"boss": 4, "manager": 3}
    assert november(LossFilters(), p.consultant.own_scope).whole.lost == 1
    asked = LossFilters(people=(p.colleague.user_id or 0,))
    assert november(asked, p.consultant.own_scope).whole.lost == 0


def id_of(slug: str, domain: LossDomain) -> int:
    return next(each.id for each in data.fresh(reasons) if (each.slug, each.domain) == (slug, domain))


def test_a_reason_narrows_the_losses_and_leaves_what_was_won(store: Database) -> None:
    with facts() as f:
        lost_lead(f, "2026-11-10", "gift")
        lost_lead(f, "2026-11-10", "too_far")
        f.lead_event(f.lead("2026-11-01"), LeadEventKind.DELIVERY, "2026-11-02")
    wanted = LossFilters((LossDomain.LEAD,), reasons=(id_of("gift", LossDomain.LEAD),))
    whole = november(wanted).whole
    assert (whole.lost, whole.won) == (1, 1)
    assert november(LossFilters((LossDomain.LEAD,), reasons=())).whole.lost == 0


def test_a_model_is_asked_of_leads_an_insurer_and_a_type_of_renewals(store: Database) -> None:
    with facts() as f:
        lost_lead(f, "2026-11-10", model="星河E")
        lost_lead(f, "2026-11-10", model="远途A7")
        lost_renewal(f, "2026-11-10", insurer="人保财险", kind=RenewalType.FIRST)
        lost_renewal(f, "2026-11-10", insurer="平安产险")
    for filters in (
        LossFilters(models=(f.personas.models["星河E"],)), LossFilters(insurers=("人保财险",)),
        LossFilters(types=(RenewalType.FIRST,)),
    ):  # fmt: skip
        assert november(filters).whole.lost == 1


def test_a_price_gap_counts_from_its_lower_end_to_below_its_upper(store: Database) -> None:
    with facts() as f:
        for amount in ("199.99", "200", "399.99", "400", None):
            lost_renewal(f, "2026-11-10", price_gap_amount=amount and Decimal(amount))
        lost_lead(f, "2026-11-10", price_gap_amount=Decimal(300))
    between = Gap(LossDomain.RENEWAL, Decimal(200), Decimal(400))
    assert november(LossFilters(gap=between)).whole.lost == 2
    assert november(LossFilters(gap=Gap(LossDomain.RENEWAL, Decimal(200), None))).whole.lost == 3


def test_a_competitor_is_compared_without_blanks_around_it(store: Database) -> None:
    with facts() as f:
        for competitor in ("人保电销", " 人保电销 ", "平安电销", None):
            lost_renewal(f, "2026-11-10", competitor=competitor)
    assert november(LossFilters(competitors=("人保电销",))).whole.lost == 2


def test_partly_controllable_losses_are_within_reach(store: Database) -> None:
    with facts() as f:
        for reason in ("no_answer", "gift", "vehicle_sold"):
            lost_renewal(f, "2026-11-10", reason)
    found = november(RENEWALS)
    assert (found.whole.within_reach, found.whole.lost) == (2, 3)
    assert {row.reason.controllable for row in found.rows if row.reason} == {
        Controllable.PARTLY, Controllable.YES, Controllable.NO,
    }  # fmt: skip


def test_nothing_has_no_rate(store: Database) -> None:
    with facts() as f:
        spurious(f)
    found = november(LossFilters())
    assert found.rows == ()
    assert found.whole.figure("loss_rate").value is None

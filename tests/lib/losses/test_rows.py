"""The rows behind the numbers of the loss analysis: as many as were counted, masked, page by page."""

from datetime import date

import pytest
from sqlalchemy import update

from db.engine import Database
from db.tables import Customer, LossReview, Vehicle
from db.terms import LeadEventKind, LossDomain, LossReviewState, RenewalEventKind, RenewalStatus
from lib import data
from lib.access import Scope
from lib.loss_reviews.figures import reviewed
from lib.losses.filters import LossFilters
from lib.losses.picture import picture
from lib.losses.reasons import matching, reasons
from lib.losses.rows import DecidedCase, Went, Which, decided_cases, due_cases
from lib.losses.windows import window
from lib.periods import Period
from tests.facts import Facts, at, facts
from tests.lib.losses.lost import insured, lost_lead, lost_renewal
from tests.lib.losses.test_picture import spurious

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
TODAY = date(2026, 11, 15)


def listed(which: Which, scope: Scope | None = None, filters: LossFilters | None = None) -> tuple[DecidedCase, ...]:
    return data.fresh(decided_cases, scope or Scope(), NOVEMBER, filters or LossFilters(), which)


def month(f: Facts) -> None:
    spurious(f)
    lost_lead(f, "2026-11-10", model="星河E", competitor="城东 13812345678")
    f.lead_event(f.lead("2026-11-01"), LeadEventKind.DELIVERY, "2026-11-11")
    lost_renewal(f, "2026-11-12", insurer="人保财险")
    case = insured(f, "2026-12-31", None, status=RenewalStatus.RENEWED)
    f.renewal_event(case, RenewalEventKind.RENEWED, "2026-11-13", specialist_id=f.personas.specialist.user_id)


def test_the_rows_are_as_many_as_the_picture_counts(store: Database) -> None:
    with facts() as f:
        month(f)
    counted = data.fresh(picture, Scope(), NOVEMBER, LossFilters()).whole
    found = {which: len(listed(which)) for which in (Which.LOST, Which.WON, Which.DECIDED)}
    assert found == {Which.LOST: counted.lost, Which.WON: counted.won, Which.DECIDED: counted.decided}


def test_a_row_tells_the_case_and_shows_no_personal_value(store: Database) -> None:
    with facts() as f:
        month(f)
        f.session.execute(update(Vehicle).values(plate="云A12345", customer_id=None))
        f.session.execute(update(Customer).values(name="张三丰"))
    renewal, lead = listed(Which.LOST)
    assert (lead.domain, lead.customer, lead.competitor, lead.thing) == (
        LossDomain.LEAD, "张**", "城东 138****5678", "星河E",
    )  # fmt: skip
    assert (lead.reason, lead.person, lead.channel) == (("价格", "价格不到位"), "顾一", "东风店")
    assert (renewal.number, renewal.thing, renewal.person) == ("云A***45", "人保财险", "续一")


def test_pages_follow_each_other_by_key_across_both_domains(store: Database) -> None:
    with facts() as f:
        for _ in range(4):
            lost_lead(f, "2026-11-10 12:00")
            lost_renewal(f, "2026-11-10 12:00")
        lost_lead(f, "2026-11-09")
    whole = listed(Which.LOST)
    seen: list[DecidedCase] = []
    while page := data.fresh(
        decided_cases, Scope(), NOVEMBER, LossFilters(), Which.LOST, after=seen[-1].place if seen else None, limit=2
    ):
        seen += page
    assert tuple(seen) == whole
    assert len({(each.domain, each.id) for each in seen}) == 9


def test_clear_losses_are_those_that_the_rate_counts(store: Database) -> None:
    with facts() as f:
        boss = f.personas.boss.user_id
        for reason, state in (("gift", "accepted"), ("other", "accepted"), ("gift", "returned"), ("gift", None)):
            event = lost_lead(f, "2026-11-10", reason)
            if state is not None:
                f.put(LossReview, lead_event_id=event, state=LossReviewState(state), question="?", reviewed_by_id=boss,
                      reviewed_at=at("2026-11-12"))  # fmt: skip
    assert len(listed(Which.CLEAR)) == data.fresh(reviewed, Scope(), NOVEMBER).clear_losses == 1
    states = [each.review for each in listed(Which.LOST)]
    assert states.count(LossReviewState.ACCEPTED) == 2


def test_rows_are_within_the_scope_and_ones_own(store: Database) -> None:
    with facts() as f:
        lost_lead(f, "2026-11-10")
        lost_lead(f, "2026-11-10", by="colleague")
        lost_renewal(f, "2026-11-10", channel="S2", specialist_id=f.personas.other_specialist.user_id)
    p = f.personas
    found = {who: len(listed(Which.DECIDED, p.actors[who].own_scope)) for who in ("boss", "manager", "consultant")}
    assert found == {"boss": 3, "manager": 2, "consultant": 1}
    assert len(listed(Which.LOST, p.specialist.own_scope)) == 0


def due(f: Facts) -> None:
    mine = f.personas.specialist.user_id
    for due_on in ("2026-11-10", "2026-11-20"):
        insured(f, due_on, "人保财险", status=RenewalStatus.RENEWED, owner_id=mine)
        insured(f, due_on, None, status=RenewalStatus.LOST, reason="broker", owner_id=mine)
        f.renewal(due_on, owner_id=mine)
        f.renewal(due_on, RenewalStatus.QUOTED, owner_id=mine, quoted_at=at("2026-11-01"))
        f.renewal(due_on, RenewalStatus.VOID)
    f.renewal("2026-12-01")


def went(state: Went, **more: object) -> int:
    return len(data.fresh(due_cases, Scope(), NOVEMBER, LossFilters(), state, TODAY, **more))  # type: ignore[arg-type]


def test_the_rows_of_a_window_are_as_many_as_went_there(store: Database) -> None:
    with facts() as f:
        due(f)
    whole = data.fresh(window, Scope(), NOVEMBER, LossFilters(), TODAY).whole
    found = {state.value: went(state) for state in Went}
    counted = ("due", "renewed", "lost", "lapsed", "open_quoted", "open_unquoted")
    assert found.pop("open") == whole.open_quoted + whole.open_unquoted
    assert found == {name: getattr(whole, name) for name in counted}
    assert found == {"due": 8, "renewed": 2, "lost": 2, "lapsed": 2, "open_quoted": 1, "open_unquoted": 1}


@pytest.mark.parametrize(("code", "count"), [("renewal.competitor", 2), ("renewal.price", 0)])
def test_the_lost_of_one_reason_can_be_listed(store: Database, code: str, count: int) -> None:
    with facts() as f:
        due(f)
    known = data.fresh(reasons)
    assert went(Went.LOST, reasons=matching(known, (code,))) == count


def test_a_windows_pages_follow_each_other_by_key(store: Database) -> None:
    with facts() as f:
        due(f)
    whole = data.fresh(due_cases, Scope(), NOVEMBER, LossFilters(), Went.DUE, TODAY)
    first = data.fresh(due_cases, Scope(), NOVEMBER, LossFilters(), Went.DUE, TODAY, limit=5)
    rest = data.fresh(due_cases, Scope(), NOVEMBER, LossFilters(), Went.DUE, TODAY, after=first[-1].place, limit=5)
    assert (*first, *rest) == whole

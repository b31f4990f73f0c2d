"""What may follow what, and when it may have happened: the whole table, with the clock passed in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from db.terms import IntentionLevel, LeadEventKind, LeadStatus
from lib.leads import rules
from lib.refusals import Invalid

K, S = LeadEventKind, LeadStatus
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in the store
TODAY = date(2026, 11, 23)

ALLOWED = {
    S.OPEN: {
        K.RETURN_VISIT: S.OPEN, K.TEST_DRIVE: S.OPEN, K.QUOTE: S.OPEN, K.ORDER: S.ORDERED, K.LOST: S.LOST,
        K.NOTE: S.OPEN,
    },
    S.ORDERED: {
        K.RETURN_VISIT: S.ORDERED, K.TEST_DRIVE: S.ORDERED, K.QUOTE: S.ORDERED, K.ORDER_CANCELLED: S.OPEN,
        K.DELIVERY: S.DELIVERED, K.NOTE: S.ORDERED,
    },
    S.LOST: {K.REOPENED: S.OPEN, K.NOTE: S.LOST},
    S.DELIVERED: {K.NOTE: S.DELIVERED},
}  # fmt: skip
SAID = {
    (S.OPEN, K.ORDER_CANCELLED): "no order to cancel",
    (S.OPEN, K.DELIVERY): "needs an order",
    (S.ORDERED, K.ORDER): "an order already",
    (S.ORDERED, K.LOST): "Cancel it first",
    (S.LOST, K.ORDER): "Reopen it first",
    (S.LOST, K.DELIVERY): "Reopen it first",
    (S.DELIVERED, K.ORDER_CANCELLED): "is delivered",
    (S.DELIVERED, K.REOPENED): "is delivered",
}


@pytest.mark.parametrize(("status", "kind"), list(product(S, K)))
def test_a_step_follows_or_is_refused_with_a_sentence(status: LeadStatus, kind: LeadEventKind) -> None:
    if kind in ALLOWED[status]:
        assert rules.advance(status, kind) is ALLOWED[status][kind]
        assert kind in rules.steps(status)
        return
    assert kind not in rules.steps(status)
    with pytest.raises(Invalid, match=SAID.get((status, kind), r"\.$")):
        rules.advance(status, kind)


def test_a_step_happened_now_unless_told() -> None:
    assert rules.moment(None, NOW, ZONE) == NOW


def test_yesterdays_first_minute_may_be_recorded_and_the_minute_before_may_not() -> None:
    first = datetime(2026, 11, 22, 0, 0, tzinfo=ZONE)
    assert rules.moment(first, NOW, ZONE) == first
    with pytest.raises(Invalid, match="Import older ones"):
        rules.moment(first - timedelta(minutes=1), NOW, ZONE)


def test_the_future_and_what_lies_before_the_last_decision_are_refused() -> None:
    with pytest.raises(Invalid, match="still to come"):
        rules.moment(NOW + timedelta(minutes=1), NOW, ZONE)
    with pytest.raises(Invalid, match="11-23 09:00"):
        rules.moment(NOW - timedelta(hours=2), NOW, ZONE, after=NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    ("level", "days"),
    [(IntentionLevel.H, 1), (IntentionLevel.A, 3), (IntentionLevel.B, 7), (IntentionLevel.C, 15), (None, 3)],
)
def test_the_hotter_the_buyer_the_sooner_the_next_contact(level: IntentionLevel | None, days: int) -> None:
    assert rules.next_contact(None, level, TODAY) == TODAY + timedelta(days=days)


def test_a_chosen_next_contact_is_kept_from_today_to_a_year() -> None:
    assert rules.next_contact(TODAY, None, TODAY) == TODAY
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        with pytest.raises(Invalid):
            rules.next_contact(wrong, None, TODAY)


@pytest.mark.parametrize("wrong", [None, Decimal(0), Decimal("-1"), Decimal("100000000")])
def test_an_order_needs_a_price_that_can_be_one(wrong: Decimal | None) -> None:
    with pytest.raises(Invalid, match="above 0"):
        rules.price(wrong)

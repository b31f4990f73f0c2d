"""When a lead's row contradicts itself: who gave up and came back does not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lib.imports.lead_rules import contradictions

ZONE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"lost_at": at(3), "loss_reason": "no_intent", "delivery_at": at(9)}, []),
        ({"order_at": at(2), "order_cancelled_at": at(3), "delivery_at": at(9)}, []),
        ({"lost_at": at(10), "loss_reason": "no_intent", "delivery_at": at(9)}, ["lost_at"]),
        ({"order_at": at(2), "order_cancelled_at": at(10), "delivery_at": at(9)}, ["order_cancelled_at"]),
        ({"order_at": at(5), "delivery_at": at(4)}, ["delivery_at"]),
        ({"order_at": at(5), "delivery_at": at(5, 0)}, []),
        ({"order_cancelled_at": at(5)}, ["order_cancelled_at"]),
        ({"lost_at": at(5)}, ["loss_reason"]),
        ({"loss_reason": "no_intent"}, ["lost_at"]),
        ({"test_drive_at": datetime(2026, 10, 31, tzinfo=ZONE)}, ["test_drive_at"]),
    ],
)
def test_only_what_cannot_have_been_is_a_contradiction(told: dict[str, object], wrong: list[str]) -> None:
    values = {"first_contact_at": at(1), **told}
    assert [column for column, _ in contradictions(values, ZONE)] == wrong

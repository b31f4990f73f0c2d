"""When a lead's row contradicts itself, and what its events make of it: pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from db.terms import LeadEventKind, LeadStatus
from lib.refusals import N_, Invalid

K = LeadEventKind

EVENTS: dict[str, LeadEventKind] = {
    "first_contact_at": K.FIRST_CONTACT,
    "return_visit_at": K.RETURN_VISIT,
    "test_drive_at": K.TEST_DRIVE,
    "order_at": K.ORDER,
    "order_cancelled_at": K.ORDER_CANCELLED,
    "delivery_at": K.DELIVERY,
    "lost_at": K.LOST,
}
OF_A_LOSS = ("loss_reason", "competitor", "price_gap")
LEADS_TO = {
    K.ORDER: LeadStatus.ORDERED,
    K.ORDER_CANCELLED: LeadStatus.OPEN,
    K.DELIVERY: LeadStatus.DELIVERED,
    K.LOST: LeadStatus.LOST,
    K.REOPENED: LeadStatus.OPEN,
}
CLOSED = (LeadStatus.DELIVERED, LeadStatus.LOST)
PLACE = {kind: place for place, kind in enumerate(LeadEventKind)}


def contradictions(values: Mapping[str, Any], zone: ZoneInfo) -> Iterator[tuple[str, Invalid]]:
    """What cannot all be true of one lead: the column to blame and why."""

    def before(later: str, earlier: str) -> bool:
        return is_before(values.get(later), values.get(earlier), zone)

    for column in EVENTS:
        if before(column, "first_contact_at"):
            yield column, Invalid(N_("This happened before the first contact."))
    if before("delivery_at", "order_at"):
        yield "delivery_at", Invalid(N_("The delivery is before its order."))
    if before("order_cancelled_at", "order_at"):
        yield "order_cancelled_at", Invalid(N_("The cancellation is before its order."))
    if values.get("order_cancelled_at") and not values.get("order_at"):
        yield "order_cancelled_at", Invalid(N_("A cancellation without an order."))
    for column in ("order_cancelled_at", "lost_at"):  # who gave up may have come back, but nobody leaves with the car
        if values.get(column) and before("delivery_at", column):
            yield column, Invalid(N_("This happened after the delivery."))
    yield from _loss(values)


def _loss(values: Mapping[str, Any]) -> Iterator[tuple[str, Invalid]]:
    if values.get("lost_at") and not values.get("loss_reason"):
        yield "loss_reason", Invalid(N_("A loss needs its reason."))
    if values.get("loss_reason") and not values.get("lost_at"):
        yield "lost_at", Invalid(N_("A loss reason without the time of the loss."))


def is_before(later: datetime | None, earlier: datetime | None, zone: ZoneInfo) -> bool:
    """Whether what must come later came earlier; a time that is only a day is compared as one."""
    if later is None or earlier is None or later >= earlier:
        return False
    here, there = later.astimezone(zone), earlier.astimezone(zone)
    if time() in (here.time(), there.time()):
        return here.date() < there.date()
    return True


def outcome(events: Iterable[tuple[datetime, LeadEventKind]]) -> tuple[LeadStatus, datetime | None]:
    """Where the events leave a lead, and since when it is closed."""
    status, closed_at = LeadStatus.OPEN, None
    for at, kind in sorted(events, key=lambda event: (event[0], PLACE[event[1]])):
        if kind in LEADS_TO and status is not LEADS_TO[kind]:
            status = LEADS_TO[kind]
            closed_at = at if status in CLOSED else None
    return status, closed_at

"""What may follow what on a lead, and when it may be said to have happened. Pure: the clock is passed in."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from db.terms import IntentionLevel, LeadEventKind, LeadStatus
from lib.clock import business_day
from lib.refusals import N_, Invalid

Kind, Status = LeadEventKind, LeadStatus

TRANSITIONS: dict[tuple[LeadStatus, LeadEventKind], LeadStatus] = {
    (Status.OPEN, Kind.NOTE): Status.OPEN,
    (Status.OPEN, Kind.RETURN_VISIT): Status.OPEN,
    (Status.OPEN, Kind.TEST_DRIVE): Status.OPEN,
    (Status.OPEN, Kind.QUOTE): Status.OPEN,
    (Status.OPEN, Kind.ORDER): Status.ORDERED,
    (Status.OPEN, Kind.LOST): Status.LOST,
    (Status.ORDERED, Kind.NOTE): Status.ORDERED,
    (Status.ORDERED, Kind.RETURN_VISIT): Status.ORDERED,
    (Status.ORDERED, Kind.TEST_DRIVE): Status.ORDERED,
    (Status.ORDERED, Kind.QUOTE): Status.ORDERED,
    (Status.ORDERED, Kind.ORDER_CANCELLED): Status.OPEN,
    (Status.ORDERED, Kind.DELIVERY): Status.DELIVERED,
    (Status.LOST, Kind.NOTE): Status.LOST,
    (Status.LOST, Kind.REOPENED): Status.OPEN,
    (Status.DELIVERED, Kind.NOTE): Status.DELIVERED,
}

REFUSALS: dict[tuple[LeadStatus, LeadEventKind], str] = {
    (Status.OPEN, Kind.ORDER_CANCELLED): N_("There is no order to cancel."),
    (Status.OPEN, Kind.DELIVERY): N_("A delivery needs an order. Record the order with its price first."),
    (Status.OPEN, Kind.REOPENED): N_("This lead is open already."),
    (Status.ORDERED, Kind.ORDER): N_("There is an order already. Cancel it before recording another."),
    (Status.ORDERED, Kind.LOST): N_("There is an order. Cancel it first, then record the loss."),
    (Status.ORDERED, Kind.REOPENED): N_("This lead is open already."),
}
OTHERWISE: dict[LeadStatus, str] = {
    Status.LOST: N_("This lead is lost. Reopen it first."),
    Status.DELIVERED: N_("This car is delivered. Start a new lead for another purchase."),
}

CLOSED = frozenset({Status.DELIVERED, Status.LOST})
DECIDING = (Kind.FIRST_CONTACT, Kind.ORDER, Kind.ORDER_CANCELLED, Kind.DELIVERY, Kind.LOST, Kind.REOPENED)

FOLLOW_UP_DAYS = {IntentionLevel.H: 1, IntentionLevel.A: 3, IntentionLevel.B: 7, IntentionLevel.C: 15}
FOLLOW_UP_DAYS_UNKNOWN = 3
LONGEST_WAIT = timedelta(days=366)
BACKDATED_DAYS = 1
UNDO_WITHIN = timedelta(minutes=10)
HIGHEST_PRICE = Decimal("99999999.99")


def advance(status: LeadStatus, kind: LeadEventKind) -> LeadStatus:
    """The status after a step; `Invalid` with the reason where the step may not follow."""
    after = TRANSITIONS.get((status, kind))
    if after is None:
        default = OTHERWISE.get(status, N_("This step cannot follow here."))
        raise Invalid(REFUSALS.get((status, kind), default), field="kind")
    return after


def steps(status: LeadStatus) -> tuple[LeadEventKind, ...]:
    """The steps that may follow: a note, then in the order of a sale."""
    return tuple(kind for before, kind in TRANSITIONS if before is status)


def moment(at: datetime | None, now: datetime, zone: ZoneInfo, after: datetime | None = None) -> datetime:
    """When a step happened: now unless told, at the earliest yesterday, never in the future nor before `after`."""
    if at is None:
        return now
    if at > now:
        raise Invalid(N_("This time is still to come. Enter when it happened."), field="at")
    if business_day(at, zone) < business_day(now, zone) - timedelta(days=BACKDATED_DAYS):
        raise Invalid(N_("Only today's and yesterday's events are recorded here. Import older ones."), field="at")
    if after is not None and at < after:
        raise Invalid(
            N_("This is before what is already recorded at {when}. Correct the time."),
            field="at", when=after.astimezone(zone).strftime("%m-%d %H:%M"),
        )  # fmt: skip
    return at


def next_contact(chosen: date | None, level: IntentionLevel | None, today: date) -> date:
    """When to contact next: the chosen day, else as many days ahead as the intention level asks for."""
    if chosen is None:
        return today + timedelta(days=FOLLOW_UP_DAYS[level] if level else FOLLOW_UP_DAYS_UNKNOWN)
    if chosen < today:
        raise Invalid(N_("The next contact lies in the past. Choose today or a later day."), field="next_contact_on")
    if chosen > today + LONGEST_WAIT:
        raise Invalid(N_("The next contact is more than a year away. Choose a nearer day."), field="next_contact_on")
    return chosen


def price(amount: Decimal | None) -> Decimal:
    """An order's price in yuan."""
    if amount is None or not 0 < amount <= HIGHEST_PRICE:
        raise Invalid(N_("Enter the price in yuan, above 0."), field="amount")
    return amount

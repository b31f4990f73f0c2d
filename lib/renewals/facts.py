"""What is known of one vehicle, and how its renewals must stand: plain values, no database."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from db.terms import (
    BusinessType,
    ContactMethod,
    ContactOutcome,
    NextAction,
    Origin,
    PolicyLine,
    PolicyStatus,
    RenewalEventKind,
    RenewalStatus,
    RenewalType,
    Tier,
)

TOUCHES = (-90, -60, -30, -15, -7, -3, 0, 7, 30)  # days from due_on: the plan of contacts (R3)
ARCHIVED_AFTER = 90  # days past due_on after which an undecided renewal leaves the queue


@dataclass(frozen=True)
class Rules:
    """What the rule needs from the settings: the store's zone, the last day of the call after a quote, the plan."""

    zone: ZoneInfo
    call_due: Callable[[date], date]
    touches: tuple[int, ...] = TOUCHES


@dataclass(frozen=True, slots=True)
class PolicyFact:
    """One policy of the vehicle. `key` is its row's id, or any stand-in for a row that is not written yet."""

    key: Hashable
    line: PolicyLine
    business_type: BusinessType
    status: PolicyStatus
    status_on: date | None
    issued_at: datetime
    starts_on: date
    expires_on: date
    channel_id: int
    insurer: str
    policy_no: str
    issuer_id: int | None = None
    expiring_renewal_id: int | None = None
    renewed_renewal_id: int | None = None

    @property
    def order(self) -> tuple[date, datetime, str, str]:
        """Policies are taken in the order of their start, never of rows."""
        return self.starts_on, self.issued_at, self.insurer, self.policy_no


@dataclass(frozen=True, slots=True)
class EventFact:
    """One event: stored (`id`, `renewal_id`), or new (`row`: whatever the bringer knows it by; `due_on` names it).

    An event of origin `rule` is not a fact; it is compared with what the rule gives now.
    """

    kind: RenewalEventKind
    at: datetime
    origin: Origin
    id: int | None = None
    renewal_id: int | None = None
    row: Hashable = None
    due_on: date | None = None
    method: ContactMethod | None = None
    outcome: ContactOutcome | None = None
    note: str | None = None
    callback_on: date | None = None
    appointment_at: datetime | None = None
    call_due_on: date | None = None
    specialist_id: int | None = None
    quote_amount: Decimal | None = None
    loss_reason_id: int | None = None
    competitor: str | None = None
    price_gap_amount: Decimal | None = None
    countermeasure: str | None = None
    policy: Hashable = None
    actor_id: int | None = None

    @property
    def is_contact(self) -> bool:
        """Whether the customer was reached for, by any method."""
        return self.method is not None

    @property
    def answers_quote(self) -> bool:
        """A phone contact with a note, whatever its outcome, ends the clock of an SMS quote (R5)."""
        return self.method is ContactMethod.PHONE and bool(self.note and self.note.strip())


@dataclass(frozen=True, slots=True)
class RenewalFact:
    """One stored renewal, as far as the rule does not derive it from policies and events.

    One with a negative key is entered by hand in a file and not stored yet: the key stands in for the one to come.
    """

    id: int
    due_on: date
    channel_id: int
    type: RenewalType
    owner_id: int | None = None
    won_back_from_id: int | None = None
    version: int = 1
    state: "State | None" = None
    tier_rank: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Every derived column of a renewal; equal states need no write."""

    due_on: date
    channel_id: int
    type: RenewalType
    status: RenewalStatus
    owner_id: int | None
    next_action: NextAction | None
    next_action_on: date | None
    call_due_on: date | None
    quoted_at: datetime | None
    loss_reason_id: int | None
    void_reason: str | None
    commercial_prior: bool
    commercial_renewed: bool
    partly_renewed: bool
    closed_at: datetime | None


@dataclass(frozen=True)
class VehicleFacts:
    """All of one vehicle: its policies, its stored renewals and events, new events, and its customer's tier."""

    policies: tuple[PolicyFact, ...]
    renewals: tuple[RenewalFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    tier: Tier | None = None


@dataclass
class Window:
    """A renewal in the making: the policies that expire into it and those that renew it.

    `overtaken`: a win-back whose lost renewal was renewed after all, so that only its policies say when it is due.
    """

    due_on: date
    channel_id: int
    id: int | None = None
    priors: list[PolicyFact] = field(default_factory=list)
    renewing: list[PolicyFact] = field(default_factory=list)
    recovering: list[PolicyFact] = field(default_factory=list)
    events: list[EventFact] = field(default_factory=list)
    winback: bool = False
    overtaken: bool = False
    won_back_from: "Window | None" = None
    opened_at: datetime | None = None
    won_after_all_at: datetime | None = None
    by_hand: bool = False


@dataclass
class Settled:
    """One renewal as it must stand, with the events that the rule gives it and its facts' places."""

    window: Window
    state: State
    rule_events: list[EventFact]


@dataclass
class Settlement:
    """A vehicle's renewals, and the new events that could not be used.

    `unplaced`: no renewal within 45 days of the due_on they name. `unfounded`: they say renewed, and no policy does.
    `superseded`: stored events that a new one of the same moment and method replaces. `orphans`: stored renewals that
    neither a policy nor a contact holds up any more.
    """

    renewals: list[Settled]
    unplaced: list[EventFact]
    unfounded: list[EventFact]
    superseded: list[int]
    orphans: list[RenewalFact]

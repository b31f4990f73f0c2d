"""The course of one renewal: its facts in the order of time, and the status they leave it in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from db.terms import (
    BusinessType,
    NextAction,
    Origin,
    PolicyLine,
    PolicyStatus,
    RenewalEventKind,
    RenewalStatus,
    RenewalType,
)
from lib.clock import business_day
from lib.refusals import N_
from lib.renewals.facts import ARCHIVED_AFTER, EventFact, PolicyFact, Rules, Settled, State, Window
from lib.renewals.next_actions import Next, next_action

OPEN = (RenewalStatus.PENDING, RenewalStatus.CONTACTING, RenewalStatus.QUOTED, RenewalStatus.PROMISED)
REOPENABLE = (RenewalStatus.LOST, RenewalStatus.VOID, RenewalStatus.RENEWED)
STEPS = {
    RenewalEventKind.CONTACT: RenewalStatus.CONTACTING,
    RenewalEventKind.QUOTED: RenewalStatus.QUOTED,
    RenewalEventKind.PROMISED: RenewalStatus.PROMISED,
}
EPOCH = datetime.fromtimestamp(0, UTC)
LINES = (PolicyLine.COMPULSORY, PolicyLine.COMMERCIAL)
WON_AFTER_ALL = N_("the lost renewal was renewed after all")


def is_owed(status: RenewalStatus, partly_renewed: bool) -> bool:
    """Whether something of a renewal is still to be renewed."""
    return status in OPEN or partly_renewed


def is_archived(status: RenewalStatus, days_left: int) -> bool:
    """Whether a renewal was never decided and has left the queue."""
    return status in OPEN and days_left < -ARCHIVED_AFTER


@dataclass
class Course:
    """Where a renewal stands while its events are told one after the other."""

    status: RenewalStatus = RenewalStatus.PENDING
    closed_at: datetime | None = None
    loss_reason_id: int | None = None
    void_reason: str | None = None
    quoted_at: datetime | None = None
    owner_id: int | None = None
    lost_at: datetime | None = None
    changed_at: datetime = EPOCH
    rest_lost: bool = False

    def tell(self, event: EventFact) -> None:
        """Take one event; one that fits no more (a contact with a decided renewal) changes no status."""
        self.changed_at = event.at
        if event.kind is RenewalEventKind.ASSIGNED or (event.is_contact and event.specialist_id):
            self.owner_id = event.specialist_id
        if event.kind is RenewalEventKind.QUOTED:
            self.quoted_at = self.quoted_at or event.at
        if event.kind is RenewalEventKind.RENEWED:
            self._close(RenewalStatus.RENEWED, event)
        elif event.kind is RenewalEventKind.REOPENED and self.status in REOPENABLE:
            self.status, self.closed_at = RenewalStatus.CONTACTING, None
            self.loss_reason_id = self.void_reason = None
        elif self.status in OPEN:
            self._step(event)
        elif event.kind is RenewalEventKind.LOST and self.status is RenewalStatus.RENEWED:
            self.rest_lost = True

    def _step(self, event: EventFact) -> None:
        if event.kind is RenewalEventKind.LOST:
            self._close(RenewalStatus.LOST, event)
            self.lost_at = self.lost_at or event.at
        elif event.kind is RenewalEventKind.VOIDED:
            self._close(RenewalStatus.VOID, event)
        elif event.kind is RenewalEventKind.RECOVERED:
            self._close(RenewalStatus.RECOVERED, event)
        elif event.kind in STEPS and OPEN.index(STEPS[event.kind]) > OPEN.index(self.status):
            self.status = STEPS[event.kind]

    def _close(self, status: RenewalStatus, event: EventFact) -> None:
        if self.status is not status:
            self.closed_at = event.at
        self.status = status
        self.loss_reason_id = event.loss_reason_id if status is RenewalStatus.LOST else None
        self.void_reason = (event.note or RenewalStatus.VOID.value)[:200] if status is RenewalStatus.VOID else None


def run(window: Window, rules: Rules) -> tuple[Settled, Course]:
    """The renewal as its policies and events leave it."""
    course = Course()
    given: list[EventFact] = []
    for event in sorted([*window.events, *_rule_events(window, rules)], key=_in_order):
        if event.origin is Origin.RULE:
            if not _applies(event, course):
                continue
            given.append(event)
        course.tell(event)
    return Settled(window, _state(window, course, rules), given), course


def _in_order(event: EventFact) -> tuple[datetime, bool]:
    """By time; of one moment, what was told before what follows from policies."""
    return event.at, event.origin is Origin.RULE


def _applies(event: EventFact, course: Course) -> bool:
    """A renewed event is given once; leaving policies and recoveries only touch what is undecided."""
    if event.kind is RenewalEventKind.RENEWED:
        return course.status is not RenewalStatus.RENEWED
    return event.kind is RenewalEventKind.OPENED or course.status in OPEN


def _rule_events(window: Window, rules: Rules) -> Iterator[EventFact]:
    if window.opened_at is not None:
        opener = window.priors[0].key if window.priors and not window.winback else None
        yield EventFact(RenewalEventKind.OPENED, window.opened_at, Origin.RULE, policy=opener)
    for policy in window.renewing:
        yield EventFact(
            RenewalEventKind.RENEWED, policy.issued_at, Origin.RULE, policy=policy.key, specialist_id=policy.issuer_id
        )
    for policy in window.recovering:
        yield EventFact(RenewalEventKind.RECOVERED, policy.issued_at, Origin.RULE, policy=policy.key)
    if window.won_after_all_at is not None and not window.events and not window.priors:
        yield EventFact(RenewalEventKind.VOIDED, window.won_after_all_at, Origin.RULE, note=WON_AFTER_ALL)
    if window.priors and all(policy.status is not PolicyStatus.IN_FORCE for policy in window.priors):
        last = max(window.priors, key=lambda policy: _left_at(policy, rules))
        yield EventFact(
            RenewalEventKind.VOIDED, _left_at(last, rules), Origin.RULE, policy=last.key, note=last.status.value
        )


def _left_at(policy: PolicyFact, rules: Rules) -> datetime:
    """When a policy left: the start of its status day, never before it was issued."""
    if policy.status_on is None:
        return policy.issued_at
    midnight = datetime.combine(policy.status_on, time(), rules.zone).astimezone(UTC)
    return max(midnight, policy.issued_at)


def _state(window: Window, course: Course, rules: Rules) -> State:
    priors = _counted_priors(window)
    renewed_lines = {policy.line for policy in window.renewing}
    is_open = course.status in OPEN
    partly_renewed = (
        course.status is RenewalStatus.RENEWED
        and not course.rest_lost
        and any(policy.line in LINES and policy.line not in renewed_lines for policy in priors)
    )
    coming = next_action(window.due_on, _opened_on(window, rules), window.events, rules) if is_open else None
    if partly_renewed and (agreed := _agreed(window, course)):
        coming = Next(NextAction.CALLBACK, agreed, None)
    return State(
        due_on=window.due_on,
        channel_id=window.channel_id,
        type=_type(window, priors),
        status=course.status,
        owner_id=course.owner_id,
        next_action=coming.action if coming else None,
        next_action_on=coming.on if coming else None,
        call_due_on=coming.call_due_on if coming else None,
        quoted_at=course.quoted_at,
        loss_reason_id=course.loss_reason_id,
        void_reason=course.void_reason,
        commercial_prior=any(policy.line is PolicyLine.COMMERCIAL for policy in priors),
        commercial_renewed=PolicyLine.COMMERCIAL in renewed_lines,
        partly_renewed=partly_renewed,
        closed_at=course.closed_at,
    )


def _agreed(window: Window, course: Course) -> date | None:
    """The callback that the last contact since a part was renewed agreed upon: it is about what is still missing."""
    since = course.closed_at or EPOCH
    contacts = [event for event in window.events if event.is_contact and event.at >= since]
    return max(contacts, key=lambda event: event.at).callback_on if contacts else None


def _counted_priors(window: Window) -> list[PolicyFact]:
    """The policies that make the renewal: those in force, or all of them where each has left."""
    in_force = [policy for policy in window.priors if policy.status is PolicyStatus.IN_FORCE]
    return in_force or window.priors


def _opened_on(window: Window, rules: Rules) -> date:
    by_hand = (event.at for event in window.events if event.kind is RenewalEventKind.OPENED)
    opened_at = window.opened_at or min(by_hand, default=None)
    return business_day(opened_at, rules.zone) if opened_at else window.due_on.replace(day=1)


def _type(window: Window, priors: list[PolicyFact]) -> RenewalType:
    commercial = [policy for policy in priors if policy.line is PolicyLine.COMMERCIAL]
    for policy in [*commercial, *priors][:1]:
        return RenewalType.FIRST if policy.business_type is BusinessType.NEW else RenewalType.REPEAT
    return RenewalType.WINBACK if window.winback else RenewalType.EXTERNAL

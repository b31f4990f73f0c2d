"""The one rule: from all that is known of a vehicle to its renewals as they must stand (model.md, "Facts").

Nothing here depends on the order in which facts arrived, nor on what the renewals were before: stored renewals only
keep their identity, and what people did to them are facts like any other.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from db.terms import ContactOutcome, Origin, RenewalEventKind, RenewalStatus
from lib.renewals.course import Course, run
from lib.renewals.facts import EventFact, RenewalFact, Rules, Settled, Settlement, VehicleFacts, Window
from lib.renewals.windows import open_windows, place

ROUNDS = 8  # a loss opens a win-back, which may itself be lost: one round a year of history is far more than enough


@dataclass(frozen=True)
class Seed:
    """A renewal that no policy opens: next year's win-back of a lost one, or one that was entered by hand."""

    due_on: date
    channel_id: int
    opened_at: datetime | None
    parent: Hashable = None
    stored_id: int | None = None
    overtaken: bool = False


@dataclass
class Round:
    """One pass over the vehicle: its windows with their events, and where each led."""

    windows: dict[Hashable, Window]
    settled: list[Settled] = field(default_factory=list)
    courses: dict[Hashable, Course] = field(default_factory=dict)
    unplaced: list[EventFact] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)


def settle(facts: VehicleFacts, rules: Rules) -> Settlement:
    """The vehicle's renewals. Errors are not raised: events that fit nothing are handed back."""
    seeds: dict[Hashable, Seed] = {
        ("hand", each.id): _by_hand(each) for each in facts.renewals if _entered_by_hand(each, facts)
    }
    for _ in range(ROUNDS):
        done = _round(facts, seeds, rules)
        wanted = _seeds_after(facts, seeds, done)
        if wanted == seeds:
            break
        seeds = wanted
    known = {window.id for window in done.windows.values()}
    return Settlement(
        renewals=done.settled,
        unplaced=[event for event in done.unplaced if event.id is None],
        unfounded=[
            event
            for window in done.windows.values()
            for event in window.events
            if event.id is None and event.outcome is ContactOutcome.RENEWED and not window.renewing
        ],
        superseded=done.superseded,
        orphans=[renewal for renewal in facts.renewals if renewal.id not in known],
    )


def a_year_after(day: date) -> date:
    """The same day of next year; 29 February becomes the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _round(facts: VehicleFacts, seeds: dict[Hashable, Seed], rules: Rules) -> Round:
    made = {
        key: Window(
            seed.due_on, seed.channel_id, id=seed.stored_id, opened_at=seed.opened_at,
            winback=seed.parent is not None, by_hand=seed.parent is None, overtaken=seed.overtaken,
        )
        for key, seed in seeds.items()
    }  # fmt: skip
    names = {id(window): key for key, window in made.items()}
    windows = open_windows(facts.policies, made.values())
    done = Round({names.get(id(window)) or ("policy", window.priors[0].key): window for window in windows})
    for key, seed in seeds.items():
        if seed.parent is not None:
            made[key].won_back_from = done.windows.get(seed.parent)
    _identify(done.windows, facts)
    _hand_out(facts, done)
    for key, window in done.windows.items():  # in the order of due_on: a lost one before its win-back
        parent = done.courses.get(seeds[key].parent) if key in seeds else None
        if parent is not None and parent.status is not RenewalStatus.LOST:
            window.won_after_all_at = _no_longer_lost_at(parent)
            window.channel_id = window.priors[0].channel_id if window.priors else window.channel_id
        settled, done.courses[key] = run(window, rules)
        done.settled.append(settled)
    return done


def _no_longer_lost_at(course: Course) -> datetime:
    return course.closed_at or course.changed_at


def _by_hand(renewal: RenewalFact) -> Seed:
    return Seed(renewal.due_on, renewal.channel_id, None, stored_id=renewal.id)


def _entered_by_hand(renewal: RenewalFact, facts: VehicleFacts) -> bool:
    return any(
        event.renewal_id == renewal.id and event.kind is RenewalEventKind.OPENED and event.origin is not Origin.RULE
        for event in facts.events
    )


def _seeds_after(facts: VehicleFacts, seeds: dict[Hashable, Seed], done: Round) -> dict[Hashable, Seed]:
    """What the pass shows to be missing or too much: win-backs of the lost, and stored renewals that contacts hold."""
    wanted = {key: seed for key, seed in seeds.items() if seed.parent is None}
    for key, course in done.courses.items():
        if course.lost_at is not None:
            parent = done.windows[key]
            opened = max(course.lost_at, parent.opened_at or course.lost_at)
            wanted[("winback", key)] = Seed(
                a_year_after(parent.due_on), parent.channel_id, opened, parent=key, overtaken=bool(parent.renewing)
            )
    if wanted == seeds:  # a win-back that is still to come would take in its contacts itself
        homeless = {event.renewal_id for event in done.unplaced if event.id is not None}
        wanted |= {("hand", each.id): _by_hand(each) for each in facts.renewals if each.id in homeless}
    return wanted


def _identify(windows: dict[Hashable, Window], facts: VehicleFacts) -> None:
    """Give each window the stored renewal that it is, if any."""
    stored = {renewal.id: renewal for renewal in facts.renewals}
    free = set(stored) - {window.id for window in windows.values()}
    for window in windows.values():
        if window.id is not None:
            continue
        parent = window.won_back_from.id if window.won_back_from is not None else None
        opened = [each.id for each in facts.renewals if parent is not None and each.won_back_from_id == parent]
        expiring = [policy.expiring_renewal_id for policy in window.priors if policy.expiring_renewal_id]
        candidates = [*opened, *expiring]
        window.id = next((each for each in candidates if each in free), None)
        free.discard(window.id or 0)


def _hand_out(facts: VehicleFacts, done: Round) -> None:
    """Put every fact with its renewal: stored ones where they are, new ones where their due_on points."""
    by_id = {window.id: window for window in done.windows.values() if window.id is not None}
    due_on = {renewal.id: renewal.due_on for renewal in facts.renewals}
    for event in facts.events:
        if event.origin is Origin.RULE:
            continue
        window = by_id.get(event.renewal_id) if event.renewal_id is not None else None
        if window is None:
            named = event.due_on or due_on.get(event.renewal_id or 0)
            window = place(done.windows.values(), named) if named else None
        if window is None:
            done.unplaced.append(event)
            continue
        if event.id is None:
            _replace_same(window, event, done)
        window.events.append(replace(event, renewal_id=window.id))


def _replace_same(window: Window, event: EventFact, done: Round) -> None:
    """A file's follow-up of the same renewal, moment and method replaces the one that it gave before."""
    for old in [each for each in window.events if each.id is not None and each.origin is Origin.IMPORT]:
        if old.at == event.at and old.method is event.method:
            window.events.remove(old)
            done.superseded.append(old.id or 0)

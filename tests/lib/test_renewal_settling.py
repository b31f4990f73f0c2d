"""The rule from policies and contacts to renewals (model.md, "Facts" and "Renewal status"), by truth table."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
)
from lib.renewals.facts import EventFact, PolicyFact, RenewalFact, Rules, Settled, Settlement, VehicleFacts
from lib.renewals.settling import settle

NEW, RENEWAL = BusinessType.NEW, BusinessType.RENEWAL
COMPULSORY, COMMERCIAL = PolicyLine.COMPULSORY, PolicyLine.COMMERCIAL
KINDS = {
    ContactOutcome.QUOTE_SENT: RenewalEventKind.QUOTED,
    ContactOutcome.PROMISED: RenewalEventKind.PROMISED,
    ContactOutcome.LOST: RenewalEventKind.LOST,
    ContactOutcome.VOID: RenewalEventKind.VOIDED,
}
RULES = Rules(ZoneInfo("Asia/Shanghai"), call_due=lambda day: day + timedelta(days=3))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def policy(starts: date, line: PolicyLine = COMMERCIAL, kind: BusinessType = NEW, **changes: object) -> PolicyFact:
    expires = changes.pop("expires", starts.replace(year=starts.year + 1) - timedelta(days=1))
    values = {
        "key": f"{line}{starts}", "line": line, "business_type": kind,
        "status": PolicyStatus.IN_FORCE, "status_on": None,
        "issued_at": noon(starts - timedelta(days=10)), "starts_on": starts, "expires_on": expires, "channel_id": 1,
        "insurer": "人保财险", "policy_no": f"{line}{starts}",
    }  # fmt: skip
    return PolicyFact(**(values | changes))  # type: ignore[arg-type]


def contact(
    due: date, day: date, outcome: ContactOutcome, method: ContactMethod = ContactMethod.PHONE, **more: object
) -> EventFact:
    values = {
        "kind": KINDS.get(outcome, RenewalEventKind.CONTACT), "at": noon(day), "origin": Origin.IMPORT, "due_on": due,
        "method": method, "outcome": outcome, "note": "说过", "specialist_id": 7, "row": (due, day, outcome, method),
        "loss_reason_id": 3 if outcome is ContactOutcome.LOST else None,
    }  # fmt: skip
    return EventFact(**(values | more))  # type: ignore[arg-type]


def settled(policies: list[PolicyFact], events: list[EventFact] | None = None) -> Settlement:
    return settle(VehicleFacts(tuple(policies), (), tuple(events or ())), RULES)


def dues(settlement: Settlement) -> list[tuple[date, RenewalStatus]]:
    return [(each.state.due_on, each.state.status) for each in settlement.renewals]


LAST_YEAR, THIS_YEAR = date(2025, 11, 16), date(2026, 11, 16)
DUE, NEXT_DUE = date(2026, 11, 15), date(2027, 11, 15)


def only(settlement: Settlement, due: date) -> Settled:
    return next(each for each in settlement.renewals if each.state.due_on == due)


def test_a_policy_opens_a_renewal_at_its_expiry_for_its_channel() -> None:
    result = settled([policy(LAST_YEAR, channel_id=9)])
    assert dues(result) == [(DUE, RenewalStatus.PENDING)]
    assert result.renewals[0].state.channel_id == 9


@pytest.mark.parametrize(("days", "windows"), [(0, 1), (45, 1), (46, 2)])
def test_a_second_expiry_within_45_days_joins_and_the_earlier_is_due(days: int, windows: int) -> None:
    first = policy(LAST_YEAR, COMPULSORY)
    second = policy(LAST_YEAR + timedelta(days=3), expires=DUE + timedelta(days=days))
    result = settled([second, first])
    assert len(result.renewals) == windows
    assert result.renewals[0].state.due_on == DUE


@pytest.mark.parametrize(
    ("offset", "kind", "status"),
    [
        (-91, RENEWAL, RenewalStatus.PENDING),
        (-90, RENEWAL, RenewalStatus.RENEWED),
        (1, RENEWAL, RenewalStatus.RENEWED),
        (30, RENEWAL, RenewalStatus.RENEWED),
        (31, RENEWAL, RenewalStatus.RECOVERED),
        (1, NEW, RenewalStatus.PENDING),
        (365, RENEWAL, RenewalStatus.RECOVERED),
        (366, RENEWAL, RenewalStatus.PENDING),
    ],
)
def test_a_renewal_policy_renews_by_its_start(offset: int, kind: BusinessType, status: RenewalStatus) -> None:
    result = settled([policy(LAST_YEAR), policy(DUE + timedelta(days=offset), kind=kind)])
    assert only(result, DUE).state.status is status


def test_the_nearest_due_on_is_renewed_where_several_fit() -> None:
    early = policy(date(2025, 9, 1), COMPULSORY)
    late = policy(LAST_YEAR)
    result = settled([early, late, policy(date(2026, 9, 1), COMPULSORY, RENEWAL)])
    assert only(result, date(2026, 8, 31)).state.status is RenewalStatus.RENEWED
    assert only(result, DUE).state.status is RenewalStatus.PENDING


def test_the_renewed_event_bears_the_moment_of_issue_and_the_next_renewal_opens() -> None:
    new = policy(THIS_YEAR, kind=RENEWAL, issuer_id=5)
    result = settled([policy(LAST_YEAR), new])
    event = next(event for event in only(result, DUE).rule_events if event.kind is RenewalEventKind.RENEWED)
    assert (event.at, event.policy, event.specialist_id) == (new.issued_at, new.key, 5)
    assert only(result, NEXT_DUE).state.type is RenewalType.REPEAT


def test_two_renewing_policies_give_one_renewed_event() -> None:
    prior = [policy(LAST_YEAR), policy(LAST_YEAR, COMPULSORY)]
    result = settled([*prior, policy(THIS_YEAR, kind=RENEWAL), policy(THIS_YEAR, COMPULSORY, RENEWAL)])
    kinds = [event.kind for event in only(result, DUE).rule_events]
    assert kinds.count(RenewalEventKind.RENEWED) == 1
    assert not only(result, DUE).state.partly_renewed


def test_a_missing_line_makes_it_partly_renewed_until_it_is_lost() -> None:
    policies = [policy(LAST_YEAR), policy(LAST_YEAR, COMPULSORY), policy(THIS_YEAR, COMPULSORY, RENEWAL)]
    state = only(settled(policies), DUE).state
    assert (state.status, state.partly_renewed, state.commercial_prior, state.commercial_renewed) == (
        RenewalStatus.RENEWED, True, True, False,
    )  # fmt: skip
    lost = contact(DUE, date(2026, 11, 20), ContactOutcome.LOST)
    assert not only(settled(policies, [lost]), DUE).state.partly_renewed


@pytest.mark.parametrize(
    ("commercial", "compulsory", "expected"),
    [(NEW, RENEWAL, RenewalType.FIRST), (RENEWAL, NEW, RenewalType.REPEAT)],
)
def test_the_type_follows_the_commercial_policy(
    commercial: BusinessType, compulsory: BusinessType, expected: RenewalType
) -> None:
    result = settled([policy(LAST_YEAR, COMPULSORY, compulsory), policy(LAST_YEAR, COMMERCIAL, commercial)])
    assert result.renewals[0].state.type is expected


def test_contacts_step_the_status_forwards_only() -> None:
    steps = [
        contact(DUE, date(2026, 10, 1), ContactOutcome.PROMISED),
        contact(DUE, date(2026, 10, 2), ContactOutcome.QUOTE_SENT),
        contact(DUE, date(2026, 10, 3), ContactOutcome.INTERESTED),
    ]
    state = settled([policy(LAST_YEAR)], steps).renewals[0].state
    assert (state.status, state.quoted_at, state.owner_id) == (RenewalStatus.PROMISED, noon(date(2026, 10, 2)), 7)


def test_a_lost_renewal_opens_next_years_win_back() -> None:
    result = settled([policy(LAST_YEAR)], [contact(DUE, date(2026, 11, 1), ContactOutcome.LOST)])
    assert dues(result) == [(DUE, RenewalStatus.LOST), (NEXT_DUE, RenewalStatus.PENDING)]
    assert result.renewals[1].state.type is RenewalType.WINBACK
    assert result.renewals[1].window.won_back_from is result.renewals[0].window


def test_a_lost_renewal_renewed_after_all_voids_the_unworked_win_back() -> None:
    lost = contact(DUE, date(2026, 10, 20), ContactOutcome.LOST)
    renewing = policy(THIS_YEAR, kind=RENEWAL, expires=date(2028, 1, 15))
    result = settled([policy(LAST_YEAR), renewing], [lost])
    assert dues(result) == [
        (DUE, RenewalStatus.RENEWED), (NEXT_DUE, RenewalStatus.VOID), (date(2028, 1, 15), RenewalStatus.PENDING),
    ]  # fmt: skip


def test_after_a_loss_made_good_next_year_is_due_when_the_new_policy_expires() -> None:
    lost = contact(DUE, date(2026, 10, 20), ContactOutcome.LOST)
    late = THIS_YEAR + timedelta(days=25)
    renewing = policy(late, kind=RENEWAL)
    result = settled([policy(LAST_YEAR), renewing], [lost])
    assert dues(result) == [(DUE, RenewalStatus.RENEWED), (renewing.expires_on, RenewalStatus.PENDING)]


def test_a_worked_win_back_is_not_voided() -> None:
    facts = [
        contact(DUE, date(2026, 10, 20), ContactOutcome.LOST),
        contact(NEXT_DUE, date(2027, 9, 1), ContactOutcome.INTERESTED),
    ]
    renewing = policy(THIS_YEAR, kind=RENEWAL, expires=date(2028, 1, 15))
    assert only(settled([policy(LAST_YEAR), renewing], facts), NEXT_DUE).state.status is RenewalStatus.CONTACTING


def test_a_win_back_is_renewed_by_a_policy_of_its_own_year() -> None:
    lost = contact(DUE, date(2026, 11, 1), ContactOutcome.LOST)
    result = settled([policy(LAST_YEAR), policy(date(2027, 11, 16), kind=RENEWAL)], [lost])
    assert dues(result)[:2] == [(DUE, RenewalStatus.LOST), (NEXT_DUE, RenewalStatus.RENEWED)]


def test_a_void_renewal_so_renewed_becomes_renewed() -> None:
    void = contact(DUE, date(2026, 11, 1), ContactOutcome.VOID)
    assert dues(settled([policy(LAST_YEAR)], [void])) == [(DUE, RenewalStatus.VOID)]
    assert only(settled([policy(LAST_YEAR), policy(THIS_YEAR, kind=RENEWAL)], [void]), DUE).state.status is (
        RenewalStatus.RENEWED
    )


def test_the_last_policy_to_leave_voids_the_renewal_and_one_of_two_moves_its_day() -> None:
    left = policy(LAST_YEAR, COMPULSORY, status=PolicyStatus.SURRENDERED, status_on=date(2026, 3, 1))
    alone = settled([left]).renewals[0].state
    assert (alone.status, alone.void_reason) == (RenewalStatus.VOID, "surrendered")
    other = policy(LAST_YEAR, expires=DUE + timedelta(days=20))
    both = settled([left, other]).renewals[0].state
    assert (both.status, both.due_on) == (RenewalStatus.PENDING, DUE + timedelta(days=20))


def test_a_policy_that_left_no_longer_decides_which_start_renews() -> None:
    """What is in force expires 44 days after what was surrendered: its successor renews it, 39 days after the other."""
    left = policy(LAST_YEAR, status=PolicyStatus.SURRENDERED, status_on=date(2026, 3, 1))
    in_force = policy(LAST_YEAR + timedelta(days=44), COMPULSORY)
    renewing = policy(DUE + timedelta(days=39), COMPULSORY, RENEWAL)
    first = settled([left, in_force, renewing]).renewals[0].state
    assert (first.due_on, first.status) == (DUE + timedelta(days=44), RenewalStatus.RENEWED)


def test_a_policy_that_left_does_not_bring_a_win_back_forward() -> None:
    lost = contact(DUE, date(2026, 11, 1), ContactOutcome.LOST)
    left = policy(THIS_YEAR, expires=NEXT_DUE - timedelta(days=20), status=PolicyStatus.CANCELLED)
    assert NEXT_DUE in [due for due, _ in dues(settled([policy(LAST_YEAR), left], [lost]))]


def test_the_year_after_a_loss_made_good_belongs_to_the_channel_of_the_policy() -> None:
    lost = contact(DUE, date(2026, 10, 20), ContactOutcome.LOST)
    result = settled([policy(LAST_YEAR, channel_id=1), policy(THIS_YEAR, kind=RENEWAL, channel_id=2)], [lost])
    assert [each.state.channel_id for each in result.renewals] == [1, 2]


def test_a_policy_that_leaves_after_the_loss_changes_nothing() -> None:
    lost = contact(DUE, date(2026, 2, 1), ContactOutcome.LOST)
    left = policy(LAST_YEAR, status=PolicyStatus.TRANSFERRED, status_on=date(2026, 3, 1))
    assert only(settled([left], [lost]), DUE).state.status is RenewalStatus.LOST


@pytest.mark.parametrize(("days", "placed"), [(0, True), (45, True), (-45, True), (46, False)])
def test_a_follow_up_names_its_renewal_within_45_days(days: int, placed: bool) -> None:
    result = settled([policy(LAST_YEAR)], [contact(DUE + timedelta(days=days), DUE, ContactOutcome.INTERESTED)])
    assert (result.unplaced == []) is placed


def test_renewed_by_word_alone_is_handed_back() -> None:
    word = contact(DUE, date(2026, 11, 10), ContactOutcome.RENEWED)
    assert settled([policy(LAST_YEAR)], [word]).unfounded != []
    assert settled([policy(LAST_YEAR), policy(THIS_YEAR, kind=RENEWAL)], [word]).unfounded == []


def test_the_call_after_an_sms_quote_comes_first_until_a_phone_contact_with_a_note() -> None:
    quote = contact(DUE, date(2026, 10, 1), ContactOutcome.QUOTE_SENT, ContactMethod.SMS, callback_on=date(2026, 10, 9))
    state = settled([policy(LAST_YEAR)], [quote]).renewals[0].state
    assert (state.next_action, state.next_action_on, state.call_due_on) == (
        NextAction.QUOTE_CALL, date(2026, 10, 4), date(2026, 10, 4),
    )  # fmt: skip
    silent = contact(DUE, date(2026, 10, 2), ContactOutcome.NO_ANSWER, note=" ")
    same_moment = contact(DUE, date(2026, 10, 1), ContactOutcome.CONSIDERING)
    for unanswered in (silent, same_moment):  # the figures ask for a call strictly after the quote, too
        state = settled([policy(LAST_YEAR)], [quote, unanswered]).renewals[0].state
        assert state.call_due_on == date(2026, 10, 4)
    call = contact(DUE, date(2026, 10, 2), ContactOutcome.NO_ANSWER)
    state = settled([policy(LAST_YEAR)], [quote, call]).renewals[0].state
    assert (state.next_action, state.next_action_on, state.call_due_on) == (NextAction.TOUCH, date(2026, 10, 16), None)


def test_settling_what_is_settled_changes_nothing_and_keeps_identities() -> None:
    policies = (policy(LAST_YEAR, expiring_renewal_id=11),)
    stored = (
        RenewalFact(11, DUE, 1, RenewalType.FIRST),
        RenewalFact(12, NEXT_DUE, 1, RenewalType.WINBACK, won_back_from_id=11),
    )
    lost = contact(DUE, date(2026, 11, 1), ContactOutcome.LOST, id=5, renewal_id=11)
    result = settle(VehicleFacts(policies, stored, (lost,)), RULES)
    assert [each.window.id for each in result.renewals] == [11, 12]
    assert (result.orphans, result.superseded) == ([], [])


def test_a_win_back_that_was_worked_on_stays_the_one_that_it_is() -> None:
    """Its contacts alone do not make it a case of its own, nor those of the win-back after it."""
    after_next = NEXT_DUE.replace(year=NEXT_DUE.year + 1)
    stored = (
        RenewalFact(11, DUE, 1, RenewalType.FIRST),
        RenewalFact(12, NEXT_DUE, 1, RenewalType.WINBACK, won_back_from_id=11),
        RenewalFact(13, after_next, 1, RenewalType.WINBACK, won_back_from_id=12),
    )
    events = (
        contact(DUE, date(2026, 11, 1), ContactOutcome.LOST, id=5, renewal_id=11),
        contact(NEXT_DUE, date(2027, 9, 1), ContactOutcome.INTERESTED, id=6, renewal_id=12),
        contact(NEXT_DUE, date(2027, 10, 1), ContactOutcome.LOST, id=7, renewal_id=12),
        contact(after_next, date(2028, 9, 1), ContactOutcome.INTERESTED, id=8, renewal_id=13),
    )
    result = settle(VehicleFacts((policy(LAST_YEAR, expiring_renewal_id=11),), stored, events), RULES)
    assert [(each.window.id, each.state.type) for each in result.renewals] == [
        (11, RenewalType.FIRST), (12, RenewalType.WINBACK), (13, RenewalType.WINBACK),
    ]  # fmt: skip
    assert result.orphans == []


def test_a_loss_told_after_its_renewal_was_stored_takes_over_the_next_year_that_is_there() -> None:
    """Policies first, contacts later, is the same as all at once: no second renewal of the same year is left behind."""
    policies = (
        policy(LAST_YEAR, expiring_renewal_id=11),
        policy(THIS_YEAR, kind=RENEWAL, expiring_renewal_id=12, renewed_renewal_id=11),
    )
    stored = (RenewalFact(11, DUE, 1, RenewalType.FIRST), RenewalFact(12, NEXT_DUE, 1, RenewalType.REPEAT))
    lost = contact(DUE, date(2026, 10, 20), ContactOutcome.LOST)
    result = settle(VehicleFacts(policies, stored, (lost,)), RULES)
    assert [each.window.id for each in result.renewals] == [11, 12]
    assert result.orphans == []


def test_a_row_of_the_same_moment_and_method_replaces_what_the_file_gave_before() -> None:
    old = contact(DUE, date(2026, 11, 1), ContactOutcome.LOST, id=5, renewal_id=11)
    new = contact(DUE, date(2026, 11, 1), ContactOutcome.INTERESTED)
    facts = VehicleFacts(
        (policy(LAST_YEAR, expiring_renewal_id=11),), (RenewalFact(11, DUE, 1, RenewalType.FIRST),), (old, new)
    )
    result = settle(facts, RULES)
    assert result.superseded == [5]
    assert dues(result) == [(DUE, RenewalStatus.CONTACTING)]


@given(st.permutations(range(6)), st.permutations(range(3)))
def test_the_order_of_rows_never_matters(policy_order: list[int], event_order: list[int]) -> None:
    policies = [
        policy(date(2024, 11, 16)), policy(date(2024, 11, 20), COMPULSORY), policy(LAST_YEAR, kind=RENEWAL),
        policy(date(2025, 12, 30), COMPULSORY, RENEWAL), policy(date(2027, 1, 10), COMPULSORY, RENEWAL),
        policy(date(2026, 3, 1), PolicyLine.OTHER, status=PolicyStatus.CANCELLED, status_on=date(2026, 3, 5)),
    ]  # fmt: skip
    events = [
        contact(DUE, date(2026, 10, 1), ContactOutcome.QUOTE_SENT, ContactMethod.SMS),
        contact(DUE, date(2026, 10, 20), ContactOutcome.LOST),
        contact(date(2025, 11, 15), date(2025, 11, 1), ContactOutcome.INTERESTED),
    ]
    usual = [each.state for each in settled(policies, events).renewals]
    shuffled = settled([policies[index] for index in policy_order], [events[index] for index in event_order])
    assert [each.state for each in shuffled.renewals] == usual


def test_half_the_events_never_lose_a_renewal() -> None:
    """Whatever subset of contacts is known, every policy expires into exactly one renewal."""
    policies = [policy(date(2024, 11, 16)), policy(LAST_YEAR, kind=RENEWAL), policy(date(2027, 1, 10), kind=RENEWAL)]
    losses = [
        contact(each, each - timedelta(days=9), ContactOutcome.LOST) for each in (DUE, NEXT_DUE, date(2025, 11, 15))
    ]
    for chosen in permutations(losses, 2):
        result = settled(policies, list(chosen))
        expiring = [each.key for window in result.renewals for each in window.window.priors]
        assert sorted(map(str, expiring)) == sorted(str(each.key) for each in policies)

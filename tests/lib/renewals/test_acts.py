"""What people do to cases, on both databases: what follows, what is refused, what the history says."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from db.engine import Database
from db.tables import AuditEntry, Customer, LossReason, Policy, Renewal, RenewalEvent
from db.terms import (
    ContactMethod,
    ContactOutcome,
    LossDomain,
    NextAction,
    PolicyLine,
    RenewalEventKind,
    RenewalStatus,
    RenewalType,
    Tier,
)
from lib import clock, data, policies
from lib.access import Actor
from lib.messages.hours import Hours
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound, Refused
from lib.renewals import acts, assignments, by_hand, car_history, case, consents, undoing
from lib.renewals.acts import Appointment, Contact, Loss, QuoteTold
from lib.renewals.by_hand import External
from lib.settings import load
from tests.cases import events, expiring, row, today
from tests.personas import Personas, people
from tests.quotes import without_rules

PHONE, SMS = ContactMethod.PHONE, ContactMethod.SMS
OUTCOME, STATUS, KIND = ContactOutcome, RenewalStatus, RenewalEventKind
TALKED = Contact(PHONE, OUTCOME.CONSIDERING, "再想想")
BOTH = (PolicyLine.COMPULSORY, PolicyLine.COMMERCIAL)


@pytest.fixture
def made(store: Database, monkeypatch: pytest.MonkeyPatch) -> Personas:
    monkeypatch.setattr(Hours, "open_at", lambda *_: True)  # SMS at whatever hour the tests run
    without_rules()
    return people()


def do(command: Callable[..., Any], actor: Actor, renewal_id: int, *typed: Any) -> Any:
    return data.write(command, actor, renewal_id, row(renewal_id).version, *typed)


def reason(slug: str) -> int:
    def read(connection: Any) -> int:
        wanted = (LossReason.domain == LossDomain.RENEWAL, LossReason.slug == slug, LossReason.parent_id.is_not(None))
        return int(connection.scalar(select(LossReason.id).where(*wanted)))

    return data.fresh(read)


def lost(slug: str = "broker", countermeasure: str = "送保养券", **more: Any) -> Loss:
    return Loss(PHONE, reason(slug), countermeasure=countermeasure, **more)


def opened(actor: Actor, renewal_id: int) -> case.Case:
    return data.fresh(case.case, actor, renewal_id, today(), clock.now())


def live(renewal_id: int) -> list[RenewalEventKind]:
    return [event.kind for event in events(renewal_id) if event.superseded_at is None]


def renewing(line: PolicyLine = PolicyLine.COMMERCIAL, starts_on: date | None = None, number: str = "N1") -> Any:
    starts_on = starts_on or today() + timedelta(days=21)
    expires_on = starts_on + timedelta(days=364)
    return policies.Contract("平安产险", number, line, starts_on, expires_on, Decimal("3912.5"))


def test_a_contact_counts_sets_the_next_date_and_makes_the_case_theirs(made: Personas) -> None:
    key, other = expiring(made), expiring(made)
    callback = today() + timedelta(days=2)
    do(acts.contact, made.specialist, key, Contact(PHONE, OUTCOME.INTERESTED, "  要 300 万三者 ", callback))
    after = row(key)
    assert (after.status, after.owner_id) == (STATUS.CONTACTING, made.specialist.user_id)
    assert (after.next_action, after.next_action_on, after.queue_on) == (NextAction.CALLBACK, callback, callback)
    event = events(key)[-1]
    assert (event.note, event.actor_id, event.origin.value) == ("要 300 万三者", made.specialist.user_id, "app")
    assert (row(other).status, row(other).owner_id, row(other).version) == (STATUS.PENDING, None, 1)


def test_a_managers_contact_leaves_the_case_with_its_specialist(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    do(acts.contact, made.manager, key, TALKED)
    assert row(key).owner_id == made.specialist.user_id
    assert events(key)[-1].actor_id == made.manager.user_id


def test_an_sms_quote_is_owed_a_call_by_the_third_day_until_a_call_is_noted(made: Personas) -> None:
    key = expiring(made, 90, owner="specialist")
    do(acts.tell_quote, made.specialist, key, QuoteTold(SMS, Decimal(3912)))
    assert (row(key).status, row(key).call_due_on) == (STATUS.QUOTED, today() + timedelta(days=3))
    assert row(key).next_action is NextAction.QUOTE_CALL
    do(acts.contact, made.specialist, key, Contact(ContactMethod.WECHAT, OUTCOME.CONSIDERING, "看看"))
    assert row(key).call_due_on is not None
    do(acts.contact, made.specialist, key, Contact(PHONE, OUTCOME.NO_ANSWER))
    assert row(key).call_due_on is None
    assert events(key)[-1].note == "未接通"


def test_a_price_told_by_phone_starts_no_clock(made: Personas) -> None:
    key = expiring(made)
    do(acts.tell_quote, made.specialist, key, QuoteTold(PHONE, Decimal(3912)))
    assert (row(key).status, row(key).call_due_on) == (STATUS.QUOTED, None)


def test_an_sms_needs_consent_and_no_opt_out(made: Personas) -> None:
    key = expiring(made, consent=False)
    quote = QuoteTold(SMS, Decimal(3912))
    with pytest.raises(Invalid, match="not agreed"):
        do(acts.tell_quote, made.specialist, key, quote)
    do(consents.agree, made.specialist, key)
    do(acts.tell_quote, made.specialist, key, quote)
    do(consents.opt_out, made.specialist, key)
    do(consents.opt_out, made.specialist, key)
    with pytest.raises(Invalid, match="no more SMS"):
        do(acts.tell_quote, made.specialist, key, quote)
    shown = opened(made.specialist, key)
    assert shown.sms_consent
    assert shown.opted_out_at


def test_an_appointment_calls_again_the_day_after_and_stands_in_the_day_list(made: Personas) -> None:
    key, elsewhere = expiring(made), expiring(made, channel="S2")
    at = clock.now() + timedelta(hours=1)
    for actor, each in ((made.specialist, key), (made.other_specialist, elsewhere)):
        do(acts.promise, actor, each, Appointment(PHONE, at + timedelta(days=1)))
    do(acts.promise, made.specialist, key, Appointment(PHONE, at))
    day = clock.business_day(at, load().zone)
    assert (row(key).status, row(key).next_action_on) == (STATUS.PROMISED, day + timedelta(days=1))
    start = datetime.combine(today(), datetime.min.time(), load().zone)
    visits = data.read(case.visits, made.manager.own_scope, start, start + timedelta(days=4))
    assert [(each.renewal_id, each.at) for each in visits] == [(key, at)]


@pytest.mark.parametrize("away", [timedelta(minutes=-1), timedelta(days=367)])
def test_nobody_is_expected_in_the_past_or_after_a_year(made: Personas, away: timedelta) -> None:
    key = expiring(made, owner="specialist")
    with pytest.raises(Invalid) as refused:
        do(acts.promise, made.specialist, key, Appointment(PHONE, clock.now() + away))
    assert refused.value.field == "at"
    assert row(key).status is STATUS.PENDING


def test_a_loss_says_why_and_what_we_do_and_opens_next_years_win_back(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    do(acts.lose, made.specialist, key, lost(competitor="某中介", price_gap=Decimal(600)))
    assert (row(key).status, row(key).queue_on, row(key).closed_at is not None) == (STATUS.LOST, None, True)

    def won_back(connection: Any) -> Any:
        return connection.execute(select(Renewal.type, Renewal.status).where(Renewal.won_back_from_id == key)).one()

    assert data.fresh(won_back) == (RenewalType.WINBACK, STATUS.PENDING)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (lambda: Loss(PHONE, None), "loss_reason_id"),
        (lambda: lost(countermeasure=" "), "countermeasure"),
        (lambda: lost("other"), "note"),
        (lambda: lost(price_gap=Decimal(-1)), "price_gap"),
        (lambda: lost(note="长" * 2001), "note"),
        (lambda: lost(countermeasure="长" * 1001), "countermeasure"),
        (lambda: lost(competitor="长" * 101), "competitor"),
    ],
)
def test_a_loss_without_its_parts_is_refused_and_leaves_nothing(
    made: Personas, typed: Callable[[], Loss], field: str
) -> None:
    key = expiring(made)
    with pytest.raises(Invalid) as refused:
        do(acts.lose, made.specialist, key, typed())
    assert refused.value.field == field
    assert (row(key).version, live(key)) == (1, [KIND.OPENED])


@pytest.mark.parametrize("typed", [("vehicle_sold", False), ("broker", True)])
def test_what_was_beyond_us_needs_no_countermeasure(made: Personas, typed: tuple[str, bool]) -> None:
    key = expiring(made)
    do(acts.lose, made.specialist, key, lost(typed[0], "", uncontrollable=typed[1]))
    assert row(key).status is STATUS.LOST


def test_void_needs_a_reason_and_a_decided_case_is_reopened_before_it_is_worked(made: Personas) -> None:
    key = expiring(made)
    with pytest.raises(Invalid):
        do(acts.void, made.specialist, key, " ")
    do(acts.void, made.specialist, key, "车辆报废")
    assert (row(key).status, row(key).void_reason) == (STATUS.VOID, "车辆报废")
    with pytest.raises(Invalid, match="decided"):
        do(acts.contact, made.specialist, key, TALKED)
    do(acts.reopen, made.specialist, key, "弄错了")
    assert (row(key).status, row(key).void_reason, row(key).queue_on is not None) == (STATUS.CONTACTING, None, True)


def test_registering_the_policy_renews_and_opens_the_next_year(made: Personas) -> None:
    key, other = expiring(made, 20, owner="specialist"), expiring(made, 20)
    do(policies.register, made.specialist, key, (renewing(),))
    after = row(key)
    assert (after.status, after.partly_renewed, after.commercial_renewed) == (STATUS.RENEWED, False, True)
    assert [each.policy_no for each in opened(made.specialist, key).renewing] == ["N1"]
    assert row(other).status is STATUS.PENDING
    with pytest.raises(Invalid, match="already"):
        do(policies.register, made.specialist, other, (renewing(),))

    def next_year(connection: Any) -> Any:
        found = select(Renewal.due_on, Renewal.type).where(Renewal.vehicle_id == after.vehicle_id, Renewal.id != key)
        return connection.execute(found).one()

    assert data.fresh(next_year) == (renewing().expires_on, RenewalType.REPEAT)


def test_a_policy_that_cannot_renew_the_case_is_refused_with_the_days_between_which_it_starts(made: Personas) -> None:
    key, due_on = expiring(made, 20, owner="specialist"), today() + timedelta(days=20)
    for days in (-365, -91, 31, 366):
        with pytest.raises(Invalid) as refused:
            do(policies.register, made.specialist, key, (renewing(starts_on=due_on + timedelta(days=days)),))
        assert refused.value.field == "starts_on"
        assert refused.value.values["first"] == (due_on - timedelta(days=90)).isoformat()
    assert (row(key).status, opened(made.specialist, key).renewing) == (STATUS.PENDING, ())
    do(policies.register, made.specialist, key, (renewing(starts_on=due_on + timedelta(days=30)),))
    assert row(key).status is STATUS.RENEWED


def test_a_lapsed_case_may_still_be_recovered(made: Personas) -> None:
    key = expiring(made, -40, owner="specialist")
    do(policies.register, made.specialist, key, (renewing(starts_on=today()),))
    assert row(key).status is STATUS.RECOVERED


def test_who_renews_a_case_that_nobody_has_has_it(made: Personas) -> None:
    keys = [expiring(made, 20) for _ in range(2)]
    do(policies.register, made.specialist, keys[0], (renewing(),))
    do(policies.register, made.manager, keys[1], (renewing(number="N2"),))
    assert [row(key).owner_id for key in keys] == [made.specialist.user_id, None]
    assert [row(key).status for key in keys] == [STATUS.RENEWED] * 2


def test_a_case_names_the_other_years_of_its_car_within_ones_reach(made: Personas) -> None:
    key, _other_car = expiring(made, 20, owner="specialist"), expiring(made, 20)
    do(acts.lose, made.specialist, key, lost())
    (coming,) = data.fresh(car_history.of_case, made.specialist, key)
    assert (coming.type, coming.status) == (RenewalType.WINBACK, STATUS.PENDING)
    (gone,) = data.fresh(car_history.of_case, made.manager, coming.id)
    assert (gone.id, gone.status, gone.loss_reason) == (key, STATUS.LOST, "中介经纪")
    with data.transaction(made.manager) as change:
        someone_else = update(Renewal).where(Renewal.id == coming.id).values(owner_id=made.policy_specialist.user_id)
        change.session.execute(someone_else)
    assert data.fresh(car_history.of_case, made.specialist, key) == ()


def test_a_missing_line_keeps_the_case_in_the_queue_until_it_is_lost(made: Personas) -> None:
    key = expiring(made, 20, owner="specialist", lines=BOTH)
    do(policies.register, made.specialist, key, (renewing(PolicyLine.COMPULSORY),))
    assert (row(key).status, row(key).partly_renewed, row(key).queue_on) == (STATUS.RENEWED, True, row(key).due_on)
    assert opened(made.specialist, key).missing_lines == (PolicyLine.COMMERCIAL,)
    callback = today() + timedelta(days=3)
    do(acts.contact, made.specialist, key, Contact(PHONE, OUTCOME.INTERESTED, "商业险下周再定", callback))
    assert (row(key).partly_renewed, row(key).next_action_on, row(key).queue_on) == (True, callback, callback)
    do(acts.contact, made.specialist, key, Contact(PHONE, OUTCOME.NO_ANSWER, "", None))
    assert row(key).queue_on == row(key).due_on
    do(acts.lose, made.specialist, key, lost())
    assert (row(key).status, row(key).partly_renewed, row(key).queue_on) == (STATUS.RENEWED, False, None)


def test_a_renewed_case_is_reopened_by_a_manager_alone(made: Personas) -> None:
    key = expiring(made, 20, owner="specialist")
    do(policies.register, made.specialist, key, (renewing(),))
    with pytest.raises(NotAllowed):
        do(acts.reopen, made.specialist, key, "退保了")
    do(acts.reopen, made.manager, key, "退保了")
    assert row(key).status is STATUS.CONTACTING


def test_undo_takes_back_ones_own_last_step_and_deletes_nothing(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    before = row(key)
    do(acts.lose, made.specialist, key, lost())
    assert opened(made.specialist, key).undo_until is not None
    assert opened(made.manager, key).undo_until is None
    with pytest.raises(Invalid):
        do(undoing.undo, made.manager, key)
    do(undoing.undo, made.specialist, key)
    after = row(key)
    for name in ("status", "next_action_on", "queue_on", "closed_at", "loss_reason_id", "owner_id"):
        assert getattr(after, name) == getattr(before, name), name
    assert [event.kind for event in events(key)] == [KIND.OPENED, KIND.ASSIGNED, KIND.LOST, KIND.UNDONE]
    assert live(key) == [KIND.OPENED, KIND.ASSIGNED, KIND.UNDONE]
    with pytest.raises(Invalid):
        do(undoing.undo, made.specialist, key)

    def win_back(connection: Any) -> Any:
        found = select(Renewal.status, Renewal.void_reason).where(Renewal.won_back_from_id == key)
        return connection.execute(found).one()

    assert data.fresh(win_back) == (STATUS.VOID, "the loss that it was to win back was taken back")


def test_undo_ends_after_ten_minutes(made: Personas, store: Database) -> None:
    key = expiring(made, owner="specialist")
    do(acts.contact, made.specialist, key, TALKED)
    with store.turn(), store.writing.begin() as connection:
        late = clock.now() - timedelta(minutes=11)
        connection.execute(update(RenewalEvent).where(RenewalEvent.id == events(key)[-1].id).values(at=late))
    with pytest.raises(Invalid, match="ten minutes"):
        do(undoing.undo, made.specialist, key)


@pytest.mark.parametrize("who", ["other_specialist", "other_manager"])
def test_another_store_sees_and_may_nothing(made: Personas, who: str) -> None:
    key = expiring(made, owner="specialist")
    actor = made.actors[who]
    with pytest.raises(NotFound):
        opened(actor, key)
    with pytest.raises(NotFound):
        do(acts.contact, actor, key, TALKED)
    assert (row(key).version, len(events(key))) == (row(key).version, 2)


def test_a_colleagues_case_is_out_of_a_specialists_reach(made: Personas) -> None:
    key = expiring(made, owner="policy_specialist")
    with pytest.raises(NotFound):
        do(acts.contact, made.specialist, key, TALKED)


@pytest.mark.parametrize("who", ["policy_specialist", "consultant", "finance", "admin"])
def test_who_may_not_write_renewals_is_refused(made: Personas, who: str) -> None:
    key = expiring(made)
    with pytest.raises(NotAllowed):
        do(acts.contact, made.actors[who], key, TALKED)


def test_the_second_person_is_told_who_was_first(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    seen = row(key).version
    data.write(acts.contact, made.specialist, key, seen, TALKED)
    with pytest.raises(Conflict, match="续一 changed this record"):
        data.write(acts.contact, made.manager, key, seen, TALKED)
    assert live(key).count(KIND.CONTACT) == 1


def test_an_external_case_opens_with_its_next_touch_and_only_once(made: Personas) -> None:
    due_on = today() + timedelta(days=50)
    typed = External("lsvhj133022221761", due_on, "钱七", "13900000001", tier=Tier.A)
    key = data.write(by_hand.enter, made.specialist, typed)
    after = row(key)
    assert (after.type, after.due_on, after.owner_id) == (RenewalType.EXTERNAL, due_on, made.specialist.user_id)
    assert (after.next_action_on, after.tier_rank) == (due_on - timedelta(days=30), 1)
    with pytest.raises(Invalid, match="case near"):
        data.write(by_hand.enter, made.specialist, typed)
    do(acts.contact, made.specialist, key, TALKED)
    assert row(key).status is STATUS.CONTACTING


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (External("123", None), "vin"),
        (External("LSVHJ133022221761", None, "钱七"), "due_on"),
        (External("LSVHJ133022221761", date(2019, 1, 1), "钱七"), "due_on"),
        (External("LSVHJ133022221761", None), "customer"),
        (External("LSVHJ133022221761", None, "钱七", "0871-63123456"), "mobile"),
    ],
)
def test_an_external_case_that_says_too_little_is_refused(made: Personas, typed: External, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        data.write(by_hand.enter, made.specialist, typed)
    assert refused.value.field == field


def test_cases_are_given_by_hand_and_the_clock_runs_on(made: Personas) -> None:
    key = expiring(made, owner="policy_specialist")
    do(acts.tell_quote, made.manager, key, QuoteTold(SMS, Decimal(3912)))
    before = row(key)
    assert data.write(assignments.assign, made.manager, (key,), (made.specialist.user_id,)) == 1
    after = row(key)
    assert after.owner_id == made.specialist.user_id
    assert (after.call_due_on, after.next_action_on, after.status) == (
        before.call_due_on, before.next_action_on, before.status,
    )  # fmt: skip
    do(acts.contact, made.specialist, key, TALKED)
    assert row(key).owner_id == made.specialist.user_id


@pytest.mark.parametrize("to", ["consultant", "other_specialist", "policy_specialist"])
def test_cases_go_only_to_specialists_of_the_area(made: Personas, to: str) -> None:
    key = expiring(made)
    with pytest.raises(Refused):
        data.write(assignments.assign, made.manager, (key,), (made.actors[to].user_id,))
    with pytest.raises(NotAllowed):
        data.write(assignments.assign, made.specialist, (key,), (made.specialist.user_id,))
    assert row(key).owner_id is None


def test_everything_of_someone_away_is_handed_over(made: Personas) -> None:
    theirs = [expiring(made, owner="policy_specialist") for _ in range(3)]
    elsewhere, nobodys = expiring(made, owner="other_specialist", channel="S2"), expiring(made)
    givers = made.policy_specialist.user_id
    assert data.write(assignments.distribute, made.manager, givers, (made.specialist.user_id,)) == 3
    assert {row(key).owner_id for key in theirs} == {made.specialist.user_id}
    assert (row(elsewhere).owner_id, row(nobodys).owner_id) == (made.other_specialist.user_id, None)


def test_the_unassigned_are_dealt_by_tier(made: Personas) -> None:
    a, b = expiring(made, tier=Tier.A), expiring(made, tier=Tier.B)
    given = data.write(assignments.distribute, made.manager, None, (made.specialist.user_id,), (Tier.A,))
    assert given == 1
    assert (row(a).owner_id, row(b).owner_id) == (made.specialist.user_id, None)


def test_dealing_is_even_in_every_tier_and_keeps_to_the_area() -> None:
    cases = [assignments.Giveable(key, key % 3, "1." if key < 40 else "1.5.") for key in range(60)]
    given = assignments.deal(cases, {7: "1.", 8: "1.", 9: "1.5."}, {7: 0, 8: 0, 9: 0})
    assert len(given) == 60
    for rank in range(3):
        shares = [sum(given[case.id] == who for case in cases if case.tier_rank == rank) for who in (7, 8, 9)]
        assert max(shares) - min(shares) <= 1
    assert all(given[case.id] != 9 for case in cases if case.path == "1.")
    assert assignments.deal(cases, {3: "2."}, {}) == {}


def test_the_audit_names_the_act_and_no_personal_value(made: Personas) -> None:
    key = expiring(made, owner="specialist", name="欧阳春晓")
    do(acts.contact, made.specialist, key, Contact(PHONE, OUTCOME.INTERESTED, "欧阳春晓 13800000001"))

    def audit(connection: Any) -> Any:
        found = select(AuditEntry.action, AuditEntry.details).where(AuditEntry.subject_id == key)
        return connection.execute(found.order_by(AuditEntry.id.desc())).first()

    action, details = data.fresh(audit)
    assert action == "renewal.contact"
    assert "欧阳" not in str(details)
    shown = opened(made.specialist, key)
    assert shown.story[0].note == "欧阳春晓 138****0001"
    assert (shown.customer, shown.last_premium) == ("欧***", Decimal(4286))


def test_a_tier_and_its_customer_stay_one(made: Personas) -> None:
    key = expiring(made, tier=Tier.B)
    assert row(key).tier_rank == 2

    def promote(change: Any) -> None:
        change.session.execute(update(Customer).values(tier=Tier.A))

    with data.transaction(made.manager) as change:
        promote(change)
    do(acts.contact, made.specialist, key, TALKED)
    assert row(key).tier_rank == 1
    assert data.fresh(lambda connection: connection.scalar(select(Policy.id))) is not None

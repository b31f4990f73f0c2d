"""What goes beyond the rules of authority: it is not told before somebody else has approved it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from db.engine import Database
from db.tables import Approval, AuditEntry, Vehicle
from db.terms import (
    ApprovalState,
    Approver,
    AuthorityKind,
    ContactMethod,
    ContactOutcome,
    RenewalEventKind,
    RenewalStatus,
    VehicleUse,
)
from lib import data
from lib.access import SYSTEM, Actor, Permission
from lib.approvals import asking, book, waiting
from lib.approvals.book import NewRule
from lib.data import Change, command
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.renewals import acts, undoing
from lib.renewals.acts import Contact, QuoteTold
from tests.cases import events, expiring, row, today
from tests.personas import Personas, people
from tests.quotes import saved, without_rules

LOW = "0.6"
TALKED = Contact(ContactMethod.PHONE, ContactOutcome.CONSIDERING, "再想想")


@command(Permission.RENEWAL_WRITE)
def tell(change: Change, quote_id: int) -> None:
    asking.require_approved(change, quote_id)
    change.record("told")


@command(Permission.RENEWAL_WRITE)
def tell_price(change: Change, renewal_id: int, amount: Decimal) -> None:
    asking.require_price(change, renewal_id, amount, spoken=False)
    change.record("told")


def ready(made: Personas, pricing: str = LOW, by: str = "specialist") -> int:
    """A quote on a case of the specialist's."""
    return saved(made, expiring(made, owner="specialist", name="欧阳春晓"), pricing, by=by)


def asked(made: Personas, quote_id: int, who: str = "specialist") -> int:
    return data.write(asking.ask, made.actors[who], quote_id, "老客户，同行压价")


def state(approval_id: int) -> ApprovalState:
    return data.fresh(lambda connection: connection.scalar(select(Approval.state).where(Approval.id == approval_id)))


def know(renewal_id: int, use: str, claims: int) -> None:
    """What a file said of a case's car."""
    with data.transaction(SYSTEM) as change:
        change.session.execute(
            update(Vehicle).where(Vehicle.id == row(renewal_id).vehicle_id).values(vehicle_use=use, claims=claims)
        )


def add(made: Personas, kind: AuthorityKind, bound: str | None, **values: object) -> int:
    typed = NewRule(kind, date(2020, 1, 1), None if bound is None else Decimal(bound), **values)  # type: ignore[arg-type]
    return data.write(book.add, made.manager, typed)


def test_a_quote_within_the_rules_is_told_at_once_and_needs_no_request(store: Database) -> None:
    made = people()
    quote = ready(made, "0.65")
    data.write(tell, made.specialist, quote)
    with pytest.raises(Invalid):
        asked(made, quote)


def test_a_quote_beyond_the_rules_is_told_only_once_it_is_approved(store: Database) -> None:
    made = people()
    quote = ready(made)
    other = ready(made)
    with pytest.raises(Invalid):
        data.write(tell, made.specialist, quote)
    request = asked(made, quote)
    with pytest.raises(Invalid, match="waits"):
        data.write(tell, made.specialist, quote)
    data.write(asking.approve, made.manager, request, 1, "同意，下不为例")
    data.write(tell, made.specialist, quote)
    with pytest.raises(Invalid):
        data.write(tell, made.specialist, other)


def test_a_rejected_quote_is_not_told_and_says_why_and_may_be_asked_for_again(store: Database) -> None:
    made = people()
    quote = ready(made)
    data.write(asking.reject, made.manager, asked(made, quote), 1, "折扣太大")
    with pytest.raises(Invalid, match="折扣太大"):
        data.write(tell, made.specialist, quote)
    data.write(asking.approve, made.manager, asked(made, quote), 1, "补充了理由")
    data.write(tell, made.specialist, quote)


def test_an_approval_covers_the_rules_that_it_was_given_for_and_no_later_one(store: Database) -> None:
    made = people()
    quote = ready(made)
    data.write(asking.approve, made.manager, asked(made, quote), 1, "同意")
    add(made, AuthorityKind.CLAIMS_FROM, "2")

    def crash(change: Change) -> None:
        change.session.execute(update(Vehicle).values(claims=2))

    with data.transaction(made.manager) as change:
        crash(change)
    with pytest.raises(Invalid):
        data.write(tell, made.specialist, quote)
    data.write(asking.approve, made.manager, asked(made, quote), 1, "同意")
    data.write(tell, made.specialist, quote)


def test_nobody_approves_what_they_asked_for_or_quoted_themselves(store: Database) -> None:
    made = people()
    own = asked(made, ready(made), "manager")
    quoted = asked(made, ready(made, by="manager"))
    for request in (own, quoted):
        with pytest.raises(NotAllowed):
            data.write(asking.approve, made.manager, request, 1, "同意")
        data.write(asking.approve, made.boss, request, 1, "同意")
        assert state(request) is ApprovalState.APPROVED


def test_a_rule_for_the_general_manager_needs_a_manager_of_the_whole_group(store: Database) -> None:
    made = people()
    add(made, AuthorityKind.PRICING_BELOW, "0.62", approver=Approver.GENERAL_MANAGER)
    request = asked(made, ready(made))
    with pytest.raises(NotAllowed):
        data.write(asking.approve, made.manager, request, 1, "同意")
    assert not data.read(waiting.waiting, made.manager, today())[0].mine
    assert data.read(waiting.waiting, made.boss, today())[0].mine
    data.write(asking.approve, made.boss, request, 1, "同意")


@pytest.mark.parametrize("who", ["specialist", "policy_specialist", "admin", "finance"])
def test_only_managers_decide(store: Database, who: str) -> None:
    made = people()
    request = asked(made, ready(made))
    with pytest.raises(NotAllowed):
        data.write(asking.approve, made.actors[who], request, 1, "同意")


def test_another_stores_people_neither_ask_nor_decide_nor_see(store: Database) -> None:
    made = people()
    quote = ready(made)
    with pytest.raises(NotFound):
        asked(made, quote, "other_specialist")
    request = asked(made, quote)
    with pytest.raises(NotFound):
        data.write(asking.approve, made.other_manager, request, 1, "同意")
    assert data.read(waiting.waiting, made.other_manager, today()) == ()


def test_two_managers_on_one_request_the_second_is_told(store: Database) -> None:
    made = people()
    request = asked(made, ready(made))
    data.write(asking.approve, made.manager, request, 1, "同意")
    with pytest.raises(Conflict, match="经一"):
        data.write(asking.reject, made.boss, request, 1, "不行")
    with pytest.raises(Invalid):
        data.write(asking.reject, made.boss, request, 2, "不行")
    assert state(request) is ApprovalState.APPROVED


def test_a_quote_waits_once_and_reasons_are_asked(store: Database) -> None:
    made = people()
    quote = ready(made)
    request = asked(made, quote)
    with pytest.raises(Invalid):
        asked(made, quote)
    for command_ in (asking.approve, asking.reject):
        with pytest.raises(Invalid):
            data.write(command_, made.manager, request, 1, "  ")
    with pytest.raises(Invalid):
        data.write(asking.ask, made.specialist, ready(made), " ")


def test_the_list_masks_and_counts_working_days(store: Database) -> None:
    made = people()
    request = asked(made, ready(made))
    asked(made, saved(made, expiring(made, channel="S2"), LOW), "other_specialist")
    found = data.read(waiting.waiting, made.manager, today())
    assert [each.request.id for each in found] == [request]
    assert found[0].customer == "欧***"
    assert "*" in str(found[0].plate)
    assert [(each.rule.kind, each.value) for each in found[0].request.findings] == [
        (AuthorityKind.PRICING_BELOW, Decimal(LOW))
    ]
    assert not found[0].request.overdue(found[0].request.due_on)
    assert found[0].request.overdue(found[0].request.due_on + timedelta(days=1))


def test_the_case_shows_what_needs_approval_and_where_it_stands(store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    saved(made, key, "1")
    low = saved(made, key, LOW)

    def standing(actor: Actor) -> tuple[waiting.Standing, ...]:
        return data.fresh(waiting.of_case, actor, key, today())

    assert [(each.quote_id, each.approved, each.waiting) for each in standing(made.specialist)] == [(low, False, False)]
    request = asked(made, low)
    assert standing(made.specialist)[0].waiting
    data.write(asking.approve, made.manager, request, 1, "同意")
    found = standing(made.specialist)[0]
    assert (found.approved, found.requests[0].decided_by, found.requests[0].answer) == (True, "经一", "同意")
    assert data.read(waiting.decided, made.manager, today())[0].request.id == request
    with pytest.raises(NotFound):
        standing(made.other_specialist)


def test_last_years_premium_is_compared_line_by_line(store: Database) -> None:
    made = people()
    add(made, AuthorityKind.PREMIUM_DROP, "0.3")
    key = expiring(made, owner="specialist")  # commercial alone, 4,286 last year
    data.write(tell, made.specialist, saved(made, key, total="3001.00"))
    with pytest.raises(Invalid):
        data.write(tell, made.specialist, saved(made, key, total="2999.00"))


def test_a_price_without_a_trial_is_judged_by_what_is_known(store: Database) -> None:
    made = people()
    without_rules()
    add(made, AuthorityKind.PREMIUM_DROP, "0.3")
    add(made, AuthorityKind.VEHICLE_USE, None, vehicle_use=VehicleUse.RENTAL)
    add(made, AuthorityKind.CLAIMS_FROM, "3")
    key, taxi, crashed = (expiring(made, owner="specialist") for _ in range(3))
    for each, use, claims in ((key, "家庭自用", 2), (taxi, "出租", 0), (crashed, "家庭自用", 3)):
        know(each, use, claims)
    data.write(tell_price, made.specialist, key, Decimal(3100))
    with pytest.raises(Invalid, match="authority"):
        data.write(tell_price, made.specialist, key, Decimal(2900))
    for each in (taxi, crashed):
        with pytest.raises(Invalid, match="authority"):
            data.write(tell_price, made.specialist, each, Decimal(3100))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (AuthorityKind.PRICING_BELOW, {"bound": "0.65"}),
        (AuthorityKind.THIRD_PARTY_ABOVE, {"bound": "300"}),
        (AuthorityKind.CLAIMS_FROM, {"bound": "3"}),
        (AuthorityKind.VEHICLE_USE, {"bound": None, "vehicle_use": VehicleUse.RENTAL}),
    ],
)
def test_a_price_that_cannot_be_judged_without_a_trial_is_not_told_without_one(
    store: Database, kind: AuthorityKind, values: dict[str, Any]
) -> None:
    made = people()
    without_rules()
    key = expiring(made, owner="specialist")  # nobody entered the car's use or claims
    data.write(tell_price, made.specialist, key, Decimal(4000))
    add(made, kind, **values)
    with pytest.raises(Invalid, match="Without a trial") as refused:
        data.write(tell_price, made.specialist, key, Decimal(4000))
    assert refused.value.values["rule"] is kind
    saved(made, key, total="4000.00", third_party="200", use=VehicleUse.FAMILY)
    data.write(tell_price, made.specialist, key, Decimal(4000))


def test_a_price_told_by_phone_that_nobody_can_judge_is_recorded_with_a_note_that_says_so(store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")

    def told(note: str, amount: str = "4100") -> None:
        typed = QuoteTold(ContactMethod.PHONE, Decimal(amount), note)
        data.write(acts.tell_quote, made.specialist, key, row(key).version, typed)

    with pytest.raises(Invalid, match="where the price comes from"):
        told("")
    told("人保系统报价")
    assert events(key)[-1].note == "人保系统报价（无试算，未核对：自主定价系数低于）"
    low = saved(made, key, LOW, total="4200.00")
    with pytest.raises(Invalid, match="needs approval"):
        told("人保系统报价")
    told("人保系统报价", "4300")
    data.write(asking.approve, made.manager, asked(made, low), 1, "同意")
    told("人保系统报价")


def test_the_price_of_a_saved_quote_is_that_quotes(store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    low = saved(made, key, LOW, total="3500.00")
    with pytest.raises(Invalid):
        data.write(tell_price, made.specialist, key, Decimal(3500))
    data.write(asking.approve, made.manager, asked(made, low), 1, "同意")
    data.write(tell_price, made.specialist, key, Decimal(3500))


def test_a_rule_switched_off_ended_or_to_come_binds_nobody(store: Database) -> None:
    made = people()
    quote = ready(made)
    first = data.read(book.rows)
    seeded = next(each for each in first if each.kind is AuthorityKind.PRICING_BELOW)
    data.write(book.switch, made.manager, seeded.id, 1, active=False)
    data.write(tell, made.specialist, quote)
    data.write(book.switch, made.manager, seeded.id, 2, active=True)
    data.write(book.end, made.manager, seeded.id, 3, today() - timedelta(days=1))
    data.write(tell, made.specialist, quote)
    typed = NewRule(AuthorityKind.PRICING_BELOW, today() + timedelta(days=1), Decimal("0.9"))
    data.write(book.add, made.manager, typed)
    data.write(tell, made.specialist, quote)
    with pytest.raises(Conflict):
        data.write(book.switch, made.boss, seeded.id, 1, active=True)


@pytest.mark.parametrize(
    "typed",
    [
        NewRule(AuthorityKind.PRICING_BELOW, None, Decimal("0.6")),
        NewRule(AuthorityKind.PRICING_BELOW, date(2026, 1, 1)),
        NewRule(AuthorityKind.PREMIUM_DROP, date(2026, 1, 1), Decimal(30)),
        NewRule(AuthorityKind.VEHICLE_USE, date(2026, 1, 1), Decimal(1)),
        NewRule(AuthorityKind.CLAIMS_FROM, date(2026, 1, 2), Decimal(1), valid_to=date(2026, 1, 1)),
        NewRule(AuthorityKind.CLAIMS_FROM, date(2026, 1, 2), Decimal(1), note="长" * 301),
        NewRule(AuthorityKind.PRICING_BELOW, date(2026, 1, 2), Decimal("0.65")),  # holds from the start
    ],
)
def test_a_rule_that_cannot_be_is_refused(store: Database, typed: NewRule) -> None:
    with pytest.raises(Invalid):
        data.write(book.add, people().manager, typed)


def test_only_managers_keep_the_rules(store: Database) -> None:
    made = people()
    with pytest.raises(NotAllowed):
        data.write(book.add, made.specialist, NewRule(AuthorityKind.CLAIMS_FROM, date(2026, 1, 1), Decimal(1)))
    with pytest.raises(NotAllowed):
        data.write(book.switch, made.specialist, data.read(book.rows)[0].id, 1, active=False)


def test_a_use_of_the_car_can_need_approval(store: Database) -> None:
    made = people()
    add(made, AuthorityKind.VEHICLE_USE, None, vehicle_use=VehicleUse.RENTAL)
    key = expiring(made, owner="specialist")
    data.write(tell, made.specialist, saved(made, key, use="family"))
    with pytest.raises(Invalid):
        data.write(tell, made.specialist, saved(made, key, use="rental"))


def test_the_story_tells_it_and_status_clocks_and_the_last_step_stay(store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    data.write(acts.contact, made.specialist, key, row(key).version, TALKED)
    before = row(key)
    data.write(asking.approve, made.manager, asked(made, saved(made, key, LOW)), 1, "同意")
    assert [(each.kind, each.note, each.quote_amount) for each in events(key)[-2:]] == [
        (RenewalEventKind.APPROVAL_ASKED, "¥4,000.00 · 老客户，同行压价", None),
        (RenewalEventKind.APPROVED, "¥4,000.00 · 同意", None),
    ]
    assert row(key) == before
    data.write(undoing.undo, made.specialist, key, row(key).version)
    assert row(key).status is RenewalStatus.PENDING
    assert [each.kind for each in events(key) if each.superseded_at] == [RenewalEventKind.CONTACT]


def test_every_step_is_on_the_audit_trail(store: Database) -> None:
    made = people()
    quote = ready(made)
    data.write(asking.reject, made.manager, asked(made, quote), 1, "不行")

    def read(connection: Connection) -> list[tuple[str, str]]:
        found = select(AuditEntry.action, AuditEntry.actor_name).order_by(AuditEntry.id)
        return [(each.action, each.actor_name) for each in connection.execute(found)]

    assert data.fresh(read) == [("approval.asked", "specialist"), ("approval.rejected", "manager")]

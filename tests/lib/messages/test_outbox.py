"""Sending from a case and what people do with messages, on both databases."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import AuditEntry, Customer, Message, OptOut
from db.terms import (
    ContactMethod,
    ContactOutcome,
    MessageKind,
    MessageStatus,
    Plan,
    RenewalEventKind,
    RenewalStatus,
)
from lib import clock, data
from lib.access import SYSTEM
from lib.kpi import Figure
from lib.messages import hours, opt_outs, outbox, templates, views
from lib.messages.outbox import QuoteMessage
from lib.messages.templates import Typed
from lib.periods import Period
from lib.premiums import quotes
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.renewals import acts, team, undoing
from lib.renewals import case as cases
from lib.renewals.acts import Contact, QuoteTold
from tests.cases import events, expiring, row, today
from tests.lib.messages.desk import asked, change, message, noon, send, template
from tests.personas import Personas, people
from tests.quotes import without_rules

STATUS = MessageStatus


@pytest.fixture
def made(store: Database, monkeypatch: pytest.MonkeyPatch) -> Personas:
    personas = people()
    noon(monkeypatch)
    return personas


def test_a_quote_by_sms_writes_message_and_event_and_starts_the_clock(made: Personas) -> None:
    key, other = expiring(made, 90, owner="specialist"), expiring(made, 90, owner="specialist")
    sent = message(send(made.specialist, key))
    event = events(key)[-1]
    assert (row(key).status, row(key).call_due_on) == (RenewalStatus.QUOTED, today() + timedelta(days=3))
    assert (sent.status, sent.event_id, sent.renewal_id) == (STATUS.BY_HAND, event.id, key)
    assert event.quote_amount == Decimal("2287.50")  # 950 × 0.75 + 300 + 2,500 × 0.6 × 0.85
    assert row(other).status is RenewalStatus.PENDING


def test_the_three_days_of_the_call_run_from_the_day_of_sending(
    made: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [expiring(made, 90, owner="specialist") for _ in range(2)]
    at_once, later = [message(send(made.specialist, key)) for key in keys]
    data.write(outbox.mark_sent, made.specialist, at_once.id, at_once.version)
    moment = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: moment)
    data.write(outbox.mark_sent, made.specialist, later.id, later.version)
    owed = [today() + timedelta(days=days) for days in (1, 3)]
    assert [row(key).call_due_on for key in keys] == owed
    assert [events(key)[-1].call_due_on for key in keys] == owed
    assert [row(key).next_action_on for key in keys] == owed


def test_a_price_without_a_trial_can_be_told_in_a_text_that_the_desk_starts_with(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    texts = [each.id for each in data.fresh(templates.templates) if each.name == "报价（只报总价）"]
    seen = data.fresh(views.preview, made.specialist, key, MessageKind.QUOTE, *texts, None, Decimal(3888))
    assert "续保报价3,888元" in seen.text


def test_what_is_kept_names_neither_customer_nor_plate(made: Personas) -> None:
    key = expiring(made, owner="specialist", name="欧阳春晓")
    sent = message(send(made.specialist, key))
    assert set(sent.variables) == {"due_on", "plan", "amount", "specialist"}
    assert not any(word in str(tuple(sent)) for word in ("欧阳", "云A", "1380000"))
    shown = data.fresh(views.of_case, made.specialist, key, clock.now())[0]
    assert "欧***" in shown.text
    assert "欧阳" not in shown.text


@pytest.mark.parametrize(
    ("consent", "opted_out", "hour", "field"),
    [(False, False, time(12), "method"), (True, True, time(12), "method"), (True, False, time(21), "hours"),
     (None, False, time(12), "method"), (True, False, time(8, 59), "hours")],
)  # fmt: skip
def test_an_sms_is_refused_and_nothing_is_written(
    made: Personas, monkeypatch: pytest.MonkeyPatch, consent: bool | None, opted_out: bool, hour: time, field: str
) -> None:
    key = expiring(made, owner="specialist")
    change(Customer, sms_consent=consent)
    if opted_out:
        mobile = data.fresh(lambda connection: connection.scalar(select(Customer.mobile)))
        assert data.write(opt_outs.record, SYSTEM, mobile)
    noon(monkeypatch, hour)
    with pytest.raises(Invalid) as refused:
        send(made.specialist, key)
    assert refused.value.field == field
    assert row(key).status is RenewalStatus.PENDING
    assert data.fresh(lambda connection: connection.scalar(select(Message.id))) is None
    with pytest.raises(Invalid):
        data.write(
            outbox.send_reminder, made.specialist, key, row(key).version, template(MessageKind.REMINDER)
        )  # fmt: skip


def remind(made: Personas, key: int) -> int:
    return data.write(outbox.send_reminder, made.specialist, key, row(key).version, template(MessageKind.REMINDER))


def test_a_reminder_is_one_contact_that_tells_no_price_and_starts_no_clock(made: Personas) -> None:
    key, other = expiring(made, owner="specialist"), expiring(made, owner="specialist")
    sent = remind(made, key)
    contact = events(key)[-1]
    assert (message(sent).status, message(sent).event_id) == (STATUS.BY_HAND, contact.id)
    assert (contact.kind, contact.method, contact.outcome) == (
        RenewalEventKind.CONTACT, ContactMethod.SMS, ContactOutcome.NO_ANSWER,
    )  # fmt: skip
    assert [each.kind for each in events(key)].count(RenewalEventKind.CONTACT) == 1
    assert (row(key).status, row(key).quoted_at, row(key).call_due_on) == (RenewalStatus.CONTACTING, None, None)
    assert row(other).status is RenewalStatus.PENDING


def test_a_reminder_leaves_the_clock_and_the_agreed_callback(made: Personas) -> None:
    key = expiring(made, 90, owner="specialist")
    agreed = today() + timedelta(days=5)
    send(made.specialist, key)
    talked = Contact(ContactMethod.WECHAT, ContactOutcome.CONSIDERING, "再看看", agreed)
    data.write(acts.contact, made.specialist, key, row(key).version, talked)
    owed = row(key).call_due_on
    remind(made, key)
    assert (row(key).call_due_on, events(key)[-1].callback_on) == (owed, agreed)
    assert owed is not None


def test_a_reminder_that_is_not_sent_was_no_contact(made: Personas) -> None:
    key, other = expiring(made, 90, owner="specialist"), expiring(made, 90, owner="specialist")
    sent, taken_back = remind(made, key), remind(made, other)
    data.write(outbox.cancel, made.specialist, sent, message(sent).version)
    data.write(undoing.undo, made.specialist, other, row(other).version)
    for each in (key, other):
        assert row(each).status is RenewalStatus.PENDING
        assert events(each)[-1].note == RenewalEventKind.CONTACT
    assert message(taken_back).status is STATUS.CANCELLED


def test_a_reminder_is_no_call_in_the_teams_connected_share(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    spoke = Contact(ContactMethod.PHONE, ContactOutcome.INTERESTED, "可以")
    data.write(acts.contact, made.specialist, key, row(key).version, spoke)
    remind(made, key)
    day = Period(today(), today())
    member = next(each for each in data.read(team.members, made.manager.scope, day, today()) if each.name == "续一")
    assert (member.contacts, member.connected_rate) == (2, Figure(Decimal(1), 1, 1))


@pytest.mark.parametrize("hour", [time(8, 59), time(20, 30), time(23)])
def test_an_sms_quote_of_ones_own_telephone_keeps_to_the_hours(
    made: Personas, monkeypatch: pytest.MonkeyPatch, hour: time
) -> None:
    without_rules()
    key = expiring(made, owner="specialist")
    noon(monkeypatch, hour)
    with pytest.raises(Invalid) as refused:
        data.write(acts.tell_quote, made.specialist, key, row(key).version, QuoteTold(ContactMethod.SMS, Decimal(3912)))
    assert (refused.value.field, row(key).status) == ("hours", RenewalStatus.PENDING)
    data.write(acts.tell_quote, made.specialist, key, row(key).version, QuoteTold(ContactMethod.PHONE, Decimal(3912)))
    assert row(key).status is RenewalStatus.QUOTED


def test_somebody_else_case_is_out_of_reach(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    sent = send(made.specialist, key)
    stranger = made.other_specialist
    for command in (outbox.mark_sent, outbox.cancel, outbox.repeat, outbox.take_by_hand):
        with pytest.raises(NotFound):
            data.write(command, stranger, sent, message(sent).version)
    with pytest.raises(NotFound):
        data.write(outbox.copy, stranger, sent)
    with pytest.raises(NotFound):
        data.fresh(views.of_case, stranger, key, clock.now())
    with pytest.raises(NotFound):
        data.write(quotes.save, stranger, key, asked(Plan.BASIC))
    assert data.fresh(views.outbox, stranger.own_scope, views.COUNTED, None, clock.now()) == ()
    assert [each.id for each in data.fresh(views.outbox, made.manager.own_scope, views.TO_DO, None, clock.now())] == [
        sent
    ]


def test_the_copied_text_is_whole_and_the_look_is_on_record(made: Personas) -> None:
    key = expiring(made, owner="specialist", name="欧阳春晓")
    sent = send(made.specialist, key)
    copy = data.write(outbox.copy, made.specialist, sent)
    assert copy.text.startswith("【东风店】欧阳春晓您好")
    assert "基本方案2,287.50元" in copy.text
    assert "以保险公司核保为准" in copy.text
    assert copy.text.endswith("拒收请回复R")
    assert copy.mobile.startswith("138")
    actions = data.fresh(lambda connection: connection.scalars(select(AuditEntry.action)).all())
    assert "revealed" in actions
    details = data.fresh(lambda connection: connection.scalars(select(AuditEntry.details)).all())
    assert not any("欧阳" in str(each) or copy.mobile in str(each) for each in details)


def test_a_message_sent_by_hand_is_marked_once(made: Personas) -> None:
    sent = send(made.specialist, expiring(made, owner="specialist"))
    seen = message(sent).version
    data.write(outbox.mark_sent, made.specialist, sent, seen)
    assert (message(sent).status, message(sent).sent_at) == (STATUS.SENT, clock.now())
    with pytest.raises(Invalid):
        data.write(outbox.mark_sent, made.specialist, sent, seen)
    with pytest.raises(Invalid):
        data.write(outbox.cancel, made.specialist, sent, seen + 1)


def test_two_people_on_one_message_are_told(made: Personas) -> None:
    sent = send(made.specialist, expiring(made, owner="specialist"))
    change(Message, status=STATUS.FAILED)
    seen = message(sent).version
    data.write(outbox.take_by_hand, made.manager, sent, seen)
    change(Message, status=STATUS.FAILED)
    with pytest.raises(Conflict) as conflict:
        data.write(outbox.repeat, made.specialist, sent, seen)
    assert conflict.value.values["who"] == "经一"


def test_cancelling_takes_the_quote_back_and_stops_the_clock(made: Personas) -> None:
    key = expiring(made, 90, owner="specialist")
    sent = send(made.specialist, key)
    data.write(outbox.cancel, made.specialist, sent, message(sent).version)
    assert message(sent).status is STATUS.CANCELLED
    assert (row(key).status, row(key).call_due_on, row(key).quoted_at) == (RenewalStatus.PENDING, None, None)
    quoted = next(each for each in events(key) if each.kind is RenewalEventKind.QUOTED)
    assert quoted.superseded_at is not None


def test_taking_the_step_back_cancels_a_message_that_has_not_gone(made: Personas) -> None:
    key = expiring(made, 90, owner="specialist")
    sent = send(made.specialist, key)
    data.write(undoing.undo, made.specialist, key, row(key).version)
    assert (message(sent).status, row(key).status) == (STATUS.CANCELLED, RenewalStatus.PENDING)


def opened_until(made: Personas, key: int) -> datetime | None:
    return data.fresh(cases.case, made.specialist, key, today(), clock.now()).undo_until


@pytest.mark.parametrize("status", [STATUS.SENDING, STATUS.SENT])
def test_a_step_whose_sms_has_gone_out_is_not_taken_back(made: Personas, status: MessageStatus) -> None:
    key = expiring(made, 90, owner="specialist")
    send(made.specialist, key)
    assert opened_until(made, key) is not None
    change(Message, status=status, sent_at=clock.now())
    assert opened_until(made, key) is None
    with pytest.raises(Invalid, match="gone out"):
        data.write(undoing.undo, made.specialist, key, row(key).version)
    assert row(key).status is RenewalStatus.QUOTED


def test_every_plan_saved_together_can_be_told_in_one_text(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    first, _ = data.write(quotes.save, made.specialist, key, asked(Plan.BASIC, Plan.FULL))
    data.write(
        outbox.send_quote, made.specialist, key, row(key).version, QuoteMessage(template(place=1), first)
    )  # fmt: skip
    assert "基本2,287.50元、全面2,287.50元" in data.fresh(views.of_case, made.specialist, key, clock.now())[0].text


def test_a_trial_of_another_case_is_not_told(made: Personas) -> None:
    key, other = expiring(made, owner="specialist"), expiring(made, owner="specialist")
    quote = data.write(quotes.save, made.specialist, other, asked(Plan.BASIC))[0]
    with pytest.raises(Invalid):
        data.write(outbox.send_quote, made.specialist, key, row(key).version, QuoteMessage(template(), quote))
    with pytest.raises(Invalid):  # the text names a plan, and none is chosen
        data.write(
            outbox.send_quote, made.specialist, key, row(key).version, QuoteMessage(template(), None, Decimal(3000))
        )
    assert row(key).status is RenewalStatus.PENDING


def test_a_preview_is_masked_and_measures_the_real_text(made: Personas) -> None:
    key = expiring(made, owner="specialist", name="欧阳春晓")
    seen = data.fresh(
        views.preview, made.specialist, key, MessageKind.REMINDER, template(MessageKind.REMINDER), None, None
    )
    assert "欧***您好，云A***" in seen.text
    assert seen.length == len(seen.text)
    assert seen.segments == 1


def test_only_managers_change_texts_and_hours(made: Personas) -> None:
    typed = Typed(MessageKind.REMINDER, "新提醒", "{customer}您好")
    for command, values in ((templates.add, (typed,)), (hours.set_hours, (time(8), time(20)))):
        with pytest.raises(NotAllowed):
            data.write(command, made.specialist, *values)
    data.write(hours.set_hours, made.manager, time(8), time(11))
    assert data.read(hours.permitted).end == time(11)
    with pytest.raises(Invalid):
        data.write(hours.set_hours, made.manager, time(11), time(11))
    with pytest.raises(Invalid):
        send(made.specialist, expiring(made, owner="specialist"))


def test_a_changed_text_is_a_new_one_and_what_was_sent_keeps_its_own(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    sent, old = send(made.specialist, key), template()
    before = data.fresh(views.of_case, made.specialist, key, clock.now())[0].text
    typed = Typed(MessageKind.QUOTE, "报价（一个方案）", "{amount}元，以保险公司核保为准", " SMS_1 ")
    new = data.write(templates.replace, made.manager, old, 1, typed)
    assert new != old
    assert message(sent).template_id == old
    assert data.fresh(views.of_case, made.specialist, key, clock.now())[0].text == before
    offered = {each.id: each for each in data.read(templates.templates)}
    assert old not in offered
    assert offered[new].provider_code == "SMS_1"
    with pytest.raises(Conflict):
        data.write(templates.replace, made.manager, old, 1, typed)
    with pytest.raises(Invalid):  # the closed text is not sent any more
        data.write(
            outbox.send_quote, made.specialist, key, row(key).version, QuoteMessage(old, None, Decimal(3000))
        )  # fmt: skip


def test_an_opt_out_is_noted_once_whatever_it_looks_like(made: Personas) -> None:
    assert data.write(opt_outs.record, made.specialist, "+86 138-1234-5678")
    assert not data.write(opt_outs.record, made.specialist, "13812345678")
    with pytest.raises(Invalid):
        data.write(opt_outs.record, made.specialist, "0871-63123456")
    assert data.fresh(lambda connection: connection.scalars(select(OptOut.mobile)).all()) == ["13812345678"]

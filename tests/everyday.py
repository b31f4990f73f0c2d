"""A small dealership in which every kind of thing has happened, by the commands that people use."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import aliased

from db.base import Base
from db.tables import (
    AlertSettlement,
    AuthorityRule,
    CalendarDay,
    Channel,
    Customer,
    Feedback,
    Lead,
    LeadEvent,
    LossReason,
    Partner,
    Policy,
    QuoteLine,
    RateRow,
    Renewal,
    RenewalEvent,
    User,
    Vehicle,
)
from db.terms import (
    AlertKind,
    AlertState,
    BusinessType,
    ChannelKind,
    ContactMethod,
    ContactOutcome,
    Controllable,
    CountermeasureNoteKind,
    CountermeasureState,
    FeedbackTopic,
    LeadEventKind,
    LossDomain,
    MarketTier,
    PartnerCriterion,
    PartnerState,
    PolicyLine,
    Tier,
)
from lib import data, policies, reason_entries
from lib.access import SYSTEM, Actor
from lib.approvals import asking
from lib.countermeasures import writing as measures
from lib.forecasts import freezes, submitting
from lib.leads import hand_over, steps
from lib.leads.steps import Step
from lib.loss_reviews import answering, judging
from lib.loss_reviews.reading import Seen
from lib.messages import opt_outs
from lib.network import editing, evaluating, feedback, moving
from lib.network.partners import Mark
from lib.policies import Contract
from lib.renewals import acts, assignments, by_hand, undoing
from lib.renewals.settling import a_year_after
from tests.cases import expiring, row
from tests.lib.imports.books import FOLLOW_UP, POLICY, load
from tests.lib.imports.test_loading import everything
from tests.personas import Personas, people
from tests.quotes import saved

Method, Outcome, Kind = ContactMethod, ContactOutcome, LeadEventKind
DUE = date(2026, 12, 9)
BY_HAND_VIN = "LSVNV2182E2100001"
"""The car of a case that was entered by hand."""


class Day:
    """One act after the other, a minute apart."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 10, 2, 0, 0, 123_456, UTC)

    def do(self, fn: Callable[..., Any], actor: Actor, *args: Any, **kwargs: Any) -> Any:
        self.at += timedelta(minutes=1)
        with data.transaction(actor, self.at) as change:
            change.subjects |= fn.subjects  # type: ignore[attr-defined]
            return fn(change, *args, **kwargs)


def key(table: type[Base], **values: Any) -> int:
    """The key of the newest row with these values."""
    found = select(table.id).filter_by(**values).order_by(table.id.desc()).limit(1)  # type: ignore[attr-defined]
    return data.fresh(lambda connection: connection.scalars(found).one())


def version(table: type[Base], of: int) -> int:
    found = select(table.version).where(table.id == of)  # type: ignore[attr-defined]
    return data.fresh(lambda connection: connection.scalars(found).one())


def live(folder: Path) -> Personas:
    """Fill the open database."""
    made, day = people(), Day()
    given = everything()
    given["policies"] += [POLICY | {"policy_no": "PDAA8", "vin": "LSVHJ133022221762", "phone": "13900000009"}]
    given["follow_ups"] += [FOLLOW_UP | {"at": "2026-11-03 09:00", "method": "电话", "outcome": "考虑中"}]
    joined = POLICY | {"policy_no": "PDZA8", "line": "交强险", "vin": "LSVHJ133022221762", "expires_on": "2027-03-20",
                       "phone": "13900000009"}  # fmt: skip
    given["policies"].append(joined)
    assert load(folder, **given).loaded
    assert load(folder, policies=[joined | {"expires_on": "2026-12-20"}]).loaded  # and its case goes into the other
    _reasons(day, made)
    _leads(day, made)
    _renewals(day, made)
    _by_hand(day, made)
    _quotes(day, made)
    _losses(day, made)
    _network(day, made)
    with data.transaction(SYSTEM) as change:  # as files and forms write them
        consented = update(Customer).where(Customer.sms_consent.is_not(None))
        change.session.execute(consented.values(consent_at=day.at, consent_how="spoken"))
        change.session.execute(update(Policy).values(policy_no=func.upper(Policy.policy_no)))
    return made


def _reasons(day: Day, made: Personas) -> None:
    price = key(LossReason, slug="price", domain=LossDomain.RENEWAL)
    new = reason_entries.New(price, "储值卡抵扣", "Stored value card", Controllable.PARTLY)
    day.do(reason_entries.add, made.boss, LossDomain.RENEWAL, new)
    gift = key(LossReason, slug="gift", domain=LossDomain.LEAD)
    entry = reason_entries.Entry(gift, 7, True, Controllable.NO, 1, "礼包不够", "Small gifts")
    day.do(reason_entries.arrange, made.boss, LossDomain.LEAD, (entry,))
    with data.transaction(SYSTEM) as change:
        change.session.execute(insert(CalendarDay).values(day=date(2026, 11, 21), is_workday=True, note="补班"))


def _leads(day: Day, made: Personas) -> None:
    first, lost = key(Lead, lead_no="K1"), key(Lead, lead_no="K3")
    reason = key(LossReason, slug="gift", domain=LossDomain.LEAD)

    def step(of: int, kind: LeadEventKind, **more: Any) -> None:
        day.do(steps.advance, made.manager, of, version(Lead, of), Step(kind, **more))

    step(first, Kind.RETURN_VISIT)
    step(first, Kind.LOST, loss_reason_id=reason, competitor="博远", note="点错了")
    day.do(steps.undo, made.manager, first, version(Lead, first))
    day.do(hand_over.hand_over, made.manager, first, version(Lead, first), made.colleague.user_id)
    step(first, Kind.RETURN_VISIT, note="带家人")
    step(first, Kind.QUOTE, amount=Decimal(158000))
    step(first, Kind.NOTE, note="想要白色\n周末再来")
    step(first, Kind.ORDER, amount=Decimal("157800.50"))
    step(first, Kind.ORDER_CANCELLED)
    step(first, Kind.LOST, loss_reason_id=reason, competitor="博远", price_gap=Decimal(300), note="嫌远")
    step(first, Kind.REOPENED, note="又来电")
    step(lost, Kind.REOPENED, note="新政策")
    step(lost, Kind.LOST, loss_reason_id=reason)


def _renewals(day: Day, made: Personas) -> None:
    def case(number: int, owner: str | None = "specialist", **more: Any) -> int:
        made_of = expiring(made, due_on=DUE + timedelta(days=number), **more)
        if owner:
            day.do(assignments.assign, made.manager, (made_of,), (made.actors[owner].user_id,))
        return made_of

    def do(fn: Callable[..., Any], who: Actor, of: int, *typed: Any) -> None:
        day.do(fn, who, of, row(of).version, *typed)

    specialist, manager = made.specialist, made.manager
    called = case(0, tier=Tier.A)
    do(acts.contact, specialist, called, acts.Contact(Method.WECHAT, Outcome.CONSIDERING, "再想想", date(2026, 11, 20)))
    do(acts.contact, specialist, called, acts.Contact(Method.PHONE, Outcome.NO_ANSWER))
    do(undoing.undo, specialist, called)
    promised = case(1)
    do(acts.promise, specialist, promised, acts.Appointment(Method.PHONE, datetime(2026, 11, 24, 6, tzinfo=UTC), "来"))
    nobodys = case(2, owner=None)
    do(acts.contact, manager, nobodys, acts.Contact(Method.PHONE, Outcome.INTERESTED, "经理打的"))
    for number, who in ((3, manager), (4, SYSTEM)):
        do(acts.void, who, case(number, owner=None), "车已报废")
    card = key(LossReason, name="储值卡抵扣")
    for number in (5, 6):
        lost = case(number)
        typed = acts.Loss(Method.PHONE, card, "没谈拢", "太平洋", Decimal("120.50"), "月末再访")
        do(acts.lose, specialist, lost, typed)
    do(acts.reopen, specialist, lost, "客户回心转意")
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(AuthorityRule).values(active=False))
    quoted = case(7)
    do(acts.tell_quote, specialist, quoted, acts.QuoteTold(Method.SMS, Decimal(4100)))
    with data.transaction(SYSTEM) as change:  # of a time when working days counted
        late = update(RenewalEvent).where(RenewalEvent.renewal_id == quoted, RenewalEvent.method == Method.SMS)
        change.session.execute(late.values(call_due_on=date(2026, 11, 15)))
        columns = ("call_due_on", "next_action_on", "queue_on")
        change.session.execute(update(Renewal).where(Renewal.id == quoted).values(
            dict.fromkeys(columns, date(2026, 11, 15))))  # fmt: skip
    _took_back(made, case, do)
    renewed = case(8, lines=(PolicyLine.COMMERCIAL, PolicyLine.COMPULSORY))
    starts = DUE + timedelta(days=9)
    contract = Contract("平顺财险", "PS-2026-1", PolicyLine.COMMERCIAL, starts, starts + timedelta(days=364),
                        Decimal("3888.80"), business_type=BusinessType.RENEWAL)  # fmt: skip
    do(policies.register, specialist, renewed, (contract,))
    day.do(opt_outs.record, specialist, "13800000001")


def _took_back(made: Personas, case: Callable[..., int], do: Callable[..., None]) -> None:
    """A loss, whose win-back goes with it, and of another case a quote and a loss, which is lost once more; the first
    is renewed after all, by a policy that ends when its win-back would have been due."""
    who, card = made.specialist, key(LossReason, name="储值卡抵扣")
    typed = acts.Loss(Method.PHONE, card, "说太贵", "太平洋", Decimal("80.00"), "再议")
    kept, lost = case(11, tier=Tier.A), case(12, tier=Tier.B)
    do(acts.lose, who, kept, typed)
    do(undoing.undo, who, kept)
    do(acts.tell_quote, who, lost, acts.QuoteTold(Method.SMS, Decimal(4300)))
    do(undoing.undo, who, lost)
    do(acts.lose, who, lost, typed)
    do(undoing.undo, who, lost)
    do(acts.contact, who, lost, acts.Contact(Method.PHONE, Outcome.CONSIDERING, "还在比价"))
    do(acts.lose, who, lost, typed)
    due_on = DUE + timedelta(days=11)
    contract = Contract("平顺财险", "PS-2026-2", PolicyLine.COMMERCIAL, due_on + timedelta(days=1),
                        a_year_after(due_on), Decimal(3999), business_type=BusinessType.RENEWAL)  # fmt: skip
    do(policies.register, who, kept, (contract,))


def _by_hand(day: Day, made: Personas) -> None:
    typed = by_hand.External(BY_HAND_VIN, DUE, "潜客", "13700000001", "云A12345", "星河E", Tier.B, note="朋友介绍")
    entered = day.do(by_hand.enter, made.specialist, typed)
    contact = acts.Contact(Method.PHONE, Outcome.INTERESTED, "有兴趣", date(2026, 11, 25))
    day.do(acts.contact, made.specialist, entered, row(entered).version, contact)
    other = by_hand.External("LSVNV2182E2100002", DUE, "无名氏", tier=Tier.C, channel_id=made.channels["S1"])
    day.do(by_hand.enter, made.manager, other)


def _quotes(day: Day, made: Personas) -> None:
    case = expiring(made, due_on=DUE + timedelta(days=10), owner="specialist")
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(AuthorityRule).values(active=True))
    for _ in range(2):
        quote = saved(made, case, pricing="0.5", total="3000.00", use="family", third_party="300")
        with data.transaction(SYSTEM) as change:
            rate = change.session.scalars(select(RateRow.id).order_by(RateRow.id).limit(1)).one()
            change.session.execute(update(QuoteLine).where(QuoteLine.quote_id == quote).values(rate_row_ids=[rate]))
        asked = day.do(asking.ask, made.specialist, quote, "老客户")
    day.do(asking.approve, made.boss, asked, 1, "同意")


def _losses(day: Day, made: Personas) -> None:
    reason = key(LossReason, slug="price", domain=LossDomain.RENEWAL)
    plan = measures.Plan(
        LossDomain.RENEWAL, reason, made.channels["S1"], "先核底价", made.specialist.user_id, date(2026, 11, 12),
        date(2026, 12, 12), insurer="人保财险",
    )  # fmt: skip
    measure = day.do(measures.add, made.manager, plan)
    day.do(measures.move, made.specialist, measure, 1, CountermeasureState.RUNNING)
    day.do(measures.note, made.specialist, measure, CountermeasureNoteKind.IMPROVEMENT, "当天答复")
    everywhere = measures.Plan(LossDomain.LEAD, key(LossReason, slug="gift", domain=LossDomain.LEAD), None, "加礼",
                               made.boss.user_id, date(2026, 11, 12), date(2026, 12, 1))  # fmt: skip
    dropped = day.do(measures.add, made.boss, everywhere)
    day.do(measures.move, made.boss, dropped, 1, CountermeasureState.DROPPED, "预算")
    lead, renewal = _lost(LeadEvent), _lost(RenewalEvent)
    day.do(judging.accept, made.boss, (Seen(LossDomain.LEAD, lead, None),))
    day.do(judging.give_back, made.boss, Seen(LossDomain.RENEWAL, renewal, None), "看过报价单吗？")
    case = data.fresh(lambda connection: connection.scalars(
        select(RenewalEvent.renewal_id).where(RenewalEvent.id == renewal)).one())  # fmt: skip
    typed = answering.Answer(renewal, 1, row(case).version, "看过")
    day.do(answering.answer_renewal, made.specialist, typed)


def _lost(table: Any) -> int:
    """The newest loss that counts."""
    found = select(table.id).where(table.kind == "lost", table.superseded_at.is_(None)).order_by(table.id.desc())
    return int(data.fresh(lambda connection: connection.scalar(found.limit(1))))


def _network(day: Day, made: Personas) -> None:
    boss, channels = made.boss, made.channels
    facts = editing.Facts("北区中心", "北区", None, MarketTier.PREFECTURE)
    centre = channels["S1-C1"]
    day.do(editing.alter, boss, centre, version(Channel, centre), facts)
    entry = submitting.Entry(made.models["远途A7"], 3, "有团购")
    day.do(submitting.submit, made.agent, channels["S1-C1-A1"], date(2027, 1, 1), (entry,), 0)
    day.do(submitting.submit, made.channel_manager, centre, date(2027, 1, 1),
           (submitting.Entry(made.models["远途A7"], 5, "有团购"),), 0)  # fmt: skip
    frozen = day.do(freezes.freeze, boss, channels["S1"], date(2027, 1, 1))
    day.do(freezes.thaw, boss, frozen, 1, "补报")
    day.do(freezes.freeze, boss, channels["S1"], date(2027, 1, 1))
    report = day.do(feedback.report, made.agent, channels["S1-C1-A1"], FeedbackTopic.PRICE, "邻县更低")
    day.do(feedback.answer, boss, report, version(Feedback, report), "查窜货")
    partner = day.do(evaluating.propose, boss, "兴达车行", ChannelKind.AREA_AGENT, centre, "青石县")
    day.do(evaluating.visit, boss, partner, date(2026, 11, 9), "展厅三百平")
    day.do(evaluating.mark, boss, partner, 1, tuple(Mark(each, 80, "六人") for each in PartnerCriterion))
    day.do(evaluating.decide, boss, partner, version(Partner, partner), PartnerState.ACCEPTED, "稳定")
    day.do(evaluating.join, boss, partner, version(Partner, partner), "S1-C1-A9")
    sold = key(Lead, lead_no="K2")
    with data.transaction(boss, day.at) as change:
        buyer = change.session.scalars(select(Lead.customer_id).where(Lead.id == sold)).one()
        for kind, case in ((AlertKind.PRICE, f"lead:{sold}"), (AlertKind.WHOLESALE, f"buyer:{buyer}:{sold}"),
                           (AlertKind.SILENT, "2026-11-01")):  # fmt: skip
            change.session.execute(insert(AlertSettlement).values(
                kind=kind, channel_id=channels["S1"], case=case, state=AlertState.EXPLAINED, note="活动价",
                settled_by_id=boss.user_id, settled_at=change.at))  # fmt: skip
    agent = channels["S1-C1-A1"]
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(Lead).where(Lead.lead_no == "K1").values(channel_id=agent))
    new = day.do(editing.add, boss, "S1-C3", ChannelKind.DISTRIBUTION_CENTRE, channels["S1"],
                 editing.Facts("东区中心", "", None, None))  # fmt: skip
    day.do(moving.move, boss, agent, version(Channel, agent), new)


def standing() -> dict[str, list[tuple[Any, ...]]]:
    """Where every case and lead stands, and whose every car is, beyond what a sheet says of it."""
    case, before = [each for each in Renewal.__table__.columns if each.name not in DERIVED], aliased(Renewal)
    sentences = {
        "renewals": select(Vehicle.vin, User.username, before.due_on.label("before"), *case)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id).outerjoin(User, User.id == Renewal.owner_id)
        .outerjoin(before, before.id == Renewal.won_back_from_id),
        "leads": select(Lead.lead_no, Lead.status, Lead.closed_at, Lead.captured),
        "vehicles": select(Vehicle.vin, Customer.name, Customer.mobile, Customer.id_number_digest, Customer.tier)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id),
        "lead events": select(Lead.lead_no, LeadEvent.kind, LeadEvent.at, LeadEvent.note, LeadEvent.competitor,
                              LeadEvent.superseded_at)
        .join(Lead, Lead.id == LeadEvent.lead_id),
        "events": select(Vehicle.vin, Renewal.due_on, Renewal.status, RenewalEvent.kind, RenewalEvent.at,
                         RenewalEvent.method, RenewalEvent.outcome, RenewalEvent.business_on, RenewalEvent.call_due_on,
                         RenewalEvent.note, RenewalEvent.superseded_at, Policy.policy_no)
        .join(Renewal, Renewal.id == RenewalEvent.renewal_id).join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Policy, Policy.id == RenewalEvent.policy_id),
    }  # fmt: skip

    def read(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
        return {
            name: sorted(tuple(map(str, each)) for each in connection.execute(found))
            for name, found in sentences.items()
        }

    return data.fresh(read)


DERIVED = ("id", "vehicle_id", "channel_id", "owner_id", "loss_reason_id", "won_back_from_id", "version")

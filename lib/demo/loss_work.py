"""What the made-up dealership did about its losses: reviews, countermeasures, leads taken up again.

Everything goes through the desk's own rules, at moments that lie back; reviews alone are written in one piece.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, insert

from db.queries import demonstration as queries
from db.queries import loss_reviews as reviews
from db.tables import LeadEvent, LossReview, RenewalEvent
from db.terms import CountermeasureNoteKind, CountermeasureState, LeadEventKind, LossDomain, LossReviewState, Subject
from lib import clock, data, settings, users
from lib.access import SYSTEM, Actor, Scope
from lib.actors import active_user, actor_of
from lib.countermeasures import writing
from lib.countermeasures.writing import Plan
from lib.demo.chance import Chance
from lib.demo.network import MODELS
from lib.leads import steps
from lib.leads.steps import Step
from lib.loss_reviews.judging import EVENT_COLUMNS
from lib.loss_reviews.reading import LOOKED_BACK, seen_by
from lib.winbacks import reading, taking_up
from lib.winbacks.taking_up import Seen

State, Note = CountermeasureState, CountermeasureNoteKind
D = LossDomain

WORKED_BY: dict[LossDomain, Any] = {D.LEAD: LeadEvent.consultant_id, D.RENEWAL: RenewalEvent.specialist_id}
MANAGERS = {"DH": "dh-manager", "NL": "nl-manager"}
REVIEWED_AFTER = timedelta(hours=20)
ACCEPTED, RETURNED = 0.9, 0.05  # of what was lost; the rest waits still
QUESTIONS = ("对方报价单看到了吗？差价是怎么构成的？", "最后一次联系是什么时候，谁跟的？", "是否介绍过到店理赔和代步？")
ANSWERS = ("看过对方报价单，三者保额低 100 万。", "上周三电话联系过，客户已在他处办理。", "介绍过，客户更看重价格。")
TAKEN_UP, WHY = 16, ("新一期商务政策，价格有空间", "现车到店，可以试驾", "客户原定年后购车，提前联系")
ORDERS_EVERY, DECIDES_AFTER = 5, timedelta(days=4)


@dataclass(frozen=True)
class Told:
    """A countermeasure of the demonstration: when it began and was due, counted from today, and what was said of it."""

    domain: LossDomain
    reason: str
    channel: str
    what: str
    owner: str
    begins: int
    ends: int
    states: tuple[CountermeasureState, ...] = ()
    note: str = ""
    improvement: str = ""
    insurer: str | None = None


MEASURES = (
    Told(D.RENEWAL, "price", "DH", "报价前先核对同司底价，缺口当天报经理核价", "dh-renewal1", -75, -16,
         (State.RUNNING, State.DONE), "两周内核价 31 单，当天回复 28 单", "核价口径写进话术，200 元以内专员先答复"),
    Told(D.LEAD, "competing_model", "DH", "竞品对比手册上展台，试驾路线加入高速段", "dh-sales1", -40, -6,
         (State.RUNNING,), "手册已印，高速段待交警备案", "对比手册改为活页，随竞品改款更换"),
    Told(D.LEAD, "price_gap", "DH", "差价在权限内的当场申请，超权限的当天答复客户", "dh-manager", -12, 17,
         (State.RUNNING,)),
    Told(D.RENEWAL, "broker", "NL", "对老客户做一次服务回访，帮客户免费核对保单", "nl-renewal1", -60, -20,
         (State.RUNNING, State.DONE), "回访 24 位老客户", insurer="平顺财险"),
    Told(D.LEAD, "no_stock", "NL", "每周一与东湖店对一次库存，可调拨车型当天告知顾问", "nl-manager", 3, 33),
)  # fmt: skip


def fill() -> None:
    """The work of the last months, up to today."""
    today = clock.business_day(clock.now(), settings.load().zone)
    chance = Chance(today, "loss work")
    for store in MANAGERS:
        _review(chance, store, today)
    for told in MEASURES:
        _measure(told, today)
    _take_up(chance, today)


def _review(chance: Chance, store: str, today: date) -> None:
    manager = _person(MANAGERS[store])
    with data.transaction(manager) as change:
        rows = []
        for domain, event in reviews.EVENTS.items():
            columns = (event.id, event.at, WORKED_BY[domain].label("person_id"))
            sight, values = seen_by(manager.scope, domain)
            lost = reviews.in_scope(sight, *columns).where(event.business_on >= today - LOOKED_BACK)
            for found in change.session.execute(lost.order_by(event.id), values):
                rows += _word(chance, manager, EVENT_COLUMNS[domain], found, change.at)
        if rows:
            change.session.execute(insert(LossReview), rows)
        change.subjects.add(Subject.COUNTERMEASURES)


def _word(chance: Chance, manager: Actor, column: str, lost: Any, now: datetime) -> list[dict[str, object]]:
    """A manager's word on a loss, the day after; nothing for the ones that wait."""
    at = lost.at + REVIEWED_AFTER
    drawn = chance.share(0, 1)
    if at > now or drawn > ACCEPTED + RETURNED:
        return []
    columns: dict[str, object] = {"lead_event_id": None, "renewal_event_id": None, "question": None, "answer": None,
               "answered_by_id": None, "answered_at": None}  # fmt: skip
    row = columns | {column: lost.id, "reviewed_by_id": manager.user_id, "reviewed_at": at}
    if drawn <= ACCEPTED:
        return [row | {"state": LossReviewState.ACCEPTED}]
    asked = row | {"state": LossReviewState.RETURNED, "question": chance.one(QUESTIONS)}
    answered_at = at + timedelta(days=2)
    if answered_at > now or chance.happens(0.4):
        return [asked]
    told = {"answer": chance.one(ANSWERS), "answered_by_id": lost.person_id, "answered_at": answered_at}
    return [asked | {"state": LossReviewState.ANSWERED} | told]


def _measure(told: Told, today: date) -> None:
    begins, ends = (today + timedelta(days=days) for days in (told.begins, told.ends))
    manager, owner = _person(MANAGERS[told.channel]), _person(told.owner)
    set_up = _noon(min(begins, today) - timedelta(days=2))
    plan = Plan(
        told.domain, _key(queries.reason_id(told.domain, told.reason)), _key(queries.channel_id(told.channel)),
        told.what, owner.user_id, begins, ends, insurer=told.insurer,
    )  # fmt: skip
    with data.transaction(manager, set_up) as change:
        measure_id = writing.add(change, plan)
        change.subjects.add(Subject.COUNTERMEASURES)
    for version, state in enumerate(told.states, 1):
        with data.transaction(owner, _noon(begins if state is State.RUNNING else ends)) as change:
            writing.move(change, measure_id, version, state)
    said = ((Note.NOTE, told.note), (Note.IMPROVEMENT, told.improvement))
    for place, (kind, text) in enumerate((kind, text) for kind, text in said if text):
        with data.transaction(owner, _noon(min(ends, today - timedelta(days=1)) - timedelta(days=5 - place))) as change:
            writing.note(change, measure_id, kind, text)


def _take_up(chance: Chance, today: date) -> None:
    """Some lost leads called again in the last weeks; every fifth of them orders."""
    prices = {model.name: model.price for model in MODELS}
    for place in range(TAKEN_UP):
        day = today - timedelta(days=chance.between(7, 24))
        worth = [each for each in data.fresh(reading.leads_to_call, Scope(), day).rows if each.works]
        if not worth:
            return
        lead = chance.one(worth)
        ordered = place % ORDERS_EVERY == 0
        with data.transaction(SYSTEM, _noon(day)) as change:
            again = day + timedelta(days=3) if ordered else today + timedelta(days=chance.between(0, 6))
            taking_up.take_up(change, (Seen(lead.id, lead.version),), again, chance.one(WHY))
            change.subjects.add(Subject.SALES)
        if ordered:
            price = Decimal(round(prices.get(lead.car_model or "", MODELS[0].price) * chance.share(0.94, 0.98), -2))
            with data.transaction(SYSTEM, _noon(day) + DECIDES_AFTER) as change:
                steps.advance(
                    change, lead.id, lead.version + 1, Step(LeadEventKind.ORDER, amount=price, next_contact_on=today)
                )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=settings.load().zone)


def _person(username: str) -> Actor:
    user_id = data.fresh(users.id_of, username)
    return data.fresh(lambda connection: actor_of(connection.execute(active_user(user_id)).one()))


def _key(found: Select[int]) -> int:
    return data.fresh(lambda connection: connection.scalars(found).one())

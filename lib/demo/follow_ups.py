"""How a coming expiry is followed up: touches, the SMS quote, the call that is owed after it, the decision."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from db.terms import ContactMethod, ContactOutcome
from lib.demo import rhythm
from lib.demo.chance import Chance
from lib.demo.identities import Car
from lib.demo.network import INSURERS, Person

M, R = ContactMethod, ContactOutcome
Row = dict[str, Any]

ON_TIME, LATE = 0.87, 0.06  # of the calls owed after an SMS quote; the rest are never made
TOUCHES = (90, 60, 30, 15, 7, 3, 0, -7, -30)  # days before the expiry
QUOTED_AT, QUOTED = 30, 0.82
KEPT = 0.94  # of what is planned or agreed
REASONS = {"price_other_agency": 14, "price_other_insurer": 15, "price_direct": 20, "gift": 9, "insurer_direct": 11,
           "broker": 6, "other_dealer": 4, "acquaintance": 7, "claim_service": 3, "repair_service": 2,
           "late_follow_up": 3, "no_answer": 6, "dead_number": 3, "vehicle_sold": 5, "insured_elsewhere": 3,
           "company_plan": 2, "declined": 1}  # fmt: skip
PRICED = {"price_other_agency", "price_other_insurer", "price_direct"}
MEASURES = {
    "price_other_agency": "报价前先核对同司底价，缺口报经理", "price_other_insurer": "提前 30 天给出两家对比方案",
    "price_direct": "讲清到店理赔与代步服务的差别", "gift": "到店保养券改为可转赠",
    "insurer_direct": "首年起建立专属管家，先于直销触达", "broker": "对老客户做一次服务回访",
    "other_dealer": "增加上门出单", "acquaintance": "请客户推荐熟人一并投保", "claim_service": "理赔专员回访并致歉",
    "repair_service": "服务经理回访，返修优先", "late_follow_up": "60 天首触改为系统提醒",
}  # fmt: skip
SAID = {
    R.INTERESTED: ("愿意在店里续，等报价", "满意去年理赔，想继续", "问能否加驾乘险"),
    R.CONSIDERING: ("要和家人商量", "在比较另外一家", "觉得价格偏高，再看看", "月底再定"),
    R.NO_ANSWER: ("无人接听", "占线，稍后再拨", "正在开会，改天联系"),
    R.PROMISED: ("约好周末到店办理", "约下周到店，顺便保养"),
}
VOID_NOTES = ("车辆已过户", "车辆已报废", "重复数据", "车主信息有误")


@dataclass(frozen=True)
class Expiry:
    """A car's coming expiry and who works on it."""

    car: Car
    due_on: date
    specialist: Person
    price: Decimal


class FollowUps:
    """Writes the follow-up rows of one expiry, in order of time, up to now."""

    def __init__(self, chance: Chance, now: datetime, expiry: Expiry, rows: list[Row]) -> None:
        self.chance, self.now, self.expiry, self.rows = chance, now, expiry, rows
        self.last_at: datetime | None = None

    def win(self, issued_at: datetime) -> None:
        """Touched, quoted, called, and renewed when the policy is issued."""
        self._work(issued_at)
        if self.chance.happens(0.35):
            promised_at = issued_at - self.chance.days(1, 6, 2)
            self._contact(promised_at, M.PHONE, R.PROMISED, callback_on=issued_at.date())
        self._contact(issued_at + timedelta(minutes=5), M.VISIT, R.RENEWED, note="保单已出，资料归档")

    def recover(self, issued_at: datetime) -> None:
        """Lapsed, and insured here again after all."""
        self._work(datetime.combine(self.expiry.due_on, time()))
        self._contact(issued_at + timedelta(minutes=5), M.VISIT, R.INTERESTED, note="脱保后重新到店投保")

    def lose(self) -> bool:
        """Worked and lost with a reason; returns whether it is lost by now."""
        at = self.chance.moment(self.expiry.due_on + timedelta(days=self.chance.between(-25, 12)), rhythm.OFFICE)
        self._work(at)
        reason = self.chance.weighted(REASONS)
        rival = self.chance.one(tuple(INSURERS))
        gap = Decimal(self.chance.between(2, 18) * 50) if reason in PRICED else None
        return self._contact(
            at, M.PHONE, R.LOST, note="客户明确不续", loss_reason=reason, price_gap=gap,
            competitor=rival if gap else None, countermeasure=MEASURES.get(reason),
        )  # fmt: skip

    def give_up(self) -> bool:
        """Worked, never decided: it lapses."""
        self._work(datetime.combine(self.expiry.due_on, time()))
        return False

    def void(self, at: datetime) -> None:
        """Worked until it is found to be no case at all."""
        self._work(at)
        self._contact(at, M.PHONE, R.VOID, note=self.chance.one(VOID_NOTES))

    def _work(self, until: datetime) -> None:
        """The planned touches up to the decision; at thirty days most get a quote."""
        for offset in TOUCHES:
            at = self._at(self.expiry.due_on - timedelta(days=offset - self.chance.between(0, 1)))
            if at >= until:
                return
            if offset == QUOTED_AT and self.chance.happens(QUOTED):
                self._quote(at, until)
            elif self.chance.happens(KEPT):
                self._talk(at, self.chance.weighted({M.PHONE: 7, M.WECHAT: 3}), until)

    def _quote(self, at: datetime, until: datetime) -> None:
        by_sms = self.expiry.car.owner.consent_at is not None
        self._contact(at, M.SMS if by_sms else M.WECHAT, R.QUOTE_SENT, quote_amount=self.expiry.price + Decimal(950))
        drawn = self.chance.random.random()
        wait = self.chance.between(1, 3) if drawn < ON_TIME else self.chance.between(4, 8)
        called_at = self._at(at.date() + timedelta(days=wait))
        if drawn < ON_TIME + LATE and called_at < until:
            self._talk(called_at, M.PHONE, until)

    def _talk(self, at: datetime, method: ContactMethod, until: datetime) -> None:
        """One contact; where another is agreed (or nobody answered) it is nearly always kept."""
        outcome = self.chance.weighted({R.INTERESTED: 4, R.CONSIDERING: 4, R.NO_ANSWER: 2})
        if outcome is not R.NO_ANSWER and self.chance.happens(0.7):
            self._contact(at, method, outcome)
            return
        back = at.date() + timedelta(days=1 if outcome is R.NO_ANSWER else self.chance.between(3, 8))
        self._contact(at, method, outcome, callback_on=back)
        back_at = self._at(back)
        if back_at < until and self.chance.happens(KEPT):
            self._contact(back_at, M.PHONE, self.chance.one((R.INTERESTED, R.CONSIDERING)))

    def _at(self, day: date) -> datetime:
        return self.chance.moment(day, rhythm.OFFICE)

    def _contact(self, at: datetime, method: ContactMethod, outcome: ContactOutcome, **cells: Any) -> bool:
        """Add a row if it has happened by now, never before the row that went before."""
        at = max(at, self.last_at + timedelta(minutes=1)) if self.last_at else at
        if at > self.now:
            return False
        self.last_at = at
        note = cells.pop("note", None) or (self.chance.one(SAID[outcome]) if outcome in SAID else None)
        row = {
            "vin": self.expiry.car.vin, "due_on": self.expiry.due_on, "at": at, "method": method.value,
            "specialist": self.expiry.specialist.username, "outcome": outcome.value, "note": note,
        }  # fmt: skip
        self.rows.append(row | {name: value for name, value in cells.items() if value is not None})
        return True

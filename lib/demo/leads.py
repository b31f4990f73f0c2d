"""A year of leads: who comes when, who drives, who buys, who is lost, in the shares that a showroom knows."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from db.terms import IntentionLevel, LeadSource
from lib.demo import rhythm
from lib.demo.chance import Chance
from lib.demo.identities import Car, Owner, Registry
from lib.demo.network import DISTRICTS, MODELS, NODES, RIVAL_MODELS, RIVALS, Model, Node, Person, sellers

S = LeadSource
Row = dict[str, Any]

SOURCES = {S.WALK_IN: 52, S.ONLINE: 19, S.CALL: 15, S.OUTDOOR: 8, S.REFERRAL: 6}
HOURS = {S.WALK_IN: rhythm.VISITS, S.REFERRAL: rhythm.VISITS, S.OUTDOOR: rhythm.VISITS, S.CALL: rhythm.CALLS,
         S.ONLINE: rhythm.ONLINE}  # fmt: skip
CAPTURED = {S.WALK_IN: 0.82, S.CALL: 0.9, S.OUTDOOR: 0.93, S.ONLINE: 0.98, S.REFERRAL: 1.0}
COMES_BACK = {S.WALK_IN: 0.3, S.CALL: 0.38, S.OUTDOOR: 0.3, S.ONLINE: 0.36, S.REFERRAL: 0.6}
DRIVES = 0.5
BUYS = {S.WALK_IN: 0.24, S.CALL: 0.27, S.OUTDOOR: 0.2, S.ONLINE: 0.25, S.REFERRAL: 0.42}
REASONS = {"price_gap": 27, "competing_model": 17, "postponed": 15, "no_stock": 9, "other_dealer": 9,
           "configuration": 6, "loan_declined": 5, "gift": 4, "too_far": 3, "late_follow_up": 3,
           "reception": 2}  # fmt: skip
UNCAPTURED_REASONS = {"no_intent": 60, "price_gap": 22, "competing_model": 18}
LEVELS = {IntentionLevel.H: 15, IntentionLevel.A: 30, IntentionLevel.B: 35, IntentionLevel.C: 20}
CONTACT_WITHIN = {IntentionLevel.H: 2, IntentionLevel.A: 4, IntentionLevel.B: 8, IntentionLevel.C: 15}
NOTES = ("家人一起来看，周末再定", "首付预算 8 万左右", "旧车想置换", "问到分期方案", "对比过两家，看重售后",
         "等年底优惠", "需要现车，月底前用", "主要跑高速，关心油耗", "小区可装充电桩")  # fmt: skip
TOUCHES = ("first_contact_at", "return_visit_at", "test_drive_at")


@dataclass
class Leads:
    """The rows of the form, the cars that were delivered to whom, and how many of each model each node delivered."""

    rows: list[Row] = field(default_factory=list)
    cars: list[Car] = field(default_factory=list)


def leads(now: datetime, first: date, registry: Registry) -> Leads:
    """All leads first met from `first` to this moment (the store's clock), as far as they have come by now."""
    made, chance = Leads(), Chance(now.date(), "leads")
    for step in range((now.date() - first).days + 1):
        day = first + timedelta(days=step)
        busy = rhythm.showroom(day) * rhythm.grown(day, first, now.date())
        for node in NODES:
            for _ in range(chance.count(node.daily * busy)):
                _Course(chance, registry, node, day, now).run(made)
    return made


class _Course:
    """One lead's way through the showroom. Everything is drawn; what lies after now is left out at the end."""

    def __init__(self, chance: Chance, registry: Registry, node: Node, day: date, now: datetime) -> None:
        self.chance, self.registry, self.node = chance, registry, node
        self.now = now - timedelta(days=node.quiet)
        self.source: S = chance.weighted(SOURCES)
        self.met_at = chance.moment(day, HOURS[self.source])
        self.consultant = self._consultant(day)
        self.captured = chance.happens(CAPTURED[self.source])
        self.owner: Owner = registry.owner(self.met_at, self.captured)
        self.model: Model = chance.weighted({model: model.wish for model in MODELS})
        self.row: Row = {}

    def _consultant(self, day: date) -> Person:
        """Someone on duty: who left is met by nobody in the last six weeks."""
        here = [p for p in sellers(self.node.code) if p.active or day < self.now.date() - timedelta(days=42)]
        return self.chance.one(here)

    def run(self, made: Leads) -> None:
        if self.met_at > self.now:
            return
        self.row = self._card(len(made.rows) + 1)
        self._visits()
        if self.captured and self.chance.happens(self._likelihood()):
            self._buys(made)
        else:
            self._walks_away()
        self._next_contact()
        made.rows.append(self.row)

    def _card(self, number: int) -> Row:
        """The reception card."""
        known = self.captured or self.chance.happens(0.3)
        return {
            "lead_no": f"L{self.met_at:%y%m%d}{number % 100000:05d}", "first_contact_at": self.met_at,
            "source": self.source.value, "channel_code": self.node.code, "consultant": self.consultant.username,
            "customer_name": self.owner.name if known else None, "phone": self.owner.mobile,
            "car_model": self.model.name, "intention_level": self.chance.weighted(LEVELS).value,
            "district": self._district(), "buyer_kind": self.owner.kind.value,
            "note": self.chance.one(NOTES) if self.chance.happens(0.22) else None,
        }  # fmt: skip

    def _district(self) -> str:
        """Most buyers live in the channel's own territory; some come from another's, to a store more often."""
        own = (self.node.territory or "").split("、")
        near = 0.82 if len(own) > 1 else 0.95
        return own[0] if own[0] and self.chance.happens(near) else self.chance.one(DISTRICTS)

    def _visits(self) -> None:
        """A return visit and a test drive, on the first visit or the next."""
        seen_at = self.met_at if self.source in (S.WALK_IN, S.REFERRAL) else None
        if self.captured and self.chance.happens(COMES_BACK[self.source]):
            back_at = self._later(self.met_at, self.chance.days(1, 14, 4))
            self._set("return_visit_at", back_at)
            seen_at = back_at if seen_at is None or self.chance.happens(0.4) else seen_at
        if seen_at and self.captured and self.chance.happens(DRIVES):
            self._set("test_drive_at", seen_at + timedelta(minutes=self.chance.between(20, 70)))

    def _likelihood(self) -> float:
        drove = 1.75 if "test_drive_at" in self.row else 0.55
        return min(0.85, BUYS[self.source] * drove * self.consultant.skill)

    def _buys(self, made: Leads) -> None:
        last_at = max(self.row[name] for name in TOUCHES if name in self.row)
        at_once = last_at.hour in rhythm.VISITS and self.row.keys() & {"test_drive_at"} and self.chance.happens(0.4)
        ordered_at = last_at + timedelta(minutes=50) if at_once else self._later(last_at, self.chance.days(1, 16, 4))
        if not self._set("order_at", ordered_at):
            return
        kept_to = self.chance.share(0.925, 0.995) if self.chance.happens(0.985) else self.chance.share(0.885, 0.915)
        self.row["order_price"] = Decimal(round(self.model.price * kept_to, -2))
        if self.chance.happens(0.055):
            cancelled_at = self._later(ordered_at, self.chance.days(1, 12, 4))
            if self._set("order_cancelled_at", cancelled_at) and self.chance.happens(0.7):
                self._loses(self._later(cancelled_at, self.chance.days(1, 8, 2)), {"loan_declined": 3, "postponed": 2})
            return
        self._delivers(made, self._later(ordered_at, self.chance.days(2, 32, 8)))

    def _delivers(self, made: Leads, at: datetime) -> None:
        if self._set("delivery_at", at):
            car = self.registry.car(self.owner, self.model, self.node.code, at)
            self.row["vin"] = car.vin
            made.cars.append(car)

    def _walks_away(self) -> None:
        if not self.captured:
            self._loses(self._later(self.met_at, self.chance.days(1, 6, 2)), UNCAPTURED_REASONS)
        elif self.chance.happens(0.985):
            last_at = max(value for value in self.row.values() if isinstance(value, datetime))
            self._loses(self._later(last_at, self.chance.days(3, 55, 14)), REASONS)

    def _loses(self, at: datetime, reasons: dict[str, int]) -> None:
        if not self._set("lost_at", at):
            return
        reason = self.chance.weighted(reasons)
        self.row["loss_reason"] = reason
        if reason == "competing_model":
            self.row["competitor"] = self.chance.one(RIVAL_MODELS)
        if reason in ("price_gap", "other_dealer"):
            self.row["competitor"] = self.chance.one(RIVALS)
            self.row["price_gap"] = Decimal(self.chance.between(4, 60) * 250)

    def _next_contact(self) -> None:
        """Only who is still open is contacted again; some are overdue."""
        if self.row.keys() & {"lost_at", "delivery_at"}:
            return
        within = CONTACT_WITHIN[IntentionLevel(self.row["intention_level"])]
        late = self.chance.happens(0.12)
        wait = -self.chance.between(1, 5) if late else self.chance.between(0, within)
        self.row["next_contact_on"] = max(self.met_at.date(), self.now.date() + timedelta(days=wait))

    def _later(self, at: datetime, wait: timedelta) -> datetime:
        """A busy hour of a later day."""
        return self.chance.moment((at + max(wait, timedelta(days=1))).date(), rhythm.VISITS)

    def _set(self, name: str, at: datetime) -> bool:
        """Note an event if it has happened by now."""
        if at > self.now:
            return False
        self.row[name] = at
        return True

"""The insured cars year by year: new policies, renewals kept and lost, and the follow-up of each coming expiry."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum, auto
from itertools import count
from typing import Any

from db.terms import BusinessType, ChannelKind, Fuel, PolicyLine, PolicyStatus, Role
from lib.demo import rhythm
from lib.demo.chance import Chance
from lib.demo.follow_ups import Expiry, FollowUps
from lib.demo.identities import Car, Registry
from lib.demo.network import INSURERS, MODELS, NODES, Person, staff, store_of

Row = dict[str, Any]

INSURED_HERE = 0.86  # of the cars delivered
COMMERCIAL = 0.9
FLEET = {"DH": 1.05, "NL": 0.65}  # cars a day that were sold and insured here before the leads begin
FLEET_DAYS = 760
REACH = timedelta(days=92)  # how far ahead expiries are worked
ISSUING = {ChannelKind.STORE, ChannelKind.DISTRIBUTION_CENTRE, ChannelKind.EXCLUSIVE_STORE}
COEFFICIENTS = ("1.0", "0.8", "0.7", "0.6", "0.5")


class Fate(StrEnum):
    """What becomes of an expiry in the end."""

    RENEWED = auto()
    PARTLY = auto()
    LOST = auto()
    LAPSED = auto()
    RECOVERED = auto()
    GONE = auto()


FIRST = {Fate.RENEWED: 57, Fate.PARTLY: 3, Fate.LOST: 28, Fate.LAPSED: 6, Fate.RECOVERED: 3, Fate.GONE: 3}
REPEAT = {Fate.RENEWED: 70, Fate.PARTLY: 2, Fate.LOST: 19, Fate.LAPSED: 4, Fate.RECOVERED: 2, Fate.GONE: 3}
WIN_BACK = {Fate.RENEWED: 14, Fate.LOST: 66, Fate.LAPSED: 20}


@dataclass
class Insurance:
    """The rows of both forms."""

    policies: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)


def insurance(now: datetime, first: date, cars: list[Car], registry: Registry) -> Insurance:
    """Policies and follow-ups of the cars delivered since `first` and of the fleet sold before."""
    made, chance, numbers = Insurance(), Chance(now.date(), "insurance"), count(1)
    fleet = [*_fleet(chance, registry, first), *(car for car in cars if chance.happens(INSURED_HERE))]
    for car in fleet:
        _Years(chance, car, now, numbers, made).run()
    made.follow_ups.sort(key=lambda row: row["at"])
    return made


def _fleet(chance: Chance, registry: Registry, first: date) -> list[Car]:
    cars = []
    for back in range(FLEET_DAYS, 0, -1):
        day = first - timedelta(days=back)
        for store, daily in FLEET.items():
            for _ in range(chance.count(daily * rhythm.showroom(day))):
                at = chance.moment(day, rhythm.VISITS)
                model = chance.weighted({model: model.wish for model in MODELS})
                cars.append(registry.car(registry.owner(at), model, store, at))
    return cars


class _Years:
    """One car from its first policies to the coming expiry."""

    def __init__(self, chance: Chance, car: Car, now: datetime, numbers: "count[int]", made: Insurance) -> None:
        self.chance, self.car, self.now, self.numbers, self.made = chance, car, now, numbers, made
        self.insurer = chance.one(tuple(INSURERS))
        self.claims = 0
        self.age = 0
        store = store_of(car.channel)
        self.channel = next(n.code for n in _upwards(car.channel) if n.kind in ISSUING)
        self.issuer: Person = chance.one(staff(Role.POLICY_SPECIALIST, store))
        self.specialist: Person = chance.one(staff(Role.RENEWAL_SPECIALIST, store))

    def run(self) -> None:
        issued_at = self.car.bought_at - timedelta(minutes=self.chance.between(30, 60))
        due_on: date | None = self._insure(issued_at, self.car.bought_on, BusinessType.NEW)
        fates: dict[Fate, int] | None = FIRST
        while fates and due_on and due_on <= (self.now + REACH).date():
            self.age += 1
            due_on, fates = self._expire(due_on, self.chance.weighted(fates), fates)

    def _expire(self, due_on: date, fate: Fate, fates: dict[Fate, int]) -> tuple[date | None, dict[Fate, int] | None]:
        """Work one expiry; returns the next one and how that may end, or none."""
        expiry = Expiry(self.car, due_on, self.specialist, self._premium())
        work = FollowUps(self.chance, self.now, expiry, self.made.follow_ups)
        if fate is Fate.GONE:
            return self._leave(work, due_on)
        if fate in (Fate.LOST, Fate.LAPSED):
            lost = work.lose() if fate is Fate.LOST else work.give_up()
            return (_year_later(due_on), WIN_BACK) if lost else (None, None)
        wait = self.chance.between(33, 150) if fate is Fate.RECOVERED else -self.chance.days(0, 29, 8).days
        issued_at = self.chance.moment(due_on + timedelta(days=wait), rhythm.OFFICE)
        starts_on = max(due_on, issued_at.date()) + timedelta(days=1)
        (work.recover if fate is Fate.RECOVERED else work.win)(issued_at)
        if issued_at > self.now:
            return None, None
        if self.chance.happens(0.25):
            self.insurer = self.chance.one(tuple(INSURERS))
        return self._insure(issued_at, starts_on, BusinessType.RENEWAL, fate is Fate.PARTLY), REPEAT

    def _leave(self, work: FollowUps, due_on: date) -> tuple[None, None]:
        """The car is sold or scrapped: its policies end early, or its renewal is void."""
        at = self.chance.moment(due_on - self.chance.days(5, 120, 40), rhythm.OFFICE)
        if self.chance.happens(0.6) and at <= self.now:
            for policy in self.made.policies[-2:]:
                if policy["vin"] == self.car.vin and policy["starts_on"] < at.date() <= policy["expires_on"]:
                    policy["status"] = self.chance.weighted(
                        {PolicyStatus.TRANSFERRED: 6, PolicyStatus.SURRENDERED: 3, PolicyStatus.CANCELLED: 1}
                    ).value
                    policy["status_on"] = at.date()
        else:
            work.void(at)
        return None, None

    def _insure(self, issued_at: datetime, starts_on: date, kind: BusinessType, compulsory_only: bool = False) -> date:
        """Both policies of a year; returns the day that the first of them expires."""
        self.claims = self.chance.weighted({0: 74, 1: 20, 2: 5, 3: 1}) if self.age else 0
        lines = [(PolicyLine.COMPULSORY, starts_on, self._compulsory())]
        if not compulsory_only and self.chance.happens(COMMERCIAL):
            lag = timedelta(days=self.chance.weighted({0: 70, 1: 15, 3: 8, 6: 7}))
            lines.append((PolicyLine.COMMERCIAL, starts_on + lag, self._premium()))
        for line, start, premium in lines:
            self.made.policies.append(self._policy(line, kind, issued_at, start, premium))
        return _year_later(starts_on) - timedelta(days=1)

    def _policy(
        self, line: PolicyLine, kind: BusinessType, issued_at: datetime, starts_on: date, premium: Decimal
    ) -> Row:
        car, owner = self.car, self.car.owner
        return {
            "insurer": self.insurer, "policy_no": self._number(line, issued_at), "line": line.value,
            "business_type": kind.value, "vin": car.vin, "plate": car.plate if self.age or self._plated() else None,
            "car_model": car.model.name, "vehicle_use": "家庭自用" if len(owner.name) < 5 else "非营业企业", "seats": 5,
            "displacement": Decimal(car.model.displacement) if car.model.displacement else None,
            "fuel": car.model.fuel.value, "first_registered_on": car.bought_on, "insured_name": owner.name,
            "phone": owner.mobile, "tier": owner.tier.value, "sms_consent": owner.consent_at is not None,
            "consent_at": owner.consent_at, "claims": self.claims, "no_claim_coefficient": self._coefficient(),
            "issued_at": issued_at, "registered_at": self._registered(issued_at), "starts_on": starts_on,
            "expires_on": _year_later(starts_on) - timedelta(days=1), "premium": premium,
            "vehicle_tax": self._tax() if line is PolicyLine.COMPULSORY else None,
            "commission_rate": Decimal("0.04") if line is PolicyLine.COMPULSORY else Decimal("0.13"),
            "issuer": (self.issuer if kind is BusinessType.NEW else self.specialist).username,
            "channel_code": self.channel,
        }  # fmt: skip

    def _number(self, line: PolicyLine, issued_at: datetime) -> str:
        kind = "C" if line is PolicyLine.COMPULSORY else "B"
        return f"{INSURERS[self.insurer]}{kind}{issued_at:%Y}{next(self.numbers):08d}"

    def _plated(self) -> bool:
        return self.car.bought_on < self.now.date() - timedelta(days=20)

    def _registered(self, issued_at: datetime) -> datetime | None:
        """Most are registered within the hour, some the next morning, today's last ones not yet."""
        at = issued_at + timedelta(minutes=self.chance.between(10, 90))
        if self.chance.happens(0.06):
            at = datetime.combine(issued_at.date() + timedelta(days=1), time(9, self.chance.between(0, 40)))
        return at if at <= self.now else None

    def _compulsory(self) -> Decimal:
        return Decimal(950) * (100 - 10 * min(self.age, 3) * (self.claims == 0)) / 100

    def _premium(self) -> Decimal:
        base = self.car.model.price * (1 - 0.08 * min(self.age, 5)) * self.chance.share(0.017, 0.026)
        return (Decimal(round(base * 100)) / 100 * self._coefficient()).quantize(Decimal("0.01"))

    def _coefficient(self) -> Decimal:
        return Decimal("1.2") if self.claims > 1 else Decimal(COEFFICIENTS[min(self.age, 4)])

    def _tax(self) -> Decimal:
        if self.car.model.fuel is Fuel.ELECTRIC:
            return Decimal(0)
        return Decimal("390") if self.car.model.displacement == "1.5" else Decimal("480")


def _upwards(code: str) -> list[Any]:
    """A channel and those above it, the nearest first."""
    by_code = {node.code: node for node in NODES}
    found = []
    at: str | None = code
    while at:
        found.append(by_code[at])
        at = by_code[at].parent
    return found


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 2, 28)

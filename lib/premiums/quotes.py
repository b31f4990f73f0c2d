"""Premium trials saved with a case (R4, J4): what was asked, every line, and the rate rows that it rests on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, insert

from db.queries import quotes as queries
from db.tables import Quote, QuoteLine
from db.terms import ClaimRecord, Cover, Fuel, Plan, Subject, VehicleUse
from lib.access import Actor, Permission
from lib.data import Change, command
from lib.premiums.book import Rate, book
from lib.premiums.trials import Car, Line, Trial, Wish, plain, trial
from lib.refusals import N_, Invalid
from lib.renewals.reaching import reach

MOST = 3  # plans at a time
SEATS, LITRES = Decimal(5), Decimal("1.5")  # of a car of which the data says nothing
EVERYDAY_USES = {
    "家庭自用": VehicleUse.FAMILY, "非营运": VehicleUse.FAMILY, "非营业": VehicleUse.FAMILY,
    "企业": VehicleUse.ENTERPRISE, "非营业企业": VehicleUse.ENTERPRISE, "营业": VehicleUse.RENTAL,
    "出租": VehicleUse.RENTAL, "租赁": VehicleUse.RENTAL,
    "非营业货车": VehicleUse.TRUCK, "营业货车": VehicleUse.FREIGHT,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A trial as it was asked for: the car, up to three plans, the province, the insurer."""

    car: Car
    wishes: tuple[Wish, ...]
    province: str
    insurer: str = ""


@dataclass(frozen=True)
class Saved:
    """One plan as it was saved, with its lines and the rows of that day."""

    id: int
    made_at: datetime
    author: str | None
    insurer: str | None
    trial: Trial

    @property
    def plan(self) -> Plan:
        return self.trial.plan


@dataclass(frozen=True)
class Start:
    """What a case's trial starts from: the car as the data knows it, last year's no-claim coefficient."""

    car: Car
    no_claim: Decimal | None


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def save(change: Change, renewal_id: int, asked: Asked) -> tuple[int, ...]:
    """Compute the plans by the rates of today and keep them with the case; their keys. No price is told by that.

    `NotFound` beyond the actor's reach; `Invalid` for none or too many plans, or what the rates refuse.
    """
    found = reach(change.session, change.actor, renewal_id)
    plans = [wish.plan for wish in asked.wishes]
    if not 0 < len(plans) <= MOST or len(set(plans)) != len(plans):
        raise Invalid(N_("Choose one to three different plans."), field="plans")
    rates = book(change.connection, asked.province, change.today)
    trials = [trial(asked.car, wish, rates) for wish in asked.wishes]
    if not all(each.lines for each in trials):
        raise Invalid(N_("A plan without any cover has no price."), field="plans")
    for each in trials:
        if each.hollow:
            raise Invalid(
                N_("The plan “{plan}” holds none of its commercial covers. Enter their base premiums, or choose other "
                   "plans; compulsory insurance alone is saved as the basic plan without a tick."),
                field="plans", plan=each.plan,
            )  # fmt: skip
    ids = tuple(
        _insert(change, renewal_id, found.channel_id, asked, each, wish)
        for each, wish in zip(trials, asked.wishes, strict=True)
    )
    totals = {each.plan.value: str(each.total_amount) for each in trials}
    change.record("quote_saved", "renewals", renewal_id, found.channel_id, quotes=list(ids), **totals)
    return ids


def of_case(connection: Connection, actor: Actor, renewal_id: int) -> tuple[Saved, ...]:
    """The trials of a case within the actor's own reach, the latest first."""
    reach(connection, actor, renewal_id)
    quotes = connection.execute(queries.of_renewal(renewal_id)).all()
    lines: dict[int, list[Any]] = defaultdict(list)
    for line in connection.execute(queries.lines([quote.id for quote in quotes])):
        lines[line.quote_id].append(line)
    used = {key for each in lines.values() for line in each for key in line.rate_row_ids}
    rates = {row.id: _rate(row) for row in connection.execute(queries.rates(sorted(used)))}
    return tuple(
        Saved(
            quote.id, quote.made_at, quote.author, quote.insurer,
            Trial(quote.plan, tuple(_line(line, rates) for line in lines[quote.id]), _missing(quote.inputs)),
        )
        for quote in quotes
    )  # fmt: skip


def start(connection: Connection, actor: Actor, renewal_id: int) -> Start:
    """What the data knows of a case's car; usual values where it knows nothing."""
    place = reach(connection, actor, renewal_id)
    row = connection.execute(queries.car(place.vehicle_id)).one()
    seats = Decimal(row.seats) if row.seats else SEATS
    litres = None if row.fuel is Fuel.ELECTRIC else row.displacement or LITRES
    return Start(
        Car(use(row.vehicle_use), seats, claim_record(row.claims), litres, row.fuel or Fuel.PETROL),
        row.no_claim_coefficient,
    )


def use(told: str | None) -> VehicleUse:
    """The use that a file's word means; a family's car where it says nothing known."""
    return known_use(told) or VehicleUse.FAMILY


def known_use(told: str | None) -> VehicleUse | None:
    """The use that a file's word means, where it means one."""
    word = (told or "").strip()
    return VehicleUse(word) if word in set(VehicleUse) else EVERYDAY_USES.get(word)


def claim_record(claims: int | None) -> ClaimRecord:
    """What last year's claims say of the compulsory policy, to begin with: the platform knows better."""
    if claims is None:
        return ClaimRecord.FIRST_YEAR
    return {0: ClaimRecord.CLEAN_1, 1: ClaimRecord.ONE}.get(claims, ClaimRecord.SEVERAL)


def _insert(change: Change, renewal_id: int, channel_id: int, asked: Asked, made: Trial, wish: Wish) -> int:
    quote_id = change.session.scalars(
        insert(Quote).values(
            renewal_id=renewal_id, channel_id=channel_id, plan=made.plan, insurer=asked.insurer.strip() or None,
            made_at=change.at, made_by_id=change.actor.user_id, total_amount=made.total_amount,
            inputs=_inputs(asked, wish),
        ).returning(Quote.id)
    ).one()  # fmt: skip
    rows = [
        {
            "quote_id": quote_id, "position": position, "cover": line.cover, "base_amount": line.base_amount,
            "factors": [plain(factor) for factor in line.factors], "amount": line.amount,
            "rate_row_ids": [rate.id for rate in line.rates],
        }
        for position, line in enumerate(made.lines)
    ]  # fmt: skip
    change.session.execute(insert(QuoteLine), rows)
    return quote_id


def _inputs(asked: Asked, wish: Wish) -> dict[str, object]:
    car = asked.car
    return {
        "province": asked.province, "use": car.use, "measure": plain(car.measure), "record": car.record,
        "litres": None if car.litres is None else plain(car.litres), "fuel": car.fuel,
        "no_claim": plain(wish.no_claim), "pricing": plain(wish.pricing), "compulsory": wish.compulsory,
        "third_party": wish.third_party, "missing": list(wish.missing),
    }  # fmt: skip


def _missing(inputs: dict[str, Any] | None) -> tuple[Cover, ...]:
    """The covers that were asked for in vain; older trials did not keep them."""
    return tuple(Cover(each) for each in (inputs or {}).get("missing") or ())


def _line(row: Row[Any], rates: dict[int, Rate]) -> Line:
    used = tuple(rates[key] for key in row.rate_row_ids if key in rates)
    return Line(Cover(row.cover), row.base_amount, tuple(map(Decimal, row.factors)), row.amount, used)


def _rate(row: Row[Any]) -> Rate:
    return Rate(**{name: row._mapping[name] for name in Rate.__dataclass_fields__})

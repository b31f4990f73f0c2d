"""What was planned and delivered to plan: targets, stock, monthly forecasts, scores of the centres."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from db.terms import CentreFunction, ChannelKind, StockStatus
from lib.demo import rhythm
from lib.demo.chance import Chance
from lib.demo.identities import Car, Registry
from lib.demo.insurance import Insurance
from lib.demo.network import MODELS, NODES, PEOPLE, Model, Node, store_of

Row = dict[str, Any]
Month = date  # its first day

FORECASTING = {
    ChannelKind.AREA_AGENT, ChannelKind.DISTRIBUTION_CENTRE, ChannelKind.EXCLUSIVE_STORE, ChannelKind.TERMINAL_DEALER,
    ChannelKind.REGIONAL_AGENT,
}  # fmt: skip
DUE_DAY = 25
ACCURACY = {"DH-C1-A1": 0.18, "DH-X1": 0.2, "NL-C1": 0.22}  # the rest guess by 40 %
MARKS = {
    CentreFunction.VEHICLE_SALES: "台数达成", CentreFunction.LOGISTICS: "准时交付",
    CentreFunction.PARTS: "配件满足率", CentreFunction.SETTLEMENT: "回款及时率",
    CentreFunction.FEEDBACK: "预报按时率", CentreFunction.SERVICE: "满意度回访",
    CentreFunction.TRAINING: "培训场次与通过率", CentreFunction.MARKET_ORDER: "窜货与乱价检查",
}  # fmt: skip
MORE = ("加本级展厅自销", "有团购意向，预留车源", "节前备货", "活动月加量")  # why more than those below said, or fewer
FEWER = ("下级库存未消化，调减", "按近三月实绩调低", "车源紧，先保现有订单")
HOMES = {person.username: person.home for person in PEOPLE if person.active}


def first_day(day: date) -> Month:
    return day.replace(day=1)


def following(month: Month) -> Month:
    return first_day(month + timedelta(days=32))


def months(first: date, last: date) -> Iterator[Month]:
    """The months from that of `first` to that of `last`."""
    month = first_day(first)
    while month <= last:
        yield month
        month = following(month)


def targets(today: date, first: date, leads: list[Row], insurance: Insurance) -> list[Row]:
    """Monthly targets up to the end of the year for stores, branches and people, a little above what is usual."""
    chance = Chance(today, "targets")
    usual = _usual(today, first, leads, insurance)
    rows = []
    for month in months(first, date(today.year, 12, 1)):
        for (kind, subject, metric), monthly in usual.items():
            wanted = monthly * rhythm.SEASONS[month.month - 1] * chance.share(1.02, 1.12)
            rows.append(_target(kind, subject, metric, f"{month:%Y-%m}", wanted))
    return rows


def _target(kind: str, subject: str, metric: str, period: str, wanted: float) -> Row:
    step = 5000 if metric == "premium_amount" else 1 if wanted < 30 else 5
    return {"subject_kind": kind, "subject": subject, "metric": metric, "period": period,
            "value": Decimal(max(1, round(wanted / step)) * step)}  # fmt: skip


def _usual(today: date, first: date, leads: list[Row], insurance: Insurance) -> dict[tuple[str, str, str], float]:
    """What each subject reaches in an average month; a channel with all below it."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for lead in leads:
        store, person = store_of(lead["channel_code"]), lead["consultant"]
        for metric in _reached(lead):
            counts["channel", store, metric] += 1
            if metric in ("test_drives", "orders", "deliveries"):
                counts["user", person, metric] += 1
            if metric in ("orders", "deliveries"):
                counts.update(("channel", node.code, metric) for node in _over(lead["channel_code"]) if node.parent)
    for policy in insurance.policies:
        if policy["issued_at"].date() >= first:
            counts["channel", store_of(policy["channel_code"]), "policies_issued"] += 1
            counts["channel", store_of(policy["channel_code"]), "premium_amount"] += round(policy["premium"])
    for contact in insurance.follow_ups:
        if contact["outcome"] == "renewed" and contact["at"].date() >= first:
            counts["user", contact["specialist"], "renewals_renewed"] += 1
            counts["channel", HOMES[contact["specialist"]], "renewals_renewed"] += 1
    long = (today - first).days / 30.4
    return {key: n / long for key, n in counts.items() if key[0] == "channel" or key[1] in HOMES}


def _reached(lead: Row) -> Iterator[str]:
    """The metrics with targets that a lead counts for."""
    sources = {"walk_in": "first_visits", "call": "calls", "outdoor": "outdoor_leads", "online": "online_leads"}
    if lead["source"] in sources:
        yield sources[lead["source"]]
    if lead["source"] == "walk_in" and lead["phone"]:
        yield "captured_visits"
    for column, metric in (("test_drive_at", "test_drives"), ("order_at", "orders"), ("delivery_at", "deliveries")):
        if column in lead and not (metric == "orders" and "order_cancelled_at" in lead):
            yield metric


def stock(now: datetime, cars: list[Car], registry: Registry) -> list[Row]:
    """Cars that left in the last months, cars that wait in the stores (some for long), cars on their way."""
    chance, today = Chance(now.date(), "stock"), now.date()
    rows = [_gone(chance, car) for car in cars if car.bought_on > today - timedelta(days=100)]
    for store, here, coming in (("DH", 64, 22), ("NL", 38, 13)):
        for _ in range(here):
            arrived_on = today - timedelta(days=chance.weighted({chance.between(1, 45): 8, chance.between(46, 150): 3}))
            rows.append(
                _unit(chance, registry, store, StockStatus.IN_STOCK, arrived_on - timedelta(days=18), arrived_on)
            )
        for _ in range(coming):
            ordered_on = today - timedelta(days=chance.between(1, 16))
            row = _unit(chance, registry, store, StockStatus.IN_TRANSIT, ordered_on, None)
            rows.append(row | {"eta_on": today + timedelta(days=chance.between(1, 14))})
    return rows


def _gone(chance: Chance, car: Car) -> Row:
    arrived_on = car.bought_on - timedelta(days=chance.between(3, 70))
    return _stock_row(car.vin, car.model, store_of(car.channel), StockStatus.GONE) | {
        "ordered_on": arrived_on - timedelta(days=18), "arrived_on": arrived_on, "left_on": car.bought_on,
    }  # fmt: skip


def _unit(
    chance: Chance, registry: Registry, store: str, status: StockStatus, ordered_on: date, arrived_on: date | None
) -> Row:
    model = chance.weighted({model: model.wish for model in MODELS})
    row = _stock_row(registry.vin(model, ordered_on), model, store, status)
    return row | {"ordered_on": ordered_on, "arrived_on": arrived_on}


def _stock_row(vin: str, model: Model, store: str, status: StockStatus) -> Row:
    cost = Decimal(round(model.price * 0.912, -2))
    return {"vin": vin, "car_model": model.name, "channel_code": store, "status": status.value, "cost": cost}


def forecasts(now: datetime, first: date, cars: list[Car]) -> list[Row]:
    """Each month what the branches expect of the next, most by the 25th, some late."""
    chance = Chance(now.date(), "forecasts")
    sold = Counter((node.code, first_day(car.bought_on), car.model.name) for car in cars for node in _over(car.channel))
    rows = []
    for month in months(following(first_day(first)), following(now.date())):
        for node in NODES:
            submitted_at = _submitted(chance, month)
            if node.kind in FORECASTING and submitted_at <= now:
                rows += [_expected(chance, node, month, model, submitted_at, sold) for model in MODELS]
    return _adjusted(now, rows)


def _adjusted(now: datetime, rows: list[Row]) -> list[Row]:
    """The same with what those straight below had said until then, and why a quantity differs from their sum.

    Who has somebody below waits for those who are in time.
    """
    chance = Chance(now.date(), "reasons")
    said: dict[tuple[str, str], list[Row]] = {}
    rows = sorted(rows, key=lambda row: -row["channel_code"].count("-"))  # those below first
    for row in rows:
        parent = row["channel_code"].rpartition("-")[0]
        said.setdefault((parent, row["month"]), []).append(row)
    for row in rows:
        below = said.get((row["channel_code"], row["month"]), ())
        timely = [each["submitted_at"] for each in below if each["submitted_at"].day <= DUE_DAY]
        row["submitted_at"] = max([row["submitted_at"], *(min(now, each + timedelta(minutes=20)) for each in timely)])
        before = [each for each in below if each["submitted_at"] <= row["submitted_at"]]
        if before:
            theirs = sum(each["quantity"] for each in before if each["car_model"] == row["car_model"])
            row["below_quantity"] = theirs
            if row["quantity"] != theirs:
                row["reason"] = chance.one(MORE if row["quantity"] > theirs else FEWER)
    return rows


def _submitted(chance: Chance, month: Month) -> datetime:
    """A working hour between the 16th and the 25th of the month before; one in nine is some days late."""
    last = DUE_DAY + chance.between(1, 5) if chance.happens(0.11) else chance.between(16, DUE_DAY)
    day = first_day(month - timedelta(days=1)) + timedelta(days=last - 1)
    return datetime.combine(day, time(chance.between(9, 17), chance.between(0, 59)))


def _expected(
    chance: Chance, node: Node, month: Month, model: Model, at: datetime, sold: Counter[tuple[str, Month, str]]
) -> Row:
    """A guess around what the month brought, or around the last three for one that has not been."""
    before = [
        sold[node.code, past, model.name] for past in months(month - timedelta(days=95), month - timedelta(days=1))
    ]
    likely = sold[node.code, month, model.name] or sum(before) / len(before)
    error = ACCURACY.get(node.code, 0.4)
    quantity = max(0, round(likely * chance.share(1 - error, 1 + error) + chance.share(-0.4, 0.7)))
    return {"channel_code": node.code, "month": f"{month:%Y-%m}", "car_model": model.name, "submitted_at": at,
            "quantity": quantity}  # fmt: skip


def _over(code: str) -> list[Node]:
    """A channel and all above it."""
    return [node for node in NODES if code == node.code or code.startswith(f"{node.code}-")]


def scores(today: date, first: date) -> list[Row]:
    """The eight functions of each centre, month by month."""
    chance = Chance(today, "scores")
    level = {node.code: {function: chance.between(68, 92) for function in CentreFunction} for node in NODES}
    return [
        {"channel_code": node.code, "month": f"{month:%Y-%m}", "function": function.value,
         "score": min(100, level[node.code][function] + chance.between(-5, 6)),
         "evidence": f"{MARKS[function]}，{month.month} 月检查表"}
        for month in months(first, today - timedelta(days=today.day))
        for node in NODES if node.kind is ChannelKind.DISTRIBUTION_CENTRE
        for function in CentreFunction
    ]  # fmt: skip


def statement(today: date, insurance: Insurance) -> list[Row]:
    """What the insurers' statements of the last three full months say; a few lines differ or are missing."""
    chance, last = Chance(today, "statement"), first_day(today)
    since = first_day(last - timedelta(days=80))
    rows = []
    for policy in insurance.policies:
        if since <= policy["issued_at"].date() < last and chance.happens(0.985):
            rate = policy["commission_rate"] - (Decimal("0.01") if chance.happens(0.012) else 0)
            rows.append({
                "insurer": policy["insurer"], "period": f"{policy['issued_at']:%Y-%m}",
                "policy_no": policy["policy_no"], "premium": policy["premium"], "commission_rate": rate,
                "commission": (policy["premium"] * rate).quantize(Decimal("0.01")),
            })  # fmt: skip
    return rows


def receipts(today: date, lines: list[Row]) -> list[Row]:
    """What the insurers paid: a statement some weeks after its month, the last one not yet."""
    chance = Chance(today, "receipts")
    owed: Counter[tuple[str, str]] = Counter()
    for line in lines:
        owed[line["period"], line["insurer"]] += line["commission"]
    rows = []
    for number, ((period, insurer), amount) in enumerate(sorted(owed.items()), 1):
        received_on = following(date.fromisoformat(f"{period}-01")) + timedelta(days=chance.between(12, 33))
        if received_on <= today:
            rows.append({"insurer": insurer, "receipt_no": f"R{period.replace('-', '')}{number:04d}", "period": period,
                         "received_on": received_on, "amount": amount})  # fmt: skip
    return rows

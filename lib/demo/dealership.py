"""The whole made-up dealership in the import forms: the same for the same day, up to this moment."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lib.demo import plans
from lib.demo.chance import Chance
from lib.demo.identities import Registry
from lib.demo.insurance import insurance
from lib.demo.leads import leads
from lib.demo.network import MODELS, NODES, PEOPLE

Row = dict[str, Any]
Sheets = dict[str, list[Row]]

HISTORY = timedelta(days=395)  # so that this month can be held against the same month of last year


def dealership(now: datetime) -> Sheets:
    """Every form by its English name, its rows by the English headings; `now` is the store's clock, without a zone."""
    today = now.date()
    first = plans.first_day(today - HISTORY)
    registry = Registry(Chance(today, "identities"))
    showroom = leads(now, first, registry)
    insured = insurance(now, first, showroom.cars, registry)
    lines = plans.statement(today, insured)
    return _organisation() | {
        "leads": showroom.rows,
        "policies": insured.policies,
        "follow_ups": insured.follow_ups,
        "targets": plans.targets(today, first, showroom.rows, insured),
        "stock": plans.stock(now, showroom.cars, registry),
        "forecasts": plans.forecasts(now, first, showroom.cars),
        "scores": plans.scores(today, first),
        "statement": lines,
        "receipts": plans.receipts(today, lines),
    }


def _organisation() -> Sheets:
    return {
        "channels": [
            {"code": node.code, "name": node.name, "kind": node.kind.value, "parent_code": node.parent,
             "territory": node.territory, "equity_share": Decimal(node.equity) if node.equity else None, "active": "是"}
            for node in NODES
        ],
        "users": [
            {"username": person.username, "name": person.name, "role": person.role.value,
             "channel_code": person.home, "active": "是" if person.active else "否"}
            for person in PEOPLE
        ],
        "car_models": [
            {"car_model": model.name, "series": model.series, "guide_price": Decimal(model.price)} for model in MODELS
        ],
    }  # fmt: skip

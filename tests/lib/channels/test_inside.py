"""What stands inside a node: its models, and its forecasts beside its deliveries, on both databases."""

from datetime import date
from decimal import Decimal

from db.engine import Database
from db.terms import LeadEventKind
from lib import data
from lib.access import Scope
from lib.channels import scope_of
from lib.channels.figures import network
from lib.channels.models import models
from lib.forecasts.course import course
from lib.periods import parse
from tests.facts import Facts, at, facts

E = LeadEventKind
NOVEMBER, TODAY = parse("2026-11"), date(2026, 11, 20)


def sold(f: Facts, when: str, channel: str, model: str | None, price: int | None) -> int:
    lead = f.lead(when, channel=channel, model=model, order_price=price and Decimal(price))
    f.lead_event(lead, E.ORDER, when)
    f.lead_event(lead, E.DELIVERY, when)
    return lead


def test_the_models_of_a_node_add_up_to_its_figures(store: Database) -> None:
    with facts() as f:
        sold(f, "2026-11-02", "S1-C1", "远途A7", 150_000)
        sold(f, "2026-11-03", "S1-C1-A1", "远途A7", None)
        sold(f, "2026-11-03", "S1-C1", None, 90_000)
        f.lead("2026-11-04", channel="S1-C1", model="星河E")
        sold(f, "2026-11-05", "S1", "远途A7", 150_000)  # above the node
        sold(f, "2026-10-31", "S1-C1", "星河E", 200_000)  # before the period
        undone = sold(f, "2026-11-06", "S1-C1", "远途A7", 150_000)
        f.lead_event(undone, E.RETURN_VISIT, "2026-11-07", superseded_at=at("2026-11-08"))
    scope = data.fresh(scope_of, "S1-C1")
    found = data.fresh(models, scope, NOVEMBER)
    assert [(each.name, each.leads, each.orders, each.deliveries, each.revenue) for each in found] == [
        ("远途A7", 3, 3, 3, Decimal(300_000)), (None, 1, 1, 1, Decimal(90_000)), ("星河E", 1, 0, 0, Decimal()),
    ]  # fmt: skip
    node = next(each for each in data.fresh(network, scope, NOVEMBER) if each.code == "S1-C1").rolled_up
    for name in ("leads", "orders", "deliveries", "revenue", "price_difference", "guide_amount"):
        assert sum(getattr(each, name) for each in found) == getattr(node, name)


def test_a_month_shows_what_was_forecast_before_it_began_and_what_came(store: Database) -> None:
    with facts() as f:
        f.forecast("S1-C1", "2026-11", "远途A7", 9, "2026-10-20")
        f.forecast("S1-C1", "2026-11", "远途A7", 3, "2026-10-31 23:59")
        f.forecast("S1-C1", "2026-11", "星河E", 2, "2026-10-21")
        f.forecast("S1-C1", "2026-11", "星河E", 50, "2026-11-01 00:00")  # too late to be a forecast
        f.forecast("S1-C1-A1", "2026-11", "远途A7", 40, "2026-10-20")  # another node's
        sold(f, "2026-11-02", "S1-C1-A1", "远途A7", 150_000)
        sold(f, "2026-11-02", "S1", "远途A7", 150_000)
        sold(f, "2026-10-02", "S1-C1", "星河E", 200_000)
    found = data.fresh(course, data.fresh(scope_of, "S1-C1"), TODAY)
    assert len(found) == 12
    assert [(each.first.month, each.forecast, each.actual) for each in found[-2:]] == [(10, None, 1), (11, 5, 1)]
    assert data.fresh(course, data.fresh(scope_of, "S2"), TODAY) == ()


def test_nothing_is_shown_of_an_idle_node(store: Database) -> None:
    with facts():
        pass
    assert data.fresh(models, data.fresh(scope_of, "S1"), NOVEMBER) == ()
    assert data.fresh(models, Scope("9."), NOVEMBER) == ()

"""What raises an alert and what does not: prices, territories, wholesale, conversion, silence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, update

from db.engine import Database
from db.tables import Channel, Lead, Setting
from db.terms import AlertKind, BuyerKind, LeadEventKind
from lib import data
from lib.access import Scope
from lib.alerts.finding import Alert, Rates
from lib.alerts.reading import alerts, open_by_node
from tests.facts import Facts, at, facts

TODAY = date(2026, 11, 20)
K = AlertKind
D = LeadEventKind.DELIVERY
A7 = "远途A7"  # 159,800


def found(kind: AlertKind, scope: Scope | None = None, today: date = TODAY) -> list[Alert]:
    return [each for each in data.fresh(alerts, scope or Scope(), today).open if each.kind is kind]


def sold(f: Facts, when: str = "2026-11-10", channel: str = "S1", **values: object) -> int:
    lead = f.lead("2026-01-05", channel=channel, model=values.pop("model", A7), **values)  # type: ignore[arg-type]
    f.lead_event(lead, D, when)
    return lead


def set_value(f: Facts, name: str, value: int) -> None:
    f.session.execute(insert(Setting).values(name=name, value=value, verified=True))


def territory(f: Facts, code: str, text: str | None) -> None:
    f.session.execute(update(Channel).where(Channel.id == f.personas.channels[code]).values(territory=text))


@pytest.mark.parametrize(
    ("price", "raised"),
    [("147016.00", False), ("147015.99", True), ("172584.00", False), ("172584.01", True), (None, False)],
)
def test_a_price_is_out_of_the_band_from_the_first_cent_beyond_it(
    store: Database, price: str | None, raised: bool
) -> None:
    with facts() as f:
        sold(f, order_price=price and Decimal(price))
        sold(f, model=None, order_price=Decimal(1))
    assert bool(found(K.PRICE)) is raised


def test_only_sales_of_the_last_90_days_that_stand_are_looked_at(store: Database) -> None:
    with facts() as f:
        cheap = Decimal(100000)
        sold(f, "2026-08-22", order_price=cheap)
        sold(f, "2026-11-21", order_price=cheap)
        f.lead("2026-11-10", model=A7, order_price=cheap)
        lead = f.lead("2026-11-01", model=A7, order_price=cheap)
        f.lead_event(lead, D, "2026-11-10", superseded_at=at("2026-11-11"))
        first = sold(f, "2026-08-23", order_price=cheap)
        last = sold(f, "2026-11-20 23:59", order_price=cheap)
    assert [each.case for each in found(K.PRICE)] == [f"lead:{last}", f"lead:{first}"]


def test_the_band_is_the_stores_own(store: Database) -> None:
    with facts() as f:
        set_value(f, "alert_price_band", 20)
        sold(f, order_price=Decimal(140000))
    assert not found(K.PRICE)


@pytest.mark.parametrize(
    ("own", "district", "raised"),
    [
        ("东湖区", "南岭区", True), ("东湖区", "东湖区", False), ("东湖区、南岭区", "南岭区", False),
        ("东湖区，南岭区", " 南岭区 ", False), ("东湖区,南岭区", "南岭区", False), ("东湖区 南岭区", "东湖区", False),
        ("东湖区", "湖区", True), ("东湖", "东湖区", True), ("100%", "1000", True), (None, "南岭区", False),
        (" ", "南岭区", False), ("东湖区", None, False), ("东湖区", " ", False),
    ],
)  # fmt: skip
def test_a_sale_is_outside_where_the_territory_does_not_name_its_district(
    store: Database, own: str | None, district: str | None, raised: bool
) -> None:
    with facts() as f:
        territory(f, "S1-C1", own)
        sold(f, channel="S1-C1", district=district)
    assert bool(found(K.TERRITORY)) is raised


def test_several_cars_to_one_buyer_look_like_wholesale_wherever_they_were_got(store: Database) -> None:
    with facts() as f:
        first = sold(f, "2026-09-10")
        buyer = f.session.get_one(Lead, first).customer_id
        same = [sold(f, "2026-11-01", channel="S2"), sold(f, "2026-11-05")]
        other = [sold(f, "2026-11-05"), sold(f, "2026-08-20")]
        f.session.execute(update(Lead).where(Lead.id.in_(same)).values(customer_id=buyer))
        two = f.session.get_one(Lead, other[0]).customer_id
        f.session.execute(update(Lead).where(Lead.id == other[1]).values(customer_id=two))
    raised = found(K.WHOLESALE)
    everywhere = [same[1], same[0], first]
    assert [(each.code, [sale.lead_id for sale in each.sales], each.bought) for each in raised] == [
        ("S1", everywhere, 3), ("S2", everywhere, 3),
    ]  # fmt: skip
    assert [each.case for each in raised] == [f"buyer:{buyer}:{same[1]}", f"buyer:{buyer}:{same[0]}"]
    assert raised[0].sales[0].buyer == "张**"
    assert [sale.channel for sale in raised[1].sales] == ["东风店", "西城店", "东风店"]
    (there,) = found(K.WHOLESALE, Scope(raised[1].path))
    assert (there.key, [sale.lead_id for sale in there.sales], there.bought) == (raised[1].key, [same[0]], 3)
    with facts(f.personas) as f:
        set_value(f, "alert_buyer_cars", 4)
    assert not found(K.WHOLESALE)


def test_a_dealer_is_no_end_customer(store: Database) -> None:
    with facts() as f:
        lead = sold(f, buyer_kind=BuyerKind.DEALER)
        sold(f, buyer_kind=BuyerKind.COMPANY)
    assert [each.case for each in found(K.WHOLESALE)] == [f"lead:{lead}"]


@pytest.mark.parametrize(
    ("rates", "fallen"),
    [
        (Rates(5, 30, 30, 90), True),
        (Rates(10, 45, 30, 90), False),  # by a third exactly
        (Rates(9, 45, 30, 90), True),
        (Rates(0, 29, 30, 90), False),
        (Rates(0, 30, 10, 29), False),
        (Rates(0, 30, 0, 90), False),
        (Rates(30, 30, 30, 90), False),
    ],
)
def test_conversion_has_fallen_by_more_than_a_third_and_only_with_enough_leads(rates: Rates, fallen: bool) -> None:
    assert rates.fallen is fallen


def test_a_nodes_own_conversion_of_30_days_is_held_against_the_90_before(store: Database) -> None:
    with facts() as f:
        for step in range(40):
            now = f.lead(str(TODAY - timedelta(days=step % 30)), channel="S1")
            before = f.lead(str(TODAY - timedelta(days=30 + step)), channel="S1")
            f.lead_event(before, LeadEventKind.ORDER, str(TODAY - timedelta(days=30 + step)))
            f.lead(str(TODAY), channel="S2")
        f.lead_event(now, LeadEventKind.ORDER, str(TODAY))
    (alert,) = found(K.CONVERSION)
    assert (alert.code, alert.case, alert.rates) == ("S1", "2026-11", Rates(1, 40, 40, 40))


def test_a_working_node_that_once_spoke_is_silent_after_seven_days(store: Database) -> None:
    with facts() as f:
        f.lead("2026-11-13", channel="S1")
        f.lead("2026-11-14", channel="S2")
        f.lead("2026-11-01", channel="S1-C1")
        f.session.get_one(Channel, f.personas.channels["S1-C1"]).active = False
    assert [(each.code, each.case) for each in found(K.SILENT)] == [("S1", "2026-11-13")]
    assert dict(data.read(open_by_node, Scope(), TODAY)) == {found(K.SILENT)[0].path: 1}

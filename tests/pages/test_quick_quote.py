"""The premium trial's page."""

from decimal import Decimal

from db.engine import Database
from db.terms import RateKind
from lib import data
from lib.premiums import rows
from lib.premiums.rows import NewRow
from tests.cases import today
from tests.pages.desk import labelled, opened
from tests.personas import people


def totals(test: object) -> list[str]:
    return [metric.value for metric in test.metric]  # type: ignore[attr-defined]


def test_a_family_car_starts_with_its_compulsory_premium_and_tax(sqlite_store: Database) -> None:
    test = opened(people().specialist, "quick_quote")
    assert not test.exception
    assert totals(test) == ["¥ 1,250.00"] * 3  # 950 in its first year and 300 of tax
    assert any("未核实" in each.value for each in test.markdown)


def test_the_arithmetic_follows_the_car(sqlite_store: Database) -> None:
    test = opened(people().policy_specialist, "quick_quote")
    labelled(test.selectbox, "使用性质").select("企业非营业客车")
    labelled(test.number_input, "座位数").set_value(7)
    labelled(test.selectbox, "燃料").select("纯电")
    test.run()
    assert totals(test) == ["¥ 1,130.00"] * 3
    assert any("1,130.00 × 1 = 1,130.00" in each.value for each in test.markdown)


def test_what_the_table_of_the_tax_does_not_know_is_asked_for_elsewhere(sqlite_store: Database) -> None:
    test = opened(people().specialist, "quick_quote")
    assert "排量（升）" in {each.label for each in test.number_input}
    assert not test.info
    labelled(test.selectbox, "使用性质").select("摩托车").run()
    assert not test.exception
    assert "排量（升）" not in {each.label for each in test.number_input}
    assert not any("车船税**" in each.value for each in test.markdown)
    assert len([each for each in test.info if "未含车船税" in each.value]) == 3


def test_litres_are_not_asked_of_a_car_that_pays_no_tax(sqlite_store: Database) -> None:
    test = opened(people().specialist, "quick_quote")
    labelled(test.selectbox, "燃料").select("插混").run()
    assert "排量（升）" not in {each.label for each in test.number_input}
    assert any("车船税**" in each.value for each in test.markdown)


def test_a_range_of_coefficients_without_1_opens_too(sqlite_store: Database) -> None:
    made = people()
    dear = NewRow(RateKind.PRICING_RANGE, "petrol", today(), "通知", Decimal("1.05"), Decimal("1.2"))
    data.write(rows.add, made.manager, dear)
    test = opened(made.specialist, "quick_quote")
    assert totals(test) == ["¥ 1,250.00"] * 3
    assert labelled(test.number_input, "自主定价系数（1.05 至 1.2）").value == 1.05


def test_who_sells_no_insurance_is_sent_away(sqlite_store: Database) -> None:
    test = opened(people().consultant, "quick_quote")
    assert totals(test) == []
    assert test.error

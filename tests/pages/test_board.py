"""The managers' board page."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import LeadEventKind, LeadSource
from lib.ui.board.rows import OPEN, Opened
from lib.ui.today import today
from tests.facts import facts
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people


def busy() -> Personas:
    """Three visits this month, one of them with an order, and one call last month."""
    with facts() as f:
        first = today().replace(day=1)
        lead = f.lead(f"{first}", model="星河E")
        f.lead_event(lead, LeadEventKind.ORDER, f"{first}", amount=159_800)
        f.lead(f"{first}", by="colleague")
        f.lead(f"{first}", mobile=False)
        f.lead(f"{first - timedelta(days=1)}", LeadSource.CALL)
        return f.personas


def tile(test: AppTest, label: str) -> str:
    """The markup of the tile of this name."""
    buttons = [each.label for each in test.button if each.key and each.key.startswith("open_")]
    return [each.value for each in test.get("html") if "desk-tile" in each.value][buttons.index(label)]


def at_address(personas: Personas, **address: str) -> AppTest:
    """The board as opened by an address, for a consultant, who does not start there."""
    test = desk(personas.consultant).run().switch_page("../../pages/board.py")
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def test_a_manager_sees_the_month_so_far(sqlite_store: Database) -> None:
    test = opened(busy().manager, "board")
    assert not test.exception
    assert ">3<small>批</small>" in tile(test, "首次来店批次")
    assert "66.7%" in tile(test, "留档率")
    assert "2 / 3" in tile(test, "留档率")
    assert test.dataframe[0].value["name"].tolist()[:2] == ["顾一", "顾二"]


def test_the_same_in_english(sqlite_store: Database) -> None:
    test = opened(busy().manager, "board", "en")
    assert test.title[0].value == "Sales board"
    assert "3<small>visits</small>" in tile(test, "First visits")


def test_nothing_recorded_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().manager, "board")
    assert not test.exception
    assert "接待登记或数据导入" in test.info[0].value


def test_another_stores_manager_sees_nothing_of_it(sqlite_store: Database) -> None:
    test = opened(busy().other_manager, "board")
    assert ">0<small>批</small>" in tile(test, "首次来店批次")


def test_an_agent_is_told_that_it_is_not_their_page(sqlite_store: Database) -> None:
    test = opened(people().agent, "board")
    assert "没有此页面的权限" in test.error[0].value
    assert not test.dataframe


def test_filters_come_from_the_address_as_codes(sqlite_store: Database) -> None:
    test = at_address(busy(), consultant="colleague", period="month", source="walk_in")
    assert ">1<small>批</small>" in tile(test, "首次来店批次")
    assert labelled(test.multiselect, "销售顾问").value == ["colleague"]
    assert labelled(test.multiselect, "来源").value == [LeadSource.WALK_IN]


def test_filters_go_into_the_address_without_a_name(sqlite_store: Database) -> None:
    test = opened(busy().manager, "board")
    labelled(test.multiselect, "销售顾问").set_value(["consultant"]).run()
    labelled(test.multiselect, "来源").set_value([LeadSource.CALL]).run()
    assert {name: str(value) for name, value in test.query_params.items()} == {
        "consultant": "consultant", "source": "call",
    }  # fmt: skip
    assert "顾" not in str(test.query_params)


@pytest.mark.parametrize(
    "address", [{"consultant": "nobody"}, {"period": "aeon"}, {"on": "2026-02-31"}, {"channel": "S2"}, {"model": "x"}]
)
def test_nonsense_in_the_address_is_left_out(sqlite_store: Database, address: dict[str, str]) -> None:
    test = at_address(busy(), **address)
    assert not test.exception
    assert ">3<small>批</small>" in tile(test, "首次来店批次")


def test_an_earlier_month_is_one_step_away(sqlite_store: Database) -> None:
    test = opened(busy().manager, "board")
    next(each for each in test.button if each.key == "step_-1").click().run()
    assert ">1<small>个</small>" in tile(test, "来电量")


def test_an_opened_number_lists_its_rows_masked(sqlite_store: Database) -> None:
    test = opened(busy().manager, "board")
    test.session_state[OPEN] = Opened("orders")
    test.run()
    rows = test.dataframe[-1].value
    assert rows["客户"].tolist() == ["张**"]
    assert rows["金额"].tolist() == ["15.98 万元"]
    assert rows["车型"].tolist() == ["星河E"]


def test_a_consultant_opens_the_own_rows_alone(sqlite_store: Database) -> None:
    test = opened(busy().colleague, "board")
    test.session_state[OPEN] = Opened("first_visits")
    test.run()
    assert ">3<small>批</small>" in tile(test, "首次来店批次")
    assert test.dataframe[-1].value["人员"].tolist() == ["顾二"]


def test_whoever_may_see_no_customer_opens_no_rows(sqlite_store: Database) -> None:
    test = opened(busy().finance, "board")
    assert not test.exception
    opening = {each.key for each in test.button if each.key and each.key.startswith("open_")}
    assert opening == {"open_policies_issued", "open_premium_amount"}
    test.session_state[OPEN] = Opened("orders")
    assert len(test.run().dataframe) == 1


def test_two_consultants_are_compared(sqlite_store: Database) -> None:
    test = at_address(busy(), compare="people", left="consultant", right="colleague")
    assert not test.exception
    compared = test.table[0].value
    assert compared.columns.tolist() == ["指标", "顾一", "顾二", "差"]
    assert compared.iloc[0].tolist() == ["首次来店批次", "2", "1", "▲ 1"]


def test_two_months_are_compared(sqlite_store: Database) -> None:
    test = at_address(busy(), compare="months")
    assert not test.exception
    assert test.table[0].value.iloc[0, 1:3].tolist() == ["3", "0"]

"""The page of monthly forecasts: fill in, two at once, who is missing, freezing, who sees what."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import CarModel
from db.terms import LeadEventKind
from lib import clock, data
from lib.access import Actor, Scope
from lib.forecasts.freezes import freeze
from lib.forecasts.months import after, before
from lib.forecasts.sheet import sheet
from lib.forecasts.submitting import Entry, submit
from lib.ui import address
from lib.ui.today import today
from tests.facts import facts
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people

AGENT, CENTRE = "S1-C1-A1", "S1-C1"


def following() -> date:
    return after(today())


def stored(code: str) -> dict[str, int | None]:
    return {line.model: line.quantity for line in data.read(sheet, Scope(), code, following(), today()).lines}


def send(personas: Personas, actor: Actor, code: str, cars: int) -> None:
    found = data.read(sheet, Scope(), code, following(), today())
    entries = tuple(Entry(line.car_model_id, cars) for line in found.lines)
    data.write(submit, actor, personas.channels[code], following(), entries, found.seen)


def press(test: AppTest, label: str = "提交预报") -> AppTest:
    return labelled(test.button, label).click().run()


def shown(test: AppTest) -> str:
    return " ".join(each.value for kind in (test.markdown, test.caption, test.warning, test.info, test.error)
                    for each in kind)  # fmt: skip


def test_an_agent_lands_on_the_own_forecast_and_submits_it(sqlite_store: Database) -> None:
    test = desk(people().agent).run()
    assert not test.exception
    assert [each.value for each in test.title] == ["需求预报"]
    assert "渠道" not in [each.label for each in test.selectbox]
    labelled(test.number_input, "远途A7预报").set_value(4)
    press(test)
    assert not test.exception
    assert stored(AGENT) == {"远途A7": 4, "星河E": 0}


def test_an_agent_sees_no_other_node_whatever_the_address_says(sqlite_store: Database) -> None:
    personas = people()
    send(personas, personas.channel_manager, CENTRE, 77)
    test = desk(personas.agent)
    test.query_params["node"] = CENTRE
    test.query_params["part"] = "overview"
    test.run()
    assert "北区中心" not in shown(test)
    assert "北一代理" in " ".join(each.value for each in test.subheader)
    assert not test.dataframe


@pytest.mark.parametrize("page", ["board", "scores", "leads", "targets", "audit", "people", "settings"])
def test_an_agent_opens_no_other_page(sqlite_store: Database, page: str) -> None:
    test = opened(people().agent, page)
    assert [each.value for each in test.error]
    assert not test.dataframe


def test_a_channel_manager_fills_in_for_a_centre_and_says_why_it_differs(sqlite_store: Database) -> None:
    personas = people()
    send(personas, personas.agent, AGENT, 3)
    test = desk(personas.channel_manager)
    test.query_params["node"] = CENTRE
    test.switch_page("../../pages/forecasts.py").run()
    labelled(test.selectbox, "渠道").set_value(CENTRE).run()
    assert labelled(test.number_input, "远途A7预报").value == 3
    labelled(test.number_input, "远途A7预报").set_value(5)
    press(test)
    assert "远途A7" in test.error[-1].value  # before it, from the 26th on, stands what is owed
    assert labelled(test.number_input, "远途A7预报").value == 5
    labelled(test.text_input, "远途A7的调整原因").set_value("加展厅 2 台")
    press(test)
    assert stored(CENTRE) == {"远途A7": 5, "星河E": 3}


def test_the_second_of_two_keeps_what_they_typed_and_sees_the_first(sqlite_store: Database) -> None:
    personas = people()
    test = desk(personas.agent).run()
    labelled(test.number_input, "远途A7预报").set_value(9)
    send(personas, personas.channel_manager, AGENT, 2)
    press(test)
    assert "渠一" in test.error[-1].value
    assert stored(AGENT)["远途A7"] == 2
    test.run()
    assert labelled(test.number_input, "远途A7预报").value == 9
    assert "现已提交" in shown(test)
    press(test)
    assert stored(AGENT)["远途A7"] == 9


def test_a_frozen_month_is_to_read_and_a_manager_opens_it_again(sqlite_store: Database) -> None:
    personas = people()
    data.write(freeze, personas.manager, personas.channels["S1"], following())
    test = desk(personas.agent).run()
    assert not test.number_input
    assert "冻结" in test.info[0].value
    overview = opened(personas.manager, "forecasts")
    overview.session_state[address.key("part")] = "overview"
    overview.run()
    labelled(overview.text_area, "解冻原因").set_value("南区漏报")
    next(each for each in overview.button if "thaw-send" in str(each.key)).click().run()
    assert not overview.exception
    assert desk(personas.agent).run().number_input


def test_finance_reads_and_submits_nothing(sqlite_store: Database) -> None:
    test = opened(people().finance, "forecasts")
    assert not test.exception
    assert not test.number_input
    assert test.table


@pytest.mark.parametrize("username", ["consultant", "specialist", "admin"])
def test_whom_forecasts_do_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "forecasts")
    assert test.error
    assert not test.number_input


def test_without_models_the_page_says_what_would_fill_it(sqlite_store: Database) -> None:
    with facts() as f:
        f.session.execute(delete(CarModel))
    test = desk(f.personas.agent).run()
    assert not test.exception
    assert "车型" in test.info[0].value


def part(test: AppTest, name: str) -> AppTest:
    return test.button_group(address.key("part")).set_value(name).run()


def test_accuracy_stands_by_channel_kind_and_model_and_an_agent_sees_the_own_alone(sqlite_store: Database) -> None:
    last = before(today())
    with facts() as f:
        for code in (AGENT, CENTRE):
            f.forecast(code, f"{last:%Y-%m}", "远途A7", 2, f"{before(last):%Y-%m}-20")
        f.lead_event(f.lead("2026-01-05", channel=AGENT, model="远途A7"), LeadEventKind.DELIVERY, f"{last:%Y-%m}-10")
    test = part(opened(f.personas.channel_manager, "forecasts"), "accuracy")
    assert not test.exception
    table, kinds, models = (each.value for each in test.dataframe)
    assert [each.strip("\u2003") for each in table["渠道"]] == ["北区中心", "北一代理"]
    assert table["预报 / 实际"].tolist() == ["2 / 1", "2 / 1"]
    assert kinds["渠道"].tolist() == [1, 1]
    figures = ["准确度", "预报误差", "照抄上月误差", "预报增值", "预报偏差"]
    assert list(kinds) == ["类型", "渠道", *figures, "按时月数", "预报 / 实际"]
    assert list(models) == ["车型", *figures, "预报 / 实际"]
    for each in (table, kinds, models):
        assert each[figures].iloc[-1].tolist() == ["弱", "100.0%", "100.0%", "0.0%", "100.0%"]
    offered = [each.key for each in test.button if each.label == "下载"]
    assert len(set(offered)) == 3
    agent = part(desk(f.personas.agent).run(), "accuracy")
    assert not agent.exception
    own, models = (each.value for each in agent.dataframe)
    assert own["渠道"].tolist() == ["北一代理"]
    assert models["车型"].tolist() == ["远途A7"]


@pytest.mark.parametrize(("cars", "said"), [(2, False), (3, True)])
def test_an_error_beyond_the_edge_of_the_picture_is_said(sqlite_store: Database, cars: int, said: bool) -> None:
    last = before(today())
    with facts() as f:
        f.forecast(AGENT, f"{last:%Y-%m}", "远途A7", cars, f"{before(last):%Y-%m}-20")
        f.lead_event(f.lead("2026-01-05", channel=AGENT, model="远途A7"), LeadEventKind.DELIVERY, f"{last:%Y-%m}-10")
    test = part(desk(f.personas.agent).run(), "accuracy")
    assert not test.exception
    assert ("误差大于 150%" in shown(test)) is said


def test_without_any_forecast_the_accuracy_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = part(opened(people().channel_manager, "forecasts"), "accuracy")
    assert not test.exception
    assert "预报" in test.info[0].value


@pytest.mark.parametrize(("day", "said"), [(14, False), (15, True), (25, True), (26, True)])
def test_who_owes_a_forecast_is_reminded_from_ten_days_before_its_day(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch, day: int, said: bool
) -> None:
    personas = people()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, day, 4, tzinfo=UTC))
    test = desk(personas.agent).run()
    assert not test.exception
    told = [each.value for each in (*test.warning, *test.error)]
    assert bool(told) is said
    if said:
        assert "12月" in told[0]
        assert bool(test.error) is (day > 25)
        assert "2 家渠道" in shown(opened(personas.manager, "forecasts"))
        assert "北区中心、北一代理" in shown(opened(personas.manager, "forecasts"))
        english = shown(opened(personas.manager, "forecasts", "en"))
        assert "北区中心, 北一代理" in english
        assert "、" not in english
        send(personas, personas.agent, AGENT, 1)
        assert not [*desk(personas.agent).run().warning, *desk(personas.agent).run().error]

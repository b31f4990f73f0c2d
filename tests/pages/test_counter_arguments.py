"""Counter-arguments where they are needed: on the specialist's and the consultant's open case, and in the settings."""

from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import LossDomain
from lib import data
from lib.counter_arguments import reading, writing
from lib.counter_arguments.writing import Entry
from lib.ui import address
from tests.cases import expiring
from tests.db.leads.showroom import arrive
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people

RENEWAL, LEAD = LossDomain.RENEWAL, LossDomain.LEAD


def case(made: Personas, who: str, page: str, language: str = "zh", **query: str) -> AppTest:
    test = desk(made.actors[who], language).run()
    for name, value in query.items():
        test.query_params[name] = value
    return test.switch_page(f"../../pages/{page}.py").run()


def said(test: AppTest) -> str:
    return " ".join(each.value.replace("\\", "") for each in test.markdown)


def test_a_specialist_finds_what_to_answer_on_an_open_case(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    hidden, shown = data.read(reading.arguments, RENEWAL)[:2]
    data.write(writing.rewrite, made.manager, hidden.id, 1, Entry(hidden.title, "不再这样说", active=False))
    test = case(made, "specialist", "renewals", case=str(key))
    assert not test.exception
    assert shown.text in said(test)
    assert "不再这样说" not in said(test)
    test.button_group(f"counter_reason-{RENEWAL}-{key}").set_value(1).run()
    assert not test.exception
    assert "理赔专员" in said(test)


def test_a_consultant_finds_them_on_a_lead(sqlite_store: Database) -> None:
    made = people()
    key = arrive(made.consultant).lead_id
    test = case(made, "consultant", "leads", lead=str(key))
    assert not test.exception
    assert data.read(reading.arguments, LEAD)[0].text in said(test)
    english = case(made, "consultant", "leads", "en", lead=str(key))
    assert data.read(reading.arguments, LEAD)[0].text_en in said(english)


def test_a_manager_adds_one_and_changes_one_in_the_settings(sqlite_store: Database) -> None:
    made = people()
    test = opened(made.manager, "settings")
    test.button_group(address.key("part")).set_value("arguments").run()
    assert not test.exception
    labelled(test.text_area, "中文话术").set_value("先对齐保额再比价")
    labelled(test.button, "保存").click().run()
    assert not test.exception
    assert "先对齐保额再比价" in {each.text for each in data.read(reading.arguments, RENEWAL)}
    test.selectbox(f"store_argument-{RENEWAL}").set_value(0).run()
    labelled(test.text_input, "中文标题").set_value("代步")
    labelled(test.text_area, "中文话术").set_value("出险可用代步车")
    labelled(test.button, "保存").click().run()
    assert "原因" in test.error[0].value
    assert labelled(test.text_area, "中文话术").value == "出险可用代步车"


def test_a_manager_adds_a_reason_in_the_settings(sqlite_store: Database) -> None:
    test = opened(people().manager, "settings")
    test.button_group(address.key("part")).set_value("reasons").run()
    assert not test.exception
    labelled(test.text_input, "中文名").set_value("没有代步车")
    labelled(test.text_input, "英文名").set_value("No loan car")
    labelled(test.button, "添加").click().run()
    assert not test.exception
    assert "没有代步车" in test.dataframe[0].value["name"].tolist()

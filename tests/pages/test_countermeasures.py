"""The page of countermeasures: setting up from a reason, telling how far it is, the effect, who sees what."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import CountermeasureState
from lib import data
from lib.countermeasures import writing
from lib.ui.today import today
from tests.db.countermeasures.plans import late, plan, seen, set_up, switch_off
from tests.facts import facts
from tests.lib.losses.lost import lost_renewal
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people


def at_page(made: Personas, who: str, **query: str) -> AppTest:
    test = desk(made.actors[who]).run()
    for name, value in query.items():
        test.query_params[name] = value
    return test.switch_page("../../pages/countermeasures.py").run()


def shown(test: AppTest) -> str:
    return " ".join(each.value.replace("\\", "") for each in [*test.markdown, *test.caption, *test.info])


def test_a_reason_of_the_analysis_becomes_a_countermeasure(sqlite_store: Database) -> None:
    made = people()
    test = at_page(made, "manager", reason="renewal.price.price_direct", channel="S1", person="specialist")
    assert not test.exception
    labelled(test.text_area, "措施").set_value("提前两周报底价")
    labelled(test.button, "建立").click().run()
    assert not test.exception
    measure = seen(made, int(test.query_params["measure"][0]))
    assert (measure.reason, measure.channel, measure.owner) == (("价格", "电网销更低"), "东风店", "经一")
    assert (measure.person, measure.run.length) == (made.specialist.name, 30)
    assert not {"reason", "person"} & test.query_params.keys()


def test_what_is_wrong_is_said_and_what_was_typed_stays(sqlite_store: Database) -> None:
    made = people()
    test = at_page(made, "manager", new="1", model="9" * 5000)
    assert not test.error
    labelled(test.text_area, "措施").set_value("提前两周报底价")
    labelled(test.button, "建立").click().run()
    assert "战败原因" in test.error[0].value
    assert labelled(test.text_area, "措施").value == "提前两周报底价"


def test_a_reason_switched_off_since_stays_to_choose_for_its_own(sqlite_store: Database) -> None:
    made = people()
    measure = set_up(made)
    switch_off(made, "price_direct")
    test = at_page(made, "manager", measure=str(measure.id))
    assert labelled(test.selectbox, "战败原因（一级或二级）").value == measure.loss_reason_id
    labelled(test.text_area, "措施").set_value("改成电话报价")
    test.button(f"measure-{measure.id}-save").click().run()
    assert not test.exception
    assert not test.error
    assert seen(made, measure.id).what == "改成电话报价"


def test_the_owner_says_how_far_it_is_and_suggests_an_improvement(sqlite_store: Database) -> None:
    made = people()
    measure = set_up(made)
    test = at_page(made, "specialist", measure=str(measure.id))
    assert not test.exception
    labelled(test.text_area, "备注或改进意见").set_value("报价单写明代步服务")
    test.button(f"measure_note-{measure.id}_save_0").click().run()
    state = f"measure_state-{measure.id}"
    test.button_group(f"{state}_state_0").set_value(CountermeasureState.RUNNING)
    test.button(f"{state}_save_0").click().run()
    assert not test.exception
    test.button(f"{state}_save_1").click().run()  # a second click moves it no further
    assert seen(made, measure.id).state is CountermeasureState.RUNNING
    assert "报价单写明代步服务" in shown(test)
    assert not [each for each in test.button if each.key == "measure_new"]


def test_somebody_elses_change_is_told_and_the_text_kept(sqlite_store: Database) -> None:
    made = people()
    measure = set_up(made)
    test = at_page(made, "manager", measure=str(measure.id))
    labelled(test.text_area, "措施").set_value("我的措施")
    data.write(writing.edit, made.boss, measure.id, measure.version, plan(made, what="总经理的措施"))
    test.button(f"measure-{measure.id}-save").click().run()
    assert not test.exception
    assert test.error
    assert labelled(test.text_area, "措施").value == "我的措施"
    assert seen(made, measure.id).what == "总经理的措施"


def test_without_enough_data_it_says_so_and_nothing_else(sqlite_store: Database) -> None:
    with facts() as f:
        for back in range(20):
            lost_renewal(f, str(today() - timedelta(days=back)))
    measure = late(f.personas)
    test = at_page(f.personas, "manager", measure=str(measure.id))
    assert not test.exception
    assert "数据不足" in shown(test)
    assert "%" not in shown(test)
    assert not test.get("vega_lite_chart")


def test_with_enough_data_both_windows_stand_with_their_intervals(sqlite_store: Database) -> None:
    with facts() as f:
        for back in range(61):
            lost_renewal(f, str(today() - timedelta(days=back)), "price_direct" if back > 30 else "broker")
    measure = late(f.personas)
    test = at_page(f.personas, "manager", measure=str(measure.id))
    assert not test.exception
    assert "▼ 100.0 pt" in shown(test)
    assert "区间不重叠" in shown(test)
    assert test.get("vega_lite_chart")


def test_a_window_that_still_runs_says_when_it_ends(sqlite_store: Database) -> None:
    made = people()
    test = at_page(made, "manager", measure=str(set_up(made).id))
    assert "窗口期到" in shown(test)


@pytest.mark.parametrize(("who", "sees"), [("manager", True), ("specialist", True), ("boss", True),
                                           ("other_manager", False), ("consultant", False)])  # fmt: skip
def test_overdue_ones_stand_on_the_pages_that_people_open_first(sqlite_store: Database, who: str, sees: bool) -> None:
    made = people()
    late(made)
    start = {"specialist": "renewals", "consultant": "leads"}.get(who, "board")
    test = opened(made.actors[who], start)
    assert not test.exception
    assert any("应对措施逾期 1 项" in each.value for each in test.markdown) is sees


@pytest.mark.parametrize(("who", "count"), [("manager", 2), ("specialist", 1)])
def test_the_rate_opens_into_what_was_due(sqlite_store: Database, who: str, count: int) -> None:
    made = people()
    set_up(made, due_on=today())
    set_up(made, due_on=today(), owner_id=made.manager.user_id, person_id=made.specialist.user_id)
    set_up(made, due_on=today() + timedelta(days=40))
    test = at_page(made, who)
    assert f"0 / {count}" in " ".join(each.value for each in test.get("html"))
    test = test.button(key="open_countermeasures_done_rate").click().run()
    assert not test.exception
    assert [len(each.value) for each in test.dataframe] == [3, count]


@pytest.mark.parametrize("username", ["agent", "finance", "admin", "policy_specialist"])
def test_whom_losses_do_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "countermeasures")
    assert test.error
    assert not test.dataframe


def test_another_stores_countermeasure_is_not_opened_by_its_address(sqlite_store: Database) -> None:
    made = people()
    measure = set_up(made)
    test = at_page(made, "other_manager", measure=str(measure.id))
    assert test.error
    assert "提前两周报底价" not in shown(test)


def test_without_any_the_page_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "countermeasures")
    assert not test.exception
    assert "经理可针对" in shown(test)


def test_the_analysis_leads_nowhere_from_a_reason_that_is_switched_off(sqlite_store: Database) -> None:
    with facts() as f:
        lost_renewal(f, str(today()))
    switch_off(f.personas, "price_direct")
    test = desk(f.personas.manager).run()
    test.query_params["reason"] = "renewal.price.price_direct"
    test.switch_page("../../pages/losses.py").run()
    assert not test.exception
    assert not [each for each in test.get("page_link") if "新建措施" in each.proto.label]


def test_the_analysis_leads_a_manager_from_one_reason_to_a_countermeasure(sqlite_store: Database) -> None:
    with facts() as f:
        lost_renewal(f, str(today()))
    for who, links in (("manager", 1), ("channel_manager", 0), ("specialist", 0)):
        test = desk(f.personas.actors[who]).run()
        test.query_params["reason"] = "renewal.price.price_direct"
        test.switch_page("../../pages/losses.py").run()
        assert not test.exception
        found = [each for each in test.get("page_link") if "新建措施" in each.proto.label]
        assert len(found) == links
        assert all("reason=renewal.price.price_direct" in each.proto.query_string for each in found)

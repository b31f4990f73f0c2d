"""The channel page: the tree, one node, and who may see them."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import Channel
from db.terms import ChannelKind, LeadEventKind
from lib import clock, formats, settings
from lib.cli import main
from lib.ui.address import key
from lib.ui.channels import columns
from lib.ui.periods import Span
from lib.words import words
from tests.facts import facts
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people

E = LeadEventKind
COUNTS = ("leads", "captured", "test_drives", "orders", "deliveries")

ROOM = 1086  # pixels of a table between its choosing column and the edge of a screen 1440 wide


def sold(personas: Personas) -> None:
    """Today: a lead, an order and a delivery of the branch, a lead of the other store."""
    day = clock.business_day(clock.now(), settings.load().zone).isoformat()
    with facts(personas) as f:
        lead = f.lead(day, channel="S1-C1-A1", model="远途A7")
        for kind in (E.TEST_DRIVE, E.ORDER, E.DELIVERY):
            f.lead_event(lead, kind, day)
        f.lead(day, channel="S2")


def names(test: AppTest) -> list[str]:
    """The channels in the table of channels."""
    tables = (each.value for each in test.dataframe)
    return [name.strip() for name in next(table for table in tables if "name" in table)["name"]]


def captured(personas: Personas, code: str | None) -> str:
    """The share of leads captured, as the head of the page tells it."""
    test = desk(personas.boss).run()
    if code:
        test.query_params["node"] = code
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    return next(each.proto.body for each in test.get("html") if "desk-fresh" in each.proto.body)


def test_a_channel_manager_sees_the_own_branches_and_nothing_else(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = opened(personas.channel_manager, "channels")
    assert not test.exception
    assert names(test) == ["东风店", "北区中心", "北一代理"]
    table = test.dataframe[0].value
    assert list(table["orders"]) == [1, 1, 1]
    assert table["lead_to_order_rate"][0] == "100.0%"


def test_the_whole_group_sees_every_store(sqlite_store: Database) -> None:
    test = opened(people().boss, "channels")
    assert names(test) == ["东风店", "北区中心", "北一代理", "西城店"]


def test_own_figures_leave_out_what_lies_below(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = opened(personas.channel_manager, "channels")
    labelled(test.segmented_control, "数字口径").set_value("own").run()
    assert not test.exception
    assert list(test.dataframe[0].value["orders"]) == [0, 0, 1]
    assert test.query_params["reach"] == "own"


def test_filters_narrow_the_tree_and_stand_in_the_address(sqlite_store: Database) -> None:
    test = opened(people().boss, "channels")
    labelled(test.multiselect, "类型").set_value([ChannelKind.STORE]).run()
    assert not test.exception
    assert names(test) == ["东风店", "西城店"]
    assert test.query_params["kind"] == "store"


def test_a_range_that_ends_before_it_begins_is_told(sqlite_store: Database) -> None:
    test = opened(people().boss, "channels")
    labelled(test.segmented_control, "期间").set_value("range").run()
    for last, said in ((date(2026, 11, 20), False), (date(2026, 11, 19), True)):
        labelled(test.date_input, "从").set_value(date(2026, 11, 20))
        labelled(test.date_input, "到").set_value(last).run()
        assert not test.exception
        told = [each.value for each in test.warning if "结束日期早于开始日期" in each.value]
        assert bool(told) is said
        assert all("11月20日" in each for each in told)


def test_a_nodes_page_tells_the_nodes_own_share_captured(sqlite_store: Database) -> None:
    personas = people()
    day = clock.business_day(clock.now(), settings.load().zone).isoformat()
    with facts(personas) as f:
        f.lead(day, channel="S1")
        f.lead(day, channel="S1-C1-A1")
        f.lead(day, channel="S1-C1", mobile=False)
    assert "留档率 66.7%" in captured(personas, None)
    assert "留档率 50.0%" in captured(personas, "S1-C1")
    assert "留档率 100.0%" in captured(personas, "S1-C1-A1")
    assert "留档率 —" in captured(personas, "S2")


def test_the_tree_is_narrowed_to_a_district_of_a_territory(sqlite_store: Database) -> None:
    personas = people()
    with facts(personas) as f:
        for code, territory in (("S1", "东湖区、临江区"), ("S2", "南岭区，临江区")):
            at = Channel.id == personas.channels[code]
            f.session.execute(update(Channel).where(at).values(territory=territory))
    test = opened(personas.boss, "channels")
    offered = labelled(test.multiselect, "区域")
    assert offered.options == ["东湖区", "临江区", "南岭区"]
    offered.set_value(["临江区"]).run()
    assert names(test) == ["东风店", "西城店"]
    labelled(test.multiselect, "区域").set_value(["东湖区"]).run()
    assert names(test) == ["东风店"]


def test_a_node_opens_by_its_code(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = desk(personas.channel_manager).run()
    test.query_params["node"] = "S1-C1"
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    assert test.subheader[0].value == "北区中心"
    assert names(test) == ["北一代理"]
    people_of, models_of = (each.value for each in test.dataframe[:2])
    assert list(people_of["销售顾问"]) == ["顾一", "顾三"]
    assert models_of.iloc[0].tolist()[:4] == ["远途A7", "1", "1", "1"]


@pytest.mark.parametrize("code", ["S2", "nowhere"])
def test_a_node_outside_the_area_is_not_there(sqlite_store: Database, code: str) -> None:
    test = desk(people().channel_manager).run()
    test.query_params["node"] = code
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    assert "没有这个渠道" in test.warning[0].value
    assert not test.dataframe


@pytest.mark.parametrize("username", ["consultant", "specialist", "policy_specialist", "admin"])
def test_others_are_told_that_it_is_not_their_page(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "channels")
    assert "没有此页面的权限" in test.error[0].value
    assert not test.dataframe


@pytest.mark.parametrize("address", [{}, {"node": "S1-C1"}, {"part": "pictures"}])
def test_an_agent_sees_the_own_node_whatever_the_address_says(sqlite_store: Database, address: dict[str, str]) -> None:
    personas = people()
    sold(personas)
    test = shown(personas, "agent", **address)
    assert "北一代理" in [each.value for each in test.subheader]
    assert not [each for each in test.button if each.key in ("way_to_all", "compare_with", "open_orders")]
    assert "北区中心" not in str(test.main)


def test_finance_reads_and_opens_no_rows(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = desk(personas.finance).run()
    test.query_params["node"] = "S1"
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    assert not [each for each in test.button if each.key and each.key.startswith("open_")]


def shown(personas: Personas, who: str, **address: str | list[str]) -> AppTest:
    """The page as an address opens it."""
    test = desk(personas.actors[who]).run()
    for name, value in address.items():
        test.query_params[name] = value
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    return test


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_needs_no_more_room_than_a_laptop_has(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(columns, "current", lambda: language)
    drawn = json.loads(opened(people().boss, "channels").dataframe[0].proto.columns)
    widths = [each["width"] for slug, each in drawn.items() if slug != "_index"]
    assert len(widths) == 15
    assert sum(widths) <= ROOM


def test_the_page_shows_what_the_command_says(store: Database, capsys: pytest.CaptureFixture[str]) -> None:
    personas = people()
    today = clock.business_day(clock.now(), settings.load().zone)
    before = today.replace(day=1) - timedelta(days=1)
    with facts(personas) as f:
        f.lead_event(f.lead(f"{today}", channel="S1-C1-A1"), E.TEST_DRIVE, f"{today}")
        for day in (f"{today}", f"{before}"):
            lead = f.lead(day, channel="S1-C1", model="远途A7", order_price=Decimal("150000"))
            f.lead_event(lead, E.ORDER, day)
            f.lead_event(lead, E.DELIVERY, day)
        f.lead_event(lead, E.TEST_DRIVE, f"{today}", superseded_at=clock.now())  # undone: counts nowhere
    arguments = ["kpi", "channels", "--from", f"{today:%Y-%m}-01", "--to", f"{today}"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["lib", *arguments])
        assert main() == 0
    told = json.loads(capsys.readouterr().out)["nodes"]
    for reach, part in (("rolled", "rolled_up"), ("own", "own")):
        table = shown(personas, "boss", reach=reach).dataframe[0].value
        assert len(table) == len(told)
        for line, node in zip(table.to_dict("records"), (each[part] for each in told), strict=True):
            assert [line[slug] for slug in COUNTS] == [node[slug] for slug in COUNTS]
            assert line["revenue"] == formats.amount(Decimal(node["revenue"]), words("zh"))
            for slug in ("lead_to_order_rate", "order_to_delivery_rate", "price_deviation_rate", "delivery_share"):
                value = node[slug]["value"]
                assert line[slug].startswith(formats.percent(None if value is None else Decimal(str(value))))
    assert (told[0]["rolled_up"]["deliveries"], told[0]["rolled_up"]["test_drives"]) == (1, 1)


def test_nothing_and_one_channel_to_compare_are_said(sqlite_store: Database) -> None:
    personas = people()
    nothing = shown(personas, "boss", part="compare")
    assert "尚未选择" in nothing.info[0].value
    nothing.button(key="compare_first").click().run()
    assert not nothing.exception
    assert nothing.query_params["nodes"] == ["S1", "S2"]
    one = shown(personas, "boss", part="compare", nodes="S2")
    assert "已选一个" in one.info[0].value
    assert one.button(key="compared_S2").label == "西城店"


def test_channels_stand_side_by_side_with_the_figures_of_the_tree(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = shown(personas, "boss", part="compare", nodes=["S1-C1", "S2", "nowhere"])
    assert labelled(test.multiselect, "对比的渠道（2 至 4 个）").value == ["S1-C1", "S2"]
    assert not test.info
    markup = next(each.proto.body for each in test.get("html") if "desk-compare" in each.proto.body)
    assert "100.0%<small>1 / 1</small>" in markup
    assert test.get("vega_lite_chart")
    test.button(key="compared_S1-C1").click().run()
    assert test.query_params["node"] == "S1-C1"
    test.button(key="compare_with").click().run()
    assert not test.exception
    assert test.query_params["nodes"] == ["S2", "S1-C1"]
    assert "node" not in test.query_params


def test_the_area_bounds_what_can_be_compared(sqlite_store: Database) -> None:
    test = shown(people(), "channel_manager", part="compare", nodes=["S1", "S2"])
    assert labelled(test.multiselect, "对比的渠道（2 至 4 个）").value == ["S1"]


def test_the_pictures_of_a_network_and_of_a_node_with_branches(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    for address, count in (
        ({"part": "pictures"}, 3),
        ({"node": "S1"}, 5),
        ({"node": "S1-C1"}, 4),
        ({"node": "S1-C1-A1"}, 2),
    ):
        assert len(shown(personas, "boss", **address).get("vega_lite_chart")) == count


def test_a_search_opens_the_way_and_never_enters_the_address(sqlite_store: Database) -> None:
    test = opened(people().boss, "channels")
    labelled(test.text_input, "查找").set_value("北一").run()
    assert not test.exception
    assert names(test) == ["东风店", "北区中心", "北一代理"]
    assert not test.query_params
    labelled(test.text_input, "查找").set_value("火星").run()
    assert "没有符合" in test.info[0].value


@pytest.mark.parametrize(("who", "ways"), [("boss", 2), ("channel_manager", 2), ("finance", 0)])
def test_the_ways_to_partners_and_feedback_are_for_whose_work_they_are(
    sqlite_store: Database, who: str, ways: int
) -> None:
    links = [each.proto.label for each in opened(people().actors[who], "channels").get("page_link")]
    assert len({"合作商评估", "市场反馈"} & set(links)) == ways


def test_the_month_that_runs_is_paler_whatever_day_of_it_is_shown(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 4, tzinfo=UTC))
    with facts() as f:
        f.forecast("S1-C1", "2026-11", "远途A7", 2, "2026-10-20")
    for on, running in ((date(2026, 11, 5), ["11月"]), (date(2026, 11, 20), ["11月"]), (date(2026, 10, 5), [])):
        test = shown(f.personas, "boss", node="S1-C1")
        test.session_state[key("period")] = Span.DAY
        test.session_state[key("on")] = on
        test.run()
        assert not test.exception
        frames = [
            convert_arrow_bytes_to_pandas_df(each.data.data)
            for chart in test.get("vega_lite_chart") for each in chart.proto.datasets
        ]  # fmt: skip
        drawn = next(each for each in frames if {"running", "highest"} <= set(each))
        assert list(drawn[drawn["running"]]["month"]) == running

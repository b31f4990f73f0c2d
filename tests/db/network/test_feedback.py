"""Market feedback: who reports for whom, who answers, what is seen, two answers at once."""

import pytest

from db.engine import Database
from db.terms import FeedbackTopic, MarketTier
from lib import data
from lib.access import Actor
from lib.network.editing import Facts, alter
from lib.network.feedback import Report, Sight, answer, report, reports
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from tests.personas import people

T = FeedbackTopic


def seen_by(actor: Actor, *narrowed: tuple[object, ...]) -> tuple[Report, ...]:
    return data.read(reports, Sight.of(actor), *narrowed)  # type: ignore[arg-type]


def test_an_agent_reports_for_the_own_node_alone_and_sees_only_that(store: Database) -> None:
    who = people()
    data.write(report, who.agent, who.channels["S1-C1-A1"], T.PRICE, "竞品降价，客户 13812348000 已比价")
    data.write(report, who.channel_manager, who.channels["S1-C1"], T.DEMAND, "周末客流增加")
    with pytest.raises(NotFound):
        data.write(report, who.agent, who.channels["S1-C1"], T.PRICE, "代报")
    assert [each.text for each in seen_by(who.agent)] == ["竞品降价，客户 138****8000 已比价"]
    assert len(seen_by(who.channel_manager)) == 2
    assert seen_by(who.other_manager) == ()


def test_an_answer_is_kept_and_the_second_of_two_is_told(store: Database) -> None:
    who = people()
    key = data.write(report, who.agent, who.channels["S1-C1-A1"], T.PRICE, "竞品降价")
    data.write(answer, who.channel_manager, key, 1, "申请区域促销")
    (found,) = seen_by(who.agent)
    assert (found.action, found.answered_by) == ("申请区域促销", "渠一")
    with pytest.raises(Conflict):
        data.write(answer, who.manager, key, 1, "另一措施")
    with pytest.raises(NotFound):
        data.write(answer, who.other_manager, key, 2, "越界")
    with pytest.raises(NotAllowed):
        data.write(answer, who.agent, key, 2, "自答")


@pytest.mark.parametrize("text", [" ", "长" * 1001])
def test_an_empty_or_endless_report_is_refused(store: Database, text: str) -> None:
    who = people()
    with pytest.raises(Invalid):
        data.write(report, who.agent, who.channels["S1-C1-A1"], T.PRICE, text)


def test_reports_are_narrowed_by_topic_and_market_tier(store: Database) -> None:
    who = people()
    data.write(alter, who.manager, who.channels["S1-C1"], 1, Facts("北区中心", market_tier=MarketTier.URBAN))
    data.write(report, who.manager, who.channels["S1-C1"], T.PRICE, "市区价格战")
    data.write(report, who.manager, who.channels["S1"], T.DEMAND, "需求回升")
    assert [each.text for each in seen_by(who.manager, (T.DEMAND,))] == ["需求回升"]
    assert [each.text for each in seen_by(who.manager, (), (MarketTier.URBAN,))] == ["市区价格战"]

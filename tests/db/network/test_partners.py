"""Evaluating a partner: the weighted total, visits that stay, one decision, and becoming a node by the rules."""

from datetime import date

import pytest
from sqlalchemy import update

from db.engine import Database
from db.tables import Partner as Row
from db.terms import ChannelKind, PartnerCriterion, PartnerState
from lib import data
from lib.access import Scope
from lib.network.evaluating import decide, join, mark, propose, visit
from lib.network.partners import Mark, Partner, partners, total
from lib.network.reading import nodes
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.words import words
from tests.facts import facts
from tests.personas import Personas, people

C, K, S = PartnerCriterion, ChannelKind, PartnerState
MARKS = tuple(
    Mark(criterion, value, "实地查看")
    for criterion, value in ((C.CAPITAL, 80), (C.PREMISES, 70), (C.TEAM, 60), (C.REGION, 90), (C.REPUTATION, 100))
)


def proposed(who: Personas) -> int:
    return data.write(propose, who.channel_manager, "青石车行", K.AREA_AGENT, who.channels["S1-C1"], "青石县")


def only() -> Partner:
    (found,) = data.read(partners, Scope())
    return found


def test_the_total_weighs_the_criteria_and_waits_for_all_of_them() -> None:
    assert str(total(MARKS)) == "79.5"  # 0.25·80 + 0.2·70 + 0.2·60 + 0.15·90 + 0.2·100
    assert total((*MARKS[:-1], Mark(C.REPUTATION))) is None


def test_a_partner_is_marked_visited_accepted_and_becomes_a_node(store: Database) -> None:
    who = people()
    key = proposed(who)
    data.write(mark, who.channel_manager, key, 1, MARKS)
    data.write(visit, who.channel_manager, key, date(2026, 5, 4), "展厅 300 平")
    data.write(visit, who.channel_manager, key, date(2026, 5, 9), "资金到位")
    assert str(only().total) == "79.5"
    assert [each.findings for each in only().visits] == ["资金到位", "展厅 300 平"]
    with pytest.raises(Invalid):
        data.write(join, who.channel_manager, key, 2, "S1-C1-A2")
    data.write(decide, who.channel_manager, key, 2, S.ACCEPTED, "条件符合")
    with pytest.raises(Invalid, match="taken"):
        data.write(join, who.channel_manager, key, 3, "S1-C1-A1")
    node = data.write(join, who.channel_manager, key, 3, "S1-C1-A2")
    (found,) = (each for each in data.read(nodes, Scope()) if each.id == node)
    assert (found.name, found.parent_id, found.territory) == ("青石车行", who.channels["S1-C1"], "青石县")
    assert only().channel_id == node
    with pytest.raises(Invalid):
        data.write(join, who.channel_manager, key, 4, "S1-C1-A3")


def test_a_decided_partner_stands(store: Database) -> None:
    who = people()
    key = proposed(who)
    with pytest.raises(Invalid):
        data.write(decide, who.manager, key, 1, S.REJECTED, " ")
    data.write(decide, who.manager, key, 1, S.REJECTED, "场地不足")
    with pytest.raises(Invalid):
        data.write(decide, who.manager, key, 2, S.ACCEPTED, "改判")
    with pytest.raises(Invalid):
        data.write(visit, who.manager, key, date(2026, 5, 4), "再访")


def test_accepting_needs_every_mark_and_a_visit_rejecting_its_reason_alone(store: Database) -> None:
    who = people()
    key = proposed(who)
    with pytest.raises(Invalid) as refused:
        data.write(decide, who.manager, key, 1, S.ACCEPTED, "条件符合")
    assert words("zh").of(refused.value).endswith("尚无考察记录，未评分：资金、场地、团队、区域、信誉。")
    data.write(mark, who.manager, key, 1, MARKS[:-1])
    data.write(visit, who.manager, key, date(2026, 5, 4), "展厅 300 平")
    with pytest.raises(Invalid) as refused:
        data.write(decide, who.manager, key, 2, S.ACCEPTED, "条件符合")
    assert words("en").of(refused.value).endswith("There is no mark on: Reputation.")
    data.write(mark, who.manager, key, 2, MARKS)
    data.write(decide, who.manager, key, 3, S.ACCEPTED, "条件符合")
    assert only().state is S.ACCEPTED


def test_marks_without_a_visit_accept_nobody(store: Database) -> None:
    who = people()
    key = proposed(who)
    data.write(mark, who.manager, key, 1, MARKS)
    with pytest.raises(Invalid, match="No visit is noted"):
        data.write(decide, who.manager, key, 2, S.ACCEPTED, "条件符合")
    assert only().state is S.VISITING


def test_a_mark_without_evidence_a_visit_to_come_and_a_wrong_parent_are_refused(store: Database) -> None:
    who = people()
    key = proposed(who)
    for wrong in (Mark(C.TEAM, 101, "好"), Mark(C.TEAM, 80, " ")):
        with pytest.raises(Invalid):
            data.write(mark, who.channel_manager, key, 1, (wrong,))
    with pytest.raises(Invalid):
        data.write(visit, who.channel_manager, key, date(2099, 1, 1), "未来")
    with pytest.raises(Invalid, match="directly to a 4S store"):
        data.write(propose, who.channel_manager, "车行", K.EXCLUSIVE_STORE, who.channels["S1-C1"])
    assert only().total is None


def test_a_number_in_a_partners_territory_is_masked(store: Database) -> None:
    who = people()
    key = data.write(
        propose, who.manager, "青石车行", K.AREA_AGENT, who.channels["S1-C1"], "青石县，联系 13812348000"
    )  # fmt: skip
    assert only().territory == "青石县，联系 138****8000"
    with facts(who) as f:
        f.session.execute(update(Row).where(Row.id == key).values(territory="13812348000", decision="13812348000"))
    (found,) = data.fresh(partners, Scope())
    assert (found.territory, found.decision) == ("138****8000", "138****8000")


def test_the_second_of_two_is_told_and_others_are_turned_away(store: Database) -> None:
    who = people()
    key = proposed(who)
    data.write(mark, who.channel_manager, key, 1, MARKS)
    with pytest.raises(Conflict):
        data.write(mark, who.manager, key, 1, MARKS[:1])
    with pytest.raises(NotFound):
        data.write(mark, who.other_manager, key, 2, MARKS)
    with pytest.raises(NotAllowed):
        data.write(mark, who.agent, key, 2, MARKS)
    assert data.read(partners, who.other_manager.scope) == ()

"""Adding, changing, closing and reopening a node: who may, which rule is named, what keeps a node open."""

from decimal import Decimal

import pytest
from sqlalchemy import select, update

from db.engine import Database
from db.tables import AuditEntry, Channel, Lead
from db.terms import ChannelKind, LeadStatus, MarketTier, Subject
from lib import data
from lib.access import Actor, Scope
from lib.channels.figures import network
from lib.network.editing import Facts, add, alter, close, reopen
from lib.network.reading import Node, nodes, parents, reminders
from lib.periods import parse
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from tests.facts import at, facts
from tests.personas import Personas, people

K = ChannelKind


def found(code: str) -> Node:
    return next(each for each in data.read(nodes, Scope()) if each.code == code)


def put(who: Personas, code: str, kind: ChannelKind, parent: str | None, actor: Actor | None = None) -> int:
    above = who.channels[parent] if parent else None
    return data.write(add, actor or who.channel_manager, code, kind, above, Facts(f"新{code}"))


def test_a_node_is_added_with_its_path_audited_and_told_to_all(store: Database) -> None:
    who = people()
    before = data.fresh(data.versions)[Subject.CHANNELS]
    key = put(who, "S1-C2", K.DISTRIBUTION_CENTRE, "S1")
    assert found("S1-C2").path == f"{who.channels['S1']}.{key}."
    assert data.fresh(data.versions)[Subject.CHANNELS] > before
    entry = data.fresh(lambda connection: connection.execute(select(AuditEntry.action, AuditEntry.subject_id)).one())
    assert tuple(entry) == ("channel.added", key)


@pytest.mark.parametrize(
    ("kind", "parent", "rule"),
    [
        (K.DISTRIBUTION_CENTRE, "S1-C1", "directly to a 4S store"),
        (K.STORE, "S1", "has no parent"),
        (K.AREA_AGENT, "S1", "a regional agent or a distribution centre"),
        (K.TERMINAL_DEALER, "S1-C1-A1", "below a regional agent"),
    ],
)
def test_a_wrong_parent_is_refused_with_its_rule(store: Database, kind: ChannelKind, parent: str, rule: str) -> None:
    with pytest.raises(Invalid, match=rule):
        put(people(), "NEW", kind, parent)


def test_only_parents_that_the_rules_allow_are_offered(sqlite_store: Database) -> None:
    who = people()

    def offered(kind: ChannelKind) -> list[str]:
        return [each.code for each in parents(data.fresh(nodes, Scope()), kind)]

    assert offered(K.AREA_AGENT) == ["S1-C1"]
    assert offered(K.TERMINAL_DEALER) == [], "the only area agent stands below a distribution centre"
    who.channels["S1-R1"] = put(who, "S1-R1", K.REGIONAL_AGENT, "S1")
    put(who, "S1-R1-A1", K.AREA_AGENT, "S1-R1")
    assert offered(K.TERMINAL_DEALER) == ["S1-R1-A1"]


@pytest.mark.parametrize("code", ["S1", "S2", " ", "A B", "*", "A~1", "长" * 41])
def test_a_code_that_is_taken_or_cannot_be_is_refused(store: Database, code: str) -> None:
    with pytest.raises(Invalid):
        put(people(), code, K.DISTRIBUTION_CENTRE, "S1")


def test_only_who_keeps_the_network_edits_it_and_only_in_the_own_area(store: Database) -> None:
    who = people()
    for actor in (who.finance, who.agent, who.consultant, who.admin):
        with pytest.raises(NotAllowed):
            put(who, "NEW", K.DISTRIBUTION_CENTRE, "S1", actor)
    with pytest.raises(NotFound):
        put(who, "NEW", K.DISTRIBUTION_CENTRE, "S2")
    with pytest.raises(NotFound):
        data.write(alter, who.channel_manager, who.channels["S2"], 1, Facts("改"))
    with pytest.raises(Invalid, match="whole group"):
        put(who, "S3", K.STORE, None)
    assert put(who, "S3", K.STORE, None, who.boss)


def test_a_number_in_what_is_said_of_a_node_is_masked_where_it_is_read(store: Database) -> None:
    who = people()
    data.write(alter, who.manager, who.channels["S1-C1"], 1, Facts("北区 13812348000", "临江区 13812348000"))
    assert (found("S1-C1").name, found("S1-C1").territory) == ("北区 138****8000", "临江区 138****8000")
    (node,) = (each for each in data.fresh(network, Scope(), parse("2026-11")) if each.code == "S1-C1")
    assert (node.name, node.territory) == ("北区 138****8000", "临江区 138****8000")


def test_what_is_said_of_a_node_changes_once_seen(store: Database) -> None:
    who = people()
    key, new = who.channels["S1-C1"], Facts("北区新中心", "临江区", Decimal("0.51"), MarketTier.PREFECTURE)
    data.write(alter, who.channel_manager, key, 1, new)
    node = found("S1-C1")
    assert (node.name, node.territory, node.equity_share, node.market_tier) == (
        "北区新中心", "临江区", Decimal("0.51"), MarketTier.PREFECTURE,
    )  # fmt: skip
    with pytest.raises(Conflict):
        data.write(alter, who.manager, key, 1, Facts("别名"))
    with pytest.raises(Invalid):
        data.write(alter, who.manager, key, 2, Facts("别名", equity_share=Decimal("1.01")))
    with pytest.raises(Invalid):
        data.write(alter, who.manager, key, 2, new)


def test_a_node_closes_when_nothing_is_open_there_and_reopens(store: Database) -> None:
    who = people()
    with pytest.raises(Invalid, match="2 people"):
        data.write(close, who.channel_manager, who.channels["S1-C1-A1"], 1)
    with pytest.raises(Invalid, match="1 working nodes"):
        data.write(close, who.channel_manager, who.channels["S1-C1"], 1)
    key = put(who, "S1-C1-A2", K.AREA_AGENT, "S1-C1")
    data.write(close, who.channel_manager, key, 1)
    assert not found("S1-C1-A2").active
    assert found("S1-C1-A2").closed_on
    with pytest.raises(Invalid):
        data.write(close, who.channel_manager, key, 2)
    data.write(reopen, who.channel_manager, key, 2)
    assert (found("S1-C1-A2").active, found("S1-C1-A2").closed_on) == (True, None)


def test_an_open_lead_keeps_its_node_open_and_a_closed_one_does_not(store: Database) -> None:
    with facts() as f:
        f.personas.channels["S1-X"] = f.put(
            Channel, code="S1-X", name="专卖店", kind=K.EXCLUSIVE_STORE, parent_id=f.personas.channels["S1"],
            path=f"{f.personas.channels['S1']}.99.",
        )  # fmt: skip
        f.lead("2026-05-01", channel="S1-X", closed_at=at("2026-05-02"), status=LeadStatus.LOST)
        lead = f.lead("2026-05-01", channel="S1-X")
    who = f.personas
    with pytest.raises(Invalid, match="1 open leads"):
        data.write(close, who.channel_manager, who.channels["S1-X"], 1)
    with facts(who) as f:
        f.session.execute(update(Lead).where(Lead.id == lead).values(closed_at=at("2026-05-03")))
    data.write(close, who.channel_manager, who.channels["S1-X"], 1)


def test_a_store_with_too_few_or_too_many_centres_is_named(store: Database) -> None:
    who = people()
    assert [(each.store, each.centres) for each in reminders(data.read(nodes, who.manager.scope))] == [("东风店", 1)]
    for number in range(2, 5):
        put(who, f"S1-C{number}", K.DISTRIBUTION_CENTRE, "S1")
        assert reminders(data.read(nodes, who.manager.scope)) == ()
    put(who, "S1-C5", K.DISTRIBUTION_CENTRE, "S1")
    assert [each.centres for each in reminders(data.read(nodes, who.manager.scope))] == [5]


def test_a_number_in_a_name_is_shown_masked_and_kept_when_something_else_is_changed(store: Database) -> None:
    who = people()
    key = data.write(
        add,
        who.manager,
        "S1-C9",
        ChannelKind.DISTRIBUTION_CENTRE,
        who.channels["S1"],
        Facts("南店 13812348000", "南区"),
    )
    shown = found("S1-C9")
    assert shown.name == "南店 138****8000"
    data.write(alter, who.manager, key, shown.version, Facts(shown.name, "北区"))
    with store.reading.connect() as connection:
        kept = connection.execute(select(Channel.name, Channel.territory).where(Channel.id == key)).one()
    assert kept == ("南店 13812348000", "北区")

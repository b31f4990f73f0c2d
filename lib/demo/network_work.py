"""The work on the made-up network: market tiers, what nodes reported, partners under evaluation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from db.terms import ChannelKind, FeedbackTopic, MarketTier, PartnerState
from lib import clock, data, settings, users
from lib.access import SYSTEM, Actor
from lib.actors import active_user, actor_of
from lib.network import editing, evaluating, feedback
from lib.network.editing import Facts
from lib.network.partners import WEIGHTS, Mark
from lib.network.reading import Node, nodes

T, M, K = FeedbackTopic, MarketTier, ChannelKind

KEEPER = "channel"  # who writes down what the nodes say

TIERS = {
    "DH": M.URBAN, "DH-C1": M.PREFECTURE, "DH-C1-A1": M.PREFECTURE, "DH-C1-A2": M.PREFECTURE, "DH-C2": M.PREFECTURE,
    "DH-C2-A1": M.PREFECTURE, "DH-R1": M.PREFECTURE, "DH-R1-A1": M.PREFECTURE, "DH-X1": M.MALL, "NL": M.URBAN,
    "NL-C1": M.PREFECTURE, "NL-X1": M.MALL,
}  # fmt: skip
REPORTS = (  # how many days ago, where, about what, what was done about it and how many days later
    (47, "DH-C2-A1", T.DEMAND, "赶集日来看皮卡的多，问能否试装农具", "下次赶集派一台皮卡外展", 3),
    (39, "NL-C1-A1", T.PRODUCT, "客户希望增加白色现车", None, 0),
    (31, "DH-C1-A2", T.OTHER, "县里发放购车补贴，限本县上牌", "店内张贴办理说明", 2),
    (22, "DH-C2-A1", T.PRICE, "客户反映外地报价更低", "核对指导价，请市场管理跟查窜货", 4),
    (12, "DH-C1-A1", T.DEMAND, "返乡客户增多，问七座车型的多", None, 0),
    (3, "DH-C1-A1", T.COMPETITOR, "邻县竞品店本周做清库促销，同级车低三千元", "申请临江片区限时置换补贴", 1),
)
PARTNERS = (
    ("白鹭镇诚信汽贸", K.AREA_AGENT, "DH-C2", "白鹭镇", (82, 75, 68, 90, 85), "展厅约三百平，临主路", None),
    ("青石县兴达车行", K.AREA_AGENT, "DH-C1", "青石县", (70, 60, 72, 55, 80), "与现有代理相距两公里",
     (PartnerState.REJECTED, "区域与现有代理重叠")),
    ("松岗远洋汽车", K.AREA_AGENT, "NL-C2", "青石县", (88, 85, 80, 78, 92), "售后工位六个，人员到位",
     (PartnerState.ACCEPTED, "条件符合，团队稳定")),
    ("河口新城汽贸", K.TERMINAL_DEALER, "DH-R1-A1", "河口县", (), "初次到访，负责人接待", None),
)  # fmt: skip


def work() -> None:
    """Do the made-up work by the commands that people use."""
    found = {each.code: each for each in data.fresh(nodes, SYSTEM.scope)}
    for code, tier in TIERS.items():
        _serve(found[code], tier)
    who = data.fresh(_keeper)
    for ago, code, topic, text, action, later in REPORTS:
        key = _then(ago, feedback.report, found[code].id, topic, text)
        if action:
            _then(ago - later, feedback.answer, key, 1, action)
    for partner in PARTNERS:
        _evaluate(who, found, *partner)


def _then(ago: int, command: Callable[..., Any], *typed: Any) -> Any:
    """Run a command as if it were so many days ago, by who keeps the network."""
    with data.transaction(SYSTEM, clock.now() - timedelta(days=ago)) as change:
        change.actor = _keeper(change.connection)
        change.subjects |= command.subjects  # type: ignore[attr-defined]
        return command(change, *typed)


def _keeper(connection: Connection) -> Actor:
    return actor_of(connection.execute(active_user(users.id_of(connection, KEEPER))).one())


def _serve(node: Node, tier: MarketTier) -> None:
    facts = Facts(node.name, node.territory or "", node.equity_share, tier)
    data.write(editing.alter, SYSTEM, node.id, node.version, facts)


def _evaluate(
    who: Actor, found: dict[str, Node], name: str, kind: ChannelKind, below: str, territory: str,
    marks: tuple[int, ...], findings: str, decided: tuple[PartnerState, str] | None,
) -> None:  # fmt: skip
    key, seen = data.write(evaluating.propose, who, name, kind, found[below].id, territory, M.PREFECTURE), 1
    yesterday = clock.business_day(clock.now(), settings.load().zone) - timedelta(days=1)
    data.write(evaluating.visit, who, key, yesterday, findings)
    if marks:
        card = tuple(Mark(criterion, value, findings) for criterion, value in zip(WEIGHTS, marks, strict=True))
        data.write(evaluating.mark, who, key, seen, card)
        seen += 1
    if decided:
        data.write(evaluating.decide, who, key, seen, *decided)

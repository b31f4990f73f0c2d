"""The loss reasons a database starts with (model.md, "Loss reasons"); managers edit the rows afterwards."""

from sqlalchemy import Connection, insert

from db.tables import LossReason
from db.terms import Controllable, LossDomain

Y, P, N, U = Controllable.YES, Controllable.PARTLY, Controllable.NO, Controllable.UNSET

Reason = tuple[str, str, str]
Group = tuple[Reason, Controllable, list[Reason]]

RENEWAL: list[Group] = [
    (("price", "价格", "Price"), Y, [
        ("price_other_agency", "同司他店更低", "Cheaper at another agency"),
        ("price_other_insurer", "他司更低", "Cheaper at another insurer"),
        ("price_direct", "电网销更低", "Cheaper online or by phone"),
        ("gift", "礼品权益不足", "Gifts and benefits too small"),
    ]),
    (("competitor", "竞争渠道", "Competing channel"), Y, [
        ("insurer_direct", "保险公司直销", "Insurer's direct sales"),
        ("broker", "中介经纪", "Broker"),
        ("other_dealer", "其他4S店", "Another 4S store"),
        ("acquaintance", "熟人代办", "Through an acquaintance"),
    ]),
    (("service", "服务", "Service"), Y, [
        ("claim_service", "理赔不满", "Unhappy with a claim"),
        ("repair_service", "维修不满", "Unhappy with a repair"),
        ("late_follow_up", "跟进不及时", "Followed up too late"),
        ("quote_error", "报价错误", "Wrong quote"),
    ]),
    (("unreachable", "联系不上", "Unreachable"), P, [
        ("dead_number", "空号停机", "Dead number"),
        ("no_answer", "多次无人接听", "Never answers"),
        ("refused_call", "拒接", "Refuses calls"),
    ]),
    (("vehicle", "车辆变动", "Vehicle changed"), N, [
        ("vehicle_sold", "已售或过户", "Sold or transferred"),
        ("vehicle_scrapped", "报废", "Scrapped"),
        ("vehicle_laid_up", "停驶", "Laid up"),
    ]),
    (("customer", "客户变动", "Customer changed"), N, [
        ("moved_away", "迁往外地", "Moved away"),
        ("insured_elsewhere", "外地投保", "Insured elsewhere"),
        ("company_plan", "公司统保", "Company plan"),
    ]),
    (("underwriting", "核保", "Underwriting"), N, [
        ("declined", "拒保或加费", "Declined or surcharged"),
        ("high_claims", "高出险", "Many claims"),
    ]),
    (("other", "其他", "Other"), U, [("other", "其他", "Other")]),
]  # fmt: skip

LEAD: list[Group] = [
    (("price", "价格", "Price"), Y, [
        ("price_gap", "价格不到位", "Price not met"),
        ("gift", "礼品权益不足", "Gifts and benefits too small"),
    ]),
    (("product", "产品", "Product"), P, [
        ("no_stock", "没有现车", "No car in stock"),
        ("configuration", "配置不符", "Wrong configuration"),
        ("competing_model", "竞品车型", "Competing model"),
    ]),
    (("competitor", "竞争渠道", "Competing channel"), Y, [("other_dealer", "其他经销商", "Another dealer")]),
    (("service", "服务", "Service"), Y, [
        ("reception", "接待不满", "Unhappy with the reception"),
        ("late_follow_up", "跟进不及时", "Followed up too late"),
    ]),
    (("condition", "条件", "Conditions"), N, [
        ("loan_declined", "贷款未批", "Loan declined"),
        ("plate_quota", "牌照指标", "Plate quota"),
        ("too_far", "距离太远", "Too far away"),
    ]),
    (("timing", "时机", "Timing"), N, [
        ("postponed", "延期购车", "Purchase postponed"),
        ("no_intent", "无意向", "No intention"),
    ]),
    (("other", "其他", "Other"), U, [("other", "其他", "Other")]),
]  # fmt: skip


def seed(connection: Connection) -> None:
    """Insert both dictionaries into an empty table."""
    for domain, groups in ((LossDomain.RENEWAL, RENEWAL), (LossDomain.LEAD, LEAD)):
        for position, (group, controllable, members) in enumerate(groups):
            parent = _insert(connection, domain, None, group, controllable, position)
            for place, member in enumerate(members):
                _insert(connection, domain, parent, member, controllable, place)


def _insert(
    connection: Connection, domain: LossDomain, parent: int | None, reason: Reason, control: Controllable, position: int
) -> int:
    slug, name, name_en = reason
    row = connection.execute(
        insert(LossReason).values(
            domain=domain, parent_id=parent, slug=slug, name=name, name_en=name_en, controllable=control,
            position=position, active=True,
        ).returning(LossReason.id)
    )  # fmt: skip
    return row.scalar_one()

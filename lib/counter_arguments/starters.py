"""The arguments a database starts with (W4); managers edit the rows afterwards. Facts only: nothing that is not so."""

from sqlalchemy import Connection, insert, select

from db.tables import CounterArgument, LossReason
from db.terms import LossDomain

Argument = tuple[str, str]

RENEWAL: dict[str, list[Argument]] = {
    "price": [
        ("优惠", "先请客户把对方报价单发来，逐项对齐保额、险种和增值服务再比价；同样保障还有差价的，当场报经理核价。"),
        ("质量保障", "本店按厂家工艺维修、用原厂配件，记录入档；低价单常限定维修厂，出险后配件和工时可能受限。"),
        ("索赔", "出险可直接来店，定损、维修、交车由店里一手办理；请对方写明出险后由谁定损、由谁跟进。"),
        ("专业性", "和客户一起看三者保额、车损和医保外用药责任：省下的保费与一次事故的自付部分比一比。"),
    ],
    "competitor": [
        ("售后", "保单在店里，保养、年检、理赔有专人提醒和办理；别处投保的，要自己联系保险公司和维修厂。"),
        ("诚信", "报价单写明每一项金额和优惠的来源，不承诺保单以外的返现；请客户确认对方的承诺是否写在保单上。"),
        ("印象", "介绍客户认识店里的理赔专员，留下直拨电话；提到去年为客户办过的事，让客户知道出事找谁。"),
        ("索赔", "熟人或中介代办的，请客户核对投保人、被保险人和车辆信息，信息不符会影响理赔；我们可以免费帮看保单。"),
    ],
}  # fmt: skip

LEAD: dict[str, list[Argument]] = {
    "price": [
        ("优惠", "先问清对方的价格包含什么：车价、保险、上牌、金融服务费、精品，列成落地价逐项比；差额当场申请。"),
        ("质量保障", "说明车辆来源和生产日期可查，交车前检查表逐项签字；低价车先看库龄、是否展车或试驾车。"),
        ("诚信", "合同写明总价和赠品，签后不加价、不捆绑；请客户让对方也写进合同再比较。"),
        ("售后", "介绍首保、保养预约、代步和救援怎么安排；三年用车成本一起算，不只看今天的车价。"),
    ],
    "competitor": [
        ("印象", "邀请客户带家人再来店一次，由同一位顾问接待，安排试驾客户最常走的路线。"),
        ("专业性", "用竞品对比表讲清配置差别，只讲查得到的参数，不贬低对方；客户最在意的三点当面演示。"),
        ("售后", "带客户看售后车间和配件库，介绍以后的服务顾问；离家距离、预约等待时间都可以实地比较。"),
        ("索赔", "说明三包和质量索赔在本店怎么办：受理、检测、换件、代步的流程和时限，遇到问题找谁。"),
    ],
}  # fmt: skip


def seed(connection: Connection) -> None:
    """Insert the arguments into an empty table, under the first level of their reasons."""
    for domain, groups in ((LossDomain.RENEWAL, RENEWAL), (LossDomain.LEAD, LEAD)):
        firsts = connection.execute(
            select(LossReason.slug, LossReason.id).where(
                LossReason.domain == domain, LossReason.parent_id.is_(None), LossReason.slug.in_(groups)
            )
        )
        rows = [
            {"domain": domain, "loss_reason_id": reason_id, "title": title, "text": text, "position": place}
            for slug, reason_id in firsts
            for place, (title, text) in enumerate(groups[slug])
        ]
        if rows:
            connection.execute(insert(CounterArgument), rows)

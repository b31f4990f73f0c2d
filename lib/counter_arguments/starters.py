"""The arguments a database starts with (W4); managers edit the rows afterwards. Facts only: nothing that is not so."""

from sqlalchemy import Connection, insert, select, update

from db.tables import CounterArgument, LossReason
from db.terms import LossDomain

TITLES = {
    "优惠": "Discount", "质量保障": "Quality", "索赔": "Claims", "专业性": "Expertise", "售后": "After-sales",
    "诚信": "Honesty", "印象": "Impression",
}  # fmt: skip

Argument = tuple[str, str, str]
"""The title and the text in Chinese, the text in English."""

RENEWAL: dict[str, list[Argument]] = {
    "price": [
        ("优惠", "先请客户把对方报价单发来，逐项对齐保额、险种和增值服务再比价；同样保障还有差价的，当场报经理核价。",
         "Ask for the other quote and compare like with like first: sums insured, covers, services. If a gap remains "
         "for the same cover, put it to the manager on the spot."),
        ("质量保障", "本店按厂家工艺维修、用原厂配件，记录入档；低价单常限定维修厂，出险后配件和工时可能受限。",
         "We repair as the maker prescribes, with original parts, and keep a record. Cheap policies often name the "
         "workshop; parts and hours may then be limited after an accident."),
        ("索赔", "出险可直接来店，定损、维修、交车由店里一手办理；请对方写明出险后由谁定损、由谁跟进。",
         "After an accident come straight to us: assessment, repair and hand-over from one hand. Ask the other side to "
         "write down who assesses the damage and who follows it up."),
        ("专业性", "和客户一起看三者保额、车损和医保外用药责任：省下的保费与一次事故的自付部分比一比。",
         "Look together at third-party cover, own damage and drugs outside the health insurance: hold the premium "
         "saved against what one accident leaves to pay."),
    ],
    "competitor": [
        ("售后", "保单在店里，保养、年检、理赔有专人提醒和办理；别处投保的，要自己联系保险公司和维修厂。",
         "With the policy at the store, someone reminds and takes care of service, inspection and claims; insured "
         "elsewhere, the customer calls the insurer and the workshop."),
        ("诚信", "报价单写明每一项金额和优惠的来源，不承诺保单以外的返现；请客户确认对方的承诺是否写在保单上。",
         "Our quote states every amount and where a discount comes from, and promises no cash beside the policy. Is "
         "what the other side promises written in theirs?"),
        ("印象", "介绍客户认识店里的理赔专员，留下直拨电话；提到去年为客户办过的事，让客户知道出事找谁。",
         "Introduce the store's claims officer and leave the direct number; mention what was done for the customer "
         "last year, so that it is clear whom to call."),
        ("索赔", "熟人或中介代办的，请客户核对投保人、被保险人和车辆信息，信息不符会影响理赔；我们可以免费帮看保单。",
         "Arranged by a friend or a broker: have policyholder, insured and vehicle checked, as wrong entries affect a "
         "claim. We read the policy over free of charge."),
    ],
}  # fmt: skip

LEAD: dict[str, list[Argument]] = {
    "price": [
        ("优惠", "先问清对方的价格包含什么：车价、保险、上牌、金融服务费、精品，列成落地价逐项比；差额当场申请。",
         "First ask what the other price includes: car, insurance, plates, finance fee, accessories. Compare the "
         "on-the-road price item by item; apply for the difference on the spot."),
        ("质量保障", "说明车辆来源和生产日期可查，交车前检查表逐项签字；低价车先看库龄、是否展车或试驾车。",
         "Origin and date of manufacture can be looked up, and every item of the pre-delivery check is signed. Of a "
         "cheap car ask first how long it stood, and whether it was a show or test car."),
        ("诚信", "合同写明总价和赠品，签后不加价、不捆绑；请客户让对方也写进合同再比较。",
         "The contract states the total and the gifts; nothing is added or tied in after signing. Have the other side "
         "write theirs down too, then compare."),
        ("售后", "介绍首保、保养预约、代步和救援怎么安排；三年用车成本一起算，不只看今天的车价。",
         "Explain first service, appointments, loan cars and roadside help; work out three years of running costs, not "
         "only today's price."),
    ],
    "competitor": [
        ("印象", "邀请客户带家人再来店一次，由同一位顾问接待，安排试驾客户最常走的路线。",
         "Invite the customer to come again with the family; the same consultant receives them, and the test drive "
         "takes the road they drive most."),
        ("专业性", "用竞品对比表讲清配置差别，只讲查得到的参数，不贬低对方；客户最在意的三点当面演示。",
         "Show the differences with the comparison sheet, only figures that can be looked up, without running the "
         "other down; demonstrate the three points that matter most to the customer."),
        ("售后", "带客户看售后车间和配件库，介绍以后的服务顾问；离家距离、预约等待时间都可以实地比较。",
         "Show the workshop and the parts store and introduce the service adviser to be; the way from home and the "
         "wait for an appointment can be compared on the spot."),
        ("索赔", "说明三包和质量索赔在本店怎么办：受理、检测、换件、代步的流程和时限，遇到问题找谁。",
         "Explain how warranty claims are handled here: acceptance, test, replacement, loan car, how long each takes, "
         "and whom to turn to."),
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
            {"domain": domain, "loss_reason_id": reason_id, "title": title, "title_en": TITLES[title], "text": text,
             "text_en": text_en, "position": place}
            for slug, reason_id in firsts
            for place, (title, text, text_en) in enumerate(groups[slug])
        ]  # fmt: skip
        if rows:
            connection.execute(insert(CounterArgument), rows)


def translate(connection: Connection) -> None:
    """Give those of them that a database holds in Chinese alone, as older ones do, their English."""
    for title, text, text_en in (each for groups in (RENEWAL, LEAD) for told in groups.values() for each in told):
        connection.execute(
            update(CounterArgument)
            .where(CounterArgument.title == title, CounterArgument.text == text, CounterArgument.text_en == text)
            .values(title_en=TITLES[title], text_en=text_en)
        )

"""The stages of a renewal and the scripts a database starts with (R3, domain.md B2); managers edit the rows."""

from datetime import date

from sqlalchemy import Connection, insert

from db.tables import Script
from db.terms import Stage

UP_TO = ((0, Stage.S0), (7, Stage.S7), (15, Stage.S15), (30, Stage.S30), (60, Stage.S60))  # days before due_on
SALVAGE_DAYS = 30  # days past due_on in which a lapsed customer is still won back by phone

SCRIPTS: dict[Stage, tuple[str, str]] = {
    Stage.S90: (
        "核对客户电话、车牌和用车情况，确认保单到期日；说明到期前会主动联系，问清方便接听的时间。",
        "Check phone, plate and how the car is used; confirm the expiry day. Say that we will call before it, and ask "
        "when calling suits.",
    ),
    Stage.S60: (
        "提醒两个月后到期，介绍在店续保的便利（理赔直通、代步、保养权益），邀约到店或预约报价时间。",
        "Remind that the policy expires in two months; name what renewing here brings (claims on site, loan car, "
        "service benefits). Invite, or agree when to quote.",
    ),
    Stage.S30: (
        "已进入可出单期：确认险种和三者保额，报出试算保费，经客户同意后发送短信报价，三日内电话回访。",
        "The policy can be issued now: confirm lines and liability limit, quote, send the quote by SMS if the customer "
        "agrees, and call within three days.",
    ),
    Stage.S15: (
        "询问对报价的想法，有他店报价的问清公司、险种和差价，逐项对比；有异议当场解答，约定到店时间。",
        "Ask what they think of the quote. If another has quoted, note insurer, lines and gap, and compare line by "
        "line. Answer doubts now and agree a day to come.",
    ),
    Stage.S7: (
        "说明脱保后果（不能上路、优待系数受影响），确认险种与报价，约定到店或线上出单时间。",
        "Explain what a lapse means (no driving, discount at risk). Confirm lines and price; fix the time "
        "to issue, here or online.",
    ),
    Stage.S0: (
        "逐户电话确认，能当日出单的当日办结；未接通的换时段再打，并请经理协助。",
        "Call until reached; issue today where possible. If nobody answers, call at another hour and "
        "ask the manager to help.",
    ),
    Stage.L30: (
        "先问是否已在别处投保；未投保的提醒脱保风险，争取当日补办；已投保的记录公司、差价和原因。",
        "Ask first whether they insured elsewhere. If not, warn of the risk and issue today; if so, record "
        "insurer, gap and reason.",
    ),
    Stage.L90: (
        "确认车辆是否还在使用、是否已过户；在用未保的重新报价，其余据实登记战败或无效。",
        "Find out whether the car is in use or sold. Quote again if it is uninsured; otherwise record it as "
        "lost or void, truthfully.",
    ),
}


def stage(due_on: date, today: date) -> Stage:
    """The stage of a renewal on a day. Everything further away than 60 days is S90."""
    left = (due_on - today).days
    if left < 0:
        return Stage.L30 if -left <= SALVAGE_DAYS else Stage.L90
    return next((stage for days, stage in UP_TO if left <= days), Stage.S90)


def seed(connection: Connection) -> None:
    """Insert the scripts into an empty table."""
    rows = [{"stage": each, "body": body, "body_en": body_en} for each, (body, body_en) in SCRIPTS.items()]
    connection.execute(insert(Script), rows)

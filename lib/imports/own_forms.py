"""Sheets of our own beside the contract's: what `export` writes so that it loads again to an equal database.

A file may do without any of them. A row names what it belongs to by what people call it, itself by when it was made.
"""

from db.tables.renewals import NO_TIER
from db.terms import (
    AlertKind,
    AlertState,
    ApprovalState,
    ChannelKind,
    ContactMethod,
    ContactOutcome,
    Controllable,
    CountermeasureNoteKind,
    CountermeasureState,
    Cover,
    FeedbackTopic,
    Fuel,
    LeadEventKind,
    LeadSource,
    LossDomain,
    LossReviewState,
    MarketTier,
    Origin,
    PartnerCriterion,
    PartnerState,
    Plan,
    RenewalEventKind,
    RenewalType,
    Tier,
)
from lib import masking
from lib.access import Permission
from lib.imports.cells import code, day, decimal, instant, integer, text, yes_no
from lib.imports.columns import BUSINESS, ORGANISATION, Form, amount, hidden, key, may, money, need
from lib.imports.vocabulary import id_number, mobile, month, plate, policy_number, structure, term, vin

LOSS_REASONS = Form("loss_reasons", "战败原因字典", Permission.DICTIONARY_WRITE, (
    key("domain", "业务", term(LossDomain)),
    key("path", "原因编码", code(129)),
    need("name", "名称", text(100)),
    need("name_en", "英文名称", text(100)),
    need("controllable", "可控性", term(Controllable)),
    need("position", "排序", integer(0, 1000)),
    need("active", "启用", yes_no),
), own=True)  # fmt: skip
CALENDAR = Form("calendar_days", "工作日调整", Permission.DICTIONARY_WRITE, (
    key("day", "日期", day),
    need("is_workday", "上班", yes_no),
    may("note", "说明", text(200)),
), own=True)  # fmt: skip
VEHICLES = Form("vehicles", "车辆", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    may("plate", "车牌号", plate, masking.plate),
    may("car_model", "车型", text(100)),
    may("vehicle_use", "使用性质", text(50)),
    may("seats", "座位数", integer(1, 200)),
    may("displacement", "排量", decimal(6, least=0, most=100_000)),
    may("fuel", "燃料", term(Fuel)),
    may("first_registered_on", "初登日期", day),
    may("claims", "上年出险次数", integer(0, 1000)),
    may("no_claim_coefficient", "无赔系数", decimal(6, least=0, most=10)),
    may("customer_name", "客户姓名", text(100), masking.name),
    may("phone", "手机号", mobile, masking.mobile),
    may("id_number", "证件号", id_number, masking.id_number),
    may("tier", "客户等级", term(Tier)),
    may("sms_consent", "短信同意", yes_no),
    may("consent_at", "同意时间", instant),
    may("consent_how", "同意方式", text(32)),
), own=True)  # fmt: skip
OPT_OUTS = Form("opt_outs", "短信退订", BUSINESS, (
    key("mobile", "手机号", mobile, masking.mobile),
    need("at", "退订时间", instant),
    need("how", "退订方式", text(32)),
), own=True)  # fmt: skip
EVENT_OF_LEAD = (
    need("channel_code", "渠道编码", code()),
    need("consultant", "顾问工号", code()),
    need("source", "来源", term(LeadSource)),
    may("loss_reason", "战败原因", text(100)),
    may("competitor", "竞品", text(100)),
    may("price_gap", "差价", money),
    may("amount", "金额", money),
    may("note", "内容", text(2000), hidden),
    may("entered_by", "录入人工号", code()),
)
PAST = (
    need("superseded_at", "失效时间", instant),
    need("origin", "数据来源", term(Origin)),
)
LEAD_EVENTS = Form("lead_events", "客流经历", BUSINESS, (
    key("lead_no", "客流编号", code()),
    key("at", "时间", instant),
    key("kind", "事件", term(LeadEventKind)),
    key("number", "序号", integer(1, 1000)),
    *EVENT_OF_LEAD,
), own=True)  # fmt: skip
PAST_LEAD_EVENTS = Form("lead_events_superseded", "客流失效经历", BUSINESS, (
    key("lead_no", "客流编号", code()),
    key("at", "时间", instant),
    key("kind", "事件", term(LeadEventKind)),
    key("number", "序号", integer(1, 1000)),
    *PAST,
    *EVENT_OF_LEAD,
), own=True)  # fmt: skip
EVENT_OF_RENEWAL = (
    need("channel_code", "渠道编码", code()),
    may("specialist", "专员工号", code()),
    may("method", "方式", term(ContactMethod)),
    may("outcome", "结果", term(ContactOutcome)),
    may("note", "内容", text(2000), hidden),
    may("callback_on", "下次回访日期", day),
    may("appointment_at", "预约到店时间", instant),
    may("call_due_on", "报价后电话期限", day),
    may("quote_amount", "报价金额", amount),
    may("loss_reason", "战败原因", text(100)),
    may("competitor", "竞争对手", text(100)),
    may("price_gap", "差价", money),
    may("countermeasure", "应对措施", text(1000), hidden),
    may("entered_by", "录入人工号", code()),
)
RENEWAL_EVENTS = Form("renewal_events", "续保经历", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    key("due_on", "到期日", day),
    key("at", "时间", instant),
    key("kind", "事件", term(RenewalEventKind)),
    key("number", "序号", integer(1, 1000)),
    *EVENT_OF_RENEWAL,
), own=True)  # fmt: skip
PAST_RENEWAL_EVENTS = Form("renewal_events_superseded", "续保失效经历", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    key("due_on", "到期日", day),
    key("at", "时间", instant),
    key("kind", "事件", term(RenewalEventKind)),
    key("number", "序号", integer(1, 1000)),
    may("set_aside_at", "并案时间", instant),
    *PAST,
    *EVENT_OF_RENEWAL,
    may("insurer", "保险公司", text(100)),
    may("policy_no", "保单号", policy_number),
), own=True)  # fmt: skip
SET_ASIDE = Form("renewals_set_aside", "已并案续保", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    key("due_on", "到期日", day),
    key("closed_at", "并案时间", instant),
    need("channel_code", "渠道编码", code()),
    need("type", "类型", term(RenewalType)),
    need("void_reason", "原因", text(200), hidden),
    may("owner", "专员工号", code()),
    may("quoted_at", "报价时间", instant),
    may("commercial_prior", "有商业险", yes_no, default=False),
    may("commercial_renewed", "商业险已续", yes_no, default=False),
    may("won_back_from", "原战败到期日", day),
    may("tier_rank", "等级顺位", integer(1, NO_TIER), default=NO_TIER),
), own=True)  # fmt: skip
REVIEW = (
    need("state", "状态", term(LossReviewState)),
    may("question", "退回问题", text(1000), hidden),
    may("reviewed_by", "审核人工号", code()),
    need("reviewed_at", "审核时间", instant),
    may("answer", "答复", text(1000), hidden),
    may("answered_by", "答复人工号", code()),
    may("answered_at", "答复时间", instant),
)
LEAD_REVIEWS = Form("lead_loss_reviews", "客流战败审核", BUSINESS, (
    key("lead_no", "客流编号", code()),
    key("at", "战败时间", instant),
    *REVIEW,
), own=True)  # fmt: skip
RENEWAL_REVIEWS = Form("renewal_loss_reviews", "续保战败审核", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    key("at", "战败时间", instant),
    *REVIEW,
), own=True)  # fmt: skip
COUNTERMEASURES = Form("countermeasures", "战败对策", BUSINESS, (
    key("created_at", "登记时间", instant),
    need("domain", "业务", term(LossDomain)),
    need("loss_reason", "原因编码", code(129)),
    may("channel_code", "渠道编码", code()),
    may("person", "针对人员工号", code()),
    may("insurer", "保险公司", text(100)),
    may("car_model", "车型", text(100)),
    need("what", "措施", text(1000), hidden),
    need("owner", "负责人工号", code()),
    need("start_on", "开始日期", day),
    need("due_on", "完成期限", day),
    need("state", "状态", term(CountermeasureState)),
    may("created_by", "登记人工号", code()),
    may("closed_at", "结束时间", instant),
), own=True)  # fmt: skip
COUNTERMEASURE_NOTES = Form("countermeasure_notes", "战败对策记录", BUSINESS, (
    key("created_at", "登记时间", instant),
    key("at", "时间", instant),
    key("kind", "类型", term(CountermeasureNoteKind)),
    may("state", "状态", term(CountermeasureState)),
    may("text", "内容", text(1000), hidden, default=""),
    may("actor", "记录人工号", code()),
), own=True)  # fmt: skip
FREEZES = Form("forecast_freezes", "预报冻结", BUSINESS, (
    key("channel_code", "渠道编码", code()),
    key("month", "月份", month),
    key("frozen_at", "冻结时间", instant),
    may("frozen_by", "冻结人工号", code()),
    may("thawed_at", "解冻时间", instant),
    may("thawed_by", "解冻人工号", code()),
    may("reason", "解冻原因", text(500), hidden),
), own=True)  # fmt: skip
ALERTS = Form("alert_settlements", "预警处理", BUSINESS, (
    key("kind", "预警类型", term(AlertKind)),
    key("channel_code", "渠道编码", code()),
    key("case", "预警对象", code(80)),
    need("state", "处理结果", term(AlertState)),
    need("note", "说明", text(500), hidden),
    may("settled_by", "处理人工号", code()),
    need("settled_at", "处理时间", instant),
), own=True)  # fmt: skip
FEEDBACK = Form("feedback", "市场反馈", BUSINESS, (
    key("channel_code", "渠道编码", code()),
    key("at", "时间", instant),
    need("topic", "主题", term(FeedbackTopic)),
    need("text", "内容", text(1000), hidden),
    may("actor", "反馈人工号", code()),
    may("action", "处理措施", text(1000), hidden),
    may("answered_by", "答复人工号", code()),
    may("answered_at", "答复时间", instant),
), own=True)  # fmt: skip
PARTNERS = Form("partners", "意向伙伴", ORGANISATION, (
    key("created_at", "登记时间", instant),
    key("name", "名称", text(100)),
    need("kind", "类型", term(ChannelKind)),
    need("parent_code", "上级编码", code()),
    may("territory", "区域", text(100)),
    may("market_tier", "市场层级", term(MarketTier)),
    need("state", "状态", term(PartnerState)),
    may("decision", "决定理由", text(1000), hidden),
    may("decided_by", "决定人工号", code()),
    may("decided_at", "决定时间", instant),
    may("channel_code", "渠道编码", code()),
    may("created_by", "登记人工号", code()),
), own=True)  # fmt: skip
PARTNER_MARKS = Form("partner_marks", "伙伴评分", ORGANISATION, (
    key("created_at", "登记时间", instant),
    key("name", "名称", text(100)),
    key("criterion", "评估项", term(PartnerCriterion)),
    need("mark", "评分", integer(0, 100)),
    may("evidence", "依据", text(500), hidden, default=""),
), own=True)  # fmt: skip
PARTNER_VISITS = Form("partner_visits", "伙伴考察", ORGANISATION, (
    key("created_at", "登记时间", instant),
    key("name", "名称", text(100)),
    key("at", "记录时间", instant),
    need("visited_on", "考察日期", day),
    need("findings", "考察情况", text(1000), hidden),
    may("actor", "记录人工号", code()),
), own=True)  # fmt: skip
QUOTES = Form("quotes", "保费试算", BUSINESS, (
    key("made_at", "试算时间", instant),
    key("plan", "方案", term(Plan)),
    may("vin", "车架号", vin, masking.vin),
    may("due_on", "到期日", day),
    may("channel_code", "渠道编码", code()),
    may("insurer", "保险公司", text(100)),
    may("made_by", "试算人工号", code()),
    need("total", "合计", amount),
    need("inputs", "试算条件", structure(dict)),
), own=True)  # fmt: skip
QUOTE_LINES = Form("quote_lines", "保费试算明细", BUSINESS, (
    key("made_at", "试算时间", instant),
    key("plan", "方案", term(Plan)),
    key("position", "序号", integer(0, 1000)),
    need("cover", "险别", term(Cover)),
    need("base", "基准保费", money),
    need("factors", "系数", structure(list)),
    need("rates", "费率", structure(list)),
    need("amount", "金额", money),
), own=True)  # fmt: skip
APPROVALS = Form("approvals", "报价审批", BUSINESS, (
    key("made_at", "试算时间", instant),
    key("plan", "方案", term(Plan)),
    key("asked_at", "申请时间", instant),
    need("findings", "超权限项", structure(list)),
    need("state", "状态", term(ApprovalState)),
    may("asked_by", "申请人工号", code()),
    need("reason", "申请理由", text(1000), hidden),
    may("decided_by", "审批人工号", code()),
    may("decided_at", "审批时间", instant),
    may("answer", "审批意见", text(1000), hidden),
), own=True)  # fmt: skip

OWN_FORMS = (
    LOSS_REASONS, CALENDAR, VEHICLES, OPT_OUTS, LEAD_EVENTS, PAST_LEAD_EVENTS, RENEWAL_EVENTS, SET_ASIDE,
    PAST_RENEWAL_EVENTS, LEAD_REVIEWS, RENEWAL_REVIEWS, COUNTERMEASURES, COUNTERMEASURE_NOTES, FREEZES, ALERTS,
    FEEDBACK, PARTNERS, PARTNER_MARKS, PARTNER_VISITS, QUOTES, QUOTE_LINES, APPROVALS,
)  # fmt: skip

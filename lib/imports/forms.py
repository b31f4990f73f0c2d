"""The forms of the interchange contract: one record per sheet with its headings, keys and cells."""

from db.terms import (
    BusinessType,
    BuyerKind,
    CentreFunction,
    ChannelKind,
    ContactMethod,
    ContactOutcome,
    Fuel,
    IntentionLevel,
    LeadSource,
    MarketTier,
    PolicyLine,
    PolicyStatus,
    Role,
    StockStatus,
    TargetSubject,
    Tier,
)
from lib import masking
from lib.imports.cells import code, day, decimal, instant, integer, text, yes_no
from lib.imports.columns import BUSINESS, ORGANISATION, Form, amount, hidden, key, may, money, need, own, rate
from lib.imports.own_forms import OWN_FORMS
from lib.imports.vocabulary import id_number, metric, mobile, month, period, plate, policy_number, term, vin

CHANNELS = Form("channels", "渠道", ORGANISATION, (
    key("code", "编码", code()),
    need("name", "名称", text(100)),
    need("kind", "类型", term(ChannelKind)),
    may("parent_code", "上级编码", code()),
    may("territory", "区域", text(100)),
    may("equity_share", "股比", rate),
    may("active", "启用", yes_no, default=True),
    own("market_tier", "市场层级", term(MarketTier)),
    own("opened_on", "开业日期", day),
    own("closed_on", "停业日期", day),
    own("moved_from", "迁自渠道编码", code()),
))  # fmt: skip
USERS = Form("users", "人员", ORGANISATION, (
    key("username", "工号", code()),
    need("name", "姓名", text(100)),
    need("role", "角色", term(Role)),
    need("channel_code", "渠道编码", code()),
    may("active", "在职", yes_no, default=True),
))  # fmt: skip
CAR_MODELS = Form("car_models", "车型", BUSINESS, (
    key("car_model", "车型", text(100)),
    may("series", "车系", text(100)),
    need("guide_price", "指导价", amount),
))  # fmt: skip
LEADS = Form("leads", "客流", BUSINESS, (
    key("lead_no", "客流编号", code()),
    need("first_contact_at", "首次接触时间", instant),
    need("source", "来源", term(LeadSource)),
    need("channel_code", "渠道编码", code()),
    need("consultant", "顾问工号", code()),
    may("customer_name", "客户姓名", text(100), masking.name),
    may("phone", "手机号", mobile, masking.mobile),
    may("car_model", "意向车型", text(100)),
    may("intention_level", "意向级别", term(IntentionLevel)),
    may("next_contact_on", "下次联系", day),
    may("district", "客户区县", text(50)),
    may("buyer_kind", "购车类型", term(BuyerKind)),
    may("return_visit_at", "再次来店时间", instant),
    may("test_drive_at", "试驾时间", instant),
    may("order_at", "订单时间", instant),
    may("order_price", "成交价", amount),
    may("order_cancelled_at", "退订时间", instant),
    may("delivery_at", "交车时间", instant),
    may("vin", "车架号", vin, masking.vin),
    may("lost_at", "战败时间", instant),
    may("loss_reason", "战败原因", text(100)),
    may("competitor", "竞品", text(100)),
    may("price_gap", "差价", money),
    may("note", "备注", text(2000), hidden),
))  # fmt: skip
POLICIES = Form("policies", "保单", BUSINESS, (
    key("insurer", "保险公司", text(100)),
    key("policy_no", "保单号", policy_number),
    need("line", "险种", term(PolicyLine)),
    need("business_type", "业务类型", term(BusinessType)),
    need("vin", "车架号", vin, masking.vin),
    may("plate", "车牌号", plate, masking.plate),
    may("car_model", "车型", text(100)),
    may("vehicle_use", "使用性质", text(50)),
    may("seats", "座位数", integer(1, 200)),
    may("displacement", "排量", decimal(6, least=0, most=100_000)),
    may("fuel", "燃料", term(Fuel)),
    may("first_registered_on", "初登日期", day),
    need("insured_name", "被保险人", text(100), masking.name),
    may("phone", "手机号", mobile, masking.mobile),
    may("id_number", "证件号", id_number, masking.id_number),
    may("tier", "客户等级", term(Tier)),
    may("sms_consent", "短信同意", yes_no),
    may("consent_at", "同意时间", instant),
    may("claims", "上年出险次数", integer(0, 1000)),
    may("no_claim_coefficient", "无赔系数", decimal(6, least=0, most=10)),
    may("status", "状态", term(PolicyStatus), default=PolicyStatus.IN_FORCE),
    may("status_on", "状态日期", day),
    need("issued_at", "签单时间", instant),
    may("registered_at", "登记时间", instant),
    need("starts_on", "起保日期", day),
    need("expires_on", "终保日期", day),
    need("premium", "保费", amount),
    may("vehicle_tax", "车船税", amount),
    may("commission_rate", "手续费率", rate),
    may("issuer", "经办人工号", code()),
    need("channel_code", "渠道编码", code()),
    own("consent_how", "同意方式", text(32)),
))  # fmt: skip
FOLLOW_UPS = Form("follow_ups", "续保跟进", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    key("due_on", "到期日", day),
    key("at", "时间", instant),
    key("method", "方式", term(ContactMethod)),
    need("specialist", "专员工号", code()),
    need("outcome", "结果", term(ContactOutcome)),
    may("note", "内容", text(2000), hidden),
    may("callback_on", "下次回访日期", day),
    may("quote_amount", "报价金额", amount),
    may("loss_reason", "战败原因", text(100)),
    may("competitor", "竞争对手", text(100)),
    may("price_gap", "差价", money),
    may("countermeasure", "应对措施", text(1000), hidden),
    own("appointment_at", "预约到店时间", instant),
    own("call_due_on", "报价后电话期限", day),
    own("entered_by", "录入人工号", code()),
    own("contacted", "联系过客户", yes_no, default=True),
    own("credited", "计入专员", yes_no, default=True),
))  # fmt: skip
TARGETS = Form("targets", "目标", BUSINESS, (
    key("subject_kind", "对象类型", term(TargetSubject)),
    key("subject", "对象编码", code()),
    key("metric", "指标", metric),
    key("period", "期间", period),
    need("value", "目标值", decimal(6, least=0)),
))  # fmt: skip
STOCK = Form("stock", "库存", BUSINESS, (
    key("vin", "车架号", vin, masking.vin),
    need("car_model", "车型", text(100)),
    need("channel_code", "渠道编码", code()),
    need("status", "状态", term(StockStatus)),
    may("ordered_on", "下单日期", day),
    may("eta_on", "预计到店日期", day),
    may("arrived_on", "入库日期", day),
    may("cost", "采购价", amount),
    may("left_on", "出库日期", day),
))  # fmt: skip
FORECASTS = Form("forecasts", "需求预报", BUSINESS, (
    key("channel_code", "渠道编码", code()),
    key("month", "月份", month),
    key("car_model", "车型", text(100)),
    key("submitted_at", "填报时间", instant),
    need("quantity", "数量", integer(0, 1_000_000)),
    own("submitted_by", "填报人工号", code()),
    own("below_quantity", "下级合计", integer(0, 1_000_000_000)),
    own("reason", "调整原因", text(500), hidden),
))  # fmt: skip
SCORES = Form("scores", "八项评分", BUSINESS, (
    key("channel_code", "渠道编码", code()),
    key("month", "月份", month),
    key("function", "职能", term(CentreFunction)),
    need("score", "评分", decimal(2, least=0, most=100)),
    may("evidence", "依据", text(1000), hidden),
))  # fmt: skip
STATEMENT = Form("statement", "手续费账单", BUSINESS, (
    key("insurer", "保险公司", text(100)),
    key("period", "账期", period),
    key("policy_no", "保单号", policy_number),
    need("premium", "保费", money),
    may("commission_rate", "手续费率", rate),
    need("commission", "手续费", money),
))  # fmt: skip
RECEIPTS = Form("receipts", "财务回款", BUSINESS, (
    key("insurer", "保险公司", text(100)),
    key("receipt_no", "回款流水", code()),
    need("period", "账期", period),
    need("received_on", "到账日期", day),
    need("amount", "金额", money),
))  # fmt: skip

FORMS = (
    CHANNELS, USERS, CAR_MODELS, LEADS, POLICIES, FOLLOW_UPS, TARGETS, STOCK, FORECASTS, SCORES, STATEMENT, RECEIPTS,
)  # fmt: skip
EVERY_FORM = (*FORMS, *OWN_FORMS)
BY_SHEET = {form.chinese: form for form in EVERY_FORM} | {form.name: form for form in EVERY_FORM}

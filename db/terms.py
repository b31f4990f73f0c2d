"""The closed vocabularies. The Chinese word of a member stands behind it, once; catalogues carry the rest."""

from enum import StrEnum


class ChannelKind(StrEnum):
    STORE = "store"  # 4S店
    REGIONAL_AGENT = "regional_agent"  # 大区总代理
    DISTRIBUTION_CENTRE = "distribution_centre"  # 分销中心
    EXCLUSIVE_STORE = "exclusive_store"  # 片区专卖店
    AREA_AGENT = "area_agent"  # 片区代理
    TERMINAL_DEALER = "terminal_dealer"  # 终端代理商


class Chain(StrEnum):
    DIRECT = "direct"  # 直销
    GENERAL_AGENCY = "general_agency"  # 总代理式
    FRANCHISE = "franchise"  # 特许代理式
    BRAND_EXCLUSIVE = "brand_exclusive"  # 品牌专卖式


class Role(StrEnum):
    ADMIN = "admin"  # 管理员
    MANAGER = "manager"  # 经理
    RENEWAL_SPECIALIST = "renewal_specialist"  # 续保专员
    POLICY_SPECIALIST = "policy_specialist"  # 新保专员
    CONSULTANT = "consultant"  # 销售顾问
    CHANNEL_MANAGER = "channel_manager"  # 渠道经理
    FINANCE = "finance"  # 财务
    AGENT = "agent"  # 渠道商


class LeadSource(StrEnum):
    WALK_IN = "walk_in"  # 来店
    CALL = "call"  # 来电
    OUTDOOR = "outdoor"  # 户外
    ONLINE = "online"  # 网络
    REFERRAL = "referral"  # 转介绍


class LeadStatus(StrEnum):
    OPEN = "open"  # 在跟
    ORDERED = "ordered"  # 已订
    DELIVERED = "delivered"  # 已交车
    LOST = "lost"  # 战败


class LeadEventKind(StrEnum):
    FIRST_CONTACT = "first_contact"  # 首次接触
    RETURN_VISIT = "return_visit"  # 再次来店
    TEST_DRIVE = "test_drive"  # 试驾
    QUOTE = "quote"  # 报价
    ORDER = "order"  # 订单
    ORDER_CANCELLED = "order_cancelled"  # 退订
    DELIVERY = "delivery"  # 交车
    LOST = "lost"  # 战败
    REOPENED = "reopened"  # 重新跟进
    NOTE = "note"  # 备注


class IntentionLevel(StrEnum):
    H = "H"
    A = "A"
    B = "B"
    C = "C"


class BuyerKind(StrEnum):
    PERSON = "person"  # 个人
    COMPANY = "company"  # 单位
    DEALER = "dealer"  # 经销商


class Tier(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class PolicyLine(StrEnum):
    COMPULSORY = "compulsory"  # 交强险
    COMMERCIAL = "commercial"  # 商业险
    OTHER = "other"  # 其他


class BusinessType(StrEnum):
    NEW = "new"  # 新保
    RENEWAL = "renewal"  # 续保


class PolicyStatus(StrEnum):
    IN_FORCE = "in_force"  # 有效
    SURRENDERED = "surrendered"  # 退保
    TRANSFERRED = "transferred"  # 过户
    CANCELLED = "cancelled"  # 注销


class Fuel(StrEnum):
    PETROL = "petrol"  # 汽油
    DIESEL = "diesel"  # 柴油
    ELECTRIC = "electric"  # 纯电
    HYBRID = "hybrid"  # 插混


class RenewalType(StrEnum):
    FIRST = "first"  # 新转续
    REPEAT = "repeat"  # 续转续
    WINBACK = "winback"  # 间转续
    EXTERNAL = "external"  # 潜转续


class RenewalStatus(StrEnum):
    PENDING = "pending"  # 待跟进
    CONTACTING = "contacting"  # 跟进中
    QUOTED = "quoted"  # 已报价
    PROMISED = "promised"  # 预约到店
    RENEWED = "renewed"  # 已续保
    LOST = "lost"  # 战败
    VOID = "void"  # 无效
    RECOVERED = "recovered"  # 脱保挽回


class RenewalEventKind(StrEnum):
    OPENED = "opened"  # 生成
    ASSIGNED = "assigned"  # 分配
    CONTACT = "contact"  # 联系
    QUOTED = "quoted"  # 报价
    PROMISED = "promised"  # 预约到店
    RENEWED = "renewed"  # 续保
    LOST = "lost"  # 战败
    VOIDED = "voided"  # 无效
    REOPENED = "reopened"  # 重新跟进
    RECOVERED = "recovered"  # 脱保挽回
    UNDONE = "undone"  # 撤回
    APPROVAL_ASKED = "approval_asked"  # 提交审批
    APPROVED = "approved"  # 批准报价
    REJECTED = "rejected"  # 驳回报价


class Stage(StrEnum):
    """How near a renewal's expiry is: each stage has its script (domain.md B2)."""

    S90 = "s90"  # 资料核实
    S60 = "s60"  # 首触邀约
    S30 = "s30"  # 正式报价
    S15 = "s15"  # 促成
    S7 = "s7"  # 临期冲刺
    S0 = "s0"  # 到期日
    L30 = "l30"  # 脱保挽回
    L90 = "l90"  # 沉睡


class QueueView(StrEnum):
    """What the renewal queue is narrowed to."""

    OVERDUE = "overdue"  # 电话超时
    TODAY = "today"  # 今日应办
    WEEK = "week"  # 本周应办
    IN_7 = "7d"  # 7 天内到期
    IN_15 = "15d"  # 15 天内到期
    IN_30 = "30d"  # 30 天内到期
    IN_60 = "60d"  # 60 天内到期
    IN_90 = "90d"  # 90 天内到期
    LAPSED = "lapsed"  # 脱保
    UNASSIGNED = "unassigned"  # 未分配
    OWN = "own"  # 我的
    ALL = "all"  # 全部


class NextAction(StrEnum):
    QUOTE_CALL = "quote_call"  # 短信报价后电话
    CALLBACK = "callback"  # 回访
    TOUCH = "touch"  # 计划触点


class ContactMethod(StrEnum):
    PHONE = "phone"  # 电话
    SMS = "sms"  # 短信
    WECHAT = "wechat"  # 微信
    VISIT = "visit"  # 到店


class ContactOutcome(StrEnum):
    INTERESTED = "interested"  # 有意向
    CONSIDERING = "considering"  # 考虑中
    NO_ANSWER = "no_answer"  # 未接通
    QUOTE_SENT = "quote_sent"  # 短信报价
    PROMISED = "promised"  # 预约到店
    RENEWED = "renewed"  # 已续保
    LOST = "lost"  # 战败
    VOID = "void"  # 无效


class RateKind(StrEnum):
    """What a dated row of the rate tables sets (domain.md B1)."""

    COMPULSORY_BASE = "compulsory_base"  # 交强险基础保费
    COMPULSORY_FLOAT = "compulsory_float"  # 交强险浮动比率
    FLOAT_SCHEME = "float_scheme"  # 地区浮动方案
    VEHICLE_TAX = "vehicle_tax"  # 车船税
    NO_CLAIM = "no_claim"  # 无赔款优待系数
    PRICING_RANGE = "pricing_range"  # 自主定价系数范围


class VehicleUse(StrEnum):
    FAMILY = "family"  # 家庭自用
    ENTERPRISE = "enterprise"  # 企业非营业客车
    GOVERNMENT = "government"  # 党政机关、事业团体非营业客车
    RENTAL = "rental"  # 营业出租租赁
    CITY_BUS = "city_bus"  # 营业城市公交
    COACH = "coach"  # 营业公路客运
    TRUCK = "truck"  # 非营业货车
    FREIGHT = "freight"  # 营业货车
    SPECIAL_1 = "special_1"  # 特种车一
    SPECIAL_2 = "special_2"  # 特种车二
    SPECIAL_3 = "special_3"  # 特种车三
    SPECIAL_4 = "special_4"  # 特种车四
    MOTORCYCLE = "motorcycle"  # 摩托车


class ClaimRecord(StrEnum):
    """What the years before say of a car's compulsory policy; one alone applies."""

    FIRST_YEAR = "first_year"  # 首年投保
    CLEAN_1 = "clean_1"  # 上一年无有责事故
    CLEAN_2 = "clean_2"  # 上两年无有责事故
    CLEAN_3 = "clean_3"  # 上三年及以上无有责事故
    ONE = "one"  # 上一年一次有责不涉及死亡
    SEVERAL = "several"  # 上一年两次及以上有责
    DEATH = "death"  # 上一年有责死亡事故


class Cover(StrEnum):
    """A line of a premium trial."""

    COMPULSORY = "compulsory"  # 交强险
    VEHICLE_TAX = "vehicle_tax"  # 车船税
    DAMAGE = "damage"  # 车损险
    THIRD_PARTY = "third_party"  # 三者险
    DRIVER = "driver"  # 车上人员责任险（司机）
    PASSENGERS = "passengers"  # 车上人员责任险（乘客）
    SCRATCH = "scratch"  # 车身划痕
    WHEELS = "wheels"  # 车轮单独损失
    HOLIDAY_DOUBLE = "holiday_double"  # 法定节假日限额翻倍
    MEDICAL = "medical"  # 医保外医疗费用责任
    SERVICES = "services"  # 增值服务


class Plan(StrEnum):
    """The recommended sets of covers (J4)."""

    BASIC = "basic"  # 基本
    BALANCED = "balanced"  # 均衡
    FULL = "full"  # 全面


class AuthorityKind(StrEnum):
    """What a rule of authority bounds (N5)."""

    PRICING_BELOW = "pricing_below"  # 自主定价系数低于
    PREMIUM_DROP = "premium_drop"  # 保费比上年下降超过
    THIRD_PARTY_ABOVE = "third_party_above"  # 三者限额高于
    VEHICLE_USE = "vehicle_use"  # 使用性质
    CLAIMS_FROM = "claims_from"  # 上年出险次数达到


class Approver(StrEnum):
    """Who may approve what goes beyond a rule."""

    MANAGER = "manager"  # 门店经理
    GENERAL_MANAGER = "general_manager"  # 总经理: a manager whose area is the whole group


class ApprovalState(StrEnum):
    WAITING = "waiting"  # 待审批
    APPROVED = "approved"  # 已批准
    REJECTED = "rejected"  # 已驳回


class MessageKind(StrEnum):
    """What an SMS is for."""

    QUOTE = "quote"  # 短信报价
    REMINDER = "reminder"  # 到期提醒


class MessageStatus(StrEnum):
    """Where an SMS stands. Nothing leaves `sending` by itself but by the gateway's answer."""

    WAITING = "waiting"  # 待发送
    SENDING = "sending"  # 发送中
    BY_HAND = "by_hand"  # 待人工发送
    SENT = "sent"  # 已发送
    FAILED = "failed"  # 发送失败
    CANCELLED = "cancelled"  # 已取消


class StockStatus(StrEnum):
    IN_TRANSIT = "in_transit"  # 在途
    IN_STOCK = "in_stock"  # 在库
    GONE = "gone"  # 已出库


class CentreFunction(StrEnum):
    VEHICLE_SALES = "vehicle_sales"  # 整车销售
    LOGISTICS = "logistics"  # 储运分流
    PARTS = "parts"  # 配件配送
    SETTLEMENT = "settlement"  # 资金结算
    FEEDBACK = "feedback"  # 信息反馈
    SERVICE = "service"  # 服务支持
    TRAINING = "training"  # 培训评估
    MARKET_ORDER = "market_order"  # 市场管理


class LossDomain(StrEnum):
    LEAD = "lead"  # 客流
    RENEWAL = "renewal"  # 续保


class Controllable(StrEnum):
    YES = "yes"  # 可控
    PARTLY = "partly"  # 部分可控
    NO = "no"  # 不可控
    UNSET = "unset"  # 未定


class LossReviewState(StrEnum):
    """Where the review of a loss stands; a loss nobody has looked at has none."""

    ACCEPTED = "accepted"  # 已审核
    RETURNED = "returned"  # 退回
    ANSWERED = "answered"  # 已答复


class CountermeasureState(StrEnum):
    PLANNED = "planned"  # 未开始
    RUNNING = "running"  # 进行中
    DONE = "done"  # 已完成
    DROPPED = "dropped"  # 已放弃


class CountermeasureNoteKind(StrEnum):
    NOTE = "note"  # 备注
    IMPROVEMENT = "improvement"  # 改进意见
    STATE = "state"  # 状态变更


class AlertKind(StrEnum):
    """What may be wrong at a node of the network (C4, C6, C7)."""

    PRICE = "price"  # 成交价越界
    TERRITORY = "territory"  # 跨区销售
    WHOLESALE = "wholesale"  # 批发销售
    CONVERSION = "conversion"  # 转化率下滑
    SILENT = "silent"  # 一周无数据


class AlertState(StrEnum):
    EXPLAINED = "explained"  # 已说明
    CORRECTED = "corrected"  # 已纠正
    DISMISSED = "dismissed"  # 误报


class FeedbackTopic(StrEnum):
    COMPETITOR = "competitor"  # 竞争对手
    PRICE = "price"  # 价格
    PRODUCT = "product"  # 产品
    DEMAND = "demand"  # 需求
    OTHER = "other"  # 其他


class MarketTier(StrEnum):
    """Which market a node serves (W5)."""

    PREFECTURE = "prefecture"  # 地州
    URBAN = "urban"  # 市区
    MALL = "mall"  # 大卖场


class PartnerState(StrEnum):
    VISITING = "visiting"  # 考察中
    ACCEPTED = "accepted"  # 同意加盟
    REJECTED = "rejected"  # 不予加盟


class PartnerCriterion(StrEnum):
    CAPITAL = "capital"  # 资金
    PREMISES = "premises"  # 场地
    TEAM = "team"  # 团队
    REGION = "region"  # 区域
    REPUTATION = "reputation"  # 信誉


class Origin(StrEnum):
    """Who gave a fact: a file, a person in the application, or a rule that follows from other facts."""

    IMPORT = "import"
    APP = "app"
    RULE = "rule"


class TargetSubject(StrEnum):
    CHANNEL = "channel"  # 渠道
    USER = "user"  # 人员


class Subject(StrEnum):
    """What a data version counts changes of; a read names the subjects it depends on."""

    PEOPLE = "people"
    CHANNELS = "channels"
    SALES = "sales"
    POLICIES = "policies"
    RENEWALS = "renewals"
    TARGETS = "targets"
    STOCK = "stock"
    FORECASTS = "forecasts"
    COMMISSION = "commission"
    SETTINGS = "settings"
    SCREENS = "screens"
    IMPORTS = "imports"
    MESSAGES = "messages"
    COUNTERMEASURES = "countermeasures"
    PARTNERS = "partners"


class ImportState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    CHECKED = "checked"
    LOADED = "loaded"
    REFUSED = "refused"
    FAILED = "failed"


class KpiUnit(StrEnum):
    """The measure word behind a figure."""

    VISITS = "visits"  # 批
    LEADS = "leads"  # 条
    CALLS = "calls"  # 个
    DRIVES = "drives"  # 次
    CARS = "cars"  # 台
    POLICIES = "policies"  # 单
    CASES = "cases"  # 例
    MESSAGES = "messages"  # 条
    YUAN = "yuan"  # 元
    PER_PERSON = "per_person"  # 台/人
    PER_CENT = "per_cent"  # %


class RollUp(StrEnum):
    """How the figures of parts make the figure of the whole."""

    SUM = "sum"  # 逐级相加: over channels and over days
    DISTINCT = "distinct"  # 去重计数: one lead counts once, in however many parts it lies
    RATIO = "ratio"  # 分子分母分别汇总后相除
    MOMENT = "moment"  # 按时点统计: adds up over channels, not over days

"""What an audit entry holds is told in the reader's language; nothing that the code records is left without a word."""

import ast
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db.engine import Database
from db.terms import ApprovalState, LeadEventKind, LossReviewState, PartnerCriterion, Plan, Role
from lib import audit, clock, data, users
from lib.approvals.book import NewRule
from lib.audit import Asked
from lib.audit_details import telling
from lib.audit_details.values import Teller, name
from lib.leads.steps import UNDONE_FIELDS
from lib.preference_entries import OFFERED, RANGES
from lib.premiums.rows import NewRow
from lib.reveals import TABLES, Act
from lib.users import Details
from lib.words import LANGUAGES, words
from tests.personas import people
from tests.sources import sources

ZONE = ZoneInfo("Asia/Shanghai")
LEAD_FIELDS = ("car_model_id", "intention_level", "next_contact_on", "district", "buyer_kind", "name", "mobile")
NODE_FIELDS = ("name", "territory", "equity_share", "market_tier")
CARRIED = ("leads", "people", "screens", "cars", "forecasts", "targets")

RECORDING = ("change.record", "records.record", "_record")
WHOSE = {"records": "leads", "approvals/asking": "approvals", "messages/outbox": "messages",
         "renewals/consents": "renewals"}  # fmt: skip
SPREAD = {
    ("approvals/asking", "details"): (), ("approvals/book", "told"): tuple(NewRule.__dataclass_fields__),
    ("leads/records", "plain"): (), ("messages/delivery", "told"): ("mobile", "attempt"),
    ("network/editing", "told"): NODE_FIELDS, ("network/moving", "carried"): CARRIED,
    ("premiums/quotes", "totals"): tuple(Plan), ("premiums/rows", "told"): tuple(NewRow.__dataclass_fields__),
    ("renewals/acts", "told"): ("method", "outcome", "callback_on", "quote_amount"),
}  # fmt: skip
COMPOSED = {
    "lead": [each for each in LeadEventKind if each is not LeadEventKind.FIRST_CONTACT],
    "loss_review": list(LossReviewState), "approval": [ApprovalState.APPROVED, ApprovalState.REJECTED],
}  # fmt: skip
NESTED = {"before": UNDONE_FIELDS, "changed": LEAD_FIELDS}


def recorded() -> Iterator[tuple[str, str]]:
    """Every detail that some command records, with its subject."""
    for source in sources("lib/"):
        place = source.path.removeprefix("lib/").removesuffix(".py")
        calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
        for call in calls if not place.startswith("ui/") else ():
            if ast.unparse(call.func) in RECORDING:
                subject = subject_of(call, place)
                for keyword in call.keywords:
                    yield from ((subject, key) for key in keys(keyword, place, subject))


def subject_of(call: ast.Call, place: str) -> str:
    if ast.unparse(call.func) == "change.record":
        told = call.args[1]
        return told.value if isinstance(told, ast.Constant) else next(iter(TABLES.values()))
    return WHOSE["records" if ast.unparse(call.func) == "records.record" else place]


def keys(keyword: ast.keyword, place: str, subject: str) -> tuple[str, ...]:
    if keyword.arg is None:
        return marks() if place == "network/evaluating" else SPREAD[place, ast.unparse(keyword.value)]
    return (keyword.arg, *(NESTED.get(keyword.arg, ()) if subject == "leads" else ()))


def marks() -> tuple[str, ...]:
    return tuple(PartnerCriterion)


def teller(subject: str | None, language: str = "zh", names: Any = None, **details: Any) -> Teller:
    return Teller(words(language), ZONE, subject, details, names or {})


def told(subject: str | None, language: str = "zh", names: Any = None, **details: Any) -> str:
    whom = teller(subject, language, names, **details)
    return telling.line(telling.told(whom), whom)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detail_that_is_recorded_has_its_word(language: str) -> None:
    found = set(recorded())
    assert len(found) > 100
    assert {(subject, key) for subject, key in found if name(key, teller(subject, language)) == key} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_and_every_code_outside_the_vocabularies_has_its_word(language: str) -> None:
    known = words(language).catalogue
    settings = {each.name for each in (*OFFERED, *RANGES)}
    codes = {f"settings.name={each}" for each in settings} | {f"why={each}" for each in Act}
    codes |= {f"how={each}" for each in ("spoken", "reply", "by_hand")} | {"day=worked", "day=free"}
    assert {code for code in codes if ("detail", code) not in known} == set()
    composed = {f"{noun}.{term}" for noun, terms in COMPOSED.items() for term in terms}
    assert {action for action in composed if ("action", action) not in known} == set()
    assert {subject for subject, _ in recorded() if ("subject", subject) not in known} == set()


TOLD: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("countermeasures", {"old": "planned", "new": "running"},
     "状态：未开始 → 进行中",
     "State: Not begun → Running"),
    ("users", {"old": {"role": "consultant", "channel": 3}, "new": {"role": "manager", "channel": 3}},
     "岗位：销售顾问 → 经理；网点：一店",
     "Role: Sales consultant → Manager; Channel: 一店"),
    ("channels", {"market_tier": [None, "urban"]},
     "市场层级：— → 市区",
     "Market: — → City"),
    ("leads", {"changed": {"mobile": ["138****0000", "139****1111"], "next_contact_on": [None, "2026-11-23"]}},
     "手机号：138****0000 → 139****1111；下次联系：— → 2026年11月23日",
     "Mobile: 138****0000 → 139****1111; Next contact: — → 23 Nov 2026"),
    ("renewals", {"method": "sms", "outcome": "quote_sent", "callback_on": None, "quote_amount": "3200.50"},
     "方式：短信；结果：短信报价；报价：3,200.50 元",
     "Method: SMS; Outcome: SMS quote; Price told: ¥3,200.50"),
    ("authority_rules", {"kind": "third_party_above", "threshold": "300"},
     "类型：三者险限额高于；界限：300 万元",
     "Kind: Third-party limit above; Bound: ¥3,000,000"),
    ("loss_reasons", {"old": "价格 / Price 1 on yes", "new": "价格高 / Price 1 off yes"},
     "名称：价格 → 价格高；英文名称：Price；次序：1；在用：是 → 否；可控性：可控",
     "Name: 价格 → 价格高; English name: Price; Place: 1; In use: yes → no; Controllable: Controllable"),
    ("imports", {"file": "a.xlsx", "backup": None, "sheets": {"leads": [1200, 5, 3]}},
     "文件：a.xlsx；各表：客流 1,200 行（新增 5，更改 3）",
     "File: a.xlsx; By sheet: leads 1,200 rows (5 new, 3 changed)"),
    ("targets", {"metric": "deliveries", "period": "2026-11", "old": "10", "new": "12.5"},
     "指标：交车；期间：2026年11月；目标值：10 → 12.5",
     "Figure: Deliveries; Period: Nov 2026; Target: 10 → 12.5"),
    ("leads", {"source": "one that is gone", "surprise": {"deep": [1, 2]}},
     "来源：one that is gone；surprise：deep 1、2",
     "Source: one that is gone; surprise: deep 1, 2"),
)  # fmt: skip


@pytest.mark.parametrize(("subject", "details", "chinese", "english"), TOLD)
def test_details_are_told_in_words(subject: str, details: dict[str, Any], chinese: str, english: str) -> None:
    names = {("channels", 3): "一店"}
    assert (told(subject, "zh", names, **details), told(subject, "en", names, **details)) == (chinese, english)


def test_what_details_refer_to_by_key_is_named(store: Database) -> None:
    personas = people()
    home, other, person = personas.channels["S1"], personas.channels["S2"], personas.consultant.user_id
    assert person is not None
    data.write(users.edit, personas.admin, person, 1, Details("甲", Role.CONSULTANT, other))
    today = clock.business_day(clock.now(), ZONE)
    (entry,) = data.fresh(audit.entries, personas.admin.scope, Asked(today, today), ZONE)
    assert set(entry.names) == {("channels", home), ("channels", other)}

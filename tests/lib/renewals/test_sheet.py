"""The follow-up sheet: whose cases, what each column says, masked unless somebody may and says why; on both engines."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert

from db.engine import Database
from db.tables import AuditEntry, RenewalEvent
from db.terms import ContactMethod, ContactOutcome, LossDomain, PolicyLine, RenewalEventKind, RenewalStatus, Stage
from lib import data
from lib.access import SYSTEM, Actor
from lib.periods import Period, Unit, whole
from lib.refusals import Invalid, NotAllowed
from lib.renewals import acts, sheet
from lib.renewals.acts import Loss
from lib.renewals.sheet import Case, Sheet
from tests.cases import expiring, row
from tests.facts import facts
from tests.lib.imports.books import rows
from tests.personas import Personas, people

BOTH = (PolicyLine.COMPULSORY, PolicyLine.COMMERCIAL)
NOW = date(2026, 11, 23)
MONTH = whole(Unit.MONTH, date(2026, 12, 1))
DUE = date(2026, 12, 10)


def read(actor: Actor, period: Period = MONTH, path: str | None = None, limit: int = sheet.PRINTED) -> Sheet:
    return data.read(sheet.sheet, sheet.asked(actor, period, path, None), NOW, limit)


def contacted(renewal_id: int, at: datetime, method: ContactMethod, outcome: ContactOutcome, **more: object) -> None:
    """A contact, put straight into the table."""
    kind = RenewalEventKind.QUOTED if outcome is ContactOutcome.QUOTE_SENT else RenewalEventKind.CONTACT
    with data.transaction(SYSTEM) as change:
        change.session.execute(insert(RenewalEvent).values(
            renewal_id=renewal_id, kind=kind, at=at, business_on=at.date(), channel_id=row(renewal_id).channel_id,
            method=method, outcome=outcome, **more,
        ))  # fmt: skip


def on(day: int, hour: int = 2) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def only(found: Sheet) -> Case:
    (case,) = found.cases
    return case


def test_a_row_says_what_the_store_knows_of_a_case(made: Personas) -> None:
    key = expiring(made, owner="specialist", due_on=DUE, lines=BOTH)
    expiring(made, owner="specialist", due_on=date(2027, 1, 1))  # the next month's
    contacted(key, on(2), ContactMethod.PHONE, ContactOutcome.CONSIDERING, note="再想想，打 13812345678")
    contacted(key, on(18), ContactMethod.SMS, ContactOutcome.QUOTE_SENT, quote_amount=Decimal(4000),
              call_due_on=date(2026, 11, 21))  # fmt: skip
    contacted(key, on(20), ContactMethod.PHONE, ContactOutcome.NO_ANSWER, note="没人接")
    contacted(key, on(19), ContactMethod.PHONE, ContactOutcome.NO_ANSWER, note="撤回", superseded_at=on(19))
    case = only(read(made.specialist))
    assert (case.customer, case.plate, case.vin[:11]) == ("张**", case.plate, "*" * 11)
    assert case.plate is not None
    assert "***" in case.plate
    assert (case.days_left, case.stage) == (17, Stage.S30)
    assert (case.expires_on(PolicyLine.COMPULSORY), case.expires_on(PolicyLine.COMMERCIAL)) == (DUE, DUE)
    assert (case.last_premium, case.quote_amount) == (Decimal(8572), Decimal(4000))
    assert (case.sms_quoted_at, case.call_by, case.called_at) == (on(18), date(2026, 11, 21), on(20))
    assert [each.note for each in case.contacts] == ["再想想，打 138****5678", None, "没人接"]


def test_of_many_contacts_the_last_eight_stand_in_the_columns(made: Personas) -> None:
    key = expiring(made, owner="specialist", due_on=DUE)
    for day in range(1, 11):
        contacted(key, on(day), ContactMethod.PHONE, ContactOutcome.CONSIDERING, note=f"{day}")
    case = only(read(made.specialist))
    assert [each.note for each in case.contacts] == [f"{day}" for day in range(3, 11)]
    assert case.contact_count == 10


def test_a_specialist_has_their_own_cases_and_a_manager_all_of_their_store(made: Personas) -> None:
    expiring(made, owner="specialist", due_on=DUE)
    expiring(made, owner="policy_specialist", due_on=DUE)
    expiring(made, due_on=DUE)
    expiring(made, owner="other_specialist", due_on=DUE, channel="S2")
    assert [read(each).total for each in (made.specialist, made.manager, made.boss, made.other_manager)] == [1, 3, 4, 1]
    foreign = made.other_manager.path
    assert read(made.specialist, path=foreign).total == 1
    assert read(made.manager, path=foreign).total == 3


def test_a_limit_leaves_the_last_ones_out_and_says_how_many_there_are(made: Personas) -> None:
    for days in range(3):
        expiring(made, owner="specialist", due_on=DUE + timedelta(days=days))
    found = read(made.specialist, limit=2)
    assert ([each.due_on for each in found.cases], found.total) == ([DUE, DUE + timedelta(days=1)], 3)


def test_a_lost_case_shows_its_reason_and_what_is_done_about_it(made: Personas) -> None:
    key = expiring(made, owner="specialist", due_on=DUE)
    with facts(made) as put:
        reason = put.reason(LossDomain.RENEWAL, "price_direct")
    loss = Loss(ContactMethod.PHONE, reason, countermeasure="下月送保养券")
    data.write(acts.lose, made.specialist, key, row(key).version, loss)
    case = only(read(made.specialist))
    assert (case.status, case.countermeasure, case.undecided) == (RenewalStatus.LOST, "下月送保养券", False)
    assert case.reason == ("价格", "电网销更低")


def test_in_full_only_for_who_may_and_says_why_and_never_without_a_trace(made: Personas) -> None:
    key = expiring(made, owner="specialist", due_on=DUE)
    expiring(made, owner="policy_specialist", due_on=DUE)
    contacted(key, on(2), ContactMethod.PHONE, ContactOutcome.CONSIDERING, note="打 13812345678")
    wanted = sheet.asked(made.manager, MONTH, None, None)
    for who in (made.policy_specialist, made.finance, made.consultant):
        with pytest.raises(NotAllowed):
            data.write(sheet.take_unmasked, who, wanted, NOW, "打印给门店")
    with pytest.raises(Invalid):
        data.write(sheet.take_unmasked, made.manager, wanted, NOW, " 看 ")
    assert "sheet_unmasked" not in {action for (action,) in rows(AuditEntry, "action")}
    (own,) = data.write(sheet.take_unmasked, made.specialist, wanted, NOW, "打印给门店，电 13812345678")
    assert (own.customer, own.contacts[0].note) == ("张三丰", "打 13812345678")
    assert len(data.write(sheet.take_unmasked, made.manager, wanted, NOW, "打印给门店")) == 2
    left = [details for action, details in rows(AuditEntry, "action", "details") if action == "sheet_unmasked"]
    assert [each["rows"] for each in left] == [1, 2]
    assert "13812345678" not in str(left)
    assert "张三丰" not in str(left)

"""The reception card's page: what it saves, what it points out, and that nothing typed is lost."""

from typing import Any

from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import Customer, Lead
from db.terms import IntentionLevel, LeadSource
from lib import data
from tests.db.leads.showroom import MOBILE, arrive
from tests.pages.desk import opened
from tests.personas import people


def count(table: Any) -> int:
    with data.database().reading.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def fill(test: AppTest, number: int = 0, **texts: str) -> AppTest:
    for field, text in texts.items():
        test.text_input(f"reception_{field}-{number}").set_value(text)
    return test


def shown(test: AppTest) -> str:
    return " ".join(str(each.value) for each in (*test.error, *test.warning, *test.info, *test.toast))


def test_a_consultant_saves_a_card_and_gets_a_fresh_one(sqlite_store: Database) -> None:
    who = people()
    test = fill(opened(who.consultant, "reception"), mobile=MOBILE, name="王小明")
    test.button_group("reception_level-0").set_value(IntentionLevel.A)
    test.button("reception_save-0").click().run()
    assert not test.exception
    assert "已保存" in shown(test)
    assert test.text_input("reception_mobile-1").value == ""
    assert test.button_group("reception_source-1").value == LeadSource.WALK_IN
    with sqlite_store.reading.connect() as connection:
        made = connection.execute(select(Lead.intention_level, Lead.consultant_id, Lead.captured)).one()
    assert made == (IntentionLevel.A, who.consultant.user_id, True)


def test_what_is_refused_stays_typed(sqlite_store: Database) -> None:
    test = fill(opened(people().consultant, "reception"), mobile="0871-63123456", name="王小明")
    test.button("reception_save-0").click().run()
    assert "座机" in shown(test)
    assert test.text_input("reception_mobile-0").value == "0871-63123456"
    assert test.text_input("reception_name-0").value == "王小明"
    assert count(Lead) == 0


def test_a_known_number_is_pointed_out_masked_and_saved_only_when_meant(sqlite_store: Database) -> None:
    who = people()
    arrive(who.colleague)
    test = fill(opened(who.consultant, "reception"), mobile=MOBILE, name="李四")
    test.button("reception_save-0").click().run()
    assert "顾二" in shown(test)
    assert MOBILE not in shown(test)
    assert count(Lead) == 1
    assert test.text_input("reception_name-0").value == "李四"
    test.button("reception_anyway-0").click().run()
    assert (count(Lead), count(Customer)) == (2, 2)


def test_a_manager_says_who_takes_the_lead(sqlite_store: Database) -> None:
    who = people()
    test = fill(opened(who.boss, "reception"), name="王小明")
    test.button("reception_save-0").click().run()
    assert "销售顾问" in shown(test)
    test.selectbox("reception_consultant-0").set_value(who.branch_consultant.user_id)
    test.button("reception_save-0").click().run()
    with sqlite_store.reading.connect() as connection:
        assert connection.scalars(select(Lead.consultant_id)).one() == who.branch_consultant.user_id


def test_who_writes_no_leads_sees_no_card(sqlite_store: Database) -> None:
    who = people()
    for person in (who.specialist, who.channel_manager, who.finance):
        test = opened(person, "reception")
        assert not test.text_input
        assert test.error

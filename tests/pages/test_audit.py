"""The audit page."""

import pytest

from db.engine import Database
from db.terms import Role
from lib import audit, clock, data, settings, users
from lib.audit import Asked
from lib.signing_in import sign_ins
from lib.users import Details
from tests.pages.desk import labelled, opened
from tests.personas import people


def test_a_manager_reads_what_was_done_in_the_own_area(sqlite_store: Database) -> None:
    personas = people()
    data.write(sign_ins.choose_language, personas.consultant, "zh")
    data.write(sign_ins.choose_language, personas.other_consultant, "zh")
    test = opened(personas.manager, "audit")
    assert not test.exception
    rows = test.dataframe[0].value
    assert [tuple(row) for row in rows[["人员", "操作"]].to_numpy()] == [("consultant", "切换语言")]


def test_entries_are_found_by_person_and_told_in_words(sqlite_store: Database) -> None:
    personas = people()
    users.add(personas.admin, "2301", Details("新人", Role.CONSULTANT, personas.channels["S2"]))
    data.write(sign_ins.choose_language, personas.consultant, "zh")
    test = opened(personas.admin, "audit")
    assert len(test.dataframe[0].value) == 2
    labelled(test.selectbox, "人员").select("admin").run()
    assert list(test.dataframe[0].value["操作"]) == ["新增人员"]
    assert test.dataframe[0].value["详情"][0] == "用户名：2301；岗位：销售顾问"
    today = clock.business_day(clock.now(), settings.load().zone)
    (entry,) = data.fresh(
        audit.entries, personas.admin.scope, Asked(today, today, "admin"), settings.load().zone
    )  # fmt: skip
    test.session_state["audit_open"] = entry  # as a click on its line leaves it
    test.run()
    assert any("**岗位**" in each.value and "销售顾问" in each.value for each in test.markdown)


@pytest.mark.parametrize("username", ["consultant", "specialist", "channel_manager", "finance", "agent"])
def test_others_are_told_that_it_is_not_their_page(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "audit")
    assert "没有此页面的权限" in test.error[0].value

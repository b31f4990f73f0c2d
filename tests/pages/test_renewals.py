"""The page of the renewal queue: who sees what, what a form leaves, two people on one case, what is refused."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import Customer, LossReason, Renewal, Vehicle
from db.terms import ContactMethod, ContactOutcome, LossDomain, RenewalStatus
from lib import data
from lib.access import SYSTEM, Actor
from lib.messages import opt_outs, outbox
from lib.renewals import acts, assignments, consents
from lib.renewals.acts import Contact
from lib.renewals.allowed import Act
from lib.ui import tones
from lib.words import words
from tests.cases import events, expiring, row, today
from tests.lib.messages.desk import noon, send
from tests.losses import lost_renewal
from tests.pages.desk import opened
from tests.personas import people

TALKED = Contact(ContactMethod.PHONE, ContactOutcome.CONSIDERING, "再想想")


def case(actor: Actor, key: int, language: str = "zh") -> AppTest:
    """The page with this case open."""
    test = opened(actor, "renewals", language)
    test.query_params["case"] = str(key)
    return test.run()


def offered(actor: Actor, key: int, language: str = "zh") -> AppTest:
    """The same at what is offered: trials and SMS."""
    test = case(actor, key, language)
    return at_offers(test, key, language).run()


def at_offers(test: AppTest, key: int, language: str = "zh") -> AppTest:
    """As a browser has it with that tab open; the tester forgets the open tab at every run."""
    test.session_state[f"renewal_tabs-{key}"] = words(language).say("Quote and SMS")
    return test


def shown(test: AppTest) -> str:
    said = (*test.error, *test.warning, *test.info, *test.toast)
    elements = (*said, *test.subheader, *test.caption, *test.markdown)
    tables = " ".join(each.value.to_string() for each in test.dataframe)
    return " ".join(str(each.value) for each in elements) + tables


def choose(test: AppTest, key: int, act: Act) -> AppTest:
    return test.button_group(f"act-{key}-0-{row(key).status}").set_value(act).run()


def test_an_empty_queue_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().specialist, "renewals")
    assert not test.exception
    assert "导入或登记保单" in shown(test)


def test_a_specialist_sees_their_cases_masked_and_nobody_elses(sqlite_store: Database) -> None:
    made = people()
    expiring(made, owner="specialist", name="欧阳春晓")
    expiring(made, owner="policy_specialist", name="赵六")
    test = opened(made.specialist, "renewals")
    assert not test.exception
    assert "欧***" in shown(test)
    for hidden in ("欧阳", "赵", "1380000"):
        assert hidden not in shown(test)


@pytest.mark.parametrize("who", ["consultant", "finance", "admin"])
def test_who_may_not_read_renewals_finds_no_page(sqlite_store: Database, who: str) -> None:
    made = people()
    expiring(made, name="欧阳春晓")
    test = opened(made.actors[who], "renewals")
    assert not test.dataframe
    assert "欧" not in shown(test)


def test_another_persons_case_is_not_opened_by_its_key(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="policy_specialist", name="赵六")
    test = case(made.specialist, key)
    assert test.error
    assert not test.subheader


def test_who_only_reads_is_offered_no_form(sqlite_store: Database) -> None:
    made = people()
    test = case(made.policy_specialist, expiring(made))
    assert not test.exception
    assert not [button for button in test.button if button.key and button.key.startswith("save")]


@pytest.mark.parametrize(("who", "owner", "offered"), [
    ("policy_specialist", "specialist", False), ("policy_specialist", None, False), ("specialist", None, False),
    ("specialist", "specialist", True), ("policy_specialist", "policy_specialist", True), ("manager", None, True),
])  # fmt: skip
def test_a_number_is_offered_only_to_whom_it_would_be_shown(
    sqlite_store: Database, who: str, owner: str | None, offered: bool
) -> None:
    made = people()
    key = expiring(made, owner=owner)
    test = case(made.actors[who], key)
    assert "138****" in shown(test).replace("\\", "")
    keys = {each.key for each in test.button}
    assert bool(keys & {f"phone_show-renewal-{key}", f"phone_send-renewal-{key}"}) is offered


def coloured(table: Any) -> dict[int, str]:
    """The tone of each row that has one, in the first column."""
    rules = re.findall(r"row(\d+)_col0 *{ *([^}]*?) *}", table.proto.arrow_data.styler.styles)
    return {int(row): tone for row, tone in rules}


def test_the_call_owed_after_a_quote_is_amber_on_its_last_day_and_red_after(sqlite_store: Database) -> None:
    made = people()
    for days in (-1, 0, 1):
        key = expiring(made, 40, owner="specialist")
        owed = {"call_due_on": today() + timedelta(days=days), "next_action_on": today() + timedelta(days=days)}
        with data.transaction(SYSTEM) as change:
            change.session.execute(update(Renewal).where(Renewal.id == key).values(owed))
    table = opened(made.specialist, "renewals").dataframe[0]
    assert coloured(table) == {0: tones.LATE, 1: tones.SOON}


def test_the_missing_line_of_a_car_whose_cover_has_ended_is_red(sqlite_store: Database) -> None:
    made = people()
    values = {"status": RenewalStatus.RENEWED, "partly_renewed": True, "next_action": None, "next_action_on": None}
    for days in (-5, 5):
        key = expiring(made, days, owner="specialist")
        with data.transaction(SYSTEM) as change:
            change.session.execute(update(Renewal).where(Renewal.id == key).values(closed_at=change.at, **values))
    table = opened(made.specialist, "renewals").dataframe[0]
    assert sorted(table.value["何时办"]) == ["5 天后", "超时 5 天"]
    late = list(table.value["何时办"]).index("超时 5 天")
    assert coloured(table) == {late: tones.LATE}


def test_an_undecided_case_that_left_the_queue_says_that_it_is_archived(sqlite_store: Database) -> None:
    made = people()
    expiring(made, -90, owner="specialist", name="王末日")
    key = expiring(made, -91, owner="specialist", name="王五")
    listed = opened(made.specialist, "renewals").dataframe[0].value
    assert list(listed["到期"]) == ["脱保 90 天"]
    test = case(made.specialist, key)
    test.text_input("renewal_search").set_value("王").run()
    assert sorted(test.dataframe[0].value["何时办"] == "已归档") == [False, True]
    assert "已归档：到期逾 90 天仍未结案" in shown(test)
    test.text_area(f"note-CONTACT-{key}-0").input("车已卖")
    test.button(f"save-{key}-0").click().run()
    assert not test.exception
    assert not test.error
    assert events(key)[-1].note == "车已卖"


def test_a_decided_case_shows_its_day_and_the_other_years_of_its_car(sqlite_store: Database) -> None:
    made = people()
    key = lost_renewal(made)
    test = case(made.specialist, key)
    assert "剩 20 天" not in shown(test)
    assert "话术" not in shown(test)
    test.session_state[f"renewal_tabs-{key}"] = "经过"
    (coming,) = [each for each in test.run().button if each.key and each.key.startswith("renewal_year-")]
    assert "间转续 · 待跟进" in coming.label
    coming.click().run()
    assert coming.key.removeprefix("renewal_year-") in test.query_params["case"]


def test_an_answer_that_ends_sms_stands_in_the_story(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    test = case(made.specialist, key)
    test.session_state[f"renewal_tabs-{key}"] = "经过"
    assert "登记退订" not in shown(test.run())
    with data.transaction(SYSTEM) as change:
        car = select(Renewal.vehicle_id).where(Renewal.id == key).scalar_subquery()
        owner = select(Vehicle.customer_id).where(Vehicle.id == car).scalar_subquery()
        mobile = change.session.scalar(select(Customer.mobile).where(Customer.id == owner))
    data.write(opt_outs.record, SYSTEM, mobile, opt_outs.REPLIED)
    test.session_state[f"renewal_tabs-{key}"] = "经过"
    assert "登记退订" in shown(test.run())


def test_a_price_told_by_wechat_is_called_no_sms_quote(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    told = acts.QuoteTold(ContactMethod.WECHAT, Decimal(3912), "保险公司官网的价格")
    data.write(acts.tell_quote, made.specialist, key, row(key).version, told)
    (heard,) = opened(made.specialist, "renewals").dataframe[0].value["上次联系"]
    assert heard.endswith(" 报价")


def test_save_and_next_records_the_contact_and_opens_the_case_below(sqlite_store: Database) -> None:
    made = people()
    first, second = expiring(made, 5, owner="specialist"), expiring(made, 9, owner="specialist")
    test = case(made.specialist, first)
    test.text_area(f"note-CONTACT-{first}-0").input("认可价格，周三来")
    test.button(f"save_next-{first}-0").click().run()
    assert not test.exception
    assert events(first)[-1].note == "认可价格，周三来"
    assert str(second) in test.query_params["case"]
    assert row(second).status is RenewalStatus.PENDING


def test_a_case_that_leaves_the_list_lets_it_stand_and_the_next_is_the_one_below(sqlite_store: Database) -> None:
    made = people()
    _above, key, below = (expiring(made, days, owner="specialist") for days in (5, 9, 12))
    test = case(made.specialist, key)
    test.query_params["view"] = "today"
    table = test.run().dataframe[0].key
    assert marked(test) == [1]
    test.text_area(f"note-CONTACT-{key}-0").input("周三来")
    test.button(f"save-{key}-0").click().run()
    assert [len(test.dataframe[0].value), marked(test)] == [2, []]
    test.text_area(f"note-CONTACT-{key}-1").input("带行驶证")
    test.button(f"save_next-{key}-1").click().run()
    assert str(below) in test.query_params["case"]
    assert marked(test) == [1]
    assert test.dataframe[0].key == table


def marked(test: AppTest) -> list[int]:
    """The lines marked in the list."""
    return list(test.session_state[test.dataframe[0].key]["selection"]["rows"])


def test_what_is_refused_is_said_and_what_was_typed_stays(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made)
    test = case(made.specialist, key)
    test.date_input(f"callback-CONTACT-{key}-0").set_value(today() + timedelta(days=9))
    test.button(f"save-{key}-0").click().run()
    assert "请记录客户的想法" in shown(test)
    assert test.date_input(f"callback-CONTACT-{key}-0").value == today() + timedelta(days=9)
    assert row(key).version == 1


def test_the_story_tells_of_sms_consent_trials_and_who_was_given_the_case(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = people()
    noon(monkeypatch)
    key = expiring(made, consent=False)
    data.write(assignments.assign, made.manager, (key,), (made.specialist.user_id,))
    data.write(consents.agree, made.specialist, key, row(key).version)
    message = send(made.specialist, key)
    data.write(outbox.mark_sent, made.specialist, message, 1)
    test = case(made.specialist, key)
    test.session_state[f"renewal_tabs-{key}"] = "经过"
    told = "\n".join(each.value for each in test.run().markdown)
    assert not test.exception
    for each in ("短信 · 报价（一个方案） · 已发送", "记录同意短信", "保费试算 · 基本", "给 续一", "张\\*\\*您好"):
        assert each in told


def test_a_loss_asks_its_reason_and_countermeasure(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made)
    test = choose(case(made.specialist, key), key, Act.LOSE)
    wanted = (LossReason.domain == LossDomain.RENEWAL, LossReason.slug == "broker")
    reason = data.fresh(lambda connection: connection.scalar(select(LossReason.id).where(*wanted)))
    test.selectbox(f"reason-LOSE-{key}-0").set_value(reason)
    test.button(f"save-{key}-0").click().run()
    assert "应对措施" in shown(test)
    test.text_area(f"countermeasure-LOSE-{key}-0").input("送保养券")
    test.button(f"save-{key}-0").click().run()
    assert row(key).status is RenewalStatus.LOST
    assert events(key)[-1].countermeasure == "送保养券"


def test_the_policy_is_registered_from_the_case(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, 10, owner="specialist")
    test = choose(case(made.specialist, key), key, Act.REGISTER)
    test.text_input(f"number-commercial-{key}-0").input("PA2026001").run()
    test.number_input(f"premium-commercial-{key}-0").set_value(3912.5).run()
    test.button(f"register-{key}-0").click().run()
    assert not test.exception
    assert row(key).status is RenewalStatus.RENEWED
    assert not [each for each in test.text_input if "number-" in str(each.key)]  # nothing is left to register


def test_a_decided_case_is_asked_for_no_next_date(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, 10, owner="specialist")
    assert "下次回访" in {each.label for each in choose(case(made.specialist, key), key, Act.CONTACT).date_input}
    key = lost_renewal(made)
    test = choose(case(made.specialist, key), key, Act.CONTACT)
    assert test.text_area(f"note-CONTACT-{key}-0")
    assert "下次回访" not in {each.label for each in test.date_input}, "which would come up nowhere"


def test_the_second_person_is_told_keeps_what_they_typed_and_decides(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    test = case(made.manager, key)
    test.text_area(f"note-CONTACT-{key}-0").input("经理的话")
    data.write(acts.contact, made.specialist, key, row(key).version, TALKED)
    test.button(f"save-{key}-0").click().run()
    assert "续一" in test.error[0].value
    assert test.text_area(f"note-CONTACT-{key}-0").value == "经理的话"
    assert [event.note for event in events(key) if event.note] == ["再想想"]
    test.button(f"save-{key}-0").click().run()
    assert [event.note for event in events(key) if event.note] == ["再想想", "经理的话"]


def test_a_change_by_somebody_else_is_pointed_out_before_saving(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    test = case(made.manager, key)
    data.write(acts.contact, made.specialist, key, row(key).version, TALKED)
    test.run()
    assert "续一" in test.warning[0].value
    assert "再想想" in test.warning[0].value


def test_the_last_step_is_taken_back_by_a_click(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    data.write(acts.contact, made.specialist, key, row(key).version, TALKED)
    test = case(made.specialist, key)
    test.button("renewal_undo").click().run()
    assert not test.exception
    assert row(key).status is RenewalStatus.PENDING
    assert "已撤销上一步" in shown(test)


def test_a_view_and_a_search_narrow_the_list(sqlite_store: Database) -> None:
    made = people()
    expiring(made, 5, name="李四")
    expiring(made, 50, name="欧阳春晓")
    test = opened(made.specialist, "renewals")
    test.query_params["view"] = "7d"
    test.run()
    assert "李*" in shown(test)
    assert "欧***" not in shown(test)
    test.text_input("renewal_search").input("欧阳").run()
    assert "欧***" in shown(test)
    assert "欧阳" not in str(test.query_params)


@pytest.mark.parametrize("view", ["all", "overdue"])
def test_an_unknown_person_in_the_address_is_said_and_everybody_offered(sqlite_store: Database, view: str) -> None:
    made = people()
    expiring(made, name="欧阳春晓")
    test = opened(made.manager, "renewals")
    test.query_params["specialist"], test.query_params["view"] = "99999", view
    test.run()
    assert "没有这位续保专员" in shown(test)
    assert "导入或登记保单" not in shown(test)
    test.button("renewal_everybody").click().run()
    assert "specialist" not in test.query_params
    assert "没有这位续保专员" not in shown(test)


def test_a_price_that_the_field_does_not_take_is_answered_with_the_range(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    test = choose(case(made.specialist, key), key, Act.QUOTE)
    test.button(f"save-{key}-0").click().run()
    assert "大于 0，不超过 1,000,000 元" in shown(test)


def test_a_case_that_is_gone_or_nonsense_in_the_address_is_answered(sqlite_store: Database) -> None:
    made = people()
    expiring(made)
    test = case(made.specialist, 999_999)
    assert "该记录" in shown(test) or test.error
    test.query_params["view"], test.query_params["case"] = "nonsense", "x"
    assert not test.run().exception


def test_english_says_it_in_english(sqlite_store: Database) -> None:
    made = people()
    test = case(made.specialist, expiring(made), "en")
    assert not test.exception
    assert "Script" in shown(test)


def test_a_manager_deals_the_unassigned_from_the_team_page(sqlite_store: Database) -> None:
    made = people()
    keys = [expiring(made) for _ in range(2)]
    test = opened(made.manager, "renewal_team")
    assert "续一" in shown(test)
    test.multiselect("give_to-0").set_value([made.specialist.user_id])
    test.button("give_save-0").click().run()
    assert not test.exception
    assert {row(key).owner_id for key in keys} == {made.specialist.user_id}


def test_the_team_page_is_the_managers(sqlite_store: Database) -> None:
    test = opened(people().specialist, "renewal_team")
    assert not test.dataframe


def test_a_manager_gives_one_case_to_somebody_from_its_panel(sqlite_store: Database) -> None:
    made = people()
    key, other = expiring(made), expiring(made)
    test = case(made.manager, key)
    test.selectbox(f"assign_to-{key}").set_value(made.specialist.user_id)
    test.button(f"assign_save-{key}").click().run()
    assert not test.exception
    assert (row(key).owner_id, row(other).owner_id) == (made.specialist.user_id, None)


def test_a_manager_ticks_several_cases_in_the_list_and_gives_those_alone(sqlite_store: Database) -> None:
    made = people()
    ticked, left, also = (expiring(made, days) for days in (5, 6, 7))
    test = opened(made.manager, "renewals")
    test.button("giving_start").click().run()
    mark(test, [0, 2])
    test.multiselect("giving_to-0").set_value([made.specialist.user_id])
    mark(test, [0, 2], "giving_save-0")
    assert not test.exception
    assert {key: row(key).owner_id for key in (ticked, left, also)} == {
        ticked: made.specialist.user_id, left: None, also: made.specialist.user_id,
    }  # fmt: skip
    assert test.button("giving_save-1").disabled


def test_ticked_cases_without_a_taker_stay_where_they_are(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made)
    test = opened(made.manager, "renewals")
    test.button("giving_start").click().run()
    mark(test, [0])
    mark(test, [0], "giving_save-0")
    assert "续保专员" in test.error[0].value
    assert row(key).owner_id is None


def test_a_specialist_is_offered_no_giving(sqlite_store: Database) -> None:
    test = opened(people().specialist, "renewals")
    assert "giving_start" not in [each.key for each in test.button]


def mark(test: AppTest, rows: list[int], press: str = "") -> None:
    """Tick lines of the list, which the tester forgets at every run, and press a button in that run."""
    key = next(each.key for each in test.dataframe)
    test.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    if press:
        test.button(press).click()
    test.run()

"""Offering from a case and keeping SMS: what a form leaves, what is masked, who may not."""

from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import Customer, Message
from db.terms import Cover, MessageKind, MessageStatus, Plan, RenewalStatus
from lib import data
from lib.access import Actor
from lib.messages import templates
from lib.premiums import quotes
from lib.premiums.wishes import COMMERCIAL
from lib.ui import premiums
from lib.ui.quotes import OPEN
from tests.cases import expiring, row
from tests.lib.messages.desk import asked, change, message, noon, send, template
from tests.pages.desk import labelled, opened
from tests.pages.test_renewals import at_offers, offered, shown
from tests.personas import Personas, people


@pytest.fixture
def made(sqlite_store: Database, monkeypatch: pytest.MonkeyPatch) -> Personas:
    personas = people()
    noon(monkeypatch)
    return personas


def trial(actor: Actor, key: int) -> AppTest:
    """The case with its premium trial open."""
    test = offered(actor, key)
    test.session_state[OPEN] = key
    return test.run()


def priced(patch: pytest.MonkeyPatch, *covers: Cover) -> None:
    """Let the table of covers begin with base premiums, as if they had been typed."""
    empty = premiums._covers

    def filled() -> pd.DataFrame:
        table = empty()
        table.loc[[COMMERCIAL.index(each) for each in covers], "base"] = 2000.0
        return table

    patch.setattr(premiums, "_covers", filled)


def test_a_trial_starts_from_the_car_and_is_saved_with_the_case(
    made: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    priced(monkeypatch, *COMMERCIAL)
    key = expiring(made, owner="specialist")
    test = trial(made.specialist, key)
    assert not test.exception
    assert "上年：商业险 ¥4,286" in shown(test).replace("\\", "")
    labelled(test.selectbox, "使用性质").select("企业非营业客车")
    test.run()
    test.button(f"case_trial-{key}-0-save").click().run()
    assert not test.exception
    saved = data.fresh(quotes.of_case, made.specialist, key)
    assert [each.plan for each in saved] == [Plan.BASIC, Plan.BALANCED, Plan.FULL]
    assert saved[0].trial.lines[0].base_amount == Decimal(1000)
    assert row(key).status is RenewalStatus.PENDING  # a saved trial alone is not quoted
    test = offered(made.specialist, key)
    assert "1,000.00 × 1 = 1,000.00" in shown(test).replace("\\", "")
    assert "以保险公司核保为准" in shown(test)


def test_what_a_plan_lacks_stands_in_it_wherever_it_is_shown(made: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    priced(monkeypatch, Cover.THIRD_PARTY)
    key = expiring(made, owner="specialist")
    test = trial(made.specialist, key)
    said = [each.value for each in test.warning]
    assert "缺基准保费，未计入：车损险、车上人员责任险（司机）、车上人员责任险（乘客）、医保外医疗费用责任" in said
    assert len([each for each in said if "未计入" in each]) == 2
    test.pills(f"case_trial-{key}-0-plans").set_value([Plan.BALANCED])
    test.button(f"case_trial-{key}-0-save").click().run()
    assert not test.exception
    test = offered(made.specialist, key)
    assert any("均衡（未含 4 项）" in each for each in test.selectbox(f"sms_quote-{key}-0").options)
    assert any("未计入" in each.value for each in test.warning)


def test_a_plan_of_compulsory_insurance_alone_is_not_saved_as_a_full_one(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    test = trial(made.specialist, key)
    test.button(f"case_trial-{key}-0-save").click().run()
    assert any("一项商业险都没有" in each.value for each in [*test.error, *test.warning])
    assert data.fresh(quotes.of_case, made.specialist, key) == ()


def test_a_quote_by_sms_goes_from_preview_to_copied_and_marked(made: Personas) -> None:
    key = expiring(made, 90, owner="specialist", name="欧阳春晓")
    data.write(quotes.save, made.specialist, key, asked(Plan.BASIC))
    test = offered(made.specialist, key)
    text = shown(test).replace("\\", "")
    assert "【东风店】欧***您好，云A***" in text
    assert "1 条" in text or "2 条" in text
    at_offers(test, key).button(f"sms_send-{key}-0").click().run()
    assert not test.exception
    assert row(key).status is RenewalStatus.QUOTED
    assert message(1).status is MessageStatus.BY_HAND
    assert not test.code
    at_offers(test, key).button("copy-1").click().run()
    assert [each.value[:3] for each in test.code] == ["138", "【东风"]
    at_offers(test, key).button("mark_sent-1-1").click().run()
    assert message(1).status is MessageStatus.SENT
    assert not test.code


def test_without_consent_the_sms_waits_for_one_click_on_the_call(made: Personas) -> None:
    key = expiring(made, owner="specialist", consent=False)
    data.write(quotes.save, made.specialist, key, asked(Plan.BASIC))
    test = offered(made.specialist, key)
    assert test.button(f"sms_send-{key}-0").disabled
    assert any("同意" in each.value for each in test.warning)
    test.button("sms_agree").click().run()
    assert not test.button(f"sms_send-{key}-1").disabled


def test_who_only_reads_may_read_what_was_offered_and_no_more(made: Personas) -> None:
    key = expiring(made, owner="specialist", name="欧阳春晓")
    send(made.specialist, key)
    test = offered(made.policy_specialist, key)
    assert not test.exception
    assert "欧***您好" in shown(test).replace("\\", "")
    assert not [each for each in test.button if each.key and each.key.startswith(("sms_", "copy", "mark", "cancel"))]


@pytest.mark.parametrize("who", ["policy_specialist", "consultant", "admin"])
def test_the_outbox_opens_only_for_whom_it_serves(made: Personas, who: str) -> None:
    send(made.specialist, expiring(made, owner="specialist", name="欧阳春晓"))
    test = opened(made.actors[who], "messages")
    assert not test.dataframe
    assert "欧" not in shown(test)


def test_the_outbox_shows_what_waits_for_a_person_and_lets_them_decide(made: Personas) -> None:
    mine = send(made.specialist, expiring(made, owner="specialist", name="欧阳春晓"))
    send(made.manager, expiring(made, owner="policy_specialist", name="赵六"))
    change(Message, status=MessageStatus.FAILED, error="The gateway could not be reached.")
    test = opened(made.specialist, "messages")
    assert not test.exception
    assert "连不上短信网关" in shown(test)
    assert "赵" not in shown(test)
    key = f"outbox-TO_DO-None-{mine}"
    test.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()
    test.button(f"cancel-{mine}-1").click().run()
    assert not test.exception
    assert message(mine).status is MessageStatus.CANCELLED


def test_an_opt_out_is_noted_by_hand(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    change(Customer, mobile="13812345678")
    test = opened(made.specialist, "messages")
    test.text_input("opt_out_mobile-0").input("138 1234 5678")
    test.button("opt_out_save-0").click().run()
    assert not test.exception
    assert any("退订" in each.value or "更多短信" in each.value or "不再" in each.value
               for each in offered(made.specialist, key).warning)  # fmt: skip


def test_a_text_is_read_with_an_example_and_changed_by_a_new_one(made: Personas) -> None:
    test = opened(made.manager, "templates")
    assert not test.exception
    old = template()
    assert "张三丰您好" in shown(test).replace("\\", "")
    test.text_area(f"text_body-{old}-0").input("{phone}").run()
    assert any("{phone}" in each.value.replace("\\", "") for each in test.warning)
    test.text_area(f"text_body-{old}-0").input("{amount}元，以保险公司核保为准").run()
    test.button(f"text_save-{old}-0").click().run()
    assert not test.exception
    bodies = [each.body for each in data.read(templates.templates) if each.kind is MessageKind.QUOTE]
    assert "{amount}元，以保险公司核保为准" in bodies
    assert opened(made.specialist, "templates").error


def test_in_english_the_screens_speak_english(made: Personas) -> None:
    key = expiring(made, owner="specialist")
    send(made.specialist, key)
    test = offered(made.specialist, key, "en")
    assert not test.exception
    assert "To send by hand" in " ".join(str(each.value) for each in test.markdown)
    assert not opened(made.manager, "messages", "en").exception

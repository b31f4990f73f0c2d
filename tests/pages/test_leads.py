"""The page of leads: who sees what, what a step leaves, and two people on one lead."""

from decimal import Decimal

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import AuditEntry
from db.terms import LeadEventKind, LeadStatus
from lib import data
from lib.access import Actor
from lib.leads import steps
from lib.leads.steps import Step
from tests.db.leads.showroom import MOBILE, VIN, arrive, events, lead, reason
from tests.pages.desk import opened
from tests.personas import people

K = LeadEventKind


def case(actor: Actor, lead_id: int) -> AppTest:
    """The page with this lead's case open."""
    test = opened(actor, "leads")
    test.query_params["lead"] = str(lead_id)
    return test.run()


def choose(test: AppTest, lead_id: int, kind: LeadEventKind) -> AppTest:
    return test.button_group(f"step_kind-{lead_id}-{lead(lead_id).status}").set_value(kind).run()


def shown(test: AppTest) -> str:
    said = (*test.error, *test.warning, *test.info, *test.toast)
    elements = (*said, *test.subheader, *test.caption, *test.markdown)
    tables = " ".join(each.value.to_string() for each in test.dataframe)
    return " ".join(str(each.value) for each in elements) + tables


def test_an_empty_list_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().consultant, "leads")
    assert not test.exception
    assert "来客登记" in shown(test)


def test_a_consultant_sees_their_own_leads_masked(sqlite_store: Database) -> None:
    who = people()
    arrive(who.consultant)
    arrive(who.colleague, name="赵六", mobile="13912349001")
    test = opened(who.consultant, "leads")
    assert not test.exception
    assert "王**" in shown(test)
    assert "138****8000" in shown(test)
    for hidden in ("王小明", MOBILE, "赵"):
        assert hidden not in shown(test)


def test_another_persons_lead_is_not_opened_by_its_key(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = case(who.colleague, key)
    assert "王" not in shown(test)
    assert test.error


def test_who_reads_only_gets_the_story_and_no_form(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = case(who.channel_manager, key)
    assert "首次接触" in shown(test)
    assert not [each for each in test.button if "step" in str(each.key)]


def test_who_has_nothing_to_do_with_leads_gets_no_page(sqlite_store: Database) -> None:
    who = people()
    arrive(who.consultant)
    for person in (who.specialist, who.finance, who.admin):
        test = opened(person, "leads")
        assert test.error
        assert not test.dataframe


def test_a_sale_is_recorded_to_the_end(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = choose(case(who.consultant, key), key, K.ORDER)
    test.number_input(f"step_amount-{key}-0").set_value(152800.0)
    test.button(f"step_save-{key}-0").click().run()
    assert lead(key).order_price == Decimal(152800)
    test = choose(test, key, K.DELIVERY)
    test.text_input(f"step_vin-{key}-1").set_value(VIN)
    test.button(f"step_save-{key}-1").click().run()
    assert not test.exception
    assert lead(key).status is LeadStatus.DELIVERED
    assert VIN not in shown(test)


def test_a_loss_without_its_reason_is_refused_and_the_note_stays(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = choose(case(who.consultant, key), key, K.LOST)
    test.text_area(f"step_note-{key}-0").set_value("嫌贵")
    test.button(f"step_save-{key}-0").click().run()
    assert "战败原因" in shown(test)
    assert test.text_area(f"step_note-{key}-0").value == "嫌贵"
    test.selectbox(f"step_reason-{key}-0").set_value(reason("price_gap"))
    test.button(f"step_save-{key}-0").click().run()
    assert (lead(key).status, events(key)[-1].note) == (LeadStatus.LOST, "嫌贵")


def test_the_second_of_two_is_told_keeps_the_text_and_saves_upon_it(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = case(who.consultant, key)
    data.write(steps.advance, who.manager, key, 1, Step(K.TEST_DRIVE))
    test.text_area(f"step_note-{key}-0").set_value("客户周六再来")
    test.button(f"step_save-{key}-0").click().run()
    assert "manager" in shown(test)
    assert "试驾" in shown(test)
    assert test.text_area(f"step_note-{key}-0").value == "客户周六再来"
    assert [each.kind for each in events(key)] == [K.FIRST_CONTACT, K.TEST_DRIVE]
    test.button(f"step_save-{key}-0").click().run()
    assert [each.kind for each in events(key)] == [K.FIRST_CONTACT, K.TEST_DRIVE, K.NOTE]
    assert events(key)[-1].note == "客户周六再来"


def test_ones_own_last_step_is_taken_back_by_a_button(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    data.write(steps.advance, who.consultant, key, 1, Step(K.TEST_DRIVE))
    test = case(who.consultant, key)
    test.button("lead_undo").click().run()
    assert not test.exception
    assert events(key)[-1].superseded_at is not None


def test_the_number_is_shown_in_full_only_after_the_act_is_on_record(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = case(who.consultant, key)
    assert not test.get("link_button")
    test.button(f"phone_show-lead-{key}").click().run()
    assert not test.exception
    assert [each.proto.url for each in test.get("link_button")] == [f"tel:{MOBILE}"]
    with sqlite_store.reading.connect() as connection:
        assert connection.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1)) == "revealed"


def test_details_are_corrected_and_a_masked_name_stays(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = case(who.consultant, key)
    test.text_input(f"details_district-{key}-0").set_value("西山区")
    test.button(f"details_save-{key}-0").click().run()
    assert not test.exception
    assert lead(key).district == "西山区"
    assert lead(key).captured


def test_a_manager_hands_a_leavers_leads_over(sqlite_store: Database) -> None:
    who = people()
    keys = [arrive(who.consultant, name=name).lead_id for name in ("甲", "乙")]
    test = opened(who.manager, "leads")
    test.selectbox("leaver_from").set_value(who.consultant.user_id)
    test.selectbox("leaver_to").set_value(who.colleague.user_id)
    test.button("leaver_save").click().run()
    assert not test.exception
    assert {lead(key).consultant_id for key in keys} == {who.colleague.user_id}


def test_a_search_finds_lost_ones_and_leaves_no_trace_in_the_address(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    data.write(steps.advance, who.consultant, key, 1, Step(K.LOST, loss_reason_id=reason("no_intent")))
    test = opened(who.consultant, "leads")
    test.text_input("lead_search").set_value("8000").run()
    assert "王**" in shown(test)
    assert "8000" not in str(dict(test.query_params))


def test_the_page_speaks_english_too(sqlite_store: Database) -> None:
    who = people()
    key = arrive(who.consultant).lead_id
    test = opened(who.consultant, "leads", language="en")
    test.query_params["lead"] = str(key)
    test.run()
    assert test.title[0].value == "Lead follow-up"
    assert "Walk" in shown(test) or "walk" in shown(test)

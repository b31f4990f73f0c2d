"""The loss analysis page: whose losses it shows, what is selected, what opens; it counts as the command does."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import AuditEntry
from db.terms import LeadEventKind, LossDomain, RenewalEventKind, RenewalStatus
from lib import data
from lib.losses.choices import choices
from lib.losses.figures import losses
from lib.losses.filters import BOTH
from lib.losses.movers import By
from lib.losses.reasons import reasons
from lib.losses.rows import Which
from lib.periods import Unit, whole
from lib.renewals.figures import renewals
from lib.ui.losses import cross, moved, moved_rows, rows
from lib.ui.losses.crossed import NONE, REST
from lib.ui.losses.moved import Asked
from lib.ui.losses.rows import OPEN
from lib.ui.losses.wanted import Selected, Wanted
from lib.ui.today import today
from tests.facts import facts
from tests.lib.losses.lost import insured, lost_lead, lost_renewal
from tests.pages.desk import desk, opened
from tests.personas import Personas, people

CASES = "战败明细"


def last_month() -> date:
    """A day of the month before this one: all of it is past."""
    return today().replace(day=1) - timedelta(days=1)


def busy() -> Personas:
    """Last month: three leads lost and one delivered, two renewals lost and one renewed; the month before, one of each
    lost; a loss in the other store."""
    day, before = last_month().isoformat(), (last_month().replace(day=1) - timedelta(days=1)).isoformat()
    with facts() as f:
        p = f.personas
        mine = p.specialist.user_id
        lost_lead(f, day, "price_gap", model="星河E", competitor="城东汇达", price_gap_amount=3000)
        lost_lead(f, day, "gift", by="colleague", model="远途A7")
        lost_lead(f, day, "too_far", channel="S1-C1-A1", by="branch_consultant")
        f.lead_event(f.lead(day), LeadEventKind.DELIVERY, day)
        lost_renewal(f, day, "price_direct", insurer="人保财险", owner_id=mine)
        lost_renewal(f, day, "vehicle_sold", insurer="平安产险", owner_id=mine)
        won = insured(f, day, "平安产险", status=RenewalStatus.RENEWED, owner_id=mine)
        f.renewal_event(won, RenewalEventKind.RENEWED, day, specialist_id=mine)
        insured(f, day, "人保财险", status=RenewalStatus.LOST, owner_id=mine)
        f.renewal(day, RenewalStatus.VOID)
        lost_lead(f, before)
        lost_renewal(f, before)
        insured(f, before, "人保财险", status=RenewalStatus.LOST, reason="broker", owner_id=mine)
        f.renewal(before)
        lost_lead(f, day, channel="S2", by="other_consultant")
        return p


def at_address(personas: Personas, who: str = "manager", **address: str) -> AppTest:
    """The page as somebody opens it by an address in which last month is selected."""
    test = desk(personas.actors[who]).run().switch_page("../../pages/losses.py")
    for name, value in {"month": f"{last_month():%Y-%m}", **address}.items():
        test.query_params[name] = value
    return test.run()


def tile(test: AppTest, label: str) -> str:
    """The markup of the tile of this name."""
    buttons = [each.label for each in test.button if each.key and each.key.startswith("open_")]
    return [each.value for each in test.get("html") if "desk-tile small" in each.value][buttons.index(label)]


def chips(test: AppTest) -> list[str]:
    """What is selected beside the month."""
    return [each.key for each in test.button if each.key and each.key.startswith("chip-") and each.key != "chip-month-"]


def listed(test: AppTest) -> Any:
    """The cases at the end of the page."""
    return test.dataframe[-1].value


def heading(test: AppTest) -> str:
    return next(each.value for each in test.subheader if each.value.startswith(CASES))


def test_a_manager_sees_the_losses_of_the_own_area_with_their_fractions(sqlite_store: Database) -> None:
    test = at_address(busy())
    assert not test.exception
    assert ">5<small>例</small>" in tile(test, "战败")
    assert ">3<small>例</small>" in tile(test, "可控战败")
    assert "5 / 7" in tile(test, "战败率")
    assert "样本少（n = 7）" in tile(test, "战败率")
    assert "50.0%" in tile(test, "续保率")
    assert heading(test).endswith("5 条")
    assert set(listed(test)["客户"]) <= {"张**", ""}


@pytest.mark.parametrize("who", ["boss", "channel_manager"])
def test_those_who_look_at_losses_may_open_the_page(sqlite_store: Database, who: str) -> None:
    test = at_address(busy(), who)
    assert not test.exception
    assert heading(test) == f"{CASES}：{6 if who == 'boss' else 5} 条"


@pytest.mark.parametrize(("who", "count"), [("consultant", 1), ("colleague", 1), ("specialist", 2)])
def test_consultants_and_specialists_see_their_own_losses_alone(sqlite_store: Database, who: str, count: int) -> None:
    personas = busy()
    test = at_address(personas, who)
    assert not test.exception
    assert heading(test) == f"{CASES}：{count} 条"
    assert set(listed(test)["人员"]) == {personas.actors[who].name}
    assert "人员" not in [each.label for each in test.multiselect]
    other = at_address(personas, who, person="branch_consultant")
    assert heading(other) == heading(test)


@pytest.mark.parametrize("who", ["agent", "finance", "policy_specialist", "admin"])
def test_nobody_else_opens_it(sqlite_store: Database, who: str) -> None:
    test = opened(busy().actors[who], "losses")
    assert "没有此页面的权限" in test.error[0].value
    assert not test.dataframe


def test_the_same_in_english(sqlite_store: Database) -> None:
    test = opened(busy().manager, "losses", "en")
    assert not test.exception
    assert test.title[0].value == "Loss analysis"


def test_nothing_recorded_says_what_to_do(sqlite_store: Database) -> None:
    test = opened(people().manager, "losses")
    assert not test.exception
    assert any("更早的期间" in each.value for each in test.info)
    assert "—" in tile(test, "战败率")


def test_what_is_selected_stands_in_the_address_and_as_chips_and_narrows_the_page(sqlite_store: Database) -> None:
    test = at_address(busy(), reason="lead.price", person="consultant")
    assert not test.exception
    assert chips(test) == ["chip-people-consultant", "chip-reasons-lead.price"]
    assert heading(test) == f"{CASES}：1 条"
    assert list(listed(test)["竞争对手"]) == ["城东汇达"]
    assert "0 / 1" in tile(test, "战败明确率"), "the rate of what is selected"


def test_a_chip_takes_its_selection_away(sqlite_store: Database) -> None:
    test = at_address(
        busy(), reason="lead.price", competitor="城东汇达", gap="lead.3000-5000", month=f"{last_month():%Y-%m}"
    )
    assert heading(test) == f"{CASES}：1 条"
    for key in ("chip-reasons-lead.price", "chip-competitors-城东汇达", "chip-gap-lead.3000-5000"):
        test = test.button(key=key).click().run()
        assert not test.exception
    assert chips(test) == []
    assert heading(test) == f"{CASES}：5 条"
    assert "reason" not in test.query_params


def test_everything_can_be_cleared_at_once(sqlite_store: Database) -> None:
    test = at_address(busy(), reason="renewal.price", channel="S1-C1", insurer="人保财险")
    test = test.button(key="chips_clear").click().run()
    assert not test.exception
    assert [each.key for each in test.button if (each.key or "").startswith("chip")] == []
    assert set(test.query_params) == set()


def test_a_month_selected_goes_before_the_filters_period(sqlite_store: Database) -> None:
    earlier = last_month().replace(day=1) - timedelta(days=1)
    test = at_address(busy(), month=f"{earlier:%Y-%m}")
    assert heading(test) == f"{CASES}：2 条"
    test = test.button(key="chip-month-").click().run()
    assert heading(test) == f"{CASES}：0 条"
    assert "month" not in test.query_params


def test_another_period_takes_the_selected_month_away(sqlite_store: Database) -> None:
    earlier = last_month().replace(day=1) - timedelta(days=1)
    personas = busy()
    test = at_address(personas, month=f"{earlier:%Y-%m}")
    test = test.button(key="step_-1").click().run()
    assert not test.exception
    assert "month" not in test.query_params
    assert heading(test) == f"{CASES}：5 条", "those of the month before this one"
    test = at_address(personas, month=f"{earlier:%Y-%m}")
    next(each for each in test.button_group if each.label == "期间").set_value("week").run()
    assert "month" not in test.query_params


def test_a_stale_selection_is_left_out_or_can_be_taken_away(sqlite_store: Database) -> None:
    address = {"person": "nobody", "reason": "lead.gone", "model": "999", "type": "odd", "gap": "x", "month": "2026-99",
               "channel": "S2", "of": "cars", "rate": "?", "by": "?"}  # fmt: skip
    personas = busy()
    test = at_address(personas, **address)
    assert not test.exception
    assert chips(test) == []
    for nonsense in ({"month": "9999-12"}, {"gap": "renewal.1e999-1"}, {"gap": "lead.nan-"}):
        test = at_address(personas, **nonsense)
        assert not test.error
        assert chips(test) == []
    gone = at_address(personas, competitor="不再有")
    assert heading(gone) == f"{CASES}：0 条"
    assert chips(gone) == ["chip-competitors-不再有"]


def test_a_controllable_choice_and_a_renewal_type_narrow_the_losses(sqlite_store: Database) -> None:
    personas = busy()
    assert heading(at_address(personas, controllable="no")) == f"{CASES}：2 条"
    assert heading(at_address(personas, type="repeat")) == f"{CASES}：2 条"
    assert heading(at_address(personas, of="lead")) == f"{CASES}：3 条"


def test_a_number_opens_into_its_rows(sqlite_store: Database) -> None:
    test = at_address(busy())
    test = test.button(key="open_loss_rate").click().run()
    assert not test.exception
    assert test.session_state[OPEN].slug == "loss_rate"
    assert len(listed(test)) == 7
    assert sorted(set(listed(test)["结果"])) == sorted({"战败", "交车", "续保"})


@pytest.mark.parametrize(("who", "count"), [("manager", 2), ("specialist", 1), ("consultant", 1)])
def test_a_number_of_the_period_before_opens_into_its_rows(sqlite_store: Database, who: str, count: int) -> None:
    test = at_address(busy(), who)
    test = test.button(key="then_loss_rate_before").click().run()
    assert not test.exception
    assert len(listed(test)) == count
    assert all(earlier_month() in when for when in listed(test)["时间"])
    assert chips(test) == [], "no other period was chosen for it"


def earlier_month() -> str:
    earlier = last_month().replace(day=1) - timedelta(days=1)
    return f"{earlier.month}月{earlier.day}日"


def test_every_number_that_is_compared_counts_the_rows_that_it_opens(store: Database) -> None:
    wanted = compared_months(busy())
    for asked in (Asked(slug, moved.BEFORE, by) for slug in moved.RATES for by in By):
        spans = moved.compared_days(wanted, asked)
        assert spans is not None
        found = moved.shared_out(wanted, asked, *spans)
        assert found is not None
        for each, place in ((each, place) for each in found.parts for place in (0, 1)):
            share = (each.now, each.before)[place]
            opened = moved_rows.opens(asked.slug, asked.by, spans[place], each.group)
            listed = rows.decided(wanted, opened, opened.which) if opened.which else rows.due(wanted, opened)
            counted = share.hits if asked.by is By.REASON else share.cases
            assert len(listed(None, 1000)) == counted, (asked, each.group, spans[place])


@pytest.mark.parametrize("insurers", [1, 20])
def test_a_cell_of_no_one_thing_opens_the_rows_that_it_counts(store: Database, insurers: int) -> None:
    personas = busy()
    with facts(personas) as f:
        f.numbers = count(1000)  # beyond those of the others
        for number in range(insurers):
            lost_renewal(f, last_month().isoformat(), "price_direct", insurer=f"保险{number:02d}")
        lost_renewal(f, last_month().isoformat(), "price_direct")
    wanted = compared_months(personas)
    found = cross.by_thing(wanted, LossDomain.RENEWAL)
    cells = [each for each in found.cells(()) if each.column in (NONE, REST) and each.cases]
    assert {each.column for each in cells} == ({NONE, REST} if insurers > 1 else {NONE})
    for each in cells:
        opened = found.opens(each.row, each.column)
        assert len(rows.decided(wanted, opened, Which.LOST)(None, 1000)) == each.cases, each


def test_competitors_without_a_bar_are_told_and_can_be_chosen(sqlite_store: Database) -> None:
    with facts() as f:
        for number in range(12):
            for _ in range(20 - number):
                lost_lead(f, last_month().isoformat(), competitor=f"对手{number:02d}")
    test = at_address(f.personas)
    others = next(each for each in test.selectbox if each.label == "另有 2 家竞争对手，共 19 例战败")
    assert others.options == ["对手10 · 10", "对手11 · 9"]
    test = others.set_value("对手11").run()
    assert not test.exception
    assert chips(test) == ["chip-competitors-对手11"]
    assert heading(test) == f"{CASES}：9 条"
    assert "另有 1 家竞争对手，共 10 例战败" in [each.label for each in test.selectbox], "the one chosen has a bar now"


def test_the_sheet_of_a_heat_map_puts_nothing_together(store: Database) -> None:
    personas = busy()
    with facts(personas) as f:
        f.numbers = count(1000)  # beyond those of the others
        for number in range(20):
            lost_renewal(f, last_month().isoformat(), "price_direct", insurer=f"保险{number:02d}")
    found = cross.by_thing(compared_months(personas), LossDomain.RENEWAL)
    assert {f"保险{number:02d}" for number in range(20)} <= {name for _, name, _ in found.sheet()}
    assert len(found.columns) < 20
    assert sum(count for *_, count in found.sheet()) == sum(each.cases for each in found.cells(())) == 22


def compared_months(personas: Personas) -> Wanted:
    """What a manager sees of last month where nothing is selected."""
    period = whole(Unit.MONTH, last_month())
    scope = personas.manager.own_scope
    known = data.read(choices, scope)
    return Wanted(scope, None, BOTH, period, period, Selected(), known, data.read(reasons), today())


def test_the_page_counts_as_the_command_does(store: Database) -> None:
    personas = busy()
    period = whole(Unit.MONTH, last_month())
    told = sum(data.fresh(losses, personas.manager.scope, period, domain).total for domain in BOTH)
    test = at_address(personas)
    assert f">{told}<small>例</small>" in tile(test, "战败")
    one = data.fresh(losses, personas.manager.scope, period, LossDomain.RENEWAL).total
    assert heading(at_address(personas, of="renewal")) == f"{CASES}：{one} 条"
    due = data.fresh(renewals, personas.manager.scope, period, today()).whole
    assert f"{due.renewed} / {due.due}" in tile(test, "续保率")
    assert any(f"应续 {due.due} 台" in each.value for each in test.markdown)


def downloads_logged() -> list[dict[str, Any]]:
    """What the audit trail says of files taken away."""
    with data.database().reading.connect() as connection:
        found = select(AuditEntry.details).where(AuditEntry.action == "downloaded")
        return list(connection.execute(found).scalars())


def test_the_cases_are_taken_away_as_a_file_and_logged(sqlite_store: Database) -> None:
    test = at_address(busy())
    test = test.button(key="loss_cases_download").click().run()
    assert not test.exception
    assert [each["rows"] for each in downloads_logged()] == [5]


def test_the_data_of_a_chart_is_taken_away_by_whom_may_export(sqlite_store: Database) -> None:
    personas = busy()
    test = at_address(personas)
    test = test.menu_button(key="picture-card-causes").set_value("xlsx").run()
    assert not test.exception
    assert [each["file"].startswith("为什么战败") for each in downloads_logged()] == [True]
    offered = at_address(personas, "consultant").menu_button(key="picture-card-causes").options
    assert list(offered) == ["图片（PNG）", "图片（SVG）"]


def test_the_cases_are_turned_page_by_page(sqlite_store: Database) -> None:
    with facts() as f:
        for _ in range(53):
            lost_lead(f, last_month().isoformat())
    test = at_address(f.personas)
    first = listed(test)
    test = test.button(key="loss_cases_on").click().run()
    assert not test.exception
    assert (len(first), len(listed(test))) == (50, 3)
    assert not set(first["编号"]) & set(listed(test)["编号"])
    test = test.button(key="loss_cases_back").click().run()
    assert list(listed(test)["编号"]) == list(first["编号"])


def test_whoever_works_elsewhere_is_not_named_for_asking(sqlite_store: Database) -> None:
    test = at_address(busy(), person="other_consultant")
    assert not test.exception
    assert chips(test) == []
    assert "person" not in test.query_params

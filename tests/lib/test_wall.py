"""The wall's frame: the day and the month of a channel, its team, its insurance desk and branches, and no customer."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.engine import Database
from db.tables import Customer, LeadEvent, User, Vehicle
from db.terms import LeadEventKind as K
from db.terms import LeadSource, RenewalEventKind, RenewalStatus, Role, Subject
from lib import data
from lib.access import Scope
from lib.board.figures import PersonNumbers
from lib.kpi import Figure
from lib.periods import parse
from lib.targets import Progress, Targets
from lib.wall.bars import bar
from lib.wall.frame import frame
from lib.wall.options import WallOptions
from lib.wall.team import ranked
from lib.words import words
from tests.facts import at, facts
from tests.personas import Personas, people

TODAY = date(2026, 11, 23)  # a Monday; 16 of November's 21 working days are gone
ENGLISH = WallOptions("en")


def shown(personas: Personas, channel: str = "S1", today: date = TODAY, options: WallOptions = ENGLISH) -> Any:
    scope = next(actor.scope for actor in personas.actors.values() if actor.channel_id == personas.channels[channel])
    return data.read(frame, scope, today, options)


def tile(seen: Any, key: str) -> Any:
    return next(each for each in seen["tiles"] if each["key"] == key)


def figure(items: list[Any], key: str) -> Any:
    return next(each for each in items if each["key"] == key)


def test_the_tiles_tell_the_day_and_the_month_of_the_channel_alone(store: Database) -> None:
    personas = people()
    with facts(personas) as given:
        walk_in = given.lead("2026-11-23 09:30")
        given.lead("2026-11-23 10:00", LeadSource.CALL)
        given.lead_event(walk_in, K.TEST_DRIVE, "2026-11-23 11:00")
        given.lead_event(walk_in, K.ORDER, "2026-11-23 15:00")
        early = given.lead("2026-11-02")
        given.lead_event(early, K.ORDER, "2026-11-03")
        given.lead_event(early, K.DELIVERY, "2026-11-23 16:00")
        given.lead("2026-11-23", channel="S2", by="other_consultant")  # another store's
        given.lead("2026-10-31")  # last month's
        given.lead_event(early, K.ORDER, "2026-11-23", superseded_at=at("2026-11-23"))  # corrected since
        given.target("S1", "orders", "2026-11", "42")
    seen = shown(personas)
    assert [each["value"] for each in seen["tiles"]] == ["1", "1", "1", "1", "1"]
    assert tile(seen, "orders")["target"] == "Goal 2"
    assert tile(seen, "orders")["month"] == "Month 2 / 42"
    assert tile(seen, "orders")["bar"] == {
        "fill": round(2 / 42, 4), "pace": round(16 / 21, 4), "standing": "behind", "verdict": "30 behind",
    }  # fmt: skip
    assert (tile(seen, "calls")["target"], tile(seen, "calls")["bar"]) == ("", None)


def test_an_empty_database_shows_noughts_and_dashes(store: Database) -> None:
    seen = shown(people())
    assert {each["value"] for each in seen["tiles"]} == {"0"}
    assert {each["value"] for each in seen["conversion"]["figures"]} == {"—"}
    assert figure(seen["insurance"]["top"], "renewal_rate")["value"] == "—"
    assert seen["news"] == []


def test_the_group_without_anything_shows_the_days_scene(store: Database) -> None:
    seen = data.read(frame, Scope(), TODAY, ENGLISH)
    assert [scene["name"] for scene in seen["scenes"]] == ["today", "insurance"]
    assert (seen["title"], seen["team"]["pages"], seen["channels"]["pages"]) == ("All stores", [], [])


def test_midnight_begins_a_new_day_and_a_day_off_says_so(store: Database) -> None:
    personas = people()
    with facts(personas) as given:
        given.lead_event(given.lead("2026-11-27"), K.ORDER, "2026-11-27")
    friday, saturday = shown(personas, today=date(2026, 11, 27)), shown(personas, today=date(2026, 11, 28))
    assert (tile(friday, "orders")["value"], friday["closed"]) == ("1", None)
    assert (tile(saturday, "orders")["value"], saturday["closed"]) == ("0", "Day off")
    assert tile(saturday, "orders")["month"] == "Month 1"
    assert (friday["date"], saturday["date"]) == ("Fri 27 Nov", "Sat 28 Nov")


def test_the_race_ranks_whoever_is_at_work_in_the_channel(store: Database) -> None:
    personas = people()
    with facts(personas) as given:
        for by, count in (("colleague", 2), ("consultant", 1), ("branch_consultant", 1)):
            for _ in range(count):
                given.lead_event(given.lead("2026-11-10", by=by), K.DELIVERY, "2026-11-20")
        given.lead_event(given.lead("2026-11-10"), K.DELIVERY, "2026-11-20", superseded_at=at("2026-11-21"))
        given.target("colleague", "deliveries", "2026-11", "10")
    with Session(store.writing) as session, session.begin():
        session.execute(update(User).where(User.username == "branch_consultant").values(active=False))
    seen = shown(personas)
    assert [(row["rank"], row["name"], row["value"], row["target"]) for row in lines(seen)] == [
        (1, "顾二", "2", "10"), (2, "顾一", "1", ""),
    ]  # fmt: skip
    assert seen["team"]["note"] == "Deliveries / target; + is today"


def lines(seen: Any) -> list[Any]:
    return [row for page in seen["team"]["pages"] for column in page for row in column]


def runner(user_id: int, deliveries: int, orders: int = 0) -> PersonNumbers:
    return PersonNumbers(user_id=user_id, deliveries=deliveries, orders=orders)


def aim(target: int) -> Targets:
    return Targets(parse("2026-11"), (("deliveries", Decimal(target)),), Figure(Decimal("0.5")))


def test_the_race_goes_by_attainment_only_where_everyone_has_a_target() -> None:
    month = [runner(1, 9), runner(2, 6), runner(3, 6, orders=2)]
    everyone, by_attainment = ranked(month, [], {1: aim(10), 2: aim(5), 3: aim(6)})
    assert ([each.person.user_id for each in everyone], by_attainment) == ([2, 3, 1], True)
    some, by_attainment = ranked(month, [runner(2, 1)], {1: aim(10), 2: aim(5)})
    assert ([each.person.user_id for each in some], by_attainment) == ([1, 3, 2], False)
    assert [each.today for each in some] == [0, 0, 1]


@pytest.mark.parametrize(
    ("people_at_work", "pages"), [(1, [[1]]), (10, [[10]]), (11, [[6, 5]]), (45, [[10, 10], [10, 10], [5]])]
)
def test_a_large_team_stands_in_columns_and_pages(store: Database, people_at_work: int, pages: list[list[int]]) -> None:
    personas = people()
    with facts(personas) as given:
        given.session.execute(update(User).where(User.role == Role.CONSULTANT).values(active=False))
        for number in range(people_at_work):
            given.put(
                User,
                username=f"u{number}",
                name=f"员{number}",
                role=Role.CONSULTANT,
                channel_id=personas.channels["S1"],
            )
    seen = shown(personas)
    assert [[len(column) for column in page] for page in seen["team"]["pages"]] == pages
    assert figure_of_scene(seen, "team")["pages"] == len(pages)


def figure_of_scene(seen: Any, name: str) -> Any:
    return next(scene for scene in seen["scenes"] if scene["name"] == name)


def test_the_insurance_desk_tells_what_became_of_the_months_expiries(store: Database) -> None:
    personas = people()
    with facts(personas) as given:
        given.policy("2026-11-23", premium="4200.50")
        given.policy("2026-11-22")
        given.policy("2026-11-23", channel="S2")
        won = given.renewal("2026-11-05", RenewalStatus.RENEWED)
        given.renewal_event(won, RenewalEventKind.RENEWED, "2026-11-23")
        given.renewal("2026-11-12", RenewalStatus.LOST)
        given.renewal("2026-11-20", RenewalStatus.PENDING)  # lapsed
        given.renewal("2026-11-12", RenewalStatus.RECOVERED)  # lapsed, won back
        given.renewal("2026-11-23", RenewalStatus.QUOTED, call_due_on=date(2026, 11, 22), quoted_at=at("2026-11-19"))
        given.renewal("2026-11-30", RenewalStatus.QUOTED, call_due_on=TODAY, quoted_at=at("2026-11-20"))
        given.renewal("2026-11-30", RenewalStatus.VOID)
        given.renewal("2026-12-01", RenewalStatus.RENEWED)
        given.renewal("2026-11-30", RenewalStatus.RENEWED, channel="S2")
    desk = shown(personas)["insurance"]
    assert {part["key"]: part["count"] for part in desk["month"]["parts"]} == {
        "renewed": 1,
        "open": 2,
        "lost": 1,
        "lapsed": 2,
    }
    assert (figure(desk["top"], "due")["value"], figure(desk["month"]["figures"], "renewal_rate")["fraction"]) == (
        "6",
        "1 / 6",
    )
    assert (
        figure(desk["day"]["figures"], "policies_issued")["value"],
        figure(desk["day"]["figures"], "policies_issued")["fraction"],
    ) == ("1", "Premium ¥4,201")
    assert figure(desk["day"]["figures"], "renewals_renewed")["value"] == "1"
    late = figure(desk["top"], "calls_overdue")
    assert (late["value"], late["alarm"]) == ("1", True)


def test_no_late_call_is_no_alarm(store: Database) -> None:
    assert figure(shown(people())["insurance"]["top"], "calls_overdue")["alarm"] is False


def test_each_branch_counts_with_its_own_branches_and_the_showroom_alone(store: Database) -> None:
    personas = people()
    with facts(personas) as given:
        given.lead_event(given.lead("2026-11-10"), K.ORDER, "2026-11-11")
        deep = given.lead("2026-11-10", channel="S1-C1-A1", by="branch_consultant")
        given.lead_event(deep, K.ORDER, "2026-11-11")
        given.lead_event(deep, K.DELIVERY, "2026-11-12")
        given.lead_event(given.lead("2026-11-10", channel="S2", by="other_consultant"), K.ORDER, "2026-11-11")
        given.lead_event(given.lead("2026-10-10"), K.ORDER, "2026-10-11")
        given.target("S1-C1", "orders", "2026-11", "2")
    rows = shown(personas)["channels"]["pages"][0]
    told = [(row["name"], *[(metric["value"], metric["target"]) for metric in row["metrics"]]) for row in rows]
    assert told == [("Own showroom", ("1", ""), ("0", "")), ("北区中心", ("1", "2"), ("1", ""))]
    stores = data.read(frame, Scope(), TODAY, ENGLISH)["channels"]["pages"][0]
    assert [(row["name"], row["metrics"][0]["value"]) for row in stores] == [("东风店", "2"), ("西城店", "1")]


def test_good_news_names_the_consultant_and_the_model(store: Database) -> None:
    personas = people()
    with facts(personas) as given:
        lead = given.lead("2026-11-20", model="星河E")
        given.lead_event(lead, K.ORDER, "2026-11-23 10:00")
        given.lead_event(given.lead("2026-11-20", by="colleague"), K.DELIVERY, "2026-11-23 11:00")
        given.lead_event(given.lead("2026-11-20"), K.ORDER, "2026-11-22")
        given.lead_event(given.lead("2026-11-20", channel="S2", by="other_consultant"), K.ORDER, "2026-11-23")
    news = shown(personas, options=WallOptions("zh"))["news"]
    assert [each["text"] for each in news] == ["顾一 订出 星河E", "顾二 交车一台"]
    assert news[0]["id"] < news[1]["id"]


def test_scenes_that_are_off_or_empty_do_not_stand_in_the_rotation(store: Database) -> None:
    personas = people()
    seen = shown(personas, options=WallOptions.of({"scenes": {"team": 0, "insurance": 12}, "language": "en"}))
    assert [(scene["name"], scene["seconds"]) for scene in seen["scenes"]] == [
        ("today", 40),
        ("insurance", 12),
        ("channels", 20),
    ]
    branch = shown(personas, channel="S1-C1-A1")
    assert "channels" not in [scene["name"] for scene in branch["scenes"]]


def personal_values(store: Database) -> set[str]:
    """Every name, number and plate of customers and cars that the database holds."""
    columns = (Customer.name, Customer.mobile, Customer.id_number_sealed, Vehicle.vin, Vehicle.plate)
    with store.reading.connect() as connection:
        return {value for column in columns for value in connection.scalars(select(column)) if value}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_personal_value_of_the_database_is_in_the_frame(store: Database, language: str) -> None:
    personas = people()
    with facts(personas) as given:
        car = given.vehicle(
            plate="云A12345",
            customer_id=given.put(
                Customer, name="欧阳小满", mobile="13987654321", id_number_sealed="530102199001011234"
            ),
        )
        for kind in (K.TEST_DRIVE, K.ORDER, K.DELIVERY):
            given.lead_event(
                given.lead("2026-11-20", model="星河E", vehicle_id=car, note="欧阳小满想要红色"),
                kind,
                "2026-11-23",
                note="13987654321",
            )
        given.policy("2026-11-23", car)
        given.renewal("2026-11-23", RenewalStatus.LOST, vehicle_id=car)
    seen = json.dumps(data.read(frame, Scope(), TODAY, WallOptions(language)), ensure_ascii=False)
    kept = personal_values(store)
    assert len(kept) > 8
    assert [value for value in kept if value in seen] == []


def test_walls_that_show_the_same_share_one_computation_until_something_changes(store: Database) -> None:
    personas = people()
    first, same, english = shown(personas), shown(personas), shown(personas, options=WallOptions("zh"))
    assert first is same
    assert english is not first
    with facts(personas) as given:
        given.lead_event(given.lead("2026-11-23"), K.ORDER, "2026-11-23")
        assert shown(personas) is first
        data.raise_versions(given.session.connection(), {Subject.SALES})
    assert tile(shown(personas), "orders")["value"] == "1"
    with Session(store.writing) as session:
        assert session.scalars(select(LeadEvent.id)).all()


@pytest.mark.parametrize(
    ("actual", "target", "pace", "expected"),
    [
        (38, 60, "0.7", ("behind", "4 behind", 0.6333, 0.7)),
        (44, 60, "0.7", ("ahead", "2 ahead", 0.7333, 0.7)),
        (42, 60, "0.7", ("even", "on pace", 0.7, 0.7)),
        (90, 60, "0.7", ("ahead", "48 ahead", 1.0, 0.7)),
        (-1, 60, "0.0", ("behind", "1 behind", 0.0, 0.0)),
    ],
)
def test_a_bar_says_how_the_month_stands(actual: int, target: int, pace: str, expected: tuple[Any, ...]) -> None:
    attained = (Decimal(actual) / Decimal(target)).quantize(Decimal("0.000001"))
    drawn = bar(Progress("orders", actual, Decimal(target), attained, Decimal(pace)), words("en"))
    assert drawn is not None
    assert (drawn["standing"], drawn["verdict"], drawn["fill"], drawn["pace"]) == expected


def test_without_a_target_there_is_no_verdict() -> None:
    assert bar(Progress("orders", 3, None, None, Decimal("0.5")), words("en")) is None

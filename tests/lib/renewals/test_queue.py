"""The queue on both databases: order, views, counts, pages, reach, search."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from db.engine import Database
from db.tables import Customer, Renewal, Vehicle
from db.terms import QueueView as V
from db.terms import RenewalStatus, RenewalType, Tier
from lib import data
from lib.renewals import queue
from tests.cases import expiring, row, today
from tests.personas import Personas, people


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def ids(page: queue.Page) -> list[int]:
    return [line.id for line in page.lines]


def put(store: Database, renewal_id: int, **values: object) -> None:
    with store.turn(), store.writing.begin() as connection:
        connection.execute(update(Renewal).where(Renewal.id == renewal_id).values(**values))


def test_overdue_calls_come_first_then_the_day_then_the_expiry_then_the_tier(made: Personas, store: Database) -> None:
    day = today()
    later = expiring(made, 40)
    sooner = expiring(made, 20)
    tier_c, tier_a = expiring(made, 20, tier=Tier.C), expiring(made, 20, tier=Tier.A)
    overdue = expiring(made, 80)
    for each, on in ((later, 3), (sooner, 5), (tier_c, 5), (tier_a, 5), (overdue, 9)):
        put(store, each, queue_on=day + timedelta(days=on), next_action_on=day + timedelta(days=on))
    put(store, overdue, call_due_on=day - timedelta(days=1))
    owed_still = expiring(made, 30)
    put(store, owed_still, call_due_on=day, queue_on=day)
    page = data.read(queue.page, made.manager.own_scope, day)
    assert ids(page) == [overdue, owed_still, later, tier_a, tier_c, sooner]
    assert [line.call_overdue for line in page.lines] == [True] + [False] * 5


def test_decided_and_archived_cases_are_out_partly_renewed_ones_in(made: Personas, store: Database) -> None:
    day = today()
    archived, last_day = expiring(made, -91), expiring(made, -90)
    decided, partly = expiring(made), expiring(made)
    put(store, archived, queue_on=day)  # as if it had aged since it was last written
    put(store, decided, status=RenewalStatus.RENEWED, closed_at=data.clock.now(), queue_on=None)
    put(store, partly, status=RenewalStatus.RENEWED, closed_at=data.clock.now(), partly_renewed=True)
    assert set(ids(data.read(queue.page, made.manager.own_scope, day))) == {last_day, partly}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("specialist", {"own", "nobodys"}), ("other_specialist", {"elsewhere"}),
        ("manager", {"own", "his", "nobodys"}),
        ("boss", {"own", "his", "nobodys", "elsewhere"}), ("policy_specialist", {"own", "his", "nobodys"}),
    ],
)  # fmt: skip
def test_everyone_sees_their_own_reach_and_no_further(made: Personas, who: str, sees: set[str]) -> None:
    cases = {
        "own": expiring(made, owner="specialist"), "his": expiring(made, owner="policy_specialist"),
        "nobodys": expiring(made, channel="S1-C1"), "elsewhere": expiring(made, channel="S2", owner="other_specialist"),
    }  # fmt: skip
    scope = made.actors[who].own_scope
    assert set(ids(data.read(queue.page, scope, today()))) == {cases[name] for name in sees}
    assert data.read(queue.counts, scope, today())[V.ALL] == len(sees)
    found = data.fresh(queue.found, scope, today(), "张三")
    assert {line.id for line in found} == {cases[name] for name in sees}


@pytest.mark.parametrize(
    ("view", "days", "inside"),
    [
        (V.IN_7, 7, True), (V.IN_7, 8, False), (V.IN_15, 15, True), (V.IN_15, 16, False),
        (V.IN_90, 90, True), (V.IN_90, 91, False), (V.IN_30, -1, False), (V.IN_7, 0, True),
        (V.LAPSED, -1, True), (V.LAPSED, 0, False),
    ],
)  # fmt: skip
def test_a_view_holds_what_its_name_says_and_its_count_agrees(made: Personas, view: V, days: int, inside: bool) -> None:
    case = expiring(made, days)
    scope = made.manager.own_scope
    assert ids(data.read(queue.page, scope, today(), view)) == ([case] if inside else [])
    assert data.read(queue.counts, scope, today())[view] == int(inside)


def test_today_and_this_week_hold_what_is_left_over_too(made: Personas, store: Database) -> None:
    day = today()
    cases = [expiring(made, 60) for _ in range(3)]
    sunday = day + timedelta(days=7 - day.isoweekday())
    for case, on in zip(cases, (day - timedelta(days=3), sunday, sunday + timedelta(days=1)), strict=True):
        put(store, case, queue_on=on)
    scope = made.manager.own_scope
    assert cases[0] in ids(data.read(queue.page, scope, day, V.TODAY))
    assert ids(data.read(queue.page, scope, day, V.WEEK)) == cases[:2]


def test_unassigned_and_own_are_told_apart(made: Personas) -> None:
    own, nobodys = expiring(made, owner="specialist"), expiring(made)
    scope = made.specialist.own_scope
    assert ids(data.read(queue.page, scope, today(), V.OWN)) == [own]
    assert ids(data.read(queue.page, scope, today(), V.UNASSIGNED)) == [nobodys]
    manager = made.manager.own_scope
    assert ids(data.read(queue.page, manager, today(), V.ALL, made.specialist.user_id)) == [own]


def many(made: Personas, store: Database, number: int) -> list[int]:
    """Copies of one case over several days and channels, two segments, many ties."""
    first = expiring(made, 10)
    shape = {name: value for name, value in row(first)._mapping.items() if name != "id"}
    day = today()
    rows = [
        shape | {
            "queue_on": day + timedelta(days=each % 5), "due_on": day + timedelta(days=10 + each % 3),
            "tier_rank": each % 4, "channel_id": list(made.channels.values())[each % 3],
            "call_due_on": day - timedelta(days=1) if each % 9 == 0 else None, "type": RenewalType.REPEAT,
        }
        for each in range(number - 1)
    ]  # fmt: skip
    with store.turn(), store.writing.begin() as connection:
        connection.execute(insert(Renewal), rows)
    return ids(data.read(queue.page, made.boss.own_scope, day))


@pytest.mark.parametrize("who", ["boss", "manager", "specialist"])
def test_pages_of_fifty_show_every_case_once_forwards_and_the_same_backwards(
    made: Personas, store: Database, who: str
) -> None:
    many(made, store, 123)
    scope, day = made.actors[who].own_scope, today()
    pages = [data.read(queue.page, scope, day)]
    while pages[-1].next:
        pages.append(data.read(queue.page, scope, day, place=pages[-1].next))
    assert [len(page.lines) for page in pages] == [50, 50, 23]
    shown = [line for page in pages for line in page.lines]
    keys = [(not line.call_overdue, line.place.queue_on, line.due_on, line.place.tier_rank, line.id) for line in shown]
    assert keys == sorted(keys)
    assert len({line.id for line in shown}) == 123
    assert pages[0].previous is None
    back = [pages[-1]]
    while back[-1].previous:
        back.append(data.read(queue.page, scope, day, place=back[-1].previous, backward=True))
    assert [ids(page) for page in back] == [ids(page) for page in reversed(pages)]


def test_counting_stops_at_a_thousand(made: Personas, store: Database) -> None:
    many(made, store, 1010)
    assert data.read(queue.counts, made.boss.own_scope, today())[V.ALL] == queue.SHOWN_TO + 1


@pytest.mark.parametrize("part", ["plate", "plate_end", "vin", "vin_tail", "tail", "name", "mobile"])
def test_a_case_is_found_by_plate_vin_phone_and_name(made: Personas, part: str) -> None:
    expiring(made, name="李四")
    wanted = expiring(made, name="欧阳春晓")
    with data.database().reading.connect() as connection:
        vehicle = connection.execute(Vehicle.__table__.select().where(Vehicle.id == row(wanted).vehicle_id)).one()
        customer = connection.execute(Customer.__table__.select().where(Customer.id == vehicle.customer_id)).one()
    typed = {
        "plate": vehicle.plate.lower(), "plate_end": vehicle.plate[1:].lower(), "vin": vehicle.vin,
        "vin_tail": vehicle.vin[-6:], "tail": customer.mobile[-4:], "name": "欧阳",
        "mobile": customer.mobile,
    }[part]  # fmt: skip
    found = data.fresh(queue.found, made.manager.own_scope, today(), f" {typed} ")
    assert [line.id for line in found] == [wanted]
    assert data.fresh(queue.found, made.manager.own_scope, today(), "春晓") == ()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("TCL科技", "TCL科"), ("TCL科技", "tcl"), ("A公司", "A公"), ("A公司", "a"), ("John Smith", "john s"),
     ("John", "John"), ("Walker", "Walker"), ("Martha", "martha"), ("Schneebergerltd", "schneebergerltd"),
     ("苏A物流", "苏a物")],
)  # fmt: skip
def test_a_name_is_found_though_it_begins_like_a_number(made: Personas, name: str, typed: str) -> None:
    expiring(made, name="李四")
    wanted = expiring(made, name=name)
    assert [line.id for line in data.fresh(queue.found, made.manager.own_scope, today(), typed)] == [wanted]


def test_where_a_text_may_be_a_number_or_a_name_both_are_found_the_most_urgent_first(made: Personas) -> None:
    car = expiring(made, 30)
    with data.connection() as connection:
        vin = connection.scalar(select(Vehicle.vin).where(Vehicle.id == row(car).vehicle_id)) or ""
    later, soon = expiring(made, 60, name=vin[-6:] + "公司"), expiring(made, 10, name=vin[-6:])
    found = data.fresh(queue.found, made.manager.own_scope, today(), vin[-6:])
    assert [line.id for line in found] == [soon, car, later]


def test_a_vin_is_found_from_its_beginning_once_that_says_something(made: Personas) -> None:
    wanted = expiring(made)
    with data.connection() as connection:
        vin = connection.scalar(select(Vehicle.vin).where(Vehicle.id == row(wanted).vehicle_id)) or ""
    assert [line.id for line in data.fresh(queue.found, made.manager.own_scope, today(), vin[:11])] == [wanted]
    assert data.fresh(queue.found, made.manager.own_scope, today(), vin[:10]) == ()


def test_nothing_personal_leaves_in_full(made: Personas) -> None:
    expiring(made, name="欧阳春晓")
    (line,) = data.read(queue.page, made.manager.own_scope, today()).lines
    assert (line.customer, line.plate and line.plate[:5]) == ("欧***", "云A***")
    assert line.vin is not None
    assert line.vin.startswith("***********")

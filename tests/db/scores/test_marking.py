"""Marking a centre's functions: who may, with what evidence, two at once; what the data proposes."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import CentreFunction, LeadEventKind
from lib import data
from lib.access import Scope
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.scores.marking import Entry, mark
from lib.scores.measured import measured
from lib.scores.profiles import courses, last_marked, profiles
from tests.facts import facts
from tests.personas import Personas, people

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
F = CentreFunction
PARTS = F.PARTS


def put(who: Personas, score: str | None, evidence: str = "检查表", seen: int = 0, month: date = MAY) -> int:
    entry = Entry(PARTS, None if score is None else Decimal(score), evidence, seen)
    return data.write(mark, who.channel_manager, who.channels["S1-C1"], month, (entry,))


def stands(month: date = MAY) -> tuple[Decimal | None, int]:
    (centre,) = data.read(profiles, Scope(), month)
    found = next(each for each in centre.marks if each.function is PARTS)
    return found.score, found.version


def test_a_mark_is_set_changed_and_taken_back(store: Database) -> None:
    who = people()
    assert put(who, "80") == 1
    assert stands() == (80, 1)
    put(who, "85.5", seen=1)
    assert stands() == (Decimal("85.5"), 2)
    put(who, None, seen=2)
    assert stands() == (None, 0)
    with pytest.raises(Invalid):
        put(who, None)


@pytest.mark.parametrize(("score", "evidence"), [("101", "好"), ("-1", "好"), ("80", " "), ("80", "长" * 1001)])
def test_a_mark_that_cannot_be_or_rests_on_nothing_is_refused(store: Database, score: str, evidence: str) -> None:
    with pytest.raises(Invalid):
        put(people(), score, evidence)


def test_the_second_of_two_is_told(store: Database) -> None:
    who = people()
    put(who, "80")
    with pytest.raises(Conflict):
        put(who, "70")
    put(who, "81", seen=1)
    with pytest.raises(Conflict):
        put(who, "70", seen=1)
    assert stands() == (81, 2)


def test_a_month_to_come_and_a_node_that_is_no_centre_are_not_marked(store: Database) -> None:
    who = people()
    for month in (date(2099, 1, 1), MAY.replace(day=2)):
        with pytest.raises(Invalid):
            put(who, "80", month=month)
    for code in ("S1", "S1-C1-A1"):
        with pytest.raises(NotFound):
            data.write(mark, who.channel_manager, who.channels[code], MAY, (Entry(PARTS, Decimal(1), "好"),))


def test_only_who_keeps_channels_marks_and_only_in_the_own_area(store: Database) -> None:
    who = people()
    entries = (Entry(PARTS, Decimal(1), "好"),)
    for actor in (who.finance, who.agent, who.consultant):
        with pytest.raises(NotAllowed):
            data.write(mark, actor, who.channels["S1-C1"], MAY, entries)
    with pytest.raises(NotFound):
        data.write(mark, who.other_manager, who.channels["S1-C1"], MAY, entries)


def test_a_profile_holds_last_month_and_the_mean_of_what_is_marked(store: Database) -> None:
    who = people()
    put(who, "80")
    put(who, "90", month=JUNE)
    (june,) = data.read(profiles, Scope(), JUNE)
    found = next(each for each in june.marks if each.function is PARTS)
    assert (found.score, found.before, found.average) == (90, 80, 90)
    assert (june.average, june.average_before, june.marked) == (90, 80, 1)
    assert data.read(last_marked, Scope(), date(2026, 12, 1)) == JUNE
    assert data.read(last_marked, Scope(), MAY) == MAY
    ((_, of),) = data.read(courses, Scope(), JUNE)
    course = next(each for each in of if each.function is PARTS)
    assert (course.months[-1], course.scores[-3:]) == (JUNE, (None, 80, 90))


def test_an_area_without_a_centre_has_no_profile(store: Database) -> None:
    who = people()
    assert data.read(profiles, who.other_manager.scope, MAY) == ()


def test_sales_and_forecasts_propose_their_marks(store: Database) -> None:
    with facts() as f:
        f.target("S1-C1", "deliveries", "2026-05", "4")
        for channel, when in (("S1-C1", "2026-05-31 23:59"), ("S1-C1-A1", "2026-05-01 00:00"), ("S1-C1", "2026-06-01"),
                              ("S1", "2026-05-10"), ("S1-C1", "2026-05-10")):  # fmt: skip
            f.lead_event(f.lead("2026-01-05", channel=channel), LeadEventKind.DELIVERY, when)
        f.forecast("S1-C1", "2026-05", "远途A7", 3, "2026-04-20")
        f.forecast("S1-C1-A1", "2026-05", "远途A7", 3, "2026-04-28")
        (centre,) = (f.personas.channels["S1-C1"],)
    path = next(each.path for each in data.read(profiles, Scope(), MAY) if each.id == centre)
    found = {each.function: (each.score, each.count, each.of) for each in data.read(measured, path, MAY)}
    assert found[F.VEHICLE_SALES] == (75, 3, 4)
    assert found[F.FEEDBACK] == (50, 1, 2)
    assert F.LOGISTICS not in found


def test_sales_beyond_the_target_propose_no_more_than_a_hundred_and_without_one_nothing(store: Database) -> None:
    with facts() as f:
        f.target("S1-C1", "deliveries", "2026-05", "1")
        for _ in range(2):
            f.lead_event(f.lead("2026-01-05", channel="S1-C1"), LeadEventKind.DELIVERY, "2026-05-10")
    (centre,) = data.read(profiles, Scope(), MAY)
    assert {each.function: each.score for each in data.read(measured, centre.path, MAY)}[F.VEHICLE_SALES] == 100
    assert F.VEHICLE_SALES not in {each.function for each in data.read(measured, centre.path, JUNE)}

"""Countermeasures: who sets up, changes and tells of which, what is refused, two people on one."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.engine import Database
from db.terms import CountermeasureNoteKind, CountermeasureState, LossDomain
from lib import data
from lib.countermeasures import reading, writing
from lib.countermeasures.reading import Sight, View
from lib.periods import Period
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from tests.cases import today
from tests.db.countermeasures.plans import LEAD, RENEWAL, first_level, late, plan, seen, set_up, switch_off
from tests.db.leads.showroom import reason
from tests.personas import Personas, people

State, Note = CountermeasureState, CountermeasureNoteKind
BOTH = (LEAD, RENEWAL)


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def listed(made: Personas, who: str, view: View = View.OPEN, domains: tuple[LossDomain, ...] = BOTH) -> list[int]:
    sight = Sight.of(made.actors[who])
    return [each.id for each in data.read(reading.measures, sight, view, domains, None, today())]


def test_a_manager_sets_one_up_for_a_reason_of_either_level(made: Personas) -> None:
    second, first = set_up(made), set_up(made, loss_reason_id=first_level("price"), insurer="人保财险")
    assert (second.reason, second.owner, second.state) == (("价格", "电网销更低"), "续一", State.PLANNED)
    assert (first.reason, first.insurer, first.channel) == (("价格", "价格"), "人保财险", "东风店")


def test_a_reason_that_is_no_longer_offered_stays_with_its_countermeasure_alone(made: Personas) -> None:
    measure, other = set_up(made), set_up(made, loss_reason_id=reason("gift", RENEWAL))
    switch_off(made, "price_direct")
    data.write(writing.edit, made.manager, measure.id, measure.version, plan(made, what="改成电话报价"))
    assert seen(made, measure.id).what == "改成电话报价"
    with pytest.raises(Invalid):
        data.write(writing.edit, made.manager, other.id, other.version, plan(made))
    with pytest.raises(Invalid):
        set_up(made)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("loss_reason_id", {"loss_reason_id": None}),
        ("what", {"what": "  "}),
        ("what", {"what": "字" * 1001}),
        ("owner_id", {"owner_id": None}),
        ("due_on", {"due_on": None}),
        ("due_on", {"due_on": date(2020, 1, 1)}),
        ("due_on", {"due_on": date(2099, 1, 1)}),
        ("start_on", {"start_on": date(2020, 1, 1), "due_on": date(2020, 2, 1)}),
        ("car_model_id", {"car_model_id": 1}),
        ("person_id", {"person_id": 999}),
        ("channel_id", {"channel_id": 999}),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(made: Personas, field: str, changed: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as told:
        set_up(made, **changed)
    assert told.value.field == field


def test_a_reason_of_the_other_domain_and_an_insurer_of_leads_are_refused(made: Personas) -> None:
    with pytest.raises(Invalid):
        set_up(made, loss_reason_id=reason("price_gap", LEAD))
    with pytest.raises(Invalid):
        set_up(made, domain=LEAD, loss_reason_id=reason("price_gap", LEAD), insurer="人保财险")


def test_nobody_sets_one_up_beyond_their_area(made: Personas) -> None:
    with pytest.raises(NotAllowed):
        set_up(made, channel_id=made.channels["S2"])
    with pytest.raises(NotAllowed):
        set_up(made, channel_id=None)
    with pytest.raises(Invalid):
        set_up(made, owner_id=made.other_specialist.user_id)
    with pytest.raises(Invalid):
        set_up(made, person_id=made.other_specialist.user_id)
    assert set_up(made, by="boss", channel_id=None).channel is None


@pytest.mark.parametrize("who", ["specialist", "consultant", "channel_manager", "finance", "admin", "agent"])
def test_only_managers_set_up_and_change(made: Personas, who: str) -> None:
    measure = set_up(made)
    with pytest.raises(NotAllowed):
        data.write(writing.add, made.actors[who], plan(made))
    with pytest.raises(NotAllowed):
        data.write(writing.edit, made.actors[who], measure.id, measure.version, plan(made, what="别的"))


def test_each_sees_those_of_their_area_or_their_own(made: Personas) -> None:
    here, branch = set_up(made), set_up(made, channel_id=made.channels["S1-C1"], person_id=None)
    about = set_up(made, domain=LEAD, loss_reason_id=reason("price_gap"), owner_id=made.manager.user_id,
                   person_id=made.consultant.user_id)  # fmt: skip
    other = set_up(made, by="other_manager", channel_id=made.channels["S2"], owner_id=made.other_specialist.user_id)
    group = set_up(made, by="boss", channel_id=None, owner_id=made.manager.user_id)
    assert set(listed(made, "manager")) == {here.id, branch.id, about.id, group.id}
    assert set(listed(made, "channel_manager")) == {here.id, branch.id, about.id}
    assert set(listed(made, "boss")) == {here.id, branch.id, about.id, other.id, group.id}
    assert set(listed(made, "specialist")) == {here.id, branch.id}
    assert listed(made, "consultant") == [about.id]
    assert listed(made, "colleague") == []
    assert set(listed(made, "manager", domains=(LEAD,))) == {about.id}
    with pytest.raises(NotFound):
        seen(made, other.id)
    with pytest.raises(NotFound):
        data.write(writing.note, made.manager, other.id, Note.NOTE, "看看")


def test_the_owner_tells_how_far_it_is_and_what_was_learnt(made: Personas) -> None:
    measure = set_up(made)
    data.write(writing.move, made.specialist, measure.id, 1, State.RUNNING)
    data.write(writing.note, made.specialist, measure.id, Note.IMPROVEMENT, "报价单上写明代步 13812348000")
    data.write(writing.move, made.manager, measure.id, 2, State.DONE, "到期")
    assert seen(made, measure.id).closed_at is not None
    said = data.read(reading.notes, measure.id)
    assert [(each.kind, each.state, each.who) for each in said] == [
        (Note.STATE, State.DONE, "经一"), (Note.IMPROVEMENT, None, "续一"), (Note.STATE, State.RUNNING, "续一"),
    ]  # fmt: skip
    assert said[1].text == "报价单上写明代步 138****8000"
    found = data.read(reading.improvements, Sight.of(made.manager), BOTH, None)
    assert [(each.measure.id, each.who) for each in found] == [(measure.id, "续一")]
    assert data.read(reading.improvements, Sight.of(made.other_manager), BOTH, None) == ()


def test_whom_it_is_only_about_does_not_change_it(made: Personas) -> None:
    measure = set_up(made, owner_id=made.manager.user_id, person_id=made.specialist.user_id)
    with pytest.raises(NotAllowed):
        data.write(writing.move, made.specialist, measure.id, 1, State.DONE)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [((), State.PLANNED, "x"), ((), State.DROPPED, " "), ((State.DONE,), State.DROPPED, "x"),
     ((State.DONE,), State.RUNNING, "")],
)  # fmt: skip
def test_a_state_that_may_not_follow_is_refused(
    made: Personas, before: tuple[State, ...], after: State, why: str
) -> None:
    measure = set_up(made)
    for version, state in enumerate(before, 1):
        data.write(writing.move, made.manager, measure.id, version, state)
    with pytest.raises(Invalid):
        data.write(writing.move, made.manager, measure.id, 1 + len(before), after, why)


def test_a_closed_one_is_changed_only_after_it_is_taken_up_again(made: Personas) -> None:
    measure = set_up(made)
    data.write(writing.move, made.manager, measure.id, 1, State.DROPPED, "没有预算")
    with pytest.raises(Invalid):
        data.write(writing.edit, made.manager, measure.id, 2, plan(made, what="别的"))
    data.write(writing.move, made.manager, measure.id, 2, State.RUNNING, "预算到了")
    data.write(writing.edit, made.manager, measure.id, 3, plan(made, what="别的"))
    assert (seen(made, measure.id).what, seen(made, measure.id).closed_at) == ("别的", None)


def test_two_people_on_one_are_told(made: Personas) -> None:
    measure = set_up(made)
    data.write(writing.edit, made.boss, measure.id, measure.version, plan(made, what="先到"))
    with pytest.raises(Conflict):
        data.write(writing.edit, made.manager, measure.id, measure.version, plan(made, what="后到"))
    with pytest.raises(Conflict):
        data.write(writing.move, made.specialist, measure.id, measure.version, State.DONE)
    assert seen(made, measure.id).what == "先到"


def test_overdue_are_the_open_ones_that_were_due_before_today(made: Personas) -> None:
    overdue, done, dropped = late(made), late(made), late(made)
    set_up(made, due_on=today())
    late(made, channel_id=made.channels["S1-C1"], owner_id=made.manager.user_id)
    data.write(writing.move, made.manager, done.id, 1, State.DONE)
    data.write(writing.move, made.manager, dropped.id, 1, State.DROPPED, "不做了")
    counts = data.read(reading.counts, Sight.of(made.manager), BOTH, None, today())
    assert counts == {View.OVERDUE: 2, View.OPEN: 3, View.DONE: 1, View.DROPPED: 1}
    assert listed(made, "specialist", View.OVERDUE) == [overdue.id]
    assert data.read(reading.counts, Sight.of(made.other_manager), BOTH, None, today())[View.OVERDUE] == 0


def test_the_completion_rate_counts_what_was_due_without_the_dropped(made: Personas) -> None:
    done, dropped = late(made), late(made)
    late(made)
    set_up(made)
    data.write(writing.move, made.manager, done.id, 1, State.DONE)
    data.write(writing.move, made.manager, dropped.id, 1, State.DROPPED, "不做了")
    due = Period(today() - timedelta(days=5), today())
    found = data.read(reading.completed, made.manager.path, None, due).figure("countermeasures_done_rate")
    assert (found.numerator, found.denominator) == (1, 2)
    assert data.read(reading.completed, made.other_manager.path, None, due).figure(
        "countermeasures_done_rate"
    ).value is None  # fmt: skip

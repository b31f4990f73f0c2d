"""Submitting a month's forecast: who may, until when, what a centre says where it differs, two at once."""

from datetime import date

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import AuditEntry, Channel, Forecast
from lib import data
from lib.access import Actor, Scope
from lib.forecasts.freezes import freeze, thaw
from lib.forecasts.history import history
from lib.forecasts.months import after
from lib.forecasts.sheet import Sheet, sheet
from lib.forecasts.submitting import Entry, submit
from lib.refusals import Conflict, Invalid, NotAllowed, NotFound
from lib.ui.today import today
from tests.facts import facts
from tests.personas import Personas, people

AGENT, CENTRE = "S1-C1-A1", "S1-C1"


def following() -> date:
    return after(today())


def read(personas: Personas, code: str) -> Sheet:
    return data.read(sheet, Scope(), code, following(), today())


def send(personas: Personas, actor: Actor, code: str, *cars: int | None, why: str = "", seen: int | None = None) -> int:
    models = list(personas.models.values())
    entries = tuple(Entry(model, count, why) for model, count in zip(models, cars, strict=False))
    last = read(personas, code).seen if seen is None else seen
    return data.write(submit, actor, personas.channels[code], following(), entries, last)


def quantities(personas: Personas, code: str) -> list[int | None]:
    by_model = {line.car_model_id: line.quantity for line in read(personas, code).lines}
    return [by_model[model] for model in personas.models.values()]


def test_an_agent_submits_for_the_own_node_and_corrects_it_beside_what_was_said(store: Database) -> None:
    who = people()
    assert send(who, who.agent, AGENT, 3, None) == 3
    assert quantities(who, AGENT) == [3, 0]
    assert send(who, who.agent, AGENT, 5, 2) == 7
    assert quantities(who, AGENT) == [5, 2]
    told = data.read(history, Scope(), AGENT, following()).submissions
    assert [(each.total, each.submitted_by) for each in told] == [(7, "商一"), (3, "商一")]
    assert quantities(who, CENTRE) == [None, None]


def test_an_agent_speaks_for_no_other_node_not_even_below(store: Database) -> None:
    who = people()
    with pytest.raises(NotFound):
        send(who, who.agent, CENTRE, 3)
    with pytest.raises(NotFound):
        send(who, who.agent, "S2", 3)
    at_centre = Actor("x", who.agent.user_id, role=who.agent.role, channel_id=who.channels[CENTRE], path="1.2.")
    assert not at_centre.speaks_for(who.channels[AGENT], "1.2.3.")
    assert at_centre.speaks_for(who.channels[CENTRE], "1.2.")


def test_a_channel_manager_submits_for_a_node_of_the_area_alone(store: Database) -> None:
    who = people()
    assert send(who, who.channel_manager, AGENT, 4) == 4
    with pytest.raises(NotFound):
        send(who, who.channel_manager, "S2", 4)
    for actor in (who.finance, who.consultant, who.admin):
        with pytest.raises(NotAllowed):
            send(who, actor, AGENT, 4)
    assert quantities(who, AGENT) == [4, None]


def test_a_closed_node_submits_nothing(store: Database) -> None:
    with facts() as f:
        f.session.get_one(Channel, f.personas.channels[AGENT]).active = False
    with pytest.raises(NotFound):
        data.write(submit, f.personas.channel_manager, f.personas.channels[AGENT], following(), (), 0)


def test_a_centre_says_why_it_differs_from_the_sum_of_its_agents_and_the_sum_is_kept(store: Database) -> None:
    who = people()
    send(who, who.agent, AGENT, 3, 1)
    assert {line.model: line.below for line in read(who, CENTRE).lines} == {"远途A7": 3, "星河E": 1}
    with pytest.raises(Invalid) as refused:
        send(who, who.channel_manager, CENTRE, 5, 1)
    assert refused.value.values["models"] == "远途A7"
    send(who, who.channel_manager, CENTRE, 5, 1, why="本部展厅 13812348000")
    with data.database().reading.connect() as connection:
        rows = connection.execute(
            select(Forecast.quantity, Forecast.below_quantity, Forecast.reason)
            .where(Forecast.channel_id == who.channels[CENTRE]).order_by(Forecast.id)
        ).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [(5, 3, "本部展厅 138****8000"), (1, 1, None)]


def test_where_nobody_below_spoke_no_reason_is_asked_for(store: Database) -> None:
    who = people()
    send(who, who.channel_manager, CENTRE, 5, 1)
    assert [line.below for line in read(who, CENTRE).lines] == [None, None]
    assert [each.name for each in read(who, CENTRE).missing] == ["北一代理"]


def test_the_second_of_two_sees_the_first_and_decides(store: Database) -> None:
    who = people()
    seen = read(who, AGENT).seen
    send(who, who.agent, AGENT, 3, seen=seen)
    with pytest.raises(Conflict) as refused:
        send(who, who.channel_manager, AGENT, 9, seen=seen)
    assert refused.value.values["who"] == "商一"
    assert quantities(who, AGENT) == [3, None]
    send(who, who.channel_manager, AGENT, 9)
    assert quantities(who, AGENT) == [9, None]


def test_nobody_submits_for_a_frozen_month_until_a_manager_thaws_it_with_a_reason(store: Database) -> None:
    who = people()
    frozen = data.write(freeze, who.manager, who.channels["S1"], following())
    with pytest.raises(Invalid):
        send(who, who.agent, AGENT, 3)
    with pytest.raises(Invalid):
        send(who, who.manager, "S1", 3)
    assert send(who, who.boss, "S2", 3) == 3
    with pytest.raises(Invalid):
        data.write(thaw, who.manager, frozen, 1, " ")
    for other in (who.channel_manager, who.agent):
        with pytest.raises(NotAllowed):
            data.write(thaw, other, frozen, 1, "漏报")
    with pytest.raises(NotFound):
        data.write(thaw, who.other_manager, frozen, 1, "漏报")
    data.write(thaw, who.manager, frozen, 1, "漏报")
    with pytest.raises(Conflict):
        data.write(thaw, who.manager, frozen, 1, "漏报")
    assert send(who, who.agent, AGENT, 3) == 3
    told = data.read(history, Scope(), AGENT, following()).freezes
    assert [(each.frozen_by, each.thawed_by, each.reason) for each in told] == [("经一", "经一", "漏报")]


def test_a_number_in_the_reason_for_unfreezing_is_masked_where_it_is_read(store: Database) -> None:
    who = people()
    frozen = data.write(freeze, who.manager, who.channels["S1"], following())
    data.write(thaw, who.manager, frozen, 1, "漏报，客户 13812348000 加订")
    told = data.read(history, Scope(), AGENT, following()).freezes
    assert [each.reason for each in told] == ["漏报，客户 138****8000 加订"]


def test_a_month_is_frozen_once_by_a_manager_of_the_store(store: Database) -> None:
    who = people()
    for other in (who.channel_manager, who.agent, who.finance):
        with pytest.raises(NotAllowed):
            data.write(freeze, other, who.channels["S1"], following())
    with pytest.raises(NotFound):
        data.write(freeze, who.other_manager, who.channels["S1"], following())
    with pytest.raises(NotFound):
        data.write(freeze, who.boss, who.channels[CENTRE], following())
    with pytest.raises(Invalid):
        data.write(freeze, who.boss, who.channels["S1"], today().replace(day=1))
    data.write(freeze, who.boss, who.channels["S1"], following())
    with pytest.raises(Conflict):
        data.write(freeze, who.manager, who.channels["S1"], following())


def test_a_month_that_has_begun_is_not_submitted_for(store: Database) -> None:
    who = people()
    entries = (Entry(who.models["远途A7"], 3),)
    for month in (today().replace(day=1), following().replace(day=2)):
        with pytest.raises(Invalid):
            data.write(submit, who.agent, who.channels[AGENT], month, entries, 0)


@pytest.mark.parametrize("quantity", [-1, 100_001, None])
def test_quantities_that_cannot_be_are_refused(store: Database, quantity: int | None) -> None:
    who = people()
    with pytest.raises(Invalid):
        send(who, who.agent, AGENT, quantity)
    with pytest.raises(NotFound):
        data.write(submit, who.agent, who.channels[AGENT], following(), (Entry(999, 1),), 0)


def test_the_audit_trail_says_who_submitted_how_much(store: Database) -> None:
    who = people()
    send(who, who.agent, AGENT, 3, 1)
    with data.database().reading.connect() as connection:
        row = connection.execute(select(AuditEntry).where(AuditEntry.action == "forecast.submitted")).one()
    assert (row.actor_name, row.channel_id, row.details["total"], row.details["models"]) == (
        "agent", who.channels[AGENT], 4, 2,
    )  # fmt: skip

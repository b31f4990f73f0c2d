"""New reasons and new names in the dictionary: on both levels, in both domains, each name meaning one alone."""

from dataclasses import replace
from typing import Any

import pytest

from db.engine import Database
from db.terms import Controllable, LossDomain
from lib import data, reason_entries
from lib.leads import choices
from lib.reason_entries import Entry, New, Reason
from lib.refusals import Invalid, NotAllowed
from lib.renewals import reasons as of_renewals
from tests.personas import Personas, people

LEAD, RENEWAL = LossDomain.LEAD, LossDomain.RENEWAL
YES = Controllable.YES


@pytest.fixture
def made(store: Database) -> Personas:
    return people()


def dictionary(domain: LossDomain) -> dict[str, Reason]:
    found = data.read(reason_entries.dictionary, domain)
    return {f"{1 if each.parent_id is None else 2}{each.slug}": each for each in found}


def entry(reason: Reason, **typed: Any) -> Entry:
    shown = Entry(reason.id, reason.position, reason.active, reason.controllable, reason.version, reason.name,
                  reason.name_en)  # fmt: skip
    return replace(shown, **typed)


def test_a_new_reason_stands_behind_its_neighbours_and_is_offered(made: Personas) -> None:
    below = dictionary(RENEWAL)["1service"]
    data.write(reason_entries.add, made.manager, RENEWAL, New(below.id, "代步车不足", "No loan car", YES))
    new = dictionary(RENEWAL)["2no_loan_car"]
    assert (new.parent_id, new.controllable, new.position) == (below.id, YES, 4)
    assert "代步车不足" in {each.name for each in data.read(of_renewals.of_renewals)}


def test_a_new_first_level_is_offered_with_its_second(made: Personas) -> None:
    key = data.write(reason_entries.add, made.manager, LEAD, New(None, "置换", "Trade-in", YES))
    assert "置换" not in {each.group for each in data.read(choices.loss_reasons)}
    data.write(reason_entries.add, made.manager, LEAD, New(key, "旧车估价低", "Trade-in price", YES))
    offered = {each.slug: each.group for each in data.read(choices.loss_reasons)}
    assert offered["trade_in_price"] == "置换"


def test_slugs_never_meet(made: Personas) -> None:
    groups = dictionary(LEAD)
    data.write(reason_entries.add, made.manager, LEAD, New(groups["1service"].id, "价格缺口", "Price  gap!", YES))
    assert dictionary(LEAD)["2price_gap_2"].name == "价格缺口"


@pytest.mark.parametrize(
    ("field", "name", "name_en"),
    [("name", "", "New"), ("name", "字" * 101, "New"), ("name_en", "新原因", ""), ("name_en", "新原因", "新"),
     ("name", "电网销更低", "New"), ("name", "新原因", "broker"), ("name", "Broker", "New")],
)  # fmt: skip
def test_a_name_that_is_missing_or_means_another_is_refused(
    made: Personas, field: str, name: str, name_en: str
) -> None:
    below = dictionary(RENEWAL)["1service"].id
    with pytest.raises(Invalid) as told:
        data.write(reason_entries.add, made.manager, RENEWAL, New(below, name, name_en, YES))
    assert told.value.field == field


def test_a_second_level_is_no_place_for_a_third(made: Personas) -> None:
    for parent in (dictionary(RENEWAL)["2broker"].id, dictionary(LEAD)["1service"].id):
        with pytest.raises(Invalid):
            data.write(reason_entries.add, made.manager, RENEWAL, New(parent, "新原因", "New", YES))


def test_a_renamed_reason_keeps_its_slug(made: Personas) -> None:
    broker = dictionary(RENEWAL)["2broker"]
    typed = entry(broker, name="中介代办", name_en="Agency")
    assert data.write(reason_entries.arrange, made.manager, RENEWAL, (typed,)) == 1
    assert dictionary(RENEWAL)["2broker"].name == "中介代办"
    with pytest.raises(Invalid):
        data.write(
            reason_entries.arrange, made.manager, RENEWAL,
            (entry(dictionary(RENEWAL)["2gift"], name="中介代办"),),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["specialist", "consultant", "channel_manager", "admin"])
def test_only_managers_add(made: Personas, who: str) -> None:
    with pytest.raises(NotAllowed):
        data.write(reason_entries.add, made.actors[who], RENEWAL, New(None, "新", "New", YES))

"""People go on working while a file is planned: theirs is seen, and a busy desk does not stop an import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from db.engine import Database
from db.tables import Channel, Lead, LeadEvent, User
from db.terms import LeadEventKind, LeadSource, Subject
from lib import data
from lib.access import SYSTEM
from lib.imports import loading
from lib.refusals import Conflict
from tests.lib.imports.books import LEAD, dump, ground, load, rows


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], list[int]]:
    """Do something right after each plan, before its write; the list grows with every plan."""
    plans: list[int] = []

    def patch(act: Callable[[], None]) -> list[int]:
        planned = loading._plan

        def plan(*given: Any) -> Any:
            result = planned(*given)
            plans.append(len(plans))
            act()
            return result

        monkeypatch.setattr(loading, "_plan", plan)
        return plans

    return patch


def write(*sentences: Any) -> None:
    with data.transaction(SYSTEM) as change:
        for sentence in sentences:
            change.session.execute(sentence)
        change.subjects.add(Subject.SALES)


def test_a_lead_that_somebody_changed_meanwhile_is_planned_again(
    store: Database, tmp_path: Path, meanwhile: Callable[..., list[int]]
) -> None:
    load(tmp_path, **ground(leads=[LEAD | {"note": "要红色"}]))
    acts = iter([lambda: write(update(Lead).values(note="改要白色", version=Lead.version + 1))])
    plans = meanwhile(lambda: next(acts, lambda: None)())
    report = load(tmp_path, leads=[LEAD | {"note": "要蓝色", "district": "西山区"}])
    assert (report.loaded, len(plans), [each.column for each in report.kept]) == (True, 2, ["note"])
    assert rows(Lead, "note", "district") == [("改要白色", "西山区")]


def test_work_on_other_leads_does_not_hold_an_import_up(
    store: Database, tmp_path: Path, meanwhile: Callable[..., list[int]]
) -> None:
    load(tmp_path, **ground(leads=[LEAD, LEAD | {"lead_no": "K2"}]))
    other = update(Lead).where(Lead.lead_no == "K2").values(note="来电", version=Lead.version + 1)
    plans = meanwhile(lambda: write(other))
    assert load(tmp_path, leads=[LEAD | {"note": "要蓝色"}]).loaded
    assert len(plans) == 1


def test_a_lead_of_the_same_number_entered_meanwhile_is_seen(
    store: Database, tmp_path: Path, meanwhile: Callable[..., list[int]]
) -> None:
    load(tmp_path, **ground())
    channel = select(Channel.id).where(Channel.code == "S1").scalar_subquery()
    person = select(User.id).where(User.username == "c1").scalar_subquery()
    typed = insert(Lead).values(lead_no="K1", channel_id=channel, consultant_id=person, source=LeadSource.CALL)
    acts = iter([lambda: write(typed)])
    meanwhile(lambda: next(acts, lambda: None)())
    report = load(tmp_path, leads=[LEAD])
    assert (report.loaded, [each.column for each in report.kept]) == (True, ["source"])
    assert rows(LeadEvent, "kind") == [(LeadEventKind.FIRST_CONTACT,)]


def test_an_import_that_is_overtaken_every_time_writes_nothing(
    store: Database, tmp_path: Path, meanwhile: Callable[..., list[int]]
) -> None:
    load(tmp_path, **ground(leads=[LEAD]))
    meanwhile(lambda: write(update(Lead).values(version=Lead.version + 1)))
    before = dump()["imported_rows"]
    with pytest.raises(Conflict):
        load(tmp_path, leads=[LEAD | {"note": "要蓝色"}])
    assert rows(Lead, "note") == [(None,)]
    assert dump()["imported_rows"] == before

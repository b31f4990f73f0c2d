"""A whole database as a workbook of the import forms, and back: what the forms can say is not lost, on both engines."""

import stat
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, update

from db.engine import Database
from db.tables import AuditEntry, Customer, Lead, LeadEvent, LossReason, Renewal, RenewalEvent
from db.terms import (
    ContactMethod,
    ContactOutcome,
    LeadEventKind,
    LeadStatus,
    LossDomain,
    Origin,
    RenewalEventKind,
    RenewalStatus,
)
from lib import data
from lib.access import SYSTEM
from lib.cli import kpi
from lib.exports import exporting
from lib.exports.writing import moment
from lib.imports import loading
from lib.imports.cells import instant
from lib.imports.forms import EVERY_FORM
from lib.refusals import NotAllowed, NotFound, Refused
from lib.renewals import acts, assignments, undoing
from tests import everyday
from tests.cases import expiring, row
from tests.conftest import Servers, close_all, point_at
from tests.lib.imports.books import FOLLOW_UP, POLICY, dump, load, rows
from tests.lib.imports.test_loading import everything
from tests.personas import people

Sheets = dict[str, list[tuple[Any, ...]]]
ZONE = ZoneInfo("Asia/Shanghai")
NAMES = ("board", "renewals", "losses", "channels")
EVIL = '=HYPERLINK("http://x","y")'


def sheets(path: Path) -> Sheets:
    """Every sheet's cells."""
    book = openpyxl.load_workbook(path)
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book}


def differing(one: Sheets, other: Sheets) -> list[tuple[Any, ...]]:
    """The cells of which two files say something else: sheet, row, heading, and what either says."""
    assert list(one) == list(other)
    cells = []
    for sheet, lines in one.items():
        assert len(lines) == len(other[sheet]), sheet
        for number, (here, there) in enumerate(zip(lines, other[sheet], strict=True), 1):
            cells += [
                (sheet, number, heading, mine, theirs)
                for heading, mine, theirs in zip(lines[0], here, there, strict=True)
                if mine != theirs
            ]
    return cells


def exported(folder: Path, name: str = "out", channel: str | None = None) -> Path:
    path = folder / f"{name}.xlsx"
    exporting.export(path, SYSTEM, channel)
    return path


def figures() -> list[str]:
    """What the command line answers of the open database, of a year and of a month."""
    answers = []
    for first, last in (("2026-01-01", "2026-12-31"), ("2026-11-01", "2026-11-30")):
        window = ["--from", first, "--to", last, "--as-of", "2026-11-23 18:00"]
        answers += [CliRunner().invoke(kpi.figures, [name, *window]) for name in NAMES]
    assert [each.exit_code for each in answers] == [0] * len(answers)
    return [each.output for each in answers]


def rich(folder: Path) -> None:
    """Every sheet, and what people did in the application since, to the microsecond."""
    lost = POLICY | {"policy_no": "PDAA9", "vin": "LSVHJ133022221762", "phone": "13900000009", "insured_name": "李四"}
    given = everything()
    given["policies"] += [lost]
    given["follow_ups"] += [
        FOLLOW_UP | {"at": "2026-11-03 09:00", "method": "电话", "outcome": "考虑中", "note": "再说"},
        FOLLOW_UP | {"vin": lost["vin"], "outcome": "战败", "loss_reason": "拒接", "competitor": "太平洋",
                     "price_gap": -120.5, "countermeasure": "月末再访"},
    ]  # fmt: skip
    assert load(folder, **given).loaded
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(Customer).where(Customer.name == "李四").values(name=EVIL))
        change.session.execute(update(RenewalEvent).where(RenewalEvent.note == "再说").values(note=EVIL))
        renewal_id = change.session.scalars(
            select(RenewalEvent.renewal_id).where(RenewalEvent.outcome == ContactOutcome.QUOTE_SENT)
        ).one()
        some = (
            change.session.execute(select(RenewalEvent).where(RenewalEvent.renewal_id == renewal_id)).scalars().first()
        )
        assert some is not None
        for method, micro in ((ContactMethod.PHONE, 250_000), (ContactMethod.PHONE, 750_000)):
            at = datetime(2026, 11, 4, 2, 0, 7, micro, UTC)
            change.session.execute(insert(RenewalEvent).values(
                renewal_id=renewal_id, kind=RenewalEventKind.CONTACT, at=at, business_on=at.date(),
                channel_id=some.channel_id, specialist_id=some.specialist_id, method=method,
                outcome=ContactOutcome.INTERESTED, note=f"{micro}", origin=Origin.APP,
            ))  # fmt: skip


@pytest.fixture
def another(store: Database, servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Opens another, empty database of the same engine in place of the first."""

    def open_it() -> None:
        url = servers.empty("sqlite" if store.embedded else "postgresql", "another")
        close_all()
        point_at(url, tmp_path, monkeypatch)

    return open_it


def test_an_export_loads_into_an_empty_database_that_exports_and_counts_the_same(
    store: Database, another: Callable[[], None], tmp_path: Path
) -> None:
    """On data of every kind: nothing that people did is lost, nor where it leaves a case."""
    everyday.live(tmp_path)
    first, before, stood = exported(tmp_path, "first"), figures(), everyday.standing()
    assert set(sheets(first)) == {form.chinese for form in EVERY_FORM}
    another()
    report = loading.load(first, SYSTEM)
    assert (report.loaded, report.wrong, report.kept) == (True, [], [])
    assert differing(sheets(first), sheets(exported(tmp_path, "second"))) == []
    now = everyday.standing()
    assert [each for name in now for each in set(now[name]) ^ set(stood[name])] == []
    assert figures() == before
    contents = dump()
    assert loading.load(first, SYSTEM).loaded
    again = dump()
    assert {name for name in again if again[name] != contents[name]} == {"audit_log", "data_versions"}


def test_an_export_loaded_where_it_came_from_changes_nothing_but_what_was_said(store: Database, tmp_path: Path) -> None:
    everyday.live(tmp_path)
    first = exported(tmp_path, "first")
    contacts = len(rows(RenewalEvent, "id"))
    report = loading.load(first, SYSTEM)
    assert (report.loaded, report.wrong, report.kept) == (True, [], [])
    assert len(rows(RenewalEvent, "id")) == contacts
    assert sheets(exported(tmp_path, "second")) == sheets(first)


def test_a_win_back_that_was_lost_and_taken_back_is_one_case_still_whatever_file_comes(
    store: Database, another: Callable[[], None], tmp_path: Path
) -> None:
    """Loaded elsewhere, its loss recorded once more there, and the file loaded again over that."""
    made = people()
    renewal = expiring(made, due_on=date(2026, 12, 9))
    reason = everyday.key(LossReason, slug="refused_call", domain=LossDomain.RENEWAL)
    loss = acts.Loss(ContactMethod.PHONE, reason, "没谈拢", "太平洋", None, "月末再访")
    day = everyday.Day()
    day.do(assignments.assign, made.manager, (renewal,), (made.specialist.user_id,))
    day.do(acts.lose, made.specialist, renewal, row(renewal).version, loss)
    day.do(undoing.undo, made.specialist, renewal, row(renewal).version)
    file = exported(tmp_path)
    another()
    assert loading.load(file, SYSTEM).loaded
    due = [(date(2026, 12, 9), RenewalStatus.PENDING), (date(2027, 12, 9), RenewalStatus.VOID)]
    assert sorted(rows(Renewal, "due_on", "status")) == due
    there = everyday.key(Renewal, due_on=date(2026, 12, 9))
    reason = everyday.key(LossReason, slug="refused_call", domain=LossDomain.RENEWAL)
    loss = acts.Loss(ContactMethod.PHONE, reason, "没谈拢", "太平洋", None, "月末再访")
    day.do(acts.lose, SYSTEM, there, row(there).version, loss)
    stood = [(date(2026, 12, 9), RenewalStatus.LOST), (date(2027, 12, 9), RenewalStatus.PENDING)]
    assert sorted(rows(Renewal, "due_on", "status")) == stood
    events = rows(RenewalEvent, "kind", "at", "superseded_at")
    assert loading.load(file, SYSTEM).loaded
    assert sorted(rows(Renewal, "due_on", "status")) == stood
    assert rows(RenewalEvent, "kind", "at", "superseded_at") == events


def test_texts_stay_texts_and_only_the_owner_reads_the_file(store: Database, tmp_path: Path) -> None:
    rich(tmp_path)
    path = exported(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    cells = [cell for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sum(cell.value == EVIL for cell in cells) == 2


def test_an_export_is_logged_with_its_counts_and_never_with_a_name(store: Database, tmp_path: Path) -> None:
    rich(tmp_path)
    exported(tmp_path)
    (details,) = [details for action, details in rows(AuditEntry, "action", "details") if action == "exported"]
    assert details["file"] == "out.xlsx"
    assert (details["rows"]["leads"], details["rows"]["policies"], details["rows"]["follow_ups"]) == (3, 3, 5)


def test_a_lead_taken_up_again_loads_again_as_it_stands(
    store: Database, another: Callable[[], None], tmp_path: Path
) -> None:
    """Lost, reopened, ordered, cancelled, ordered again and delivered: a row of it all would contradict itself."""
    rich(tmp_path)
    steps = ((3, LeadEventKind.LOST), (4, LeadEventKind.REOPENED), (5, LeadEventKind.ORDER),
             (6, LeadEventKind.ORDER_CANCELLED), (7, LeadEventKind.ORDER), (8, LeadEventKind.DELIVERY))  # fmt: skip
    with data.transaction(SYSTEM) as change:
        event = change.session.scalars(select(LeadEvent).join(Lead, Lead.id == LeadEvent.lead_id).where(
            Lead.lead_no == "K1")).one()  # fmt: skip
        reason = change.session.scalars(select(LeadEvent.loss_reason_id).where(LeadEvent.kind == "lost")).first()
        for day, kind in steps:
            at = datetime(2026, 11, day, 4, tzinfo=UTC)
            change.session.execute(insert(LeadEvent).values(
                lead_id=event.lead_id, kind=kind, at=at, business_on=at.date(), hour=12, channel_id=event.channel_id,
                consultant_id=event.consultant_id, source=event.source,
                loss_reason_id=reason if kind is LeadEventKind.LOST else None,
            ))  # fmt: skip
        change.session.execute(update(Lead).where(Lead.lead_no == "K1").values(
            status=LeadStatus.DELIVERED, closed_at=datetime(2026, 11, 8, 4, tzinfo=UTC)))  # fmt: skip
    exported(tmp_path)
    another()
    assert loading.load(tmp_path / "out.xlsx", SYSTEM).loaded
    assert ("K1", LeadStatus.DELIVERED) in rows(Lead, "lead_no", "status")
    told = [(kind, at) for kind, at in rows(LeadEvent, "kind", "at") if kind in {kind for _, kind in steps}]
    assert {(day, kind) for day, kind in steps} <= {(at.day, kind) for kind, at in told}


def test_a_case_that_was_reopened_is_open_again_where_it_is_loaded(
    store: Database, another: Callable[[], None], tmp_path: Path
) -> None:
    rich(tmp_path)
    with data.transaction(SYSTEM) as change:
        lost = change.session.scalars(select(RenewalEvent).where(RenewalEvent.kind == RenewalEventKind.LOST)).one()
        at = lost.at + timedelta(days=1)
        change.session.execute(insert(RenewalEvent).values(
            renewal_id=lost.renewal_id, kind=RenewalEventKind.REOPENED, at=at, business_on=at.date(),
            channel_id=lost.channel_id, note="又来电",
        ))  # fmt: skip
    exported(tmp_path)
    another()
    assert loading.load(tmp_path / "out.xlsx", SYSTEM).loaded
    assert RenewalStatus.LOST not in {status for (status,) in rows(Renewal, "status")}


def test_of_one_channel_the_file_holds_what_is_below_it_and_what_that_refers_to(
    store: Database, another: Callable[[], None], tmp_path: Path
) -> None:
    rich(tmp_path)
    load(tmp_path, policies=[POLICY | {"policy_no": "PDAA7", "vin": "LSVHJ133022221769", "channel_code": "S1-C1",
                                       "issuer": "m1", "phone": "13900000007"}])  # fmt: skip
    found = sheets(exported(tmp_path, channel="S1-C1"))
    assert [row[1] for row in found["保单"][1:]] == ["PDAA7"]
    assert [row[0] for row in found["渠道"][1:]] == ["S1", "S1-C1"]
    assert [row[0] for row in found["人员"][1:]] == ["m1"]
    assert [len(found[name]) for name in ("客流", "续保跟进", "财务回款")] == [1, 1, 1]
    another()
    assert loading.load(tmp_path / "out.xlsx", SYSTEM).loaded


def test_who_may_not_take_everything_gets_no_file(store: Database, tmp_path: Path) -> None:
    made = people()
    for who in (made.specialist, made.admin, made.finance):
        with pytest.raises(NotAllowed):
            exporting.export(tmp_path / "out.xlsx", who)
    with pytest.raises(NotFound):
        exporting.export(tmp_path / "out.xlsx", made.manager, "S2")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(sqlite_store: Database, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_text("mine")
    with pytest.raises(Refused, match="is there already"):
        exporting.export(tmp_path / "out.xlsx", SYSTEM)
    assert (tmp_path / "out.xlsx").read_text() == "mine"


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 22, 16, 0, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 15, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ],
)
@pytest.mark.parametrize("zone", [ZONE, ZoneInfo("Europe/Berlin")])
def test_a_moment_is_read_back_as_it_was(at: datetime, zone: ZoneInfo) -> None:
    """Also in the hour that a clock shows twice."""
    assert instant(moment(at, zone), zone) == at

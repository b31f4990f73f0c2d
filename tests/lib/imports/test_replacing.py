"""From the demonstration to one's own data: everything made up goes, what every store starts with stays."""

from datetime import date
from pathlib import Path

import pytest

from db.engine import Database
from lib import data
from lib.access import SYSTEM
from lib.demo import mark
from lib.imports import loading, replacing
from lib.refusals import Refused
from tests.lib.imports.books import LEAD, book, dump, ground
from tests.personas import people


def filled(folder: Path) -> Path:
    """A demonstration with people and leads in it, and the workbook that shall take its place."""
    people()
    first = book(folder / "first.xlsx", ground(leads=[LEAD | {"lead_no": "MADE-UP"}]))
    loading.load(first, SYSTEM)
    data.write(mark.mark, SYSTEM, date(2026, 11, 20))
    return book(folder / "own.xlsx", ground(leads=[LEAD]))


def test_own_data_takes_the_demonstrations_place(store: Database, tmp_path: Path) -> None:
    own, before = filled(tmp_path), dump()
    report = loading.load(own, SYSTEM, replace_demo=True)
    after = dump()
    assert report.loaded
    assert Path(report.backup or "").stat().st_size > 0
    assert [row[1] for row in after["leads"]] == ["K1"]
    assert len(after["users"]) == 3 < len(before["users"])
    assert not data.fresh(mark.is_demonstration)
    for table in replacing.STAYS - {"settings", "data_versions"}:
        assert after[table] == before[table], table
    for table in ("rate_rows", "scripts", "message_templates", "authority_rules", "loss_reasons"):
        assert after[table], table


def test_a_wrong_file_leaves_the_demonstration_as_it_is(store: Database, tmp_path: Path) -> None:
    filled(tmp_path)
    before = dump()
    wrong = book(tmp_path / "wrong.xlsx", ground(leads=[LEAD | {"source": "飞船"}]))
    report = loading.load(wrong, SYSTEM, replace_demo=True)
    assert not report.loaded
    assert report.refused
    assert dump() == before


def test_own_data_never_joins_a_demonstration(sqlite_store: Database, tmp_path: Path) -> None:
    own = filled(tmp_path)
    with pytest.raises(Refused, match="replace-demo"):
        loading.load(own, SYSTEM)

"""What an import adds is marked, so that sums of months made before it are not asked."""

from pathlib import Path

from sqlalchemy import select, text

from db.engine import Database
from db.tables import StaleMonth
from lib import data
from lib.summaries import keeping
from tests.lib.imports.books import FOLLOW_UP, LEAD, POLICY, ground, load

SEPTEMBER, OCTOBER, NOVEMBER = (2026 * 12 + month for month in (9, 10, 11))


def marked() -> set[tuple[str, int]]:
    with data.connection() as connection:
        return {(row.kind, row.month) for row in connection.execute(select(StaleMonth.kind, StaleMonth.month))}


def triggers(store: Database) -> list[str]:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    with data.connection() as connection:
        return list(connection.scalars(text(names[store.url.get_backend_name()])))


def test_an_import_marks_the_months_that_it_adds_to_and_leaves_the_triggers(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(policies=[POLICY]))
    keeping.sum_up()
    laid = triggers(store)
    assert marked() == set()
    assert laid
    lost = FOLLOW_UP | {"outcome": "战败", "loss_reason": "报废", "note": "报废", "at": "2026-10-05 10:00"}
    load(tmp_path, leads=[LEAD | {"first_contact_at": "2026-09-03 10:00"}], follow_ups=[lost])
    assert {("sales", SEPTEMBER), ("decided", OCTOBER)} <= marked()
    assert triggers(store) == laid
    keeping.sum_up()
    load(tmp_path, policies=[POLICY | {"policy_no": "PDZA1", "line": "交强险"}])
    assert {kind for kind, _ in marked()} == {"due", "decided"}
    keeping.sum_up()
    load(tmp_path, leads=[LEAD | {"lead_no": "K9", "first_contact_at": "2026-11-03 10:00"}])
    assert marked() == {("sales", NOVEMBER)}

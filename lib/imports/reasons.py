"""The sheet of loss reasons: the dictionary that the other sheets speak in."""

from collections.abc import Iterator, Mapping
from typing import Any

from db.queries import imports as queries
from db.tables import LossReason
from db.terms import LossDomain, Subject
from lib.imports import said
from lib.imports.own_forms import LOSS_REASONS
from lib.imports.planning import Planning, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

COLUMNS = ("name", "name_en", "controllable", "position", "active")
Path = tuple[LossDomain, str]


def plan_reasons(planning: Planning) -> None:
    """Insert and change reasons, first levels first. What nobody edited since the desk was set up takes their place."""
    rows = sorted(planning.rows(LOSS_REASONS), key=lambda row: row.values["path"].count("/"))
    if not rows:
        return
    directory = planning.directory
    stored = {row["id"]: dict(row) for row in planning.connection.execute(queries.loss_reasons()).mappings()}
    stands: dict[Path, Mapping[str, Any]] = {path: stored[key] for path, key in directory.reason_paths.items()}
    before = planning.said_before(LOSS_REASONS, rows)
    after = {path: dict(row) for path, row in stands.items()}
    merged = {}
    for row in rows:
        path, known = _path(row), stands.get(_path(row))
        current = (
            {name: known[name] for name in COLUMNS} | dict(zip(("domain", "path"), path, strict=True))
            if known
            else None
        )
        digest, cells = before[key_of(LOSS_REASONS, row)]
        if current and cells is None and known and known["version"] == 1:
            cells = b"".join(said.cell(current[column.name]) for column in LOSS_REASONS.columns)
        merged[path] = row, planning.merged(LOSS_REASONS, row, current, (digest, cells))
        after[path] = {name: merged[path][1].values[name] for name in COLUMNS}
    for path, (row, outcome) in merged.items():
        faults = [*_faults(path, after)]
        for column, why in faults:
            planning.report.blame(LOSS_REASONS, row.number, column, row.get(column), why)
        if not faults and (outcome.new or outcome.changed):
            _write(planning, path, stands.get(path), outcome.values)


def _path(row: Row) -> Path:
    return row.values["domain"], row.values["path"]


def _faults(path: Path, after: Mapping[Path, Mapping[str, Any]]) -> Iterator[tuple[str, Invalid]]:
    """A second level below a first one, and names by which a cell means one reason alone."""
    domain, place = path
    level = place.count("/")
    if level > 1 or not all(place.split("/")):
        yield "path", Invalid(N_("A loss reason is written as price, or as price/gift below it."))
        return
    if level == 1 and (domain, place.split("/")[0]) not in after:
        yield "path", Invalid(N_("The first level of this reason is neither here nor in the file."))
    others = [each for other, each in after.items() if other != path and _beside(other, path)]
    for column in ("name", "name_en"):
        if str(after[path][column]).lower() in {
            str(each[name]).lower() for each in others for name in ("name", "name_en")
        }:
            yield column, Invalid(N_("Another reason is called {name} already."), name=after[path][column])


def _beside(other: Path, path: Path) -> bool:
    return other[0] is path[0] and other[1].count("/") == path[1].count("/")


def _write(planning: Planning, path: Path, known: Mapping[str, Any] | None, values: Mapping[str, Any]) -> None:
    domain, place = path
    directory, columns = planning.directory, {name: values[name] for name in COLUMNS}
    first, _, second = place.partition("/")
    if known is None:
        key = planning.batch.insert(
            LossReason, Subject.SETTINGS, domain=domain, slug=second or first, version=1,
            parent_id=directory.reason_paths[domain, first] if second else None, **columns,
        )  # fmt: skip
        directory.reason_paths[path] = key
    else:
        key = known["id"]
        planning.batch.update(LossReason, Subject.SETTINGS, key, version=known["version"] + 1, **columns)
    if second:
        for spelling in (values["name_en"], values["name"], second):
            directory.reasons[domain][spelling.lower()] = (key, second)

"""The sheets of which each row is one row of one table, with codes for keys."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from db.base import Base
from db.queries import imports as queries
from db.tables import CarModel, Forecast, Receipt, Score, StatementLine, StockUnit, Target
from db.terms import StockStatus, Subject, TargetSubject
from lib.imports.forms import CAR_MODELS, FORECASTS, RECEIPTS, SCORES, STATEMENT, STOCK, TARGETS, Form
from lib.imports.planning import OUTSIDE, Directory, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

Check = Callable[[Mapping[str, Any]], Iterable[tuple[str, Invalid]]]


def nothing_more(_values: Mapping[str, Any]) -> Iterable[tuple[str, Invalid]]:
    """No column contradicts another."""
    return ()


@dataclass(frozen=True)
class Plain:
    """How one sheet lies in its table: which column is which, and the column by which stored rows are found."""

    form: Form
    table: type[Base]
    subject: Subject
    found_by: str
    columns: Mapping[str, str]
    channel: str | None = None
    model: str | None = None
    check: Check = nothing_more
    versioned: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)


def stock_contradictions(values: Mapping[str, Any]) -> Iterable[tuple[str, Invalid]]:
    """A car's days in their order, and none that its status denies."""
    if values.get("left_on") and values["status"] is not StockStatus.GONE:
        yield "left_on", Invalid(N_("This car left, but its status does not say so."))
    if values.get("arrived_on") and values["status"] is StockStatus.IN_TRANSIT:
        yield "arrived_on", Invalid(N_("This car arrived, but its status says that it is on its way."))
    days = [(name, values[name]) for name in ("ordered_on", "arrived_on", "left_on") if values.get(name)]
    for (_, earlier), (name, later) in pairwise(days):
        if later < earlier:
            yield name, Invalid(N_("This day is before the one that must come first ({first})."), first=earlier)


PLAIN_CAR_MODELS = Plain(
    CAR_MODELS, CarModel, Subject.SALES, "name", {"car_model": "name", "series": "series", "guide_price": "guide_price"}
)
PLAIN_STOCK = Plain(
    STOCK, StockUnit, Subject.STOCK, "vin",
    {"cost": "cost_amount"}
    | {name: name for name in ("vin", "status", "ordered_on", "eta_on", "arrived_on", "left_on")},
    channel="channel_code", model="car_model", check=stock_contradictions,
)  # fmt: skip
PLAIN_FORECASTS = Plain(
    FORECASTS, Forecast, Subject.FORECASTS, "month",
    {name: name for name in ("month", "submitted_at", "quantity")}, channel="channel_code", model="car_model",
)  # fmt: skip
PLAIN_SCORES = Plain(
    SCORES, Score, Subject.CHANNELS, "month", {name: name for name in ("month", "function", "score", "evidence")},
    channel="channel_code",
)  # fmt: skip
PLAIN_STATEMENT = Plain(
    STATEMENT, StatementLine, Subject.COMMISSION, "policy_no",
    {"insurer": "insurer", "period": "period", "policy_no": "policy_no", "premium": "premium_amount",
     "commission_rate": "commission_rate", "commission": "commission_amount"},
)  # fmt: skip
PLAIN_RECEIPTS = Plain(
    RECEIPTS, Receipt, Subject.COMMISSION, "receipt_no",
    {name: name for name in ("insurer", "receipt_no", "period", "received_on", "amount")},
)  # fmt: skip


def plan(planning: Planning, plain: Plain) -> None:
    """Insert and change the rows of one sheet."""
    form, rows = plain.form, planning.rows(plain.form)
    if not rows:
        return
    references, before = References(planning, form), planning.said_before(form, rows)
    stored = _stored(planning, plain, rows)
    for row in rows:
        links = {plain.channel: "channel", plain.model: "model"}
        if not references.fit(row, **{column: kind for column, kind in links.items() if column}):
            continue
        key = key_of(form, row)
        known = stored.get(key)
        outcome = planning.merged(form, row, known[1] if known else None, before[key])
        faults = list(plain.check(outcome.values))
        for column, why in faults:
            planning.report.blame(form, row.number, column, outcome.values.get(column), why)
        if not faults and (outcome.new or outcome.changed):
            _write(planning, plain, known[0] if known else None, outcome.values if outcome.new else outcome.changed)


def _stored(planning: Planning, plain: Plain, rows: list[Row]) -> dict[tuple[Any, ...], tuple[int, dict[str, Any]]]:
    by_attribute = {attribute: column for column, attribute in plain.columns.items()}
    found_by = by_attribute[plain.found_by]
    directory, stored = planning.directory, {}
    values = sorted({row.values[found_by] for row in rows})
    for record in planning.load(lambda some: queries.rows_where(plain.table, plain.found_by, some), values):
        current = {column: record[attribute] for column, attribute in plain.columns.items()}
        current |= _names(plain, record, directory)
        stored[tuple(current[name] for name in plain.form.keys)] = record["id"], current
    return stored


def _names(plain: Plain, record: Mapping[str, Any], directory: Directory) -> dict[str, Any]:
    names: dict[str, Any] = {}
    if plain.channel:
        names[plain.channel] = directory.codes.get(record["channel_id"])
    if plain.model:
        names[plain.model] = directory.model_names.get(record["car_model_id"])
    return names


def _write(planning: Planning, plain: Plain, key: int | None, values: Mapping[str, Any]) -> None:
    directory = planning.directory
    columns = {attribute: values[column] for column, attribute in plain.columns.items() if column in values}
    if plain.channel and plain.channel in values:
        columns["channel_id"] = directory.channels.get(values[plain.channel])
    if plain.model and plain.model in values:
        columns["car_model_id"] = directory.models.get(values[plain.model])
    if key is not None:
        planning.batch.update(plain.table, plain.subject, key, **columns)
        return
    blank = dict.fromkeys(plain.columns.values())  # the rows of one sentence name the same columns
    new = planning.batch.insert(plain.table, plain.subject, **(blank | columns))
    if plain.table is CarModel:
        directory.models[values["car_model"]] = new


def plan_targets(planning: Planning) -> None:
    """Targets of channels and of people: one sheet over two columns of one table."""
    rows = planning.rows(TARGETS)
    if not rows:
        return
    before, directory = planning.said_before(TARGETS, rows), planning.directory
    stored = {}
    periods = sorted({row.values["period"] for row in rows})
    for record in planning.load(lambda some: queries.rows_where(Target, "period", some), periods):
        kind = TargetSubject.CHANNEL if record["channel_id"] else TargetSubject.USER
        names = directory.codes if record["channel_id"] else directory.usernames
        subject = names[record["channel_id"] or record["user_id"]]
        stored[(kind, subject, record["metric"], record["period"])] = record
    for row in rows:
        if not _has_subject(planning, row):
            continue
        key = key_of(TARGETS, row)
        known = stored.get(key)
        current = dict(zip(TARGETS.keys, key, strict=True)) | {"value": known["value"]} if known else None
        outcome = planning.merged(TARGETS, row, current, before[key])
        if known and outcome.changed:
            version = known["version"] + 1
            planning.batch.update(Target, Subject.TARGETS, known["id"], value=outcome.values["value"], version=version)
        elif not known:
            _insert_target(planning, outcome.values)


def _has_subject(planning: Planning, row: Row) -> bool:
    references = References(planning, TARGETS)
    kind = "channel" if row.values["subject_kind"] is TargetSubject.CHANNEL else "user"
    if row.values["subject"] not in references.known[kind]:
        references.blame(row, "subject", Invalid(N_("A target of nobody: there is no such channel or person.")))
        return False
    if kind == "channel" and not references.reaches(row.values["subject"]):
        references.blame(row, "subject", Invalid(OUTSIDE))
        return False
    return True


def _insert_target(planning: Planning, values: Mapping[str, Any]) -> None:
    directory, of_channel = planning.directory, values["subject_kind"] is TargetSubject.CHANNEL
    planning.batch.insert(
        Target, Subject.TARGETS, metric=values["metric"], period=values["period"], value=values["value"], version=1,
        channel_id=directory.channels.get(values["subject"]) if of_channel else None,
        user_id=None if of_channel else directory.users.get(values["subject"]),
    )  # fmt: skip

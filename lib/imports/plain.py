"""The sheets of which each row is one row of one table, with codes for keys."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from db.base import Base
from db.queries import imports as queries
from db.tables import CarModel, Forecast, Receipt, Score, StatementLine, StockUnit, Target
from db.terms import StockStatus, Subject, TargetSubject
from lib.imports.columns import Form
from lib.imports.forms import CAR_MODELS, FORECASTS, RECEIPTS, SCORES, STATEMENT, STOCK, TARGETS
from lib.imports.merging import Merged
from lib.imports.planning import OUTSIDE, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

Check = Callable[[Mapping[str, Any]], Iterable[tuple[str, Invalid]]]
Key = tuple[Any, ...]


def nothing_more(_values: Mapping[str, Any]) -> Iterable[tuple[str, Invalid]]:
    """No column contradicts another."""
    return ()


class Place(NamedTuple):
    """A row that others belong to: its key, and the channel that it is of."""

    key: int
    channel_id: int | None


class Above(Protocol):
    """What the rows of a sheet belong to."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The form's columns that name it."""

    @property
    def attribute(self) -> str:
        """The attribute that holds its key."""

    @property
    def missing(self) -> str:
        """What to say where it is not there."""

    def places(self, planning: Planning, wanted: Collection[Key]) -> Mapping[Key, Place]:
        """Those that are in the database or in the file."""


@dataclass(frozen=True)
class Plain:
    """How one sheet lies in its table: which column is which, and the column by which stored rows are found.

    `links` are columns that name a `channel`, `user`, `model` or `reason`, with the attribute that holds its key;
    `fixed` is what every new row has besides. `group_wide`: a row without a channel is the whole group's.
    """

    form: Form
    table: type[Base]
    subject: Subject
    found_by: str
    columns: Mapping[str, str]
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    above: Above | None = None
    check: Check = nothing_more
    fixed: Mapping[str, Any] = field(default_factory=dict)
    group_wide: bool = False

    @property
    def keyed(self) -> bool:
        """Whether its rows can be changed, or only be added."""
        return "id" in self.table.__table__.columns


class Wording(NamedTuple):
    """A column whose cells name by words what is stored by keys: how the one becomes the other."""

    column: str
    told: Callable[[Any], Any]
    meant: Callable[[Any], Any]


class Known(NamedTuple):
    """A stored row: its record, and the same in the words of the form."""

    record: Mapping[str, Any]
    current: dict[str, Any]


CHANNEL = {"channel_code": ("channel", "channel_id")}
MODEL = {"car_model": ("model", "car_model_id")}
VERSIONED = {"version": 1}


def same(*names: str) -> dict[str, str]:
    """Columns whose attributes have their names."""
    return {name: name for name in names}


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
    {"cost": "cost_amount"} | same("vin", "status", "ordered_on", "eta_on", "arrived_on", "left_on"),
    CHANNEL | MODEL, check=stock_contradictions,
)  # fmt: skip
PLAIN_FORECASTS = Plain(
    FORECASTS, Forecast, Subject.FORECASTS, "month",
    same("month", "submitted_at", "quantity", "below_quantity", "reason"),
    CHANNEL | MODEL | {"submitted_by": ("user", "submitted_by_id")},
)  # fmt: skip
PLAIN_SCORES = Plain(
    SCORES, Score, Subject.CHANNELS, "month", same("month", "function", "score", "evidence"), CHANNEL, fixed=VERSIONED
)
PLAIN_STATEMENT = Plain(
    STATEMENT, StatementLine, Subject.COMMISSION, "policy_no",
    {"insurer": "insurer", "period": "period", "policy_no": "policy_no", "premium": "premium_amount",
     "commission_rate": "commission_rate", "commission": "commission_amount"},
)  # fmt: skip
PLAIN_RECEIPTS = Plain(
    RECEIPTS, Receipt, Subject.COMMISSION, "receipt_no",
    same("insurer", "receipt_no", "period", "received_on", "amount"),
)  # fmt: skip


def plan(planning: Planning, plain: Plain, rows: list[Row] | None = None, wording: Wording | None = None) -> None:
    """Insert and change the rows of one sheet, or those of it that are given."""
    form, rows = plain.form, planning.rows(plain.form) if rows is None else rows
    if not rows:
        return
    references, before = References(planning, form), planning.said_before(form, rows)
    places = _places(planning, plain, rows)
    stored = _stored(planning, plain, rows, places, wording)
    links = {column: kind for column, (kind, _) in plain.links.items()}
    for row in rows:
        if not (references.fit(row, **links) and _belongs(references, plain, row, places)):
            continue
        key = key_of(form, row)
        known = stored.get(key)
        said = before[key] if plain.keyed or not known else (before[key][0], None)
        outcome = planning.merged(form, row, known.current if known else None, said)
        faults = list(plain.check(outcome.values))
        for column, why in faults:
            planning.report.blame(form, row.number, column, outcome.values.get(column), why)
        if not faults and (outcome.new or outcome.changed):
            _write(planning, plain, known, outcome, places, wording)


def by_above(above: Above, values: Mapping[str, Any]) -> Key | None:
    """How a row names what it belongs to; `None` where it names nothing."""
    named = tuple(values.get(name) for name in above.columns)
    return None if None in named else named


def _places(planning: Planning, plain: Plain, rows: list[Row]) -> Mapping[Key, Place]:
    above = plain.above
    if above is None:
        return {}
    return above.places(planning, {named for row in rows if (named := by_above(above, row.values))})


def _belongs(references: References, plain: Plain, row: Row, places: Mapping[Key, Place]) -> bool:
    above = plain.above
    named = by_above(above, row.values) if above else None
    if above and named:
        place = places.get(named)
        if place is None:
            references.blame(row, above.columns[0], Invalid(above.missing))
            return False
        if not references.reaches(references.directory.codes.get(place.channel_id or 0, "")):
            references.blame(row, above.columns[0], Invalid(OUTSIDE))
            return False
    if plain.group_wide and row.get("channel_code") is None and not named and references.planning.actor.path:
        references.blame(row, "channel_code", Invalid(OUTSIDE))
        return False
    return True


def _stored(
    planning: Planning, plain: Plain, rows: list[Row], places: Mapping[Key, Place], wording: Wording | None
) -> dict[Key, Known]:
    by_attribute = {attribute: column for column, attribute in plain.columns.items()}
    if plain.above and plain.found_by == plain.above.attribute:
        values = sorted(place.key for place in places.values() if place.key > 0)
    else:
        values = sorted({row.values[by_attribute[plain.found_by]] for row in rows})
    return stored_by(planning, plain, values, places, wording)


def stored_by(
    planning: Planning, plain: Plain, values: Iterable[Any], places: Mapping[Key, Place], wording: Wording | None = None
) -> dict[Key, Known]:  # fmt: skip
    """The stored rows that have one of these values where such rows are found, by their keys."""
    stored = {}
    names = {place.key: named for named, place in places.items()}
    for record in planning.load(lambda some: queries.rows_where(plain.table, plain.found_by, some), values):
        current = {column: record[attribute] for column, attribute in plain.columns.items()}
        current |= {
            column: planning.directory.name(kind, record[attribute])
            for column, (kind, attribute) in plain.links.items()
        }
        if plain.above:
            named = names.get(record[plain.above.attribute]) or (None,) * len(plain.above.columns)
            current |= dict(zip(plain.above.columns, named, strict=True))
        if wording:
            current[wording.column] = wording.told(current[wording.column])
        stored[tuple(current[name] for name in plain.form.keys)] = Known(record, current)
    return stored


def _write(
    planning: Planning, plain: Plain, known: Known | None, outcome: Merged, places: Mapping[Key, Place],
    wording: Wording | None,
) -> None:  # fmt: skip
    directory, batch = planning.directory, planning.batch
    values = outcome.values if outcome.new else outcome.changed
    columns = {attribute: values[column] for column, attribute in plain.columns.items() if column in values}
    if wording and wording.column in values:
        columns[plain.columns[wording.column]] = wording.meant(values[wording.column])
    for column, (kind, attribute) in plain.links.items():
        if column in values or (kind == "reason" and "domain" in values):
            columns[attribute] = directory.key(kind, outcome.values.get(column), outcome.values.get("domain"))
    if plain.above and (named := by_above(plain.above, values)):
        columns[plain.above.attribute] = places[named].key
    if known is not None:
        if "version" in plain.fixed:
            columns["version"] = known.record["version"] + 1
        batch.update(plain.table, plain.subject, known.record["id"], **columns)
        return
    blank = {attribute: plain.form.by_name[column].default for column, attribute in plain.columns.items()}
    blank |= {attribute: None for _, attribute in plain.links.values()}
    if plain.above:
        blank[plain.above.attribute] = None
    new = batch.insert(plain.table, plain.subject, **(blank | dict(plain.fixed) | columns))
    planning.made[plain.form.name, tuple(values[name] for name in plain.form.keys)] = Place(
        new, columns.get("channel_id") or columns.get("parent_id")
    )
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

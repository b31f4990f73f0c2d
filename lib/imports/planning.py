"""What every sheet's plan needs: the database as it is, the file's rows, the batch to fill, the report to write."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select

from db.queries import imports as queries
from db.terms import LossDomain
from lib.access import Actor
from lib.imports import said
from lib.imports.batch import Batch
from lib.imports.columns import Form
from lib.imports.findings import Report
from lib.imports.merging import Merged, merge
from lib.imports.reading import Row, Sheet
from lib.refusals import N_, Invalid

V = TypeVar("V")

CHUNK = 5000
KEPT = N_("Someone changed this in the application; theirs stays.")


def chunks(values: Iterable[V]) -> Iterator[Sequence[V]]:
    """Values in portions that a sentence can carry."""
    listed = list(values)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


@dataclass
class Planning:
    """One attempt to plan an import over the database as it is now."""

    connection: Connection
    actor: Actor
    at: datetime
    zone: ZoneInfo
    report: Report
    sheets: Mapping[str, Sheet]
    batch: Batch = field(default_factory=Batch)
    made: dict[tuple[str, tuple[Any, ...]], Any] = field(default_factory=dict)
    """What the file newly brings, by form and key, for the sheets whose rows belong to it."""

    def rows(self, form: Form) -> list[Row]:
        """The file's rows of a form that could be read."""
        sheet = self.sheets.get(form.name)
        return sheet.rows if sheet else []

    def doubtful(self, form: Form, column: str) -> set[Any]:
        """What the wrong rows of a form say in a column, `None` for a row that cannot be read there."""
        sheet = self.sheets.get(form.name)
        if sheet is None:
            return set()
        wrong = {each.row for each in self.report.wrong if each.sheet == form.name}
        return {row.get(column) for row in sheet.faulty} | {
            row.get(column) for row in sheet.rows if row.number in wrong
        }

    def load(
        self, select: Callable[[Sequence[V]], Select[*tuple[Any, ...]]], values: Iterable[V]
    ) -> Iterator[dict[str, Any]]:
        """Stored rows for many values, in few sentences."""
        for some in chunks(values):
            for row in self.connection.execute(select(some)).mappings():
                yield dict(row)

    def said_before(self, form: Form, rows: Iterable[Row]) -> dict[tuple[Any, ...], tuple[bytes, bytes | None]]:
        """For each row's key its digest, and what the row said when it was last loaded."""
        digests = {key: said.row_key(form.name, key) for key in (key_of(form, row) for row in rows)}
        known = {
            row["key_digest"]: row["cells"]
            for row in self.load(lambda some: queries.said(form.name, some), digests.values())
        }
        return {key: (digest, known.get(digest)) for key, digest in digests.items()}

    def merged(
        self, form: Form, row: Row, current: Mapping[str, Any] | None, before: tuple[bytes, bytes | None],
        elsewhere: frozenset[str] = frozenset(),
    ) -> Merged:  # fmt: skip
        """Merge a row, remember what it says, and count it."""
        outcome = merge(form, row.values, current, before[1], elsewhere)
        if outcome.said != before[1]:
            self.batch.said[(form.name, before[0])] = outcome.said
        for column in outcome.kept:
            self.report.keep(form, row.number, column, row.get(column), Invalid(KEPT))
        count = self.report.count(form)
        if outcome.new:
            count.new += 1
        elif outcome.changed:
            count.changed += 1
        else:
            count.unchanged += 1
        return outcome

    @cached_property
    def directory(self) -> "Directory":
        return Directory.load(self)


def key_of(form: Form, row: Row) -> tuple[Any, ...]:
    """The row's key."""
    return tuple(row.values[name] for name in form.keys)


@dataclass
class Directory:
    """The names that cells refer to, of the database and of the file, with their keys."""

    channels: dict[str, int]
    paths: dict[str, str]
    users: dict[str, int]
    models: dict[str, int]
    reasons: dict[LossDomain, dict[str, tuple[int, str]]]
    reason_paths: dict[tuple[LossDomain, str], int] = field(default_factory=dict)

    @classmethod
    def load(cls, planning: Planning) -> "Directory":
        execute = planning.connection.execute
        channels = {row.code: row for row in execute(queries.channels())}
        reasons: dict[LossDomain, dict[str, tuple[int, str]]] = {domain: {} for domain in LossDomain}
        levels = execute(queries.loss_reasons()).all()
        slugs = {row.id: row.slug for row in levels}
        for row in levels:
            if row.parent_id is not None:
                for spelling in (row.name_en, row.name, row.slug):
                    reasons[row.domain][spelling.lower()] = (row.id, row.slug)
        return cls(
            channels={code: row.id for code, row in channels.items()},
            paths={code: row.path for code, row in channels.items()},
            users={row.username: row.id for row in execute(queries.users())},
            models={row.name: row.id for row in execute(queries.car_models())},
            reasons=reasons,
            reason_paths={
                (row.domain, f"{slugs[row.parent_id]}/{row.slug}" if row.parent_id else row.slug): row.id
                for row in levels
            },
        )

    def key(self, kind: str, name: str | None, domain: LossDomain | None = None) -> int | None:
        """The key of a `channel`, `user`, `model` or `reason` by what a cell calls it."""
        if name is None:
            return None
        if kind == "reason":
            return self.reason_paths.get((domain, name)) if domain else None
        keys = {"channel": self.channels, "user": self.users, "model": self.models}[kind]
        return keys.get(name)

    def name(self, kind: str, key: int | None) -> str | None:
        """What a cell calls it."""
        if key is None:
            return None
        names = {
            "channel": self.codes, "user": self.usernames, "model": self.model_names, "reason": self.reason_names,
        }  # fmt: skip
        return names[kind].get(key)

    @property
    def reason_names(self) -> dict[int, str]:
        return {key: path for (_, path), key in self.reason_paths.items()}

    @cached_property
    def codes(self) -> dict[int, str]:
        return {key: code for code, key in self.channels.items()}

    @cached_property
    def usernames(self) -> dict[int, str]:
        return {key: name for name, key in self.users.items()}

    @cached_property
    def model_names(self) -> dict[int, str]:
        return {key: name for name, key in self.models.items()}

    @cached_property
    def reason_slugs(self) -> dict[int, str]:
        return {key: slug for spellings in self.reasons.values() for key, slug in spellings.values()}

    @cached_property
    def reason_keys(self) -> dict[tuple[LossDomain, str], int]:
        return {(domain, slug): key for domain, names in self.reasons.items() for key, slug in names.values()}


class References:
    """Checks that the names in a row's cells are of something that is in the database or in the file."""

    def __init__(self, planning: Planning, form: Form) -> None:
        self.planning, self.form, self.directory = planning, form, planning.directory
        self.known = {
            "channel": self.directory.channels.keys() | self._keys("channels"),
            "user": self.directory.users.keys() | self._keys("users"),
            "model": self.directory.models.keys() | self._keys("car_models"),
        }

    def _keys(self, name: str) -> set[Any]:
        sheet = self.planning.sheets.get(name)
        return {key[0] for key in sheet.keys} if sheet else set()

    def blame(self, row: Row, column: str, why: Invalid) -> None:
        self.planning.report.blame(self.form, row.number, column, row.get(column), why)

    def fit(self, row: Row, **columns: str) -> bool:
        """Whether each column's cell, if filled, names a known `channel`, `user`, `model` or `reason` within reach."""
        fine = True
        for column, kind in columns.items():
            value = row.get(column)
            if kind == "reason":
                if self.directory.key(kind, value, row.get("domain")) is None:
                    self.blame(row, column, Invalid(UNKNOWN[kind]))
                    fine = False
            elif value is not None and value not in self.known[kind]:
                self.blame(row, column, Invalid(UNKNOWN[kind]))
                fine = False
            elif value is not None and kind == "channel" and not self.reaches(value):
                self.blame(row, column, Invalid(OUTSIDE))
                fine = False
        return fine

    def reaches(self, code: str) -> bool:
        """Whether the channel is within the actor's area."""
        path = self.directory.paths.get(code)
        return path is None or self.planning.actor.scope.covers(path)

    def reason(self, row: Row, domain: LossDomain) -> bool:
        """Turn the cell `loss_reason` into the reason's slug, or blame it."""
        value = row.get("loss_reason")
        if value is None:
            return True
        found = self.directory.reasons[domain].get(str(value).lower())
        if found is None:
            self.blame(row, "loss_reason", Invalid(N_("There is no such loss reason in the dictionary.")))
            return False
        row.values["loss_reason"] = found[1]
        return True


UNKNOWN = {
    "channel": N_("There is no channel of this code, neither here nor in the file."),
    "user": N_("There is no person of this username, neither here nor in the file."),
    "model": N_("There is no car model of this name, neither here nor in the file."),
    "reason": N_("There is no such loss reason, neither here nor in the file."),
}
OUTSIDE = N_("This channel is outside your area.")

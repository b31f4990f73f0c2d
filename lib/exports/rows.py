"""Stored rows in the words of the import forms: a value a column, typed as the form types it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from db.queries import exports as queries
from db.terms import ContactMethod, LeadEventKind, TargetSubject
from lib import personal
from lib.imports import forms
from lib.imports.forms import Form
from lib.imports.lead_rules import EVENTS, OF_A_LOSS, contradictions, outcome
from lib.refusals import N_
from lib.settings import load
from lib.words import Words

Record = dict[str, Any]
AT_ONCE = 2000  # rows


@dataclass(frozen=True)
class Source:
    """Where the rows are read, whose they are, and in whose words."""

    connection: Connection
    path: str | None
    words: Words

    def stream(self, sentence: Any) -> Iterator[RowMapping]:
        """A sentence's rows, a portion at a time."""
        result = self.connection.execution_options(yield_per=AT_ONCE).execute(sentence)
        yield from result.mappings()

    def reason(self, row: RowMapping) -> str | None:
        """A loss reason's name."""
        name: str | None = row["loss_reason_en"] if self.words.language == "en" else row["loss_reason"]
        return name


def of(form: Form, source: Source) -> Iterator[Record]:
    """The rows of one form, by its keys; of channels and people see `organisation`."""
    return READERS[form.name](source)


def organisation(source: Source, codes: set[str], usernames: set[str]) -> tuple[list[Record], list[Record]]:
    """The channels and people of the subtree, and those that other rows refer to, with all channels above them."""
    users = [
        dict(row)
        for row in source.stream(queries.users())
        if source.path is None or row["username"] in usernames or _within(row["path"], source.path)
    ]
    channels = [dict(row) for row in source.stream(queries.channels())]
    codes = codes | {user["channel_code"] for user in users}
    wanted = [row["path"] for row in channels if row["code"] in codes or _within(row["path"], source.path)]
    kept = [row for row in channels if any(path.startswith(row["path"]) for path in wanted)]
    return kept, users


def _within(path: str | None, top: str | None) -> bool:
    return top is None or (path is not None and path.startswith(top))


def _plain(sentence: Callable[[str | None], Any]) -> Callable[[Source], Iterator[Record]]:
    return lambda source: (dict(row) for row in source.stream(sentence(source.path)))


def _leads(source: Source) -> Iterator[Record]:
    streamed = source.connection.execution_options(yield_per=AT_ONCE).execute(queries.leads(source.path))
    for some in streamed.mappings().partitions():
        events = defaultdict(list)
        for event in source.connection.execute(queries.lead_events([row["id"] for row in some])).mappings():
            events[event["lead_id"]].append(event)
        yield from (_lead(row, events[row["id"]], source) for row in some)


def _lead(row: RowMapping, events: Iterable[RowMapping], source: Source) -> Record:
    """A lead with the latest event of each kind, as far as they do not contradict each other or where it stands."""
    record = dict(row)
    columns = {kind: column for column, kind in EVENTS.items()}
    for event in events:
        if event["kind"] in columns:
            record[columns[event["kind"]]] = event["at"]
        if event["kind"] is LeadEventKind.LOST:
            record |= dict(zip(OF_A_LOSS, (source.reason(event), event["competitor"], event["price_gap_amount"]),
                               strict=True))  # fmt: skip
    for column, _ in list(contradictions(record, load().zone)):
        _forget(record, column)
    stands, _ = outcome((record[column], kind) for column, kind in EVENTS.items() if record.get(column))
    if stands is not record["status"]:  # it was taken up again since
        _forget(record, "lost_at")
    return record


def _forget(record: Record, column: str) -> None:
    record.pop(column, None)
    if column == "lost_at":
        for name in OF_A_LOSS:
            record.pop(name, None)


def _policies(source: Source) -> Iterator[Record]:
    nameless = source.words.say(N_("unknown name"))
    for row in source.stream(queries.policies(source.path)):
        sealed = row["id_number_sealed"]
        yield {
            **row, "id_number": personal.unseal(sealed) if sealed else None,
            "insured_name": row["insured_name"] or nameless,
        }  # fmt: skip


def _follow_ups(source: Source) -> Iterator[Record]:
    """A voiding is of no method; the form wants one, and by phone it changes no figure."""
    for row in source.stream(queries.follow_ups(source.path)):
        yield {**row, "method": row["method"] or ContactMethod.PHONE, "loss_reason": source.reason(row)}


def _targets(source: Source) -> Iterator[Record]:
    for row in source.stream(queries.targets(source.path)):
        yield {**row, "subject_kind": TargetSubject(row["subject_kind"])}


READERS: dict[str, Callable[[Source], Iterator[Record]]] = {
    forms.CAR_MODELS.name: _plain(queries.car_models),
    forms.LEADS.name: _leads,
    forms.POLICIES.name: _policies,
    forms.FOLLOW_UPS.name: _follow_ups,
    forms.TARGETS.name: _targets,
    forms.STOCK.name: _plain(queries.stock),
    forms.FORECASTS.name: _plain(queries.forecasts),
    forms.SCORES.name: _plain(queries.scores),
    forms.STATEMENT.name: _plain(queries.statement),
    forms.RECEIPTS.name: _plain(queries.receipts),
}

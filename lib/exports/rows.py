"""Stored rows in the words of the import forms: a value a column, typed as the form types it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import RowMapping

from db.queries import exports as queries
from db.terms import ContactMethod, LeadEventKind, TargetSubject
from lib import personal
from lib.exports import own_rows
from lib.exports.source import AT_ONCE, Record, Source, plain
from lib.imports import forms
from lib.imports.columns import Form
from lib.imports.lead_rules import EVENTS, OF_A_LOSS, PLACE, contradictions, outcome
from lib.imports.own_forms import LEAD_EVENTS
from lib.refusals import N_
from lib.settings import load

Told = tuple[Form, Record]
COLUMN_OF = {kind: column for column, kind in EVENTS.items()}
OF_AN_EVENT = ("channel_code", "consultant", "source", "competitor", "price_gap", "amount", "note", "entered_by")


def of(form: Form, source: Source) -> Iterator[Told]:
    """The rows of one form, by its keys; of leads also what their rows cannot say of them, for another sheet.

    Of channels and people see `organisation`.
    """
    if form is forms.LEADS:
        return _leads(source)
    return ((form, record) for record in READERS[form.name](source))


def organisation(source: Source, codes: set[str], usernames: set[str]) -> tuple[list[Record], list[Record]]:
    """The channels and people of the subtree, and those that other rows refer to, with all channels above them."""
    users = [
        dict(row)
        for row in source.stream(queries.users())
        if source.path is None or row["username"] in usernames or _within(row["path"], source.path)
    ]
    channels = [dict(row) for row in source.stream(queries.channels())]
    codes = codes | {user["channel_code"] for user in users}
    codes |= {row["moved_from"] for row in channels if row["moved_from"] and _within(row["path"], source.path)}
    wanted = [row["path"] for row in channels if row["code"] in codes or _within(row["path"], source.path)]
    kept = [row for row in channels if any(path.startswith(row["path"]) for path in wanted)]
    return kept, users


def _within(path: str | None, top: str | None) -> bool:
    return top is None or (path is not None and path.startswith(top))


def _leads(source: Source) -> Iterator[Told]:
    streamed = source.connection.execution_options(yield_per=AT_ONCE).execute(queries.leads(source.path))
    for some in streamed.mappings().partitions():
        events = defaultdict(list)
        for event in source.connection.execute(queries.lead_events([row["id"] for row in some])).mappings():
            events[event["lead_id"]].append(event)
        for row in some:
            record = _lead(row, events[row["id"]], source)
            yield forms.LEADS, record
            yield from ((LEAD_EVENTS, each) for each in beyond(record, events[row["id"]], source))


def beyond(record: Record, events: Sequence[RowMapping], source: Source) -> list[Record]:
    """The events of a lead that its row does not bring back as they are, numbered among those of one kind and time."""
    left: list[Record] = []
    counts: Counter[tuple[Any, ...]] = Counter()
    for event in events:
        counts[event["kind"], event["at"]] += 1
        number = counts[event["kind"], event["at"]]
        told = {name: event[name] for name in OF_AN_EVENT} | {"loss_reason": source.reason(event)}
        given = {name: record[name] for name in ("source", "channel_code", "consultant")}
        if event["kind"] is LeadEventKind.LOST:
            given |= {name: record.get(name) for name in OF_A_LOSS}
        column = COLUMN_OF.get(event["kind"])
        by_row = number == 1 and column is not None and record.get(column) == event["at"]
        if not by_row or any(told[name] != given.get(name) for name in told):
            left.append(
                {"lead_no": record["lead_no"], "at": event["at"], "kind": event["kind"], "number": number} | told
            )
    return sorted(left, key=lambda each: (each["at"], PLACE[each["kind"]], each["number"]))


def _lead(row: RowMapping, events: Iterable[RowMapping], source: Source) -> Record:
    """A lead with the latest event of each kind, as far as they do not contradict each other or where it stands."""
    record = dict(row)
    for event in events:
        if event["kind"] in COLUMN_OF:
            record[COLUMN_OF[event["kind"]]] = event["at"]
        if event["kind"] is LeadEventKind.LOST:
            record |= {"loss_reason": source.reason(event)} | {
                name: event[name] for name in ("competitor", "price_gap")
            }
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
    """A voiding is of no method; the form wants one, and a column of our own says that it was none."""
    for row in source.stream(queries.follow_ups(source.path)):
        yield {
            **row, "method": row["method"] or ContactMethod.PHONE, "loss_reason": source.reason(row),
            "contacted": None if row["method"] else False, "credited": None if row["credited_to"] else False,
        }  # fmt: skip


def _targets(source: Source) -> Iterator[Record]:
    for row in source.stream(queries.targets(source.path)):
        yield {**row, "subject_kind": TargetSubject(row["subject_kind"])}


READERS: dict[str, Callable[[Source], Iterator[Record]]] = {
    forms.CAR_MODELS.name: plain(queries.car_models),
    forms.POLICIES.name: _policies,
    forms.FOLLOW_UPS.name: _follow_ups,
    forms.TARGETS.name: _targets,
    forms.STOCK.name: plain(queries.stock),
    forms.FORECASTS.name: plain(queries.forecasts),
    forms.SCORES.name: plain(queries.scores),
    forms.STATEMENT.name: plain(queries.statement),
    forms.RECEIPTS.name: plain(queries.receipts),
} | own_rows.READERS

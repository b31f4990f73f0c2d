"""Stored rows in the words of the sheets of our own."""

from collections.abc import Callable, Iterator
from heapq import merge
from typing import Any

from db.queries import exports, past_exports
from db.queries import own_exports as queries
from db.terms import RenewalEventKind
from lib import personal
from lib.exports.source import AT_ONCE, Reader, Record, Source, plain
from lib.imports import own_forms as forms
from lib.imports.naming import rate_names, rule_names


def _vehicles(source: Source) -> Iterator[Record]:
    for row in source.stream(queries.vehicles(source.path)):
        sealed = row["id_number_sealed"]
        yield {**row, "id_number": personal.unseal(sealed) if sealed else None}


def _renewal_events(source: Source) -> Iterator[Record]:
    """What people did, and an opening for each case that only this holds up."""
    told = _with_reason(exports.renewal_events)(source)
    held = list(source.connection.execute(exports.held_by_contacts(source.path)).mappings())
    opened = ({**row, "kind": RenewalEventKind.OPENED, "number": 1} for row in held)
    return merge(opened, told, key=_in_order)


def _with_reason(sentence: Callable[[str | None], Any]) -> Reader:
    """Rows with their loss reason in the file's language."""
    return lambda source: ({**row, "loss_reason": source.reason(row)} for row in source.stream(sentence(source.path)))


def _in_order(record: Record) -> tuple[Any, ...]:
    return record["vin"], record["due_on"], record["at"], record["kind"] is not RenewalEventKind.OPENED


def _alerts(source: Source) -> Iterator[Record]:
    """A sale is named by its lead, the buyer of several cars by the last one's."""
    streamed = source.connection.execution_options(yield_per=AT_ONCE).execute(queries.alert_settlements(source.path))
    for some in streamed.mappings().partitions():
        keys = {int(row["case"].rpartition(":")[2]) for row in some if ":" in row["case"]}
        numbers = {row.id: row.lead_no for row in source.connection.execute(queries.lead_numbers(keys))}
        for row in some:
            about, _, key = row["case"].rpartition(":")
            if not about:
                yield dict(row)
            elif int(key) in numbers:
                yield {**row, "case": f"{about.partition(':')[0]}:{numbers[int(key)]}"}


def _quote_lines(source: Source) -> Iterator[Record]:
    names = rate_names(source.connection)
    for row in source.stream(queries.quote_lines(source.path)):
        yield {**row, "rates": [names[key] for key in row["rates"] if key in names]}


def _approvals(source: Source) -> Iterator[Record]:
    names = rule_names(source.connection)
    for row in source.stream(queries.approvals(source.path)):
        told = [each for each in row["findings"] if each["rule_id"] in names]
        yield {**row, "findings": [{"rule": names[each["rule_id"]], "value": each["value"]} for each in told]}


READERS: dict[str, Reader] = {
    forms.LOSS_REASONS.name: plain(queries.loss_reasons),
    forms.CALENDAR.name: plain(queries.calendar_days),
    forms.VEHICLES.name: _vehicles,
    forms.OPT_OUTS.name: plain(queries.opt_outs),
    forms.PAST_LEAD_EVENTS.name: _with_reason(past_exports.lead_events),
    forms.RENEWAL_EVENTS.name: _renewal_events,
    forms.SET_ASIDE.name: plain(exports.set_aside),
    forms.PAST_RENEWAL_EVENTS.name: _with_reason(past_exports.renewal_events),
    forms.LEAD_REVIEWS.name: plain(queries.lead_reviews),
    forms.RENEWAL_REVIEWS.name: plain(queries.renewal_reviews),
    forms.COUNTERMEASURES.name: plain(queries.countermeasures),
    forms.COUNTERMEASURE_NOTES.name: plain(queries.countermeasure_notes),
    forms.FREEZES.name: plain(queries.forecast_freezes),
    forms.ALERTS.name: _alerts,
    forms.FEEDBACK.name: plain(queries.feedback),
    forms.PARTNERS.name: plain(queries.partners),
    forms.PARTNER_MARKS.name: plain(queries.partner_marks),
    forms.PARTNER_VISITS.name: plain(queries.partner_visits),
    forms.QUOTES.name: plain(queries.quotes),
    forms.QUOTE_LINES.name: _quote_lines,
    forms.APPROVALS.name: _approvals,
}

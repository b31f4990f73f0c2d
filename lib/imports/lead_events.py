"""The sheet of what happened to leads beyond their row: further visits, what was taken back, and whom it counts for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.queries import imports as queries
from db.tables import Lead, LeadEvent
from db.terms import LeadEventKind, LossDomain, Origin, Subject
from lib.clock import business_day, store_time
from lib.imports.belonging import leads
from lib.imports.lead_rules import outcome
from lib.imports.own_forms import LEAD_EVENTS
from lib.imports.planning import KEPT, OUTSIDE, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

TOLD = ("source", "competitor", "amount", "note")


@dataclass
class Story:
    """One lead and its events that will count, by kind and time, the first written first."""

    lead: dict[str, Any]
    events: dict[tuple[Any, LeadEventKind], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (event for some in self.events.values() for event in some)


def plan_lead_events(planning: Planning) -> None:
    """Add the events that are not there, and give those that the leads' rows bring what only this sheet says.

    An event that was there before stays as it is: what people recorded no file rewrites.
    """
    rows = sorted(planning.rows(LEAD_EVENTS), key=lambda row: (row.values["at"], row.values["number"]))
    if not rows:
        return
    references, before = References(planning, LEAD_EVENTS), planning.said_before(LEAD_EVENTS, rows)
    stories = _stories(planning, rows)
    for row in rows:
        fits = references.fit(row, channel_code="channel", consultant="user", entered_by="user")
        if not references.reason(row, LossDomain.LEAD) or not fits or not _holds(references, row, stories):
            continue
        _bring(planning, stories[row.values["lead_no"]], row, before[key_of(LEAD_EVENTS, row)])
    for story in stories.values():
        _settle(planning, story)


def _bring(planning: Planning, story: Story, row: Row, said: tuple[bytes, bytes | None]) -> None:
    some = story.events[row.values["at"], row.values["kind"]]
    event = some[row.values["number"] - 1] if row.values["number"] <= len(some) else None
    stands = event is not None and event["id"] > 0
    current = _current(planning, event, row) if event and stands else None
    merged = planning.merged(LEAD_EVENTS, row, current, said if not stands else (said[0], None))
    if stands and merged.changed:
        for column in merged.changed:
            planning.report.keep(LEAD_EVENTS, row.number, column, row.get(column), Invalid(KEPT))
    elif event is not None and not stands:
        event.update(_columns(planning, row))
    elif event is None and said[1] is None:  # said before and gone since: people took it back
        _add(planning, story, row)


def _stories(planning: Planning, rows: list[Row]) -> dict[str, Story]:
    for new in planning.batch.inserts.get(LeadEvent, []):  # the rows of one sentence name the same columns
        new.update({name: None for name in ("amount", "note", "actor_id") if name not in new})
    stories = {no: Story(lead) for no, lead in leads(planning, {row.values["lead_no"] for row in rows}).items()}
    by_key = {story.lead["id"]: story for story in stories.values()}
    gone = {key for key, values in planning.batch.updates.get(LeadEvent, {}).items() if "superseded_at" in values}
    stored = planning.load(queries.lead_events, sorted(key for key in by_key if key > 0))
    fresh = [event for event in planning.batch.inserts.get(LeadEvent, []) if event["lead_id"] in by_key]
    for event in (*sorted(stored, key=lambda event: event["id"]), *fresh):
        if event["id"] not in gone:
            by_key[event["lead_id"]].events[event["at"], event["kind"]].append(event)
    return stories


def _holds(references: References, row: Row, stories: Mapping[str, Story]) -> bool:
    story = stories.get(row.values["lead_no"])
    if story is None:
        references.blame(row, "lead_no", Invalid(N_("There is no lead of this number, neither here nor in the file.")))
    elif not references.reaches(references.directory.codes.get(story.lead["channel_id"], "")):
        references.blame(row, "lead_no", Invalid(OUTSIDE))
    elif row.values["kind"] is LeadEventKind.LOST and not row.get("loss_reason"):
        references.blame(row, "loss_reason", Invalid(N_("A loss needs its reason.")))
    elif row.values["kind"] is not LeadEventKind.LOST and row.get("loss_reason"):
        references.blame(row, "loss_reason", Invalid(N_("A loss reason on what is no loss.")))
    else:
        return True
    return False


def _current(planning: Planning, event: Mapping[str, Any], row: Row) -> dict[str, Any]:
    directory = planning.directory
    return {name: event[name] for name in TOLD} | {name: row.values[name] for name in LEAD_EVENTS.keys} | {
        "channel_code": directory.codes.get(event["channel_id"]),
        "consultant": directory.usernames.get(event["consultant_id"]),
        "loss_reason": directory.reason_slugs.get(event["loss_reason_id"] or 0),
        "price_gap": event["price_gap_amount"],
        "entered_by": directory.usernames.get(event["actor_id"] or 0),
    }  # fmt: skip


def _columns(planning: Planning, row: Row) -> dict[str, Any]:
    directory, reason = planning.directory, row.get("loss_reason")
    return {name: row.get(name) for name in TOLD} | {
        "channel_id": directory.channels.get(row.values["channel_code"]),
        "consultant_id": directory.users.get(row.values["consultant"]),
        "loss_reason_id": directory.reason_keys[(LossDomain.LEAD, reason)] if reason else None,
        "price_gap_amount": row.get("price_gap"),
        "actor_id": directory.users.get(row.get("entered_by") or ""),
    }  # fmt: skip


def _add(planning: Planning, story: Story, row: Row) -> None:
    at, zone = row.values["at"], planning.zone
    planning.batch.insert(
        LeadEvent, Subject.SALES, lead_id=story.lead["id"], kind=row.values["kind"], at=at,
        business_on=business_day(at, zone), hour=store_time(at, zone).hour, origin=Origin.APP,
        **_columns(planning, row),
    )  # fmt: skip
    story.events[at, row.values["kind"]].append(planning.batch.inserts[LeadEvent][-1])


def _settle(planning: Planning, story: Story) -> None:
    """Where all of it leaves the lead."""
    status, closed_at = outcome((event["at"], event["kind"]) for event in story)
    batch, key = planning.batch, story.lead["id"]
    if key < 0:
        story.lead.update(status=status, closed_at=closed_at)
        return
    changed = batch.updates.get(Lead, {}).get(key, {})
    stands = {**story.lead, **changed}
    if (stands["status"], stands["closed_at"]) != (status, closed_at):
        version = changed.get("version", story.lead["version"] + 1)
        batch.update(Lead, Subject.SALES, key, version=version, status=status, closed_at=closed_at)

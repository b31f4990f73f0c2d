"""The sheet of what happened to renewals beyond contacts: opened by hand, assigned, reopened, what that took back."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Any

from db.tables import Renewal
from db.terms import LossDomain, Origin, RenewalEventKind, RenewalType
from lib.imports.own_forms import RENEWAL_EVENTS
from lib.imports.planning import KEPT, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid
from lib.renewals.facts import EventFact, RenewalFact, VehicleFacts
from lib.renewals.windows import JOIN_DAYS

Kind = RenewalEventKind
BY_POLICY = (Kind.RENEWED, Kind.RECOVERED)
TOLD = (
    "method", "outcome", "note", "callback_on", "appointment_at", "call_due_on", "quote_amount", "competitor",
    "countermeasure",
)  # fmt: skip


class Happened:
    """The events of the sheet that are not there yet, and the cases that they open, by VIN.

    An event that was there before stays as it is: what people recorded no file rewrites.
    """

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.rows: dict[Hashable, Row] = {
            (RENEWAL_EVENTS.name, row.number): row for row in planning.rows(RENEWAL_EVENTS)
        }
        self.references = References(planning, RENEWAL_EVENTS)
        self.events: dict[str, list[EventFact]] = defaultdict(list)
        self.opened: dict[str, list[RenewalFact]] = defaultdict(list)

    @property
    def vins(self) -> set[str]:
        """The cars that the sheet speaks of."""
        return {row.values["vin"] for row in self.rows.values()}

    def merge(self, facts: Mapping[str, VehicleFacts]) -> None:
        """Compare the rows with what is stored of their cars."""
        if not self.rows:
            return
        rows = list(self.rows.values())
        before = self.planning.said_before(RENEWAL_EVENTS, rows)
        for row in rows:
            if not self._fits(row):
                continue
            event = _stored(facts.get(row.values["vin"]), row)
            said = before[key_of(RENEWAL_EVENTS, row)]
            current = self._current(event, row) if event else None
            merged = self.planning.merged(RENEWAL_EVENTS, row, current, (said[0], None) if event else said)
            if event:
                for column in merged.changed:
                    self.planning.report.keep(RENEWAL_EVENTS, row.number, column, row.get(column), Invalid(KEPT))
            elif said[1] is None:  # said before and gone since: people took it back
                self._add(row)

    def _fits(self, row: Row) -> bool:
        fits = self.references.fit(row, channel_code="channel", specialist="user", entered_by="user")
        fits = self.references.reason(row, LossDomain.RENEWAL) and fits
        lost = row.values["kind"] is Kind.LOST
        if row.values["kind"] in BY_POLICY:
            self.references.blame(row, "kind", Invalid(N_("This follows from a policy: bring the policy instead.")))
        elif lost and not row.get("loss_reason"):
            self.references.blame(row, "loss_reason", Invalid(N_("A loss needs its reason.")))
        elif not lost and row.get("loss_reason"):
            self.references.blame(row, "loss_reason", Invalid(N_("A loss reason on what is no loss.")))
        else:
            return fits
        return False

    def _current(self, event: EventFact, row: Row) -> dict[str, Any]:
        directory = self.planning.directory
        return row.values | {name: getattr(event, name) for name in TOLD} | {
            "specialist": directory.usernames.get(event.specialist_id or 0),
            "loss_reason": directory.reason_slugs.get(event.loss_reason_id or 0),
            "price_gap": event.price_gap_amount,
            "entered_by": directory.usernames.get(event.actor_id or 0),
        }  # fmt: skip

    def _add(self, row: Row) -> None:
        directory, reason, vin = self.planning.directory, row.get("loss_reason"), row.values["vin"]
        key = self._open(row) if row.values["kind"] is Kind.OPENED else None
        self.events[vin].append(
            EventFact(
                kind=row.values["kind"], at=row.values["at"], origin=Origin.APP, renewal_id=key,
                row=(RENEWAL_EVENTS.name, row.number), due_on=row.values["due_on"],
                specialist_id=directory.users.get(row.get("specialist") or ""),
                actor_id=directory.users.get(row.get("entered_by") or ""),
                loss_reason_id=directory.reason_keys[(LossDomain.RENEWAL, reason)] if reason else None,
                price_gap_amount=row.get("price_gap"), **{name: row.get(name) for name in TOLD},
            )
        )  # fmt: skip

    def _open(self, row: Row) -> int:
        """A case that no policy opens."""
        key = self.planning.batch.new_key(Renewal)
        channel_id = self.planning.directory.channels.get(row.values["channel_code"], 0)
        self.opened[row.values["vin"]].append(
            RenewalFact(key, row.values["due_on"], channel_id, RenewalType.EXTERNAL, version=0)
        )
        return key


def _stored(facts: VehicleFacts | None, row: Row) -> EventFact | None:
    """The stored event that a row speaks of: of its kind and moment, in the case that its due_on names."""
    if facts is None:
        return None
    due_on = {renewal.id: renewal.due_on for renewal in facts.renewals}
    alike = [
        event
        for event in sorted(facts.events, key=lambda event: event.id or 0)
        if event.kind is row.values["kind"] and event.at == row.values["at"] and event.origin is not Origin.RULE
        and abs((due_on.get(event.renewal_id or 0, row.values["due_on"]) - row.values["due_on"]).days) <= JOIN_DAYS
    ]  # fmt: skip
    place = row.values["number"] - 1
    return alike[place] if place < len(alike) else None

"""What is done with a partner: proposed, marked, visited, decided on, made a node (C1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert

from db.queries import partners as queries
from db.tables import Partner, PartnerMark, PartnerVisit
from db.terms import ChannelKind, MarketTier, PartnerState, Subject
from lib import masking
from lib.access import Permission
from lib.channels.rules import PARENTS, RULES
from lib.data import Change, command
from lib.network.editing import LONGEST as LONGEST_NAME
from lib.network.editing import Facts, added, working
from lib.network.partners import WEIGHTS, Mark
from lib.refusals import N_, Invalid, NotFound
from lib.words import Words

LONGEST, LONGEST_EVIDENCE = 1000, 500
HIGHEST = 100


@command(Permission.CHANNEL_WRITE, Subject.PARTNERS)
def propose(
    change: Change, name: str, kind: ChannelKind, parent_id: int, territory: str = "", tier: MarketTier | None = None
) -> int:
    """Begin to evaluate a partner that would stand below a node within reach. Errors: `NotFound`, `Invalid`."""
    parent = working(change, parent_id)
    if parent.kind not in PARENTS[kind]:
        raise Invalid(RULES[kind], field="parent")
    values = {
        "name": _text(name, LONGEST_NAME), "kind": kind, "parent_id": parent_id,
        "territory": (masking.text(territory.strip()) or "")[:LONGEST_NAME] or None, "market_tier": tier,
        "created_by_id": change.actor.user_id, "created_at": change.at,
    }  # fmt: skip
    key = int(change.connection.execute(insert(Partner).values(**values).returning(Partner.id)).scalar_one())
    change.record("partner.proposed", "partners", key, parent_id, kind=kind)
    return key


@command(Permission.CHANNEL_WRITE, Subject.PARTNERS)
def mark(change: Change, partner_id: int, seen: int, marks: Sequence[Mark]) -> None:
    """Store the scorecard, each mark with what it rests on. Errors: `NotFound`, `Invalid`, `Conflict`."""
    row = _undecided(change, partner_id)
    given = [each for each in marks if each.mark is not None]
    for each in given:
        if not 0 <= (each.mark or 0) <= HIGHEST:
            raise Invalid(N_("A mark is a number from 0 to 100."), field="mark")
    change.claim(Partner, partner_id, seen)
    change.connection.execute(delete(PartnerMark).where(PartnerMark.partner_id == partner_id))
    for each in given:
        evidence = _text(each.evidence, LONGEST_EVIDENCE)
        change.connection.execute(
            insert(PartnerMark).values(
                partner_id=partner_id, criterion=each.criterion, mark=each.mark, evidence=evidence
            )
        )
    change.record(
        "partner.marked", "partners", partner_id, row.parent_id, **{each.criterion: each.mark for each in given}
    )  # fmt: skip


@command(Permission.CHANNEL_WRITE, Subject.PARTNERS)
def visit(change: Change, partner_id: int, on: date, findings: str) -> None:
    """Note a visit; it is never changed. Errors: `NotFound`, `Invalid` for a day to come or nothing found."""
    row = _undecided(change, partner_id)
    if on > change.today:
        raise Invalid(N_("A visit is noted once it has taken place."), field="day")
    change.connection.execute(
        insert(PartnerVisit).values(
            partner_id=partner_id, visited_on=on, findings=_text(findings, LONGEST), actor_id=change.actor.user_id,
            at=change.at,
        )
    )  # fmt: skip
    change.record("partner.visited", "partners", partner_id, row.parent_id, day=on.isoformat())


@command(Permission.CHANNEL_WRITE, Subject.PARTNERS)
def decide(change: Change, partner_id: int, seen: int, state: PartnerState, why: str) -> None:
    """Accept or reject a partner, with the reason; accepted is who was visited and marked on every criterion.

    Errors: `NotFound`, `Invalid` with what is missing, `Conflict`.
    """
    row = _undecided(change, partner_id)
    if state is PartnerState.VISITING:
        raise Invalid(N_("Choose whether the partner is accepted."), field="state")
    if state is PartnerState.ACCEPTED:
        _evaluated(change, partner_id)
    values = {
        "state": state, "decision": _text(why, LONGEST), "decided_by_id": change.actor.user_id, "decided_at": change.at
    }  # fmt: skip
    change.claim(Partner, partner_id, seen, **values)
    change.record("partner.decided", "partners", partner_id, row.parent_id, state=state)


@command(Permission.CHANNEL_WRITE, Subject.PARTNERS, Subject.CHANNELS)
def join(change: Change, partner_id: int, seen: int, code: str) -> int:
    """Make an accepted partner a node of the network; its key. Errors: as adding a node, and `Conflict`."""
    row = _reached(change, partner_id)
    if row.state is not PartnerState.ACCEPTED or row.channel_id is not None:
        raise Invalid(N_("Only an accepted partner that is no node yet becomes one."))
    facts = Facts(row.name, row.territory or "", None, row.market_tier)
    key = added(change, code, row.kind, row.parent_id, facts)
    change.claim(Partner, partner_id, seen, channel_id=key)
    change.record("partner.joined", "partners", partner_id, key, code=code.strip())
    return key


def _reached(change: Change, partner_id: int) -> Any:
    row = change.connection.execute(queries.partner(partner_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    return row


def _undecided(change: Change, partner_id: int) -> Any:
    row = _reached(change, partner_id)
    if row.state is not PartnerState.VISITING:
        raise Invalid(N_("This partner has been decided on."))
    return row


def _evaluated(change: Change, partner_id: int) -> None:
    """A mark on every criterion and a visit, or what of them is missing."""
    given = {row.criterion for row in change.connection.execute(queries.marks_of(partner_id))}
    missing = [each for each in WEIGHTS if each not in given]
    visited = change.connection.execute(queries.visits_of(partner_id)).first() is not None

    def named(words: Words) -> str:
        return words.listed(words.term(each) for each in missing)

    if missing and not visited:
        raise Invalid(N_("Before a partner is accepted, note a visit and mark every criterion. No visit is noted, and "
                         "there is no mark on: {criteria}."), field="state", criteria=named)  # fmt: skip
    if missing:
        raise Invalid(N_("Before a partner is accepted, mark every criterion. There is no mark on: {criteria}."),
                      field="state", criteria=named)  # fmt: skip
    if not visited:
        raise Invalid(N_("Before a partner is accepted, note a visit. No visit is noted."), field="state")


def _text(typed: str, longest: int) -> str:
    text = masking.text(typed.strip()) or ""
    if not text or len(text) > longest:
        raise Invalid(N_("Write what it is about, in at most {count} characters."), field="text", count=longest)
    return text

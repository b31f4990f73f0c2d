"""The answer of the one whose case it is, with a corrected loss where the record was wrong; all in one transaction."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from db.queries import loss_reviews as queries
from db.tables import LeadEvent, LossReason, LossReview, RenewalEvent
from db.terms import LossDomain, LossReviewState, Origin, RenewalEventKind, Subject
from lib import masking, settings
from lib.access import Permission
from lib.data import Change, command
from lib.leads import records
from lib.loss_reviews.judging import EVENT_COLUMNS, LONGEST, loss, record
from lib.loss_reviews.reading import seen_by
from lib.refusals import N_, Invalid
from lib.renewals import rows
from lib.renewals.facts import EventFact
from lib.renewals.writing import bring, claimed
from lib.words import words

State = LossReviewState
HIGHEST_GAP = Decimal(1_000_000)
OTHER = "other"


@dataclass(frozen=True)
class Correction:
    """What the loss should say. What is not named here stays as it was recorded."""

    loss_reason_id: int | None
    competitor: str = ""
    price_gap: Decimal | None = None


@dataclass(frozen=True)
class Answer:
    """An answer as it was typed, with the versions of review and case that the form showed."""

    event_id: int
    review_seen: int
    case_seen: int
    text: str
    correction: Correction | None = None


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS, Subject.COUNTERMEASURES)
def answer_renewal(change: Change, typed: Answer) -> None:
    """Answer for a lost renewal within one's own reach. A corrected reason, competitor or gap replaces the event."""
    found = _returned(change, LossDomain.RENEWAL, typed)
    corrected = _checked(change, LossDomain.RENEWAL, found, typed.correction)
    event_id = _correct_renewal(change, found, typed, corrected) if corrected else typed.event_id
    _answered(change, LossDomain.RENEWAL, found, typed, event_id)


@command(Permission.LEAD_WRITE, Subject.SALES, Subject.COUNTERMEASURES)
def answer_lead(change: Change, typed: Answer) -> None:
    """Answer for a lost lead within one's own reach. A corrected reason, competitor or gap replaces the event."""
    found = _returned(change, LossDomain.LEAD, typed)
    corrected = _checked(change, LossDomain.LEAD, found, typed.correction)
    event_id = _correct_lead(change, found, typed, corrected) if corrected else typed.event_id
    _answered(change, LossDomain.LEAD, found, typed, event_id)


def reopened(change: Change, domain: LossDomain, case_id: int, why: str) -> None:
    """A case that is taken up again answers the question about its loss, if one waits."""
    sight, values = seen_by(change.actor.own_scope, domain)
    found = change.session.execute(queries.of_case(sight), values | {"case_id": case_id}).first()
    if found is None or found.state is not State.RETURNED:
        return
    change.subjects.add(Subject.COUNTERMEASURES)
    spoken = words(change.actor.language or settings.load().language)
    said = "：".join(filter(None, (spoken.term(RenewalEventKind.REOPENED), why.strip())))
    _write(change, found, found.review_version, said[:LONGEST])


def _returned(change: Change, domain: LossDomain, typed: Answer) -> Any:
    found = loss(change, change.actor.own_scope, domain, typed.event_id)
    if found.state is not State.RETURNED:
        raise Invalid(N_("No question waits here any more. Look at the case again."))
    if not typed.text.strip() or len(typed.text.strip()) > LONGEST:
        raise Invalid(N_("Write the answer, up to 1,000 characters."), field="answer")
    return found


def _checked(change: Change, domain: LossDomain, found: Any, typed: Correction | None) -> dict[str, Any]:
    """The columns that the correction changes; nothing where it says what stands already."""
    if typed is None:
        return {}
    if typed.loss_reason_id != found.loss_reason_id:
        _check_reason(change, domain, found, typed.loss_reason_id)
    gap = typed.price_gap
    if gap is not None and not 0 <= gap <= HIGHEST_GAP:
        raise Invalid(N_("Enter the price gap in yuan, 0 or more."), field="price_gap")
    competitor = typed.competitor.strip() or None
    if competitor == masking.text(found.competitor):  # left as it was shown
        competitor = found.competitor
    wanted = {"loss_reason_id": typed.loss_reason_id, "competitor": competitor, "price_gap_amount": gap}
    return wanted if any(getattr(found, name) != value for name, value in wanted.items()) else {}


def _check_reason(change: Change, domain: LossDomain, found: Any, reason_id: int | None) -> None:
    reason = change.session.get(LossReason, reason_id or 0)
    if reason is None or reason.domain is not domain or reason.parent_id is None or not reason.active:
        raise Invalid(N_("Choose the reason for the loss."), field="loss_reason_id")
    if reason.slug == OTHER and not (found.note or "").strip():
        raise Invalid(N_("For another reason, write in the note what it was."), field="loss_reason_id")


def _correct_renewal(change: Change, found: Any, typed: Answer, corrected: dict[str, Any]) -> int:
    """The corrected event stands at the old one's moment, so that nothing else of the case moves."""
    case = claimed(change, found.case_id, typed.case_seen)
    old = change.session.execute(select(RenewalEvent.__table__).where(RenewalEvent.id == typed.event_id)).mappings()
    kept = {name: value for name, value in old.one().items() if name in rows.EVENT_COLUMNS}
    event = EventFact(
        RenewalEventKind.LOST, found.at, Origin.APP, renewal_id=case.id,
        **kept | corrected | {"actor_id": change.actor.user_id},
    )  # fmt: skip
    bring(change, case, event, undone=(typed.event_id,))
    change.record("renewal.loss_corrected", "renewals", case.id, case.channel_id, event_id=typed.event_id)
    written = select(RenewalEvent.id).where(
        RenewalEvent.renewal_id == case.id, RenewalEvent.kind == RenewalEventKind.LOST,
        RenewalEvent.at == found.at, RenewalEvent.superseded_at.is_(None),
    )  # fmt: skip
    return change.session.scalars(written.order_by(RenewalEvent.id.desc()).limit(1)).one()


def _correct_lead(change: Change, found: Any, typed: Answer, corrected: dict[str, Any]) -> int:
    lead = records.claimed(change, found.case_id, typed.case_seen)
    old = change.session.execute(select(LeadEvent.__table__).where(LeadEvent.id == typed.event_id)).mappings().one()
    own = {"id", "superseded_at", "origin", "actor_id"}
    values = {name: value for name, value in old.items() if name not in own} | corrected
    taken_back = update(LeadEvent).where(LeadEvent.id == typed.event_id, LeadEvent.superseded_at.is_(None))
    change.session.execute(taken_back.values(superseded_at=change.at))
    event_id = records.put_event(change, **values)
    records.record(change, "loss_corrected", lead, event_id=typed.event_id)
    return event_id


def _answered(change: Change, domain: LossDomain, found: Any, typed: Answer, event_id: int) -> None:
    _write(change, found, typed.review_seen, typed.text.strip(), **{EVENT_COLUMNS[domain]: event_id})


def _write(change: Change, found: Any, seen: int, said: str, **moved: int) -> None:
    values = {"state": State.ANSWERED, "answer": said, "answered_by_id": change.actor.user_id, "answered_at": change.at}
    change.claim(LossReview, found.review_id, seen, **values, **moved)
    record(change, State.ANSWERED, found.review_id, found)

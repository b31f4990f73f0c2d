"""What a manager says of a loss: accepted, or returned with a question to whose case it is (R7)."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from db.queries import loss_reviews as queries
from db.tables import LossReview
from db.terms import LossDomain, LossReviewState, Subject
from lib.access import Permission, Scope
from lib.data import Change, command
from lib.loss_reviews.reading import PAGE, Seen, seen_by
from lib.refusals import N_, Conflict, Invalid, NotFound

State = LossReviewState
LONGEST = 1000
EVENT_COLUMNS = {LossDomain.LEAD: "lead_event_id", LossDomain.RENEWAL: "renewal_event_id"}


@command(Permission.LOSS_WRITE, Subject.COUNTERMEASURES)
def accept(change: Change, losses: tuple[Seen, ...]) -> int:
    """Let losses stand as they are told; how many. All or none: `Conflict` where somebody was faster with one."""
    if not losses or len(losses) > PAGE:
        raise Invalid(N_("Choose the losses to accept in the list, up to 50 at once."), field="losses")
    for loss in losses:
        _judge(change, loss, State.ACCEPTED, {})
    return len(losses)


@command(Permission.LOSS_WRITE, Subject.COUNTERMEASURES)
def give_back(change: Change, loss: Seen, question: str) -> None:
    """Return a loss with a question to the one whose case it is. An answer that was there goes with its question."""
    asked = question.strip()
    if not asked or len(asked) > LONGEST:
        raise Invalid(N_("Write the question, up to 1,000 characters."), field="question")
    _judge(change, loss, State.RETURNED, {"question": asked, "answer": None, "answered_by_id": None,
                                          "answered_at": None})  # fmt: skip


def _judge(change: Change, seen: Seen, state: State, values: dict[str, Any]) -> None:
    found = loss(change, change.actor.scope, seen.domain, seen.event_id)
    values = {"state": state, "reviewed_by_id": change.actor.user_id, "reviewed_at": change.at} | values
    if seen.version is None:
        review_id = _first(change, seen, found, values)
    else:
        review_id = found.review_id or 0
        change.claim(LossReview, review_id, seen.version, **values)
        if found.state is State.ACCEPTED and state is State.ACCEPTED:
            raise Invalid(N_("This loss is accepted already."))
    record(change, state, review_id, found)


def _first(change: Change, seen: Seen, found: Any, values: dict[str, Any]) -> int:
    """The first word on a loss; whoever comes second is told whose it is."""
    if found.review_id is not None:
        raise Conflict(
            N_("{who} has reviewed this loss meanwhile. Look at it again; what you typed is kept."),
            who=found.reviewed_by or "—",
        )
    named = {EVENT_COLUMNS[seen.domain]: seen.event_id}
    try:
        return change.session.scalars(insert(LossReview).values(**named, **values).returning(LossReview.id)).one()
    except IntegrityError:
        raise Conflict(N_("Someone has reviewed this loss meanwhile. What you typed is kept.")) from None


def loss(change: Change, scope: Scope, domain: LossDomain, event_id: int) -> Any:
    """A loss that counts, within reach; `NotFound` for any other, one taken back or corrected since among them."""
    sight, values = seen_by(scope, domain)
    found = change.session.execute(queries.of_event(sight), values | {"event_id": event_id}).first()
    if found is None:
        raise NotFound(N_("This loss was taken back or corrected meanwhile, or is outside your area."))
    return found


def record(change: Change, state: State, review_id: int, found: Any) -> None:
    """The audit row of a review. Questions and answers stay with it: they may name people."""
    change.record(
        f"loss_review.{state}", "loss_reviews", review_id, found.channel_id, domain=found.domain, case=found.case_id
    )

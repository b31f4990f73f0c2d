"""How a loss and the word on it are said."""

from db.terms import LossReviewState
from lib import formats
from lib.loss_reviews.reading import Loss, Review
from lib.refusals import N_
from lib.ui import moments
from lib.ui.language import current, spoken, t

STATES = {
    None: N_("To review"),
    LossReviewState.ANSWERED: N_("Answered"),
    LossReviewState.RETURNED: N_("Returned, no answer yet"),
    LossReviewState.ACCEPTED: N_("Accepted"),
}
EMPTY = {
    None: N_("Every loss of these days has been looked at. A new one appears here when somebody records it."),
    LossReviewState.ANSWERED: N_("No answer waits. It appears here when a question is answered."),
    LossReviewState.RETURNED: N_("No question is open. A loss that you return waits here for its answer."),
    LossReviewState.ACCEPTED: N_("Nothing of these days is accepted yet."),
}


def reason(loss: Loss) -> str:
    """价格 / 电网销更低, once where both levels are called the same."""
    pair = loss.reason_en if current() == "en" else loss.reason
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def gap(loss: Loss) -> str:
    """¥300; blank for none."""
    return "" if loss.price_gap_amount is None else f"¥{formats.number(loss.price_gap_amount, spoken())}"


def whose(loss: Loss) -> str:
    """Plate or number, customer and model, as far as they are known."""
    return " · ".join(filter(None, (loss.number, loss.customer, loss.car_model)))


def asked(review: Review) -> str:
    """Who asked what, and when."""
    return t(
        "{who} asked on {when}: {question}", who=review.reviewed_by or "—", when=moments.in_full(review.reviewed_at),
        question=review.question or "",
    )  # fmt: skip


def answered(review: Review) -> str:
    """Who answered what, and when."""
    return t(
        "{who} answered on {when}: {answer}", who=review.answered_by or "—", when=moments.in_full(review.answered_at),
        answer=review.answer or "",
    )  # fmt: skip

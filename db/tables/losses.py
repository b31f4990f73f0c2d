"""What is done about losses: reviews, countermeasures, and what to answer a customer (R7, J5, W4)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Term
from db.terms import CountermeasureNoteKind, CountermeasureState, LossDomain, LossReviewState


class LossReview(Base):
    """A manager's word on one lost event: accepted, or returned with a question until it is answered."""

    __tablename__ = "loss_reviews"
    __table_args__ = (
        CheckConstraint("(lead_event_id IS NULL) <> (renewal_event_id IS NULL)", name="one_event"),
        CheckConstraint("state = 'accepted' OR question IS NOT NULL", name="returned_with_question"),
        CheckConstraint("state <> 'answered' OR answer IS NOT NULL", name="answered"),
        Index("ix_loss_reviews_state", "state", "reviewed_at"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    lead_event_id: Mapped[int | None] = mapped_column(ForeignKey("lead_events.id"), unique=True)
    renewal_event_id: Mapped[int | None] = mapped_column(ForeignKey("renewal_events.id"), unique=True)
    state: Mapped[LossReviewState] = mapped_column(Term(LossReviewState))
    question: Mapped[str | None] = mapped_column(String(1000))
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[datetime] = mapped_column(Instant())
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)


class Countermeasure(Base):
    """What we do about a loss reason of either level, where, by whom and until when.

    Its scope is a channel's subtree (none: the whole group), narrowed to a person, an insurer or a car model.
    """

    __tablename__ = "countermeasures"
    __table_args__ = (
        CheckConstraint("start_on <= due_on", name="days"),
        CheckConstraint("(state IN ('done', 'dropped')) = (closed_at IS NOT NULL)", name="closed"),
        Index("ix_countermeasures_owner", "owner_id", "due_on"),
        Index("ix_countermeasures_due", "due_on", "state"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    domain: Mapped[LossDomain] = mapped_column(Term(LossDomain))
    loss_reason_id: Mapped[int] = mapped_column(ForeignKey("loss_reasons.id"), index=True)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    insurer: Mapped[str | None] = mapped_column(String(100))
    car_model_id: Mapped[int | None] = mapped_column(ForeignKey("car_models.id"))
    what: Mapped[str] = mapped_column(String(1000))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    start_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[CountermeasureState] = mapped_column(Term(CountermeasureState), default=CountermeasureState.PLANNED)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant())
    closed_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)


class CountermeasureNote(Base):
    """A word on a countermeasure: a note, an improvement (改进意见) or a change of state. Only ever added."""

    __tablename__ = "countermeasure_notes"
    __table_args__ = (Index("ix_countermeasure_notes_history", "countermeasure_id", "at"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    countermeasure_id: Mapped[int] = mapped_column(ForeignKey("countermeasures.id"))
    kind: Mapped[CountermeasureNoteKind] = mapped_column(Term(CountermeasureNoteKind))
    state: Mapped[CountermeasureState | None] = mapped_column(Term(CountermeasureState))
    text: Mapped[str] = mapped_column(String(1000), default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(Instant())


class CounterArgument(Base):
    """What a specialist may answer a customer who names a reason of either level; shown on the case.

    Where nobody wrote the English, the Chinese stands there too.
    """

    __tablename__ = "counter_arguments"
    __table_args__ = (Index("ix_counter_arguments_reason", "loss_reason_id", "position"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    domain: Mapped[LossDomain] = mapped_column(Term(LossDomain))
    loss_reason_id: Mapped[int] = mapped_column(ForeignKey("loss_reasons.id"))
    title: Mapped[str] = mapped_column(String(100))
    title_en: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(String(1000))
    text_en: Mapped[str] = mapped_column(String(1000))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

"""What is done about loss reasons: who sees which, how far it is, what was noted.

Whose: those of a subtree (no path: all) and one's own besides; or, of `own_only`, one's own alone. One's own are those
that one owns and those that are about one's own cases.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from db.queries.channels import within
from db.tables import CarModel, Channel, Countermeasure, CountermeasureNote, LossReason, Policy, User
from db.terms import CountermeasureState, LossDomain

Rows = Select[*tuple[Any, ...]]
M = Countermeasure

OPEN = (CountermeasureState.PLANNED, CountermeasureState.RUNNING)


def visible(path: str | None, user_id: int | None, own_only: bool) -> ColumnElement[bool]:
    """What this person may see. Needs `Channel` joined, for it may have none."""
    if own_only:
        return or_(M.owner_id == user_id, M.person_id == user_id)
    return or_(within(path), M.owner_id == user_id)


def listed(path: str | None, user_id: int | None, own_only: bool) -> Rows:
    """The countermeasures that a person sees, what is due first on top: no narrowing yet."""
    group, person, owner, author = aliased(LossReason), aliased(User), aliased(User), aliased(User)
    columns = (
        M.id, M.domain, M.loss_reason_id, M.channel_id, M.person_id, M.insurer, M.car_model_id, M.what, M.owner_id,
        M.start_on, M.due_on, M.state, M.created_at, M.closed_at, M.version, LossReason.name.label("reason"),
        LossReason.name_en.label("reason_en"), group.name.label("group"), group.name_en.label("group_en"),
        LossReason.slug, group.slug.label("group_slug"), Channel.name.label("channel"), Channel.path,
        Channel.code.label("channel_code"), person.name.label("person"), person.username.label("person_code"),
        CarModel.name.label("car_model"),
        owner.name.label("owner"), author.name.label("created_by"),
    )  # fmt: skip
    return (
        select(*columns)
        .join(LossReason, LossReason.id == M.loss_reason_id)
        .outerjoin(group, group.id == LossReason.parent_id)
        .outerjoin(Channel, Channel.id == M.channel_id)
        .outerjoin(person, person.id == M.person_id)
        .outerjoin(CarModel, CarModel.id == M.car_model_id)
        .join(owner, owner.id == M.owner_id)
        .outerjoin(author, author.id == M.created_by_id)
        .where(visible(path, user_id, own_only))
        .order_by(M.closed_at.is_not(None), M.due_on, M.id)
    )


def one(found: Rows, measure_id: int) -> Rows:
    """Of these, one."""
    return found.where(M.id == measure_id)


def of_domains(found: Rows, domains: Sequence[LossDomain]) -> Rows:
    """Of these, the ones about losses of leads, of renewals, or of both."""
    return found.where(M.domain.in_(domains))


def below(found: Rows, path: str | None) -> Rows:
    """Of these, the ones of a subtree."""
    return found if path is None else found.where(within(path))


def standing(found: Rows, states: Sequence[CountermeasureState], overdue_on: date | None) -> Rows:
    """Of these, the ones in some states; with a day, the open ones that were due before it."""
    found = found.where(M.state.in_(states))
    return found if overdue_on is None else found.where(M.due_on < overdue_on)


def due(found: Rows, path: str | None, owner_id: int | None, first: date, last: date) -> Rows:
    """Of these, the ones that `completed` counts."""
    found = found.where(*_due(path, first, last))
    return found if owner_id is None else found.where(M.owner_id == owner_id)


def counts(
    path: str | None, user_id: int | None, own_only: bool, today: date, domains: Sequence[LossDomain],
    narrowed: str | None = None,
) -> Rows:  # fmt: skip
    """How many there are: overdue, open, done, dropped. One row."""
    open_now = M.state.in_(OPEN)

    def number(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.count(case((condition, 1))).label(name)

    found = (
        select(
            number(and_(open_now, M.due_on < today), "overdue"), number(open_now, "open"),
            number(M.state == CountermeasureState.DONE, "done"),
            number(M.state == CountermeasureState.DROPPED, "dropped"),
        )
        .select_from(M)
        .outerjoin(Channel, Channel.id == M.channel_id)
        .where(visible(path, user_id, own_only), M.domain.in_(domains))
    )  # fmt: skip
    return found if narrowed is None else found.where(within(narrowed))


def completed(path: str | None, owner_id: int | None, first: date, last: date) -> Rows:
    """Of the countermeasures of a subtree that were due in a period, dropped ones left out: how many, how many done."""
    found = (
        select(
            func.count().label("measures_due"),
            func.count(case((M.state == CountermeasureState.DONE, 1))).label("measures_done"),
        )
        .select_from(M)
        .outerjoin(Channel, Channel.id == M.channel_id)
        .where(*_due(path, first, last))
    )
    return found if owner_id is None else found.where(M.owner_id == owner_id)


def _due(path: str | None, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return within(path), M.due_on.between(first, last), M.state != CountermeasureState.DROPPED


def notes(measure_id: int) -> Rows:
    """Everything that was said of one, latest first."""
    return (
        select(CountermeasureNote.kind, CountermeasureNote.state, CountermeasureNote.text, CountermeasureNote.at,
               User.name.label("who"))
        .outerjoin(User, User.id == CountermeasureNote.actor_id)
        .where(CountermeasureNote.countermeasure_id == measure_id)
        .order_by(CountermeasureNote.at.desc(), CountermeasureNote.id.desc())
    )  # fmt: skip


def improvements(found: Rows, kind: Any, limit: int) -> Rows:
    """Of these, what was suggested to do better, latest first."""
    who = aliased(User)
    said = CountermeasureNote
    return (
        found.join(said, said.countermeasure_id == M.id)
        .outerjoin(who, who.id == said.actor_id)
        .where(said.kind == kind)
        .add_columns(said.text.label("said"), said.at.label("said_at"), who.name.label("said_by"))
        .order_by(None)
        .order_by(said.at.desc(), said.id.desc())
        .limit(limit)
    )


def meant(reason_id: int) -> Select[int]:
    """The second-level reasons that a reason of either level means."""
    return select(LossReason.id).where(
        or_(LossReason.id == reason_id, LossReason.parent_id == reason_id), LossReason.parent_id.is_not(None)
    )


def reasons(domain: LossDomain) -> Rows:
    """The reasons of a domain that are offered, each first level before its second level."""
    group = aliased(LossReason)
    first = func.coalesce(group.position, LossReason.position)
    return (
        select(LossReason.id, LossReason.parent_id, LossReason.slug, LossReason.name, LossReason.name_en,
               group.slug.label("group"), group.name.label("group_name"), group.name_en.label("group_name_en"))
        .outerjoin(group, group.id == LossReason.parent_id)
        .where(LossReason.domain == domain, LossReason.active, or_(group.id.is_(None), group.active))
        .order_by(first, func.coalesce(group.id, LossReason.id), LossReason.parent_id.is_not(None),
                  LossReason.position, LossReason.id)
    )  # fmt: skip


def insurers() -> Select[str]:
    """The insurers of expiring policies, by name."""
    return select(Policy.insurer).where(Policy.expiring_renewal_id.is_not(None)).distinct().order_by(Policy.insurer)

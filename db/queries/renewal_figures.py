"""The figures of renewals by their due_on, and of the calls after a quote.

Parameters: `first`, `last`, `today`, `path`, `path_end`, and `owner` where one person's are asked for.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from db.queries.channels import subtree
from db.tables import LossReason, Renewal, RenewalEvent
from db.terms import ContactMethod, RenewalEventKind, RenewalStatus

R = Renewal
BLANKS = " \t\r\n\u3000"
SETTLED = (RenewalEventKind.RENEWED, RenewalEventKind.LOST, RenewalEventKind.VOIDED)


def in_window(scoped: bool, owned: bool) -> list[ColumnElement[bool]]:
    """The renewals that expire in the window, within the scope; one person's alone where asked."""
    conditions: list[ColumnElement[bool]] = [R.due_on.between(bindparam("first"), bindparam("last"))]
    if scoped:
        conditions.append(R.channel_id.in_(subtree()))
    if owned:
        conditions.append(R.owner_id == bindparam("owner"))
    return conditions


def counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((and_(*conditions), 1)))


def outcomes() -> dict[str, ColumnElement[bool]]:
    """What became of a renewal: due = renewed, lost, open or lapsed; else void. A recovered one stays lapsed."""
    due, undecided = R.status != RenewalStatus.VOID, R.closed_at.is_(None)
    ahead, quoted = R.due_on >= bindparam("today"), R.quoted_at.is_not(None)
    return {
        "due": due,
        "renewed": R.status == RenewalStatus.RENEWED,
        "lost": R.status == RenewalStatus.LOST,
        "lapsed": or_(and_(undecided, ~ahead), R.status == RenewalStatus.RECOVERED),
        "open_quoted": and_(undecided, ahead, quoted),
        "open": and_(undecided, ahead),
        "void": ~due,
        "quoted": and_(due, quoted),
        "commercial_due": and_(due, R.commercial_prior.is_(True)),
        "commercial_renewed": and_(due, R.commercial_prior.is_(True), R.commercial_renewed.is_(True)),
    }


@cache
def by_type(scoped: bool, owned: bool) -> Select[*tuple[Any, ...]]:
    """What became of the renewals of the window, one row a type."""
    columns = [counted(condition).label(name) for name, condition in outcomes().items()]
    return select(R.type, *columns).where(*in_window(scoped, owned)).group_by(R.type)


@cache
def by_owner(scoped: bool) -> Select[*tuple[Any, ...]]:
    """What became of the renewals of the window, one row a person who holds them (none: nobody)."""
    columns = [counted(condition).label(name) for name, condition in outcomes().items()]
    return select(R.owner_id, *columns).where(*in_window(scoped, owned=False)).group_by(R.owner_id)


@cache
def lost_by_reason(scoped: bool, owned: bool) -> Select[*tuple[Any, ...]]:
    """The lost renewals of the window by the second level of their reason."""
    return (
        select(LossReason.slug, func.count().label("cases"))
        .select_from(R)
        .join(LossReason, LossReason.id == R.loss_reason_id)
        .where(*in_window(scoped, owned), R.status == RenewalStatus.LOST)
        .group_by(LossReason.slug)
    )


@cache
def calls(scoped: bool, owned: bool) -> Select[*tuple[Any, ...]]:
    """The SMS quotes of the period: answered by the end of their third day, late, or still owed; in one row."""
    each = _sent(scoped, owned).subquery("sent")
    return select(*_answers(each)).select_from(each)


@cache
def calls_by_specialist(scoped: bool) -> Select[*tuple[Any, ...]]:
    """The same, one row a person who sent them (none: nobody known)."""
    each = _sent(scoped, owned=False).subquery("sent")
    return select(each.c.specialist_id, *_answers(each)).group_by(each.c.specialist_id)


def _sent(scoped: bool, owned: bool) -> Select[*tuple[Any, ...]]:
    """The SMS quotes of the period, and whether each was answered and its time is over.

    The answer is strictly after the quote: a phone contact with a note, whatever its outcome, or the settlement.
    """
    quote, answer = RenewalEvent, aliased(RenewalEvent)
    noted = and_(answer.method == ContactMethod.PHONE, func.trim(answer.note, BLANKS) != "")
    answered = exists().where(
        answer.renewal_id == quote.renewal_id, answer.superseded_at.is_(None), answer.at > quote.at,
        answer.business_on <= quote.call_due_on, or_(noted, answer.kind.in_(SETTLED)),
    ).correlate(quote)  # fmt: skip
    sent: Select[*tuple[Any, ...]] = select(
        quote.specialist_id,
        case((answered, 1), else_=0).label("on_time"),
        case((quote.call_due_on < bindparam("today"), 1), else_=0).label("ended"),
    ).where(
        quote.superseded_at.is_(None), quote.business_on.between(bindparam("first"), bindparam("last")),
        quote.kind == RenewalEventKind.QUOTED, quote.method == ContactMethod.SMS,
    )  # fmt: skip
    if scoped:
        sent = sent.where(quote.channel_id.in_(subtree()))
    return sent.where(quote.specialist_id == bindparam("owner")) if owned else sent


def _answers(each: Any) -> tuple[Any, ...]:
    late = and_(each.c.on_time == 0, each.c.ended == 1)
    return (
        func.count().label("quotes_sent"),
        counted(each.c.on_time == 1).label("calls_on_time"),
        counted(late).label("calls_late"),
        counted(and_(each.c.on_time == 0, each.c.ended == 0)).label("calls_open"),
    )

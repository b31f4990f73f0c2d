"""Asking for approval, giving or refusing it, and what stands until then (N5)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from db.queries import approvals as queries
from db.tables import Approval, RenewalEvent
from db.terms import ApprovalState, Approver, Origin, RenewalEventKind, Subject
from lib.access import Actor, Permission
from lib.approvals import quotes
from lib.approvals.judging import Finding, Rule, broken, unjudged
from lib.data import Change, command
from lib.refusals import N_, Conflict, Invalid, NotAllowed, NotFound
from lib.renewals.reaching import reach

State = ApprovalState
LONGEST = 1000


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def ask(change: Change, quote_id: int, reason: str) -> int:
    """Ask for approval of a saved quote of a case within the actor's reach; the request's key.

    `Invalid` without a reason, for a quote that breaks no rule, or for one that waits or is approved already.
    """
    why = _reason(reason)
    quote = change.session.execute(queries.quote(quote_id)).first()
    if quote is None or quote.renewal_id is None:
        raise NotFound
    reach(change.session, change.actor, quote.renewal_id)
    found = quotes.findings(change.connection, quote_id, change.today)
    if not found:
        raise Invalid(N_("This quote breaks no rule: it needs no approval."))
    last = _last(change, quote_id)
    if last is not None and last.state is State.WAITING:
        raise Invalid(N_("Approval of this quote is asked for already."))
    if last is not None and covers(last, found):
        raise Invalid(N_("This quote is approved already."))
    values = {"quote_id": quote_id, "findings": _stored(found), "reason": why}
    asked = {"asked_by_id": change.actor.user_id, "asked_at": change.at}
    try:
        approval_id = change.session.scalars(insert(Approval).values(**values, **asked).returning(Approval.id)).one()
    except IntegrityError:
        raise Conflict(N_("Approval of this quote is asked for already.")) from None
    _tell(change, RenewalEventKind.APPROVAL_ASKED, quote, why)
    _record(change, "approval.asked", approval_id, quote, rules=[each.rule.id for each in found])
    return approval_id


@command(Permission.QUOTE_APPROVE, Subject.RENEWALS)
def approve(change: Change, approval_id: int, seen: int, answer: str) -> None:
    """Let the quote be told, with the reason. Nobody approves what they asked for or quoted themselves."""
    _decide(change, approval_id, seen, State.APPROVED, answer)


@command(Permission.QUOTE_APPROVE, Subject.RENEWALS)
def reject(change: Change, approval_id: int, seen: int, answer: str) -> None:
    """Refuse the quote, with the reason; it may be asked for again."""
    _decide(change, approval_id, seen, State.REJECTED, answer)


def require_approved(change: Change, quote_id: int) -> None:
    """Refuse to tell a saved quote that breaks a rule before its approval; each sentence says what to do."""
    if (refusal := _refusal(change, quote_id)) is not None:
        raise refusal


def require_price(change: Change, renewal_id: int, amount: Decimal, *, spoken: bool) -> tuple[Rule, ...]:
    """Refuse to tell a price that breaks a rule: that of a saved quote before its approval, any other altogether.

    A price without a trial is judged by what is known of it: the car, last year's premium and tax as a whole, and that
    it is not below a saved quote which still needs approval. A rule that asks for more (a coefficient, the limit of a
    cover, a use or claims that nobody entered) cannot be judged of it. By SMS such a price is not told: it is saved as
    a trial first. A `spoken` one is told already; the rules that nobody could judge are returned, to be put on record.
    """
    same = list(change.session.scalars(queries.told_at(renewal_id, amount)))
    if not same:
        return _judge_price(change, renewal_id, amount, spoken)
    if all(_refusal(change, quote_id) for quote_id in same):
        require_approved(change, same[0])
    return ()


def may_decide(actor: Actor, request: Any, approvers: set[Approver]) -> bool:
    """Whether this person may answer: a manager, not the one who asked or quoted, and high enough for each rule."""
    if not actor.may(Permission.QUOTE_APPROVE):
        return False
    if actor.user_id is not None and actor.user_id in (request.asked_by_id, request.made_by_id):
        return False
    return actor.path is None or Approver.GENERAL_MANAGER not in approvers


def covers(approval: Any, found: tuple[Finding, ...]) -> bool:
    """Whether an approval was given for every rule that is broken now."""
    return approval.state is State.APPROVED and {each.rule.id for each in found} <= set(rule_ids(approval.findings))


def rule_ids(stored: list[dict[str, Any]]) -> list[int]:
    """The rules that a request was asked for."""
    return [int(each["rule_id"]) for each in stored]


def _decide(change: Change, approval_id: int, seen: int, state: State, answer: str) -> None:
    why = _reason(answer)
    request = change.session.execute(queries.one(approval_id)).first()
    if request is None or not change.actor.scope.covers(request.path):
        raise NotFound
    approvers = {
        quotes.rule(row).approver
        for row in change.session.execute(queries.rules())
        if row.id in rule_ids(request.findings)
    }
    if change.actor.user_id is not None and change.actor.user_id in (request.asked_by_id, request.made_by_id):
        raise NotAllowed(N_("Nobody approves their own quote. Another manager decides."))
    if not may_decide(change.actor, request, approvers):
        raise NotAllowed(N_("This goes to the general manager: a manager of the whole group."))
    values = {"state": state, "decided_by_id": change.actor.user_id, "decided_at": change.at, "answer": why}
    change.claim(Approval, approval_id, seen, **values)
    if request.state is not State.WAITING:
        raise Invalid(N_("This request is decided already: {state}."), state=request.state)
    kind = RenewalEventKind.APPROVED if state is State.APPROVED else RenewalEventKind.REJECTED
    _tell(change, kind, request, why)
    _record(change, f"approval.{state}", approval_id, request, rules=rule_ids(request.findings))


def _tell(change: Change, kind: RenewalEventKind, quote: Any, why: str) -> None:
    """Add to the case's story. It is no step of the work on it: status, clocks and the price told stay as they are."""
    change.session.execute(
        insert(RenewalEvent).values(
            renewal_id=quote.renewal_id, kind=kind, at=change.at, business_on=change.today,
            channel_id=quote.channel_id, note=f"¥{quote.total_amount:,.2f} · {why}", origin=Origin.APP,
            actor_id=change.actor.user_id,
        )
    )  # fmt: skip


def _record(change: Change, action: str, approval_id: int, quote: Any, **details: Any) -> None:
    change.record(action, "approvals", approval_id, quote.channel_id, renewal=quote.renewal_id, **details)


def _refusal(change: Change, quote_id: int) -> Invalid | None:
    """Why a saved quote may not be told yet, if so."""
    found = quotes.findings(change.connection, quote_id, change.today)
    last = _last(change, quote_id)
    if not found or (last is not None and covers(last, found)):
        return None
    kind = found[0].rule.kind
    if last is not None and last.state is State.WAITING:
        return Invalid(N_("This quote waits for approval ({rule}). It can be told once it is approved."), rule=kind)
    if last is not None and last.state is State.REJECTED:
        return Invalid(N_("This quote was rejected: {answer}. Change it, or ask again."), answer=last.answer)
    return Invalid(N_("This quote goes beyond your authority ({rule}). Ask for approval first."), rule=kind)


def _judge_price(change: Change, renewal_id: int, amount: Decimal, spoken: bool) -> tuple[Rule, ...]:
    """The rules that nobody can judge of a price without a trial; refuse one that may not be told."""
    price = quotes.price(change.connection, renewal_id, amount)
    rules = quotes.holding(change.connection, change.today)
    if found := broken(price, rules):
        raise Invalid(
            N_("This price goes beyond your authority ({rule}). Save it as a trial and ask for approval."),
            field="amount", rule=found[0].rule.kind,
        )  # fmt: skip
    for quote_id in change.session.scalars(queries.as_high(renewal_id, amount)):
        if _refusal(change, quote_id) is not None:
            raise Invalid(
                N_("A saved trial that needs approval comes to more than this price. Ask for approval of that trial, "
                   "or save this price as a trial first."),
                field="amount",
            )  # fmt: skip
    beyond = unjudged(price, rules)
    if beyond and not spoken:
        raise Invalid(
            N_("Without a trial nobody can tell whether this price keeps to the store's rule ({rule}). Save it as a "
               "premium trial first, then tell its price."),
            field="amount", rule=beyond[0].kind,
        )  # fmt: skip
    return beyond


def _last(change: Change, quote_id: int) -> Any:
    return change.session.execute(queries.of_quotes([quote_id]).limit(1)).first()


def _stored(found: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [{"rule_id": each.rule.id, "value": None if each.value is None else f"{each.value:.4f}"} for each in found]


def _reason(typed: str) -> str:
    reason = typed.strip()
    if not reason or len(reason) > LONGEST:
        raise Invalid(N_("Write the reason, up to 1,000 characters."), field="reason")
    return reason

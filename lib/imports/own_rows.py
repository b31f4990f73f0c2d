"""The sheets of our own that are rows of one table each: how they lie there, and in which order they are read."""

from collections.abc import Iterable, Mapping
from typing import Any

from db.tables import (
    AlertSettlement,
    Approval,
    CalendarDay,
    Countermeasure,
    CountermeasureNote,
    Feedback,
    ForecastFreeze,
    LossReview,
    OptOut,
    Partner,
    PartnerMark,
    PartnerVisit,
    Quote,
    QuoteLine,
)
from db.terms import ApprovalState, CountermeasureState, LossReviewState, PartnerState, Subject
from lib.imports import own_forms as forms
from lib.imports.belonging import LeadLoss, Parent, RenewalLoss, RenewalOf, leads
from lib.imports.naming import rate_names, rule_names
from lib.imports.past_events import plan_past_events
from lib.imports.plain import CHANNEL, MODEL, VERSIONED, Plain, Wording, plan, same
from lib.imports.planning import Planning, References
from lib.imports.reading import Row
from lib.imports.set_aside import plan_set_aside
from lib.refusals import N_, Invalid

Values = Mapping[str, Any]
NO_SUCH = N_("What this row belongs to is neither here nor in the file.")
GONE = N_("Not set up here, so left out: {names}. A backup brings rates and rules along.")


def people(**columns: str) -> dict[str, tuple[str, str]]:
    """Columns that name people, with the attributes that hold their keys."""
    return {column: ("user", attribute) for column, attribute in columns.items()}


def review_contradictions(values: Values) -> Iterable[tuple[str, Invalid]]:
    """A loss is returned with a question, and answered with an answer."""
    if values["state"] is not LossReviewState.ACCEPTED and not values.get("question"):
        yield "question", Invalid(N_("A returned loss needs its question."))
    if values["state"] is LossReviewState.ANSWERED and not values.get("answer"):
        yield "answer", Invalid(N_("An answered loss needs its answer."))


def measure_contradictions(values: Values) -> Iterable[tuple[str, Invalid]]:
    """It is due after it starts, and closed where it is done or dropped."""
    if values["due_on"] < values["start_on"]:
        yield "due_on", Invalid(N_("This day is before the one that must come first ({first})."),
                                first=values["start_on"])  # fmt: skip
    closed = values["state"] in (CountermeasureState.DONE, CountermeasureState.DROPPED)
    yield from _together(closed, values, "closed_at")


def freeze_contradictions(values: Values) -> Iterable[tuple[str, Invalid]]:
    """A month is thawed with a reason."""
    if values.get("thawed_at") and not values.get("reason"):
        yield "reason", Invalid(N_("A thawed month needs its reason."))


def partner_contradictions(values: Values) -> Iterable[tuple[str, Invalid]]:
    """A decision has its day and reason; before it there is none."""
    decided = values["state"] is not PartnerState.VISITING
    yield from _together(decided, values, "decided_at")
    if decided and not values.get("decision"):
        yield "decision", Invalid(N_("A decision needs its reason."))


def approval_contradictions(values: Values) -> Iterable[tuple[str, Invalid]]:
    """What waits is not decided, and what is decided was so at some time."""
    yield from _together(values["state"] is not ApprovalState.WAITING, values, "decided_at")


def _together(ended: bool, values: Values, column: str) -> Iterable[tuple[str, Invalid]]:
    if ended and not values.get(column):
        yield column, Invalid(N_("This state needs the time since when."))
    if not ended and values.get(column):
        yield column, Invalid(N_("It has ended, but its state does not say so."))


REVIEW = same("state", "question", "reviewed_at", "answer", "answered_at")
REVIEWERS = people(reviewed_by="reviewed_by_id", answered_by="answered_by_id")
S = Subject

CALENDAR = Plain(forms.CALENDAR, CalendarDay, S.SETTINGS, "day", same("day", "is_workday", "note"))
OPT_OUTS = Plain(forms.OPT_OUTS, OptOut, S.MESSAGES, "mobile", same("mobile", "at", "how"))
LEAD_REVIEWS = Plain(
    forms.LEAD_REVIEWS, LossReview, S.COUNTERMEASURES, "lead_event_id", REVIEW, REVIEWERS, LeadLoss(),
    review_contradictions, VERSIONED | {"renewal_event_id": None},
)  # fmt: skip
RENEWAL_REVIEWS = Plain(
    forms.RENEWAL_REVIEWS, LossReview, S.COUNTERMEASURES, "renewal_event_id", REVIEW, REVIEWERS, RenewalLoss(),
    review_contradictions, VERSIONED | {"lead_event_id": None},
)  # fmt: skip
COUNTERMEASURES = Plain(
    forms.COUNTERMEASURES, Countermeasure, S.COUNTERMEASURES, "created_at",
    same("created_at", "domain", "insurer", "what", "start_on", "due_on", "state", "closed_at"),
    CHANNEL | MODEL | {"loss_reason": ("reason", "loss_reason_id")}
    | people(person="person_id", owner="owner_id", created_by="created_by_id"),
    check=measure_contradictions, fixed=VERSIONED, group_wide=True,
)  # fmt: skip
COUNTERMEASURE_NOTES = Plain(
    forms.COUNTERMEASURE_NOTES, CountermeasureNote, S.COUNTERMEASURES, "countermeasure_id",
    same("at", "kind", "state", "text"), people(actor="actor_id"),
    Parent(COUNTERMEASURES, "countermeasure_id", NO_SUCH),
)  # fmt: skip
FREEZES = Plain(
    forms.FREEZES, ForecastFreeze, S.FORECASTS, "month", same("month", "frozen_at", "thawed_at", "reason"),
    CHANNEL | people(frozen_by="frozen_by_id", thawed_by="thawed_by_id"), check=freeze_contradictions, fixed=VERSIONED,
)  # fmt: skip
ALERTS = Plain(
    forms.ALERTS, AlertSettlement, S.CHANNELS, "kind", same("kind", "case", "state", "note", "settled_at"),
    CHANNEL | people(settled_by="settled_by_id"), fixed=VERSIONED,
)  # fmt: skip
FEEDBACK = Plain(
    forms.FEEDBACK, Feedback, S.CHANNELS, "at", same("topic", "text", "at", "action", "answered_at"),
    CHANNEL | people(actor="actor_id", answered_by="answered_by_id"), fixed=VERSIONED,
)  # fmt: skip
PARTNERS = Plain(
    forms.PARTNERS, Partner, S.PARTNERS, "created_at",
    same("name", "kind", "territory", "market_tier", "state", "decision", "decided_at", "created_at"),
    CHANNEL | {"parent_code": ("channel", "parent_id")}
    | people(decided_by="decided_by_id", created_by="created_by_id"),
    check=partner_contradictions, fixed=VERSIONED,
)  # fmt: skip
OF_PARTNER = Parent(PARTNERS, "partner_id", NO_SUCH)
PARTNER_MARKS = Plain(
    forms.PARTNER_MARKS, PartnerMark, S.PARTNERS, "partner_id", same("criterion", "mark", "evidence"), above=OF_PARTNER
)
PARTNER_VISITS = Plain(
    forms.PARTNER_VISITS, PartnerVisit, S.PARTNERS, "partner_id", same("at", "visited_on", "findings"),
    people(actor="actor_id"), OF_PARTNER,
)  # fmt: skip
QUOTES = Plain(
    forms.QUOTES, Quote, S.RENEWALS, "made_at",
    same("made_at", "plan", "insurer", "inputs") | {"total": "total_amount"}, CHANNEL | people(made_by="made_by_id"),
    RenewalOf(), group_wide=True,
)  # fmt: skip
OF_QUOTE = Parent(QUOTES, "quote_id", NO_SUCH)
QUOTE_LINES = Plain(
    forms.QUOTE_LINES, QuoteLine, S.RENEWALS, "quote_id",
    same("position", "cover", "factors", "amount") | {"base": "base_amount", "rates": "rate_row_ids"}, above=OF_QUOTE,
)  # fmt: skip
APPROVALS = Plain(
    forms.APPROVALS, Approval, S.RENEWALS, "quote_id",
    same("asked_at", "findings", "state", "reason", "decided_at", "answer"),
    people(asked_by="asked_by_id", decided_by="decided_by_id"), OF_QUOTE, approval_contradictions, VERSIONED,
)  # fmt: skip

INDEPENDENT = (
    CALENDAR, OPT_OUTS, LEAD_REVIEWS, RENEWAL_REVIEWS, COUNTERMEASURES, COUNTERMEASURE_NOTES, FREEZES,
    FEEDBACK, PARTNERS, PARTNER_MARKS, PARTNER_VISITS, QUOTES,
)  # fmt: skip


def plan_own(planning: Planning) -> None:
    """Everything that belongs to what the other sheets brought; they come first."""
    plan_set_aside(planning)
    plan_past_events(planning)
    for each in INDEPENDENT:
        plan(planning, each)
    _plan_alerts(planning)
    if planning.rows(forms.QUOTE_LINES):
        _plan_lines(planning)
    if planning.rows(forms.APPROVALS):
        _plan_approvals(planning)


def _plan_lines(planning: Planning) -> None:
    """A line names the rate rows that it used."""
    names = rate_names(planning.connection)
    keys = {name: key for key, name in reversed(names.items())}
    rows = []
    for row in planning.rows(forms.QUOTE_LINES):
        told = [str(each) for each in row.values["rates"]]
        _tell_gone(planning, QUOTE_LINES, row, "rates", [name for name in told if name not in keys])
        rows.append(Row(row.number, row.values | {"rates": [name for name in told if name in keys]}))
    wording = Wording(
        "rates", lambda stored: [names[key] for key in stored if key in names],
        lambda told: [keys[name] for name in told],
    )  # fmt: skip
    plan(planning, QUOTE_LINES, rows, wording)


def _plan_approvals(planning: Planning) -> None:
    """A request names the rules that the quote broke."""
    names = rule_names(planning.connection)
    keys = {name: key for key, name in reversed(names.items())}
    rows = []
    for row in planning.rows(forms.APPROVALS):
        told = [each for each in row.values["findings"] if isinstance(each, dict)]
        gone = [rule for each in told if (rule := str(each.get("rule"))) not in keys]
        _tell_gone(planning, APPROVALS, row, "findings", gone)
        kept = [{"rule": rule, "value": each.get("value")} for each in told if (rule := str(each.get("rule"))) in keys]
        rows.append(Row(row.number, row.values | {"findings": kept}))
    wording = Wording(
        "findings",
        lambda stored: [{"rule": names.get(each["rule_id"]), "value": each["value"]} for each in stored],
        lambda told: [{"rule_id": keys[each["rule"]], "value": each["value"]} for each in told],
    )  # fmt: skip
    plan(planning, APPROVALS, rows, wording)


def _tell_gone(planning: Planning, plain: Plain, row: Row, column: str, names: list[str]) -> None:
    if names:
        planning.report.warn(plain.form, row.number, column, None, Invalid(GONE, names="、".join(names)))


def _plan_alerts(planning: Planning) -> None:
    """An alert about a sale names the lead; the buyer of several cars is that lead's customer."""
    given = planning.rows(forms.ALERTS)
    about = {row.number: row.values["case"].partition(":") for row in given}
    known = leads(planning, {no for kind, _, no in about.values() if kind in ABOUT_LEADS})
    numbers = {lead["id"]: no for no, lead in known.items()}
    references, rows = References(planning, forms.ALERTS), []
    for row in given:
        kind, _, no = about[row.number]
        if kind in ABOUT_LEADS and no not in known:
            why = Invalid(N_("There is no lead of this number, neither here nor in the file."))
            references.blame(row, "case", why)
        else:
            rows.append(row)

    def told(stored: str) -> str:
        kind, _, key = stored.rpartition(":")
        return f"{kind.partition(':')[0]}:{numbers.get(int(key))}" if kind else stored

    def meant(case: str) -> str | tuple[Any, ...]:
        kind, _, no = case.partition(":")
        if kind not in ABOUT_LEADS:
            return case
        buyer = [("customers", known[no]["customer_id"] or 0)] if kind == "buyer" else []
        return (kind, *buyer, ("leads", known[no]["id"]))

    plan(planning, ALERTS, rows, Wording("case", told, meant))


ABOUT_LEADS = ("lead", "buyer")

"""How leads are worded on screens: days, steps, changes."""

from db.terms import BuyerKind, LeadEventKind, LeadStatus
from lib.leads.queue import View
from lib.leads.rules import FOLLOW_UP_DAYS
from lib.refusals import N_
from lib.ui.language import current, spoken, t, term

NOTHING = "—"

VIEWS = {
    View.OPEN: N_("All open"),
    View.OVERDUE: N_("Overdue"),
    View.TODAY: N_("Today"),
    View.SOON: N_("Next 7 days"),
    View.UNDATED: N_("No day set"),
    View.ORDERED: N_("Awaiting delivery"),
    View.CLOSED: N_("Closed in 30 days"),
}
FIELDS = {
    "car_model_id": N_("Model"),
    "intention_level": N_("Intention level"),
    "next_contact_on": N_("Next contact"),
    "district": N_("District"),
    "buyer_kind": N_("Buyer"),
    "name": N_("Name"),
    "mobile": N_("Mobile"),
    "consultant": N_("Consultant"),
}
ACTIONS = {
    "lead.added": N_("registered"),
    "lead.edited": N_("details changed"),
    "lead.handed_over": N_("handed over"),
    "lead.undone": N_("last step taken back"),
    "lead.loss_corrected": N_("loss corrected"),
}


def due(late_days: int | None, status: LeadStatus) -> str:
    """When to contact, seen from today."""
    if status in (LeadStatus.DELIVERED, LeadStatus.LOST):
        return term(status)
    if late_days is None:
        return t("no day")
    if late_days > 0:
        return t("{days} d late", days=late_days)
    if late_days == 0:
        return t("today")
    return t("tomorrow") if late_days == -1 else t("in {days} d", days=-late_days)


def follow_up() -> str:
    """How soon the next contact is, by intention level."""
    days = spoken().listed(t("{level} {days} d", level=level, days=days) for level, days in FOLLOW_UP_DAYS.items())
    return t("Without a day chosen, the next contact follows the level: {days}.", days=days)


def step(kind: LeadEventKind) -> str:
    """What a step is called where it is recorded: a note is mostly a call or message that was made."""
    return t("Follow-up note") if kind is LeadEventKind.NOTE else term(kind)


def reason(names: tuple[str, str] | None, names_en: tuple[str, str] | None) -> str:
    """A loss reason in two levels, once where both are the same."""
    pair = (names_en if current() == "en" else names) or ("", "")
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def action(name: str) -> str:
    """What was done to a lead, by its audit name: a step's own word, or the change's."""
    if name in ACTIONS:
        return t(ACTIONS[name])
    step = name.removeprefix("lead.")
    return term(LeadEventKind(step)) if step in set(LeadEventKind) else step


def changed(changes: tuple[tuple[str, str | None, str | None], ...], models: dict[int, str]) -> str:
    """Intention level B → A, and so on. A model is named by its key in the audit."""
    return "，".join(
        f"{t(FIELDS[field])} {_value(field, old, models)} → {_value(field, new, models)}"
        for field, old, new in changes
        if field in FIELDS
    )


def _value(field: str, value: str | int | None, models: dict[int, str]) -> str:
    if value is None or value == "":
        return NOTHING
    if field == "car_model_id":
        return models.get(int(value), str(value))
    return term(BuyerKind(str(value))) if field == "buyer_kind" else str(value)

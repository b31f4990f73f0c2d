"""What may be done to a renewal in each status (model.md, "Renewal status"): one table, for forms and commands."""

from enum import StrEnum

from db.terms import RenewalStatus
from lib.refusals import N_, Invalid
from lib.renewals.course import OPEN


class Act(StrEnum):
    """One thing a person does to a case."""

    CONTACT = N_("Log a contact")
    QUOTE = N_("Quote told")
    PROMISE = N_("Appointment")
    LOSE = N_("Record a loss")
    VOID = N_("Set aside")
    REGISTER = N_("Register policy")
    REOPEN = N_("Reopen")


WORK = frozenset({Act.CONTACT, Act.QUOTE, Act.PROMISE, Act.LOSE, Act.VOID, Act.REGISTER})
PARTLY = frozenset({Act.CONTACT, Act.LOSE, Act.REGISTER, Act.REOPEN})
DECIDED: dict[RenewalStatus, frozenset[Act]] = {
    RenewalStatus.RENEWED: frozenset({Act.REGISTER, Act.REOPEN}),
    RenewalStatus.LOST: frozenset({Act.CONTACT, Act.REGISTER, Act.REOPEN}),
    RenewalStatus.VOID: frozenset({Act.REGISTER, Act.REOPEN}),
    RenewalStatus.RECOVERED: frozenset({Act.REGISTER}),
}


def acts(status: RenewalStatus, partly_renewed: bool) -> frozenset[Act]:
    """What may follow."""
    if status in OPEN:
        return WORK
    return PARTLY if partly_renewed else DECIDED[status]


def require(act: Act, status: RenewalStatus, partly_renewed: bool) -> None:
    """Refuse what may not follow."""
    if act not in acts(status, partly_renewed):
        raise Invalid(N_("This case is decided: {status}. Reopen it first."), status=status)

"""What the sheet's cells say, the same on paper and in the file."""

from collections.abc import Iterable
from datetime import date, datetime

from db.terms import RenewalStatus
from lib import clock, settings
from lib.renewals.sheet import Case, Contact
from lib.ui.language import spoken, t, term
from lib.ui.renewals import wording


def day(on: date | None) -> str:
    """2026-11-23; blank for none."""
    return f"{on:%Y-%m-%d}" if on else ""


def moment(at: datetime | None) -> str:
    """2026-11-23 14:32 by the store's clock; blank for none."""
    return f"{clock.store_time(at, settings.load().zone):%Y-%m-%d %H:%M}" if at else ""


def contact(each: Contact) -> str:
    """2026-11-23 14:32 · by phone · considering: wants to compare."""
    head = " · ".join(filter(None, (moment(each.at), term(each.method), heard(each))))
    return f"{head}: {each.note}" if each.note else head


def heard(each: Contact) -> str:
    """What came of a contact, where its method does not say it already."""
    said = wording.heard(each.method, each.outcome)
    return "" if said == term(each.method) else said


def remark(case: Case) -> str:
    """Why a case is void."""
    return wording.void_reason(case.void_reason)


def lines(case: Case) -> str:
    """The lines that run out, each with its insurer where they differ."""
    insurers = {each.insurer for each in case.expiring}
    names = [term(each.line) if len(insurers) < 2 else f"{term(each.line)} {each.insurer}" for each in case.expiring]
    return listed(names)


def insurer(case: Case) -> str:
    """Who insured the car last."""
    return listed(each.insurer for each in case.expiring)


def listed(names: Iterable[str]) -> str:
    """Names one after the other, each once."""
    return spoken().listed(dict.fromkeys(names))


def coefficient(case: Case) -> str:
    """0.60; blank for none."""
    return "" if case.no_claim_coefficient is None else f"{case.no_claim_coefficient:.2f}"


def status(case: Case) -> str:
    """The status; partly renewed by that name."""
    return t("Partly renewed") if case.partly_renewed else term(case.status)


def is_lost(case: Case) -> bool:
    return case.status is RenewalStatus.LOST


def reason(case: Case) -> str:
    """The loss reason in two levels."""
    return wording.reason(case.reason, case.reason_en)

"""The sheet as the workbook that people know: masked, or in full for who may and says why."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from db.terms import PolicyLine
from lib import data, downloads
from lib.access import Actor, Permission
from lib.refusals import N_
from lib.renewals import sheet
from lib.renewals.sheet import CONTACTS, TAKEN, Asked, Case
from lib.sheets import Cell
from lib.ui.downloads import offer_made
from lib.ui.follow_up_sheet import wording as say
from lib.ui.language import spoken, t, term

COLUMNS: tuple[tuple[str, Callable[[Case], Cell]], ...] = (
    (N_("Channel"), lambda case: case.channel),
    (N_("Customer"), lambda case: case.customer),
    (N_("Mobile number"), lambda case: case.mobile),
    (N_("Plate"), lambda case: case.plate),
    (N_("VIN"), lambda case: case.vin),
    (N_("Model"), lambda case: case.car_model),
    (N_("First registered"), lambda case: case.first_registered_on),
    (N_("Last year's insurer"), say.insurer),
    (N_("Last year's lines"), say.lines),
    (N_("Last year's premium"), lambda case: case.last_premium),
    (N_("No-claim coefficient"), lambda case: case.no_claim_coefficient),
    (N_("Claims last year"), lambda case: case.claims),
    (N_("Tier"), lambda case: term(case.tier)),
    (N_("Renewal type"), lambda case: term(case.type)),
    (N_("Compulsory expires"), lambda case: case.expires_on(PolicyLine.COMPULSORY)),
    (N_("Commercial expires"), lambda case: case.expires_on(PolicyLine.COMMERCIAL)),
    (N_("Days left"), lambda case: case.days_left if case.undecided else None),
    (N_("Renewal stage"), lambda case: term(case.stage) if case.undecided else None),
    (N_("Status"), say.status),
    (N_("Specialist"), lambda case: case.owner),
    (N_("Quote this year"), lambda case: case.quote_amount),
    (N_("SMS quote sent"), lambda case: case.sms_quoted_at),
    (N_("Three-day call by"), lambda case: case.call_by),
    (N_("First call"), lambda case: case.called_at),
)
AFTER: tuple[tuple[str, Callable[[Case], Cell]], ...] = (
    (N_("Contacts in all"), lambda case: case.contact_count),
    (N_("Next contact"), lambda case: case.next_on),
    (N_("Renewed?"), lambda case: _yes(bool(case.renewing))),
    (N_("Renewed with"), lambda case: say.listed(each.insurer for each in case.renewing)),
    (N_("New policy numbers"), lambda case: say.listed(each.policy_no for each in case.renewing)),
    (N_("New premium"), lambda case: sum(each.premium_amount for each in case.renewing) if case.renewing else None),
    (N_("Lost?"), lambda case: _yes(say.is_lost(case))),
    (N_("Loss reason"), say.reason),
    (N_("Countermeasure"), lambda case: case.countermeasure),
    (N_("Remark"), say.remark),
)


def offer(actor: Actor, asked: Asked, day: date) -> None:
    """The download, and for who may it in full behind a reason."""
    offer_made(actor, t("Download"), lambda person: _masked(person, asked, day), Permission.EXPORT, "sheet_download")
    if sheet.may_unmask(actor):
        with st.popover(t("Download in full"), icon=":material/visibility:"):
            st.caption(t("With names, numbers and plates. The reason goes on record."))
            why = st.text_input(t("Why do you need it?"), key="sheet_why", max_chars=200)
            offer_made(
                actor, t("Download in full"), lambda person: _in_full(person, asked, day, why or ""),
                Permission.EXPORT, "sheet_download_full",
            )  # fmt: skip


def headings() -> tuple[str, ...]:
    """The columns' names in the language spoken now."""
    contacts = (t("Contact {number}", number=place) for place in range(1, CONTACTS + 1))
    return (*(t(name) for name, _ in COLUMNS), *contacts, *(t(name) for name, _ in AFTER))


def row(case: Case) -> tuple[Cell, ...]:
    """One case as a row."""
    contacts = [say.contact(each) for each in case.contacts]
    padded = [*contacts, *[None] * (CONTACTS - len(contacts))]
    return (*(cell(case) for _, cell in COLUMNS), *padded, *(cell(case) for _, cell in AFTER))


def _masked(person: Actor, asked: Asked, day: date) -> str:
    own = sheet.asked(person, asked.period, asked.path, asked.owner_id)
    return _made(person, lambda: data.read(sheet.sheet, own, day, TAKEN).cases)


def _in_full(person: Actor, asked: Asked, day: date, why: str) -> str:
    return _made(person, lambda: data.write(sheet.take_unmasked, person, asked, day, why))


def _made(person: Actor, cases: Callable[[], tuple[Case, ...]]) -> str:
    name = t("Renewal follow-up sheet")
    return downloads.make_sheet(person, name, headings(), lambda: [row(each) for each in cases()], spoken())


def _yes(value: bool) -> str:
    return t("yes") if value else t("no")

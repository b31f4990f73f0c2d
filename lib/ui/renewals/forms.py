"""What is asked for each act on a case: small groups of fields with sensible defaults, typed values kept."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import streamlit as st

from db.terms import ContactMethod, ContactOutcome, PolicyLine
from lib import data, policies, settings
from lib.premiums.quotes import Saved
from lib.renewals import acts
from lib.renewals import reasons as loss_reasons
from lib.renewals.acts import Appointment, Contact, Loss, QuoteTold
from lib.renewals.case import Case
from lib.ui import quotes
from lib.ui.language import t, term
from lib.ui.renewals import wording

SPOKEN = (ContactMethod.PHONE, ContactMethod.WECHAT, ContactMethod.VISIT)
CALL_AGAIN_DAYS = 3
OPENING = time(10)


def contact(place: str, today: date, last: date) -> Contact:
    """Method, outcome, what was said, the next date, up to the last day on which the case stands in the queue."""
    method = _method(place, tuple(ContactMethod))
    outcome = st.pills(
        t("Outcome"), acts.CONTACT_OUTCOMES, default=ContactOutcome.INTERESTED, format_func=term, required=True,
        key=f"outcome-{place}", persist_state="page", label_visibility="collapsed",
    )  # fmt: skip
    note = _note(place, t("What the customer said"))
    return Contact(method, outcome or ContactOutcome.INTERESTED, note, _callback(place, today, last))


def quote(place: str, today: date, last: date, saved: tuple[Saved, ...]) -> QuoteTold:
    """A price that was told, and how: that of a saved trial, or another."""
    method = _method(place, (ContactMethod.PHONE, ContactMethod.SMS, ContactMethod.WECHAT, ContactMethod.VISIT))
    chosen, typed = quotes.price(saved, f"trial-{place}", f"amount-{place}")
    amount = typed or next((each.trial.total_amount for each in saved if each.id == chosen), None)
    note = _note(place, t("What the customer said"))
    return QuoteTold(method, amount, note, _callback(place, today, last))


def appointment(place: str, today: date) -> Appointment:
    """Day and hour on which the customer comes."""
    method = _method(place, SPOKEN)
    with st.container(horizontal=True):
        day = st.date_input(
            t("Comes on"), value=today + timedelta(days=1), min_value=today, format="YYYY-MM-DD",
            key=f"comes_on-{place}", persist_state="page",
        )  # fmt: skip
        hour = st.time_input(t("At"), value=OPENING, step=timedelta(minutes=30), key=f"comes_at-{place}")
    at = datetime.combine(day, hour, settings.load().zone) if day and hour else None
    return Appointment(method, at, _note(place, t("Note")))


def loss(place: str) -> Loss:
    """Reason in two levels, who has them now, the gap, and what we do about it."""
    reasons = {each.id: each for each in data.read(loss_reasons.of_renewals)}

    def named(key: int) -> str:
        each = reasons[key]
        return wording.reason((each.group, each.name), (each.group_en, each.name_en))

    reason = st.selectbox(
        t("Reason for the loss"), list(reasons), index=None, format_func=named, key=f"reason-{place}",
        placeholder=t("Choose a reason"), persist_state="page",
    )  # fmt: skip
    method = _method(place, SPOKEN)
    with st.container(horizontal=True):
        competitor = st.text_input(t("Lost to (competitor)"), key=f"competitor-{place}", max_chars=acts.LONGEST_NAME)
        gap = _yuan(t("Price gap, yuan"), f"gap-{place}")
    countermeasure = st.text_area(
        t("What we do about it"),
        key=f"countermeasure-{place}",
        max_chars=acts.LONGEST_COUNTERMEASURE,
        height=70,
        persist_state="page",
    )
    beyond_us = st.checkbox(t("Beyond us (uncontrollable)"), key=f"beyond-{place}")
    return Loss(method, reason, _note(place, t("Note")), competitor or "", gap, countermeasure or "", beyond_us)


def reason(place: str, options: tuple[str, ...] = ()) -> str:
    """Why: one of the usual reasons, or typed."""
    chosen = ""
    if options:
        chosen = st.pills(t("Why"), options, format_func=t, key=f"why-{place}") or ""
    typed = st.text_input(
        t("Reason in words"), key=f"why_typed-{place}", max_chars=acts.LONGEST_REASON, persist_state="page"
    )
    return typed or (t(chosen) if chosen else "")


def contracts(case: Case, place: str) -> tuple[policies.Contract, ...]:
    """The policies that renew the case: one for each line that ran before, dates and insurer filled in. What is renewed
    already is not asked for again."""
    before = tuple(dict.fromkeys(each.line for each in case.expiring)) or (PolicyLine.COMMERCIAL,)
    lines = case.missing_lines or (() if case.renewing else before)
    chosen = st.pills(
        t("Lines renewed"), tuple(PolicyLine), selection_mode="multi", default=lines, format_func=term,
        key=f"lines-{place}",
    )  # fmt: skip
    return tuple(_contract(case, line, place) for line in PolicyLine if line in (chosen or ()))


def _contract(case: Case, line: PolicyLine, place: str) -> policies.Contract:
    before = next((each for each in case.expiring if each.line is line), None)
    starts_on = (before.expires_on if before else case.due_on) + timedelta(days=1)
    place = f"{line}-{place}"
    with st.container(border=True):
        st.caption(term(line))
        with st.container(horizontal=True):
            insurer = st.text_input(
                t("Insurer"), value=before.insurer if before else case.insurer or "", key=f"insurer-{place}",
                max_chars=100,
            )  # fmt: skip
            number = st.text_input(t("Policy number"), key=f"number-{place}", max_chars=64, autocomplete="off")
        with st.container(horizontal=True):
            starts = st.date_input(t("Starts on"), value=starts_on, format="YYYY-MM-DD", key=f"starts-{place}")
            expires = st.date_input(
                t("Expires on"), value=starts_on + timedelta(days=364), format="YYYY-MM-DD", key=f"expires-{place}"
            )
        with st.container(horizontal=True):
            premium = _yuan(t("Premium, yuan"), f"premium-{place}")
            tax = _yuan(t("Vehicle tax, yuan"), f"tax-{place}") if line is PolicyLine.COMPULSORY else None
    return policies.Contract(insurer or "", number or "", line, starts, expires, premium, tax)


def _method(place: str, methods: tuple[ContactMethod, ...]) -> ContactMethod:
    chosen = st.pills(
        t("Method"), methods, default=methods[0], format_func=term, required=True, key=f"method-{place}",
        persist_state="page", label_visibility="collapsed",
    )  # fmt: skip
    return chosen or methods[0]


def _note(place: str, label: str) -> str:
    return st.text_area(label, key=f"note-{place}", max_chars=acts.LONGEST_NOTE, height=80, persist_state="page") or ""


def _callback(place: str, today: date, last: date) -> date | None:
    if last < today:  # archived or decided: it stands in no queue to come up in
        return None
    return st.date_input(
        t("Next date"), value=min(last, today + timedelta(days=CALL_AGAIN_DAYS)), min_value=today, max_value=last,
        format="YYYY-MM-DD", key=f"callback-{place}", persist_state="page",
        help=t("Leave it blank to let the plan decide."),
    )  # fmt: skip


def _yuan(label: str, key: str) -> Decimal | None:
    typed = st.number_input(
        label, value=None, min_value=0.0, max_value=float(acts.HIGHEST_AMOUNT), step=100.0, format="%.2f", key=key,
        placeholder="", persist_state="page",
    )  # fmt: skip
    return None if typed is None else Decimal(str(typed)).quantize(Decimal("0.01"))

"""One case beside the list: whose, what runs out when, what to say, what to do, what happened."""

from datetime import date
from typing import Literal

import streamlit as st

from db.terms import LossDomain, RenewalStatus
from lib import clock, data, settings
from lib.access import Actor, Permission
from lib.renewals import assignments, consents, reasons, undoing
from lib.renewals import case as cases
from lib.renewals.case import Case, Contract
from lib.renewals.course import is_archived, is_owed
from lib.renewals.facts import ARCHIVED_AFTER
from lib.reveals import Kind
from lib.ui import look, moments, phones
from lib.ui.counter_arguments import on_case as on_case_arguments
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.loss_reviews import on_case
from lib.ui.plain import plain
from lib.ui.renewals import act_form, giving, offers, pins, story, wording, years

CLOSED_COLOURS: dict[RenewalStatus, Literal["green", "red"]] = {
    RenewalStatus.RENEWED: "green", RenewalStatus.RECOVERED: "green", RenewalStatus.LOST: "red",
}  # fmt: skip


def show(actor: Actor, renewal_id: int) -> None:
    """The case, with what this person may do on it."""
    now = clock.now()
    today = clock.business_day(now, settings.load().zone)
    case = data.fresh(cases.case, actor, renewal_id, today, now)
    if said := st.session_state.pop(pins.SAID, None):
        st.toast(said, icon=":material/check_circle:")
    with look.card("renewal"):
        _head(actor, case)
        _figures(case)
        pins.point_out(case)
        on_case.draw(actor, LossDomain.RENEWAL, case.id, data.read(reasons.of_renewals), pins.forget)
        _undo(actor, case)
        names = [t("Act"), t("Quote and SMS"), t("Story"), t("Policies")]
        if actor.may(Permission.RENEWAL_ASSIGN):
            names.append(t("Hand over"))
        do, offer, told, contracts, *given = st.tabs(names, key=f"renewal_tabs-{case.id}", on_change="rerun")
        with do:
            if is_owed(case.status, case.partly_renewed):
                _script(case)
                if case.acts:
                    on_case_arguments.draw(LossDomain.RENEWAL, case.id)
            act_form.draw(actor, case, today)
        if offer.open:  # its reads are most of the page's
            with offer:
                offers.draw(actor, case, today, now)
        if told.open:
            with told:
                story.draw(actor, case, now)
                years.draw(actor, case)
        with contracts:
            _contracts(actor, case)
        for tab in given:
            with tab:
                _give(actor, case)


def _head(actor: Actor, case: Case) -> None:
    names = (case.plate or t("No plate yet"), case.customer or t("Name unknown"), case.car_model)
    st.subheader(plain(" · ".join(filter(None, names))), anchor=False)
    with st.container(horizontal=True, gap="small"):
        status = t("Partly renewed") if case.partly_renewed else term(case.status)
        st.badge(status, color=CLOSED_COLOURS.get(case.status, "blue"))
        if is_archived(case.status, case.days_left):
            label = t("Archived: never decided, {days} d past its expiry", days=ARCHIVED_AFTER)
            st.badge(label, icon=":material/inventory_2:", color="gray")
        if case.call_days_left is not None:
            late = case.call_days_left < 0
            label = (
                t("call {days} d late", days=-case.call_days_left)
                if late
                else t("call by {day}", day=moments.day(case.call_due_on))
            )
            soon = case.call_days_left == 0
            st.badge(label, icon=":material/alarm:", color="red" if late else "orange" if soon else "gray")
        if case.tier:
            st.badge(t("Tier {tier}", tier=case.tier.value), color="orange")
        st.badge(term(case.type), color="gray")
    if case.mobile is not None:
        phones.draw(actor, Kind.RENEWAL, case.id, case.mobile, actor.user_id == case.owner_id)


def _figures(case: Case) -> None:
    """Expiry, last year's premium and this year's quote, each with a word below."""
    change = wording.NOTHING
    if case.quote_amount and case.last_premium:
        gap = case.quote_amount - case.last_premium
        change = t("{gap} on last year", gap=f"{gap:+,.2f}".removesuffix(".00"))
    figures = (
        (t("Expiry"), moments.day(case.due_on), _left(case)),
        (t("Last premium"), wording.money(case.last_premium), case.insurer or wording.NOTHING),
        (t("Quote this year"), wording.money(case.quote_amount), change),
    )
    with st.container(key="renewal_figures"):
        for column, (name, value, below) in zip(st.columns(3, wrap=False), figures, strict=True):
            column.metric(name, value)
            column.caption(plain(below))


def _left(case: Case) -> str:
    return wording.left(case.days_left) if is_owed(case.status, case.partly_renewed) else wording.NOTHING


def _script(case: Case) -> None:
    body, body_en = data.read(cases.scripts).get(case.stage, ("", ""))
    if body:
        text = plain(wording.either(body, body_en))
        st.caption(t("Script · {stage}: {text}", stage=term(case.stage), text=text))


def _undo(actor: Actor, case: Case) -> None:
    if case.undo_until is None or not actor.may(Permission.RENEWAL_WRITE):
        return
    until = moments.moment(case.undo_until)[-5:]
    label = t("Take back: {step} (until {time})", step=term(case.last_kind), time=until)
    if st.button(label, key="renewal_undo", icon=":material/undo:", type="tertiary"):
        with guarded():
            data.write(undoing.undo, actor, case.id, pins.version(case))
            pins.done(t("The last step is taken back."))


def _contracts(actor: Actor, case: Case) -> None:
    for heading, contracts in ((t("Expiring"), case.expiring), (t("Renewed by"), case.renewing)):
        if contracts:
            st.markdown(f"**{heading}**")
            for each in contracts:
                st.markdown(plain(_contract(each)))
    facts = [
        (t("VIN"), case.vin), (t("First registered"), _on(case.first_registered_on)),
        (t("Claims last year"), None if case.claims is None else str(case.claims)),
        (t("No-claim coefficient"), None if case.no_claim_coefficient is None else f"{case.no_claim_coefficient:.2f}"),
        (t("Channel"), case.channel), (t("Specialist"), case.owner or t("nobody")),
        (t("Void because"), wording.void_reason(case.void_reason)),
    ]  # fmt: skip
    st.markdown("  \n".join(f"{name}: {plain(value)}" for name, value in facts if value))
    _consent(actor, case)


def _give(actor: Actor, case: Case) -> None:
    """Give this case to another specialist; clocks and history stay."""
    names = {
        each.id: f"{each.name} ({each.load})" for each in data.read(assignments.holders, actor.scope) if each.takes
    }
    with st.form(f"assign-{pins.place(case)}", border=False):
        taker = st.selectbox(
            t("Who takes it"), [key for key in names if key != case.owner_id], index=None, key=f"assign_to-{case.id}",
            format_func=names.__getitem__, placeholder=t("Choose people"),
        )  # fmt: skip
        sent = st.form_submit_button(t("Hand over"), type="primary", key=f"assign_save-{case.id}")
    if sent:
        with guarded():
            count = data.write(assignments.assign, actor, (case.id,), (taker,) if taker else ())
            pins.done(t("{count} cases given.", count=count))
    giving.offer(actor)


def _on(day: date | None) -> str | None:
    return f"{day:%Y-%m-%d}" if day else None


def _contract(each: Contract) -> str:
    parts = (
        term(each.line), each.insurer, each.policy_no, f"{each.starts_on:%Y-%m-%d} – {each.expires_on:%Y-%m-%d}",
        f"¥{each.premium_amount:,.2f}", term(each.status),
    )  # fmt: skip
    return " · ".join(parts)


def _consent(actor: Actor, case: Case) -> None:
    if case.opted_out_at is not None:
        st.badge(t("No SMS: opted out on {when}", when=moments.moment(case.opted_out_at)), color="red")
        return
    agreed = case.sms_consent and t("SMS agreed {when}", when=moments.moment(case.consent_at))
    st.badge(agreed or t("No consent to SMS yet"), color="green" if agreed else "gray", icon=":material/sms:")
    if case.mobile is None or not actor.may(Permission.RENEWAL_WRITE):
        return
    with st.container(horizontal=True):
        if not case.sms_consent and st.button(t("Agreed on the phone"), key="renewal_agree", icon=":material/check:"):
            with guarded():
                data.write(consents.agree, actor, case.id, pins.version(case))
                pins.done(t("Consent noted."))
        if st.button(t("Wants no more SMS"), key="renewal_opt_out", icon=":material/block:"):
            with guarded():
                data.write(consents.opt_out, actor, case.id, pins.version(case))
                pins.done(t("Opt-out noted."))

"""The rules of authority: what a specialist may not promise alone, since when, and who may approve it."""

from decimal import Decimal

import streamlit as st

from db.terms import Approver, AuthorityKind, VehicleUse
from lib import data, formats
from lib.access import Actor
from lib.approvals import book
from lib.approvals.book import NewRule, Row
from lib.ui.approvals import wording
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.store import forms
from lib.ui.today import today

FORM = "store_authority"
Kind = AuthorityKind
STEPS = {Kind.PRICING_BELOW: 0.01, Kind.PREMIUM_DROP: 1.0, Kind.THIRD_PARTY_ABOVE: 50.0, Kind.CLAIMS_FROM: 1.0}
USUAL = {Kind.PRICING_BELOW: 0.65, Kind.PREMIUM_DROP: 30.0, Kind.THIRD_PARTY_ABOVE: 300.0, Kind.CLAIMS_FROM: 3.0}


def draw(actor: Actor) -> None:
    """The rules, and the form for a new one."""
    with card("authority", t("What needs approval")):
        st.caption(
            t("These bounds are the store's own choice, not a law. A quote that breaks one is told only after "
              "approval. To change a bound, end the rule and add another.")
        )  # fmt: skip
        for row in sorted(data.read(book.rows), key=lambda row: not row.holds(today())):
            _rule(actor, row)
    with card("authority-new", t("New rule")):
        _new(actor)


def _rule(actor: Actor, row: Row) -> None:
    form = f"{FORM}_{row.id}"
    opened = forms.opened(form, row)
    what, since, state, switch, end = st.columns([4, 3, 2, 2, 2], vertical_alignment="center")
    what.markdown(plain(wording.rule(row.kind, row.threshold, row.vehicle_use)))
    what.caption(plain(f"{term(row.approver)} · {row.note}" if row.note else term(row.approver)))
    first = formats.day_with_year(row.valid_from, spoken())
    last = row.valid_to and formats.day_with_year(row.valid_to, spoken())
    since.text(t("{first} to {last}", first=first, last=last) if last else t("from {day}", day=first))
    with state:
        if row.holds(today()):
            st.badge(t("holds"), icon=":material/check:", color="green")
        else:
            st.badge(t("does not hold"), icon=":material/block:", color="gray")
    label = t("Switch off") if row.active else t("Switch on")
    if switch.button(label, key=forms.key(form, "switch"), width="stretch"):
        forms.save(form, t("Saved."), book.switch, actor, row.id, opened.version, not row.active)
    with end.popover(t("End"), width="stretch"):
        day = st.date_input(
            t("Last day"), max(today(), row.valid_from), min_value=row.valid_from, key=forms.key(form, "end"),
            format="YYYY-MM-DD",
        )  # fmt: skip
        if st.button(t("End the rule"), key=forms.key(form, "ended")):
            forms.save(form, t("Saved."), book.end, actor, row.id, opened.version, day)


def _new(actor: Actor) -> None:
    kind = st.selectbox(t("What is bounded"), list(Kind), format_func=term, key=forms.key(FORM, "kind"), width=420)
    if kind is None:
        return
    with st.form(FORM, border=False, enter_to_submit=False):
        bound, approver, since, until = st.columns(4, vertical_alignment="bottom")
        with bound:
            threshold, use = _bound(kind)
        typed_by = approver.selectbox(
            t("Approved by"), list(Approver), format_func=term, key=forms.key(FORM, "approver"),
            help=t("The general manager is a manager whose area is the whole group."),
        )  # fmt: skip
        first = since.date_input(t("From"), today(), key=forms.key(FORM, "first"), format="YYYY-MM-DD")
        last = until.date_input(t("Until, where it ends"), None, key=forms.key(FORM, "last"), format="YYYY-MM-DD")
        note = st.text_input(t("Note"), max_chars=book.LONGEST_NOTE, key=forms.key(FORM, "note"))
        sent = st.form_submit_button(t("Add rule"), type="primary", icon=":material/add:", key=forms.key(FORM, "save"))
    if sent:
        typed = NewRule(kind, first, threshold, use, typed_by or Approver.MANAGER, last, note)
        forms.save(FORM, t("Saved."), book.add, actor, typed)


def _bound(kind: AuthorityKind) -> tuple[Decimal | None, VehicleUse | None]:
    key = forms.key(FORM, f"bound_{kind}")
    if kind is Kind.VEHICLE_USE:
        return None, st.selectbox(t("Use"), list(VehicleUse), format_func=term, key=key)
    labels = {
        Kind.PRICING_BELOW: t("Coefficient"), Kind.PREMIUM_DROP: t("Per cent"),
        Kind.THIRD_PARTY_ABOVE: t("Limit (10,000 yuan)"), Kind.CLAIMS_FROM: t("Claims"),
    }  # fmt: skip
    typed = st.number_input(
        labels[kind], value=USUAL[kind], step=STEPS[kind], key=key,
        format="%.2f" if kind is Kind.PRICING_BELOW else "%.0f",
    )  # fmt: skip
    return Decimal(str(typed)) / (100 if kind is Kind.PREMIUM_DROP else 1), None

"""One partner: the scorecard, the visits, the decision, and the step into the network."""

from dataclasses import replace

import streamlit as st

from db.terms import PartnerState
from lib import formats
from lib.access import Actor
from lib.network import evaluating
from lib.network.editing import LONGEST_CODE
from lib.network.evaluating import LONGEST, LONGEST_EVIDENCE
from lib.network.partners import WEIGHTS, Mark, Partner
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.store import forms
from lib.ui.today import today

DECISIONS = (PartnerState.ACCEPTED, PartnerState.REJECTED)


def draw(actor: Actor, each: Partner) -> None:
    """What fits the state that the partner is in."""
    with card("partner", plain(each.name)):
        seen = forms.opened(_record(each), replace(each, visits=()))  # a visit noted changes nothing that stands
        st.caption(f"{term(each.state)} · {t('Weighted total')} {formats.number(each.total, spoken(), 1)}")
        if each.decision:
            st.text(each.decision)
        if each.state is PartnerState.VISITING:
            _scorecard(actor, seen)
    _visits(actor, each)
    if each.state is PartnerState.VISITING:
        _decision(actor, each, seen.version)
    elif each.state is PartnerState.ACCEPTED and each.channel_id is None:
        _join(actor, each, seen.version)


def _scorecard(actor: Actor, seen: Partner) -> None:
    form = _record(seen)
    with st.form(form, border=False, enter_to_submit=False):
        typed = tuple(_row(form, each) for each in seen.marks)
        sent = st.form_submit_button(t("Save the scorecard"), type="primary", icon=":material/save:")
    if sent:
        forms.save(form, t("Saved."), evaluating.mark, actor, seen.id, seen.version, typed)


def _row(form: str, each: Mark) -> Mark:
    left, right = st.columns((2, 3))
    word = term(each.criterion)
    value = left.number_input(
        f"{word} {WEIGHTS[each.criterion]} %", 0, evaluating.HIGHEST, each.mark, 1,
        key=forms.key(form, each.criterion),
    )  # fmt: skip
    evidence = right.text_input(
        t("Evidence of {function}", function=word), each.evidence, max_chars=LONGEST_EVIDENCE,
        key=forms.key(form, f"{each.criterion}-why"),
    )  # fmt: skip
    return Mark(each.criterion, value, evidence)


def _visits(actor: Actor, each: Partner) -> None:
    form = f"{_record(each)}-visit"
    with card("partner_visits", t("Inspections")):
        for one in each.visits:
            st.markdown(f"- {formats.day_with_year(one.on, spoken())} {plain(one.by or '—')}: {plain(one.findings)}")
        if not each.visits:
            st.caption(t("Nobody has visited yet."))
        if each.state is not PartnerState.VISITING:
            return
        with st.form(form, border=False, enter_to_submit=False):
            day = st.date_input(
                t("Visited on"), today(), max_value=today(), format="YYYY-MM-DD", key=forms.key(form, "day")
            )  # fmt: skip
            findings = st.text_area(t("Findings"), max_chars=LONGEST, key=forms.key(form, "findings"))
            sent = st.form_submit_button(t("Note the visit"), icon=":material/add:", key=forms.key(form, "save"))
        if sent:
            forms.save(form, t("Saved."), evaluating.visit, actor, each.id, day, findings)


def _decision(actor: Actor, each: Partner, seen: int) -> None:
    form = f"{_record(each)}-decision"
    with card("partner_decision", t("Decision")), st.form(form, border=False, enter_to_submit=False):
        state = st.radio(
            t("Decision"), DECISIONS, index=None, format_func=term, horizontal=True, key=forms.key(form, "state"),
            label_visibility="collapsed",
        )  # fmt: skip
        why = st.text_area(t("Reason"), max_chars=LONGEST, key=forms.key(form, "why"))
        sent = st.form_submit_button(t("Decide"), icon=":material/gavel:")
    if sent:
        forms.save(
            form, t("Saved."), evaluating.decide, actor, each.id, seen, state or PartnerState.VISITING, why,
            record=_record(each),
        )  # fmt: skip


def _join(actor: Actor, each: Partner, seen: int) -> None:
    form = f"{_record(each)}-join"
    with card("partner_join", t("Into the network")), st.form(form, border=False, enter_to_submit=False):
        code = st.text_input(t("Code"), max_chars=LONGEST_CODE, key=forms.key(form, "code"))
        sent = st.form_submit_button(t("Make it a node"), type="primary", icon=":material/add:")
    if sent:
        forms.save(form, t("Added."), evaluating.join, actor, each.id, seen, code, record=_record(each))


def _record(each: Partner) -> str:
    return f"partner-{each.id}"

"""The form that records a step of a lead; what it asks for follows from the step."""

from decimal import Decimal
from typing import Any

import streamlit as st

from db.terms import IntentionLevel, LeadEventKind
from lib import data
from lib.access import Actor
from lib.leads import choices, steps
from lib.leads.case import Case
from lib.leads.steps import Step
from lib.refusals import Conflict
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.leads import pins, wording
from lib.ui.leads.reception import when

Kind = LeadEventKind
FINAL = (Kind.DELIVERY, Kind.LOST)


def draw(actor: Actor, lead: Case) -> None:
    """Choose the step, fill what it needs, save. What is typed stays when the step is changed or refused."""
    place = f"{lead.id}-{st.session_state.get(_turn(lead), 0)}"
    kind = st.pills(
        t("What happened"), lead.steps, default=lead.steps[0], format_func=wording.step, required=True,
        key=f"step_kind-{lead.id}-{lead.status}",
    )  # fmt: skip
    if kind is None:
        return
    with st.form(f"step-{place}", border=False):
        fields = _facts(lead, kind, place)
        note = st.text_area(t("Note"), key=f"step_note-{place}", max_chars=2000, height=68, persist_state="page")
        fields |= _plan(kind, place)
        refused = st.container()
        sent = st.form_submit_button(
            t("Save: {step}", step=wording.step(kind)), type="primary", key=f"step_save-{place}", width="stretch"
        )
    if sent:
        with refused:
            _save(actor, lead, Step(kind, note=note or "", **fields))


def _save(actor: Actor, lead: Case, step: Step) -> None:
    with guarded():
        try:
            saved = data.write(steps.advance, actor, lead.id, pins.version(lead), step)
        except Conflict as conflict:
            pins.met(lead, conflict)
            return
        st.session_state[_turn(lead)] = st.session_state.get(_turn(lead), 0) + 1
        pins.done(lead, t(saved.warning) if saved.warning else t("{step} saved.", step=wording.step(step.kind)))


def _turn(lead: Case) -> str:
    return f"step_turn-{lead.id}"


def _facts(lead: Case, kind: LeadEventKind, place: str) -> dict[str, Any]:
    match kind:
        case Kind.ORDER | Kind.QUOTE:
            guide = "" if lead.guide_price is None else t("Guide price {price}", price=f"{lead.guide_price:,.0f}")
            label = t("Price of the order, yuan") if kind is Kind.ORDER else t("Price quoted, yuan")
            return {"amount": _yuan(label, f"step_amount-{place}", guide)}
        case Kind.DELIVERY:
            return {"vin": st.text_input(
                t("VIN"), key=f"step_vin-{place}", max_chars=40, autocomplete="off", persist_state="page",
                placeholder=t("17 letters and digits"),
            ) or ""}  # fmt: skip
        case Kind.LOST:
            return _loss(place)
    return {}


def _loss(place: str) -> dict[str, Any]:
    reasons = {each.id: each for each in data.read(choices.loss_reasons)}

    def named(key: int) -> str:
        each = reasons[key]
        return wording.reason((each.group, each.name), (each.group_en, each.name_en))

    reason = st.selectbox(
        t("Reason for the loss"), list(reasons), index=None, format_func=named, key=f"step_reason-{place}",
        placeholder=t("Choose a reason"), persist_state="page",
    )  # fmt: skip
    competitor = st.text_input(
        t("Lost to (competitor)"), key=f"step_competitor-{place}", max_chars=100, persist_state="page"
    )
    gap = _yuan(t("Price gap, yuan"), f"step_gap-{place}", "")
    return {"loss_reason_id": reason, "competitor": competitor or "", "price_gap": gap}


def _plan(kind: LeadEventKind, place: str) -> dict[str, Any]:
    """When it happened and, while the lead stays open, how keen and when next."""
    plan: dict[str, Any] = {}
    if kind not in FINAL:
        plan["intention_level"] = st.pills(
            t("Intention level, if changed"), list(IntentionLevel), format_func=term, key=f"step_level-{place}",
            persist_state="page",
        )  # fmt: skip
    with st.container(horizontal=True):
        if kind not in FINAL:
            plan["next_contact_on"] = st.date_input(
                t("Next contact"), value=None, key=f"step_next-{place}", format="YYYY-MM-DD", persist_state="page",
                help=wording.follow_up(),
            )  # fmt: skip
        plan["at"] = when(t("Happened at (now, if blank)"), key=f"step_at-{place}")
    return plan


def _yuan(label: str, key: str, placeholder: str) -> Decimal | None:
    typed = st.number_input(
        label, value=None, min_value=0.0, step=100.0, format="%.2f", key=key, placeholder=placeholder,
        persist_state="page",
    )  # fmt: skip
    return None if typed is None else Decimal(str(typed)).quantize(Decimal("0.01"))

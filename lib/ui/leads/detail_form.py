"""The form that corrects what is known about a lead."""

from dataclasses import fields, replace

import streamlit as st

from db.terms import BuyerKind, IntentionLevel
from lib import data
from lib.access import Actor
from lib.leads import details
from lib.leads.case import Case
from lib.leads.details import Details
from lib.leads.duplicates import Duplicate
from lib.refusals import Conflict
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.leads import pins

KNOWN = "details_known"


def draw(actor: Actor, lead: Case, models: dict[int, str]) -> None:
    """The fields as they are; name and mobile blank, since they are masked, and left as they are while blank."""
    place = f"{lead.id}-{st.session_state.get(_turn(lead), 0)}"
    begun: Details = st.session_state.setdefault(f"details_begun-{place}", _on_file(lead))
    lead_of, known = st.session_state.get(KNOWN, (None, None))
    with st.form(f"details-{place}", border=False):
        wanted = _fields(lead, models, place)
        known = known if lead_of == lead.id else None
        if known is not None:
            st.warning(spoken().of(known), icon=":material/person_search:")
        send = st.form_submit_button(t("Save"), type="primary", key=f"details_save-{place}", width="stretch")
        anyway = known is not None and st.form_submit_button(
            t("Save this number all the same"), key=f"details_anyway-{place}", width="stretch"
        )
    if send or anyway:
        _save(actor, lead, _upon(_on_file(lead), begun, wanted), anyway)


def _save(actor: Actor, lead: Case, wanted: Details, known_is_meant: bool) -> None:
    st.session_state.pop(KNOWN, None)
    with guarded():
        try:
            data.write(details.edit, actor, lead.id, pins.version(lead), wanted, known_is_meant)
        except Conflict as conflict:
            pins.met(lead, conflict)
            return
        except Duplicate as known:
            st.session_state[KNOWN] = (lead.id, known)
            st.rerun()
        st.session_state[_turn(lead)] = st.session_state.get(_turn(lead), 0) + 1
        pins.done(lead, t("Details saved."))


def _on_file(lead: Case) -> Details:
    return Details(
        car_model_id=lead.car_model_id, intention_level=lead.intention_level, next_contact_on=lead.next_contact_on,
        district=lead.district or "", buyer_kind=lead.buyer_kind,
    )  # fmt: skip


def _upon(on_file: Details, begun: Details, wanted: Details) -> Details:
    """What is on file now with what this person changed since they began; what others changed meanwhile stays."""
    touched = {
        field.name: getattr(wanted, field.name)
        for field in fields(Details)
        if getattr(wanted, field.name) != getattr(begun, field.name)
    }
    return replace(on_file, **touched)


def _turn(lead: Case) -> str:
    return f"details_turn-{lead.id}"


def _fields(lead: Case, models: dict[int, str], place: str) -> Details:
    keys = list(models)
    model = st.selectbox(
        t("Model"), keys, index=keys.index(lead.car_model_id) if lead.car_model_id in models else None,
        format_func=models.__getitem__, key=f"details_model-{place}", placeholder=t("Choose a model"),
    )  # fmt: skip
    level = st.pills(
        t("Intention level"), list(IntentionLevel), default=lead.intention_level, format_func=term,
        key=f"details_level-{place}",
    )  # fmt: skip
    next_contact_on = lead.next_contact_on
    if lead.closed_at is None:
        next_contact_on = st.date_input(
            t("Next contact"), value=lead.next_contact_on, key=f"details_next-{place}", format="YYYY-MM-DD"
        )
    name = st.text_input(
        t("Name"), key=f"details_name-{place}", max_chars=100, autocomplete="off",
        placeholder=_kept(lead.customer),
    )  # fmt: skip
    mobile = st.text_input(
        t("Mobile"), type="phone", key=f"details_mobile-{place}", autocomplete="off", placeholder=_kept(lead.mobile)
    )
    district = st.text_input(
        t("District"), lead.district or "", key=f"details_district-{place}", max_chars=50, autocomplete="off"
    )
    buyer = st.pills(
        t("Buyer"), list(BuyerKind), default=lead.buyer_kind, format_func=term, key=f"details_buyer-{place}"
    )
    return Details(
        car_model_id=model, intention_level=level, next_contact_on=next_contact_on, district=district or "",
        buyer_kind=buyer, name=name or "", mobile=mobile or "",
    )  # fmt: skip


def _kept(masked: str | None) -> str:
    return t("Not on file yet") if masked is None else t("{masked} stays while this is blank", masked=masked)

"""The reception card as a form: few fields, big targets, a fresh card after each one saved."""

from datetime import datetime, timedelta

import streamlit as st

from db.terms import BuyerKind, IntentionLevel, LeadSource
from lib import data, settings
from lib.access import Actor, Permission
from lib.leads import cards, choices
from lib.leads.cards import Card
from lib.leads.duplicates import Duplicate
from lib.ui import look
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.leads import wording
from lib.ui.today import today

NUMBER, KNOWN, SAVED = "reception_number", "reception_known", "reception_saved"
FEW_MODELS = 8
WIDTH = 620


def card_form(actor: Actor) -> None:
    """A card to fill, the number pointed out where it is known, and the word that the last one is saved."""
    if saved := st.session_state.pop(SAVED, None):
        st.toast(t("Saved as {lead_no}.", lead_no=saved), icon=":material/check_circle:")
    number = st.session_state.setdefault(NUMBER, 0)
    known: Duplicate | None = st.session_state.get(KNOWN)
    with look.card("reception"), st.form(f"reception-{number}", border=False, width=WIDTH):
        card = _fields(actor, number)
        if known is not None:
            st.warning(spoken().of(known), icon=":material/person_search:")
        refused = st.container()
        send = st.form_submit_button(t("Save"), type="primary", width="stretch", key=f"reception_save-{number}")
        anyway = known is not None and st.form_submit_button(
            t("Save as a new lead all the same"), width="stretch", key=f"reception_anyway-{number}"
        )
    if send or anyway:
        with refused:
            _save(actor, card, number, anyway)


def _save(actor: Actor, card: Card, number: int, known_is_meant: bool) -> None:
    st.session_state.pop(KNOWN, None)
    with guarded():
        try:
            added = data.write(cards.add, actor, card, known_is_meant)
        except Duplicate as known:
            st.session_state[KNOWN] = known
            st.rerun()
        st.session_state[SAVED], st.session_state[NUMBER] = added.lead_no, number + 1
        st.rerun()


def _fields(actor: Actor, number: int) -> Card:
    source = st.pills(
        t("Source"), list(LeadSource), default=LeadSource.WALK_IN, format_func=term, required=True,
        key=f"reception_source-{number}",
    )  # fmt: skip
    mobile = st.text_input(
        t("Mobile"), type="phone", placeholder=t("11 digits; blank if not given"), key=f"reception_mobile-{number}",
        autocomplete="off",
    )  # fmt: skip
    name = st.text_input(t("Name"), key=f"reception_name-{number}", max_chars=100, autocomplete="off")
    model = _model(number)
    level = st.pills(
        t("Intention level"), list(IntentionLevel), format_func=term, key=f"reception_level-{number}",
        help=wording.follow_up(),
    )  # fmt: skip
    consultant = _consultant(actor, number)
    with st.expander(t("More: note, next contact, district, time")):
        note = st.text_area(t("Note"), key=f"reception_note-{number}", max_chars=2000, height=80)
        next_contact_on = st.date_input(
            t("Next contact"), value=None, key=f"reception_next-{number}", format="YYYY-MM-DD"
        )
        district = st.text_input(t("District"), key=f"reception_district-{number}", max_chars=50, autocomplete="off")
        buyer = st.pills(t("Buyer"), list(BuyerKind), format_func=term, key=f"reception_buyer-{number}")
        at = when(t("First met (now, if blank)"), key=f"reception_at-{number}")
    return Card(
        source=source or LeadSource.WALK_IN, mobile=mobile or "", name=name or "", car_model_id=model,
        intention_level=level, district=district or "", buyer_kind=buyer, next_contact_on=next_contact_on,
        note=note or "", at=at, consultant_id=consultant,
    )  # fmt: skip


def _model(number: int) -> int | None:
    """One tap where there are few models, a list to search where there are many."""
    names = {each.id: each.name for each in data.read(choices.car_models)}
    if len(names) <= FEW_MODELS:
        return st.pills(t("Model"), list(names), format_func=names.__getitem__, key=f"reception_model-{number}")
    return st.selectbox(
        t("Model"), list(names), index=None, format_func=names.__getitem__, key=f"reception_model-{number}",
        placeholder=t("Choose a model"),
    )  # fmt: skip


def _consultant(actor: Actor, number: int) -> int | None:
    """A manager says who takes the lead; a consultant takes it."""
    if not actor.may(Permission.LEAD_HAND_OVER):
        return None
    names = {each.id: each.name for each in data.read(choices.consultants, actor.scope)}
    return st.selectbox(
        t("Consultant"), list(names), index=None, format_func=names.__getitem__, key=f"reception_consultant-{number}",
        placeholder=t("Choose a consultant"),
    )  # fmt: skip


def when(label: str, key: str) -> datetime | None:
    """A moment of today or yesterday by the store's clock; none is now."""
    first, last = datetime.min.time(), datetime.max.time()
    chosen = st.datetime_input(
        label, value=None, min_value=datetime.combine(today() - timedelta(days=1), first),
        max_value=datetime.combine(today(), last), key=key, format="YYYY-MM-DD", step=timedelta(minutes=5),
        persist_state="page",
    )  # fmt: skip
    return chosen and chosen.replace(tzinfo=settings.load().zone)

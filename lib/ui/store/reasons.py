"""The dictionary of loss reasons: what is offered, in which order, and whether we can do something about it."""

from typing import Any

import pandas as pd
import streamlit as st

from db.terms import Controllable, LossDomain
from lib import data, reason_entries
from lib.access import Actor
from lib.reason_entries import Entry, New, Reason
from lib.ui import address
from lib.ui.guarding import guarded
from lib.ui.language import current, t, term
from lib.ui.look import card
from lib.ui.store import forms


def draw(actor: Actor) -> None:
    """The reasons of one domain as a table to edit."""
    names = [domain.value for domain in (LossDomain.RENEWAL, LossDomain.LEAD)]
    with card("reasons"):
        name = st.segmented_control(
            t("Losses of"), names, format_func=lambda each: term(LossDomain(each)), required=True,
            key=address.one("losses", names, names[0]),
        )  # fmt: skip
        address.keep(losses=None if name == names[0] else name)
        domain = LossDomain(name or names[0])
        _form(actor, domain)
        _new(actor, domain)


def _form(actor: Actor, domain: LossDomain) -> None:
    form = f"store_reasons_{domain}"
    opened = forms.opened(form, data.read(reason_entries.dictionary, domain))
    with st.form(form, border=False):
        edited = st.data_editor(
            _table(opened), hide_index=True, width="stretch", height=min(640, 40 + 35 * len(opened)),
            key=forms.key(form, "table"), disabled=["group"], column_config=_columns(),
        )  # fmt: skip
        st.caption(
            t("Lower places come first. A reason that is no longer offered stays with the cases and figures that have "
              "it; a first level that is not offered takes its second level along.")
        )  # fmt: skip
        sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
    if sent:
        forms.save(form, t("Saved."), reason_entries.arrange, actor, domain, _typed(opened, edited))


def _table(reasons: tuple[Reason, ...]) -> pd.DataFrame:
    groups = {each.id: each for each in reasons if each.parent_id is None}
    rows = [
        {
            "group": _name(groups.get(each.parent_id or 0, each)),
            "level": 2 if each.parent_id else 1,
            "name": each.name,
            "name_en": each.name_en,
            "position": each.position,
            "active": each.active,
            "controllable": term(each.controllable),
        }
        for each in reasons
    ]
    return pd.DataFrame(rows)


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "group": column.TextColumn(t("First level")),
        "level": column.NumberColumn(t("Level"), disabled=True, width=60),
        "name": column.TextColumn(t("Chinese name"), required=True, max_chars=100),
        "name_en": column.TextColumn(t("English name"), required=True, max_chars=100),
        "position": column.NumberColumn(t("Place"), min_value=0, max_value=1000, step=1, required=True),
        "active": column.CheckboxColumn(t("Offered"), required=True),
        "controllable": column.SelectboxColumn(
            t("In our hands"), options=[term(each) for each in Controllable], required=True
        ),
    }


def _typed(opened: tuple[Reason, ...], edited: pd.DataFrame) -> tuple[Entry, ...]:
    members = {term(each): each for each in Controllable}
    return tuple(
        Entry(
            each.id,
            int(row["position"]),
            bool(row["active"]),
            members[row["controllable"]],
            each.version,
            str(row["name"] or ""),
            str(row["name_en"] or ""),
        )
        for each, (_, row) in zip(opened, edited.iterrows(), strict=True)
    )


def _new(actor: Actor, domain: LossDomain) -> None:
    """The form of a reason that the dictionary lacks."""
    form = f"store_reason_new_{domain}"
    groups = {each.id: each for each in data.read(reason_entries.dictionary, domain) if each.parent_id is None}
    with st.expander(t("New reason"), icon=":material/add:"), st.form(form, border=False, enter_to_submit=False):
        parent = st.selectbox(
            t("Below"), [None, *groups], format_func=lambda key: _name(groups[key]) if key else t("A new first level"),
            index=1 if groups else 0, key=forms.key(form, "parent"),
        )  # fmt: skip
        with st.container(horizontal=True):
            name = st.text_input(t("Chinese name"), max_chars=100, key=forms.key(form, "name"))
            name_en = st.text_input(t("English name"), max_chars=100, key=forms.key(form, "name_en"))
        control = st.segmented_control(
            t("In our hands"), list(Controllable), default=Controllable.YES, format_func=term, required=True,
            key=forms.key(form, "control"),
        )  # fmt: skip
        st.caption(t("A first level is offered on cases once it has a second level."))
        sent = st.form_submit_button(t("Add"), type="primary", icon=":material/add:", key=forms.key(form, "save"))
    if sent:
        typed = New(parent, name or "", name_en or "", control or Controllable.UNSET)
        with guarded():
            data.write(reason_entries.add, actor, domain, typed)
            for each in (form, f"store_reasons_{domain}"):  # the table shows the new one
                forms.anew(each)
            st.session_state[forms.SAID] = t("Saved.")
            st.rerun()


def _name(reason: Reason) -> str:
    return reason.name_en if current() == "en" else reason.name

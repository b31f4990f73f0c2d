"""One countermeasure beside the list: what it is, whether it worked, how far it is, what was said of it."""

from datetime import date

import streamlit as st

from db.terms import CountermeasureNoteKind, CountermeasureState
from lib import data
from lib.access import Actor, Permission
from lib.countermeasures import reading, rules, writing
from lib.countermeasures.reading import Measure, Note, Sight
from lib.ui import moments
from lib.ui.countermeasures import effect, form, wording
from lib.ui.language import pair, t, term
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.store import forms

COLOURS = {
    CountermeasureState.PLANNED: "gray", CountermeasureState.RUNNING: "blue", CountermeasureState.DONE: "green",
    CountermeasureState.DROPPED: "gray",
}  # fmt: skip
SAID = (CountermeasureNoteKind.NOTE, CountermeasureNoteKind.IMPROVEMENT)


def show(actor: Actor, measure_id: int, today: date) -> None:
    """The countermeasure, with what this person may do on it."""
    measure = data.read(reading.measure, Sight.of(actor), measure_id)
    with card("measure"):
        _head(measure, today)
    effect.draw(actor, measure, today)
    with card("measure_work"):
        mine = measure.changed_by(actor)
        names = [t("Notes"), *([t("How far it is")] if mine else [])]
        if actor.may(Permission.LOSS_WRITE) and measure.closed_at is None:
            names.append(t("Change"))
        said, *more = st.tabs(names, key=f"measure_tabs-{measure.id}")
        with said:
            if mine:
                _say(actor, measure)
            for note in data.read(reading.notes, measure.id):
                st.markdown(_noted(note))
        for tab, draw in zip(more, (_move, form.edit), strict=False):
            with tab:
                draw(actor, measure)


def _head(measure: Measure, today: date) -> None:
    st.subheader(plain(wording.reason(measure)), anchor=False)
    with st.container(horizontal=True, gap="small"):
        st.badge(term(measure.state), color=COLOURS[measure.state])  # type: ignore[arg-type]
        late = measure.overdue(today)
        st.badge(
            wording.due(measure, today), icon=":material/alarm:" if late else None, color="red" if late else "gray"
        )
        st.badge(term(measure.domain), color="gray")
    st.markdown(plain(measure.what))
    facts = [
        (t("Owner"), measure.owner), (t("Where"), wording.scope(measure)),
        (t("From – to"), f"{wording.day(measure.start_on)} – {wording.day(measure.due_on)}"),
        (t("Set up by"), f"{measure.created_by or '—'} · {moments.in_full(measure.created_at)}"),
    ]  # fmt: skip
    st.caption("  \n".join(pair(name, plain(value)) for name, value in facts))


def _say(actor: Actor, measure: Measure) -> None:
    name = f"measure_note-{measure.id}"
    with st.form(name, border=False, enter_to_submit=False):
        kind = st.segmented_control(
            t("What it is"), SAID, default=SAID[0], format_func=term, required=True, key=forms.key(name, "kind"),
            label_visibility="collapsed",
        )  # fmt: skip
        text = st.text_area(t("Note or improvement"), max_chars=writing.LONGEST, height=80, key=forms.key(name, "text"))
        sent = st.form_submit_button(t("Add"), icon=":material/add_comment:", key=forms.key(name, "save"))
    if sent:
        forms.save(name, t("Noted."), writing.note, actor, measure.id, kind or SAID[0], text or "")


def _move(actor: Actor, measure: Measure) -> None:
    name = f"measure_state-{measure.id}"
    opened: Measure = forms.opened(name, measure)
    with st.form(name, border=False, enter_to_submit=False):
        offered = rules.TRANSITIONS[opened.state]
        state = st.segmented_control(
            t("It is now"), offered, format_func=term, key=forms.key(name, "state")
        )  # none to begin with: a second click moves it no further
        why = st.text_area(
            t("A word about it (needed to drop it or to take it up again)"), max_chars=writing.LONGEST, height=80,
            key=forms.key(name, "why"),
        )  # fmt: skip
        sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:", key=forms.key(name, "save"))
    if sent:
        forms.save(
            name, t("Saved."), writing.move, actor, opened.id, opened.version, state or opened.state, why or ""
        )  # fmt: skip


def _noted(note: Note) -> str:
    what = f"**{plain(term(note.state) if note.state else term(note.kind))}**"
    said = pair(what, plain(note.text)) if note.text else what
    return f"{said}  \n:small[{plain(moments.in_full(note.at))} · {plain(note.who or '—')}]"

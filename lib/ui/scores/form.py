"""Marking one centre's month: a line a function, what the data says beside it."""

from decimal import Decimal

import streamlit as st

from db.terms import CentreFunction
from lib import data, formats
from lib.access import Actor, Permission
from lib.refusals import N_
from lib.scores import measured
from lib.scores.marking import LONGEST, Entry, mark
from lib.scores.measured import Measured
from lib.scores.profiles import Mark, Profile
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.ui.store import forms

FROM = {
    CentreFunction.VEHICLE_SALES: N_("{count} delivered of a target of {of}"),
    CentreFunction.FEEDBACK: N_("{count} of {of} forecasts on time"),
    CentreFunction.MARKET_ORDER: N_("alerts of price, territory or wholesale: {count}, {of} points each"),
}
WIDTHS = (1.6, 1.3, 4, 2.6)


def draw(actor: Actor, found: Profile) -> None:
    """The form for whom may mark, the marks with their evidence for others."""
    with card("scores"):
        if not actor.may(Permission.CHANNEL_WRITE):
            _table(found)
            return
        form = f"scores-{found.code}-{found.month:%Y-%m}"
        opened = forms.opened(form, found.marks)
        proposed = {each.function: each for each in data.read(measured.measured, found.path, found.month)}
        _offer(form, opened, proposed)
        with st.form(form, border=False, enter_to_submit=False):
            with st.container(key="score_heads"):
                for column, name in zip(st.columns(WIDTHS), (t("Function"), t("Mark"), t("Evidence"),
                                                             t("Measured")), strict=True):  # fmt: skip
                    column.caption(name)
            typed = tuple(_row(form, each, proposed.get(each.function)) for each in opened)
            sent = st.form_submit_button(t("Save the marks"), type="primary", icon=":material/save:")
        if sent:
            forms.save(form, t("Saved."), mark, actor, found.id, found.month, typed)


def _offer(form: str, opened: tuple[Mark, ...], proposed: dict[CentreFunction, Measured]) -> None:
    """A button that fills what was measured into the lines that are still blank."""
    blank = [each.function for each in opened if each.score is None and each.function in proposed]
    if not blank:
        return

    def fill() -> None:
        for function in blank:
            st.session_state[_key(form, function)] = float(proposed[function].score)
            st.session_state[_key(form, function, "why")] = _from(proposed[function])

    st.button(t("Take over what was measured"), icon=":material/calculate:", on_click=fill, key=f"{form}-fill")


def _row(form: str, each: Mark, proposal: Measured | None) -> Entry:
    columns = st.columns(WIDTHS, vertical_alignment="center")
    columns[0].text(term(each.function))
    score = columns[1].number_input(
        t("Mark of {function}", function=term(each.function)), 0.0, 100.0,
        None if each.score is None else float(each.score), 1.0, format="%.0f", key=_key(form, each.function),
        label_visibility="collapsed",
    )  # fmt: skip
    evidence = columns[2].text_input(
        t("Evidence of {function}", function=term(each.function)), each.evidence or "", max_chars=LONGEST,
        key=_key(form, each.function, "why"), label_visibility="collapsed",
    )  # fmt: skip
    if proposal:
        columns[3].caption(_from(proposal))
    return Entry(each.function, None if score is None else Decimal(str(score)), evidence, each.version)


def _from(proposal: Measured) -> str:
    words = spoken()
    said = t(FROM[proposal.function], count=proposal.count, of=formats.number(proposal.of, words))
    return f"{said} → {formats.number(proposal.score, words)}"


def _key(form: str, function: CentreFunction, field: str = "mark") -> str:
    return forms.key(form, f"{function}-{field}")


def _table(found: Profile) -> None:
    words = spoken()
    st.table(
        {
            t("Function"): [term(each.function) for each in found.marks],
            t("Mark"): [formats.number(each.score, words) for each in found.marks],
            t("Evidence"): [each.evidence or formats.NOTHING for each in found.marks],
        },
        hide_index=True,
    )

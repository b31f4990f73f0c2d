"""The premium trials of a case: what was saved, and the trial itself over the queue."""

from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby

import streamlit as st

from db.terms import Plan
from lib import data
from lib.access import Actor, Permission
from lib.premiums import quotes
from lib.premiums.arithmetic import money
from lib.premiums.book import book, home_province, provinces
from lib.premiums.quotes import Asked, Saved
from lib.renewals.case import Case
from lib.ui import moments, premiums
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.plain import plain
from lib.ui.renewals import pins, wording

OPEN = "trial_open"
SHOWN = 3  # trials; older ones stay in the database


def draw(actor: Actor, case: Case, saved: tuple[Saved, ...], today: date) -> None:
    """The trials saved last with their arithmetic, and the way to a new one."""
    if actor.may(Permission.RENEWAL_WRITE):
        st.button(
            t("Premium trial"), icon=":material/calculate:", key="trial_new", on_click=partial(_open, case.id),
            type="secondary" if saved else "primary",
        )  # fmt: skip
    if not saved:
        st.caption(t("No trial saved yet. Compute up to three plans and save them with the case."))
    for place, (made_at, plans) in enumerate(groupby(saved, lambda each: each.made_at)):
        if place < SHOWN:
            _together(list(plans), moments.moment(made_at))
    if st.session_state.get(OPEN) == case.id:
        opener = st.dialog(t("Premium trial"), width="large", on_dismiss=_close)
        opener(_trial)(actor, case, today)


def label(each: Saved) -> str:
    """A plan in a list: 均衡 ¥ 3,912.00; 均衡（未含 2 项） ¥ 3,912.00."""
    return f"{premiums.named(each.trial)} ¥ {money(each.trial.total_amount)}"


def price(saved: tuple[Saved, ...], trial_key: str, amount_key: str) -> tuple[int | None, Decimal | None]:
    """A price to tell: a saved trial that may go by its plan's name, and another amount where one is typed."""
    by_id = {each.id: each for each in saved if not each.trial.hollow}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox(
            t("Saved trial"), list(by_id), index=0 if by_id else None, key=trial_key,
            format_func=lambda key: label(by_id[key]), placeholder=t("No trial saved"), disabled=not by_id,
        )  # fmt: skip
    with right:
        typed = st.number_input(
            t("Another price, yuan"), min_value=0.01, max_value=1_000_000.0, value=None, format="%.2f", key=amount_key
        )
    return chosen, None if typed is None else Decimal(str(typed)).quantize(Decimal("0.01"))


def _together(plans: list[Saved], when: str) -> None:
    who = " · ".join(filter(None, (when, plans[0].author, plans[0].insurer)))
    with st.expander(f"{plain(who)}  \n**{plain(' / '.join(map(label, plans)))}**"):
        for each in plans:
            st.markdown(f"**{plain(label(each))}**")
            premiums.lines(each.trial)
        st.caption(t("The insurer's underwriting decides."))


def _trial(actor: Actor, case: Case, today: date) -> None:
    """The trial, from what is known of the car and last year."""
    start = data.fresh(quotes.start, actor, case.id)
    known, home = data.read(provinces), data.read(home_province)
    name = f"case_trial-{pins.place(case)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        province = st.selectbox(
            t("Province"), known, known.index(home) if home in known else 0, key=f"{name}-province", width=160
        )
        insurer = st.text_input(
            t("Insurer"), case.insurer or "", key=f"{name}-insurer", max_chars=100, width=220, persist_state="page"
        )
        st.caption(_last_year(case))
    rates = data.read(book, province, today)
    car = premiums.car_form(start.car, name)
    wishes = premiums.covers_form(rates, car.fuel, start.no_claim, name)
    premiums.results(car, wishes, rates, name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.pills(
            t("Plans to save"), list(Plan), selection_mode="multi", default=list(Plan), format_func=term,
            key=f"{name}-plans",
        )  # fmt: skip
        save = st.button(t("Save with the case"), type="primary", icon=":material/save:", key=f"{name}-save")
    if save:
        with guarded():
            asked = Asked(car, tuple(wish for wish in wishes if wish.plan in chosen), province, insurer or "")
            data.write(quotes.save, actor, case.id, asked)
            _close()
            pins.done(t("The trial is saved. It counts as quoted once it is told."))


def _last_year(case: Case) -> str:
    """What ran until now, line by line."""
    parts = [f"{term(each.line)} ¥{each.premium_amount:,.2f}" for each in case.expiring]
    return plain(t("Last year: {lines}", lines=" · ".join(parts) or wording.NOTHING))


def _open(renewal_id: int) -> None:
    st.session_state[OPEN] = renewal_id


def _close() -> None:
    st.session_state.pop(OPEN, None)

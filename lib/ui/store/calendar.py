"""The working calendar: a month as it counts, and the store's word on a day."""

from datetime import date, timedelta
from html import escape

import streamlit as st

from lib import calendar_days, data, formats
from lib.access import Actor
from lib.calendar_days import Day, Month, Override, Why
from lib.periods import Unit, parse, whole
from lib.ui import address
from lib.ui.language import spoken, t
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.store import forms
from lib.ui.today import today

FORM = "store_day"
BACK, AHEAD = 6, 18  # months that can be shown
TELLING = (Why.HOLIDAY, Why.SHIFTED)  # what the day of the week does not say by itself
MONDAY = date(2024, 1, 1)  # any Monday, to name the days of the week


def draw(actor: Actor) -> None:
    """Month, how far the state has published, and the form beside them."""
    view = data.read(calendar_days.month, _month())
    left, right = st.columns([3, 2])
    with left, card("calendar"):
        _standing(view)
        st.html(grid(view))
        st.caption(t("Working days count in the time gone of a month and in the targets of its days."))
    with right:
        with card("day", t("Set a day")):
            _form(actor, view)
        with card("overrides", t("Set by the store this month")):
            _overrides(view)


def grid(view: Month) -> str:
    """The month as a table; every cell says in words what the day is."""
    words = spoken()
    head = "".join(
        f"<th scope='col'>{escape(formats.weekday(MONDAY + timedelta(days=step), words))}</th>" for step in range(7)
    )
    cells = ["<td></td>"] * view.first.weekday() + [_cell(day) for day in view.days]
    cells += ["<td></td>"] * (-len(cells) % 7)
    weeks = "".join(f"<tr>{''.join(cells[start : start + 7])}</tr>" for start in range(0, len(cells), 7))
    return f"<table class='desk-month'><thead><tr>{head}</tr></thead><tbody>{weeks}</tbody></table>"


def _cell(day: Day) -> str:
    mark, own = t("work") if day.is_workday else t("off"), t("set")
    if day.override:
        mark = f"{mark} · {own}"
    kinds = ["worked" if day.is_workday else "free", *(["own"] if day.override else [])]
    kinds += ["today"] if day.on == today() else []
    note = t(day.holiday) if day.holiday else t(day.why.value) if day.why in TELLING else ""
    if not day.published:
        note = t("tentative")
    if day.override:
        note = day.override.note or ""
    return (
        f"<td class='{' '.join(kinds)}'><b>{day.on.day}</b><i>{escape(mark)}</i>"
        f"<span>{escape(note)}</span></td>"
    )  # fmt: skip


def _month() -> date:
    first = whole(Unit.MONTH, today()).first
    months = [whole(Unit.MONTH, _shifted(first, step)) for step in range(-BACK, AHEAD + 1)]
    names = [each.name for each in months]
    chosen = st.selectbox(
        t("Month"), names, format_func=lambda name: formats.period(parse(name), spoken()), width=200,
        key=address.one("month", names, names[BACK]),
    )  # fmt: skip
    address.keep(month=None if chosen == names[BACK] else chosen)
    return parse(chosen).first


def _shifted(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _standing(view: Month) -> None:
    words, known = spoken(), calendar_days.published_until()
    month = formats.period(whole(Unit.MONTH, view.first), words)
    st.subheader(t("{month} · {count} working days", month=month, count=view.workdays), anchor=False)
    if view.first.year > known:
        st.warning(
            t("The arrangement of holidays for {year} is not published yet: Monday to Friday count as worked. Set the "
              "days here as soon as they are known.", year=view.first.year),
            icon=":material/event_busy:",
        )  # fmt: skip
    else:
        st.caption(
            t(
                "Public holidays and worked weekends are known up to the end of {year}; after that they are not "
                "published yet.",
                year=known,
            )
        )


def _form(actor: Actor, view: Month) -> None:
    form = f"{FORM}_{view.first:%Y%m}"
    first = today() if view.first <= today() <= view.days[-1].on else view.first
    chosen = st.date_input(
        t("Which day"), first, min_value=view.first, max_value=view.days[-1].on, key=f"{form}_day", format="YYYY-MM-DD"
    )
    day = view.days[(chosen or first).day - 1]
    form = f"{form}_{day.on.day}"
    stood = forms.opened(form, day.override)
    counts = t("worked") if day.is_workday else t("free")
    st.caption(t("Counts now as: {what}", what=plain(f"{counts} · {t(day.why.value)}")))
    worked = st.segmented_control(
        t("It is"), [True, False], default=day.is_workday, required=True, key=forms.key(form, "worked"),
        format_func=lambda each: t("a working day") if each else t("a day off"),
    )  # fmt: skip
    note = st.text_input(
        t("Why"), (stood.note or "") if stood else "", max_chars=calendar_days.LONGEST_NOTE,
        key=forms.key(form, "note"), placeholder=t("such as: stocktaking, spring holiday of the province"),
    )  # fmt: skip
    with st.container(horizontal=True):
        if st.button(t("Save"), type="primary", key=f"{form}_save", icon=":material/save:"):
            typed = Override(bool(worked), note)
            forms.save(form, t("Saved."), calendar_days.set_day, actor, day.on, stood, typed)
        if stood and st.button(t("Take back"), key=f"{form}_clear", icon=":material/undo:"):
            forms.save(form, t("The published calendar holds again."), calendar_days.clear_day, actor, day.on, stood)
    st.caption(t("A three-day call whose clock runs keeps its day; what is sent from now on is counted anew."))


def _overrides(view: Month) -> None:
    if not view.overrides:
        st.caption(t("The store has set no day of this month."))
    for day in view.overrides:
        word = t("worked") if day.is_workday else t("free")
        note = day.override.note if day.override else None
        st.markdown(plain(f"{formats.day_with_year(day.on, spoken())} · {word} · {note or ''}"))

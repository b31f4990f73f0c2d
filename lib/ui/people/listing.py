"""The list of people: found by name, told apart by state."""

from collections.abc import Sequence

import streamlit as st

from lib import clock, settings
from lib.access import Actor, Permission
from lib.refusals import N_
from lib.ui import downloads
from lib.ui.language import t, term
from lib.users import Person

CHOSEN = "person_chosen"
STATES = {
    "active": N_("Active"),
    "first": N_("Has a first password"),
    "none": N_("No password yet"),
    "disabled": N_("Disabled"),
}


def state(person: Person) -> str:
    """Whether this person can sign in, and why not: a key of `STATES`."""
    if not person.active:
        return "disabled"
    if not person.has_password:
        return "none"
    return "first" if person.must_change_password else "active"


def found(people: Sequence[Person]) -> list[Person]:
    """The filters, and who is left by them. What is typed stays out of the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(t("Find by name or sign-in name"), key="people_typed", width=280)
        wanted = st.pills(
            t("State"), list(STATES), format_func=lambda each: t(STATES[each]), selection_mode="multi",
            key="people_state",
        )  # fmt: skip
    sought = typed.strip().lower()
    return [
        person
        for person in people
        if (not wanted or state(person) in wanted)
        and (sought in person.name.lower() or sought in person.username.lower())
    ]


def table(actor: Actor, people: Sequence[Person]) -> Person | None:
    """The people as a table; the one whose row is chosen."""
    if not people:
        st.info(t("Nobody is found. Change the filters above, or add people here or by import."))
        return None
    rows = [_row(person) for person in people]
    picked = st.dataframe(
        [dict(zip(_columns(), row, strict=True)) for row in rows],
        hide_index=True, on_select="rerun", selection_mode="single-row", row_height=36,
        height=min(640, 40 + 36 * len(rows)), key=f"people_{len(people)}",
    )  # fmt: skip
    downloads.offer(actor, t("Download"), t("People"), _columns(), rows, permission=Permission.PEOPLE_READ)
    chosen = picked["selection"]["rows"]
    return people[chosen[0]] if chosen and chosen[0] < len(people) else None


def _columns() -> tuple[str, ...]:
    return (t("Sign-in name"), t("Name"), t("Role"), t("Home"), t("State"), t("Last sign-in"), t("Signed in now"))


def _row(person: Person) -> tuple[str | int, ...]:
    last = clock.store_time(person.last_at, settings.load().zone).strftime("%m-%d %H:%M") if person.last_at else "—"
    home = person.channel_name or t("Whole group")
    return (
        person.username, person.name, term(person.role), home, t(STATES[state(person)]), last, person.running,
    )  # fmt: skip

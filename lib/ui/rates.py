"""Keeping the rate rows: look, verify, add the figure that holds from a day on, close."""

from datetime import date
from decimal import Decimal

import streamlit as st

from db.terms import ClaimRecord, Fuel, RateKind, VehicleUse
from lib import data
from lib.access import Actor
from lib.premiums import rows
from lib.premiums.book import provinces
from lib.premiums.rows import BOUNDED, ITEMS, RANGES, SCHEMES, VALUELESS, Dated, NewRow
from lib.premiums.trials import plain as figure
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.plain import plain
from lib.ui.renewals import pins
from lib.ui.renewals.wording import NOTHING

KIND, PAST = "rate_kind", "rate_past"


def kinds() -> RateKind:
    """Which table."""
    if said := st.session_state.pop(pins.SAID, None):
        st.toast(said, icon=":material/check_circle:")
    chosen = st.pills(
        t("Table"), tuple(RateKind), default=RateKind.COMPULSORY_BASE, format_func=term, required=True, key=KIND,
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen or RateKind.COMPULSORY_BASE


def table(kind: RateKind, today: date) -> Dated | None:
    """The rows of the table, past ones when asked for; the chosen one."""
    past = st.toggle(t("Show rows that hold no more"), key=PAST)
    shown = [each for each in data.read(rows.rows, kind) if past or each.valid_to is None or each.valid_to >= today]
    if not shown:
        st.info(t("This table has no row yet. Add one beside."), icon=":material/table:")
        return None
    picked = st.dataframe(
        [_row(kind, each) for each in shown], hide_index=True, on_select="rerun",
        selection_mode="single-row", row_height=34, height=min(640, 40 + 34 * len(shown)),
        key=f"rates-{kind}-{past}-{st.session_state.get(pins.TURN, 0)}",
    )  # fmt: skip
    chosen = picked["selection"]["rows"]
    return shown[chosen[0]] if chosen and chosen[0] < len(shown) else None


def panel(actor: Actor, kind: RateKind, chosen: Dated | None, today: date) -> None:
    """The chosen row with its acts, or a new row."""
    place = f"{kind}-{chosen.id if chosen else 'new'}-{st.session_state.get(pins.TURN, 0)}"
    if chosen is None:
        st.subheader(t("New row"), anchor=False)
        _new(actor, _blank(kind, place), None, place, today)
        return
    st.subheader(plain(name(kind, chosen)), anchor=False)
    st.caption(plain(t("Source: {source}", source=chosen.source)))
    _verified(actor, chosen, place)
    heading = t("New figure from a day on")
    st.markdown(f"**{heading}**")
    like = NewRow(kind, chosen.item, None, "", region=chosen.region, low=chosen.low, high=chosen.high)
    _new(actor, like, chosen, place, today)
    if chosen.valid_to is None:
        _close(actor, chosen, place, today)


def name(kind: RateKind, row: Dated | NewRow) -> str:
    """What a row is for: 家庭自用 0–6, 云南 · B, …"""
    parts = [row.region or "", item(kind, row.item)]
    if kind in BOUNDED:
        parts.append(bounds(row))
    return " · ".join(filter(None, parts))


def bounds(row: Dated | NewRow) -> str:
    """What is measured for a row: ≥6, <10; for engines >1.6, ≤2."""
    low, past_low = rows.shown(row.low)
    parts = [f"{'>' if past_low else '≥'}{figure(low)}"]
    if row.high is not None:
        high, past_high = rows.shown(row.high)
        parts.append(f"{'≤' if past_high else '<'}{figure(high)}")
    return " ".join(parts)


def item(kind: RateKind, word: str) -> str:
    """The word for what a row sets."""
    if kind is RateKind.COMPULSORY_BASE:
        return term(VehicleUse(word))
    if kind is RateKind.COMPULSORY_FLOAT:
        return term(ClaimRecord(word))
    if kind is RateKind.PRICING_RANGE:
        return t("Any fuel") if word == "any" else term(Fuel(word))
    if kind is RateKind.VEHICLE_TAX:
        return t("Passenger car")
    return f"{int(word):+d}" if kind is RateKind.NO_CLAIM else word


def _row(kind: RateKind, each: Dated) -> dict[str, str]:
    value = figure(each.value) + ("" if each.value_high is None else f" – {figure(each.value_high)}")
    return {
        t("For"): name(kind, each),
        t("Rate or amount"): each.item if kind in VALUELESS else value,
        t("Holds from"): f"{each.valid_from:%Y-%m-%d}",
        t("Holds until"): f"{each.valid_to:%Y-%m-%d}" if each.valid_to else NOTHING,
        t("Verified"): t("verified") if each.verified else t("unverified"),
        t("Source of the figure"): each.source,
    }


def _verified(actor: Actor, chosen: Dated, place: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(t("verified") if chosen.verified else t("unverified"), color="green" if chosen.verified else "orange")
        label = t("Not verified after all") if chosen.verified else t("I compared it with the source")
        if st.button(label, key=f"rate_verify-{place}", icon=":material/fact_check:"):
            with guarded():
                data.write(rows.verify, actor, chosen.id, chosen.version, not chosen.verified)
                pins.done(t("Saved."))


def _blank(kind: RateKind, place: str) -> NewRow:
    """What a new row is for."""
    chosen = st.selectbox(
        t("For"), ITEMS[kind], format_func=lambda word: item(kind, word), key=f"rate_item-{place}"
    )  # fmt: skip
    region: str | None = None
    if kind is RateKind.COMPULSORY_FLOAT:
        region = st.selectbox(t("Scheme"), SCHEMES, key=f"rate_scheme-{place}")
    elif kind in VALUELESS or kind is RateKind.VEHICLE_TAX:
        region = st.selectbox(
            t("Province"), data.read(provinces), index=None, accept_new_options=True, key=f"rate_region-{place}",
            placeholder=t("Choose or type a province"),
        )  # fmt: skip
    low, high = _bounds(kind, place) if kind in BOUNDED else (Decimal(), None)
    return NewRow(kind, chosen or ITEMS[kind][0], None, "", region=region, low=low, high=high)


def _bounds(kind: RateKind, place: str) -> tuple[Decimal, Decimal | None]:
    """Seats, tonnes or cc from here on and below there; litres above here and up to there, as the tax law counts."""
    above = kind is RateKind.VEHICLE_TAX
    names = (t("Over (litres)"), t("Up to (litres)")) if above else (t("From (included)"), t("To (not included)"))
    form = "%.1f" if above else "%g"
    with st.container(horizontal=True):
        low = st.number_input(names[0], 0.0, 1e6, 0.0, format=form, key=f"rate_low-{place}")
        high = st.number_input(names[1], 0.0, 1e6, None, format=form, key=f"rate_high-{place}")
    least, most = _exact(low) or Decimal(), _exact(high)
    if not above:
        return least, most
    return rows.just_above(least), None if most is None else rows.just_above(most)


def _new(actor: Actor, like: NewRow, replaces: Dated | None, place: str, today: date) -> None:
    """The figure, its first day and its source."""
    with st.form(f"rate-{place}", border=False):
        value, most = _figures(like.kind, place)
        since = st.date_input(t("Holds from"), today, format="YYYY-MM-DD", key=f"rate_since-{place}")
        source = st.text_input(
            t("Source of the figure"), key=f"rate_source-{place}", max_chars=300,
            placeholder=t("Which notice, of which day"),
        )  # fmt: skip
        verified = st.checkbox(t("I compared it with the source"), key=f"rate_checked-{place}")
        sent = st.form_submit_button(t("Add the row"), type="primary", key=f"rate_save-{place}")
    if sent:
        with guarded():
            typed = NewRow(
                like.kind, like.item, since, source or "", value, most, like.region, like.low, like.high, verified
            )
            seen = (replaces.id, replaces.version) if replaces else ()
            data.write(rows.add, actor, typed, *seen)
            pins.done(t("The row holds from {day} on. The one before ends the day before.", day=f"{since:%Y-%m-%d}"))


def _figures(kind: RateKind, place: str) -> tuple[Decimal | None, Decimal | None]:
    if kind in VALUELESS:
        return None, None
    step = 1.0 if kind in BOUNDED else 0.01
    with st.container(horizontal=True):
        value = st.number_input(t("Rate or amount"), -1.0, 1e6, None, step, key=f"rate_value-{place}")
        most = None
        if kind in RANGES:
            most = st.number_input(t("Upper end"), 0.0, 1e6, None, step, key=f"rate_most-{place}")
    return _exact(value), _exact(most)


def _close(actor: Actor, chosen: Dated, place: str, today: date) -> None:
    with st.popover(t("Close this row"), icon=":material/event_busy:", key=f"rate_close-{place}"):
        last = st.date_input(t("Last day"), today, format="YYYY-MM-DD", key=f"rate_last-{place}")
        if st.button(t("Close this row"), key=f"rate_close_save-{place}"):
            with guarded():
                data.write(rows.close, actor, chosen.id, chosen.version, last)
                pins.done(t("The row is closed."))


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))

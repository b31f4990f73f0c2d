"""The premium trial on the screen: the car, the covers, up to three plans side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from db.terms import ClaimRecord, Fuel, Plan, VehicleUse
from lib import formats
from lib.premiums.arithmetic import money, sentence
from lib.premiums.book import RateBook
from lib.premiums.trials import HIGHEST_BASE, UNTAXED, Car, Line, Trial, Wish, plain, tax_known, trial
from lib.premiums.wishes import BY_CC, BY_TONNES, COMMERCIAL, LIMITS, RECOMMENDED, WITHOUT_MEASURE
from lib.refusals import Refused
from lib.ui.language import spoken, t, term
from lib.ui.look import card

LEVELS = list(range(-4, 6))
USUAL_LEVEL = -1
USUAL = Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.FIRST_YEAR, Decimal("1.5"), Fuel.PETROL)
MOST_SEATS = 100
UNCHANGED = 1.0  # the pricing coefficient that leaves a premium as it is

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True)
class Coefficients:
    """The two factors of the commercial lines, and the limit of the third-party cover in 万元."""

    no_claim: Decimal
    pricing: Decimal
    third_party: int | None


def car_form(start: Car = USUAL, name: str = "trial") -> Car:
    """What the tables ask of the car, from what is known of it. `name` keeps this form apart from others."""
    with card(f"{name}-car", t("The car")):
        use, measure, record, fuel, litres = st.columns(5, vertical_alignment="bottom")
        chosen = _choice(use, t("Use"), start.use, f"{name}-use")
        size = _measure(measure, chosen, start, name)
        claims = _choice(record, t("Claims so far"), start.record, f"{name}-record")
        burning = _choice(fuel, t("Fuel"), start.fuel or Fuel.PETROL, f"{name}-fuel")
        taxed = tax_known(chosen, size) and burning not in UNTAXED
        return Car(chosen, size, claims, _litres(litres, start, name) if taxed else None, burning)


def _choice(place: st.delta_generator.DeltaGenerator, label: str, start: T, key: str) -> T:
    members = list(type(start))
    return place.selectbox(label, members, members.index(start), format_func=term, key=key) or start


def _measure(place: st.delta_generator.DeltaGenerator, use: VehicleUse, start: Car, name: str) -> Decimal:
    if use in WITHOUT_MEASURE:
        return Decimal()
    if use in BY_TONNES:
        return Decimal(str(place.number_input(t("Tonnes"), 0.0, 100.0, 1.5, 0.5, key=f"{name}-tonnes")))
    if use in BY_CC:
        return Decimal(place.number_input(t("Displacement (cc)"), 1, 3000, 125, 25, key=f"{name}-cc"))
    seats = int(start.measure) if 1 <= start.measure <= MOST_SEATS else int(USUAL.measure)
    return Decimal(place.number_input(t("Seats"), 1, MOST_SEATS, seats, key=f"{name}-seats"))


def _litres(place: st.delta_generator.DeltaGenerator, start: Car, name: str) -> Decimal:
    litres = float(min(max(start.litres or Decimal("1.5"), Decimal("0.5")), Decimal(8)))
    return Decimal(
        str(place.number_input(t("Displacement (L)"), 0.5, 8.0, litres, 0.1, format="%.1f", key=f"{name}-litres"))
    )


def covers_form(
    rates: RateBook, fuel: Fuel | None, no_claim: Decimal | None = None, name: str = "trial"
) -> tuple[Wish, ...]:
    """The insurer's base premium of each cover, which plan holds it, and the two coefficients."""
    allowed = rates.pricing_range(fuel)
    least, most = float(allowed.value), float(allowed.value_high or allowed.value)
    known = [each for each in LEVELS if rates.no_claim(each).value == no_claim]
    with card(f"{name}-covers", t("Commercial covers")):
        first, second, third = st.columns(3, vertical_alignment="bottom")
        level = first.select_slider(
            t("No-claim coefficient"), LEVELS, known[0] if known else USUAL_LEVEL, key=f"{name}-level",
            format_func=lambda each: f"{plain(rates.no_claim(each).value)} ({each:+d})",
        )  # fmt: skip
        pricing = second.number_input(
            t("Pricing coefficient ({least} to {most})", least=plain(allowed.value),
              most=plain(allowed.value_high or allowed.value)),
            least, most, min(max(least, UNCHANGED), most), 0.01, key=f"{name}-pricing",
        )  # fmt: skip
        limit = third.selectbox(
            t("Third-party limit"), LIMITS, index=None, key=f"{name}-limit", placeholder=t("not said"),
            format_func=lambda each: formats.cover_limit(each, spoken()),
        )  # fmt: skip
        table = st.data_editor(
            _covers(), hide_index=True, width="stretch", key=f"{name}-covers", disabled=["cover"], placeholder="—",
            column_config=_columns(),
        )  # fmt: skip
    factors = Coefficients(rates.no_claim(level).value, Decimal(str(pricing)), limit)
    return tuple(_wish(plan, table, factors) for plan in Plan)


def _covers() -> pd.DataFrame:
    rows = [
        {"cover": term(cover), "base": None, **{plan.value: cover in RECOMMENDED[plan] for plan in Plan}}
        for cover in COMMERCIAL
    ]
    return pd.DataFrame(rows).astype({"base": "Float64"})


def _columns() -> dict[str, Any]:
    return {
        "cover": st.column_config.TextColumn(t("Cover")),
        "base": st.column_config.NumberColumn(
            t("Base premium (yuan, from the insurer)"),
            min_value=0,
            max_value=float(HIGHEST_BASE),
            step=0.01,
            format="%.2f",
        ),
        **{plan.value: st.column_config.CheckboxColumn(term(plan)) for plan in Plan},
    }


def _wish(plan: Plan, table: pd.DataFrame, factors: Coefficients) -> Wish:
    ticked = [
        (cover, row["base"])
        for cover, (_, row) in zip(COMMERCIAL, table.iterrows(), strict=True)
        if row[plan.value]
    ]  # fmt: skip
    return Wish(
        plan,
        tuple((cover, Decimal(str(base))) for cover, base in ticked if not pd.isna(base)),
        factors.no_claim,
        factors.pricing,
        third_party=factors.third_party,
        missing=tuple(cover for cover, base in ticked if pd.isna(base)),
    )


def results(car: Car, wishes: Sequence[Wish], rates: RateBook, name: str = "trial") -> None:
    """The plans side by side, each line with its arithmetic; what rests on unverified rows says so."""
    for place, wish in zip(st.columns(len(wishes)), wishes, strict=True):
        with place, card(f"{name}-{wish.plan}"):
            try:
                _plan(trial(car, wish, rates))
            except Refused as refusal:
                st.warning(spoken().of(refusal), icon=":material/error:")
    st.caption(
        t("The insurer's underwriting decides. Figures marked “unverified” rest on rows nobody has verified yet.")
    )


def _plan(result: Trial) -> None:
    st.metric(named(result), f"¥ {money(result.total_amount)}")
    for line in result.lines:
        _line(line)
    _lacks(result)
    if not result.commercial:
        st.caption(t("Enter base premiums above to add the commercial covers."))


def lines(result: Trial) -> None:
    """The lines of a plan on one line each, with its arithmetic and sources."""
    for line in result.lines:
        _line(line, beside=True)
    _lacks(result)


def named(result: Trial) -> str:
    """The plan's name, with how many of its covers it lacks."""
    name = term(result.plan)
    return t("{plan} (left out: {count})", plan=name, count=len(result.missing)) if result.missing else name


def _lacks(result: Trial) -> None:
    left_out(result)
    if result.without_tax:
        st.info(
            t("Without vehicle tax: the table has passenger cars of up to 9 seats alone. Ask the tax office and add it "
              "by hand."),
            icon=":material/info:",
        )  # fmt: skip


def left_out(result: Trial) -> None:
    """Which covers a plan lacks, where it lacks any."""
    if result.missing:
        covers = spoken().listed(map(term, result.missing))
        st.warning(t("Left out for want of a base premium: {covers}", covers=covers), icon=":material/error:")


def _line(line: Line, beside: bool = False) -> None:
    mark = "" if line.verified else f" · :orange[{t('unverified')}]"
    between = " · " if beside else "  \n"
    st.markdown(f"**{term(line.cover)}**{mark}{between}{sentence(line)}", help=_sources(line))


def _sources(line: Line) -> str | None:
    return "  \n".join(rate.source for rate in line.rates) or None

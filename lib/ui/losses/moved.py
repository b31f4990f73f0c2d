"""Who and what moved the rate: the change shared out among groups, as bars to either side and as a table."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

import streamlit as st

from db.terms import LossDomain, RenewalType
from lib import data, formats, kpi
from lib.access import Actor
from lib.kpi import Better, Figure
from lib.losses.influence import Influence, Moved, Share
from lib.losses.movers import LAPSED, OPEN, By, loss_rate_moved, renewal_rate_moved
from lib.losses.picture import SMALL, Key
from lib.periods import Period
from lib.refusals import N_
from lib.sheets import Cell
from lib.ui import address
from lib.ui.language import current, spoken, t
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.moved_rows import OWN, opens
from lib.ui.losses.rows import open_rows
from lib.ui.losses.specs import Push
from lib.ui.losses.wanted import Wanted

RATES = ("loss_rate", "renewal_rate")
BEFORE, YEAR = "before", "year"
COMPARED = {BEFORE: N_("Previous period"), YEAR: N_("A year ago")}
GROUPS = {
    By.PERSON: N_("Person"), By.THING: N_("Model or insurer"), By.TYPE: N_("Renewal type"), By.CHANNEL: N_("Channel"),
    By.REASON: N_("Reason"),
}  # fmt: skip
SHOWN = 10  # bars; the rest stand together in one more
REST, TURN = "", "moved_table_turn"
ROW_HEIGHT = 32
WIDTHS = (112, 114, 114, 88, 74, 66, 66)


@dataclass(frozen=True)
class Asked:
    """Which rate, against when, between which groups."""

    slug: str
    against: str
    by: By


def draw(actor: Actor, wanted: Wanted) -> None:
    """The choice of rate, comparison and groups; the sum, the bars, the table."""
    with card("moved"):
        head = st.container()
        asked = _asked(wanted)
        spans = compared_days(wanted, asked)
        found = None if spans is None else shared_out(wanted, asked, *spans)
        with head:
            rows = [] if found is None else [_cells(wanted, asked, each) for each in found.parts]
            heading.draw(
                actor, wanted, "moved", t("Who and what moved the rate"), _named(asked), rows, _about(wanted, asked)
            )
        if spans is None or found is None:
            st.info(
                t("There is nothing to compare: one of the two periods has no decided case. Choose other periods."),
                icon=":material/compare_arrows:",
            )  # fmt: skip
            return
        st.markdown(_sentence(asked, found, *spans))
        with st.container(horizontal=True, gap="medium", key="moved_spans"):
            for name, span, share in zip(("now", "before"), spans, (found.now, found.before), strict=True):
                days = formats.period(span, spoken(), spans[0].first.year != spans[1].first.year)
                title = f"{t(kpi.find(asked.slug).label)} · {days}"
                st.button(
                    t("{days}: the rows of {count}", days=days, count=formats.number(share.cases, spoken())),
                    key=f"moved_{name}", type="tertiary", icon=":material/list:", on_click=open_rows,
                    args=(replace(opens(asked.slug, asked.by, span), title=title),),
                )  # fmt: skip
        pushes = _pushes(wanted, asked, found)
        left, right = st.columns([3, 5], gap="medium")
        with left:
            picking.chart(
                specs.influence(pushes, current()), "moved", lambda mark: _pick(wanted, asked, mark["code"]),
                t("What each group brought about."),
            )  # fmt: skip
        with right:
            _table(wanted, asked, found, spans)


def _asked(wanted: Wanted) -> Asked:
    renewals = LossDomain.RENEWAL in wanted.filters.followed
    rates = RATES if renewals else RATES[:1]
    pointless = {By.TYPE} if not renewals else set()
    if wanted.cases.owner_id is not None:
        pointless.add(By.PERSON)  # one's own cases are nobody else's
    groups = [by for by in By if by not in pointless]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        slug = st.segmented_control(
            t("Rate"), rates, format_func=lambda each: t(kpi.find(each).label), required=True,
            key=address.one("rate", rates, rates[0]),
        )  # fmt: skip
        against = st.segmented_control(
            t("Compared with"), list(COMPARED), format_func=lambda each: t(COMPARED[each]), required=True,
            key=address.one("against", list(COMPARED), BEFORE),
        )  # fmt: skip
        by = st.segmented_control(
            t("Shared out by"), groups, format_func=lambda each: t(GROUPS[each]), required=True,
            key=address.one("by", [each.value for each in groups], groups[0].value), wrap=True,
        )  # fmt: skip
    address.keep(
        rate=None if slug == rates[0] else slug, against=None if against == BEFORE else against,
        by=None if by == groups[0] else by,
    )  # fmt: skip
    return Asked(slug or rates[0], against or BEFORE, By(by or groups[0]))


def compared_days(wanted: Wanted, asked: Asked) -> tuple[Period, Period] | None:
    spans = wanted.spans if asked.slug == "loss_rate" else wanted.windows
    return None if spans is None else (spans[0], spans[1 if asked.against == BEFORE else 2])


def _about(wanted: Wanted, asked: Asked) -> str:
    """Which rate of which days, against which other ones, shared out by what."""
    spans = compared_days(wanted, asked)
    if spans is None:
        return heading.about(wanted)
    now, before = spans
    against = f"{t(COMPARED[asked.against])} {formats.period(before, spoken(), dated=True)}"
    also = (t(kpi.find(asked.slug).label), against, t(GROUPS[asked.by]))
    return heading.about(wanted, *OWN.get(asked.by, ()), days=now, also=also)


def shared_out(wanted: Wanted, asked: Asked, now: Period, before: Period) -> Moved | None:
    filters = wanted.without(*OWN.get(asked.by, ()))
    if asked.slug == "loss_rate":
        return data.read(loss_rate_moved, wanted.cases, now, before, filters, asked.by)
    return data.read(renewal_rate_moved, wanted.cases, now, before, filters, asked.by, wanted.today)


def _sentence(asked: Asked, found: Moved, now: Period, before: Period) -> str:
    """Loss rate 79.0% (549 / 695) in November, 80.3% before: ▼ 1.3 pt, shared out below."""
    words, years = spoken(), now.first.year != before.first.year
    return t(
        "{rate} {now} ({n_now}) {days_now}, {before} ({n_before}) {days_before}: **{change}**, shared out below.",
        rate=t(kpi.find(asked.slug).label), now=_rate(found.now), n_now=_fraction(found.now),
        days_now=formats.period(now, words, years), before=_rate(found.before), n_before=_fraction(found.before),
        days_before=formats.period(before, words, years), change=_points(found.change),
    )  # fmt: skip


def _pushes(wanted: Wanted, asked: Asked, found: Moved) -> tuple[Push, ...]:
    parts, rest = found.parts[:SHOWN], found.parts[SHOWN:]
    pushes = [
        _push(asked, _code(wanted, asked, each.group), _label(wanted, asked, each.group), each.total,
              f"{_rate(each.before)} → {_rate(each.now)}")
        for each in parts
    ]  # fmt: skip
    if rest:
        total = sum((each.total for each in rest), Fraction())
        pushes.append(_push(asked, REST, t("The other {count}", count=len(rest)), total, ""))
    return tuple(pushes)


def _push(asked: Asked, code: str, label: str, total: Fraction, told: str) -> Push:
    lower = kpi.find(asked.slug).better is Better.LOWER
    return Push(code, label, float(total * 100), _points(total), total < 0 if lower else total > 0, told)


def _table(wanted: Wanted, asked: Asked, found: Moved, spans: tuple[Period, Period]) -> None:
    rows = [_written(wanted, asked, each) for each in found.parts]
    lines = [dict(zip(_columns(asked), row, strict=True)) for row in rows]
    height = ROW_HEIGHT * min(SHOWN + 2, len(rows) + 1) + 4
    widths = {name: st.column_config.TextColumn(width=WIDTHS[place]) for place, name in enumerate(_columns(asked))}
    key = f"moved_table-{st.session_state.setdefault(TURN, 0)}"

    def pick() -> None:
        for row, column in st.session_state[key]["selection"]["cells"]:
            _open_cell(wanted, asked, found.parts[row].group, column, spans)

    st.dataframe(
        lines, hide_index=True, height=height, row_height=ROW_HEIGHT, key=key, column_config=widths, on_select=pick,
        selection_mode="single-cell",
    )  # fmt: skip
    opening = t("Select a number of before or now for its rows.")
    told = t(
        "Own rate: what the change of the group's own rate brought about. Mix: what came of its having more or fewer "
        "of the cases. All contributions add up to the change."
    )
    st.caption(f"{opening} {told}")


def _open_cell(wanted: Wanted, asked: Asked, group: object, column: str, spans: tuple[Period, Period]) -> None:
    """Open what a number of the table counts: of one group, in one of the two periods."""
    _, before, now, *_ = _columns(asked)
    if column not in (before, now):
        return
    st.session_state[TURN] += 1
    label = f"{t(kpi.find(asked.slug).label)} · {_label(wanted, asked, group)} · {column}"
    open_rows(replace(opens(asked.slug, asked.by, spans[0] if column == now else spans[1], group), title=label))


def _columns(asked: Asked) -> list[str]:
    return [t(GROUPS[asked.by]), t("Before"), t("Now"), t("Contribution"), t("Own rate"), t("Mix"), t("Sample")]


def _written(wanted: Wanted, asked: Asked, each: Influence) -> list[str]:
    few = min(each.now.cases, each.before.cases)
    sample = (t("few: {count}", count=few) if few < SMALL else "") if few else t("one period")
    return [
        _label(wanted, asked, each.group), f"{_rate(each.before)} ({_fraction(each.before)})",
        f"{_rate(each.now)} ({_fraction(each.now)})", _points(each.total), _points(each.rate), _points(each.mix),
        sample,
    ]  # fmt: skip


def _named(asked: Asked) -> list[str]:
    """The columns of a sheet: numbers to reckon with, not written ones."""
    name, before, now, total, rate, mix, sample = _columns(asked)
    return [name, before, f"{before} (n)", now, f"{now} (n)", *(f"{each} (pt)" for each in (total, rate, mix)), sample]


def _cells(wanted: Wanted, asked: Asked, each: Influence) -> list[Cell]:
    moved = [round(float(part * 100), 4) for part in (each.total, each.rate, each.mix)]
    shares = [(kpi.ratio(share.hits, share.cases), share.cases) for share in (each.before, each.now)]
    name, *_, sample = _written(wanted, asked, each)
    return [name, *shares[0], *shares[1], *moved, sample]


def _rate(share: Share) -> str:
    return formats.percent(kpi.ratio(share.hits, share.cases))


def _fraction(share: Share) -> str:
    return formats.fraction(Figure(None, share.hits, share.cases), spoken())


def _points(change: Fraction) -> str:
    """+1.3 pt, with a sign that is read aloud."""
    return f"{float(change * 100):+.2f} pt"


def _label(wanted: Wanted, asked: Asked, group: object) -> str:
    match asked.by:
        case By.PERSON:
            return wording.of_person(cast("Key", group), wanted.known)
        case By.CHANNEL:
            return wording.of_channel(cast("Key", group), wanted.known)
        case By.TYPE:
            return wording.of_type(cast("RenewalType | None", group))
        case By.REASON:
            named = {LAPSED: t("Lapsed"), OPEN: t("Open")}
            code = str(group)
            return named.get(code) or wording.of_code(code, wanted.reasons, wanted.both)
    domain, key = cast("tuple[LossDomain, Key]", group)
    return wording.of_thing(domain, key, wanted.known)


def _code(wanted: Wanted, asked: Asked, group: object) -> str:
    """What a click selects; blank for what cannot be selected."""
    known = wanted.known
    if asked.by is By.PERSON:
        return known.people[group].code if isinstance(group, int) and group in known.people else REST
    if asked.by is By.CHANNEL:
        return known.channels[group].code if isinstance(group, int) and group in known.channels else REST
    if asked.by is By.THING:
        domain, key = cast("tuple[LossDomain, Key]", group)
        return REST if key is None else f"{domain}:{key}"
    return REST if group is None or group in (LAPSED, OPEN) else str(group)


def _pick(wanted: Wanted, asked: Asked, code: str) -> None:
    selected = wanted.selected
    if code == REST:
        return
    if asked.by is By.PERSON:
        picking.several("person", selected.people, code)
    elif asked.by is By.CHANNEL:
        picking.channel(code)
    elif asked.by is By.TYPE:
        picking.several("type", selected.types, code)
    elif asked.by is By.REASON:
        picking.reason(wanted, code)
    else:
        domain, _, key = code.partition(":")
        lead = domain == LossDomain.LEAD
        name, chosen = ("model", selected.models) if lead else ("insurer", selected.insurers)
        picking.several(name, chosen, key)

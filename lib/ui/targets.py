"""The month form of targets: one line a channel or person, what holds without it, what is reached."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import streamlit as st

from db.terms import TargetSubject
from lib import data, formats, kpi, target_entries
from lib.access import Actor, Permission, Scope
from lib.kpi import Kind, Kpi
from lib.periods import Period, Unit, parse, whole
from lib.refusals import Conflict
from lib.target_entries import Cell, Entry
from lib.target_standing import METRICS, Standing, Standings
from lib.ui import address, areas, downloads
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t
from lib.ui.look import card
from lib.ui.today import today

BACK, AHEAD = 12, 3  # months that the form offers
SEEN, TURN, SAVED = "targets_seen", "targets_turn", "targets_saved"
WIDTHS = (3, 2, 2, 2, 2)


def filters(actor: Actor) -> tuple[Period, str, Scope]:
    """Which month, which figure, and whose; a person who sees the own line alone has nothing to choose of it."""
    months = [each.name for each in _months(today())]
    now = whole(Unit.MONTH, today()).name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = st.selectbox(
            t("Month"), months, format_func=lambda name: formats.period(parse(name), spoken()),
            key=address.one("month", months, now), width=160,
        )  # fmt: skip
        metric = st.selectbox(
            t("Figure"), METRICS, format_func=lambda slug: t(kpi.find(slug).label),
            key=address.one("metric", METRICS, METRICS[0]), width=220,
        )  # fmt: skip
        scope = actor.own_scope if actor.own_scope.owner_id is not None else areas.choose(actor)
    address.keep(month=None if month == now else month, metric=None if metric == METRICS[0] else metric)
    return parse(month), metric, scope


def form(actor: Actor, month: Period, metric: str, scope: Scope, found: Standings) -> None:
    """The lines: to type in for whom may set targets, to read for others. Blank takes a target back."""
    record, lines = kpi.find(metric), found.shown
    if found.hidden:
        st.info(
            t("{count} more lines lie below these. Choose a channel to see them.",
              count=formats.number(found.hidden, spoken())),
            icon=":material/filter_list:",
        )  # fmt: skip
    if not actor.may(Permission.TARGET_WRITE):
        _table(record, lines)
        return
    if st.session_state.get(SAVED):
        st.toast(t("Saved: {count} targets changed.", count=st.session_state.pop(SAVED)), icon=":material/check:")
    place = (month.name, metric, scope.path, st.session_state.get(TURN, 0))
    opened = _as_opened(place, lines)
    with card("targets"), st.form(f"targets-{place}", border=False, enter_to_submit=False):
        _headings(record)
        typed = {_subject(each): _row(record, each, place) for each in lines}
        sent = st.form_submit_button(t("Save targets"), type="primary", icon=":material/save:")
    if sent:
        with guarded():
            _save(actor, month, metric, typed, opened)


def take_away(actor: Actor, month: Period, metric: str, lines: tuple[Standing, ...]) -> None:
    """The button that downloads the table."""
    record, words = kpi.find(metric), spoken()
    title = f"{t(record.label)} {formats.period(month, words)}"
    downloads.offer(actor, t("Download"), title, _columns(), [tuple(_texts(record, each)) for each in lines])


def _as_opened(place: object, lines: tuple[Standing, ...]) -> dict[str, Cell]:
    """The targets as they stood when this form was opened: saving compares with these, not with what came since."""
    if st.session_state.get(SEEN, (None,))[0] != place:
        st.session_state[SEEN] = (place, {_subject(each): each.line.cells[0] for each in lines})
    opened: dict[str, Cell] = st.session_state[SEEN][1]
    return opened


def _save(
    actor: Actor, month: Period, metric: str, typed: Mapping[str, Decimal | None], opened: Mapping[str, Cell]
) -> None:
    """Store what differs from what was opened. After a conflict what stands now is what the next save is held to."""
    changed = tuple(
        Entry(TargetSubject(kind), int(key), metric, value, opened[subject].version)
        for subject, value in typed.items()
        if subject in opened and value != opened[subject].value
        for kind, key in [subject.split("-")]
    )
    if not changed:
        st.info(t("Nothing was changed."))
        return
    try:
        count = data.write(target_entries.set_targets, actor, month.name, changed)
    except Conflict:
        st.session_state.pop(SEEN)
        raise
    st.session_state[SAVED], st.session_state[TURN] = count, st.session_state.get(TURN, 0) + 1
    st.rerun()


def _headings(record: Kpi) -> None:
    name, own, *others = _columns()
    measure = "%" if record.kind is Kind.RATE else spoken().term(record.unit)
    for column, heading in zip(st.columns(WIDTHS), (name, f"{own} ({measure})", *others), strict=True):
        column.caption(heading)


def _row(record: Kpi, each: Standing, place: object) -> Decimal | None:
    """One subject's line; what is typed as its target, rates in per cent."""
    name, _own, *texts = _texts(record, each)
    columns = st.columns(WIDTHS, vertical_alignment="center")
    columns[0].text(name)
    scale = 100 if record.kind is Kind.RATE else 1
    own = each.line.cells[0].value
    typed = columns[1].number_input(
        t("Target of {name}", name=each.line.name), min_value=0.0, step=1.0, label_visibility="collapsed",
        value=None if own is None else float(own * scale), key=f"target-{place}-{_subject(each)}",
        format="%.1f" if record.kind is Kind.RATE else "%.0f",
    )  # fmt: skip
    for column, text in zip(columns[2:], texts, strict=True):
        column.text(text)
    if typed is None:
        return None
    return (Decimal(str(typed)) / scale).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _table(record: Kpi, lines: tuple[Standing, ...]) -> None:
    with card("targets"):
        if not lines:
            st.caption(t("There is no target for you in this month."))
            return
        rows = [_texts(record, each) for each in lines]
        st.table(
            {heading: [row[place] for row in rows] for place, heading in enumerate(_columns())}, hide_index=True
        )  # fmt: skip


def _columns() -> tuple[str, ...]:
    return (t("Channel or person"), t("Own target"), t("Target that holds"), t("So far"), t("Attainment"))


def _texts(record: Kpi, each: Standing) -> tuple[str, ...]:
    words, cell = spoken(), each.line.cells[0]
    icon = "" if each.line.kind is TargetSubject.CHANNEL else "· "
    return (
        "\u2003" * each.line.depth + icon + each.line.name,
        formats.target(record, cell.value, words),
        formats.target(record, cell.found, words),
        formats.value(record, each.figure.value, words),
        formats.percent(each.attainment),
    )


def _subject(each: Standing) -> str:
    return f"{each.line.kind}-{each.line.subject_id}"


def _months(day: date) -> list[Period]:
    """Later months first."""
    months = [whole(Unit.MONTH, day)]
    for _ in range(AHEAD):
        months.insert(0, whole(Unit.MONTH, months[0].last + timedelta(days=1)))
    for _ in range(BACK):
        months.append(whole(Unit.MONTH, months[-1].first - timedelta(days=1)))
    return months

"""Which node and which month; both in the address."""

from datetime import date

import streamlit as st

from lib import data, formats
from lib.access import Actor
from lib.forecasts import months, standing
from lib.forecasts.standing import Overview, Submitted
from lib.periods import Unit, parse, whole
from lib.ui import address
from lib.ui.language import spoken, t
from lib.ui.today import today

BACK, AHEAD = 12, 3  # months that are offered around the present one


def month() -> date:
    """The chosen month, as its first day; the next one to begin with."""
    names = [f"{each:%Y-%m}" for each in _months(months.month_of(today()))]
    following = f"{months.after(today()):%Y-%m}"
    chosen = st.selectbox(
        t("Month"), names, format_func=lambda name: formats.period(parse(name), spoken()), width=160,
        key=address.one("month", names, following),
    )  # fmt: skip
    address.keep(month=None if chosen == following else chosen)
    return parse(chosen).first


def node(actor: Actor, view: Overview) -> str | None:
    """The code of the chosen node; an agent's is the own one."""
    offered = {each.code: each for each in mine(actor, view)}
    if not offered:
        return None
    codes = list(offered)
    first = next((code for code, each in offered.items() if each.owes), codes[0])
    if len(codes) == 1:
        return codes[0]
    chosen = st.selectbox(
        t("Channel"), codes, format_func=lambda code: _called(offered[code], view), width=340,
        key=address.one("node", codes, first),
    )  # fmt: skip
    address.keep(node=chosen)
    return chosen


def mine(actor: Actor, view: Overview) -> tuple[Submitted, ...]:
    """The nodes that this person may speak for or look at."""
    return tuple(each for each in view.nodes if not actor.own_node_only or each.id == actor.channel_id)


def overview_of(actor: Actor, on: date) -> Overview:
    """Where a month's forecasts stand in the actor's area."""
    return data.read(standing.overview, actor.scope, on, today())


def _called(each: Submitted, view: Overview) -> str:
    least = min(one.depth for one in view.nodes)
    return "\u2003" * (each.depth - least) + each.name  # where it stands is not said here: a label must not change


def _months(now: date) -> list[date]:
    """Later months first."""
    found = [now]
    for _ in range(AHEAD):
        found.insert(0, months.after(found[0]))
    for _ in range(BACK):
        found.append(whole(Unit.MONTH, months.before(found[-1])).first)
    return found

"""What a person wants to see of the network: a period, kinds, chains, market tiers, territories; the tree's order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from db.terms import Chain, ChannelKind, MarketTier
from lib import data, kpi
from lib.access import Actor
from lib.channels.arranging import Narrowing, Order
from lib.channels.overview import Network, overview
from lib.channels.territories import districts
from lib.channels.unfolding import Unfolding
from lib.refusals import N_
from lib.ui import address, periods
from lib.ui.channels import ways
from lib.ui.channels.columns import FIGURES
from lib.ui.language import t, term
from lib.ui.periods import ChosenPeriod
from lib.ui.today import today

Member = TypeVar("Member", bound=StrEnum)

BY_CODE = "code"
UP, DOWN = "up", "down"
DIRECTIONS = {DOWN: N_("Highest first"), UP: N_("Lowest first")}
TREE, FLAT = "tree", "flat"
LAYOUTS = {TREE: N_("As a tree"), FLAT: N_("As a ranking")}
ROLLED, OWN = "rolled", "own"
REACHES = {ROLLED: N_("With all below"), OWN: N_("Own alone")}
SEARCH = "channel_search"
TABLE, PICTURES, COMPARE = "table", "pictures", "compare"
PARTS = {TABLE: N_("Channel table"), PICTURES: N_("Pictures"), COMPARE: N_("Side by side")}


@dataclass(frozen=True)
class Wish:
    """How the tree is wanted."""

    narrowing: Narrowing
    order: Order
    unfolding: Unfolding


def when(actor: Actor) -> ChosenPeriod:
    """The period, and beside it the ways to other pages of the network."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="channel_head"):
        chosen = periods.choose()
        ways.draw(actor)
    return chosen


def part() -> str:
    """Which part of the network's page is wanted: the table, the pictures, or channels side by side."""
    chosen = _one(t("Part of the page"), "part", PARTS, hidden=True)
    address.keep(part=None if chosen == TABLE else chosen)
    return chosen


def network(actor: Actor, chosen: ChosenPeriod) -> Network:
    """The network of a person's area in a period."""
    return data.read(overview, actor.scope, chosen.period(today()), today())


def narrowing(view: Network) -> Narrowing:
    """The filters by kind, chain, market tier and territory, and the search, which is kept out of the address."""
    nodes = [each.node for each in view.standings]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="channel_filters"):
        text = st.text_input(
            t("Search"), key=SEARCH, placeholder=t("Name or code"), icon=":material/search:", type="search", width=190
        )
        kinds = _members(t("Kinds"), "kind", ChannelKind, {each.kind for each in nodes})
        chains = _members(t("Chains"), "chain", Chain, {each.chain for each in nodes})
        tiers = _members(t("Market tiers"), "tier", MarketTier, {each.market_tier for each in nodes})
        known = sorted({district for each in nodes for district in districts(each.territory)})
        territories = _several(t("Territories"), "territory", known)
        closed = False
        if not all(each.active for each in nodes):
            closed = st.toggle(
                t("Closed nodes too"), key=address.flag("closed"),
                help=t("Closed nodes that did something in the period or the one before are always shown."),
            )  # fmt: skip
            address.keep(closed="1" if closed else None)
    return Narrowing(tuple(kinds), tuple(chains), tuple(tiers), tuple(territories), closed, (text or "").strip())


def order() -> Order:
    """How the lines are sorted, laid out, and whether they hold what lies below."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="channel_order"):
        layout = _one(t("Layout"), "layout", LAYOUTS)
        reach = _one(t("Figures of a node"), "reach", REACHES)
        slugs = [BY_CODE, *FIGURES]
        slug = st.selectbox(
            t("Sorted by"), slugs, format_func=lambda each: t("Code") if each == BY_CODE else t(kpi.find(each).label),
            key=address.one("sort", slugs, BY_CODE), width=170,
        )  # fmt: skip
        direction = DOWN if slug == BY_CODE else _one(t("Order"), "order", DIRECTIONS)
    address.keep(
        layout=None if layout == TREE else layout, reach=None if reach == ROLLED else reach,
        sort=None if slug == BY_CODE else slug, order=None if direction == DOWN else direction,
    )  # fmt: skip
    return Order(None if slug == BY_CODE else slug, direction == UP, layout == FLAT, reach == ROLLED)


def _one(label: str, name: str, choices: dict[str, str], hidden: bool = False) -> str:
    default = next(iter(choices))
    return (
        st.segmented_control(
            label, list(choices), format_func=lambda each: t(choices[each]), required=True,
            key=address.one(name, list(choices), default), label_visibility="collapsed" if hidden else "visible",
        )
        or default
    )  # fmt: skip


def _members(label: str, name: str, members: type[Member], found: Iterable[Any]) -> list[Member]:
    """A choice among those members of a vocabulary that there are."""
    there = set(found)
    return [members(each) for each in _several(label, name, [each for each in members if each in there], term)]


def _several(label: str, name: str, known: Sequence[Any], written: Any = str) -> list[Any]:
    chosen = st.multiselect(
        label, known, format_func=written, key=address.several(name, known), placeholder=t("All"), width=138,
        select_all=False,
    )  # fmt: skip
    address.keep(**{name: [str(each) for each in chosen]})
    return chosen

"""The choices of the loss analysis: whose, what, when. They stand in the address."""

from collections.abc import Callable, Iterable
from enum import StrEnum

import streamlit as st

from db.terms import Controllable, LossDomain, RenewalType
from lib import data
from lib.access import Actor, Permission, Scope
from lib.losses.choices import LossChoices, choices
from lib.losses.filters import BOTH, LossFilters
from lib.losses.picture import Grain, Picture, picture
from lib.losses.reasons import Reason, reasons
from lib.periods import Period, Unit, parse
from lib.refusals import Invalid
from lib.ui import address, periods
from lib.ui.language import t, term
from lib.ui.losses import wording
from lib.ui.losses.wanted import Selected, Wanted, gap_of
from lib.ui.today import today

ALL = ""
READS = {LossDomain.LEAD: Permission.LEAD_READ, LossDomain.RENEWAL: Permission.RENEWAL_READ}
LONGEST = 100  # characters of a name in the address


def choose(actor: Actor) -> Wanted:
    """Draw the filters; what they and the selected marks say."""
    known, words = data.read(choices, actor.scope), data.read(reasons)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        domains = _domains(actor)
        when = periods.choose(changed=_whole_period)
        channel = _channel(actor, known)
        path = next((each.path for each in known.channels.values() if each.code == channel), actor.path)
        cases = Scope(path, actor.own_scope.owner_id)
        chosen = when.period(today())
        period = _month() or chosen
        with st.popover(t("More filters"), icon=":material/filter_list:", key="loss_filters"):
            selected = _selected(actor, known, words, cases, domains, period)
    return Wanted(cases, channel, domains, chosen, period, selected, known, words, today())


def _domains(actor: Actor) -> tuple[LossDomain, ...]:
    """Leads, renewals or both; of people who see their own cases alone, what these can be."""
    if actor.own_scope.owner_id is not None:
        return tuple(domain for domain in BOTH if actor.may(READS[domain]))
    names = {ALL: t("Both"), **{each.value: term(each) for each in BOTH}}
    chosen = st.segmented_control(
        t("Losses of"), list(names), format_func=names.__getitem__, required=True,
        key=address.one("of", list(names), ALL),
    )  # fmt: skip
    address.keep(of=chosen or None)
    return (LossDomain(chosen),) if chosen else BOTH


def _channel(actor: Actor, known: LossChoices) -> str | None:
    by_code = {each.code: each for each in known.channels.values()}
    codes = list(by_code) if actor.path is not None else [ALL, *by_code]
    top = codes[0] if codes else ALL

    def name(code: str) -> str:
        return "\u2003" * by_code[code].depth + by_code[code].name if code in by_code else t("Whole group")

    code = st.selectbox(
        t("Channel and below"), codes, format_func=name, key=address.one("channel", codes, top), width=170
    )  # fmt: skip
    address.keep(channel=None if code == top else code)
    return None if code == top else code


def _whole_period() -> None:
    """In a callback: whoever chooses a period means that, and no month selected before."""
    address.choose("month", None)


def _month() -> Period | None:
    """The month that was selected in a chart."""
    try:
        found = parse(st.query_params.get("month", ""))
    except Invalid:
        return None
    return found if found.unit is Unit.MONTH and address.near(found.first) else None


def _selected(
    actor: Actor, known: LossChoices, words: tuple[Reason, ...], cases: Scope, domains: tuple[LossDomain, ...],
    period: Period,
) -> Selected:  # fmt: skip
    leads, renewals = LossDomain.LEAD in domains, LossDomain.RENEWAL in domains
    mine = tuple(each for each in words if each.domain in domains)
    levels = {code: label for each in mine for code, label in wording.both_levels(each, len(domains) > 1).items()}
    models = {str(key): name for key, name in known.models.items()} if leads else {}
    return Selected(
        people=_people(known, cases, domains, period) if actor.own_scope.owner_id is None else (),
        reasons=_several(t("Reasons"), "reason", levels, levels.__getitem__),
        controllable=_members(t("Controllable"), "controllable", Controllable),
        models=_several(t("Models"), "model", models, models.__getitem__) if leads else (),
        insurers=_insurers(cases, period) if renewals else (),
        types=_members(t("Renewal types"), "type", RenewalType) if renewals else (),
        competitors=tuple(each[:LONGEST] for each in st.query_params.get_all("competitor")),
        gap=_gap(domains),
    )  # fmt: skip


def _people(known: LossChoices, cases: Scope, domains: tuple[LossDomain, ...], period: Period) -> tuple[str, ...]:
    """Those at home here, and whoever else the address names who has cases here."""
    by_code = {each.code: each for each in known.people.values()}
    named = {code for code in st.query_params.get_all("person") if code in by_code and not by_code[code].offered}
    if named:
        named &= _working_here(known, data.read(picture, cases, period, LossFilters(domains)))
    offered = [code for code, each in by_code.items() if each.offered or code in named]
    return _several(t("People"), "person", offered, lambda code: wording.person(by_code[code]))


def _working_here(known: LossChoices, found: Picture) -> set[str]:
    keys = found.by_key(Grain.PERSON)
    return {known.people[key].code for key in keys if isinstance(key, int) and key in known.people}


def _insurers(cases: Scope, period: Period) -> tuple[str, ...]:
    """Those that occur in the period, and what the address names."""
    found = data.read(picture, cases, period, LossFilters((LossDomain.RENEWAL,)))
    occurring = {str(key) for key in found.by_key(Grain.THING) if key is not None}
    named = [each[:LONGEST] for each in st.query_params.get_all("insurer")]
    return _several(t("Insurers"), "insurer", sorted({*occurring, *named}), str)


def _gap(domains: tuple[LossDomain, ...]) -> str | None:
    code = st.query_params.get("gap")
    gap = gap_of(code)
    return code if gap is not None and gap.domain in domains else None


def _members(label: str, name: str, terms: type[StrEnum]) -> tuple[str, ...]:
    return _several(label, name, [each.value for each in terms], lambda value: term(terms(value)))


def _several(label: str, name: str, codes: Iterable[str], says: Callable[[str], str]) -> tuple[str, ...]:
    chosen = st.multiselect(
        label, list(codes), format_func=says, key=address.several(name, codes), placeholder=t("All"), width=320,
        select_all=False,
    )  # fmt: skip
    address.keep(**{name: chosen})
    return tuple(chosen)

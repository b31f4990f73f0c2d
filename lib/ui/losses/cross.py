"""Reasons against whose, what and where they were: heat maps with counts; a cell selects both.

A cell of those that have none, or of the rest, stands for no one thing that could be selected: it opens its rows.
"""

from collections.abc import Callable
from functools import partial

from db.terms import LossDomain
from lib import data
from lib.access import Actor
from lib.losses.picture import Grain, Key, picture
from lib.ui import address
from lib.ui.board.panels import beside
from lib.ui.language import current, t
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.causes import opened_group
from lib.ui.losses.crossed import NONE, REST, Crossed
from lib.ui.losses.rows import open_rows
from lib.ui.losses.wanted import Wanted

Panel = Callable[[Actor, Wanted], None]


def draw(actor: Actor, wanted: Wanted) -> None:
    """By person (of one's own cases there is but one), by channel, by model, by insurer."""
    whose: list[Panel] = [_people, _channels] if wanted.cases.owner_id is None else [_channels]
    shown: list[Panel] = [*whose, *(partial(_things, domain) for domain in wanted.domains)]
    for first in range(0, len(shown), 2):
        pair = shown[first : first + 2]
        for panel, place in zip(pair, beside(*(1 for _ in pair), row=f"even-cross{first}-"), strict=True):
            with place:
                panel(actor, wanted)


def _people(actor: Actor, wanted: Wanted) -> None:
    """Reason × specialist or consultant."""
    chosen = wanted.selected.people

    def pick(column: str, reason: str) -> None:
        picking.pair(wanted, "person", chosen, column, reason)

    _draw(actor, wanted, t("By person"), by_person(wanted), chosen, pick)


def _things(domain: LossDomain, actor: Actor, wanted: Wanted) -> None:
    """Reason × model of leads, or × insurer of renewals."""
    lead = domain is LossDomain.LEAD
    name, chosen = ("model", wanted.selected.models) if lead else ("insurer", wanted.selected.insurers)

    def pick(column: str, reason: str) -> None:
        picking.pair(wanted, name, chosen, column, reason)

    _draw(actor, wanted, t("By model") if lead else t("By insurer"), by_thing(wanted, domain), chosen, pick)


def _channels(actor: Actor, wanted: Wanted) -> None:
    """Reason × channel."""

    def pick(column: str, reason: str) -> None:
        picking.channel(column)
        address.choose("reason", [reason])

    chosen = () if wanted.channel is None else (wanted.channel,)
    _draw(actor, wanted, t("By channel"), by_channel(wanted), chosen, pick)


def by_person(wanted: Wanted) -> Crossed:
    """The losses by whose they were."""
    known = wanted.known.people

    def code(key: Key) -> str:
        return known[key].code if isinstance(key, int) and key in known else NONE

    dropped = ("people", "reasons")
    return _crossed(wanted, Grain.PERSON, None, dropped, code, lambda key: wording.of_person(key, wanted.known))


def by_thing(wanted: Wanted, domain: LossDomain) -> Crossed:
    """The losses by model, or by insurer."""

    def code(key: Key) -> str:
        return NONE if key is None else str(key)

    dropped = ("models" if domain is LossDomain.LEAD else "insurers", "reasons")
    return _crossed(
        wanted, Grain.THING, domain, dropped, code, lambda key: wording.of_thing(domain, key, wanted.known)
    )  # fmt: skip


def by_channel(wanted: Wanted) -> Crossed:
    """The losses by where they were."""
    known = wanted.known.channels

    def code(key: Key) -> str:
        return known[key].code if isinstance(key, int) and key in known else NONE

    label = partial(wording.of_channel, known=wanted.known)
    return _crossed(wanted, Grain.CHANNEL, None, ("reasons",), code, label)


def _crossed(
    wanted: Wanted, grain: Grain, domain: LossDomain | None, dropped: tuple[str, ...], code: Callable[[Key], str],
    label: Callable[[Key], str],
) -> Crossed:  # fmt: skip
    view = data.read(picture, wanted.cases, wanted.gone, wanted.without(*dropped))
    opened = opened_group(wanted)
    rows = tuple(
        row for row in view.of(grain, domain)
        if row.reason is not None and row.lost and (opened is None or row.reason.group_code == opened)
    )  # fmt: skip
    return Crossed(wanted, grain, domain, rows, opened is not None, dropped, code, label)


def _draw(
    actor: Actor, wanted: Wanted, name: str, found: Crossed, chosen: tuple[str, ...], pick: Callable[[str, str], None]
) -> None:
    place = f"cross-{found.grain}{f'-{found.domain}' if found.domain else ''}"
    with card(place):
        heading.draw(actor, wanted, place, name, [t("Reason"), name, t("Losses")], found.sheet())
        cells = found.cells(chosen)
        if not cells:
            heading.nothing()
            return

        def picked(mark: picking.Mark) -> None:
            if mark["column"] in (NONE, REST):
                open_rows(found.opens(mark["row"], mark["column"]))
            else:
                pick(mark["column"], mark["row"])

        picking.chart(specs.heat(cells, current()), place, picked, name)

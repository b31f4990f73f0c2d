"""Reasons against whose, what and where they were: heat maps with counts; a cell selects both."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from db.terms import LossDomain
from lib import data
from lib.access import Actor
from lib.losses.picture import Counted, Grain, Picture, picture
from lib.ui import address
from lib.ui.board.panels import beside
from lib.ui.language import current, t
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.causes import opened_group
from lib.ui.losses.specs import Cell
from lib.ui.losses.wanted import Wanted

COLUMNS = 16  # the rest stand together in one more
REST = ""

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
    known, chosen = wanted.known.people, wanted.selected.people

    def code(row: Counted) -> str:
        return known[row.key].code if isinstance(row.key, int) and row.key in known else REST

    def pick(column: str, reason: str) -> None:
        picking.pair(wanted, "person", chosen, column, reason)

    view = data.read(picture, wanted.cases, wanted.gone, wanted.without("people", "reasons"))
    _draw(actor, wanted, t("By person"), view, Grain.PERSON, code,
          lambda row: wording.of_person(row.key, wanted.known), chosen, pick)  # fmt: skip


def _things(domain: LossDomain, actor: Actor, wanted: Wanted) -> None:
    """Reason × model of leads, or × insurer of renewals."""
    lead = domain is LossDomain.LEAD
    name, chosen = ("model", wanted.selected.models) if lead else ("insurer", wanted.selected.insurers)

    def code(row: Counted) -> str:
        return REST if row.key is None else str(row.key)

    def pick(column: str, reason: str) -> None:
        picking.pair(wanted, name, chosen, column, reason)

    dropped = ("models" if lead else "insurers", "reasons")
    view = data.read(picture, wanted.cases, wanted.gone, wanted.without(*dropped))
    _draw(actor, wanted, t("By model") if lead else t("By insurer"), view, Grain.THING, code,
          lambda row: wording.of_thing(domain, row.key, wanted.known), chosen, pick, domain)  # fmt: skip


def _channels(actor: Actor, wanted: Wanted) -> None:
    """Reason × channel."""
    known = wanted.known.channels

    def code(row: Counted) -> str:
        return known[row.key].code if isinstance(row.key, int) and row.key in known else REST

    def pick(column: str, reason: str) -> None:
        picking.channel(column)
        address.choose("reason", [reason])

    view = data.read(picture, wanted.cases, wanted.gone, wanted.without("reasons"))
    chosen = () if wanted.channel is None else (wanted.channel,)
    _draw(actor, wanted, t("By channel"), view, Grain.CHANNEL, code,
          lambda row: wording.of_channel(row.key, wanted.known), chosen, pick)  # fmt: skip


def _draw(
    actor: Actor, wanted: Wanted, name: str, view: Picture, grain: Grain, code: Callable[[Counted], str],
    label: Callable[[Counted], str], chosen: tuple[str, ...], pick: Callable[[str, str], None],
    domain: LossDomain | None = None,
) -> None:  # fmt: skip
    place = f"cross-{grain}{f'-{domain}' if domain else ''}"
    opened = opened_group(wanted)
    rows = [
        row for row in view.of(grain, domain)
        if row.reason is not None and row.lost and (opened is None or row.reason.group_code == opened)
    ]  # fmt: skip
    cells = _cells(wanted, rows, code, label, chosen, opened is not None)
    with card(place):
        columns = [t("Reason"), name, t("Losses")]
        table = [(each.row_label, each.column_label, each.cases) for each in cells if each.cases]
        heading.draw(actor, wanted, place, name, columns, table)
        if not cells:
            heading.nothing()
            return

        def picked(mark: picking.Mark) -> None:
            if mark["column"] != REST:  # which stands for several, or for nobody: the reason alone can be asked for
                pick(mark["column"], mark["row"])
            else:
                address.choose("reason", [mark["row"]])

        picking.chart(specs.heat(cells, current()), place, picked, name)


def _cells(
    wanted: Wanted, rows: list[Counted], code: Callable[[Counted], str], label: Callable[[Counted], str],
    chosen: tuple[str, ...], second: bool,
) -> tuple[Cell, ...]:  # fmt: skip
    across: Counter[tuple[str, str]] = Counter()
    down: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        across[code(row), label(row)] += row.lost
    shown = {key for key, _ in across.most_common(COLUMNS)}
    for row in rows:
        column = (code(row), label(row))
        found[_row(wanted, row, second)[0], column[0] if column in shown else REST] += row.lost
        down[_row(wanted, row, second)] += row.lost
    columns = {key: name for (key, name), _ in across.most_common(COLUMNS) if key != REST}
    rest = {name for key, name in across if key == REST or (key, name) not in shown}
    if rest:
        columns[REST] = rest.pop() if len(rest) == 1 else t("The rest")
    whole = {key: sum(count for (_, column), count in found.items() if column == key) for key in columns}
    picked = wanted.selected.reasons
    return tuple(
        Cell(row, column, row_label, name, found[row, column], whole[column], column in chosen and row in picked)
        for (row, row_label), _ in down.most_common()
        for column, name in columns.items()
    )


def _row(wanted: Wanted, row: Counted, second: bool) -> tuple[str, str]:
    reason = row.reason
    if reason is None:
        raise ValueError("a won case has no reason")
    if second:
        return reason.code, wording.second(reason)
    return reason.group_code, wording.group(reason, wanted.both)

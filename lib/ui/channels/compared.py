"""The figures of several channels as a table: a line a figure, a column a channel, a bar in each cell."""

from html import escape

from lib import formats, kpi
from lib.channels.overview import Standing
from lib.kpi import Better, Figure, Kind, Kpi
from lib.ui.channels import columns, tiles
from lib.ui.language import spoken, t, term


def table(nodes: tuple[Standing, ...], first: float) -> str:
    """The markup; `first` is the width of the column of labels against that of a channel. Its head is only read aloud:
    the names that are seen stand above it."""
    width = 100 / (first + len(nodes))
    cols = f'<col style="width:{first * width:.3f}%">' + f'<col style="width:{width:.3f}%">' * len(nodes)
    names = "".join(f'<th scope="col">{escape(each.node.name)}</th>' for each in nodes)
    lines = [
        _line(t("Kind"), "", [escape(term(each.node.kind)) for each in nodes]),
        _line(t("Chain"), "", [escape(term(each.node.chain)) for each in nodes]),
        *(_figures(kpi.find(slug), nodes) for slug in columns.FIGURES),
    ]
    return (
        f'<table class="desk-compare"><colgroup>{cols}</colgroup><thead><tr><th></th>{names}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _figures(record: Kpi, nodes: tuple[Standing, ...]) -> str:
    pairs = [(each.figure(record.slug, rolled=True), each.before(record.slug, rolled=True)) for each in nodes]
    most = max(float(now.value or 0) for now, _ in pairs) if len(nodes) > 1 else 0.0
    cells = [_cell(record, now, before, most) for now, before in pairs]
    return _line(t(record.label), t(record.definition), cells)


def _line(label: str, told: str, cells: list[str]) -> str:
    title = f' title="{escape(told, quote=True)}"' if told else ""
    return f'<tr><th scope="row"{title}>{escape(label)}</th>{"".join(f"<td>{each}</td>" for each in cells)}</tr>'


def _cell(record: Kpi, now: Figure, before: Figure, most: float) -> str:
    """The figure, its fraction, its change on the period before, and its length against the line's longest, if any."""
    words = spoken()
    small = formats.measure(record, words) if now.value is not None else ""
    if record.kind is Kind.RATE and record.better is not Better.NEITHER:
        small = formats.fraction(now, words)
    change = ""
    if formats.difference(record, now.value, before.value) is not None:
        written = formats.change(record, now.value, before.value)
        change = f'<em class="{tiles.tone(record, now, before)}">{written}</em>'
    bar = ""
    if record.better is not Better.NEITHER and most > 0:
        bar = f'<i><b style="width:{max(0.0, float(now.value or 0)) / most * 100:.1f}%"></b></i>'
    value = escape(formats.value(record, now.value, words))
    return f"<span>{value}<small>{escape(small)}</small>{change}</span>{bar}"

"""How near forecasts came, by node, by kind of node and by model (C5): the figures of `kpi channels`, regrouped."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import forecasts as queries
from db.terms import ChannelKind, Subject
from lib import settings
from lib.access import Scope
from lib.channels.figures import depth_first
from lib.data import reads
from lib.forecasts import figures as forecast_figures
from lib.forecasts.figures import Accuracy
from lib.forecasts.months import deadlines
from lib.periods import Period


@dataclass(frozen=True)
class OfNode:
    """One node that ever submitted."""

    code: str
    name: str
    kind: ChannelKind
    path: str
    depth: int
    accuracy: Accuracy
    models: tuple[tuple[str, Accuracy], ...]


@dataclass(frozen=True)
class Report:
    """The nodes in the order of the tree; the sums of each kind, and of a kind's models."""

    months: tuple[date, ...]
    nodes: tuple[OfNode, ...]

    @property
    def kinds(self) -> tuple[tuple[ChannelKind, int, Accuracy], ...]:
        """Each kind of node: how many they are, and their errors together (never over kinds: one holds the other)."""
        return tuple(
            (kind, len(of), sum((each.accuracy for each in of), Accuracy()))
            for kind in ChannelKind
            if (of := [each for each in self.nodes if each.kind is kind])
        )

    def models(self, kind: ChannelKind) -> tuple[tuple[str, Accuracy], ...]:
        """Each model over the nodes of a kind."""
        found: dict[str, Accuracy] = defaultdict(Accuracy)
        for node in self.nodes:
            if node.kind is kind:
                for model, each in node.models:
                    found[model] += each
        return tuple(found.items())


@reads(Subject.FORECASTS, Subject.SALES, Subject.CHANNELS, Subject.SETTINGS)
def report(connection: Connection, scope: Scope, period: Period) -> Report:
    """The accuracy of a scope's forecasts over the months that lie whole in a period."""
    months, zone = forecast_figures.months_in(period), settings.load().zone
    due = deadlines(connection)
    models = {row.id: row.name for row in connection.execute(queries.models())}
    rows = {row.path: row for row in connection.execute(queries.every_node(scope.path))}
    records = forecast_figures.records(connection, scope, months)
    found = []
    for path in depth_first({path: row.code for path, row in rows.items()}):
        if path in records and records[path].months:
            row, record = rows[path], records[path]
            whole = forecast_figures.accuracy(record.submissions, record.delivered, record.months, zone, due)
            parts = forecast_figures.by_model(record.submissions, record.delivered, record.months, zone)
            named = tuple((name, parts[key]) for key, name in models.items() if key in parts)
            found.append(OfNode(row.code, row.name, row.kind, path, path.count(".") - 1, whole, named))
    return Report(months, tuple(found))

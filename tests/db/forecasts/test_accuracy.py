"""The accuracy of forecasts regrouped: by node, by kind of node, by model; the same as `kpi channels`."""

from datetime import date

from db.engine import Database
from db.terms import ChannelKind, LeadEventKind
from lib import data
from lib.access import Scope
from lib.forecasts.accuracy import report
from lib.forecasts.figures import Accuracy, accuracies
from lib.periods import Period
from tests.facts import Facts, facts

A7, E = "远途A7", "星河E"
AUTUMN = Period(date(2026, 9, 1), date(2026, 10, 31))


def filled() -> Facts:
    with facts() as f:
        f.forecast("S1-C1", "2026-09", A7, 3, "2026-08-20")
        f.forecast("S1-C1", "2026-10", E, 1, "2026-09-28")
        f.forecast("S1-C1-A1", "2026-09", A7, 2, "2026-08-20")
        f.forecast("S1-C1-A1", "2026-11", A7, 99, "2026-10-20")
        for channel, model, when in (
            ("S1-C1", A7, "2026-08-05"), ("S1-C1-A1", A7, "2026-09-05"), ("S1-C1-A1", E, "2026-10-31 23:59"),
            ("S1", A7, "2026-09-05"), ("S1-C1-A1", A7, "2026-11-01 00:00"),
        ):  # fmt: skip
            f.lead_event(f.lead("2026-01-05", channel=channel, model=model), LeadEventKind.DELIVERY, when)
    return f


def test_nodes_kinds_and_models_add_up_to_the_figures_of_the_command(store: Database) -> None:
    filled()
    found = data.read(report, Scope(), AUTUMN)
    assert [each.code for each in found.nodes] == ["S1-C1", "S1-C1-A1"]
    assert dict(data.fresh(accuracies, Scope(), AUTUMN)) == {each.path: each.accuracy for each in found.nodes}
    centre, agent = found.nodes
    assert centre.accuracy == Accuracy(
        absolute_error=2, error=2, naive_error=0 + 1 + 1, actual=2, punctual=1, months=2
    )  # fmt: skip
    assert (centre.accuracy.forecast, centre.accuracy.on_time) == (4, False)
    assert (agent.accuracy.absolute_error, agent.accuracy.punctual) == (1 + 0 + 1, 1)
    assert dict(centre.models) == {
        A7: Accuracy(absolute_error=2, error=2, naive_error=1, actual=1),
        E: Accuracy(absolute_error=0, error=0, naive_error=1, actual=1),
    }
    kinds = {kind: (count, each.absolute_error) for kind, count, each in found.kinds}
    assert kinds == {ChannelKind.DISTRIBUTION_CENTRE: (1, 2), ChannelKind.AREA_AGENT: (1, 2)}
    assert dict(found.models(ChannelKind.DISTRIBUTION_CENTRE)) == dict(centre.models)


def test_a_scope_holds_its_own_nodes_alone(store: Database) -> None:
    f = filled()
    agent = f.personas.agent
    assert [each.code for each in data.read(report, agent.scope, AUTUMN).nodes] == ["S1-C1-A1"]
    assert data.read(report, f.personas.other_manager.scope, AUTUMN).nodes == ()

"""What stands behind an alert about a node's figures: the rows it counts, of the node alone, masked, within reach."""

from datetime import date, timedelta

from db.engine import Database
from db.terms import AlertKind, LeadEventKind, LeadStatus
from lib import data
from lib.access import Scope
from lib.alerts.finding import Alert
from lib.alerts.reading import alerts
from lib.alerts.rows import LAST, Recorded, recorded
from lib.channels import scope_of
from tests.facts import at, facts

TODAY = date(2026, 11, 20)
E, K = LeadEventKind, AlertKind


def only(kind: AlertKind) -> Alert:
    (found,) = (each for each in data.fresh(alerts, Scope(), TODAY).open if each.kind is kind and each.code == "S1")
    return found


def behind(alert: Alert, scope: Scope | None = None) -> tuple[Recorded, ...]:
    return data.fresh(recorded, scope or Scope(), alert.kind, alert.channel_id, alert.on)


def test_behind_fallen_conversion_stand_the_leads_and_orders_of_the_node_that_it_counts(store: Database) -> None:
    with facts() as f:
        for step in range(40):
            f.lead(str(TODAY - timedelta(days=step % 30)), model="远途A7")
            before = f.lead(str(TODAY - timedelta(days=30 + step)))
            f.lead_event(before, E.ORDER, str(TODAY - timedelta(days=30 + step)))
            f.lead(str(TODAY), channel="S1-C1")
        ordered = f.lead(str(TODAY), status=LeadStatus.ORDERED)
        f.lead_event(ordered, E.TEST_DRIVE, str(TODAY))
        f.lead_event(ordered, E.ORDER, str(TODAY))
        f.lead_event(ordered, E.ORDER, str(TODAY), superseded_at=at(str(TODAY)))
    alert = only(K.CONVERSION)
    found = behind(alert)
    assert alert.rates
    assert [each.kind for each in found].count(E.FIRST_CONTACT) == alert.rates.leads == 41
    assert [each.kind for each in found].count(E.ORDER) == alert.rates.orders == 1
    assert len(found) == 42
    assert (found[0].kind, found[0].customer, found[0].status) == (E.ORDER, "张**", LeadStatus.ORDERED)
    assert found[-1].on == TODAY - timedelta(days=29)
    assert behind(alert, Scope(alert.path)) == found
    assert behind(alert, data.fresh(scope_of, "S2")) == ()


def test_behind_silence_stands_what_was_recorded_last(store: Database) -> None:
    with facts() as f:
        for step in range(LAST):
            f.lead(str(date(2026, 11, 10) - timedelta(days=step)))
        lead = f.lead("2026-11-11")
        f.lead_event(lead, E.TEST_DRIVE, "2026-11-12")
    found = behind(only(K.SILENT))
    assert [(each.on.day, each.kind) for each in found[:3]] == [
        (12, E.TEST_DRIVE), (11, E.FIRST_CONTACT), (10, E.FIRST_CONTACT),
    ]  # fmt: skip
    assert len(found) == LAST

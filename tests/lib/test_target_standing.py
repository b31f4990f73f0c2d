"""What stands in a month, subject by subject."""

from datetime import date
from decimal import Decimal

from db.engine import Database
from db.terms import LeadEventKind, TargetSubject
from lib import data
from lib.access import Scope
from lib.periods import parse
from lib.target_standing import Standing, standing
from tests.facts import facts
from tests.personas import people

TODAY = date(2026, 11, 20)


def stands(scope: Scope, month: str = "2026-11", metric: str = "deliveries") -> dict[str, Standing]:
    return {each.line.name: each for each in data.fresh(standing, scope, parse(month), metric, TODAY).shown}


def test_each_subject_stands_with_its_target_and_what_it_reached(store: Database) -> None:
    with facts() as f:
        f.target("S1", "deliveries", "2026-11", "10")
        f.target("consultant", "deliveries", "2026-11", "4")
        f.lead_event(f.lead("2026-11-01"), LeadEventKind.DELIVERY, "2026-11-05")
        f.lead_event(
            f.lead("2026-11-01", channel="S1-C1", by="branch_consultant"), LeadEventKind.DELIVERY, "2026-11-05"
        )
        f.lead_event(f.lead("2026-11-01", channel="S2", by="other_consultant"), LeadEventKind.DELIVERY, "2026-11-05")
    lines = stands(Scope("1."))
    assert (lines["东风店"].figure.value, lines["东风店"].attainment) == (2, Decimal("0.2"))
    assert (lines["北区中心"].figure.value, lines["北区中心"].attainment) == (1, None)
    assert (lines["顾一"].figure.value, lines["顾一"].attainment) == (1, Decimal("0.25"))
    assert "西城店" not in lines


def test_a_month_to_come_has_targets_and_no_figures(store: Database) -> None:
    with facts() as f:
        f.target("S1", "deliveries", "2026-12", "10")
    line = stands(Scope("1."), "2026-12")["东风店"]
    assert (line.line.cells[0].value, line.figure.value, line.attainment) == (10, None, None)


def test_a_consultant_reads_the_own_line_alone(store: Database) -> None:
    personas = people()
    lines = data.fresh(standing, personas.consultant.own_scope, parse("2026-11"), "deliveries", TODAY).shown
    assert [(each.line.kind, each.line.name) for each in lines] == [(TargetSubject.USER, "顾一")]

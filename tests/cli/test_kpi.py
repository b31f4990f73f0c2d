"""`kpi`: the contract's shapes, its exit codes, one line of error."""

import json
from typing import Any

import pytest

from db.engine import Database
from db.tables import LossReview
from db.terms import LeadEventKind, LeadSource, LossDomain, LossReviewState, RenewalStatus, RenewalType
from lib import kpi
from lib.cli import main
from tests.facts import at, facts

NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `kpi` with arguments: its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["lib", "kpi", *arguments])
        code = main()
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_board_has_every_metric_with_its_fraction_and_target(store: Database, ask: Any) -> None:
    with facts() as f:
        f.lead("2026-11-05")
        f.lead_event(f.lead("2026-10-05", LeadSource.CALL), LeadEventKind.DELIVERY, "2026-11-30 23:59")
        f.policy("2026-11-05", premium="1234.50")
        f.target("S1", "deliveries", "2026-11", "60")
        f.target("S1", "premium_amount", "2026-11", "2469")
    code, out, _ = ask("board", *NOVEMBER, "--channel", "S1", "--as-of", "2026-11-20 18:00")
    told = json.loads(out)
    assert code == 0
    assert (told["scope"], told["from"], told["to"], told["as_of"]) == (
        "S1", "2026-11-01", "2026-11-30", "2026-11-20 18:00",
    )  # fmt: skip
    assert set(told["metrics"]) == set(told["targets"]) == set(kpi.BOARD_SLUGS)
    metrics = told["metrics"]
    assert metrics["deliveries"] == {"value": 1}
    assert metrics["premium_amount"] == {"value": "1234.50"}
    assert metrics["capture_rate"] == {"value": 1.0, "numerator": 1, "denominator": 1}
    assert metrics["outdoor_close_rate"] == {"value": None, "numerator": 0, "denominator": 0}
    assert metrics["deliveries_per_consultant"] == {"value": 0.333333, "numerator": 1, "denominator": 3}
    assert told["targets"]["deliveries"] == {"target": 60, "attainment_rate": 0.016667, "pace_rate": 0.714286}
    assert told["targets"]["premium_amount"]["target"] == "2469.00"
    assert told["targets"]["calls"] == {"target": None, "attainment_rate": None, "pace_rate": 0.714286}


def test_renewals_losses_and_channels_have_the_contracts_shapes(store: Database, ask: Any) -> None:
    with facts() as f:
        f.renewal("2026-11-25")
        f.lead_event(f.lead("2026-11-05"), LeadEventKind.LOST, "2026-11-05")
        f.forecast("S2", "2026-11", "远途A7", 3, "2026-10-20")
    told = json.loads(ask("renewals", *NOVEMBER, "--as-of", "2026-11-20T18:00:00+08:00")[1])
    assert list(told) == [
        "scope", "from", "to", "as_of", "due", "renewed", "lost", "open", "lapsed", "void", "quoted", "renewal_rate",
        "commercial_renewal_rate", "quote_rate", "by_type", "went", "calls",
    ]  # fmt: skip
    assert told["scope"] == "*"
    assert told["by_type"]["repeat"] == {"due": 1, "renewed": 0}
    assert told["went"] == {"renewed": 0, "lost": {}, "lapsed": 0, "open_quoted": 0, "open_unquoted": 1}
    assert told["calls"]["call_compliance_rate"] == {"value": None, "numerator": 0, "denominator": 0}
    told = json.loads(ask("losses", *NOVEMBER)[1])
    assert told["leads"] == {"total": 1, "by_reason": [{"reason": "price_gap", "count": 1, "share": 1.0}]}
    assert told["renewals"] == {"total": 0, "by_reason": []}
    nodes = json.loads(ask("channels", *NOVEMBER)[1])["nodes"]
    assert [each["code"] for each in nodes] == ["S1", "S1-C1", "S1-C1-A1", "S2"]
    assert (nodes[2]["kind"], nodes[2]["chain"]) == ("area_agent", "franchise")
    assert nodes[0]["rolled_up"]["revenue"] == "0.00"
    assert [set(each) - {"code", "kind", "chain", "own", "rolled_up"} for each in nodes] == [
        set(), set(), set(), {"forecast"},
    ]  # fmt: skip
    assert nodes[3]["forecast"] == {
        "wape": {"value": None, "numerator": 3, "denominator": 0},
        "bias": {"value": None, "numerator": 3, "denominator": 0},
        "naive_wape": {"value": None, "numerator": 0, "denominator": 0},
        "forecast_value_added": None,
        "on_time": True,
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("board", *NOVEMBER, "--channel", "S9"), 1),
        (("board", "--from", "2026-11-31", "--to", "2026-11-30"), 2),
        (("board", "--from", "2026-11-30", "--to", "2026-11-01"), 2),
        (("board", "--from", "2026-11-30"), 2),
        (("renewals", *NOVEMBER, "--as-of", "tomorrow"), 2),
        (("board", *NOVEMBER, "--as-of", "0001-01-01 00:00"), 2),
        (("channels", "--from", "2026-11-01", "--to", "9999-12-31"), 2),
        (("profits", *NOVEMBER), 2),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    sqlite_store: Database, ask: Any, arguments: tuple[str, ...], code: int
) -> None:
    found, out, err = ask(*arguments)
    assert (found, out) == (code, "")
    assert err.strip()
    assert err.count("\n") == 1


def test_the_work_on_losses_is_told_as_the_pages_count_it(store: Database, ask: Any) -> None:
    with facts() as f:
        lost = f.lead_event(f.lead("2026-11-05"), LeadEventKind.LOST, "2026-11-05")
        unclear = f.lead_event(
            f.lead("2026-11-05"), LeadEventKind.LOST, "2026-11-06", loss_reason_id=f.reason(LossDomain.LEAD, "other")
        )
        f.lead_event(f.lead("2026-10-05"), LeadEventKind.LOST, "2026-10-31")  # before the period
        for event in (lost, unclear):
            f.put(LossReview, lead_event_id=event, state=LossReviewState.ACCEPTED, reviewed_at=at("2026-11-07"))
        f.renewal("2026-11-25", RenewalStatus.RENEWED, kind=RenewalType.WINBACK)
        f.renewal("2026-11-25", RenewalStatus.VOID, kind=RenewalType.WINBACK)
        again = f.lead("2026-01-05")
        f.lead_event(again, LeadEventKind.REOPENED, "2026-11-10")
    told = json.loads(ask("losses", *NOVEMBER)[1])
    assert told["clear_reason_rate"] == {"value": 0.5, "numerator": 1, "denominator": 2}
    assert told["winback_rate"] == {"value": 1.0, "numerator": 1, "denominator": 1}
    assert told["lead_winback_rate"] == {"value": 0.0, "numerator": 0, "denominator": 1}
    assert told["countermeasures_done_rate"] == {"value": None, "numerator": 0, "denominator": 0}
    told = json.loads(ask("losses", *NOVEMBER, "--channel", "S2")[1])
    assert told["clear_reason_rate"]["denominator"] == told["winback_rate"]["denominator"] == 0

"""kpi: every number on a screen is also one command (interchange.md, "Figures")."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from db.terms import LossDomain
from lib import clock, data, kpi, settings
from lib import targets as target_rule
from lib.access import Scope
from lib.board.figures import board
from lib.channels import figures as channel_figures
from lib.channels import scope_of
from lib.cli.figures import channel, figure, forecast, written
from lib.countermeasures.reading import completed
from lib.forecasts import figures as forecast_figures
from lib.kpi import Kind
from lib.loss_reviews.figures import reviewed
from lib.losses import figures as loss_figures
from lib.periods import Period
from lib.renewals import figures as renewal_figures
from lib.winbacks.figures import won_back

DATE = click.DateTime(formats=["%Y-%m-%d"])
EARLIEST, LATEST = 1900, 2199  # years that can be reckoned with


@dataclass(frozen=True)
class Question:
    """What was asked for: a channel's code or `*`, its scope, a period, and a moment."""

    code: str
    scope: Scope
    period: Period
    as_of: datetime

    @property
    def head(self) -> dict[str, Any]:
        return {
            "scope": self.code,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "as_of": self.as_of.strftime("%Y-%m-%d %H:%M"),
        }


@click.group("kpi")
def figures() -> None:
    """The figures of a period as JSON: board, renewals, losses, channels."""


def asked(answer: Callable[[Question], dict[str, Any]]) -> click.Command:
    """A command that takes scope, period and moment, and prints an answer's JSON."""

    @figures.command(answer.__name__.removesuffix("_figures"), help=answer.__doc__)
    @click.option("--from", "first", type=DATE, required=True, help="First business day, 2026-11-01.")
    @click.option("--to", "last", type=DATE, required=True, help="Last business day, included.")
    @click.option("--channel", "code", help="A channel's code: it and everything below it. Otherwise the whole group.")
    @click.option("--as-of", "as_of", help="The moment that decides what is late, '2026-11-23 18:00'. Otherwise now.")
    def run(first: datetime, last: datetime, code: str | None, as_of: str | None) -> None:
        if last < first:
            raise click.BadParameter("--from is after --to")
        if not EARLIEST <= first.year <= last.year <= LATEST:
            raise click.BadParameter(f"--from and --to lie in the years {EARLIEST} to {LATEST}")
        zone = settings.load().zone
        moment = _moment(as_of, zone) if as_of else clock.store_time(clock.now(), zone)
        scope = data.fresh(scope_of, code) if code else Scope()
        question = Question(code or "*", scope, Period(first.date(), last.date()), moment)
        print(json.dumps(answer(question), ensure_ascii=False, indent=2))

    return run


@asked
def board_figures(question: Question) -> dict[str, Any]:
    """Every number of the board, with its targets."""
    day = question.as_of.date()
    found = data.fresh(board, question.scope, question.period, as_of_day=day)
    planned = data.fresh(target_rule.targets, question.scope, question.period, day)
    progress = {slug: planned.progress(slug, each.value) for slug, each in found.figures.items()}
    return question.head | {
        "metrics": {slug: figure(slug, each) for slug, each in found.figures.items()},
        "targets": {
            slug: {
                "target": written(kpi.find(slug).kind, each.target),
                "attainment_rate": written(Kind.RATE, each.attainment),
                "pace_rate": written(Kind.RATE, each.pace),
            }
            for slug, each in progress.items()
        },
    }


@asked
def renewals_figures(question: Question) -> dict[str, Any]:
    """What became of the renewals that expire in the window, and the calls after a quote."""
    day = question.as_of.date()
    found = data.fresh(renewal_figures.renewals, question.scope, question.period, day)
    called = data.fresh(renewal_figures.calls, question.scope, question.period, day)
    whole = found.whole
    counts = ("due", "renewed", "lost", "open", "lapsed", "void", "quoted")
    rates = ("renewal_rate", "commercial_renewal_rate", "quote_rate")
    calls = ("quotes_sent", "calls_on_time", "calls_late", "calls_open")
    return (
        question.head
        | {name: getattr(whole, name) for name in counts}
        | {slug: figure(slug, whole.figure(slug)) for slug in rates}
        | {
            "by_type": {each: {"due": numbers.due, "renewed": numbers.renewed} for each, numbers in found.by_type},
            "went": {
                "renewed": whole.renewed,
                "lost": dict(found.lost_by_reason),
                "lapsed": whole.lapsed,
                "open_quoted": whole.open_quoted,
                "open_unquoted": whole.open_unquoted,
            },
            "calls": {name: getattr(called, name) for name in calls}
            | {"call_compliance_rate": figure("call_compliance_rate", called.figure("call_compliance_rate"))},
        }
    )


@asked
def losses_figures(question: Question) -> dict[str, Any]:
    """Losses of leads and of renewals by reason, and the work on them."""

    def of(domain: LossDomain) -> dict[str, Any]:
        found = data.fresh(loss_figures.losses, question.scope, question.period, domain)
        return {
            "total": found.total,
            "by_reason": [
                {"reason": each.reason, "count": each.count, "share": written(Kind.RATE, each.share.value)}
                for each in found.by_reason
            ],
        }

    told = data.fresh(reviewed, question.scope, question.period)
    won = data.fresh(won_back, question.scope, question.period)
    done = data.fresh(completed, question.scope.path, None, question.period)
    work: dict[str, Any] = {
        "clear_reason_rate": told, "winback_rate": won, "lead_winback_rate": won, "countermeasures_done_rate": done,
    }  # fmt: skip
    return {"leads": of(LossDomain.LEAD), "renewals": of(LossDomain.RENEWAL)} | {
        slug: figure(slug, found.figure(slug)) for slug, found in work.items()
    }


@asked
def channels_figures(question: Question) -> dict[str, Any]:
    """Each node of the network, its own figures and with everything below it, and its forecasts."""
    accuracy = dict(data.fresh(forecast_figures.accuracies, question.scope, question.period))
    nodes = []
    for node in data.fresh(channel_figures.network, question.scope, question.period):
        shown: dict[str, Any] = {"code": node.code, "kind": node.kind, "chain": node.chain}
        shown |= {"own": channel(node.own), "rolled_up": channel(node.rolled_up)}
        if node.path in accuracy:
            shown["forecast"] = forecast(accuracy[node.path])
        nodes.append(shown)
    return {"nodes": nodes}


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"--as-of: {text} is not a time such as '2026-11-23 18:00'") from None
    if not EARLIEST <= moment.year <= LATEST:
        raise click.BadParameter(f"--as-of lies in the years {EARLIEST} to {LATEST}")
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)

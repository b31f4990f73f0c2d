"""The insurance desk: the day's policies, what became of this month's expiries, and the calls that are late."""

from typing import Any

from db.terms import RenewalStatus
from lib import formats, kpi
from lib.board.figures import Board
from lib.kpi import Figure
from lib.refusals import N_
from lib.renewals.figures import RenewalNumbers
from lib.wall.tiles import plain
from lib.words import Words


def insurance(day: Board, month: RenewalNumbers, words: Words) -> dict[str, Any]:
    """The desk in short for the day's scene (`top`), and in full for its own."""
    rate = _rate("renewal_rate", N_("Renewal progress"), month, words)
    late = _late(day, words)
    policies = _count(day, "policies_issued", N_("Policies today"), words)
    return {
        "title": words.say(N_("Insurance and renewals")), "note": words.say(N_("due this month")),
        "top": [
            policies | {"unit": ""},
            {"key": "due", "label": words.say(N_("Due")), "value": plain(month.due), "unit": "", "fraction": ""},
            {"key": "renewed", "label": words.say(N_("Renewed")), "value": plain(month.renewed), "unit": "",
             "fraction": ""},
            rate | {"fraction": ""}, late | {"label": words.say(N_("Late calls")), "unit": ""},
        ],
        "day": {
            "title": words.say(N_("Today")), "note": "",
            "figures": [
                policies | {"fraction": words.say(N_("Premium {amount}"),
                                                  amount=formats.amount(day.figure("premium_amount").value, words))},
                _count(day, "renewals_renewed", N_("Renewed today"), words)
                | {"fraction": words.say(N_("Lost {count}"), count=plain(day.figure("renewal_losses").value))},
                late,
            ],
        },
        "month": {
            "title": words.say(N_("Renewals due this month")), "note": "",
            "figures": [
                rate, _rate("commercial_renewal_rate", N_("Commercial progress"), month, words),
                _rate("quote_rate", N_("Quoted so far"), month, words),
            ],
            "parts": [
                _part("renewed", words.say(N_("Renewed")), month.renewed),
                _part("open", words.say(N_("Being worked on")), month.open),
                _part("lost", words.term(RenewalStatus.LOST), month.lost),
                _part("lapsed", words.say(N_("Lapsed")), month.lapsed),
            ],
        },
    }  # fmt: skip


def rate_figure(slug: str, label: str, figure: Figure, words: Words) -> dict[str, Any]:
    """A rate in whole per cent with its fraction: 54 %, 96 / 178."""
    shown = formats.percent(figure.value, 0)
    return {
        "key": slug, "label": words.say(label), "value": shown.removesuffix("%"),
        "unit": "%" if shown.endswith("%") else "", "fraction": formats.fraction(figure, words),
    }  # fmt: skip


def _rate(slug: str, label: str, month: RenewalNumbers, words: Words) -> dict[str, Any]:
    return rate_figure(slug, label, month.figure(slug), words)


def _count(day: Board, slug: str, label: str, words: Words) -> dict[str, Any]:
    return {
        "key": slug, "label": words.say(label), "value": plain(day.figure(slug).value),
        "unit": words.term(kpi.find(slug).unit), "fraction": "",
    }  # fmt: skip


def _late(day: Board, words: Words) -> dict[str, Any]:
    late = day.numbers.calls_overdue
    return _count(day, "calls_overdue", N_("Three-day calls overdue"), words) | {"alarm": late > 0}


def _part(key: str, label: str, count: int) -> dict[str, Any]:
    return {"key": key, "label": label, "count": count, "value": plain(count)}

"""The team's race: consultants by deliveries of the month against their targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from lib.board.figures import PersonNumbers
from lib.refusals import N_
from lib.targets import Progress, Targets
from lib.wall.bars import bar, plain_bar
from lib.wall.tiles import short
from lib.words import Words

T = TypeVar("T")

METRIC = "deliveries"
COLUMN, PAGE = 10, 20


@dataclass(frozen=True)
class Runner:
    """One consultant: this month's deliveries against target, and today's."""

    person: PersonNumbers
    progress: Progress
    today: int

    @property
    def order(self) -> tuple[Decimal | int, int]:
        """What ranks by count alone."""
        return self.person.deliveries, self.person.orders


def team(
    month: Sequence[PersonNumbers], today: Sequence[PersonNumbers], targets: Mapping[int, Targets], words: Words
) -> dict[str, Any]:
    """The race's lines, in pages of columns."""
    runners, by_attainment = ranked(month, today, targets)
    lines = _lines(runners, by_attainment, words)
    pages = [_columns(page) for page in cut(lines, PAGE)]
    return {
        "title": words.say(N_("This month's race")),
        "note": words.say(N_("Deliveries / target by attainment; + is today"))
        if by_attainment
        else words.say(N_("Deliveries / target; + is today")),
        "pages": pages, "empty": words.say(N_("No consultants work in this channel yet.")),
    }  # fmt: skip


def ranked(
    month: Sequence[PersonNumbers], today: Sequence[PersonNumbers], targets: Mapping[int, Targets]
) -> tuple[list[Runner], bool]:
    """Everyone at work, the best first: by attainment where all have a target (and whether so), else by count."""
    delivered = {person.user_id: person.deliveries for person in today}
    runners = [
        Runner(person, _progress(person, targets.get(person.user_id)), delivered.get(person.user_id, 0))
        for person in month
        if person.active
    ]
    by_attainment = bool(runners) and all(runner.progress.attainment is not None for runner in runners)
    return sorted(runners, key=lambda runner: _standing(runner, by_attainment), reverse=True), by_attainment


def _progress(person: PersonNumbers, targets: Targets | None) -> Progress:
    count = person.figure(METRIC).value
    return Progress(METRIC, count, None, None, None) if targets is None else targets.progress(METRIC, count)


def _standing(runner: Runner, by_attainment: bool) -> tuple[Decimal | int, ...]:
    attainment = runner.progress.attainment if by_attainment else None
    return (attainment or Decimal(), *runner.order)


def _lines(runners: list[Runner], by_attainment: bool, words: Words) -> list[dict[str, Any]]:
    full = max((runner.progress.attainment or Decimal() for runner in runners), default=Decimal())
    most = max((runner.person.deliveries for runner in runners), default=0)
    standings = [_standing(runner, by_attainment) for runner in runners]
    return [
        {
            "key": runner.person.user_id, "rank": 1 + standings.index(standing), "name": runner.person.name,
            "value": str(runner.person.deliveries),
            "target": "" if runner.progress.target is None else short(runner.progress.target, words),
            "today": f"+{runner.today}" if runner.today > 0 else "",
            "bar": bar(runner.progress, words, max(full, Decimal(1))) or plain_bar(runner.person.deliveries, most),
        }
        for runner, standing in zip(runners, standings, strict=True)
    ]  # fmt: skip


def _columns(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """One column up to ten, else two of equal length."""
    return cut(lines, len(lines) if len(lines) <= COLUMN else -(-len(lines) // 2))


def cut(items: list[T], length: int) -> list[list[T]]:
    """The items in pieces of a length, the last one with what is left."""
    return [items[start : start + length] for start in range(0, len(items), max(1, length))]

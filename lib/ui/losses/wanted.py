"""What a person wants to see of the losses, as the address says it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from db.terms import Controllable, LossDomain, RenewalType
from lib.access import Scope
from lib.board.overview import compared, elapsed
from lib.losses.choices import LossChoices
from lib.losses.filters import Gap, LossFilters
from lib.losses.months import matured, year_before
from lib.losses.reasons import Reason, matching
from lib.periods import Period


@dataclass(frozen=True)
class Selected:
    """The choices by their codes in the address; nothing chosen leaves everything."""

    people: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    insurers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    controllable: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    gap: str | None = None


NOTHING = Selected()
AMOUNT = r"[0-9]{1,9}(?:\.[0-9]{1,2})?"  # yuan


@dataclass(frozen=True)
class Wanted:
    """Whose losses (`cases`: how far cases reach), of which domains and days, and what is selected of them.

    `chosen` is the period of the filters; `period` that of a selected month, where there is one.
    """

    cases: Scope
    channel: str | None
    domains: tuple[LossDomain, ...]
    chosen: Period
    period: Period
    selected: Selected
    known: LossChoices
    reasons: tuple[Reason, ...]
    today: date

    @property
    def month(self) -> bool:
        """Whether a month is selected."""
        return self.period != self.chosen

    @property
    def both(self) -> bool:
        return len(self.domains) > 1

    @property
    def narrowed(self) -> dict[str, str | None]:
        """The one channel, person, insurer or model that is selected, by its name in the address."""
        said = self.selected
        one = {"person": said.people, "insurer": said.insurers, "model": said.models}
        return {"channel": self.channel} | {name: codes[0] for name, codes in one.items() if len(codes) == 1}

    @property
    def filters(self) -> LossFilters:
        """Everything that is selected."""
        return self.without()

    def without(self, *names: str) -> LossFilters:
        """What is selected but for these: a chart that selects a thing shows the others of it too."""
        dropped: dict[str, Any] = {name: getattr(NOTHING, name) for name in names}
        kept = replace(self.selected, **dropped)
        codes = {each.code: each.id for each in self.known.people.values()}
        return LossFilters(
            self.domains, tuple(codes[each] for each in kept.people if each in codes),
            tuple(int(each) for each in kept.models), kept.insurers, tuple(map(RenewalType, kept.types)),
            matching(self.reasons, kept.reasons, tuple(map(Controllable, kept.controllable))), kept.competitors,
            gap_of(kept.gap),
        )  # fmt: skip

    @property
    def gone(self) -> Period:
        """The part of the period that has begun."""
        return elapsed(self.period, self.today)

    @property
    def before(self) -> Period:
        """As many days just before: of a running month, the same days of the month before."""
        return compared(self.period, self.today)

    @property
    def year_before(self) -> Period:
        """The same days a year earlier."""
        return year_before(self.gone)

    @property
    def spans(self) -> tuple[Period, Period, Period]:
        """Now, just before, a year ago: by the day of the event."""
        return self.gone, self.before, self.year_before

    @property
    def windows(self) -> tuple[Period, Period, Period] | None:
        """The same by due_on, of the days that are past: a rate is compared with rates; none where no day is."""
        ended = matured(self.period, self.today)
        if ended is None:
            return None
        return ended, compared(self.period, ended.last), year_before(ended)


def gap_code(gap: Gap) -> str:
    """How a step of price gaps is named in an address: renewal.200-300, lead.20000-."""
    return f"{gap.domain}.{gap.least:f}-{'' if gap.below is None else f'{gap.below:f}'}"


def gap_of(code: str | None) -> Gap | None:
    """The step of a name; none for what is no name of one."""
    domain, _, span = (code or "").partition(".")
    known = re.fullmatch(f"({AMOUNT})-({AMOUNT})?", span)
    if known is None or domain not in list(LossDomain):
        return None
    return Gap(LossDomain(domain), Decimal(known[1]), Decimal(known[2]) if known[2] else None)

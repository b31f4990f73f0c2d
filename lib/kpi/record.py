"""What a KPI is: one record that tile, chart, tooltip, command line and dictionary page all read."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from db.terms import KpiUnit, RollUp

Number = int | Decimal


class Kind(StrEnum):
    """How a value is written."""

    COUNT = auto()  # a whole number
    MONEY = auto()  # yuan, a Decimal with two places
    RATE = auto()  # a share, shown in per cent
    RATIO = auto()  # one thing per another, shown as a decimal


class Better(StrEnum):
    """Which way is good news."""

    HIGHER = auto()
    LOWER = auto()
    NEITHER = auto()


class Filter(StrEnum):
    """What a board figure can be narrowed by, beside channel and period."""

    CONSULTANT = auto()
    SOURCE = auto()
    MODEL = auto()


class Group(StrEnum):
    """Which set of figures a KPI is asked with: the commands of `kpi`."""

    BOARD = auto()
    RENEWALS = auto()
    LOSSES = auto()
    CHANNELS = auto()


EVERY = frozenset(Filter)
PERSON = frozenset({Filter.CONSULTANT})


@dataclass(frozen=True)
class Kpi:
    """One figure. `numerator` and `denominator` name the counted quantities; a count has no denominator.

    `label` and `definition` are message ids. `filters` are the board filters that the figure can follow: under any
    other it has no value rather than an unfiltered one.
    """

    slug: str
    label: str
    definition: str
    unit: KpiUnit
    numerator: str
    denominator: str | None = None
    kind: Kind = Kind.COUNT
    roll_up: RollUp = RollUp.SUM
    better: Better = Better.HIGHER
    filters: frozenset[Filter] = EVERY

    @property
    def adds_over_parts(self) -> bool:
        """Whether the targets of a channel's parts make its own."""
        return self.roll_up is not RollUp.RATIO

    @property
    def adds_over_days(self) -> bool:
        """Whether a longer period's target is spread over its days; a rate's or a moment's holds on each of them."""
        return self.kind is not Kind.RATE and self.roll_up is not RollUp.MOMENT


@dataclass(frozen=True)
class Figure:
    """A value with what it was made of. A rate over nothing has no value."""

    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None

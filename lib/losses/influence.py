"""What moved a rate: how much of its change each group brought about, adding up to the change exactly.

A rate is the sum over groups of weight times own rate (weight: the group's share of the denominator). The change of a
product is split evenly between its two factors: the *rate effect* is the mean of the two weights times the change of
the group's own rate, the *mix effect* the change of the weight times how far the mean of the two own rates lies from
the whole's mean. The weights' changes add up to nothing, so measuring from the whole's mean changes no sum, and a
group that only grew with everybody else gets nothing. No order of the factors, and no period, is preferred: swapping
the two periods turns every sign and no size. A group of one period alone has no own rate in the other and keeps the
one it has: all that it brings about is mix.

Reasons have no denominator of their own: each brings about the change of its own share of it.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Group = Hashable


@dataclass(frozen=True)
class Share:
    """So many of how many: lost of those decided, renewed of those due."""

    hits: int = 0
    cases: int = 0

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.hits, self.cases) if self.cases else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.cases + other.cases)


NOTHING = Share()


@dataclass(frozen=True)
class Influence:
    """What one group brought about."""

    group: Group
    now: Share
    before: Share
    mix: Fraction
    rate: Fraction

    @property
    def total(self) -> Fraction:
        return self.mix + self.rate


@dataclass(frozen=True)
class Moved:
    """A rate's change and its parts, the largest first; their totals add up to the change."""

    now: Share
    before: Share
    parts: tuple[Influence, ...]

    @property
    def change(self) -> Fraction:
        return _known(self.now) - _known(self.before)


def moved(now: Mapping[Group, Share], before: Mapping[Group, Share]) -> Moved | None:
    """What each group brought about between two periods; `None` where one of them has no cases."""
    whole, earlier = sum(now.values(), NOTHING), sum(before.values(), NOTHING)
    if not whole.cases or not earlier.cases:
        return None
    mean = (_known(whole) + _known(earlier)) / 2
    parts = (
        _part(group, now.get(group, NOTHING), before.get(group, NOTHING), whole.cases, earlier.cases, mean)
        for group in {**now, **before}
    )
    return _ordered(whole, earlier, parts)


def moved_by_shares(
    now: Mapping[Group, int], before: Mapping[Group, int], whole: Share, earlier: Share, sign: int = 1
) -> Moved | None:
    """The same for parts of the numerator (`sign` 1), or of what is left of the denominator (`sign` -1)."""
    if not whole.cases or not earlier.cases:
        return None

    def part(group: Group) -> Influence:
        new, old = Share(now.get(group, 0), whole.cases), Share(before.get(group, 0), earlier.cases)
        return Influence(group, new, old, Fraction(), sign * (_known(new) - _known(old)))

    return _ordered(whole, earlier, map(part, {**now, **before}))


def _part(group: Group, now: Share, before: Share, all_now: int, all_before: int, mean: Fraction) -> Influence:
    weight, weighed = Fraction(now.cases, all_now), Fraction(before.cases, all_before)
    new = now.rate if now.rate is not None else before.rate
    old = before.rate if before.rate is not None else now.rate
    if new is None or old is None:
        return Influence(group, now, before, Fraction(), Fraction())
    mix = (weight - weighed) * ((new + old) / 2 - mean)
    return Influence(group, now, before, mix, (weight + weighed) / 2 * (new - old))


def _ordered(now: Share, before: Share, parts: Iterable[Influence]) -> Moved:
    return Moved(now, before, tuple(sorted(parts, key=lambda each: (-abs(each.total), str(each.group)))))


def _known(share: Share) -> Fraction:
    return share.rate or Fraction()

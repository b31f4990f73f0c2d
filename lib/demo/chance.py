"""Chance that is the same for the same day: every subject draws from a stream of its own."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws of one subject on one day."""

    def __init__(self, day: date, subject: str) -> None:
        self.random = Random(f"{day} {subject}")  # noqa: S311 - made-up data, not a secret

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def share(self, low: float, high: float) -> float:
        return self.random.uniform(low, high)

    def days(self, low: int, high: int, likely: int) -> timedelta:
        """A time to wait, in whole days, most often about `likely`."""
        return timedelta(days=round(self.random.triangular(low, high, likely)))

    def one(self, things: Sequence[T]) -> T:
        return self.random.choice(things)

    def weighted(self, weights: Mapping[T, float]) -> T:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def count(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average (Poisson)."""
        limit, product, times = exp(-mean), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            times += 1
        return times

    def moment(self, day: date, hours: Mapping[int, float]) -> datetime:
        """A minute of a day, by how busy its hours are; the store's clock, without a zone."""
        return datetime.combine(day, time(self.weighted(hours), self.between(0, 59)))

"""Wilson's interval against published values."""

import pytest

from lib.countermeasures.intervals import wilson


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_it_gives_the_published_bounds(hits: int, trials: int, low: float, high: float) -> None:
    assert wilson(hits, trials) == pytest.approx((low, high), abs=5e-5)


def test_over_nothing_there_is_none() -> None:
    assert wilson(0, 0) is None


def test_it_always_holds_the_share() -> None:
    for trials in (1, 7, 30, 1000):
        for hits in range(0, trials + 1, max(1, trials // 7)):
            low, high = wilson(hits, trials) or (1.0, 0.0)
            assert 0 <= low <= hits / trials <= high <= 1

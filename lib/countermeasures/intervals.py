"""How sure a share is: Wilson's score interval, which holds for small counts and for shares near 0 and 1."""

from math import sqrt

NINETY_FIVE = 1.959963984540054  # standard deviations on either side that hold 95 % of a normal distribution


def wilson(hits: int, trials: int) -> tuple[float, float] | None:
    """The 95 % interval of `hits` out of `trials`; none over nothing."""
    if trials <= 0:
        return None
    share, square = hits / trials, NINETY_FIVE**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = NINETY_FIVE / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))

"""Where the words of a scatter stand: names beside their points and the mean along its line, over nothing else."""

from typing import Literal, NamedTuple

import pandas as pd

WIDTH, PHONE = 420, 255  # pixels that points have across on a laptop and on a phone
PLOT = 205  # pixels from the upper edge to the axis below
POINT, SMALL, LINE = 11, 12, 15  # pixels: from a point's middle to its name, a name's letters, from line to line
BOLD = 1.15  # how much wider the mean's letters are
WIDE = 0x2E7F  # letters after this one are as wide as high
RIGHT, LEFT = "right", "left"


class Place(NamedTuple):
    """Where the mean is written along its line."""

    side: Literal["left", "right"]
    above: bool


PLACES = (Place("right", True), Place("right", False), Place("left", True), Place("left", False))


def written(frame: pd.DataFrame, top: float, mean: tuple[float, str]) -> Place:
    """The place at an end of the mean's line that covers the fewest points on a phone, so too with more room."""
    spots = _spots(frame, top, PHONE)

    def covered(place: Place) -> int:
        start, end, at = _room(place, mean, top, PHONE)
        return sum(start - POINT < x < end + POINT and abs(y - at) < LINE for x, y in spots)

    return min(PLACES, key=covered)


def named(frame: pd.DataFrame, top: float, mean: tuple[float, str] | None, width: float) -> list[str]:
    """On which side each point's name stands, blank where there is no room: names lie over nothing, in order."""
    spots = _spots(frame, top, width)
    taken = [(x - POINT, x + POINT, y) for x, y in spots]
    if mean is not None:
        taken.append(_room(written(frame, top, mean), mean, top, width))
    sides: list[str] = []
    for name, (x, y) in zip(frame["name"], spots, strict=True):
        found = ""
        for side, start in ((RIGHT, x + POINT + 1), (LEFT, x - POINT - 1 - wide(name))):
            end = start + wide(name)
            free = all(right <= start or end <= left or abs(y - at) >= LINE for left, right, at in taken)
            if free and start >= 0 and end <= width:
                taken.append((start, end, y))
                found = side
                break
        sides.append(found)
    return sides


def _spots(frame: pd.DataFrame, top: float, width: float) -> list[tuple[float, float]]:
    """Where the points lie, in pixels from the left and from above."""
    across = (frame["volume"] / widest(frame)) ** 0.5 * width
    down = (1 - frame["rate"].clip(upper=top) / top) * PLOT
    return list(zip(across, down, strict=True))


def _room(place: Place, mean: tuple[float, str], top: float, width: float) -> tuple[float, float, float]:
    """From where to where the mean is written, and how far down."""
    down, long = (1 - min(mean[0], top) / top) * PLOT, wide(mean[1]) * BOLD
    start = 0 if place.side == "left" else width - long
    return start, start + long, down + (-LINE / 2 if place.above else LINE / 2)


def columns(kinds: tuple[str, ...], width: float) -> int:
    """How many kinds stand beside each other in the legend."""
    for count in (len(kinds), 3, 2):
        if (
            sum(max(wide(kind) + 2 * POINT for kind in kinds[at::count]) for at in range(min(count, len(kinds))))
            <= width
        ):
            return count
    return 1


def wide(name: str) -> float:
    """How many pixels a name takes."""
    return sum(SMALL if ord(letter) > WIDE else SMALL * 0.57 for letter in name)


def widest(frame: pd.DataFrame) -> float:
    return max(1.0, float(frame["volume"].max())) * 1.06

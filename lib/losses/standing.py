"""What is lost of what is selected, among all decided cases of the same people, things and types."""

from dataclasses import dataclass

from lib import kpi
from lib.kpi import Figure
from lib.losses.picture import SMALL, Picture


@dataclass(frozen=True)
class Standing:
    """A period's losses of the selected reasons, competitors and gaps, and every case decided in it."""

    lost: int
    within_reach: int
    decided: int

    @property
    def small(self) -> bool:
        return self.decided < SMALL

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


def standing(selected: Picture, whole: Picture) -> Standing:
    """The losses of one picture over the decided cases of the other, which reasons do not narrow."""
    lost = selected.whole
    return Standing(lost.lost, lost.within_reach, whole.whole.decided)

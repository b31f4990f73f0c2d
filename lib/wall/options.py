"""What a screen shows and for how long: the options kept with it, read with patience."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from lib.words import LANGUAGES

SECONDS = {"today": 40, "team": 20, "insurance": 20, "channels": 20}
"""The scenes in their order, and how many seconds each stays unless the screen says otherwise."""
SHORTEST, LONGEST = 5, 3600


@dataclass(frozen=True)
class WallOptions:
    """The language of a screen, and the seconds of each scene (0: off). One scene always shows."""

    language: str = "zh"
    seconds: tuple[tuple[str, int], ...] = tuple(SECONDS.items())

    @classmethod
    def of(cls, kept: Mapping[str, Any], language: str = "zh") -> Self:
        """The options kept with a screen: {"language": "en", "scenes": {"team": 30, "channels": 0}}.

        What is missing or makes no sense takes its default, so that a wall never fails for its options.
        """
        scenes = kept.get("scenes")
        wanted = scenes if isinstance(scenes, Mapping) else {}
        seconds = {name: _seconds(wanted.get(name), default) for name, default in SECONDS.items()}
        if not any(seconds.values()):
            seconds["today"] = SECONDS["today"]
        spoken = kept.get("language", language)
        return cls(spoken if spoken in LANGUAGES else language, tuple(seconds.items()))


def _seconds(value: Any, default: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return default
    return 0 if value <= 0 else min(max(value, SHORTEST), LONGEST)

"""The wall's scenes and their rotation."""

from typing import Any

from lib.refusals import N_
from lib.wall.options import SECONDS, WallOptions
from lib.words import Words

SCENES = {
    "today": (N_("Today's sales board"), N_("Today")),
    "team": (N_("Team race"), N_("Team")),
    "insurance": (N_("Insurance desk"), N_("Insurance")),
    "channels": (N_("Channel progress"), N_("Channels")),
}


def rotation(parts: dict[str, Any], options: WallOptions, say: Words) -> list[dict[str, Any]]:
    """The scenes that are on and have something to show, in their order; the day's where none is left."""
    pages = {
        "today": 1,
        "team": len(parts["team"]["pages"]),
        "insurance": 1,
        "channels": len(parts["channels"]["pages"]),
    }
    on = [(name, seconds) for name, seconds in options.seconds if seconds and pages[name]]
    return [
        {"name": name, "title": say.say(SCENES[name][0]), "short": say.say(SCENES[name][1]), "seconds": seconds,
         "pages": pages[name]}
        for name, seconds in on or [("today", SECONDS["today"])]
    ]  # fmt: skip

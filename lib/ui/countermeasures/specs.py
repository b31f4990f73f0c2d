"""The picture of an effect as a finished specification, shared by all sessions."""

from functools import lru_cache
from typing import Any

import pandas as pd

from lib import charts, formats, kpi
from lib.countermeasures.effect import SLUG, Effect, Share
from lib.refusals import N_
from lib.words import Words, words

SHARED = 256
SIDES = (N_("Before its start"), N_("After its start"))


@lru_cache(SHARED)
def effect(found: Effect, language: str) -> dict[str, Any]:
    """Before and after with their intervals."""
    said = words(language)
    sides = zip(SIDES, (found.before, found.after), strict=True)
    frame = pd.DataFrame([_row(said.say(side), share, said) for side, share in sides])
    labels = {"share": said.say(kpi.find(SLUG).label), "interval": said.say("95% interval")}
    return charts.dressed(charts.effect(frame, labels), language)


def _row(side: str, share: Share, said: Words) -> dict[str, Any]:
    low, high = share.interval or (0.0, 0.0)
    figure = share.figure
    return {
        "label": f"{side}\n{formats.period(share.period, said)}", "share": float(figure.value or 0), "low": low,
        "high": high, "written": f"{formats.percent(figure.value)}  {formats.fraction(figure, said)}",
        "interval": interval(share),
    }  # fmt: skip


def interval(share: Share) -> str:
    """12.1% – 18.4%."""
    return " – ".join(f"{each:.1%}" for each in share.interval or ())

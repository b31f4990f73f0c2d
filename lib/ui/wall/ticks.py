"""The wall's ticks: each asks who looks and what there is to see, and hands it to the browser."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from lib import clock, data, screens, settings, trouble
from lib.refusals import N_, NotAllowed, Unavailable
from lib.ui.language import current
from lib.ui.wall.component import draw
from lib.ui.wall.viewing import Viewing, viewing
from lib.wall.frame import frame
from lib.words import Words, words

EVERY = timedelta(seconds=1.5)  # a change shows within two seconds
SEEN_AT = "wall_seen_at"


@st.fragment(run_every=EVERY)
def tick() -> None:
    """One tick. Whatever goes wrong, the browser keeps the last good frame and says how old it is."""
    now = clock.now()
    try:
        seen = viewing()
        draw(_live(seen, now))
    except NotAllowed as refusal:
        draw(_without("closed", now, closed=words(current()).of(refusal)))
    except Unavailable:
        draw(_without("away", now))
    except Exception as error:
        trouble.note(error)
        draw(_without("away", now))
    else:
        _mark_seen(seen, now)


def _live(seen: Viewing, now: datetime) -> dict[str, Any]:
    today = clock.business_day(now, settings.load().zone)
    say = words(seen.options.language)
    return {
        "state": "live", "at": _store_milliseconds(now), "words": _words(say), "kept": seen.screen_id is not None,
        "back": None if seen.screen_id else say.say(N_("Back to the board")),
        "frame": data.read(frame, seen.scope, today, seen.options),
    }  # fmt: skip


def _without(state: str, now: datetime, **said: str) -> dict[str, Any]:
    return {"state": state, "at": _store_milliseconds(now), "words": _words(words(current())) | said}


def _words(say: Words) -> dict[str, str]:
    """What the browser says by itself; it fills in how long ago, and when."""
    return {
        "age": say.say(N_("Data {n} s ago")),
        "since": say.say(N_("No data since {time}; reconnecting")),
        "waiting": say.say(N_("The database cannot be reached. The board comes back by itself.")),
    }


def _store_milliseconds(now: datetime) -> int:
    """The store's wall clock as if it were UTC, so that the browser needs no time zones."""
    shown = clock.store_time(now, settings.load().zone).replace(tzinfo=UTC)
    return int(shown.timestamp() * 1000)


def _mark_seen(seen: Viewing, now: datetime) -> None:
    last = st.session_state.get(SEEN_AT)
    if seen.screen_id is None or (last is not None and now - last < screens.SEEN_EVERY):
        return
    st.session_state[SEEN_AT] = now
    with suppress(Unavailable):
        screens.mark_seen(seen.screen_id, now)

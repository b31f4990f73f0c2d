"""How long ago a lead may have been lost that is worth another call."""

from lib import preference_entries, preferences
from lib.access import Actor
from lib.refusals import N_
from lib.ui.store import bounds

LABELS = {
    preferences.WINBACK_FROM_DAYS: N_("A lost lead is worth another call from so many days after the loss"),
    preferences.WINBACK_UNTIL_DAYS: N_("until so many days after it"),
}


def draw(actor: Actor) -> None:
    """One form."""
    bounds.draw(actor, "winback", LABELS, preference_entries.WINBACKS, preference_entries.winback_days)

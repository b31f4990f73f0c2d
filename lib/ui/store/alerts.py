"""From where on an alert of the network is raised."""

from lib import preference_entries, preferences
from lib.access import Actor
from lib.refusals import N_
from lib.ui.store import bounds

LABELS = {
    preferences.ALERT_PRICE_BAND: N_("A sale's price may lie so many per cent off the guide price"),
    preferences.ALERT_BUYER_CARS: N_("So many cars to one buyer look like wholesale"),
    preferences.ALERT_BUYER_DAYS: N_("within so many days"),
    preferences.ALERT_SILENT_DAYS: N_("A node is silent after so many days without a record"),
}


def draw(actor: Actor) -> None:
    """One form."""
    bounds.draw(actor, "alert", LABELS, preference_entries.ALERTS, preference_entries.thresholds)

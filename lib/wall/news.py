"""喜报: the day's orders and deliveries, by consultant and model, never for whom."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from db.terms import LeadEventKind
from lib.access import Scope
from lib.board import rows as board_rows
from lib.refusals import N_
from lib.words import Words

NEWS = 30  # deals that a frame names; the browser announces those that it has not seen
DEALS = {
    (LeadEventKind.ORDER, True): N_("{consultant} sold a {model}"),
    (LeadEventKind.ORDER, False): N_("{consultant} took an order"),
    (LeadEventKind.DELIVERY, True): N_("{consultant} delivered a {model}"),
    (LeadEventKind.DELIVERY, False): N_("{consultant} delivered a car"),
}


def news(connection: Connection, scope: Scope, today: date, say: Words) -> list[dict[str, Any]]:
    """The day's deals, the last recorded of them, in the order of recording."""
    return [
        {
            "id": win.id,
            "text": say.say(DEALS[win.kind, win.model is not None], consultant=win.consultant, model=win.model or ""),
        }
        for win in reversed(board_rows.wins(connection, scope, today, NEWS))
    ]

"""The sheet of void cases that nothing holds up any more, and the loss that one of them was to win back."""

from typing import Any

from db.tables import Renewal
from db.terms import RenewalStatus, Subject
from lib.imports import own_forms as forms
from lib.imports.belonging import VehicleOf, renewals
from lib.imports.plain import CHANNEL, VERSIONED, Plain, Wording, plan, same
from lib.imports.planning import Planning
from lib.imports.reading import Row

UNSET = ("next_action", "next_action_on", "call_due_on", "loss_reason_id", "queue_on")
SET_ASIDE = Plain(
    forms.SET_ASIDE, Renewal, Subject.RENEWALS, "vehicle_id",
    same("due_on", "closed_at", "type", "void_reason", "quoted_at", "commercial_prior", "commercial_renewed",
         "tier_rank") | {"won_back_from": "won_back_from_id"},
    CHANNEL | {"owner": ("user", "owner_id")}, VehicleOf(), fixed=VERSIONED | dict.fromkeys(UNSET)
    | {"status": RenewalStatus.VOID, "partly_renewed": False},
)  # fmt: skip


def plan_set_aside(planning: Planning) -> None:
    """Insert and change them, one after the case that it was to win back, which may be of the same sheet."""
    waiting = planning.rows(forms.SET_ASIDE)
    while waiting:
        known = renewals(planning, {row.values["vin"] for row in waiting})
        keys = {(vin, case["due_on"]): case["id"] for vin, case in known}
        named = {case["id"]: (vin, case["due_on"]) for vin, case in known}
        at_work = {case["won_back_from_id"] for _, case in known if case["status"] != RenewalStatus.VOID} - {None}
        later = {row.number for row in waiting if row.get("won_back_from") and _lost(row) not in keys}
        if len(later) == len(waiting):  # of none it is here
            later = set()
        rows = []
        for row in waiting:
            if row.number in later:
                continue
            lost = _lost(row) if _lost(row) in keys else None
            if keys.get(_lost(row)) in at_work:  # lost again since: it is no longer set aside
                planning.report.count(forms.SET_ASIDE).unchanged += 1
            else:
                rows.append(Row(row.number, row.values | {"won_back_from": lost}))
        plan(planning, SET_ASIDE, rows, Wording("won_back_from", named.get, keys.get))
        waiting = [row for row in waiting if row.number in later]


def _lost(row: Row) -> tuple[str, Any]:
    """How the case that it was to win back is named."""
    return row.values["vin"], row.get("won_back_from")

"""Lost and won cases made straight in the tables."""

from typing import Any

from db.terms import LeadEventKind, LossDomain, RenewalEventKind, RenewalStatus
from tests.facts import Facts


def lost_lead(f: Facts, when: str, reason: str = "price_gap", **values: Any) -> int:
    """A lead lost on a day; returns its event. `model`, `by` and `channel` are the lead's."""
    of_lead = {name: values.pop(name) for name in ("model", "by", "channel") if name in values}
    lead = f.lead("2025-01-01", **of_lead)
    return f.lead_event(lead, LeadEventKind.LOST, when, loss_reason_id=f.reason(LossDomain.LEAD, reason), **values)


def lost_renewal(f: Facts, when: str, reason: str = "price_direct", insurer: str | None = None, **values: Any) -> int:
    """A renewal lost on a day by the specialist; returns its event. `channel`, `kind` and `owner_id` are the case's."""
    of_case = {name: values.pop(name) for name in ("channel", "kind", "owner_id") if name in values}
    case = insured(f, "2026-12-31", insurer, status=RenewalStatus.LOST, reason=reason, **of_case)
    who = values.pop("specialist_id", f.personas.specialist.user_id)
    return f.renewal_event(case, RenewalEventKind.LOST, when, reason=reason, specialist_id=who, **values)


def insured(f: Facts, due: str, insurer: str | None, **values: Any) -> int:
    """A renewal whose expiring commercial policy is this insurer's."""
    case = f.renewal(due, **values)
    if insurer is not None:
        f.policy("2025-12-30", expiring_renewal_id=case, insurer=insurer)
    return case

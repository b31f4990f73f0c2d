"""Why a message must not go out any more, looked at again at the moment of sending."""

from typing import Any

from lib.refusals import N_

OPTED_OUT = N_("This number asked for no more SMS. Call instead.")
NO_CONSENT = N_("The customer has not agreed to SMS. Ask on a call and note it with one click.")
NO_MOBILE = N_("This customer has no mobile number.")
DECIDED = N_("The case was decided before the message went out.")


def reason_to_keep(row: Any) -> str | None:
    """The sentence that keeps a row of `outgoing` back for good; `None` when it may go."""
    if row.mobile is None:
        return NO_MOBILE
    if row.opted_out_at is not None:
        return OPTED_OUT
    if not row.sms_consent:
        return NO_CONSENT
    return DECIDED if row.closed_at is not None else None

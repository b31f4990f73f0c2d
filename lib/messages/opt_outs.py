"""Numbers that want no more SMS: told by the gateway, or noted by hand (domain.md B4)."""

import hmac
import re

from sqlalchemy import insert, select

from db.tables import OptOut
from db.terms import Subject
from lib import identifiers, masking, settings
from lib.access import Permission
from lib.data import Change, command
from lib.refusals import N_, Invalid

ACTION = "sms_opt_out"  # as the audit trail names it
REPLIED, BY_HAND = "reply", "by_hand"
WORDS = frozenset({"R", "T", "TD", "N", "退订", "拒收", "STOP"})


def asks_to_stop(reply: str) -> bool:
    """Whether an answer to an SMS is one of the words that end it."""
    return re.sub(r"[\s。.!！“”\"'【】\[\]]", "", identifiers.folded(reply) or "").upper() in WORDS


def knows_secret(authorization: str | None) -> bool:
    """Whether a caller of the inbound address has the shared secret; nobody has one that is not set."""
    secret = settings.load().sms_inbound_secret
    if secret is None or not authorization:
        return False
    return hmac.compare_digest(authorization.encode(), f"Bearer {secret.get_secret_value()}".encode())


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS, Subject.MESSAGES)
def record(change: Change, mobile: str, how: str = BY_HAND) -> bool:
    """Note that a number wants no more SMS; whether that is news. Waiting messages to it are kept back."""
    number = identifiers.mobile(mobile)
    if number is None:
        raise Invalid(N_("Enter the mobile number that wants no more SMS."), field="mobile")
    known = change.session.scalar(select(OptOut.mobile).where(OptOut.mobile == number)) is not None
    if not known:
        change.session.execute(insert(OptOut).values(mobile=number, at=change.at, how=how))
    change.record(ACTION, "opt_outs", mobile=masking.mobile(number), how=how, known=known)
    return not known

"""Personal numbers at rest: sealed with a key of this installation, and found again by a keyed digest (PIPL 51)."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from db.tables import Setting
from lib import keys
from lib.refusals import N_, Refused

FINGERPRINT = "secret_key_fingerprint"


class WrongKey(Refused):
    """The database was sealed with another secret key."""

    def __init__(self) -> None:
        super().__init__(
            N_("The personal data in this database was sealed with another secret key. Set DESK_SECRET_KEY to it.")
        )


def seal(value: str) -> str:
    """The value as only this installation can read it."""
    return _fernet().encrypt(value.encode()).decode()


def unseal(sealed: str) -> str:
    """The value again. Errors: `WrongKey`."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise WrongKey from error


def digest(value: str) -> str:
    """A keyed digest by which the same value is found without being kept."""
    return keys.digest("personal", value)


def claim(source: Session | Connection) -> None:
    """Check that this key is the database's, or make it so in one that has none. Errors: `WrongKey`."""
    known = source.execute(select(Setting.value).where(Setting.name == FINGERPRINT)).scalar_one_or_none()
    if known is None:
        source.execute(insert(Setting).values(name=FINGERPRINT, value=_fingerprint(), verified=True))
    elif known != _fingerprint():
        raise WrongKey


def check(source: Session | Connection) -> None:
    """Check that this key is the database's, if it has one. Errors: `WrongKey`."""
    known = source.execute(select(Setting.value).where(Setting.name == FINGERPRINT)).scalar_one_or_none()
    if known not in (None, _fingerprint()):
        raise WrongKey


def _fingerprint() -> str:
    return keys.digest("fingerprint")[:32]


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keys.sealing_key()))

"""The two cookies, signed as streamlit-authenticator signs its own (a JWT of `username` and `exp_date`, HS256).

The session's cookie names no person: in `username` stands the random key of a session row, so that a stolen or old
cookie dies with its row. The device's cookie says which people signed in with this browser before
(`lib.signing_in.lockout`).
"""

from datetime import datetime, timedelta
from typing import Any

import jwt

from lib import keys

SESSION = "desk_session"
DEVICE = "desk_device"
DEVICE_LIFE = timedelta(days=90)
PEOPLE_OF_DEVICE = 12  # a tablet at the reception has several
ALGORITHM = "HS256"


def for_session(key: str, expires_at: datetime) -> str:
    """The session's cookie."""
    return _sealed({"username": key, "exp_date": expires_at.timestamp()})


def session_key(cookie: str | None, now: datetime) -> str | None:
    """The session key in a cookie that we signed and that is not over."""
    return _text(_opened(cookie, now), "username")


def for_device(before: str | None, username: str, now: datetime) -> str:
    """The device's cookie after this person signed in with it."""
    claims = _opened(before, now)
    known = [name for name in claims.get("people", []) if name != _name(username)]
    return _sealed(
        {
            "device": _text(claims, "device") or keys.token(),
            "people": [_name(username), *known][:PEOPLE_OF_DEVICE],
            "exp_date": (now + DEVICE_LIFE).timestamp(),
        }
    )


def device(cookie: str | None, username: str, now: datetime) -> str | None:
    """The device, if this person signed in with it before."""
    claims = _opened(cookie, now)
    return _text(claims, "device") if _name(username) in claims.get("people", []) else None


def _name(username: str) -> str:
    return keys.digest("person of a device", username.lower())[:32]


def _sealed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, keys.signing_key(), algorithm=ALGORITHM)


def _opened(cookie: str | None, now: datetime) -> dict[str, Any]:
    """What a cookie says; nothing at all unless we signed it and it still holds."""
    if not cookie:
        return {}
    try:
        claims = jwt.decode(cookie, keys.signing_key(), algorithms=[ALGORITHM])
    except jwt.InvalidTokenError:
        return {}
    ends = claims.get("exp_date")
    return claims if isinstance(ends, (int, float)) and ends > now.timestamp() else {}


def _text(claims: dict[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and value else None
